/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "decode/acpi-table.h"

static const struct {
	const char *name;
	int (*read)(const struct acpi_reader *reader);
} tables[ACPI_TABLES] = {
	[ACPI_DMAR] = {"DMAR", acpi_read_dmar},
	[ACPI_IVRS] = {"IVRS", acpi_read_ivrs},
	[ACPI_IORT] = {"IORT", acpi_read_iort},
	[ACPI_VIOT] = {"VIOT", acpi_read_viot},
	[ACPI_MCFG] = {"MCFG", acpi_read_mcfg},
	[ACPI_FADT] = {"FACP", acpi_read_fadt},
};

static const char *const problem_texts[] = {
	[ACPI_CUT] = "the table has fewer bytes than its length says",
	[ACPI_SIGNATURE] = "the signature is that of another table",
	[ACPI_CHECKSUM] = "the checksum is wrong",
	[ACPI_LENGTH] = "an entry's length does not fit its type or the table",
	[ACPI_SCOPE] = "a device scope is wrong or missing",
	[ACPI_RESERVED] = "an entry type or a bit is reserved",
	[ACPI_RANGE] = "an address is 0 or a range ends before it begins",
	[ACPI_REFERENCE] = "a reference leads to no entry",
	[ACPI_WIDTH] = "the host address width is 0",
	[ACPI_EMPTY] = "the table has no entry of the kind that it is made for",
	[ACPI_MANY] = "the table has more entries than are looked at",
};

const char *acpi_table_name(enum acpi_table table)
{
	return (unsigned)table < ACPI_TABLES ? tables[table].name : "";
}

const char *acpi_problem_text(enum acpi_problem_kind kind)
{
	return (size_t)kind < ARRAY_SIZE(problem_texts) ? problem_texts[kind] : "";
}

int acpi_problem_add(const struct acpi_reader *reader, enum acpi_problem_kind kind, size_t offset, uint64_t value, bool grave)
{
	struct acpi *acpi = reader->acpi;
	if (acpi->problems_n >= ACPI_PROBLEMS_MAX) {
		acpi->problems_more++;
		return 0;
	}
	struct acpi_problem *problem = ARENA_PUSH(reader->arena, acpi->problems, acpi->problems_n, acpi->problems_room);
	if (!problem)
		return -ENOMEM;
	*problem = (struct acpi_problem){
		.table = reader->table, .kind = kind, .offset = (uint32_t)offset, .value = value, .grave = grave,
	};
	return 0;
}

void acpi_text(const struct bytes *bytes, size_t offset, size_t len, char *text, size_t size)
{
	size_t n = 0;
	uint8_t byte = 0;
	for (; n < len && n + 1 < size && !bytes_u8(bytes, offset + n, &byte) && byte; n++)
		text[n] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
	while (n && text[n - 1] == ' ')
		n--;
	text[n] = '\0';
}

static uint8_t sum(const struct bytes *bytes)
{
	unsigned total = 0;
	for (size_t i = 0; i < bytes->len; i++) {
		uint8_t byte = 0;
		if (bytes_u8(bytes, i, &byte))
			break;
		total += byte;
	}
	return (uint8_t)total;
}

int acpi_decode(struct acpi *acpi, struct arena *arena, enum acpi_table table, struct bytes bytes)
{
	struct acpi_header *header = &acpi->header[table];
	struct acpi_reader reader = {.acpi = acpi, .arena = arena, .table = table, .bytes = bytes};
	uint32_t length = 0;
	char signature[5] = "";
	if (header->there)
		return 0;
	acpi_text(&bytes, 0, 4, signature, sizeof(signature));
	if (bytes_u32(&bytes, 4, &length) || bytes_u8(&bytes, 8, &header->revision))
		return acpi_problem_add(&reader, ACPI_CUT, bytes.len, bytes.len, true);
	if (strcmp(signature, tables[table].name) != 0)
		return acpi_problem_add(&reader, ACPI_SIGNATURE, 0, 0, true);
	header->length = length;
	header->there = true;
	acpi_text(&bytes, 10, 6, header->oem_id, sizeof(header->oem_id));
	acpi_text(&bytes, 16, 8, header->oem_table, sizeof(header->oem_table));

	int err = 0;
	reader.bytes = bytes_part(&bytes, 0, length < ACPI_TABLE_MAX ? length : ACPI_TABLE_MAX);
	header->complete = reader.bytes.len == length && length >= ACPI_HEADER_LEN;
	if (header->complete) {
		uint8_t total = sum(&reader.bytes);
		header->checksum_ok = total == 0;
		/* Of these tables, the kernel itself turns down only an IVRS for its sum. */
		if (total)
			err = acpi_problem_add(&reader, ACPI_CHECKSUM, 9, total, table == ACPI_IVRS);
	} else {
		err = acpi_problem_add(&reader, ACPI_CUT, reader.bytes.len, length, true);
	}
	return err ? err : tables[table].read(&reader);
}
