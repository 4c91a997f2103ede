/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --validate and --expect found: broken rules one by one, the rest counted; fields that changed. */
#include "emit-text.h"

#define INDENT 2

static void rule(const struct rule_result *r, struct page *p)
{
	char buf[24];
	bool error = r->severity == SEVERITY_ERROR && !r->waived;
	page_line(p, 0);
	page_ink(p, error ? INK_BAD : INK_WARN);
	page_puts(p, r->waived ? "waived" : severity_name(r->severity));
	page_ink(p, INK_NONE);
	page_tab(p, 9);
	page_ink(p, INK_BOLD);
	page_puts(p, r->id);
	page_ink(p, INK_NONE);
	page_printf(p, " %s  ", addr_of(r->subject, buf));
	page_puts(p, r->title);
	p->indent = INDENT;
	if (r->found || r->expected) {
		page_line(p, INDENT);
		page_puts(p, r->found ? "found " : "");
		page_puts(p, r->found);
		page_puts(p, r->found && r->expected ? ", " : "");
		page_puts(p, r->expected ? "expected " : "");
		page_puts(p, r->expected);
	}
	if (r->why) {
		page_line(p, INDENT);
		page_puts(p, r->why);
	}
	if (r->spec) {
		page_line(p, INDENT);
		page_ink(p, INK_DIM);
		page_puts(p, r->spec);
		page_ink(p, INK_NONE);
	}
	if (r->waived) {
		page_line(p, INDENT);
		page_puts(p, "waived: ");
		page_puts(p, r->waived);
	}
}

struct tally {
	size_t errors, warnings, waived, kept, other;
};

static struct tally count(const struct report *report)
{
	struct tally t = {0};
	for (size_t i = 0; i < report->rules_n; i++) {
		const struct rule_result *r = &report->rules[i];
		bool fails = r->state == FINDING_FAIL;
		t.waived += fails && r->waived;
		t.errors += fails && !r->waived && r->severity == SEVERITY_ERROR;
		t.warnings += fails && !r->waived && r->severity != SEVERITY_ERROR;
		t.kept += r->state == FINDING_PASS;
		t.other += !fails && r->state != FINDING_PASS;
	}
	return t;
}

void text_rules_answer(const struct report *report, struct page *p)
{
	struct tally t = count(report);
	page_puts(p, t.errors ? "Not valid. " : "Valid. ");
	page_printf(p, "Rules broken: %zu as errors, %zu as warnings, %zu waived; kept: %zu; not applicable: %zu.", t.errors, t.warnings,
		    t.waived, t.kept, t.other);
}

void text_rules(const struct report *report, struct page *p)
{
	bool any = false;
	for (size_t i = 0; i < report->rules_n; i++) {
		if (report->rules[i].state == FINDING_FAIL) {
			any = true;
			rule(&report->rules[i], p);
		}
	}
	if (any)
		page_line(p, 0);
	for (size_t i = 0; i < report->changes_n; i++) {
		const struct change *c = &report->changes[i];
		if (i == 0) {
			page_line(p, 0);
			page_printf(p, "Differences from what was expected: %zu", report->changes_n);
		}
		page_line(p, INDENT);
		page_puts(p, c->address);
		page_puts(p, " ");
		page_ink(p, INK_BOLD);
		if (c->capability) {
			page_puts(p, c->capability);
			page_puts(p, " ");
		}
		page_puts(p, c->field);
		page_ink(p, INK_NONE);
		page_puts(p, ": was ");
		page_puts(p, c->was ? c->was : "not there");
		page_puts(p, ", is ");
		page_puts(p, c->now ? c->now : "not there");
	}
	if (report->changes_n)
		page_line(p, 0);
}
