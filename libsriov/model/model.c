/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "build.h"

int model_new(const struct snapshot *snap, struct model **out)
{
	static int (*const steps[])(struct model *) = {
		build_functions, log_functions, build_resources, log_resources, build_bridges, log_bridges, build_pfs, log_pfs, build_tree,
		build_vfs, build_groups, log_host, build_host, build_iommu, log_groups, log_windows, build_guest,
	};
	struct model *m = calloc(1, sizeof(*m));
	if (!m)
		return -ENOMEM;
	m->arena.limit = MODEL_BYTES;
	m->snap = snap;
	m->session = snap->session;
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		int err = steps[i](m);
		err = err ? err : m->err;
		if (err) {
			model_free(m);
			return err;
		}
	}
	*out = m;
	return 0;
}

void model_free(struct model *model)
{
	if (!model)
		return;
	arena_free(&model->arena);
	free(model);
}

size_t model_lower(const struct model *model, const struct sriov_addr *addr)
{
	size_t low = 0, high = model->fns_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (addr_cmp(&model->fns[middle].addr, addr) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct fn *model_find(const struct model *model, const struct sriov_addr *addr)
{
	size_t at = model_lower(model, addr);
	return at < model->fns_n && addr_same(&model->fns[at].addr, addr) ? &model->fns[at] : NULL;
}

const struct fn *model_first_on_bus(const struct model *model, uint32_t domain, unsigned bus)
{
	const struct sriov_addr first = {domain, (uint8_t)bus, 0, 0};
	size_t at = model_lower(model, &first);
	return at < model->fns_n && addr_same_bus(&model->fns[at].addr, &first) ? &model->fns[at] : NULL;
}

const char *model_text(struct model *m, struct slice text)
{
	text = slice_trim(text);
	if (!text.n)
		return NULL;
	const char *copy = arena_dup(&m->arena, text.p, text.n);
	if (!copy)
		m->err = -ENOMEM;
	return copy;
}

const struct cap *fn_cap(const struct fn *fn, enum cap_space space, uint16_t id)
{
	for (size_t i = 0; i < fn->caps_n; i++)
		if (fn->caps[i].at.space == space && fn->caps[i].at.id == id)
			return &fn->caps[i];
	return NULL;
}

bool fn_cap_absent(const struct fn *fn, enum cap_space space, uint16_t id)
{
	if (fn_cap(fn, space, id))
		return false;
	enum walk_end end = space == CAP_EXTENDED ? fn->ext_end : fn->std_end;
	return end == WALK_END || (end == WALK_NONE && fn->config);
}

int fn_field(const struct fn *fn, enum cap_space space, uint16_t id, const char *name, uint64_t *value)
{
	const struct cap *cap = fn_cap(fn, space, id);
	const struct field *field = cap && cap->desc ? field_find(cap->desc, name) : NULL;
	return field ? field_get(field, &cap->bytes, 0, value) : -ENOENT;
}

const struct fn *fn_lowest_pf(const struct model *model, const struct fn *pf)
{
	for (uint8_t function = 0; function < pf->addr.function; function++) {
		struct sriov_addr addr = pf->addr;
		addr.function = function;
		const struct fn *fn = model_find(model, &addr);
		if (fn && fn->role == ROLE_PF)
			return fn;
	}
	return pf;
}

struct fact attr_fact(const struct snapshot *snap, const struct item *dir, const char *name)
{
	struct fact fact = {0};
	if (!dir)
		return fact;
	const struct item *item = snapshot_at_nofollow(snap, dir, name);
	if (item && item->kind != ITEM_LINK) {
		fact.have = item->state;
	} else {
		item = item ? snapshot_at(snap, dir, name) : NULL;
		fact.have = snapshot_state(snap, dir, name);
	}
	fact.from = item;
	if (fact.have == ITEM_PRESENT && (!item || item->kind != ITEM_FILE || !slice_u64(item->data, &fact.v)))
		fact.have = ITEM_NOT_CAPTURED; /* what is no number says nothing */
	return fact;
}

struct fact cap_fact(const struct bytes *cap, const struct item *from, size_t offset, unsigned size, unsigned lsb, unsigned width)
{
	struct fact fact = {.from = from};
	if (!bytes_bits(cap, offset, size, lsb, width, &fact.v))
		fact.have = ITEM_PRESENT;
	return fact;
}

struct fact config_fact(const struct fn *fn, size_t offset, unsigned size, unsigned lsb, unsigned width)
{
	return fn->config ? cap_fact(&fn->config->view, fn->config_item, offset, size, lsb, width) : (struct fact){0};
}
