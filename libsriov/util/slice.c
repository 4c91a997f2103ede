/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <endian.h>

#include "slice.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool slice_ends(struct slice s, const char *text)
{
	size_t n = strlen(text);
	return s.n >= n && (n == 0 || !memcmp(s.p + s.n - n, text, n));
}

size_t slice_find(struct slice s, const char *text)
{
	size_t n = strlen(text);
	if (n == 0)
		return 0;
	if (s.n < n)
		return SIZE_MAX;
	const char *hit = memmem(s.p, s.n, text, n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

struct slice slice_trim(struct slice s)
{
	while (s.n && is_space(s.p[0]))
		s = slice_from(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool slice_line(struct slice *text, struct slice *line)
{
	if (!text->n)
		return false;
	const char *end = memchr(text->p, '\n', text->n);
	size_t n = end ? (size_t)(end - text->p) : text->n;
	*line = (struct slice){text->p, n};
	*text = slice_from(*text, end ? n + 1 : n);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool slice_token(struct slice *s, const char *separators, struct slice *token)
{
	struct slice rest = *s;
	slice_eat_space(&rest);
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '\0' && !strchr(separators, rest.p[n]))
		n++;
	if (!rest.n)
		return false;
	*token = (struct slice){rest.p, n};
	*s = slice_from(rest, n < rest.n ? n + 1 : n);
	return true;
}

bool slice_until(struct slice *s, const char *text, struct slice *before)
{
	size_t at = slice_find(*s, text);
	if (at == SIZE_MAX)
		return false;
	*before = (struct slice){s->p, at};
	*s = slice_from(*s, at + strlen(text));
	return true;
}

void slice_eat_space(struct slice *s)
{
	while (s->n && is_space(s->p[0]))
		*s = slice_from(*s, 1);
}

/* A digit's value; 0xff: none. */
static uint8_t digit(char c)
{
#define D(first, value) [first] = value, value + 1, value + 2, value + 3, value + 4, value + 5
	static const uint8_t values[256] = {
		D('0', 1), 7, 8, 9, 10, D('A', 11), D('a', 11),
	};
#undef D
	return (uint8_t)(values[(unsigned char)c] - 1);
}

/* Eight hexadecimal digits at once, each byte of a word on its own; false: one of them is none. */
static bool eight_digits(const char *p, uint64_t *value)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t word;
	memcpy(&word, p, sizeof(word));
	word = be64toh(word); /* the first digit on top */
	uint64_t letter = word >> 6 & each, kind = (word | letter << 5) & 0xf0 * each;
	uint64_t nibbles = (word & 0x0f * each) + 9 * letter;
	/* '0'-'9' are 0x30 to 0x39; letters, made small, 0x61 to 0x66: their sums are 10 to 15, as those of digits are 0 to 9 */
	if (kind != 0x30 * (each + letter) || nibbles & 0x10 * each || ((nibbles + 6 * each) >> 4 & each) != letter)
		return false;
	nibbles = (nibbles | nibbles >> 4) & UINT64_C(0x00ff00ff00ff00ff);
	nibbles = (nibbles | nibbles >> 8) & UINT64_C(0x0000ffff0000ffff);
	*value = (nibbles | nibbles >> 16) & 0xffffffff;
	return true;
}

bool slice_eat_u64(struct slice *s, int base, uint64_t *value)
{
	if (!s->n)
		return false;
	const char *p = s->p, *end = s->p + s->n;
	if (base == 16 && s->n > 2 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X') && digit(p[2]) < 16)
		p += 2;
	const char *first = p;
	uint64_t v = 0, more;
	for (; base == 16 && end - p >= 8 && !(v >> 32) && eight_digits(p, &more); p += 8)
		v = v << 32 | more;
	for (uint8_t d; base == 16 && p < end && (d = digit(*p)) < 16; p++) { /* most numbers, and a shift is all that they need */
		if (v >> 60)
			return false;
		v = v << 4 | d;
	}
	for (uint8_t d; base != 16 && p < end && (d = digit(*p)) < base; p++)
		if (__builtin_mul_overflow(v, (uint64_t)base, &v) || __builtin_add_overflow(v, d, &v))
			return false;
	if (p == first)
		return false;
	*value = v;
	*s = (struct slice){p, (size_t)(end - p)};
	return true;
}

bool slice_eat_hex(struct slice *s, size_t n, uint64_t *value)
{
	if (s->n < n || n == 0 || n > 16)
		return false;
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t d = digit(s->p[i]);
		if (d > 15)
			return false;
		v = v << 4 | d;
	}
	*value = v;
	*s = slice_from(*s, n);
	return true;
}

bool slice_u64(struct slice s, uint64_t *value)
{
	s = slice_trim(s);
	int base = slice_starts(s, "0x") || slice_starts(s, "0X") ? 16 : 10;
	return slice_eat_u64(&s, base, value) && !s.n;
}
