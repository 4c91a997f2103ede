/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small machine for tests of plans: an 82576 below a root port, with what else a test puts beside it. */
#ifndef TESTS_PLAN_MACHINE_H
#define TESTS_PLAN_MACHINE_H

#include "plan/plan.h"
#include "snapshot/snapshot.h"
#include "space.h"

struct machine {
	struct snapshot *snap;
	struct model *m;
	struct arena arena;
	struct space port, pf;
};

static inline void machine_put(struct machine *x, const struct space *space, uint8_t bus, uint8_t device, uint8_t function)
{
	const struct sriov_addr addr = {0, bus, device, function};
	assert_int_equal(snapshot_put_config(x->snap, &addr, space->b, NULL, 4096, NULL), 0);
}

static inline void machine_file(struct machine *x, const char *path, const char *text)
{
	assert_int_equal(snapshot_put_file(x->snap, path, slice_of(text), NULL), 0);
}

/* An 82576 as Linux finds it below a root port that forwards ARI: 8 VFs from offset 128, or 384 without ARI. */
static inline void machine(struct machine *x, unsigned subordinate, bool ari)
{
	memset(x, 0, sizeof(*x));
	x->snap = snapshot_new("x");
	space_port(&x->port, 0, 1, subordinate, ari);
	put16(&x->port, 0x20, 0xfe80); /* memory window fe800000-fe9fffff */
	put16(&x->port, 0x22, 0xfe90);
	put16(&x->port, 0x24, 0xfe01); /* 64-bit prefetchable window fe000000-fe1fffff */
	put16(&x->port, 0x26, 0xfe11);
	space_header(&x->pf, 0x8086, 0x10c9, 0x020000, 0);
	space_express(&x->pf, 0);
	space_ext(&x->pf, 0x100, 0x0e);
	space_sriov(&x->pf, 0x160, 8, 0, ari ? 128 : 384, 2);
	if (ari)
		put16(&x->pf, 0x160 + 0x08, 0x0010); /* ARI Capable Hierarchy */
	put32(&x->pf, 0x160 + 0x24, 0xfe00000c);
	put32(&x->pf, 0x160 + 0x30, 0xfe02000c);
}

static inline const struct fn *finish(struct machine *x)
{
	const struct sriov_addr pf = {0, 1, 0, 0};
	machine_put(x, &x->port, 0, 1, 0);
	machine_put(x, &x->pf, 1, 0, 0);
	assert_int_equal(model_new(x->snap, &x->m), 0);
	return model_find(x->m, &pf);
}

static inline void end(struct machine *x)
{
	arena_free(&x->arena);
	model_free(x->m);
	snapshot_free(x->snap);
}

static inline struct plan plan_of(struct machine *x, const struct fn *fn, const struct assume *assume, uint64_t n)
{
	struct plan plan;
	assert_int_equal(plan_pf(x->m, fn, assume, true, n, &x->arena, &plan), 0);
	return plan;
}

static inline void expect(struct machine *x, const struct fn *fn, uint64_t n, const char *outcome, const char *finding)
{
	struct plan plan = plan_of(x, fn, NULL, n);
	assert_string_equal(plan.outcome, outcome);
	if (finding)
		assert_string_equal(plan.finding, finding);
	else
		assert_null(plan.finding);
}

static inline const struct plan_remedy *remedy_of(const struct plan *plan, const char *kind)
{
	for (size_t i = 0; i < plan->remedies_n; i++)
		if (!strcmp(plan->remedies[i].kind, kind))
			return &plan->remedies[i];
	return NULL;
}

#endif
