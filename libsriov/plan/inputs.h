/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan is made of: the PF's numbers with the assumptions in place. */
#ifndef SRIOV_PLAN_INPUTS_H
#define SRIOV_PLAN_INPUTS_H

#include "plan/plan.h"
#include "plan/survey.h"

/* First VF Offset and VF Stride in one state of ARI. */
struct route {
	struct fact offset, stride;
	const char *how;           /* "read", "device-table", or NULL: not known */
};

enum configure { CONFIGURE_UNKNOWN, CONFIGURE_NO_DRIVER, CONFIGURE_NONE, CONFIGURE_SIMPLE, CONFIGURE_OWN };

struct inputs {
	const struct model *m;
	const struct fn *fn;
	const struct pf *pf;
	struct fact total;         /* the capability's TotalVFs */
	struct fact limit;         /* what sriov_numvfs is compared with: the PF driver may have lowered it */
	struct fact current;       /* VFs that are enabled now */
	struct fact offset, stride; /* as they stand, or as they would be with what is assumed */
	bool ari_matters;          /* there is a port above that tells functions beyond 7 apart, or nobody knows */
	enum tri read_with;        /* was ARI Capable Hierarchy set when offset and stride were read? */
	struct route route[2];     /* without ARI, with ARI */
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
	struct survey *survey;
};

/* inputs.c: what the table of devices knows of the PF, or NULL; and all that follows from the model and the assumptions. */
const struct device_info *inputs_device(const struct inputs *in);
void inputs_read(struct survey *survey, const struct fn *fn, const struct assume *assume, struct inputs *in);

/* Routing ID of the index-th VF; above 0xffff: past the end of the segment. offset must be known, stride too where index > 0. */
static inline uint64_t vf_rid(const struct inputs *in, uint64_t index)
{
	return addr_rid(&in->fn->addr) + in->offset.v + index * in->stride.v;
}

/* Bytes of one VF's BAR, from the model, an assumption or the table of devices; 0 = unknown. */
uint64_t vf_bar_size(const struct inputs *in, const struct assume *assume, unsigned index, const char **from);

/* routing.c: settles in->route, and offset and stride where ARI is assumed; then what the plan says of it. */
void routes_read(struct inputs *in);
void routing_fill(const struct inputs *in, uint64_t vfs, struct plan *plan);
/* Inputs as they would be with ARI in force on the way. False: the device's numbers with ARI are not known. */
bool routing_with_ari(const struct inputs *in, struct inputs *with);
static inline bool routing_known(const struct inputs *in)
{
	return known(&in->offset) && in->offset.v && known(&in->stride);
}

/* buses.c: bus numbers needed, there, and reservable. */
int buses_fill(const struct inputs *in, struct arena *arena, struct plan *plan) MUST_CHECK;

/* limits.c: how many VFs each thing allows. UINT64_MAX: no limit; *sure false: it could not be decided. */
uint64_t limit_buses(const struct inputs *in, bool *sure);
uint64_t limit_ari(const struct inputs *in, bool *sure);
/* The least of all limits; UINT64_MAX: nothing that is known limits. */
uint64_t limits_least(const struct inputs *in);
int limits_fill(const struct inputs *in, struct arena *arena, struct plan *plan) MUST_CHECK;

/* answer.c: the errno, by the kernel's order of tests. */
int answer_fill(const struct inputs *in, uint64_t n, struct arena *arena, struct plan *plan) MUST_CHECK;

/* windows.c: memory on the way from the PF to the root; settles in->mmio where sizes were assumed. */
int windows_fill(struct inputs *in, const struct assume *assume, bool asked, uint64_t n, struct arena *arena, struct plan *plan) MUST_CHECK;
/* May the BAR lie in the port's prefetchable window? (drivers/pci/setup-bus.c __pci_bus_size_bridges()) */
bool bar_in_pref(const struct bridge *bridge, const struct plan_memory *bar);

/* remedies.c: what would let more VFs be enabled, the smallest change first; the thresholds' words, too. */
int remedies_fill(const struct inputs *in, struct arena *arena, struct plan *plan) MUST_CHECK;
/* slots.c: another slot of this machine that would do. */
int slot_remedy(const struct inputs *in, const char *limit, struct arena *arena, struct plan *plan) MUST_CHECK;
struct plan_remedy *remedy_new(const struct inputs *in, const char *kind, const char *limit, uint64_t after, struct arena *arena, struct plan *plan) MUST_CHECK;

#endif
