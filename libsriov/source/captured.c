/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include "captured.h"
#include "decode/ingest.h"
#include "input.h"

bool captured_top(struct slice path)
{
	const char *slash = path.n ? memchr(path.p, '/', path.n) : NULL;
	size_t n = slash ? (size_t)(slash - path.p) : path.n;
	for (size_t i = 0; i < host_rows_n; i++) {
		if (strcspn(host_rows[i].path, "/") == n && !memcmp(host_rows[i].path, path.p, n))
			return true;
	}
	struct slice first = {path.p, n};
	return slice_is(first, "usr") || slice_is(first, "var") || slice_is(first, "sos_commands") || slice_is(first, "version.txt") ||
	       slice_is(first, ".sriov-capture");
}

size_t captured_keep(const struct capture_index *index, struct slice path)
{
	const char *slash = path.n ? memchr(path.p, '/', path.n) : NULL;
	if (!captured_top(path) && slash)
		path = slice_from(path, (size_t)(slash + 1 - path.p));
	if (slice_is(path, ".sriov-capture"))
		return (size_t)1 << 28;
	if (slice_ends(path, "/config.known"))
		return 65536;
	size_t keep = capture_keep(index, path), sos = slice_starts(path, "sys/") ? 0 : sos_keep(path);
	return keep > sos ? keep : sos;
}

/* Does a root of functions only, of a log only, hold anything at all? */
static bool holds_something(const struct snapshot *snap)
{
	return snap->root->child || snap->has_manifest;
}

int captured_open(const struct view *view, struct snapshot *snap)
{
	struct view_trouble trouble = {0};
	struct view noting = *view;
	noting.trouble = &trouble;
	int err = root_walk(view, NULL, snap);
	if (!err && sos_is(&noting)) {
		snap->kind = SOURCE_SOSREPORT;
		err = sos_put(&noting, snap);
	}
	if (!err)
		err = root_tell_trouble(&trouble, snap);
	if (!err)
		err = text_ingest(snap);
	if (err)
		return source_fail(snap, err, 0, "capture it again with sriov-dump --capture", "cannot be read as a captured host: %s", strerror(-err));
	if (!holds_something(snap))
		return source_fail(snap, -ENODATA, 0, "a captured host has sys/, proc/, dmesg, lspci or transcript in it", "is no captured host");
	return 0;
}
