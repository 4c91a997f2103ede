/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IOMMU groups: from each function's iommu_group link and from sys/kernel/iommu_groups/N/devices. */
#include <stdlib.h>

#include "build.h"

static int by_number(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	return x->number < y->number ? -1 : x->number > y->number;
}

static struct group *find(struct model *m, uint64_t number)
{
	struct group key = {.number = (unsigned)number};
	return m->groups_n ? bsearch(&key, m->groups, m->groups_n, sizeof(key), by_number) : NULL;
}

static bool link_number(const struct model *m, const struct fn *fn, uint64_t *number)
{
	const char *name = snapshot_link_name(m->snap, fn->dir, "iommu_group");
	return name && slice_u64(slice_of(name), number) && *number <= UINT32_MAX;
}

/* Numbers of all groups that are named anywhere, sorted, each once. */
static int collect(struct model *m, const struct item *dirs)
{
	size_t room = 0;
	uint64_t number;
	for (const struct item *c = dirs ? dirs->child : NULL; c; c = c->next) {
		if (c->state != ITEM_PRESENT || !slice_u64(slice_of(c->name), &number) || number > UINT32_MAX)
			continue;
		struct group *group = ARENA_PUSH(&m->arena, m->groups, m->groups_n, room);
		if (!group)
			return -ENOMEM;
		*group = (struct group){.number = (unsigned)number, .dir = c};
	}
	for (size_t i = 0; i < m->fns_n; i++) {
		if (!link_number(m, &m->fns[i], &number))
			continue;
		struct group *group = ARENA_PUSH(&m->arena, m->groups, m->groups_n, room);
		if (!group)
			return -ENOMEM;
		*group = (struct group){.number = (unsigned)number};
	}
	if (!m->groups_n)
		return 0;
	qsort(m->groups, m->groups_n, sizeof(*m->groups), by_number);
	size_t n = 0;
	for (size_t i = 0; i < m->groups_n; i++) {
		const struct item *dir = m->groups[i].dir;
		if (n && m->groups[n - 1].number == m->groups[i].number) {
			if (dir)
				m->groups[n - 1].dir = dir;
		} else {
			m->groups[n++] = m->groups[i];
		}
	}
	m->groups_n = n;
	return 0;
}

static const char *type_of(struct model *m, const struct group *group)
{
	struct slice type = group->dir ? snapshot_bytes(m->snap, group->dir, "type") : (struct slice){0};
	return model_text(m, type);
}

static int join(struct model *m, struct group *group, struct fn *fn)
{
	if (fn->group)
		return 0;
	const struct fn **slot = ARENA_PUSH(&m->arena, group->fns, group->fns_n, group->fns_room);
	if (!slot)
		return -ENOMEM;
	*slot = fn;
	fn->group = group;
	fn->group_state = ITEM_PRESENT;
	return 0;
}

int build_groups(struct model *m)
{
	const struct item *dirs = snapshot_at(m->snap, NULL, "sys/kernel/iommu_groups");
	int err = collect(m, dirs);
	if (err)
		return err;
	for (size_t i = 0; i < m->fns_n && !err; i++) {
		struct fn *fn = &m->fns[i];
		uint64_t number;
		fn->group_state = fn->dir ? snapshot_state(m->snap, fn->dir, "iommu_group") : ITEM_NOT_CAPTURED;
		if (link_number(m, fn, &number))
			err = join(m, find(m, number), fn);
	}
	for (size_t i = 0; i < m->groups_n && !err; i++) {
		struct group *group = &m->groups[i];
		const struct item *devices = group->dir ? snapshot_at(m->snap, group->dir, "devices") : NULL;
		group->type = type_of(m, group);
		for (const struct item *c = devices ? devices->child : NULL; c && !err; c = c->next) {
			struct slice name = slice_of(c->name);
			struct sriov_addr addr;
			struct fn *fn = addr_eat(&name, &addr) && !name.n ? model_find(m, &addr) : NULL;
			if (fn)
				err = join(m, group, fn);
		}
	}
	m->host.groups_seen = (unsigned)m->groups_n;
	return err;
}
