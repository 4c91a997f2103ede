/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Command lines from tables: a row is an option, for getopt, --help, the man page and the completions alike. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct option_row {
	int key;          /* the short option, or 256 and more */
	const char *name; /* long, without its dashes; NULL: short only */
	const char *arg;  /* what it takes, or NULL */
	const char *help;
};

struct tool {
	const char *name, *usage, *summary, *examples;
	const struct option_row *rows; /* its own; the common ones follow */
	size_t rows_n;
	/* An option of its own. 0, or the exit status to leave with: 2 after a diagnostic, STOP_OK where all is done. */
	int (*option)(void *data, int key, const char *arg, char ***more);
	void *data;
};

#define STOP_OK (-1)

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct output {
	const char *file;   /* "-" = standard output */
	const char *format;
	const char *said;   /* how messages name it, or NULL: as it is */
};

struct common {
	struct output *outputs;
	size_t outputs_n;
	bool verbose, quiet, names, wake, no_sandbox, no_redact;
	const char *capture; /* a file that the tool writes besides its outputs, or NULL */
	bool at;             /* the sources are files that the tool opens itself */
	int color;
	char *const *sources; /* what follows the options; n = 0: this host */
	size_t sources_n;
};

/* 0, or the exit status to leave with (STOP_OK: 0). */
int options_parse(const struct tool *tool, int argc, char **argv, struct common *common);

/* "tool: what; advice" on stderr; returns 2. */
int usage_error(const struct tool *tool, const char *what, const char *arg, const char *advice);

#endif
