/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"

#define BELOW_4G UINT64_C(0xffffffff)

/* The first function of a domain. */
static size_t first_in(const struct model *m, uint32_t domain)
{
	size_t low = 0, high = m->fns_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->fns[middle].addr.domain < domain)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Any address up there proves room up there; 64-bit prefetchable BARs that all sit below speak against it. */
static bool addresses(const struct model *m, uint32_t domain, uint64_t *seen)
{
	bool wide = false;
	for (size_t i = first_in(m, domain); i < m->fns_n && m->fns[i].addr.domain == domain; i++) {
		const struct fn *fn = &m->fns[i];
		for (int r = 0; r < RES_COUNT; r++) {
			const struct resource *res = &fn->res[r];
			if (res->io || res->assigned != TRI_YES)
				continue;
			wide |= res->is_64 && res->prefetchable;
			if (res->range.end > *seen)
				*seen = res->range.end;
		}
		struct kmsg_res said;
		for (int r = 0; r < 6 && fn->role == ROLE_PF; r++) {
			kmsg_resource(&m->log, &fn->addr, r, &said);
			if (said.state != KMSG_RES_ASSIGNED || said.io)
				continue;
			wide |= said.is_64 && said.pref;
			if (said.end > *seen)
				*seen = said.end;
		}
	}
	return wide;
}

static void look(const struct model *m, struct room *room)
{
	bool any = false;
	for (size_t i = 0; i < m->windows_n; i++) {
		const struct root_window *w = &m->windows[i];
		if (w->io || w->domain != room->domain)
			continue;
		any = true;
		if (!room->highest || w->range.end > room->highest->range.end)
			room->highest = w;
	}
	if (any && room->highest->range.end > BELOW_4G) {
		room->above_4g = TRI_YES;
		return;
	}
	bool wide = addresses(m, room->domain, &room->seen);
	room->above_4g = room->seen > BELOW_4G ? TRI_YES : any || wide ? TRI_NO : TRI_UNKNOWN;
}

enum tri space_above_4g(struct run *run, uint32_t domain, const struct root_window **highest, uint64_t *seen)
{
	/* PFs come sorted: one walk for each domain */
	if (!run->room.known || run->room.domain != domain) {
		run->room = (struct room){.known = true, .domain = domain};
		look(run->model, &run->room);
	}
	*highest = run->room.highest;
	*seen = run->room.seen;
	return run->room.above_4g;
}

/* The nearest bridge above whose memory windows are known and do not hold the range. */
static const struct fn *outside_of(const struct fn *pf, struct range range)
{
	unsigned depth = 0;
	for (const struct fn *port = pf->upstream; port && depth < 256; port = port->upstream, depth++) {
		const struct bridge *b = port->bridge;
		if (!b || b->mem.assigned == TRI_UNKNOWN || b->pref.assigned == TRI_UNKNOWN)
			return NULL;
		bool in = (b->mem.assigned == TRI_YES && range_within(range, b->mem.range)) ||
			  (b->pref.assigned == TRI_YES && range_within(range, b->pref.range));
		if (!in)
			return port;
	}
	return NULL;
}

static void about(const struct fn *pf, const struct vf_bar *bar, struct shortage *out)
{
	out->index = bar->index;
	out->is_64 = bar->is_64;
	out->prefetchable = bar->prefetchable;
	out->from = bar->from;
	out->line = bar->line;
	out->one = bar->size;
	out->vfs = known(&pf->pf->total_vfs) ? pf->pf->total_vfs.v : 0;
	if (out->one && out->vfs && __builtin_mul_overflow(out->one, out->vfs, &out->size))
		out->size = 0;
}

static bool by_registers(const struct fn *pf, struct shortage *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(pf->pf->bars); i++) {
		const struct vf_bar *bar = &pf->pf->bars[i];
		if (!bar->implemented || bar->io)
			continue;
		out->lack = bar->assigned == TRI_NO ? LACK_UNSET : LACK_NONE;
		if (bar->assigned == TRI_YES) {
			struct range range = range_empty(bar->range) ? (struct range){bar->address, bar->address} : bar->range;
			out->bridge = outside_of(pf, range);
			out->lack = out->bridge ? LACK_OUTSIDE : LACK_NONE;
		}
		if (out->lack) {
			about(pf, bar, out);
			return true;
		}
	}
	return false;
}

static bool by_log(struct run *run, const struct fn *pf, struct shortage *out)
{
	const struct kmsg *log = &run->model->log;
	for (int i = 7; i < 13; i++) {
		const struct vf_bar *bar = &pf->pf->bars[i - 7];
		struct kmsg_res said;
		kmsg_resource(log, &pf->addr, i, &said);
		if (bar->assigned == TRI_YES || (said.state != KMSG_RES_FAILED && said.state != KMSG_RES_UNASSIGNED))
			continue;
		const struct root_window *high;
		uint64_t seen;
		/* Firmware often leaves them to the kernel: without a later line that is only a shortage where nothing can hold them. */
		if (said.state == KMSG_RES_UNASSIGNED &&
		    (said.size < (UINT64_C(1) << 30) || space_above_4g(run, pf->addr.domain, &high, &seen) != TRI_NO))
			continue;
		*out = (struct shortage){
			.lack = said.state == KMSG_RES_FAILED ? LACK_REFUSED : LACK_EARLY, .index = (unsigned)(i - 7), .is_64 = said.is_64,
			.prefetchable = said.pref, .size = said.size, .one = said.one_size, .vfs = said.vfs, .log = said.why,
		};
		return true;
	}
	return false;
}

bool shortage_judge(struct run *run, const struct fn *pf, struct shortage *out)
{
	*out = (struct shortage){.lack = LACK_NONE};
	if (pf_has_vfs(pf) && pf->pf->vfs_exist > 0)
		return false;
	if (by_registers(pf, out)) {
		struct shortage said;
		if (by_log(run, pf, &said) && said.index == out->index) {
			out->log = said.log;
			if (!out->size)
				out->size = said.size;
		}
		return true;
	}
	if (by_log(run, pf, out))
		return true;
	out->log = log_of(run, KMSG_SRIOV_NO_MMIO, pf);
	if (!out->log)
		out->log = log_of(run, KMSG_SRIOV_BARS_NOT_ALLOCATED, pf);
	if (out->log)
		out->lack = LACK_REPORTED;
	return out->lack != LACK_NONE;
}

size_t shortages(struct run *run, const struct fn **first)
{
	size_t n = 0;
	*first = NULL;
	for (size_t i = 0; i < run->pfs_n; i++) {
		struct shortage s;
		if (!shortage_judge(run, run->pfs[i], &s))
			continue;
		if (!n++)
			*first = run->pfs[i];
	}
	return n;
}
