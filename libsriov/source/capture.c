/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A snapshot of a host as a tar archive that reads as the same host. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture-list.h"
#include "child.h"
#include "libarchive.h"
#include "redact.h"
#include "source.h"
#include "view.h"

#ifdef HAVE_ARCHIVE

struct capture {
	const struct snapshot *snap;
	const char *file;
	struct libarchive lib;
	struct archive *a;
	struct strbuf manifest;
	bool redact;
	char host[256];   /* the host's name, "" = unknown */
	struct strbuf path; /* of the item at hand */
	int fd;
	int err;
	const char *what;
};

static void fail(struct capture *c, int err, const char *what)
{
	if (!c->err) {
		c->err = err;
		c->what = what;
	}
}

static void failed_write(struct capture *c)
{
	int number = c->lib.archive_errno(c->a);
	fail(c, number > 0 && number < 4096 ? -number : -EIO, "the archive cannot be written");
}

static void put_entry(struct capture *c, const char *path, mode_t type, const void *data, size_t n)
{
	struct archive_entry *entry = c->lib.archive_entry_new();
	if (!entry) {
		fail(c, -ENOMEM, "memory is exhausted");
		return;
	}
	c->lib.archive_entry_set_pathname(entry, path);
	c->lib.archive_entry_set_filetype(entry, type);
	c->lib.archive_entry_set_perm(entry, type == AE_IFDIR ? 0755 : type == AE_IFLNK ? 0777 : 0644);
	c->lib.archive_entry_set_mtime(entry, 0, 0);
	c->lib.archive_entry_set_size(entry, type == AE_IFREG ? (la_int64_t)n : 0);
	if (type == AE_IFLNK)
		c->lib.archive_entry_set_symlink(entry, data);
	if (c->lib.archive_write_header(c->a, entry) < ARCHIVE_WARN) /* a warning: the name's bytes are stored as they are */
		failed_write(c);
	else if (type == AE_IFREG && n && c->lib.archive_write_data(c->a, data, n) != (la_ssize_t)n)
		failed_write(c);
	c->lib.archive_entry_free(entry);
}

static enum redact_rule rule_of(const char *path)
{
	const char *name = strrchr(path, '/');
	name = name ? name + 1 : path;
	for (size_t i = 0; i < host_rows_n; i++) {
		/* a link may have led to the file: its name, and the folder that holds it, tell */
		const char *row = strrchr(host_rows[i].path, '/');
		row = row ? row + 1 : host_rows[i].path;
		if (capture_part_matches(row, strlen(row), name) && host_rows[i].redact > REDACT_NOTHING &&
		    (strcmp(row, "*") != 0 || !strncmp(host_rows[i].path, path, (size_t)(row - host_rows[i].path))))
			return host_rows[i].redact;
	}
	return REDACT_NOTHING;
}

static void line(struct capture *c, const char *suffix, const char *state)
{
	strbuf_printf(&c->manifest, "%s%s\t%s\n", c->path.text, suffix, state);
}

/* The known bytes as ranges, in their own file beside config; nothing where all of the file is known. */
static void put_known(struct capture *c, const struct config_image *image, const uint8_t *known)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "size 0x%x\n", image->size ? image->size : (unsigned)image->view.len);
	for (size_t at = 0; at < image->view.len;) {
		size_t end = at;
		while (end < image->view.len && known[end])
			end++;
		if (end > at)
			strbuf_printf(&text, "0x%03zx-0x%03zx\n", at, end - 1);
		at = end + 1;
	}
	size_t len = c->path.len;
	strbuf_puts(&c->path, ".known");
	if (text.err || c->path.err) {
		fail(c, -ENOMEM, "memory is exhausted");
	} else {
		put_entry(c, c->path.text, AE_IFREG, text.text, text.len);
		line(c, "", "present");
		c->path.text[c->path.len = len] = '\0';
	}
	strbuf_free(&text);
}

static bool put_config(struct capture *c, const struct config_image *image)
{
	uint8_t bytes[4096], known[4096];
	size_t n = image->view.len < sizeof(bytes) ? image->view.len : sizeof(bytes), prefix = 0, all = 0;
	memcpy(bytes, image->view.p, n);
	for (size_t i = 0; i < n; i++)
		known[i] = image->view.known ? image->view.known[i] : 0xff;
	bool redacted = c->redact && redact_config(bytes, known, n);
	while (prefix < n && known[prefix] == 0xff)
		prefix++;
	for (size_t i = 0; i < n; i++)
		all += known[i] == 0xff;
	/* what is known without a gap is written as it would read; else the gaps are zeros, and config.known tells */
	size_t written = all == prefix ? prefix : n;
	put_entry(c, c->path.text, AE_IFREG, bytes, written);
	if (written != image->size || all != written)
		put_known(c, image, known);
	return redacted;
}

static bool put_file(struct capture *c, const struct item *item)
{
	enum redact_rule rule = c->redact ? rule_of(c->path.text) : REDACT_NOTHING;
	if (item->config)
		return put_config(c, item->config);
	if (rule == REDACT_NOTHING) {
		put_entry(c, c->path.text, AE_IFREG, item->data.p ? item->data.p : "", item->data.n);
		return false;
	}
	char *copy = malloc(item->data.n + 1);
	if (!copy) {
		fail(c, -ENOMEM, "memory is exhausted");
		return false;
	}
	memcpy(copy, item->data.p ? item->data.p : "", item->data.n);
	const char *host = *c->host ? c->host : NULL;
	bool redacted = rule == REDACT_LINES ? redact_lines(copy, item->data.n, host) : redact_text(copy, item->data.n, host);
	put_entry(c, c->path.text, AE_IFREG, copy, item->data.n);
	free(copy);
	return redacted;
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct item *const *)a)->name, (*(const struct item *const *)b)->name);
}

static void put_item(struct capture *c, const struct item *item, bool dir_complete);

static void put_children(struct capture *c, const struct item *dir)
{
	size_t n = 0, len = c->path.len;
	for (const struct item *item = dir->child; item; item = item->next)
		n++;
	const struct item **sorted = n ? malloc(n * sizeof(const struct item *)) : NULL;
	if (n && !sorted) {
		fail(c, -ENOMEM, "memory is exhausted");
		return;
	}
	n = 0;
	for (const struct item *item = dir->child; item; item = item->next)
		sorted[n++] = item;
	if (n)
		qsort(sorted, n, sizeof(const struct item *), by_name);
	for (size_t i = 0; i < n && !c->err; i++) {
		if (len)
			strbuf_putc(&c->path, '/');
		strbuf_puts(&c->path, sorted[i]->name);
		if (c->path.err)
			fail(c, -ENOMEM, "memory is exhausted");
		else
			put_item(c, sorted[i], dir->complete);
		c->path.len = len;
		if (c->path.text)
			c->path.text[len] = '\0';
	}
	free(sorted);
}

static void put_present(struct capture *c, const struct item *item)
{
	switch (item->kind) {
	case ITEM_DIR:
		put_entry(c, c->path.text, AE_IFDIR, NULL, 0);
		if (item->complete)
			line(c, "/", "present");
		put_children(c, item);
		break;
	case ITEM_LINK:
		put_entry(c, c->path.text, AE_IFLNK, item->data.p, 0);
		line(c, "", "present");
		break;
	case ITEM_FILE:
		line(c, "", put_file(c, item) ? "redacted" : "present");
		break;
	}
}

static void put_item(struct capture *c, const struct item *item, bool dir_complete)
{
	char state[32];
	switch (item->state) {
	case ITEM_PRESENT:
		put_present(c, item);
		break;
	case ITEM_DENIED:
		snprintf(state, sizeof(state), "denied %d", item->err);
		line(c, "", state);
		if (item->kind == ITEM_DIR)
			put_children(c, item);
		break;
	case ITEM_ABSENT:
		line(c, "", "absent");
		break;
	case ITEM_REDACTED:
		line(c, "", "redacted");
		break;
	case ITEM_NOT_CAPTURED:
		/* there, and left out on purpose; in a folder that is listed as a whole, silence would say that it is absent */
		if (dir_complete)
			line(c, "", "redacted");
		break;
	}
}

/*
 * An error is kept here, and libarchive goes on writing to nowhere: it would not give back all its memory after one of its own.
 */
static la_ssize_t write_out(struct archive *a, void *data, const void *bytes, size_t n)
{
	struct capture *c = data;
	(void)a;
	int err = c->err ? 0 : write_all(c->fd, bytes, n);
	if (err)
		fail(c, err, "the archive cannot be written");
	return (la_ssize_t)n;
}

/* The file's suffix says how it is compressed; every time stamp is left out. */
static void set_format(struct capture *c, const char *file)
{
	struct slice name = slice_of(file);
	int result = c->lib.archive_write_set_format_pax_restricted(c->a);
	if (result == ARCHIVE_OK) /* what failed once is not touched again */
		result = c->lib.archive_write_set_bytes_in_last_block(c->a, 1);
	if (result != ARCHIVE_OK) {
		fail(c, -ENOMEM, "memory is exhausted");
		return;
	}
	if (slice_ends(name, ".gz") || slice_ends(name, ".tgz")) {
		result |= c->lib.archive_write_add_filter_gzip(c->a);
		result |= c->lib.archive_write_set_filter_option(c->a, "gzip", "timestamp", NULL);
	} else if (slice_ends(name, ".xz")) {
		result |= c->lib.archive_write_add_filter_xz(c->a);
	} else if (slice_ends(name, ".zst")) {
		result |= c->lib.archive_write_add_filter_zstd(c->a);
	}
	if (result != ARCHIVE_OK)
		fail(c, -ENOSYS, "this build cannot compress an archive that way");
}

static void write_archive(struct capture *c)
{
	c->a = c->lib.archive_write_new();
	if (!c->a) {
		fail(c, -ENOMEM, "memory is exhausted");
		return;
	}
	set_format(c, c->file);
	if (!c->err && c->lib.archive_write_open(c->a, c, NULL, write_out, NULL) != ARCHIVE_OK)
		failed_write(c);
	if (!c->err)
		put_children(c, c->snap->root);
	if (!c->err && c->manifest.err)
		fail(c, -ENOMEM, "memory is exhausted");
	if (!c->err)
		put_entry(c, ".sriov-capture", AE_IFREG, c->manifest.text ? c->manifest.text : "", c->manifest.len);
	if (!c->err && c->lib.archive_write_close(c->a) != ARCHIVE_OK)
		failed_write(c);
	c->lib.archive_write_free(c->a);
}

struct outcome {
	int err;
	const char *what; /* a constant: it stands at the same address in both processes */
};

static int write_in_child(void *data, int fd)
{
	struct capture *c = data;
	write_archive(c);
	struct outcome outcome;
	memset(&outcome, 0, sizeof(outcome)); /* what lies between the two goes through the pipe too */
	outcome.err = c->err;
	outcome.what = c->what;
	return write_all(fd, &outcome, sizeof(outcome));
}

/* In a process of its own: libarchive ends, or crashes, where memory is lacking, and what was written so far has to go then. */
static void write_contained(struct capture *c, int fd)
{
	struct child child;
	struct outcome outcome;
	struct strbuf told = {0};
	c->fd = fd;
	if (!CONTAINED) {
		write_archive(c);
		return;
	}
	int err = child_start(&child, write_in_child, c, fd, 0, 0);
	if (err) {
		fail(c, err, "no process can be started to write it");
		return;
	}
	err = read_all(child.fd, sizeof(outcome), &told);
	(void)child_end(&child, err != 0);
	if (!err && told.len == sizeof(outcome)) {
		memcpy(&outcome, told.text, sizeof(outcome));
		if (outcome.err)
			fail(c, outcome.err, outcome.what);
	} else {
		fail(c, err ? err : -ENOMEM, "the process that wrote it came to no end, most likely for want of memory");
	}
	strbuf_free(&told);
}

/* A file is there as a whole or not at all: written beside, then renamed. */
static void write_whole(struct capture *c)
{
	const char *file = c->file;
	size_t n = strlen(file);
	char *beside = malloc(n + 8);
	if (!beside) {
		fail(c, -ENOMEM, "memory is exhausted");
		return;
	}
	memcpy(beside, file, n);
	memcpy(beside + n, ".XXXXXX", 8);
	int fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0) {
		fail(c, -errno, "no file can be made there");
		free(beside);
		return;
	}
	write_contained(c, fd);
	mode_t mask = umask(0);
	(void)umask(mask);
	if (!c->err && (fchmod(fd, 0666 & ~mask) < 0 || fsync(fd) < 0))
		fail(c, -errno, "the archive cannot be written");
	if (close(fd) < 0 && !c->err)
		fail(c, -errno, "the archive cannot be written");
	if (!c->err && rename(beside, file) < 0)
		fail(c, -errno, "the archive cannot be put in its place");
	if (c->err)
		(void)unlink(beside);
	free(beside);
}

int capture_write(const struct snapshot *snap, const char *file, bool redact, const char **what)
{
	struct capture c = {.snap = snap, .file = file, .redact = redact};
	struct stat st;
	*what = LIBARCHIVE " is missing: install libarchive";
	if (libarchive_load(&c.lib))
		return -ENOSYS;
	if (snap->kind == SOURCE_HOST && gethostname(c.host, sizeof(c.host) - 1) < 0)
		c.host[0] = '\0';
	if (!strcmp(c.host, "localhost") || !strcmp(c.host, "(none)"))
		c.host[0] = '\0';
	if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) { /* a pipe or device is written as it is */
		int fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			fail(&c, -errno, "it cannot be written");
		else
			write_contained(&c, fd);
		if (fd >= 0 && close(fd) < 0)
			fail(&c, -errno, "the archive cannot be written");
	} else {
		sigset_t ends, before;
		sigemptyset(&ends);
		sigaddset(&ends, SIGHUP);
		sigaddset(&ends, SIGINT);
		sigaddset(&ends, SIGTERM);
		/* they come when the file is whole, or gone; what they do to the child ends the waiting */
		(void)pthread_sigmask(SIG_BLOCK, &ends, &before);
		write_whole(&c);
		(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	}
	strbuf_free(&c.manifest);
	strbuf_free(&c.path);
	*what = c.what;
	return c.err;
}

#else

int capture_write(const struct snapshot *snap, const char *file, bool redact, const char **what)
{
	(void)snap;
	(void)file;
	(void)redact;
	*what = "this build cannot write archives: build with libarchive";
	return -ENOSYS;
}

#endif
