/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "slice.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool slice_is(struct slice s, const char *text)
{
	return s.n == strlen(text) && (s.n == 0 || !memcmp(s.p, text, s.n));
}

bool slice_same(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || !memcmp(a.p, b.p, a.n));
}

bool slice_starts(struct slice s, const char *text)
{
	size_t n = strlen(text);
	return s.n >= n && (n == 0 || !memcmp(s.p, text, n));
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

struct slice slice_from(struct slice s, size_t offset)
{
	if (offset > s.n)
		offset = s.n;
	return (struct slice){s.n ? s.p + offset : s.p, s.n - offset};
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

bool slice_eat(struct slice *s, const char *text)
{
	if (!slice_starts(*s, text))
		return false;
	*s = slice_from(*s, strlen(text));
	return true;
}

void slice_eat_space(struct slice *s)
{
	while (s->n && is_space(s->p[0]))
		*s = slice_from(*s, 1);
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

bool slice_eat_u64(struct slice *s, int base, uint64_t *value)
{
	struct slice rest = {s->p, s->n};
	if (base == 16 && rest.n > 2 && rest.p[0] == '0' && (rest.p[1] == 'x' || rest.p[1] == 'X') && digit(rest.p[2]) < 16)
		rest = slice_from(rest, 2);
	uint64_t v = 0;
	size_t n = 0;
	for (; n < rest.n && digit(rest.p[n]) < base; n++)
		if (__builtin_mul_overflow(v, (uint64_t)base, &v) || __builtin_add_overflow(v, (uint64_t)digit(rest.p[n]), &v))
			return false;
	if (!n)
		return false;
	*value = v;
	*s = slice_from(rest, n);
	return true;
}

bool slice_eat_hex(struct slice *s, size_t n, uint64_t *value)
{
	if (s->n < n || n == 0 || n > 16)
		return false;
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++) {
		int d = digit(s->p[i]);
		if (d > 15)
			return false;
		v = v << 4 | (uint64_t)d;
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
