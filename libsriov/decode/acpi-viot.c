/* SPDX-License-Identifier: GPL-2.0-or-later */
/* VIOT: ACPI specification 5.2.34; the virtual IOMMU of a guest. */
#include "decode/acpi-table.h"

enum { COUNT_AT = 36, FIRST_AT = 38 };

static size_t node_len(unsigned type)
{
	switch (type) {
	case VIOT_PCI_RANGE: return 24;
	case VIOT_MMIO: return 24;
	case VIOT_VIRTIO_PCI: return 16;
	case VIOT_VIRTIO_MMIO: return 16;
	default: return 0;
	}
}

static bool read_fields(struct viot_node *node, const struct bytes *bytes)
{
	switch (node->type) {
	case VIOT_PCI_RANGE:
		return !bytes_u32(bytes, 4, &node->endpoint) && !bytes_u16(bytes, 8, &node->segment) && !bytes_u16(bytes, 10, &node->segment_last) &&
		       !bytes_u16(bytes, 12, &node->first) && !bytes_u16(bytes, 14, &node->last) && !bytes_u16(bytes, 16, &node->output);
	case VIOT_MMIO:
		return !bytes_u32(bytes, 4, &node->endpoint) && !bytes_u64(bytes, 8, &node->base) && !bytes_u16(bytes, 16, &node->output);
	case VIOT_VIRTIO_PCI:
		return !bytes_u16(bytes, 4, &node->segment) && !bytes_u16(bytes, 6, &node->first);
	default:
		return !bytes_u64(bytes, 8, &node->base);
	}
}

int acpi_read_viot(const struct acpi_reader *reader)
{
	const struct bytes *table = &reader->bytes;
	struct acpi_viot *viot = &reader->acpi->viot;
	uint16_t count = 0, first = 0;
	if (bytes_u16(table, COUNT_AT, &count) || bytes_u16(table, FIRST_AT, &first))
		return 0;
	int err = 0;
	size_t at = first;
	for (unsigned n = 0; n < count && !err; n++) {
		struct viot_node node = {.offset = (uint32_t)at};
		uint16_t length = 0;
		if (bytes_u8(table, at, &node.type) || bytes_u16(table, at + 2, &length) || length < 4 || length > table->len - at)
			return acpi_problem_add(reader, ACPI_LENGTH, at, n, true);
		struct bytes bytes = bytes_part(table, at, length);
		size_t wanted = node_len(node.type);
		if (wanted == 0) {
			err = acpi_problem_add(reader, ACPI_RESERVED, at, node.type, false);
		} else if (length < wanted || !read_fields(&node, &bytes)) {
			err = acpi_problem_add(reader, ACPI_LENGTH, at, length, true);
		} else {
			struct viot_node *slot = ARENA_PUSH(reader->arena, viot->nodes, viot->n, viot->room);
			if (!slot)
				return -ENOMEM;
			*slot = node;
			if (node.type == VIOT_PCI_RANGE && (node.last < node.first || node.segment_last < node.segment))
				err = acpi_problem_add(reader, ACPI_RANGE, at, node.last, true);
		}
		at += length;
	}
	return err;
}

const struct viot_node *acpi_viot_of(const struct acpi *acpi, uint32_t segment, uint16_t rid)
{
	const struct acpi_viot *viot = &acpi->viot;
	for (size_t i = 0; i < viot->n; i++) {
		const struct viot_node *node = &viot->nodes[i];
		if (node->type == VIOT_PCI_RANGE && segment >= node->segment && segment <= node->segment_last && rid >= node->first &&
		    rid <= node->last)
			return node;
	}
	return NULL;
}
