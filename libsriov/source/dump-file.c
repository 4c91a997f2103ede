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
#define PIPE_HEAD ((size_t)4 << 20) /* of a pipe: looked at before anything is written */

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
	struct lspci_bridge *bridge = ARENA_PUSH(&file->snap->arena, file->bridges, file->bridges_n, file->bridges_room);
	if (!bridge)
		return -ENOMEM;
	*bridge = (struct lspci_bridge){*addr, header[0x19]};
	return 0;
}

/* In the order of addresses, so the last of a segment stays. */
static int add_vf(struct dump_file *file, const struct sriov_addr *addr)
{
	struct sriov_addr *vf = file->vfs_n && file->vfs[file->vfs_n - 1].domain == addr->domain ? &file->vfs[file->vfs_n - 1] :
				ARENA_PUSH(&file->snap->arena, file->vfs, file->vfs_n, file->vfs_room);
	if (!vf)
		return -ENOMEM;
	*vf = *addr;
	return 0;
}

/* n bytes at `at` of a file, or of what a pipe gave so far. */
static size_t look(const struct dump_file *file, char *buf, size_t n, uint64_t at)
{
	ssize_t got;
	if (file->piped) {
		size_t there = at < file->end ? file->end - (size_t)at : 0;
		n = n < there ? n : there;
		memcpy(buf, file->buf + (there ? at : 0), n);
		return n;
	}
	do
		got = pread(file->fd, buf, n, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

/* What was looked at, and where in the file it is. */
struct window {
	char text[HEAD_ROOM];
	uint64_t at;
	size_t n;
};

/* Does a function's text end at `at`: with the empty line that is behind each, or with the file? */
static bool ends_at(const struct dump_file *file, const struct window *w, uint64_t at, uint64_t size)
{
	char c = 0;
	if (at >= size)
		return at == size;
	if (at - w->at < w->n)
		return w->text[at - w->at] == '\n';
	return look(file, &c, 1, at) == 1 && c == '\n';
}

static bool is_guest_mark(const uint8_t *header)
{
	return guest_mark_find((uint64_t)(header[0] | header[1] << 8), (uint64_t)(header[2] | header[3] << 8)) != NULL;
}

/*
 * The heads of all functions up to size; what lies between is left out, by the length that it must have: the first at which it can
 * end. Of a pipe as many as it gave whole.
 */
static int survey(struct dump_file *file, uint64_t size)
{
	const uint64_t most = HEAD_ROOM + text_of(4096);
	struct window w;
	struct sriov_addr addr;
	for (uint64_t at = 0; at < size && !(file->piped && size - at < most);) {
		uint8_t header[HEADER];
		size_t blank = at > 0; /* looked at together with the empty line before it */
		w.at = at - blank;
		w.n = look(file, w.text, sizeof(w.text), w.at);
		if (w.n <= blank || (blank && w.text[0] != '\n'))
			return -ENOTSUP;
		size_t rows = head_read((struct slice){w.text + blank, w.n - blank}, &addr, header);
		if (!rows || (at && addr_cmp(&file->last, &addr) >= 0))
			return -ENOTSUP;
		if (is_guest_mark(header))
			return -ENOTSUP; /* the report begins with the host: what it is follows from all functions */
		int err = add_bridge(file, &addr, header);
		if (!err && !memcmp(header, "\xff\xff\xff\xff", 4))
			err = add_vf(file, &addr);
		if (err)
			return err;
		file->last = addr;
		size_t space = ends_at(file, &w, at + rows + text_of(64), size) ? 64 : ends_at(file, &w, at + rows + text_of(256), size) ? 256 : 4096;
		file->extended |= space > 256;
		at += rows + text_of(space);
		if (at++ > size)
			return -ENOTSUP;
	}
	file->looked = file->last;
	return 0;
}

/* Enough of a pipe to know what comes, or all of it: then it is not worth it, and *piped holds it for source_open(). */
static int open_pipe(struct dump_file *file, struct strbuf *piped)
{
	char *to = piped->len ? NULL : strbuf_room(piped, PIPE_HEAD);
	ssize_t got = 1;
	while (to && piped->len < PIPE_HEAD && got) {
		got = read(file->fd, piped->text + piped->len, PIPE_HEAD - piped->len);
		if (got < 0 && errno != EINTR)
			return -ENOTSUP; /* source_open() meets it again, and says so */
		piped->len += got > 0 ? (size_t)got : 0;
	}
	if (piped->len < PIPE_HEAD)
		return -ENOTSUP;
	free(file->buf);
	file->buf = piped->text;
	file->end = piped->len;
	file->piped = true;
	int err = survey(file, file->end);
	if (err) {
		file->buf = NULL;
		return err;
	}
	*piped = (struct strbuf){0};
	return 0;
}

int dump_file_open(struct dump_file *file, const char *name, uint64_t least, struct strbuf *piped)
{
	struct stat st;
	bool standard_input = !strcmp(name, "-");
	*file = (struct dump_file){.fd = -1, .line = 1};
	file->snap = snapshot_new(name);
	file->buf = malloc(BUF_ROOM);
	if (!file->snap || !file->buf)
		return -ENOMEM;
	file->snap->kind = SOURCE_LSPCI_HEX;
	file->fd = standard_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file->fd < 0 || fstat(file->fd, &st) < 0)
		return -ENOTSUP;
	if (standard_input && piped && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode)))
		return open_pipe(file, piped);
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size < least || lseek(file->fd, 0, SEEK_CUR) != 0)
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
	return source_fail(file->snap, -ESTALE, line, file->piped ? "give it as a file" : "give it in parts, each as lspci wrote it",
			   "is not what the beginning of the dump promised");
}

/* Beyond what was looked at before: does the function change what was told of others already? */
static int take_late(struct dump_file *file, const struct lspci_function *fn)
{
	if (addr_cmp(&file->looked, &fn->addr) >= 0)
		return 0;
	bool late_bridge = (fn->config[0x0e] & 0x7f) == 1 && fn->config[0x19] && fn->config[0x19] <= fn->addr.bus;
	if (fn->len < HEADER || is_guest_mark(fn->config) || late_bridge || (fn->len > 256 && !file->extended))
		return -ESTALE;
	return add_bridge(file, &fn->addr, fn->config);
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
			int err = take_late(file, fn);
			if (err)
				return err == -ESTALE ? changed(file, fn->line) : err;
			file->usual = fn->block.n + HEAD_ROOM; /* the next one's first line tells that this one is whole */
			file->start = file->end - it.text.n;
			file->line = it.line;
			file->last = fn->addr;
			file->any = true;
			return lspci_put_problems(file->snap, (struct text_place){.line = 1}, &it);
		}
		if (file->eof)
			return file->start == file->end && file->any ? -ENOENT : changed(file, file->line);
		if (file->start == 0 && file->end >= BUF_ROOM)
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
