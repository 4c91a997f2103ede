/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "api.h"

SRIOV_EXPORT int sriov_plan(struct sriov_model *model, const struct sriov_fn *fn, uint64_t n, const struct sriov_query *query,
			    const char **outcome, const char **why, uint64_t *max_vfs, const char **limited_by)
{
	const struct fn *inner = (const struct fn *)(const void *)fn;
	struct plan plan;
	if (inner->role != ROLE_PF || !inner->pf)
		return -EINVAL;
	int err = plan_pf(model->inner, inner, query ? &query->assume : NULL, true, n, &model->inner->arena, &plan);
	if (err)
		return err;
	*outcome = plan.outcome;
	*why = plan.why;
	*max_vfs = plan.max_known ? plan.max_vfs : UINT64_MAX;
	*limited_by = plan.limited_by;
	return 0;
}
