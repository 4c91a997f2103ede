/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan says besides its bars: remedies, routing IDs with ARI and without side by side, memory of each VF BAR. */
#include "emit-text.h"
#include "html.h"

#define SPANS 8 /* rows of routing IDs a state of ARI; the complete list is in XML and JSON */

static void rid(const struct plan_routing *r, uint64_t at, struct sink *out)
{
	char buf[ADDR_TEXT];
	struct sriov_addr addr = addr_of_rid(r->fn->addr.domain, at);
	if (at > 0xffff)
		sink_puts(out, "past the end of the segment");
	else
		sink_printf(out, "<code class=\"addr\">%s</code>", addr_text(&addr, buf));
}

static void routing(const struct plan_routing *r, struct sink *out)
{
	struct plan_span at = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	unsigned rows = 0;
	sink_printf(out, "<tr><th scope=\"row\">%s%s</th>", r->ari == TRI_YES ? "with ARI" : r->ari == TRI_NO ? "without ARI" : "VFs",
		    r->current && r->ari != TRI_UNKNOWN ? ", now" : "");
	if (!r->how) {
		sink_puts(out, "<td></td><td></td><td class=\"unknown\">not known: ");
		html_text(out, r->why);
		sink_puts(out, "</td></tr>\n");
		return;
	}
	sink_printf(out, "<td>%llu</td><td>%llu</td><td>", (unsigned long long)r->offset, (unsigned long long)r->stride);
	while (plan_span_next(r, &at)) {
		if (++rows > SPANS)
			continue;
		sink_puts(out, rows > 1 ? "<br>" : "");
		rid(r, at.first, out);
		if (at.to > at.from) {
			sink_puts(out, " to ");
			rid(r, at.last, out);
		}
		sink_puts(out, at.reached == TRI_NO ? " <span class=\"fail\">out of reach</span>" : "");
	}
	if (rows > SPANS)
		sink_printf(out, "<br>and %u more rows", rows - SPANS);
	if (r->how[0] != 'r')
		sink_puts(out, "<br>by the table of devices");
	sink_puts(out, "</td></tr>\n");
}

static void memory(const struct plan_memory *m, struct sink *out)
{
	char one[32], all[32];
	bool low = m->class && !strcmp(m->class, "mem32");
	sink_printf(out, "<tr><th scope=\"row\">VF BAR%u</th><td>%s %sprefetchable%s</td><td>%s</td><td>%s</td>", m->index, m->is_64 ? "64-bit" : "32-bit",
		    m->prefetchable ? "" : "non-", low ? ", below 4 GiB" : "", m->size ? size_text(m->size, one) : "not known",
		    m->total ? size_text(m->total, all) : "not known");
	sink_printf(out, "<td class=\"%s\">%s</td></tr>\n", m->assigned == TRI_YES ? "pass" : m->assigned == TRI_NO ? "fail" : "unknown",
		    m->assigned == TRI_YES ? "yes" : m->assigned == TRI_NO ? "no" : "not known");
}

static void routing_row(const struct plan *p, size_t i, struct sink *out)
{
	routing(&p->routings[i], out);
}

static void memory_row(const struct plan *p, size_t i, struct sink *out)
{
	memory(&p->memory[i], out);
}

struct table {
	const char *label, *heads[6];
	void (*row)(const struct plan *plan, size_t i, struct sink *out);
};

/* Nothing where it has no row. */
static void table(const struct table *t, const struct plan *p, size_t rows, struct sink *out)
{
	if (!rows)
		return;
	html_scroll(out, t->label);
	sink_puts(out, "<table><thead><tr>");
	for (size_t i = 0; t->heads[i]; i++)
		sink_printf(out, "<th scope=\"col\">%s</th>", t->heads[i]);
	sink_puts(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < rows; i++)
		t->row(p, i, out);
	sink_puts(out, "</tbody></table></div>\n");
}

void html_plan(const struct plan *p, struct sink *out)
{
	static const struct table routings = {"Routing IDs", {"ARI", "First VF Offset", "VF Stride", "VFs"}, routing_row};
	static const struct table bars = {"Memory of VF BARs", {"VF BAR", "Type", "One VF", "TotalVFs", "Assigned"}, memory_row};
	if (p->remedies_n)
		sink_puts(out, "<p>What would help:</p><ul>\n");
	for (size_t i = 0; i < p->remedies_n; i++) {
		const struct plan_remedy *r = &p->remedies[i];
		sink_puts(out, "<li>");
		html_text(out, r->text);
		if (r->gain)
			sink_printf(out, " (%llu → %llu VFs)", (unsigned long long)r->before, (unsigned long long)r->after);
		sink_puts(out, "</li>\n");
	}
	if (p->remedies_n)
		sink_puts(out, "</ul>\n");
	if (!p->routings_n && !p->memory_n)
		return;
	sink_puts(out, "<details><summary>Routing IDs and memory</summary>\n");
	table(&routings, p, p->routings_n, out);
	table(&bars, p, p->memory_n, out);
	sink_puts(out, "</details>\n");
}
