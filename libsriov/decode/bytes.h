/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only way to an integer in bytes that came from outside: bounds-checked and presence-checked little-endian reads.
 * A byte that was not read is neither 0 nor 0xff: reading it is -ENODATA.
 */
#ifndef SRIOV_DECODE_BYTES_H
#define SRIOV_DECODE_BYTES_H

#include <errno.h>
#include "util/macro.h"

/* Offsets count from `at`, bounds from `p`: no read leaves the space, whatever was computed about a part of it. */
struct bytes {
	const uint8_t *p;     /* the first byte of the space that this is, or is a part of */
	const uint8_t *known; /* a mask of known bits, byte by byte; NULL: all bits */
	size_t len;           /* bytes from p to the end of this */
	size_t at;            /* where this begins in the space, at most len */
	size_t stored;        /* of who holds many spaces: bytes that are there at p, all behind them are 0; 0: all are there */
};

static inline struct bytes bytes_of(const void *p, size_t len)
{
	return (struct bytes){(const uint8_t *)p, NULL, len, 0};
}

static inline size_t bytes_len(const struct bytes *view)
{
	return view->len - view->at;
}

/* A part of view, cut to what is there. */
static inline struct bytes bytes_part(const struct bytes *view, size_t offset, size_t len)
{
	struct bytes part = *view;
	size_t from = view->at + offset, to;
	part.at = from >= offset && from < view->len ? from : view->len;
	to = part.at + len;
	if (to >= len && to < part.len)
		part.len = to;
	return part;
}

/* The whole space up to the end of a part of it. */
static inline struct bytes bytes_whole(const struct bytes *part)
{
	return (struct bytes){part->p, part->known, part->len, 0, part->stored};
}

/* A part as a space of its own: its first byte is at p. Of a space that is stored as a whole. */
static inline struct bytes bytes_alone(const struct bytes *part)
{
	return (struct bytes){part->p + part->at, part->known ? part->known + part->at : NULL, bytes_len(part), 0, 0};
}

/* size <= 8 bytes, the lowest first. */
static inline uint64_t bytes_little(const uint8_t *p, unsigned size)
{
	uint64_t v = 0;
	switch (size) { /* the usual sizes, as one load each */
	case 1:
		return p[0];
	case 2:
		return (uint64_t)p[0] | (uint64_t)p[1] << 8;
	case 4:
		return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
	default:
		for (unsigned i = 0; i < size; i++)
			v |= (uint64_t)p[i] << (8 * i);
		return v;
	}
}

/* The same of bytes from `where` on that are not stored to their end. */
static inline uint64_t bytes_little_stored(const struct bytes *view, size_t where)
{
	uint64_t v = 0;
	for (unsigned i = 0; where + i < view->stored; i++)
		v |= (uint64_t)view->p[where + i] << (8 * i);
	return v;
}

/* width bits from bit lsb of the little-endian register of size bytes (1, 2, 4 or 8) at offset. 0 or -ENODATA. */
MUST_CHECK static inline int bytes_bits(const struct bytes *view, size_t offset, unsigned size, unsigned lsb, unsigned width, uint64_t *value)
{
	size_t where = view->at + offset;
	if (size > 8 || size > view->len || where < offset || where > view->len - size || width == 0 || width > size * 8 || lsb > size * 8 - width)
		return -ENODATA;
	bool behind = view->stored && where + size > view->stored;
	uint64_t v = behind ? bytes_little_stored(view, where) : bytes_little(view->p + where, size);
	uint64_t mask = width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
	if (view->known && (bytes_little(view->known + where, size) >> lsb & mask) != mask)
		return -ENODATA;
	*value = v >> lsb & mask;
	return 0;
}

MUST_CHECK static inline int bytes_u8(const struct bytes *view, size_t offset, uint8_t *value)
{
	uint64_t v;
	int err = bytes_bits(view, offset, 1, 0, 8, &v);
	if (!err)
		*value = (uint8_t)v;
	return err;
}

MUST_CHECK static inline int bytes_u16(const struct bytes *view, size_t offset, uint16_t *value)
{
	uint64_t v;
	int err = bytes_bits(view, offset, 2, 0, 16, &v);
	if (!err)
		*value = (uint16_t)v;
	return err;
}

MUST_CHECK static inline int bytes_u32(const struct bytes *view, size_t offset, uint32_t *value)
{
	uint64_t v;
	int err = bytes_bits(view, offset, 4, 0, 32, &v);
	if (!err)
		*value = (uint32_t)v;
	return err;
}

MUST_CHECK static inline int bytes_u64(const struct bytes *view, size_t offset, uint64_t *value)
{
	return bytes_bits(view, offset, 8, 0, 64, value);
}

#endif
