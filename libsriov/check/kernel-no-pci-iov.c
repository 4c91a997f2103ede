/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* Such a kernel lists 7 resources of a function, one with SR-IOV lists 13: the VF BARs come behind the ROM. */
static bool short_list(const struct run *run, const struct fn *pf)
{
	struct slice text = fn_attr(run, pf, "resource"), line;
	unsigned lines = 0;
	while (slice_line(&text, &line))
		lines += line.n > 0;
	return lines == 7;
}

/* A kernel without SR-IOV never makes the attributes, for no device, and says nothing. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const char *option = kernel_config(run->model, "CONFIG_PCI_IOV");
	size_t without = 0, listed = 0;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct pf *pf = run->pfs[i]->pf;
		if (known(&pf->sriov_attrs))
			return;
		without += pf->sriov_attrs.have == ITEM_ABSENT && pf->offset;
		listed += without && short_list(run, run->pfs[i]);
	}
	bool off = (option && !strcmp(option, "n")) || (!option && listed);
	if (!off || (!without && run->pfs_n))
		return;
	if (!run->pfs_n && !run->model->fns_n)
		return;
	struct finding *f =
		finding_new(run, &check_kernel_no_pci_iov, NULL, run->pfs_n ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR,
			    CONFIDENCE_CERTAIN, "This kernel is built without SR-IOV: CONFIG_PCI_IOV is not set");
	if (option)
		finding_evidence(run, f, "kernel configuration CONFIG_PCI_IOV", "n", "y", NULL);
	if (listed)
		finding_evidence(run, f, "resource", "7 lines", "13 lines", "the kernel keeps no room for VF BARs");
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
