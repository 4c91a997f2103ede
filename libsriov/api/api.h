/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The public objects: a reference count around the inner ones. Functions and capabilities are the model's own, cast at this border. */
#ifndef SRIOV_API_H
#define SRIOV_API_H

#include "check/check.h"
#include "model/filter.h"
#include "plan/plan.h"
#include "report/names.h"
#include "rule/rule.h"
#include "source/expect.h"
#include "private.h"
#include "sriov.h"
#include "util/strbuf.h"

struct sriov_ctx {
	unsigned refs;
	sriov_log_fn *log;
	void *log_data;
	struct strbuf piped; /* what sriov_stream_open() read of standard input in vain */
};

struct sriov_snapshot {
	unsigned refs;
	struct sriov_ctx *ctx;
	struct snapshot *inner;
};

struct sriov_model {
	unsigned refs;
	struct sriov_snapshot *snap;
	struct model *inner;
};

struct sriov_query {
	struct filter filter;
	bool filtered, all, verbose, validate, fail_on_warning;
	struct ask ask;
	struct assume assume;
	struct arena arena;
	struct assumption *assumptions; /* as given */
	size_t assumptions_n, assumptions_room;
	bool addressed;          /* raw configuration space was given with its addresses */
	const char **only, **no; /* rules, ended by NULL */
	size_t only_n, no_n;
	struct waivers waivers;
	struct expected expected;
	bool has_expected;
};

struct sriov_report {
	unsigned refs;
	struct sriov_model *model;
	struct report *inner;
};

/* Say what went wrong with a source to the context's log function. */
void api_say(struct sriov_ctx *ctx, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice);

/* The problems of a snapshot likewise; true where one is fatal. */
bool api_say_problems(struct sriov_ctx *ctx, const struct snapshot *inner);

/* What became of reading a source: its problems go to the log; then the snapshot, which keeps inner, or err (or -ENOMEM). */
int api_snapshot(struct sriov_ctx *ctx, struct snapshot *inner, int err, struct sriov_snapshot **out) MUST_CHECK;

/* A report on a model; keeps inner (NULL: -ENOMEM), also where it fails. */
int api_report(struct sriov_model *model, struct report *inner, struct sriov_report **out) MUST_CHECK;

/* Put what differs from an earlier report into the report. */
int expect_compare(struct report *report, const struct expected *was) MUST_CHECK;

/* Names out of pci.ids, whose text is to be freed after them; both NULL where there is none. */
int api_names(struct names **names, char **text) MUST_CHECK;

#endif
