/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash of a name below something. It orders nothing that anybody sees. */
#ifndef SRIOV_UTIL_HASH_H
#define SRIOV_UTIL_HASH_H

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "macro.h"

/* Eight bytes at a time; what is above: the parent's address, so that a name has another value in each folder. */
static inline uint32_t hash_name(const void *above, const char *name, size_t n)
{
	uint64_t h = ((uint64_t)(uintptr_t)above ^ n) * UINT64_C(0x9e3779b97f4a7c15), word;
	for (; n >= 8; n -= 8, name += 8) {
		memcpy(&word, name, 8);
		h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, name, n);
	h = (h ^ word) * UINT64_C(0xc4ceb9fe1a85ec53);
	return (uint32_t)(h ^ h >> 32);
}

/*
 * What has a name below something, by its hash. The hash stands in the table, so that a name that is not there, as most that are asked
 * for, costs no look at others that lie far apart. Ask: for (i = hash_first(t, hash); t->slots[i].what; i = hash_next(t, i)).
 */
struct hash_slot {
	void *what;
	uint32_t hash;
};
struct hash_table {
	struct hash_slot *slots; /* less than half of them taken; NULL before the first */
	size_t size, used;
};

static inline size_t hash_first(const struct hash_table *table, uint32_t hash)
{
	return hash & (table->size - 1);
}

static inline size_t hash_next(const struct hash_table *table, size_t i)
{
	return (i + 1) & (table->size - 1);
}

static inline void hash_insert(struct hash_table *table, uint32_t hash, void *what)
{
	size_t i = hash_first(table, hash);
	while (table->slots[i].what)
		i = hash_next(table, i);
	table->slots[i] = (struct hash_slot){what, hash};
	table->used++;
}

/* Room for n more, of which there are some millions at most. 0 or -ENOMEM. */
MUST_CHECK static inline int hash_reserve(struct hash_table *table, size_t n)
{
	if (2 * (table->used + n) < table->size)
		return 0;
	struct hash_table more = {.size = table->size ? 2 * table->size : 1024};
	while (2 * (table->used + n) >= more.size)
		more.size *= 2;
	more.slots = calloc(more.size, sizeof(*more.slots));
	if (!more.slots)
		return -ENOMEM;
	for (size_t i = 0; i < table->size; i++)
		if (table->slots[i].what)
			hash_insert(&more, table->slots[i].hash, table->slots[i].what);
	free(table->slots);
	*table = more;
	return 0;
}

/* Room for one more. */
MUST_CHECK static inline int hash_room(struct hash_table *table)
{
	return hash_reserve(table, 1);
}

#endif
