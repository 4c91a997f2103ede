/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	const struct kmsg_event *refused = said(run, KMSG_HV_VF_PAIR_FAILED), *isolated = said(run, KMSG_HV_ISOLATED);
	const struct snapshot *snap = run->model->snap;
	if (!g.hyperv)
		return;
	bool refusal = later(refused, g.registered);
	const char *netdev = g.vf ? g.vf->netdev : NULL;
	char path[128];
	enum item_state master = ITEM_NOT_CAPTURED;
	if (netdev && strlen(netdev) < 64) {
		strcpy(stpcpy(stpcpy(path, "sys/class/net/"), netdev), "/master");
		master = snapshot_state(snap, NULL, path);
	}
	if (!refusal && !isolated && master != ITEM_ABSENT)
		return;
	if (isolated && later(g.registered, isolated))
		isolated = NULL;
	if (!refusal && !isolated && (later(g.registered, g.removed) || master != ITEM_ABSENT))
		return;
	const char *why = isolated ? "this is an isolated (confidential) guest, whose kernel ignores the host's VFs" :
			  refusal  ? slice_text(run, refused->word) :
				     say(run, "its interface %s has no master", netdev);
	struct finding *f = finding_new(run, &check_guest_vf_not_paired, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"The VF is not paired with its synthetic interface: %s", why);
	finding_log(run, f, isolated, NULL);
	if (refusal)
		finding_log(run, f, refused, NULL);
	if (master == ITEM_ABSENT)
		finding_evidence(run, f, say(run, "%s", path), "absent", "a link to the synthetic interface", NULL);
	if (isolated) {
		finding_step(run, f, "A confidential guest has to do without: use the synthetic interface, or a size of virtual machine without memory encryption");
		return;
	}
	finding_step(run, f, "Leave the VF's interface alone: no bond, bridge, address, own network namespace or rename rule (in NetworkManager: unmanaged; in cloud-init: by the driver hv_netvsc only)");
	finding_step(run, f, "Stop and start the guest, so that the host offers the VF anew");
}

const struct check check_guest_vf_not_paired = {
	.id = "guest-vf-not-paired",
	.rung = RUNG_PAIRED,
	.scope = SCOPE_GUEST,
	.title = "the VF is not paired with the synthetic interface",
	.needs = "dmesg, sysfs class/net/*/master",
	.kernel = "drivers/net/hyperv/netvsc_drv.c get_netvsc_byslot(), netvsc_register_vf()",
	.run = judge,
};
