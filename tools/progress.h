/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What takes longer than a second says so: one line on stderr, where that is a terminal in the foreground that can take the line away
 * again (TERM is set and not dumb). It has no colours. Nothing else of this process may write to the terminal but between progress_hide() and progress_show().
 */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stddef.h>

/* From here on time counts; without this, or where stderr is no such terminal, all others do nothing. */
void progress_begin(void);

/* What is being done to whom, the i-th (from 0) of n. doing NULL: nothing is to be seen until the next call. */
void progress_stage(const char *doing, const char *name, size_t i, size_t n);

/* Takes the line away while something else is written to the terminal. */
void progress_hide(void);
void progress_show(void);

/* No line from here on. */
void progress_end(void);

#endif
