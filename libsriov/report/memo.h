/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that were made before, by what they were made from. What comes twice is kept; what comes once costs a hash. Memory is bounded.
 * A text may have holes, where the values of fields stand that are not in its key: who made it fills them anew each time.
 */
#ifndef SRIOV_REPORT_MEMO_H
#define SRIOV_REPORT_MEMO_H

#include "util/macro.h"
#include "util/slice.h"

#define MEMO_KEY 320 /* bytes of a key at most, a multiple of 8 */

struct memo;
struct field;

struct memo_hole {
	const struct field *field; /* whose value stands there */
	size_t at;                 /* in the text: behind so many bytes of it */
};

struct memo_text {
	struct slice text; /* without what is in the holes */
	const struct memo_hole *holes; /* in the order of the text */
	size_t holes_n;
};

/* forgetting: called before texts that were given out cease to be; or NULL. NULL when memory is exhausted. */
struct memo *memo_new(void (*forgetting)(void *data), void *data) MUST_CHECK;
void memo_free(struct memo *memo);

enum memo_answer {
	MEMO_NEW,   /* not seen lately: do not keep it */
	MEMO_AGAIN, /* seen before, not kept: make it and call memo_keep() */
	MEMO_HAVE,  /* text is it */
};
/* key: n bytes, aligned and padded with zeros to a multiple of 8. */
enum memo_answer memo_ask(struct memo *memo, const uint64_t *key, size_t n, struct memo_text *text);
/* The text of the key that was asked for last. What cannot be kept is not. */
void memo_keep(struct memo *memo, const uint64_t *key, size_t n, const struct memo_text *text);

#endif
