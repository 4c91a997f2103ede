/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * BARs, VF BAR apertures and bridge windows, from sysfs `resource` (sizes and assignment, without privilege), else from the
 * registers (addresses only: a size cannot be read without writing).
 */
#include <linux/pci_regs.h>

#include "build.h"
#include "decode/proc.h"

/* <linux/ioport.h>, the kernel's own numbers: they are what `resource` prints */
#define IORESOURCE_IO       0x00000100
#define IORESOURCE_PREFETCH 0x00002000
#define IORESOURCE_MEM_64   0x00100000
#define IORESOURCE_UNSET    0x20000000

static void from_flags(struct resource *res, uint64_t flags)
{
	res->io = flags & IORESOURCE_IO;
	res->is_64 = flags & IORESOURCE_MEM_64;
	res->prefetchable = flags & IORESOURCE_PREFETCH;
}

static void from_sysfs(struct fn *fn, const struct item *item)
{
	struct resource_iter iter = {.rest = item->data};
	struct resource_row rows[RES_COUNT], more;
	unsigned lines = 0;
	while (resource_next(&iter, lines < RES_COUNT ? &rows[lines] : &more))
		lines++;
	/* a kernel without SR-IOV has no VF BARs in the list: a bridge's windows follow its ROM */
	bool without_vf_bars = lines > RES_VF_BAR0 && lines < RES_WINDOW_IO;
	for (unsigned i = 0; i < lines && i < RES_COUNT; i++) {
		const struct resource_row row = rows[i];
		unsigned index = without_vf_bars && i >= RES_VF_BAR0 ? i + RES_WINDOW_IO - RES_VF_BAR0 : i;
		if (index >= RES_COUNT)
			break;
		struct resource *res = &fn->res[index];
		res->from = item;
		res->line = row.line;
		if (!row.flags && !row.start && !row.end) {
			res->assigned = TRI_NO; /* not implemented, or given up by the kernel: the registers tell which */
			continue;
		}
		res->implemented = true;
		from_flags(res, row.flags);
		if (row.end >= row.start && row.end - row.start < UINT64_MAX)
			res->size = row.end - row.start + 1;
		res->assigned = row.flags & IORESOURCE_UNSET || !row.start ? TRI_NO : TRI_YES;
		res->range = res->assigned == TRI_YES ? (struct range){row.start, row.end} : (struct range){1, 0};
	}
}

/* BARs as the registers hold them, where the host's list is not there. */
static void from_registers(struct fn *fn)
{
	unsigned bars = known_as(&fn->header_type, PCI_HEADER_TYPE_NORMAL) ? 6 : known_as(&fn->header_type, PCI_HEADER_TYPE_BRIDGE) ? 2 : 0;
	for (unsigned i = 0; i < bars; i++) {
		uint32_t low, high = 0;
		if (bytes_u32(&fn->config->view, PCI_BASE_ADDRESS_0 + 4 * i, &low) || !low)
			continue;
		struct resource *res = &fn->res[i];
		res->implemented = true;
		res->io = low & PCI_BASE_ADDRESS_SPACE_IO;
		res->is_64 = !res->io && (low & PCI_BASE_ADDRESS_MEM_TYPE_MASK) == PCI_BASE_ADDRESS_MEM_TYPE_64;
		res->prefetchable = !res->io && low & PCI_BASE_ADDRESS_MEM_PREFETCH;
		res->from = fn->config_item;
		if (res->is_64 && (i + 1 >= bars || bytes_u32(&fn->config->view, PCI_BASE_ADDRESS_0 + 4 * (i + 1), &high)))
			continue;
		uint64_t address = (uint64_t)high << 32 | (low & (res->io ? ~0x3u : ~0xfu));
		res->assigned = address ? TRI_YES : TRI_NO;
		res->range = (struct range){address, address};
		i += res->is_64;
	}
}

/* What lspci's words say of a listing that has no `resource`: addresses and sizes as the host gave them. */
static void from_words(struct fn *fn)
{
	for (size_t i = 0; i < fn->config->regions_n; i++) {
		const struct text_region *region = &fn->config->regions[i];
		uint64_t last = region->size ? region->size - 1 : 0;
		if (region->index >= RES_COUNT || (region->index >= RES_VF_BAR0 && region->index < RES_WINDOW_IO) || region->address > UINT64_MAX - last)
			continue; /* VF BARs are in the capability's registers */
		struct resource *res = &fn->res[region->index];
		res->implemented = true;
		res->io = region->io;
		res->is_64 = region->is_64;
		res->prefetchable = region->prefetchable;
		res->size = region->size;
		res->assigned = region->unassigned || !region->address ? TRI_NO : TRI_YES;
		res->range = res->assigned == TRI_YES ? (struct range){region->address, region->address + last} : (struct range){1, 0};
		res->from = fn->config_item;
		res->line = region->line;
	}
}

int build_resources(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		struct fn *fn = &m->fns[i];
		const struct item *item = fn->dir ? snapshot_at(m->snap, fn->dir, "resource") : NULL;
		if (item && item->kind == ITEM_FILE && item->state == ITEM_PRESENT)
			from_sysfs(fn, item);
		else if (fn->config)
			from_registers(fn);
		if (fn->config && fn->config->regions_n && (!item || item->state != ITEM_PRESENT))
			from_words(fn);
	}
	return 0;
}
