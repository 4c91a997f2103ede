/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* A kernel without SR-IOV never makes the attributes, for no device, and says nothing. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const char *option = kernel_config(run->model, "CONFIG_PCI_IOV");
	size_t without = 0;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct pf *pf = run->pfs[i]->pf;
		if (known(&pf->sriov_attrs))
			return;
		without += pf->sriov_attrs.have == ITEM_ABSENT && pf->offset;
	}
	bool off = option && !strcmp(option, "n");
	if (!off || (!without && run->pfs_n))
		return;
	if (!run->pfs_n && !run->model->fns_n)
		return;
	struct finding *f =
		finding_new(run, &check_kernel_no_pci_iov, NULL, run->pfs_n ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR,
			    CONFIDENCE_CERTAIN, "This kernel is built without SR-IOV: CONFIG_PCI_IOV is not set");
	finding_evidence(run, f, "kernel configuration CONFIG_PCI_IOV", "n", "y", NULL);
	if (without)
		finding_evidence(run, f, "sriov_totalvfs", "absent on every PF", "present",
				 "the capability is there, the kernel's attributes are not");
}

const struct check check_kernel_no_pci_iov = {
	.id = "kernel-no-pci-iov",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_HOST,
	.title = "the kernel is built without SR-IOV",
	.needs = "boot/config-* or proc/config.gz, sysfs sriov_*",
	.kernel = "drivers/pci/Kconfig PCI_IOV",
	.run = judge,
};
