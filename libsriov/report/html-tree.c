/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The picture: which functions are in it, which is below which, and what is written at them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "emit-text.h"
#include "html.h"
#include "html-tree.h"

#define PFS_MAX   160 /* rows of PFs: those that lack something come first */
#define DESCRIBED 16  /* boxes whose texts are told to those who hear the page */

static struct row *row_of(struct picture *p, const struct fn *fn)
{
	return fn ? &p->rows[fn - p->report->model->fns] : p->host;
}

static void note(struct picture *p, struct row *row, bool warning, const char *text)
{
	row->bad |= !warning;
	for (unsigned i = 0; i < row->notes_n; i++)
		if (!strcmp(row->notes[i], text))
			return;
	if (row->notes_n == TREE_NOTES) {
		row->more++;
		return;
	}
	char *copy = arena_dup(&p->arena, text, strlen(text));
	if (!copy) {
		p->err = -ENOMEM;
		return;
	}
	row->warning[row->notes_n] = warning;
	row->notes[row->notes_n++] = copy;
}

/* What is missing, first in numbers (plans), then by cause (findings). */
static void notes(struct picture *p)
{
	const struct report *r = p->report;
	char text[256], size[32], room[32];
	for (size_t i = 0; i < r->plans_n; i++) {
		const struct plan *plan = &r->plans[i];
		for (size_t k = 0; k < plan->windows_n; k++) {
			const struct plan_window *w = &plan->windows[k];
			if (!window_lacks(plan, w))
				continue;
			snprintf(text, sizeof(text), "%s window lacks space: %s needed, %s free", w->kind ? w->kind : "memory", size_text(w->needed, size),
				 size_text(w->free, room));
			note(p, row_of(p, w->port), false, text);
		}
		if (plan->buses_known && !range_within(plan->buses_need, plan->buses_have)) {
			snprintf(text, sizeof(text), "bus numbers are missing: %02llx-%02llx needed, %02llx-%02llx there",
				 (unsigned long long)plan->buses_need.start, (unsigned long long)plan->buses_need.end,
				 (unsigned long long)plan->buses_have.start, (unsigned long long)plan->buses_have.end);
			note(p, row_of(p, plan->buses_port), false, text);
		}
	}
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct finding *f = r->findings[i];
		if (f->state != FINDING_FAIL || f->severity < SEVERITY_WARNING)
			continue;
		snprintf(text, sizeof(text), "%s%s%s", f->id, f->message ? ": " : "", f->message ? f->message : "");
		note(p, row_of(p, f->subject), f->severity != SEVERITY_ERROR, text);
	}
}

/* Which functions are drawn: PFs, those that lack something first, then everything above them. */
static void choose(struct picture *p)
{
	size_t pfs = 0;
	for (int healthy = 0; healthy < 2; healthy++)
		for (size_t i = 0; i < p->rows_n; i++) {
			struct row *row = &p->rows[i];
			if (row->wanted || (healthy ? !tree_counts(row->fn) : !row->bad || row->fn->role == ROLE_VF))
				continue;
			if (pfs == PFS_MAX) {
				p->left_out++;
				continue;
			}
			pfs++;
			size_t up = 0;
			for (const struct fn *fn = row->fn; fn && !row_of(p, fn)->wanted && up < 256; fn = fn->upstream, up++)
				row_of(p, fn)->wanted = true;
		}
}

static void link_children(struct picture *p)
{
	for (size_t i = 0; i < p->rows_n; i++) {
		struct row *row = &p->rows[i];
		if (!row->wanted || !row->fn->upstream)
			continue;
		struct row *above = row_of(p, row->fn->upstream);
		if (above->last)
			p->rows[above->last - 1].next = i + 1;
		else
			above->child = i + 1;
		above->last = i + 1;
	}
}

/* What the picture shows of failures, for those who hear the page. */
static void describe(const struct picture *p, struct sink *out)
{
	char at[24], up[24];
	size_t said = 0, left = 0;
	sink_puts(out, "<desc>");
	for (size_t i = 0; i <= p->rows_n; i++) {
		const struct row *row = &p->rows[i];
		if (!row->notes_n || (row->fn && !row->drawn))
			continue;
		if (said == DESCRIBED) {
			left++;
			continue;
		}
		sink_printf(out, "%sAt %s", said++ ? " " : "", addr_of(row->fn, at));
		if (row->fn && row->fn->upstream)
			sink_printf(out, ", below %s", addr_of(row->fn->upstream, up));
		for (unsigned k = 0; k < row->notes_n; k++) {
			sink_puts(out, k ? "; " : ": ");
			html_text(out, row->notes[k]);
		}
		const char *last = row->notes[row->notes_n - 1];
		sink_puts(out, *last && last[strlen(last) - 1] == '.' ? "" : ".");
	}
	if (left)
		sink_printf(out, " And at %zu more.", left);
	sink_puts(out, said ? "</desc>\n" : "Nothing fails in it.</desc>\n");
}

int html_tree(const struct report *report, struct sink *out)
{
	const struct model *m = report->model;
	struct sink body;
	struct picture p = {.report = report, .rows_n = m->fns_n, .out = &body, .y = 12};
	p.rows = calloc(m->fns_n + 1, sizeof(*p.rows));
	if (!p.rows)
		return -ENOMEM;
	p.err = sink_to_memory(&body);
	if (p.err) {
		free(p.rows);
		return p.err;
	}
	p.host = &p.rows[m->fns_n];
	for (size_t i = 0; i < m->fns_n; i++)
		p.rows[i].fn = &m->fns[i];
	notes(&p);
	choose(&p);
	link_children(&p);
	if (!p.err)
		p.err = tree_draw(&p);
	if (!p.err && body.len) {
		sink_printf(out, "<figure class=\"scroll\" tabindex=\"0\" aria-label=\"Picture of the PCI Express tree\"><svg role=\"img\" width=\"%d\" height=\"%u\" viewBox=\"0 0 %d %u\">"
			    "<title>PCI Express tree from root complexes over ports to PFs and VFs</title>\n", TREE_WIDTH, p.y, TREE_WIDTH, p.y);
		describe(&p, out);
		sink_put(out, body.buf, body.len);
		sink_puts(out, "</svg><figcaption>From the root complex down to PFs; squares are VFs, filled where they exist. ✗ and red: what fails, and what it lacks.");
		if (p.left_out)
			sink_printf(out, " %zu more functions are not drawn.", p.left_out);
		sink_puts(out, "</figcaption></figure>\n");
	}
	arena_free(&p.arena);
	free(p.rows);
	int err = sink_close(&body);
	return p.err ? p.err : err;
}
