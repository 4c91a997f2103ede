/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What firmware and kernel say about the IOMMU, for the checks on it. */
#ifndef SRIOV_CHECK_IOMMU_H
#define SRIOV_CHECK_IOMMU_H

#include "facts.h"

/* The table that describes an IOMMU on this processor: "DMAR", "IVRS", "IORT", "VIOT"; its state in *state. NULL: none is there, or nothing
 * is known. */
const char *iommu_table(const struct run *run, enum item_state *state);
/* Somebody wants VFs in guests here: goal assign with PFs in view, or a failed use. */
bool isolation_matters(const struct run *run);
struct session_query;
/* A line of virt-host-validate about the IOMMU that is no PASS and holds the words; whether it may count: no container, nothing better
 * known. */
const struct session_query *validate_says(const struct run *run, const char *words);
bool validate_counts(const struct run *run);

/* The IOMMU is known to be off, and firmware describes one (or not, or nobody knows). */
enum iommu_off { IOMMU_FINE, IOMMU_OFF_FIRMWARE, IOMMU_OFF_KERNEL };
enum iommu_off iommu_off(const struct run *run);

#endif
