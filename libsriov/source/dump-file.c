/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decode/hex-rows.h"
#include "data/data.h"
#include "decode/lspci.h"
#include "dump-file.h"
#include "input.h"
#include "util/addr.h"

#define BUF_ROOM  ((size_t)128 << 10)
#define HEAD_ROOM 1024 /* of a first line and the rows of a header */
#define HEADER    64

/* Text of the first `bytes` of a configuration space: rows of 52 characters, from 100h on of 53. */
static uint64_t text_of(size_t bytes)
{
	return bytes <= 256 ? bytes / 16 * 52 : 16 * 52 + (bytes - 256) / 16 * 53;
}

/* How a function's text begins: its first line, and the 64 bytes that every function has. Returns where its rows begin, or 0. */
static size_t head_read(struct slice text, struct sriov_addr *addr, uint8_t *header)
{
	struct slice rest = text, line;
	size_t used;
	if (!memchr(text.p, '\n', text.n) || !slice_line(&rest, &line) || !lspci_is_title(line, addr) ||
	    hex_rows(rest.p, rest.n, 0, header, HEADER, &used) != HEADER / HEX_ROW_BYTES || used != text_of(HEADER))
		return 0;
	return (size_t)(rest.p - text.p);
}

static int add_bridge(struct dump_file *file, const struct sriov_addr *addr, const uint8_t *header)
{
	if ((header[0x0e] & 0x7f) != 1 || !header[0x19])
		return 0;
	struct dump_bridge *bridge = ARENA_PUSH(&file->snap->arena, file->bridges, file->bridges_n, file->bridges_room);
	if (!bridge)
		return -ENOMEM;
	*bridge = (struct dump_bridge){*addr, header[0x19]};
	return 0;
}

static ssize_t look(int fd, char *buf, size_t n, uint64_t at)
{
	ssize_t got;
	do
		got = pread(fd, buf, n, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

/* What was looked at, and where in the file it is. */
struct window {
	char text[HEAD_ROOM];
	uint64_t at;
	size_t n;
};

static bool look_at(int fd, struct window *w, uint64_t at)
{
	ssize_t got = look(fd, w->text, sizeof(w->text), at);
	w->at = at;
	w->n = got > 0 ? (size_t)got : 0;
	return got >= 0;
}

/* Does a function's text end at `at`: with the empty line that is behind each, or with the file? */
static bool ends_at(int fd, const struct window *w, uint64_t at, uint64_t size)
{
	char c = 0;
	if (at >= size)
		return at == size;
	if (at - w->at < w->n)
		return w->text[at - w->at] == '\n';
	return look(fd, &c, 1, at) == 1 && c == '\n';
}

/* The heads of all functions; what lies between is left out, by the length that it must have: the first at which it can end. */
static int survey(struct dump_file *file, uint64_t size)
{
	static const size_t spaces[] = {64, 256, 4096};
	struct window w;
	struct sriov_addr before = {0}, addr;
	uint64_t at = 0;
	for (size_t n = 0; at < size; n++) {
		uint8_t header[HEADER];
		size_t rows = look_at(file->fd, &w, at) ? head_read((struct slice){w.text, w.n}, &addr, header) : 0, i = 0;
		if (!rows || (n && addr_cmp(&before, &addr) >= 0))
			return -ENOTSUP;
		if (guest_mark_find((uint16_t)(header[0] | header[1] << 8), (uint16_t)(header[2] | header[3] << 8)))
			return -ENOTSUP; /* the report begins with the host: what it is follows from all functions */
		int err = add_bridge(file, &addr, header);
		if (err)
			return err;
		before = addr;
		while (i < ARRAY_SIZE(spaces) && !ends_at(file->fd, &w, at + rows + text_of(spaces[i]), size))
			i++;
		if (i == ARRAY_SIZE(spaces))
			return -ENOTSUP;
		file->extended |= spaces[i] > 256;
		at += rows + text_of(spaces[i]) + 1;
	}
	return 0;
}

int dump_file_open(struct dump_file *file, const char *name, uint64_t least)
{
	struct stat st;
	*file = (struct dump_file){.fd = -1, .line = 1};
	file->snap = snapshot_new(name);
	file->buf = malloc(BUF_ROOM);
	if (!file->snap || !file->buf)
		return -ENOMEM;
	file->snap->kind = SOURCE_LSPCI_HEX;
	file->fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file->fd < 0 || fstat(file->fd, &st) < 0 || !S_ISREG(st.st_mode) || (uint64_t)st.st_size < least)
		return -ENOTSUP;
	return survey(file, (uint64_t)st.st_size);
}

static int fill(struct dump_file *file)
{
	memmove(file->buf, file->buf + file->start, file->end - file->start);
	file->end -= file->start;
	file->start = 0;
	ssize_t got = read(file->fd, file->buf + file->end, BUF_ROOM - file->end);
	if (got < 0 && errno != EINTR)
		return -errno;
	file->eof = got == 0;
	file->end += got > 0 ? (size_t)got : 0;
	return 0;
}

static int changed(struct dump_file *file, unsigned line)
{
	return source_fail(file->snap, -ESTALE, line, "give it on standard input, where it is read as a whole", "has more than lspci's rows, or changed while it was read");
}

int dump_file_next(struct dump_file *file, struct lspci_function *fn)
{
	for (;;) {
		if (!file->eof && file->end - file->start < file->usual && (file->start || file->end < BUF_ROOM)) {
			int err = fill(file);
			if (err)
				return err;
			continue;
		}
		struct lspci_hex it = {.text = {file->buf + file->start, file->end - file->start}, .line = file->line, .more = !file->eof};
		if (lspci_hex_next(&it, fn)) {
			size_t before = (size_t)(fn->block.p - (file->buf + file->start));
			if (before || fn->words || !fn->len || (file->any && addr_cmp(&file->last, &fn->addr) >= 0))
				return changed(file, fn->line);
			file->usual = fn->block.n + HEAD_ROOM; /* the next one's first line tells that this one is whole */
			file->start = file->end - it.text.n;
			file->line = it.line;
			file->last = fn->addr;
			file->any = true;
			return lspci_put_problems(file->snap, (struct text_place){.line = 1}, &it);
		}
		if (file->eof)
			return file->start == file->end && file->any ? -ENOENT : changed(file, file->line);
		if (file->start == 0 && file->end == BUF_ROOM)
			return changed(file, file->line);
		int err = fill(file);
		if (err)
			return err;
	}
}

void dump_file_close(struct dump_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	free(file->buf);
	snapshot_free(file->snap);
	*file = (struct dump_file){.fd = -1};
}
