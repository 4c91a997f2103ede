/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lspci -t. A branch is a '+' or '\' in a column; further down, the same column is the same branch. What a branch hangs on was
 * said in the line where the column came up first:
 *
 *	-[0000:00]-+-00.0  Host bridge
 *	           +-01.0-[05-08]----00.0-[06-08]--+-02.0-[07]--+-00.0
 *	           |                               |            \-00.1
 *	           |                               \-04.0-[08]----00.0
 */
#include "lspci-hex.h"
#include "lspci-text.h"

#define TREE_COLUMNS ((size_t)4096)

static bool is_tree_line(const struct lspci_tree *tree, struct slice line)
{
	struct slice s = slice_trim(lspci_unquote(line));
	if (slice_starts(s, "-[") || slice_starts(s, "-+-["))
		return true;
	return tree->in_tree && (slice_starts(s, "+-") || slice_starts(s, "\\-") || slice_starts(s, "|"));
}

/* The branch in a column: where it hangs, or a new one that hangs where we are. */
static void at_branch(struct lspci_tree *tree, size_t column)
{
	while (tree->depth && tree->stack[tree->depth - 1].column > column)
		tree->depth--;
	if (tree->depth && tree->stack[tree->depth - 1].column == column) {
		tree->bus = tree->stack[tree->depth - 1].bus;
		tree->domain = tree->stack[tree->depth - 1].domain;
	} else if (tree->depth < ARRAY_SIZE(tree->stack)) {
		tree->stack[tree->depth].column = column;
		tree->stack[tree->depth].bus = tree->bus;
		tree->stack[tree->depth++].domain = tree->domain;
	} else {
		tree->bus = -1;
	}
}

/* "[0000:00]", "[05-08]", "[05]": behind a function the buses of the bridge, else a root bus. */
static bool eat_buses(struct slice *s, bool *has_domain, uint64_t *domain, uint64_t *from, uint64_t *to)
{
	struct slice rest = *s;
	if (!slice_eat(&rest, "["))
		return false;
	struct slice probe = rest;
	*has_domain = slice_eat_u64(&probe, 16, domain) && *domain <= UINT32_MAX && slice_starts(probe, ":");
	if (*has_domain)
		rest = slice_from(probe, 1);
	if (!slice_eat_hex(&rest, 2, from))
		return false;
	*to = *from;
	if (slice_eat(&rest, "-") && !slice_eat_hex(&rest, 2, to))
		return false;
	if (!slice_eat(&rest, "]"))
		return false;
	*s = rest;
	return true;
}

static bool eat_function(struct slice *s, struct tree_node *node)
{
	uint64_t device, function;
	struct slice rest = *s;
	if (!slice_eat_hex(&rest, 2, &device) || device > 0x1f || !slice_eat(&rest, ".") || !slice_eat_hex(&rest, 1, &function) || function > 7)
		return false;
	if (rest.n && rest.p[0] != ' ' && rest.p[0] != '-' && rest.p[0] != '\t')
		return false;
	node->addr.device = (uint8_t)device;
	node->addr.function = (uint8_t)function;
	*s = rest;
	return true;
}

/* The next function of the line that is being read. */
static bool line_next(struct lspci_tree *tree, struct tree_node *node)
{
	uint64_t domain = 0, from, to;
	bool has_domain;
	while (tree->rest.n && tree->column < TREE_COLUMNS) {
		struct slice before = tree->rest;
		char c = tree->rest.p[0];
		if (c == '+' || c == '\\')
			at_branch(tree, tree->column);
		if (c == '[' && eat_buses(&tree->rest, &has_domain, &domain, &from, &to)) {
			if (has_domain)
				tree->domain = (uint32_t)domain;
			tree->bus = (int)from;
			tree->column += before.n - tree->rest.n;
			continue;
		}
		if (!eat_function(&tree->rest, node)) {
			tree->rest = slice_from(tree->rest, 1);
			tree->column++;
			continue;
		}
		tree->column += before.n - tree->rest.n;
		node->addr.domain = tree->domain;
		node->bridge = false;
		node->line = tree->line - 1;
		node->name = (struct slice){tree->rest.p, 0};
		int bus = tree->bus;
		struct slice behind = tree->rest;
		if (slice_eat(&behind, "-") && eat_buses(&behind, &has_domain, &domain, &from, &to)) {
			node->bridge = from <= to;
			node->secondary = (uint8_t)from;
			node->subordinate = (uint8_t)to;
			tree->column += tree->rest.n - behind.n;
			tree->rest = behind;
			tree->bus = (int)from;
			if (has_domain)
				tree->domain = (uint32_t)domain;
		} else {
			node->name = slice_trim(tree->rest); /* the line's last function has its name behind it */
			tree->rest = slice_from(tree->rest, tree->rest.n);
		}
		if (bus < 0)
			continue;
		node->addr.bus = (uint8_t)bus;
		return true;
	}
	return false;
}

bool lspci_tree_next(struct lspci_tree *tree, struct tree_node *node)
{
	struct slice line;
	if (!tree->line)
		tree->line = 1;
	while (!line_next(tree, node)) {
		if (!slice_line(&tree->text, &line))
			return false;
		tree->line++;
		bool is = is_tree_line(tree, line);
		struct slice s = lspci_unquote(line);
		if (!is || slice_starts(slice_trim(s), "-")) { /* a tree begins, or ended */
			tree->depth = 0;
			tree->bus = -1;
			tree->domain = 0;
		}
		tree->in_tree = is;
		tree->rest = is ? s : (struct slice){s.p, 0};
		tree->column = 0;
	}
	return true;
}
