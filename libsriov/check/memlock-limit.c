/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct kmsg_event *log = kmsg_last(&run->model->log, KMSG_MEMLOCK, NULL);
	if (!log || run->ask.goal != GOAL_ASSIGN)
		return;
	struct finding *f = finding_new(run, &check_memlock_limit, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%s may not lock as much memory as the guest has (RLIMIT_MEMLOCK%s%s)", log->word.n ? slice_text(run, log->word) : "The guest's process",
					log->n ? " is " : "", log->n ? memory_text(run, log->n) : "");
	finding_log(run, f, log, "vfio pins all memory of a guest");
}

const struct check check_memlock_limit = {
	.id = "memlock-limit",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_HOST,
	.title = "the guest's process may not lock enough memory",
	.needs = "dmesg",
	.kernel = "drivers/vfio/vfio_iommu_type1.c vfio_pin_pages_remote()",
	.run = judge,
};
