/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

static void judge(struct run *run, const struct fn *pf)
{
	struct vf_hold hold;
	if (!known_as(&pf->pf->autoprobe, 0))
		return;
	vf_hold_judge(pf, &hold);
	if (!hold.free)
		return;
	struct finding *f = finding_new(run, &check_vf_autoprobe_off, pf, vf_trouble(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%zu VFs of %s have no driver, because sriov_drivers_autoprobe is 0", hold.free, name_of(run, pf));
	finding_evidence(run, f, where_item(run, pf->pf->autoprobe.from, 0), "0", "1", NULL);
	finding_evidence(run, f, say(run, "%s: driver", name_of(run, hold.first_free)), "none", NULL, NULL);
}

const struct check check_vf_autoprobe_off = {
	.id = "vf-autoprobe-off",
	.rung = RUNG_BOUND,
	.scope = SCOPE_VF,
	.title = "VFs are not offered to drivers: sriov_drivers_autoprobe is 0",
	.needs = "sysfs sriov_drivers_autoprobe, driver",
	.kernel = "drivers/pci/pci-driver.c pci_device_can_probe()",
	.run = judge,
};
