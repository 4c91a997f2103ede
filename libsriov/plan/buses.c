/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bus numbers of the VFs: needed, there (up to the subordinate number of the port above: sriov_enable() compares with it), and
 * reservable: behind those that are there and used by nobody, so that the port could have them without anything being moved.
 */
#include "plan/inputs.h"

int buses_fill(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	const struct fn *fn = in->fn;
	plan->buses_reservable = (struct range){1, 0};
	if (!routing_known(in) || !known(&in->total) || !in->total.v)
		return 0;
	plan->buses_known = true;
	plan->buses_port = in->port;
	plan->buses_need = (struct range){fn->addr.bus, vf_rid(in, in->total.v - 1) >> 8};
	plan->buses_have = known(&in->last_bus) ? (struct range){fn->addr.bus, in->last_bus.v} : (struct range){1, 0};
	if (!in->port || !known(&in->last_bus) || in->last_bus.v > 0xff)
		return 0;
	uint32_t domain = fn->addr.domain;
	unsigned root = fn_root(fn)->addr.bus, end = survey_root_end(in->survey, domain, root), have = (unsigned)in->last_bus.v;
	unsigned next = survey_next_bus(in->survey, domain, have);
	plan->buses_spare_known = true;
	plan->buses_spare = survey_spare(in->survey, domain, root, end);
	if (next > have + 1 && end > have)
		plan->buses_reservable = (struct range){have + 1, next <= end ? next - 1 : end};
	if (plan->buses_need.end <= have || range_within((struct range){plan->buses_need.end, plan->buses_need.end}, plan->buses_reservable))
		return 0;
	plan->buses_why = next <= end ? arena_printf(arena, "bus %02x is in use", next) : arena_printf(arena, "the root bus ends at %02x", end);
	return plan->buses_why ? 0 : -ENOMEM;
}
