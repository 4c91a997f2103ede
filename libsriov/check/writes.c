/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes that people showed: which function each was for, and what the kernel said. */
#include <stdlib.h>

#include "facts.h"
#include "decode/session.h"

/* PFs by the names of their interfaces; of two with one name the first comes first. */
static int by_netdev(const void *a, const void *b)
{
	const struct fn *const *x = a, *const *y = b;
	int order = strcmp((*x)->netdev, (*y)->netdev);
	return order ? order : addr_cmp(&(*x)->addr, &(*y)->addr);
}

static uint32_t named(const struct run *run, const struct fn *const *nets, size_t n, const char *netdev)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(nets[middle]->netdev, netdev) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && !strcmp(nets[low]->netdev, netdev) ? run_place(run, nets[low]) : 0;
}

/* The place + 1 of the PF that a write was for; 0: nobody's. */
static uint32_t owner(const struct run *run, const struct fn *const *nets, size_t n, const struct session_write *w)
{
	if (w->has_addr)
		return run_place(run, model_find(run->model, &w->addr));
	uint32_t place = w->netdev ? named(run, nets, n, w->netdev) : 0;
	return place ? place : run->pfs_n == 1; /* it names nobody: the only PF's, or nobody's */
}

int writes_index(struct run *run)
{
	const struct session *s = session_of(run);
	struct arena *arena = &run->report->arena;
	if (!s || !s->writes_n)
		return 0;
	run->writes = arena_array(arena, run->pfs_n + 1, sizeof(*run->writes));
	run->writes_before = arena_array(arena, s->writes_n, sizeof(*run->writes_before));
	const struct fn **nets = arena_array(arena, run->pfs_n + 1, sizeof(const struct fn *));
	if (!run->writes || !run->writes_before || !nets)
		return -ENOMEM;
	size_t n = 0;
	for (size_t i = 0; i < run->pfs_n; i++)
		if (run->pfs[i]->netdev)
			nets[n++] = run->pfs[i];
	qsort(nets, n, sizeof(const struct fn *), by_netdev);
	for (size_t i = 0; i < s->writes_n; i++) {
		uint32_t *last = &run->writes[owner(run, nets, n, &s->writes[i])];
		run->writes_before[i] = *last;
		*last = (uint32_t)(i + 1);
	}
	return 0;
}

static const struct session_write *write_at(const struct run *run, uint32_t place)
{
	return place ? &session_of(run)->writes[place - 1] : NULL;
}

const struct session_write *write_last(const struct run *run, const struct fn *subject)
{
	return run->writes ? write_at(run, run->writes[run_place(run, subject)]) : NULL; /* subject: a PF in view, or nobody */
}

const struct session_write *write_before(const struct run *run, const struct session_write *write)
{
	return write_at(run, run->writes_before[write - session_of(run)->writes]);
}

static bool one_of(int err, const int *errors)
{
	if (!errors)
		return true;
	for (; *errors; errors++)
		if (*errors == err)
			return true;
	return false;
}

const struct session_write *write_refused(const struct run *run, const struct fn *subject, const char *attribute, const int *errors)
{
	const struct session_write *w = write_last(run, subject);
	while (w && (w->result != WRITE_FAILED || strcmp(w->attribute, attribute) || !one_of(w->err, errors)))
		w = write_before(run, w);
	return w;
}

void finding_write(struct run *run, struct finding *finding, const struct session_write *w, const char *note)
{
	if (!w)
		return;
	const struct session_at *at = w->answer ? &w->answer_at : &w->at;
	finding_evidence(run, finding, say(run, "%s:%u", at->origin, at->line), w->answer ? w->answer : w->path,
			 NULL, note ? note : say(run, "writing %s to %s", w->value ? w->value : "a number", w->path));
}
