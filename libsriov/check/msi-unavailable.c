/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/acpi.h"
#include "facts.h"

/* VFs have no INTx: without MSI they have no interrupt at all. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct model *m = run->model;
	struct slice value;
	bool option = m->host.cmdline.p && cmdline_has(&m->host, "pci", "nomsi", &value);
	bool table = m->acpi->fadt.have_boot_flags && m->acpi->fadt.boot_flags & FADT_NO_MSI;
	const struct kmsg_event *log = kmsg_last(&m->log, KMSG_FADT_NO_MSI, NULL);
	if ((!option && !table && !log) || run->guest)
		return;
	struct finding *f = finding_new(run, &check_msi_unavailable, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%s: VFs have no other interrupts", option ? "The kernel was told to use no MSI (pci=nomsi)" : "Firmware says that this machine has no MSI (FADT)");
	if (option)
		finding_evidence(run, f, "proc/cmdline", slice_text(run, m->host.cmdline), "without pci=nomsi", NULL);
	if (table)
		finding_evidence(run, f, "sys/firmware/acpi/tables/FACP: IAPC_BOOT_ARCH", say(run, "0x%04x", m->acpi->fadt.boot_flags), "bit 3 clear", NULL);
	finding_log(run, f, log, NULL);
}

const struct check check_msi_unavailable = {
	.id = "msi-unavailable",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_HOST,
	.title = "there are no message signalled interrupts",
	.needs = "proc/cmdline, ACPI FADT, dmesg",
	.kernel = "drivers/pci/pci-acpi.c acpi_pci_init(); drivers/pci/msi/msi.c pci_no_msi()",
	.windows = "Discrete Device Assignment: only line-based interrupts",
	.run = judge,
};
