/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory as a captured host. */
#include "captured.h"
#include "input.h"

static bool probe(const struct input *input)
{
	return input->directory && !input->host;
}

static int open_directory(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct view view = view_dir(input->fd);
	(void)options;
	snap->kind = SOURCE_DIRECTORY;
	return captured_open(&view, snap);
}

const struct source source_directory = {
	.name = "directory", .what = "a captured host", .probe = probe, .open = open_directory,
};
