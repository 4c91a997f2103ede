/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TPH Requester: steering tags. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS "PCIe 6.0 7.9.13.2"
#define CTRL "PCIe 6.0 7.9.13.3"
#define TABLE_MAX 64 /* entries of a table in the capability; larger ones lie in the MSI-X table */

static unsigned tags(const struct bytes *cap)
{
	uint32_t reg = rows_reg(cap, 4, 4);
	unsigned n = (reg >> 16 & 0x7ff) + 1;
	if ((reg >> 9 & 3) != 1)
		return 0;
	return n > TABLE_MAX ? TABLE_MAX : n;
}
static unsigned length(const struct bytes *cap)
{
	return 0x0c + (2 * tags(cap) + 3) / 4 * 4;
}

static const struct field_value locations[] = {
	{0, "none"}, {1, "in this capability"}, {2, "in the MSI-X table"}, {3, "reserved"}, {0, NULL},
};
static const struct field_value modes[] = {
	{0, "no ST mode"}, {1, "interrupt vector mode"}, {2, "device specific mode"}, {0, NULL},
};
static const struct field_value enables[] = {
	{0, "no TPH"}, {1, "TPH"}, {2, "reserved"}, {3, "TPH and Extended TPH"}, {0, NULL},
};

static const struct field fields[] = {
	FLAG(0x04, 4, 0, RO, "No ST Mode Supported", CAPS),
	FLAG(0x04, 4, 1, RO, "Interrupt Vector Mode Supported", CAPS),
	FLAG(0x04, 4, 2, RO, "Device Specific Mode Supported", CAPS),
	FLAG(0x04, 4, 8, RO, "Extended TPH Requester Supported", CAPS),
	ENUM(0x04, 4, 9, 2, RO, "ST Table Location", CAPS, locations),
	UINT(0x04, 4, 16, 11, RO, "ST Table Size", CAPS),
	ENUM(0x08, 4, 0, 3, RW, "ST Mode Select", CTRL, modes),
	ENUM(0x08, 4, 8, 2, RW, "TPH Requester Enable", CTRL, enables),
	HEX(0x0c, 2, 0, 16, RW, "ST Entry #", "PCIe 6.0 7.9.13.4", .count = tags, .stride = 2),
};

const struct cap_desc cap_tph = {
	.space = CAP_EXTENDED, .id = 0x17, .name = "TPH Requester", .spec = "PCIe 6.0 7.9.13", .min_len = 0x0c, .length = length, ROWS(fields),
};
