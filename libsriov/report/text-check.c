/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The judgement: where each PF stands, how many VFs it can have, findings, and what firmware is set to. */
#include <stdio.h>
#include "emit-text.h"

#define INDENT 2

const char *text_mark(const struct page *p, enum finding_state state)
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

enum ink text_ink(enum finding_state state)
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
		page_ink(p, text_ink(ladder->rungs[i]));
		snprintf(unit, sizeof(unit), "%s %s", rung_name((enum rung)i), text_mark(p, ladder->rungs[i]));
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
			page_puts(p, text_mark(p, FINDING_PASS));
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
	ladders(report, p);
	plans(report, p);
	int err = text_findings(report, p);
	if (!err)
		settings(report, p);
	return err;
}
