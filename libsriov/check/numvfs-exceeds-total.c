/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exceed.h"

static void judge(struct run *run, const struct fn *pf)
{
	struct exceed e;
	if (!pf || !exceed_judge(run, pf, &e))
		return;
	bool silly = e.asked > UINT16_MAX;
	struct finding *f = finding_new(run, &check_numvfs_exceeds_total, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					silly ? "%llu is no number of VFs that the kernel takes: at most 65535 (EINVAL)"
					      : "%llu VFs were asked for, and %s can have %llu (ERANGE)",
					(unsigned long long)e.asked, name_of(run, pf), (unsigned long long)e.limit);
	finding_evidence(run, f, where_item(run, e.from, 0), say(run, "%llu", (unsigned long long)e.limit),
			 say(run, "%llu or more", (unsigned long long)e.asked), NULL);
	finding_write(run, f, e.write, NULL);
}

const struct check check_numvfs_exceeds_total = {
	.id = "numvfs-exceeds-total",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "more VFs were asked for than there can be",
	.needs = "sysfs sriov_totalvfs, config space, a session or -n",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.run = judge,
};
