/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan as text: the answer, what limits, what would help; with -v also routing, memory and bus numbers where nothing is wrong. */
#include "emit-text.h"

#define INDENT 2
#define SPANS  6 /* rows of routing IDs a state of ARI; the complete list is in XML and JSON */

static void heading(const struct plan *plan, struct page *p)
{
	char buf[32];
	page_puts(p, addr_of(plan->fn, buf));
	if (plan->asked)
		page_printf(p, ": echo %llu > sriov_numvfs ", (unsigned long long)plan->vfs);
	else
		page_puts(p, ": ");
	if (plan->asked && plan->outcome) {
		bool ok = !strcmp(plan->outcome, "ok"), unknown = !strcmp(plan->outcome, "unknown");
		page_puts(p, ok ? "will work" : unknown ? "has an answer that is " : "will end in ");
		page_ink(p, ok ? INK_GOOD : unknown ? INK_WARN : INK_BAD);
		page_puts(p, ok ? "" : unknown ? "not known" : plan->outcome);
		page_ink(p, INK_NONE);
		page_puts(p, plan->max_known ? "; " : "");
	}
	if (plan->max_known)
		page_printf(p, "at most %s as things stand", vfs_text(plan->max_vfs, buf));
	if (plan->max_known && plan->limited_by)
		page_printf(p, ", limited by %s", plan->limited_by);
	if (!plan->max_known && !plan->asked)
		page_puts(p, "how many VFs can be enabled is not known");
}

/* What else would help: the first remedy of each limit stands with its threshold. */
static void remedies(const struct plan *plan, struct page *p)
{
	for (size_t i = 0; i < plan->remedies_n; i++) {
		const struct plan_remedy *r = &plan->remedies[i];
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first &= strcmp(plan->remedies[k].limit, r->limit) != 0;
		if (first)
			continue;
		page_line(p, INDENT);
		page_puts(p, "or: ");
		page_puts(p, r->text);
		if (r->gain)
			page_printf(p, ": %llu -> %llu", (unsigned long long)r->before, (unsigned long long)r->after);
	}
}

static void rid(const struct plan_routing *r, uint64_t at, struct page *p)
{
	char buf[ADDR_TEXT];
	struct sriov_addr addr = addr_of_rid(r->fn->addr.domain, at);
	page_puts(p, at > 0xffff ? "past the end of the segment" : addr_text(&addr, buf));
}

static void routing(const struct plan_routing *r, struct page *p)
{
	struct plan_span at = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	unsigned rows = 0;
	page_line(p, INDENT);
	page_puts(p, r->ari == TRI_YES ? "VFs with ARI" : r->ari == TRI_NO ? "VFs without ARI" : "VFs");
	if (!r->how) {
		page_puts(p, ": not known, the registers were read in the other state");
		return;
	}
	page_printf(p, " (%soffset %llu, stride %llu%s):", r->current && r->ari != TRI_UNKNOWN ? "now; " : "", (unsigned long long)r->offset,
		    (unsigned long long)r->stride, r->how[0] == 'r' ? "" : ", by the table of devices");
	while (plan_span_next(r, &at)) {
		if (++rows > SPANS)
			continue;
		page_puts(p, rows > 1 ? ", " : " ");
		rid(r, at.first, p);
		if (at.to > at.from) {
			page_puts(p, " to ");
			rid(r, at.last, p);
		}
		page_puts(p, at.reached == TRI_NO ? " out of reach" : "");
	}
	if (rows > SPANS)
		page_printf(p, ", and %u more rows", rows - SPANS);
}

static void memory(const struct plan_memory *m, uint64_t total_vfs, struct page *p)
{
	char one[32], all[32];
	page_line(p, INDENT);
	page_printf(p, "VF BAR%u, %s %sprefetchable", m->index, m->is_64 ? "64-bit" : "32-bit", m->prefetchable ? "" : "non-");
	if (m->total)
		page_printf(p, ": %s x %llu VFs = %s", size_text(m->size, one), (unsigned long long)total_vfs, size_text(m->total, all));
	else
		page_puts(p, ": size not known");
	if (m->window && strcmp(m->window, "root"))
		page_printf(p, ", in the %s window", m->window);
	page_puts(p, m->class && !strcmp(m->class, "mem32") ? ", below 4 GiB" : "");
	page_puts(p, m->assigned == TRI_NO ? ", not assigned" : "");
}

static void buses(const struct plan *plan, struct page *p)
{
	char buf[24];
	page_line(p, INDENT);
	page_printf(p, "buses below %s: %02llx-%02llx needed, ", plan->buses_port ? addr_of(plan->buses_port, buf) : "the root",
		    (unsigned long long)plan->buses_need.start, (unsigned long long)plan->buses_need.end);
	if (range_empty(plan->buses_have))
		page_puts(p, "those there not known");
	else
		page_printf(p, "%02llx-%02llx there", (unsigned long long)plan->buses_have.start, (unsigned long long)plan->buses_have.end);
	if (!range_empty(plan->buses_reservable))
		page_printf(p, ", %02llx-%02llx free behind them", (unsigned long long)plan->buses_reservable.start,
			    (unsigned long long)plan->buses_reservable.end);
	if (plan->buses_why) {
		page_puts(p, "; ");
		page_puts(p, plan->buses_why);
	}
}

void text_plan(const struct report *report, const struct plan *plan, struct page *p)
{
	char buf[24], size[32], room[32], vfs[32];
	heading(plan, p);
	p->indent = INDENT;
	if (plan->why) {
		page_line(p, INDENT);
		page_puts(p, plan->why);
	}
	if (plan->driver_may_refuse && plan->driver_note) {
		page_line(p, INDENT);
		page_puts(p, plan->driver_note);
	}
	for (size_t i = 0; i < plan->thresholds_n; i++) {
		page_line(p, INDENT);
		page_printf(p, "from %s on, limited by ", vfs_text(plan->thresholds[i].vfs, vfs));
		page_puts(p, plan->thresholds[i].limit);
		page_puts(p, plan->thresholds[i].remedy ? ": " : "");
		page_puts(p, plan->thresholds[i].remedy);
	}
	remedies(plan, p);
	for (size_t i = 0; report->verbose && i < plan->routings_n; i++)
		routing(&plan->routings[i], p);
	for (size_t i = 0; report->verbose && i < plan->memory_n; i++)
		memory(&plan->memory[i], plan->memory[i].size ? plan->memory[i].total / plan->memory[i].size : 0, p);
	for (size_t i = 0; i < plan->windows_n; i++) {
		const struct plan_window *w = &plan->windows[i];
		if (!report->verbose && !window_lacks(plan, w))
			continue;
		page_line(p, INDENT);
		page_printf(p, "%s window below %s: ", w->kind, w->port ? addr_of(w->port, buf) : "the root bus");
		if (w->lacks || w->port == (plan->fn ? plan->fn->upstream : NULL))
			page_printf(p, "%s needed, ", size_text(w->needed, size)); /* further up nothing is needed that is there below */
		page_printf(p, "%s free", size_text(w->free, room));
	}
	if (plan->buses_known && (report->verbose || !range_within(plan->buses_need, plan->buses_have)))
		buses(plan, p);
	page_line(p, 0);
}
