/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	const struct model *m = run->model;
	if (!g.hyperv || guest_proven(run, &g) >= RUNG_VPCI || g.probing || said(run, KMSG_HV_PCI_MMIO) || said(run, KMSG_HV_PCI_FAILED))
		return;
	const char *config = kernel_config(m, "CONFIG_PCI_HYPERV");
	bool off = config && !strcmp(config, "n"), unbound = g.vmbus_pci && snapshot_state(m->snap, g.vmbus_pci, "driver") == ITEM_ABSENT;
	bool silent = later(g.offered, g.removed) && m->log.from_boot && !said(run, KMSG_HV_PCI_DRIVER);
	if (!unbound && !silent && !(off && (g.vmbus_pci || g.offered)))
		return;
	struct finding *f = finding_new(run, &check_guest_kernel_missing_pci_hyperv, NULL, FINDING_FAIL, SEVERITY_ERROR,
					unbound || off ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					off ? "The host offers a VF, and this kernel was built without the driver that brings it in (CONFIG_PCI_HYPERV)"
					    : "The host offers a VF, and the driver that brings it in (pci-hyperv) is not there");
	if (unbound)
		finding_evidence(run, f, say(run, "%s/driver", where_item(run, g.vmbus_pci, 0)), "absent", "a link to hv_pci", NULL);
	if (off)
		finding_evidence(run, f, "CONFIG_PCI_HYPERV", "not set", "y or m", NULL);
	if (g.offered)
		finding_log(run, f, g.offered, silent ? "hv_pci was not registered before or after it" : NULL);
	if (off)
		finding_step(run, f, "Boot a kernel that has CONFIG_PCI_HYPERV: the distribution's kernel for the cloud (linux-azure), or its generic one");
	else
		finding_step(run, f, "modprobe pci-hyperv; if there is no such module, install the distribution's kernel for the cloud (linux-azure, linux-cloud-tools) or its extra modules");
}

const struct check check_guest_kernel_missing_pci_hyperv = {
	.id = "guest-kernel-missing-pci-hyperv",
	.rung = RUNG_VPCI,
	.scope = SCOPE_GUEST,
	.title = "the guest's kernel lacks the driver that brings an offered VF in (pci-hyperv)",
	.needs = "sysfs bus/vmbus/devices, kernel configuration, dmesg",
	.kernel = "drivers/pci/controller/pci-hyperv.c hv_pci_probe()",
	.run = judge,
};
