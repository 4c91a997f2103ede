/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "memo.h"

#define ENTRIES   1024u /* a power of two */
#define WAYS      4u    /* entries in which a hash may be */
#define TEXT_ROOM ((size_t)6 << 20)

struct entry {
	uint64_t hash; /* of the key that came last */
	char *kept;    /* the key, the holes, the text; NULL: only seen */
	size_t key_n, holes_n, text_n;
};

struct memo {
	struct entry entries[ENTRIES];
	size_t used; /* bytes of all that is kept */
	unsigned turn; /* which of several that are kept goes next */
	void (*forgetting)(void *data);
	void *data;
};

struct memo *memo_new(void (*forgetting)(void *data), void *data)
{
	struct memo *memo = calloc(1, sizeof(*memo));
	if (memo) {
		memo->forgetting = forgetting;
		memo->data = data;
	}
	return memo;
}

static size_t holes_size(size_t n)
{
	return n * sizeof(struct memo_hole);
}

static void forget(struct memo *memo, struct entry *entry)
{
	if (!entry->kept)
		return;
	if (memo->forgetting)
		memo->forgetting(memo->data);
	memo->used -= entry->key_n + holes_size(entry->holes_n) + entry->text_n;
	free(entry->kept);
	entry->kept = NULL;
}

void memo_free(struct memo *memo)
{
	for (size_t i = 0; memo && i < ENTRIES; i++)
		free(memo->entries[i].kept);
	free(memo);
}

static uint64_t hash_of(const uint64_t *key, size_t n)
{
	uint64_t h = n;
	for (size_t i = 0; i < n / 8; i++) {
		h = (h ^ key[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return h;
}

/* Which entry has a hash; ENTRIES: none. */
static size_t find(const struct memo *memo, uint64_t hash)
{
	size_t set = hash >> 32 & (ENTRIES - WAYS);
	for (size_t i = set; i < set + WAYS; i++)
		if (memo->entries[i].hash == hash)
			return i;
	return ENTRIES;
}

/* The entry for a hash that has none: one that was only seen, or else each in its turn. */
static size_t take(struct memo *memo, uint64_t hash)
{
	size_t set = hash >> 32 & (ENTRIES - WAYS);
	unsigned turn = memo->turn++ % WAYS;
	for (unsigned i = 0; i < WAYS; i++)
		if (!memo->entries[set + (turn + i) % WAYS].kept)
			return set + (turn + i) % WAYS;
	return set + turn;
}

enum memo_answer memo_ask(struct memo *memo, const uint64_t *key, size_t n, struct memo_text *text)
{
	uint64_t hash = hash_of(key, n);
	size_t at = find(memo, hash);
	if (at == ENTRIES) {
		at = take(memo, hash);
		forget(memo, &memo->entries[at]);
		memo->entries[at].hash = hash;
		return MEMO_NEW;
	}
	const struct entry *entry = &memo->entries[at];
	if (!entry->kept)
		return MEMO_AGAIN;
	if (entry->key_n != n || memcmp(entry->kept, key, n) != 0)
		return MEMO_NEW; /* another key with the same hash */
	*text = (struct memo_text){
		.text = {entry->kept + n + holes_size(entry->holes_n), entry->text_n},
		.holes = (const struct memo_hole *)(const void *)(entry->kept + n),
		.holes_n = entry->holes_n,
	};
	return MEMO_HAVE;
}

void memo_keep(struct memo *memo, const uint64_t *key, size_t n, const struct memo_text *text)
{
	uint64_t hash = hash_of(key, n);
	size_t at = find(memo, hash);
	size_t holes = holes_size(text->holes_n), whole = n + holes + text->text.n;
	if (at == ENTRIES || text->text.n > TEXT_ROOM / 16)
		return;
	struct entry *entry = &memo->entries[at];
	forget(memo, entry);
	for (size_t i = 0; i < ENTRIES && memo->used > TEXT_ROOM - whole; i++)
		forget(memo, &memo->entries[i]);
	entry->kept = malloc(whole);
	if (!entry->kept)
		return;
	memcpy(entry->kept, key, n);
	if (holes)
		memcpy(entry->kept + n, text->holes, holes);
	memcpy(entry->kept + n + holes, text->text.p, text->text.n);
	entry->key_n = n;
	entry->holes_n = text->holes_n;
	entry->text_n = text->text.n;
	memo->used += whole;
}
