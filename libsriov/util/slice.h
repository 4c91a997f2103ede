/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A slice: text from strangers with its length, never assumed to end in a NUL. All parsers of text work on slices;
 * every function is safe on any bytes. "eat" functions move the slice forward only if they return true.
 */
#ifndef SRIOV_UTIL_SLICE_H
#define SRIOV_UTIL_SLICE_H

#include <string.h>
#include "macro.h"

struct slice {
	const char *p;
	size_t n;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

static inline struct slice slice_of(const char *text)
{
	return (struct slice){text, text ? strlen(text) : 0};
}

static inline struct slice slice_bytes(const void *bytes, size_t n)
{
	return (struct slice){(const char *)bytes, n};
}

/*
 * The short ones are inline: with a literal the length is a constant and the comparison no call, and parsers do little else.
 * That bytes have an address is said for analysers, which look at a function alone.
 */
static inline bool slice_is(struct slice s, const char *text)
{
	return s.n == strlen(text) && (s.n == 0 || (s.p && !memcmp(s.p, text, s.n)));
}

static inline bool slice_same(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || (a.p && b.p && !memcmp(a.p, b.p, a.n)));
}

static inline bool slice_starts(struct slice s, const char *text)
{
	size_t n = strlen(text);
	return s.n >= n && (n == 0 || !memcmp(s.p, text, n));
}

bool slice_ends(struct slice s, const char *text);
/* Offset of the first occurrence of text in s, or SIZE_MAX. */
size_t slice_find(struct slice s, const char *text);
static inline bool slice_has(struct slice s, const char *text) { return slice_find(s, text) != SIZE_MAX; }

static inline struct slice slice_from(struct slice s, size_t offset)
{
	if (offset > s.n)
		offset = s.n;
	return (struct slice){s.n ? s.p + offset : s.p, s.n - offset};
}

struct slice slice_trim(struct slice s);

/* The next line without its end (LF or CRLF); false at the end of the text. A last line without an end counts. */
bool slice_line(struct slice *text, struct slice *line);
/* The next token up to any of the separators (spaces are skipped before it); false where none is left. */
bool slice_token(struct slice *s, const char *separators, struct slice *token);
/* Everything up to the text, which is eaten too: slice_until(&s, "]", &inside). */
bool slice_until(struct slice *s, const char *text, struct slice *before);

static inline bool slice_eat(struct slice *s, const char *text)
{
	if (!slice_starts(*s, text))
		return false;
	*s = slice_from(*s, strlen(text));
	return true;
}

void slice_eat_space(struct slice *s);
/* Digits of base 10 or 16 (with or without 0x), at least one, no overflow of 64 bits. */
bool slice_eat_u64(struct slice *s, int base, uint64_t *value);
/* Exactly n hexadecimal digits (n <= 16). */
bool slice_eat_hex(struct slice *s, size_t n, uint64_t *value);
/* The whole slice, trimmed, as a number: 0x… hexadecimal, else decimal. */
bool slice_u64(struct slice s, uint64_t *value);

#endif
