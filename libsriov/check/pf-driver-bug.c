/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

/* All below is in order, VFs were asked for, the write succeeded, and there is none: what is left is the driver. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || pf_has_vfs(pf) || !known_as(&pf->pf->sysfs_num, 0) || run->report->findings_n == 0)
		return;
	const struct session_write *w = write_last(run, pf);
	while (w && (w->result != WRITE_OK || !w->has_addr || !w->has_number || !w->number || strcmp(w->attribute, "sriov_numvfs")))
		w = write_before(run, w);
	if (!w)
		return;
	for (int r = RUNG_VISIBLE; r <= RUNG_DRIVEN; r++)
		if (ladder_rung(run, pf, (enum rung)r) != FINDING_PASS)
			return;
	struct finding *f = finding_new(
		run, &check_pf_driver_bug, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_POSSIBLE,
		"Writing %s to sriov_numvfs of %s succeeded and made no VF, with everything else in order: an error of the driver%s%s",
		w->value, name_of(run, pf), pf->driver ? " " : "", pf->driver ? pf->driver : "");
	finding_evidence(run, f, say(run, "%s:%u", w->at.origin, w->at.line), "no error", NULL, NULL);
	finding_evidence(run, f, where_item(run, pf->pf->sysfs_num.from, 0), "0", w->value, NULL);
}

const struct check check_pf_driver_bug = {
	.id = "pf-driver-bug",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the driver says yes and makes no VFs",
	.needs = "a session, sysfs sriov_numvfs",
	.run = judge,
};
