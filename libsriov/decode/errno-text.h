/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What shells, libraries and programs print for an errno -> its number. */
#ifndef SRIOV_DECODE_ERRNO_TEXT_H
#define SRIOV_DECODE_ERRNO_TEXT_H

#include "util/slice.h"

/* The positive errno that a line names ("Numerical result out of range", "[Errno 16]", in any case, C library or language); 0 = none. */
int errno_in_text(struct slice line);
/* The first 1024 bytes of a line in lower case to a buffer of as many; returns them. */
#define TEXT_LOWER 1024
struct slice text_lower(struct slice line, char *to);
/* Does the line contain the words, written in lower case, in any case? Looks at the first 1024 bytes. */
bool text_has(struct slice line, const char *words);

#endif
