/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which port is above a function: from the path of its folder below sys/devices, else from the bus numbers of the bridges. */
#include <stdlib.h>
#include <string.h>

#include "build.h"

static bool by_path(struct model *m, struct fn *fn)
{
	const struct item *parent = fn->dir ? fn->dir->parent : NULL;
	if (!parent || !parent->name[0])
		return false;
	if (!strncmp(parent->name, "pci", 3) && strchr(parent->name, ':')) {
		fn->on_root_bus = true;
		return true;
	}
	struct slice name = slice_of(parent->name);
	struct sriov_addr addr;
	if (!addr_eat(&name, &addr) || name.n)
		return false;
	fn->upstream = model_find(m, &addr);
	return fn->upstream != NULL;
}

void buses_add(struct buses *buses, const struct fn *bridge, unsigned secondary)
{
	buses->twice[secondary] = buses->above[secondary] != NULL;
	buses->above[secondary] = bridge;
}

static void collect(const struct model *m, size_t from, size_t to, struct buses *buses)
{
	memset(buses, 0, sizeof(*buses));
	buses->domain = m->fns[from].addr.domain;
	for (size_t i = from; i < to; i++) {
		const struct fn *fn = &m->fns[i];
		if (!fn->bridge || !known(&fn->bridge->secondary) || !fn->bridge->secondary.v || fn->bridge->secondary.v > 255)
			continue;
		buses_add(buses, fn, (unsigned)fn->bridge->secondary.v);
	}
}

/* A bridge is above its secondary bus; a bridge that claims its own bus, or one before it, is broken and leads nowhere. */
void buses_place(const struct buses *buses, struct fn *fn)
{
	const struct fn *above = buses->twice[fn->addr.bus] ? NULL : buses->above[fn->addr.bus];
	if (above && above != fn && above->addr.bus < fn->addr.bus)
		fn->upstream = above;
	else if (!fn->addr.bus)
		fn->on_root_bus = true;
}

int build_tree(struct model *m)
{
	struct buses *buses = malloc(sizeof(*buses));
	if (!buses)
		return -ENOMEM;
	for (size_t from = 0, to; from < m->fns_n; from = to) {
		for (to = from; to < m->fns_n && m->fns[to].addr.domain == m->fns[from].addr.domain; to++)
			;
		collect(m, from, to, buses);
		for (size_t i = from; i < to; i++)
			if (!by_path(m, &m->fns[i]))
				buses_place(buses, &m->fns[i]);
	}
	free(buses);
	return 0;
}
