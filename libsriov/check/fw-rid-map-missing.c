/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/acpi.h"

/* What IORT maps of the PF's segment: PFs come segment by segment. */
static const struct iort_mapped *mapped(struct run *run, uint32_t segment)
{
	bool fresh = !run->iort;
	if (fresh)
		run->iort = arena_alloc(&run->report->arena, sizeof(*run->iort));
	if (!run->iort)
		run->err = -ENOMEM;
	else if (fresh || run->iort->segment != segment)
		acpi_iort_mapped(run->model->acpi, segment, run->iort);
	return run->iort;
}

/* By IORT: a VF's requester ID that its root complex does not map. */
static bool by_iort(struct run *run, const struct fn *pf)
{
	struct reach r;
	const struct acpi *acpi = run->model->acpi;
	if (!acpi->header[ACPI_IORT].there)
		return false;
	reach_judge(run->model, pf, vfs_wanted(run, pf), &r);
	const struct iort_node *smmu, *its;
	if (!r.known || pf->pf->vfs_left_out || acpi_iort_map(acpi, pf->addr.domain, addr_rid(&pf->addr), &smmu, &its) != IORT_MAPPED)
		return false;
	const struct iort_mapped *there = mapped(run, pf->addr.domain);
	for (uint64_t i = 0; there && i < r.count && vf_rid(pf, i) <= UINT16_MAX; i++) {
		uint64_t rid = vf_rid(pf, i);
		if (there->rids[rid >> 6] >> (rid & 63) & 1)
			continue;
		struct finding *f = finding_new(run, &check_fw_rid_map_missing, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
						"Firmware maps %s but not its VF %llu: that VF gets no interrupts and no IOMMU",
						name_of(run, pf), (unsigned long long)i);
		finding_evidence(run, f, "sys/firmware/acpi/tables/IORT",
				 say(run, "requester ID 0x%04llx unmapped", (unsigned long long)vf_rid(pf, i)), "mapped", NULL);
		return true;
	}
	return false;
}

static void judge(struct run *run, const struct fn *pf)
{
	if (pf) {
		(void)by_iort(run, pf);
		return;
	}
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_RID_UNMAPPED, &n);
	if (!n)
		return;
	const struct kmsg_event *e = events[0];
	struct finding *f =
		finding_new(run, &check_fw_rid_map_missing, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			    "Boot firmware maps no requester ID 0x%llx (%zu such lines): VFs there get no interrupts and no IOMMU",
			    (unsigned long long)e->n, n);
	finding_log(run, f, e, NULL);
	if (n > 1)
		finding_log(run, f, events[n - 1], NULL);
}

const struct check check_fw_rid_map_missing = {
	.id = "fw-rid-map-missing",
	.rung = RUNG_ROUTABLE,
	.scope = SCOPE_PF,
	.title = "firmware maps no requester IDs for the VFs",
	.needs = "dmesg, ACPI IORT",
	.kernel = "drivers/of/base.c of_map_id(); drivers/acpi/arm64/iort.c",
	.run = judge,
};
