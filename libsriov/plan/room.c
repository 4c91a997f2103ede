/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is used of a window and what is free, from the BARs and windows of the functions on the bus behind it. */
#include <stdlib.h>

#include "plan/survey.h"

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

static void take_resource(struct taken *taken, struct range window, const struct resource *res)
{
	if (res->assigned == TRI_YES && !res->io)
		take(taken, window, res->range);
}

/* What one function holds in a window; not the VF BARs of the PF that the plan is for. */
static void take_fn(struct taken *taken, struct range window, const struct fn *fn, const struct fn *but)
{
	for (unsigned i = RES_BAR0; i <= RES_ROM; i++)
		take_resource(taken, window, &fn->res[i]);
	for (unsigned i = 0; fn->pf && fn != but && i < 6; i++)
		if (fn->pf->bars[i].assigned == TRI_YES)
			take(taken, window, fn->pf->bars[i].range);
	if (fn->bridge) {
		take_resource(taken, window, &fn->bridge->mem);
		take_resource(taken, window, &fn->bridge->pref);
	}
}

static int by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start;
}

static int gaps(struct taken *taken, struct arena *arena, struct room *room)
{
	struct range window = room->window;
	if (taken->n)
		qsort(taken->items, taken->n, sizeof(*taken->items), by_start);
	room->gaps = arena_array(arena, taken->n + 1, sizeof(*room->gaps));
	if (!room->gaps)
		return -ENOMEM;
	uint64_t at = window.start;
	for (size_t i = 0; i < taken->n; i++) {
		uint64_t to = taken->items[i].end < window.end ? taken->items[i].end : window.end;
		uint64_t from = taken->items[i].start > at ? taken->items[i].start : at;
		if (to < at)
			continue;
		if (from > at)
			room->gaps[room->gaps_n++] = (struct range){at, from - 1};
		room->used += to - from + 1;
		if (to == window.end)
			return 0;
		at = to + 1;
	}
	room->gaps[room->gaps_n++] = (struct range){at, window.end};
	return 0;
}

int room_measure(const struct model *m, uint32_t domain, unsigned bus, const struct fn *but, struct range window, struct arena *arena,
		 struct room *room)
{
	struct taken taken = {0};
	*room = (struct room){.window = window};
	if (range_empty(window))
		return 0;
	/* functions of one bus are the children of the port above it: found by their place in the sorted list */
	const struct fn *first = model_first_on_bus(m, domain, bus);
	for (const struct fn *fn = first; fn && fn < m->fns + m->fns_n && addr_same_bus(&fn->addr, &first->addr); fn++)
		take_fn(&taken, window, fn, but);
	int err = taken.failed ? -ENOMEM : gaps(&taken, arena, room);
	free(taken.items);
	return err;
}

/* The first multiple of align in the piece, and how much follows it. */
static uint64_t aligned(struct range gap, uint64_t align)
{
	uint64_t begin = align && gap.start <= UINT64_MAX - align ? (gap.start + align - 1) / align * align : gap.start;
	return begin > gap.end ? 0 : gap.end - begin == UINT64_MAX ? UINT64_MAX : gap.end - begin + 1;
}

uint64_t room_free(const struct room *room, uint64_t align)
{
	uint64_t most = 0;
	for (size_t i = 0; i < room->gaps_n; i++) {
		uint64_t size = aligned(room->gaps[i], align);
		most = size > most ? size : most;
	}
	return most;
}
