/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nocap.h"
#include "decode/session.h"

static void found(struct run *run, const struct nocap *n)
{
	bool never = n->info && n->info->sriov == DEVICE_NO_SRIOV;
	bool stranger = !n->info && n->absent && n->wanted;
	if ((!never && !stranger) || !n->wanted)
		return; /* a host is full of devices that never had it: only one that somebody wanted VFs of is worth a word */
	const char *source = never ? n->info->source : NULL;
	struct finding *f = finding_new(run, &check_device_no_sriov_cap, n->fn, FINDING_FAIL, SEVERITY_ERROR,
					never ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "%s%s%s has no SR-IOV", name_of(run, n->fn),
					never ? ", " : "", never ? n->info->name : "");
	if (n->name)
		finding_evidence(run, f, n->name_where, n->name, "a device of a family with SR-IOV", source);
	else if (known(&n->fn->device))
		finding_evidence(run, f, "Vendor ID, Device ID",
				 say(run, "%04x:%04x", (unsigned)n->fn->vendor.v, (unsigned)n->fn->device.v),
				 "a device of a family with SR-IOV", source);
	if (n->absent)
		finding_evidence(run, f, say(run, "%s: extended capabilities", where_item(run, n->fn->config_item, 0)),
				 "none with ID 0x0010", "SR-IOV", NULL);
	finding_log(run, f, n->log, NULL);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	if (no_sure_pf(run))
		each_nocap(run, found);
}

const struct check check_device_no_sriov_cap = {
	.id = "device-no-sriov-cap",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_HOST,
	.title = "the device has no SR-IOV",
	.needs = "config space or lspci text, a table of devices",
	.spec = "PCIe 6.0 9.3.3",
	.windows = "SriovSupport MissingPfDriver",
	.run = judge,
};
