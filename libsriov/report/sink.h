/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where output goes: a buffer in front of a file descriptor, or memory. An error sticks and later output is dropped, so that a
 * writer asks once, at the end. Room for SINK_ROOM bytes is always there: what is short is written in place.
 */
#ifndef SRIOV_REPORT_SINK_H
#define SRIOV_REPORT_SINK_H

#include <string.h>
#include <sys/uio.h>
#include "sriov.h"
#include "util/macro.h"
#include "util/addr.h"
#include "util/digits.h"
#include "util/slice.h"

#define SINK_ROOM  4096
#define SINK_PARTS 32

struct names;

/* What the reader's terminal can, for the text format; all zero where there is no terminal. */
struct style {
	struct names *names; /* of vendors and devices, for text and HTML; NULL: numbers only */
	bool color, utf8, quiet;
	unsigned width; /* columns; 0 = lines are not folded */
	unsigned heading; /* HTML: the level of a part's title; of what stands in the part, one more */
};

struct sink {
	char *buf;
	size_t len, room;
	int fd;  /* -1: memory */
	int err; /* negative errno, sticks */
	struct iovec parts[SINK_PARTS]; /* in front of what buf has from `from` on: of buf, and of what others keep */
	unsigned parts_n;
	size_t from;
	struct style style;
};

/* 0 or -ENOMEM. The descriptor stays the caller's. */
int sink_to_fd(struct sink *sink, int fd) MUST_CHECK;
int sink_to_memory(struct sink *sink) MUST_CHECK;
/* Writes what is left, frees the buffer, and returns the first error. */
int sink_close(struct sink *sink) MUST_CHECK;
/* The bytes of a memory sink, NUL-terminated, to be freed; NULL after an error. The sink is closed. */
char *sink_take(struct sink *sink, size_t *len) MUST_CHECK;

char *sink_more(struct sink *sink, size_t n);
void sink_put_slow(struct sink *sink, const void *bytes, size_t n);

/* Where n <= SINK_ROOM bytes may be written; the caller adds to len. Never NULL. */
static inline char *sink_room(struct sink *sink, size_t n)
{
	return sink->room - sink->len >= n ? sink->buf + sink->len : sink_more(sink, n);
}

static inline void sink_put(struct sink *sink, const void *bytes, size_t n)
{
	if (n > sink->room - sink->len) {
		sink_put_slow(sink, bytes, n);
		return;
	}
	memcpy(sink->buf + sink->len, bytes, n);
	sink->len += n;
}

/* As sink_put(), but a long text may be written from where it is: it must stay as it is until sink_settle(), or the end. */
void sink_refer(struct sink *sink, const void *bytes, size_t n);
void sink_settle(struct sink *sink);

static inline void sink_puts(struct sink *sink, const char *text) { sink_put(sink, text, strlen(text)); }
static inline void sink_putc(struct sink *sink, char c)
{
	*sink_room(sink, 1) = c;
	sink->len++;
}

void sink_printf(struct sink *sink, const char *format, ...) PRINTF(2, 3);
void sink_fill(struct sink *sink, char c, size_t n);

static inline void sink_u64(struct sink *sink, uint64_t v) { sink->len += put_u64(sink_room(sink, 20), v); }
/* At least so many digits, without 0x. */
static inline void sink_hex(struct sink *sink, uint64_t v, unsigned digits) { sink->len += put_hex(sink_room(sink, 20), v, digits); }
static inline void sink_addr(struct sink *sink, const struct sriov_addr *addr) { sink->len += addr_put(sink_room(sink, 20), addr); }

#endif
