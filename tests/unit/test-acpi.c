/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables are built here byte by byte, decoded whole, then cut at every length and shaken with random bytes. */
#include "unit.h"
#include "acpi-tables.h"
#include "failing.h"
#include "decode/devicetree.h"

static struct acpi decode(struct arena *arena, enum acpi_table id, const void *bytes, size_t n)
{
	struct acpi acpi = {.problems = NULL};
	assert_needs_memory(acpi_decode(&acpi, arena, id, bytes_of(bytes, n)), acpi = (struct acpi){.problems = NULL});
	return acpi;
}

static struct sriov_addr at(uint32_t domain, uint8_t bus, uint8_t device, uint8_t function)
{
	return (struct sriov_addr){.domain = domain, .bus = bus, .device = device, .function = function};
}

static void test_dmar(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	build_dmar(&t);
	struct acpi acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.problems_n, 0);
	assert_true(acpi.header[ACPI_DMAR].there && acpi.header[ACPI_DMAR].complete && acpi.header[ACPI_DMAR].checksum_ok);
	assert_string_equal(acpi.header[ACPI_DMAR].oem_id, "LIBSRI");
	assert_string_equal(acpi.header[ACPI_DMAR].oem_table, "TEST?");
	assert_int_equal(acpi.dmar.width, 46);
	assert_int_equal(acpi.dmar.flags, DMAR_INTR_REMAP | DMAR_X2APIC_OPT_OUT);
	assert_int_equal(acpi.dmar.n, 8);
	assert_int_equal(acpi.dmar.entries[0].scopes_n, 1);
	assert_int_equal(acpi.dmar.entries[0].scopes[0].hops_n, 2);
	assert_int_equal(acpi.dmar.entries[1].end, 0xfed91fff);
	assert_true(acpi.dmar.entries[4].type == DMAR_ATSR && acpi.dmar.entries[4].segment == 0x203 && acpi.dmar.entries[4].flags == DMAR_FLAG_ALL);
	assert_true(acpi.dmar.entries[2].base == 0x7f000000 && acpi.dmar.entries[2].end == 0x7f00ffff);
	assert_int_equal(acpi.dmar.entries[5].number, 1);
	assert_int_equal(acpi.dmar.entries[5].base, 0xfed91000);
	assert_int_equal(acpi.dmar.entries[6].number, 3);
	assert_string_equal(acpi.dmar.entries[6].name, "\\\\.\"I2C");
	assert_int_equal(acpi.dmar.entries[7].type, DMAR_SATC);

	const struct sriov_addr direct[] = {at(0, 0, 1, 0), at(0, 1, 0, 0)}, below[] = {at(0, 0, 2, 0), at(0, 3, 4, 1)};
	const struct sriov_addr old[] = {at(0, 0, 3, 0), at(0, 5, 0, 1)}, segment[] = {at(1, 0, 2, 0), at(1, 3, 4, 1)};
	assert_ptr_equal(acpi_drhd_of(&acpi, direct, 2), &acpi.dmar.entries[0]);
	assert_ptr_equal(acpi_drhd_of(&acpi, below, 2), &acpi.dmar.entries[1]);
	assert_ptr_equal(acpi_drhd_of(&acpi, direct, 1), &acpi.dmar.entries[1]); /* an endpoint scope does not cover the bridge */
	assert_null(acpi_drhd_of(&acpi, segment, 2));
	const struct sriov_addr other_bus[] = {at(0, 7, 1, 0), at(0, 8, 0, 0)}; /* the same way from another bus */
	assert_ptr_equal(acpi_drhd_of(&acpi, other_bus, 2), &acpi.dmar.entries[1]);
	const struct dmar_entry *rmrr = acpi_rmrr_covers(&acpi, below, 2, NULL);
	assert_ptr_equal(rmrr, &acpi.dmar.entries[2]);
	assert_null(acpi_rmrr_covers(&acpi, below, 2, rmrr));
	assert_ptr_equal(acpi_rmrr_covers(&acpi, old, 2, NULL), &acpi.dmar.entries[3]);
	assert_null(acpi_rmrr_covers(&acpi, direct, 2, NULL));
	assert_null(acpi_rmrr_covers(&acpi, segment, 2, NULL));
	const struct sriov_addr sibling[] = {at(0, 0, 3, 0), at(0, 5, 0, 2)};
	assert_null(acpi_rmrr_covers(&acpi, sibling, 2, NULL));
	assert_null(acpi_rmrr_covers(&acpi, NULL, 0, NULL)); /* of a function that is nowhere nothing is said */
	assert_null(acpi_drhd_of(&acpi, NULL, 0));
	arena_free(&arena);
}

static void test_ivrs(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	build_ivrs(&t);
	struct acpi acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
	assert_int_equal(acpi.problems_n, 0);
	assert_int_equal(acpi.ivrs.ivhd_n, 1);
	const struct ivrs_ivhd *ivhd = &acpi.ivrs.ivhd[0];
	assert_int_equal(ivhd->base, 0xfeb80000);
	assert_true(ivhd->features == 0x11223344aabbccdd);
	assert_int_equal(ivhd->n, 7);
	assert_int_equal(ivhd->devices[0].kind, IVHD_RANGE);
	assert_int_equal(ivhd->devices[0].last, 0x1fff);
	assert_true(ivhd->devices[1].has_alias && ivhd->devices[1].alias == 0x20a0);
	assert_int_equal(ivhd->devices[2].kind, IVHD_SPECIAL);
	assert_int_equal(ivhd->devices[2].first, 0xa0);
	assert_int_equal(ivhd->devices[3].kind, IVHD_ACPI_HID);
	assert_true(ivhd->devices[4].kind == IVHD_SELECT && ivhd->devices[4].ats_disabled);
	assert_true(ivhd->devices[5].first == 0x4100 && ivhd->devices[5].last == 0x41ff && !ivhd->devices[5].ats_disabled);
	assert_true(ivhd->devices[6].last == 0x42ff && ivhd->devices[6].has_alias && ivhd->devices[6].alias == 0x4300);
	assert_ptr_equal(acpi_ivhd_of(&acpi, 0, 0x0100), ivhd);
	assert_null(acpi_ivhd_of(&acpi, 0, 0x3000));
	assert_null(acpi_ivhd_of(&acpi, 1, 0x0100));
	const struct ivrs_ivmd *ivmd = acpi_ivmd_covers(&acpi, 0, 0x0310, NULL);
	assert_non_null(ivmd);
	assert_int_equal(ivmd->flags, IVMD_UNITY | IVMD_READ | IVMD_WRITE);
	assert_int_equal(ivmd->end, 0x9bcfffff);
	assert_null(acpi_ivmd_covers(&acpi, 0, 0x0310, ivmd));
	assert_null(acpi_ivmd_covers(&acpi, 0, 0x0400, NULL));
	assert_int_equal(acpi_ivmd_covers(&acpi, 1, 0xffff, NULL)->flags, IVMD_EXCLUSION);
	arena_free(&arena);
}

/* Each kind of block, and what its numbers mean. */
static void test_ivrs_blocks(void **state)
{
	(void)state;
	static const struct {
		uint8_t type;
		uint64_t features;
	} ivhd[] = {{0x10, 0xfefefefe}, {0x11, 0x1122334455667788}, {0x40, 0x1122334455667788}};
	static const struct {
		uint8_t type;
		uint16_t first, last;
		uint64_t length, base, end;
		int problem;
	} ivmd[] = {
		{0x20, 0, 0xffff, 0x1000, 0x2000, 0x2fff, -1},
		{0x21, 0x100, 0x100, 1, 0x2000, 0x2000, -1},
		{0x22, 0x100, 0x200, 0x1000, UINT64_MAX - 0xfff, UINT64_MAX, -1},
		{0x22, 0x100, 0x200, 0, 0x2000, 0x2000, ACPI_RANGE},
		{0x22, 0x100, 0x200, 0x1001, UINT64_MAX - 0xfff, UINT64_MAX - 0xfff, ACPI_RANGE},
	};
	struct arena arena = {.limit = 1 << 20};
	for (size_t i = 0; i < ARRAY_SIZE(ivhd); i++) {
		struct table t;
		begin(&t, "IVRS");
		put(&t, 12, 0);
		put(&t, 1, ivhd[i].type), put(&t, 1, 0), put(&t, 2, (ivhd[i].type == 0x10 ? 24 : 40) + 4), put(&t, 2, 2), put(&t, 2, 0x40);
		put(&t, 8, 0xfeb80000), put(&t, 2, 0), put(&t, 2, 0), put(&t, 4, 0xfefefefe);
		if (ivhd[i].type != 0x10)
			put(&t, 8, 0x1122334455667788), put(&t, 8, 0);
		put(&t, 1, 1), put(&t, 3, 0); /* all devices */
		end(&t);
		struct acpi acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
		assert_int_equal(acpi.problems_n, 0);
		assert_int_equal(acpi.ivrs.ivhd_n, 1);
		assert_true(acpi.ivrs.ivhd[0].type == ivhd[i].type && acpi.ivrs.ivhd[0].features == ivhd[i].features);
		assert_int_equal(acpi.ivrs.ivhd[0].devices[0].kind, IVHD_ALL);
		assert_ptr_equal(acpi_ivhd_of(&acpi, 0, 0xffff), &acpi.ivrs.ivhd[0]);
		memset(t.b + 48 + 8, 0, 8); /* registers at address 0 */
		end(&t);
		acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
		assert_true(acpi.problems_n == 1 && acpi.problems[0].kind == ACPI_RANGE && acpi.problems[0].offset == 48 + 8);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ivmd); i++) {
		struct table t;
		begin(&t, "IVRS");
		put(&t, 12, 0);
		put(&t, 1, ivmd[i].type), put(&t, 1, IVMD_UNITY), put(&t, 2, 32), put(&t, 2, 0x100), put(&t, 2, 0x200), put(&t, 8, 0);
		put(&t, 8, ivmd[i].base), put(&t, 8, ivmd[i].length);
		end(&t);
		struct acpi acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
		assert_int_equal(acpi.ivrs.ivmd_n, 1);
		const struct ivrs_ivmd *got = &acpi.ivrs.ivmd[0];
		if (got->first != ivmd[i].first || got->last != ivmd[i].last || got->base != ivmd[i].base || got->end != ivmd[i].end)
			fail_msg("row %zu: %x-%x %llx", i, got->first, got->last, (unsigned long long)got->end);
		assert_int_equal(acpi.problems_n, 1 + (ivmd[i].problem >= 0)); /* there is no IVHD */
		assert_int_equal(acpi.problems[0].kind, ivmd[i].problem >= 0 ? ivmd[i].problem : ACPI_EMPTY);
	}
	arena_free(&arena);
}

/* All at once, and one by one. */
static void mapped_alike(const struct acpi *acpi, uint32_t segment)
{
	struct iort_mapped mapped;
	const struct iort_node *smmu, *its;
	acpi_iort_mapped(acpi, segment, &mapped);
	assert_int_equal(mapped.segment, segment);
	for (unsigned rid = 0; rid <= UINT16_MAX; rid++)
		if ((mapped.rids[rid >> 6] >> (rid & 63) & 1) != (acpi_iort_map(acpi, segment, (uint16_t)rid, &smmu, &its) == IORT_MAPPED))
			fail_msg("%x:%04x", segment, rid);
}

static void test_iort_mapped(void **state)
{
	(void)state;
	struct iort_map some[] = {{.first = 1, .last = 1}, {.first = 60, .last = 200}, {.first = 256, .last = 319}, {.first = 0x1001, .last = 0x10ff}, {.first = 0xfffe, .last = UINT32_MAX},
				  {.first = 0x10000, .last = 0x20000}, {.first = 9, .last = 8}, {.first = UINT32_MAX, .last = UINT32_MAX}};
	struct iort_map all[] = {{.first = 7, .last = 7, .single = true}};
	struct iort_node nodes[] = {
		{.offset = 48, .type = IORT_ROOT_COMPLEX, .segment = 5, .maps = some, .maps_n = sizeof(some) / sizeof(some[0])},
		{.offset = 96, .type = IORT_ROOT_COMPLEX, .segment = 6, .maps = all, .maps_n = 1},
		{.offset = 144, .type = IORT_SMMU_V3, .segment = 7, .maps = all, .maps_n = 1},
	};
	struct acpi acpi = {.iort = {.nodes = nodes, .n = 3}};
	for (uint32_t segment = 4; segment < 8; segment++)
		mapped_alike(&acpi, segment);
	nodes[1].segment = 5; /* two root complexes of one segment */
	mapped_alike(&acpi, 5);
}

static void test_iort(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	build_iort(&t);
	struct acpi acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_int_equal(acpi.problems_n, 0);
	assert_int_equal(acpi.iort.n, 4);
	assert_true(acpi_iort_has_smmu(&acpi));
	const struct iort_node *smmu, *its;
	assert_int_equal(acpi_iort_map(&acpi, 1, 0x0300, &smmu, &its), IORT_MAPPED);
	assert_int_equal(smmu->base, 0x09050000);
	assert_int_equal(its->offset, 48);
	assert_int_equal(acpi_iort_map(&acpi, 1, 0x0400, &smmu, &its), IORT_UNMAPPED);
	assert_null(smmu);
	assert_int_equal(acpi_iort_map(&acpi, 0, 0x0300, &smmu, &its), IORT_NO_COMPLEX);
	mapped_alike(&acpi, 0);
	mapped_alike(&acpi, 1);
	assert_int_equal(acpi.iort.nodes[3].ranges_n, 1);
	assert_int_equal(acpi.iort.nodes[3].ranges[0].end, 0x8000ffff);
	assert_int_equal(acpi.iort.nodes[3].flags, 0x08070605);
	assert_true(acpi.iort.nodes[3].maps_n == 1 && acpi.iort.nodes[3].maps[0].single && acpi.iort.nodes[3].id == 3);
	assert_int_equal(acpi.iort.nodes[1].flags, 0x04030201);
	assert_int_equal(acpi.iort.nodes[2].ats, 5);
	assert_true(acpi.iort.nodes[2].base == 0 && acpi.iort.nodes[2].flags == 0);
	assert_int_equal(acpi.iort.nodes[2].revision, 3);

	/* a circle of two SMMUs, and a mapping into nowhere */
	t.b[72 + 68 + 12] = 72;
	end(&t);
	acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_int_equal(acpi_iort_map(&acpi, 1, 0, &smmu, &its), IORT_MAPPED);
	mapped_alike(&acpi, 1);
	t.b[72 + 68 + 12] = 73;
	end(&t);
	acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_int_equal(acpi.problems_n, 1);
	assert_int_equal(acpi.problems[0].kind, ACPI_REFERENCE);
	assert_int_equal(acpi.problems[0].offset, 72);
	arena_free(&arena);
}

/* Tables without an SMMU, with an old one, with ranges that are none, with references into nowhere, with no node. */
static void test_iort_odd(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	begin(&t, "IORT");
	put(&t, 4, 1), put(&t, 4, 48), put(&t, 4, 0);
	put(&t, 1, IORT_ITS), put(&t, 2, 24), put(&t, 1, 0), put(&t, 4, 0), put(&t, 4, 0), put(&t, 4, 0), put(&t, 4, 1), put(&t, 4, 0);
	end(&t);
	struct acpi acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_true(acpi.iort.n == 1 && !acpi.problems_n);
	assert_false(acpi_iort_has_smmu(&acpi));

	begin(&t, "IORT");
	put(&t, 4, 2), put(&t, 4, 48), put(&t, 4, 0);
	put(&t, 1, IORT_SMMU), put(&t, 2, 76 + 40), put(&t, 1, 3), put(&t, 4, 0), put(&t, 4, 2), put(&t, 4, 76), put(&t, 8, 0x9000000), put(&t, 52, 0);
	put(&t, 4, 0), put(&t, 4, 0xff), put(&t, 4, 0), put(&t, 4, 300), put(&t, 4, 0);
	put(&t, 4, 0x100), put(&t, 4, UINT32_MAX), put(&t, 4, 0), put(&t, 4, 301), put(&t, 4, 0);
	put(&t, 1, IORT_ITS), put(&t, 2, 24), put(&t, 1, 0), put(&t, 16, 0), put(&t, 4, 0);
	end(&t);
	acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_true(acpi_iort_has_smmu(&acpi));
	assert_int_equal(acpi.iort.nodes[0].base, 0x9000000);
	assert_int_equal(acpi.iort.nodes[0].maps[1].last, UINT32_MAX); /* cut where IDs end */
	assert_int_equal(acpi.problems_n, 2);
	assert_true(acpi.problems[0].kind == ACPI_REFERENCE && acpi.problems[0].value == 300 && acpi.problems[1].value == 301);

	begin(&t, "IORT");
	put(&t, 4, 1), put(&t, 4, 48), put(&t, 4, 0);
	put(&t, 1, IORT_RMR), put(&t, 2, 28 + 60), put(&t, 1, 1), put(&t, 4, 0), put(&t, 4, 0), put(&t, 4, 0), put(&t, 4, 0), put(&t, 4, 3), put(&t, 4, 28);
	put(&t, 8, 0x1000), put(&t, 8, 0), put(&t, 4, 0);
	put(&t, 8, UINT64_MAX - 0xfff), put(&t, 8, 0x1001), put(&t, 4, 0);
	put(&t, 8, UINT64_MAX - 0xfff), put(&t, 8, 0x1000), put(&t, 4, 0);
	end(&t);
	acpi = decode(&arena, ACPI_IORT, t.b, t.n);
	assert_int_equal(acpi.problems_n, 2);
	assert_true(acpi.problems[0].kind == ACPI_RANGE && acpi.problems[0].offset == 48 + 28 && acpi.problems[1].offset == 48 + 48);
	assert_int_equal(acpi.iort.nodes[0].ranges_n, 1);
	assert_true(acpi.iort.nodes[0].ranges[0].end == UINT64_MAX);

	for (uint32_t count = 0; count < 2; count++) { /* nodes before the header's end: wrong only where there are some */
		begin(&t, "IORT");
		put(&t, 4, count), put(&t, 4, 35), put(&t, 4, 0);
		end(&t);
		acpi = decode(&arena, ACPI_IORT, t.b, t.n);
		assert_int_equal(acpi.problems_n, count);
		assert_int_equal(acpi.iort.n, 0);
	}
	arena_free(&arena);
}

static void test_small_tables(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	uint64_t start, last;
	build_viot(&t);
	struct acpi acpi = decode(&arena, ACPI_VIOT, t.b, t.n);
	assert_int_equal(acpi.problems_n, 0);
	assert_int_equal(acpi_viot_of(&acpi, 0, 0x80)->output, 72);
	assert_int_equal(acpi.viot.nodes[0].endpoint, 0x0d0c0b0a);
	assert_null(acpi_viot_of(&acpi, 0, 0x100));
	assert_int_equal(acpi.viot.nodes[1].first, 0x10);
	assert_true(acpi.viot.n == 4 && acpi.viot.nodes[2].endpoint == 7 && acpi.viot.nodes[2].output == 112);
	assert_true(acpi.viot.nodes[2].base == 0xa0000000 && acpi.viot.nodes[3].base == 0xa0001000);
	assert_null(acpi_viot_of(&acpi, 1, 0x80));
	t.b[48 + 12] = 0x40; /* from 00:08.0 on */
	end(&t);
	acpi = decode(&arena, ACPI_VIOT, t.b, t.n);
	assert_null(acpi_viot_of(&acpi, 0, 0x3f));
	assert_non_null(acpi_viot_of(&acpi, 0, 0x40));

	build_mcfg(&t);
	acpi = decode(&arena, ACPI_MCFG, t.b, t.n);
	assert_int_equal(acpi.problems_n, 0);
	assert_int_equal(acpi_ecam_of(&acpi, 0, 0x7f)->offset, 44);
	assert_null(acpi_ecam_of(&acpi, 0, 0x80));
	assert_null(acpi_ecam_of(&acpi, 1, 0xf));
	assert_true(acpi_ecam_range(acpi_ecam_of(&acpi, 1, 0x10), &start, &last));
	assert_true(start == 0x4001000000 && last == 0x4001ffffff);
	assert_non_null(acpi_ecam_hit(&acpi, 0xe7f00000, 0xf0000000));
	assert_null(acpi_ecam_hit(&acpi, 0xe8000000, 0xf0000000));
	assert_null(acpi_ecam_hit(&acpi, 0, 0xdfffffff));
	assert_non_null(acpi_ecam_hit(&acpi, 0, 0xe0000000));
	assert_non_null(acpi_ecam_hit(&acpi, 0xe7ffffff, UINT64_MAX));
	static const struct mcfg_entry none[] = {{.base = UINT64_MAX - 0xffffe, .last = 0}, {.base = 0x1000, .first = 2, .last = 1}};
	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		assert_false(acpi_ecam_range(&none[i], &start, &last));
	assert_true(acpi_ecam_range(&(struct mcfg_entry){.base = UINT64_MAX - 0xfffff}, &start, &last) && last == UINT64_MAX);

	build_fadt(&t);
	acpi = decode(&arena, ACPI_FADT, t.b, t.n);
	assert_true(acpi.fadt.have_boot_flags && (acpi.fadt.boot_flags & FADT_NO_MSI));
	t.b[8] = 2; /* the first that has them */
	end(&t);
	acpi = decode(&arena, ACPI_FADT, t.b, t.n);
	assert_true(acpi.fadt.have_boot_flags);
	t.b[8] = 1;
	end(&t);
	acpi = decode(&arena, ACPI_FADT, t.b, t.n);
	assert_false(acpi.fadt.have_boot_flags);
	arena_free(&arena);
}

/* Scopes of a kind that nobody knows are read as far as they go; one that is too long ends them. */
static void test_scopes(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	struct table t;
	begin(&t, "DMAR");
	put(&t, 1, 45), put(&t, 1, 0), put(&t, 8, 0), put(&t, 2, 0);
	put(&t, 2, DMAR_DRHD), put(&t, 2, 16 + 32), put(&t, 1, 0), put(&t, 1, 3), put(&t, 2, 0), put(&t, 8, 0xfed90000);
	scope(&t, DMAR_SCOPE_NAMESPACE + 1, 0, 1, (const uint8_t[]){1, 0});
	scope(&t, DMAR_SCOPE_ENDPOINT - 1, 0, 1, (const uint8_t[]){2, 0});
	scope(&t, DMAR_SCOPE_NAMESPACE, 9, 1, (const uint8_t[]){3, 0});
	scope(&t, DMAR_SCOPE_BRIDGE, 1, 1, (const uint8_t[]){4, 7});
	end(&t);
	struct acpi acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.dmar.entries[0].scopes_n, 4);
	assert_int_equal(acpi.dmar.entries[0].end, 0xfed97fff);
	assert_int_equal(acpi.problems_n, 2);
	assert_true(acpi.problems[0].offset == 48 + 16 && acpi.problems[0].value == 6 && !acpi.problems[0].grave);
	assert_true(acpi.problems[1].offset == 48 + 24 && acpi.problems[1].value == 0);
	const struct sriov_addr way[] = {at(0, 1, 4, 7), at(0, 2, 0, 0)}, other[] = {at(0, 9, 3, 0)};
	assert_ptr_equal(acpi_drhd_of(&acpi, way, 2), &acpi.dmar.entries[0]);
	assert_ptr_equal(acpi_drhd_of(&acpi, way, 1), &acpi.dmar.entries[0]);
	assert_null(acpi_drhd_of(&acpi, other, 1)); /* an ACPI device is no function */
	/* a bridge two hops down does not cover the one above it */
	struct table deep;
	begin(&deep, "DMAR");
	put(&deep, 1, 45), put(&deep, 1, 0), put(&deep, 8, 0), put(&deep, 2, 0);
	put(&deep, 2, DMAR_DRHD), put(&deep, 2, 16 + 10), put(&deep, 1, 0), put(&deep, 1, 0), put(&deep, 2, 0), put(&deep, 8, 0xfed90000);
	scope(&deep, DMAR_SCOPE_BRIDGE, 1, 2, (const uint8_t[]){4, 7, 0, 0});
	end(&deep);
	struct acpi two = decode(&arena, ACPI_DMAR, deep.b, deep.n);
	assert_non_null(acpi_drhd_of(&two, way, 2));
	assert_null(acpi_drhd_of(&two, way, 1));
	t.b[48 + 16 + 24 + 1] = 9;
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.dmar.entries[0].scopes_n, 3);
	assert_true(acpi.problems_n == 3 && acpi.problems[2].offset == 48 + 16 + 24 && acpi.problems[2].value == 8 && acpi.problems[2].grave);
	arena_free(&arena);
}

static unsigned kinds(const struct acpi *acpi)
{
	unsigned mask = 0;
	for (size_t i = 0; i < acpi->problems_n; i++)
		mask |= 1U << acpi->problems[i].kind;
	return mask;
}

static void test_problems(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 22};
	struct table t;
	build_dmar(&t);
	struct acpi acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_SIGNATURE);
	assert_false(acpi.header[ACPI_IVRS].there);
	t.b[10] ^= 1;
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_CHECKSUM);
	assert_false(acpi.header[ACPI_DMAR].checksum_ok);
	assert_int_equal(acpi.dmar.n, 8);

	build_dmar(&t);
	t.b[36] = 0;          /* width */
	t.b[48 + 17] = 7;     /* the first scope is one byte too short for a hop */
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_WIDTH | 1U << ACPI_SCOPE);
	assert_int_equal(acpi.problems[1].offset, 48 + 16);

	build_dmar(&t);
	t.b[50] = 0;          /* an entry of length 0 would never end */
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_LENGTH | 1U << ACPI_EMPTY);
	assert_true(acpi.problems[0].grave);

	build_dmar(&t);
	memset(t.b + 48 + 8, 0, 8);             /* DRHD at address 0 */
	memset(t.b + 48 + 26 + 16 + 16, 0, 8);  /* RMRR that ends before it begins */
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_RANGE);
	assert_int_equal(acpi.problems_n, 2);
	assert_true(acpi.problems[0].offset == 48 + 8 && acpi.problems[0].grave);
	assert_true(acpi.problems[1].offset == 48 + 26 + 16 + 16 && acpi.problems[1].grave);

	/* MCFG: nothing in it; half an entry */
	begin(&t, "MCFG");
	t.n = 44;
	end(&t);
	acpi = decode(&arena, ACPI_MCFG, t.b, t.n);
	assert_true(acpi.problems_n == 1 && acpi.problems[0].kind == ACPI_EMPTY && acpi.problems[0].offset == 44 && acpi.problems[0].value == 0);
	assert_true(acpi.problems[0].grave);
	build_mcfg(&t);
	t.n -= 7;
	end(&t);
	acpi = decode(&arena, ACPI_MCFG, t.b, t.n);
	assert_true(acpi.problems_n == 1 && acpi.problems[0].kind == ACPI_LENGTH && acpi.problems[0].offset == 60 && acpi.problems[0].value == 9);
	assert_int_equal(acpi.mcfg.n, 1);

	begin(&t, "DMAR");
	t.b[36] = 45;
	t.n = 48;
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_EMPTY);
	t.n = 35; /* all there is of it, and not even a header */
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_CUT);
	assert_false(acpi.header[ACPI_DMAR].complete);

	/* the first hop that no device can have, of several */
	static const uint8_t path[] = {1, 0, 31, 7, 32, 0, 0, 8};
	begin(&t, "DMAR");
	put(&t, 1, 45), put(&t, 1, 0), put(&t, 8, 0), put(&t, 2, 0);
	put(&t, 2, DMAR_DRHD), put(&t, 2, 16 + 14), put(&t, 1, 0), put(&t, 1, 0), put(&t, 2, 0), put(&t, 8, 0xfed90000);
	scope(&t, DMAR_SCOPE_ENDPOINT, 0, 4, path);
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.problems_n, 1);
	assert_true(acpi.problems[0].kind == ACPI_SCOPE && acpi.problems[0].offset == 48 + 16 + 6 + 4 && acpi.problems[0].value == 32);
	t.b[48 + 16 + 6 + 4] = 0;
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_true(acpi.problems_n == 1 && acpi.problems[0].offset == 48 + 16 + 6 + 6 && acpi.problems[0].value == 0);

	/* a name longer than any: its beginning */
	begin(&t, "DMAR");
	put(&t, 1, 45), put(&t, 1, 0), put(&t, 8, 0), put(&t, 2, 0);
	put(&t, 2, DMAR_ANDD), put(&t, 2, 8 + 300), put(&t, 3, 0), put(&t, 1, 3);
	memset(t.b + t.n, 'N', 300);
	t.n += 300;
	end(&t);
	acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.dmar.n, 1);
	assert_int_equal(strlen(acpi.dmar.entries[0].name), 255);

	build_ivrs(&t);
	t.b[48 + 40] = 4;     /* an end without a start */
	end(&t);
	acpi = decode(&arena, ACPI_IVRS, t.b, t.n);
	assert_int_equal(kinds(&acpi), 1U << ACPI_RANGE);

	/* thousands of problems: the first are kept, the rest are counted */
	begin(&t, "MCFG");
	t.n = 44 + 16 * 250;
	end(&t);
	acpi = decode(&arena, ACPI_MCFG, t.b, t.n);
	assert_int_equal(acpi.mcfg.n, 250);
	assert_int_equal(acpi.problems_n, 250);
	for (enum acpi_problem_kind kind = ACPI_CUT; kind <= ACPI_MANY; kind++)
		assert_true(strlen(acpi_problem_text(kind)) > 0);
	arena_free(&arena);
}

static void look_up(const struct acpi *acpi)
{
	const struct sriov_addr way[] = {at(0, 0, 1, 0), at(0, 1, 0, 0)};
	const struct iort_node *smmu, *its;
	for (const struct dmar_entry *e = acpi_rmrr_covers(acpi, way, 2, NULL); e; e = acpi_rmrr_covers(acpi, way, 2, e))
		assert_int_equal(e->type, DMAR_RMRR);
	acpi_drhd_of(acpi, way, 2);
	acpi_ivhd_of(acpi, 0, 0x100);
	acpi_ivmd_covers(acpi, 0, 0x100, NULL);
	acpi_iort_map(acpi, 1, 0x100, &smmu, &its);
	acpi_viot_of(acpi, 0, 0x100);
	acpi_ecam_of(acpi, 0, 1);
	acpi_ecam_hit(acpi, 0, UINT64_MAX);
}

static void test_cut_at_every_length(void **state)
{
	(void)state;
	for (enum acpi_table id = 0; id < ACPI_TABLES; id++) {
		struct table t;
		builders[id](&t);
		for (size_t n = 0; n < t.n; n++) {
			struct arena arena = {.limit = 1 << 22};
			uint8_t *exact = malloc(n ? n : 1); /* so that a sanitizer sees the first byte too many */
			memcpy(exact, t.b, n);
			struct acpi acpi = decode(&arena, id, exact, n);
			assert_true(kinds(&acpi) & 1U << ACPI_CUT);
			assert_false(acpi.header[id].complete);
			look_up(&acpi);
			/* the same with a length that is true to what is there */
			struct table cut = t;
			cut.n = n;
			if (n >= 36) {
				end(&cut);
				memcpy(exact, cut.b, n);
				acpi = decode(&arena, id, exact, n);
				assert_true(acpi.header[id].complete && acpi.header[id].checksum_ok);
				look_up(&acpi);
			}
			free(exact);
			arena_free(&arena);
		}
	}
}

static void test_random(void **state)
{
	(void)state;
	uint32_t seed = 20251122;
	for (unsigned round = 0; round < 20000; round++) {
		struct arena arena = {.limit = 1 << 22};
		enum acpi_table id = round % ACPI_TABLES;
		struct table t;
		builders[id](&t);
		unsigned hits = 1 + round % 16;
		for (unsigned i = 0; i < hits; i++) {
			seed = seed * 1664525 + 1013904223;
			t.b[36 + (seed >> 8) % (t.n - 36)] = (uint8_t)(seed >> 24);
		}
		if (round & 64)
			end(&t);
		struct acpi acpi = decode(&arena, id, t.b, t.n);
		look_up(&acpi);
		arena_free(&arena);
	}
}

/* All that a table said, as text: two decodings are the same or not. */
static void tell(const struct acpi *acpi, char *to, size_t size)
{
	size_t n = 0;
#define TELL(...) n += (size_t)snprintf(to + n, size - n, __VA_ARGS__)
	for (size_t i = 0; i < acpi->problems_n; i++)
		TELL("problem %d %x %llx %d\n", acpi->problems[i].kind, acpi->problems[i].offset, (unsigned long long)acpi->problems[i].value, acpi->problems[i].grave);
	for (unsigned i = 0; i < ACPI_TABLES; i++)
		TELL("%d %d %d %s %s\n", acpi->header[i].there, acpi->header[i].complete, acpi->header[i].revision, acpi->header[i].oem_id, acpi->header[i].oem_table);
	TELL("dmar %d %d %d\n", acpi->dmar.have_flags, acpi->dmar.have_flags ? acpi->dmar.flags : 0, acpi->dmar.width);
	for (size_t i = 0; i < acpi->dmar.n; i++) {
		const struct dmar_entry *e = &acpi->dmar.entries[i];
		TELL("%d %x %x %llx %llx %u %s\n", e->type, e->flags, e->segment, (unsigned long long)e->base, (unsigned long long)e->end, e->number, e->name ? e->name : "-");
		for (size_t k = 0; k < e->scopes_n; k++) {
			TELL(" %d %d %d:", e->scopes[k].type, e->scopes[k].id, e->scopes[k].bus);
			for (unsigned h = 0; h < e->scopes[k].hops_n; h++)
				TELL(" %d.%d", e->scopes[k].hops[h].device, e->scopes[k].hops[h].function);
		}
	}
	for (size_t i = 0; i < acpi->ivrs.ivhd_n; i++) {
		const struct ivrs_ivhd *v = &acpi->ivrs.ivhd[i];
		TELL("ivhd %x %x %x %x %llx %llx\n", v->type, v->flags, v->segment, v->rid, (unsigned long long)v->base, (unsigned long long)v->features);
		for (size_t k = 0; k < v->n; k++) {
			const struct ivrs_device *d = &v->devices[k];
			TELL(" %d %d %x-%x %d %x %d %x\n", d->kind, d->type, d->first, d->last, d->has_alias, d->has_alias ? d->alias : 0, d->ats_disabled, d->setting);
		}
	}
	for (size_t i = 0; i < acpi->ivrs.ivmd_n; i++) {
		const struct ivrs_ivmd *v = &acpi->ivrs.ivmd[i];
		TELL("ivmd %x %x %x %x-%x %llx %llx\n", v->type, v->flags, v->segment, v->first, v->last, (unsigned long long)v->base, (unsigned long long)v->end);
	}
	for (size_t i = 0; i < acpi->iort.n; i++) {
		const struct iort_node *v = &acpi->iort.nodes[i];
		TELL("node %d %d %x %x %x %llx %x\n", v->type, v->revision, v->id, v->segment, v->ats, (unsigned long long)v->base, v->flags);
		for (size_t k = 0; k < v->maps_n; k++)
			TELL(" %x-%x %x %x %d\n", v->maps[k].first, v->maps[k].last, v->maps[k].output, v->maps[k].node, v->maps[k].single);
		for (size_t k = 0; k < v->ranges_n; k++)
			TELL(" %llx %llx\n", (unsigned long long)v->ranges[k].base, (unsigned long long)v->ranges[k].end);
	}
	for (size_t i = 0; i < acpi->viot.n; i++) {
		const struct viot_node *v = &acpi->viot.nodes[i];
		TELL("viot %d %x-%x %x-%x %x %llx %x\n", v->type, v->segment, v->segment_last, v->first, v->last, v->endpoint, (unsigned long long)v->base, v->output);
	}
	for (size_t i = 0; i < acpi->mcfg.n; i++)
		TELL("mcfg %llx %x %x-%x\n", (unsigned long long)acpi->mcfg.entries[i].base, acpi->mcfg.entries[i].segment, acpi->mcfg.entries[i].first, acpi->mcfg.entries[i].last);
	TELL("fadt %d %x %x\n", acpi->fadt.have_boot_flags, acpi->fadt.have_boot_flags ? acpi->fadt.boot_flags : 0, acpi->fadt.have_boot_flags ? acpi->fadt.flags : 0);
#undef TELL
	assert_true(n < size);
}

/* A byte that was not read is neither 0 nor 0xff: whatever stands there, the same is said; and it is not what is said of the whole table. */
static void test_unread(void **state)
{
	(void)state;
	static char whole[1 << 16], told[2][1 << 16];
	for (enum acpi_table id = ACPI_DMAR; id < ACPI_TABLES; id++) {
		struct arena arena = {0};
		struct table t;
		uint8_t known[sizeof(t.b)];
		builders[id](&t);
		struct acpi acpi = decode(&arena, id, t.b, t.n);
		tell(&acpi, whole, sizeof(whole));
		assert_null(strstr(whole, "problem"));
		size_t lacking = 0;
		for (size_t i = 0; i < t.n; i++) {
			memset(known, 0xff, sizeof(known));
			known[i] = 0;
			for (unsigned k = 0; k < 2; k++) {
				const struct bytes bytes = {.p = t.b, .known = known, .len = t.n};
				acpi = (struct acpi){.problems = NULL};
				t.b[i] = (uint8_t)~t.b[i];
				assert_needs_memory(acpi_decode(&acpi, &arena, id, bytes), acpi = (struct acpi){.problems = NULL});
				tell(&acpi, told[k], sizeof(told[k]));
				look_up(&acpi);
			}
			if (strcmp(told[0], told[1]))
				fail_msg("%s: byte %zu: %s and %s", acpi_table_name(id), i, told[0], told[1]);
			lacking += strcmp(told[0], whole) != 0;
		}
		assert_true(lacking > 8);
		arena_free(&arena);
	}
}

/* What a table says beyond any use is counted or refused, never followed. */
static void test_many(void **state)
{
	(void)state;
	static const struct {
		enum acpi_table id;
		size_t head;
		unsigned size;
	} rows[] = {{ACPI_DMAR, 48, 4}, {ACPI_IVRS, 48, 4}, {ACPI_MCFG, 44, 16}, {ACPI_IORT, 48, 16}};
	for (size_t r = 0; r < 2 * ARRAY_SIZE(rows); r++) {
		const size_t more = r < ARRAY_SIZE(rows) ? 3 : 0, entries = ACPI_ENTRIES_MAX + more, k = r % ARRAY_SIZE(rows);
		size_t n = rows[k].head + entries * rows[k].size;
		uint8_t *b = calloc(1, n);
		assert_non_null(b);
		memcpy(b, acpi_table_name(rows[k].id), 4);
		for (unsigned i = 0; i < 4; i++)
			b[4 + i] = (uint8_t)(n >> (8 * i));
		if (rows[k].id == ACPI_DMAR)
			b[36] = 45;
		if (rows[k].id == ACPI_IORT) {
			b[36] = (uint8_t)entries, b[37] = (uint8_t)(entries >> 8), b[38] = (uint8_t)(entries >> 16);
			b[40] = 48;
		}
		for (size_t i = 0; i < entries; i++) {
			uint8_t *e = b + rows[k].head + i * rows[k].size;
			if (rows[k].id == ACPI_MCFG)
				e[7] = 1, e[11] = 0xff; /* a base, all buses */
			else if (rows[k].id == ACPI_IORT)
				e[0] = IORT_ITS, e[1] = 16;
			else
				e[0] = 0x7f, e[2] = 4; /* no such type */
		}
		struct arena arena = {0};
		struct acpi acpi = decode(&arena, rows[k].id, b, n);
		bool many = false;
		for (size_t i = 0; i < acpi.problems_n; i++)
			many |= acpi.problems[i].kind == ACPI_MANY;
		/* 256 problems are kept, later ones counted: each entry, the sum, that there are too many, that none is of use */
		if (rows[k].id == ACPI_MCFG || rows[k].id == ACPI_IORT)
			assert_true(many == (more > 0));
		else
			assert_int_equal(acpi.problems_n + acpi.problems_more, ACPI_ENTRIES_MAX + (more > 0) + 2);
		assert_true(acpi.mcfg.n <= ACPI_ENTRIES_MAX && acpi.iort.n <= ACPI_ENTRIES_MAX);
		arena_free(&arena);
		free(b);
	}
	/* a path of 100 bridges: the first 64 */
	struct table t;
	struct arena arena = {0};
	uint8_t path[200] = {0};
	begin(&t, "DMAR");
	put(&t, 1, 45), put(&t, 1, 0), put(&t, 8, 0), put(&t, 2, 0);
	put(&t, 2, DMAR_DRHD), put(&t, 2, 16 + 206), put(&t, 1, 0), put(&t, 1, 0), put(&t, 2, 0), put(&t, 8, 0xfed90000);
	scope(&t, DMAR_SCOPE_ENDPOINT, 0, 100, path);
	end(&t);
	struct acpi acpi = decode(&arena, ACPI_DMAR, t.b, t.n);
	assert_int_equal(acpi.dmar.n, 1);
	assert_int_equal(acpi.dmar.entries[0].scopes_n, 1);
	assert_int_equal(acpi.dmar.entries[0].scopes[0].hops_n, ACPI_DEPTH_MAX);
	/* a table that was read is not read again */
	assert_int_equal(acpi_decode(&acpi, &arena, ACPI_DMAR, bytes_of(t.b, 40)), 0);
	assert_true(acpi.header[ACPI_DMAR].complete && !acpi.problems_n);
	arena_free(&arena);
	assert_string_equal(acpi_table_name(ACPI_TABLES), "");
	assert_string_equal(acpi_problem_text((enum acpi_problem_kind)99), "");
}

static void test_memory_limit(void **state)
{
	(void)state;
	for (enum acpi_table id = ACPI_DMAR; id <= ACPI_MCFG; id++) {
		struct arena arena = {.limit = 64};
		struct acpi acpi = {.problems = NULL};
		struct table t;
		builders[id](&t);
		assert_int_equal(acpi_decode(&acpi, &arena, id, bytes_of(t.b, t.n)), -ENOMEM);
		arena_free(&arena);
	}
}

static void test_devicetree(void **state)
{
	(void)state;
	/* 0x0000..0x00ff -> phandle 5, 0x8000; 0x0100..0x0107 -> phandle 5, 0x9000 */
	static const uint8_t map[] = {
		0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0x80, 0, 0, 0, 1, 0,
		0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0x90, 0, 0, 0, 0, 8,
	};
	struct bytes whole = bytes_of(map, sizeof(map));
	struct dt_map_hit hit;
	uint32_t cell;
	assert_int_equal(dt_map_rid(&whole, UINT32_MAX, 0x107, &hit), DT_MAP_MAPPED);
	assert_int_equal(hit.row, 1);
	assert_int_equal(hit.phandle, 5);
	assert_int_equal(hit.output, 0x9007);
	assert_int_equal(dt_map_rid(&whole, UINT32_MAX, 0x108, &hit), DT_MAP_UNMAPPED);
	assert_int_equal(dt_map_rid(&whole, 0xff, 0x7f08, &hit), DT_MAP_MAPPED);
	for (size_t n = 0; n < sizeof(map); n++) {
		struct bytes part = bytes_part(&whole, 0, n);
		assert_int_equal(dt_map_rid(&part, UINT32_MAX, 0x107, &hit), n == 16 ? DT_MAP_UNMAPPED : DT_MAP_BAD);
	}
	assert_int_equal(dt_cell(&whole, 7, &cell), 0);
	assert_int_equal(cell, 8);
	assert_int_equal(dt_cell(&whole, 8, &cell), -ENODATA);
	assert_int_equal(dt_cell(&whole, SIZE_MAX, &cell), -ENODATA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* first what has several of a kind: a place that lacks memory does so once */
		cmocka_unit_test(test_scopes),   cmocka_unit_test(test_iort_odd), cmocka_unit_test(test_ivrs_blocks),
		cmocka_unit_test(test_dmar),     cmocka_unit_test(test_ivrs),   cmocka_unit_test(test_iort), cmocka_unit_test(test_iort_mapped),
		cmocka_unit_test(test_small_tables), cmocka_unit_test(test_problems), cmocka_unit_test(test_cut_at_every_length),
		cmocka_unit_test(test_random),   cmocka_unit_test(test_unread), cmocka_unit_test(test_many), cmocka_unit_test(test_memory_limit), cmocka_unit_test(test_devicetree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
