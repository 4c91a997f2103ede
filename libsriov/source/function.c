/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "function.h"

#define CONFIG_MAX 4096

void walk_free(struct walk *w)
{
	strbuf_free(&w->buf);
	listing_free(&w->spare);
	free(w->drivers);
	free(w->seen);
}

bool walk_has_driver(const struct walk *w, const char *module)
{
	for (size_t i = 0; i < w->drivers_n; i++) {
		if (!strcmp(w->drivers[i], module))
			return true;
	}
	return false;
}

/* Modules are called as their driver, with underscores. */
static int learn_driver(struct walk *w, const struct item *link)
{
	char module[64];
	const char *slash = memrchr(link->data.p, '/', link->data.n);
	const char *name = slash ? slash + 1 : link->data.p;
	size_t n = strlen(name);
	if (n == 0 || n >= sizeof(module) || w->drivers_n >= 256)
		return 0;
	for (size_t i = 0; i <= n; i++)
		module[i] = name[i] == '-' ? '_' : name[i];
	if (walk_has_driver(w, module))
		return 0;
	if (w->drivers_n == w->drivers_room) {
		size_t room = w->drivers_room ? w->drivers_room * 2 : 16;
		void *more = realloc(w->drivers, room * sizeof(*w->drivers));
		if (!more)
			return -ENOMEM;
		w->drivers = more;
		w->drivers_room = room;
	}
	memcpy(w->drivers[w->drivers_n++], module, n + 1);
	return 0;
}

int walk_seen(struct walk *w, const struct sriov_addr *addr)
{
	uint64_t key = (uint64_t)addr->domain << 17 | (uint64_t)addr->bus << 9 | (uint64_t)addr->device << 4 | (uint64_t)addr->function << 1 | 1;
	if (2 * w->seen_n >= w->seen_room) {
		size_t room = w->seen_room ? w->seen_room * 2 : 256;
		uint64_t *more = calloc(room, sizeof(*more));
		if (!more)
			return -ENOMEM;
		for (size_t i = 0; i < w->seen_room; i++) {
			size_t at = (size_t)(w->seen[i] * UINT64_C(0x9e3779b97f4a7c15) >> 20);
			if (!w->seen[i])
				continue;
			while (more[at & (room - 1)])
				at++;
			more[at & (room - 1)] = w->seen[i];
		}
		free(w->seen);
		w->seen = more;
		w->seen_room = room;
	}
	size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20);
	while (w->seen[at & (w->seen_room - 1)]) {
		if (w->seen[at & (w->seen_room - 1)] == key)
			return 1;
		at++;
	}
	w->seen[at & (w->seen_room - 1)] = key;
	w->seen_n++;
	return 0;
}

/*
 * config.known: a line "size 0x1000" of the space, and lines "0x000-0x03f" of the bytes that were read; the others of config are
 * room only, or config ends before them.
 */
static int apply_known(struct slice text, uint8_t *known, size_t len, uint64_t *size)
{
	struct slice line;
	memset(known, 0, len);
	while (slice_line(&text, &line)) {
		uint64_t start, end;
		if (!slice_trim(line).n)
			continue;
		if (slice_eat(&line, "size ")) {
			if (!slice_u64(line, size))
				return -EINVAL;
			continue;
		}
		if (!slice_eat_u64(&line, 16, &start) || !slice_eat(&line, "-") || !slice_eat_u64(&line, 16, &end) || start > end || end >= len)
			return -EINVAL;
		memset(known + start, 0xff, (size_t)(end - start) + 1);
	}
	return 0;
}

static int make_image(struct walk *w, struct item *item, const uint8_t *known, size_t len, uint64_t size)
{
	struct config_image *image = arena_alloc(&w->snap->arena, sizeof(*image));
	uint8_t *mask = known ? (uint8_t *)arena_dup(&w->snap->arena, known, len) : NULL;
	if (!image || (known && !mask))
		return -ENOMEM;
	image->view = (struct bytes){(const uint8_t *)item->data.p, mask, len};
	image->size = size == 64 || size == 256 || size == 4096 ? (uint16_t)size : 0;
	item->config = image;
	item->size = size;
	return 0;
}

static int captured_config(struct walk *w, const struct place *place, const struct item *dir, const struct listing *listing,
			   const struct capture_row *row, struct item **out)
{
	static const struct capture_row known_row = {.path = "config.known", .kind = CAPTURE_TEXT, .max = 65536};
	uint8_t known[CONFIG_MAX];
	bool partial = false;
	struct item *item;
	int err = walk_read(w, place, dir, row->path, listing_has(listing, row->path), row, &item);
	if (err || !item || item->state != ITEM_PRESENT || item->kind != ITEM_FILE || item->config)
		return err;
	uint64_t size = item->size;
	if (listing_has(listing, known_row.path) == NODE_FILE) {
		w->buf.len = 0;
		err = w->view->ops->read(w->view, place, known_row.path, NODE_FILE, known_row.max, &w->buf, NULL);
		partial = !err && !apply_known((struct slice){w->buf.text ? w->buf.text : "", w->buf.len}, known, item->data.n, &size);
		if (!partial) {
			memset(known, 0, item->data.n);
			partial = true;
			err = snapshot_problem(w->snap, 0, false, "take config.known as --capture wrote it, or take it away",
					       "%s/config.known cannot be understood: no byte of config is taken for known", place->path);
		}
	}
	if (!err)
		err = make_image(w, item, partial ? known : NULL, item->data.n, size);
	*out = item;
	return err;
}

static int live_config(struct walk *w, const struct place *place, const struct item *dir, const struct sriov_addr *addr, bool is_vf,
		       const struct capture_row *row, struct item **out)
{
	uint8_t bytes[CONFIG_MAX] = {0}, known[CONFIG_MAX] = {0};
	uint64_t size = 0;
	size_t len = 0;
	w->buf.len = 0;
	int err = w->view->ops->read(w->view, place, row->path, NODE_FILE, 0, &w->buf, &size); /* opens, and reads nothing */
	if (!err)
		err = w->live->config(w->live->data, addr, is_vf, size, bytes, known, &len);
	if (err)
		return walk_put_error(w, dir, row->path, err);
	err = walk_put(w, dir, row->path, ITEM_FILE, ITEM_PRESENT, slice_bytes(bytes, len), out);
	if (err || !*out || (*out)->state != ITEM_PRESENT)
		return err;
	return make_image(w, *out, known, len, size);
}

/* Does the header tell who the function is? A VF's reads all ones. */
static bool header_known(const struct item *config, bool *identity)
{
	uint32_t id, last;
	*identity = false;
	if (!config || !config->config || bytes_u32(&config->config->view, 0, &id) || bytes_u32(&config->config->view, 0x2c, &last))
		return false;
	*identity = id != UINT32_MAX;
	return true;
}

static int names_below(struct walk *w, const struct place *place, const struct item *dir, const char *name)
{
	struct listing listing = {0};
	struct place below;
	struct item *item;
	int err = w->view->ops->open(w->view, place, name, &below);
	if (err)
		return walk_put_error(w, dir, name, err);
	err = walk_put(w, dir, name, ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &item);
	if (!err)
		err = w->view->ops->list(w->view, &below, &listing);
	for (size_t i = 0; !err && item && i < listing.n; i++)
		err = walk_put(w, item, listing.names[i].name, listing.names[i].kind == NODE_DIR ? ITEM_DIR : ITEM_FILE, ITEM_PRESENT,
			       (struct slice){0}, NULL);
	listing_free(&listing);
	w->view->ops->close(&below);
	return err == -ENOMEM || err == -E2BIG ? err : 0;
}

static int put_off(struct walk *w, const struct place *place, const struct item *dir, const char *name)
{
	struct slow_attr *attr = ARENA_PUSH(&w->snap->arena, w->slow, w->slow_n, w->slow_room);
	const char *path = arena_printf(&w->snap->arena, "%s/%s", place->path, name);
	if (!attr || !path)
		return -ENOMEM;
	*attr = (struct slow_attr){.path = path, .owner = dir};
	return 0;
}

static int take(struct walk *w, const struct place *place, const struct item *dir, const struct node_name *node, const struct capture_row *row)
{
	struct item *item;
	int err;
	switch (row->kind) {
	case CAPTURE_LINK:
		if (node->kind != NODE_LINK)
			return walk_put(w, dir, node->name, node->kind == NODE_DIR ? ITEM_DIR : ITEM_FILE, ITEM_PRESENT, (struct slice){0}, NULL);
		err = walk_link(w, place, dir, node->name, &item);
		if (!err && item && item->kind == ITEM_LINK && !strcmp(row->path, "driver"))
			err = learn_driver(w, item);
		return err;
	case CAPTURE_NAMES:
		return names_below(w, place, dir, node->name);
	default:
		if (row->may_block && w->live)
			return put_off(w, place, dir, node->name);
		if (node->kind == NODE_LINK) { /* no attribute is one; what it leads to is not this function's */
			return snapshot_problem(w->snap, 0, false, "captured roots hold attributes as regular files", "%s/%s is a link; left out",
						place->path, node->name);
		}
		return node->kind == NODE_DIR ? 0 : walk_read(w, place, dir, node->name, node->kind, row, NULL);
	}
}

/* A sleeping function's configuration space is not read: that would wake it. */
static bool asleep(struct walk *w, const struct place *place)
{
	w->buf.len = 0;
	return !w->live->wake && !w->view->ops->read(w->view, place, "power_state", NODE_FILE, 64, &w->buf, NULL) && w->buf.len >= 6 &&
	       !memcmp(w->buf.text, "D3cold", 6);
}

static int read_config(struct walk *w, const struct place *place, struct item *dir, const struct listing *listing, const struct sriov_addr *addr,
		       bool is_vf, const struct capture_row *row, struct item **config)
{
	if (!w->live)
		return captured_config(w, place, dir, listing, row, config);
	if (addr && !asleep(w, place))
		return live_config(w, place, dir, addr, is_vf, row, config);
	struct item *item;
	int err = walk_put(w, dir, row->path, ITEM_FILE, ITEM_NOT_CAPTURED, (struct slice){0}, &item);
	if (!err && item)
		item->origin = "asleep (D3cold): --wake reads it";
	return err;
}

int walk_function(struct walk *w, const struct place *place, struct item *dir, const struct sriov_addr *addr)
{
	int err = addr && !w->live ? walk_seen(w, addr) : 0;
	if (err < 0)
		return err;
	struct listing listing = w->spare;
	w->spare = (struct listing){0};
	struct item *config = NULL;
	bool identity = false, header = false, is_vf = false;

	err = w->view->ops->list(w->view, place, &listing);
	if (!err) {
		is_vf = listing_has(&listing, "physfn") != NODE_UNKNOWN;
		w->functions++;
		bool complete = w->live || listing_has(&listing, "uevent") != NODE_UNKNOWN ||
				(listing_has(&listing, "resource") != NODE_UNKNOWN && listing_has(&listing, "config") != NODE_UNKNOWN);
		w->complete += complete;
		dir->complete = complete && !w->manifest;
		for (size_t i = 0; !err && i < function_rows_n; i++) {
			if (!strcmp(function_rows[i].path, "config") && listing_has(&listing, "config") != NODE_UNKNOWN)
				err = read_config(w, place, dir, &listing, addr, is_vf, &function_rows[i], &config);
		}
		header = header_known(config, &identity);
		w->pf_tells |= config && config->config && config->config->view.len >= CONFIG_MAX;
		w->no_group += listing_has(&listing, "iommu_group") == NODE_UNKNOWN && !complete;
	} else if (err != -ENOMEM && err != -E2BIG) {
		dir->state = ITEM_DENIED;
		dir->err = -err;
		listing_clear(&listing);
		err = 0;
	}
	/* both are sorted; names with a pattern's beginning stand together */
	for (size_t i = 0, r = 0; !err && i < listing.n && r < function_rows_n;) {
		const struct capture_row *row = &function_rows[r];
		const struct node_name *node = &listing.names[i];
		size_t star = strcspn(row->path, "*");
		int order = row->path[star] ? strncmp(node->name, row->path, star) : strcmp(node->name, row->path);
		if (order > 0) {
			r++;
			continue;
		}
		i++;
		if (order < 0 || !strcmp(row->path, "config"))
			continue;
		bool told = row->no_header && header && (identity || !row->vf_id || (is_vf && w->pf_tells));
		if (told || (row->not_vf && is_vf))
			err = walk_put(w, dir, node->name, ITEM_FILE, ITEM_NOT_CAPTURED, (struct slice){0}, NULL);
		else
			err = take(w, place, dir, node, row);
	}
	if (!err && !w->live)
		err = walk_below_function(w, place, &listing);
	listing_free(&w->spare);
	w->spare = listing;
	return err;
}
