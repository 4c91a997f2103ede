/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration space of a port, a PF, a VF and an endpoint. */
#include <linux/pci_regs.h>
#include <string.h>

#include "generate.h"

static void put(uint8_t *space, unsigned at, unsigned bytes, uint64_t value)
{
	for (unsigned i = 0; i < bytes; i++)
		space[at + i] = (uint8_t)(value >> (8 * i));
}

static void ext(uint8_t *space, unsigned at, unsigned id, unsigned version, unsigned next)
{
	put(space, at, 4, id | version << 16 | (uint64_t)next << 20);
}

/* A 64-bit prefetchable BAR. */
static void bar(uint8_t *space, unsigned at, uint64_t address)
{
	put(space, at, 8, address | PCI_BASE_ADDRESS_MEM_TYPE_64 | PCI_BASE_ADDRESS_MEM_PREFETCH);
}

static void express(uint8_t *space, unsigned at, unsigned next, unsigned type, unsigned width)
{
	put(space, at, 2, PCI_CAP_ID_EXP | next << 8);
	put(space, at + PCI_EXP_FLAGS, 2, 2 | type << 4);
	put(space, at + PCI_EXP_DEVCAP, 4, 0x10008ce2);
	put(space, at + PCI_EXP_DEVCTL, 4, 0x00092936);
	put(space, at + PCI_EXP_LNKCAP, 4, 0x00416003 | width << 4);
	put(space, at + PCI_EXP_LNKCTL, 4, 0x10030040 | (uint64_t)width << 20);
	put(space, at + PCI_EXP_DEVCAP2, 4, 0x00080c1f | (type == PCI_EXP_TYPE_ROOT_PORT ? PCI_EXP_DEVCAP2_ARI : 0));
	put(space, at + PCI_EXP_DEVCTL2, 4, 5 | (type == PCI_EXP_TYPE_ROOT_PORT ? PCI_EXP_DEVCTL2_ARI : 0));
	put(space, at + PCI_EXP_LNKCAP2, 4, 0x0000000e);
	put(space, at + PCI_EXP_LNKCTL2, 4, 0x00030003);
}

static void acs(uint8_t *space, unsigned at, unsigned next, unsigned can, unsigned on)
{
	ext(space, at, PCI_EXT_CAP_ID_ACS, 1, next);
	put(space, at + PCI_ACS_CAP, 2, can);
	put(space, at + PCI_ACS_CTRL, 2, on);
}

static void port(const struct function *f, uint8_t *space)
{
	put(space, PCI_VENDOR_ID, 4, 0x20308086);
	put(space, PCI_COMMAND, 4, 0x00100547);
	put(space, PCI_CLASS_REVISION, 4, 0x06040004);
	put(space, PCI_CACHE_LINE_SIZE, 4, PCI_HEADER_TYPE_BRIDGE << 16 | 0x10);
	put(space, PCI_SECONDARY_BUS, 1, f->secondary);
	put(space, PCI_SUBORDINATE_BUS, 1, f->last);
	put(space, PCI_IO_BASE, 2, 0x01f1);
	put(space, PCI_MEMORY_BASE, 4, 0x0000fff0);
	put(space, PCI_PREF_MEMORY_BASE, 2, (f->memory >> 16 & 0xfff0) | 1);
	put(space, PCI_PREF_MEMORY_LIMIT, 2, ((f->memory + f->size - 1) >> 16 & 0xfff0) | 1);
	put(space, PCI_PREF_BASE_UPPER32, 4, f->memory >> 32);
	put(space, PCI_PREF_LIMIT_UPPER32, 4, (f->memory + f->size - 1) >> 32);
	space[PCI_CAPABILITY_LIST] = 0x40;
	express(space, 0x40, 0x80, PCI_EXP_TYPE_ROOT_PORT, 16);
	put(space, 0x80, 4, PCI_CAP_ID_PM | 0xc8030000);
	ext(space, 0x100, PCI_EXT_CAP_ID_ERR, 1, 0x148);
	acs(space, 0x148, 0x158, 0x1f, 0x1d);
	ext(space, 0x158, PCI_EXT_CAP_ID_SECPCI, 1, 0);
}

/* Power Management, MSI-X, PCI Express; error reporting, serial number, ARI: what PFs and endpoints share. */
static void endpoint(const struct function *f, uint8_t *space)
{
	static const uint32_t ids[] = {0x15218086, 0x101515b3};
	put(space, PCI_VENDOR_ID, 4, f->kind == KIND_PF ? 0x159b8086 : ids[f->number % 2]);
	put(space, PCI_COMMAND, 4, 0x00100406);
	put(space, PCI_CLASS_REVISION, 4, 0x02000002);
	put(space, PCI_CACHE_LINE_SIZE, 4, 0x00800010);
	bar(space, PCI_BASE_ADDRESS_0, f->memory);
	bar(space, PCI_BASE_ADDRESS_3, f->memory + BAR_SIZE);
	put(space, PCI_SUBSYSTEM_VENDOR_ID, 4, 0x00008086 | (1 + f->number % 8) << 16);
	space[PCI_CAPABILITY_LIST] = 0x40;
	put(space, 0x40, 4, PCI_CAP_ID_PM | 0x50 << 8 | 0xf8030000);
	put(space, 0x44, 2, 0x2008);
	put(space, 0x50, 4, PCI_CAP_ID_MSIX | 0x70 << 8 | 0x80800000);
	put(space, 0x54, 8, 0x0000100300000003);
	express(space, 0x70, 0, PCI_EXP_TYPE_ENDPOINT, 8);
	ext(space, 0x100, PCI_EXT_CAP_ID_ERR, 2, 0x148);
	put(space, 0x108, 4, 0x00010000);
	put(space, 0x10c, 4, 0x00462030);
	put(space, 0x114, 4, 0x2000);
	ext(space, 0x148, PCI_EXT_CAP_ID_DSN, 1, 0x158);
	put(space, 0x14c, 8, 0xb8599fff00000000 | f->number);
	ext(space, 0x158, PCI_EXT_CAP_ID_ARI, 1, 0x160);
	put(space, 0x15c, 2, f->kind == KIND_PF && f->devfn % PFS_PER_PORT < PFS_PER_PORT - 1 ? (f->devfn + 1) << 8 : 0);
}

static void pf(const struct function *f, uint8_t *space)
{
	endpoint(f, space);
	ext(space, 0x160, PCI_EXT_CAP_ID_SRIOV, 1, 0x1a0);
	put(space, 0x160 + PCI_SRIOV_CAP, 4, 2 /* ARI Capable Hierarchy Preserved */);
	put(space, 0x160 + PCI_SRIOV_CTRL, 2, PCI_SRIOV_CTRL_VFE | PCI_SRIOV_CTRL_MSE | PCI_SRIOV_CTRL_ARI);
	put(space, 0x160 + PCI_SRIOV_INITIAL_VF, 2, f->vfs);
	put(space, 0x160 + PCI_SRIOV_TOTAL_VF, 2, f->vfs);
	put(space, 0x160 + PCI_SRIOV_NUM_VF, 2, f->vfs);
	space[0x160 + PCI_SRIOV_FUNC_LINK] = (uint8_t)f->devfn;
	put(space, 0x160 + PCI_SRIOV_VF_OFFSET, 2, f->vf_offset);
	put(space, 0x160 + PCI_SRIOV_VF_STRIDE, 2, 1);
	put(space, 0x160 + PCI_SRIOV_VF_DID, 2, 0x1889);
	put(space, 0x160 + PCI_SRIOV_SUP_PGSIZE, 4, 0x553);
	put(space, 0x160 + PCI_SRIOV_SYS_PGSIZE, 4, 1);
	bar(space, 0x160 + PCI_SRIOV_BAR, f->memory + 0x100000);
	bar(space, 0x160 + PCI_SRIOV_BAR + 12, f->memory + 0x100000 + (uint64_t)f->vfs * VF_BAR_SIZE);
	ext(space, 0x1a0, PCI_EXT_CAP_ID_TPH, 1, 0x1b0);
	put(space, 0x1a4, 4, 0x201);
	ext(space, 0x1b0, PCI_EXT_CAP_ID_ATS, 1, 0x1c0);
	put(space, 0x1b4, 4, 0x80000060);
	acs(space, 0x1c0, 0x1d0, 0x5f, 0x1d);
	ext(space, 0x1d0, PCI_EXT_CAP_ID_SECPCI, 1, 0x1f0);
	ext(space, 0x1f0, PCI_EXT_CAP_ID_PASID, 1, 0x200);
	put(space, 0x1f4, 2, 0x1404);
	ext(space, 0x200, PCI_EXT_CAP_ID_L1SS, 1, 0);
	put(space, 0x204, 4, 0x0028a01f);
	put(space, 0x20c, 4, 0x28);
}

/* A VF's header says all ones for who it is, and its BARs are the PF's. */
static void vf(const struct function *f, uint8_t *space)
{
	put(space, PCI_VENDOR_ID, 4, UINT32_MAX);
	put(space, PCI_COMMAND, 4, 0x00100004);
	put(space, PCI_CLASS_REVISION, 4, 0x02000002);
	put(space, PCI_SUBSYSTEM_VENDOR_ID, 4, 0x00008086 | (1 + f->number % 8) << 16);
	space[PCI_CAPABILITY_LIST] = 0x70;
	express(space, 0x70, 0, PCI_EXP_TYPE_ENDPOINT, 0);
	ext(space, 0x100, PCI_EXT_CAP_ID_ARI, 1, 0x110);
	acs(space, 0x110, 0, 0, 0);
}

void space_fill(const struct function *f, uint8_t space[SPACE])
{
	memset(space, 0, SPACE);
	switch (f->kind) {
	case KIND_PORT:
		port(f, space);
		break;
	case KIND_PF:
		pf(f, space);
		break;
	case KIND_VF:
		vf(f, space);
		break;
	case KIND_ENDPOINT:
		endpoint(f, space);
		break;
	}
}
