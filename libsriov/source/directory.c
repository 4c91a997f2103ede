/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A directory as a captured host. */
#include <errno.h>
#include <string.h>

#include "input.h"
#include "root.h"

static bool probe(const struct input *input)
{
	return input->directory && !input->host;
}

static int open_directory(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct view view = view_dir(input->fd);
	(void)options;
	snap->kind = SOURCE_DIRECTORY;
	int err = root_walk(&view, NULL, snap);
	if (err)
		return source_fail(snap, err, 0, "capture it again with sriov-dump --capture", "cannot be read as a captured host: %s", strerror(-err));
	if (!snap->root->child && !snap->has_manifest)
		return source_fail(snap, -ENODATA, 0, "a captured host has sys/, proc/, dmesg, lspci or transcript in it", "is no captured host");
	return 0;
}

const struct source source_directory = {
	.name = "directory", .what = "a captured host", .probe = probe, .open = open_directory,
};
