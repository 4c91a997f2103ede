/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"
#include "progress.h"
#include "run.h"
#include "say.h"

void run_log(void *data, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice)
{
	const struct tool *tool = data;
	(void)level;
	char number[16] = "";
	if (line)
		snprintf(number, sizeof(number), ":%u", line);
	say_line("%s: %s%s: %s%s%s", tool->name, *source ? source : "this host", number, what, advice ? "; " : "", advice ? advice : "");
}

int run_read(const char *file, size_t max, char **text, size_t *len)
{
	FILE *f = strcmp(file, "-") ? fopen(file, "rb") : stdin;
	size_t room = 0, n = 0;
	int err = f ? 0 : -errno;
	char *buf = NULL;
	while (!err) {
		if (n == room) {
			char *more = realloc(buf, room = room ? 2 * room : 1 << 16);
			err = more ? 0 : -ENOMEM;
			buf = more ? more : buf;
			continue;
		}
		size_t got = fread(buf + n, 1, room - n, f);
		if (!got) {
			err = ferror(f) ? -EIO : 0;
			break;
		}
		n += got;
		err = n > max ? -EFBIG : 0;
	}
	if (f && f != stdin)
		fclose(f);
	if (err) {
		free(buf);
		return err;
	}
	*text = buf;
	*len = n;
	return 0;
}

static bool is_this_host(const char *source)
{
	struct stat root, st;
	return !stat("/", &root) && !stat(source, &st) && root.st_dev == st.st_dev && root.st_ino == st.st_ino;
}

void run_sandbox(const struct tool *tool, const struct common *common, enum sandbox_stage stage)
{
	struct sandbox sandbox = {.host = !common->sources_n && !common->at};
	const char **outputs = calloc(common->outputs_n + 1, sizeof(*outputs));
	if (common->no_sandbox || !outputs) {
		free(outputs);
		return;
	}
	for (size_t i = 0; i < common->sources_n; i++)
		sandbox.host |= is_this_host(common->sources[i]);
	for (size_t i = 0; i < common->outputs_n; i++)
		outputs[sandbox.outputs_n++] = common->outputs[i].file;
	if (common->capture)
		outputs[sandbox.outputs_n++] = common->capture;
	if (stage == SANDBOX_READING && sandbox.host && common->sources_n < 2) { /* nothing of a stranger is read */
		free(outputs);
		return;
	}
	sandbox.outputs = outputs;
	sandbox_enter(&sandbox, stage);
	if (common->verbose)
		say_line("%s: sandbox for %s: %s", tool->name, stage == SANDBOX_READING ? "reading" : "decoding", sandbox.state);
	free(outputs);
}

int run_room(const struct tool *tool, struct run_sources *sources, size_t n)
{
	sources->snaps = calloc(n, sizeof(*sources->snaps));
	sources->names = calloc(n, sizeof(*sources->names));
	return sources->snaps && sources->names ? 0 : usage_error(tool, "out of memory", NULL, "try again");
}

/* One source, one output: may it be dumped, or judged, while it is read? */
static bool stream(const struct common *common, struct sriov_ctx *ctx, const struct sriov_query *query, struct run_sources *sources)
{
	if (!query || common->sources_n != 1 || common->outputs_n != 1 || common->capture)
		return false;
	sources->names[0] = common->sources[0];
	return !sriov_stream_open(ctx, common->sources[0], query, common->outputs[0].format, &sources->stream);
}

void run_load(const struct common *common, struct sriov_ctx *ctx, unsigned flags, size_t from, size_t to, struct run_sources *sources)
{
	size_t n = common->sources_n ? common->sources_n : 1;
	for (size_t i = from; i < to; i++) {
		const char *name = common->sources_n ? common->sources[i] : NULL;
		bool piped = name && !strcmp(name, "-");
		sources->names[sources->n] = piped ? "standard input" : name ? name : "this host";
		progress_stage(piped ? NULL : "reading", sources->names[sources->n], i, n); /* who writes to the pipe may ask for a password */
		if (sriov_snapshot_open(ctx, name, flags | (common->wake ? SRIOV_OPEN_WAKE : 0), &sources->snaps[sources->n]))
			sources->unreadable = true;
		else
			sources->n++;
	}
}

int run_open(const struct tool *tool, const struct common *common, struct sriov_ctx *ctx, unsigned flags,
	     const struct sriov_query *query, struct run_sources *sources)
{
	size_t n = common->sources_n ? common->sources_n : 1;
	if (run_room(tool, sources, n))
		return 2;
	if (!common->quiet)
		progress_begin();
	run_sandbox(tool, common, SANDBOX_READING);
	if (!stream(common, ctx, query, sources))
		run_load(common, ctx, flags, 0, n, sources);
	return 0;
}

void run_close(struct run_sources *sources)
{
	for (size_t i = 0; i < sources->n; i++)
		sriov_snapshot_unref(sources->snaps[i]);
	sriov_stream_free(sources->stream);
	free(sources->snaps);
	free(sources->names);
	*sources = (struct run_sources){0};
}

static unsigned terminal_width(int fd)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	if (!isatty(fd))
		return 0;
	if (!ioctl(fd, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return columns && atoi(columns) > 20 ? (unsigned)atoi(columns) : 80;
}

static unsigned write_flags(const struct common *common, int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	bool plain = (no_color && *no_color) || !term || !strcmp(term, "dumb");
	bool color = common->color == COLOR_ALWAYS || (common->color == COLOR_AUTO && isatty(fd) && !plain);
	return (color ? SRIOV_WRITE_COLOR : 0u) | (common->quiet ? SRIOV_WRITE_QUIET : 0u) | (common->names ? SRIOV_WRITE_NAMES : 0u) |
	       (!strcmp(nl_langinfo(CODESET), "UTF-8") ? SRIOV_WRITE_UTF8 : 0u);
}

static const char *output_name(const struct output *output)
{
	const char *name = output->said ? output->said : output->file;
	return strcmp(name, "-") ? name : "standard output";
}

static int write_one(const struct common *common, const struct output *output, struct sriov_stream *from, struct sriov_report *const *reports, size_t n)
{
	struct target target;
	progress_stage("writing", output_name(output), 0, 1);
	int err = target_open(&target, output->file);
	if (err)
		return err;
	struct stat st;
	if (fstat(target.fd, &st) || !S_ISREG(st.st_mode)) /* a terminal, or a pager that draws on it */
		progress_stage(NULL, NULL, 0, 0);
	err = from ? sriov_stream_write(from, target.fd) :
		     sriov_reports_write(reports, n, output->format, target.fd, write_flags(common, target.fd), terminal_width(target.fd));
	return target_close(&target, err);
}

static int write_all(const struct tool *tool, const struct common *common, struct sriov_stream *from, struct sriov_report *const *reports, size_t n)
{
	int status = 0;
	for (size_t i = 0; i < common->outputs_n; i++) {
		const struct output *output = &common->outputs[i];
		int err = write_one(common, output, from, reports, n);
		if (!err)
			continue;
		status = 2;
		if (err == -ESTALE) /* the source, which was told already */
			continue;
		say_line("%s: %s: cannot be written: %s; free space or name another file with -o", tool->name,
			 output_name(output), strerror(-err));
	}
	return status;
}

static int reports_of(const struct run_sources *sources, const struct sriov_query *query, run_ask_fn *ask, struct sriov_report **reports, size_t *n)
{
	if (sources->stream) {
		progress_stage("judging", sources->names[0], 0, 1);
		int err = sriov_stream_judge(sources->stream, &reports[0]);
		*n = !err;
		return err;
	}
	for (*n = 0; *n < sources->n; ++*n) {
		struct sriov_model *model;
		progress_stage(ask == sriov_dump ? "decoding" : "judging", sources->names[*n], *n, sources->n);
		int err = sriov_model_new(sources->snaps[*n], &model);
		if (err)
			return err;
		err = ask(model, query, &reports[*n]);
		sriov_model_unref(model);
		if (err)
			return err;
	}
	return 0;
}

int run_report(const struct tool *tool, const struct common *common, const struct run_sources *sources, const struct sriov_query *query,
	       run_ask_fn *ask)
{
	run_sandbox(tool, common, SANDBOX_DECODING);
	struct sriov_report **reports = calloc(sources->n + 1, sizeof(*reports));
	size_t n = 0;
	int err = reports ? reports_of(sources, query, ask, reports, &n) : -ENOMEM;
	if (sources->stream && err == -EINVAL) { /* functions are asked for, not a judgement */
		free(reports);
		return write_all(tool, common, sources->stream, NULL, 0);
	}
	int status = err == -ESTALE ? 2 : err ? usage_error(tool, strerror(-err), NULL, "nothing was written") : 0;
	/* a plugin has a status line, whatever happened */
	if (!err && (n || !strcmp(common->outputs[0].format, "nagios")))
		status = write_all(tool, common, NULL, reports, n);
	if (!status)
		status = sriov_reports_get_status(reports, sources->unreadable ? 0 : n, common->outputs[0].format);
	for (size_t i = 0; i < n; i++)
		sriov_report_unref(reports[i]);
	free(reports);
	return status;
}

int run_flush(const struct tool *tool, int status)
{
	progress_end();
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	say_line("%s: standard output: cannot be written; free space or name another file with -o", tool->name);
	return 2;
}
