/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IORT: Arm DEN0049, IO Remapping Table. */
#include "decode/acpi-table.h"

enum { COUNT_AT = 36, FIRST_AT = 40, NODE_LEN = 16, MAP_LEN = 20, RMR_DESC_LEN = 20, HOPS_MAX = 8 };
enum { MAP_SINGLE = 1 };

static int read_maps(const struct acpi_reader *reader, struct iort_node *node, const struct bytes *bytes)
{
	uint32_t count = 0, first = 0;
	if (bytes_u32(bytes, 8, &count) || bytes_u32(bytes, 12, &first) || count == 0)
		return 0;
	if (first < NODE_LEN || first > bytes_len(bytes) || count > (bytes_len(bytes) - first) / MAP_LEN)
		return acpi_problem_add(reader, ACPI_REFERENCE, node->offset + 12, first, true);
	for (uint32_t i = 0; i < count; i++) {
		size_t at = first + (size_t)i * MAP_LEN;
		uint32_t base = 0, ids = 0, output = 0, parent = 0, flags = 0;
		if (bytes_u32(bytes, at, &base) || bytes_u32(bytes, at + 4, &ids) || bytes_u32(bytes, at + 8, &output) ||
		    bytes_u32(bytes, at + 12, &parent) || bytes_u32(bytes, at + 16, &flags))
			return 0;
		struct iort_map *map = ARENA_PUSH(reader->arena, node->maps, node->maps_n, node->maps_room);
		if (!map)
			return -ENOMEM;
		/* The count is one less than the number of IDs. */
		*map = (struct iort_map){
			.first = base, .last = ids > UINT32_MAX - base ? UINT32_MAX : base + ids, .output = output, .node = parent,
			.single = flags & MAP_SINGLE,
		};
	}
	return 0;
}

static int read_rmr(const struct acpi_reader *reader, struct iort_node *node, const struct bytes *bytes)
{
	uint32_t count = 0, first = 0;
	if (bytes_u32(bytes, 16, &node->flags) || bytes_u32(bytes, 20, &count) || bytes_u32(bytes, 24, &first))
		return acpi_problem_add(reader, ACPI_LENGTH, node->offset, bytes_len(bytes), true);
	if (first > bytes_len(bytes) || count > (bytes_len(bytes) - first) / RMR_DESC_LEN)
		return acpi_problem_add(reader, ACPI_REFERENCE, node->offset + 24, first, true);
	for (uint32_t i = 0; i < count; i++) {
		size_t at = first + (size_t)i * RMR_DESC_LEN;
		struct iort_range range = {0};
		uint64_t length = 0;
		if (bytes_u64(bytes, at, &range.base) || bytes_u64(bytes, at + 8, &length))
			return 0;
		if (length == 0 || length - 1 > UINT64_MAX - range.base) {
			int err = acpi_problem_add(reader, ACPI_RANGE, node->offset + at, length, true);
			if (err)
				return err;
			continue;
		}
		range.end = range.base + (length - 1);
		struct iort_range *slot = ARENA_PUSH(reader->arena, node->ranges, node->ranges_n, node->ranges_room);
		if (!slot)
			return -ENOMEM;
		*slot = range;
	}
	return 0;
}

static int read_node(const struct acpi_reader *reader, struct iort_node *node, const struct bytes *bytes)
{
	bool whole = true;
	switch (node->type) {
	case IORT_ROOT_COMPLEX:
		whole = !bytes_u32(bytes, 24, &node->ats) && !bytes_u32(bytes, 28, &node->segment);
		break;
	case IORT_SMMU:
		whole = !bytes_u64(bytes, 16, &node->base);
		break;
	case IORT_SMMU_V3:
		whole = !bytes_u64(bytes, 16, &node->base) && !bytes_u32(bytes, 24, &node->flags);
		break;
	case IORT_ITS:
		return 0; /* it maps nothing on */
	default:
		break;
	}
	int err = whole ? 0 : acpi_problem_add(reader, ACPI_LENGTH, node->offset, bytes_len(bytes), true);
	if (!err && node->type == IORT_RMR)
		err = read_rmr(reader, node, bytes);
	return err ? err : read_maps(reader, node, bytes);
}

static const struct iort_node *node_at(const struct acpi_iort *iort, uint32_t offset)
{
	size_t low = 0, high = iort->n;
	while (low < high) {
		size_t middle = (low + high) / 2; /* of at most ACPI_ENTRIES_MAX */
		if (iort->nodes[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < iort->n && iort->nodes[low].offset == offset ? &iort->nodes[low] : NULL;
}

static int check_references(const struct acpi_reader *reader)
{
	const struct acpi_iort *iort = &reader->acpi->iort;
	int err = 0;
	for (size_t i = 0; iort->nodes && i < iort->n && !err; i++) {
		const struct iort_node *node = &iort->nodes[i];
		const struct iort_map *maps = node->maps;
		for (size_t k = 0; maps && k < node->maps_n && !err; k++)
			if (!node_at(iort, maps[k].node))
				err = acpi_problem_add(reader, ACPI_REFERENCE, node->offset, maps[k].node, true);
	}
	return err;
}

int acpi_read_iort(const struct acpi_reader *reader)
{
	const struct bytes *table = &reader->bytes;
	struct acpi_iort *iort = &reader->acpi->iort;
	uint32_t count = 0, first = 0;
	if (bytes_u32(table, COUNT_AT, &count) || bytes_u32(table, FIRST_AT, &first))
		return 0;
	if (first < ACPI_HEADER_LEN || first > table->len)
		return count ? acpi_problem_add(reader, ACPI_REFERENCE, FIRST_AT, first, true) : 0;
	size_t at = first;
	int err = 0;
	for (unsigned n = 0; n < count && n < ACPI_ENTRIES_MAX && !err; n++) {
		struct iort_node node = {.offset = (uint32_t)at};
		uint16_t length = 0;
		if (bytes_u8(table, at, &node.type) || bytes_u16(table, at + 1, &length) || bytes_u8(table, at + 3, &node.revision) ||
		    bytes_u32(table, at + 4, &node.id) || length < NODE_LEN || length > table->len - at) {
			err = acpi_problem_add(reader, ACPI_LENGTH, at, n, true);
			break;
		}
		struct bytes bytes = bytes_part(table, at, length);
		err = read_node(reader, &node, &bytes);
		if (!err) {
			struct iort_node *slot = ARENA_PUSH(reader->arena, iort->nodes, iort->n, iort->room);
			if (!slot)
				return -ENOMEM;
			*slot = node;
		}
		at += length;
	}
	if (!err && count > ACPI_ENTRIES_MAX && iort->n == ACPI_ENTRIES_MAX)
		err = acpi_problem_add(reader, ACPI_MANY, at, count, false);
	return err ? err : check_references(reader);
}

/* The node's mapping of an ID; NULL: it maps others only. */
static const struct iort_map *map_of(const struct iort_node *node, uint32_t id)
{
	for (size_t i = 0; i < node->maps_n; i++)
		if (node->maps[i].single ? node->type != IORT_SMMU_V3 : id >= node->maps[i].first && id <= node->maps[i].last)
			return &node->maps[i];
	return NULL;
}

enum iort_answer acpi_iort_map(const struct acpi *acpi, uint32_t segment, uint16_t rid, const struct iort_node **smmu, const struct iort_node **its)
{
	const struct acpi_iort *iort = &acpi->iort;
	enum iort_answer answer = IORT_NO_COMPLEX;
	*smmu = *its = NULL;
	for (size_t i = 0; i < iort->n; i++) {
		const struct iort_node *node = &iort->nodes[i];
		if (node->type != IORT_ROOT_COMPLEX || node->segment != segment)
			continue;
		answer = IORT_UNMAPPED;
		uint32_t id = rid;
		const struct iort_map *map = map_of(node, id);
		for (unsigned hop = 0; hop < HOPS_MAX && map; hop++) {
			answer = IORT_MAPPED;
			id = map->single ? map->output : map->output + (id - map->first);
			node = node_at(iort, map->node);
			if (!node)
				break;
			if (node->type == IORT_SMMU || node->type == IORT_SMMU_V3)
				*smmu = node;
			if (node->type == IORT_ITS)
				*its = node;
			map = node->type == IORT_ITS ? NULL : map_of(node, id);
		}
		if (answer == IORT_MAPPED)
			break;
	}
	return answer;
}

static void set_mapped(struct iort_mapped *out, uint32_t first, uint32_t last)
{
	for (uint32_t at = first; at <= last && at <= UINT16_MAX;) {
		bool whole = !(at & 63) && last - at >= 63;
		out->rids[at >> 6] |= whole ? UINT64_MAX : UINT64_C(1) << (at & 63);
		at += whole ? 64 : 1;
	}
}

void acpi_iort_mapped(const struct acpi *acpi, uint32_t segment, struct iort_mapped *out)
{
	*out = (struct iort_mapped){.segment = segment};
	for (size_t i = 0; i < acpi->iort.n; i++) {
		const struct iort_node *node = &acpi->iort.nodes[i];
		for (size_t k = 0; node->type == IORT_ROOT_COMPLEX && node->segment == segment && k < node->maps_n; k++)
			set_mapped(out, node->maps[k].single ? 0 : node->maps[k].first, node->maps[k].single ? UINT16_MAX : node->maps[k].last);
	}
}

bool acpi_iort_has_smmu(const struct acpi *acpi)
{
	for (size_t i = 0; i < acpi->iort.n; i++)
		if (acpi->iort.nodes[i].type == IORT_SMMU || acpi->iort.nodes[i].type == IORT_SMMU_V3)
			return true;
	return false;
}
