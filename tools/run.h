/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What both tools do around their question: read the sources, write the reports, end with the contract's status. */
#ifndef TOOLS_RUN_H
#define TOOLS_RUN_H

#include "options.h"
#include "sandbox.h"
#include "sriov.h"

/* Sources of one run: those on the command line, or one that the tool opens itself. */
struct run_sources {
	struct sriov_snapshot **snaps;
	const char **names; /* of each, for people */
	size_t n;
	struct sriov_stream *stream; /* instead of them: what is dumped while it is read */
	bool unreadable; /* one of them could not be read: status 2, the others are still reported */
};

/* Diagnostics of the library, one line each on stderr. data: the tool. */
void run_log(void *data, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice);

/* Give up what the stage does not need; called by run_open() and run_report(), and by tools that read or write in other ways. */
void run_sandbox(const struct tool *tool, const struct common *common, enum sandbox_stage stage);

/* Room for n sources. 0, or 2 after a diagnostic. */
int run_room(const struct tool *tool, struct run_sources *sources, size_t n);
/* query: of a dump, which may be streamed; else NULL. */
int run_open(const struct tool *tool, const struct common *common, struct sriov_ctx *ctx, unsigned flags,
	     const struct sriov_query *query, struct run_sources *sources);
/* Snapshots of the sources from one place on the command line to another; there is room for them, and the sandbox for reading. */
void run_load(const struct common *common, struct sriov_ctx *ctx, unsigned flags, size_t from, size_t to, struct run_sources *sources);
void run_close(struct run_sources *sources);

typedef int run_ask_fn(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out);

/* Model, report and output of all sources; returns the exit status. */
int run_report(const struct tool *tool, const struct common *common, const struct run_sources *sources, const struct sriov_query *query,
	       run_ask_fn *ask);

/* All of a file of at most max bytes ("-" = standard input), to be freed. 0, -EFBIG, or another negative errno. */
int run_read(const char *file, size_t max, char **text, size_t *len);

/* Standard output, flushed, as the status says: 2 where it could not be written. */
int run_flush(const struct tool *tool, int status);

#endif
