/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a PF says: the SR-IOV capability, the kernel's sriov_* attributes, VF BARs and their sizes. */
#include <string.h>
#include <linux/pci_regs.h>

#include "build.h"

#define PCI_EXT_CAP_ID_VF_REBAR_ 0x24 /* newer than some kernel headers */

/* What tells where its VFs are. */
static void places(struct pf *pf, const struct item *from)
{
	pf->total_vfs = cap_fact(&pf->cap, from, PCI_SRIOV_TOTAL_VF, 2, 0, 16);
	pf->num_vfs = cap_fact(&pf->cap, from, PCI_SRIOV_NUM_VF, 2, 0, 16);
	pf->vf_offset = cap_fact(&pf->cap, from, PCI_SRIOV_VF_OFFSET, 2, 0, 16);
	pf->vf_stride = cap_fact(&pf->cap, from, PCI_SRIOV_VF_STRIDE, 2, 0, 16);
	pf->vf_device = cap_fact(&pf->cap, from, PCI_SRIOV_VF_DID, 2, 0, 16);
	pf->vf_enable = cap_fact(&pf->cap, from, PCI_SRIOV_CTRL, 2, 0, 1);
}

static void registers(struct pf *pf, const struct item *from)
{
	places(pf, from);
	pf->initial_vfs = cap_fact(&pf->cap, from, PCI_SRIOV_INITIAL_VF, 2, 0, 16);
	pf->dep_link = cap_fact(&pf->cap, from, PCI_SRIOV_FUNC_LINK, 1, 0, 8);
	pf->page_sizes = cap_fact(&pf->cap, from, PCI_SRIOV_SUP_PGSIZE, 4, 0, 32);
	pf->page_size = cap_fact(&pf->cap, from, PCI_SRIOV_SYS_PGSIZE, 4, 0, 32);
	pf->migration_capable = cap_fact(&pf->cap, from, PCI_SRIOV_CAP, 4, 0, 1);
	pf->vf_mse = cap_fact(&pf->cap, from, PCI_SRIOV_CTRL, 2, 3, 1);
	pf->ari_hierarchy = cap_fact(&pf->cap, from, PCI_SRIOV_CTRL, 2, 4, 1);
}

bool pf_find(const struct bytes *config, struct cap_walk *walk, struct pf *pf)
{
	walk_caps(config, walk);
	for (unsigned i = 0; i < walk->n; i++) {
		const struct cap_at *at = &walk->caps[i];
		if (at->space != CAP_EXTENDED || at->id != PCI_EXT_CAP_ID_SRIOV)
			continue;
		pf->cap = bytes_part(config, at->offset, 4096 - at->offset);
		places(pf, NULL);
		return true;
	}
	return false;
}

static void attributes(const struct model *m, const struct fn *fn, struct pf *pf)
{
	pf->sysfs_total = attr_fact(m->snap, fn->dir, "sriov_totalvfs");
	pf->sysfs_num = attr_fact(m->snap, fn->dir, "sriov_numvfs");
	pf->autoprobe = attr_fact(m->snap, fn->dir, "sriov_drivers_autoprobe");
	pf->sysfs_offset = attr_fact(m->snap, fn->dir, "sriov_offset");
	pf->sysfs_stride = attr_fact(m->snap, fn->dir, "sriov_stride");
	pf->sriov_attrs = pf->sysfs_total;
	if (!known(&pf->sysfs_total) && known(&pf->sysfs_num))
		pf->sriov_attrs = pf->sysfs_num;
}

/* Does the kernel say that it is a PF? */
static bool has_attributes(const struct model *m, const struct fn *fn)
{
	const struct fact total = attr_fact(m->snap, fn->dir, "sriov_totalvfs"), num = attr_fact(m->snap, fn->dir, "sriov_numvfs");
	return known(&total) || known(&num);
}

/* VF BARs as the registers hold them. A 64-bit type in the last one has no register for its upper half. */
static void bar_registers(const struct fn *fn, struct pf *pf)
{
	for (unsigned i = 0; i < PCI_SRIOV_NUM_BARS; i++) {
		struct vf_bar *bar = &pf->bars[i];
		uint32_t low, high = 0;
		bar->index = i;
		if (bytes_u32(&pf->cap, PCI_SRIOV_BAR + 4 * i, &low) || !low)
			continue;
		bar->implemented = true;
		bar->raw = low;
		bar->io = low & PCI_BASE_ADDRESS_SPACE_IO;
		bar->is_64 = !bar->io && (low & PCI_BASE_ADDRESS_MEM_TYPE_MASK) == PCI_BASE_ADDRESS_MEM_TYPE_64;
		bar->prefetchable = !bar->io && low & PCI_BASE_ADDRESS_MEM_PREFETCH;
		bar->from = fn->config_item;
		bool pair = bar->is_64 && i + 1 < PCI_SRIOV_NUM_BARS;
		if (pair && bytes_u32(&pf->cap, PCI_SRIOV_BAR + 4 * (i + 1), &high))
			continue;
		bar->raw_high = high;
		bar->address = (uint64_t)high << 32 | (low & 0xfffffff0u);
		bar->assigned = bar->address ? TRI_YES : TRI_NO;
		if (pair) {
			i++;
			pf->bars[i].index = i;
		}
	}
}

/* The kernel's list: it knows sizes (aperture / TotalVFs), and whether the aperture was assigned. */
static void bar_resources(const struct fn *fn, struct pf *pf)
{
	for (unsigned i = 0; i < PCI_SRIOV_NUM_BARS; i++) {
		const struct resource *res = &fn->res[RES_VF_BAR0 + i];
		struct vf_bar *bar = &pf->bars[i];
		if (!res->from || (!res->implemented && !bar->implemented))
			continue;
		if (res->implemented) {
			bar->implemented = true;
			bar->io = res->io;
			bar->is_64 = res->is_64;
			bar->prefetchable = res->prefetchable;
			if (known(&pf->total_vfs) && pf->total_vfs.v && res->size % pf->total_vfs.v == 0) {
				bar->size = res->size / pf->total_vfs.v;
				bar->size_from = "resource";
			}
		}
		bar->assigned = res->assigned;
		bar->from = res->from;
		bar->line = res->line;
		if (res->assigned == TRI_YES) {
			bar->address = res->range.start;
			bar->range = res->range;
		}
	}
}

/* VF Resizable BAR says how large each VF BAR is now: 1 MiB << size. */
static void bar_resizable(const struct fn *fn, struct pf *pf)
{
	const struct cap *cap = fn_cap(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_VF_REBAR_);
	uint64_t n = 0;
	if (!cap || bytes_bits(&cap->bytes, 8, 4, 5, 3, &n))
		return;
	for (unsigned i = 0; i < n && i < PCI_SRIOV_NUM_BARS; i++) {
		uint64_t index, size;
		if (bytes_bits(&cap->bytes, 8 + 8 * i, 4, 0, 3, &index) || bytes_bits(&cap->bytes, 8 + 8 * i, 4, 8, 6, &size) ||
		    index >= PCI_SRIOV_NUM_BARS || size > 43)
			continue;
		struct vf_bar *bar = &pf->bars[index];
		if (bar->implemented && !bar->size) {
			bar->size = UINT64_C(1) << (20 + size);
			bar->size_from = "VF Resizable BAR";
		}
	}
}

static void apertures(struct pf *pf)
{
	for (unsigned i = 0; i < PCI_SRIOV_NUM_BARS; i++) {
		struct vf_bar *bar = &pf->bars[i];
		uint64_t total;
		if (range_empty(bar->range) || bar->range.end)
			continue; /* known already */
		bar->range = (struct range){1, 0};
		if (bar->assigned == TRI_YES && bar->size && known(&pf->total_vfs) && pf->total_vfs.v &&
		    !__builtin_mul_overflow(bar->size, pf->total_vfs.v, &total) && bar->address <= UINT64_MAX - total)
			bar->range = (struct range){bar->address, bar->address + total - 1};
	}
}

int build_pfs(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		struct fn *fn = &m->fns[i];
		const struct cap *cap = fn_cap(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV);
		if (!cap && !fn->pf && !has_attributes(m, fn))
			continue;
		if (fn->pf)
			*fn->pf = (struct pf){0};
		else if (!(fn->pf = arena_alloc(&m->arena, sizeof(*fn->pf))))
			return -ENOMEM;
		struct pf *pf = fn->pf;
		attributes(m, fn, pf);
		if (cap) {
			pf->offset = cap->at.offset;
			pf->cap = cap->bytes;
			registers(pf, fn->config_item);
			bar_registers(fn, pf);
		}
		if (!known(&pf->total_vfs))
			pf->total_vfs = pf->sysfs_total; /* never above the register's: the driver can only lower it */
		bar_resources(fn, pf);
		bar_resizable(fn, pf);
		apertures(pf);
		if (fn->role == ROLE_ENDPOINT)
			fn->role = ROLE_PF;
	}
	return 0;
}
