/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"
#include "model/batches.h"
#include "model/passing.h"
#include "report/emit.h"
#include "report/walk.h"
#include "source/dump-file.h"
#include "util/huge.h"

#define WORTH_IT ((uint64_t)1 << 20) /* bytes of text; a shorter one is read at once in less time than it takes to look at it first */

struct sriov_stream {
	struct sriov_ctx *ctx;
	const struct sriov_query *query;
	const struct emitter *emitter;
	struct dump_file file;
};

/* All functions, and nothing that follows from several; or the rules that are broken, and no function. */
static bool in_parts(const struct sriov_query *query, const struct emitter *emitter)
{
	if (query->filtered || query->has_expected)
		return false;
	return query->validate ? emitter->broken_rules && !query->verbose : emitter->begin && query->all;
}

SRIOV_EXPORT int sriov_stream_open(struct sriov_ctx *ctx, const char *source, const struct sriov_query *query, const char *format,
				   struct sriov_stream **out)
{
	const struct emitter *emitter = emitter_find(format);
	if (!emitter)
		return -EINVAL;
	if (!in_parts(query, emitter) || !source)
		return -ENOTSUP;
	struct sriov_stream *stream = calloc(1, sizeof(*stream));
	if (!stream)
		return -ENOMEM;
	stream->query = query;
	stream->emitter = emitter;
	/* where a batch ends is known only to who looked at the whole: not of a pipe */
	int err = dump_file_open(&stream->file, source, WORTH_IT, query->validate ? NULL : &ctx->piped);
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

static int functions(struct dump_file *file, struct passing *passing, struct vfs_kept *kept)
{
	int err = 0;
	for (size_t bridges = 0; !err;) {
		struct lspci_function *fn = passing_slot(passing);
		err = fn ? dump_file_next(file, fn) : -ENOMEM;
		if (err == -ENOENT)
			return passing_end(passing, kept);
		for (; !err && bridges < file->bridges_n; bridges++)
			err = passing_bridge(passing, &file->bridges[bridges].addr, file->bridges[bridges].secondary);
		if (!err)
			err = passing_put(passing);
	}
	return err;
}

SRIOV_EXPORT int sriov_stream_write(struct sriov_stream *stream, int fd)
{
	if (stream->query->validate)
		return -EINVAL;
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
		err = functions(&stream->file, passing, &host->vfs_kept);
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

struct judging {
	const struct sriov_query *query;
	struct rule_memory memory;
	struct report *report;
};

static int judge_batch(void *data, const struct model *model, const struct fn **fns, size_t n)
{
	struct judging *judging = data;
	const struct sriov_query *query = judging->query;
	struct report *report = judging->report;
	report->model = model;
	report->view = fns;
	report->view_n = n;
	const struct rule_selection selection = {.only = query->only, .no = query->no, .memory = &judging->memory};
	return rule_judge(model, &selection, &query->waivers, report);
}

static int batches(struct dump_file *file, struct batches *batches, struct vfs_kept *kept)
{
	int err = 0;
	while (!err) {
		err = dump_file_next(file, batches_slot(batches));
		if (err == -ENOENT)
			return batches_end(batches, kept);
		err = err ? err : batches_put(batches);
	}
	return err;
}

static int judge(struct sriov_stream *stream, struct report *report, struct vfs_kept *kept)
{
	struct judging judging = {.query = stream->query, .report = report};
	const struct dump_file *file = &stream->file;
	const struct dump_survey survey = {file->extended, file->bridges, file->bridges_n, file->vfs, file->vfs_n};
	struct batches *parts = batches_new(file->snap, &survey, stream->query->all, judge_batch, &judging);
	report->arena.block = HUGE_LEAST;
	report->broken_only = true;
	report->show_functions = true;
	report->show_all = stream->query->all;
	report->fail_on_warning = stream->query->fail_on_warning;
	int err = parts ? batches(&stream->file, parts, kept) : -ENOMEM;
	batches_free(parts);
	rule_memory_free(&judging.memory);
	report->view = NULL; /* of the last batch, as its model */
	report->view_n = 0;
	return err;
}

SRIOV_EXPORT int sriov_stream_judge(struct sriov_stream *stream, struct sriov_report **out)
{
	if (!stream->query->validate || !stream->file.snap)
		return -EINVAL;
	struct sriov_snapshot *snap = NULL;
	struct sriov_model *model = NULL;
	struct vfs_kept kept = {0};
	struct report *report = report_new("sriov-dump", NULL);
	if (!report)
		return -ENOMEM;
	int err = api_snapshot(stream->ctx, stream->file.snap, judge(stream, report, &kept), &snap);
	stream->file.snap = NULL;
	if (!err)
		err = sriov_model_new(snap, &model);
	if (err) {
		report_free(report);
	} else {
		model->inner->vfs_kept = kept;
		report->model = model->inner;
		err = api_report(model, report, out);
	}
	sriov_model_unref(model);
	sriov_snapshot_unref(snap);
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
