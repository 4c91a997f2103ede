/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is a table anyway: firmware settings, rules, changed fields, problems of the source. */
#include "emit-text.h"
#include "html.h"

static void head(struct sink *out, const char *title, const char *const *columns, size_t n)
{
	html_heading(out);
	sink_puts(out, title);
	html_heading_end(out);
	html_scroll(out, title);
	sink_puts(out, "<table><thead><tr>");
	for (size_t i = 0; i < n; i++)
		sink_printf(out, "<th scope=\"col\">%s</th>", columns[i]);
	sink_puts(out, "</tr></thead><tbody>\n");
}

#define HEAD(out, title, ...)                                             \
	do {                                                              \
		static const char *const columns[] = {__VA_ARGS__};       \
		head((out), (title), columns, ARRAY_SIZE(columns));       \
	} while (0)

static void tail(struct sink *out) { sink_puts(out, "</tbody></table></div>\n"); }

static void settings(const struct report *r, struct sink *out)
{
	HEAD(out, "Firmware settings", "Setting", "Wanted", "Found", "How it is known");
	for (size_t i = 0; i < r->settings_n; i++) {
		const struct setting *s = &r->settings[i];
		sink_puts(out, "<tr>");
		html_row(out, s->name);
		html_in(out, "td", s->wanted ? s->wanted : "");
		html_in(out, "td", s->found ? s->found : "unknown");
		sink_puts(out, "<td>");
		html_text(out, s->how);
		sink_puts(out, s->where && *s->where ? ", " : "");
		html_text(out, s->where);
		sink_puts(out, "</td></tr>\n");
	}
	tail(out);
}

static void rule(const struct rule_result *rule, struct sink *out)
{
	char buf[ADDR_TEXT];
	sink_puts(out, "<tr><th scope=\"row\"><code>");
	html_text(out, rule->id);
	sink_printf(out, "</code></th><td><code class=\"addr\">%s</code></td><td class=\"%s\">", addr_text(&rule->subject, buf),
		    rule->state == FINDING_FAIL ? "fail" : rule->state == FINDING_PASS ? "pass" : "na");
	html_state(out, rule->state);
	sink_printf(out, " %s</td><td>", rule->waived ? "waived" : rule->state == FINDING_FAIL ? severity_name(rule->severity) : "");
	html_text(out, rule->title);
	if (rule->state == FINDING_FAIL) {
		sink_puts(out, rule->found ? "<br>found " : "");
		html_in(out, "code", rule->found);
		sink_puts(out, rule->expected ? ", expected " : "");
		html_in(out, "code", rule->expected);
		sink_puts(out, rule->why ? "<br>" : "");
		html_text(out, rule->why);
		sink_puts(out, rule->waived ? "<br>waived: " : "");
		html_text(out, rule->waived);
	}
	sink_puts(out, "</td><td>");
	html_text(out, rule->spec);
	sink_puts(out, "</td></tr>\n");
}

static void rules(const struct report *r, struct sink *out)
{
	size_t broken = 0;
	for (size_t i = 0; i < r->rules_n; i++)
		broken += r->rules[i].state == FINDING_FAIL;
	for (int kept = 0; kept < 2; kept++) {
		if (!(kept ? r->rules_n - broken : broken))
			continue;
		if (kept)
			sink_printf(out, "<details><summary>%zu rules that are kept or do not apply</summary>\n",
				    r->rules_n - broken + r->rules_passed + r->rules_skipped);
		HEAD(out, kept ? "Rules kept" : "Rules broken", "Rule", "Function", "State", "What it asks", "Specification");
		for (size_t i = 0; i < r->rules_n; i++)
			if ((r->rules[i].state == FINDING_FAIL) != (kept != 0))
				rule(&r->rules[i], out);
		tail(out);
		sink_puts(out, kept ? "</details>\n" : "");
	}
}

static void problem(const struct problem *p, struct sink *out)
{
	sink_puts(out, "<tr><th scope=\"row\">");
	html_text(out, p->source);
	if (p->line)
		sink_printf(out, ":%u", p->line);
	sink_puts(out, "</th>");
	html_in(out, "td", p->what ? p->what : "");
	html_in(out, "td", p->advice ? p->advice : "");
	sink_puts(out, "</tr>\n");
}

bool html_has_problems(const struct report *r)
{
	char buf[LEFT_OUT];
	const char *advice;
	bool grave;
	return r->model->snap->problems_n || !report_left_out(r, 0, buf, &advice, &grave);
}

static void problems(const struct report *r, struct sink *out)
{
	const struct snapshot *snap = r->model->snap;
	struct problem more = {.source = snap->name};
	char buf[LEFT_OUT];
	bool grave;
	if (!html_has_problems(r))
		return;
	HEAD(out, "What of the source could not be used", "Where", "What", "What to do");
	for (size_t i = 0; i < snap->problems_n; i++)
		problem(&snap->problems[i], out);
	for (size_t i = 0; !report_left_out(r, i, buf, &more.advice, &grave); i++) {
		more.what = buf;
		problem(&more, out);
	}
	tail(out);
}

void html_tables(const struct report *r, struct sink *out)
{
	if (r->settings_n)
		settings(r, out);
	rules(r, out);
	if (r->changes_n)
		HEAD(out, "Differences from what was expected", "Function", "Field", "Was", "Is");
	for (size_t i = 0; i < r->changes_n; i++) {
		const struct change *c = &r->changes[i];
		sink_puts(out, "<tr>");
		html_row(out, c->address);
		html_row(out, c->field);
		html_in(out, "td", c->was ? c->was : "not there");
		html_in(out, "td", c->now ? c->now : "not there");
		sink_puts(out, "</tr>\n");
	}
	if (r->changes_n)
		tail(out);
	problems(r, out);
}
