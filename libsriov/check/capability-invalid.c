/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* The kernel's own tests of the capability that end without a word, in its order. */
static const char *invalid(struct run *run, const struct pf *pf, const char **field, const char **value, const char **expected)
{
	bool migration = known_as(&pf->migration_capable, 1);
	struct fact initial = pf->initial_vfs, total = pf->total_vfs;
	if (known_as(&pf->vf_offset, 0) && known(&total)) {
		*field = "First VF Offset", *value = "0", *expected = "not 0";
		return "its First VF Offset is 0";
	}
	if (known_as(&pf->vf_stride, 0) && known(&total) && total.v > 1 && 
	    ((known(&pf->num_vfs) && pf->num_vfs.v > 1) || pf->sriov_attrs.have == ITEM_ABSENT)) {
		*field = "VF Stride", *value = "0", *expected = "not 0";
		return "its VF Stride is 0 with more than one VF";
	}
	/* TotalVFs of the attribute may be the driver's: only the register's is held against InitialVFs */
	if (known(&initial) && known(&total) && total.from == initial.from &&
	    (initial.v > total.v || (initial.v != total.v && !migration && known(&pf->migration_capable)))) {
		*field = "InitialVFs, TotalVFs";
		*value = say(run, "%llu, %llu", (unsigned long long)initial.v, (unsigned long long)total.v);
		*expected = initial.v > total.v ? "InitialVFs not above TotalVFs" : "equal without VF migration";
		return say(run, "its InitialVFs (%llu) and TotalVFs (%llu) contradict each other: enabling ends in EIO",
			   (unsigned long long)initial.v, (unsigned long long)total.v);
	}
	return NULL;
}

/* First VF Offset may read 0 until NumVFs is set: only with VFs on, or where the kernel refused it, is that an error. */
static bool may_be_early(const struct pf *pf)
{
	return known_as(&pf->vf_offset, 0) && known_as(&pf->num_vfs, 0) && pf->sriov_attrs.have != ITEM_ABSENT;
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || !pf->pf->offset)
		return;
	const char *field = NULL, *value = NULL, *expected = NULL;
	const char *why = invalid(run, pf->pf, &field, &value, &expected);
	const struct cap *cap = fn_cap(pf, CAP_EXTENDED, 0x0010);
	bool version = !pf->config->from_text && cap->at.version != 1;
	bool cut = cap->at.offset > 4096 - 0x40;
	struct kmsg_sriov said;
	kmsg_sriov(&run->model->log, &pf->addr, &said);
	/* the attributes are not there, and neither the kernel's configuration nor the page size is to blame */
	bool silent = pf->pf->sriov_attrs.have == ITEM_ABSENT && !pf->config->from_text && !known_as(&pf->pf->total_vfs, 0) &&
		      !finding_find(run, "kernel-no-pci-iov", NULL) && !finding_find(run, "page-size-unsupported", pf) &&
		      !finding_find(run, "device-not-responding", pf);
	if (why && may_be_early(pf->pf)) /* the offset is judged first */
		why = NULL;
	if (!why && !cut && !silent && !version)
		return;
	if (pf_has_vfs(pf) && known(&pf->pf->sysfs_num))
		return;
	struct finding *f = finding_new(
		run, &check_capability_invalid, pf, FINDING_FAIL, SEVERITY_ERROR,
		why || cut || version ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "%s's SR-IOV capability is not usable: %s",
		name_of(run, pf),
		why       ? why
		: cut     ? "it runs past the end of configuration space"
		: version ? "its version is not 1"
		: said.total
			? "the kernel read its VF BARs and then gave up, as it does when First VF Offset or VF Stride is 0 at some NumVFs"
			: "the kernel refused it without a word");
	if (field)
		finding_evidence(run, f, say(run, "%s: %s", where_item(run, pf->config_item, 0), field), value, expected, NULL);
	if (version)
		finding_evidence(run, f, "SR-IOV capability version", say(run, "%u", cap->at.version), "1", NULL);
	if (cut)
		finding_evidence(run, f, "SR-IOV capability offset", say(run, "0x%x", cap->at.offset), "64 bytes before the end", NULL);
	if (silent)
		finding_evidence(run, f, "sriov_totalvfs", "absent", "present", "the kernel says nothing when it refuses the capability");
}

const struct check check_capability_invalid = {
	.id = "capability-invalid",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_PF,
	.title = "the SR-IOV capability contradicts itself",
	.needs = "config space, sysfs sriov_*, dmesg",
	.kernel = "drivers/pci/iov.c sriov_init(), compute_max_vf_buses(), sriov_enable()",
	.spec = "PCIe 6.0 9.3.3",
	.run = judge,
};
