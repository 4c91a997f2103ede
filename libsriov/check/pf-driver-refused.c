/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

/* The driver's own reason, or only that it failed: then what the errno allows is left to the other checks. */
static void judge(struct run *run, const struct fn *pf)
{
	if (pf && pf_has_vfs(pf))
		return;
	const struct kmsg_event *said = log_of(run, KMSG_PF_REFUSED, pf);
	if (!said)
		said = log_of(run, KMSG_PF_LIMIT, pf);
	const struct kmsg_event *incapable = said ? NULL : log_of(run, KMSG_PF_NOT_CAPABLE, pf);
	if (incapable && slice_has(incapable->text, "Safe Mode"))
		said = incapable;
	const struct kmsg_event *failed = log_of(run, KMSG_SRIOV_FAILED, pf);
	const struct kmsg_event *e = said ? said : failed;
	static const int odd[] = {EOPNOTSUPP, EINVAL, 0};
	const struct session_write *w = e ? NULL : write_refused(run, pf, "sriov_numvfs", odd);
	if (w && w->step != STEP_OPEN && (!w->has_number || w->number <= UINT16_MAX)) {
		struct finding *f = finding_new(run, &check_pf_driver_refused,
						pf            ? pf
						: w->has_addr ? model_find(run->model, &w->addr)
							      : NULL,
						FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
						"The driver of %s refused to enable VFs for a reason of its own (%s): its log says which",
						name_of(run, pf), w->err == EINVAL ? "EINVAL" : "EOPNOTSUPP");
		finding_write(run, f, w, NULL);
		finding_missing(run, f, "dmesg");
		return;
	}
	if (!e || (!said && pf && log_of(run, KMSG_SRIOV_ENABLED, pf) && log_of(run, KMSG_SRIOV_ENABLED, pf)->line > e->line))
		return;
	/* ENOMEM, EIO, ENOSYS without a reason come from the core: vf-bar-no-mmio, ari-forwarding-missing and their like judge them */
	if (!said && (e->err == ENOMEM || e->err == EIO || e->err == ENOSYS || e->err == ENOSPC))
		return;
	const struct fn *fn = pf ? pf : event_fn(run, e);
	struct finding *f = finding_new(run, &check_pf_driver_refused, fn, FINDING_FAIL, SEVERITY_ERROR,
					said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "The driver of %s%s%s refused to enable VFs: \"%s\"",
					name_of(run, fn), e->driver.n ? ", " : "", slice_text(run, e->driver), slice_text(run, e->text));
	finding_log(run, f, e, NULL);
}

const struct check check_pf_driver_refused = {
	.id = "pf-driver-refused",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's driver refused for a reason of its own",
	.needs = "dmesg",
	.kernel = "sriov_configure of the PF's driver",
	.run = judge,
};
