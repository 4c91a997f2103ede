/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FADT (signature FACP): ACPI specification 5.2.9; only what decides about MSI and ASPM. */
#include "decode/acpi-table.h"

enum { BOOT_ARCH_AT = 109, FLAGS_AT = 112 };

int acpi_read_fadt(const struct acpi_reader *reader)
{
	struct acpi_fadt *fadt = &reader->acpi->fadt;
	/* ACPI 1.0 tables end before the field has a meaning. */
	if (reader->acpi->header[ACPI_FADT].revision < 2)
		return 0;
	if (!bytes_u16(&reader->bytes, BOOT_ARCH_AT, &fadt->boot_flags) && !bytes_u32(&reader->bytes, FLAGS_AT, &fadt->flags))
		fadt->have_boot_flags = true;
	return 0;
}
