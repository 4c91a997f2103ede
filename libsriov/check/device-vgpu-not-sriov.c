/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nocap.h"

static void found(struct run *run, const struct nocap *n)
{
	if (!n->info || n->info->sriov != DEVICE_VGPU_ONLY)
		return;
	struct finding *f =
		finding_new(run, &check_device_vgpu_not_sriov, n->fn, n->wanted ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR,
			    CONFIDENCE_CERTAIN, "%s, %s, is shared by mediated devices of its vendor's software, not by VFs",
			    name_of(run, n->fn), n->info->name);
	finding_evidence(run, f, n->name ? n->name_where : "Vendor ID, Device ID",
			 n->name ? n->name : say(run, "%04x:%04x", (unsigned)n->fn->vendor.v, (unsigned)n->fn->device.v), NULL,
			 n->info->source);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	if (no_sure_pf(run))
		each_nocap(run, found);
}

const struct check check_device_vgpu_not_sriov = {
	.id = "device-vgpu-not-sriov",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_HOST,
	.title = "the device is shared by its vendor's software, not by SR-IOV",
	.needs = "config space or lspci text, a table of devices",
	.run = judge,
};
