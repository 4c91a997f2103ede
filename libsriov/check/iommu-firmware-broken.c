/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/acpi.h"
#include "iommu.h"

#define EVIDENCE_MAX 6

static bool counts(const struct acpi *acpi, const struct acpi_problem *problem)
{
	/* A table that was cut on its way here says nothing about firmware. */
	return (problem->table == ACPI_DMAR || problem->table == ACPI_IVRS || problem->table == ACPI_IORT) && problem->kind != ACPI_CUT &&
	       problem->kind != ACPI_SIGNATURE && acpi->header[problem->table].complete && (problem->grave || problem->kind == ACPI_CHECKSUM);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct model *m = run->model;
	const struct kmsg_event *log = kmsg_last(&m->log, KMSG_IOMMU_BROKEN, NULL);
	size_t bad = 0, shown = 0;
	const char *table = NULL;
	bool grave = false;
	for (size_t i = 0; i < m->acpi->problems_n; i++) {
		const struct acpi_problem *problem = &m->acpi->problems[i];
		if (!counts(m->acpi, problem))
			continue;
		bad++;
		grave |= problem->grave;
		if (!table)
			table = acpi_table_name(problem->table);
	}
	if ((!bad && !log) || run->guest)
		return;
	bool works = m->host.iommu == TRI_YES;
	struct finding *f = finding_new(run, &check_iommu_firmware_broken, NULL, FINDING_FAIL, works || !(grave || log) ? SEVERITY_WARNING : SEVERITY_ERROR,
					CONFIDENCE_CERTAIN, "Firmware's description of the IOMMU is broken%s%s%s", table ? ": table " : "", table ? table : "",
					works ? "; the kernel uses what it can" : "");
	finding_log(run, f, log, NULL);
	for (size_t i = 0; i < m->acpi->problems_n && shown < EVIDENCE_MAX; i++) {
		const struct acpi_problem *problem = &m->acpi->problems[i];
		if (!counts(m->acpi, problem))
			continue;
		shown++;
		finding_evidence(run, f, say(run, "sys/firmware/acpi/tables/%s: offset 0x%x", acpi_table_name(problem->table), problem->offset),
				 say(run, "0x%llx", (unsigned long long)problem->value), NULL, acpi_problem_text(problem->kind));
	}
	if (bad > shown)
		finding_evidence(run, f, "sys/firmware/acpi/tables", say(run, "%zu more", bad - shown), NULL, NULL);
}

const struct check check_iommu_firmware_broken = {
	.id = "iommu-firmware-broken",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "firmware's tables about the IOMMU are broken",
	.needs = "ACPI DMAR, IVRS, IORT; dmesg",
	.kernel = "drivers/iommu/intel/dmar.c warn_invalid_dmar(); drivers/iommu/amd/init.c check_ivrs_checksum(); drivers/acpi/arm64/iort.c",
	.windows = "SriovSupport NoIoMmuSupport; IovSupportReasons: the BIOS contains incorrect information describing the hardware capabilities",
	.run = judge,
};
