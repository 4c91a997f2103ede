/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static const int enospc[] = {ENOSPC, 0};

static void judge(struct run *run, const struct fn *pf)
{
	if (say_event(run, &check_pf_device_resources_exhausted, pf, KMSG_PF_RESOURCES, SEVERITY_ERROR,
		      "has not enough queues or interrupt vectors left for VFs") ||
	    (pf && pf_has_vfs(pf)))
		return;
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", enospc);
	const struct kmsg_event *failed = log_of(run, KMSG_SRIOV_FAILED, pf);
	if (!w && !(failed && failed->err == ENOSPC))
		return;
	struct finding *f = finding_new(run, &check_pf_device_resources_exhausted, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"Enabling VFs of %s ended in ENOSPC: the device has no interrupt vectors or queues left for them",
					name_of(run, pf));
	finding_write(run, f, w, NULL);
	finding_log(run, f, failed, NULL);
}

const struct check check_pf_device_resources_exhausted = {
	.id = "pf-device-resources-exhausted",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the device has no queues or vectors left for VFs",
	.needs = "dmesg, a session",
	.kernel = "drivers/net/ethernet/intel/ice/ice_sriov.c ice_set_per_vf_res()",
	.run = judge,
};
