/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/session.h"
#include "vf.h"

/* "/dev/vfio/42: No such file or directory" in a session: a program asked for a group that nobody had bound. */
static const struct session_command *group_missing(const struct run *run)
{
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->commands_n; i++) {
		struct slice line;
		for (struct slice rest = s->commands[i].answer; slice_line(&rest, &line);)
			if (slice_has(line, "/dev/vfio/") && slice_has(line, "No such file or directory"))
				return &s->commands[i];
	}
	return NULL;
}

static void judge(struct run *run, const struct fn *pf)
{
	struct vf_hold hold;
	if (run->ask.goal != GOAL_ASSIGN)
		return;
	vf_hold_judge(pf, &hold);
	const struct fn *vf = hold.first_kernel ? hold.first_kernel : hold.first_free;
	if (!vf || hold.vfio)
		return;
	const struct session_command *missing = group_missing(run);
	struct finding *f = finding_new(run, &check_vf_not_bound_to_vfio, pf, missing ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"No VF of %s is bound to vfio-pci; libvirt binds a managed VF by itself, other programs want it done", name_of(run, pf));
	finding_evidence(run, f, say(run, "%s: driver", name_of(run, vf)), vf->driver ? vf->driver : "none", "vfio-pci", NULL);
	if (missing)
		finding_evidence(run, f, say(run, "%s:%u", missing->at.origin, missing->at.line), slice_text(run, slice_trim(missing->command)), NULL,
				 "/dev/vfio/GROUP is there once all of the group is bound to vfio-pci");
}

const struct check check_vf_not_bound_to_vfio = {
	.id = "vf-not-bound-to-vfio",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_VF,
	.title = "no VF is bound to vfio-pci",
	.needs = "sysfs driver, dev/vfio",
	.kernel = "drivers/vfio/pci/vfio_pci.c",
	.run = judge,
};
