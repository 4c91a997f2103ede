/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JUnit, in what GitLab and Jenkins both take (share/junit-subset.xsd): a test suite for each function (and the host), a test
 * case for each rule, finding and changed field. GitLab refuses files of 30 MB or 250,000 objects, so of very many cases those that
 * pass are left out first, and a comment says how many.
 */
#include <errno.h>
#include <stdlib.h>
#include "clean.h"
#include "emit-text.h"
#include "emitters.h"

#define CASES_MAX 20000
#define TEXT_MAX  1000 /* bytes of a message */

enum kind { FAILED, SKIPPED, PASSED };

struct testcase {
	const struct report *report;
	const struct finding *finding; /* one of the three */
	const struct rule_result *rule;
	const struct change *change;
	char suite[32];                /* the subject */
	size_t source;                 /* which of the reports */
	const char *id;
	enum kind kind;
	size_t order;
};

struct cases {
	struct testcase *all;
	size_t n, of[PASSED + 1];
};

static void add(struct cases *c, struct testcase t, const char *address)
{
	size_t len = strlen(address);
	memcpy(t.suite, address, len < sizeof(t.suite) ? len : sizeof(t.suite) - 1);
	t.order = c->n;
	c->of[t.kind]++;
	c->all[c->n++] = t;
}

static enum kind kind_of(enum finding_state state, enum severity severity, const char *waived)
{
	if (state == FINDING_FAIL && waived)
		return SKIPPED;
	if (state == FINDING_FAIL)
		return severity == SEVERITY_INFO ? PASSED : FAILED;
	return state == FINDING_UNKNOWN || state == FINDING_NOTAPPLICABLE ? SKIPPED : PASSED;
}

static void collect(const struct report *r, size_t source, struct cases *c)
{
	char buf[ADDR_TEXT];
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct finding *f = r->findings[i];
		add(c, (struct testcase){.report = r, .source = source, .finding = f, .id = f->id, .kind = kind_of(f->state, f->severity, NULL)}, addr_of(f->subject, buf));
	}
	for (size_t i = 0; i < r->rules_n; i++) {
		const struct rule_result *rule = &r->rules[i];
		add(c, (struct testcase){.report = r, .source = source, .rule = rule, .id = rule->id, .kind = kind_of(rule->state, rule->severity, rule->waived)},
		    addr_text(&rule->subject, buf));
	}
	for (size_t i = 0; i < r->changes_n; i++) {
		const struct change *change = &r->changes[i];
		add(c, (struct testcase){.report = r, .source = source, .change = change, .id = change->field ? change->field : "", .kind = FAILED},
		    change->address ? change->address : "host");
	}
}

static int by_suite(const void *a, const void *b)
{
	const struct testcase *x = a, *y = b;
	int order = x->source < y->source ? -1 : x->source > y->source ? 1 : strcmp(x->suite, y->suite);
	if (!order)
		order = strcmp(x->id, y->id);
	return order ? order : x->order < y->order ? -1 : 1;
}

static void cut(struct sink *out, const char *text)
{
	size_t len = text ? strlen(text) : 0;
	clean_put(out, CLEAN_XML, (struct slice){text, len < TEXT_MAX ? len : TEXT_MAX});
	if (len > TEXT_MAX)
		sink_puts(out, "...");
}

static void labelled(struct sink *out, const char *label, const char *text)
{
	if (!text)
		return;
	sink_puts(out, label);
	cut(out, text);
	sink_putc(out, '\n');
}

static void finding_text(struct sink *out, const struct finding *f)
{
	if (f->because)
		labelled(out, "because of ", f->because->id);
	for (size_t i = 0; i < f->evidence_n && i < 10; i++) {
		const struct evidence *e = &f->evidence[i];
		cut(out, e->where);
		sink_puts(out, ": ");
		cut(out, e->value);
		if (e->expected)
			sink_puts(out, ", expected ");
		cut(out, e->expected);
		sink_putc(out, '\n');
	}
	for (size_t i = 0; i < f->steps_n && i < 10; i++)
		labelled(out, "do: ", f->steps[i]);
}

static void failure(struct sink *out, const struct testcase *t)
{
	sink_puts(out, "\n      <failure type=\"");
	sink_puts(out, t->finding ? severity_name(t->finding->severity) : t->rule ? severity_name(t->rule->severity) : "changed");
	sink_puts(out, "\" message=\"");
	if (t->finding) {
		cut(out, t->finding->message);
		sink_puts(out, "\">");
		finding_text(out, t->finding);
	} else if (t->rule) {
		cut(out, t->rule->title);
		sink_puts(out, "\">");
		labelled(out, "found: ", t->rule->found);
		labelled(out, "expected: ", t->rule->expected);
		labelled(out, "why: ", t->rule->why);
		labelled(out, "specification: ", t->rule->spec);
	} else {
		sink_puts(out, "was ");
		cut(out, t->change->was ? t->change->was : "not there");
		sink_puts(out, ", is ");
		cut(out, t->change->now ? t->change->now : "not there");
		sink_puts(out, "\">");
	}
	sink_puts(out, "</failure>");
}

static void skipped(struct sink *out, const struct testcase *t)
{
	sink_puts(out, "\n      <skipped message=\"");
	if (t->rule && t->rule->waived) {
		sink_puts(out, "waived: ");
		cut(out, t->rule->waived);
	} else if (t->finding && t->finding->state == FINDING_UNKNOWN) {
		sink_puts(out, "unknown: ");
		cut(out, t->finding->message);
	} else {
		sink_puts(out, "not applicable");
	}
	sink_puts(out, "\"/>");
}

/* The suite's name: the function, of several sources with its source. */
static void suite_name(struct sink *out, const struct testcase *t, bool several)
{
	const char *source = t->report->model->snap->name;
	if (several) {
		clean_puts(out, CLEAN_XML, source && *source ? source : "/");
		sink_putc(out, ' ');
	}
	clean_puts(out, CLEAN_XML, t->suite);
}

/* again: how many of the same name came before in this suite; names are unique. */
static void one(struct sink *out, const struct testcase *t, size_t again, bool several)
{
	sink_puts(out, "    <testcase classname=\"");
	suite_name(out, t, several);
	sink_puts(out, "\" name=\"");
	clean_puts(out, CLEAN_XML, t->id);
	if (again)
		sink_printf(out, " (%zu)", again + 1);
	sink_puts(out, "\" file=\"");
	const char *source = t->report->model->snap->name;
	clean_puts(out, CLEAN_XML, source && *source ? source : "/");
	sink_putc(out, '"');
	if (t->kind == PASSED) {
		sink_puts(out, "/>\n");
		return;
	}
	sink_putc(out, '>');
	if (t->kind == FAILED)
		failure(out, t);
	else
		skipped(out, t);
	sink_puts(out, "\n    </testcase>\n");
}

static void suite(struct sink *out, const struct testcase *t, size_t n, bool several)
{
	size_t of[PASSED + 1] = {0}, again = 0;
	for (size_t i = 0; i < n; i++)
		of[t[i].kind]++;
	sink_puts(out, "  <testsuite name=\"");
	suite_name(out, t, several);
	sink_printf(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", n, of[FAILED], of[SKIPPED]);
	for (size_t i = 0; i < n; i++) {
		again = i && !strcmp(t[i - 1].id, t[i].id) ? again + 1 : 0;
		one(out, &t[i], again, several);
	}
	sink_puts(out, "  </testsuite>\n");
}

/* What is too much goes: what passes, then what was skipped, then the last failures. */
static void shorten(struct cases *c)
{
	size_t room[PASSED + 1], left = CASES_MAX, kept = 0;
	for (int kind = FAILED; kind <= PASSED; kind++) {
		room[kind] = c->of[kind] < left ? c->of[kind] : left;
		left -= room[kind];
	}
	for (size_t i = 0; i < c->n; i++)
		if (room[c->all[i].kind]) {
			room[c->all[i].kind]--;
			c->all[kept++] = c->all[i];
		}
	c->n = kept;
}

int emit_junit(const struct report *const *reports, size_t n, struct sink *out)
{
	size_t room = 1;
	for (size_t i = 0; i < n; i++)
		room += reports[i]->findings_n + reports[i]->rules_n + reports[i]->changes_n;
	struct cases c = {.all = calloc(room, sizeof(*c.all))};
	if (!c.all)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		collect(reports[i], i, &c);
	size_t all = c.n;
	shorten(&c);
	qsort(c.all, c.n, sizeof(*c.all), by_suite);
	size_t of[PASSED + 1] = {0};
	for (size_t i = 0; i < c.n; i++)
		of[c.all[i].kind]++;
	sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	sink_printf(out, "<testsuites name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", n ? reports[0]->tool : "sriov-check", c.n,
		    of[FAILED], of[SKIPPED]);
	if (all > c.n)
		sink_printf(out, "  <!-- %zu cases are left out: readers take no more -->\n", all - c.n);
	for (size_t i = 0, next; i < c.n; i = next) {
		for (next = i + 1; next < c.n && c.all[i].source == c.all[next].source && !strcmp(c.all[i].suite, c.all[next].suite);)
			next++;
		suite(out, &c.all[i], next - i, n > 1);
	}
	sink_puts(out, "</testsuites>\n");
	free(c.all);
	return out->err;
}
