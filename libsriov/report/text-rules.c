/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --validate and --expect found: broken rules one by one, the rest counted; fields that changed. */
#include <errno.h>
#include <stdlib.h>
#include "emit-text.h"

#define INDENT   2
#define SUBJECTS 12

/* Rules broken in the same way: they differ in their subject. */
struct same_rule {
	const struct rule_result *first;
	const struct rule_result **all;
	size_t n;
};

static int text_order(const char *a, const char *b)
{
	return a == b ? 0 : !a ? -1 : !b ? 1 : strcmp(a, b);
}

static int alike(const struct rule_result *x, const struct rule_result *y)
{
	int order = (x->waived != NULL) - (y->waived != NULL); /* errors first, waived last */
	if (!order)
		order = (int)y->severity - (int)x->severity;
	if (!order)
		order = text_order(x->id, y->id);
	if (!order)
		order = text_order(x->waived, y->waived);
	if (!order)
		order = text_order(x->found, y->found);
	return order ? order : text_order(x->expected, y->expected);
}

static int by_likeness(const void *a, const void *b)
{
	const struct rule_result *x = *(const struct rule_result *const *)a, *y = *(const struct rule_result *const *)b;
	int order = alike(x, y);
	return order ? order : x < y ? -1 : x > y; /* all are elements of one array */
}

static void subjects(const struct same_rule *same, bool verbose, struct page *p)
{
	char buf[ADDR_TEXT];
	size_t shown = verbose || same->n <= SUBJECTS + 1 ? same->n : SUBJECTS;
	for (size_t i = 0; i < shown; i++) {
		page_puts(p, i ? ", " : "");
		page_unit(p, addr_text(&same->all[i]->subject, buf));
	}
	if (shown < same->n)
		page_printf(p, " and %zu more (-v)", same->n - shown);
}

static void rule(const struct same_rule *same, bool verbose, struct page *p)
{
	const struct rule_result *r = same->first;
	bool error = r->severity == SEVERITY_ERROR && !r->waived;
	page_line(p, 0);
	page_ink(p, error ? INK_BAD : INK_WARN);
	page_puts(p, r->waived ? "waived" : severity_name(r->severity));
	page_ink(p, INK_NONE);
	page_tab(p, 9);
	page_ink(p, INK_BOLD);
	page_puts(p, r->id);
	page_ink(p, INK_NONE);
	page_puts(p, "  ");
	page_puts(p, r->title);
	page_line(p, INDENT);
	page_puts(p, "on ");
	subjects(same, verbose, p);
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
	size_t errors, warnings, notes, waived, kept, other;
};

static struct tally count(const struct report *report)
{
	struct tally t = {.kept = report->rules_passed, .other = report->rules_skipped};
	for (size_t i = 0; i < report->rules_n; i++) {
		const struct rule_result *r = &report->rules[i];
		bool fails = r->state == FINDING_FAIL;
		t.waived += fails && r->waived;
		t.errors += fails && !r->waived && r->severity == SEVERITY_ERROR;
		t.warnings += fails && !r->waived && r->severity == SEVERITY_WARNING;
		t.notes += fails && !r->waived && r->severity < SEVERITY_WARNING;
		t.kept += r->state == FINDING_PASS;
		t.other += !fails && r->state != FINDING_PASS;
	}
	return t;
}

void text_rules_answer(const struct report *report, struct page *p)
{
	struct tally t = count(report);
	page_puts(p, t.errors ? "Not valid. " : "Valid. ");
	page_printf(p, "Rules broken: %zu errors, %zu warnings, %zu notes, %zu waived; kept: %zu; not applicable: %zu.", t.errors, t.warnings,
		    t.notes, t.waived, t.kept, t.other);
}

static int broken(const struct report *report, struct page *p)
{
	const struct rule_result **all = calloc(report->rules_n + 1, sizeof(const struct rule_result *));
	size_t n = 0;
	if (!all)
		return -ENOMEM;
	for (size_t i = 0; i < report->rules_n; i++)
		if (report->rules[i].state == FINDING_FAIL)
			all[n++] = &report->rules[i];
	qsort(all, n, sizeof(const struct rule_result *), by_likeness);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n && !alike(all[i], all[next]);)
			next++;
		rule(&(struct same_rule){all[i], all + i, next - i}, report->verbose, p);
	}
	if (n)
		page_line(p, 0);
	free(all);
	return 0;
}

int text_rules(const struct report *report, struct page *p)
{
	int err = broken(report, p);
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
	return err;
}
