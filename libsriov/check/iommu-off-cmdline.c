/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "iommu.h"
#include "decode/session.h"
#include "machine.h"

/* virt-host-validate looked for it, on the host itself. */
static bool validated(struct run *run)
{
	const struct session_query *q = validate_counts(run) ? validate_says(run, "disabled in kernel") : NULL;
	if (!q)
		return false;
	struct finding *f = finding_new(run, &check_iommu_off_cmdline, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"Firmware has an IOMMU, and the kernel does not use it: look at its command line");
	finding_evidence(run, f, say(run, "%s:%u", q->at.origin, q->at.line), q->value, "PASS", NULL);
	return true;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	if (validated(run) || !isolation_matters(run) || iommu_off(run) != IOMMU_OFF_KERNEL)
		return;
	enum item_state state;
	struct slice v;
	const char *table = iommu_table(run, &state);
	const char *option = cmdline_get(h, "iommu", &v) && slice_is(v, "off") ? "iommu=off" :
			     cmdline_get(h, "intel_iommu", &v) && slice_is(v, "off") ? "intel_iommu=off" :
			     cmdline_get(h, "amd_iommu", &v) && slice_is(v, "off") ? "amd_iommu=off" : NULL;
	bool intel = (table && !strcmp(table, "DMAR")) || (h->cpu_vendor && !strcmp(h->cpu_vendor, "GenuineIntel"));
	bool missing = intel && !option && !cmdline_get(h, "intel_iommu", &v);
	bool told = h->cmdline.p != NULL;
	struct finding *f = finding_new(run, &check_iommu_off_cmdline, NULL, FINDING_FAIL, SEVERITY_ERROR,
					option ? CONFIDENCE_CERTAIN
					: told ? CONFIDENCE_LIKELY
					       : CONFIDENCE_POSSIBLE,
					"Firmware has an IOMMU, and the kernel does not use it: %s",
					option            ? say(run, "%s is on its command line", option)
					: missing && told ? "intel_iommu=on is missing on its command line"
							  : "look at its command line and its log");
	finding_evidence(run, f, h->iommu_why, "empty", "an IOMMU", NULL);
	if (table)
		finding_evidence(run, f, say(run, "sys/firmware/acpi/tables/%s", table), "present", NULL, NULL);
	if (told)
		finding_evidence(run, f, "proc/cmdline", slice_text(run, h->cmdline),
				 option  ? say(run, "without %s", option)
				 : intel ? "intel_iommu=on"
					 : NULL,
				 NULL);
	/* Which option it is, only this check knows. */
	finding_step(run, f, machine_expand(run, option ? say(run, "%%{remove %s}", option) : intel ? "%{add intel_iommu=on}" :
		     "Build or choose a kernel with the driver of this machine's IOMMU (CONFIG_AMD_IOMMU, CONFIG_ARM_SMMU_V3)"));
}

const struct check check_iommu_off_cmdline = {
	.id = "iommu-off-cmdline",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "the kernel does not use the IOMMU that firmware describes",
	.needs = "sys/class/iommu, sys/firmware/acpi/tables, proc/cmdline",
	.kernel = "drivers/iommu/intel/iommu.c intel_iommu_setup(); drivers/iommu/amd/init.c parse_amd_iommu_options()",
	.windows = "SriovSupport NoIoMmuSupport; IovSupportReasons: I/O remapping configured off",
	.run = judge,
};
