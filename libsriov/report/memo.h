/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts that were made before, by what they were made from. What comes twice is kept; what comes once costs a hash. Memory is bounded. */
#ifndef SRIOV_REPORT_MEMO_H
#define SRIOV_REPORT_MEMO_H

#include "util/macro.h"
#include "util/slice.h"

#define MEMO_KEY 320 /* bytes of a key at most, a multiple of 8 */

struct memo;

/* NULL when memory is exhausted. */
struct memo *memo_new(void) MUST_CHECK;
void memo_free(struct memo *memo);

enum memo_answer {
	MEMO_NEW,   /* not seen lately: do not keep it */
	MEMO_AGAIN, /* seen before, not kept: make it and call memo_keep() */
	MEMO_HAVE,  /* text is it */
};
/* key: n bytes, aligned and padded with zeros to a multiple of 8. */
enum memo_answer memo_ask(struct memo *memo, const uint64_t *key, size_t n, struct slice *text);
/* The text of the key that was asked for last. What cannot be kept is not. */
void memo_keep(struct memo *memo, const uint64_t *key, size_t n, struct slice text);

#endif
