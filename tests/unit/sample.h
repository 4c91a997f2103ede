/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports made by hand, for tests of the formats: real bytes through snapshot and model, and findings that say all that a
 * finding can say.
 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "report/report.h"

enum sample {
	SAMPLE_HEALTHY, /* one PF with VFs, all rungs passed */
	SAMPLE_BROKEN,  /* memory and bus numbers are missing: roots, consequences, unknowns, settings, plans */
	SAMPLE_HOSTILE, /* the broken one with every byte value in every text */
	SAMPLE_MANY,    /* eight PFs with 128 VFs each */
	SAMPLE_DUMP,    /* functions, rules, changes; no judgement */
	SAMPLE_GUEST,   /* a guest without a PF */
	SAMPLE_ODD,     /* what is rare: parts that are not told, more of everything than is shown, numbers at their ends */
	SAMPLE_COUNT
};

extern const char *const sample_names[SAMPLE_COUNT];

/* NULL when memory is exhausted. */
struct report *sample_new(enum sample sample, bool verbose);
void sample_free(struct report *report);

#endif
