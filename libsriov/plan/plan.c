/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "plan/inputs.h"

/* What only the driver or the device's firmware can refuse does not change the outcome. */
static void driver_word(const struct inputs *in, struct plan *plan)
{
	plan->driver_may_refuse = in->configure == CONFIGURE_OWN || in->configure == CONFIGURE_UNKNOWN;
	plan->driver_note = plan->driver_may_refuse ? in->driver_note : NULL;
}

int plan_with(struct survey *survey, const struct fn *fn, const struct assume *assume, bool asked, uint64_t n, struct arena *arena,
	      struct plan *plan)
{
	static const struct assume nothing;
	struct inputs in;
	if (!assume)
		assume = &nothing;
	*plan = (struct plan){.fn = fn};
	inputs_read(survey, fn, assume, &in);
	int err = windows_fill(&in, assume, asked, n, arena, plan);
	if (!err)
		err = buses_fill(&in, arena, plan);
	if (!err)
		err = limits_fill(&in, arena, plan);
	if (!err && asked)
		err = answer_fill(&in, n, arena, plan);
	if (!err)
		routing_fill(&in, asked && n && known(&in.total) && n <= in.total.v ? n : in.total.v, plan);
	driver_word(&in, plan);
	return err;
}

int plan_pf(const struct model *m, const struct fn *fn, const struct assume *assume, bool asked, uint64_t n, struct arena *arena,
	    struct plan *plan)
{
	struct survey *survey;
	int err = survey_new(m, &survey);
	if (err)
		return err;
	err = plan_with(survey, fn, assume, asked, n, arena, plan);
	survey_free(survey);
	return err;
}

int plan_run(struct report *report, const struct assume *assume, bool asked, uint64_t n)
{
	struct survey *survey;
	int err = survey_new(report->model, &survey);
	if (err)
		return err;
	for (size_t i = 0; i < report->view_n && !err; i++) {
		const struct fn *fn = report->view[i];
		if (fn->role != ROLE_PF || !fn->pf)
			continue;
		struct plan *plan = ARENA_PUSH(&report->arena, report->plans, report->plans_n, report->plans_room);
		err = plan ? plan_with(survey, fn, assume, asked, n, &report->arena, plan) : -ENOMEM;
	}
	survey_free(survey);
	return err;
}
