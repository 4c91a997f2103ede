/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds which rows of the table may fit a line. Most lines say nothing, so the way over them is short: of every second place four
 * bytes are hashed, and one bit tells whether any key has such four. Each key gave two words, one byte apart: wherever it stands, one
 * of the two lies on a second place. Only hits are matched against patterns.
 */
#include <errno.h>

#include "decode/kmsg-scan.h"

#define GRAM    3u /* bytes of a word by which rows are listed: as many as each word of the shortest key has */
#define WORD    4u

struct kmsg_gram {
	uint32_t begin; /* of the row's key: its first four bytes */
	uint16_t row, next;
	uint8_t offset; /* in the key */
};

static inline uint32_t word_at(const char *p)
{
	uint32_t word;
	memcpy(&word, p, sizeof(word));
	return word;
}

static inline uint32_t gram_at(const char *p)
{
	uint32_t gram = 0;
	memcpy(&gram, p, GRAM);
	return gram;
}

static inline uint32_t hash_of(uint32_t word)
{
	return word * 0x9e3779b1u >> (32 - KMSG_HASH_BITS);
}

static inline bool may_be(const struct kmsg_scan *scan, uint32_t word)
{
	uint32_t hash = hash_of(word);
	return scan->may[hash / 64] >> hash % 64 & 1;
}

/* How often grams stand in the table's messages: what is rare there is rare in logs. */
static void count_grams(uint8_t *often)
{
	for (size_t r = 0; r < kmsg_rows_n; r++) {
		struct slice pattern = slice_of(kmsg_rows[r].pattern);
		for (size_t i = 0; i + GRAM <= pattern.n; i++) {
			uint8_t *n = &often[hash_of(gram_at(pattern.p + i))];
			*n = (uint8_t)(*n + (*n < UINT8_MAX));
		}
	}
}

/* Where in a key the two words begin that are the rarest. */
static size_t rarest(struct slice key, const uint8_t *often)
{
	size_t best = 0;
	unsigned least = UINT32_MAX;
	for (size_t i = 0; i + WORD + 1 <= key.n; i++) {
		unsigned n = often[hash_of(gram_at(key.p + i))] + (unsigned)often[hash_of(gram_at(key.p + i + 1))];
		if (n < least) {
			least = n;
			best = i;
		}
	}
	return best;
}

/* The word at an offset of a key; where the key is too short for it, any byte may follow. */
static void add_word(struct kmsg_scan *scan, struct slice key, size_t offset)
{
	char word[WORD];
	bool whole = offset + WORD <= key.n;
	memcpy(word, key.p + offset, whole ? WORD : WORD - 1);
	for (unsigned last = 0; last < (whole ? 1 : 256); last++) {
		if (!whole)
			word[WORD - 1] = (char)last;
		uint32_t hash = hash_of(word_at(word));
		scan->may[hash / 64] |= UINT64_C(1) << hash % 64;
	}
}

int kmsg_scan_init(struct kmsg_scan *scan, struct arena *arena)
{
	*scan = (struct kmsg_scan){0};
	scan->keys = arena_array(arena, kmsg_rows_n, sizeof(*scan->keys));
	scan->begins = arena_array(arena, kmsg_rows_n, sizeof(*scan->begins));
	scan->grams = arena_array(arena, 2 * kmsg_rows_n, sizeof(*scan->grams));
	uint8_t *often = arena_alloc(arena, (size_t)1 << KMSG_HASH_BITS);
	if (!scan->keys || !scan->begins || !scan->grams || !often)
		return -ENOMEM;
	for (size_t r = 0; r < kmsg_rows_n; r++) /* of WORD bytes or more: a test looks at the table */
		scan->keys[r] = kmsg_row_key(&kmsg_rows[r], &scan->begins[r]);
	count_grams(often);
	for (size_t r = 0, n = 0; r < kmsg_rows_n; r++) {
		size_t offset = rarest(scan->keys[r], often);
		for (size_t i = offset; i < offset + 2; i++) {
			uint16_t *head = &scan->head[hash_of(gram_at(scan->keys[r].p + i)) % KMSG_GRAM_HEADS];
			add_word(scan, scan->keys[r], i);
			scan->grams[n++] = (struct kmsg_gram){.begin = word_at(scan->keys[r].p), .row = (uint16_t)r, .next = *head, .offset = (uint8_t)i};
			*head = (uint16_t)n;
		}
	}
	return 0;
}

/* In the order of the table, then of the line. */
static inline uint64_t order_of(struct kmsg_hit hit)
{
	return (uint64_t)hit.row << 32 | hit.at;
}

static size_t add_hit(struct kmsg_hit *hits, size_t n, struct kmsg_hit hit)
{
	if (n == KMSG_HITS_MAX)
		return n;
	size_t i = n;
	for (; i > 0 && order_of(hits[i - 1]) > order_of(hit); i--)
		hits[i] = hits[i - 1];
	hits[i] = hit;
	return n + 1;
}

/* Rows whose keys have the gram that stands at a place of the line, if the whole key stands there. */
static size_t add_rows(const struct kmsg_scan *scan, struct slice line, size_t from, size_t at, struct kmsg_hit *hits, size_t n)
{
	for (unsigned g = scan->head[hash_of(gram_at(line.p + at)) % KMSG_GRAM_HEADS]; g; g = scan->grams[g - 1].next) {
		const struct kmsg_gram *gram = &scan->grams[g - 1];
		size_t start = at - gram->offset;
		if (at - from < gram->offset || line.n - start < WORD || word_at(line.p + start) != gram->begin)
			continue;
		const struct slice *key = &scan->keys[gram->row];
		if (line.n - start < key->n || memcmp(line.p + start, key->p, key->n) != 0)
			continue;
		n = add_hit(hits, n, (struct kmsg_hit){gram->row, (uint32_t)start});
	}
	return n;
}

size_t kmsg_scan_line(const struct kmsg_scan *scan, struct slice line, size_t from, struct kmsg_hit *hits)
{
	size_t n = 0, at = from;
	for (; at + WORD <= line.n; at += 2)
		if (__builtin_expect(may_be(scan, word_at(line.p + at)), 0))
			n = add_rows(scan, line, from, at, hits, n);
	if (at + GRAM == line.n)
		n = add_rows(scan, line, from, at, hits, n);
	return n;
}
