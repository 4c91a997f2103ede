/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "group.h"

static int text_order(const char *a, const char *b)
{
	return a == b ? 0 : !a ? -1 : !b ? 1 : strcmp(a, b);
}

static int alike(const struct finding *x, const struct finding *y)
{
	int order = text_order(x->id, y->id);
	if (!order)
		order = (int)x->state - (int)y->state;
	if (!order)
		order = (int)x->severity - (int)y->severity;
	if (!order)
		order = (int)x->role - (int)y->role;
	if (!order)
		order = text_order(x->because ? x->because->id : NULL, y->because ? y->because->id : NULL);
	return order;
}

struct numbered {
	const struct finding *finding;
	size_t order;
};

static int by_likeness(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	int order = alike(x->finding, y->finding);
	return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

static int by_order(const void *a, const void *b)
{
	const struct same *x = a, *y = b;
	return x->order < y->order ? -1 : x->order > y->order;
}

int groups_new(const struct report *report, struct groups *groups)
{
	size_t n = report->findings_n;
	struct numbered *sorted = calloc(n + 1, sizeof(*sorted));
	*groups = (struct groups){.all = calloc(n + 1, sizeof(*groups->all)), .findings = calloc(n + 1, sizeof(const struct finding *))};
	if (!sorted || !groups->all || !groups->findings) {
		free(sorted);
		groups_free(groups);
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct numbered){report->findings[i], i};
	qsort(sorted, n, sizeof(*sorted), by_likeness);
	for (size_t i = 0; i < n; i++) {
		groups->findings[i] = sorted[i].finding;
		if (i == 0 || alike(sorted[i - 1].finding, sorted[i].finding) != 0)
			groups->all[groups->n++] = (struct same){.first = sorted[i].finding, .order = sorted[i].order, .all = groups->findings + i};
		groups->all[groups->n - 1].n++;
	}
	qsort(groups->all, groups->n, sizeof(*groups->all), by_order);
	free(sorted);
	return 0;
}

void groups_free(struct groups *groups)
{
	free(groups->all);
	free(groups->findings);
	*groups = (struct groups){0};
}
