/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/session.h"
#include "hyperv.h"

const struct session_query *hyperv_said(const struct run *run, const char *word)
{
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->queries_n; i++) {
		const struct session_query *q = &s->queries[i];
		if ((q->tool == TOOL_VMHOST || q->tool == TOOL_NETADAPTER_SRIOV) && strstr(q->value, word))
			return q;
	}
	return NULL;
}

/* The sentences of Get-VMHost and the values of Get-NetAdapterSriov that other checks than Hyper-V's own stand for. */
static const struct {
	const char *words;
	const struct check *check;
} named[] = {
	{"does not do interrupt remapping", &check_interrupt_remapping_missing},
	{"does not do DMA remapping", &check_iommu_off_bios},
	{"I/O virtualization is enabled in the BIOS", &check_iommu_off_bios},
	{"NoIoMmuSupport", &check_iommu_off_bios},
	{"configured to disable the use of I/O remapping hardware", &check_iommu_off_cmdline},
	{"incorrect information describing the hardware capabilities", &check_iommu_firmware_broken},
	{"does not support Access Control Services", &check_acs_missing_group_shared},
	{"MissingAcs", &check_acs_missing_group_shared},
	{"NoBusResources", &check_bus_numbers_exhausted},
	{"NoVfBarSpace", &check_vf_bar_no_mmio},
	{"MissingPfDriver", &check_pf_driver_no_sriov_configure},
};

void hyperv_named(struct run *run)
{
	for (size_t i = 0; i < ARRAY_SIZE(named) && !run->err; i++) {
		const struct session_query *q = hyperv_said(run, named[i].words);
		if (!q || finding_find(run, named[i].check->id, NULL))
			continue;
		struct finding *f = finding_new(run, named[i].check, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY, "Windows says it: %s", named[i].check->title);
		finding_evidence(run, f, say(run, "%s:%u", q->at.origin, q->at.line), q->value, NULL, NULL);
	}
}
