/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"
#include "report/emit.h"
#include "report/sink.h"

int api_report(struct sriov_model *model, struct report *inner, struct sriov_report **out)
{
	struct sriov_report *report = inner ? calloc(1, sizeof(*report)) : NULL;
	if (!report) {
		report_free(inner);
		return -ENOMEM;
	}
	report->inner = inner;
	report->refs = 1;
	report->model = sriov_model_ref(model);
	*out = report;
	return 0;
}

static int finish(struct sriov_report *report, int err, struct sriov_report **out)
{
	if (err)
		sriov_report_unref(report);
	else
		*out = report;
	return err;
}

/* The report is marked by what was assumed; a report may outlive its query. */
static int assumptions(const struct sriov_query *query, struct report *report)
{
	for (size_t i = 0; i < query->assumptions_n; i++) {
		struct assumption *a = ARENA_PUSH(&report->arena, report->assumptions, report->assumptions_n, report->assumptions_room);
		if (!a)
			return -ENOMEM;
		a->key = arena_printf(&report->arena, "%s", query->assumptions[i].key);
		a->value = arena_printf(&report->arena, "%s", query->assumptions[i].value);
		if (!a->key || !a->value)
			return -ENOMEM;
	}
	return 0;
}

SRIOV_EXPORT int sriov_check(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out)
{
	struct sriov_report *report;
	int err = api_report(model, report_new("sriov-check", model->inner), &report);
	if (err)
		return err;
	report->inner->verbose = query->verbose;
	report->inner->show_functions = true; /* text leaves them out */
	const struct filter *filter = query->filtered ? &query->filter : NULL;
	err = report_view(report->inner, filter, true, false); /* judged: also what should be a PF and is none */
	if (!err)
		err = assumptions(query, report->inner);
	if (!err)
		err = plan_run(report->inner, &query->assume, query->ask.has_vfs, query->ask.vfs);
	if (!err)
		err = check_run(model->inner, &query->ask, report->inner);
	for (size_t i = 0; !err && i < report->inner->findings_n; i++)
		report->inner->findings[i]->index = i;
	if (!err)
		err = report_view(report->inner, filter, query->all, true); /* shown */
	return finish(report, err, out);
}

SRIOV_EXPORT int sriov_dump(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out)
{
	struct sriov_report *report;
	int err = api_report(model, report_new("sriov-dump", model->inner), &report);
	if (err)
		return err;
	report->inner->verbose = query->verbose;
	report->inner->show_functions = true;
	report->inner->show_all = query->all;
	/* what was selected by name is shown, whatever it is */
	err = report_view(report->inner, query->filtered ? &query->filter : NULL, query->all || query->filtered, !query->filtered);
	report->inner->fail_on_warning = query->fail_on_warning;
	if (!err && query->validate) {
		const struct rule_selection selection = {
			.only = query->only, .no = query->no,
			.no_address = model->inner->snap->kind == SOURCE_CONFIG && !query->addressed,
		};
		err = rule_judge(model->inner, &selection, &query->waivers, report->inner);
	}
	if (!err && query->has_expected)
		err = expect_compare(report->inner, &query->expected);
	return finish(report, err, out);
}

SRIOV_EXPORT struct sriov_report *sriov_report_ref(struct sriov_report *report)
{
	report->refs++;
	return report;
}

SRIOV_EXPORT void sriov_report_unref(struct sriov_report *report)
{
	if (!report || --report->refs)
		return;
	report_free(report->inner);
	sriov_model_unref(report->model);
	free(report);
}

SRIOV_EXPORT int sriov_report_get_status(const struct sriov_report *report)
{
	return report_status(report->inner);
}

SRIOV_EXPORT const char *sriov_report_get_verdict(const struct sriov_report *report)
{
	return report->inner->verdict == VERDICT_NONE ? NULL : verdict_name(report->inner->verdict);
}

SRIOV_EXPORT const char *sriov_report_get_answer(const struct sriov_report *report)
{
	return report->inner->answer;
}

static const struct finding *in(const struct sriov_finding *finding)
{
	return (const struct finding *)(const void *)finding;
}

static const struct sriov_finding *finding_at(const struct report *report, size_t index)
{
	return index < report->findings_n ? (const struct sriov_finding *)(const void *)report->findings[index] : NULL;
}

SRIOV_EXPORT const struct sriov_finding *sriov_report_get_first_finding(const struct sriov_report *report)
{
	return finding_at(report->inner, 0);
}

SRIOV_EXPORT const struct sriov_finding *sriov_finding_get_next(const struct sriov_report *report, const struct sriov_finding *finding)
{
	return finding_at(report->inner, in(finding)->index + 1);
}

SRIOV_EXPORT const char *sriov_finding_get_id(const struct sriov_finding *finding)
{
	return in(finding)->id;
}

SRIOV_EXPORT const char *sriov_finding_get_state(const struct sriov_finding *finding)
{
	return finding_state_name(in(finding)->state);
}

SRIOV_EXPORT const char *sriov_finding_get_severity(const struct sriov_finding *finding)
{
	return in(finding)->severity == SEVERITY_NONE ? NULL : severity_name(in(finding)->severity);
}

SRIOV_EXPORT const char *sriov_finding_get_message(const struct sriov_finding *finding)
{
	return in(finding)->message;
}

SRIOV_EXPORT bool sriov_finding_is_root(const struct sriov_finding *finding)
{
	return in(finding)->role == FINDING_ROOT;
}

SRIOV_EXPORT const struct sriov_fn *sriov_finding_get_fn(const struct sriov_finding *finding)
{
	return (const struct sriov_fn *)(const void *)in(finding)->subject;
}

SRIOV_EXPORT int sriov_finding_get_evidence(const struct sriov_finding *finding, size_t index, const char **where, const char **value,
					    const char **expected)
{
	if (index >= in(finding)->evidence_n)
		return -ERANGE;
	*where = in(finding)->evidence[index].where;
	*value = in(finding)->evidence[index].value;
	*expected = in(finding)->evidence[index].expected;
	return 0;
}

SRIOV_EXPORT const char *sriov_finding_get_step(const struct sriov_finding *finding, size_t index)
{
	return index < in(finding)->steps_n ? in(finding)->steps[index] : NULL;
}

/* The inner reports, to be freed; NULL when memory is exhausted. */
static const struct report **inner_of(struct sriov_report *const *reports, size_t n)
{
	const struct report **inner = calloc(n ? n : 1, sizeof(struct report *));
	for (size_t i = 0; inner && i < n; i++)
		inner[i] = reports[i]->inner;
	return inner;
}

SRIOV_EXPORT int sriov_reports_write(struct sriov_report *const *reports, size_t n, const char *format, int fd, unsigned flags, unsigned width)
{
	const struct emitter *emitter = emitter_find(format);
	if (!emitter)
		return -EINVAL;
	const struct report **inner = inner_of(reports, n);
	struct sink sink = {0};
	struct names *names = NULL;
	char *ids = NULL;
	int err = inner ? 0 : -ENOMEM;
	if (!err && flags & SRIOV_WRITE_NAMES)
		err = api_names(&names, &ids);
	if (!err)
		err = sink_to_fd(&sink, fd);
	if (!err) {
		sink.style = (struct style){
			.color = flags & SRIOV_WRITE_COLOR, .utf8 = flags & SRIOV_WRITE_UTF8, .quiet = flags & SRIOV_WRITE_QUIET,
			.width = width, .names = names,
		};
		err = emitter->write(inner, n, &sink);
		int closed = sink_close(&sink);
		err = err ? err : closed;
	}
	names_free(names);
	free(ids);
	free(inner);
	return err;
}

/* The first of 1, 3, 0 that any has; 2 where there is none. */
static int contract_status(struct sriov_report *const *reports, size_t n)
{
	int status = n ? 0 : 2;
	for (size_t i = 0; i < n && status != 1; i++) {
		int one = report_status(reports[i]->inner);
		status = one ? one : status;
	}
	return status;
}

SRIOV_EXPORT int sriov_reports_get_status(struct sriov_report *const *reports, size_t n, const char *format)
{
	const struct emitter *emitter = emitter_find(format);
	int status = contract_status(reports, n);
	const struct report **inner = emitter && emitter->status ? inner_of(reports, n) : NULL;
	if (inner)
		status = emitter->status(inner, n, status);
	else if (emitter && emitter->status) /* no memory to ask for it: as where nothing could be read */
		status = emitter->status(NULL, 0, 2);
	free(inner);
	return status;
}
