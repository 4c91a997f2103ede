/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In front of each file with mutants: MUT_(n) is true where mutant n of that file is the one that runs. */
#ifndef TESTS_MUTATE_SELECTOR_H
#define TESTS_MUTATE_SELECTOR_H

__attribute__((visibility("hidden"))) extern int mutant_active;
__attribute__((visibility("hidden"))) extern unsigned char *mutant_reached;

static inline int MUT_(int n)
{
	if (__builtin_expect(mutant_reached != 0, 0))
		mutant_reached[n] = 1;
	return mutant_active == n;
}

#endif
