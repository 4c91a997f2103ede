/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf)
		return;
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_LEFT_ENABLED, pf);
	bool on = known_as(&pf->pf->vf_enable, 1) || (known(&pf->pf->sysfs_num) && pf->pf->sysfs_num.v);
	if (pf->driver_state != ITEM_ABSENT || (!on && !said))
		return;
	struct finding *f =
		finding_new(run, &check_vfs_left_enabled, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			    "VFs of %s are still on although no driver is bound to it: the last driver left them", name_of(run, pf));
	if (known(&pf->pf->vf_enable))
		finding_evidence(run, f, say(run, "%s: VF Enable", where_item(run, pf->config_item, 0)), pf->pf->vf_enable.v ? "1" : "0",
				 "0 without a driver", NULL);
	if (known(&pf->pf->sysfs_num))
		finding_evidence(run, f, where_item(run, pf->pf->sysfs_num.from, 0),
				 say(run, "%llu", (unsigned long long)pf->pf->sysfs_num.v), "0 without a driver", NULL);
	finding_log(run, f, said, NULL);
}

const struct check check_vfs_left_enabled = {
	.id = "vfs-left-enabled",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "VFs are on while no driver is bound to the PF",
	.needs = "config space or sysfs sriov_numvfs, sysfs driver, dmesg",
	.kernel = "drivers/pci/iov.c sriov_release(), pci_iov_remove()",
	.run = judge,
};
