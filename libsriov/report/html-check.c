/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The judgement in HTML: ladders and findings. */
#include "emit-text.h"
#include "group.h"
#include "html.h"

#define SUBJECTS 24

void html_state(struct sink *out, enum finding_state state)
{
	static const char *const marks[] = {
		[FINDING_PASS] = "✓", [FINDING_FAIL] = "✗", [FINDING_UNKNOWN] = "?", [FINDING_NOTAPPLICABLE] = "–", [FINDING_INFORMATIONAL] = "i",
	};
	sink_printf(out, "<span aria-hidden=\"true\">%s</span><span class=\"sr\">%s</span>", (size_t)state < ARRAY_SIZE(marks) ? marks[state] : "?",
		    finding_state_name(state));
}

static const char *class_of(enum finding_state state)
{
	return state == FINDING_PASS ? "pass" : state == FINDING_FAIL ? "fail" : state == FINDING_UNKNOWN ? "unknown" : "na";
}

static void about(const struct fn *fn, struct sink *out)
{
	char buf[24];
	if (!fn) {
		sink_puts(out, "this guest");
		return;
	}
	sink_printf(out, "<code class=\"addr\">%s</code><span>", addr_of(fn, buf));
	if (known(&fn->vendor) && known(&fn->device))
		sink_printf(out, "%04x:%04x", (unsigned)fn->vendor.v, (unsigned)fn->device.v);
	html_names(out, fn);
	if (fn->driver) {
		sink_putc(out, ' ');
		html_text(out, fn->driver);
	}
	const struct fact *num = fn->pf ? known(&fn->pf->num_vfs) ? &fn->pf->num_vfs : &fn->pf->sysfs_num : NULL;
	const struct fact *total = fn->pf ? known(&fn->pf->total_vfs) ? &fn->pf->total_vfs : &fn->pf->sysfs_total : NULL;
	if (num && total && known(num) && known(total))
		sink_printf(out, ", %llu of %llu VFs", (unsigned long long)num->v, (unsigned long long)total->v);
	sink_puts(out, "</span>");
}

static void ladder_rows(const struct report *r, bool guest, int complete, struct sink *out)
{
	unsigned from = guest ? RUNGS_HOST : 0, to = guest ? RUNG_COUNT : RUNGS_HOST;
	html_scroll(out, guest ? "Ladder of this guest" : "Ladders of PFs");
	sink_puts(out, "<table class=\"rungs\"><thead><tr><th scope=\"col\">Function</th>");
	for (unsigned i = from; i < to; i++)
		sink_printf(out, "<th scope=\"col\">%s</th>", rung_name((enum rung)i));
	sink_puts(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < r->ladders_n; i++) {
		const struct ladder *l = &r->ladders[i];
		if (guest != (l->fn == NULL) || (complete >= 0 && ladder_complete(l) != (complete != 0)))
			continue;
		sink_puts(out, "<tr><th scope=\"row\">");
		about(l->fn, out);
		sink_puts(out, "</th>");
		for (unsigned k = from; k < to; k++) {
			sink_printf(out, "<td class=\"%s\">", class_of(l->rungs[k]));
			html_state(out, l->rungs[k]);
			sink_puts(out, "</td>");
		}
		sink_puts(out, "</tr>\n");
	}
	sink_puts(out, "</tbody></table></div>\n");
}

void html_ladders(const struct report *r, struct sink *out)
{
	size_t guests = 0, complete = 0, others = 0;
	for (size_t i = 0; i < r->ladders_n; i++) {
		guests += !r->ladders[i].fn;
		complete += r->ladders[i].fn && ladder_complete(&r->ladders[i]);
		others += r->ladders[i].fn && !ladder_complete(&r->ladders[i]);
	}
	if (guests)
		ladder_rows(r, true, -1, out);
	if (complete < HTML_FOLD) {
		if (complete + others)
			ladder_rows(r, false, -1, out);
		return;
	}
	if (others)
		ladder_rows(r, false, 0, out);
	sink_printf(out, "<details><summary>%zu PFs that stand at the top of their ladder</summary>\n", complete);
	ladder_rows(r, false, 1, out);
	sink_puts(out, "</details>\n");
}

static void subjects(const struct same *s, struct sink *out)
{
	char buf[24];
	for (size_t i = 0; i < s->n; i++) {
		if (i == SUBJECTS)
			sink_printf(out, "<details class=\"paper\"><summary>and %zu more</summary>", s->n - i);
		sink_printf(out, "%s<code class=\"addr\">%s</code>", i && i != SUBJECTS ? ", " : "", addr_of(s->all[i]->subject, buf));
	}
	sink_puts(out, s->n > SUBJECTS ? "</details>" : "");
}

static void evidence(const struct finding *f, struct sink *out)
{
	if (!f->evidence_n)
		return;
	sink_printf(out, "<details class=\"paper\"><summary>Evidence (%zu)</summary>", f->evidence_n);
	html_scroll(out, "Evidence");
	sink_puts(out, "<table><thead><tr><th scope=\"col\">Where</th><th scope=\"col\">Found</th><th scope=\"col\">Expected</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < f->evidence_n; i++) {
		const struct evidence *e = &f->evidence[i];
		sink_puts(out, "<tr><th scope=\"row\"><code>");
		html_text(out, e->where);
		sink_puts(out, "</code></th><td><code>");
		html_text(out, e->value);
		sink_puts(out, "</code> ");
		html_text(out, e->note);
		sink_puts(out, "</td><td>");
		html_text(out, e->expected);
		sink_puts(out, "</td></tr>\n");
	}
	sink_puts(out, "</tbody></table></div></details>\n");
}

static void finding(const struct same *s, struct sink *out)
{
	const struct finding *f = s->first;
	const char *class = f->state == FINDING_UNKNOWN ? "undecided" : f->state != FINDING_FAIL ? "na" : f->severity == SEVERITY_ERROR ? "error" : "warning";
	sink_printf(out, "<article class=\"%s\">", class);
	html_heading(out);
	sink_printf(out, "<span class=\"%s\">", class_of(f->state));
	html_state(out, f->state);
	sink_puts(out, "</span> ");
	html_text(out, f->message);
	html_heading_end(out);
	sink_puts(out, "<p class=\"meta\"><code>");
	html_text(out, f->id);
	sink_puts(out, "</code> on ");
	subjects(s, out);
	sink_printf(out, " · %s <b>%s</b>", f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR ? "blocks" : "at rung", rung_name(f->rung));
	if (f->severity != SEVERITY_NONE)
		sink_printf(out, " · %s", severity_name(f->severity));
	sink_printf(out, " · %s</p>\n", confidence_name(f->confidence));
	if (f->because) {
		sink_puts(out, "<p>Because of <code>");
		html_text(out, f->because->id);
		sink_puts(out, "</code>.</p>\n");
	}
	if (f->missing) {
		sink_puts(out, "<p>To decide it: ");
		html_text(out, f->missing);
		sink_puts(out, "</p>\n");
	}
	if (f->steps_n) {
		sink_puts(out, "<ol>\n");
		for (size_t i = 0; i < f->steps_n; i++)
			html_in(out, "li", f->steps[i]);
		sink_puts(out, "</ol>\n");
	}
	evidence(f, out);
	if (f->references_n) {
		sink_puts(out, "<details class=\"paper\"><summary>References</summary><ul>\n");
		for (size_t i = 0; i < f->references_n; i++) {
			sink_puts(out, "<li>");
			html_text(out, f->references[i].kind);
			sink_puts(out, ": ");
			html_text(out, f->references[i].text);
			sink_puts(out, "</li>\n");
		}
		sink_puts(out, "</ul></details>\n");
	}
	sink_puts(out, "</article>\n");
}

static bool in_part(const struct finding *f, int part)
{
	bool root = f->role == FINDING_ROOT;
	switch (part) {
	case 0:
		return root && f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR;
	case 1:
		return root && f->state == FINDING_FAIL && f->severity != SEVERITY_ERROR;
	case 2:
		return root && f->state == FINDING_UNKNOWN;
	case 3:
		return !root && f->state != FINDING_PASS;
	case 4:
		return root && f->state == FINDING_INFORMATIONAL;
	default:
		return f->state == FINDING_PASS || f->state == FINDING_NOTAPPLICABLE;
	}
}

int html_findings(const struct report *r, struct sink *out)
{
	static const char *const folded[] = {NULL, NULL, NULL, "What follows from these, and goes away with them", "For information", "What was looked at and is in order"};
	struct groups groups;
	int err = groups_new(r, &groups);
	if (err)
		return err;
	for (int part = 0; part < (int)ARRAY_SIZE(folded); part++) {
		size_t n = 0;
		for (size_t i = 0; i < groups.n; i++) {
			if (!in_part(groups.all[i].first, part))
				continue;
			if (!n++ && folded[part])
				sink_printf(out, "<details%s><summary>%s</summary>\n", part < 5 ? " class=\"paper\"" : "", folded[part]);
			finding(&groups.all[i], out);
		}
		if (n && folded[part])
			sink_puts(out, "</details>\n");
	}
	groups_free(&groups);
	return 0;
}
