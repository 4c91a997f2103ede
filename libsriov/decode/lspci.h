/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text of lspci, with or without rows of bytes -> items of the snapshot at the paths that the functions have on the host. */
#ifndef SRIOV_DECODE_LSPCI_H
#define SRIOV_DECODE_LSPCI_H

#include "lspci-hex.h"
#include "snapshot/snapshot.h"

/* Where a text stands: in which file of the host or source, and at which line of it the text begins. */
struct text_place {
	const char *origin; /* "lspci", "transcript", "ticket.txt"; lives as long as the snapshot */
	unsigned line;      /* of the text's first line, from 1 */
};

/*
 * All functions of the text. A function that is there twice counts once: with the listing that has more bytes of configuration
 * space; of two with as many, the later. What the words say fills what the bytes do not.
 * *functions is increased by the number of functions' listings found.
 */
int lspci_put(struct snapshot *snap, struct text_place place, struct slice text, size_t *functions) MUST_CHECK;

/* What was wrong with the rows of the function that the iterator gave last, as problems of the snapshot. */
int lspci_put_problems(struct snapshot *snap, struct text_place place, const struct lspci_hex *it) MUST_CHECK;

#endif
