/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

#define NVME_CLASS 0x0108

static bool loose(struct run *run, const struct kmsg_event *event)
{
	(void)run;
	return !event->has_addr;
}

static void say_so(struct run *run, const struct fn *pf, size_t n, const struct kmsg_event *event, enum confidence confidence)
{
	struct finding *f = finding_new(run, &check_nvme_secondary_offline, pf, FINDING_FAIL, SEVERITY_ERROR, confidence,
					"%zu VFs of %s are NVMe controllers that are not ready: their secondary controllers were given no resources, or not set online", n,
					name_of(run, pf));
	finding_log(run, f, event, "CSTS.RDY stays 0 until the primary controller sets the secondary one online");
}

/* A VF of an NVMe drive answers "not ready" until its secondary controller has resources and is online. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct vf_events *counts = vf_events_count(run, KMSG_NVME_NOT_READY, loose);
	const struct kmsg_event *nameless = counts ? counts[run->pfs_n].last : NULL;
	for (size_t i = 0; counts && i < run->pfs_n && !run->err; i++) {
		const struct fn *pf = run->pfs[i];
		struct vf_hold hold = {0};
		if (counts[i].last) {
			say_so(run, pf, counts[i].n, counts[i].last, CONFIDENCE_CERTAIN);
			continue;
		}
		/* "nvme nvme1: Device not ready" names no function: VFs of a drive that have no driver are meant. */
		if (nameless && known(&pf->class) && pf->class.v >> 8 == NVME_CLASS)
			vf_hold_judge(pf, &hold);
		if (hold.free)
			say_so(run, pf, hold.free, nameless, CONFIDENCE_LIKELY);
	}
}

const struct check check_nvme_secondary_offline = {
	.id = "nvme-secondary-offline",
	.rung = RUNG_BOUND,
	.scope = SCOPE_HOST,
	.title = "the NVMe secondary controllers behind the VFs are offline",
	.needs = "dmesg",
	.kernel = "drivers/nvme/host/core.c nvme_wait_ready()",
	.spec = "NVM Express Base 8.2.6 Virtualization Enhancements",
	.run = judge,
};
