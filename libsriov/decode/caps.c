/* SPDX-License-Identifier: GPL-2.0-or-later */
/* THE array of capabilities that are decoded, and the names of all ids. To add one: cap-NAME.c, a line in caps.h, a line here. */
#include "decode/caps.h"

const struct cap_desc *const cap_descs[] = {
	&header_type0,
	&header_type1,
	&header_type2,
	&cap_exp,
	&cap_acs,
	&cap_ari,
	&cap_sriov,
};
const size_t cap_descs_n = ARRAY_SIZE(cap_descs);

/* PCI Code and ID Assignment Specification, chapters 2 (standard) and 3 (extended): those that are not decoded. */
static const struct field_value standard_names[] = {
	{0x00, "Null Capability"},
	{0x01, "Power Management"},
	{0x02, "AGP"},
	{0x03, "Vital Product Data"},
	{0x04, "Slot Identification"},
	{0x05, "MSI"},
	{0x06, "CompactPCI Hot Swap"},
	{0x07, "PCI-X"},
	{0x08, "HyperTransport"},
	{0x09, "Vendor-Specific"},
	{0x0a, "Debug Port"},
	{0x0b, "CompactPCI Central Resource Control"},
	{0x0c, "PCI Hot-Plug"},
	{0x0d, "Subsystem IDs"},
	{0x0e, "AGP 8x"},
	{0x0f, "Secure Device"},
	{0x11, "MSI-X"},
	{0x12, "SATA Configuration"},
	{0x13, "Advanced Features"},
	{0x14, "Enhanced Allocation"},
	{0x15, "Flattening Portal Bridge"},
	{0, NULL},
};

static const struct field_value extended_names[] = {
	{0x00, "Null Capability"},
	{0x01, "Advanced Error Reporting"},
	{0x02, "Virtual Channel"},
	{0x03, "Device Serial Number"},
	{0x04, "Power Budgeting"},
	{0x05, "Root Complex Link Declaration"},
	{0x06, "Root Complex Internal Link Control"},
	{0x07, "Root Complex Event Collector Endpoint Association"},
	{0x08, "Multi-Function Virtual Channel"},
	{0x09, "Virtual Channel (MFVC present)"},
	{0x0a, "Root Complex Register Block"},
	{0x0b, "Vendor-Specific Extended"},
	{0x0c, "Configuration Access Correlation"},
	{0x0f, "ATS"},
	{0x11, "MR-IOV"},
	{0x12, "Multicast"},
	{0x13, "Page Request Interface"},
	{0x14, "Reserved for AMD"},
	{0x15, "Resizable BAR"},
	{0x16, "Dynamic Power Allocation"},
	{0x17, "TPH Requester"},
	{0x18, "Latency Tolerance Reporting"},
	{0x19, "Secondary PCI Express"},
	{0x1a, "Protocol Multiplexing"},
	{0x1b, "PASID"},
	{0x1c, "LN Requester"},
	{0x1d, "Downstream Port Containment"},
	{0x1e, "L1 PM Substates"},
	{0x1f, "Precision Time Measurement"},
	{0x20, "PCI Express over M-PHY"},
	{0x21, "FRS Queueing"},
	{0x22, "Readiness Time Reporting"},
	{0x23, "Designated Vendor-Specific"},
	{0x24, "VF Resizable BAR"},
	{0x25, "Data Link Feature"},
	{0x26, "Physical Layer 16.0 GT/s"},
	{0x27, "Lane Margining at the Receiver"},
	{0x28, "Hierarchy ID"},
	{0x29, "Native PCIe Enclosure Management"},
	{0x2a, "Physical Layer 32.0 GT/s"},
	{0x2b, "Alternate Protocol"},
	{0x2c, "System Firmware Intermediary"},
	{0x2d, "Shadow Functions"},
	{0x2e, "Data Object Exchange"},
	{0x2f, "Device 3"},
	{0x30, "Integrity and Data Encryption"},
	{0x31, "Physical Layer 64.0 GT/s"},
	{0x32, "Flit Logging"},
	{0x33, "Flit Performance Measurement"},
	{0x34, "Flit Error Injection"},
	{0x35, "Streamlined Virtual Channel"},
	{0x36, "MMIO Register Block Locator"},
	{0x37, "NOP Flit"},
	{0x38, "Scalable I/O Virtualization"},
	{0, NULL},
};

const struct cap_desc *cap_desc_find(enum cap_space space, uint16_t id)
{
	for (size_t i = 0; i < cap_descs_n; i++)
		if (cap_descs[i]->space == space && cap_descs[i]->id == id)
			return cap_descs[i];
	return NULL;
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
