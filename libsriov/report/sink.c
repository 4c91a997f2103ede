/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sink.h"

#define FD_ROOM (64 * 1024)

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

static void flush(struct sink *sink)
{
	size_t done = 0;
	while (!sink->err && done < sink->len) {
		ssize_t n = write(sink->fd, sink->buf + done, sink->len - done);
		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			sink->err = n == 0 ? -EIO : -errno;
	}
	sink->len = 0;
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

size_t put_u64(char *buf, uint64_t v)
{
	char digits[20];
	size_t n = 0;
	if (v < 10) { /* most numbers are small */
		buf[0] = (char)('0' + v);
		return 1;
	}
	if (v < 100) {
		buf[0] = (char)('0' + v / 10);
		buf[1] = (char)('0' + v % 10);
		return 2;
	}
	do
		digits[n++] = (char)('0' + v % 10);
	while (v /= 10);
	for (size_t i = 0; i < n; i++)
		buf[i] = digits[n - 1 - i];
	return n;
}

size_t put_hex(char *buf, uint64_t v, unsigned digits)
{
	unsigned n = 1;
	while (n < 16 && v >> (4 * n))
		n++;
	if (n < digits)
		n = digits;
	for (unsigned i = n; i-- > 0; v >>= 4)
		buf[i] = "0123456789abcdef"[v & 15];
	return n;
}
