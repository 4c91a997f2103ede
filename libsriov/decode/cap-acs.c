/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Access Control Services. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS "PCIe 6.0 7.7.11.2"
#define CTRL "PCIe 6.0 7.7.11.3"

/* Bits of the Egress Control Vector: 0 stands for 256; there is none without P2P Egress Control. */
static unsigned vector_bits(const struct bytes *cap)
{
	uint32_t reg = rows_reg(cap, 0x04, 2);
	if (!(reg & 1u << 5))
		return 0;
	return reg >> 8 ? reg >> 8 : 256;
}

static unsigned vector_words(const struct bytes *cap)
{
	return (vector_bits(cap) + 31) / 32;
}

static unsigned length(const struct bytes *cap)
{
	return 8 + 4 * vector_words(cap);
}

static const struct field_value target_access[] = {
	{0, "direct request access enabled"}, {1, "request blocking enabled"}, {2, "request redirect enabled"}, {3, "reserved"}, {0, NULL},
};

static const struct field fields[] = {
	FLAG(0x04, 2, 0, RO, "ACS Source Validation", CAPS),
	FLAG(0x04, 2, 1, RO, "ACS Translation Blocking", CAPS),
	FLAG(0x04, 2, 2, RO, "ACS P2P Request Redirect", CAPS),
	FLAG(0x04, 2, 3, RO, "ACS P2P Completion Redirect", CAPS),
	FLAG(0x04, 2, 4, RO, "ACS Upstream Forwarding", CAPS),
	FLAG(0x04, 2, 5, RO, "ACS P2P Egress Control", CAPS),
	FLAG(0x04, 2, 6, RO, "ACS Direct Translated P2P", CAPS),
	FLAG(0x04, 2, 7, RO, "ACS Enhanced Capability", CAPS),
	UINT(0x04, 2, 8, 8, HWINIT, "Egress Control Vector Size", CAPS),
	FLAG(0x06, 2, 0, RW, "ACS Source Validation Enable", CTRL),
	FLAG(0x06, 2, 1, RW, "ACS Translation Blocking Enable", CTRL),
	FLAG(0x06, 2, 2, RW, "ACS P2P Request Redirect Enable", CTRL),
	FLAG(0x06, 2, 3, RW, "ACS P2P Completion Redirect Enable", CTRL),
	FLAG(0x06, 2, 4, RW, "ACS Upstream Forwarding Enable", CTRL),
	FLAG(0x06, 2, 5, RW, "ACS P2P Egress Control Enable", CTRL),
	FLAG(0x06, 2, 6, RW, "ACS Direct Translated P2P Enable", CTRL),
	FLAG(0x06, 2, 7, RW, "ACS I/O Request Blocking Enable", CTRL),
	ENUM(0x06, 2, 8, 2, RW, "ACS DSP Memory Target Access Control", CTRL, target_access),
	ENUM(0x06, 2, 10, 2, RW, "ACS USP Memory Target Access Control", CTRL, target_access),
	FLAG(0x06, 2, 12, RW, "ACS Unclaimed Request Redirect Control", CTRL),
	RSVD(0x06, 2, 13, 3, "ACS Control Reserved", CTRL),
	HEX(0x08, 4, 0, 32, RW, "Egress Control Vector #", "PCIe 6.0 7.7.11.4", .count = vector_words, .stride = 4),
};

const struct cap_desc cap_acs = {
	.space = CAP_EXTENDED, .id = 0x000d, .name = "ACS", .spec = "PCIe 6.0 7.7.11", .min_len = 8, .length = length, ROWS(fields), .shown = true,
};
