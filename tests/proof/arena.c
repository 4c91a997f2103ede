/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Eva is told of an arena: memory of the size asked for, zeroed, or none; an array that grows has room for exactly what was asked. */
#include <stdlib.h>
#include "util/arena.h"

extern volatile int any;

void *arena_alloc(struct arena *arena, size_t size)
{
	(void)arena;
	return any ? calloc(1, size ? size : 1) : NULL;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	(void)arena;
	return any ? calloc(count ? count : 1, size) : NULL;
}

bool arena_grow(struct arena *arena, void **items, size_t n, size_t *room, size_t size)
{
	(void)arena;
	if (n >= 256 || any)
		return false;
	*items = calloc(256, size);
	*room = 256;
	return *items != NULL;
}
