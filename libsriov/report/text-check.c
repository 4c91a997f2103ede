/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The judgement: where each PF stands, what is the cause, what to do. Findings that say the same of many subjects are said once. */
#include <stdio.h>
#include "emit-text.h"
#include "group.h"

#define INDENT   2
#define DEEP     4
#define EVIDENCE 4 /* items without -v */
#define SUBJECTS 8

static const char *mark(const struct page *p, enum finding_state state)
{
	switch (state) {
	case FINDING_PASS:
		return p->utf8 ? "✓" : "ok";
	case FINDING_FAIL:
		return p->utf8 ? "✗" : "FAIL";
	case FINDING_UNKNOWN:
		return "?";
	default:
		return p->utf8 ? "–" : "-";
	}
}

static enum ink ink_of(enum finding_state state)
{
	return state == FINDING_PASS ? INK_GOOD : state == FINDING_FAIL ? INK_BAD : state == FINDING_UNKNOWN ? INK_WARN : INK_DIM;
}

static void about(const struct fn *fn, struct page *p)
{
	char buf[24];
	page_ink(p, INK_BOLD);
	page_puts(p, addr_of(fn, buf));
	page_ink(p, INK_NONE);
	if (known(&fn->vendor) && known(&fn->device))
		page_printf(p, "  %04x:%04x", (unsigned)fn->vendor.v, (unsigned)fn->device.v);
	text_names(fn, p);
	if (fn->driver) {
		page_puts(p, "  ");
		page_puts(p, fn->driver);
	}
	if (fn->netdev) {
		page_puts(p, "  ");
		page_puts(p, fn->netdev);
	}
	if (!fn->pf)
		return;
	const struct fact *num = known(&fn->pf->num_vfs) ? &fn->pf->num_vfs : &fn->pf->sysfs_num;
	const struct fact *total = known(&fn->pf->total_vfs) ? &fn->pf->total_vfs : &fn->pf->sysfs_total;
	if (known(num) && known(total))
		page_printf(p, "  %llu of %llu VFs", (unsigned long long)num->v, (unsigned long long)total->v);
	else if (known(total))
		page_printf(p, "  up to %llu VFs", (unsigned long long)total->v);
}

static void rungs(const struct ladder *ladder, struct page *p)
{
	unsigned from = ladder->fn ? 0 : RUNGS_HOST, to = ladder->fn ? RUNGS_HOST : RUNG_COUNT;
	char unit[40];
	for (unsigned i = from; i < to; i++) {
		if (i > from)
			page_puts(p, " ");
		page_ink(p, ink_of(ladder->rungs[i]));
		snprintf(unit, sizeof(unit), "%s %s", rung_name((enum rung)i), mark(p, ladder->rungs[i]));
		page_unit(p, unit);
		page_ink(p, INK_NONE);
	}
}

/* How many VFs this PF can have as things stand, where that is less than the device has. */
static void limit(const struct plan *plan, struct page *p)
{
	const struct pf *pf = plan->fn ? plan->fn->pf : NULL;
	if (!pf || !plan->max_known || (known(&pf->total_vfs) && plan->max_vfs >= pf->total_vfs.v))
		return;
	page_printf(p, ", at most %llu as things stand", (unsigned long long)plan->max_vfs);
	if (plan->limited_by)
		page_printf(p, " (%s)", plan->limited_by);
}

static void ladders(const struct report *report, struct page *p)
{
	size_t plan = 0; /* plans stand in the order of the ladders */
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *ladder = &report->ladders[i];
		bool complete = ladder_complete(ladder);
		if (i == 0)
			page_line(p, 0);
		if (ladder->fn)
			about(ladder->fn, p);
		else
			page_puts(p, "this guest");
		if (ladder->fn && plan < report->plans_n && report->plans[plan].fn == ladder->fn)
			limit(&report->plans[plan++], p);
		if (complete && ladder->reached >= 0) {
			page_puts(p, "  ");
			page_ink(p, INK_GOOD);
			page_puts(p, rung_name((enum rung)ladder->reached));
			page_puts(p, " ");
			page_puts(p, mark(p, FINDING_PASS));
			page_ink(p, INK_NONE);
		}
		if (!complete || report->verbose) {
			page_line(p, INDENT);
			rungs(ladder, p);
		}
		page_line(p, 0);
	}
}

static void plans(const struct report *report, struct page *p)
{
	bool any = report->assumptions_n != 0;
	if (any) {
		page_line(p, 0);
		page_puts(p, "Assumed:");
	}
	for (size_t i = 0; i < report->assumptions_n; i++) {
		page_puts(p, " ");
		page_puts(p, report->assumptions[i].key);
		page_puts(p, "=");
		page_puts(p, report->assumptions[i].value);
	}
	if (any)
		page_line(p, 0);
	for (size_t i = 0; i < report->plans_n; i++) {
		if (!report->plans[i].asked && !report->verbose)
			continue;
		if (!any)
			page_line(p, 0);
		any = true;
		text_plan(report, &report->plans[i], p);
	}
}

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
	enum ink ink = f->state == FINDING_FAIL && f->severity != SEVERITY_ERROR ? INK_WARN : ink_of(f->state);
	page_ink(p, ink);
	page_puts(p, f->state == FINDING_FAIL && f->severity != SEVERITY_ERROR ? "!" : mark(p, f->state));
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
	page_puts(p, mark(p, s->first->state));
	page_puts(p, " ");
	p->indent = INDENT;
	page_puts(p, s->first->id);
	page_puts(p, " on ");
	subjects(report, s, 0, p);
	page_puts(p, ": ");
	page_puts(p, s->first->message);
	page_line(p, 0);
}

static void findings(const struct report *report, const struct same *groups, size_t n, struct page *p)
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

static void settings(const struct report *report, struct page *p)
{
	bool any = false;
	for (size_t i = 0; i < report->settings_n; i++) {
		const struct setting *s = &report->settings[i];
		bool right = s->found && s->wanted && !strcmp(s->found, s->wanted);
		if (right && !report->verbose)
			continue;
		if (!any) {
			page_line(p, 0);
			page_puts(p, "Firmware settings:");
		}
		any = true;
		page_line(p, INDENT);
		page_puts(p, s->name);
		page_tab(p, 16);
		page_puts(p, "wanted ");
		page_puts(p, s->wanted);
		page_puts(p, ", found ");
		page_puts(p, s->found ? s->found : "unknown");
		if (s->how) {
			page_puts(p, " (");
			page_puts(p, s->how);
			page_puts(p, s->where && *s->where ? ", " : "");
			page_puts(p, s->where);
			page_puts(p, ")");
		}
	}
	if (any)
		page_line(p, 0);
}

int text_check(const struct report *report, struct page *p)
{
	struct groups groups;
	ladders(report, p);
	plans(report, p);
	int err = groups_new(report, &groups);
	if (err)
		return err;
	findings(report, groups.all, groups.n, p);
	groups_free(&groups);
	settings(report, p);
	return 0;
}
