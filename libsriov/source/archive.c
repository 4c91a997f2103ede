/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tar archive of a captured host (plain, or compressed with gzip, xz or zstd): kept in memory as far as THE table reads it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "captured.h"
#include "input.h"
#include "tar.h"

static bool is_compressed(struct slice s)
{
	return slice_starts(s, "\x1f\x8b") || slice_starts(s, "\xfd" "7zXZ") || slice_starts(s, "\x28\xb5\x2f\xfd");
}

static bool probe(const struct input *input)
{
	struct slice s = input_slice(input);
	return is_compressed(s) || tar_is_header(s);
}

#define KEPT_MAX ((size_t)1 << 30)

#ifdef HAVE_ARCHIVE

#include "child.h"
#include "libarchive.h"
#include "unpack.h"

#define CHILD_MEMORY ((size_t)1 << 30) /* a stranger chooses how much history xz keeps: up to 4 GiB */

/* What comes out of the archive, into the tree. */
struct taking {
	struct tree *tree;
	struct snapshot *snap;
	struct tree_node *node; /* the member whose data comes; NULL: left out */
	struct strbuf data;
	bool told;              /* a problem that ends it was told */
};

static int end_member(struct taking *t)
{
	struct tree_node *node = t->node;
	if (!node)
		return 0;
	node->data = (struct slice){arena_dup(&t->tree->arena, t->data.text ? t->data.text : "", t->data.len), t->data.len};
	t->node = NULL;
	t->data.len = 0;
	if (node->data.p)
		return 0;
	return source_fail(t->snap, -EFBIG, 0, "unpack it, and give the directory", "holds more than is taken of one host (%zu MiB)", KEPT_MAX >> 20);
}

static int take_member(struct taking *t, const struct unpacked_part *part)
{
	struct tree_node *node;
	int err = tree_put(t->tree, part->a.p, part->kind, &node);
	if (err == -EINVAL)
		return snapshot_problem(t->snap, 0, false, "members lie below one root", "member %s leads out of the root, or through what is no folder; left out",
					part->a.p);
	if (err)
		return err;
	if (part->kind == NODE_LINK) {
		size_t n = strlen(part->b.p);
		node->data = (struct slice){arena_dup(&t->tree->arena, part->b.p, n), n};
		return node->data.p ? 0 : -ENOMEM;
	}
	if (part->hard) {
		const struct tree_node *same = tree_at(t->tree, t->tree->root, t->tree->root, part->b.p, false);
		if (same && same->kind == NODE_FILE && same != node) {
			node->data = same->data;
			node->size = same->size;
		}
		return 0;
	}
	if (part->kind == NODE_FILE) {
		node->size = part->size;
		t->node = node;
	}
	return 0;
}

static int take(void *data, const struct unpacked_part *part)
{
	struct taking *t = data;
	if (part->what == UNPACKED_DATA) {
		if (t->node)
			strbuf_put(&t->data, part->a.p, part->a.n);
		return t->data.err;
	}
	int err = end_member(t);
	if (err)
		return err;
	if (part->what == UNPACKED_MEMBER)
		return take_member(t, part);
	const char *advice = arena_dup(&t->snap->arena, part->b.p, part->b.n);
	err = advice ? snapshot_problem(t->snap, 0, part->err != 0, advice, "%s", part->a.p) : -ENOMEM;
	t->told = !err && part->err;
	return err ? err : part->err;
}

struct unpack_job {
	const struct libarchive *lib;
	struct slice bytes;
};

static int send_part(void *data, const struct unpacked_part *part)
{
	int err = unpacked_send(data, part);
	return err ? err : part->err;
}

static int unpack_in_child(void *data, int fd)
{
	const struct unpack_job *job = data;
	struct unpacked_pipe pipe = {.fd = fd};
	struct unpacked_part end = {.what = UNPACKED_END};
	end.err = unpack(job->lib, job->bytes, send_part, &pipe);
	int err = unpacked_send(&pipe, &end);
	strbuf_free(&pipe.out);
	return err;
}

static int broke_off(struct snapshot *snap, int how)
{
	const char *advice = "give it more memory, or unpack it and give the directory";
	if (how > 0)
		return source_fail(snap, -EBADMSG, 0, advice, "cannot be unpacked: " LIBARCHIVE " broke over it with signal %d", how);
	return source_fail(snap, -EBADMSG, 0, advice, "cannot be unpacked: " LIBARCHIVE " gave up");
}

/* libarchive, of all that the tools use, has the most code for strangers to break, and ends where memory is lacking. */
static int unpack_contained(struct unpack_job *job, struct taking *t)
{
	struct child child;
	unsigned seconds = 60 + (unsigned)(job->bytes.n >> 20);
	int err = child_start(&child, unpack_in_child, job, -1, CHILD_MEMORY, seconds);
	if (err)
		return source_fail(t->snap, err, 0, "allow one more process, or unpack it and give the directory", "cannot be unpacked: %s", strerror(-err));
	err = unpacked_receive(child.fd, take, t);
	int how = child_end(&child, err && err != -EPIPE && !t->told);
	if (err == -EPIPE)
		return broke_off(t->snap, how);
	if (err && err != -ENOMEM && !t->told)
		return source_fail(t->snap, err, 0, "try again, or unpack it and give the directory", "cannot be unpacked: %s", strerror(-err));
	return err;
}

/* A plain archive that was cut between two members looks whole, but for its end of two empty blocks. */
static bool cut_short(struct slice s)
{
	if (is_compressed(s))
		return false;
	if (s.n % TAR_BLOCK)
		return true;
	for (size_t i = s.n - TAR_BLOCK; i < s.n; i++) {
		if (s.p[i])
			return true;
	}
	return false;
}

static int load(struct slice bytes, struct tree *tree, struct snapshot *snap)
{
	struct libarchive lib;
	if (libarchive_load(&lib))
		return source_fail(snap, -ENOSYS, 0, "install libarchive, or unpack it and give the directory", "is an archive, and " LIBARCHIVE " is missing");
	struct taking taking = {.tree = tree, .snap = snap};
	struct unpack_job job = {&lib, bytes};
	int err = CONTAINED ? unpack_contained(&job, &taking) : unpack(&lib, bytes, take, &taking);
	if (!err)
		err = end_member(&taking);
	strbuf_free(&taking.data);
	if (!err && cut_short(bytes))
		err = source_fail(snap, -EBADMSG, 0, "copy or capture it again", "is an archive that was cut short");
	return err;
}

#else

static int load(struct slice bytes, struct tree *tree, struct snapshot *snap)
{
	(void)bytes;
	(void)tree;
	return source_fail(snap, -ENOSYS, 0, "unpack it and give the directory, or build with libarchive",
			   "is an archive, and this build cannot read archives but plain ones");
}

#endif

/* The host's root: a single folder around everything is the archive's wrapping, not the host's. */
static const struct tree_node *host_root(const struct tree_node *node)
{
	const struct tree_node *only = node->child;
	return only && !only->next && only->kind == NODE_DIR && !captured_top(slice_of(only->name)) ? only : node;
}

static int open_archive(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct tree tree;
	struct slice bytes = input_slice(input);
	(void)options;
	snap->kind = SOURCE_ARCHIVE;
	int err = tree_new(&tree, KEPT_MAX);
	if (!err)
		err = is_compressed(bytes) ? -EINVAL : tar_read(bytes, &tree);
	if (err == -EINVAL) {
		tree_free(&tree);
		err = tree_new(&tree, KEPT_MAX);
		if (!err)
			err = load(bytes, &tree, snap);
		strbuf_free(&input->bytes); /* everything is in the tree */
	}
	if (!err) {
		struct view view = view_tree(&tree, host_root(tree.root));
		err = hash_reserve(&snap->names, tree.nodes);
		if (!err)
			err = captured_open(&view, snap);
	}
	tree_free(&tree);
	return err;
}

const struct source source_archive = {
	.name = "archive", .what = "a tar archive of a captured host", .probe = probe, .open = open_archive,
};
