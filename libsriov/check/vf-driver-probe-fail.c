/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/data.h"
#include "vf.h"

/* Of a function that nothing else is known of: a driver that only VFs have. */
static bool loose(struct run *run, const struct kmsg_event *event)
{
	const struct driver_info *driver = driver_find(slice_text(run, event->word));
	return driver && driver->flags & DRIVER_VF;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct vf_events *counts = vf_events_count(run, KMSG_PROBE_FAILED, loose);
	enum severity severity = run->ask.goal == GOAL_ASSIGN ? SEVERITY_WARNING : SEVERITY_ERROR;
	for (size_t i = 0; counts && i <= run->pfs_n && !run->err; i++) {
		const struct kmsg_event *last = counts[i].last;
		if (!last)
			continue;
		const struct fn *pf = i < run->pfs_n ? run->pfs[i] : NULL;
		const char *driver = slice_text(run, last->word);
		struct finding *f = finding_new(run, &check_vf_driver_probe_fail, pf, FINDING_FAIL, severity, CONFIDENCE_CERTAIN,
						"%s could not start on %zu VFs%s%s%s", driver, counts[i].n, pf ? " of " : "", pf ? name_of(run, pf) : "",
						say(run, ": error %d", last->err));
		finding_log(run, f, last, NULL);
	}
}

const struct check check_vf_driver_probe_fail = {
	.id = "vf-driver-probe-fail",
	.rung = RUNG_BOUND,
	.scope = SCOPE_HOST,
	.title = "the VFs' driver is loaded and fails to start on them",
	.needs = "dmesg",
	.kernel = "drivers/base/dd.c really_probe()",
	.run = judge,
};
