/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many VFs can be had as things stand, what limits them, and from where on each limit sets in. */
#include <string.h>

#include "data/data.h"
#include "plan/inputs.h"

/* Indices of VFs whose routing ID is at most last: none before the offset, one where the stride is 0. */
static uint64_t count_up_to(const struct inputs *in, uint64_t last)
{
	uint64_t first = vf_rid(in, 0);
	if (first > last)
		return 0;
	return in->stride.v ? (last - first) / in->stride.v + 1 : UINT64_MAX;
}

static bool routing_known(const struct inputs *in)
{
	return known(&in->offset) && in->offset.v && known(&in->stride);
}

uint64_t limit_buses(const struct inputs *in, bool *sure)
{
	*sure = routing_known(in);
	if (!*sure)
		return UINT64_MAX;
	if (known(&in->last_bus))
		return count_up_to(in, in->last_bus.v << 8 | 0xff);
	*sure = known(&in->total) && vf_rid(in, in->total.v ? in->total.v - 1 : 0) >> 8 == in->fn->addr.bus;
	return UINT64_MAX;
}

/* Without ARI forwarding only device 0 of the link's bus is there; VFs on later buses are routed by bus number. */
uint64_t limit_ari(const struct inputs *in, bool *sure)
{
	*sure = in->ari == TRI_YES;
	if (*sure)
		return UINT64_MAX;
	if (!routing_known(in))
		return UINT64_MAX;
	uint64_t bus = (uint64_t)in->fn->addr.bus << 8;
	uint64_t on_device_0 = vf_rid(in, 0) > (bus | 7) ? 0 : count_up_to(in, bus | 7);
	uint64_t before_next_bus = count_up_to(in, bus | 0xff);
	bool some_beyond = before_next_bus > on_device_0;
	*sure = in->ari == TRI_NO || !some_beyond || (known(&in->total) && in->total.v <= on_device_0);
	return some_beyond ? on_device_0 : UINT64_MAX;
}

struct limit {
	const char *name; /* of the report's limited-by */
	uint64_t vfs;
	bool sure;
	const char *remedy;
};

enum { BY_DEVICE, BY_FIRMWARE, BY_DRIVER, BY_MMIO, BY_BUSES, BY_ARI, LIMITS };

static struct limit by_device(const struct inputs *in)
{
	return (struct limit){"device", in->accepted == TRI_NO ? 0 : in->total.v, known(&in->total) || in->accepted == TRI_NO, NULL};
}

/* The part can have more than its firmware shows. */
static struct limit by_firmware(const struct inputs *in)
{
	const struct fn *fn = in->fn;
	const struct device_info *info = known(&fn->vendor) && known(&fn->device) ?
		device_find((uint16_t)fn->vendor.v, (uint16_t)fn->device.v) : NULL;
	bool lowered = info && info->firmware_toggle && info->total_vfs && known(&in->total) && in->total.v < info->total_vfs;
	return (struct limit){"firmware", lowered ? in->total.v : UINT64_MAX, true, "raise the number of VFs in the device's firmware"};
}

static struct limit by_driver(const struct inputs *in)
{
	/* a driver that is not known may refuse (the plan says so), but is no number */
	struct limit limit = {"driver", UINT64_MAX, true, "bind the PF's own driver"};
	if (in->configure == CONFIGURE_NO_DRIVER || in->configure == CONFIGURE_NONE)
		limit.vfs = 0;
	else if (known(&in->limit) && known(&in->total) && in->limit.v < in->total.v)
		limit = (struct limit){"driver", in->limit.v, true, "the PF's driver lowers TotalVFs: see its options"};
	return limit;
}

static struct limit by_mmio(const struct inputs *in)
{
	return (struct limit){"mmio", in->mmio == TRI_NO ? 0 : UINT64_MAX, in->mmio != TRI_UNKNOWN,
			      in->short_note ? in->short_note : "give the VF BARs memory space"};
}

static void gather(const struct inputs *in, struct limit limits[LIMITS])
{
	bool sure;
	limits[BY_DEVICE] = by_device(in);
	limits[BY_FIRMWARE] = by_firmware(in);
	limits[BY_DRIVER] = by_driver(in);
	limits[BY_MMIO] = by_mmio(in);
	limits[BY_BUSES] = (struct limit){"bus-numbers", limit_buses(in, &sure), false, "reserve more bus numbers below the port above"};
	limits[BY_BUSES].sure = sure;
	limits[BY_ARI] = (struct limit){"ari", limit_ari(in, &sure), false, "ARI forwarding on the port above"};
	limits[BY_ARI].sure = sure;
	for (unsigned i = 0; i < LIMITS; i++)
		if (!limits[i].sure)
			limits[i].vfs = UINT64_MAX; /* what is not known limits nothing, and makes the whole unsure */
}

/* The least of all limits but one (LIMITS: of all). */
static uint64_t least(const struct limit limits[LIMITS], unsigned but)
{
	uint64_t vfs = UINT64_MAX;
	for (unsigned i = 0; i < LIMITS; i++)
		if (i != but && limits[i].vfs < vfs)
			vfs = limits[i].vfs;
	return vfs;
}

static int threshold(const struct inputs *in, const struct limit limits[LIMITS], unsigned i, struct arena *arena, struct plan *plan)
{
	const struct limit *limit = &limits[i];
	/* what stands beyond what the device has never sets in */
	if (limit->vfs == UINT64_MAX || (i != BY_DEVICE && known(&in->total) && limit->vfs >= in->total.v && i != BY_FIRMWARE))
		return 0;
	uint64_t now = least(limits, LIMITS), then = least(limits, i);
	struct plan_threshold *t = ARENA_PUSH(arena, plan->thresholds, plan->thresholds_n, plan->thresholds_room);
	if (!t)
		return -ENOMEM;
	t->vfs = limit->vfs + 1;
	t->limit = limit->name;
	t->remedy = limit->remedy;
	if (!limit->remedy || then <= now || then == UINT64_MAX)
		return 0;
	t->remedy = arena_printf(arena, "%s: %u -> %u", limit->remedy, (unsigned)now, (unsigned)then);
	return t->remedy ? 0 : -ENOMEM;
}

int limits_fill(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	struct limit limits[LIMITS];
	gather(in, limits);
	unsigned least_at = BY_DEVICE;
	bool sure = true;
	for (unsigned i = 0; i < LIMITS; i++) {
		sure &= limits[i].sure;
		/* where two limits are the same the narrower reason counts: the driver's, then memory, buses, ARI */
		if (limits[i].vfs < limits[least_at].vfs || (limits[i].vfs == limits[least_at].vfs && i == BY_FIRMWARE))
			least_at = i;
	}
	plan->max_known = sure || limits[least_at].vfs == 0;
	plan->max_vfs = limits[least_at].vfs;
	plan->limited_by = limits[least_at].name;
	for (unsigned i = 0; i < LIMITS; i++)
		if (threshold(in, limits, i, arena, plan))
			return -ENOMEM;
	if (routing_known(in) && known(&in->total) && in->total.v) {
		uint64_t last = vf_rid(in, in->total.v - 1) >> 8;
		plan->buses_known = true;
		plan->buses_port = in->port;
		plan->buses_need = (struct range){in->fn->addr.bus, last};
		plan->buses_have = known(&in->last_bus) ? (struct range){in->fn->addr.bus, in->last_bus.v} : (struct range){1, 0};
	}
	return 0;
}
