/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/devicetree.h"

int dt_cell(const struct bytes *property, size_t index, uint32_t *value)
{
	uint32_t cell;
	if (index > property->len / 4 || bytes_u32(property, index * 4, &cell))
		return -ENODATA;
	*value = cell >> 24 | (cell >> 8 & 0xff00) | (cell & 0xff00) << 8 | cell << 24;
	return 0;
}

enum dt_map_answer dt_map_rid(const struct bytes *map, uint32_t mask, uint32_t rid, struct dt_map_hit *hit)
{
	if (map->len == 0 || map->len % 16)
		return DT_MAP_BAD;
	uint32_t masked = rid & mask;
	for (uint32_t row = 0; row < DT_MAP_ROWS_MAX && row < map->len / 16; row++) {
		uint32_t first, phandle, output, count;
		if (dt_cell(map, (size_t)row * 4, &first) || dt_cell(map, (size_t)row * 4 + 1, &phandle) ||
		    dt_cell(map, (size_t)row * 4 + 2, &output) || dt_cell(map, (size_t)row * 4 + 3, &count))
			return DT_MAP_BAD;
		if (masked >= first && masked - first < count) {
			*hit = (struct dt_map_hit){.row = row, .phandle = phandle, .output = output + (masked - first)};
			return DT_MAP_MAPPED;
		}
	}
	return DT_MAP_UNMAPPED;
}
