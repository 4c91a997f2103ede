/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder of a guest that has no PF: is a VF offered, does it reach the guest, does it carry traffic? */
#include "guest.h"
#include "rows.h"

static const struct {
	const struct check *check;
	const char *what, *missing;
} unknowns[] = {
	/* from RUNG_OFFERED on */
	[0] = {&check_cloud_vf_not_offered, "Whether the host offers a VF to this guest is not known",
	       "lspci -nn of the guest, /sys/bus/vmbus/devices/*/class_id on Hyper-V, or its kernel log since boot (dmesg)"},
	[1] = {&check_guest_kernel_missing_pci_hyperv, "Whether the offered VF appears as a PCI function is not known",
	       "lspci -nn of the guest, or its kernel log since boot (dmesg)"},
	[2] = {&check_guest_vf_driver_missing, "Whether the VF has a driver is not known", "lspci -nnk of the guest"},
	[3] = {&check_guest_vf_not_paired, "Whether the VF is paired with its synthetic interface is not known",
	       "the guest's kernel log since boot (dmesg), or ip -d link"},
	[4] = {&check_guest_datapath_synthetic, "Whether traffic takes the VF is not known",
	       "the guest's kernel log since boot (dmesg), or ethtool -S of the synthetic interface (vf_rx_packets)"},
};

void guest_ladder(struct run *run, struct ladder *ladder)
{
	struct guest guest;
	guest_look(run, &guest);
	*ladder = (struct ladder){.reached = -1, .counts = true};
	int best = guest_proven(run, &guest);
	bool held = true, asked = false;
	for (unsigned r = 0; r < RUNG_COUNT; r++) {
		/* Pairing with a synthetic interface is Hyper-V's way; elsewhere a VF stands for itself. */
		if (r < RUNG_OFFERED || (!guest.hyperv && r > RUNG_GUEST_DRIVEN)) {
			ladder->rungs[r] = FINDING_NOTAPPLICABLE;
			continue;
		}
		unsigned bit = 1U << r;
		ladder->rungs[r] = run->host_mark.fail & bit ? FINDING_FAIL : (int)r <= best ? FINDING_PASS : FINDING_UNKNOWN;
		held = held && ladder->rungs[r] == FINDING_PASS;
		if (held)
			ladder->reached = (int)r;
		/* the first that nothing decides: the ones above wait for it */
		if (ladder->rungs[r] == FINDING_UNKNOWN && !asked && !(run->host_mark.unknown & bit) &&
		    !(run->host_mark.fail >> RUNG_OFFERED)) {
			struct finding *f = finding_new(run, unknowns[r - RUNG_OFFERED].check, NULL, FINDING_UNKNOWN, SEVERITY_NONE,
							CONFIDENCE_CERTAIN, "%s", unknowns[r - RUNG_OFFERED].what);
			finding_missing(run, f, unknowns[r - RUNG_OFFERED].missing);
			if (f)
				f->order = SIZE_MAX;
			asked = true;
		}
	}
}
