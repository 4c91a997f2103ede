/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is the cause, and what to do. Findings that say the same of many subjects are said once. */
#include "emit-text.h"
#include "group.h"

#define INDENT   2
#define DEEP     4
#define EVIDENCE 4 /* items without -v */
#define SUBJECTS 8

static void evidence(const struct report *report, const struct finding *f, struct page *p)
{
	size_t shown = report->verbose || f->evidence_n <= EVIDENCE + 1 ? f->evidence_n : EVIDENCE;
	for (size_t i = 0; i < shown; i++) {
		const struct evidence *e = &f->evidence[i];
		page_line(p, DEEP);
		page_ink(p, INK_DIM);
		page_puts(p, e->where);
		page_ink(p, INK_NONE);
		p->indent = DEEP + 2;
		if (e->value) {
			page_puts(p, e->where ? ": " : "");
			page_puts(p, e->value);
		}
		if (e->expected) {
			page_puts(p, p->utf8 ? " → " : " -> ");
			page_puts(p, "expected ");
			page_puts(p, e->expected);
		}
		if (e->note) {
			page_puts(p, " (");
			page_puts(p, e->note);
			page_puts(p, ")");
		}
	}
	if (shown < f->evidence_n) {
		page_line(p, DEEP);
		page_ink(p, INK_DIM);
		page_printf(p, "and %zu more (-v)", f->evidence_n - shown);
		page_ink(p, INK_NONE);
	}
}

static void subjects(const struct report *report, const struct same *s, size_t from, struct page *p)
{
	char buf[24];
	size_t shown = report->verbose || s->n - from <= SUBJECTS + 1 ? s->n : from + SUBJECTS;
	for (size_t i = from; i < shown; i++) {
		page_puts(p, i > from ? ", " : "");
		page_unit(p, addr_of(s->all[i]->subject, buf));
	}
	if (shown < s->n)
		page_printf(p, " and %zu more", s->n - shown);
}

static void head(const struct same *s, struct page *p)
{
	const struct finding *f = s->first;
	char buf[24];
	enum ink ink = f->state == FINDING_FAIL && f->severity != SEVERITY_ERROR ? INK_WARN : text_ink(f->state);
	page_ink(p, ink);
	page_puts(p, f->state == FINDING_FAIL && f->severity != SEVERITY_ERROR ? "!" : text_mark(p, f->state));
	page_ink(p, INK_NONE);
	page_puts(p, " ");
	p->indent = INDENT;
	page_ink(p, INK_BOLD);
	page_puts(p, f->id);
	page_ink(p, INK_NONE);
	page_printf(p, " on %s", addr_of(f->subject, buf));
	if (s->n > 1)
		page_printf(p, " and %zu more", s->n - 1);
	const char *rung = rung_name(f->rung);
	page_ink(p, INK_DIM);
	if (f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR)
		page_printf(p, ", blocks %s", rung);
	else if (f->state == FINDING_FAIL)
		page_printf(p, ", %s at %s", severity_name(f->severity), rung);
	else
		page_printf(p, ", %s at %s", finding_state_name(f->state), rung);
	if (f->confidence != CONFIDENCE_CERTAIN)
		page_printf(p, ", %s", confidence_name(f->confidence));
	page_ink(p, INK_NONE);
}

static void full(const struct report *report, const struct same *s, struct page *p)
{
	const struct finding *f = s->first;
	page_line(p, 0);
	head(s, p);
	if (f->message) {
		page_line(p, INDENT);
		page_puts(p, f->message);
	}
	if (f->missing) {
		page_line(p, INDENT);
		page_puts(p, "To decide it: ");
		page_puts(p, f->missing);
	}
	if (s->n > 1) {
		page_line(p, INDENT);
		page_puts(p, "The same on ");
		subjects(report, s, 1, p);
	}
	evidence(report, f, p);
	for (size_t i = 0; i < f->steps_n; i++) {
		page_line(p, INDENT);
		page_printf(p, "%zu.", i + 1);
		page_tab(p, DEEP + 1);
		page_puts(p, f->steps[i]);
	}
	for (size_t i = 0; report->verbose && i < f->references_n; i++) {
		page_line(p, INDENT);
		page_ink(p, INK_DIM);
		page_printf(p, "%s: ", f->references[i].kind);
		page_puts(p, f->references[i].text);
		page_ink(p, INK_NONE);
	}
	page_line(p, 0);
}

/* What follows from a root, in one line each; -v tells it in full. */
static void consequence(const struct report *report, const struct same *s, struct page *p)
{
	page_line(p, INDENT);
	page_puts(p, p->utf8 ? "↳ " : "so: ");
	p->indent = DEEP;
	page_puts(p, s->first->id);
	page_puts(p, " on ");
	subjects(report, s, 0, p);
	if (s->first->because) {
		page_puts(p, ", because of ");
		page_puts(p, s->first->because->id);
	}
	if (report->verbose) {
		if (s->first->message) {
			page_line(p, DEEP);
			page_puts(p, s->first->message);
		}
		evidence(report, s->first, p);
	}
}

static void brief(const struct report *report, const struct same *s, struct page *p)
{
	page_puts(p, text_mark(p, s->first->state));
	page_puts(p, " ");
	p->indent = INDENT;
	page_puts(p, s->first->id);
	page_puts(p, " on ");
	subjects(report, s, 0, p);
	page_puts(p, ": ");
	page_puts(p, s->first->message);
	page_line(p, 0);
}

static void in_order(const struct report *report, const struct same *groups, size_t n, struct page *p)
{
	static const struct {
		enum finding_state state;
		bool error;
	} parts[] = {{FINDING_FAIL, true}, {FINDING_FAIL, false}, {FINDING_UNKNOWN, false}};
	for (size_t part = 0; part < ARRAY_SIZE(parts); part++)
		for (size_t i = 0; i < n; i++) {
			const struct finding *f = groups[i].first;
			if (f->role == FINDING_ROOT && f->state == parts[part].state &&
			    (f->state != FINDING_FAIL || (f->severity == SEVERITY_ERROR) == parts[part].error))
				full(report, &groups[i], p);
		}
	bool any = false;
	for (size_t i = 0; i < n; i++)
		if (groups[i].first->role == FINDING_CONSEQUENCE && groups[i].first->state != FINDING_PASS) {
			if (!any) {
				page_line(p, 0);
				page_puts(p, "What follows from these, and goes away with them:");
			}
			any = true;
			consequence(report, &groups[i], p);
		}
	if (any)
		page_line(p, 0);
	any = false;
	for (size_t i = 0; i < n; i++) {
		enum finding_state state = groups[i].first->state;
		if (state == FINDING_INFORMATIONAL || (report->verbose && (state == FINDING_PASS || state == FINDING_NOTAPPLICABLE))) {
			if (!any)
				page_line(p, 0);
			any = true;
			brief(report, &groups[i], p);
		}
	}
}

int text_findings(const struct report *report, struct page *p)
{
	struct groups groups;
	int err = groups_new(report, &groups);
	if (err)
		return err;
	in_order(report, groups.all, groups.n, p);
	groups_free(&groups);
	return 0;
}
