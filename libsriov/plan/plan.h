/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plans: what the kernel will answer to `echo N > sriov_numvfs`, by its own order of tests, how many VFs can be had as things
 * stand, and what would change that. Pure arithmetic on the model; nothing is read, nothing written.
 */
#ifndef SRIOV_PLAN_H
#define SRIOV_PLAN_H

#include "model/model.h"
#include "report/report.h"

/* A what-if: what is to be taken for true in place of what was read. */
struct assume {
	enum tri ari;             /* ARI in force on the way to the PF */
	bool has_total, has_subordinate;
	uint64_t total;           /* TotalVFs */
	uint64_t subordinate;     /* of the port above */
	uint64_t bar_size[6];     /* of one VF's BAR, bytes; 0 = as read */
};

/* "ari=on", "total-vfs=64", "vf-bar2=1M", "subordinate=0x0a". 0 or -EINVAL. */
int assume_parse(struct assume *assume, const char *text) MUST_CHECK;

struct survey;
/* The plan for one PF; the survey is of its model and may serve many. */
int plan_with(struct survey *survey, const struct fn *fn, const struct assume *assume, bool asked, uint64_t n, struct arena *arena,
	      struct plan *plan) MUST_CHECK;

/* The plan for one PF alone; n counts if asked. Strings live in the arena or are constant. 0 or -ENOMEM. */
int plan_pf(const struct model *m, const struct fn *fn, const struct assume *assume, bool asked, uint64_t n, struct arena *arena,
	    struct plan *plan) MUST_CHECK;

/* A plan for every PF in view. */
int plan_run(struct report *report, const struct assume *assume, bool asked, uint64_t n) MUST_CHECK;

#endif
