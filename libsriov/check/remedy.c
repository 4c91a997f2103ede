/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps for every finding of state fail, from the table of remedies; those that a check said itself stand first. */
#include "facts.h"
#include "data/data.h"
#include "machine.h"

static bool holds(const struct run *run, const struct finding *f, const struct remedy *row)
{
	const struct host *h = &run->model->host;
	const struct fn *fn = f->subject;
	switch (row->when) {
	case WHEN_GUEST:
		return h->kind == HOST_GUEST;
	case WHEN_NO_GUEST:
		return h->kind != HOST_GUEST;
	case WHEN_DRIVER:
		return fn && fn->driver && !strcmp(fn->driver, row->driver);
	case WHEN_PF:
		return fn != NULL;
	case WHEN_NETDEV:
		return fn && fn->netdev;
	default:
		return true;
	}
}

/* Number of VFs that an example asks for. */
static uint64_t example_vfs(const struct run *run, const struct finding *f)
{
	const struct fn *fn = f->subject;
	if (f->vfs)
		return f->vfs;
	uint64_t n = fn && fn->pf ? vfs_wanted(run, fn) : 0;
	return n ? n : fn && fn->pf ? 1 : 8; /* of a device that shows no capability yet: as many as most have */
}

/* "%P", "%N", "%V" of a row. */
static const char *fill(struct run *run, const struct finding *f, const char *step)
{
	const char *text = "";
	for (const char *at; (at = strchr(step, '%')) != NULL; step = at + 2) {
		const char *put = at[1] == 'P' ? (f->subject ? name_of(run, f->subject) : "ADDRESS") :
				  at[1] == 'N' ? (f->subject && f->subject->netdev ? f->subject->netdev : "INTERFACE") :
						 say(run, "%llu", (unsigned long long)example_vfs(run, f));
		text = say(run, "%s%.*s%s", text, (int)(at - step), step, put);
	}
	return say(run, "%s%s", text, step);
}

/* A row's step in this machine's words; "%{nic JOB}" and "%{persist}" are steps of their own. */
static void add(struct run *run, struct finding *f, const char *step)
{
	step = machine_condition(run, step);
	/* A guest's firmware has no such settings; what it lacks its host has to give. */
	if (!step || (run->model->host.kind == HOST_GUEST && strstr(step, "%{bios ")))
		return;
	struct slice word = slice_of(step);
	if (slice_eat(&word, "%{nic ")) {
		const char *tool;
		for (size_t at = 0; (tool = machine_tool(f->subject, machine_job(word), &at)) != NULL;)
			finding_step(run, f, fill(run, f, tool));
		return;
	}
	if (!strcmp(step, "%{persist}"))
		step = machine_persist(run, f->subject);
	step = fill(run, f, machine_expand(run, step));
	/* "Or …" is no beginning: what it would be the other choice of is not for this machine. */
	if (!f->steps_n && !strncmp(step, "Or ", 3))
		step = machine_sentence(run, step + 3);
	finding_step(run, f, step);
}

int remedy_run(struct run *run)
{
	const struct report *report = run->report;
	for (size_t i = 0; i < report->findings_n && !run->err; i++) {
		struct finding *f = report->findings[i];
		if (f->state != FINDING_FAIL)
			continue;
		for (size_t r = 0; r < remedies_n; r++)
			if (!strcmp(remedies[r].cause, f->id) && holds(run, f, &remedies[r]))
				add(run, f, remedies[r].step);
	}
	return run->err;
}
