/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan is made of: the PF's numbers with the assumptions in place. */
#ifndef SRIOV_PLAN_INPUTS_H
#define SRIOV_PLAN_INPUTS_H

#include "plan/plan.h"

enum configure { CONFIGURE_UNKNOWN, CONFIGURE_NO_DRIVER, CONFIGURE_NONE, CONFIGURE_SIMPLE, CONFIGURE_OWN };

struct inputs {
	const struct model *m;
	const struct fn *fn;
	const struct pf *pf;
	struct fact total;         /* the capability's TotalVFs */
	struct fact limit;         /* what sriov_numvfs is compared with: the PF driver may have lowered it */
	struct fact current;       /* VFs that are enabled now */
	struct fact offset, stride;
	enum tri ari;              /* are functions beyond 7 of this bus reached? yes also where no port filters */
	bool ari_assumed;
	struct fact last_bus;      /* the highest bus number that a VF may have */
	const struct fn *port;     /* whose subordinate number that is; NULL: a root bus */
	enum tri mmio;             /* is every VF BAR assigned? */
	unsigned missing_bar;      /* where no: the first that is not */
	bool mmio_assumed;
	enum tri accepted;         /* did the kernel accept the capability (sriov_* attributes)? */
	enum configure configure;
	const char *driver_note;
	bool window_short;         /* a window on the way is too small: short_note says which, and by how much */
	const char *short_note;
};

void inputs_read(const struct model *m, const struct fn *fn, const struct assume *assume, struct inputs *in);

/* Routing ID of the index-th VF; above 0xffff: past the end of the segment. offset must be known, stride too where index > 0. */
static inline uint64_t vf_rid(const struct inputs *in, uint64_t index)
{
	return addr_rid(&in->fn->addr) + in->offset.v + index * in->stride.v;
}

/* Bytes of one VF's BAR, from the model, an assumption or the table of devices; 0 = unknown. */
uint64_t vf_bar_size(const struct inputs *in, const struct assume *assume, unsigned index, const char **from);

/* limits.c: how many VFs each thing allows. UINT64_MAX: no limit; *sure false: it could not be decided. */
uint64_t limit_buses(const struct inputs *in, bool *sure);
uint64_t limit_ari(const struct inputs *in, bool *sure);
int limits_fill(const struct inputs *in, struct arena *arena, struct plan *plan) MUST_CHECK;

/* answer.c: the errno, by the kernel's order of tests. */
int answer_fill(const struct inputs *in, uint64_t n, struct arena *arena, struct plan *plan) MUST_CHECK;

/* windows.c: memory on the way from the PF to the root; settles in->mmio where sizes were assumed. */
int windows_fill(struct inputs *in, const struct assume *assume, struct arena *arena, struct plan *plan) MUST_CHECK;

#endif
