/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions of a long dump in batches, each a model of its own, exactly as the model of all of them would have its functions: no
 * bridge, and no PF's VF, ties a function of one batch to one of another. A batch ends between buses; in the worst case it is a segment.
 */
#ifndef SRIOV_MODEL_BATCHES_H
#define SRIOV_MODEL_BATCHES_H

#include "decode/lspci-hex.h"
#include "model.h"

struct batches;

/* Is told each batch; model lives until it returns. Non-zero ends it. */
typedef int batch_fn(void *data, const struct model *model);

/* snap: without functions; for what is not a function's own. extended: one function at least has more than 256 bytes. NULL: no memory. */
struct batches *batches_new(const struct snapshot *snap, bool extended, batch_fn *tell, void *data) MUST_CHECK;
/* Before all functions: a bridge, in the order of addresses; and where a segment's last function is that reads as a VF. */
int batches_bridge(struct batches *batches, const struct sriov_addr *addr, uint8_t secondary) MUST_CHECK;
int batches_last_vf(struct batches *batches, const struct sriov_addr *addr) MUST_CHECK;
/* Where the next function is put for batches_put(), in the order of addresses; NULL when memory is exhausted. The same until it was put. */
struct lspci_function *batches_slot(struct batches *batches) MUST_CHECK;
/* 0, what tell() returned, or -ENOMEM. */
int batches_put(struct batches *batches) MUST_CHECK;
/* That was the last: tells what waits. kept: the VFs of all functions that were kept. */
int batches_end(struct batches *batches, struct vfs_kept *kept) MUST_CHECK;
void batches_free(struct batches *batches);

#endif
