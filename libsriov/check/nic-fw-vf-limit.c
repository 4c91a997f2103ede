/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exceed.h"

/* More asked for than TotalVFs, where TotalVFs is a setting of the device's firmware. */
static void judge(struct run *run, const struct fn *pf)
{
	struct exceed e;
	if (!exceed_judge(run, pf, &e) || e.by_driver || e.fixed || e.asked > UINT16_MAX)
		return;
	const struct session_query *set = session_value(session_of(run), TOOL_MLXCONFIG, "NUM_OF_VFS");
	bool vendor = pf && known_as(&pf->vendor, 0x15b3);
	struct finding *f = finding_new(run, &check_nic_fw_vf_limit, pf, FINDING_FAIL, SEVERITY_ERROR,
					set || vendor ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE,
					e.limit_known ? "%llu VFs were asked for, and the device's firmware is set to %llu"
						      : "%llu VFs are more than the device's firmware is set to",
					(unsigned long long)e.asked, (unsigned long long)e.limit);
	finding_vfs(run, f, e.asked);
	if (e.limit_known)
		finding_evidence(run, f, where_item(run, e.from, 0), say(run, "%llu", (unsigned long long)e.limit),
				 say(run, "%llu", (unsigned long long)e.asked), "TotalVFs is what the device's firmware offers");
	if (set)
		finding_evidence(run, f, say(run, "%s:%u: NUM_OF_VFS", set->at.origin, set->at.line), set->value, NULL, NULL);
	finding_write(run, f, e.write, NULL);
}

const struct check check_nic_fw_vf_limit = {
	.id = "nic-fw-vf-limit",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the device's firmware is set to fewer VFs than were asked for",
	.needs = "sysfs sriov_totalvfs, config space, a session",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.source = "https://github.com/k8snetworkplumbingwg/sriov-network-device-plugin/issues/536",
	.run = judge,
};
