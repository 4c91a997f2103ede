/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

/* Everything below is in order, and the number of VFs is 0: nobody asked. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || pf_has_vfs(pf))
		return;
	bool none = known(&pf->pf->sysfs_num) || known_as(&pf->pf->num_vfs, 0);
	for (int r = RUNG_VISIBLE; r < RUNG_ENABLED; r++)
		if (ladder_rung(run, pf, (enum rung)r) == FINDING_FAIL)
			return;
	/* A rung that could not be judged is asked for first; where another PF has VFs this one is left alone on purpose. */
	bool sure = true;
	for (int r = RUNG_VISIBLE; r < RUNG_ENABLED; r++)
		sure &= ladder_rung(run, pf, (enum rung)r) == FINDING_PASS;
	if (!none || (!sure && !run->any_vfs) || write_refused(run, pf, "sriov_numvfs", NULL) ||
	    run_mark(run, pf)->fail & 1U << RUNG_ENABLED)
		return;
	struct finding *f =
		finding_new(run, &check_vfs_not_requested, pf, run->any_vfs ? FINDING_INFORMATIONAL : FINDING_FAIL, SEVERITY_ERROR,
			    CONFIDENCE_CERTAIN, "%s can have VFs and has none: nobody asked for them", name_of(run, pf));
	if (known(&pf->pf->sysfs_num))
		finding_evidence(run, f, where_item(run, pf->pf->sysfs_num.from, 0), "0",
				 say(run, "1 to %llu", (unsigned long long)vfs_wanted(run, pf)), NULL);
	else
		finding_evidence(run, f, say(run, "%s: NumVFs", where_item(run, pf->config_item, 0)), "0",
				 "the number of VFs that is wanted", NULL);
}

const struct check check_vfs_not_requested = {
	.id = "vfs-not-requested",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "nobody asked for VFs",
	.needs = "sysfs sriov_numvfs",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.run = judge,
};
