/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text that grows. An error sticks: check sb->err (0 or -ENOMEM) once at the end. */
#ifndef SRIOV_UTIL_STRBUF_H
#define SRIOV_UTIL_STRBUF_H

#include "macro.h"

struct strbuf {
	char *text; /* NUL-terminated once anything was put; NULL before */
	size_t len, room;
	int err;
};

void strbuf_put(struct strbuf *sb, const void *bytes, size_t n);
void strbuf_puts(struct strbuf *sb, const char *text);
void strbuf_putc(struct strbuf *sb, char c);
void strbuf_printf(struct strbuf *sb, const char *format, ...) PRINTF(2, 3);
/* Make room for n more bytes and return where they go (the caller adds to len); NULL on error. */
char *strbuf_room(struct strbuf *sb, size_t n);
void strbuf_free(struct strbuf *sb);

#endif
