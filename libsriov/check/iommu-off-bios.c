/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "iommu.h"
#include "decode/session.h"

/* virt-host-validate looked for it, on the host itself. */
static bool validated(struct run *run)
{
	const struct session_query *q = validate_counts(run) ? validate_says(run, "table found") : NULL;
	if (!q)
		return false;
	struct finding *f =
		finding_new(run, &check_iommu_off_bios, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
			    "Firmware describes no IOMMU: VT-d or AMD-Vi is off or missing, so that no VF can be given to a guest");
	finding_evidence(run, f, say(run, "%s:%u", q->at.origin, q->at.line), q->value, "PASS", NULL);
	return true;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	if (validated(run) || !isolation_matters(run) || iommu_off(run) != IOMMU_OFF_FIRMWARE)
		return;
	enum item_state state;
	(void)iommu_table(run, &state);
	bool amd = h->cpu_vendor && !strcmp(h->cpu_vendor, "AuthenticAMD"), arm = h->arch && !strcmp(h->arch, "aarch64");
	struct finding *f = finding_new(run, &check_iommu_off_bios, NULL, FINDING_FAIL, SEVERITY_ERROR,
					state == ITEM_ABSENT ? CONFIDENCE_CERTAIN : CONFIDENCE_POSSIBLE,
					state == ITEM_ABSENT ?
						"There is no IOMMU: firmware describes none (%s), so that no VF can be given to a guest" :
						"The kernel uses no IOMMU, so that no VF can be given to a guest; most likely firmware describes none (%s)",
					amd   ? "AMD-Vi is off or missing"
					: arm ? "no SMMU in IORT"
					      : "VT-d is off or missing");
	finding_evidence(run, f, h->iommu_why, "empty", "an IOMMU", NULL);
	if (state == ITEM_ABSENT)
		finding_evidence(run, f, "sys/firmware/acpi/tables", "no DMAR, IVRS, VIOT, and no IORT with an SMMU",
				 amd   ? "IVRS"
				 : arm ? "IORT"
				       : "DMAR",
				 NULL);
	else
		finding_evidence(run, f, "sys/firmware/acpi/tables", "not captured", NULL,
				 "read as root, they tell for sure");
	if (h->hypervisor || h->kind == HOST_GUEST)
		finding_step(
			run, f,
			"This is a virtual machine: give it a virtual IOMMU (QEMU: -device intel-iommu,intremap=on with -M q35,kernel-irqchip=split)");
}

const struct check check_iommu_off_bios = {
	.id = "iommu-off-bios",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "firmware describes no IOMMU",
	.needs = "sys/class/iommu, sys/firmware/acpi/tables",
	.kernel = "drivers/iommu/intel/dmar.c dmar_table_detect(); drivers/iommu/amd/init.c",
	.windows = "SriovSupport NoIoMmuSupport; IovSupportReasons: DMA remapping, I/O virtualization in the BIOS",
	.run = judge,
};
