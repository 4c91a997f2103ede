/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about the ports and bridges above. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

/* Secondary and subordinate 0: nobody configured the bridge yet (a device model's dump), nothing to judge. */
static bool buses(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge;
	if (!rule_known(run, &b->primary, "Primary Bus Number") || !rule_known(run, &b->secondary, "Secondary Bus Number") ||
	    !rule_known(run, &b->subordinate, "Subordinate Bus Number"))
		return false;
	if (b->secondary.v || b->subordinate.v)
		return true;
	rule_skip(run, "the bridge has no bus numbers");
	return false;
}

void rule_bridge_primary(struct rule_run *run)
{
	/* some root complexes hardwire it to 0: Linux takes the bus for it */
	if (buses(run) && run->fn->bridge->primary.v && run->fn->bridge->primary.v != run->fn->addr.bus)
		rule_fail(run, rule_text(run, "%02x", run->fn->addr.bus), "Primary Bus Number %02x", (unsigned)run->fn->bridge->primary.v);
}

void rule_bridge_secondary(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge;
	if (buses(run) && b->secondary.v <= b->primary.v)
		rule_fail(run, rule_text(run, "above %02x", (unsigned)b->primary.v), "Secondary Bus Number %02x", (unsigned)b->secondary.v);
}

void rule_bridge_subordinate(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge;
	if (buses(run) && b->subordinate.v < b->secondary.v)
		rule_fail(run, rule_text(run, "%02x or above", (unsigned)b->secondary.v), "Subordinate Bus Number %02x", (unsigned)b->subordinate.v);
}

static const struct bridge *above(struct rule_run *run)
{
	const struct fn *up = fn_upstream(run->fn);
	if (!up || !up->bridge) {
		rule_skip(run, run->fn->on_root_bus ? "on a root bus" : "the bridge above is not in the dump");
		return NULL;
	}
	return up->bridge;
}

void rule_bridge_nested(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge, *up = above(run);
	if (!up || !buses(run) || !rule_known(run, &up->subordinate, "Subordinate Bus Number of the bridge above"))
		return;
	if (b->subordinate.v >= b->secondary.v && b->subordinate.v > up->subordinate.v)
		rule_fail(run, rule_text(run, "%02x at most", (unsigned)up->subordinate.v), "Subordinate Bus Number %02x", (unsigned)b->subordinate.v);
}

/* Against the bridges in front of it on the same bus: each pair is told once. */
void rule_bridge_disjoint(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge;
	const struct fn *fn = run->fn;
	if (!buses(run) || b->subordinate.v < b->secondary.v)
		return;
	while (fn > run->model->fns && addr_same_bus(&fn[-1].addr, &run->fn->addr)) {
		const struct bridge *other = (--fn)->bridge;
		char addr[ADDR_TEXT];
		if (!other || !known(&other->secondary) || !known(&other->subordinate) || !other->secondary.v || other->subordinate.v < other->secondary.v)
			continue;
		if (b->secondary.v <= other->subordinate.v && other->secondary.v <= b->subordinate.v)
			rule_fail(run, "buses of its own", "buses %02x to %02x, %s has %02x to %02x", (unsigned)b->secondary.v, (unsigned)b->subordinate.v,
				  addr_text(&fn->addr, addr), (unsigned)other->secondary.v, (unsigned)other->subordinate.v);
	}
}

void rule_bridge_pref(struct rule_run *run)
{
	uint64_t base, limit;
	const struct bytes *view = &run->fn->config->view;
	if (bytes_bits(view, PCI_PREF_MEMORY_BASE, 2, 0, 4, &base) || bytes_bits(view, PCI_PREF_MEMORY_LIMIT, 2, 0, 4, &limit))
		rule_skip(run, "the registers were not read");
	else if (base != limit)
		rule_fail(run, "the same type", "base has type %u, limit %u", (unsigned)base, (unsigned)limit);
}

static void inside(struct rule_run *run, const struct resource *res, const struct bridge *up, const char *what)
{
	if (res->assigned != TRI_YES || range_empty(res->range))
		return;
	if ((up->mem.assigned == TRI_YES && range_within(res->range, up->mem.range)) ||
	    (up->pref.assigned == TRI_YES && range_within(res->range, up->pref.range)))
		return;
	rule_fail(run, "inside of a window of the bridge above", "%s window %llx-%llx", what, (unsigned long long)res->range.start,
		  (unsigned long long)res->range.end);
}

void rule_bridge_window(struct rule_run *run)
{
	const struct bridge *up = above(run);
	if (!up)
		return;
	if (!up->mem.from && !up->pref.from) {
		rule_skip(run, "the windows of the bridge above were not read");
		return;
	}
	inside(run, &run->fn->bridge->mem, up, "memory");
	inside(run, &run->fn->bridge->pref, up, "prefetchable");
}

/* Function 0 of device 0 on the bus behind the port. */
static const struct fn *below(struct rule_run *run)
{
	const struct bridge *b = run->fn->bridge;
	if (!known(&b->secondary) || !b->secondary.v || b->secondary.v > 255)
		return NULL;
	struct sriov_addr addr = {.domain = run->fn->addr.domain, .bus = (uint8_t)b->secondary.v};
	return model_find(run->model, &addr);
}

void rule_bridge_ari(struct rule_run *run)
{
	const struct fn *fn = below(run);
	char addr[ADDR_TEXT];
	if (!known_as(&run->fn->bridge->ari_enabled, 1) || !fn)
		rule_skip(run, "ARI Forwarding is not enabled, or no device is below");
	else if (fn->role != ROLE_VF && fn_cap_absent(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI))
		rule_fail(run, "an ARI capability in the device below", "ARI Forwarding Enable set, %s has none", addr_text(&fn->addr, addr));
}

void rule_bridge_mps(struct rule_run *run)
{
	const struct fn *fn = below(run);
	uint64_t mine, theirs;
	char addr[ADDR_TEXT];
	if (!fn || fn->role == ROLE_VF) {
		rule_skip(run, "no function is below");
		return;
	}
	if (fn_field(fn, CAP_STANDARD, PCI_CAP_ID_EXP, "Max_Payload_Size", &theirs)) {
		rule_skip(run, "Max_Payload_Size of the function below was not read");
		return;
	}
	if (rule_field(run, CAP_STANDARD, PCI_CAP_ID_EXP, "Max_Payload_Size", &mine) && mine != theirs && mine < 6 && theirs < 6)
		rule_fail(run, "the same in both", "%u bytes, %s has %u", 128u << mine, addr_text(&fn->addr, addr), 128u << theirs);
}

void rule_bridge_acs(struct rule_run *run)
{
	if (run->fn->exp_type != PCI_EXP_TYPE_ROOT_PORT && run->fn->exp_type != PCI_EXP_TYPE_DOWNSTREAM)
		rule_skip(run, "no root port and no switch downstream port");
	else if (fn_cap_absent(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS))
		rule_fail(run, "an ACS capability", "none");
	else if (!rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_ACS))
		rule_skip(run, "the extended list was not read to its end");
}
