/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static bool for_kernel(const struct host *h, const struct session_query *q)
{
	return !h->kernel || !*q->key || strstr(q->key, h->kernel);
}

/* A driver that is built per kernel: dkms knows it, and not for the kernel that runs. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct session *s = session_of(run);
	const struct session_query *stale = NULL, *good = NULL;
	for (size_t i = 0; s && i < s->queries_n; i++) {
		const struct session_query *q = &s->queries[i];
		if (q->tool != TOOL_DKMS)
			continue;
		if (slice_starts(slice_of(q->value), "installed") && for_kernel(&run->model->host, q))
			good = q;
		else
			stale = q;
	}
	size_t n;
	const struct kmsg_event *const *rejected = kmsg_typed(&run->model->log, KMSG_MODULE_REJECTED, &n);
	const struct kmsg_event *bad = n ? rejected[n - 1] : NULL;
	bool ours = bad && driver_find(slice_text(run, bad->word)) != NULL;
	if ((!stale || good) && !ours)
		return;
	struct finding *f = finding_new(
		run, &check_dkms_build_failed, NULL, FINDING_FAIL, SEVERITY_ERROR, ours ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		"The driver that would enable VFs is built per kernel, and there is none for the running kernel%s%s",
		run->model->host.kernel ? " " : "", run->model->host.kernel ? run->model->host.kernel : "");
	if (stale)
		finding_evidence(run, f, say(run, "%s:%u: dkms %s", stale->at.origin, stale->at.line, stale->device), stale->value,
				 "installed for the running kernel", NULL);
	finding_log(run, f, ours ? bad : NULL, NULL);
}

const struct check check_dkms_build_failed = {
	.id = "dkms-build-failed",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_HOST,
	.title = "the PF driver was not built for the running kernel",
	.needs = "a session with dkms status, dmesg",
	.source = "https://github.com/strongtz/i915-sriov-dkms/issues/237",
	.run = judge,
};
