/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for VF BARs: on every window between the PF and the root, what others use, what is free in one piece, and what this PF's
 * VF BARs need for TotalVFs (Linux reserves for TotalVFs, never for NumVFs: drivers/pci/iov.c sriov_init()).
 */
#include <stdlib.h>
#include <string.h>

#include "plan/inputs.h"

struct taken {
	struct range *items;
	size_t n, room;
	bool failed;
};

static void take(struct taken *taken, struct range window, struct range r)
{
	if (!range_overlap(window, r))
		return;
	if (taken->n == taken->room) {
		size_t more = taken->room ? 2 * taken->room : 64;
		struct range *fresh = realloc(taken->items, more * sizeof(*fresh));
		if (!fresh) {
			taken->failed = true;
			return;
		}
		taken->items = fresh;
		taken->room = more;
	}
	taken->items[taken->n++] = r;
}

static void take_resource(struct taken *taken, struct range window, const struct resource *res, bool io)
{
	if (res->assigned == TRI_YES && res->io == io)
		take(taken, window, res->range);
}

/* What one function holds in a window; not the VF BARs of the PF that the plan is for. */
static void take_fn(struct taken *taken, struct range window, const struct fn *fn, const struct fn *but)
{
	for (unsigned i = RES_BAR0; i <= RES_ROM; i++)
		take_resource(taken, window, &fn->res[i], false);
	for (unsigned i = 0; fn->pf && fn != but && i < 6; i++)
		if (fn->pf->bars[i].assigned == TRI_YES)
			take(taken, window, fn->pf->bars[i].range);
	if (fn->bridge) {
		take_resource(taken, window, &fn->bridge->mem, false);
		take_resource(taken, window, &fn->bridge->pref, false);
	}
}

/* Functions of one bus, which are the children of the port above it: found by their place in the sorted list. */
static void take_bus(struct taken *taken, struct range window, const struct inputs *in, uint32_t domain, uint8_t bus)
{
	const struct model *m = in->m;
	const struct sriov_addr first = {domain, bus, 0, 0};
	size_t low = 0, high = m->fns_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (addr_cmp(&m->fns[middle].addr, &first) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < m->fns_n && m->fns[i].addr.domain == domain && m->fns[i].addr.bus == bus; i++)
		take_fn(taken, window, &m->fns[i], in->fn);
}

static int by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* Bytes used, and the largest free piece that begins at a multiple of align. */
static void measure(struct taken *taken, struct range window, uint64_t align, uint64_t *used, uint64_t *free_bytes)
{
	if (taken->n)
		qsort(taken->items, taken->n, sizeof(*taken->items), by_start);
	uint64_t at = window.start;
	*used = *free_bytes = 0;
	for (size_t i = 0; i <= taken->n; i++) {
		struct range r = i < taken->n ? taken->items[i] : (struct range){window.end, window.end};
		uint64_t end = i < taken->n ? (r.start > window.start ? r.start : window.start) : window.end + (window.end < UINT64_MAX);
		uint64_t begin = align && at <= UINT64_MAX - align ? (at + align - 1) / align * align : at;
		if (end > begin && end - begin > *free_bytes)
			*free_bytes = end - begin;
		if (i == taken->n)
			break;
		uint64_t to = r.end < window.end ? r.end : window.end;
		if (to >= at) {
			uint64_t from = r.start > at ? r.start : at;
			*used += to - from + 1;
			at = to < UINT64_MAX ? to + 1 : to;
		}
	}
}

/* What the VF BARs of one class need: prefetchable ones that may lie anywhere, and those that must lie below 4 GiB behind a bridge. */
struct need {
	uint64_t bytes, align;
};

static struct need need_of(const struct inputs *in, const struct assume *assume, bool pref)
{
	struct need need = {0};
	for (unsigned i = 0; i < 6 && known(&in->total); i++) {
		const struct vf_bar *bar = &in->pf->bars[i];
		const char *from;
		uint64_t size = vf_bar_size(in, assume, i, &from), all;
		if (!bar->implemented || (bar->prefetchable && bar->is_64) != pref || !size ||
		    __builtin_mul_overflow(size, in->total.v, &all) || __builtin_add_overflow(need.bytes, all, &need.bytes))
			continue;
		need.align = size > need.align ? size : need.align;
	}
	return need;
}

static int add_window(struct inputs *in, const struct fn *port, const char *kind, struct range window, struct need need, struct taken *taken,
		      struct arena *arena, struct plan *plan)
{
	struct plan_window *w = ARENA_PUSH(arena, plan->windows, plan->windows_n, plan->windows_room);
	if (!w || taken->failed)
		return -ENOMEM;
	*w = (struct plan_window){.port = port, .kind = kind, .range = window, .needed = need.bytes};
	measure(taken, window, need.align, &w->used, &w->free);
	if (w->free >= need.bytes || in->window_short)
		return 0;
	char at[ADDR_TEXT];
	in->window_short = true;
	in->short_note = arena_printf(arena, "the %s window of %s is short by %llu KiB", kind, port ? addr_text(&port->addr, at) : "the root bus",
				      (unsigned long long)((need.bytes - w->free + 1023) / 1024));
	return in->short_note ? 0 : -ENOMEM;
}

static int port_window(struct inputs *in, const struct fn *port, const struct resource *res, const char *kind, struct need need,
		       struct arena *arena, struct plan *plan)
{
	struct taken taken = {0};
	if (!need.bytes || res->assigned == TRI_UNKNOWN || !known(&port->bridge->secondary))
		return 0;
	/* a window that was not given holds nothing */
	struct range window = res->assigned == TRI_YES ? res->range : (struct range){1, 0};
	if (!range_empty(window))
		take_bus(&taken, window, in, port->addr.domain, (uint8_t)port->bridge->secondary.v);
	int err = add_window(in, port, kind, window, need, &taken, arena, plan);
	free(taken.items);
	return err;
}

/* Windows of the root bus: the largest that a class may use. */
static int root_windows(struct inputs *in, const struct fn *top, bool pref, struct need need, struct arena *arena, struct plan *plan)
{
	const struct root_window *best = NULL;
	for (size_t i = 0; need.bytes && i < in->m->windows_n; i++) {
		const struct root_window *w = &in->m->windows[i];
		bool low = w->range.end <= UINT32_MAX;
		if (w->io || w->domain != top->addr.domain || w->bus != top->addr.bus || (!pref && !low && top != in->fn))
			continue;
		if (!best || w->range.end - w->range.start > best->range.end - best->range.start)
			best = w;
	}
	if (!best)
		return 0;
	struct taken taken = {0};
	take_bus(&taken, best->range, in, top->addr.domain, top->addr.bus);
	int err = add_window(in, NULL, pref ? "pref" : "mem", best->range, need, &taken, arena, plan);
	free(taken.items);
	return err;
}

int windows_fill(struct inputs *in, const struct assume *assume, struct arena *arena, struct plan *plan)
{
	struct need mem = need_of(in, assume, false), pref = need_of(in, assume, true);
	const struct fn *top = in->fn;
	int err = 0;
	for (const struct fn *port = in->fn->upstream; port && !err; port = port->upstream) {
		top = port;
		if (!port->bridge)
			continue;
		/* without a 64-bit prefetchable window its BARs share the other one */
		bool has_pref = port->bridge->pref.assigned == TRI_YES || !port->bridge->mem.from;
		struct need low = mem;
		if (!has_pref) {
			low.bytes += pref.bytes;
			low.align = pref.align > low.align ? pref.align : low.align;
		}
		err = port_window(in, port, &port->bridge->mem, "mem", low, arena, plan);
		if (!err && has_pref)
			err = port_window(in, port, &port->bridge->pref, "pref", pref, arena, plan);
	}
	if (!err)
		err = root_windows(in, top, false, mem, arena, plan);
	if (!err)
		err = root_windows(in, top, true, pref, arena, plan);
	/* what is assumed is not assigned: it is there if it fits into what the PF's own port has free */
	if (!err && in->mmio_assumed && (mem.bytes || pref.bytes))
		in->mmio = in->window_short ? TRI_NO : TRI_YES;
	return err;
}
