/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A root seen as a tree of directories, files and links: the file system below a directory (view-dir.c), or an archive in memory
 * (view-tree.c). The walk over a host (root.c) sees only this. Nothing leads out of the root.
 */
#ifndef SRIOV_SOURCE_VIEW_H
#define SRIOV_SOURCE_VIEW_H

#include <limits.h>

#include "util/arena.h"
#include "util/slice.h"
#include "util/strbuf.h"

enum node_kind { NODE_UNKNOWN, NODE_FILE, NODE_DIR, NODE_LINK, NODE_OTHER };

struct node_name {
	const char *name; /* set by listing_sort() */
	size_t at;
	enum node_kind kind;
};

/* A listing, sorted by name: nothing depends on the order of a file system. */
struct listing {
	struct node_name *names;
	size_t n, room;
	struct strbuf text;
};
void listing_clear(struct listing *listing);
void listing_free(struct listing *listing);
int listing_add(struct listing *listing, const char *name, size_t len, enum node_kind kind) MUST_CHECK;
void listing_sort(struct listing *listing);
/* NODE_UNKNOWN where the name is not in it. */
enum node_kind listing_has(const struct listing *listing, const char *name);

/* An archive in memory. */
struct tree_node {
	const char *name;
	struct tree_node *parent, *child, *next;
	enum node_kind kind;
	struct slice data; /* of a file its bytes (as far as they were kept), of a link its target */
	uint64_t size;     /* of a file, as the archive says */
};

/* A directory that is open. path: from the root, without a slash at either end; "" = the root. */
struct place {
	int fd;
	const struct tree_node *node;
	char path[PATH_MAX];
};

struct view_ops;
struct tree;

/* What could not be read although it is there: how much, and the first. */
struct view_trouble {
	size_t n;
	int err;
	char path[PATH_MAX];
};

struct view {
	const struct view_ops *ops;
	bool own_resolver; /* no openat2() here */
	bool live;         /* this host: sysfs gives an attribute in one read */
	int root_fd;
	const struct tree *tree;
	const struct tree_node *root;
	struct view_trouble *trouble; /* NULL: nobody asks */
};

/* Names may have several parts; they are resolved inside the root, links too. 0 or negative errno. */
struct view_ops {
	int (*open)(const struct view *view, const struct place *dir, const char *name, struct place *out);
	void (*close)(struct place *dir);
	int (*list)(const struct view *view, const struct place *dir, struct listing *listing);
	/* What one name is, itself: a link is a link. */
	int (*kind)(const struct view *view, const struct place *dir, const char *name, enum node_kind *kind);
	/* At most max bytes of a regular file, appended to sb. size, if wanted: as the file system says. -EINVAL: no regular file. */
	int (*read)(const struct view *view, const struct place *dir, const char *name, enum node_kind kind, size_t max, struct strbuf *sb,
		    uint64_t *size);
	/* The target of a link, appended to sb. */
	int (*link)(const struct view *view, const struct place *dir, const char *name, struct strbuf *sb);
};

extern const struct view_ops view_dir_ops, view_tree_ops;

/* root_fd stays the caller's. */
static inline struct view view_dir(int root_fd)
{
	return (struct view){.ops = &view_dir_ops, .root_fd = root_fd};
}

/* root: any directory of the tree. */
static inline struct view view_tree(const struct tree *tree, const struct tree_node *root)
{
	return (struct view){.ops = &view_tree_ops, .root_fd = -1, .tree = tree, .root = root};
}

struct place view_root(const struct view *view);
/* The path of name below a place into out; -ENAMETOOLONG. */
int place_path(const struct place *dir, const char *name, char out[PATH_MAX]) MUST_CHECK;

/* read(2) until max bytes or the end, over interruptions and short reads; appended to sb. 0 or negative errno. */
int read_all(int fd, size_t max, struct strbuf *sb) MUST_CHECK;
/* Open a path inside the root with the flags of open(2); links, absolute ones and ".." too, never lead out. fd or negative errno. */
int open_in_root(const struct view *view, const char *path, int flags) MUST_CHECK;

#endif
