/* SPDX-License-Identifier: GPL-2.0-or-later */
/* THE array of capabilities that are decoded, in the order of their ids, and the names of all ids. To add one: cap-NAME.c, a line in caps.h, a line here. */
#include "decode/caps.h"

const struct cap_desc *const cap_descs[] = {
	&header_type0,
	&header_type1,
	&header_type2,
	&cap_pm,
	&cap_msi,
	&cap_vendor,
	&cap_ssvid,
	&cap_exp,
	&cap_msix,
	&cap_ea,
	&cap_fpb,
	&cap_aer,
	&cap_dsn,
	&cap_vsec,
	&cap_acs,
	&cap_ari,
	&cap_ats,
	&cap_sriov,
	&cap_multicast,
	&cap_pri,
	&cap_rebar,
	&cap_tph,
	&cap_ltr,
	&cap_secondary,
	&cap_pasid,
	&cap_dpc,
	&cap_l1ss,
	&cap_ptm,
	&cap_dvsec,
	&cap_vf_rebar,
	&cap_dlf,
	&cap_pl16,
	&cap_margin,
	&cap_pl32,
	&cap_doe,
	&cap_dev3,
	&cap_ide,
	&cap_pl64,
	&cap_siov,
};
const size_t cap_descs_n = ARRAY_SIZE(cap_descs);

/* PCI Code and ID Assignment Specification, chapters 2 (standard) and 3 (extended): those that are not decoded. */
static const struct field_value standard_names[] = {
	{0x00, "Null Capability"},
	{0x02, "AGP"},
	{0x03, "Vital Product Data"},
	{0x04, "Slot Identification"},
	{0x06, "CompactPCI Hot Swap"},
	{0x07, "PCI-X"},
	{0x08, "HyperTransport"},
	{0x0a, "Debug Port"},
	{0x0b, "CompactPCI Central Resource Control"},
	{0x0c, "PCI Hot-Plug"},
	{0x0e, "AGP 8x"},
	{0x0f, "Secure Device"},
	{0x12, "SATA Configuration"},
	{0x13, "Advanced Features"},
	{0, NULL},
};

static const struct field_value extended_names[] = {
	{0x00, "Null Capability"},
	{0x02, "Virtual Channel"},
	{0x04, "Power Budgeting"},
	{0x05, "Root Complex Link Declaration"},
	{0x06, "Root Complex Internal Link Control"},
	{0x07, "Root Complex Event Collector Endpoint Association"},
	{0x08, "Multi-Function Virtual Channel"},
	{0x09, "Virtual Channel (MFVC present)"},
	{0x0a, "Root Complex Register Block"},
	{0x0c, "Configuration Access Correlation"},
	{0x11, "MR-IOV"},
	{0x14, "Reserved for AMD"},
	{0x16, "Dynamic Power Allocation"},
	{0x1a, "Protocol Multiplexing"},
	{0x1c, "LN Requester"},
	{0x20, "PCI Express over M-PHY"},
	{0x21, "FRS Queueing"},
	{0x22, "Readiness Time Reporting"},
	{0x28, "Hierarchy ID"},
	{0x29, "Native PCIe Enclosure Management"},
	{0x2b, "Alternate Protocol"},
	{0x2c, "System Firmware Intermediary"},
	{0x2d, "Shadow Functions"},
	{0x32, "Flit Logging"},
	{0x33, "Flit Performance Measurement"},
	{0x34, "Flit Error Injection"},
	{0x35, "Streamlined Virtual Channel"},
	{0x36, "MMIO Register Block Locator"},
	{0x37, "NOP Flit"},
	{0, NULL},
};

const struct cap_desc *cap_desc_find(enum cap_space space, uint16_t id)
{
	size_t low = 0, high = cap_descs_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct cap_desc *desc = cap_descs[middle];
		if (desc->space < space || (desc->space == space && desc->id < id))
			low = middle + 1;
		else
			high = middle;
	}
	return low < cap_descs_n && cap_descs[low]->space == space && cap_descs[low]->id == id ? cap_descs[low] : NULL;
}

const char *cap_id_name(enum cap_space space, uint16_t id)
{
	const struct cap_desc *desc = cap_desc_find(space, id);
	if (desc)
		return desc->name;
	if (space == CAP_HEADER)
		return NULL;
	for (const struct field_value *v = space == CAP_STANDARD ? standard_names : extended_names; v->name; v++)
		if (v->value == id)
			return v->name;
	return NULL;
}
