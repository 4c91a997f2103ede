/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory for VF BARs: on every window between the PF and the root, what others use, what is free in one piece, and what this PF's
 * VF BARs need for TotalVFs (Linux reserves for TotalVFs, never for NumVFs: drivers/pci/iov.c sriov_init()), each aligned to one
 * VF's BAR (pci_sriov_resource_alignment()).
 */
#include <string.h>

#include "plan/inputs.h"

#define MIB UINT64_C(0x100000) /* the grain of a bridge's window */

bool bar_in_pref(const struct bridge *bridge, const struct plan_memory *bar)
{
	/* a 64-bit prefetchable window takes 64-bit prefetchable BARs only; a 32-bit one takes all that is prefetchable */
	bool is_there = bridge->pref.assigned == TRI_YES || !bridge->mem.from;
	return is_there && bar->prefetchable && (bar->is_64 || (bridge->pref.from && !bridge->pref.is_64));
}

static void memory_rows(const struct inputs *in, const struct assume *assume, uint64_t n, struct plan *plan)
{
	const struct fn *port = in->fn->upstream;
	for (unsigned i = 0; i < 6; i++) {
		const struct vf_bar *bar = &in->pf->bars[i];
		if (!bar->implemented)
			continue;
		struct plan_memory *row = &plan->memory[plan->memory_n++];
		*row = (struct plan_memory){.index = i, .is_64 = bar->is_64, .prefetchable = bar->prefetchable, .assigned = bar->assigned};
		row->size = vf_bar_size(in, assume, i, &row->size_from);
		if (!known(&in->total) || __builtin_mul_overflow(row->size, in->total.v, &row->total))
			row->total = 0;
		if (!known(&in->total) || n > in->total.v || __builtin_mul_overflow(row->size, n, &row->asked))
			row->asked = 0;
		if (port && port->bridge) {
			bool pref = bar_in_pref(port->bridge, row);
			row->window = pref ? "pref" : "mem";
			row->class = !pref ? "mem32" : port->bridge->pref.is_64 || !port->bridge->pref.from ? "pref64" : "pref32";
		} else if (in->fn->on_root_bus) {
			row->window = "root";
			row->class = bar->is_64 ? "any" : "mem32";
		}
	}
}

struct need {
	uint64_t bytes, align;
};

static void need_add(struct need *need, const struct plan_memory *bar)
{
	uint64_t sum;
	if (!bar->total || __builtin_add_overflow(need->bytes, bar->total, &sum))
		return;
	need->bytes = sum;
	need->align = bar->size > need->align ? bar->size : need->align;
}

/* What the window has to grow by; 0 where it holds what is needed. */
static struct plan_window *add_window(const struct fn *port, const char *kind, const struct room *room, struct need need, uint64_t wanted,
				      struct arena *arena, struct plan *plan)
{
	struct plan_window *w = ARENA_PUSH(arena, plan->windows, plan->windows_n, plan->windows_room);
	if (!w)
		return NULL;
	*w = (struct plan_window){.port = port, .kind = kind, .range = room->window, .used = room->used, .free = room_free(room, need.align)};
	w->needed = need.bytes;
	w->lacks = wanted > w->free ? wanted - w->free : 0;
	uint64_t size = range_empty(room->window) ? 0 : room->window.end - room->window.start + 1, grown;
	if (w->lacks && !__builtin_add_overflow(size, w->lacks, &grown) && grown <= UINT64_MAX - MIB)
		w->grown = (grown + MIB - 1) / MIB * MIB;
	return w;
}

/* One window of a port. wanted: bytes it must have free; becomes what the window above it must have free for it to grow. */
static int port_window(struct inputs *in, const struct fn *port, const struct resource *res, const char *kind, struct need need,
		       uint64_t *wanted, struct arena *arena, struct plan *plan)
{
	struct room room;
	if (!need.bytes || res->assigned == TRI_UNKNOWN || !known(&port->bridge->secondary)) {
		*wanted = 0; /* not read: nothing above it can be judged by it */
		return 0;
	}
	/* a window that was not given holds nothing */
	struct range window = res->assigned == TRI_YES ? res->range : (struct range){1, 0};
	int err = room_measure(in->m, port->addr.domain, (unsigned)port->bridge->secondary.v, in->fn, window, arena, &room);
	struct plan_window *w = err ? NULL : add_window(port, kind, &room, need, *wanted, arena, plan);
	if (!w)
		return -ENOMEM;
	*wanted = w->lacks ? w->grown - (range_empty(window) ? 0 : window.end - window.start + 1) : 0;
	return 0;
}

/* Windows of the root bus: the largest that a class may use. low: nothing above 4 GiB will do. */
static int root_window(struct inputs *in, const struct fn *top, const char *kind, bool low, struct need need, uint64_t wanted,
		       struct arena *arena, struct plan *plan)
{
	const struct root_window *best = NULL;
	for (size_t i = 0; need.bytes && i < in->m->windows_n; i++) {
		const struct root_window *w = &in->m->windows[i];
		if (w->io || w->domain != top->addr.domain || w->bus != top->addr.bus || (low && w->range.end > UINT32_MAX) || range_empty(w->range))
			continue;
		if (!best || w->range.end - w->range.start > best->range.end - best->range.start)
			best = w;
	}
	struct room room;
	if (!best)
		return 0;
	int err = room_measure(in->m, top->addr.domain, top->addr.bus, in->fn, best->range, arena, &room);
	return err || !add_window(NULL, kind, &room, need, wanted, arena, plan) ? -ENOMEM : 0;
}

static int path(struct inputs *in, struct arena *arena, struct plan *plan)
{
	const struct fn *top = in->fn;
	struct need mem = {0}, pref = {0};
	uint64_t mem_wanted = 0, pref_wanted = 0;
	bool first = true, low_pref = false;
	for (const struct fn *port = in->fn->upstream; port; port = port->upstream) {
		top = port;
		if (!port->bridge)
			continue;
		mem = pref = (struct need){0};
		for (size_t i = 0; i < plan->memory_n; i++)
			need_add(bar_in_pref(port->bridge, &plan->memory[i]) ? &pref : &mem, &plan->memory[i]);
		if (first) {
			mem_wanted = mem.bytes;
			pref_wanted = pref.bytes;
		} else if (!pref.bytes) { /* what grows below as prefetchable grows here in the other window */
			mem_wanted += pref_wanted;
			pref_wanted = 0;
		}
		first = false;
		low_pref = port->bridge->pref.from && !port->bridge->pref.is_64;
		int err = port_window(in, port, &port->bridge->mem, "mem", mem, &mem_wanted, arena, plan);
		if (!err)
			err = port_window(in, port, &port->bridge->pref, "pref", pref, &pref_wanted, arena, plan);
		if (err)
			return err;
	}
	if (first) {
		for (size_t i = 0; i < plan->memory_n; i++)
			need_add(plan->memory[i].prefetchable && plan->memory[i].is_64 ? &pref : &mem, &plan->memory[i]);
		mem_wanted = mem.bytes;
		pref_wanted = pref.bytes;
	}
	bool any = first; /* without a bridge a 64-bit BAR may lie anywhere */
	for (size_t i = 0; first && i < plan->memory_n; i++)
		any &= plan->memory[i].is_64;
	int err = root_window(in, top, "mem", !any, mem, mem_wanted, arena, plan);
	return err ? err : root_window(in, top, "pref", low_pref, pref, pref_wanted, arena, plan);
}

int windows_fill(struct inputs *in, const struct assume *assume, bool asked, uint64_t n, struct arena *arena, struct plan *plan)
{
	memory_rows(in, assume, asked ? n : 0, plan);
	int err = path(in, arena, plan);
	if (err)
		return err;
	bool sized = false, lacks = false;
	for (size_t i = 0; i < plan->memory_n; i++)
		sized |= plan->memory[i].total != 0;
	for (size_t i = 0; i < plan->windows_n; i++)
		lacks |= plan->windows[i].lacks != 0;
	/* what is assumed is not assigned: it is there if it fits into what the windows have free */
	if (in->mmio_assumed && sized)
		in->mmio = lacks ? TRI_NO : TRI_YES;
	/* what is assigned has its place, whatever the sizes that were put together say */
	for (size_t i = 0; in->mmio == TRI_YES && i < plan->windows_n; i++)
		plan->windows[i].lacks = plan->windows[i].grown = 0;
	return 0;
}
