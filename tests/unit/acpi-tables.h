/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ACPI tables made by hand, for tests: one of each, with an entry of each kind. */
#ifndef TESTS_ACPI_TABLES_H
#define TESTS_ACPI_TABLES_H

#include <string.h>

#include "decode/acpi.h"

struct table {
	uint8_t b[4096];
	size_t n;
};

static void put(struct table *t, unsigned size, uint64_t value)
{
	for (unsigned i = 0; i < size; i++)
		t->b[t->n++] = (uint8_t)(i < 8 ? value >> (8 * i) : 0);
}

static void begin(struct table *t, const char *signature)
{
	*t = (struct table){.n = 0};
	memcpy(t->b, signature, 4);
	memcpy(t->b + 10, "LIBSRI", 6);
	memcpy(t->b + 16, "TEST\x01   ", 8);
	t->b[8] = 4;
	t->n = 36;
}

static void end(struct table *t)
{
	uint8_t sum = 0;
	t->b[9] = 0;
	for (unsigned i = 0; i < 4; i++)
		t->b[4 + i] = (uint8_t)(t->n >> (8 * i));
	for (size_t i = 0; i < t->n; i++)
		sum = (uint8_t)(sum + t->b[i]);
	t->b[9] = (uint8_t)-sum;
}

static void scope(struct table *t, uint8_t type, uint8_t bus, unsigned hops, const uint8_t *path)
{
	put(t, 1, type);
	put(t, 1, 6 + 2 * hops);
	put(t, 2, 0);
	put(t, 1, 0);
	put(t, 1, bus);
	for (unsigned i = 0; i < 2 * hops; i++)
		put(t, 1, path[i]);
}

static void build_dmar(struct table *t)
{
	begin(t, "DMAR");
	put(t, 1, 45);
	put(t, 1, DMAR_INTR_REMAP | DMAR_X2APIC_OPT_OUT);
	put(t, 8, 0);
	put(t, 2, 0);
	/* DRHD for one endpoint two bridges down, and one for all else */
	put(t, 2, DMAR_DRHD), put(t, 2, 16 + 10), put(t, 1, 0), put(t, 1, 0), put(t, 2, 0), put(t, 8, 0xfed90000);
	scope(t, DMAR_SCOPE_ENDPOINT, 0, 2, (const uint8_t[]){1, 0, 0, 0});
	put(t, 2, DMAR_DRHD), put(t, 2, 16), put(t, 1, DMAR_FLAG_ALL), put(t, 1, 0), put(t, 2, 0), put(t, 8, 0xfed91000);
	/* RMRR on a bridge: all below; RMRR in the old way, by the device's own bus */
	put(t, 2, DMAR_RMRR), put(t, 2, 24 + 8), put(t, 2, 0), put(t, 2, 0), put(t, 8, 0x7f000000), put(t, 8, 0x7f00ffff);
	scope(t, DMAR_SCOPE_BRIDGE, 0, 1, (const uint8_t[]){2, 0});
	put(t, 2, DMAR_RMRR), put(t, 2, 24 + 8), put(t, 2, 0), put(t, 2, 0), put(t, 8, 0x7e000000), put(t, 8, 0x7e00ffff);
	scope(t, DMAR_SCOPE_ENDPOINT, 5, 1, (const uint8_t[]){0, 1});
	put(t, 2, DMAR_ATSR), put(t, 2, 8), put(t, 1, DMAR_FLAG_ALL), put(t, 1, 0), put(t, 2, 0x0203);
	put(t, 2, DMAR_RHSA), put(t, 2, 20), put(t, 4, 0), put(t, 8, 0xfed91000), put(t, 4, 1);
	put(t, 2, DMAR_ANDD), put(t, 2, 8 + 8), put(t, 3, 0), put(t, 1, 3), put(t, 8, 0x00433249222e5c5c);
	put(t, 2, DMAR_SATC), put(t, 2, 8 + 8), put(t, 1, 1), put(t, 1, 0), put(t, 2, 0);
	scope(t, DMAR_SCOPE_ENDPOINT, 0, 1, (const uint8_t[]){4, 0});
	end(t);
}

static void build_ivrs(struct table *t)
{
	begin(t, "IVRS");
	put(t, 4, 0x00203043);
	put(t, 8, 0);
	put(t, 1, 0x11), put(t, 1, 0x10), put(t, 2, 40 + 4 + 4 + 8 + 8 + 24 + 8 + 12 + 12), put(t, 2, 2), put(t, 2, 0x40), put(t, 8, 0xfeb80000);
	put(t, 2, 0), put(t, 2, 0), put(t, 4, 0), put(t, 8, 0x11223344aabbccdd), put(t, 8, 0);
	put(t, 1, 3), put(t, 2, 0x0008), put(t, 1, 0);                 /* range start … */
	put(t, 1, 4), put(t, 2, 0x1fff), put(t, 1, 0);                 /* … end */
	put(t, 1, 66), put(t, 2, 0x2000), put(t, 1, 0), put(t, 1, 0), put(t, 2, 0x20a0), put(t, 1, 0);
	put(t, 1, 72), put(t, 2, 0), put(t, 1, 0xd7), put(t, 1, 33), put(t, 2, 0x00a0), put(t, 1, 1);
	put(t, 1, 240), put(t, 2, 0x60), put(t, 1, 0), put(t, 8, 0), put(t, 8, 0), put(t, 1, 2), put(t, 1, 2), put(t, 2, 0x4141);
	put(t, 1, 70), put(t, 2, 0x4000), put(t, 1, 0), put(t, 4, 0x80000000);
	put(t, 1, 71), put(t, 2, 0x4100), put(t, 1, 0), put(t, 4, 0x7fffffff), put(t, 1, 4), put(t, 2, 0x41ff), put(t, 1, 0);
	put(t, 1, 67), put(t, 2, 0x4200), put(t, 1, 0), put(t, 1, 0), put(t, 2, 0x4300), put(t, 1, 0), put(t, 1, 4), put(t, 2, 0x42ff), put(t, 1, 0);
	put(t, 1, 0x22), put(t, 1, IVMD_UNITY | IVMD_READ | IVMD_WRITE), put(t, 2, 32), put(t, 2, 0x0300), put(t, 2, 0x03ff), put(t, 2, 0), put(t, 6, 0);
	put(t, 8, 0x9bc00000), put(t, 8, 0x100000);
	put(t, 1, 0x20), put(t, 1, IVMD_EXCLUSION), put(t, 2, 32), put(t, 2, 0), put(t, 2, 0), put(t, 2, 1), put(t, 6, 0);
	put(t, 8, 0x1000), put(t, 8, 0x1000);
	end(t);
}

static void build_iort(struct table *t)
{
	begin(t, "IORT");
	put(t, 4, 4), put(t, 4, 48), put(t, 4, 0);
	/* 48: ITS group */
	put(t, 1, IORT_ITS), put(t, 2, 24), put(t, 1, 0), put(t, 4, 0), put(t, 4, 0), put(t, 4, 0), put(t, 4, 1), put(t, 4, 0);
	/* 72: SMMUv3, maps all to the ITS */
	put(t, 1, IORT_SMMU_V3), put(t, 2, 68 + 20), put(t, 1, 4), put(t, 4, 1), put(t, 4, 1), put(t, 4, 68), put(t, 8, 0x09050000);
	put(t, 4, 0x04030201), put(t, 40, 0);
	put(t, 4, 0), put(t, 4, 0xffff), put(t, 4, 0), put(t, 4, 48), put(t, 4, 0);
	/* 160: root complex of segment 1: buses 0 to 3 to the SMMU */
	put(t, 1, IORT_ROOT_COMPLEX), put(t, 2, 40 + 20), put(t, 1, 3), put(t, 4, 2), put(t, 4, 1), put(t, 4, 40), put(t, 8, 1), put(t, 4, 5), put(t, 4, 1);
	put(t, 8, 0), put(t, 4, 0), put(t, 4, 0x3ff), put(t, 4, 0x1000), put(t, 4, 72), put(t, 4, 0);
	/* 220: RMR */
	put(t, 1, IORT_RMR), put(t, 2, 28 + 20 + 20), put(t, 1, 1), put(t, 4, 3), put(t, 4, 1), put(t, 4, 48), put(t, 4, 0x08070605), put(t, 4, 1), put(t, 4, 28);
	put(t, 8, 0x80000000), put(t, 8, 0x10000), put(t, 4, 0);
	put(t, 4, 0x300), put(t, 4, 0), put(t, 4, 0x300), put(t, 4, 72), put(t, 4, 1);
	end(t);
}

static void build_viot(struct table *t)
{
	begin(t, "VIOT");
	put(t, 2, 4), put(t, 2, 48), put(t, 8, 0);
	put(t, 1, VIOT_PCI_RANGE), put(t, 1, 0), put(t, 2, 24), put(t, 4, 0x0d0c0b0a), put(t, 2, 0), put(t, 2, 0), put(t, 2, 0), put(t, 2, 0xff), put(t, 2, 72), put(t, 6, 0);
	put(t, 1, VIOT_VIRTIO_PCI), put(t, 1, 0), put(t, 2, 16), put(t, 2, 0), put(t, 2, 0x0010), put(t, 8, 0);
	put(t, 1, VIOT_MMIO), put(t, 1, 0), put(t, 2, 24), put(t, 4, 7), put(t, 8, 0xa0000000), put(t, 2, 112), put(t, 6, 0);
	put(t, 1, VIOT_VIRTIO_MMIO), put(t, 1, 0), put(t, 2, 16), put(t, 4, 0), put(t, 8, 0xa0001000);
	end(t);
}

static void build_mcfg(struct table *t)
{
	begin(t, "MCFG");
	put(t, 8, 0);
	put(t, 8, 0xe0000000), put(t, 2, 0), put(t, 1, 0), put(t, 1, 0x7f), put(t, 4, 0);
	put(t, 8, 0x4000000000), put(t, 2, 1), put(t, 1, 0x10), put(t, 1, 0x1f), put(t, 4, 0);
	end(t);
}

static void build_fadt(struct table *t)
{
	begin(t, "FACP");
	t->n = 244;
	t->b[109] = FADT_NO_MSI | 1;
	end(t);
}

static void (*const builders[ACPI_TABLES])(struct table *) = {
	[ACPI_DMAR] = build_dmar, [ACPI_IVRS] = build_ivrs, [ACPI_IORT] = build_iort,
	[ACPI_VIOT] = build_viot, [ACPI_MCFG] = build_mcfg, [ACPI_FADT] = build_fadt,
};

#endif
