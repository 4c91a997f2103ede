/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include "tar.h"

#define MEMBERS_MAX ((size_t)2 << 20)
#define NODES_MAX   ((size_t)1 << 20) /* what comes near the limits of archive.c is left to it */

/* The header's parts. */
enum { NAME = 0, NAME_N = 100, SIZE = 124, SIZE_N = 12, SUM = 148, SUM_N = 8, TYPE = 156, LINK = 157, LINK_N = 100, MAGIC = 257, PREFIX = 345, PREFIX_N = 155 };

/* The same in each byte of a word: what is told of eight characters at once. */
#define EACH(byte) ((byte) * UINT64_C(0x0101010101010101))

static uint64_t word_at(const char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof(word));
	return word;
}

bool tar_is_header(struct slice s)
{
	uint64_t sums = 0; /* of even and odd bytes: four sums of 128 each, no carries */
	unsigned sum = 0;
	uint64_t given = 0;
	if (s.n < TAR_BLOCK || !s.p[0])
		return false;
	for (size_t i = 0; i < TAR_BLOCK; i += 8) {
		uint64_t word = word_at(s.p + i);
		sums += (word & UINT64_C(0x00ff00ff00ff00ff)) + (word >> 8 & UINT64_C(0x00ff00ff00ff00ff));
	}
	for (; sums; sums >>= 16)
		sum += (unsigned)(sums & 0xffff);
	for (size_t i = SUM; i < SUM + SUM_N; i++)
		sum += ' ' - (unsigned)(unsigned char)s.p[i];
	for (size_t i = SUM; i < SUM + SUM_N; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '7')
			given = given << 3 | (unsigned)(s.p[i] - '0');
		else if (s.p[i] != ' ')
			break;
	}
	return given == sum;
}

static bool empty(const char *block)
{
	static const char zeros[TAR_BLOCK];
	return !memcmp(block, zeros, TAR_BLOCK);
}

/* Spaces, octal digits, and nothing but spaces and NULs behind them. */
static bool is_number(const char *p, size_t n)
{
	size_t i = 0;
	while (i < n && p[i] == ' ')
		i++;
	for (; n - i >= 8 && (word_at(p + i) & EACH(0xf8)) == EACH('0'); i += 8)
		;
	while (i < n && p[i] >= '0' && p[i] <= '7')
		i++;
	while (i < n && (p[i] == ' ' || p[i] == '\0'))
		i++;
	return i == n;
}

/* Octal digits up to a NUL or a space; anything else is another way to write it. */
static bool octal(const char *p, size_t n, size_t *value)
{
	size_t i = 0;
	*value = 0;
	while (i < n && p[i] >= '0' && p[i] <= '7')
		*value = *value << 3 | (size_t)(p[i++] - '0');
	return i && (i == n || p[i] == '\0' || p[i] == ' ');
}

/* Printable ASCII up to a NUL or the end of its room; appended to `to`, which is terminated. */
static bool text(const char *p, size_t room, char *to, size_t *len)
{
	size_t n = strnlen(p, room), i = 0;
	/* a byte below 0x20 borrows, one above 0x7e carries */
	for (; n - i >= 8 && !(((word_at(p + i) - EACH(0x20)) | (word_at(p + i) + EACH(1)) | word_at(p + i)) & EACH(0x80)); i += 8)
		;
	for (; i < n; i++) {
		if (p[i] < 0x20 || p[i] > 0x7e)
			return false;
	}
	memcpy(to + *len, p, n);
	*len += n;
	to[*len] = '\0';
	return true;
}

struct member {
	enum node_kind kind;
	size_t size;
	char path[PREFIX_N + NAME_N + 2], target[LINK_N + 1];
};

static bool parse(const char *header, struct member *m)
{
	static const struct {
		unsigned short at, n;
	} numbers[] = {{100, 8}, {108, 8}, {116, 8}, {SIZE, SIZE_N}, {136, 12}, {329, 8}, {337, 8}}; /* mode, owners, times, device */
	size_t len = 0, target_len = 0;
	bool posix = !memcmp(header + MAGIC, "ustar\00000", 8), gnu = !memcmp(header + MAGIC, "ustar  ", 8);
	if (!posix && !gnu)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!is_number(header + numbers[i].at, numbers[i].n))
			return false;
	if (posix && header[PREFIX]) {
		if (!text(header + PREFIX, PREFIX_N, m->path, &len))
			return false;
		if (m->path[len - 1] != '/')
			m->path[len++] = '/';
	}
	if (!header[NAME] || !text(header + NAME, NAME_N, m->path, &len) || !octal(header + SIZE, SIZE_N, &m->size))
		return false;
	switch (header[TYPE]) {
	case '\0':
	case '0':
		m->kind = NODE_FILE;
		return m->path[len - 1] != '/'; /* of old, a folder */
	case '5':
		m->kind = NODE_DIR;
		return m->size == 0;
	case '2':
		m->kind = NODE_LINK;
		return m->size == 0 && header[LINK] && text(header + LINK, LINK_N, m->target, &target_len);
	default:
		return false;
	}
}

static int put(struct tree *tree, const struct member *m, struct slice data)
{
	struct tree_node *node;
	int err = tree_put(tree, m->path, m->kind, &node);
	if (err)
		return err;
	if (m->kind == NODE_LINK) {
		size_t n = strlen(m->target);
		node->data = (struct slice){arena_dup(&tree->arena, m->target, n), n};
		return node->data.p ? 0 : -ENOMEM;
	}
	if (m->kind == NODE_FILE) {
		node->data = data;
		node->size = data.n;
	}
	return tree->nodes <= NODES_MAX ? 0 : -EINVAL;
}

int tar_read(struct slice bytes, struct tree *tree)
{
	size_t usual = bytes.n / (2 * TAR_BLOCK); /* a header, and less than a block of bytes */
	int room = hash_reserve(&tree->names, usual < NODES_MAX ? usual : NODES_MAX);
	if (room)
		return room;
	for (size_t at = 0, members = 0; bytes.n - at >= 2 * TAR_BLOCK && members < MEMBERS_MAX; members++) {
		struct member m;
		const char *header = bytes.p + at;
		if (!header[0]) { /* the end, if it is one as it should be: two empty blocks, and an empty one behind all */
			bool end = members && bytes.n % TAR_BLOCK == 0 && empty(header) && empty(header + TAR_BLOCK);
			return end && empty(bytes.p + bytes.n - TAR_BLOCK) ? 0 : -EINVAL;
		}
		if (!tar_is_header((struct slice){header, TAR_BLOCK}) || !parse(header, &m))
			return -EINVAL;
		at += TAR_BLOCK;
		if (m.size > bytes.n - at || bytes.n - at - m.size < TAR_BLOCK)
			return -EINVAL;
		int err = put(tree, &m, (struct slice){bytes.p + at, m.size});
		if (err)
			return err;
		at += (m.size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
	}
	return -EINVAL;
}
