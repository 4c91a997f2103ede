/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

/* A PF in the hands of a user's program could harm its VFs: vfio gives them to those who know the PF's token. */
static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *log = vf_log(run, KMSG_VFIO_TOKEN, pf);
	bool held = pf && driver_is_vfio(pf->driver) && pf_has_vfs(pf);
	if ((!held && !log) || run->ask.goal != GOAL_ASSIGN)
		return;
	struct finding *f = finding_new(run, &check_vfio_vf_token, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%s%s is bound to %s itself: its VFs can be opened only with the token that the PF's user set", pf ? "" : "The PF ",
					pf ? name_of(run, pf) : "", pf && pf->driver ? pf->driver : "vfio-pci");
	if (held)
		finding_evidence(run, f, say(run, "%s: driver", name_of(run, pf)), pf->driver, "the PF's kernel driver, or a token", NULL);
	finding_log(run, f, log, NULL);
}

const struct check check_vfio_vf_token = {
	.id = "vfio-vf-token",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_PF,
	.title = "the PF is bound to vfio-pci: its VFs want a token",
	.needs = "sysfs driver, dmesg",
	.kernel = "drivers/vfio/pci/vfio_pci_core.c vfio_pci_validate_vf_token()",
	.run = judge,
};
