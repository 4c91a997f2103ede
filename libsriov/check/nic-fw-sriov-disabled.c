/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nocap.h"
#include "decode/session.h"

/* The device has SR-IOV by its family, its firmware hides the capability: the list was read, and it is not in it. */
static void found(struct run *run, const struct nocap *n)
{
	const struct driver_info *d = n->log && n->log->driver.p ? driver_find(slice_text(run, n->log->driver)) : NULL;
	bool family =
		n->info ? n->info->sriov == DEVICE_HAS_SRIOV && n->info->firmware_toggle : d && !(d->flags & (DRIVER_NO_SRIOV | DRIVER_VF));
	if (!family || (!n->absent && !n->log && !(n->no_attribute && n->wanted)))
		return;
	struct finding *f = finding_new(run, &check_nic_fw_sriov_disabled, n->fn, FINDING_FAIL, SEVERITY_ERROR,
					n->absent ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE,
					"%s%s%s does not show its SR-IOV capability: SR-IOV is off in the device's own firmware",
					name_of(run, n->fn), n->info ? ", " : "", n->info ? n->info->name : "");
	if (n->absent)
		finding_evidence(run, f, say(run, "%s: extended capabilities", where_item(run, n->fn->config_item, 0)),
				 "none with ID 0x0010", "SR-IOV", n->info ? say(run, "this family has it: %s", n->info->source) : NULL);
	if (n->no_attribute)
		finding_evidence(run, f, "sriov_totalvfs", "absent", "present",
				 n->info ? say(run, "this family has SR-IOV: %s", n->info->source) : NULL);
	if (n->name)
		finding_evidence(run, f, n->name_where, n->name, NULL, NULL);
	finding_log(run, f, n->log, "ENOSYS: the kernel sees no SR-IOV capability");
}

/* mlxconfig says it outright. */
static bool tool_says(struct run *run)
{
	const struct session_query *on = session_value(session_of(run), TOOL_MLXCONFIG, "SRIOV_EN");
	if (!on || !slice_has(slice_of(on->value), "False"))
		return false;
	const struct fn *fn = on->has_addr ? model_find(run->model, &on->addr) : NULL;
	struct finding *f = finding_new(run, &check_nic_fw_sriov_disabled, fn, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"SR-IOV is off in the device's own firmware: SRIOV_EN is False");
	finding_evidence(run, f, say(run, "%s:%u: SRIOV_EN", on->at.origin, on->at.line), on->value, "True(1)", NULL);
	const struct session_query *n = session_value(session_of(run), TOOL_MLXCONFIG, "NUM_OF_VFS");
	if (n)
		finding_evidence(run, f, say(run, "%s:%u: NUM_OF_VFS", n->at.origin, n->at.line), n->value, "as many as are wanted", NULL);
	finding_step(
		run, f,
		"mlxconfig -d DEVICE set SRIOV_EN=1 NUM_OF_VFS=8 (mstconfig where only the open tools are there), then restart the machine");
	return true;
}

/* The capability is there and offers nothing: firmware is set to no VFs. */
static void none_offered(struct run *run)
{
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *pf = run->pfs[i];
		if (!pf->pf->offset || !known_as(&pf->pf->total_vfs, 0))
			continue;
		struct finding *f = finding_new(run, &check_nic_fw_sriov_disabled, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
						"%s offers no VFs: its own firmware is set to none (TotalVFs is 0)", name_of(run, pf));
		finding_evidence(run, f, say(run, "%s: TotalVFs", where_item(run, pf->config_item, 0)), "0", "at least 1", NULL);
	}
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	none_offered(run);
	if (!tool_says(run) && no_sure_pf(run))
		each_nocap(run, found);
}

const struct check check_nic_fw_sriov_disabled = {
	.id = "nic-fw-sriov-disabled",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_HOST,
	.title = "SR-IOV is off in the device's own firmware",
	.needs = "config space or lspci text, a table of devices, dmesg, mlxconfig",
	.kernel = "drivers/pci/iov.c pci_enable_sriov()",
	.windows = "SriovSupport MissingPfDriver",
	.run = judge,
};
