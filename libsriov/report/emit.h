/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats that a report can be written in: one row each. */
#ifndef SRIOV_REPORT_EMIT_H
#define SRIOV_REPORT_EMIT_H

#include "report/report.h"
#include "report/sink.h"

struct walker;

struct emitter {
	const char *name;   /* of -f */
	const char *suffix; /* of -o, with its dot; NULL: by -f only */
	const char *help;
	int (*write)(const struct report *const *reports, size_t n, struct sink *out);
	/* For who streams: what walk_report_begin(), walk_one_function() and walk_report_end() are given; end frees it. NULL: must see the whole. */
	struct walker *(*begin)(struct sink *out);
	void (*end)(struct walker *walker);
	bool broken_rules; /* of rules that were judged it tells (but for -v) the broken ones and the number of the others, and of functions nothing */
	/* Where the format's readers have exit statuses of their own; status: 0, 1, 2 or 3 of the contract. NULL: that status. */
	int (*status)(const struct report *const *reports, size_t n, int status);
};

/* THE array of formats; the first is the default. */
extern const struct emitter emitters[];
extern const size_t emitters_n;

/* By name, or by the suffix of a file's name; NULL: there is none. */
const struct emitter *emitter_find(const char *name);
const struct emitter *emitter_for_file(const char *path);
/* The exit status that goes with a format. */
int emitter_status(const struct emitter *emitter, const struct report *const *reports, size_t n, int status);

#endif
