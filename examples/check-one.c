/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keeps this host (or the source that is named) from having VFs? One line a root cause. */
#include <stdio.h>
#include <sriov.h>

int main(int argc, char **argv)
{
	struct sriov_ctx *ctx = NULL;
	struct sriov_snapshot *snap = NULL;
	struct sriov_model *model = NULL;
	struct sriov_query *query = NULL;
	struct sriov_report *report = NULL;
	const struct sriov_finding *finding;
	int status = 2;

	if (!sriov_new(&ctx) && !sriov_snapshot_open(ctx, argc > 1 ? argv[1] : NULL, 0, &snap) && !sriov_model_new(snap, &model) &&
	    !sriov_query_new(&query) && !sriov_check(model, query, &report)) {
		printf("%s: %s\n", sriov_report_get_verdict(report), sriov_report_get_answer(report));
		sriov_finding_foreach(report, finding)
			if (sriov_finding_get_severity(finding) && sriov_finding_is_root(finding))
				printf("  %s: %s\n", sriov_finding_get_id(finding), sriov_finding_get_message(finding));
		status = sriov_report_get_status(report);
	}
	sriov_report_unref(report);
	sriov_query_free(query);
	sriov_model_unref(model);
	sriov_snapshot_unref(snap);
	sriov_unref(ctx);
	return status;
}
