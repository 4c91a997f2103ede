/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sriov-dump: SR-IOV configuration space, decoded, validated by rules, or captured. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "progress.h"
#include "say.h"

#define FILE_MAX (256u << 20) /* of a file of waivers or expected values */

enum { KEY_VALIDATE = 512, KEY_CAPTURE, KEY_AT, KEY_FAIL_ON, KEY_RULE, KEY_NO_RULE, KEY_WAIVERS, KEY_EXPECT, KEY_LIST_FIELDS, KEY_LIST_RULES };

static const struct option_row rows[] = {
	{'s', NULL, "SLOT", "only functions at SLOT: [[domain]:bus]:][device][.function], as lspci"},
	{'d', NULL, "VENDOR:DEVICE", "only functions with these ids, as lspci"},
	{'a', NULL, NULL, "every function, not only PFs, their VFs and the ports above them"},
	{KEY_VALIDATE, "validate", NULL, "judge configuration space by the rules"},
	{KEY_CAPTURE, "capture", "FILE", "write what the tools read of the source as a tar archive, redacted"},
	{KEY_AT, "at", "SLOT FILE", "raw configuration space of the function at SLOT; repeatable"},
	{KEY_FAIL_ON, "fail-on", "SEVERITY", "which broken rules make the exit status 1: error (default), or warning for both"},
	{KEY_RULE, "rule", "ID", "judge by this rule only; repeatable"},
	{KEY_NO_RULE, "no-rule", "ID", "leave this rule out; repeatable"},
	{KEY_WAIVERS, "waivers", "FILE", "broken rules that are accepted: lines RULE DEVICE REASON; DEVICE: an address, vendor:device or *"},
	{KEY_EXPECT, "expect", "FILE", "an earlier XML report: name each field that changed, exit status 1 if any"},
	{KEY_LIST_RULES, "list-rules", NULL, "list the rules of --validate"},
	{KEY_LIST_FIELDS, "list-fields", NULL, "list the fields that are decoded"},
};

struct request {
	struct sriov_query *query;
	const char *capture;
	struct sriov_addr *addrs;
	const char **files;
	size_t at_n;
};

static int list_fields(void)
{
	const char *capability, *name, *spec;
	unsigned offset, bit, width;
	for (size_t i = 0; !sriov_field_describe(i, &capability, &name, &offset, &bit, &width, &spec); i++)
		printf("%-24s 0x%02x %2u %2u  %-44s %s\n", capability, offset, bit, width, name, spec);
	return STOP_OK;
}

static int list_rules(void)
{
	const char *id, *severity, *scope, *title, *spec, *why;
	for (size_t i = 0; !sriov_rule_describe(i, &id, &severity, &scope, &title, &spec, &why); i++)
		printf("%-11s %-8s %-9s %s\n%32s%s\n%32s%s\n", id, severity, scope, title, "", spec, "", why);
	return STOP_OK;
}

static int option(void *data, int key, const char *arg, char ***more);

static struct tool tool = {
	.name = "sriov-dump",
	.summary = "SR-IOV configuration space: decoded, validated, captured",
	.usage = "  sriov-dump [OPTION...] [SOURCE...]\n"
		 "  sriov-dump [OPTION...] --at SLOT FILE [--at SLOT FILE]...\n"
		 "  SOURCE: none = this host; a directory with its files; a tar archive; lspci -xxxx text; raw configuration space of 64,\n"
		 "          256 or 4096 bytes; - = standard input\n",
	.examples = "  sriov-dump                        PFs, their VFs and the ports above them on this host\n"
		    "  sriov-dump --validate -f junit -o rules.xml dump.txt\n"
		    "  sriov-dump --capture host.tar     what a support engineer needs\n"
		    "  lspci -xxxx | sriov-dump -v -     all registers\n",
	.rows = rows,
	.rows_n = sizeof(rows) / sizeof(rows[0]),
	.option = option,
};

/* "[domain:]bus:device.function", all of it. */
static bool full_slot(const char *text, struct sriov_addr *addr)
{
	unsigned domain = 0, bus, device, function;
	int n = -1;
	if (sscanf(text, "%8x:%2x:%2x.%1x%n", &domain, &bus, &device, &function, &n) != 4 || n < 0 || text[n]) {
		n = -1;
		domain = 0;
		if (sscanf(text, "%2x:%2x.%1x%n", &bus, &device, &function, &n) != 3 || n < 0 || text[n])
			return false;
	}
	*addr = (struct sriov_addr){domain, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	return device < 32 && function < 8;
}

typedef int set_text(struct sriov_query *query, const char *text, size_t len, unsigned *line, const char **what);

/* A file that an option names, whole, to the query: "sriov-dump: FILE:LINE: what; what to do". */
static int option_file(struct sriov_query *query, const char *file, set_text *set, const char *advice)
{
	const char *what = NULL;
	unsigned line = 0;
	char *text = NULL;
	size_t len = 0;
	int err = run_read(file, FILE_MAX, &text, &len);
	if (!err)
		err = set(query, text, len, &line, &what);
	free(text);
	if (!err)
		return 0;
	if (!what)
		what = err == -EFBIG ? "too large" : strerror(-err);
	if (line)
		say_line("%s: %s:%u: %s; %s", tool.name, file, line, what, advice);
	else
		say_line("%s: %s: %s; %s", tool.name, file, what, advice);
	return 2;
}

static int select_rule(struct sriov_query *query, const char *id, bool run)
{
	sriov_query_set_validate(query, true);
	return sriov_query_select_rule(query, id, run) ? usage_error(&tool, "no such rule", id, "see --list-rules") : 0;
}

static int option(void *data, int key, const char *arg, char ***more)
{
	struct request *request = data;
	int err = 0;
	switch (key) {
	case 's':
		err = sriov_query_set_slot(request->query, arg);
		return err ? usage_error(&tool, "not a slot", arg, "write it as lspci does: [[domain]:bus]:][device][.function]") : 0;
	case 'd':
		err = sriov_query_set_id(request->query, arg);
		return err ? usage_error(&tool, "not an id", arg, "write it as lspci does: [vendor]:[device]") : 0;
	case 'a':
		sriov_query_set_all(request->query, true);
		return 0;
	case KEY_VALIDATE:
		sriov_query_set_validate(request->query, true);
		return 0;
	case KEY_FAIL_ON:
		sriov_query_set_fail_on_warning(request->query, !strcmp(arg, "warning"));
		return !strcmp(arg, "warning") || !strcmp(arg, "error") ? 0 : usage_error(&tool, "unknown severity", arg, "use error or warning");
	case KEY_RULE:
	case KEY_NO_RULE:
		return select_rule(request->query, arg, key == KEY_RULE);
	case KEY_WAIVERS:
		return option_file(request->query, arg, sriov_query_set_waivers, "write lines RULE DEVICE REASON");
	case KEY_EXPECT:
		return option_file(request->query, arg, sriov_query_set_expected, "give a report that sriov-dump -f xml wrote");
	case KEY_LIST_RULES:
		return list_rules();
	case KEY_CAPTURE:
		request->capture = arg;
		return 0;
	case KEY_AT:
		if (!full_slot(arg, &request->addrs[request->at_n]))
			return usage_error(&tool, "not an address", arg, "write [domain:]bus:device.function");
		if (!**more)
			return usage_error(&tool, "--at lacks the file of", arg, "write --at SLOT FILE");
		request->files[request->at_n++] = *(*more)++;
		sriov_query_set_addressed(request->query, true);
		return 0;
	default:
		return list_fields();
	}
}

static int open_at(struct sriov_ctx *ctx, const struct request *request, const struct common *common, struct run_sources *sources)
{
	if (common->sources_n)
		return usage_error(&tool, "--at and a SOURCE exclude each other", NULL, "give each file its --at");
	if (run_room(&tool, sources, 1))
		return 2;
	sources->names[0] = request->files[0];
	if (!common->quiet)
		progress_begin();
	run_sandbox(&tool, common, SANDBOX_READING);
	progress_stage("reading", request->files[0], 0, 1);
	if (sriov_snapshot_open_configs(ctx, request->addrs, request->files, request->at_n, sources->snaps))
		sources->unreadable = true;
	else
		sources->n = 1;
	return 0;
}

static int capture(const struct request *request, const struct common *common, const struct run_sources *sources)
{
	if (sources->unreadable)
		return 2;
	if (sources->n != 1)
		return usage_error(&tool, "a capture holds one source", NULL, "name one");
	run_sandbox(&tool, common, SANDBOX_DECODING);
	progress_stage("writing", request->capture, 0, 1);
	return sriov_snapshot_capture(sources->snaps[0], request->capture, !common->no_redact) ? 2 : 0;
}

int main(int argc, char **argv)
{
	struct common common = {0};
	struct run_sources sources = {0};
	struct sriov_ctx *ctx = NULL;
	struct request request = {
		.addrs = calloc((size_t)argc + 1, sizeof(*request.addrs)),
		.files = calloc((size_t)argc + 1, sizeof(*request.files)),
	};
	setlocale(LC_CTYPE, "");
	signal(SIGPIPE, SIG_IGN);
	tool.data = &request;
	int status = 0;
	if (!request.addrs || !request.files || sriov_new(&ctx) || sriov_query_new(&request.query))
		status = usage_error(&tool, "out of memory", NULL, "try again");
	if (!status) {
		sriov_set_log_fn(ctx, run_log, &tool);
		status = options_parse(&tool, argc, argv, &common);
	}
	common.capture = request.capture;
	common.at = request.at_n > 0;
	if (!status) {
		sriov_query_set_verbose(request.query, common.verbose);
		if (batch_wanted(&common)) {
			status = batch_run(&tool, &common, ctx, common.verbose ? SRIOV_OPEN_ALL : SRIOV_OPEN_CAPS, request.query, sriov_dump);
			goto out;
		}
		status = request.at_n ? open_at(ctx, &request, &common, &sources) :
					run_open(&tool, &common, ctx, common.verbose || request.capture ? SRIOV_OPEN_ALL : SRIOV_OPEN_CAPS, request.query,
						 &sources);
	}
	if (!status)
		status = request.capture ? capture(&request, &common, &sources) :
					   run_report(&tool, &common, &sources, request.query, sriov_dump);
out:
	run_close(&sources);
	free(common.outputs);
	free(request.addrs);
	free(request.files);
	sriov_query_free(request.query);
	sriov_unref(ctx);
	return run_flush(&tool, status == STOP_OK ? 0 : status);
}
