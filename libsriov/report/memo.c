/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "memo.h"

#define ENTRIES   1024u /* a power of two */
#define TEXT_ROOM ((size_t)6 << 20)

struct entry {
	uint64_t hash; /* of the key that came last */
	char *text;    /* behind its key; NULL: only seen */
	size_t key_n, text_n;
};

struct memo {
	struct entry entries[ENTRIES];
	size_t used; /* bytes of all texts and keys */
};

struct memo *memo_new(void)
{
	return calloc(1, sizeof(struct memo));
}

static void forget(struct memo *memo, struct entry *entry)
{
	if (entry->text)
		memo->used -= entry->key_n + entry->text_n;
	free(entry->text);
	entry->text = NULL;
}

void memo_free(struct memo *memo)
{
	for (size_t i = 0; memo && i < ENTRIES; i++)
		free(memo->entries[i].text);
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

enum memo_answer memo_ask(struct memo *memo, const uint64_t *key, size_t n, struct slice *text)
{
	uint64_t hash = hash_of(key, n);
	struct entry *entry = &memo->entries[hash >> 32 & (ENTRIES - 1)];
	if (entry->hash != hash) {
		forget(memo, entry);
		entry->hash = hash;
		return MEMO_NEW;
	}
	if (!entry->text)
		return MEMO_AGAIN;
	if (entry->key_n != n || memcmp(entry->text, key, n) != 0)
		return MEMO_NEW; /* another key with the same hash */
	*text = (struct slice){entry->text + n, entry->text_n};
	return MEMO_HAVE;
}

void memo_keep(struct memo *memo, const uint64_t *key, size_t n, struct slice text)
{
	uint64_t hash = hash_of(key, n);
	struct entry *entry = &memo->entries[hash >> 32 & (ENTRIES - 1)];
	if (entry->hash != hash || text.n > TEXT_ROOM / 16)
		return;
	forget(memo, entry);
	for (size_t i = 0; i < ENTRIES && memo->used > TEXT_ROOM - n - text.n; i++)
		forget(memo, &memo->entries[i]);
	entry->text = malloc(n + text.n);
	if (!entry->text)
		return;
	memcpy(entry->text, key, n);
	memcpy(entry->text + n, text.p, text.n);
	entry->key_n = n;
	entry->text_n = text.n;
	memo->used += n + text.n;
}
