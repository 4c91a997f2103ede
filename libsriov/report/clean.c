/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "clean.h"

/* Length of the well-formed and harmless character of more than one byte at p, or 0. */
static size_t character(const uint8_t *p, size_t n)
{
	if (n >= 2 && p[0] >= 0xc2 && p[0] <= 0xdf && (p[1] & 0xc0) == 0x80)
		return (p[0] == 0xc2 && p[1] < 0xa0) || (p[0] == 0xd8 && p[1] == 0x9c) ? 0 : 2; /* C1; U+061C turns direction */
	if (n >= 3 && (p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		uint32_t c = (uint32_t)(p[0] & 0xf) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
		bool turns = c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
		return c < 0x800 || (c >= 0xd800 && c <= 0xdfff) || c >= 0xfffe || turns ? 0 : 3;
	}
	if (n >= 4 && (p[0] & 0xf8) == 0xf0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 && (p[3] & 0xc0) == 0x80) {
		uint32_t c = (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12;
		return c < 0x10000 || c > 0x10ffff ? 0 : 4;
	}
	return 0;
}

/* What stands for an ASCII character that is special in the format, or NULL. */
static const char *escape(enum clean_for as, uint8_t c)
{
	switch (as) {
	case CLEAN_XML:
		return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
	case CLEAN_JSON:
	case CLEAN_LABEL:
		return c == '\\' ? "\\\\" : c == '"' ? "\\\"" : NULL;
	default:
		return NULL;
	}
}

/* Bytes that go out as they are, in every format. */
static const bool plain[256] = {
	[' ' ... '!'] = true, ['#' ... '%'] = true, ['\'' ... ';'] = true, ['='] = true, ['?' ... '['] = true, [']' ... '~'] = true,
};

void clean_put(struct sink *out, enum clean_for as, struct slice text)
{
	const uint8_t *p = (const uint8_t *)text.p;
	size_t n = text.n;
	while (n) {
		size_t run = 0;
		while (run < n && plain[p[run]])
			run++;
		if (run) {
			sink_put(out, p, run);
			p += run;
			n -= run;
			continue;
		}
		const char *instead = escape(as, *p);
		size_t whole = *p >= 0x80 && as != CLEAN_ASCII ? character(p, n) : 0;
		if (instead) {
			sink_puts(out, instead);
		} else if (whole) {
			sink_put(out, p, whole);
			p += whole - 1;
			n -= whole - 1;
		} else if (*p >= 0x20 && *p < 0x7f) {
			sink_putc(out, (char)*p);
		} else {
			sink_puts(out, as == CLEAN_JSON || as == CLEAN_LABEL ? "\\\\x" : "\\x");
			sink_hex(out, *p, 2);
		}
		p++;
		n--;
	}
}
