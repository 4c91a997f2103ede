/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "iommu.h"
#include "decode/acpi.h"
#include "decode/session.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct model *m = run->model;
	const struct host *h = &m->host;
	const struct kmsg_event *refused = log_of(run, KMSG_IR_VFIO, NULL);
	const struct session_message *used = session_message(session_of(run), MESSAGE_INTERRUPT_REMAPPING);
	if (run->guest || (run->ask.goal != GOAL_ASSIGN && !refused && !used))
		return;
	bool off = h->intr_remap == TRI_NO && h->iommu == TRI_YES && run->pfs_n;
	/* a log alone: its own word, in a root that holds nothing else */
	bool logged =
		h->intr_remap != TRI_YES && m->fns_n == 0 && kmsg_last(&m->log, KMSG_IR_OFF, NULL) && !kmsg_last(&m->log, KMSG_IR_ON, NULL);
	if (!off && !refused && !used && !logged)
		return;
	if (h->in_container && !refused && !used)
		return;
	struct slice v;
	const struct kmsg_event *why = kmsg_last(&m->log, KMSG_IR_OFF, NULL);
	bool told = (cmdline_get(h, "intremap", &v) && slice_is(v, "off")) || cmdline_get(h, "nointremap", &v);
	bool table = m->acpi->header[ACPI_DMAR].there && m->acpi->dmar.have_flags;
	bool incapable = table && !(m->acpi->dmar.flags & DMAR_INTR_REMAP);
	struct finding *f =
		finding_new(run, &check_interrupt_remapping_missing, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			    "Interrupts are not remapped%s: a guest with a VF could inject interrupts into the host, and vfio refuses",
			    told        ? ", because the command line says so"
			    : incapable ? ", because firmware does not offer it (DMAR)"
					: "");
	if (h->intr_remap == TRI_NO)
		finding_evidence(run, f, h->intr_remap_why, "PCI-MSI without IR-",
				 "IR-PCI-MSI, IR-IO-APIC", NULL);
	if (table)
		finding_evidence(run, f, "sys/firmware/acpi/tables/DMAR: flags", say(run, "0x%02x", m->acpi->dmar.flags),
				 "bit 0 (INTR_REMAP) set", NULL);
	if (told)
		finding_evidence(run, f, "proc/cmdline", slice_text(run, h->cmdline), "without intremap=off and nointremap", NULL);
	finding_log(run, f, why, NULL);
	finding_log(run, f, refused, NULL);
	if (used)
		finding_evidence(run, f, say(run, "%s:%u", used->at.origin, used->at.line), used->text, NULL, NULL);
}

const struct check check_interrupt_remapping_missing = {
	.id = "interrupt-remapping-missing",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "interrupts are not remapped",
	.needs = "proc/interrupts, ACPI DMAR, proc/cmdline, dmesg",
	.kernel = "drivers/iommu/intel/irq_remapping.c; drivers/vfio/vfio_iommu_type1.c",
	.windows = "SriovSupport NoIoMmuSupport; IovSupportReasons: interrupt remapping",
	.run = judge,
};
