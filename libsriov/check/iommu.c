/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "iommu.h"
#include "decode/acpi.h"
#include "decode/session.h"

static const char *const tables[] = {"DMAR", "IVRS", "IORT", "VIOT"};

const char *iommu_table(const struct run *run, enum item_state *state)
{
	*state = ITEM_NOT_CAPTURED;
	bool absent = true;
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		char path[64] = "sys/firmware/acpi/tables/";
		strcat(path, tables[i]);
		enum item_state have = snapshot_state(run->model->snap, NULL, path);
		/* an IORT describes interrupts too: it counts only with an SMMU, as far as its bytes could be read */
		bool bytes = snapshot_bytes(run->model->snap, NULL, path).p != NULL;
		bool plain = have == ITEM_PRESENT && bytes && i == 2 && !acpi_iort_has_smmu(run->model->acpi);
		if ((have == ITEM_PRESENT || have == ITEM_DENIED || have == ITEM_REDACTED) && !plain) {
			*state = ITEM_PRESENT;
			return tables[i];
		}
		absent &= have == ITEM_ABSENT || plain;
	}
	size_t n;
	(void)kmsg_typed(&run->model->log, KMSG_IOMMU_HARDWARE, &n);
	if (n) {
		*state = ITEM_PRESENT;
		return "kernel log";
	}
	if (absent)
		*state = ITEM_ABSENT;
	return NULL;
}

bool isolation_matters(const struct run *run)
{
	return run->ask.goal == GOAL_ASSIGN && (run->pfs_n || run->model->fns_n == 0);
}

enum iommu_off iommu_off(const struct run *run)
{
	const struct host *h = &run->model->host;
	enum item_state state;
	if (h->iommu != TRI_NO || h->in_container)
		return IOMMU_FINE;
	const char *table = iommu_table(run, &state);
	if (table)
		return IOMMU_OFF_KERNEL;
	if (state == ITEM_ABSENT)
		return IOMMU_OFF_FIRMWARE;
	/* No table was captured. The command line may still say that it was switched off. */
	struct slice v;
	bool off = (cmdline_get(h, "iommu", &v) && slice_is(v, "off")) || (cmdline_get(h, "intel_iommu", &v) && slice_is(v, "off")) ||
		   (cmdline_get(h, "amd_iommu", &v) && slice_is(v, "off"));
	return off ? IOMMU_OFF_KERNEL : IOMMU_OFF_FIRMWARE;
}

const struct session_query *validate_says(const struct run *run, const char *words)
{
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->queries_n; i++) {
		const struct session_query *q = &s->queries[i];
		bool about = q->tool == TOOL_VIRT_HOST_VALIDATE && strstr(q->key, "IOMMU") &&
			     !slice_starts(slice_of(q->value), "PASS");
		if (about && strstr(q->value, words))
			return q;
	}
	return NULL;
}

bool validate_counts(const struct run *run)
{
	return !run->model->host.in_container && run->model->host.iommu == TRI_UNKNOWN && run->ask.goal == GOAL_ASSIGN &&
	       !finding_find(run, "container-view-restricted", NULL);
}
