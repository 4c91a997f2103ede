/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_FEWER, pf);
	if (!said)
		return;
	/* "only 0 enabled" while VFs are there: bnxt and others say so, and it means nothing */
	bool there = pf && pf_has_vfs(pf) && (said->n2 == 0 || (known(&pf->pf->sysfs_num) && pf->pf->sysfs_num.v >= said->n));
	if (there)
		return;
	const struct fn *fn = pf ? pf : event_fn(run, said);
	struct finding *f =
		finding_new(run, &check_fewer_vfs_than_requested, fn, FINDING_FAIL, said->n2 ? SEVERITY_WARNING : SEVERITY_ERROR,
			    CONFIDENCE_CERTAIN, "%llu VFs were asked for, and the driver of %s enabled %llu", (unsigned long long)said->n,
			    name_of(run, fn), (unsigned long long)said->n2);
	finding_log(run, f, said, NULL);
}

const struct check check_fewer_vfs_than_requested = {
	.id = "fewer-vfs-than-requested",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "the PF's driver enabled fewer VFs than were asked for",
	.needs = "dmesg, sysfs sriov_numvfs",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.run = judge,
};
