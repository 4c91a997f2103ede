/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

#define IFF_UP 1

/* bnxt_en answers success and enables nothing while its interface is down; others refuse. */
static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_PF_DOWN, pf);
	if (!pf) {
		(void)say_event(run, &check_pf_netdev_down, NULL, KMSG_PF_DOWN, SEVERITY_ERROR, "enables no VFs while its interface is down");
		return;
	}
	if (pf_has_vfs(pf))
		return;
	const struct driver_info *d = driver_info_of(run, pf);
	uint64_t flags = IFF_UP;
	const char *path = pf->netdev ? say(run, "sys/class/net/%s/flags", pf->netdev) : NULL;
	struct slice text = path ? snapshot_bytes(run->model->snap, NULL, path) : (struct slice){NULL, 0};
	bool down = text.p && slice_u64(text, &flags) && !(flags & IFF_UP);
	if (!said && !(down && d && d->flags & DRIVER_NEEDS_UP))
		return;
	struct finding *f = finding_new(run, &check_pf_netdev_down, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"The interface of %s%s%s is down: its driver enables no VFs then%s", name_of(run, pf), pf->netdev ? ", " : "", pf->netdev ? pf->netdev : "",
					d && !strcmp(d->name, "bnxt_en") ? ", and answers success all the same" : "");
	if (down)
		finding_evidence(run, f, path, slice_text(run, slice_trim(text)), "bit 0 (up) set", NULL);
	finding_log(run, f, said, NULL);
}

const struct check check_pf_netdev_down = {
	.id = "pf-netdev-down",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's interface is down, and its driver wants it up",
	.needs = "sys/class/net/*/flags, sysfs driver, dmesg",
	.kernel = "drivers/net/ethernet/broadcom/bnxt/bnxt_sriov.c bnxt_sriov_configure()",
	.run = judge,
};
