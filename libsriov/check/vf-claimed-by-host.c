/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/session.h"
#include "vf.h"

/* For use on this host a VF must have the kernel's own driver; for a guest it must be let go by what holds it. */
static void judge(struct run *run, const struct fn *pf)
{
	struct vf_hold hold;
	vf_hold_judge(pf, &hold);
	const struct fn *vf;
	const struct session_message *busy = session_message(session_of(run), MESSAGE_VFIO_BUSY);
	if (run->ask.goal != GOAL_ASSIGN) {
		vf = hold.first_other ? hold.first_other : hold.first_vfio;
		if (!vf || hold.first_kernel)
			return;
	} else {
		vf = hold.first_other ? hold.first_other : busy ? hold.first_kernel : NULL;
		if (!vf)
			return;
	}
	size_t n = run->ask.goal == GOAL_ASSIGN ? hold.other ? hold.other : hold.seen - hold.free - hold.vfio : hold.other + hold.vfio;
	struct finding *f = finding_new(run, &check_vf_claimed_by_host, pf, busy ? FINDING_FAIL : vf_trouble(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%zu VFs of %s are held by %s, which %s", n, name_of(run, pf), vf->driver,
					run->ask.goal == GOAL_ASSIGN ? "keeps them from guests until they are bound to vfio-pci" : "gives this host no device of its own");
	finding_evidence(run, f, say(run, "%s: driver", name_of(run, vf)), vf->driver, run->ask.goal == GOAL_ASSIGN ? "vfio-pci, or none" : "the VF's kernel driver", NULL);
	if (busy)
		finding_evidence(run, f, say(run, "%s:%u", busy->at.origin, busy->at.line), busy->text, NULL, NULL);
}

const struct check check_vf_claimed_by_host = {
	.id = "vf-claimed-by-host",
	.rung = RUNG_BOUND,
	.scope = SCOPE_VF,
	.title = "another driver stack holds the VFs",
	.needs = "sysfs driver",
	.run = judge,
};
