/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strbuf.h"

char *strbuf_room(struct strbuf *sb, size_t n)
{
	if (sb->err)
		return NULL;
	if (sb->room - sb->len <= n) {
		size_t want = sb->room ? sb->room : 256;
		while (want - sb->len <= n) {
			if (want > SIZE_MAX / 2) {
				sb->err = -ENOMEM;
				return NULL;
			}
			want *= 2;
		}
		char *more = realloc(sb->text, want);
		if (!more) {
			sb->err = -ENOMEM;
			return NULL;
		}
		sb->text = more;
		sb->room = want;
	}
	return sb->text + sb->len;
}

void strbuf_put(struct strbuf *sb, const void *bytes, size_t n)
{
	char *to = strbuf_room(sb, n);
	if (!to)
		return;
	if (n)
		memcpy(to, bytes, n);
	to[n] = '\0';
	sb->len += n;
}

void strbuf_puts(struct strbuf *sb, const char *text)
{
	strbuf_put(sb, text, strlen(text));
}

void strbuf_putc(struct strbuf *sb, char c)
{
	strbuf_put(sb, &c, 1);
}

void strbuf_printf(struct strbuf *sb, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *to = n < 0 ? NULL : strbuf_room(sb, (size_t)n);
	if (to) {
		vsnprintf(to, (size_t)n + 1, format, again);
		sb->len += (size_t)n;
	}
	va_end(again);
}

void strbuf_free(struct strbuf *sb)
{
	free(sb->text);
	*sb = (struct strbuf){0};
}
