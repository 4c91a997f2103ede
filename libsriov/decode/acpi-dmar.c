/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DMAR: Intel Virtualization Technology for Directed I/O specification, chapter 8. */
#include <string.h>

#include "decode/acpi-table.h"

enum { FLAGS_AT = 37, WIDTH_AT = 36, ENTRIES_AT = 48, SCOPE_LEN = 6, NAME_ROOM = 256 };

/* Bytes before an entry's device scopes (or its name); 0: the type is not known. */
static size_t fixed_len(unsigned type)
{
	switch (type) {
	case DMAR_DRHD: return 16;
	case DMAR_RMRR: return 24;
	case DMAR_ATSR: return 8;
	case DMAR_RHSA: return 20;
	case DMAR_ANDD: return 8;
	case DMAR_SATC: return 8;
	case DMAR_SIDP: return 8;
	default: return 0;
	}
}

static int read_scope(const struct acpi_reader *reader, struct dmar_entry *entry, const struct bytes *bytes, size_t at, uint8_t type, uint8_t length)
{
	struct acpi_scope scope = {.offset = (uint32_t)(entry->offset + at), .type = type};
	if (bytes_u8(bytes, at + 4, &scope.id) || bytes_u8(bytes, at + 5, &scope.bus))
		return 0;
	struct acpi_hop hops[ACPI_DEPTH_MAX] = {{0}};
	unsigned n = 0, there = ((unsigned)length - SCOPE_LEN) / 2, wrong = ACPI_DEPTH_MAX;
	for (; n < there && n < ACPI_DEPTH_MAX; n++) {
		if (bytes_u8(bytes, at + SCOPE_LEN + 2 * n, &hops[n].device) || bytes_u8(bytes, at + SCOPE_LEN + 2 * n + 1, &hops[n].function))
			break;
		if (wrong == ACPI_DEPTH_MAX && (hops[n].device > 31 || hops[n].function > 7))
			wrong = n;
	}
	scope.hops_n = n;
	scope.hops = (struct acpi_hop *)(void *)arena_dup(reader->arena, hops, n * sizeof(*hops));
	struct acpi_scope *slot = scope.hops ? ARENA_PUSH(reader->arena, entry->scopes, entry->scopes_n, entry->scopes_room) : NULL;
	if (!slot)
		return -ENOMEM;
	*slot = scope;
	return wrong == ACPI_DEPTH_MAX ? 0 : acpi_problem_add(reader, ACPI_SCOPE, scope.offset + SCOPE_LEN + 2 * wrong, hops[wrong].device, true);
}

/* The scopes from at to the entry's end. */
static int read_scopes(const struct acpi_reader *reader, struct dmar_entry *entry, const struct bytes *bytes, size_t at)
{
	int err = 0;
	while (at < bytes_len(bytes) && !err) {
		uint8_t type = 0, length = 0;
		if (bytes_u8(bytes, at, &type) || bytes_u8(bytes, at + 1, &length) || length < SCOPE_LEN + 2 || length > bytes_len(bytes) - at)
			return acpi_problem_add(reader, ACPI_SCOPE, entry->offset + at, bytes_len(bytes) - at, true);
		if (type < DMAR_SCOPE_ENDPOINT || type > DMAR_SCOPE_NAMESPACE)
			err = acpi_problem_add(reader, ACPI_SCOPE, entry->offset + at, type, false);
		if (!err)
			err = read_scope(reader, entry, bytes, at, type, length);
		at += length;
	}
	return err;
}

static int read_fields(const struct acpi_reader *reader, struct dmar_entry *entry, const struct bytes *bytes)
{
	uint8_t flags = 0, size = 0, number = 0;
	uint16_t segment = 0;
	uint64_t base = 0, limit = 0;
	uint32_t domain = 0;
	switch (entry->type) {
	case DMAR_DRHD:
		if (bytes_u8(bytes, 4, &flags) || bytes_u8(bytes, 5, &size) || bytes_u16(bytes, 6, &segment) || bytes_u64(bytes, 8, &base))
			return 0;
		/* size: bits 3:0 are a power of two of 4 KiB pages */
		entry->end = base + ((UINT64_C(4096) << (size & 15)) - 1);
		break;
	case DMAR_RMRR:
		if (bytes_u16(bytes, 6, &segment) || bytes_u64(bytes, 8, &base) || bytes_u64(bytes, 16, &limit))
			return 0;
		entry->end = limit;
		break;
	case DMAR_RHSA:
		if (bytes_u64(bytes, 8, &base) || bytes_u32(bytes, 16, &domain))
			return 0;
		entry->number = domain;
		break;
	case DMAR_ANDD:
		if (bytes_u8(bytes, 7, &number))
			return 0;
		entry->number = number;
		break;
	default: /* ATSR, SATC, SIDP */
		if (bytes_u8(bytes, 4, &flags) || bytes_u16(bytes, 6, &segment))
			return 0;
		break;
	}
	entry->flags = flags;
	entry->segment = segment;
	entry->base = base;

	int err = 0;
	if (entry->type == DMAR_DRHD && base == 0)
		err = acpi_problem_add(reader, ACPI_RANGE, entry->offset + 8, base, true);
	if (entry->type == DMAR_RMRR && limit <= base)
		err = acpi_problem_add(reader, ACPI_RANGE, entry->offset + 16, limit, true);
	return err;
}

static int read_name(const struct acpi_reader *reader, struct dmar_entry *entry, const struct bytes *bytes, size_t at)
{
	char name[NAME_ROOM] = "";
	acpi_text(bytes, at, sizeof(name), name, sizeof(name));
	entry->name = arena_dup(reader->arena, name, strlen(name));
	return entry->name ? 0 : -ENOMEM;
}

static int read_entry(const struct acpi_reader *reader, uint16_t type, size_t offset, const struct bytes *bytes)
{
	struct acpi_dmar *dmar = &reader->acpi->dmar;
	struct dmar_entry entry = {.offset = (uint32_t)offset, .type = type};
	size_t fixed = fixed_len(type);
	if (fixed == 0)
		return acpi_problem_add(reader, ACPI_RESERVED, offset, type, false);
	if (bytes_len(bytes) < fixed)
		return acpi_problem_add(reader, ACPI_LENGTH, offset, bytes_len(bytes), true);
	int err = read_fields(reader, &entry, bytes);
	if (!err && type == DMAR_ANDD)
		err = read_name(reader, &entry, bytes, fixed);
	else if (!err && type != DMAR_RHSA)
		err = read_scopes(reader, &entry, bytes, fixed);
	/* A reserved range for no device is what old firmware gets wrong most often. */
	if (!err && type == DMAR_RMRR && entry.scopes_n == 0)
		err = acpi_problem_add(reader, ACPI_SCOPE, offset, 0, false);
	struct dmar_entry *slot = err ? NULL : ARENA_PUSH(reader->arena, dmar->entries, dmar->n, dmar->room);
	if (slot)
		*slot = entry;
	return err ? err : slot ? 0 : -ENOMEM;
}

int acpi_read_dmar(const struct acpi_reader *reader)
{
	const struct bytes *table = &reader->bytes;
	struct acpi_dmar *dmar = &reader->acpi->dmar;
	uint8_t width = 0;
	int err = 0;
	if (bytes_u8(table, WIDTH_AT, &width) || bytes_u8(table, FLAGS_AT, &dmar->flags))
		return 0;
	dmar->have_flags = true;
	if (width == 0)
		err = acpi_problem_add(reader, ACPI_WIDTH, WIDTH_AT, width, true);
	else
		dmar->width = (uint8_t)(width + 1);

	size_t at = ENTRIES_AT;
	unsigned n = 0;
	bool drhd = false;
	for (; n < ACPI_ENTRIES_MAX && at < table->len && !err; n++) {
		uint16_t type = 0, length = 0;
		if (bytes_u16(table, at, &type) || bytes_u16(table, at + 2, &length) || length < 4 || length > table->len - at) {
			err = acpi_problem_add(reader, ACPI_LENGTH, at, table->len - at, true);
			break;
		}
		struct bytes bytes = bytes_part(table, at, length);
		err = read_entry(reader, type, at, &bytes);
		drhd |= type == DMAR_DRHD && bytes_len(&bytes) >= fixed_len(type);
		at += length;
	}
	if (!err && n == ACPI_ENTRIES_MAX && at < table->len)
		err = acpi_problem_add(reader, ACPI_MANY, at, n, false);
	if (!err && !drhd && reader->acpi->header[ACPI_DMAR].complete)
		err = acpi_problem_add(reader, ACPI_EMPTY, ENTRIES_AT, 0, true);
	return err;
}

static bool hop_is(const struct acpi_hop *hop, const struct sriov_addr *addr)
{
	return hop->device == addr->device && hop->function == addr->function;
}

/* As the kernel matches: the whole way for an endpoint, the way's beginning for a bridge (it covers what is below it). */
static bool scope_covers(const struct acpi_scope *scope, const struct sriov_addr *way, size_t way_n)
{
	if ((scope->type != DMAR_SCOPE_ENDPOINT && scope->type != DMAR_SCOPE_BRIDGE) || scope->hops_n == 0)
		return false;
	bool fits = scope->bus == way[0].bus && scope->hops_n <= way_n && (scope->hops_n == way_n || scope->type == DMAR_SCOPE_BRIDGE);
	for (unsigned i = 0; i < scope->hops_n && fits; i++)
		fits = hop_is(&scope->hops[i], &way[i]);
	/* Old firmware names the device's own bus instead of the way to it: the kernel takes that too. */
	const struct sriov_addr *last = &way[way_n - 1];
	return fits || (scope->hops_n == 1 && scope->bus == last->bus && hop_is(&scope->hops[0], last));
}

static bool entry_covers(const struct dmar_entry *entry, const struct sriov_addr *way, size_t way_n)
{
	if (way_n == 0 || entry->segment != way[0].domain)
		return false;
	for (size_t i = 0; i < entry->scopes_n; i++)
		if (scope_covers(&entry->scopes[i], way, way_n))
			return true;
	return false;
}

const struct dmar_entry *acpi_rmrr_covers(const struct acpi *acpi, const struct sriov_addr *way, size_t way_n, const struct dmar_entry *after)
{
	const struct acpi_dmar *dmar = &acpi->dmar;
	for (size_t i = after ? (size_t)(after - dmar->entries) + 1 : 0; i < dmar->n; i++)
		if (dmar->entries[i].type == DMAR_RMRR && entry_covers(&dmar->entries[i], way, way_n))
			return &dmar->entries[i];
	return NULL;
}

const struct dmar_entry *acpi_drhd_of(const struct acpi *acpi, const struct sriov_addr *way, size_t way_n)
{
	const struct dmar_entry *all = NULL;
	for (size_t i = 0; i < acpi->dmar.n; i++) {
		const struct dmar_entry *entry = &acpi->dmar.entries[i];
		if (entry->type != DMAR_DRHD)
			continue;
		if (entry_covers(entry, way, way_n))
			return entry;
		if (way_n && (entry->flags & DMAR_FLAG_ALL) && entry->segment == way[0].domain)
			all = entry;
	}
	return all;
}
