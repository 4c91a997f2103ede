/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "api.h"

SRIOV_EXPORT int sriov_query_new(struct sriov_query **out)
{
	struct sriov_query *query = calloc(1, sizeof(*query));
	if (!query)
		return -ENOMEM;
	query->filter = FILTER_ANY;
	*out = query;
	return 0;
}

SRIOV_EXPORT void sriov_query_free(struct sriov_query *query)
{
	if (!query)
		return;
	arena_free(&query->arena);
	waivers_free(&query->waivers);
	expected_free(&query->expected);
	free(query->only);
	free(query->no);
	free(query);
}

SRIOV_EXPORT int sriov_query_set_slot(struct sriov_query *query, const char *slot)
{
	int err = filter_slot(&query->filter, slot);
	query->filtered |= !err;
	return err;
}

SRIOV_EXPORT int sriov_query_set_id(struct sriov_query *query, const char *id)
{
	int err = filter_id(&query->filter, id);
	query->filtered |= !err;
	return err;
}

SRIOV_EXPORT int sriov_query_set_goal(struct sriov_query *query, const char *goal)
{
	for (enum goal g = GOAL_ASSIGN; g <= GOAL_GUEST; g++) {
		if (!strcmp(goal, goal_name(g))) {
			query->ask.goal = g;
			query->ask.goal_given = true;
			return 0;
		}
	}
	return -EINVAL;
}

SRIOV_EXPORT int sriov_query_set_profile(struct sriov_query *query, const char *profile)
{
	bool hyperv = !strcmp(profile, "hyperv");
	if (!hyperv && strcmp(profile, "linux"))
		return -EINVAL;
	query->ask.profile = hyperv ? PROFILE_HYPERV : PROFILE_LINUX;
	return 0;
}

SRIOV_EXPORT void sriov_query_set_vfs(struct sriov_query *query, uint64_t n)
{
	query->ask.has_vfs = true;
	query->ask.vfs = n;
}

SRIOV_EXPORT int sriov_query_assume(struct sriov_query *query, const char *assumption)
{
	int err = assume_parse(&query->assume, assumption);
	if (err)
		return err;
	struct slice value = slice_of(assumption), key;
	struct assumption *a = ARENA_PUSH(&query->arena, query->assumptions, query->assumptions_n, query->assumptions_room);
	if (!a || !slice_until(&value, "=", &key))
		return -ENOMEM;
	a->key = arena_dup(&query->arena, key.p, key.n);
	a->value = arena_dup(&query->arena, value.p, value.n);
	return a->key && a->value ? 0 : -ENOMEM;
}

SRIOV_EXPORT void sriov_query_set_all(struct sriov_query *query, bool all)
{
	query->all = all;
}

SRIOV_EXPORT void sriov_query_set_verbose(struct sriov_query *query, bool verbose)
{
	query->verbose = verbose;
}

SRIOV_EXPORT void sriov_query_set_validate(struct sriov_query *query, bool validate)
{
	query->validate = validate;
}

SRIOV_EXPORT void sriov_query_set_fail_on_warning(struct sriov_query *query, bool fail)
{
	query->fail_on_warning = fail;
}

static int select_rule(const char ***ids, size_t *n, const char *id)
{
	const char **more = reallocarray(*ids, *n + 2, sizeof(char *));
	if (!more)
		return -ENOMEM;
	*ids = more;
	more[*n] = id;
	more[*n + 1] = NULL;
	++*n;
	return 0;
}

SRIOV_EXPORT int sriov_query_select_rule(struct sriov_query *query, const char *id, bool run)
{
	const struct rule *rule = rule_find(id);
	if (!rule)
		return -EINVAL;
	return run ? select_rule(&query->only, &query->only_n, rule->id) : select_rule(&query->no, &query->no_n, rule->id);
}

SRIOV_EXPORT int sriov_query_set_waivers(struct sriov_query *query, const char *text, size_t len, unsigned *line, const char **what)
{
	waivers_free(&query->waivers);
	return waivers_parse(slice_bytes(text, len), &query->waivers, line, what);
}

SRIOV_EXPORT int sriov_query_set_expected(struct sriov_query *query, const char *xml, size_t len, unsigned *line, const char **what)
{
	expected_free(&query->expected);
	query->has_expected = true;
	return expected_parse(slice_bytes(xml, len), &query->expected, line, what);
}

SRIOV_EXPORT void sriov_query_set_addressed(struct sriov_query *query, bool addressed)
{
	query->addressed = addressed;
}
