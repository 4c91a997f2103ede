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
	const struct kmsg_event *failed = log_of(run, KMSG_SRIOV_FAILED, pf);
	const struct kmsg_event *e = said ? said : failed;
	if (!e || (!said && pf && log_of(run, KMSG_SRIOV_ENABLED, pf) && log_of(run, KMSG_SRIOV_ENABLED, pf)->line > e->line))
		return;
	/* ENOMEM, EIO, ENOSYS without a reason come from the core: vf-bar-no-mmio, ari-forwarding-missing and their like judge them */
	if (!said && (e->err == ENOMEM || e->err == EIO || e->err == ENOSYS || e->err == ENOSPC))
		return;
	const struct fn *fn = pf ? pf : event_fn(run, e);
	struct finding *f = finding_new(run, &check_pf_driver_refused, fn, FINDING_FAIL, SEVERITY_ERROR, said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					"The driver of %s%s%s refused to enable VFs: \"%s\"", name_of(run, fn), e->driver.n ? ", " : "", slice_text(run, e->driver), slice_text(run, e->text));
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
