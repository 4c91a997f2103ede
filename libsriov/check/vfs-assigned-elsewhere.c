/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static const int eperm[] = {EPERM, 0};

static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_ASSIGNED, pf);
	if (!said)
		said = log_of(run, KMSG_PF_VFS_ASSIGNED, pf);
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", eperm);
	/* VFs that are there and were refused to change are still VFs: only the change is blocked */
	if (!said && !(w && w->step == STEP_WRITE))
		return;
	bool works = pf && pf_has_vfs(pf);
	struct finding *f =
		finding_new(run, &check_vfs_assigned_elsewhere,
			    pf     ? pf
			    : said ? event_fn(run, said)
				   : NULL,
			    FINDING_FAIL, works ? SEVERITY_WARNING : SEVERITY_ERROR, said ? CONFIDENCE_CERTAIN : CONFIDENCE_POSSIBLE,
			    "VFs of %s are in use by guests: their number cannot be changed now (EPERM)", name_of(run, pf));
	finding_log(run, f, said, NULL);
	finding_write(run, f, w, NULL);
}

const struct check check_vfs_assigned_elsewhere = {
	.id = "vfs-assigned-elsewhere",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "VFs are in use by guests, their number cannot be changed",
	.needs = "dmesg, a session",
	.kernel = "drivers/pci/iov.c pci_vfs_assigned()",
	.run = judge,
};
