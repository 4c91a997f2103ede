/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

#define IFF_UP 1

/* ixgbevf of old kernels does not start while the PF's interface is down; igbvf and later ones wait. */
static const struct kmsg_event *waiting_vf(const struct run *run, const struct fn *pf)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_VF_PF_IN_RESET, &n);
	for (size_t i = n; i > 0; i--) {
		const struct fn *fn = event_fn(run, events[i - 1]);
		if (!fn || !slice_is(events[i - 1]->driver, "ixgbevf") || (fn->driver && !fn->driver_from_log))
			continue; /* another driver's, or it works by now */
		if (fn->pf_fn ? fn->pf_fn == pf : !pf && run->pfs_n == 0)
			return events[i - 1];
	}
	return NULL;
}

static void vf_waits(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *e = waiting_vf(run, pf);
	if (!e || run->model->host.kind == HOST_GUEST)
		return;
	struct finding *f = finding_new(run, &check_pf_netdev_down, pf, FINDING_FAIL, SEVERITY_WARNING, CONFIDENCE_LIKELY,
					"The VFs' driver waits for their PF: the interface of %s is down", name_of(run, pf));
	finding_log(run, f, e, NULL);
}

/* bnxt_en answers success and enables nothing while its interface is down; others refuse. */
static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_PF_DOWN, pf);
	if (!pf) {
		if (!say_event(run, &check_pf_netdev_down, NULL, KMSG_PF_DOWN, SEVERITY_ERROR,
			       "enables no VFs while its interface is down"))
			vf_waits(run, NULL);
		return;
	}
	if (pf_has_vfs(pf)) {
		vf_waits(run, pf);
		return;
	}
	const struct driver_info *d = driver_info_of(run, pf);
	uint64_t flags = IFF_UP;
	const char *path = pf->netdev ? say(run, "sys/class/net/%s/flags", pf->netdev) : NULL;
	struct slice text = path ? snapshot_bytes(run->model->snap, NULL, path) : (struct slice){NULL, 0};
	bool down = text.p && slice_u64(text, &flags) && !(flags & IFF_UP);
	if (!said && !(down && d && d->flags & DRIVER_NEEDS_UP))
		return;
	struct finding *f =
		finding_new(run, &check_pf_netdev_down, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			    "The interface of %s%s%s is down: its driver enables no VFs then%s", name_of(run, pf), pf->netdev ? ", " : "",
			    pf->netdev ? pf->netdev : "", d && !strcmp(d->name, "bnxt_en") ? ", and answers success all the same" : "");
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
