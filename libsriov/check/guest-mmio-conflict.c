/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	const struct kmsg_event *mmio = said(run, KMSG_HV_PCI_MMIO), *failed = said(run, KMSG_HV_PCI_FAILED), *last = later(mmio, failed) ? mmio : failed;
	/* a driver that came up afterwards, or a VF that is there, is the better word */
	if (!last || guest_proven(run, &g) >= RUNG_GUEST_DRIVEN || (g.probing && g.probing->seq > last->seq && last == mmio))
		return;
	struct finding *f = finding_new(run, &check_guest_mmio_conflict, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN, "%s",
					mmio && last == mmio ? say(run, "The VF cannot be brought in: the virtual machine lacks %s of %.*s memory space for it",
							   memory_text(run, mmio->n), (int)mmio->word.n, mmio->word.p)
						     : say(run, "The VF cannot be brought in: the host refused it (%.*s%s)", (int)last->word.n, last->word.p,
							   last->n ? say(run, ", status 0x%llx", (unsigned long long)last->n) : ""));
	finding_log(run, f, mmio, NULL);
	finding_log(run, f, failed, NULL);
	if (mmio)
		finding_step(run, f, "On the Hyper-V host, with the guest shut down: Set-VM NAME -LowMemoryMappedIoSpace 3GB -HighMemoryMappedIoSpace 33GB (as much as the VF needs)");
	else
		finding_step(run, f, "Use a newer kernel in the guest (pci-hyperv retries, and leaves the VF's memory where the host has it), and stop and start the guest (deallocate it in a cloud)");
}

const struct check check_guest_mmio_conflict = {
	.id = "guest-mmio-conflict",
	.rung = RUNG_VPCI,
	.scope = SCOPE_GUEST,
	.title = "the virtual machine has no memory space for the offered VF, or the host refuses it",
	.needs = "dmesg",
	.kernel = "drivers/pci/controller/pci-hyperv.c hv_pci_allocate_bridge_windows(), hv_pci_enter_d0()",
	.run = judge,
};
