/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	const struct kmsg_event *failed = said(run, KMSG_HV_DATAPATH_FAILED), *back = said(run, KMSG_HV_DATAPATH_SYNTHETIC), *waiting = said(run, KMSG_HV_WAITING);
	const struct kmsg_event *why = later(failed, g.to_vf) ? failed : later(back, g.to_vf) ? back : later(waiting, g.to_vf) ? waiting : NULL;
	/* a VF that was taken away or unregistered is judged below */
	if (!g.hyperv || !why || later(g.removed, g.offered) || later(said(run, KMSG_HV_VF_UNREGISTERED), g.registered))
		return;
	struct finding *f = finding_new(run, &check_guest_datapath_synthetic, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY, "%s",
					why == failed ? "The host did not switch the traffic to the VF" :
					why == back   ? "Traffic went back to the synthetic interface: the VF's interface was taken down" :
							"Traffic stays on the synthetic interface: the host has not yet associated the VF");
	finding_log(run, f, why, NULL);
	finding_step(run, f, why == back ? say(run, "ip link set %.*s up", (int)back->word.n, back->word.p) :
					   "Stop and start the guest (deallocate it in a cloud); if it stays, look for the host's events of the virtual switch");
}

const struct check check_guest_datapath_synthetic = {
	.id = "guest-datapath-synthetic",
	.rung = RUNG_DATAPATH,
	.scope = SCOPE_GUEST,
	.title = "traffic does not take the VF",
	.needs = "dmesg",
	.kernel = "drivers/net/hyperv/netvsc_drv.c netvsc_vf_changed()",
	.run = judge,
};
