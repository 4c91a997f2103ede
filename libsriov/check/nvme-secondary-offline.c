/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

/* Function 0 of a device is a drive of its own; what else is not known here is taken for a VF. */
static bool loose(struct run *run, const struct kmsg_event *event)
{
	(void)run;
	return event->has_addr && (event->addr.function || event->addr.device);
}

/* A VF of an NVMe drive answers "not ready" until its secondary controller has resources and is online. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct vf_events *counts = vf_events_count(run, KMSG_NVME_NOT_READY, loose);
	for (size_t i = 0; counts && i <= run->pfs_n && !run->err; i++) {
		if (!counts[i].last)
			continue;
		const struct fn *pf = i < run->pfs_n ? run->pfs[i] : NULL;
		struct finding *f = finding_new(run, &check_nvme_secondary_offline, pf, FINDING_FAIL, SEVERITY_ERROR, pf ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
						"%zu VFs%s%s are NVMe controllers that are not ready: their secondary controllers were given no resources, or not set online",
						counts[i].n, pf ? " of " : "", pf ? name_of(run, pf) : "");
		finding_log(run, f, counts[i].last, "CSTS.RDY stays 0 until the primary controller sets the secondary one online");
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
