/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a log says in the end: a later line revokes an earlier one. */
#include <errno.h>

#include "decode/kmsg.h"

static bool is_bridge(const struct kmsg_event *const *events, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (events[i]->type == KMSG_BRIDGE || (events[i]->type == KMSG_FUNCTION && events[i]->header == 1))
			return true;
	return false;
}

/* Kernels without CONFIG_PCI_IOV number a bridge's windows 7, 8 and 9. */
static bool same_index(const struct kmsg_event *e, int index, bool bridge)
{
	return e->bar == index || (bridge && index >= 13 && index <= 15 && e->bar == index - 6);
}

static void take(struct kmsg_res *out, enum kmsg_res_state state, const struct kmsg_event *e)
{
	out->state = state;
	out->why = e;
	if (e->has_range || e->size) {
		out->io = e->io;
		out->is_64 = e->is_64;
		out->pref = e->pref;
	}
	if (state == KMSG_RES_ASSIGNED) {
		out->start = e->start;
		out->end = e->end;
	}
	if (e->size)
		out->size = e->size;
}

static void vf_bar_register(struct kmsg_res *out, const struct kmsg_event *e)
{
	if (e->size)
		out->one_size = e->size;
	out->io = e->io;
	out->is_64 = e->is_64;
	out->pref = e->pref;
	if (out->state != KMSG_RES_UNKNOWN)
		return;
	out->state = e->start ? KMSG_RES_ASSIGNED : KMSG_RES_UNASSIGNED;
	out->why = e;
	if (e->start) { /* where the first VF's is; the aperture ends with the "contains" line, if there is one */
		out->start = e->start;
		out->end = e->end;
	}
}

static void next_event(struct kmsg_res *out, const struct kmsg_event *e, bool vf_bar)
{
	switch (e->type) {
	case KMSG_BAR:
		if (vf_bar)
			vf_bar_register(out, e);
		else
			take(out, e->has_range && e->start ? KMSG_RES_ASSIGNED : KMSG_RES_UNASSIGNED, e);
		break;
	case KMSG_VF_BAR_SPACE:
		if (e->n) {
			out->vfs = e->n;
			if (e->size % e->n == 0)
				out->one_size = e->size / e->n;
		}
		take(out, e->has_range && e->start ? KMSG_RES_ASSIGNED : KMSG_RES_UNASSIGNED, e);
		break;
	case KMSG_WINDOW:
		take(out, e->has_range && e->end ? KMSG_RES_ASSIGNED : KMSG_RES_UNASSIGNED, e);
		break;
	case KMSG_ASSIGNED:
		take(out, e->has_range ? KMSG_RES_ASSIGNED : KMSG_RES_UNASSIGNED, e);
		break;
	case KMSG_NO_SPACE:
	case KMSG_FAILED_ASSIGN:
	case KMSG_BOGUS_ALIGNMENT:
		if (out->state == KMSG_RES_FAILED) { /* "no space", then "failed to assign": the first says why */
			if (!out->size)
				out->size = e->size;
			break;
		}
		take(out, KMSG_RES_FAILED, e);
		break;
	case KMSG_BAD_ALIGNMENT:
		take(out, KMSG_RES_FAILED, e);
		break;
	case KMSG_NOT_ENABLED:
		if (out->state != KMSG_RES_ASSIGNED && out->state != KMSG_RES_FAILED)
			take(out, KMSG_RES_FAILED, e);
		break;
	case KMSG_RELEASED:
	case KMSG_CANT_CLAIM:
		take(out, KMSG_RES_UNASSIGNED, e);
		break;
	default:
		break;
	}
}

void kmsg_resource(const struct kmsg *log, const struct sriov_addr *addr, int index, struct kmsg_res *out)
{
	*out = (struct kmsg_res){0};
	size_t n;
	const struct kmsg_event *const *events = kmsg_of(log, addr, &n);
	bool bridge = is_bridge(events, n), vf_bar = index >= 7 && index <= 12 && !bridge;
	if (bridge && index >= 7 && index <= 12)
		return;
	for (size_t i = 0; i < n; i++)
		if (same_index(events[i], index, bridge))
			next_event(out, events[i], vf_bar);
	if (vf_bar && out->vfs && !out->size && out->one_size && out->one_size <= UINT64_MAX / out->vfs)
		out->size = out->one_size * out->vfs;
	if (vf_bar && out->vfs && !out->one_size && out->size % out->vfs == 0)
		out->one_size = out->size / out->vfs;
}

static bool core_failure(enum kmsg_type type)
{
	return type == KMSG_SRIOV_NO_MMIO || type == KMSG_SRIOV_NO_BUS || type == KMSG_SRIOV_BARS_NOT_ALLOCATED ||
	       type == KMSG_SRIOV_ARCH_REFUSED;
}

static bool driver_failure(enum kmsg_type type)
{
	return type == KMSG_PF_REFUSED || type == KMSG_PF_NOT_READY || type == KMSG_PF_DOWN || type == KMSG_PF_RESOURCES ||
	       type == KMSG_PF_NOT_CAPABLE || type == KMSG_PF_VFS_ASSIGNED || type == KMSG_SRIOV_NO_DRIVER ||
	       type == KMSG_SRIOV_NO_CONFIGURE || type == KMSG_SRIOV_ASSIGNED;
}

static void set_state(struct kmsg_sriov *out, enum kmsg_sriov_state state, const struct kmsg_event *e)
{
	out->state = state;
	out->why = e;
	out->err = state == KMSG_VFS_FAILED ? e->err : 0;
}

static void sriov_event(struct kmsg_sriov *out, const struct kmsg_event *e)
{
	bool running = out->state == KMSG_VFS_ENABLED;
	if (core_failure(e->type)) {
		set_state(out, KMSG_VFS_FAILED, e);
		if (e->n)
			out->vfs = e->n;
	} else if (driver_failure(e->type)) {
		if (!running) /* a second request that is refused changes nothing */
			set_state(out, KMSG_VFS_FAILED, e);
	} else if (e->type == KMSG_SRIOV_FAILED) {
		if (out->state != KMSG_VFS_FAILED)
			set_state(out, KMSG_VFS_FAILED, e);
		else if (!out->err)
			out->err = e->err;
		if (e->n)
			out->vfs = e->n;
	} else if (e->type == KMSG_SRIOV_ENABLING) {
		if (out->state == KMSG_VFS_FAILED) /* a new attempt */
			*out = (struct kmsg_sriov){.total = out->total};
		out->vfs = e->n;
	} else if (e->type == KMSG_SRIOV_ENABLED || e->type == KMSG_SRIOV_LEFT_ENABLED || e->type == KMSG_SRIOV_ALREADY) {
		set_state(out, KMSG_VFS_ENABLED, e);
		if (e->n)
			out->vfs = e->n;
	} else if (e->type == KMSG_SRIOV_FEWER) {
		/* drivers exist that answer 0 and have them all the same: no proof of either */
		if (e->n2) {
			set_state(out, KMSG_VFS_ENABLED, e);
			out->vfs = e->n2;
		}
	} else if (e->type == KMSG_SRIOV_DISABLED) {
		set_state(out, KMSG_VFS_DISABLED, e);
		out->vfs = 0;
	} else if (e->type == KMSG_VF_BAR_SPACE && e->n) {
		out->total = e->n;
	}
}

void kmsg_sriov(const struct kmsg *log, const struct sriov_addr *addr, struct kmsg_sriov *out)
{
	*out = (struct kmsg_sriov){0};
	size_t n;
	const struct kmsg_event *const *events = kmsg_of(log, addr, &n);
	for (size_t i = 0; i < n; i++)
		sriov_event(out, events[i]);
}
