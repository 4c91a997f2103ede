/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions that pass by in the order of their addresses, each as the model of all of them would have it, without holding more
 * than must be held: a PF waits until the last routing ID of its VFs has passed, and what comes behind it waits with it.
 */
#ifndef SRIOV_MODEL_PASSING_H
#define SRIOV_MODEL_PASSING_H

#include "decode/lspci-hex.h"
#include "model.h"

struct passing;

/* Is told each function when all is known about it; fn lives until it returns. Non-zero ends the passing. */
typedef int passing_fn(void *data, const struct fn *fn);

/* snap: without functions; for what is not a function's own. extended: one function at least has more than 256 bytes. NULL: no memory. */
struct passing *passing_new(const struct snapshot *snap, bool extended, passing_fn *tell, void *data) MUST_CHECK;
/* A bridge of any segment, before the functions on its secondary bus; in the order of their addresses. */
int passing_bridge(struct passing *passing, const struct sriov_addr *addr, uint8_t secondary) MUST_CHECK;
/* Where the next function is put for passing_put(); NULL when memory is exhausted. The same until it was put. */
struct lspci_function *passing_slot(struct passing *passing) MUST_CHECK;
/* 0, what tell() returned, or -ENOMEM. */
int passing_put(struct passing *passing) MUST_CHECK;
/* That was the last: tells all that waited, and how many VFs there were. */
int passing_end(struct passing *passing, struct vfs_kept *kept) MUST_CHECK;
void passing_free(struct passing *passing);

#endif
