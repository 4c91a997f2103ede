/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes that people showed: which function each was for, and what the kernel said. */
#include "facts.h"
#include "decode/session.h"

static bool is_for(const struct run *run, const struct session_write *w, const struct fn *subject)
{
	if (w->has_addr)
		return subject ? addr_cmp(&w->addr, &subject->addr) == 0 : !run_has_pf(run, model_find(run->model, &w->addr));
	if (w->netdev)
		for (size_t i = 0; i < run->pfs_n; i++)
			if (run->pfs[i]->netdev && !strcmp(run->pfs[i]->netdev, w->netdev))
				return run->pfs[i] == subject;
	/* It names nobody: the only PF's, or nobody's. */
	return run->pfs_n == 1 ? subject == run->pfs[0] : !subject;
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
	const struct session *session = session_of(run);
	for (size_t i = session ? session->writes_n : 0; i > 0; i--) {
		const struct session_write *w = &session->writes[i - 1];
		if (w->result == WRITE_FAILED && !strcmp(w->attribute, attribute) && one_of(w->err, errors) &&
		    is_for(run, w, subject))
			return w;
	}
	return NULL;
}

void finding_write(struct run *run, struct finding *finding, const struct session_write *w, const char *note)
{
	if (!w)
		return;
	const struct session_at *at = w->answer ? &w->answer_at : &w->at;
	finding_evidence(run, finding, say(run, "%s:%u", at->origin, at->line), w->answer ? w->answer : w->path,
			 NULL, note ? note : say(run, "writing %s to %s", w->value ? w->value : "a number", w->path));
}
