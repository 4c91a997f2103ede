/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* Only what has to do with giving a function away: others' denials are not ours to judge. */
static bool ours(const struct kmsg_event *event)
{
	return slice_has(event->text, "vfio") || slice_has(event->text, "iommu") || slice_has(event->text, "sriov") || slice_has(event->text, "svirt") ||
	       slice_has(event->text, "qemu") || slice_has(event->text, "virt");
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	size_t n, hits = 0;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_AVC_DENIED, &n), *last = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!ours(events[i]))
			continue;
		hits++;
		last = events[i];
	}
	if (!last || run->ask.goal != GOAL_ASSIGN)
		return;
	struct finding *f = finding_new(run, &check_selinux_denial, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"SELinux denied %s: %s what it needs to give a function to a guest (%zu records)", last->word2.n ? slice_text(run, last->word2) : "a program",
					slice_text(run, last->word), hits);
	finding_log(run, f, last, NULL);
}

const struct check check_selinux_denial = {
	.id = "selinux-denial",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_HOST,
	.title = "SELinux denied access to a function",
	.needs = "dmesg (audit records)",
	.kernel = "security/selinux/avc.c",
	.run = judge,
};
