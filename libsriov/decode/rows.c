/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rows ask about the function around their capability. */
#include "decode/rows.h"

/* Place of the PCI Express capability, 0 where there is none. */
static uint8_t find_express(const struct bytes *config)
{
	uint8_t at, id, next;
	if (bytes_u8(config, 0x34, &at))
		return 0;
	for (unsigned n = 0; n < 48 && at >= 0x40; n++, at = next) {
		at &= 0xfc;
		if (bytes_u8(config, at, &id) || bytes_u8(config, at + 1u, &next))
			return 0;
		if (id == 0x10)
			return at;
	}
	return 0;
}

static int express_reg(const struct bytes *cap, size_t reg, unsigned lsb, unsigned width)
{
	struct bytes config = bytes_whole(cap);
	uint8_t at = find_express(&config);
	uint64_t v;
	if (!at || bytes_bits(&config, at + reg, 4, lsb, width, &v))
		return -1;
	return (int)v;
}

int rows_exp_type(const struct bytes *cap)
{
	return express_reg(cap, 0x00, 20, 4);
}

unsigned rows_lanes(const struct bytes *cap)
{
	int type = rows_exp_type(cap), lanes = express_reg(cap, 0x0c, 4, 6);
	if (lanes < 0 || type == 9 || type == 10)
		return 0;
	return lanes > 32 ? 32 : (unsigned)lanes;
}

bool rows_is_bridge(const struct bytes *cap)
{
	struct bytes config = bytes_whole(cap);
	uint8_t layout;
	return !bytes_u8(&config, 0x0e, &layout) && (layout & 0x7f) == 1;
}
