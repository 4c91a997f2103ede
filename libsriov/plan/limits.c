/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many VFs can be had as things stand, what limits them, and from where on each limit sets in. */
#include <string.h>

#include "data/data.h"
#include "plan/limits.h"

/* Indices of VFs whose routing ID is at most last: none before the offset, one where the stride is 0. */
static uint64_t count_up_to(const struct inputs *in, uint64_t last)
{
	uint64_t first = vf_rid(in, 0);
	if (first > last)
		return 0;
	return in->stride.v ? (last - first) / in->stride.v + 1 : UINT64_MAX;
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

static struct limit by_device(const struct inputs *in)
{
	return (struct limit){"device", in->accepted == TRI_NO ? 0 : in->total.v, known(&in->total) || in->accepted == TRI_NO};
}

/* The part can have more than its firmware shows. */
static struct limit by_firmware(const struct inputs *in)
{
	const struct device_info *info = inputs_device(in);
	bool lowered = info && info->firmware_toggle && info->total_vfs && known(&in->total) && in->total.v < info->total_vfs;
	return (struct limit){"firmware", lowered ? in->total.v : UINT64_MAX, true};
}

static struct limit by_driver(const struct inputs *in)
{
	/* a driver that is not known may refuse (the plan says so), but is no number */
	if (in->configure == CONFIGURE_NO_DRIVER || in->configure == CONFIGURE_NONE)
		return (struct limit){"driver", 0, true};
	if (known(&in->limit) && known(&in->total) && in->limit.v < in->total.v)
		return (struct limit){"driver", in->limit.v, true};
	return (struct limit){"driver", UINT64_MAX, true};
}

static struct limit by_mmio(const struct inputs *in)
{
	return (struct limit){"mmio", in->mmio == TRI_NO ? 0 : UINT64_MAX, in->mmio != TRI_UNKNOWN};
}

void limits_gather(const struct inputs *in, struct limit limits[LIMITS])
{
	bool sure;
	limits[BY_DEVICE] = by_device(in);
	limits[BY_FIRMWARE] = by_firmware(in);
	limits[BY_DRIVER] = by_driver(in);
	limits[BY_MMIO] = by_mmio(in);
	limits[BY_BUSES] = (struct limit){"bus-numbers", limit_buses(in, &sure), false};
	limits[BY_BUSES].sure = sure;
	limits[BY_ARI] = (struct limit){"ari", limit_ari(in, &sure), false};
	limits[BY_ARI].sure = sure;
	for (unsigned i = 0; i < LIMITS; i++)
		if (!limits[i].sure)
			limits[i].vfs = UINT64_MAX; /* what is not known limits nothing, and makes the whole unsure */
}

uint64_t limits_least(const struct inputs *in)
{
	struct limit limits[LIMITS];
	uint64_t vfs = UINT64_MAX;
	limits_gather(in, limits);
	for (unsigned i = 0; i < LIMITS; i++)
		vfs = limits[i].vfs < vfs ? limits[i].vfs : vfs;
	return vfs;
}

bool limit_sets_in(const struct inputs *in, const struct limit limits[LIMITS], unsigned i)
{
	/* what stands beyond what the device has never sets in */
	return limits[i].vfs != UINT64_MAX && (i == BY_DEVICE || i == BY_FIRMWARE || !known(&in->total) || limits[i].vfs < in->total.v);
}

/* The first remedy of a limit is what its threshold says. */
static int threshold(const struct limit *limit, struct arena *arena, struct plan *plan)
{
	struct plan_threshold *t = ARENA_PUSH(arena, plan->thresholds, plan->thresholds_n, plan->thresholds_room);
	if (!t)
		return -ENOMEM;
	t->vfs = limit->vfs + 1;
	t->limit = limit->name;
	const struct plan_remedy *first = NULL;
	for (size_t i = 0; i < plan->remedies_n && !first; i++)
		first = strcmp(plan->remedies[i].limit, limit->name) ? NULL : &plan->remedies[i];
	if (!first)
		return 0;
	t->remedy = first->gain ? arena_printf(arena, "%s: %u -> %u", first->text, (unsigned)first->before, (unsigned)first->after) : first->text;
	return t->remedy ? 0 : -ENOMEM;
}

int limits_fill(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	struct limit limits[LIMITS];
	limits_gather(in, limits);
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
	int err = remedies_fill(in, arena, plan);
	for (unsigned i = 0; i < LIMITS && !err; i++)
		err = limit_sets_in(in, limits, i) ? threshold(&limits[i], arena, plan) : 0;
	return err;
}
