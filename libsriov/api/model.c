/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"

/* The public types of a function and a capability are the model's own. */
static const struct fn *in(const struct sriov_fn *fn)
{
	return (const struct fn *)(const void *)fn;
}

static const struct sriov_fn *out_of(const struct fn *fn)
{
	return (const struct sriov_fn *)(const void *)fn;
}

static const struct cap *cap_in(const struct sriov_cap *cap)
{
	return (const struct cap *)(const void *)cap;
}

static const struct sriov_cap *cap_at(const struct fn *fn, size_t index)
{
	return index < fn->caps_n ? (const struct sriov_cap *)(const void *)&fn->caps[index] : NULL;
}

SRIOV_EXPORT int sriov_model_new(struct sriov_snapshot *snap, struct sriov_model **out)
{
	struct sriov_model *model = calloc(1, sizeof(*model));
	if (!model)
		return -ENOMEM;
	int err = model_new(snap->inner, &model->inner);
	if (err) {
		free(model);
		return err;
	}
	model->refs = 1;
	model->snap = sriov_snapshot_ref(snap);
	*out = model;
	return 0;
}

SRIOV_EXPORT struct sriov_model *sriov_model_ref(struct sriov_model *model)
{
	model->refs++;
	return model;
}

SRIOV_EXPORT void sriov_model_unref(struct sriov_model *model)
{
	if (!model || --model->refs)
		return;
	model_free(model->inner);
	sriov_snapshot_unref(model->snap);
	free(model);
}

SRIOV_EXPORT const struct sriov_fn *sriov_model_get_first_fn(const struct sriov_model *model)
{
	return model->inner->fns_n ? out_of(model->inner->fns) : NULL;
}

SRIOV_EXPORT const struct sriov_fn *sriov_fn_get_next(const struct sriov_model *model, const struct sriov_fn *fn)
{
	const struct fn *next = in(fn) + 1;
	return next < model->inner->fns + model->inner->fns_n ? out_of(next) : NULL;
}

SRIOV_EXPORT const struct sriov_fn *sriov_model_find(const struct sriov_model *model, const struct sriov_addr *addr)
{
	return out_of(model_find(model->inner, addr));
}

SRIOV_EXPORT void sriov_fn_get_addr(const struct sriov_fn *fn, struct sriov_addr *addr)
{
	*addr = in(fn)->addr;
}

static int id(const struct fact *fact, uint16_t *value)
{
	if (!known(fact))
		return -ENODATA;
	*value = (uint16_t)fact->v;
	return 0;
}

SRIOV_EXPORT int sriov_fn_get_vendor(const struct sriov_fn *fn, uint16_t *vendor)
{
	return id(&in(fn)->vendor, vendor);
}

SRIOV_EXPORT int sriov_fn_get_device(const struct sriov_fn *fn, uint16_t *device)
{
	return id(&in(fn)->device, device);
}

SRIOV_EXPORT const char *sriov_fn_get_driver(const struct sriov_fn *fn)
{
	return in(fn)->driver;
}

SRIOV_EXPORT bool sriov_fn_is_pf(const struct sriov_fn *fn)
{
	return in(fn)->role == ROLE_PF;
}

SRIOV_EXPORT bool sriov_fn_is_vf(const struct sriov_fn *fn)
{
	return in(fn)->role == ROLE_VF;
}

SRIOV_EXPORT bool sriov_fn_is_port(const struct sriov_fn *fn)
{
	return in(fn)->role == ROLE_PORT;
}

SRIOV_EXPORT const struct sriov_fn *sriov_fn_get_pf(const struct sriov_fn *fn)
{
	return out_of(in(fn)->pf_fn);
}

SRIOV_EXPORT const struct sriov_fn *sriov_fn_get_port(const struct sriov_fn *fn)
{
	return out_of(in(fn)->upstream);
}

SRIOV_EXPORT int sriov_fn_get_vf_addr(const struct sriov_fn *fn, unsigned index, struct sriov_addr *addr)
{
	const struct pf *pf = in(fn)->pf;
	if (!pf)
		return -EINVAL;
	if (!pf->vfs_n && !known_as(&pf->total_vfs, 0))
		return -ENODATA;
	if (index >= pf->vfs_n || !pf->vfs[index].in_segment)
		return -ERANGE;
	*addr = pf->vfs[index].addr;
	return 0;
}

SRIOV_EXPORT const struct sriov_cap *sriov_fn_get_first_cap(const struct sriov_fn *fn)
{
	return cap_at(in(fn), 0);
}

SRIOV_EXPORT const struct sriov_cap *sriov_cap_get_next(const struct sriov_fn *fn, const struct sriov_cap *cap)
{
	return cap_at(in(fn), (size_t)(cap_in(cap) - in(fn)->caps) + 1);
}

SRIOV_EXPORT uint16_t sriov_cap_get_id(const struct sriov_cap *cap)
{
	return cap_in(cap)->at.id;
}

SRIOV_EXPORT bool sriov_cap_is_extended(const struct sriov_cap *cap)
{
	return cap_in(cap)->at.space == CAP_EXTENDED;
}

SRIOV_EXPORT uint16_t sriov_cap_get_offset(const struct sriov_cap *cap)
{
	return cap_in(cap)->at.offset;
}

SRIOV_EXPORT const char *sriov_cap_get_name(const struct sriov_cap *cap)
{
	return cap_id_name(cap_in(cap)->at.space, cap_in(cap)->at.id);
}

SRIOV_EXPORT int sriov_cap_get_field(const struct sriov_cap *cap, const char *name, uint64_t *value)
{
	const struct cap *inner = cap_in(cap);
	const struct field *field = inner->desc ? field_find(inner->desc, name) : NULL;
	return field ? field_get(field, &inner->bytes, 0, value) : -ENOENT;
}

SRIOV_EXPORT int sriov_cap_describe_field(const struct sriov_cap *cap, size_t index, const char **name, unsigned *register_offset, unsigned *width)
{
	const struct cap_desc *desc = cap_in(cap)->desc;
	if (!desc || index >= desc->fields_n)
		return -ERANGE;
	*name = desc->fields[index].name;
	*register_offset = desc->fields[index].reg;
	*width = desc->fields[index].width;
	return 0;
}
