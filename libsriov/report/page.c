/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdarg.h>
#include <stdio.h>

#include "page.h"

int page_on(struct page *p, struct sink *out)
{
	const struct style *s = &out->style;
	unsigned width = s->width && s->width < 40 ? 40 : s->width; /* narrower than this nothing aligns any more */
	*p = (struct page){.out = out, .as = s->utf8 ? CLEAN_TEXT : CLEAN_ASCII, .width = width, .color = s->color, .utf8 = s->utf8};
	return sink_to_memory(&p->clean);
}

void page_end(struct page *p)
{
	int err = sink_close(&p->clean);
	p->out->err = p->out->err ? p->out->err : err;
}

void page_ink(struct page *p, enum ink ink)
{
	static const char *const codes[] = {
		[INK_NONE] = "\033[0m", [INK_BOLD] = "\033[1m", [INK_DIM] = "\033[2m", [INK_GOOD] = "\033[32m",
		[INK_BAD] = "\033[1;31m", [INK_WARN] = "\033[33m",
	};
	if (p->color)
		sink_puts(p->out, codes[ink]);
}

void page_line(struct page *p, unsigned indent)
{
	sink_putc(p->out, '\n');
	sink_fill(p->out, ' ', indent);
	p->col = p->indent = indent;
	p->spaces = 0;
}

void page_tab(struct page *p, unsigned col)
{
	unsigned n = col > p->col ? col - p->col : 1;
	sink_fill(p->out, ' ', n);
	p->col += n;
	p->indent = col;
	p->spaces = 0;
}

static size_t columns(const char *text, size_t n)
{
	size_t cols = 0;
	for (size_t i = 0; i < n; i++)
		cols += ((unsigned char)text[i] & 0xc0) != 0x80;
	return cols;
}

/* A word, with the spaces that are due before it or on a new line; without a space before it, it stays where it is. */
static void word(struct page *p, const char *text, size_t n, bool unit)
{
	size_t cols = columns(text, n);
	if (p->width && (p->spaces || unit) && p->col > p->indent && p->col + p->spaces + cols > p->width)
		page_line(p, p->indent);
	sink_fill(p->out, ' ', p->spaces);
	sink_put(p->out, text, n);
	p->col += p->spaces + (unsigned)cols;
	p->spaces = 0;
}

/* Words of a text that is clean already. */
static void flow(struct page *p, const char *text, size_t n)
{
	while (n) {
		const char *space = memchr(text, ' ', n);
		size_t len = space ? (size_t)(space - text) : n;
		if (len)
			word(p, text, len, false);
		if (!space)
			return;
		p->spaces++;
		text += len + 1;
		n -= len + 1;
	}
}

void page_text(struct page *p, struct slice text)
{
	p->clean.len = 0;
	clean_put(&p->clean, p->as, text);
	flow(p, p->clean.buf, p->clean.len);
}

void page_puts(struct page *p, const char *text)
{
	if (text)
		page_text(p, slice_of(text));
}

void page_unit(struct page *p, const char *text)
{
	p->clean.len = 0;
	clean_puts(&p->clean, p->as, text);
	word(p, p->clean.buf, p->clean.len, true);
}

void page_printf(struct page *p, const char *format, ...)
{
	char buf[512];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(buf, sizeof(buf), format, args);
	va_end(args);
	if (n > 0)
		page_text(p, (struct slice){buf, (size_t)n < sizeof(buf) ? (size_t)n : sizeof(buf) - 1});
}

const char *size_text(uint64_t bytes, char *buf)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
	size_t unit = 0;
	while (bytes && bytes % 1024 == 0 && unit + 1 < ARRAY_SIZE(units)) {
		bytes /= 1024;
		unit++;
	}
	size_t n = put_u64(buf, bytes);
	buf[n++] = ' ';
	strcpy(buf + n, units[unit]);
	return buf;
}

const char *vfs_text(uint64_t vfs, char *buf)
{
	strcpy(buf + put_u64(buf, vfs), vfs == 1 ? " VF" : " VFs");
	return buf;
}
