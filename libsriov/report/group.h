/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings that say the same of many subjects, so that people read them once. */
#ifndef SRIOV_REPORT_GROUP_H
#define SRIOV_REPORT_GROUP_H

#include "report/report.h"

/* Findings of one id, state, severity, role and root: they differ in their subject. */
struct same {
	const struct finding *first;
	size_t order; /* of the first among the findings */
	const struct finding **all;
	size_t n;
};

struct groups {
	struct same *all; /* in the order of the first of each */
	size_t n;
	const struct finding **findings;
};

int groups_new(const struct report *report, struct groups *groups) MUST_CHECK;
void groups_free(struct groups *groups);

#endif
