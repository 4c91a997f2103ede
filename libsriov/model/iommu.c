/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is an IOMMU in effect, and does it remap interrupts? From what runs (class, groups, interrupt chips), never from the command
 * line. What a log says (model_from_log) stands where nothing of that was captured.
 */
#include <string.h>

#include "build.h"
#include "decode/acpi.h"
#include "decode/proc.h"

static void translation(struct model *m)
{
	struct host *host = &m->host;
	const struct item *units = snapshot_at(m->snap, NULL, "sys/class/iommu");
	const struct item *groups = snapshot_at(m->snap, NULL, "sys/kernel/iommu_groups");
	if (units && units->child) {
		host->iommu = TRI_YES;
		host->iommu_why = "sys/class/iommu";
	} else if ((groups && groups->child) || m->groups_n) {
		host->iommu = TRI_YES;
		host->iommu_why = "sys/kernel/iommu_groups";
	} else if (host->in_container) {
		; /* a container may hide both */
	} else if (snapshot_state(m->snap, NULL, "sys/class/iommu/x") == ITEM_ABSENT) {
		host->iommu = TRI_NO;
		host->iommu_why = "sys/class/iommu";
	} else if (snapshot_state(m->snap, NULL, "sys/kernel/iommu_groups/0") == ITEM_ABSENT) {
		host->iommu = TRI_NO;
		host->iommu_why = "sys/kernel/iommu_groups";
	}
}

static void interrupts(struct model *m)
{
	struct host *host = &m->host;
	struct irq_chips chips;
	interrupts_chips(snapshot_bytes(m->snap, NULL, "proc/interrupts"), &chips);
	if (chips.msi_remapped || chips.ioapic_remapped || chips.its) {
		host->intr_remap = TRI_YES;
		host->intr_remap_why = "proc/interrupts";
	} else if (chips.msi || chips.ioapic) {
		host->intr_remap = TRI_NO;
		host->intr_remap_why = "proc/interrupts";
	}
}

static int tables(struct model *m)
{
	m->acpi = arena_alloc(&m->arena, sizeof(*m->acpi));
	for (enum acpi_table table = 0; m->acpi && table < ACPI_TABLES; table++) {
		char path[64];
		strcpy(stpcpy(path, "sys/firmware/acpi/tables/"), acpi_table_name(table));
		struct slice bytes = snapshot_bytes(m->snap, NULL, path);
		if (bytes.p && acpi_decode(m->acpi, &m->arena, table, bytes_of(bytes.p, bytes.n)))
			return -ENOMEM;
	}
	return m->acpi ? 0 : -ENOMEM;
}

int build_iommu(struct model *m)
{
	translation(m);
	interrupts(m);
	return tables(m);
}
