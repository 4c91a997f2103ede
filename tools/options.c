/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "progress.h"
#include "say.h"
#include "sriov.h"

enum { KEY_COLOR = 256, KEY_NAMES, KEY_NO_NAMES, KEY_WAKE, KEY_NO_SANDBOX, KEY_NO_REDACT, KEY_LIST_FORMATS, KEY_HELP, KEY_VERSION };

static const struct option_row common_rows[] = {
	{'f', "format", "FORMAT", "how to write: text (default) or another of --list-formats"},
	{'o', "output", "FILE", "write to FILE, whole or not at all; the format is told by its suffix unless -f is given; repeatable"},
	{'v', NULL, NULL, "all evidence, all registers"},
	{'q', NULL, NULL, "the verdict line only"},
	{KEY_COLOR, "color", "WHEN", "auto (default), always or never; NO_COLOR and TERM=dumb are obeyed"},
	{KEY_NAMES, "names", NULL, "names of vendors and devices from pci.ids, in text and HTML"},
	{KEY_NO_NAMES, "no-names", NULL, "numbers only"},
	{KEY_WAKE, "wake", NULL, "read sleeping devices (D3cold) too, which wakes them"},
	{KEY_NO_SANDBOX, "no-sandbox", NULL, "keep all privileges after reading"},
	{KEY_NO_REDACT, "no-redact", NULL, "leave serial numbers, MAC addresses, host name and UUIDs in a capture"},
	{KEY_LIST_FORMATS, "list-formats", NULL, "list the formats"},
	{KEY_HELP, "help", NULL, "show this help"},
	{KEY_VERSION, "version", NULL, "show the version"},
};
#define COMMON_N (sizeof(common_rows) / sizeof(common_rows[0]))

int usage_error(const struct tool *tool, const char *what, const char *arg, const char *advice)
{
	say_line("%s: %s%s%s%s; %s", tool->name, what, arg ? " '" : "", arg ? arg : "", arg ? "'" : "", advice);
	return 2;
}

static void help_rows(const struct option_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char left[64];
		snprintf(left, sizeof(left), "%s%c%s%s%s%s%s", rows[i].key < 256 ? "-" : "  ", rows[i].key < 256 ? rows[i].key : ' ',
			 rows[i].name ? (rows[i].key < 256 ? ", " : " ") : "", rows[i].name ? "--" : "", rows[i].name ? rows[i].name : "",
			 rows[i].arg ? (rows[i].name ? "=" : " ") : "", rows[i].arg ? rows[i].arg : "");
		printf("  %-28s%s%s\n", left, strlen(left) >= 28 ? "\n                              " : "", rows[i].help);
	}
}

static int help(const struct tool *tool)
{
	printf("%s - %s\n\nUsage:\n%s\nExamples:\n%s\nOptions:\n", tool->name, tool->summary, tool->usage, tool->examples);
	help_rows(tool->rows, tool->rows_n);
	help_rows(common_rows, COMMON_N);
	printf("\nExit status: 0 goal reached or valid, 1 blocked or a rule is broken, 2 wrong usage or unreadable source,\n"
	       "3 nothing found that blocks, but evidence that would make it sure is missing.\n");
	return STOP_OK;
}

static int version(const struct tool *tool)
{
	printf("%s %s\nwith: %s\nCopyright: the libsriov authors. Licence: GPL-2.0-or-later. There is no warranty.\n", tool->name, sriov_version(),
	       *sriov_features() ? sriov_features() : "no optional library");
	return STOP_OK;
}

static int list_formats(void)
{
	const char *name, *suffix, *text;
	for (size_t i = 0; !sriov_format_describe(i, &name, &suffix, &text); i++)
		printf("%-12s%-8s%s\n", name, suffix ? suffix : "", text);
	return STOP_OK;
}

static const char *known_format(const char *name)
{
	const char *known, *suffix, *text;
	for (size_t i = 0; !sriov_format_describe(i, &known, &suffix, &text); i++)
		if (!strcmp(name, known))
			return known;
	return NULL;
}

static const char *format_of_file(const char *file)
{
	const char *known, *suffix, *text;
	size_t n = strlen(file);
	for (size_t i = 0; !sriov_format_describe(i, &known, &suffix, &text); i++)
		if (suffix && n > strlen(suffix) && !strcmp(file + n - strlen(suffix), suffix))
			return known;
	return NULL;
}

struct parse {
	const struct tool *tool;
	struct common *common;
	const char *format; /* of the last -f */
	const char *word;   /* the argument that is being read */
	char letter[3];     /* "-x" */
	unsigned formats;
};

static int common_option(struct parse *parse, int key, const char *arg)
{
	struct common *common = parse->common;
	switch (key) {
	case 'f':
		parse->format = known_format(arg);
		parse->formats++;
		return parse->format ? 0 : usage_error(parse->tool, "unknown format", arg, "see --list-formats");
	case 'o':
		common->outputs[common->outputs_n++] = (struct output){.file = arg, .format = parse->format};
		return 0;
	case 'v':
		common->verbose = true;
		return 0;
	case 'q':
		common->quiet = true;
		return 0;
	case KEY_COLOR:
		common->color = !strcmp(arg, "always") ? COLOR_ALWAYS : !strcmp(arg, "never") ? COLOR_NEVER : COLOR_AUTO;
		return common->color != COLOR_AUTO || !strcmp(arg, "auto") ? 0 :
			usage_error(parse->tool, "unknown colour setting", arg, "use auto, always or never");
	case KEY_NAMES:
	case KEY_NO_NAMES:
		common->names = key == KEY_NAMES;
		return 0;
	case KEY_WAKE:
		common->wake = true;
		return 0;
	case KEY_NO_SANDBOX:
		common->no_sandbox = true;
		return 0;
	case KEY_NO_REDACT:
		common->no_redact = true;
		return 0;
	case KEY_LIST_FORMATS:
		return list_formats();
	case KEY_HELP:
		return help(parse->tool);
	case KEY_VERSION:
		return version(parse->tool);
	case ':':
		return usage_error(parse->tool, "an argument is missing behind", parse->word, "see --help");
	default:
		return usage_error(parse->tool, "unknown option", parse->word, "see --help");
	}
}

/* A single -f holds for all files; of several, each holds for the files behind it; without one the suffix tells. */
static int settle_formats(struct parse *parse)
{
	struct common *common = parse->common;
	for (size_t i = 0; i < common->outputs_n; i++) {
		struct output *output = &common->outputs[i];
		if (parse->formats == 1)
			output->format = parse->format;
		if (!output->format)
			output->format = output->file && strcmp(output->file, "-") ? format_of_file(output->file) : "text";
		if (!output->format)
			return usage_error(parse->tool, "the format is not told by the suffix of", output->file, "add -f FORMAT");
	}
	if (!common->outputs_n)
		common->outputs[common->outputs_n++] = (struct output){.file = "-", .format = parse->format ? parse->format : "text"};
	return 0;
}

static bool own_key(const struct tool *tool, int key)
{
	for (size_t i = 0; i < tool->rows_n; i++)
		if (tool->rows[i].key == key)
			return true;
	return false;
}

int options_parse(const struct tool *tool, int argc, char **argv, struct common *common)
{
	size_t n = tool->rows_n + COMMON_N;
	struct option *longs = calloc(n + 1, sizeof(*longs));
	char *shorts = calloc(2 * n + 2, 1), *s = shorts;
	struct parse parse = {.tool = tool, .common = common, .letter = "-"};
	int status = 0, key;

	common->outputs = calloc((size_t)argc + 1, sizeof(*common->outputs));
	if (!longs || !shorts || !common->outputs) {
		free(longs);
		free(shorts);
		return usage_error(tool, "out of memory", NULL, "try again");
	}
	opterr = 0; /* we say it ourselves */
	*s++ = ':';
	for (size_t i = 0, l = 0; i < n; i++) {
		const struct option_row *row = i < tool->rows_n ? &tool->rows[i] : &common_rows[i - tool->rows_n];
		if (row->name)
			longs[l++] = (struct option){row->name, row->arg ? required_argument : no_argument, NULL, row->key};
		if (row->key < 256) {
			*s++ = (char)row->key;
			if (row->arg)
				*s++ = ':';
		}
	}
	while (!status && (key = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		char **more = argv + optind;
		if (key == '?' && optopt > ' ' && optopt < 127)
			parse.letter[1] = (char)optopt, parse.word = parse.letter; /* one of several behind a dash */
		else
			parse.word = argv[optind - 1];
		status = own_key(tool, key) ? tool->option(tool->data, key, optarg, &more) : common_option(&parse, key, optarg);
		optind = (int)(more - argv);
	}
	free(longs);
	free(shorts);
	if (!status)
		status = settle_formats(&parse);
	common->sources = argv + optind;
	common->sources_n = (size_t)(argc - optind);
	return status;
}
