/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static const int denied[] = {EACCES, EPERM, 0};

/* A later attempt that got as far as the kernel: whatever stopped the first one is gone. */
static bool got_further(const struct run *run, const struct session_write *w)
{
	const struct session *s = session_of(run);
	for (size_t i = (size_t)(w - s->writes) + 1; i < s->writes_n; i++)
		if (!strcmp(s->writes[i].attribute, "sriov_numvfs") &&
		    (s->writes[i].result == WRITE_OK || s->writes[i].step == STEP_WRITE ||
		     (s->writes[i].result == WRITE_FAILED && s->writes[i].err != EACCES)))
			return true;
	return false;
}

static void judge(struct run *run, const struct fn *pf)
{
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", denied);
	if (!w || (w->err == EPERM && (w->root || w->step == STEP_WRITE)) || got_further(run, w))
		return;
	bool no_attr = pf && pf->pf->sriov_attrs.have == ITEM_ABSENT;
	if (w->root && !no_attr && pf && known(&pf->pf->sriov_attrs))
		return;
	struct finding *f = finding_new(
		run, &check_user_permission, pf, FINDING_FAIL, SEVERITY_ERROR, w->root ? CONFIDENCE_POSSIBLE : CONFIDENCE_LIKELY,
		w->root ? "The shell may not make sriov_numvfs of %s: the attribute does not exist there, or its path is wrong"
			: "sriov_numvfs of %s was not opened for writing: that takes root (a redirection is done by the shell, not by sudo)",
		name_of(run, pf));
	finding_write(run, f, w, NULL);
}

const struct check check_user_permission = {
	.id = "user-permission",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "whoever wrote sriov_numvfs may not",
	.needs = "a session",
	.kernel = "fs/sysfs; drivers/pci/iov.c sriov_numvfs (0644)",
	.run = judge,
};
