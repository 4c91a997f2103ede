/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* The same header, byte for byte, BARs and all: no two functions have that. */
static bool same_space(const struct fn *pf, const struct fn *fn)
{
	const struct config_image *a = pf->config, *b = fn->config;
	return !a->from_text && !b->from_text && !memcmp(a->view.p, b->view.p, 64);
}

/*
 * A VF reads ffff:ffff and has no SR-IOV capability. Where a VF's address answers with the PF's own configuration space, the host
 * bridge sends the request to the wrong function. sysfs vendor and device prove nothing: the kernel makes them up for VFs.
 */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf)
		return;
	for (size_t i = 0; i < pf->pf->vfs_n && i < 256; i++) {
		const struct vf *vf = &pf->pf->vfs[i];
		const struct fn *fn = vf->there;
		struct kmsg_res bar;
		const struct cap *cap = fn ? fn_cap(fn, CAP_EXTENDED, 0x0010) : NULL;
		bool twin = cap && pf_has_vfs(pf) && pf->pf->offset == cap->at.offset && same_space(pf, fn);
		const struct kmsg_event *space = NULL;
		for (int b = 7; b < 13 && !space; b++) {
			kmsg_resource(&run->model->log, &vf->addr, b, &bar);
			space = bar.vfs > 0 ? bar.why : NULL;
		}
		if (!twin && !space)
			continue;
		char buf[ADDR_TEXT];
		struct finding *f = finding_new(
			run, &check_host_bridge_config_access_bug, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			"The address of VF %zu, %s, answers with %s's own SR-IOV capability: configuration requests reach the wrong function",
			i, addr_text(&vf->addr, buf), name_of(run, pf));
		if (twin)
			finding_evidence(run, f, where_item(run, fn->config_item, 0),
					 say(run, "%04x:%04x, SR-IOV at 0x%x", (unsigned)pf->vendor.v, (unsigned)pf->device.v, cap->at.offset),
					 "ffff:ffff and no SR-IOV capability", NULL);
		finding_log(run, f, space, "a VF that has VF BARs of its own");
		return;
	}
}

const struct check check_host_bridge_config_access_bug = {
	.id = "host-bridge-config-access-bug",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_PF,
	.title = "the host bridge answers for a VF with the PF's configuration space",
	.needs = "config space of VFs, dmesg",
	.kernel = "drivers/pci/iov.c pci_iov_add_virtfn()",
	.spec = "PCIe 6.0 9.3.4.1",
	.run = judge,
};
