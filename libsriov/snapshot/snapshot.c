/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "snapshot.h"
#include "util/addr.h"

#define SNAPSHOT_BYTES LIMIT_GIB(4) /* more than any host gives; hostile archives meet their own limits first */
#define ITEMS_MAX      ((size_t)64 << 20)
#define DEPTH_MAX      64 /* parts of a path, after links */
#define HOPS_MAX       16 /* links on the way to one item */
#define NAME_LEN_MAX   255
#define PROBLEMS_MAX   1000

struct snapshot *snapshot_new(const char *name)
{
	struct snapshot *snap = calloc(1, sizeof(*snap));
	if (!snap)
		return NULL;
	snap->arena.limit = SNAPSHOT_BYTES;
	snap->root = arena_alloc(&snap->arena, sizeof(*snap->root));
	snap->name = arena_dup(&snap->arena, name, strlen(name));
	if (!snap->root || !snap->name) {
		snapshot_free(snap);
		return NULL;
	}
	*snap->root = (struct item){.name = "", .kind = ITEM_DIR, .state = ITEM_PRESENT};
	return snap;
}

void snapshot_free(struct snapshot *snap)
{
	if (!snap)
		return;
	arena_free(&snap->arena);
	free(snap->taken);
	free(snap->names.slots);
	free(snap);
}

static struct item *child_hashed(const struct snapshot *snap, const struct item *parent, struct slice name, uint32_t hash)
{
	const struct hash_table *names = &snap->names;
	for (size_t i = hash_first(names, hash); names->slots && names->slots[i].what; i = hash_next(names, i)) {
		struct item *item = names->slots[i].what;
		if (names->slots[i].hash == hash && item->parent == parent && item->name_n == name.n && !memcmp(item->name, name.p, name.n))
			return item;
	}
	return NULL;
}

static struct item *child_of(const struct snapshot *snap, const struct item *parent, struct slice name)
{
	return child_hashed(snap, parent, name, hash_name(parent, name.p, name.n));
}

static int child_new(struct snapshot *snap, struct item *parent, struct slice name, uint32_t hash, struct item **out)
{
	if (name.n > NAME_LEN_MAX)
		return -ENAMETOOLONG;
	if (snap->items >= ITEMS_MAX)
		return -E2BIG;
	if (hash_room(&snap->names))
		return -ENOMEM;
	struct item *item = arena_alloc(&snap->arena, sizeof(*item));
	char *copy = arena_dup(&snap->arena, name.p, name.n);
	if (!item || !copy)
		return -ENOMEM;
	item->name = copy;
	item->name_n = (uint16_t)name.n;
	item->parent = parent;
	if (parent->last_child)
		parent->last_child->next = item;
	else
		parent->child = item;
	parent->last_child = item;
	hash_insert(&snap->names, hash, item);
	snap->items++;
	*out = item;
	return 0;
}

/* Parts of a path in turn: empty parts and "." are passed over; *up is set for "..". */
static bool next_part(struct slice *path, struct slice *part, bool *up)
{
	while (path->n) {
		const char *slash = memchr(path->p, '/', path->n);
		size_t n = slash ? (size_t)(slash - path->p) : path->n;
		*part = (struct slice){path->p, n};
		*path = slice_from(*path, n < path->n ? n + 1 : n);
		if (!n || slice_is(*part, "."))
			continue;
		*up = slice_is(*part, "..");
		return true;
	}
	return false;
}

/* Where a link in the directory dir leads, inside the root whatever its target says; NULL if to nothing recorded. */
static struct item *follow(const struct snapshot *snap, struct item *dir, struct slice path, bool last, unsigned *hops)
{
	struct slice part;
	bool up;
	unsigned depth = 0;
	while (dir && next_part(&path, &part, &up)) {
		if (++depth > DEPTH_MAX)
			return NULL;
		if (up) {
			dir = dir->parent ? dir->parent : dir;
			continue;
		}
		struct item *item = child_of(snap, dir, part);
		if (item && item->kind == ITEM_LINK && (last || path.n)) {
			if (++*hops > HOPS_MAX)
				return NULL;
			struct item *from = slice_starts(item->data, "/") ? snap->root : dir;
			item = follow(snap, from, item->data, true, hops);
		}
		dir = item;
	}
	return dir;
}

static struct item *find(const struct snapshot *snap, const struct item *base, const char *path, bool last)
{
	unsigned hops = 0;
	/* items belong to the snapshot: whoever may write them has it without const */
	struct item *from = (struct item *)(uintptr_t)(base ? base : snap->root);
	if (from->kind == ITEM_LINK)
		from = from->parent ? follow(snap, from->parent, slice_of(from->name), true, &hops) : NULL;
	return from ? follow(snap, from, slice_of(path), last, &hops) : NULL;
}

const struct item *snapshot_at(const struct snapshot *snap, const struct item *base, const char *path)
{
	return find(snap, base, path, true);
}

const struct item *snapshot_at_nofollow(const struct snapshot *snap, const struct item *base, const char *path)
{
	return find(snap, base, path, false);
}

/* Bytes as long as the snapshot lives. */
static const char *keep(struct snapshot *snap, struct slice data)
{
	bool lent = data.p == snap->lent.p && data.n == snap->lent.n;
	if (!lent || snap->arena.limit - snap->arena.used < data.n)
		return arena_dup(&snap->arena, data.p, data.n);
	snap->taken = (char *)(uintptr_t)data.p;
	snap->lent = (struct slice){0};
	snap->arena.used += data.n; /* it counts for the limit */
	return data.p;
}

int snapshot_put(struct snapshot *snap, const struct item *base, const char *path, enum item_kind kind, enum item_state state,
		 struct slice data, struct item **out)
{
	struct item *dir = base ? find(snap, base, "", true) : snap->root;
	struct slice rest = slice_of(path), part;
	unsigned depth = 0, hops = 0;
	bool up, fresh = false;

	if (!dir)
		return -ENOENT;
	for (const struct item *above = dir; above; above = above->parent)
		depth++;
	while (next_part(&rest, &part, &up)) {
		if (up)
			return -EINVAL;
		if (++depth > DEPTH_MAX)
			return -E2BIG;
		if (dir->kind != ITEM_DIR)
			return -ENOTDIR;
		uint32_t hash = hash_name(dir, part.p, part.n);
		struct item *item = child_hashed(snap, dir, part, hash);
		if (item && item->kind == ITEM_LINK && rest.n) {
			struct item *target = follow(snap, dir, part, true, &hops);
			if (!target)
				return -ENOENT;
			item = target;
		}
		fresh = !item;
		if (!item) {
			int err = child_new(snap, dir, part, hash, &item);
			if (err)
				return err;
			item->kind = ITEM_DIR;
			item->state = ITEM_PRESENT;
		}
		dir->listed = false; /* it has something in it */
		dir = item;
	}
	if (dir == snap->root)
		return -EINVAL;

	struct item *item = dir;
	if (!fresh) {
		if (out)
			*out = item;
		bool known = item->state == ITEM_PRESENT ? !item->listed || kind == ITEM_DIR : state != ITEM_PRESENT;
		if (known)
			return -EEXIST;
		item->listed = false;
	}
	if (kind != ITEM_DIR && data.p) {
		const char *kept = keep(snap, data);
		if (!kept)
			return -ENOMEM;
		item->data = (struct slice){kept, data.n};
		item->size = data.n;
	}
	item->kind = kind;
	item->state = state;
	if (out)
		*out = item;
	return 0;
}

int snapshot_put_file(struct snapshot *snap, const char *path, struct slice data, struct item **out)
{
	return snapshot_put(snap, NULL, path, ITEM_FILE, ITEM_PRESENT, data, out);
}

int snapshot_put_config(struct snapshot *snap, const struct sriov_addr *addr, const uint8_t *bytes, const uint8_t *known, size_t len,
			struct item **out)
{
	char path[64] = "sys/bus/pci/devices/";
	char *p = path + strlen(path);
	p += addr_put(p, addr);
	memcpy(p, "/config", sizeof("/config"));

	struct item *item = NULL;
	int err = snapshot_put(snap, NULL, path, ITEM_FILE, ITEM_PRESENT, slice_bytes(bytes, len), &item);
	if (err == -EEXIST && out)
		*out = item; /* as snapshot_put() does: what is there already */
	if (err)
		return err;
	struct config_image *image = arena_alloc(&snap->arena, sizeof(*image));
	uint8_t *mask = known ? (uint8_t *)arena_dup(&snap->arena, known, len) : NULL;
	if (!image || (known && !mask))
		return -ENOMEM;
	image->view = (struct bytes){(const uint8_t *)item->data.p, mask, len};
	item->config = image;
	if (out)
		*out = item;
	return 0;
}

int snapshot_problem(struct snapshot *snap, unsigned line, bool fatal, const char *advice, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *what = arena_vprintf(&snap->arena, format, args);
	va_end(args);
	if (!what)
		return -ENOMEM;
	if (snap->problems_n >= PROBLEMS_MAX && !fatal) { /* a thousand lines say enough */
		snap->problems_more++;
		return 0;
	}
	struct problem *problem = ARENA_PUSH(&snap->arena, snap->problems, snap->problems_n, snap->problems_room);
	if (!problem)
		return -ENOMEM;
	*problem = (struct problem){.source = snap->name, .line = line, .what = what, .advice = advice, .fatal = fatal};
	return 0;
}

enum item_state snapshot_state(const struct snapshot *snap, const struct item *base, const char *path)
{
	struct item *dir = find(snap, base, "", true);
	struct slice rest = slice_of(path), part;
	bool up;
	unsigned hops = 0;
	if (!dir)
		return ITEM_NOT_CAPTURED;
	while (next_part(&rest, &part, &up)) {
		struct item *below = up ? dir->parent : child_of(snap, dir, part);
		if (below && below->kind == ITEM_LINK && rest.n)
			below = follow(snap, dir, part, true, &hops);
		if (!below)
			return dir->complete ? ITEM_ABSENT : ITEM_NOT_CAPTURED;
		if (below->state != ITEM_PRESENT)
			return below->state;
		dir = below;
	}
	return dir->state;
}

struct slice snapshot_bytes(const struct snapshot *snap, const struct item *base, const char *path)
{
	const struct item *item = snapshot_at(snap, base, path);
	if (!item || item->kind != ITEM_FILE || item->state != ITEM_PRESENT)
		return (struct slice){0};
	return item->data;
}

const char *snapshot_link_name(const struct snapshot *snap, const struct item *base, const char *path)
{
	const struct item *item = snapshot_at_nofollow(snap, base, path);
	if (!item || item->kind != ITEM_LINK || item->state != ITEM_PRESENT || !item->data.n)
		return NULL;
	const char *slash = memrchr(item->data.p, '/', item->data.n);
	return slash ? slash + 1 : item->data.p;
}

const char *snapshot_path(struct snapshot *snap, const struct item *item)
{
	size_t n = 0;
	for (const struct item *i = item; i->parent; i = i->parent)
		n += strlen(i->name) + 1;
	char *path = arena_alloc(&snap->arena, n + 1);
	if (!path)
		return NULL;
	for (const struct item *i = item; i->parent; i = i->parent) {
		size_t len = strlen(i->name);
		n -= len + 1;
		memcpy(path + n, i->name, len);
		path[n + len] = i == item ? '\0' : '/';
	}
	return path;
}

/* Merge sort of a list by name. */
static struct item *sorted(struct item *list)
{
	if (!list || !list->next)
		return list;
	struct item *slow = list, *fast = list->next;
	while (fast && fast->next) {
		slow = slow->next;
		fast = fast->next->next;
	}
	struct item *b = sorted(slow->next);
	slow->next = NULL;
	struct item *a = sorted(list), *head = NULL, **tail = &head;
	while (a && b) {
		struct item **less = strcmp(a->name, b->name) <= 0 ? &a : &b;
		*tail = *less;
		*less = (*less)->next;
		tail = &(*tail)->next;
	}
	*tail = a ? a : b;
	return head;
}

void snapshot_sort(struct item *dir)
{
	dir->child = sorted(dir->child);
	dir->last_child = dir->child;
	while (dir->last_child && dir->last_child->next)
		dir->last_child = dir->last_child->next;
}

const char *item_state_name(enum item_state state)
{
	static const char *const names[] = {
		[ITEM_NOT_CAPTURED] = "not captured", [ITEM_PRESENT] = "present", [ITEM_ABSENT] = "absent",
		[ITEM_DENIED] = "denied", [ITEM_REDACTED] = "redacted",
	};
	return names[state];
}

const char *source_kind_name(enum source_kind kind)
{
	static const char *const names[] = {
		[SOURCE_HOST] = "host", [SOURCE_DIRECTORY] = "directory", [SOURCE_ARCHIVE] = "archive", [SOURCE_SOSREPORT] = "sosreport",
		[SOURCE_LSPCI_HEX] = "lspci-hex", [SOURCE_CONFIG] = "config", [SOURCE_LSPCI_TEXT] = "lspci-text",
		[SOURCE_KERNEL_LOG] = "kernel-log", [SOURCE_SESSION] = "session", [SOURCE_TEXT] = "text",
	};
	return names[kind];
}
