/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"
#include "util/huge.h"
#include "view.h"

#define FILE_MAX   LIMIT_GIB(16)
#define STREAM_MAX LIMIT_GIB(4) /* what does not say how long it is may never end */

/*
 * Told apart by content, never by name. What cannot be mistaken comes first: no name at all, a directory, an archive's magic
 * number; then raw bytes (their length, and that they are no text); text takes what is left, or says that it is none.
 */
const struct source *const sources[] = {&source_host, &source_directory, &source_archive, &source_config, &source_text};
const size_t sources_n = ARRAY_SIZE(sources);

int source_fail(struct snapshot *snap, int err, unsigned line, const char *advice, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *what = arena_vprintf(&snap->arena, format, args);
	va_end(args);
	if (!what || snapshot_problem(snap, line, true, advice, "%s", what))
		return -ENOMEM;
	return err;
}

static int cannot_read(struct snapshot *snap, int err)
{
	return source_fail(snap, err, 0, err == -EACCES ? "run as a user who may read it" : "name a file or directory that can be read", "cannot be read: %s",
			   strerror(-err));
}

static bool is_this_host(int fd, const struct stat *st)
{
	struct stat root;
	(void)fd;
	return stat("/", &root) == 0 && root.st_dev == st->st_dev && root.st_ino == st->st_ino;
}

static bool is_null(const struct stat *st)
{
	struct stat null;
	return !stat("/dev/null", &null) && st->st_rdev == null.st_rdev;
}

static int too_large(struct snapshot *snap, size_t most)
{
	return source_fail(snap, -EFBIG, 0, "cut it into parts", "is larger than %zu GiB", most >> 30);
}

/* Room for a file, at once: no copies while it grows. */
static void make_room(struct strbuf *bytes, size_t size)
{
	size_t whole = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	if (bytes->text || size < HUGE_LEAST) {
		(void)strbuf_room(bytes, size); /* its error sticks */
		return;
	}
	bytes->text = aligned_alloc(HUGE_PAGE, whole);
	if (bytes->text) {
		huge_pages(bytes->text, whole);
		bytes->room = whole;
	}
}

int input_open(struct input *input, struct snapshot *snap)
{
	struct stat st;
	bool standard_input = !strcmp(input->name, "-");
	int err = 0;

	if (!*input->name) {
		input->host = true;
		return 0;
	}
	input->fd = standard_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(input->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (input->fd < 0 || fstat(input->fd, &st) < 0)
		return cannot_read(snap, -errno);
	if (S_ISDIR(st.st_mode)) {
		input->directory = true;
		input->host = is_this_host(input->fd, &st);
		return 0;
	}
	/* /dev/zero never ends, /dev/mem is nothing to read by mistake; a terminal and /dev/null are what they are everywhere */
	if (S_ISBLK(st.st_mode) || (S_ISCHR(st.st_mode) && !isatty(input->fd) && !is_null(&st)))
		return source_fail(snap, -ENODEV, 0, "name a file or directory that can be read", "is a device");
	size_t most = S_ISREG(st.st_mode) ? FILE_MAX : STREAM_MAX;
	if (S_ISREG(st.st_mode) && (uint64_t)st.st_size >= most)
		return too_large(snap, most);
	if (S_ISREG(st.st_mode) && st.st_size > 0)
		make_room(&input->bytes, (size_t)st.st_size + 4096);
	size_t had = input->bytes.len; /* of a pipe, before */
	err = read_all(input->fd, most - had, &input->bytes);
	if (err)
		return cannot_read(snap, err);
	if (input->bytes.len >= most)
		return too_large(snap, most);
	if (input->bytes.len == 0)
		return source_fail(snap, -ENODATA, 0, "give a capture, a configuration space, lspci text or a kernel log", "is empty");
	return 0;
}

void input_close(struct input *input)
{
	if (input->fd >= 0)
		close(input->fd);
	strbuf_free(&input->bytes);
}

int source_open(const char *name, const struct source_options *options, struct snapshot **out)
{
	static const struct source_options defaults;
	struct input input = {.name = name ? name : "", .fd = -1};
	struct snapshot *snap = *out = snapshot_new(input.name);
	if (!snap)
		return -ENOMEM;
	if (options && options->piped && !strcmp(input.name, "-")) {
		input.bytes = *options->piped;
		*options->piped = (struct strbuf){0};
	}
	int err = input_open(&input, snap);
	for (size_t i = 0; !err && i < sources_n; i++) {
		if (sources[i]->probe(&input)) {
			err = sources[i]->open(&input, options ? options : &defaults, snap);
			break;
		}
	}
	input_close(&input);
	return err;
}
