/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MCFG: PCI Firmware specification, "Memory-mapped Configuration space base address description table". */
#include "decode/acpi-table.h"

enum { ENTRIES_AT = 44, ENTRY_LEN = 16 };

int acpi_read_mcfg(const struct acpi_reader *reader)
{
	const struct bytes *table = &reader->bytes;
	struct acpi_mcfg *mcfg = &reader->acpi->mcfg;
	size_t at = ENTRIES_AT;
	int err = 0;
	unsigned n = 0;
	for (; n < ACPI_ENTRIES_MAX && at < table->len && !err; n++, at += ENTRY_LEN) {
		struct mcfg_entry entry = {.offset = (uint32_t)at};
		if (bytes_u64(table, at, &entry.base) || bytes_u16(table, at + 8, &entry.segment) || bytes_u8(table, at + 10, &entry.first) ||
		    bytes_u8(table, at + 11, &entry.last) || table->len - at < ENTRY_LEN)
			return acpi_problem_add(reader, ACPI_LENGTH, at, table->len - at, false);
		struct mcfg_entry *slot = ARENA_PUSH(reader->arena, mcfg->entries, mcfg->n, mcfg->room);
		if (!slot)
			return -ENOMEM;
		*slot = entry;
		uint64_t start, end;
		if (entry.base == 0 || !acpi_ecam_range(&entry, &start, &end))
			err = acpi_problem_add(reader, ACPI_RANGE, at, entry.base, true);
	}
	if (!err && n == ACPI_ENTRIES_MAX && at < table->len)
		err = acpi_problem_add(reader, ACPI_MANY, at, n, false);
	if (!err && n == 0 && reader->acpi->header[ACPI_MCFG].complete)
		err = acpi_problem_add(reader, ACPI_EMPTY, ENTRIES_AT, 0, true);
	return err;
}

bool acpi_ecam_range(const struct mcfg_entry *entry, uint64_t *start, uint64_t *end)
{
	/* A bus takes 1 MiB; the base is where bus 0 is or would be. */
	uint64_t size = ((uint64_t)entry->last << 20) + 0xfffff;
	if (entry->base > UINT64_MAX - size || entry->last < entry->first)
		return false;
	*start = entry->base + ((uint64_t)entry->first << 20);
	*end = entry->base + size;
	return true;
}

const struct mcfg_entry *acpi_ecam_of(const struct acpi *acpi, uint32_t segment, unsigned bus)
{
	for (size_t i = 0; i < acpi->mcfg.n; i++) {
		const struct mcfg_entry *entry = &acpi->mcfg.entries[i];
		if (entry->segment == segment && bus >= entry->first && bus <= entry->last)
			return entry;
	}
	return NULL;
}

const struct mcfg_entry *acpi_ecam_hit(const struct acpi *acpi, uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < acpi->mcfg.n; i++) {
		uint64_t first, last;
		if (acpi->mcfg.entries[i].base && acpi_ecam_range(&acpi->mcfg.entries[i], &first, &last) && start <= last && first <= end)
			return &acpi->mcfg.entries[i];
	}
	return NULL;
}
