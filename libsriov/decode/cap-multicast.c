/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Multicast. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS "PCIe 6.0 7.9.11.2"
#define CTRL "PCIe 6.0 7.9.11.3"
#define BASE "PCIe 6.0 7.9.11.4"

/* Only root ports and the ports of a switch have an overlay. */
static bool is_port(const struct bytes *cap)
{
	int type = rows_exp_type(cap);
	return type == 4 || type == 5 || type == 6;
}
static bool is_endpoint(const struct bytes *cap)
{
	return !is_port(cap);
}
static unsigned length(const struct bytes *cap)
{
	return is_port(cap) ? 0x30 : 0x28;
}

static const struct field fields[] = {
	UINT(0x04, 2, 0, 6, RO, "MC_Max_Group", CAPS),
	UINT(0x04, 2, 8, 6, RO, "MC_Window_Size_Requested", CAPS, .when = is_endpoint),
	FLAG(0x04, 2, 15, RO, "MC_ECRC_Regeneration_Supported", CAPS, .when = is_port),
	UINT(0x06, 2, 0, 6, RW, "MC_Num_Group", CTRL),
	FLAG(0x06, 2, 15, RW, "MC_Enable", CTRL),
	UINT(0x08, 4, 0, 6, RW, "MC_Index_Position", BASE),
	HEX(0x08, 8, 12, 52, RW, "MC_Base_Address", BASE, .shift = 12),
	HEX(0x10, 8, 0, 64, RW, "MC_Receive", "PCIe 6.0 7.9.11.5"),
	HEX(0x18, 8, 0, 64, RW, "MC_Block_All", "PCIe 6.0 7.9.11.6"),
	HEX(0x20, 8, 0, 64, RW, "MC_Block_Untranslated", "PCIe 6.0 7.9.11.7"),
	UINT(0x28, 4, 0, 6, RW, "MC_Overlay_Size", "PCIe 6.0 7.9.11.8", .when = is_port),
	HEX(0x28, 8, 6, 58, RW, "MC_Overlay_BAR", "PCIe 6.0 7.9.11.8", .when = is_port, .shift = 6),
};

const struct cap_desc cap_multicast = {
	.space = CAP_EXTENDED, .id = 0x12, .name = "Multicast", .spec = "PCIe 6.0 7.9.11", .min_len = 0x28, .length = length, ROWS(fields),
};
