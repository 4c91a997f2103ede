/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text as `lspci -xxxx` prints it: N functions that are PFs, every one with 4,096 bytes. */
#include <stdio.h>
#include <string.h>

#include "generate.h"

enum { ROW = 16, USED = 0x220 };

static char *hex_row(char *to, unsigned offset, const uint8_t *bytes)
{
	static const char digits[] = "0123456789abcdef";
	if (offset >= 0x100)
		*to++ = digits[offset >> 8];
	*to++ = digits[offset >> 4 & 15];
	*to++ = digits[offset & 15];
	*to++ = ':';
	for (unsigned i = 0; i < ROW; i++) {
		*to++ = ' ';
		*to++ = digits[bytes[i] >> 4];
		*to++ = digits[bytes[i] & 15];
	}
	*to++ = '\n';
	return to;
}

int dump_write(unsigned long functions)
{
	static uint8_t space[SPACE];
	static char text[20000], tail[16000];
	static const unsigned totals[] = {8, 16, 32, 63, 64, 128};
	char *end = tail;
	for (unsigned at = USED; at < SPACE; at += ROW)
		end = hex_row(end, at, space + at);
	*end++ = '\n';
	for (unsigned long n = 0; n < functions; n++) {
		struct function f = {
			.kind = KIND_PF, .domain = (unsigned)(n >> 16), .bus = n >> 8 & 0xff, .devfn = n & 0xff, .number = (unsigned)n,
			.vfs = totals[n % 6], .vf_offset = 0x80 + (unsigned)(n % 16) * 8, .memory = 0x6000000000 + n * 0x400000,
		};
		space_fill(&f, space);
		char *to = text + sprintf(text, "%04x:%02x:%02x.%x Ethernet controller: Intel Corporation Ethernet Controller E810-XXV for SFP (rev 02)\n",
					  f.domain, f.bus, f.devfn >> 3, f.devfn & 7);
		for (unsigned at = 0; at < USED; at += ROW)
			to = hex_row(to, at, space + at);
		if (fwrite(text, (size_t)(to - text), 1, stdout) != 1 || fwrite(tail, (size_t)(end - tail), 1, stdout) != 1)
			return -1;
	}
	return fflush(stdout);
}
