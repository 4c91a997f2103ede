/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

/* The eswitch has another mode than what was tried needs; only devlink shows it. */
static void judge(struct run *run, const struct fn *pf)
{
	const struct session_query *mode = session_value(session_of(run), TOOL_DEVLINK, "mode");
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_PF_REFUSED, &n);
	const struct kmsg_event *said = NULL;
	for (size_t i = 0; i < n; i++)
		if (slice_has(events[i]->text, "representors") &&
		    (pf ? event_fn(run, events[i]) == pf : !run_has_pf(run, event_fn(run, events[i]))))
			said = events[i];
	if (!said || (pf && pf_has_vfs(pf)))
		return;
	struct finding *f = finding_new(run, &check_pf_eswitch_mode, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"The embedded switch of %s is in a mode in which its driver refuses VFs", name_of(run, pf));
	finding_log(run, f, said, NULL);
	if (mode)
		finding_evidence(run, f, say(run, "%s:%u: devlink mode", mode->at.origin, mode->at.line), mode->value, NULL, NULL);
}

const struct check check_pf_eswitch_mode = {
	.id = "pf-eswitch-mode",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's embedded switch is in the wrong mode",
	.needs = "dmesg, a session with devlink",
	.kernel = "drivers/net/ethernet/mellanox/mlx5/core/sriov.c mlx5_device_enable_sriov()",
	.run = judge,
};
