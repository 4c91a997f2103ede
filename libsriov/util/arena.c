/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "huge.h"

#define BLOCK_SIZE ((size_t)64 * 1024)
#define BLOCK_MAX  ((size_t)8 << 20) /* of a large arena */
#define HUGE_FROM  ((size_t)512 << 10) /* an arena of so much will fill a large page */
#define ALIGN(n)   (((n) + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1))

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	bool huge;
	alignas(max_align_t) unsigned char data[];
};

/* What is taken at once grows with what was taken before, so that little of it is in vain; large pages are taken whole. */
static size_t usual_block(const struct arena *arena)
{
	size_t part = arena->used / 4;
	if (arena->block)
		return arena->block;
	if (arena->used < HUGE_FROM)
		return part < BLOCK_SIZE ? BLOCK_SIZE : part;
	part = (part < BLOCK_MAX ? part : BLOCK_MAX) + HUGE_PAGE - 1;
	return (part & ~(HUGE_PAGE - 1)) - sizeof(struct arena_block);
}

static struct arena_block *block_new(size_t whole)
{
	bool huge = whole % HUGE_PAGE == 0;
	struct arena_block *block = huge ? huge_map(whole) : calloc(1, whole);
	if (!block)
		return NULL;
	if (!huge)
		huge_pages(block, whole);
	block->size = whole - sizeof(*block);
	block->huge = huge;
	return block;
}

static void block_free(struct arena_block *block)
{
	if (block->huge)
		huge_unmap(block, block->size + sizeof(*block));
	else
		free(block);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		return NULL;
	size = ALIGN(size ? size : 1);

	struct arena_block *block = arena->blocks;
	if (!block || block->size - block->used < size) {
		size_t usual = usual_block(arena), room = size > usual / 4 ? size : usual;
		size_t whole = sizeof(*block) + room;
		if (whole >= HUGE_PAGE / 2)
			whole = (whole + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
		if (arena->limit && (whole > arena->limit || arena->used > arena->limit - whole))
			return NULL;
		struct arena_block *fresh = block_new(whole);
		if (!fresh)
			return NULL;
		arena->used += whole;
		if (block && room == size) { /* a large piece gets a block of its own, behind the one still being filled */
			fresh->next = block->next;
			block->next = fresh;
		} else {
			fresh->next = block;
			arena->blocks = fresh;
		}
		block = fresh;
	}
	void *p = block->data + block->used;
	block->used += size;
	return p;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t whole;
	if (__builtin_mul_overflow(count, size, &whole))
		return NULL;
	return arena_alloc(arena, whole);
}

char *arena_dup(struct arena *arena, const void *bytes, size_t n)
{
	char *copy = n < SIZE_MAX ? arena_alloc(arena, n + 1) : NULL;
	if (copy && n)
		memcpy(copy, bytes, n);
	return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char few[256]; /* for most: then the format is gone through once */
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(few, sizeof(few), format, again);
	va_end(again);
	if (n < 0)
		return NULL;
	if ((size_t)n < sizeof(few))
		return arena_dup(arena, few, (size_t)n);
	char *text = arena_alloc(arena, (size_t)n + 1);
	if (text)
		vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

bool arena_grow(struct arena *arena, void **items, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return true;
	size_t more = *room ? *room * 2 : 8;
	void *fresh = arena_array(arena, more, size);
	if (!fresh)
		return false;
	if (n)
		memcpy(fresh, *items, n * size);
	*items = fresh;
	*room = more;
	return true;
}

void arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *next = arena->blocks->next;
		block_free(arena->blocks);
		arena->blocks = next;
	}
	arena->used = 0;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *keep = arena->blocks;
	if (!keep)
		return;
	arena->blocks = keep->next;
	arena_free(arena);
	memset(keep->data, 0, keep->used);
	keep->used = 0;
	keep->next = NULL;
	arena->blocks = keep;
	arena->used = sizeof(*keep) + keep->size;
}
