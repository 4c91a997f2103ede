/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sriov-check: why Virtual Functions do not appear on a host, what proves it, and what to change. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "batch.h"

enum { KEY_PROFILE = 512, KEY_ASSUME, KEY_LIST_CAUSES };

static const struct option_row rows[] = {
	{'s', NULL, "SLOT", "only functions at SLOT: [[domain]:bus]:][device][.function], as lspci"},
	{'d', NULL, "VENDOR:DEVICE", "only functions with these ids, as lspci"},
	{'n', "vfs", "N", "what the kernel will answer to `echo N > sriov_numvfs`"},
	{'g', "goal", "GOAL", "host: VFs work here; assign: they can be given to a guest (default); guest: one works in this guest"},
	{KEY_PROFILE, "profile", "WHOSE", "judge as linux (default) or hyperv would"},
	{KEY_ASSUME, "assume", "KEY=VALUE", "what if: ari=on|off, total-vfs=N, vf-bar0=SIZE … vf-bar5=SIZE, subordinate=BUS"},
	{KEY_LIST_CAUSES, "list-causes", NULL, "list the catalogue of causes"},
};

static int list_causes(void)
{
	const char *id, *rung, *title, *needs;
	for (size_t i = 0; !sriov_cause_describe(i, &id, &rung, &title, &needs); i++)
		printf("%-34s%-12s%s (reads: %s)\n", id, rung, title, needs);
	return STOP_OK;
}

static int option(void *data, int key, const char *arg, char ***more);

static struct tool tool = {
	.name = "sriov-check",
	.summary = "why Virtual Functions do not appear, what proves it, and what to change",
	.usage = "  sriov-check [OPTION...] [SOURCE...]\n"
		 "  SOURCE: none = this host; a directory with its files; a tar archive; an sosreport; lspci text; a kernel log;\n"
		 "          a pasted terminal session; - = standard input\n",
	.examples = "  sriov-check                       this host\n"
		    "  sriov-check -n 8 -s 3b:00.0       what will `echo 8 > sriov_numvfs` answer?\n"
		    "  dmesg | sriov-check -             from a kernel log alone\n"
		    "  sriov-check -o report.html host.tar.gz\n",
	.rows = rows,
	.rows_n = sizeof(rows) / sizeof(rows[0]),
	.option = option,
};

static int option(void *data, int key, const char *arg, char ***more)
{
	struct sriov_query *query = data;
	int err = 0;
	(void)more;
	switch (key) {
	case 's':
		err = sriov_query_set_slot(query, arg);
		return err ? usage_error(&tool, "not a slot", arg, "write it as lspci does: [[domain]:bus]:][device][.function]") : 0;
	case 'd':
		err = sriov_query_set_id(query, arg);
		return err ? usage_error(&tool, "not an id", arg, "write it as lspci does: [vendor]:[device]") : 0;
	case 'n': {
		char *end;
		errno = 0;
		unsigned long long n = strtoull(arg, &end, 10);
		if (*arg < '0' || *arg > '9' || *end || errno)
			return usage_error(&tool, "not a number of VFs", arg, "the kernel answers EINVAL to it; give a decimal number");
		sriov_query_set_vfs(query, n);
		return 0;
	}
	case 'g':
		err = sriov_query_set_goal(query, arg);
		return err ? usage_error(&tool, "unknown goal", arg, "use host, assign or guest") : 0;
	case KEY_PROFILE:
		err = sriov_query_set_profile(query, arg);
		return err ? usage_error(&tool, "unknown profile", arg, "use linux or hyperv") : 0;
	case KEY_ASSUME:
		err = sriov_query_assume(query, arg);
		return err ? usage_error(&tool, "cannot assume", arg, "see --help for the keys") : 0;
	default:
		return list_causes();
	}
}

int main(int argc, char **argv)
{
	struct common common = {0};
	struct run_sources sources = {0};
	struct sriov_ctx *ctx = NULL;
	struct sriov_query *query = NULL;
	setlocale(LC_CTYPE, "");
	signal(SIGPIPE, SIG_IGN);
	int status = 0;
	if (sriov_new(&ctx) || sriov_query_new(&query))
		status = usage_error(&tool, "out of memory", NULL, "try again");
	tool.data = query;
	if (!status) {
		sriov_set_log_fn(ctx, run_log, &tool);
		status = options_parse(&tool, argc, argv, &common);
	}
	if (!status) {
		sriov_query_set_verbose(query, common.verbose);
		if (batch_wanted(&common))
			status = batch_run(&tool, &common, ctx, 0, query, sriov_check);
		else if (!(status = run_open(&tool, &common, ctx, 0, NULL, &sources)))
			status = run_report(&tool, &common, &sources, query, sriov_check);
	}
	run_close(&sources);
	free(common.outputs);
	sriov_query_free(query);
	sriov_unref(ctx);
	return run_flush(&tool, status == STOP_OK ? 0 : status);
}
