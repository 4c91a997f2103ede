/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about a VF's own configuration space. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

#define CAP_VF_REBAR 0x24

static bool reg(struct rule_run *run, size_t offset, unsigned size, unsigned lsb, unsigned width, uint64_t *value)
{
	if (!bytes_bits(&run->fn->config->view, offset, size, lsb, width, value))
		return true;
	rule_skip(run, "the register was not read");
	return false;
}

/* Some rules compare a VF with its PF. */
static bool pf_there(struct rule_run *run)
{
	if (!run->pf)
		rule_skip(run, "the PF is not in the dump");
	return run->pf != NULL;
}

void rule_vf_ids(struct rule_run *run)
{
	uint64_t vendor, device;
	if (reg(run, PCI_VENDOR_ID, 2, 0, 16, &vendor) && reg(run, PCI_DEVICE_ID, 2, 0, 16, &device) && (vendor != 0xffff || device != 0xffff))
		rule_fail(run, "ffff:ffff", "%04x:%04x", (unsigned)vendor, (unsigned)device);
}

void rule_vf_matched(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	uint16_t vendor, device, status;
	uint8_t header;
	if (bytes_u16(&fn->config->view, PCI_VENDOR_ID, &vendor) || bytes_u16(&fn->config->view, PCI_DEVICE_ID, &device) ||
	    bytes_u8(&fn->config->view, PCI_HEADER_TYPE, &header) || bytes_u16(&fn->config->view, PCI_STATUS, &status) || vendor != 0xffff ||
	    device != 0xffff || header == 0xff || status == 0xffff)
		rule_skip(run, "it does not read as a VF");
	else if (run->alone)
		rule_skip(run, "a dump of the VF alone");
	else if (!fn->pf_fn)
		rule_fail(run, "First VF Offset and VF Stride of a PF lead to it", "no PF of this dump has it");
}

void rule_vf_command(struct rule_run *run)
{
	uint64_t command;
	if (reg(run, PCI_COMMAND, 2, 0, 16, &command) && command & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY))
		rule_fail(run, "both 0", "I/O Space Enable %u, Memory Space Enable %u", (unsigned)command & 1, (unsigned)command >> 1 & 1);
}

void rule_vf_bars(struct rule_run *run)
{
	uint64_t v;
	for (unsigned i = 0; i < 6; i++)
		if (reg(run, PCI_BASE_ADDRESS_0 + 4 * i, 4, 0, 32, &v) && v)
			rule_fail(run, "0", "BAR%u %08xh", i, (unsigned)v);
	if (reg(run, PCI_ROM_ADDRESS, 4, 0, 32, &v) && v)
		rule_fail(run, "0", "Expansion ROM %08xh", (unsigned)v);
}

void rule_vf_intx(struct rule_run *run)
{
	uint64_t pin;
	if (reg(run, PCI_INTERRUPT_PIN, 1, 0, 8, &pin) && pin)
		rule_fail(run, "0", "%u", (unsigned)pin);
}

void rule_vf_header(struct rule_run *run)
{
	uint64_t type;
	if (reg(run, PCI_HEADER_TYPE, 1, 0, 7, &type) && type)
		rule_fail(run, "0", "%u", (unsigned)type);
}

void rule_vf_express(struct rule_run *run)
{
	if (fn_cap_absent(run->fn, CAP_STANDARD, PCI_CAP_ID_EXP))
		rule_fail(run, "a PCI Express capability", "none");
	else if (!rule_cap(run, CAP_STANDARD, PCI_CAP_ID_EXP))
		rule_skip(run, "the standard list was not read to its end");
}

static void zero_fields(struct rule_run *run, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t v;
		if (fn_field(run->fn, CAP_STANDARD, PCI_CAP_ID_EXP, names[i], &v))
			rule_skip(run, "a register was not read");
		else if (v)
			rule_fail(run, "0", "%s %u", names[i], (unsigned)v);
	}
}

void rule_vf_devctl(struct rule_run *run)
{
	static const char *const names[] = {"Max_Payload_Size", "Max_Read_Request_Size", "Extended Tag Field Enable", "Enable Relaxed Ordering",
		"Read Completion Boundary"};
	zero_fields(run, names, run->fn->exp_type == PCI_EXP_TYPE_RC_END ? ARRAY_SIZE(names) - 1 : ARRAY_SIZE(names));
}

void rule_vf_atomic(struct rule_run *run)
{
	static const char *const names[] = {"AtomicOp Requester Enable"};
	zero_fields(run, names, ARRAY_SIZE(names));
}

/* 82599 VFs lack the bit and have a quirk in Linux (reset_intel_82599_sfp_virtfn). */
void rule_vf_flr(struct rule_run *run)
{
	uint64_t flr;
	if (!rule_field(run, CAP_STANDARD, PCI_CAP_ID_EXP, "Function Level Reset Capability", &flr) || flr)
		return;
	if (known_as(&run->fn->vendor, 0x8086) && known_as(&run->fn->device, 0x10ed))
		rule_lower(run, SEVERITY_INFO);
	rule_fail(run, "1", "Function Level Reset Capability 0");
}

static void forbidden(struct rule_run *run, uint16_t id)
{
	const struct cap *cap = rule_cap(run, CAP_EXTENDED, id);
	if (cap)
		rule_fail(run, "not there", "%s at %03xh", cap_id_name(CAP_EXTENDED, id), cap->at.offset);
}

void rule_vf_pri(struct rule_run *run)
{
	forbidden(run, PCI_EXT_CAP_ID_PRI);
}

void rule_vf_pasid(struct rule_run *run)
{
	forbidden(run, PCI_EXT_CAP_ID_PASID);
}

void rule_vf_rebar(struct rule_run *run)
{
	forbidden(run, PCI_EXT_CAP_ID_REBAR);
	forbidden(run, CAP_VF_REBAR);
}

void rule_vf_ats(struct rule_run *run)
{
	uint64_t mine, theirs, enabled;
	if (!pf_there(run))
		return;
	if (!rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS)) {
		rule_skip(run, "no ATS");
		return;
	}
	if (fn_cap_absent(run->pf_fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS)) {
		rule_fail(run, "ATS in the PF too", "ATS in the VF, none in the PF");
		return;
	}
	if (fn_field(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS, "Smallest Translation Unit", &mine) ||
	    fn_field(run->pf_fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS, "Smallest Translation Unit", &theirs) ||
	    fn_field(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ATS, "ATS Enable", &enabled))
		rule_skip(run, "a register was not read");
	else if (mine && mine != theirs) /* a VF that leaves the field read-only zero is right, too: the PF's counts */
		rule_fail(run, rule_text(run, "%u, the PF's", (unsigned)theirs), "Smallest Translation Unit %u", (unsigned)mine);
}

void rule_vf_acs(struct rule_run *run)
{
	uint16_t a, b;
	if (!pf_there(run))
		return;
	const struct cap *mine = rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS), *theirs = fn_cap(run->pf_fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS);
	if (!rule_cap(run, CAP_STANDARD, PCI_CAP_ID_EXP))
		rule_skip(run, "no PCI Express in the VF (V07)");
	else if (!mine && !theirs)
		rule_skip(run, "no ACS");
	else if (!mine && fn_cap_absent(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS))
		rule_fail(run, "ACS in the VF too", "ACS in the PF, none in the VF");
	else if (!theirs && fn_cap_absent(run->pf_fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS))
		rule_fail(run, "ACS in the PF too", "ACS in the VF, none in the PF");
	else if (!mine || !theirs || bytes_u16(&mine->bytes, PCI_ACS_CAP, &a) || bytes_u16(&theirs->bytes, PCI_ACS_CAP, &b))
		rule_skip(run, "ACS was not read");
	else if ((a & 0x7f) != (b & 0x7f))
		rule_fail(run, rule_text(run, "%02xh, the PF's", b & 0x7fu), "ACS Capability %02xh", a & 0x7fu);
}

void rule_vf_ari(struct rule_run *run)
{
	uint64_t next;
	if (rule_field(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI, "Next Function Number", &next) && next)
		rule_fail(run, "0", "%u", (unsigned)next);
}

static void msix_part(struct rule_run *run, const char *what, const char *bir_name, const char *offset_name)
{
	uint64_t bir, offset;
	if (!pf_there(run) || !rule_field(run, CAP_STANDARD, PCI_CAP_ID_MSIX, bir_name, &bir) || !rule_field(run, CAP_STANDARD, PCI_CAP_ID_MSIX, offset_name, &offset))
		return;
	bool any = false;
	for (unsigned i = 0; i < 6; i++)
		any |= run->pf->bars[i].implemented;
	if (!any || !run->pf->offset) {
		rule_skip(run, "no VF BAR in the PF's capability: Enhanced Allocation may place them");
		return;
	}
	if (bir > 5 || !run->pf->bars[bir].implemented)
		rule_fail(run, "a VF BAR that the PF implements", "the %s is in VF BAR%u", what, (unsigned)bir);
	else if (run->pf->bars[bir].size && offset >= run->pf->bars[bir].size)
		rule_fail(run, rule_text(run, "below %llxh, the size of one VF's BAR", (unsigned long long)run->pf->bars[bir].size), "the %s is at %llxh of VF BAR%u",
			  what, (unsigned long long)offset, (unsigned)bir);
}

void rule_vf_msix(struct rule_run *run)
{
	msix_part(run, "table", "Table BIR", "Table Offset");
	msix_part(run, "PBA", "PBA BIR", "PBA Offset");
}

/* The VFs of a PF that are in the dump, against the first of them: a 32-bit register, a mask. */
static void same(struct rule_run *run, size_t offset, uint32_t mask, const char *what)
{
	uint32_t first = 0, v;
	const struct fn *one = NULL;
	for (size_t i = 0; i < run->pf->vfs_n; i++) {
		const struct fn *vf = run->pf->vfs[i].fn;
		if (!vf || !vf->config || bytes_u32(&vf->config->view, offset, &v))
			continue;
		if (!one) {
			one = vf;
			first = v;
		} else if ((v ^ first) & mask) {
			rule_fail(run, rule_text(run, "%08xh, the first VF's", first & mask), "%s of VF %u %08xh", what, vf->vf_index, v & mask);
			return;
		}
	}
	if (!one)
		rule_skip(run, "no VF is in the dump");
}

void rule_vf_subsystem(struct rule_run *run)
{
	same(run, PCI_SUBSYSTEM_VENDOR_ID, 0xffffffff, "Subsystem IDs");
}

void rule_vf_class(struct rule_run *run)
{
	same(run, PCI_CLASS_REVISION, 0xffffffff, "Class Code and Revision ID");
}

void rule_vf_unexpected(struct rule_run *run)
{
	if (!pf_there(run) || !rule_known(run, &run->pf->vf_enable, "VF Enable") || !rule_known(run, &run->pf->num_vfs, "NumVFs"))
		return;
	if (!run->pf->vf_enable.v)
		rule_fail(run, "no VF while VF Enable is clear", "VF %u is there", run->fn->vf_index);
	else if (run->fn->vf_index >= run->pf->num_vfs.v)
		rule_fail(run, rule_text(run, "%u VFs", (unsigned)run->pf->num_vfs.v), "VF %u is there", run->fn->vf_index);
}
