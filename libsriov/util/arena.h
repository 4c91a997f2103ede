/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An arena: memory that is given back all at once. What is read from strangers lives in arenas with a limit,
 * so that hostile input ends in -ENOMEM (and a clear error), never in unbounded memory.
 */
#ifndef SRIOV_UTIL_ARENA_H
#define SRIOV_UTIL_ARENA_H

#include <stdarg.h>
#include "macro.h"

struct arena_block;

struct arena {
	struct arena_block *blocks;
	size_t used;  /* bytes handed out, blocks included */
	size_t limit; /* 0 = none */
	size_t block; /* bytes taken at once; 0 = 64 KiB, in a large arena up to 8 MiB */
};

/* Zeroed memory, aligned for any type; NULL when memory or the limit is exhausted. */
void *arena_alloc(struct arena *arena, size_t size) MUST_CHECK;
/* Room for count elements of size bytes each, zeroed; NULL also where the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size) MUST_CHECK;
/* A copy of n bytes with a NUL behind them (not counted). */
char *arena_dup(struct arena *arena, const void *bytes, size_t n) MUST_CHECK;
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3) MUST_CHECK;
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF(2, 0) MUST_CHECK;
void arena_free(struct arena *arena);
/* Gives all back but one block, for who fills the arena anew again and again. */
void arena_reset(struct arena *arena);

/*
 * Append room for one element to an array in an arena that grows by doubling (the old copy stays behind in the arena):
 * struct x *new = ARENA_PUSH(arena, x.items, x.n, x.room); NULL when memory is exhausted.
 */
#ifdef __cppcheck__ /* does not read __typeof__ */
#define ARENA_PUSH(arena, items, n, room) arena_push((arena), (void **)&(items), &(n), &(room), sizeof(*(items)))
#else
#define ARENA_PUSH(arena, items, n, room) \
	((__typeof__(items))arena_push((arena), (void **)&(items), &(n), &(room), sizeof(*(items))))
#endif
/* Room for one more than n, without a change of n. */
bool arena_grow(struct arena *arena, void **items, size_t n, size_t *room, size_t size) MUST_CHECK;
MUST_CHECK static inline void *arena_push(struct arena *arena, void **items, size_t *n, size_t *room, size_t size)
{
	size_t at = *n;
	if (!arena_grow(arena, items, at, room, size))
		return NULL;
	*n = at + 1;
	return (char *)*items + at * size;
}

#endif
