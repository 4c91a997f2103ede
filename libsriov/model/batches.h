/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Functions of a long dump in batches, each exactly as the model of all of them would have it. A batch is told once all functions have
 * come that it, or a rule about one of its functions, looks at: those of its buses, VFs, what is below a bridge. Those before it are held
 * as long as somebody may look at them: PFs of VFs still to come. Ports above anything are held for a whole segment.
 */
#ifndef SRIOV_MODEL_BATCHES_H
#define SRIOV_MODEL_BATCHES_H

#include "decode/lspci-hex.h"
#include "model.h"

struct batches;

/*
 * Is told each batch, in the order of addresses; fns lie in model, with all that they are tied to. Both live until it returns. Non-zero
 * ends it.
 */
typedef int batch_fn(void *data, const struct model *model, const struct fn **fns, size_t n);

/* What is known of a dump before its functions come. */
struct dump_survey {
	bool extended;                      /* one function at least has more than 256 bytes */
	const struct lspci_bridge *bridges; /* in the order of addresses */
	size_t bridges_n;
	const struct sriov_addr *vfs;       /* of each segment the last function that reads as a VF */
	size_t vfs_n;
};

/*
 * snap: without functions; for what is not a function's own. The arrays of survey live as long as the batches. all: tell all functions,
 * else PFs, VFs and the ports above them. NULL: no memory.
 */
struct batches *batches_new(const struct snapshot *snap, const struct dump_survey *survey, bool all, batch_fn *tell, void *data) MUST_CHECK;
/* Where the next function is put for batches_put(), in the order of addresses. The same until it was put. */
struct lspci_function *batches_slot(struct batches *batches);
/* 0, what tell() returned, or -ENOMEM. */
int batches_put(struct batches *batches) MUST_CHECK;
/* That was the last: tells what waits. kept: the VFs of all functions that were kept. */
int batches_end(struct batches *batches, struct vfs_kept *kept) MUST_CHECK;
void batches_free(struct batches *batches);

#endif
