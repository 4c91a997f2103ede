/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include "tree.h"

static int tree_open(const struct view *view, const struct place *dir, const char *name, struct place *out)
{
	int err = place_path(dir, name, out->path);
	if (err)
		return err;
	const struct tree_node *node = tree_at(view->tree, view->root, dir->node, name, true);
	if (!node)
		return -ENOENT;
	if (node->kind != NODE_DIR)
		return -ENOTDIR;
	out->node = node;
	out->fd = -1;
	return 0;
}

static void tree_close(struct place *dir)
{
	dir->node = NULL;
}

static int tree_list(const struct view *view, const struct place *dir, struct listing *listing)
{
	(void)view;
	listing_clear(listing);
	for (const struct tree_node *node = dir->node->child; node; node = node->next) {
		int err = listing_add(listing, node->name, strlen(node->name), node->kind);
		if (err)
			return err;
	}
	listing_sort(listing);
	return 0;
}

static int tree_kind(const struct view *view, const struct place *dir, const char *name, enum node_kind *kind)
{
	const struct tree_node *node = tree_at(view->tree, view->root, dir->node, name, false);
	if (!node)
		return -ENOENT;
	*kind = node->kind;
	return 0;
}

static int tree_read(const struct view *view, const struct place *dir, const char *name, enum node_kind kind, size_t max, struct strbuf *sb,
		     uint64_t *size)
{
	(void)kind;
	const struct tree_node *node = tree_at(view->tree, view->root, dir->node, name, true);
	if (!node)
		return -ENOENT;
	if (node->kind != NODE_FILE)
		return -EINVAL;
	strbuf_put(sb, node->data.p, node->data.n < max ? node->data.n : max);
	if (size)
		*size = node->size;
	return sb->err;
}

static int tree_link(const struct view *view, const struct place *dir, const char *name, struct strbuf *sb)
{
	const struct tree_node *node = tree_at(view->tree, view->root, dir->node, name, false);
	if (!node)
		return -ENOENT;
	if (node->kind != NODE_LINK)
		return -EINVAL;
	strbuf_put(sb, node->data.p, node->data.n);
	return sb->err;
}

const struct view_ops view_tree_ops = {
	.open = tree_open, .close = tree_close, .list = tree_list, .kind = tree_kind, .read = tree_read, .link = tree_link,
};
