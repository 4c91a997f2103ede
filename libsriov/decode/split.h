/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a mixed text told apart by what they are. */
#ifndef SRIOV_DECODE_SPLIT_H
#define SRIOV_DECODE_SPLIT_H

#include "util/slice.h"

enum line_kind {
	LINE_BLANK,
	LINE_OTHER,  /* prose, or the inside of something */
	LINE_ROW,    /* bytes of configuration space */
	LINE_LSPCI,  /* a function's first line, a tree's, or words that nothing but lspci prints */
	LINE_LOG,    /* of a kernel log, surely */
	LINE_PROMPT, /* a command */
};

enum line_kind line_kind(struct slice line);

#endif
