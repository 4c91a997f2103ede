/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder of a guest that has no PF: is a VF offered, does it reach the guest, does it carry traffic? */
#include "facts.h"

/* Positive proofs, from the last step down: each proves those below it too. */
static int proven(const struct run *run)
{
	const struct kmsg *log = &run->model->log;
	size_t n;
	static const struct {
		enum kmsg_type type;
		enum rung rung;
	} steps[] = {
		{KMSG_HV_DATAPATH_VF, RUNG_DATAPATH}, {KMSG_HV_VF_REGISTERED, RUNG_PAIRED}, {KMSG_HV_PCI_PROBING, RUNG_VPCI}, {KMSG_HV_VF_OFFERED, RUNG_OFFERED},
	};
	int best = -1;
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		(void)kmsg_typed(log, steps[i].type, &n);
		if (n && (int)steps[i].rung > best)
			best = (int)steps[i].rung;
	}
	/* A passed-through VF: a function without a PF here, with a driver. */
	for (size_t i = 0; i < run->model->fns_n; i++) {
		const struct fn *fn = &run->model->fns[i];
		if (fn->role != ROLE_VF)
			continue;
		int rung = fn->driver ? RUNG_GUEST_DRIVEN : RUNG_VPCI;
		if (rung > best)
			best = rung;
	}
	return best;
}

void guest_ladder(struct run *run, struct ladder *ladder)
{
	*ladder = (struct ladder){.reached = -1, .counts = true};
	bool hyperv = run->model->host.hypervisor && !strcmp(run->model->host.hypervisor, "hyperv");
	int best = proven(run);
	bool held = true;
	for (unsigned r = 0; r < RUNG_COUNT; r++) {
		/* Pairing with a synthetic interface is Hyper-V's way; elsewhere a VF stands for itself. */
		if (r < RUNG_OFFERED || (!hyperv && r > RUNG_GUEST_DRIVEN)) {
			ladder->rungs[r] = FINDING_NOTAPPLICABLE;
			continue;
		}
		unsigned bit = 1U << r;
		ladder->rungs[r] = run->host_mark.fail & bit ? FINDING_FAIL : (int)r <= best ? FINDING_PASS : FINDING_UNKNOWN;
		held = held && ladder->rungs[r] == FINDING_PASS;
		if (held)
			ladder->reached = (int)r;
	}
}
