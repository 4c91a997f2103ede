/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

#define DEPTH_MAX 64
#define HOPS_MAX  40

int tree_new(struct tree *tree, size_t memory_limit)
{
	*tree = (struct tree){.arena.limit = memory_limit};
	tree->root = arena_alloc(&tree->arena, sizeof(*tree->root));
	if (!tree->root)
		return -ENOMEM;
	*tree->root = (struct tree_node){.name = "", .kind = NODE_DIR};
	return 0;
}

void tree_free(struct tree *tree)
{
	arena_free(&tree->arena);
	free(tree->names.slots);
	*tree = (struct tree){0};
}

static struct tree_node *child_hashed(const struct tree *tree, const struct tree_node *dir, const char *name, size_t n, uint32_t hash)
{
	const struct hash_table *names = &tree->names;
	for (size_t i = hash_first(names, hash); names->slots && names->slots[i].what; i = hash_next(names, i)) {
		struct tree_node *node = names->slots[i].what;
		if (names->slots[i].hash == hash && node->parent == dir && !strncmp(node->name, name, n) && !node->name[n])
			return node;
	}
	return NULL;
}

static struct tree_node *child(const struct tree *tree, const struct tree_node *dir, const char *name, size_t n)
{
	return child_hashed(tree, dir, name, n, hash_name(dir, name, n));
}

static struct tree_node *put_child(struct tree *tree, struct tree_node *dir, const char *name, size_t n)
{
	uint32_t hash = hash_name(dir, name, n);
	struct tree_node *there = child_hashed(tree, dir, name, n, hash);
	if (there)
		return there;
	if (hash_room(&tree->names))
		return NULL;
	struct tree_node *node = arena_alloc(&tree->arena, sizeof(*node));
	char *copy = arena_dup(&tree->arena, name, n);
	if (!node || !copy)
		return NULL;
	*node = (struct tree_node){.name = copy, .parent = dir, .next = dir->child};
	dir->child = node;
	hash_insert(&tree->names, hash, node);
	tree->nodes++;
	return node;
}

int tree_put(struct tree *tree, const char *path, enum node_kind kind, struct tree_node **out)
{
	const char *whole = path, *slash = strrchr(path, '/');
	size_t above = slash ? (size_t)(slash - path) : 0;
	struct tree_node *node = tree->root;
	unsigned depth = 0;
	bool same = above && tree->last && tree->last->kind == NODE_DIR && above == tree->last_n && !memcmp(path, tree->last_path, above);
	if (same) {
		node = tree->last;
		depth = tree->last_depth;
		path += above + 1;
	}
	while (*path) {
		if (!same && slash && path == slash + 1 && above < sizeof(tree->last_path)) {
			memcpy(tree->last_path, whole, above);
			tree->last_n = above;
			tree->last = node;
			tree->last_depth = depth;
		}
		size_t n = strcspn(path, "/");
		const char *part = path;
		path += n + (path[n] == '/');
		if (n == 0 || (n == 1 && *part == '.'))
			continue;
		if ((n == 2 && !memcmp(part, "..", 2)) || n > NAME_MAX || ++depth > DEPTH_MAX)
			return -EINVAL;
		if (node->kind == NODE_UNKNOWN)
			node->kind = NODE_DIR;
		if (node->kind != NODE_DIR)
			return -EINVAL;
		node = put_child(tree, node, part, n);
		if (!node)
			return -ENOMEM;
	}
	if (node->kind == NODE_UNKNOWN || (node != tree->root && !node->child)) {
		node->kind = kind;
		node->data = (struct slice){0};
		node->size = 0;
	} else if (kind != NODE_DIR) {
		return -EINVAL;
	}
	*out = node;
	return 0;
}

static const struct tree_node *follow(const struct tree *tree, const struct tree_node *root, const struct tree_node *dir, const char *path, bool last,
				      unsigned *hops)
{
	while (dir && *path) {
		size_t n = strcspn(path, "/");
		const char *part = path;
		path += n;
		path += strspn(path, "/");
		if (n == 0 || (n == 1 && *part == '.'))
			continue;
		if (n == 2 && !memcmp(part, "..", 2)) {
			dir = dir == root || !dir->parent ? dir : dir->parent;
			continue;
		}
		const struct tree_node *node = dir->kind == NODE_DIR ? child(tree, dir, part, n) : NULL;
		if (node && node->kind == NODE_LINK && (last || *path)) {
			if (++*hops > HOPS_MAX)
				return NULL;
			node = follow(tree, root, node->data.p[0] == '/' ? root : dir, node->data.p, true, hops);
		}
		dir = node;
	}
	return dir;
}

const struct tree_node *tree_at(const struct tree *tree, const struct tree_node *root, const struct tree_node *dir, const char *path, bool last)
{
	unsigned hops = 0;
	return follow(tree, root, path[0] == '/' ? root : dir, path, last, &hops);
}
