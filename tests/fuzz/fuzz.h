/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the targets share. libFuzzer hands out a copy of exactly size bytes on the heap, so that one byte too far is noticed. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdlib.h>

#include "util/arena.h"
#include "util/slice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A slice that a parser gave: it lies in the text that was parsed. */
static inline void within(struct slice text, struct slice part)
{
	if (part.n && (part.p < text.p || part.n > text.n || (size_t)(part.p - text.p) > text.n - part.n))
		abort();
}

/* A copy of exactly so many bytes, to be freed: for parts of the input, and for what wants to own its bytes. */
static inline void *exact(const void *bytes, size_t size)
{
	void *copy = malloc(size ? size : 1);
	if (!copy)
		abort();
	memcpy(copy, bytes, size);
	return copy;
}

static inline void must(bool holds)
{
	if (!holds)
		abort();
}

#endif
