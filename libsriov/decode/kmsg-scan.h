/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows of the message table may fit a line. */
#ifndef SRIOV_DECODE_KMSG_SCAN_H
#define SRIOV_DECODE_KMSG_SCAN_H

#include "decode/kmsg-private.h"

#define KMSG_HASH_BITS 17
#define KMSG_GRAM_HEADS 1024

struct kmsg_gram;

struct kmsg_scan {
	uint64_t may[1 << (KMSG_HASH_BITS - 6)]; /* a bit for each hash that four bytes of a key have */
	uint16_t head[KMSG_GRAM_HEADS];          /* of the lists of grams: index + 1, 0 = none */
	struct kmsg_gram *grams;
	struct slice *keys;  /* of the rows */
	bool *begins;        /* the row's pattern begins with its key */
};

struct kmsg_hit {
	uint16_t row;
	uint32_t at;         /* where its key stands in the line */
};

#define KMSG_HITS_MAX 96

int kmsg_scan_init(struct kmsg_scan *scan, struct arena *arena) MUST_CHECK;
/* Hits in a line from an offset on, in the order of the table; hits: KMSG_HITS_MAX of them, more are left out. */
size_t kmsg_scan_line(const struct kmsg_scan *scan, struct slice line, size_t from, struct kmsg_hit *hits);

#endif
