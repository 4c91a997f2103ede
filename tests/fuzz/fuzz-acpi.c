/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table as its signature says; where that is none of ours, the first byte chooses the table and the rest is it. */
#include <string.h>

#include "decode/acpi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct arena arena = {.limit = (size_t)64 << 20};
	struct acpi acpi = {.problems = NULL};
	const struct sriov_addr way[] = {{.bus = 0, .device = 1}, {.bus = 1}};
	const struct iort_node *smmu, *its;
	enum acpi_table table = ACPI_TABLES;
	for (enum acpi_table i = 0; i < ACPI_TABLES; i++)
		if (size >= 4 && !memcmp(data, acpi_table_name(i), 4))
			table = i;
	bool named = table != ACPI_TABLES;
	if (!acpi_decode(&acpi, &arena, named ? table : data[0] % ACPI_TABLES, named ? bytes_of(data, size) : bytes_of(data + 1, size - 1))) {
		acpi_rmrr_covers(&acpi, way, 2, NULL);
		acpi_drhd_of(&acpi, way, 2);
		acpi_ivhd_of(&acpi, 0, 0x100);
		acpi_ivmd_covers(&acpi, 0, 0x100, NULL);
		acpi_iort_map(&acpi, 0, 0x100, &smmu, &its);
		acpi_viot_of(&acpi, 0, 0x100);
		acpi_ecam_hit(&acpi, 0, UINT64_MAX);
	}
	arena_free(&arena);
	return 0;
}
