/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/acpi.h"
#include "decode/proc.h"
#include "decode/session.h"
#include "iommu.h"
#include "vf.h"

#define WAY_MAX 64

/* From the root bus down to the function, as the tables name it. 0: not all of the way is known. */
static size_t way_of(const struct fn *fn, struct sriov_addr way[WAY_MAX])
{
	size_t n = 0;
	for (const struct fn *up = fn; up && n <= WAY_MAX; up = up->upstream) {
		n++;
		if (!up->upstream && !up->on_root_bus)
			return 0;
	}
	if (n > WAY_MAX)
		return 0;
	for (size_t i = n; fn; fn = fn->upstream)
		way[--i] = fn->addr;
	return n;
}

/* A reserved region of type "direct" in the group: the kernel maps it 1:1 and does not give the group away. */
static bool direct_region(const struct run *run, const struct group *group, const struct item **from, struct reserved_row *row)
{
	const struct item *item = group->dir ? snapshot_at(run->model->snap, group->dir, "reserved_regions") : NULL;
	if (!item || item->state != ITEM_PRESENT)
		return false;
	struct reserved_iter iter = {.rest = item->data};
	while (reserved_next(&iter, row)) {
		if (!slice_is(row->type, "direct"))
			continue;
		*from = item;
		return true;
	}
	return false;
}

/* bound: the IVMD that is for the VFs to come, or NULL. */
static void table_evidence(struct run *run, struct finding *f, const struct fn *pf, const struct ivrs_ivmd *bound)
{
	struct sriov_addr way[WAY_MAX];
	const struct acpi *acpi = run->model->acpi;
	size_t n = way_of(pf, way);
	const struct dmar_entry *rmrr = n ? acpi_rmrr_covers(acpi, way, n, NULL) : NULL;
	const struct ivrs_ivmd *ivmd = bound ? bound : acpi_ivmd_covers(acpi, pf->addr.domain, addr_rid(&pf->addr), NULL);
	if (rmrr)
		finding_evidence(run, f, say(run, "sys/firmware/acpi/tables/DMAR: RMRR at 0x%x", rmrr->offset),
				 say(run, "0x%llx-0x%llx", (unsigned long long)rmrr->base, (unsigned long long)rmrr->end), NULL, "firmware wants this memory mapped 1:1");
	if (ivmd)
		finding_evidence(run, f, say(run, "sys/firmware/acpi/tables/IVRS: IVMD at 0x%x", ivmd->offset),
				 say(run, "0x%llx-0x%llx, flags 0x%x", (unsigned long long)ivmd->base, (unsigned long long)ivmd->end, ivmd->flags), NULL,
				 "firmware wants this memory mapped 1:1");
}

/* No VF is there yet: does a table bind those that come? RMRRs name functions (or a bridge, with all that is below), IVMDs ranges of IDs. */
static bool table_binds(const struct run *run, const struct fn *pf, const struct ivrs_ivmd **bound)
{
	const struct acpi *acpi = run->model->acpi;
	struct sriov_addr way[WAY_MAX];
	size_t n = way_of(pf, way);
	for (const struct dmar_entry *r = n ? acpi_rmrr_covers(acpi, way, n, NULL) : NULL; r; r = acpi_rmrr_covers(acpi, way, n, r))
		for (size_t i = 0; i < r->scopes_n; i++)
			if (r->scopes[i].type == DMAR_SCOPE_BRIDGE)
				return true;
	/* VFs stand in a row: the range from the first to the last of them is theirs. */
	uint16_t first = pf->pf->vfs_n ? addr_rid(&pf->pf->vfs[0].addr) : 0, last = pf->pf->vfs_n ? addr_rid(&pf->pf->vfs[pf->pf->vfs_n - 1].addr) : 0;
	for (size_t i = 0; pf->pf->vfs_n && i < acpi->ivrs.ivmd_n; i++) {
		const struct ivrs_ivmd *m = &acpi->ivrs.ivmd[i];
		if (m->segment == pf->addr.domain && m->flags & IVMD_UNITY && m->first <= last && m->last >= first) {
			*bound = m;
			return true;
		}
	}
	return false;
}

static void loose(struct run *run)
{
	const struct kmsg_event *log = log_of(run, KMSG_RMRR_BLOCKED, NULL);
	if (!log)
		return;
	struct finding *f = finding_new(run, &check_rmrr_blocked, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"The kernel does not give the function away: firmware demands memory that is mapped 1:1 for it (RMRR or IVMD)");
	finding_log(run, f, log, NULL);
	const struct session_message *said = session_message(session_of(run), MESSAGE_GROUP_REJECTED);
	if (said)
		finding_evidence(run, f, say(run, "%s:%u", said->at.origin, said->at.line), said->text, NULL, NULL);
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	if (!isolation_matters(run))
		return;
	const struct kmsg_event *log = vf_log(run, KMSG_RMRR_BLOCKED, pf);
	const struct fn *vf = NULL;
	const struct item *from = NULL;
	struct reserved_row row;
	for (size_t i = 0; i < pf->pf->vfs_n && !vf; i++) {
		const struct fn *one = pf->pf->vfs[i].fn;
		if (one && one->group && direct_region(run, one->group, &from, &row))
			vf = one;
	}
	const struct ivrs_ivmd *bound = NULL;
	bool later = !vf && !log && !pf->pf->vfs_exist && table_binds(run, pf, &bound);
	if (!vf && !log && !later)
		return;
	struct finding *f = finding_new(run, &check_rmrr_blocked, pf, FINDING_FAIL, SEVERITY_ERROR, later ? CONFIDENCE_LIKELY : CONFIDENCE_CERTAIN,
					later ? "VFs of %s cannot be given away: firmware demands memory that is mapped 1:1 for all that is there (RMRR or IVMD)" :
						"%s cannot be given away: firmware demands memory that is mapped 1:1 for it (RMRR or IVMD)", name_of(run, vf ? vf : pf));
	finding_log(run, f, log, NULL);
	if (vf)
		finding_evidence(run, f, where_item(run, from, row.line),
				 say(run, "0x%llx-0x%llx direct", (unsigned long long)row.start, (unsigned long long)row.end), "no region of type direct", NULL);
	table_evidence(run, f, pf, bound);
}

const struct check check_rmrr_blocked = {
	.id = "rmrr-blocked",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_PF,
	.title = "firmware demands 1:1 mapped memory for the function",
	.needs = "sys/kernel/iommu_groups/N/reserved_regions, ACPI DMAR and IVRS, dmesg",
	.kernel = "drivers/iommu/iommu.c __iommu_take_dma_ownership(), __iommu_device_set_domain(); drivers/iommu/intel/iommu.c",
	.windows = "Discrete Device Assignment: BIOS requires that the device remain attached to BIOS-owned memory",
	.run = judge,
};
