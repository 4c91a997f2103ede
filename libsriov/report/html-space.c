/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory windows and bus ranges in HTML: a bar each, for what is used, free and needed. */
#include "emit-text.h"
#include "html.h"

#define BAR_WIDTH 600

/* Lengths on one scale, at least a visible sliver each. */
static unsigned scale(uint64_t v, uint64_t of)
{
	double w = of ? (double)v / (double)of * BAR_WIDTH : 0;
	return v && w < 2 ? 2 : (unsigned)w;
}

static void window(const struct plan *plan, const struct plan_window *w, struct sink *out)
{
	char a[32], b[32], c[32], port[24];
	uint64_t there = w->used + w->free < w->used ? UINT64_MAX : w->used + w->free, all = there > w->needed ? there : w->needed;
	bool lacks = window_lacks(plan, w);
	size_text(w->used, a);
	size_text(w->free, b);
	size_text(w->needed, c);
	sink_puts(out, "<div class=\"bar\"><div><b>");
	html_text(out, w->kind);
	sink_printf(out, "</b> window of <code class=\"addr\">%s</code>", w->port ? addr_of(w->port, port) : "the root bus");
	if (!range_empty(w->range))
		sink_printf(out, "<br><code>0x%llx-0x%llx</code>", (unsigned long long)w->range.start, (unsigned long long)w->range.end);
	sink_printf(out, "<br>used %s, free %s, <span class=\"%s\">needed %s%s</span></div>\n", a, b, lacks ? "fail" : "pass", c, lacks ? ": too little" : w->needed > w->free ? ": in place" : "");
	sink_printf(out, "<svg role=\"img\" width=\"100%%\" height=\"34\" viewBox=\"0 0 %d 34\" preserveAspectRatio=\"none\"><title>used %s, free %s, needed %s</title>"
		    "<rect class=\"back\" width=\"%d\" height=\"34\"/><rect class=\"used\" width=\"%u\" y=\"2\" height=\"14\"/>"
		    "<rect class=\"free\" x=\"%u\" width=\"%u\" y=\"2\" height=\"14\"/><rect class=\"%s\" x=\"%u\" width=\"%u\" y=\"18\" height=\"14\"/></svg></div>\n",
		    BAR_WIDTH, a, b, c, BAR_WIDTH, scale(w->used, all), scale(w->used, all), scale(w->free, all), lacks ? "short" : "need",
		    w->needed > all - (w->used < all ? w->used : all) ? 0 : scale(w->used, all), scale(w->needed, all));
}

static void buses(const struct plan *p, struct sink *out)
{
	char port[24];
	bool lacks = !range_within(p->buses_need, p->buses_have);
	unsigned from = (unsigned)(p->buses_have.start & 0xff), to = (unsigned)(p->buses_have.end & 0xff);
	unsigned need_from = (unsigned)(p->buses_need.start & 0xff), need_to = p->buses_need.end > 0xff ? 0xff : (unsigned)p->buses_need.end;
	sink_printf(out, "<div class=\"bar\"><div><b>bus numbers</b> below <code class=\"addr\">%s</code><br>there %02x-%02x, <span class=\"%s\">needed %02x-%02x%s</span>",
		    p->buses_port ? addr_of(p->buses_port, port) : "the root", from, to, lacks ? "fail" : "pass", need_from, need_to, lacks ? ": too few" : "");
	if (!range_empty(p->buses_reservable))
		sink_printf(out, "<br>%02x-%02x free behind them", (unsigned)p->buses_reservable.start, (unsigned)p->buses_reservable.end);
	sink_puts(out, "</div>\n");
	sink_printf(out, "<svg role=\"img\" width=\"100%%\" height=\"34\" viewBox=\"0 0 256 34\" preserveAspectRatio=\"none\"><title>buses 00 to ff: there %02x-%02x, needed %02x-%02x</title>"
		    "<rect class=\"back\" width=\"256\" height=\"34\"/><rect class=\"free\" x=\"%u\" width=\"%u\" y=\"2\" height=\"14\"/>"
		    "<rect class=\"%s\" x=\"%u\" width=\"%u\" y=\"18\" height=\"14\"/></svg></div>\n",
		    from, to, need_from, need_to, from, to >= from ? to - from + 1 : 0, lacks ? "short" : "need", need_from,
		    need_to >= need_from ? need_to - need_from + 1 : 0);
}

void html_bars(const struct report *r, struct sink *out)
{
	char buf[24], vfs[32];
	for (size_t i = 0; i < r->assumptions_n; i++) {
		sink_puts(out, "<p>Assumed: <code>");
		html_text(out, r->assumptions[i].key);
		sink_putc(out, '=');
		html_text(out, r->assumptions[i].value);
		sink_puts(out, "</code></p>\n");
	}
	for (size_t i = 0; i < r->plans_n; i++) {
		const struct plan *p = &r->plans[i];
		if (i == HTML_FOLD)
			sink_printf(out, "<details><summary>%zu more PFs</summary>\n", r->plans_n - i);
		html_heading(out);
		sink_printf(out, "<code class=\"addr\">%s</code> ", addr_of(p->fn, buf));
		if (p->asked) {
			sink_printf(out, "%s: <span class=\"%s\">", vfs_text(p->vfs, vfs), p->outcome && !strcmp(p->outcome, "ok") ? "pass" : "fail");
			html_text(out, p->outcome);
			sink_puts(out, "</span>; ");
		}
		if (p->max_known)
			sink_printf(out, "at most %s as things stand", vfs_text(p->max_vfs, vfs));
		else
			sink_puts(out, "how many VFs can be enabled is not known");
		if (p->max_known && p->limited_by)
			sink_printf(out, " (%s)", p->limited_by);
		html_heading_end(out);
		html_in(out, "p", p->why);
		html_in(out, "p", p->driver_note);
		for (size_t k = 0; k < p->thresholds_n; k++) {
			/* what would help stands in the list below */
			sink_printf(out, "<p>From %s on, limited by ", vfs_text(p->thresholds[k].vfs, vfs));
			html_text(out, p->thresholds[k].limit);
			sink_puts(out, "</p>\n");
		}
		html_plan(p, out);
		for (size_t k = 0; k < p->windows_n; k++)
			window(p, &p->windows[k], out);
		if (p->buses_known)
			buses(p, out);
	}
	if (r->plans_n > HTML_FOLD)
		sink_puts(out, "</details>\n");
}
