/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "firmware.h"
#include "space.h"

/* The firmware's settings were exported, and none of them is about SR-IOV. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct fn *first;
	struct firmware_setting set;
	firmware_setting(run, BIOS_SRIOV, &set);
	if (!set.readable || set.found || !shortages(run, &first) || finding_find(run, "kernel-told-not-to-assign", NULL))
		return;
	struct finding *f =
		finding_new(run, &check_bios_no_sriov_support, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
			    "This firmware has no setting for SR-IOV and gave the VF BARs of %s no memory space", name_of(run, first));
	finding_evidence(run, f, "bios", "no setting for SR-IOV", "one", NULL);
	if (run->model->host.product)
		finding_evidence(run, f, "sys/class/dmi/id/product_name", run->model->host.product, NULL, NULL);
}

const struct check check_bios_no_sriov_support = {
	.id = "bios-no-sriov-support",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_HOST,
	.title = "the firmware does not know SR-IOV",
	.needs = "a firmware settings export (bios), sysfs resource",
	.windows = "SriovSupport NoVfBarSpace",
	.run = judge,
};
