/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What Eva is told of an arena: memory of the size asked for, zeroed, or none; arrays have room for ROOM elements and then no more. */
#include <stdlib.h>
#include "util/arena.h"

#define ROOM 16

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

char *arena_dup(struct arena *arena, const void *bytes, size_t n)
{
	(void)arena;
	(void)bytes;
	return any && n < SIZE_MAX ? calloc(1, n + 1) : NULL;
}

bool arena_grow(struct arena *arena, void **items, size_t n, size_t *room, size_t size)
{
	(void)arena;
	if (n >= ROOM || any)
		return false;
	if (!*items)
		*items = calloc(ROOM, size);
	if (!*items)
		return false;
	*room = ROOM;
	return true;
}
