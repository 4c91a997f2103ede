/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about the capabilities beside SR-IOV: ARI, ACS, ATS, PRI, PASID. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

#define PASID_BITS 20

static bool field(struct rule_run *run, uint16_t id, const char *name, uint64_t *value)
{
	return rule_field(run, CAP_EXTENDED, id, name, value);
}

void rule_ari_missing(struct rule_run *run)
{
	if (run->fn->exp_type == PCI_EXP_TYPE_RC_END || run->fn->on_root_bus)
		rule_skip(run, "integrated into the root complex");
	else if (fn_cap_absent(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI))
		rule_fail(run, "an ARI capability", "none");
	else if (!rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI))
		rule_skip(run, "the extended list was not read to its end");
}

/* A function's number by ARI has eight bits; where several devices share a bus it has three. */
void rule_ari_chain(struct rule_run *run)
{
	uint64_t next;
	const struct sriov_addr *addr = &run->fn->addr;
	unsigned number = run->fn->on_root_bus ? addr->function : addr_rid(addr) & 0xffu;
	if (run->fn->role == ROLE_VF)
		rule_skip(run, "a VF (V16)");
	else if (field(run, PCI_EXT_CAP_ID_ARI, "Next Function Number", &next) && next && next <= number)
		rule_fail(run, rule_text(run, "0, or above %u", number), "%u", (unsigned)next);
}

void rule_ari_function0(struct rule_run *run)
{
	uint64_t next;
	struct sriov_addr zero = run->fn->addr;
	if (run->fn->role == ROLE_VF || run->fn->on_root_bus || !fn_upstream(run->fn)) {
		rule_skip(run, "a VF, on a root bus, or the port above is not in the dump");
		return;
	}
	zero.device = zero.function = 0;
	if (field(run, PCI_EXT_CAP_ID_ARI, "Next Function Number", &next) && !model_find(run->model, &zero))
		rule_fail(run, "function 0", "the device has no function 0");
}

void rule_ari_vfs(struct rule_run *run)
{
	uint64_t next;
	struct sriov_addr addr = run->fn->addr, owner;
	char text[ADDR_TEXT];
	if (!field(run, PCI_EXT_CAP_ID_ARI, "Next Function Number", &next) || !next)
		return;
	addr.device = (uint8_t)(run->fn->on_root_bus ? addr.device : next >> 3);
	addr.function = next & 7;
	const struct fn *there = model_find(run->model, &addr);
	if (there ? there->role == ROLE_VF : rule_owner(run, addr_rid(&addr), &owner))
		rule_fail(run, "a function that is no VF, or 0", "%u leads to the VF %s", (unsigned)next, addr_text(&addr, text));
}

void rule_ari_enables(struct rule_run *run)
{
	static const char *const names[][2] = {
		{"MFVC Function Groups Enable", "MFVC Function Groups Capability"}, {"ACS Function Groups Enable", "ACS Function Groups Capability"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t enable, capable;
		if (field(run, PCI_EXT_CAP_ID_ARI, names[i][0], &enable) && field(run, PCI_EXT_CAP_ID_ARI, names[i][1], &capable) && enable && !capable)
			rule_fail(run, "0", "%s set, %s clear", names[i][0], names[i][1]);
	}
}

static bool acs(struct rule_run *run, uint16_t *cap, uint16_t *ctrl)
{
	const struct cap *at = rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS);
	if (at && !bytes_u16(&at->bytes, PCI_ACS_CAP, cap) && !bytes_u16(&at->bytes, PCI_ACS_CTRL, ctrl))
		return true;
	rule_skip(run, at ? "ACS was not read" : "no ACS");
	return false;
}

void rule_acs_subset(struct rule_run *run)
{
	uint16_t cap, ctrl;
	if (acs(run, &cap, &ctrl) && ctrl & ~cap & 0x7f)
		rule_fail(run, "bits that ACS Capability has", "ACS Capability %04xh, ACS Control %04xh", cap, ctrl);
}

void rule_acs_vector(struct rule_run *run)
{
	uint16_t cap, ctrl;
	if (!acs(run, &cap, &ctrl))
		return;
	const struct cap *at = rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS);
	unsigned length = at->desc->length(&at->bytes);
	if (!(cap & PCI_ACS_EC))
		rule_skip(run, "no P2P Egress Control");
	else if (at->at.offset + length > 4096)
		rule_fail(run, "it ends at 1000h at most", "ACS at %03xh with its vector of %u bits has %u bytes", at->at.offset, cap >> 8 ? cap >> 8u : 256u, length);
}

void rule_acs_endpoint(struct rule_run *run)
{
	uint16_t cap, ctrl;
	int type = run->fn->exp_type;
	if (type == PCI_EXP_TYPE_ROOT_PORT || type == PCI_EXP_TYPE_DOWNSTREAM || type == PCI_EXP_TYPE_PCIE_BRIDGE || type < 0)
		rule_skip(run, "a downstream port, or no PCI Express");
	else if (acs(run, &cap, &ctrl) && cap & (PCI_ACS_SV | PCI_ACS_TB | PCI_ACS_UF))
		rule_fail(run, "the three bits 0", "ACS Capability %04xh", cap);
}

void rule_ats_aligned(struct rule_run *run)
{
	uint64_t v;
	if (field(run, PCI_EXT_CAP_ID_ATS, "Page Aligned Request", &v) && !v)
		rule_fail(run, "1", "Page Aligned Request 0");
}

void rule_ats_reserved(struct rule_run *run)
{
	static const char *const names[] = {"ATS Capability Reserved", "ATS Control Reserved"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t v;
		if (field(run, PCI_EXT_CAP_ID_ATS, names[i], &v) && v)
			rule_fail(run, "0", "%s %xh", names[i], (unsigned)v);
	}
}

void rule_pri_ats(struct rule_run *run)
{
	if (!rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_PRI))
		rule_skip(run, "no Page Request Interface");
	else if (fn_cap_absent(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS))
		rule_fail(run, "an ATS capability", "none");
}

void rule_pri_allocation(struct rule_run *run)
{
	uint64_t allocation, capacity;
	if (field(run, PCI_EXT_CAP_ID_PRI, "Outstanding Page Request Allocation", &allocation) &&
	    field(run, PCI_EXT_CAP_ID_PRI, "Outstanding Page Request Capacity", &capacity) && allocation > capacity)
		rule_fail(run, rule_text(run, "%u at most", (unsigned)capacity), "%u", (unsigned)allocation);
}

void rule_pasid_width(struct rule_run *run)
{
	uint64_t width;
	if (field(run, PCI_EXT_CAP_ID_PASID, "Max PASID Width", &width) && width > PASID_BITS)
		rule_fail(run, "20 at most", "%u", (unsigned)width);
}

void rule_pasid_subset(struct rule_run *run)
{
	static const char *const names[][2] = {
		{"Execute Permission Enable", "Execute Permission Supported"}, {"Privileged Mode Enable", "Privileged Mode Supported"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t enable, supported;
		if (field(run, PCI_EXT_CAP_ID_PASID, names[i][0], &enable) && field(run, PCI_EXT_CAP_ID_PASID, names[i][1], &supported) && enable && !supported)
			rule_fail(run, "0", "%s set, %s clear", names[i][0], names[i][1]);
	}
}

void rule_pasid_prefix(struct rule_run *run)
{
	uint64_t prefix;
	if (!rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_PASID))
		rule_skip(run, "no PASID");
	else if (run->fn->exp_type == PCI_EXP_TYPE_RC_END)
		rule_skip(run, "integrated into the root complex");
	else if (rule_field(run, CAP_STANDARD, PCI_CAP_ID_EXP, "End-End TLP Prefix Supported", &prefix) && !prefix)
		rule_fail(run, "1", "End-End TLP Prefix Supported 0");
}

void rule_pasid_path(struct rule_run *run)
{
	uint64_t enabled;
	if (!field(run, PCI_EXT_CAP_ID_PASID, "PASID Enable", &enabled))
		return;
	if (!enabled || !fn_upstream(run->fn)) {
		rule_skip(run, enabled ? "the port above is not in the dump" : "PASID is not enabled");
		return;
	}
	const struct fn *up = fn_upstream(run->fn);
	for (unsigned depth = 0; up && depth < 64; up = fn_upstream(up), depth++) {
		const uint64_t want = PCI_ACS_RR | PCI_ACS_UF;
		char addr[ADDR_TEXT];
		if (!up->bridge || !up->bridge->downstream)
			continue;
		if (up->bridge->acs_ctrl.have == ITEM_ABSENT || (known(&up->bridge->acs_ctrl) && (up->bridge->acs_ctrl.v & want) != want))
			rule_fail(run, "ACS P2P Request Redirect and Upstream Forwarding enabled in each port above", "%s: %s", addr_text(&up->addr, addr),
				  up->bridge->acs_ctrl.have == ITEM_ABSENT ? "no ACS" : "not enabled");
	}
}
