/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The events of a log by function and by type. There may be a million functions: what is searched lies close together. */
#include <errno.h>
#include <stdlib.h>

#include "decode/kmsg-private.h"

/* An event's place in an index: sorted without a look at the events, which lie far apart. */
struct place {
	uint64_t key;
	uint32_t seq, index;
};

static int by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->seq < y->seq ? -1 : x->seq > y->seq;
}

static uint64_t key_of(const struct kmsg_event *e, bool type)
{
	return type ? (uint64_t)e->type : e->has_addr ? kmsg_addr_key(e) + 1 : 0;
}

/* The events in the order of their keys, those of one key in the order of the log; NULL when memory is exhausted. */
static const struct kmsg_event **sorted(struct arena *arena, const struct kmsg *log, struct place *places, bool type)
{
	const struct kmsg_event **index = arena_array(arena, log->n + 1, sizeof(*index));
	for (size_t i = 0; i < log->n; i++)
		places[i] = (struct place){key_of(&log->events[i], type), log->events[i].seq, (uint32_t)i};
	if (log->n)
		qsort(places, log->n, sizeof(*places), by_key);
	for (size_t i = 0; index && i < log->n; i++)
		index[i] = &log->events[places[i].index];
	return index;
}

/* Where the search for a key begins. */
static size_t first_at(const struct kmsg *log, uint64_t key)
{
	return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (log->parts_at_n - 1);
}

static int index_parts(struct arena *arena, struct kmsg *log)
{
	size_t keys = 0;
	for (size_t i = 0; i < log->n; i++)
		keys += !i || key_of(log->by_addr[i], false) != key_of(log->by_addr[i - 1], false);
	for (log->parts_at_n = 4; log->parts_at_n < 2 * keys;)
		log->parts_at_n *= 2;
	log->parts_n = 0;
	log->parts = arena_array(arena, keys + 1, sizeof(*log->parts));
	log->parts_at = arena_array(arena, log->parts_at_n, sizeof(*log->parts_at));
	if (!log->parts || !log->parts_at)
		return -ENOMEM;
	for (size_t i = 0; i < log->n; i++) {
		uint64_t key = key_of(log->by_addr[i], false);
		if (!log->parts_n || log->parts[log->parts_n - 1].key != key)
			log->parts[log->parts_n++] = (struct kmsg_part){.key = key, .first = (uint32_t)i};
		log->parts[log->parts_n - 1].n++;
	}
	for (size_t i = 0; i < log->parts_n; i++) {
		size_t at = first_at(log, log->parts[i].key);
		while (log->parts_at[at])
			at = (at + 1) & (log->parts_at_n - 1);
		log->parts_at[at] = (uint32_t)i + 1;
	}
	memset(log->typed, 0, sizeof(log->typed));
	for (size_t i = 0; i < log->n; i++)
		log->typed[log->by_type[i]->type + 1]++;
	for (size_t i = 0; i < KMSG_TYPES; i++)
		log->typed[i + 1] += log->typed[i];
	return 0;
}

int kmsg_index(struct arena *arena, struct kmsg *log)
{
	struct place *places = malloc((log->n + 1) * sizeof(*places));
	log->by_addr = places ? sorted(arena, log, places, false) : NULL;
	log->by_type = places ? sorted(arena, log, places, true) : NULL;
	free(places);
	return log->by_addr && log->by_type ? index_parts(arena, log) : -ENOMEM;
}

const struct kmsg_event *const *kmsg_of(const struct kmsg *log, const struct sriov_addr *addr, size_t *n)
{
	struct kmsg_event e = {.has_addr = addr != NULL};
	if (addr)
		e.addr = *addr;
	uint64_t key = key_of(&e, false);
	*n = 0;
	if (!log->parts_n)
		return NULL;
	for (size_t at = first_at(log, key); log->parts_at[at]; at = (at + 1) & (log->parts_at_n - 1)) {
		const struct kmsg_part *part = &log->parts[log->parts_at[at] - 1];
		if (part->key == key) {
			*n = part->n;
			return log->by_addr + part->first;
		}
	}
	return NULL;
}

const struct kmsg_event *const *kmsg_typed(const struct kmsg *log, enum kmsg_type type, size_t *n)
{
	*n = log->by_type ? log->typed[type + 1] - log->typed[type] : 0;
	return log->by_type ? log->by_type + log->typed[type] : NULL;
}

const struct kmsg_event *kmsg_last(const struct kmsg *log, enum kmsg_type type, const struct sriov_addr *addr)
{
	size_t n;
	const struct kmsg_event *const *events = addr ? kmsg_of(log, addr, &n) : kmsg_typed(log, type, &n);
	while (n-- > 0)
		if (events[n]->type == type)
			return events[n];
	return NULL;
}
