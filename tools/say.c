/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "say.h"

/* Marks that turn a line's direction around, or end it; as in the reports (libsriov/report/clean.c). */
static bool turns(unsigned long c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfffe || c == 0xffff;
}

/* Bytes of the UTF-8 character at p that a terminal prints; 0: it is none, or a control. */
static size_t printable(const unsigned char *p)
{
	static const struct {
		unsigned char first, last; /* of a sequence */
		size_t n;
		unsigned long least;
	} kinds[] = {{0xc2, 0xdf, 2, 0xa0}, {0xe0, 0xef, 3, 0x800}, {0xf0, 0xf4, 4, 0x10000}};
	if (*p < 0x80)
		return *p >= 0x20 && *p != 0x7f;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (*p < kinds[k].first || *p > kinds[k].last)
			continue;
		unsigned long c = *p & (0x7fUL >> kinds[k].n);
		for (size_t i = 1; i < kinds[k].n; i++) {
			if ((p[i] & 0xc0) != 0x80) /* the NUL at the end is none either */
				return 0;
			c = c << 6 | (p[i] & 0x3f);
		}
		return c >= kinds[k].least && !turns(c) && (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff ? kinds[k].n : 0;
	}
	return 0;
}

/* What a terminal shows of text, and a line feed; to be freed. */
static char *shown(const char *text, size_t *len)
{
	char *line = malloc(4 * strlen(text) + 2), *to = line;
	if (!line)
		return NULL;
	for (const unsigned char *p = (const unsigned char *)text; *p;) {
		size_t n = printable(p);
		if (n)
			to = mempcpy(to, p, n);
		else
			to += sprintf(to, "\\x%02x", *p);
		p += n ? n : 1;
	}
	*to++ = '\n';
	*len = (size_t)(to - line);
	return line;
}

void say_line(const char *format, ...)
{
	static const char lacking[] = "out of memory for what there is to say\n";
	va_list args;
	char *text, *line;
	size_t n = 0;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	line = text ? shown(text, &n) : NULL;
	progress_hide();
	fwrite(line ? line : lacking, 1, line ? n : sizeof(lacking) - 1, stderr); /* at once: a child may have something to say too */
	progress_show();
	free(line);
	free(text);
}
