/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "data/data.h"

static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_NO_DRIVER, pf);
	if (!pf) {
		if (!said)
			return;
		struct finding *f = finding_new(run, &check_pf_driver_not_bound, event_fn(run, said), FINDING_FAIL, SEVERITY_ERROR,
						CONFIDENCE_CERTAIN, "No driver is bound to the PF: writing sriov_numvfs ends in ENOENT");
		finding_log(run, f, said, NULL);
		return;
	}
	if (pf->driver_state == ITEM_PRESENT)
		return;
	if (pf->driver_state != ITEM_ABSENT && !said)
		return;
	struct finding *f = finding_new(run, &check_pf_driver_not_bound, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"No driver is bound to %s: writing sriov_numvfs ends in ENOENT", name_of(run, pf));
	if (pf->driver_state == ITEM_ABSENT)
		finding_evidence(run, f, say(run, "%s/driver", where_item(run, pf->dir, 0)), "absent",
				 "a link to the PF's driver", NULL);
	finding_log(run, f, said, NULL);
}

const struct check check_pf_driver_not_bound = {
	.id = "pf-driver-not-bound",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "no driver is bound to the PF",
	.needs = "sysfs driver, dmesg",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.windows = "SriovSupport MissingPfDriver",
	.run = judge,
};
