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

/* What is known of a dump before its functions come. */
struct dump_survey {
	bool extended;                      /* one function at least has more than 256 bytes */
	const struct lspci_bridge *bridges; /* in the order of addresses */
	size_t bridges_n;
	const struct sriov_addr *vfs;       /* of each segment the last function that reads as a VF */
	size_t vfs_n;
};

/* snap: without functions; for what is not a function's own. The arrays of survey live as long as the batches. NULL: no memory. */
struct batches *batches_new(const struct snapshot *snap, const struct dump_survey *survey, batch_fn *tell, void *data) MUST_CHECK;
/* Where the next function is put for batches_put(), in the order of addresses. The same until it was put. */
struct lspci_function *batches_slot(struct batches *batches);
/* 0, what tell() returned, or -ENOMEM. */
int batches_put(struct batches *batches) MUST_CHECK;
/* That was the last: tells what waits. kept: the VFs of all functions that were kept. */
int batches_end(struct batches *batches, struct vfs_kept *kept) MUST_CHECK;
void batches_free(struct batches *batches);

#endif
