/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain tar archives of the plainest kind, as --capture and tar(1) write them: files, folders and links with ASCII names in
 * ustar or GNU headers. libarchive reads all others, and is the reference: where anything is unusual, nothing is taken.
 */
#ifndef SRIOV_SOURCE_TAR_H
#define SRIOV_SOURCE_TAR_H

#include "tree.h"

enum { TAR_BLOCK = 512 };

/* The header's sum is of its bytes, with spaces in place of the sum itself. */
bool tar_is_header(struct slice s);
/* 0: *tree holds all members, their bytes still in the archive's; -EINVAL: libarchive is to read it, into a new tree; -ENOMEM. */
int tar_read(struct slice bytes, struct tree *tree) MUST_CHECK;

#endif
