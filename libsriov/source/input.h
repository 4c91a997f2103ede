/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a user named, opened; and the rows of sources that may take it. */
#ifndef SRIOV_SOURCE_INPUT_H
#define SRIOV_SOURCE_INPUT_H

#include "snapshot/snapshot.h"
#include "source.h"
#include "util/strbuf.h"

struct input {
	const char *name;     /* as the user named it */
	int fd;               /* -1 = this host */
	bool directory, host;
	struct strbuf bytes;  /* all bytes of a file; of a directory none */
};

struct source {
	const char *name;
	const char *what;     /* for people */
	bool (*probe)(const struct input *input);
	/* 0, or negative errno with a fatal problem in the snapshot */
	int (*open)(struct input *input, const struct source_options *options, struct snapshot *snap);
};

/* THE array of sources, in the order in which they are asked. */
extern const struct source *const sources[];
extern const size_t sources_n;

static inline struct slice input_slice(const struct input *input)
{
	return (struct slice){input->bytes.text ? input->bytes.text : "", input->bytes.len};
}

/* Opens input->name ("" = this host, "-" = standard input) and reads it as a whole if it is no directory. */
int input_open(struct input *input, struct snapshot *snap) MUST_CHECK;
void input_close(struct input *input);
/* Says that nothing of the source can be used, and returns err. */
int source_fail(struct snapshot *snap, int err, unsigned line, const char *advice, const char *format, ...) PRINTF(5, 6);

extern const struct source source_host, source_directory, source_archive, source_config, source_text;

#endif
