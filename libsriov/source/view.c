/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "view.h"

#define NAMES_MAX ((size_t)1 << 20) /* in one directory */

void listing_clear(struct listing *listing)
{
	listing->n = 0;
	listing->text.len = 0;
}

void listing_free(struct listing *listing)
{
	free(listing->names);
	strbuf_free(&listing->text);
	*listing = (struct listing){0};
}

int listing_add(struct listing *listing, const char *name, size_t len, enum node_kind kind)
{
	if (listing->n >= NAMES_MAX)
		return -E2BIG;
	if (listing->n == listing->room) {
		size_t room = listing->room ? listing->room * 2 : 64;
		struct node_name *names = realloc(listing->names, room * sizeof(*names));
		if (!names)
			return -ENOMEM;
		listing->names = names;
		listing->room = room;
	}
	listing->names[listing->n++] = (struct node_name){.at = listing->text.len, .kind = kind};
	strbuf_put(&listing->text, name, len);
	strbuf_put(&listing->text, "", 1);
	return listing->text.err;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct node_name *)a)->name, ((const struct node_name *)b)->name);
}

void listing_sort(struct listing *listing)
{
	bool rises = true, falls = true;
	for (size_t i = 0; i < listing->n; i++) {
		listing->names[i].name = listing->text.text + listing->names[i].at;
		int order = i ? by_name(&listing->names[i - 1], &listing->names[i]) : 0;
		rises &= order <= 0;
		falls &= !i || order > 0;
	}
	if (rises)
		return;
	if (falls) { /* what was made last comes first, in some file systems and in trees */
		for (size_t i = 0, last = listing->n - 1; i < last; i++, last--) {
			struct node_name name = listing->names[i];
			listing->names[i] = listing->names[last];
			listing->names[last] = name;
		}
		return;
	}
	qsort(listing->names, listing->n, sizeof(listing->names[0]), by_name);
}

enum node_kind listing_has(const struct listing *listing, const char *name)
{
	struct node_name key = {.name = name};
	const struct node_name *hit =
		listing->n ? bsearch(&key, listing->names, listing->n, sizeof(key), by_name) : NULL;
	if (!hit)
		return NODE_UNKNOWN;
	return hit->kind == NODE_UNKNOWN ? NODE_OTHER : hit->kind;
}

struct place view_root(const struct view *view)
{
	return (struct place){.fd = view->root_fd, .node = view->root};
}

int place_path(const struct place *dir, const char *name, char out[PATH_MAX])
{
	size_t n = strlen(dir->path), m = strlen(name);
	if (n + 1 + m >= PATH_MAX)
		return -ENAMETOOLONG;
	memmove(out, dir->path, n);
	if (n && m)
		out[n++] = '/';
	memcpy(out + n, name, m + 1);
	return 0;
}
