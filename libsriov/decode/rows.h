/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shorthand for the rows of cap-*.c; what follows the last argument are further members, `.when = is_port`. */
#ifndef SRIOV_DECODE_ROWS_H
#define SRIOV_DECODE_ROWS_H

#include "decode/field.h"

#define ROW(k, r, size, lo, w, a, n, s, ...) \
	{ .name = n, .reg = r, .reg_size = size, .lsb = lo, .width = w, .kind = k, .attr = ATTR_##a, .spec = s, ##__VA_ARGS__ }
#define FLAG(r, size, bit, a, n, s, ...)           ROW(FIELD_FLAG, r, size, bit, 1, a, n, s, ##__VA_ARGS__)
#define UINT(r, size, lo, w, a, n, s, ...)         ROW(FIELD_UINT, r, size, lo, w, a, n, s, ##__VA_ARGS__)
#define HEX(r, size, lo, w, a, n, s, ...)          ROW(FIELD_HEX, r, size, lo, w, a, n, s, ##__VA_ARGS__)
#define ENUM(r, size, lo, w, a, n, s, v, ...)      ROW(FIELD_ENUM, r, size, lo, w, a, n, s, .values = v, ##__VA_ARGS__)
#define RSVD(r, size, lo, w, n, s, ...)            ROW(FIELD_RSVD, r, size, lo, w, RSVDP, n, s, ##__VA_ARGS__)
#define ROWS(f) .fields = f, .fields_n = ARRAY_SIZE(f)

/* A register of an instance for a when(), count() or length(): 0 where it was not read. */
static inline uint32_t rows_reg(const struct bytes *cap, size_t offset, unsigned size)
{
	uint64_t v = 0;
	return bytes_bits(cap, offset, size, 0, 8 * size, &v) ? 0 : (uint32_t)v;
}

/* What a capability's registers depend on outside of it: the function's PCI Express Device/Port Type, or -1 where it has none. */
int rows_exp_type(const struct bytes *cap);
/* Lanes of the link (Maximum Link Width), at most 32; 0 where it has none. */
unsigned rows_lanes(const struct bytes *cap);
/* Is the header a bridge's (type 1)? */
bool rows_is_bridge(const struct bytes *cap);

#endif
