/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "iommu.h"
#include "decode/cmdline.h"

/* Options that matter here and are misspelt: the kernel passes them over without a word. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	struct option_iter iter = {.rest = h->cmdline};
	struct option_note note;
	enum item_state state;
	const char *table = iommu_table(run, &state);
	while (h->cmdline.p && !run->err && option_note_next(&iter, h->cpu_vendor, &note)) {
		bool wrong = note.what == OPTION_MISSPELT;
		if (note.what == OPTION_OVERRIDDEN || (!wrong && h->iommu == TRI_YES) ||
		    (table && note.what == OPTION_NO_EFFECT &&
		     (slice_has(note.option.name, "intel") ? !strcmp(table, "DMAR") : !strcmp(table, "IVRS"))))
			continue; /* of no effect, and nothing is missing; or firmware has that maker's IOMMU all the same */
		const char *token = slice_text(run, note.option.token);
		/* what only has no effect on this processor is common and harmless */
		bool working = run->any_vfs || !wrong;
		struct finding *f =
			finding_new(run, &check_cmdline_param_missing, NULL, working ? FINDING_INFORMATIONAL : FINDING_FAIL,
				    SEVERITY_WARNING, wrong ? CONFIDENCE_LIKELY : CONFIDENCE_CERTAIN, "The kernel option \"%s\" %s%s%s",
				    token, wrong ? "is misspelt and has no effect" : note.why, wrong ? ": meant is " : "",
				    wrong ? note.meant : "");
		finding_evidence(run, f, "proc/cmdline", token, note.meant, note.why);
	}
}

const struct check check_cmdline_param_missing = {
	.id = "cmdline-param-missing",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_HOST,
	.title = "a kernel option that matters is misspelt",
	.needs = "proc/cmdline",
	.kernel = "Documentation/admin-guide/kernel-parameters.txt",
	.source = "https://github.com/strongtz/i915-sriov-dkms/issues/48",
	.run = judge,
};
