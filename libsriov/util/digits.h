/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as text, two digits at a time: a dump's XML is full of them. */
#ifndef SRIOV_UTIL_DIGITS_H
#define SRIOV_UTIL_DIGITS_H

#include "util/macro.h"

/* The two digits of each byte, and of each number below 100, one pair after the other. */
extern const char hex_pairs[], decimal_pairs[];

/* Numbers into buf (room for 20 bytes); they return the length. No NUL. */
size_t put_u64_long(char *buf, uint64_t v);
static inline size_t put_u64(char *buf, uint64_t v)
{
	if (v >= 100)
		return put_u64_long(buf, v);
	bool one = v < 10; /* most numbers are small */
	buf[0] = decimal_pairs[2 * v + one];
	buf[1] = decimal_pairs[2 * v + 1];
	return 2u - one;
}

/* At least so many digits, without 0x. */
size_t put_hex(char *buf, uint64_t v, unsigned digits);

#endif
