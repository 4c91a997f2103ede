/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <sys/mman.h>
#include <unistd.h>

#include "huge.h"

void huge_pages(void *memory, size_t n)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	size_t skip = -(uintptr_t)memory & (page - 1);
	if (n >= HUGE_LEAST)
		(void)madvise((char *)memory + skip, (n - skip) & -page, MADV_HUGEPAGE);
}
