/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "walk-put.h"

const char *host_kind_name(enum host_kind kind)
{
	static const char *const names[] = {
		[HOST_UNKNOWN] = "unknown", [HOST_BARE_METAL] = "bare-metal", [HOST_GUEST] = "guest", [HOST_CONTAINER] = "container",
	};
	return (size_t)kind < ARRAY_SIZE(names) ? names[kind] : names[HOST_UNKNOWN];
}

static const char *on_off(enum tri tri)
{
	return tri == TRI_YES ? "on" : tri == TRI_NO ? "off" : "unknown";
}

/* An element with two attributes of text; left out where neither is known. */
static void pair(struct walker *w, enum element e, enum attribute a, const char *x, enum attribute b, const char *y)
{
	if (!x && !y)
		return;
	open_el(w, e);
	at_str(w, a, x);
	at_str(w, b, y);
	close_el(w, e);
}

static void host(const struct report *report, struct walker *w)
{
	const struct host *h = &report->model->host;
	open_el(w, EL_HOST);
	at_word(w, AT_KIND, host_kind_name(h->kind));
	if (h->in_container)
		at_flag(w, AT_IN_CONTAINER, true);
	at_str(w, AT_HYPERVISOR, h->hypervisor);
	at_str(w, AT_KERNEL, h->kernel);
	at_str(w, AT_ARCH, h->arch);
	if (h->page_size)
		at_num(w, AT_PAGE_SIZE, h->page_size);

	open_el(w, EL_CMDLINE);
	at_word(w, AT_STATE, item_state_name(h->cmdline_state));
	if (h->cmdline.p)
		w->ops->text(w, h->cmdline);
	close_el(w, EL_CMDLINE);

	if (h->cpu_vendor || h->cpu_flags.p) {
		open_el(w, EL_CPU);
		at_str(w, AT_VENDOR, h->cpu_vendor);
		if (report->verbose && h->cpu_flags.p)
			w->ops->string(w, AT_FLAGS, h->cpu_flags);
		close_el(w, EL_CPU);
	}
	if (h->sys_vendor || h->product || h->board_vendor || h->board) {
		open_el(w, EL_SYSTEM);
		at_str(w, AT_VENDOR, h->sys_vendor);
		at_str(w, AT_PRODUCT, h->product);
		at_str(w, AT_BOARD_VENDOR, h->board_vendor);
		at_str(w, AT_BOARD, h->board);
		close_el(w, EL_SYSTEM);
	}
	pair(w, EL_FIRMWARE, AT_VENDOR, h->bios_vendor, AT_VERSION, h->bios_version);
	pair(w, EL_OS, AT_ID, h->os_id, AT_VERSION, NULL);

	open_el(w, EL_IOMMU);
	at_word(w, AT_STATE, on_off(h->iommu));
	at_num(w, AT_GROUPS, h->groups_seen);
	at_str(w, AT_WHY, h->iommu_why);
	close_el(w, EL_IOMMU);
	open_el(w, EL_INTERRUPT_REMAPPING);
	at_word(w, AT_STATE, on_off(h->intr_remap));
	at_str(w, AT_WHY, h->intr_remap_why);
	close_el(w, EL_INTERRUPT_REMAPPING);
	close_el(w, EL_HOST);
}

void walk_ladder(const struct ladder *ladder, struct walker *w)
{
	unsigned from = ladder->fn ? 0 : RUNGS_HOST, to = ladder->fn ? RUNGS_HOST : RUNG_COUNT;
	open_el(w, EL_LADDER);
	at_subject(w, AT_ADDRESS, ladder->fn, NULL);
	at_word(w, AT_REACHED, ladder->reached < 0 ? "none" : rung_name((enum rung)ladder->reached));
	at_flag(w, AT_COUNTS, ladder->counts);
	for (unsigned i = from; i < to; i++) {
		open_el(w, EL_RUNG);
		at_word(w, AT_NAME, rung_name((enum rung)i));
		at_word(w, AT_STATE, finding_state_name(ladder->rungs[i]));
		close_el(w, EL_RUNG);
	}
	close_el(w, EL_LADDER);
}

static void setting(const struct setting *s, struct walker *w)
{
	open_el(w, EL_SETTING);
	at_str(w, AT_NAME, s->name);
	at_str(w, AT_WANTED, s->wanted);
	at_str(w, AT_FOUND, s->found);
	at_str(w, AT_HOW, s->how);
	at_str(w, AT_WHERE, s->where);
	close_el(w, EL_SETTING);
}

void walk_finding(const struct finding *f, struct walker *w)
{
	open_el(w, EL_FINDING);
	at_str(w, AT_ID, f->id);
	at_subject(w, AT_SUBJECT, f->subject, "host");
	at_word(w, AT_RUNG, rung_name(f->rung));
	at_word(w, AT_STATE, finding_state_name(f->state));
	if (f->severity != SEVERITY_NONE)
		at_word(w, AT_SEVERITY, severity_name(f->severity));
	at_word(w, AT_ROLE, role_name(f->role));
	at_word(w, AT_CONFIDENCE, confidence_name(f->confidence));
	if (f->because)
		at_str(w, AT_BECAUSE, f->because->id);
	text_el(w, EL_MESSAGE, f->message ? f->message : f->id);
	text_el(w, EL_MISSING, f->missing);
	for (size_t i = 0; i < f->evidence_n; i++) {
		const struct evidence *e = &f->evidence[i];
		open_el(w, EL_EVIDENCE);
		at_str(w, AT_WHERE, e->where);
		at_str(w, AT_VALUE, e->value);
		at_str(w, AT_EXPECTED, e->expected);
		if (e->note)
			w->ops->text(w, slice_of(e->note));
		close_el(w, EL_EVIDENCE);
	}
	if (f->steps_n) {
		open_el(w, EL_REMEDY);
		for (size_t i = 0; i < f->steps_n; i++)
			text_el(w, EL_STEP, f->steps[i]);
		close_el(w, EL_REMEDY);
	}
	for (size_t i = 0; i < f->references_n; i++) {
		open_el(w, EL_REFERENCE);
		at_str(w, AT_KIND, f->references[i].kind);
		if (f->references[i].text)
			w->ops->text(w, slice_of(f->references[i].text));
		close_el(w, EL_REFERENCE);
	}
	close_el(w, EL_FINDING);
}

void walk_rule(const struct rule_result *rule, struct walker *w)
{
	open_el(w, EL_RULE);
	at_str(w, AT_ID, rule->id);
	at_addr(w, AT_SUBJECT, &rule->subject);
	at_word(w, AT_SEVERITY, severity_name(rule->severity));
	at_word(w, AT_STATE, finding_state_name(rule->state));
	at_str(w, AT_WAIVED, rule->waived);
	at_str(w, AT_SPEC, rule->spec);
	text_el(w, EL_TITLE, rule->title);
	text_el(w, EL_FOUND, rule->found);
	text_el(w, EL_EXPECTED, rule->expected);
	text_el(w, EL_WHY, rule->why);
	close_el(w, EL_RULE);
}

void walk_change(const struct change *change, struct walker *w)
{
	open_el(w, EL_CHANGE);
	at_str(w, AT_ADDRESS, change->address);
	at_str(w, AT_CAPABILITY, change->capability);
	at_str(w, AT_FIELD, change->field);
	at_str(w, AT_WAS, change->was);
	at_str(w, AT_NOW, change->now);
	close_el(w, EL_CHANGE);
}

static void problem(const struct problem *p, struct walker *w)
{
	open_el(w, EL_PROBLEM);
	at_str(w, AT_SOURCE, p->source);
	if (p->line)
		at_num(w, AT_LINE, p->line);
	at_flag(w, AT_FATAL, p->fatal);
	text_el(w, EL_MESSAGE, p->what);
	text_el(w, EL_ADVICE, p->advice);
	close_el(w, EL_PROBLEM);
}

void walk_report_begin(const struct report *report, struct walker *w)
{
	const struct snapshot *snap = report->model->snap;
	open_el(w, EL_REPORT);
	at_word(w, AT_TOOL, report->tool);
	at_word(w, AT_TOOL_VERSION, PACKAGE_VERSION);
	if (report->verdict != VERDICT_NONE) {
		at_word(w, AT_GOAL, goal_name(report->goal));
		if (report->profile == PROFILE_HYPERV)
			at_word(w, AT_PROFILE, "hyperv");
		at_word(w, AT_VERDICT, verdict_name(report->verdict));
	}
	at_str(w, AT_SOURCE, snap->name && *snap->name ? snap->name : "/");
	at_word(w, AT_SOURCE_KIND, source_kind_name(snap->kind));
	text_el(w, EL_ANSWER, report->answer);
	host(report, w);
}

void walk_report_end(const struct report *report, struct walker *w)
{
	for (size_t i = 0; i < report->ladders_n; i++)
		walk_ladder(&report->ladders[i], w);
	for (size_t i = 0; i < report->plans_n; i++)
		walk_plan(report, &report->plans[i], w);
	for (size_t i = 0; i < report->settings_n; i++)
		setting(&report->settings[i], w);
	for (size_t i = 0; i < report->findings_n; i++)
		walk_finding(report->findings[i], w);
	for (size_t i = 0; i < report->rules_n; i++)
		walk_rule(&report->rules[i], w);
	for (size_t i = 0; i < report->changes_n; i++)
		walk_change(&report->changes[i], w);
	for (size_t i = 0; i < report->model->snap->problems_n; i++)
		problem(&report->model->snap->problems[i], w);
	struct problem more = {.source = report->model->snap->name};
	char buf[LEFT_OUT];
	bool grave;
	for (size_t i = 0; !report_left_out(report, i, buf, &more.advice, &grave); i++) {
		more.what = buf;
		problem(&more, w);
	}
	close_el(w, EL_REPORT);
}

void walk_reports(const struct report *const *reports, size_t n, struct walker *w)
{
	if (n > 1)
		open_el(w, EL_REPORTS);
	for (size_t i = 0; i < n; i++) {
		walk_report_begin(reports[i], w);
		if (reports[i]->show_functions)
			for (size_t k = 0; k < reports[i]->view_n; k++)
				walk_one_function(reports[i], reports[i]->view[k], w);
		walk_report_end(reports[i], w);
	}
	if (n > 1)
		close_el(w, EL_REPORTS);
}
