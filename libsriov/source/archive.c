/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tar archive of a captured host (plain, or compressed with gzip, xz or zstd): kept in memory as far as THE table reads it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "captured.h"
#include "input.h"

enum { BLOCK = 512 };

/* The header's sum is of its bytes, with spaces in place of the sum itself. */
static bool is_tar(struct slice s)
{
	unsigned sum = 0;
	uint64_t given = 0;
	if (s.n < BLOCK || !s.p[0])
		return false;
	for (size_t i = 0; i < BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)s.p[i];
	for (size_t i = 148; i < 156; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '7')
			given = given << 3 | (unsigned)(s.p[i] - '0');
		else if (s.p[i] != ' ')
			break;
	}
	return given == sum;
}

static bool is_compressed(struct slice s)
{
	return slice_starts(s, "\x1f\x8b") || slice_starts(s, "\xfd" "7zXZ") || slice_starts(s, "\x28\xb5\x2f\xfd");
}

static bool probe(const struct input *input)
{
	struct slice s = input_slice(input);
	return is_compressed(s) || is_tar(s);
}

#ifdef HAVE_ARCHIVE

#include "libarchive.h"
#include "tree.h"

#define MEMBERS_MAX ((size_t)2 << 20)
#define KEPT_MAX    ((size_t)1 << 30)
#define FREE_BYTES  ((int64_t)256 << 20) /* up to here no one asks how much smaller the archive was */
#define RATIO_MAX   200
#define BYTES_MAX   ((int64_t)64 << 30)

static const char *const bomb_advice = "unpack it where there is room, and give the directory";

/* Unpacked so far; an archive that grows beyond measure is one that was made to. */
static int check_growth(const struct libarchive *lib, struct archive *a, struct snapshot *snap)
{
	int64_t packed = lib->archive_filter_bytes(a, -1), unpacked = lib->archive_filter_bytes(a, 0);
	if (unpacked > BYTES_MAX || (unpacked > FREE_BYTES && unpacked / RATIO_MAX > packed))
		return source_fail(snap, -EFBIG, 0, bomb_advice, "%lld bytes unpack to more than %lld", (long long)packed, (long long)unpacked);
	return 0;
}

static int broken(const struct libarchive *lib, struct archive *a, struct snapshot *snap)
{
	const char *why = lib->archive_error_string(a);
	if (lib->archive_errno(a) == ENOMEM)
		return source_fail(snap, -ENOMEM, 0, "give it more memory", "memory is exhausted");
	return source_fail(snap, -EBADMSG, 0, "copy or capture it again", "is a broken archive, after %d members: %s", lib->archive_file_count(a),
			   why ? why : "unknown error");
}

/* The bytes of a file, as many as some row reads. */
static int keep_data(const struct libarchive *lib, struct archive *a, struct tree *tree, struct tree_node *node, size_t keep, struct snapshot *snap)
{
	struct strbuf sb = {0};
	int err = 0;
	while (!err && sb.len < keep) {
		size_t want = keep - sb.len < 65536 ? keep - sb.len : 65536;
		char *to = strbuf_room(&sb, want);
		la_ssize_t n = to ? lib->archive_read_data(a, to, want) : ARCHIVE_FATAL;
		if (!to)
			err = -ENOMEM;
		else if (n == ARCHIVE_WARN || n == ARCHIVE_RETRY)
			continue;
		else if (n < 0)
			err = broken(lib, a, snap);
		else if (n == 0)
			break;
		else
			sb.len += (size_t)n;
		if (!err)
			err = check_growth(lib, a, snap);
	}
	if (!err) {
		node->data = (struct slice){arena_dup(&tree->arena, sb.text ? sb.text : "", sb.len), sb.len};
		if (!node->data.p)
			err = source_fail(snap, -EFBIG, 0, bomb_advice, "holds more than is taken of one host (%zu MiB)", KEPT_MAX >> 20);
	}
	strbuf_free(&sb);
	return err;
}

/* Members that nobody reads still unpack: a single one may be the bomb. */
static int pass_over(const struct libarchive *lib, struct archive *a, struct snapshot *snap)
{
	const void *block;
	size_t n;
	la_int64_t offset;
	int err = 0;
	for (;;) {
		int result = lib->archive_read_data_block(a, &block, &n, &offset);
		if (result == ARCHIVE_EOF)
			return 0;
		if (result == ARCHIVE_RETRY)
			continue;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return broken(lib, a, snap);
		err = check_growth(lib, a, snap);
		if (err)
			return err;
	}
}

static int take_member(const struct libarchive *lib, struct archive *a, struct archive_entry *entry, const struct capture_index *index, struct tree *tree, struct snapshot *snap)
{
	const char *path = lib->archive_entry_pathname(entry), *hard = lib->archive_entry_hardlink(entry);
	const char *target = lib->archive_entry_symlink(entry);
	struct tree_node *node;
	enum node_kind kind = NODE_OTHER;

	if (!path)
		path = lib->archive_entry_pathname_utf8(entry);
	if (!path || strlen(path) >= PATH_MAX)
		return snapshot_problem(snap, 0, false, "names are at most 4095 bytes", "a member without a usable name; left out");
	if (hard || lib->archive_entry_filetype(entry) == AE_IFREG)
		kind = NODE_FILE;
	else if (lib->archive_entry_filetype(entry) == AE_IFDIR)
		kind = NODE_DIR;
	else if (target && *target && strlen(target) < PATH_MAX)
		kind = NODE_LINK;

	int err = tree_put(tree, path, kind, &node);
	if (err == -EINVAL)
		return snapshot_problem(snap, 0, false, "members lie below one root", "member %s leads out of the root, or through what is no folder; left out", path);
	if (err)
		return err;
	if (kind == NODE_LINK) {
		node->data = (struct slice){arena_dup(&tree->arena, target, strlen(target)), strlen(target)};
		return node->data.p ? 0 : -ENOMEM;
	}
	if (hard) {
		const struct tree_node *same = tree_at(tree, tree->root, tree->root, hard, false);
		if (same && same->kind == NODE_FILE && same != node) {
			node->data = same->data;
			node->size = same->size;
		}
		return 0;
	}
	if (kind != NODE_FILE)
		return 0;
	node->size = lib->archive_entry_size(entry) > 0 ? (uint64_t)lib->archive_entry_size(entry) : 0;
	struct slice below = slice_of(path);
	while (slice_eat(&below, "/") || slice_eat(&below, "./"))
		;
	size_t keep = captured_keep(index, below);
	return keep ? keep_data(lib, a, tree, node, keep, snap) : 0;
}

static int read_members(const struct libarchive *lib, struct archive *a, struct tree *tree, struct snapshot *snap)
{
	struct capture_index index;
	capture_index_make(&index);
	for (size_t members = 0;; members++) {
		struct archive_entry *entry;
		int result = lib->archive_read_next_header(a, &entry);
		if (result == ARCHIVE_EOF)
			return members ? 0 : source_fail(snap, -ENODATA, 0, "capture the host again", "is an archive without members");
		if (result == ARCHIVE_RETRY)
			continue;
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return broken(lib, a, snap);
		if (members >= MEMBERS_MAX)
			return source_fail(snap, -E2BIG, 0, bomb_advice, "has more than %zu members", MEMBERS_MAX);
		int err = check_growth(lib, a, snap);
		if (!err)
			err = take_member(lib, a, entry, &index, tree, snap);
		if (!err)
			err = pass_over(lib, a, snap);
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

/* A plain archive that was cut between two members looks whole, but for its end of two empty blocks. */
static bool cut_short(struct slice s)
{
	if (is_compressed(s))
		return false;
	if (s.n % BLOCK)
		return true;
	for (size_t i = s.n - BLOCK; i < s.n; i++) {
		if (s.p[i])
			return true;
	}
	return false;
}

static int load(const struct libarchive *lib, struct slice bytes, struct tree *tree, struct snapshot *snap)
{
	struct archive *a = lib->archive_read_new();
	if (!a)
		return -ENOMEM;
	int err = -ENOMEM;
	if (allow_formats(lib, a))
		err = lib->archive_read_open_memory(a, bytes.p, bytes.n) == ARCHIVE_OK ? read_members(lib, a, tree, snap) : broken(lib, a, snap);
	if (!err && cut_short(bytes))
		err = source_fail(snap, -EBADMSG, 0, "copy or capture it again", "is an archive that was cut short");
	lib->archive_read_free(a);
	return err;
}

/* The host's root: a single folder around everything is the archive's wrapping, not the host's. */
static const struct tree_node *host_root(const struct tree_node *node)
{
	const struct tree_node *only = node->child;
	return only && !only->next && only->kind == NODE_DIR && !captured_top(slice_of(only->name)) ? only : node;
}

static int open_archive(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct tree tree;
	(void)options;
	snap->kind = SOURCE_ARCHIVE;
	struct libarchive lib;
	if (libarchive_load(&lib))
		return source_fail(snap, -ENOSYS, 0, "install libarchive, or unpack it and give the directory", "is an archive, and " LIBARCHIVE " is missing");
	int err = tree_new(&tree, KEPT_MAX);
	if (!err)
		err = load(&lib, input_slice(input), &tree, snap);
	strbuf_free(&input->bytes); /* everything is in the tree */
	if (!err) {
		struct view view = view_tree(&tree, host_root(tree.root));
		err = captured_open(&view, snap);
	}
	tree_free(&tree);
	return err;
}

#else

static int open_archive(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	(void)input;
	(void)options;
	snap->kind = SOURCE_ARCHIVE;
	return source_fail(snap, -ENOSYS, 0, "unpack it and give the directory, or build with libarchive", "is an archive, and this build cannot read archives");
}

#endif

const struct source source_archive = {
	.name = "archive", .what = "a tar archive of a captured host", .probe = probe, .open = open_archive,
};
