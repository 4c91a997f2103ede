/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommu-map and msi-map of a PCI host bridge in a device tree (sys/firmware/devicetree/base/…/iommu-map): which requester IDs firmware
 * has mapped. Rows of four big-endian cells: first requester ID, phandle, first output ID, how many.
 */
#ifndef SRIOV_DECODE_DEVICETREE_H
#define SRIOV_DECODE_DEVICETREE_H

#include "decode/bytes.h"

#define DT_MAP_ROWS_MAX 65536U

enum dt_map_answer {
	DT_MAP_UNMAPPED,
	DT_MAP_MAPPED,
	DT_MAP_BAD,       /* not a multiple of four cells, or empty: nothing can be said */
};

struct dt_map_hit {
	uint32_t row;     /* number of the row, from 0 */
	uint32_t phandle, output;
};

/* map: the property's bytes. mask: of iommu-map-mask / msi-map-mask, 0xffffffff where there is none. hit: filled if mapped. */
enum dt_map_answer dt_map_rid(const struct bytes *map, uint32_t mask, uint32_t rid, struct dt_map_hit *hit);
/* A property of one big-endian cell (iommu-map-mask, linux,pci-domain, phandle). 0 or -ENODATA. */
int dt_cell(const struct bytes *property, size_t index, uint32_t *value) MUST_CHECK;

#endif
