/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The only reader of archives: what libarchive says of a stranger's file, within limits. */
#include "libarchive.h"

#ifdef HAVE_ARCHIVE

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "captured.h"
#include "unpack.h"

#define MEMBERS_MAX ((size_t)2 << 20)
#define FREE_BYTES  ((int64_t)256 << 20) /* up to here no one asks how much smaller the archive was */
#define RATIO_MAX   200
#define BYTES_MAX   ((int64_t)64 << 30)

struct unpacking {
	const struct libarchive *lib;
	struct archive *a;
	struct capture_index index;
	unpacked_fn *take;
	void *data;
	char chunk[UNPACKED_CHUNK + 1];
};

static int PRINTF(4, 5) problem(const struct unpacking *u, int err, const char *advice, const char *format, ...)
{
	char what[PATH_MAX + 256];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	struct unpacked_part part = {.what = UNPACKED_PROBLEM, .err = err, .a = slice_of(what), .b = slice_of(advice)};
	int taken = u->take(u->data, &part);
	return taken ? taken : err;
}

/* Unpacked so far; an archive that grows beyond measure is one that was made to. */
static int check_growth(const struct unpacking *u)
{
	int64_t packed = u->lib->archive_filter_bytes(u->a, -1), unpacked = u->lib->archive_filter_bytes(u->a, 0);
	if (unpacked > BYTES_MAX || (unpacked > FREE_BYTES && unpacked / RATIO_MAX > packed))
		return problem(u, -EFBIG, "unpack it where there is room, and give the directory", "%lld bytes unpack to more than %lld",
			       (long long)packed, (long long)unpacked);
	return 0;
}

static int broken(const struct unpacking *u)
{
	const char *why = u->lib->archive_error_string(u->a);
	if (u->lib->archive_errno(u->a) == ENOMEM)
		return problem(u, -ENOMEM, "give it more memory", "memory is exhausted");
	if (!why)
		return problem(u, -EBADMSG, "give it more memory", "cannot be unpacked, most likely for want of memory");
	return problem(u, -EBADMSG, "copy or capture it again", "is a broken archive, after %d members: %s", u->lib->archive_file_count(u->a), why);
}

/* The bytes of a member, of which the first keep are handed on. Those that nobody reads still unpack: a single one may be the bomb. */
static int read_data(struct unpacking *u, size_t keep)
{
	for (size_t kept = 0; kept < keep;) {
		size_t want = keep - kept < UNPACKED_CHUNK ? keep - kept : UNPACKED_CHUNK;
		la_ssize_t n = u->lib->archive_read_data(u->a, u->chunk, want);
		int err = 0;
		if (n == ARCHIVE_WARN || n == ARCHIVE_RETRY)
			continue;
		if (n == 0)
			return 0;
		if (n < 0)
			return broken(u);
		kept += (size_t)n;
		u->chunk[n] = '\0';
		struct unpacked_part part = {.what = UNPACKED_DATA, .a = {u->chunk, (size_t)n}};
		err = u->take(u->data, &part);
		if (!err)
			err = check_growth(u);
		if (err)
			return err;
	}
	for (;;) {
		const void *block;
		size_t n;
		la_int64_t offset;
		int result = u->lib->archive_read_data_block(u->a, &block, &n, &offset);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result == ARCHIVE_RETRY)
			continue;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return broken(u);
		int err = check_growth(u);
		if (err)
			return err;
	}
}

static int read_member(struct unpacking *u, struct archive_entry *entry)
{
	const char *path = u->lib->archive_entry_pathname(entry), *hard = u->lib->archive_entry_hardlink(entry);
	const char *target = u->lib->archive_entry_symlink(entry);
	struct unpacked_part part = {.what = UNPACKED_MEMBER, .kind = NODE_OTHER};
	size_t keep = 0;

	if (!path)
		path = u->lib->archive_entry_pathname_utf8(entry);
	if (!path || strlen(path) >= PATH_MAX) {
		int err = problem(u, 0, "names are at most 4095 bytes", "a member without a usable name; left out");
		return err ? err : read_data(u, 0);
	}
	part.a = slice_of(path);
	part.hard = hard;
	if (hard || u->lib->archive_entry_filetype(entry) == AE_IFREG)
		part.kind = NODE_FILE;
	else if (u->lib->archive_entry_filetype(entry) == AE_IFDIR)
		part.kind = NODE_DIR;
	else if (target && *target && strlen(target) < PATH_MAX)
		part.kind = NODE_LINK;
	if (hard || part.kind == NODE_LINK)
		part.b = slice_of(hard ? hard : target);
	if (part.b.n >= PATH_MAX) {
		int err = problem(u, 0, "names are at most 4095 bytes", "a link to a longer name; left out");
		return err ? err : read_data(u, 0);
	}
	if (part.kind == NODE_FILE && !hard) {
		struct slice below = part.a;
		while (slice_eat(&below, "/") || slice_eat(&below, "./"))
			;
		part.size = u->lib->archive_entry_size(entry) > 0 ? (uint64_t)u->lib->archive_entry_size(entry) : 0;
		keep = captured_keep(&u->index, below);
		keep += keep != 0; /* one more tells that the file is longer than what is read of it */
	}
	int err = u->take(u->data, &part);
	return err ? err : read_data(u, keep);
}

static int read_members(struct unpacking *u)
{
	for (size_t members = 0;; members++) {
		struct archive_entry *entry;
		int result = u->lib->archive_read_next_header(u->a, &entry);
		if (result == ARCHIVE_EOF)
			return members ? 0 : problem(u, -ENODATA, "capture the host again", "is an archive without members");
		if (result == ARCHIVE_RETRY)
			continue;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return broken(u);
		if (members >= MEMBERS_MAX)
			return problem(u, -E2BIG, "unpack it, and give the directory", "has more than %zu members", MEMBERS_MAX);
		int err = check_growth(u);
		if (!err)
			err = read_member(u, entry);
		if (err)
			return err;
	}
}

/* libarchive would run programs for what it was built without: only what it can do itself. False: no memory for it. */
static bool allow_formats(const struct libarchive *lib, struct archive *a)
{
	return lib->archive_read_support_format_tar(a) == ARCHIVE_OK &&
	       (!lib->archive_zlib_version() || lib->archive_read_support_filter_gzip(a) == ARCHIVE_OK) &&
	       (!lib->archive_liblzma_version() || lib->archive_read_support_filter_xz(a) == ARCHIVE_OK) &&
	       (!lib->archive_libzstd_version() || lib->archive_read_support_filter_zstd(a) == ARCHIVE_OK);
}

int unpack(const struct libarchive *lib, struct slice bytes, unpacked_fn *take, void *data)
{
	struct unpacking u = {.lib = lib, .a = lib->archive_read_new(), .take = take, .data = data};
	int err = -ENOMEM;
	if (!u.a)
		return err;
	capture_index_make(&u.index);
	if (allow_formats(lib, u.a))
		err = lib->archive_read_open_memory(u.a, bytes.p, bytes.n) == ARCHIVE_OK ? read_members(&u) : broken(&u);
	lib->archive_read_free(u.a);
	return err;
}

#endif
