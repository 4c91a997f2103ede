/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A captured root, of a directory or an archive: as --capture, cp or tar made it, or an sosreport. */
#ifndef SRIOV_SOURCE_CAPTURED_H
#define SRIOV_SOURCE_CAPTURED_H

#include "capture-list.h"
#include "root.h"

/* 0, or negative errno with a fatal problem. */
int captured_open(const struct view *view, struct snapshot *snap) MUST_CHECK;
/* Does a path begin with a folder or file that a host's root has? */
bool captured_top(struct slice path);
/* How many bytes of a member are worth keeping; the archive may wrap the root in one folder. */
size_t captured_keep(const struct capture_index *index, struct slice path);

/* sos.c: an sosreport's own names become the host's. */
bool sos_is(const struct view *view);
size_t sos_keep(struct slice path);
int sos_put(const struct view *view, struct snapshot *snap) MUST_CHECK;

#endif
