/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Large pages for large memory: a page fault for 2 MiB, not for each 4 KiB. Where the kernel has none, all stays as it is. */
#ifndef SRIOV_UTIL_HUGE_H
#define SRIOV_UTIL_HUGE_H

#include "macro.h"

#define HUGE_PAGE  ((size_t)2 << 20)
#define HUGE_LEAST ((size_t)4 << 20) /* bytes that are worth it */

/* Of n bytes that were just allocated, and not yet written. */
void huge_pages(void *memory, size_t n);

/* Large pages for n bytes, a multiple of HUGE_PAGE; zeroed. NULL: memory is exhausted. */
void *huge_map(size_t n) MUST_CHECK;
void huge_unmap(void *memory, size_t n);

#endif
