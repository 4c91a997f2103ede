/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"

struct sriov_plan {
	struct sriov_model *model;
	struct arena arena;
	struct plan inner;
};

static const struct sriov_fn *out(const struct fn *fn)
{
	return (const struct sriov_fn *)(const void *)fn;
}

SRIOV_EXPORT int sriov_plan_new(struct sriov_model *model, const struct sriov_fn *fn, uint64_t n, const struct sriov_query *query,
				struct sriov_plan **made)
{
	const struct fn *inner = (const struct fn *)(const void *)fn;
	if (inner->role != ROLE_PF || !inner->pf)
		return -EINVAL;
	struct sriov_plan *plan = calloc(1, sizeof(*plan));
	if (!plan)
		return -ENOMEM;
	plan->model = sriov_model_ref(model);
	int err = plan_pf(model->inner, inner, query ? &query->assume : NULL, true, n, &plan->arena, &plan->inner);
	if (err)
		sriov_plan_free(plan);
	else
		*made = plan;
	return err;
}

SRIOV_EXPORT void sriov_plan_free(struct sriov_plan *plan)
{
	if (!plan)
		return;
	arena_free(&plan->arena);
	sriov_model_unref(plan->model);
	free(plan);
}

SRIOV_EXPORT int sriov_plan(struct sriov_model *model, const struct sriov_fn *fn, uint64_t n, const struct sriov_query *query,
			    const char **outcome, const char **why, uint64_t *max_vfs, const char **limited_by)
{
	struct sriov_plan *plan;
	int err = sriov_plan_new(model, fn, n, query, &plan);
	if (err)
		return err;
	/* the sentence is all that outlives the plan; the other words are constant */
	*why = plan->inner.why ? arena_printf(&model->inner->arena, "%s", plan->inner.why) : NULL;
	*outcome = plan->inner.outcome;
	*max_vfs = plan->inner.max_known ? plan->inner.max_vfs : UINT64_MAX;
	*limited_by = plan->inner.limited_by;
	err = plan->inner.why && !*why ? -ENOMEM : 0;
	sriov_plan_free(plan);
	return err;
}

SRIOV_EXPORT const char *sriov_plan_get_outcome(const struct sriov_plan *plan)
{
	return plan->inner.outcome;
}

SRIOV_EXPORT const char *sriov_plan_get_why(const struct sriov_plan *plan)
{
	return plan->inner.why;
}

SRIOV_EXPORT const char *sriov_plan_get_finding(const struct sriov_plan *plan)
{
	return plan->inner.finding;
}

SRIOV_EXPORT int sriov_plan_get_max_vfs(const struct sriov_plan *plan, uint64_t *max_vfs, const char **limited_by)
{
	if (!plan->inner.max_known)
		return -ENODATA;
	*max_vfs = plan->inner.max_vfs;
	*limited_by = plan->inner.limited_by;
	return 0;
}

SRIOV_EXPORT bool sriov_plan_driver_may_refuse(const struct sriov_plan *plan, const char **note)
{
	*note = plan->inner.driver_note;
	return plan->inner.driver_may_refuse;
}

static const struct plan_routing *routing(const struct sriov_plan *plan, bool ari)
{
	for (size_t i = 0; i < plan->inner.routings_n; i++) {
		const struct plan_routing *r = &plan->inner.routings[i];
		if (r->how && (r->ari == TRI_UNKNOWN || (r->ari == TRI_YES) == ari))
			return r;
	}
	return NULL;
}

SRIOV_EXPORT int sriov_plan_get_routing(const struct sriov_plan *plan, bool ari, uint64_t *offset, uint64_t *stride, uint64_t *reached,
					const char **how, bool *current)
{
	const struct plan_routing *r = routing(plan, ari);
	if (!r)
		return -ENODATA;
	*offset = r->offset;
	*stride = r->stride;
	*reached = r->reached_known ? r->reached : UINT64_MAX;
	*how = r->how;
	*current = r->current;
	return 0;
}

SRIOV_EXPORT int sriov_plan_get_vf_addr(const struct sriov_plan *plan, bool ari, uint64_t index, struct sriov_addr *addr)
{
	const struct plan_routing *r = routing(plan, ari);
	if (!r)
		return -ENODATA;
	if (index >= r->vfs)
		return -ERANGE;
	uint64_t rid = addr_rid(&r->fn->addr) + r->offset + index * r->stride;
	if (rid > 0xffff)
		return -ERANGE;
	*addr = addr_of_rid(r->fn->addr.domain, rid);
	return 0;
}

SRIOV_EXPORT int sriov_plan_get_buses(const struct sriov_plan *plan, uint64_t *needed, uint64_t *there, uint64_t *reservable)
{
	const struct plan *p = &plan->inner;
	if (!p->buses_known)
		return -ENODATA;
	*needed = p->buses_need.end;
	*there = range_empty(p->buses_have) ? UINT64_MAX : p->buses_have.end;
	*reservable = range_empty(p->buses_reservable) ? *there : p->buses_reservable.end;
	return 0;
}

SRIOV_EXPORT int sriov_plan_get_vf_bar(const struct sriov_plan *plan, unsigned index, uint64_t *size, uint64_t *total, const char **window_class)
{
	for (size_t i = 0; i < plan->inner.memory_n; i++) {
		const struct plan_memory *m = &plan->inner.memory[i];
		if (m->index != index)
			continue;
		*size = m->size;
		*total = m->total;
		*window_class = m->class;
		return 0;
	}
	return -ENOENT;
}

SRIOV_EXPORT int sriov_plan_get_window(const struct sriov_plan *plan, size_t index, const struct sriov_fn **port, const char **kind,
				       uint64_t *free_bytes, uint64_t *needed, uint64_t *lacks)
{
	if (index >= plan->inner.windows_n)
		return -ERANGE;
	const struct plan_window *w = &plan->inner.windows[index];
	*port = out(w->port);
	*kind = w->kind;
	*free_bytes = w->free;
	*needed = w->needed;
	*lacks = w->lacks;
	return 0;
}

SRIOV_EXPORT int sriov_plan_get_threshold(const struct sriov_plan *plan, size_t index, uint64_t *vfs, const char **limit, const char **remedy)
{
	if (index >= plan->inner.thresholds_n)
		return -ERANGE;
	*vfs = plan->inner.thresholds[index].vfs;
	*limit = plan->inner.thresholds[index].limit;
	*remedy = plan->inner.thresholds[index].remedy;
	return 0;
}

SRIOV_EXPORT int sriov_plan_get_remedy(const struct sriov_plan *plan, size_t index, const char **kind, const char **limit, const char **text,
				       const struct sriov_fn **port, uint64_t *before, uint64_t *after)
{
	if (index >= plan->inner.remedies_n)
		return -ERANGE;
	const struct plan_remedy *r = &plan->inner.remedies[index];
	*kind = r->kind;
	*limit = r->limit;
	*text = r->text;
	*port = out(r->port);
	*before = r->before;
	*after = r->after;
	return 0;
}
