/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One firmware table, TABLE: any bytes as it, and what is asked of a decoded table. */
#include "fuzz.h"
#include "decode/acpi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {.limit = (size_t)64 << 20};
	struct acpi acpi = {.problems = NULL};
	const struct sriov_addr way[] = {{.bus = 0, .device = 1}, {.bus = 1}};
	const struct iort_node *smmu, *its;
	if (!acpi_decode(&acpi, &arena, TABLE, bytes_of(data, size))) {
		must(acpi.problems_n <= ACPI_PROBLEMS_MAX);
		for (size_t i = 0; i < acpi.problems_n; i++)
			must(*acpi_problem_text(acpi.problems[i].kind) != 0);
		const struct dmar_entry *rmrr = acpi_rmrr_covers(&acpi, way, 2, NULL);
		while (rmrr)
			rmrr = acpi_rmrr_covers(&acpi, way, 2, rmrr);
		acpi_drhd_of(&acpi, way, 2);
		acpi_ivhd_of(&acpi, 0, 0x100);
		const struct ivrs_ivmd *ivmd = acpi_ivmd_covers(&acpi, 0, 0x100, NULL);
		while (ivmd)
			ivmd = acpi_ivmd_covers(&acpi, 0, 0x100, ivmd);
		for (unsigned rid = 0; rid < 0x10000; rid += 0xff)
			acpi_iort_map(&acpi, 0, (uint16_t)rid, &smmu, &its);
		acpi_viot_of(&acpi, 0, 0x100);
		acpi_ecam_hit(&acpi, 0, UINT64_MAX);
	}
	arena_free(&arena);
	return 0;
}
