/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about routing IDs: where VFs are, and whether the ports above lead there. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

/* Routing IDs of the VFs: those that are enabled, else all that there can be. 64 bits: nothing wraps. */
struct rids {
	uint64_t pf, first, last, n, stride;
	bool enabled;
};

static bool vf_rids(struct rule_run *run, struct rids *rids)
{
	const struct pf *pf = run->pf;
	if (!rule_known(run, &pf->vf_offset, "First VF Offset") || !rule_known(run, &pf->vf_stride, "VF Stride") || !rule_known(run, &pf->total_vfs, "TotalVFs"))
		return false;
	uint64_t enabled = rule_enabled_vfs(pf);
	*rids = (struct rids){.pf = addr_rid(&run->fn->addr), .n = enabled ? enabled : pf->total_vfs.v, .stride = pf->vf_stride.v, .enabled = enabled};
	if (!rids->n || !pf->vf_offset.v) {
		rule_skip(run, rids->n ? "First VF Offset is 0" : "TotalVFs is 0");
		return false;
	}
	rids->first = rids->pf + pf->vf_offset.v;
	rids->last = rids->first + (rids->n - 1) * rids->stride;
	return true;
}

static const char *rid_text(struct rule_run *run, uint64_t rid)
{
	return rule_text(run, "%02x:%02x.%x", (unsigned)(rid >> 8), (unsigned)(rid >> 3 & 0x1f), (unsigned)(rid & 7));
}

void rule_rid_segment(struct rule_run *run)
{
	struct rids r;
	if (vf_rids(run, &r) && r.first <= 0xffff && r.last > 0xffff)
		rule_fail(run, "ffff at most", "VF %u would have routing ID %llx", (unsigned)(r.n - 1), (unsigned long long)r.last);
}

/* The first VF's routing ID alone passes ffff: in 16 bits it lies in front of the PF. */
void rule_rid_before(struct rule_run *run)
{
	struct rids r;
	if (vf_rids(run, &r) && r.first > 0xffff)
		rule_fail(run, rule_text(run, "bus %02x or above", run->fn->addr.bus), "PF %s and First VF Offset %u make %s in 16 bits",
			  rid_text(run, r.pf), (unsigned)run->pf->vf_offset.v, rid_text(run, r.first & 0xffff));
}

/* VFs that are enabled, and have a place in the model. */
static bool vfs_placed(struct rule_run *run)
{
	if (!rule_enabled_vfs(run->pf))
		rule_skip(run, "no VF is enabled");
	else if (run->pf->vfs_left_out)
		rule_skip(run, "its VFs are left out: PFs claim too many in all");
	return run->state == FINDING_PASS;
}

void rule_rid_collision(struct rule_run *run)
{
	struct rids r;
	if (!vf_rids(run, &r) || !vfs_placed(run))
		return;
	for (size_t i = 0; i < run->pf->vfs_n && i < r.n; i++) {
		const struct vf *vf = &run->pf->vfs[i];
		if (!vf->in_segment)
			break;
		const struct fn *there = vf->there;
		struct sriov_addr owner;
		char other[ADDR_TEXT];
		if (rule_owner(run, addr_rid(&vf->addr), &owner) && !addr_same(&owner, &run->fn->addr)) {
			rule_fail(run, "one function a routing ID", "VF %u at %s is a VF of %s too", (unsigned)i, rid_text(run, addr_rid(&vf->addr)),
				  addr_text(&owner, other));
			return;
		}
		if (there && there->pf_fn != run->fn) {
			rule_fail(run, "one function a routing ID", "VF %u has the routing ID of %s", (unsigned)i, addr_text(&there->addr, other));
			return;
		}
	}
}

/* The port above: NULL and skipped where there is none, or it is not in the dump. */
static const struct bridge *port_above(struct rule_run *run)
{
	const struct fn *up = fn_upstream(run->pf_fn);
	if (!up || !up->bridge) {
		rule_skip(run, run->pf_fn->on_root_bus ? "on a root bus" : "the port above is not in the dump");
		return NULL;
	}
	return up->bridge;
}

void rule_rid_buses(struct rule_run *run)
{
	const struct bridge *port = port_above(run);
	struct rids r;
	if (!port || !rule_known(run, &port->secondary, "Secondary Bus Number of the port above") ||
	    !rule_known(run, &port->subordinate, "Subordinate Bus Number of the port above") || !vf_rids(run, &r) || r.last > 0xffff)
		return;
	if (r.last >> 8 <= port->subordinate.v && r.first >> 8 >= port->secondary.v)
		return;
	if (!r.enabled)
		rule_lower(run, SEVERITY_WARNING); /* the kernel may give the port more buses, or find other values once it sets ARI */
	rule_fail(run, rule_text(run, "buses %02x to %02x", (unsigned)port->secondary.v, (unsigned)port->subordinate.v), "VFs from %s to %s",
		  rid_text(run, r.first), rid_text(run, r.last));
}

/* Is ARI in force for the PF's device? The lowest PF's bit, and the port's where it is known. */
static enum tri ari_in_force(struct rule_run *run)
{
	const struct fn *lowest = rule_lowest_pf(run), *up = fn_upstream(run->pf_fn);
	const struct fact *bit = &lowest->pf->ari_hierarchy;
	if (known_as(bit, 0) || (up && up->bridge && (known_as(&up->bridge->ari_enabled, 0) || up->bridge->ari_enabled.have == ITEM_ABSENT)))
		return TRI_NO;
	return known(bit) ? TRI_YES : TRI_UNKNOWN;
}

void rule_rid_device(struct rule_run *run)
{
	struct rids r;
	if (run->fn->on_root_bus || run->fn->exp_type == PCI_EXP_TYPE_RC_END) {
		rule_skip(run, "integrated into the root complex: devices of the root bus have any number");
		return;
	}
	if (!vf_rids(run, &r))
		return;
	if (!r.enabled) {
		rule_skip(run, "no VF is enabled: kernels set ARI before they enable VFs");
		return;
	}
	if (ari_in_force(run) != TRI_NO)
		return;
	for (uint64_t i = 0, rid = r.first; i < r.n && rid >> 8 == r.pf >> 8; i++, rid += r.stride) {
		if (!(rid >> 3 & 0x1f))
			continue;
		if (i < run->pf->vfs_n && run->pf->vfs[i].fn)
			rule_lower(run, SEVERITY_WARNING); /* it answers: this port (QEMU's does) forwards other devices all the same */
		rule_fail(run, "device 0 while ARI is not in force", "VF %u is at %s", (unsigned)i, rid_text(run, rid));
		return;
	}
}

void rule_ari_lowest(struct rule_run *run)
{
	const struct fn *lowest = rule_lowest_pf(run);
	char addr[ADDR_TEXT];
	if (rule_known(run, &run->pf->ari_hierarchy, "ARI Capable Hierarchy") && run->pf->ari_hierarchy.v && lowest != run->fn)
		rule_fail(run, rule_text(run, "0 (%s is the lowest PF)", addr_text(&lowest->addr, addr)), "1");
}

void rule_ari_port(struct rule_run *run)
{
	const struct fn *up = fn_upstream(run->fn);
	if (!rule_known(run, &run->pf->ari_hierarchy, "ARI Capable Hierarchy"))
		return;
	if (!run->pf->ari_hierarchy.v) {
		rule_skip(run, "ARI Capable Hierarchy is clear");
		return;
	}
	if (fn_cap_absent(run->fn, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI))
		rule_fail(run, "an ARI capability", "ARI Capable Hierarchy set, no ARI capability");
	if (!up || !up->bridge || (!known(&up->bridge->ari_enabled) && up->bridge->ari_enabled.have != ITEM_ABSENT))
		return;
	if (known_as(&up->bridge->ari_enabled, 1))
		return;
	char addr[ADDR_TEXT];
	if (!rule_enabled_vfs(run->pf))
		rule_lower(run, SEVERITY_WARNING);
	rule_fail(run, "ARI Forwarding Enable set in the port above", "ARI Capable Hierarchy set, %s of %s",
		  up->bridge->ari_enabled.have == ITEM_ABSENT ? "no ARI Forwarding" : "ARI Forwarding Enable clear", addr_text(&up->addr, addr));
}

void rule_ari_unused(struct rule_run *run)
{
	const struct fn *up = fn_upstream(run->fn);
	if (!up || !up->bridge || !known_as(&up->bridge->ari_enabled, 1) || rule_lowest_pf(run) != run->fn) {
		rule_skip(run, "not the lowest PF, or no port above that forwards ARI");
		return;
	}
	if (rule_known(run, &run->pf->ari_hierarchy, "ARI Capable Hierarchy") && rule_known(run, &run->pf->vf_enable, "VF Enable") &&
	    !run->pf->ari_hierarchy.v && !run->pf->vf_enable.v)
		rule_fail(run, "1", "0, the port above forwards ARI");
}

/* The function that Function Dependency Link names: by eight bits where functions have them, by three on a root bus. */
static const struct fn *linked(const struct rule_run *run, const struct fn *fn, unsigned link)
{
	struct sriov_addr addr = fn->addr;
	if (fn->on_root_bus || fn->exp_type == PCI_EXP_TYPE_RC_END) {
		addr.function = link & 7;
	} else {
		addr.device = (uint8_t)(link >> 3);
		addr.function = link & 7;
	}
	return model_find(run->model, &addr);
}

static bool alone(const struct rule_run *run)
{
	const struct fn *fn = run->fn, *first = run->model->fns, *end = first + run->model->fns_n;
	return (fn == first || !addr_same_bus(&fn[-1].addr, &fn->addr)) && (fn + 1 == end || !addr_same_bus(&fn[1].addr, &fn->addr));
}

void rule_dependency(struct rule_run *run)
{
	if (!rule_known(run, &run->pf->dep_link, "Function Dependency Link"))
		return;
	unsigned link = (unsigned)run->pf->dep_link.v;
	const struct fn *target = linked(run, run->fn, link);
	char addr[ADDR_TEXT];
	if (target == run->fn)
		return;
	if (!target && alone(run))
		rule_skip(run, "the device's other functions are not in the dump");
	else if (!target)
		rule_fail(run, "the PF itself, or another PF of the device", "function %u is not there", link);
	else if (target->role != ROLE_PF)
		rule_fail(run, "the PF itself, or another PF of the device", "%s is no PF", addr_text(&target->addr, addr));
}

void rule_vfs_missing(struct rule_run *run)
{
	const struct pf *pf = run->pf;
	uint64_t n = rule_enabled_vfs(pf);
	size_t missing = 0, first = 0;
	bool sure = pf->vfs_exist || fn_upstream(run->fn); /* a dump of the whole host, or one that has VFs */
	if (!vfs_placed(run))
		return;
	for (size_t i = 0; i < pf->vfs_n && i < n; i++) {
		if (pf->vfs[i].fn || !pf->vfs[i].in_segment || (pf->vfs[i].exists != TRI_NO && !sure) || pf->vfs[i].there)
			continue; /* another function in its place is R13's */
		if (!missing++)
			first = i;
	}
	if (missing)
		rule_fail(run, rule_text(run, "%u VFs", (unsigned)n), "%u missing, the first of them VF %u at %s", (unsigned)missing, (unsigned)first,
			  rid_text(run, addr_rid(&pf->vfs[first].addr)));
	else if (!sure)
		rule_skip(run, "a dump of the PF alone");
}
