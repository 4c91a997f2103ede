/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing IDs of the VFs with ARI and without: First VF Offset and VF Stride follow ARI Capable Hierarchy of the device's lowest
 * PF (drivers/pci/iov.c sriov_init()), so the registers tell one of the two, and only a table of devices can tell the other.
 */
#include "data/data.h"
#include "plan/inputs.h"

static struct fact number(uint64_t v)
{
	return (struct fact){v, ITEM_PRESENT, NULL};
}

static struct route from_table(const struct device_info *info, bool ari)
{
	uint16_t offset = ari ? info->offset_ari : info->offset_plain;
	return (struct route){number(offset), number(info->stride), "device-table"};
}

/* Whose bit it is, and where nobody read it, what Linux sets it to: what the port above does. */
static enum tri read_with(const struct inputs *in, const struct device_info *info, const struct route *read)
{
	const struct fact *bit = &fn_lowest_pf(in->m, in->fn)->pf->ari_hierarchy;
	if (known(bit))
		return bit->v ? TRI_YES : TRI_NO;
	const struct fn *port = in->port;
	if (port && port->bridge && known(&port->bridge->ari_enabled))
		return port->bridge->ari_enabled.v ? TRI_YES : TRI_NO;
	if (info && known(&read->offset) && info->offset_ari != info->offset_plain) {
		if (info->offset_ari && read->offset.v == info->offset_ari)
			return TRI_YES;
		if (info->offset_plain && read->offset.v == info->offset_plain)
			return TRI_NO;
	}
	return TRI_UNKNOWN;
}

void routes_read(struct inputs *in)
{
	const struct device_info *info = inputs_device(in);
	struct route read = {in->offset, in->stride, "read"};
	bool is_read = known(&read.offset) && known(&read.stride);
	bool table = info && info->offset_ari && info->offset_plain && info->stride;
	if (!in->ari_matters)
		return;
	in->read_with = read_with(in, info, &read);
	if (is_read && in->read_with != TRI_UNKNOWN) {
		bool with = in->read_with == TRI_YES;
		in->route[with] = read;
		/* the table's row is about this function only where it says what was read, too: other functions of a device have their own */
		if (table && read.offset.v == (with ? info->offset_ari : info->offset_plain) && read.stride.v == info->stride)
			in->route[!with] = from_table(info, !with);
	} else if (!is_read && table && !in->fn->addr.device && !in->fn->addr.function) {
		in->route[0] = from_table(info, false);
		in->route[1] = from_table(info, true);
	}
	bool want = in->ari == TRI_YES;
	if (is_read && in->ari_assumed && in->read_with != TRI_UNKNOWN && in->route[want].how) {
		in->offset = in->route[want].offset;
		in->stride = in->route[want].stride;
	}
}

bool routing_with_ari(const struct inputs *in, struct inputs *with)
{
	*with = *in;
	with->ari = TRI_YES;
	if (!in->route[1].how)
		return false;
	with->offset = in->route[1].offset;
	with->stride = in->route[1].stride;
	return true;
}

static void row(const struct inputs *in, enum tri ari, bool current, uint64_t vfs, struct plan *plan)
{
	const struct route *route = &in->route[ari == TRI_YES];
	struct inputs there = *in;
	struct plan_routing *r = &plan->routings[plan->routings_n++];
	bool as_read = ari == TRI_UNKNOWN;
	*r = (struct plan_routing){.ari = ari, .current = current, .fn = in->fn, .vfs = vfs, .how = as_read ? "read" : route->how, .last_bus = UINT64_MAX};
	if (!r->how) {
		r->why = "First VF Offset and VF Stride were read in the other state only, and the table of devices does not tell them for this one";
		return;
	}
	if (!as_read) {
		there.offset = route->offset;
		there.stride = route->stride;
		there.ari = current ? in->ari : ari;
	}
	bool ari_sure, buses_sure;
	uint64_t by_ari = limit_ari(&there, &ari_sure), by_buses = limit_buses(&there, &buses_sure);
	r->offset = there.offset.v;
	r->stride = there.stride.v;
	r->filtered = there.ari == TRI_NO;
	if (r->how[0] == 'r')
		r->num_vfs = in->pf->num_vfs;
	else
		r->why = "by the table of devices: what was read fits its row";
	if (as_read && in->ari_matters)
		r->why = "whether they were read with ARI or without is not known";
	if (known(&in->last_bus))
		r->last_bus = in->last_bus.v;
	r->reached_known = ari_sure && buses_sure;
	r->reached = by_ari < by_buses ? by_ari : by_buses;
	if (r->reached > vfs)
		r->reached = vfs;
}

void routing_fill(const struct inputs *in, uint64_t vfs, struct plan *plan)
{
	if (!vfs)
		return;
	if (in->ari_matters && (in->route[0].how || in->route[1].how)) {
		enum tri now = in->ari_assumed || in->read_with == TRI_UNKNOWN ? in->ari : in->read_with;
		row(in, TRI_YES, now == TRI_YES, vfs, plan);
		row(in, TRI_NO, now == TRI_NO, vfs, plan);
		return;
	}
	if (routing_known(in))
		row(in, TRI_UNKNOWN, true, vfs, plan);
}

bool plan_span_next(const struct plan_routing *r, struct plan_span *span)
{
	uint64_t from = span->to + 1;
	if (!r->how || from >= r->vfs)
		return false;
	uint64_t base = addr_rid(&r->fn->addr) + r->offset, first = base + from * r->stride, bus = first >> 8, end = bus << 8 | 0xff, k = UINT64_MAX;
	bool own = bus == r->fn->addr.bus, device_0 = own && (first & 0xff) <= 7;
	if (r->filtered && device_0)
		end = bus << 8 | 7;
	if (r->stride && bus <= 0xff) /* behind the segment all are in one place: nowhere */
		k = (end - first) / r->stride;
	uint64_t to = k >= r->vfs - 1 - from ? r->vfs - 1 : from + k;
	*span = (struct plan_span){from, to, first, base + to * r->stride, TRI_YES};
	if (bus > 0xff || (r->filtered && own && !device_0) || (!own && r->last_bus != UINT64_MAX && bus > r->last_bus))
		span->reached = TRI_NO;
	else if (!own && r->last_bus == UINT64_MAX)
		span->reached = TRI_UNKNOWN;
	return true;
}
