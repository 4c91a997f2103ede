/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the HTML page. One file, no script, nothing loaded: the policy in its head forbids it. */
#ifndef SRIOV_REPORT_HTML_H
#define SRIOV_REPORT_HTML_H

#include "report/clean.h"
#include "report/report.h"

#define HTML_FOLD 40 /* PFs from which on they are folded */

extern const char html_css[];

/* The PCI Express tree from the root complex to PFs and VFs, with what is missing written where it is missing. */
int html_tree(const struct report *report, struct sink *out) MUST_CHECK;
/* Memory windows and bus ranges: used, free, needed. */
void html_bars(const struct report *report, struct sink *out);
/* Remedies, routing IDs and VF BARs of one plan. */
void html_plan(const struct plan *plan, struct sink *out);
/* Ladders of all PFs. */
void html_ladders(const struct report *report, struct sink *out);
int html_findings(const struct report *report, struct sink *out) MUST_CHECK;
/* Firmware settings, rules, changes, problems of the source. */
void html_tables(const struct report *report, struct sink *out);
bool html_has_problems(const struct report *report);
/* Functions in view with their capabilities. */
void html_functions(const struct report *report, struct sink *out);

static inline void html_text(struct sink *out, const char *text)
{
	if (text)
		clean_puts(out, CLEAN_XML, text);
}

/* <tag>text</tag>; nothing for NULL. */
static inline void html_in(struct sink *out, const char *tag, const char *text)
{
	if (text) {
		sink_printf(out, "<%s>", tag);
		html_text(out, text);
		sink_printf(out, "</%s>", tag);
	}
}

/* <th scope="row">text</th>, where "" stands for NULL */
static inline void html_row(struct sink *out, const char *text)
{
	sink_puts(out, "<th scope=\"row\">");
	html_text(out, text);
	sink_puts(out, "</th>");
}

/* A heading inside a part, and its end. */
static inline void html_heading(struct sink *out) { sink_printf(out, "<h%u>", out->style.heading + 1); }
static inline void html_heading_end(struct sink *out) { sink_printf(out, "</h%u>\n", out->style.heading + 1); }

/* What is wider than a small screen is moved in its own frame, by keyboard too, and has a name there; to be closed by </div>. */
static inline void html_scroll(struct sink *out, const char *name)
{
	sink_printf(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">", name);
}

/* " Intel Corporation 82576", where names are wanted and known. */
void html_names(struct sink *out, const struct fn *fn);
/* "pass" in words for those who hear the page, a mark for those who see it. */
void html_state(struct sink *out, enum finding_state state);

#endif
