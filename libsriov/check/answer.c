/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first line: the answer in one sentence. */
#include "facts.h"

/* VFs of the PFs in view. */
static uint64_t count_vfs(const struct run *run)
{
	uint64_t n = 0;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct pf *pf = run->pfs[i]->pf;
		n += known(&pf->sysfs_num) ? pf->sysfs_num.v : pf->vfs_exist;
	}
	return n;
}

static const char *goal_words(enum goal goal, bool one)
{
	if (goal == GOAL_ASSIGN)
		return "can be given to guests";
	if (goal == GOAL_HOST)
		return one ? "works on this host" : "work on this host";
	return one ? "works in this guest" : "work in this guest";
}

static const struct finding *first_of(const struct report *report, enum finding_state state, enum severity severity)
{
	for (size_t i = 0; i < report->findings_n; i++) {
		const struct finding *f = report->findings[i];
		if (f->state == state && f->role == FINDING_ROOT && (state != FINDING_FAIL || f->severity == severity))
			return f;
	}
	return NULL;
}

static size_t roots(const struct report *report)
{
	size_t n = 0;
	for (size_t i = 0; i < report->findings_n; i++)
		n += report->findings[i]->state == FINDING_FAIL && report->findings[i]->role == FINDING_ROOT &&
		     report->findings[i]->severity == SEVERITY_ERROR;
	return n;
}

static const char *about(struct run *run, const struct finding *f)
{
	char buf[ADDR_TEXT];
	const char *subject = f->subject ? addr_text(&f->subject->addr, buf) : NULL;
	if (!subject || strstr(f->message, subject))
		return f->message;
	return say(run, "%s: %s", subject, f->message);
}

static const char *ready(struct run *run)
{
	uint64_t n = count_vfs(run);
	const char *who = run->pfs_n == 1 ? say(run, " of %s", name_of(run, run->pfs[0])) : "";
	const struct finding *warning = first_of(run->report, FINDING_FAIL, SEVERITY_WARNING);
	const char *but = warning ? say(run, "; but mind: %s", about(run, warning)) : "";
	if (run->guest)
		return say(run, "Ready: the VF that this guest was given works%s.", but);
	return say(run, "Ready: %llu VF%s%s exist%s and %s%s.", (unsigned long long)n, n == 1 ? "" : "s", who, n == 1 ? "s" : "",
		   goal_words(run->ask.goal, n == 1), but);
}

int answer_run(struct run *run)
{
	struct report *report = run->report;
	const struct finding *f;
	switch (report->verdict) {
	case VERDICT_READY:
		report->answer = ready(run);
		break;
	case VERDICT_BLOCKED: {
		size_t n = roots(report);
		f = first_of(report, FINDING_FAIL, SEVERITY_ERROR);
		const char *more = n > 1 ? say(run, " (and %zu more)", n - 1) : "";
		const char *sure = f && f->confidence == CONFIDENCE_POSSIBLE ? "Possibly blocked"
				   : f && f->confidence == CONFIDENCE_LIKELY ? "Blocked, likely"
									     : "Blocked";
		report->answer = say(run, "%s: %s%s.", sure, f ? about(run, f) : "see the findings", more);
		break;
	}
	default:
		f = first_of(report, FINDING_UNKNOWN, SEVERITY_NONE);
		if (f)
			/* such a message begins with a plain word, and says what would decide it */
			report->answer = say(run, "Unknown: nothing found that blocks, but %c%s; to decide it, give %s.",
					     f->message[0] + ('a' - 'A'), f->message + 1, f->missing);
		else
			report->answer = "Unknown: nothing here says whether SR-IOV works.";
		break;
	}
	return run->err;
}
