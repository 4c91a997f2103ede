/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where each PF stands (contract: the readiness ladder), and the verdict. A rung passes on proof, never for want of a complaint. */
#include <stdlib.h>
#include "driver.h"
#include "private.h"

/* The dword at 0x100 was read, or the kernel shows that it read it. */
static bool proof_visible(struct run *run, const struct fn *fn)
{
	uint32_t first;
	if (fn->config && bytes_u32(&fn->config->view, 0x100, &first) == 0)
		return first != UINT32_MAX;
	if (fn->pf->offset)
		return true;
	struct kmsg_sriov said;
	kmsg_sriov(&run->model->log, &fn->addr, &said);
	return (!fn->config || fn->config->from_text) && (known(&fn->pf->sriov_attrs) || said.total > 0);
}

static bool proof_capable(struct run *run, const struct fn *fn)
{
	const struct pf *pf = fn->pf;
	struct kmsg_sriov said;
	kmsg_sriov(&run->model->log, &fn->addr, &said);
	if (known(&pf->sriov_attrs) || pf_has_vfs(fn) || said.state == KMSG_VFS_ENABLED)
		return true;
	if (pf->sriov_attrs.have == ITEM_ABSENT)
		return false;
	return said.total > 0 || known(&pf->total_vfs); /* of 0 the rung has failed by now: nic-fw-sriov-disabled */
}

static bool proof_routable(struct run *run, const struct fn *fn)
{
	if (fn->pf->vfs_exist > 0 && pf_has_vfs(fn))
		return true;
	struct reach r;
	reach_judge(run->model, fn, vfs_wanted(run, fn), &r);
	return r.known && r.buses == TRI_YES && (r.beyond_device == 0 || r.ari == TRI_YES);
}

static bool proof_resourced(struct run *run, const struct fn *fn)
{
	(void)run;
	struct vf_space space;
	vf_space_judge(fn, &space);
	return (space.known && space.missing == 0 && space.unknown == 0) || (fn->pf->vfs_exist > 0 && pf_has_vfs(fn));
}

static bool proof_driven(struct run *run, const struct fn *fn)
{
	return driver_can(run, fn) == TRI_YES && (fn->driver || pf_has_vfs(fn) || log_of(run, KMSG_SRIOV_ENABLED, fn));
}

static bool proof_enabled(struct run *run, const struct fn *fn)
{
	(void)run;
	return pf_has_vfs(fn);
}

static bool proof_bound(struct run *run, const struct fn *fn)
{
	if (!pf_has_vfs(fn) || fn->pf->vfs_exist == 0)
		return false;
	size_t seen = 0;
	for (size_t i = 0; i < fn->pf->vfs_n; i++) {
		const struct fn *vf = fn->pf->vfs[i].fn;
		if (!vf)
			continue;
		seen++;
		if (!vf->driver && (run->ask.goal == GOAL_HOST || vf->driver_state != ITEM_ABSENT))
			return false;
	}
	return seen > 0;
}

static bool proof_isolated(struct run *run, const struct fn *fn)
{
	const struct host *h = &run->model->host;
	if (h->iommu != TRI_YES || h->intr_remap != TRI_YES)
		return false;
	size_t grouped = 0, vfs = 0;
	for (size_t i = 0; i < fn->pf->vfs_n; i++) {
		const struct fn *vf = fn->pf->vfs[i].fn;
		vfs += vf != NULL;
		grouped += vf && vf->group;
	}
	if (vfs && grouped == vfs)
		return true; /* a shared group would have been found */
	struct acs_path path;
	acs_judge(run->model, fn, &path);
	return path.isolated == TRI_YES;
}

static bool proof_assignable(struct run *run, const struct fn *fn)
{
	return ladder_rung(run, fn, RUNG_ISOLATED) == FINDING_PASS && pf_has_vfs(fn) && fn->pf->vfs_exist > 0;
}

/* What proves a rung, and what is said where nothing does. */
static const struct {
	bool (*proof)(struct run *run, const struct fn *fn);
	const char *check, *what, *missing;
} rungs[RUNGS_HOST] = {
	[RUNG_VISIBLE] = {proof_visible, "config-space-restricted", "Extended configuration space was not read",
			  "configuration space beyond the first 64 bytes: lspci -xxxx as root, or sriov-dump --capture FILE as root"},
	[RUNG_CAPABLE] =
		{proof_capable, "kernel-no-pci-iov", "Whether the kernel accepted the SR-IOV capability is not known",
		 "the sriov_* attributes below /sys/bus/pci/devices/, or configuration space read as root (sriov-dump --capture FILE)"},
	[RUNG_ROUTABLE] = {proof_routable, "bus-numbers-exhausted", "Whether every VF's routing ID can be reached is not known",
			   "First VF Offset, VF Stride and the port above: lspci -xxxx of the whole machine as root"},
	[RUNG_RESOURCED] = {proof_resourced, "vf-bar-no-mmio", "Whether the VF BARs have memory space is not known",
			    "the PF's /sys/bus/pci/devices/ADDRESS/resource, or the kernel log since boot (dmesg)"},
	[RUNG_DRIVEN] = {proof_driven, "pf-driver-no-sriov-configure", "Whether a driver is bound that can enable VFs is not known",
			 "ls -l /sys/bus/pci/devices/ADDRESS/driver"},
	[RUNG_ENABLED] = {proof_enabled, "vfs-not-requested", "Whether VFs exist is not known",
			  "cat /sys/bus/pci/devices/ADDRESS/sriov_numvfs"},
	[RUNG_BOUND] = {proof_bound, "vf-driver-not-loaded", "Which drivers the VFs have cannot be told",
			"VFs: enable one, then run this again"},
	[RUNG_ISOLATED] =
		{proof_isolated, "iommu-off-bios",
		 "Whether the IOMMU and interrupt remapping are on and a VF stands alone in its group is not known",
		 "/sys/class/iommu, /sys/kernel/iommu_groups and /proc/interrupts of this host (sriov-dump --capture FILE as root)"},
	[RUNG_ASSIGNABLE] = {proof_assignable, "vf-not-bound-to-vfio", "Whether vfio can take a VF cannot be told",
			     "VFs and their IOMMU groups: enable one, then run this again"},
};

enum finding_state ladder_rung(struct run *run, const struct fn *fn, enum rung rung)
{
	const struct mark *own = run_mark(run, fn), *host = &run->host_mark; /* a ladder is a PF's in view */
	unsigned bit = 1U << rung;
	if (own->fail & bit)
		return FINDING_FAIL;
	if (own->unknown & bit)
		return FINDING_UNKNOWN;
	if (rungs[rung].proof(run, fn))
		return FINDING_PASS;
	/* No VFs, and the reason stands on a rung below. */
	if (rung == RUNG_ENABLED && own->fail & (bit - 1) && known_as(&fn->pf->sysfs_num, 0))
		return FINDING_FAIL;
	return (host->fail & bit) ? FINDING_FAIL : FINDING_UNKNOWN;
}

static void judge_pf(struct run *run, const struct fn *fn, struct ladder *ladder)
{
	*ladder = (struct ladder){.fn = fn, .reached = -1, .counts = !run->any_vfs || pf_has_vfs(fn)};
	bool held = true;
	for (unsigned r = 0; r < RUNG_COUNT; r++) {
		if (r >= RUNGS_HOST || (run->ask.goal == GOAL_HOST && r > RUNG_BOUND)) {
			ladder->rungs[r] = FINDING_NOTAPPLICABLE;
			continue;
		}
		ladder->rungs[r] = ladder_rung(run, fn, (enum rung)r);
		held = held && ladder->rungs[r] == FINDING_PASS;
		if (held)
			ladder->reached = (int)r;
	}
}

/* An unknown finding for every rung that nothing decides: what to supply. One for all PFs that share it. */
static void say_unknown(struct run *run, unsigned rung)
{
	const struct report *report = run->report;
	const struct fn *first = NULL;
	size_t n = 0;
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *l = &report->ladders[i];
		const struct mark *own = run_mark(run, l->fn);
		if (!l->counts || l->rungs[rung] != FINDING_UNKNOWN || own->unknown & 1U << rung)
			continue;
		/* What needs VFs is judged when the rung below that fails is repaired. */
		bool below = false;
		for (unsigned r = 0; r < rung; r++)
			below |= l->rungs[r] == FINDING_FAIL;
		if (below && (rung == RUNG_ENABLED || rung == RUNG_BOUND || rung == RUNG_ASSIGNABLE))
			continue;
		/* That there are no VFs is known; why, is what the rungs below do not tell. */
		if ((rung == RUNG_ENABLED || rung == RUNG_BOUND || rung == RUNG_ASSIGNABLE) && known_as(&l->fn->pf->sysfs_num, 0))
			continue;
		if (!n++)
			first = l->fn;
	}
	if (!n || run->host_mark.unknown & 1U << rung)
		return;
	const char *what = rungs[rung].what, *missing = rungs[rung].missing, *id = rungs[rung].check;
	const struct host *h = &run->model->host;
	if (rung == RUNG_ISOLATED && h->iommu == TRI_YES && h->intr_remap == TRI_YES) {
		id = "acs-missing-group-shared";
		what = "Whether a VF would stand alone in its IOMMU group is not known";
		missing = "configuration space of the ports above as root (lspci -xxxx), or enable one VF and run this again";
	} else if (rung == RUNG_ISOLATED && h->iommu == TRI_YES) {
		id = "interrupt-remapping-missing";
		what = "Whether interrupts are remapped is not known";
		missing = "/proc/interrupts of this host, or the kernel log since boot (dmesg)";
	}
	const struct check *check = check_find(id);
	struct finding *f = finding_new(run, check, n == 1 ? first : NULL, FINDING_UNKNOWN, SEVERITY_NONE, CONFIDENCE_CERTAIN, "%s%s", what,
					n > 1 ? say(run, " (%zu PFs)", n) : "");
	if (!f)
		return;
	f->rung = (enum rung)rung;
	f->order = SIZE_MAX;
	finding_missing(run, f, missing);
}

static enum verdict judge(const struct run *run)
{
	const struct report *report = run->report;
	bool blocked = false, unsure = false;
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *l = &report->ladders[i];
		if (!l->counts)
			continue;
		for (unsigned r = 0; r < RUNG_COUNT; r++) {
			blocked |= l->rungs[r] == FINDING_FAIL;
			unsure |= l->rungs[r] == FINDING_UNKNOWN;
		}
	}
	if (run->pfs_n == 0)
		for (size_t i = 0; i < report->findings_n; i++) {
			const struct finding *f = report->findings[i];
			blocked |= f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR;
			unsure |= f->state == FINDING_UNKNOWN;
		}
	return blocked ? VERDICT_BLOCKED : unsure ? VERDICT_UNKNOWN : VERDICT_READY;
}

int ladder_run(struct run *run)
{
	struct report *report = run->report;
	if (run->guest) {
		report->ladders = arena_alloc(&report->arena, sizeof(*report->ladders));
		if (!report->ladders)
			return -ENOMEM;
		report->ladders_n = report->ladders_room = 1;
		guest_ladder(run, &report->ladders[0]);
	} else if (run->pfs_n) {
		report->ladders = arena_array(&report->arena, run->pfs_n, sizeof(*report->ladders));
		if (!report->ladders)
			return -ENOMEM;
		report->ladders_n = report->ladders_room = run->pfs_n;
		for (size_t i = 0; i < run->pfs_n; i++)
			judge_pf(run, run->pfs[i], &report->ladders[i]);
		for (unsigned r = 0; r < RUNGS_HOST; r++)
			say_unknown(run, r);
	}
	report->verdict = judge(run);
	return run->err;
}
