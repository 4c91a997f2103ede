/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rows of the message table may fit a line. */
#ifndef SRIOV_DECODE_KMSG_SCAN_H
#define SRIOV_DECODE_KMSG_SCAN_H

#include "decode/kmsg-private.h"

struct kmsg_scan {
	uint16_t *next;      /* transitions: state << shift + class; the top bit marks a state where keys end */
	uint16_t *first;     /* of a state: its first row, or UINT16_MAX */
	uint16_t *shorter;   /* of a state: the next shorter one that ends a key, or 0 */
	uint16_t *row_next;  /* rows with the same key */
	uint8_t *key_len;    /* of a row */
	bool *begins;        /* the row's pattern begins with its key */
	uint8_t class[256];
	unsigned shift, states;
	unsigned longest;    /* bytes of a key */
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
