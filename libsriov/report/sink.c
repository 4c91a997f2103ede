/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sink.h"

#define FD_ROOM (64 * 1024)
#define LONG    4096 /* bytes of a text that is not copied */

static int open_sink(struct sink *sink, int fd)
{
	*sink = (struct sink){.buf = malloc(FD_ROOM), .room = FD_ROOM, .fd = fd};
	return sink->buf ? 0 : -ENOMEM;
}

int sink_to_fd(struct sink *sink, int fd)
{
	return open_sink(sink, fd);
}

int sink_to_memory(struct sink *sink)
{
	return open_sink(sink, -1);
}

/* What is left to write behind the first n bytes. */
static struct iovec *skip(struct iovec *part, const struct iovec *end, size_t n)
{
	while (part < end && n >= part->iov_len)
		n -= part++->iov_len;
	if (part < end) {
		part->iov_base = (char *)part->iov_base + n;
		part->iov_len -= n;
	}
	return part;
}

static void add_part(struct sink *sink, const void *bytes, size_t n)
{
	if (n)
		sink->parts[sink->parts_n++] = (struct iovec){(void *)(uintptr_t)bytes, n};
}

static void flush(struct sink *sink)
{
	add_part(sink, sink->buf + sink->from, sink->len - sink->from);
	struct iovec *part = sink->parts;
	const struct iovec *end = part + sink->parts_n;
	while (!sink->err && part < end) {
		ssize_t n = end - part == 1 ? write(sink->fd, part->iov_base, part->iov_len) : writev(sink->fd, part, (int)(end - part));
		if (n > 0)
			part = skip(part, end, (size_t)n);
		else if (n == 0 || errno != EINTR)
			sink->err = n == 0 ? -EIO : -errno;
	}
	sink->parts_n = 0;
	sink->from = sink->len = 0;
}

void sink_refer(struct sink *sink, const void *bytes, size_t n)
{
	if (sink->fd < 0 || n < LONG) {
		sink_put(sink, bytes, n);
		return;
	}
	if (sink->parts_n + 3 > SINK_PARTS) /* these two, and what comes behind */
		flush(sink);
	add_part(sink, sink->buf + sink->from, sink->len - sink->from);
	add_part(sink, bytes, n);
	sink->from = sink->len;
}

void sink_settle(struct sink *sink)
{
	if (sink->parts_n)
		flush(sink);
}

/* Makes room for n <= SINK_ROOM bytes. After an error the buffer is used again and again: the output is lost, nothing else happens. */
char *sink_more(struct sink *sink, size_t n)
{
	if (sink->fd >= 0 || sink->err) {
		flush(sink);
		return sink->buf;
	}
	while (sink->room - sink->len < n) {
		char *more = sink->room > SIZE_MAX / 2 ? NULL : realloc(sink->buf, sink->room * 2);
		if (!more) {
			sink->err = -ENOMEM;
			sink->len = 0;
			break;
		}
		sink->buf = more;
		sink->room *= 2;
	}
	return sink->buf + sink->len;
}

void sink_put_slow(struct sink *sink, const void *bytes, size_t n)
{
	const char *from = bytes;
	while (n) {
		char *to = sink_room(sink, n < SINK_ROOM ? n : SINK_ROOM);
		size_t room = sink->room - sink->len, part = n < room ? n : room;
		memcpy(to, from, part);
		sink->len += part;
		from += part;
		n -= part;
	}
}

int sink_close(struct sink *sink)
{
	if (sink->fd >= 0)
		flush(sink);
	free(sink->buf);
	sink->buf = NULL;
	return sink->err;
}

char *sink_take(struct sink *sink, size_t *len)
{
	sink_putc(sink, '\0');
	if (sink->err) {
		free(sink->buf);
		return NULL;
	}
	*len = sink->len - 1;
	return sink->buf;
}

void sink_printf(struct sink *sink, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *to = sink_room(sink, SINK_ROOM);
	int n = vsnprintf(to, SINK_ROOM, format, args);
	va_end(args);
	if (n < 0 || n >= SINK_ROOM) /* its users print numbers and short names only */
		sink->err = sink->err ? sink->err : -EOVERFLOW;
	else
		sink->len += (size_t)n;
}

void sink_fill(struct sink *sink, char c, size_t n)
{
	while (n) {
		size_t part = n < SINK_ROOM ? n : SINK_ROOM;
		memset(sink_room(sink, part), c, part);
		sink->len += part;
		n -= part;
	}
}
