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

void *huge_map(size_t n)
{
	if (n > SIZE_MAX / 2)
		return NULL;
	char *memory = mmap(NULL, n + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	size_t before = -(uintptr_t)memory & (HUGE_PAGE - 1); /* they begin at multiples of their size */
	if (before)
		(void)munmap(memory, before);
	memory += before;
	(void)munmap(memory + n, HUGE_PAGE - before);
	(void)madvise(memory, n, MADV_HUGEPAGE);
	return memory;
}

void huge_unmap(void *memory, size_t n)
{
	(void)munmap(memory, n);
}
