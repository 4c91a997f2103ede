/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the readers of the firmware tables share. Not for others. */
#ifndef SRIOV_DECODE_ACPI_TABLE_H
#define SRIOV_DECODE_ACPI_TABLE_H

#include "decode/acpi.h"

struct acpi_reader {
	struct acpi *acpi;
	struct arena *arena;
	enum acpi_table table;
	struct bytes bytes;  /* the table, cut to the length in its header and to ACPI_TABLE_MAX */
};

/* 0 or -ENOMEM, as the readers themselves. */
int acpi_problem_add(const struct acpi_reader *reader, enum acpi_problem_kind kind, size_t offset, uint64_t value, bool grave) MUST_CHECK;

/* Printable ASCII of at most size - 1 bytes, other bytes are '?', blanks and NULs at the end cut off. */
void acpi_text(const struct bytes *bytes, size_t offset, size_t len, char *text, size_t size);

int acpi_read_dmar(const struct acpi_reader *reader) MUST_CHECK;
int acpi_read_ivrs(const struct acpi_reader *reader) MUST_CHECK;
int acpi_read_iort(const struct acpi_reader *reader) MUST_CHECK;
int acpi_read_viot(const struct acpi_reader *reader) MUST_CHECK;
int acpi_read_mcfg(const struct acpi_reader *reader) MUST_CHECK;
int acpi_read_fadt(const struct acpi_reader *reader) MUST_CHECK;

#endif
