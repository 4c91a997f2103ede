/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may read files decodes nothing, so all sources are read before the first is decoded; ten thousand do not fit into memory so.
 * Here some are read at a time, and a child, which has their bytes by being a copy, gives up the right to read, decodes them and
 * writes their reports, while the next are read.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch.h"
#include "output.h"
#include "progress.h"
#include "say.h"

#define BATCH 64

bool batch_wanted(const struct common *common)
{
	return common->sources_n > BATCH && common->outputs_n == 1 && !common->capture && !common->at && !strcmp(common->outputs[0].format, "jsonl");
}

/* The first of 2, 1, 3, 0. */
static int worse(int a, int b)
{
	static const int order[] = {[0] = 0, [1] = 2, [2] = 3, [3] = 1};
	return order[a] > order[b] ? a : b;
}

/* The status of a child that decodes; 0 where there is none. */
static int reap(const struct tool *tool, pid_t child)
{
	int how = 0;
	while (child > 0 && waitpid(child, &how, 0) < 0)
		if (errno != EINTR)
			return 2;
	if (WIFEXITED(how) && WEXITSTATUS(how) <= 3)
		return WEXITSTATUS(how);
	return usage_error(tool, "decoding broke off", NULL, "give the sources one by one, to find which it is");
}

static bool is_file(int fd)
{
	struct stat st;
	return !fstat(fd, &st) && S_ISREG(st.st_mode);
}

/* In the child. Who could not be read was told by the parent, so that 2 means that there is no use to go on. */
static int decode(const struct tool *tool, const struct common *part, struct run_sources *sources, const struct sriov_query *query, run_ask_fn *ask)
{
	sources->unreadable = false;
	return sources->n ? run_report(tool, part, sources, query, ask) : 0;
}

/* All sources, their reports to standard output, which is the file by now. */
static int run_batches(const struct tool *tool, const struct common *common, struct sriov_ctx *ctx, unsigned flags, const struct sriov_query *query,
		       run_ask_fn *ask, bool *broken)
{
	pid_t child = 0;
	int status = 0;
	for (size_t at = 0; at < common->sources_n && !*broken; at += BATCH) {
		struct common part = *common;
		struct run_sources sources = {0};
		struct output output = {"-", "jsonl", common->outputs[0].file};
		size_t end = common->sources_n - at > BATCH ? at + BATCH : common->sources_n;
		part.sources += at;
		part.sources_n = end - at;
		part.outputs = &output;
		part.verbose &= !at; /* said once */
		*broken = run_room(tool, &sources, part.sources_n) != 0;
		if (!*broken)
			run_load(common, ctx, flags, at, end, &sources);
		int before = reap(tool, child); /* its reports come first */
		status = worse(worse(status, before), sources.unreadable ? 2 : 0);
		*broken |= before == 2;
		if (!at && !is_file(STDOUT_FILENO)) /* a terminal, or a pager that draws on it: from now on it is the reports' */
			progress_end();
		child = *broken ? -1 : fork();
		if (!child)
			exit(decode(tool, &part, &sources, query, ask));
		if (child < 0 && !*broken)
			*broken = usage_error(tool, strerror(errno), NULL, "allow one more process, or give fewer sources at once") != 0;
		run_close(&sources);
	}
	int last = reap(tool, child);
	*broken |= last == 2;
	return *broken ? 2 : worse(status, last);
}

int batch_run(const struct tool *tool, const struct common *common, struct sriov_ctx *ctx, unsigned flags, const struct sriov_query *query,
	      run_ask_fn *ask)
{
	struct target target;
	bool broken = false;
	int status = 0, err = target_open(&target, common->outputs[0].file);
	if (!err && dup2(target.fd, STDOUT_FILENO) < 0)
		err = target_close(&target, -errno);
	if (!err) {
		if (!common->quiet)
			progress_begin();
		run_sandbox(tool, common, SANDBOX_READING);
		status = run_batches(tool, common, ctx, flags, query, ask, &broken);
		err = target_close(&target, broken ? -ECANCELED : 0);
	}
	if (!err || broken) /* what broke it was told */
		return status;
	say_line("%s: %s: cannot be written: %s; free space or name another file with -o", tool->name, common->outputs[0].file, strerror(-err));
	return 2;
}
