/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the parts of the kernel log parser. */
#ifndef SRIOV_DECODE_KMSG_PRIVATE_H
#define SRIOV_DECODE_KMSG_PRIVATE_H

#include "decode/kmsg.h"
#include "util/addr.h"

/*
 * One row a wording. The pattern, read from left to right; nothing is tried twice but alternatives:
 *   ' '      spaces and tabs, at least one
 *   ^        (first) only at the beginning of the message
 *   {a|b|}   the first alternative that fits; each may hold %
 *   %n %m    decimal -> n, n2         %N %M  hexadecimal, 0x or not -> n, n2
 *   %e       error: -12, 12, fffffff4, -ENOMEM -> err
 *   %r       resource "[mem 0x1-0x2 64bit pref]" or "[mem size 0x10]" -> res; %R the same, ignored
 *   %b %v    kernel's resource index, VF BAR index -> bar; %w (nothing is read) bridge window by its resource; %o ROM
 *   %S       size: 0x100000 -> size   %L %H  0x1000 -> start, end
 *   %B       "[bus 02-03]", "[bus 02]" -> bus_from, bus_to; %x hexadecimal -> bus; %D domain
 *   %A %a    address (domain or not) -> addr, peer; %q %Q BAR, VF BAR index -> peer_bar; %p "0000:00" -> addr, is_bus
 *   %i       "8086:10fb" -> vendor, device; %c class; %h header type
 *   %k %K    what is neither space nor colon -> word, word2
 *   %s %t    up to what follows in the pattern, or the end of the line -> word, word2; %* the same, ignored
 *   %%  %{   the character
 */
struct kmsg_row {
	enum kmsg_type type; /* KMSG_TYPES: understood, and says nothing */
	const char *pattern;
	const char *key;     /* a literal part of it to look for; NULL: the longest one */
	const char *word, *word2, *hint;
	uint64_t n;
	int err;
	bool boot;           /* begins a boot */
};

/* In the order in which they are tried where several fit: what says more comes first. */
extern const struct kmsg_row kmsg_rows[];
extern const size_t kmsg_rows_n;

#define KMSG_KEY_MAX 12
/* The part of the row's pattern that is looked for, and whether the pattern begins with it. */
struct slice kmsg_row_key(const struct kmsg_row *row, bool *first);
/* Does the row fit at offset at of the line? Fills event, and *end with the offset behind it. */
bool kmsg_row_match(const struct kmsg_row *row, struct slice line, size_t at, struct kmsg_event *event, size_t *end);
void kmsg_event_init(struct kmsg_event *event);
/* Whose event it is, as a number in the order of addresses. */
static inline uint64_t kmsg_addr_key(const struct kmsg_event *e)
{
	return !e->has_addr ? UINT64_MAX : addr_key(&e->addr) << 1 | e->is_bus;
}

/* "0000:01:00.0" (short: also "01:00.0") at the beginning; the slice moves behind it. */
bool kmsg_eat_addr(struct slice *s, bool allow_short, struct sriov_addr *addr);

/* What stands before a message. */
struct kmsg_prefix {
	size_t quote;     /* length of quoting and indentation */
	size_t message;   /* offset of the message */
	bool stamped;     /* a time stamp, a syslog prefix, a priority */
	bool has_stamp;
	uint64_t stamp;   /* monotonic, microseconds */
};
void kmsg_prefix(struct slice line, struct kmsg_prefix *prefix);

/* A log, line by line: cleaned, unquoted, and what was wrapped joined again. */
#define KMSG_LINE_MAX 4096
#define KMSG_JOIN_MAX 4
struct kmsg_reader {
	struct slice rest;
	const char *looked;         /* how far ESC or NUL were looked for */
	bool escapes;               /* there was one */
	bool have_next;
	struct slice next;          /* the line after line, not cleaned */
	struct kmsg_prefix next_prefix;
	unsigned number;            /* of the line that next is, from 1 */
	char joined[KMSG_LINE_MAX]; /* two forms of a line that is not as it was: see kmsg_read() */
	char glued[KMSG_LINE_MAX];
};
struct kmsg_line {
	struct slice text;
	struct slice hard;          /* if a line of full width was broken: the same without a space there; else empty */
	struct kmsg_prefix prefix;  /* of text */
	unsigned number;
	bool copied;                /* text is in the reader's buffer */
	size_t joints[KMSG_JOIN_MAX]; /* offsets in text where a wrapped line goes on */
	unsigned joints_n;
};
void kmsg_reader_init(struct kmsg_reader *reader, struct slice text);
bool kmsg_read(struct kmsg_reader *reader, struct kmsg_line *line);

#endif
