/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a function is, where it is, and what space it and its VFs take. */
#include "text-dump.h"
#include "walk.h"

static const char *dot(const struct page *p)
{
	return p->utf8 ? " · " : ", ";
}

static void ids(const struct fn *fn, struct page *p)
{
	if (known(&fn->vendor) && known(&fn->device))
		page_printf(p, "%04x:%04x", (unsigned)fn->vendor.v, (unsigned)fn->device.v);
	else
		page_puts(p, "????:????");
}

void text_headline(const struct fn *fn, struct page *p)
{
	static const char *const roles[] = {[ROLE_ENDPOINT] = "", [ROLE_PF] = "PF", [ROLE_VF] = "VF", [ROLE_PORT] = "port"};
	char buf[24];
	page_ink(p, INK_BOLD);
	page_puts(p, addr_of(fn, buf));
	page_ink(p, INK_NONE);
	page_puts(p, "  ");
	ids(fn, p);
	const char *class = known(&fn->class) ? class_name(fn->class.v) : NULL;
	if (class)
		page_printf(p, "  %s", class);
	else if (known(&fn->class))
		page_printf(p, "  class %06x", (unsigned)fn->class.v);
	text_names(fn, p);
	if ((size_t)fn->role < ARRAY_SIZE(roles) && *roles[fn->role]) {
		page_puts(p, "  ");
		page_ink(p, fn->role == ROLE_PF ? INK_GOOD : INK_NONE);
		page_puts(p, roles[fn->role]);
		page_ink(p, INK_NONE);
	}
	if (fn->pf_fn)
		page_printf(p, " %u of %s", fn->vf_index, addr_of(fn->pf_fn, buf));
}

void text_place(const struct fn *fn, struct page *p)
{
	char buf[24];
	const char *sep = "";
	page_line(p, INDENT);
	if (fn->driver) {
		page_puts(p, "driver ");
		page_puts(p, fn->driver);
		sep = dot(p);
	} else if (fn->driver_state == ITEM_ABSENT) {
		page_puts(p, "no driver");
		sep = dot(p);
	}
	if (fn->netdev) {
		page_puts(p, sep);
		page_puts(p, fn->netdev);
		sep = dot(p);
	}
	const char *type = port_type_name(fn->exp_type);
	if (type) {
		page_puts(p, sep);
		page_puts(p, type);
		sep = dot(p);
	}
	if (fn->upstream) {
		page_printf(p, "%sbelow %s", sep, addr_of(fn->upstream, buf));
		sep = dot(p);
	} else if (fn->on_root_bus) {
		page_printf(p, "%son a root bus", sep);
		sep = dot(p);
	}
	if (fn->group) {
		page_printf(p, "%sIOMMU group %u", sep, fn->group->number);
		sep = dot(p);
	}
	if (!*sep)
		page_puts(p, "known from text only");
}

static void window(const struct resource *res, const char *what, struct page *p)
{
	char buf[32];
	if (!res->implemented && res->assigned != TRI_YES)
		return;
	page_line(p, INDENT);
	page_puts(p, what);
	page_tab(p, FIELDS + 6);
	if (res->assigned == TRI_YES && !range_empty(res->range)) {
		page_printf(p, "0x%llx-0x%llx", (unsigned long long)res->range.start, (unsigned long long)res->range.end);
		if (res->range.end - res->range.start != UINT64_MAX)
			page_printf(p, "  %s", size_text(res->range.end - res->range.start + 1, buf));
	} else {
		page_puts(p, res->assigned == TRI_UNKNOWN ? "not known" : "closed");
	}
}

static void bridge(const struct fn *fn, struct page *p)
{
	const struct bridge *b = fn->bridge;
	if (known(&b->secondary) && known(&b->subordinate)) {
		page_line(p, INDENT);
		page_puts(p, "buses below");
		page_tab(p, FIELDS + 6);
		page_printf(p, "%02x-%02x", (unsigned)b->secondary.v, (unsigned)b->subordinate.v);
	}
	window(&b->io, "I/O window", p);
	window(&b->mem, "memory", p);
	window(&b->pref, "prefetchable", p);
}

static void bar(const char *what, unsigned index, bool io, bool is_64, bool pref, enum tri assigned, uint64_t address, uint64_t size,
		uint64_t count, struct page *p)
{
	char buf[32];
	uint64_t total;
	page_line(p, INDENT);
	page_printf(p, "%s %u", what, index);
	page_tab(p, FIELDS + 6);
	page_puts(p, size ? size_text(size, buf) : "size not known");
	if (size && count && !__builtin_mul_overflow(size, count, &total))
		page_printf(p, " each, %s for %llu VFs", size_text(total, buf), (unsigned long long)count);
	page_printf(p, ", %s%s", io ? "I/O" : is_64 ? "64-bit" : "32-bit", pref ? " prefetchable" : "");
	if (assigned == TRI_YES) {
		page_printf(p, ", at 0x%llx", (unsigned long long)address);
	} else if (assigned == TRI_NO) {
		page_ink(p, INK_BAD);
		page_puts(p, ", no space assigned");
		page_ink(p, INK_NONE);
	}
}

static void address_range(const struct pf *pf, size_t first, size_t last, struct page *p)
{
	char a[24], b[24];
	addr_text(&pf->vfs[first].addr, a);
	addr_text(&pf->vfs[last].addr, b);
	if (first == last)
		page_printf(p, "VF %zu %s", first, a);
	else
		page_printf(p, "VF %zu-%zu %s to %s", first, last, a, b);
}

/* VFs of one kind that follow each other, in one line. */
static void vf_lines(const struct pf *pf, struct page *p)
{
	if (pf->vfs_left_out) {
		page_line(p, INDENT);
		page_puts(p, "VF addresses");
		page_tab(p, FIELDS + 6);
		page_puts(p, "not listed: too many VFs are claimed in all");
	}
	for (size_t i = 0; i < pf->vfs_n;) {
		size_t last = i;
		const struct vf *vf = &pf->vfs[i];
		const char *driver = vf->fn ? vf->fn->driver : NULL;
		while (last + 1 < pf->vfs_n) {
			const struct vf *next = &pf->vfs[last + 1];
			const char *other = next->fn ? next->fn->driver : NULL;
			if (next->exists != vf->exists || next->in_segment != vf->in_segment || (driver == NULL) != (other == NULL) ||
			    (driver && other && strcmp(driver, other) != 0))
				break;
			last++;
		}
		page_line(p, INDENT);
		page_puts(p, i ? "" : "VF addresses");
		page_tab(p, FIELDS + 6);
		address_range(pf, i, last, p);
		if (!vf->in_segment) {
			page_puts(p, ": beyond the last bus");
		} else if (vf->exists == TRI_YES) {
			page_ink(p, INK_GOOD);
			page_puts(p, " exist");
			page_ink(p, INK_NONE);
			page_puts(p, driver ? ", driver " : "");
			page_puts(p, driver);
		} else {
			page_puts(p, vf->exists == TRI_NO ? " not enabled" : "");
		}
		i = last + 1;
	}
}

static void physical(const struct fn *fn, struct page *p)
{
	const struct pf *pf = fn->pf;
	const struct fact *total = known(&pf->total_vfs) ? &pf->total_vfs : &pf->sysfs_total;
	const struct fact *num = known(&pf->num_vfs) ? &pf->num_vfs : &pf->sysfs_num;
	page_line(p, INDENT);
	page_puts(p, "VFs");
	page_tab(p, FIELDS + 6);
	page_ink(p, INK_BOLD);
	if (known(num))
		page_printf(p, "%llu", (unsigned long long)num->v);
	else
		page_puts(p, "?");
	if (known(total))
		page_printf(p, " of %llu", (unsigned long long)total->v);
	page_ink(p, INK_NONE);
	page_puts(p, " enabled");
	if (known(&pf->sysfs_total) && known(&pf->total_vfs) && pf->sysfs_total.v < pf->total_vfs.v)
		page_printf(p, " (the driver allows %llu)", (unsigned long long)pf->sysfs_total.v);
	if (known(&pf->vf_offset) && known(&pf->vf_stride))
		page_printf(p, ", First VF Offset %llu, VF Stride %llu", (unsigned long long)pf->vf_offset.v, (unsigned long long)pf->vf_stride.v);
	if (known(&fn->vendor) && known(&pf->vf_device))
		page_printf(p, ", VFs are %04x:%04x", (unsigned)fn->vendor.v, (unsigned)pf->vf_device.v);
	for (size_t i = 0; i < ARRAY_SIZE(pf->bars); i++) {
		const struct vf_bar *b = &pf->bars[i];
		if (b->implemented)
			bar("VF BAR", b->index, b->io, b->is_64, b->prefetchable, b->assigned, b->address, b->size,
			    known(&pf->total_vfs) ? pf->total_vfs.v : 0, p);
	}
	vf_lines(pf, p);
}

void text_space(const struct fn *fn, struct page *p)
{
	if (fn->bridge)
		bridge(fn, p);
	for (unsigned i = RES_BAR0; i < RES_ROM; i++) {
		const struct resource *r = &fn->res[i];
		if (r->implemented)
			bar("BAR", i, r->io, r->is_64, r->prefetchable, r->assigned, r->range.start, r->size, 0, p);
	}
	if (fn->pf)
		physical(fn, p);
}
