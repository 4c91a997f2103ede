/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Very many sources in one run, in bounded memory. */
#ifndef TOOLS_BATCH_H
#define TOOLS_BATCH_H

#include "run.h"

/* More sources than are kept in memory at once, and a format whose reports stand one after another. */
bool batch_wanted(const struct common *common);
/* Reads, judges and writes all sources; flags: of sriov_snapshot_open(). Returns the exit status. */
int batch_run(const struct tool *tool, const struct common *common, struct sriov_ctx *ctx, unsigned flags, const struct sriov_query *query,
	      run_ask_fn *ask);

#endif
