/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which finding explains which: roles, and the order in which fixing helps. */
#include <stdlib.h>
#include "check.h"
#include "graph.h"
#include "private.h"

/* THE table. A row is read "cause explains effect if their subjects relate so"; the first row that holds decides. No cycles. */
const struct edge edges[] = {
	/* what hides the device hides everything behind it */
	{"device-not-responding", "no-extended-config-space", EDGE_SAME},
	{"device-not-responding", "capability-invalid", EDGE_SAME},
	{"device-not-responding", "pf-driver-not-bound", EDGE_SAME},
	{"pf-not-enumerated", "no-pf-found", EDGE_ANY},
	{"no-extended-config-space", "no-pf-found", EDGE_ANY},
	{"no-extended-config-space", "device-no-sriov-cap", EDGE_SAME},
	{"nic-fw-sriov-disabled", "no-pf-found", EDGE_ANY},
	{"nic-fw-sriov-disabled", "pf-driver-refused", EDGE_SAME},
	{"nic-fw-sriov-disabled", "pf-driver-param-missing", EDGE_ANY},
	{"device-no-sriov-cap", "no-pf-found", EDGE_ANY},
	{"device-no-sriov-cap", "pf-driver-refused", EDGE_SAME},
	{"device-no-sriov-cap", "pf-driver-no-sriov-configure", EDGE_SAME},
	{"nic-fw-sriov-disabled", "pf-driver-no-sriov-configure", EDGE_SAME},
	{"device-vgpu-not-sriov", "no-pf-found", EDGE_ANY},
	{"kernel-no-pci-iov", "no-pf-found", EDGE_ANY},
	{"kernel-no-pci-iov", "pf-driver-refused", EDGE_ANY},
	{"kernel-no-pci-iov", "pf-driver-no-sriov-configure", EDGE_ANY},
	{"capability-invalid", "pf-driver-refused", EDGE_SAME},
	{"page-size-unsupported", "pf-driver-refused", EDGE_SAME},
	{"pf-bar-unassigned", "pf-driver-not-bound", EDGE_SAME},

	/* routing */
	{"ari-forwarding-missing", "bus-numbers-exhausted", EDGE_SAME},
	{"ari-forwarding-missing", "vf-not-responding", EDGE_SAME},
	{"ari-forwarding-missing", "pf-driver-refused", EDGE_SAME},
	{"bus-numbers-exhausted", "pf-driver-refused", EDGE_SAME},
	{"host-bridge-config-access-bug", "ari-forwarding-missing", EDGE_SAME},
	{"host-bridge-config-access-bug", "vf-not-responding", EDGE_SAME},
	{"fw-rid-map-missing", "vf-not-responding", EDGE_ANY},
	{"fw-rid-map-missing", "vf-driver-probe-fail", EDGE_ANY},
	{"fw-rid-map-missing", "msi-unavailable", EDGE_ANY},
	{"dependency-link-broken", "pf-driver-refused", EDGE_SAME},
	{"vf-not-responding", "pf-driver-refused", EDGE_SAME},

	/* memory space: who kept it away */
	{"kernel-told-not-to-assign", "vf-bar-no-mmio", EDGE_ANY},
	{"kernel-told-not-to-assign", "pf-bar-unassigned", EDGE_ANY},
	{"kernel-resource-regression", "vf-bar-no-mmio", EDGE_SAME},
	{"kernel-resource-regression", "vf-bar-no-mmio", EDGE_ANY},
	{"ecam-overlap", "vf-bar-no-mmio", EDGE_SAME},
	{"hotplug-window-too-small", "vf-bar-no-mmio", EDGE_SAME},
	{"above-4g-off", "vf-bar-no-mmio", EDGE_ANY},
	{"bios-sriov-disabled", "vf-bar-no-mmio", EDGE_ANY},
	{"bios-no-sriov-support", "vf-bar-no-mmio", EDGE_ANY},
	{"vf-bar-no-mmio", "pf-driver-refused", EDGE_SAME},

	/* the PF driver */
	{"dkms-build-failed", "pf-driver-no-sriov-configure", EDGE_ANY},
	{"cmdline-param-missing", "pf-driver-no-sriov-configure", EDGE_ANY},
	{"cmdline-param-missing", "pf-driver-limits-vfs", EDGE_ANY},
	{"cmdline-param-missing", "pf-driver-param-missing", EDGE_ANY},
	{"cmdline-param-missing", "iommu-off-cmdline", EDGE_ANY},
	{"vfio-enable-sriov-off", "pf-driver-no-sriov-configure", EDGE_ANY},
	{"pf-driver-param-missing", "pf-driver-no-sriov-configure", EDGE_SAME},
	{"pf-driver-no-sriov-configure", "pf-driver-limits-vfs", EDGE_SAME},
	{"pf-driver-detached", "pf-driver-not-bound", EDGE_SAME},
	{"pf-driver-detached", "vfio-enable-sriov-off", EDGE_SAME},
	{"pf-driver-detached", "pf-driver-no-sriov-configure", EDGE_SAME},
	{"vfs-left-enabled", "pf-driver-not-bound", EDGE_SAME},
	{"pf-driver-limits-vfs", "numvfs-exceeds-total", EDGE_SAME},
	{"nic-fw-vf-limit", "numvfs-exceeds-total", EDGE_SAME},
	{"pf-netdev-down", "pf-driver-refused", EDGE_SAME},
	{"pf-netdev-down", "fewer-vfs-than-requested", EDGE_SAME},
	{"pf-device-resources-exhausted", "pf-driver-refused", EDGE_SAME},
	{"pf-device-resources-exhausted", "fewer-vfs-than-requested", EDGE_SAME},
	{"pf-driver-not-ready", "pf-driver-refused", EDGE_SAME},
	{"pf-eswitch-mode", "pf-driver-refused", EDGE_SAME},
	{"vfs-assigned-elsewhere", "pf-driver-refused", EDGE_SAME},
	{"pf-driver-refused", "fewer-vfs-than-requested", EDGE_SAME},
	{"config-not-applied", "not-persistent", EDGE_ANY},
	{"config-not-applied", "vfs-not-requested", EDGE_ANY},
	{"pf-driver-param-missing", "vfs-not-requested", EDGE_SAME},

	/* VF drivers */
	{"vf-autoprobe-off", "vf-driver-not-loaded", EDGE_SAME},
	{"vf-not-probed-by-host", "vf-driver-not-loaded", EDGE_SAME},
	{"nvme-secondary-offline", "vf-driver-probe-fail", EDGE_SAME},

	/* isolation */
	{"iommu-firmware-broken", "iommu-off-bios", EDGE_ANY},
	{"iommu-firmware-broken", "iommu-off-cmdline", EDGE_ANY},
	{"iommu-firmware-broken", "interrupt-remapping-missing", EDGE_ANY},
	{"iommu-off-bios", "iommu-off-cmdline", EDGE_ANY},
	{"iommu-off-bios", "interrupt-remapping-missing", EDGE_ANY},
	{"iommu-off-bios", "acs-missing-group-shared", EDGE_ANY}, /* the kernel turns ACS on only for an IOMMU */
	{"iommu-off-cmdline", "acs-missing-group-shared", EDGE_ANY},
	{"iommu-off-bios", "vf-not-bound-to-vfio", EDGE_ANY},
	{"iommu-off-cmdline", "interrupt-remapping-missing", EDGE_ANY},
	{"iommu-off-cmdline", "vf-not-bound-to-vfio", EDGE_ANY},
	{"no-viommu-in-guest", "vf-not-bound-to-vfio", EDGE_ANY},
	{"acs-redirect-disabled", "acs-missing-group-shared", EDGE_ANY},
	{"vfio-denylist", "vf-not-bound-to-vfio", EDGE_ANY},
	{"vf-migration-driver-missing", "vf-not-bound-to-vfio", EDGE_ANY},

	/* a guest */
	{"no-extended-config-space", "cloud-vf-not-offered", EDGE_ANY},
	{"nic-fw-sriov-disabled", "cloud-vf-not-offered", EDGE_ANY},
	{"cloud-vf-not-offered", "guest-vf-driver-missing", EDGE_ANY},
	{"guest-kernel-missing-pci-hyperv", "guest-vf-driver-missing", EDGE_ANY},
	{"guest-kernel-too-old", "guest-vf-driver-missing", EDGE_ANY},
};
const size_t edges_n = ARRAY_SIZE(edges);

static size_t check_order(const struct check *check)
{
	size_t i = 0;
	while (checks[i] != check)
		i++;
	return i;
}

static int subject_cmp(const struct fn *a, const struct fn *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return addr_cmp(&a->addr, &b->addr);
}

/* By check and subject, to look them up. */
static int by_check(const struct finding *a, const struct finding *b)
{
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	int s = subject_cmp(a->subject, b->subject);
	return s ? s : strcmp(a->message, b->message);
}

static int by_check_qsort(const void *a, const void *b)
{
	return by_check(*(struct finding *const *)a, *(struct finding *const *)b);
}

/* The first finding that is not below (order, subject); n if none. */
static size_t lower(struct finding *const *findings, size_t n, size_t order, const struct fn *subject)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct finding *f = findings[mid];
		if (f->order < order || (f->order == order && subject_cmp(f->subject, subject) < 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool explains(const struct finding *f)
{
	return f->state == FINDING_FAIL;
}

static struct finding *find_cause(const struct edge *edge, struct finding *const *findings, size_t n, const struct finding *effect)
{
	const struct check *cause = check_find(edge->cause);
	size_t order = check_order(cause);
	for (size_t i = lower(findings, n, order, edge->relation == EDGE_SAME ? effect->subject : NULL);
	     i < n && findings[i]->order == order; i++) {
		struct finding *f = findings[i];
		if (edge->relation == EDGE_SAME && subject_cmp(f->subject, effect->subject) != 0)
			return NULL;
		if (explains(f))
			return f;
	}
	return NULL;
}

static void explain(struct finding *const *findings, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct finding *f = findings[i];
		if (f->state != FINDING_FAIL)
			continue;
		for (size_t e = 0; e < edges_n && f->role == FINDING_ROOT; e++) {
			if (strcmp(edges[e].effect, f->id))
				continue;
			const struct finding *cause = find_cause(&edges[e], findings, n, f);
			if (cause) {
				f->role = FINDING_CONSEQUENCE;
				f->because = cause;
			}
		}
	}
	/* A consequence names the root of its chain: the table has no circle. */
	for (size_t i = 0; i < n; i++) {
		struct finding *f = findings[i];
		while (f->because && f->because->role == FINDING_CONSEQUENCE)
			f->because = f->because->because;
	}
}

/* Failing roots that block before those that limit; then what could not be decided; then what is good to know. */
static int weight(const struct finding *f)
{
	if (f->state == FINDING_FAIL)
		return f->severity == SEVERITY_ERROR ? 0 : 1;
	return f->state == FINDING_UNKNOWN ? 2 : 3;
}

static int final_order(const void *a, const void *b)
{
	const struct finding *fx = *(struct finding *const *)a, *fy = *(struct finding *const *)b;
	const struct finding *rx = fx->because ? fx->because : fx, *ry = fy->because ? fy->because : fy;
	if (rx != ry) {
		int wx = weight(rx), wy = weight(ry);
		if (wx != wy)
			return wx - wy;
		bool px = rx->confidence == CONFIDENCE_POSSIBLE, py = ry->confidence == CONFIDENCE_POSSIBLE;
		if (px != py)
			return px ? 1 : -1;
		return by_check(rx, ry);
	}
	if ((fx == rx) != (fy == ry))
		return fx == rx ? -1 : 1;
	return by_check(fx, fy);
}

void graph_run(struct run *run)
{
	struct finding **findings = run->report->findings;
	size_t n = run->report->findings_n;
	for (size_t i = 0; i < n; i++)
		findings[i]->order = check_order(findings[i]->check);
	if (n)
		qsort(findings, n, sizeof(struct finding *), by_check_qsort);
	explain(findings, n);
	if (n)
		qsort(findings, n, sizeof(struct finding *), final_order);
}
