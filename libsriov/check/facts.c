/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Routing, memory and small words of the findings; isolation is in acs.c. */
#include "facts.h"

bool pf_has_vfs(const struct fn *fn)
{
	const struct pf *pf = fn->pf;
	if (known(&pf->sysfs_num))
		return pf->sysfs_num.v > 0;
	return pf->vfs_exist > 0 || (known_as(&pf->vf_enable, 1) && known(&pf->num_vfs) && pf->num_vfs.v > 0);
}

uint64_t vfs_wanted(const struct run *run, const struct fn *pf)
{
	uint64_t most = known(&pf->pf->total_vfs) ? pf->pf->total_vfs.v : 0;
	if (known(&pf->pf->sysfs_total) && pf->pf->sysfs_total.v)
		most = pf->pf->sysfs_total.v;
	/* more than there can be is judged elsewhere */
	return run->ask.has_vfs && run->ask.vfs && (!most || run->ask.vfs < most) ? run->ask.vfs : most;
}

struct fact vf_offset(const struct pf *pf)
{
	return known(&pf->vf_offset) ? pf->vf_offset : pf->sysfs_offset;
}

struct fact vf_stride(const struct pf *pf)
{
	return known(&pf->vf_stride) ? pf->vf_stride : pf->sysfs_stride;
}

uint64_t vf_rid(const struct fn *pf, uint64_t index)
{
	return addr_rid(&pf->addr) + vf_offset(pf->pf).v + vf_stride(pf->pf).v * index;
}

enum tri ari_above(const struct model *model, const struct fn *pf, const char **where)
{
	*where = NULL;
	if (pf->on_root_bus)
		return TRI_YES;
	struct slice attr = pf->dir ? snapshot_bytes(model->snap, pf->dir, "ari_enabled") : (struct slice){NULL, 0};
	uint64_t v;
	if (attr.p && slice_u64(attr, &v)) {
		*where = "ari_enabled";
		return v ? TRI_YES : TRI_NO;
	}
	const struct fn *port = pf->upstream;
	if (port && port->bridge) {
		if (known(&port->bridge->ari_enabled)) {
			*where = "ARI Forwarding Enable";
			return port->bridge->ari_enabled.v ? TRI_YES : TRI_NO;
		}
		if (known_as(&port->bridge->ari_supported, 0) || port->bridge->ari_supported.have == ITEM_ABSENT) {
			*where = "ARI Forwarding Supported";
			return TRI_NO;
		}
	}
	/* The hierarchy bit is in the device's lowest PF only; Linux sets it there when forwarding is on. */
	const struct fn *lowest = fn_lowest_pf(model, pf);
	if (known_as(&lowest->pf->ari_hierarchy, 1)) {
		*where = "ARI Capable Hierarchy";
		return TRI_YES;
	}
	return TRI_UNKNOWN;
}

void reach_judge(const struct model *model, const struct fn *fn, uint64_t count, struct reach *out)
{
	const struct pf *pf = fn->pf;
	*out = (struct reach){.count = count, .port = fn->upstream, .max_by_bus = count};
	struct fact offset = vf_offset(pf), stride = vf_stride(pf);
	out->known = known(&offset) && offset.v && known(&stride) && count > 0 && count <= UINT16_MAX;
	if (!out->known)
		return;
	out->ari = ari_above(model, fn, &out->ari_where);
	/* routing IDs only grow: the PF's own bus is left soon, or never */
	for (uint64_t i = 0; i < (stride.v ? count : 1) && vf_rid(fn, i) >> 8 == fn->addr.bus; i++) {
		if ((vf_rid(fn, i) >> 3 & 31) == fn->addr.device)
			continue;
		if (!out->beyond_device)
			out->first_beyond = i;
		out->beyond_device += stride.v ? 1 : count;
	}
	out->last_bus = vf_rid(fn, count - 1) >> 8;
	if (out->last_bus == fn->addr.bus) {
		out->buses = TRI_YES;
		out->bus_end = fn->addr.bus;
		return;
	}
	const struct fn *port = fn->upstream;
	if (port && port->bridge && known(&port->bridge->subordinate)) {
		out->bus_end = port->bridge->subordinate.v;
	} else if (out->last_bus > UINT8_MAX) {
		out->bus_end = UINT8_MAX;
	} else {
		out->buses = fn->on_root_bus ? TRI_YES : TRI_UNKNOWN;
		return;
	}
	out->buses = out->last_bus <= out->bus_end ? TRI_YES : TRI_NO;
	if (out->buses == TRI_NO) {
		uint64_t first = vf_rid(fn, 0), end = out->bus_end << 8 | 0xff;
		out->max_by_bus = first > end ? 0 : (end - first) / stride.v + 1; /* the last one is beyond: a stride there is */
	}
}

const char *rid_text(struct run *run, const struct fn *pf, uint64_t rid)
{
	return say(run, "%04x:%02x:%02x.%x", pf->addr.domain, (unsigned)(rid >> 8), (unsigned)(rid >> 3 & 31), (unsigned)(rid & 7));
}

void vf_space_judge(const struct fn *fn, struct vf_space *out)
{
	const struct pf *pf = fn->pf;
	*out = (struct vf_space){.first_missing = -1};
	for (unsigned i = 0; i < ARRAY_SIZE(pf->bars); i++) {
		const struct vf_bar *bar = &pf->bars[i];
		if (!bar->implemented)
			continue;
		out->known = true;
		out->implemented++;
		if (bar->assigned == TRI_YES) {
			out->assigned++;
		} else if (bar->assigned == TRI_NO) {
			out->missing++;
			if (out->first_missing < 0)
				out->first_missing = (int)i;
		} else {
			out->unknown++;
		}
	}
	uint32_t first;
	if (!out->known && pf->cap.p && bytes_u32(&pf->cap, 0x24, &first) == 0)
		out->known = true; /* read, and there is none: VFs of devices with Enhanced Allocation */
}

const struct fn *event_fn(const struct run *run, const struct kmsg_event *event)
{
	return event->has_addr && !event->is_bus ? model_find(run->model, &event->addr) : NULL;
}

const struct kmsg_event *log_of(const struct run *run, enum kmsg_type type, const struct fn *subject)
{
	const struct kmsg *log = &run->model->log;
	if (subject)
		return kmsg_last(log, type, &subject->addr);
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(log, type, &n);
	for (size_t i = n; i > 0; i--) {
		const struct fn *fn = event_fn(run, events[i - 1]);
		if (!run_has_pf(run, fn) && !(fn && fn->pf_fn && run_has_pf(run, fn->pf_fn)))
			return events[i - 1];
	}
	return NULL;
}

const char *slice_text(struct run *run, struct slice s)
{
	return say(run, "%.*s", (int)(s.n > 512 ? 512 : s.n), s.n ? s.p : "");
}

const char *where_event(struct run *run, const struct kmsg_event *event)
{
	return where_item(run, event->from, event->line);
}

void finding_log(struct run *run, struct finding *finding, const struct kmsg_event *event, const char *note)
{
	if (event)
		finding_evidence(run, finding, where_event(run, event), slice_text(run, event->text), NULL, note ? note : event->hint);
}

const char *name_of(struct run *run, const struct fn *fn)
{
	char buf[ADDR_TEXT];
	return fn ? say(run, "%s", addr_text(&fn->addr, buf)) : "the PF";
}

const char *memory_text(struct run *run, uint64_t size)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	size_t u = 0;
	while (size >= 1024 && size % 1024 == 0) { /* 2^64 is 16 EiB */
		size /= 1024;
		u++;
	}
	return say(run, "%llu %s", (unsigned long long)size, units[u]);
}

struct slice fn_attr(const struct run *run, const struct fn *fn, const char *name)
{
	return fn->dir ? snapshot_bytes(run->model->snap, fn->dir, name) : (struct slice){NULL, 0};
}

enum item_state fn_attr_state(const struct run *run, const struct fn *fn, const char *name)
{
	return fn->dir ? snapshot_state(run->model->snap, fn->dir, name) : ITEM_NOT_CAPTURED;
}
