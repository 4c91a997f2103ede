/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommu-map of a device tree. */
#include "fuzz.h"
#include "decode/devicetree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes map = bytes_of(data, size);
	struct dt_map_hit hit;
	uint32_t cell, mask = UINT32_MAX;
	if (!dt_cell(&map, 0, &cell))
		mask = cell | 0xff00;
	for (unsigned rid = 0; rid < 0x10000; rid += 0x3ff)
		if (dt_map_rid(&map, mask, rid, &hit) == DT_MAP_MAPPED)
			must(hit.row < size / 16);
	return 0;
}
