/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings are made here, and the checks are run over their subjects. */
#include "check.h"
#include "private.h"
#include "settings.h"

static struct arena *memory(struct run *run)
{
	return &run->report->arena;
}

static void *sure(struct run *run, void *p)
{
	if (!p)
		run->err = -ENOMEM;
	return p;
}

static void refer(struct run *run, struct finding *finding, const char *kind, const char *text)
{
	if (!text)
		return;
	struct reference *r = sure(run, ARENA_PUSH(memory(run), finding->references, finding->references_n, finding->references_room));
	if (r)
		*r = (struct reference){kind, text};
}

/* The place of a PF in view + 1, 0: it is none. Asked for at every finding. */
uint32_t run_place(const struct run *run, const struct fn *fn)
{
	return fn && run->pf_at ? run->pf_at[fn - run->model->fns] : 0;
}

static struct mark *mark_of(const struct run *run, const struct fn *fn)
{
	if (fn->role == ROLE_VF)
		fn = fn->pf_fn;
	size_t place = run_place(run, fn);
	return place ? &run->marks[place - 1] : NULL;
}

/* A PF's and its VFs', the host's, or the rest's. */
static const struct mark *any_mark(const struct run *run, const struct fn *subject)
{
	const struct mark *m = subject ? mark_of(run, subject) : &run->host_mark;
	return m ? m : &run->rest_mark;
}

static void mark(struct run *run, struct finding *f)
{
	struct mark *m = (struct mark *)(uintptr_t)any_mark(run, f->subject); /* who may write the run may write its marks */
	f->before = m->last;
	m->last = f;
	if (f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR)
		m->fail |= 1U << f->rung;
	if (f->state == FINDING_UNKNOWN)
		m->unknown |= 1U << f->rung;
}

const struct mark *run_mark(const struct run *run, const struct fn *fn)
{
	return mark_of(run, fn);
}

struct finding *finding_new(struct run *run, const struct check *check, const struct fn *subject, enum finding_state state,
			    enum severity severity, enum confidence confidence, const char *message, ...)
{
	struct report *report = run->report;
	if (run->err)
		return NULL;
	struct finding *f = sure(run, arena_alloc(memory(run), sizeof(*f)));
	struct finding **slot = f ? sure(run, ARENA_PUSH(memory(run), report->findings, report->findings_n, report->findings_room)) : NULL;
	if (!slot)
		return NULL;
	*slot = f;
	*f = (struct finding){
		.id = check->id, .check = check, .subject = subject, .rung = check->rung, .state = state,
		.severity = state == FINDING_FAIL ? severity : SEVERITY_NONE, .confidence = confidence, .role = FINDING_ROOT,
	};
	mark(run, f);
	va_list args;
	va_start(args, message);
	f->message = sure(run, arena_vprintf(memory(run), message, args));
	va_end(args);
	if (!f->message)
		f->message = check->title;
	refer(run, f, "kernel", check->kernel);
	refer(run, f, "spec", check->spec);
	refer(run, f, "windows", check->windows);
	refer(run, f, "case", check->source);
	return f;
}

void finding_evidence(struct run *run, struct finding *finding, const char *where, const char *value, const char *expected,
		      const char *note)
{
	if (!finding || run->err)
		return;
	struct evidence *e = sure(run, ARENA_PUSH(memory(run), finding->evidence, finding->evidence_n, finding->evidence_room));
	if (e)
		*e = (struct evidence){where, value, expected, note};
}

const char *say(struct run *run, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = sure(run, arena_vprintf(memory(run), format, args));
	va_end(args);
	return text ? text : "";
}

const char *where_item(struct run *run, const struct item *item, unsigned line)
{
	if (!item)
		return "";
	/* The path is put together here: the snapshot's arena is constant by now. */
	const char *path = item->name;
	for (const struct item *up = item->parent; up && up->parent; up = up->parent)
		path = say(run, "%s/%s", up->name, path);
	if (item->origin)
		path = say(run, "%s (from %s)", path, item->origin);
	return line ? say(run, "%s:%u", path, line) : path;
}

void finding_missing(struct run *run, struct finding *finding, const char *what)
{
	(void)run;
	if (finding)
		finding->missing = what;
}

void finding_vfs(struct run *run, struct finding *finding, uint64_t vfs)
{
	(void)run;
	if (finding)
		finding->vfs = vfs;
}

void finding_step(struct run *run, struct finding *finding, const char *step)
{
	if (!finding || run->err)
		return;
	const char **s = sure(run, ARENA_PUSH(memory(run), finding->steps, finding->steps_n, finding->steps_room));
	if (s)
		*s = step;
}

bool run_has_pf(const struct run *run, const struct fn *fn)
{
	return run_place(run, fn) > 0;
}

const struct finding *finding_find(const struct run *run, const char *id, const struct fn *subject)
{
	const struct finding *f = any_mark(run, subject)->last;
	while (f && (f->subject != subject || strcmp(f->id, id) != 0))
		f = f->before;
	return f;
}

/* The PFs in view, and whether one of them has VFs. */
static int find_pfs(struct run *run)
{
	const struct model *model = run->model;
	const struct report *report = run->report;
	size_t n = report->view ? report->view_n : model->fns_n;
	size_t room = 0;
	for (size_t i = 0; i < n; i++) {
		const struct fn *fn = report->view ? report->view[i] : &model->fns[i];
		if (fn->role != ROLE_PF)
			continue;
		if (!arena_grow(memory(run), (void **)&run->pfs, run->pfs_n, &room, sizeof(*run->pfs)))
			return -ENOMEM;
		run->pfs[run->pfs_n++] = fn;
		run->any_vfs |= pf_has_vfs(fn);
	}
	if (!run->pfs_n)
		return 0;
	run->marks = arena_array(memory(run), run->pfs_n, sizeof(*run->marks));
	run->pf_at = arena_array(memory(run), model->fns_n, sizeof(*run->pf_at));
	if (!run->marks || !run->pf_at)
		return -ENOMEM;
	for (size_t i = 0; i < run->pfs_n; i++)
		run->pf_at[run->pfs[i] - model->fns] = (uint32_t)(i + 1);
	return 0;
}

/* Functions that are no VFs, in view. */
static void each_function(struct run *run, const struct check *check)
{
	const struct report *report = run->report;
	size_t n = report->view ? report->view_n : run->model->fns_n;
	for (size_t i = 0; i < n && !run->err; i++) {
		const struct fn *fn = report->view ? report->view[i] : &run->model->fns[i];
		if (fn->role != ROLE_VF)
			check->run(run, fn);
	}
}

static void run_check(struct run *run, const struct check *check)
{
	bool guest_rung = check->rung >= RUNG_OFFERED;
	switch (check->scope) {
	case SCOPE_HOST:
		check->run(run, NULL);
		break;
	case SCOPE_GUEST:
		if (run->guest || !guest_rung)
			check->run(run, NULL);
		break;
	case SCOPE_PF:
		for (size_t i = 0; i < run->pfs_n && !run->err; i++)
			check->run(run, run->pfs[i]);
		if (!run->guest)
			check->run(run, NULL);
		break;
	case SCOPE_VF:
		for (size_t i = 0; i < run->pfs_n && !run->err; i++)
			if (pf_has_vfs(run->pfs[i]))
				check->run(run, run->pfs[i]);
		break;
	default: /* SCOPE_FN */
		each_function(run, check);
		break;
	}
}

int check_run(const struct model *model, const struct ask *ask, struct report *report)
{
	struct run run = {.model = model, .report = report, .ask = *ask};
	int err = find_pfs(&run);
	err = err ? err : writes_index(&run);
	if (err)
		return err;
	if (!ask->goal_given)
		run.ask.goal = model->host.kind == HOST_GUEST && run.pfs_n == 0 ? GOAL_GUEST : GOAL_ASSIGN;
	run.guest = run.ask.goal == GOAL_GUEST && run.pfs_n == 0;
	report->goal = run.ask.goal;
	report->profile = ask->profile;
	for (size_t i = 0; i < checks_n && !run.err; i++)
		run_check(&run, checks[i]);
	if (run.err)
		return run.err;
	graph_run(&run);
	err = ladder_run(&run);
	if (!err)
		err = remedy_run(&run);
	if (!err)
		err = settings_run(&run);
	if (!err)
		err = answer_run(&run);
	return err ? err : run.err;
}
