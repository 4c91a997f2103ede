/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* No PF anywhere. A failure where all could be seen, else unknown; silent where another finding blocks and nobody can be sure. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	if (run->pfs_n || run->guest)
		return;
	const struct report *report = run->report;
	bool blocked = false;
	for (size_t i = 0; i < report->findings_n; i++)
		blocked |= report->findings[i]->state == FINDING_FAIL && report->findings[i]->severity == SEVERITY_ERROR;
	size_t n = report->view ? report->view_n : run->model->fns_n, express = 0, blind = 0, vfs = 0;
	for (size_t i = 0; i < n; i++) {
		const struct fn *fn = report->view ? report->view[i] : &run->model->fns[i];
		vfs += fn->role == ROLE_VF;
		if (fn->bridge)
			continue;
		bool conventional = fn->exp_type == EXP_TYPE_NONE || known_as(&fn->config_size, 256);
		express += fn->exp_type >= 0;
		/* what the kernel says by itself: the attributes are absent from a folder that was read completely */
		bool shown = fn->dir && snapshot_state(run->model->snap, fn->dir, "sriov_totalvfs") == ITEM_ABSENT;
		if (!conventional && !shown && !fn_cap_absent(fn, CAP_EXTENDED, 0x0010))
			blind++;
	}
	bool sure = n && !blind;
	if (blocked && !sure)
		return;
	struct finding *f =
		finding_new(run, &check_no_pf_found, NULL, sure ? FINDING_FAIL : FINDING_UNKNOWN, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			    !n     ? "There are no PCI functions in this input, and nothing else decides"
			    : sure ? "None of %zu PCI functions has an SR-IOV capability"
				   : "No SR-IOV capability was seen in %zu PCI functions",
			    n);
	if (n)
		finding_evidence(run, f, "PCI functions", say(run, "%zu, of them %zu with a PCI Express capability", n, express),
				 "one with an SR-IOV capability",
				 blind ? say(run, "the extended configuration space of %zu could not be read", blind)
				 : vfs ? say(run, "%zu are VFs", vfs)
				       : NULL);
	if (!sure)
		finding_missing(run, f,
				n ? "configuration space as root: lspci -xxxx, or sriov-dump --capture FILE"
				  : "lspci -xxxx as root, or sriov-dump --capture FILE of the host");
}

const struct check check_no_pf_found = {
	.id = "no-pf-found",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_HOST,
	.title = "no function has an SR-IOV capability",
	.needs = "config space of all functions, or sysfs sriov_*",
	.spec = "PCIe 6.0 9.3.3",
	.run = judge,
};
