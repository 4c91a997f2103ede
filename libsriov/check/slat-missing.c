/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/proc.h"
#include "decode/session.h"
#include "hyperv.h"

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	const struct session_query *q = hyperv_said(run, "second level address translation");
	struct slice vmx = {NULL, 0};
	bool x86 = h->cpu_vendor && (!strcmp(h->cpu_vendor, "GenuineIntel") || !strcmp(h->cpu_vendor, "AuthenticAMD"));
	cpuinfo_get(snapshot_bytes(run->model->snap, NULL, "proc/cpuinfo"), "vmx flags", &vmx);
	bool virt = cpu_flag(h, "vmx") || cpu_flag(h, "svm");
	/* Kernels before 5.9 list ept among the flags, later ones in a line of its own. Without vmx or svm nothing can be said of it. */
	bool missing = hyperv_asked(run) && x86 && h->cpu_flags.p && virt && !cpu_flag(h, "ept") && !cpu_flag(h, "npt") && !words_have(vmx, "ept");
	if (!q && !missing)
		return;
	struct finding *f = finding_new(run, &check_slat_missing, NULL, q ? FINDING_FAIL : hyperv_state(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"The processor does not translate guests' addresses in a second level (EPT or NPT): Hyper-V offers no SR-IOV then");
	if (q)
		finding_evidence(run, f, say(run, "%s:%u", q->at.origin, q->at.line), q->value, NULL, NULL);
	if (missing)
		finding_evidence(run, f, "proc/cpuinfo: flags", "neither ept nor npt", "ept or npt", NULL);
}

const struct check check_slat_missing = {
	.id = "slat-missing",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "the processor has no second level address translation",
	.needs = "proc/cpuinfo, a session on Windows",
	.kernel = "arch/x86/kernel/cpu/feat_ctl.c init_ia32_feat_ctl()",
	.windows = "SriovSupport NoIoMmuSupport; IovSupportReasons: the processor does not support second level address translation (SLAT)",
	.run = judge,
};
