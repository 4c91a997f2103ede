/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An archive's members in memory, as a view walks over them. */
#ifndef SRIOV_SOURCE_TREE_H
#define SRIOV_SOURCE_TREE_H

#include "util/hash.h"
#include "view.h"

struct tree {
	struct arena arena;
	struct tree_node *root;
	struct hash_table names;
	size_t nodes;
	struct tree_node *last; /* the folder of the last member that was put, and its path: the next is most often in it */
	char last_path[256];
	size_t last_n;
	unsigned last_depth;
};

int tree_new(struct tree *tree, size_t memory_limit) MUST_CHECK;
void tree_free(struct tree *tree);
/*
 * The node of a member, made with the directories above it; one that is there gets the new kind (the last member of a name counts,
 * as when unpacking), but a directory with something in it stays one. -EINVAL: "..", or a way through something that is no directory.
 */
int tree_put(struct tree *tree, const char *path, enum node_kind kind, struct tree_node **out) MUST_CHECK;
/* The node at path below dir; links are followed inside root (the last one only if wanted). NULL: nothing there, or a loop. */
const struct tree_node *tree_at(const struct tree *tree, const struct tree_node *root, const struct tree_node *dir, const char *path, bool last);

#endif
