/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports and bridges: bus numbers, windows, ARI forwarding, ACS. */
#include <linux/pci_regs.h>

#include "build.h"

static struct fact bus_fact(const struct model *m, const struct fn *fn, unsigned offset, const char *attribute)
{
	struct fact fact = config_fact(fn, offset, 1, 0, 8);
	return known(&fact) || !attribute ? fact : attr_fact(m->snap, fn->dir, attribute);
}

/* A window from base and limit registers: bits bits of address each, from bit shift on. */
static void window(const struct fn *fn, struct resource *res, const struct fact *base, const struct fact *limit, unsigned shift)
{
	if (!known(base) || !known(limit))
		return;
	res->implemented = true;
	res->from = fn->config_item;
	res->range = (struct range){base->v << shift, limit->v << shift | ((UINT64_C(1) << shift) - 1)};
	res->assigned = range_empty(res->range) ? TRI_NO : TRI_YES;
	res->size = res->assigned == TRI_YES ? res->range.end - res->range.start + 1 : 0;
}

static void io_window(const struct fn *fn, struct resource *res)
{
	struct fact base = config_fact(fn, PCI_IO_BASE, 1, 4, 4), limit = config_fact(fn, PCI_IO_LIMIT, 1, 4, 4);
	struct fact wide = config_fact(fn, PCI_IO_BASE, 1, 0, 4);
	struct fact base_high = config_fact(fn, PCI_IO_BASE_UPPER16, 2, 0, 16), limit_high = config_fact(fn, PCI_IO_LIMIT_UPPER16, 2, 0, 16);
	if (known_as(&wide, PCI_IO_RANGE_TYPE_32) && known(&base_high) && known(&limit_high)) {
		base.v |= base_high.v << 4;
		limit.v |= limit_high.v << 4;
	}
	res->io = true;
	window(fn, res, &base, &limit, 12);
}

static void mem_window(const struct fn *fn, struct resource *res)
{
	struct fact base = config_fact(fn, PCI_MEMORY_BASE, 2, 4, 12), limit = config_fact(fn, PCI_MEMORY_LIMIT, 2, 4, 12);
	window(fn, res, &base, &limit, 20);
}

static void pref_window(const struct fn *fn, struct resource *res)
{
	struct fact base = config_fact(fn, PCI_PREF_MEMORY_BASE, 2, 4, 12), limit = config_fact(fn, PCI_PREF_MEMORY_LIMIT, 2, 4, 12);
	struct fact type = config_fact(fn, PCI_PREF_MEMORY_BASE, 2, 0, 4);
	struct fact base_high = config_fact(fn, PCI_PREF_BASE_UPPER32, 4, 0, 32), limit_high = config_fact(fn, PCI_PREF_LIMIT_UPPER32, 4, 0, 32);
	res->prefetchable = true;
	res->is_64 = known_as(&type, PCI_PREF_RANGE_TYPE_64);
	if (res->is_64) {
		if (!known(&base_high) || !known(&limit_high))
			return;
		base.v |= base_high.v << 12;
		limit.v |= limit_high.v << 12;
	}
	window(fn, res, &base, &limit, 20);
}

static void express(const struct fn *fn, struct bridge *bridge)
{
	const struct cap *cap = fn_cap(fn, CAP_STANDARD, PCI_CAP_ID_EXP);
	bridge->downstream = fn->exp_type == PCI_EXP_TYPE_ROOT_PORT || fn->exp_type == PCI_EXP_TYPE_DOWNSTREAM;
	if (!cap) {
		if (fn->exp_type == EXP_TYPE_NONE)
			bridge->ari_supported.have = bridge->ari_enabled.have = bridge->hotplug.have = ITEM_ABSENT;
		return;
	}
	struct fact version = cap_fact(&cap->bytes, fn->config_item, PCI_EXP_FLAGS, 2, 0, 4);
	struct fact slot = cap_fact(&cap->bytes, fn->config_item, PCI_EXP_FLAGS, 2, 8, 1);
	if (known(&version) && version.v < 2) { /* the second generation's registers are not there */
		bridge->ari_supported.have = bridge->ari_enabled.have = ITEM_ABSENT;
	} else {
		bridge->ari_supported = cap_fact(&cap->bytes, fn->config_item, PCI_EXP_DEVCAP2, 4, 5, 1);
		bridge->ari_enabled = cap_fact(&cap->bytes, fn->config_item, PCI_EXP_DEVCTL2, 2, 5, 1);
	}
	bridge->hotplug = cap_fact(&cap->bytes, fn->config_item, PCI_EXP_SLTCAP, 4, 6, 1);
	if (known_as(&slot, 0))
		bridge->hotplug = (struct fact){.have = ITEM_ABSENT, .from = fn->config_item};
}

static void acs(const struct fn *fn, struct bridge *bridge)
{
	const struct cap *cap = fn_cap(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS);
	if (cap) {
		bridge->acs_cap = cap_fact(&cap->bytes, fn->config_item, PCI_ACS_CAP, 2, 0, 16);
		bridge->acs_ctrl = cap_fact(&cap->bytes, fn->config_item, PCI_ACS_CTRL, 2, 0, 16);
	} else if (fn_cap_absent(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS)) {
		bridge->acs_cap.have = bridge->acs_ctrl.have = ITEM_ABSENT;
	}
}

/* The host's list knows more than the registers: a window that was wanted and not given. */
static void prefer_listed(struct resource *res, const struct resource *listed)
{
	if (listed->from && (listed->implemented || res->assigned == TRI_UNKNOWN))
		*res = *listed;
}

static bool is_bridge(const struct fn *fn)
{
	if (known(&fn->header_type))
		return fn->header_type.v == PCI_HEADER_TYPE_BRIDGE;
	return known(&fn->class) && fn->class.v >> 8 == 0x0604;
}

int build_bridges(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		struct fn *fn = &m->fns[i];
		if (!is_bridge(fn))
			continue;
		struct bridge *bridge = arena_alloc(&m->arena, sizeof(*bridge));
		if (!bridge)
			return -ENOMEM;
		bridge->primary = bus_fact(m, fn, PCI_PRIMARY_BUS, NULL);
		bridge->secondary = bus_fact(m, fn, PCI_SECONDARY_BUS, "secondary_bus_number");
		bridge->subordinate = bus_fact(m, fn, PCI_SUBORDINATE_BUS, "subordinate_bus_number");
		if (fn->config) {
			io_window(fn, &bridge->io);
			mem_window(fn, &bridge->mem);
			pref_window(fn, &bridge->pref);
		}
		prefer_listed(&bridge->io, &fn->res[RES_WINDOW_IO]);
		prefer_listed(&bridge->mem, &fn->res[RES_WINDOW_MEM]);
		prefer_listed(&bridge->pref, &fn->res[RES_WINDOW_PREF]);
		express(fn, bridge);
		acs(fn, bridge);
		fn->bridge = bridge;
		fn->role = ROLE_PORT;
	}
	return 0;
}
