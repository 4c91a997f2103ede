/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan, as elements. */
#include "walk-put.h"

static void at_buses(struct walker *w, enum attribute a, struct range range)
{
	char text[64];
	size_t n = put_hex(text, range.start, 2);
	text[n++] = '-';
	n += put_hex(text + n, range.end, 2);
	if (!range_empty(range))
		w->ops->token(w, a, text, n);
}

static void buses(const struct plan *plan, struct walker *w)
{
	open_el(w, EL_BUSES);
	at_subject(w, AT_PORT, plan->buses_port, "root");
	at_buses(w, AT_HAVE, plan->buses_have);
	at_buses(w, AT_NEED, plan->buses_need);
	at_buses(w, AT_RESERVABLE, plan->buses_reservable);
	if (plan->buses_spare_known)
		at_num(w, AT_SPARE, plan->buses_spare);
	at_str(w, AT_WHY, plan->buses_why);
	close_el(w, EL_BUSES);
}

static void span(const struct plan_routing *r, const struct plan_span *span, struct walker *w)
{
	open_el(w, EL_RANGE);
	at_num(w, AT_FROM, span->from);
	at_num(w, AT_TO, span->to);
	if (span->last <= 0xffff) {
		struct sriov_addr first = addr_of_rid(r->fn->addr.domain, span->first), last = addr_of_rid(r->fn->addr.domain, span->last);
		at_addr(w, AT_FIRST, &first);
		at_addr(w, AT_LAST, &last);
	}
	at_tri(w, AT_REACHED, span->reached);
	close_el(w, EL_RANGE);
}

static void routing(const struct plan_routing *r, struct walker *w)
{
	struct plan_span at = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	open_el(w, EL_ROUTING);
	at_word(w, AT_ARI, r->ari == TRI_YES ? "on" : r->ari == TRI_NO ? "off" : "any");
	at_flag(w, AT_CURRENT, r->current);
	at_word(w, AT_HOW, r->how ? r->how : "unknown");
	at_num(w, AT_VFS, r->vfs);
	if (r->how) {
		uint64_t last = addr_rid(&r->fn->addr) + r->offset + (r->vfs - 1) * r->stride;
		at_num(w, AT_FIRST_OFFSET, r->offset);
		at_num(w, AT_STRIDE, r->stride);
		at_fact(w, AT_NUM_VFS, &r->num_vfs);
		at_buses(w, AT_BUSES, (struct range){r->fn->addr.bus, last >> 8});
	}
	if (r->reached_known)
		at_num(w, AT_REACHED, r->reached);
	at_str(w, AT_WHY, r->why);
	while (plan_span_next(r, &at))
		span(r, &at, w);
	close_el(w, EL_ROUTING);
}

static void memory(const struct plan_memory *m, struct walker *w)
{
	open_el(w, EL_MEMORY);
	at_num(w, AT_INDEX, m->index);
	at_word(w, AT_TYPE, m->is_64 ? "64" : "32");
	at_flag(w, AT_PREFETCHABLE, m->prefetchable);
	at_tri(w, AT_ASSIGNED, m->assigned);
	if (m->size) {
		at_hex(w, AT_SIZE, m->size, 0);
		at_hex(w, AT_ALIGN, m->size, 0);
	}
	at_str(w, AT_SIZE_FROM, m->size_from);
	if (m->total)
		at_hex(w, AT_TOTAL, m->total, 0);
	if (m->asked)
		at_hex(w, AT_ASKED, m->asked, 0);
	at_word(w, AT_CLASS, m->class);
	at_word(w, AT_WINDOW, m->window);
	close_el(w, EL_MEMORY);
}

static void window(const struct plan_window *win, struct walker *w)
{
	open_el(w, EL_PLAN_WINDOW);
	at_subject(w, AT_PORT, win->port, "root");
	at_str(w, AT_KIND, win->kind);
	if (!range_empty(win->range)) {
		at_hex(w, AT_START, win->range.start, 0);
		at_hex(w, AT_END, win->range.end, 0);
	}
	at_hex(w, AT_USED, win->used, 0);
	at_hex(w, AT_FREE, win->free, 0);
	at_hex(w, AT_NEEDED, win->needed, 0);
	if (win->lacks)
		at_hex(w, AT_LACKS, win->lacks, 0);
	if (win->grown)
		at_hex(w, AT_GROWN, win->grown, 0);
	close_el(w, EL_PLAN_WINDOW);
}

static void remedy(const struct plan_remedy *r, struct walker *w)
{
	open_el(w, EL_PLAN_REMEDY);
	at_word(w, AT_KIND, r->kind);
	at_word(w, AT_LIMIT, r->limit);
	if (r->port)
		at_addr(w, AT_PORT, &r->port->addr);
	at_str(w, AT_SLOT, r->slot);
	if (r->size)
		at_hex(w, AT_SIZE, r->size, 0);
	if (r->vfs)
		at_num(w, AT_VFS, r->vfs);
	if (r->gain) {
		at_num(w, AT_BEFORE, r->before);
		at_num(w, AT_AFTER, r->after);
	}
	w->ops->text(w, slice_of(r->text));
	close_el(w, EL_PLAN_REMEDY);
}

void walk_plan(const struct report *report, const struct plan *plan, struct walker *w)
{
	open_el(w, EL_PLAN);
	at_subject(w, AT_ADDRESS, plan->fn, NULL);
	if (plan->asked)
		at_num(w, AT_VFS, plan->vfs);
	at_word(w, AT_OUTCOME, plan->outcome);
	if (plan->max_known)
		at_num(w, AT_MAX_VFS, plan->max_vfs);
	at_word(w, AT_LIMITED_BY, plan->limited_by);
	at_flag(w, AT_DRIVER_MAY_REFUSE, plan->driver_may_refuse);
	at_word(w, AT_FINDING, plan->finding);
	text_el(w, EL_WHY, plan->why);
	text_el(w, EL_NOTE, plan->driver_note);
	for (size_t i = 0; i < plan->thresholds_n; i++) {
		open_el(w, EL_THRESHOLD);
		at_num(w, AT_VFS, plan->thresholds[i].vfs);
		at_str(w, AT_LIMIT, plan->thresholds[i].limit);
		at_str(w, AT_REMEDY, plan->thresholds[i].remedy);
		close_el(w, EL_THRESHOLD);
	}
	for (size_t i = 0; i < plan->remedies_n; i++)
		remedy(&plan->remedies[i], w);
	for (size_t i = 0; i < plan->routings_n; i++)
		routing(&plan->routings[i], w);
	for (size_t i = 0; i < plan->memory_n; i++)
		memory(&plan->memory[i], w);
	for (size_t i = 0; i < plan->windows_n; i++)
		window(&plan->windows[i], w);
	if (plan->buses_known)
		buses(plan, w);
	for (size_t i = 0; i < report->assumptions_n; i++) {
		open_el(w, EL_ASSUME);
		at_str(w, AT_KEY, report->assumptions[i].key);
		at_str(w, AT_VALUE, report->assumptions[i].value);
		close_el(w, EL_ASSUME);
	}
	close_el(w, EL_PLAN);
}
