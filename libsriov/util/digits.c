/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "digits.h"

#define TEN(h)     h "0" h "1" h "2" h "3" h "4" h "5" h "6" h "7" h "8" h "9"
#define SIXTEEN(h) TEN(h) h "a" h "b" h "c" h "d" h "e" h "f"
const char decimal_pairs[] = TEN("0") TEN("1") TEN("2") TEN("3") TEN("4") TEN("5") TEN("6") TEN("7") TEN("8") TEN("9");
const char hex_pairs[] =
	SIXTEEN("0") SIXTEEN("1") SIXTEEN("2") SIXTEEN("3") SIXTEEN("4") SIXTEEN("5") SIXTEEN("6") SIXTEEN("7")
	SIXTEEN("8") SIXTEEN("9") SIXTEEN("a") SIXTEEN("b") SIXTEEN("c") SIXTEEN("d") SIXTEEN("e") SIXTEEN("f");

size_t put_u64_long(char *buf, uint64_t v)
{
	char digits[20], *end = digits + sizeof(digits), *to = end;
	for (; v >= 10; v /= 100)
		memcpy(to -= 2, &decimal_pairs[v % 100 * 2], 2);
	if (v)
		*--to = (char)('0' + v);
	memcpy(buf, to, (size_t)(end - to));
	return (size_t)(end - to);
}

size_t put_hex(char *buf, uint64_t v, unsigned digits)
{
	unsigned n = v ? (67u - (unsigned)__builtin_clzll(v)) / 4 : 1, i;
	if (n < digits)
		n = digits;
	for (i = n; i >= 2; v >>= 8)
		memcpy(buf + (i -= 2), &hex_pairs[2 * (v & 0xff)], 2);
	if (i)
		buf[0] = hex_pairs[2 * (v & 0xf) + 1];
	return n;
}
