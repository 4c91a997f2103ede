/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page: the answer, the picture, where each PF stands, what is missing, what to do; then all that was decoded. */
#include "emit-text.h"
#include "emitters.h"
#include "html.h"
#include "walk.h"

static const char *source_of(const struct report *r)
{
	return r->model->snap->name && *r->model->snap->name ? r->model->snap->name : "/";
}

static void fact(struct sink *out, const char *name, const char *value)
{
	if (!value)
		return;
	sink_printf(out, " · %s <b>", name);
	html_text(out, value);
	sink_puts(out, "</b>");
}

static const char *on_off(enum tri tri) { return tri == TRI_YES ? "on" : tri == TRI_NO ? "off" : "unknown"; }

static void header(const struct report *r, struct sink *out, unsigned level)
{
	const struct host *h = &r->model->host;
	const char *answer = report_answer(r);
	sink_puts(out, "<header>\n");
	if (r->verdict != VERDICT_NONE)
		sink_printf(out, "<span class=\"badge %s\">%s</span>\n", verdict_name(r->verdict), verdict_name(r->verdict));
	sink_printf(out, "<h%u>", level);
	html_text(out, answer ? answer : "PCI functions, decoded");
	sink_printf(out, "</h%u>\n<p class=\"facts\">source <b>", level);
	html_text(out, source_of(r));
	sink_printf(out, "</b> (%s)", source_kind_name(r->model->snap->kind));
	if (r->verdict != VERDICT_NONE)
		fact(out, "goal", goal_name(r->goal));
	fact(out, "machine", h->product);
	fact(out, "kind", host_kind_name(h->kind));
	fact(out, "kernel", h->kernel);
	fact(out, "IOMMU", on_off(h->iommu));
	fact(out, "interrupt remapping", on_off(h->intr_remap));
	sink_puts(out, "</p>\n");
	if (h->cmdline.p && h->cmdline.n) {
		sink_puts(out, "<p class=\"facts\">kernel command line <code>");
		clean_put(out, CLEAN_XML, h->cmdline);
		sink_puts(out, "</code></p>\n");
	}
	sink_puts(out, "</header>\n");
}

static void nav(const struct report *r, size_t number, size_t of, struct sink *out)
{
	const struct {
		const char *id, *name;
		bool there;
	} parts[] = {
		{"tree", "Picture", true},
		{"ladders", "Ladders", r->ladders_n != 0},
		{"findings", "Findings", r->findings_n != 0},
		{"space", "Memory and buses", r->plans_n != 0},
		{"tables", "Settings, rules, differences", r->settings_n + r->rules_n + r->changes_n != 0 || html_has_problems(r)},
		{"functions", "Functions", r->show_functions && r->view_n},
	};
	if (of > 1)
		sink_printf(out, "<nav aria-label=\"Parts of host %zu\"><ul>\n", number);
	else
		sink_puts(out, "<nav aria-label=\"Parts of this page\"><ul>\n");
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].there)
			sink_printf(out, "<li><a href=\"#%s-%zu\">%s</a></li>\n", parts[i].id, number, parts[i].name);
	sink_puts(out, "</ul></nav>\n");
}

static void section(struct sink *out, const char *id, size_t number, const char *title)
{
	unsigned level = out->style.heading;
	sink_printf(out, "<section id=\"%s-%zu\" aria-labelledby=\"%s-%zu-title\"><h%u class=\"part\" id=\"%s-%zu-title\">%s</h%u>\n", id, number, id, number,
		    level, id, number, title, level);
}

static int one(const struct report *r, size_t number, size_t of, struct sink *out)
{
	out->style.heading = of > 1 ? 3 : 2;
	if (of > 1) {
		sink_printf(out, "<section class=\"host\" id=\"host-%zu\" aria-label=\"Host %zu: ", number, number);
		html_text(out, source_of(r));
		sink_puts(out, "\">\n");
	}
	header(r, out, of > 1 ? 2 : 1);
	nav(r, number, of, out);
	if (of == 1)
		sink_printf(out, "<main id=\"host-%zu\">\n", number);
	section(out, "tree", number, "Picture");
	int err = html_tree(r, out);
	sink_puts(out, "</section>\n");
	if (err)
		return err;
	if (r->ladders_n) {
		section(out, "ladders", number, "How far each PF got");
		html_ladders(r, out);
		sink_puts(out, "</section>\n");
	}
	if (r->findings_n) {
		section(out, "findings", number, "Findings");
		err = html_findings(r, out);
		sink_puts(out, "</section>\n");
	}
	if (r->plans_n) {
		section(out, "space", number, "Memory and bus numbers");
		html_bars(r, out);
		sink_puts(out, "</section>\n");
	}
	if (r->settings_n + r->rules_n + r->changes_n || html_has_problems(r)) {
		section(out, "tables", number, "Settings, rules, differences");
		html_tables(r, out);
		sink_puts(out, "</section>\n");
	}
	if (r->show_functions && r->view_n) {
		section(out, "functions", number, "Functions");
		html_functions(r, out);
		sink_puts(out, "</section>\n");
	}
	sink_puts(out, of > 1 ? "</section>\n" : "</main>\n");
	return err;
}

static void summary(const struct report *const *reports, size_t n, struct sink *out)
{
	sink_printf(out, "<header><h1>%zu hosts</h1></header><main id=\"hosts\">", n);
	html_scroll(out, "Verdicts of all hosts");
	sink_puts(out, "<table><thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Source</th><th scope=\"col\">Answer</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < n; i++) {
		const char *verdict = verdict_name(reports[i]->verdict), *answer = report_answer(reports[i]);
		sink_printf(out, "<tr><td><span class=\"badge %s\">%s</span></td><th scope=\"row\"><a href=\"#host-%zu\">", verdict, verdict, i + 1);
		html_text(out, source_of(reports[i]));
		sink_puts(out, "</a></th><td>");
		html_text(out, answer);
		sink_puts(out, "</td></tr>\n");
	}
	sink_puts(out, "</tbody></table></div>\n");
}

int emit_html(const struct report *const *reports, size_t n, struct sink *out)
{
	int err = 0;
	sink_puts(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
		  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>SR-IOV: ");
	if (n == 1)
		html_text(out, report_answer(reports[0]) ? report_answer(reports[0]) : source_of(reports[0]));
	else
		sink_printf(out, "%zu hosts", n);
	sink_puts(out, "</title>\n<style>");
	sink_puts(out, html_css);
	bool findings = n == 1 && reports[0]->findings_n;
	sink_printf(out, "</style></head>\n<body>\n<a class=\"skip\" href=\"#%s\">%s</a>\n", findings ? "findings-1" : n == 1 ? "host-1" : "hosts",
		    findings ? "To the findings" : "To the report");
	if (n > 1)
		summary(reports, n, out);
	for (size_t i = 0; i < n && !err; i++)
		err = one(reports[i], i + 1, n, out);
	if (n > 1)
		sink_puts(out, "</main>\n");
	sink_printf(out, "<footer><p class=\"meta\">%s %s. The same report as XML or JSON holds all that is said here.</p></footer>\n</body></html>\n",
		    n ? reports[0]->tool : "", PACKAGE_VERSION);
	return err ? err : out->err;
}
