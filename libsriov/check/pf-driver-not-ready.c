/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exceed.h"

static const int busy[] = {EBUSY, EAGAIN, 0};

static void judge(struct run *run, const struct fn *pf)
{
	if (pf && (pf_has_vfs(pf) || pf->driver_state == ITEM_ABSENT)) {
		const struct kmsg_event *deferred = pf_has_vfs(pf) ? NULL : kmsg_last(&run->model->log, KMSG_PROBE_DEFERRED, &pf->addr);
		if (!deferred)
			return;
		struct finding *f = finding_new(run, &check_pf_driver_not_ready, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
						"The driver of %s waits for something else to come up first (deferred probe)%s%s",
						name_of(run, pf), deferred->word.n ? ": " : "", slice_text(run, deferred->word));
		finding_log(run, f, deferred, NULL);
		return;
	}
	if (say_event(run, &check_pf_driver_not_ready, pf, KMSG_PF_NOT_READY, SEVERITY_ERROR, "is not ready to enable VFs"))
		return;
	if (!pf) {
		/* EBUSY comes from the kernel itself where VFs are on already, and from the driver where there are none */
		static const int again[] = {EAGAIN, 0}, both[] = {EAGAIN, EBUSY, 0};
		const struct session_write *later = write_refused(run, NULL, "sriov_numvfs", nameless_without_vfs(run) ? both : again);
		if (!later)
			return;
		struct finding *f = finding_new(run, &check_pf_driver_not_ready, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
						"The PF's driver is not ready: it wants to be asked again (%s)",
						later->err == EBUSY ? "EBUSY" : "EAGAIN");
		finding_write(run, f, later, NULL);
		return;
	}
	const struct session_write *w = known_as(&pf->pf->sysfs_num, 0) ? write_refused(run, pf, "sriov_numvfs", busy) : NULL;
	if (!w || log_of(run, KMSG_SRIOV_ALREADY, pf))
		return;
	struct finding *f = finding_new(run, &check_pf_driver_not_ready, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"%s has no VFs and refuses to make some (%s): its driver is not ready", name_of(run, pf),
					w->err == EBUSY ? "EBUSY" : "EAGAIN");
	finding_write(run, f, w, NULL);
	finding_evidence(run, f, where_item(run, pf->pf->sysfs_num.from, 0), "0", NULL, "so that the kernel itself does not refuse");
}

const struct check check_pf_driver_not_ready = {
	.id = "pf-driver-not-ready",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's driver is not ready yet",
	.needs = "dmesg, sysfs sriov_numvfs, a session",
	.kernel = "drivers/net/ethernet/intel/ice/ice_sriov.c ice_sriov_configure(); drivers/base/dd.c",
	.run = judge,
};
