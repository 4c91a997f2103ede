/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"
#include "model/passing.h"
#include "report/emit.h"
#include "report/walk.h"
#include "source/dump-file.h"

#define WORTH_IT ((uint64_t)1 << 20) /* bytes of text; a shorter one is read at once in less time than it takes to look at it first */

struct sriov_stream {
	struct sriov_ctx *ctx;
	const struct sriov_query *query;
	const struct emitter *emitter;
	struct dump_file file;
};

/* All functions, and nothing that follows from several. */
static bool one_by_one(const struct sriov_query *query)
{
	return query->all && !query->filtered && !query->validate && !query->has_expected;
}

SRIOV_EXPORT int sriov_stream_open(struct sriov_ctx *ctx, const char *source, const struct sriov_query *query, const char *format,
				   struct sriov_stream **out)
{
	const struct emitter *emitter = emitter_find(format);
	if (!emitter)
		return -EINVAL;
	if (!emitter->begin || !one_by_one(query) || !source)
		return -ENOTSUP;
	struct sriov_stream *stream = calloc(1, sizeof(*stream));
	if (!stream)
		return -ENOMEM;
	stream->query = query;
	stream->emitter = emitter;
	int err = dump_file_open(&stream->file, source, WORTH_IT, &ctx->piped);
	if (err) {
		dump_file_close(&stream->file);
		free(stream);
		return err;
	}
	stream->ctx = sriov_ref(ctx);
	*out = stream;
	return 0;
}

struct writing {
	struct report *report;
	struct walker *walker;
};

static int write_function(void *data, const struct fn *fn)
{
	const struct writing *writing = data;
	walk_one_function(writing->report, fn, writing->walker);
	return writing->walker->out->err;
}

static int functions(struct dump_file *file, struct passing *passing)
{
	int err = 0;
	for (size_t bridges = 0; !err;) {
		struct lspci_function *fn = passing_slot(passing);
		err = fn ? dump_file_next(file, fn) : -ENOMEM;
		if (err == -ENOENT)
			return passing_end(passing);
		for (; !err && bridges < file->bridges_n; bridges++)
			err = passing_bridge(passing, &file->bridges[bridges].addr, file->bridges[bridges].secondary);
		if (!err)
			err = passing_put(passing);
	}
	return err;
}

SRIOV_EXPORT int sriov_stream_write(struct sriov_stream *stream, int fd)
{
	struct sink sink = {.fd = -1};
	struct model *host = NULL; /* all that is not a function's */
	struct writing writing = {0};
	struct passing *passing = passing_new(stream->file.snap, stream->file.extended, write_function, &writing);
	int err = passing ? model_new(stream->file.snap, &host) : -ENOMEM;
	if (!err) {
		writing.report = report_new("sriov-dump", host);
		err = writing.report ? sink_to_fd(&sink, fd) : -ENOMEM;
	}
	if (!err) {
		writing.report->verbose = stream->query->verbose;
		writing.report->show_all = true;
		writing.walker = stream->emitter->begin(&sink);
		err = writing.walker ? 0 : -ENOMEM;
	}
	if (!err) {
		walk_report_begin(writing.report, writing.walker);
		err = functions(&stream->file, passing);
		if (!err)
			walk_report_end(writing.report, writing.walker);
		stream->emitter->end(writing.walker);
	}
	if (sink.buf) {
		int closed = sink_close(&sink);
		err = err ? err : closed;
	}
	api_say_problems(stream->ctx, stream->file.snap);
	report_free(writing.report);
	model_free(host);
	passing_free(passing);
	return err;
}

SRIOV_EXPORT void sriov_stream_free(struct sriov_stream *stream)
{
	if (!stream)
		return;
	dump_file_close(&stream->file);
	sriov_unref(stream->ctx);
	free(stream);
}
