/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IVRS: AMD I/O Virtualization Technology (IOMMU) specification, chapter 5. */
#include "decode/acpi-table.h"

enum { INFO_AT = 36, ENTRIES_AT = 48, DEVICE_HID_LEN = 22, IVMD_LEN = 32 };

enum device_type {
	DEV_PAD4 = 0, DEV_ALL = 1, DEV_SELECT = 2, DEV_START = 3, DEV_END = 4,
	DEV_PAD8 = 64, DEV_ALIAS_SELECT = 66, DEV_ALIAS_START = 67, DEV_EXT_SELECT = 70, DEV_EXT_START = 71, DEV_SPECIAL = 72,
	DEV_ACPI_HID = 240,
};

/* Bytes of a device entry; 0: not enough of them to tell. Types tell their length by range. */
static size_t device_len(const struct bytes *bytes, size_t at, uint8_t type)
{
	uint8_t uid = 0;
	if (type == DEV_ACPI_HID)
		return bytes_u8(bytes, at + 21, &uid) ? 0 : DEVICE_HID_LEN + (size_t)uid;
	return (size_t)4 << (type >> 6);
}

struct range_start {
	bool open;
	struct ivrs_device device;
};

static int push_device(const struct acpi_reader *reader, struct ivrs_ivhd *ivhd, const struct ivrs_device *device)
{
	struct ivrs_device *slot = ARENA_PUSH(reader->arena, ivhd->devices, ivhd->n, ivhd->room);
	if (!slot)
		return -ENOMEM;
	*slot = *device;
	return 0;
}

static int read_device(const struct acpi_reader *reader, struct ivrs_ivhd *ivhd, const struct bytes *bytes, size_t at, uint8_t type, struct range_start *start)
{
	struct ivrs_device device = {.offset = (uint32_t)(ivhd->offset + at), .type = type};
	uint16_t rid = 0, alias = 0;
	uint32_t extended = 0;
	if (bytes_u16(bytes, at + 1, &rid) || bytes_u8(bytes, at + 3, &device.setting))
		return 0;
	device.first = device.last = rid;
	device.kind = IVHD_SELECT;
	switch (device.type) {
	case DEV_PAD4:
	case DEV_PAD8:
		return 0;
	case DEV_ALL:
		device.kind = IVHD_ALL;
		device.first = 0;
		device.last = 0xffff;
		return push_device(reader, ivhd, &device);
	case DEV_ALIAS_SELECT:
	case DEV_ALIAS_START:
		device.has_alias = !bytes_u16(bytes, at + 5, &alias);
		device.alias = alias;
		break;
	case DEV_EXT_SELECT:
	case DEV_EXT_START:
		device.ats_disabled = !bytes_u32(bytes, at + 4, &extended) && extended >> 31;
		break;
	case DEV_SPECIAL:
		/* The routing ID that the interrupt controller or timer uses stands behind the handle. */
		device.kind = IVHD_SPECIAL;
		if (!bytes_u16(bytes, at + 5, &alias))
			device.first = device.last = alias;
		return push_device(reader, ivhd, &device);
	case DEV_ACPI_HID:
		device.kind = IVHD_ACPI_HID;
		return push_device(reader, ivhd, &device);
	case DEV_END:
		if (!start->open || rid < start->device.first)
			return acpi_problem_add(reader, ACPI_RANGE, device.offset, rid, true);
		start->device.last = rid;
		start->open = false;
		return push_device(reader, ivhd, &start->device);
	case DEV_SELECT:
	case DEV_START:
		break;
	default:
		return acpi_problem_add(reader, ACPI_RESERVED, device.offset, device.type, false);
	}
	if (device.type != DEV_START && device.type != DEV_ALIAS_START && device.type != DEV_EXT_START)
		return push_device(reader, ivhd, &device);
	int err = start->open ? acpi_problem_add(reader, ACPI_RANGE, start->device.offset, start->device.first, true) : 0;
	device.kind = IVHD_RANGE;
	*start = (struct range_start){.open = true, .device = device};
	return err;
}

static int read_ivhd(const struct acpi_reader *reader, uint8_t type, size_t offset, const struct bytes *bytes)
{
	struct acpi_ivrs *ivrs = &reader->acpi->ivrs;
	struct ivrs_ivhd ivhd = {.offset = (uint32_t)offset, .type = type};
	uint32_t features = 0;
	if (bytes_u8(bytes, 1, &ivhd.flags) || bytes_u16(bytes, 4, &ivhd.rid) || bytes_u64(bytes, 8, &ivhd.base) ||
	    bytes_u16(bytes, 16, &ivhd.segment) || bytes_u32(bytes, 20, &features))
		return acpi_problem_add(reader, ACPI_LENGTH, offset, bytes_len(bytes), true);
	size_t at = 24;
	ivhd.features = features;
	if (type != 0x10) {
		at = 40;
		if (bytes_u64(bytes, 24, &ivhd.features) || bytes_len(bytes) < at)
			return acpi_problem_add(reader, ACPI_LENGTH, offset, bytes_len(bytes), true);
	}

	int err = 0;
	if (ivhd.base == 0)
		err = acpi_problem_add(reader, ACPI_RANGE, offset + 8, ivhd.base, true);
	struct range_start start = {.open = false};
	while (at < bytes_len(bytes) && !err) {
		uint8_t device = 0;
		size_t len = bytes_u8(bytes, at, &device) ? 0 : device_len(bytes, at, device);
		if (len == 0 || len > bytes_len(bytes) - at) {
			err = acpi_problem_add(reader, ACPI_LENGTH, offset + at, device, true);
			break;
		}
		err = read_device(reader, &ivhd, bytes, at, device, &start);
		at += len;
	}
	if (!err && start.open)
		err = acpi_problem_add(reader, ACPI_RANGE, start.device.offset, start.device.first, true);
	struct ivrs_ivhd *slot = err ? NULL : ARENA_PUSH(reader->arena, ivrs->ivhd, ivrs->ivhd_n, ivrs->ivhd_room);
	if (slot)
		*slot = ivhd;
	return err ? err : slot ? 0 : -ENOMEM;
}

static int read_ivmd(const struct acpi_reader *reader, uint8_t type, size_t offset, const struct bytes *bytes)
{
	struct acpi_ivrs *ivrs = &reader->acpi->ivrs;
	struct ivrs_ivmd ivmd = {.offset = (uint32_t)offset, .type = type};
	uint64_t length = 0;
	if (bytes_len(bytes) < IVMD_LEN || bytes_u8(bytes, 1, &ivmd.flags) || bytes_u16(bytes, 4, &ivmd.first) ||
	    bytes_u16(bytes, 6, &ivmd.last) || bytes_u16(bytes, 8, &ivmd.segment) || bytes_u64(bytes, 16, &ivmd.base) ||
	    bytes_u64(bytes, 24, &length))
		return acpi_problem_add(reader, ACPI_LENGTH, offset, bytes_len(bytes), true);
	if (type == 0x20) {
		ivmd.first = 0;
		ivmd.last = 0xffff;
	} else if (type == 0x21) {
		ivmd.last = ivmd.first;
	}
	int err = 0;
	if (length != 0 && length - 1 <= UINT64_MAX - ivmd.base) {
		ivmd.end = ivmd.base + (length - 1);
	} else {
		ivmd.end = ivmd.base;
		err = acpi_problem_add(reader, ACPI_RANGE, offset + 24, length, false);
	}
	if (!err && ivmd.last < ivmd.first)
		err = acpi_problem_add(reader, ACPI_RANGE, offset + 6, ivmd.last, false);
	struct ivrs_ivmd *slot = err ? NULL : ARENA_PUSH(reader->arena, ivrs->ivmd, ivrs->ivmd_n, ivrs->ivmd_room);
	if (slot)
		*slot = ivmd;
	return err ? err : slot ? 0 : -ENOMEM;
}

int acpi_read_ivrs(const struct acpi_reader *reader)
{
	const struct bytes *table = &reader->bytes;
	struct acpi_ivrs *ivrs = &reader->acpi->ivrs;
	if (bytes_u32(table, INFO_AT, &ivrs->info))
		return 0;
	size_t at = ENTRIES_AT;
	int err = 0;
	unsigned n = 0;
	for (; n < ACPI_ENTRIES_MAX && at < table->len && !err; n++) {
		uint8_t type = 0;
		uint16_t length = 0;
		if (bytes_u8(table, at, &type) || bytes_u16(table, at + 2, &length) || length < 4 || length > table->len - at) {
			err = acpi_problem_add(reader, ACPI_LENGTH, at, table->len - at, true);
			break;
		}
		struct bytes bytes = bytes_part(table, at, length);
		if (type == 0x10 || type == 0x11 || type == 0x40)
			err = read_ivhd(reader, type, at, &bytes);
		else if (type >= 0x20 && type <= 0x22)
			err = read_ivmd(reader, type, at, &bytes);
		else
			err = acpi_problem_add(reader, ACPI_RESERVED, at, type, false);
		at += length;
	}
	if (!err && n == ACPI_ENTRIES_MAX && at < table->len)
		err = acpi_problem_add(reader, ACPI_MANY, at, n, false);
	if (!err && ivrs->ivhd_n == 0 && reader->acpi->header[ACPI_IVRS].complete)
		err = acpi_problem_add(reader, ACPI_EMPTY, ENTRIES_AT, 0, true);
	return err;
}

const struct ivrs_ivmd *acpi_ivmd_covers(const struct acpi *acpi, uint32_t segment, uint16_t rid, const struct ivrs_ivmd *after)
{
	const struct acpi_ivrs *ivrs = &acpi->ivrs;
	for (size_t i = after ? (size_t)(after - ivrs->ivmd) + 1 : 0; i < ivrs->ivmd_n; i++) {
		const struct ivrs_ivmd *ivmd = &ivrs->ivmd[i];
		if (ivmd->segment == segment && rid >= ivmd->first && rid <= ivmd->last)
			return ivmd;
	}
	return NULL;
}

const struct ivrs_ivhd *acpi_ivhd_of(const struct acpi *acpi, uint32_t segment, uint16_t rid)
{
	for (size_t i = 0; i < acpi->ivrs.ivhd_n; i++) {
		const struct ivrs_ivhd *ivhd = &acpi->ivrs.ivhd[i];
		for (size_t k = 0; k < ivhd->n && ivhd->segment == segment; k++) {
			const struct ivrs_device *device = &ivhd->devices[k];
			if (device->kind <= IVHD_RANGE && rid >= device->first && rid <= device->last)
				return ivhd;
		}
	}
	return NULL;
}
