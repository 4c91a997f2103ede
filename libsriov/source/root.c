/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "capture-list.h"
#include "function.h"
#include "root.h"
#include "util/addr.h"

#define TAILS_MAX  160 /* more than host_rows */
#define SCAN_DEPTH 24

/* What of a row's path is still to be walked. */
struct tail {
	const char *path;
	const struct capture_row *row;
};

int path_join(const char *dir, const char *target, char out[PATH_MAX])
{
	size_t n = 0;
	const char *parts[2] = {target[0] == '/' ? "" : dir, target};
	for (unsigned i = 0; i < ARRAY_SIZE(parts); i++) {
		for (const char *p = parts[i]; *p;) {
			size_t len = strcspn(p, "/");
			if (len == 2 && !memcmp(p, "..", 2)) {
				while (n && out[--n] != '/')
					;
			} else if (len && !(len == 1 && *p == '.')) {
				if (n + 1 + len >= PATH_MAX)
					return -ENAMETOOLONG;
				if (n)
					out[n++] = '/';
				memcpy(out + n, p, len);
				n += len;
			}
			p += len;
			p += *p == '/';
		}
	}
	out[n] = '\0';
	return 0;
}

bool name_is_address(const char *name, struct sriov_addr *addr)
{
	struct slice s = slice_of(name);
	return strcspn(name, ":") >= 4 && addr_eat(&s, addr) && !s.n; /* folders are named with their domain */
}

/* Errors that end the walk; every other one is the state of one item. */
static bool fatal(int err)
{
	return err == -ENOMEM || err == -E2BIG;
}

int walk_put(struct walk *w, const struct item *dir, const char *name, enum item_kind kind, enum item_state state, struct slice data,
	     struct item **out)
{
	struct item *item = NULL;
	int err = snapshot_put(w->snap, dir, name, kind, state, data, &item);
	if (out)
		*out = item;
	return fatal(err) ? err : 0; /* there already, or below a thing that is no directory: what came first stays */
}

int walk_put_error(struct walk *w, const struct item *dir, const char *name, int error)
{
	struct item *item;
	if (fatal(error))
		return error;
	bool gone = error == -ENOENT || error == -ENOTDIR;
	if (gone && !w->live)
		return 0; /* a captured root does not tell why a name is missing */
	int err = walk_put(w, dir, name, ITEM_FILE, gone ? ITEM_ABSENT : ITEM_DENIED, (struct slice){0}, &item);
	if (!err && item && item->state == ITEM_DENIED)
		item->err = -error;
	return err;
}

int walk_read(struct walk *w, const struct place *place, const struct item *dir, const char *name, enum node_kind kind,
	      const struct capture_row *row, struct item **out)
{
	w->buf.len = 0;
	if (out)
		*out = NULL;
	/* one byte more than wanted tells whether the file is longer */
	int err = w->view->ops->read(w->view, place, name, kind, (size_t)row->max + 1, &w->buf, NULL);
	if (err == -EINVAL && !w->live)
		return snapshot_problem(w->snap, 0, false, "captured roots hold regular files, folders and links", "%s%s%s is no regular file; left out",
					place->path, *place->path ? "/" : "", name);
	if (err)
		return walk_put_error(w, dir, name, err);
	bool cut = w->buf.len > row->max;
	struct slice data = {w->buf.text ? w->buf.text : "", cut ? row->max : w->buf.len};
	char path[PATH_MAX];
	struct item *item;
	if (kind == NODE_LINK && !w->view->ops->kind(w->view, place, name, &kind)) {
		/* the link is there already: the bytes belong to where it leads */
		const struct item *link = snapshot_at_nofollow(w->snap, dir, name);
		if (!link || link->kind != ITEM_LINK || path_join(place->path, link->data.p, path))
			return 0;
		err = walk_put(w, NULL, path, ITEM_FILE, ITEM_PRESENT, data, &item);
	} else {
		err = walk_put(w, dir, name, ITEM_FILE, ITEM_PRESENT, data, &item);
	}
	if (!err && item && cut)
		item->size = data.n + 1;
	if (out)
		*out = item;
	return err;
}

int walk_link(struct walk *w, const struct place *place, const struct item *dir, const char *name, struct item **out)
{
	w->buf.len = 0;
	*out = NULL;
	int err = w->view->ops->link(w->view, place, name, &w->buf);
	if (err)
		return walk_put_error(w, dir, name, err);
	return walk_put(w, dir, name, ITEM_LINK, ITEM_PRESENT, (struct slice){w->buf.text, w->buf.len}, out);
}

/* Open name as a directory for walking on; the item is where its things are put: behind a link, at the link's end. */
static int enter(struct walk *w, const struct place *place, const struct item *dir, const char *name, const struct item *link, struct place *below,
		 struct item **item)
{
	*item = NULL;
	int err = w->view->ops->open(w->view, place, name, below);
	if (err)
		return err;
	if (link) {
		char path[PATH_MAX];
		err = path_join(place->path, link->data.p, path);
		if (!err && *path) {
			memcpy(below->path, path, strlen(path) + 1);
			err = walk_put(w, NULL, path, ITEM_DIR, ITEM_PRESENT, (struct slice){0}, item);
		}
	} else {
		err = walk_put(w, dir, name, ITEM_DIR, ITEM_PRESENT, (struct slice){0}, item);
	}
	if (err || !*item || (*item)->kind != ITEM_DIR) {
		w->view->ops->close(below);
		return err ? err : -ENOTDIR;
	}
	return 0;
}

/* The pattern's next part: its length; a {word} is replaced by what the walk knows, and is '*' as long as it knows nothing. */
static bool part_matches(const struct walk *w, const char *pattern, const char *name)
{
	size_t n = strcspn(pattern, "/"), open = strcspn(pattern, "{");
	if (open >= n)
		return capture_part_matches(pattern, n, name);
	if (strncmp(pattern, name, open) != 0)
		return false;
	if (!strncmp(pattern + open, "{release}", 9))
		return !*w->release || !strcmp(name + open, w->release);
	return walk_has_driver(w, name + open);
}

static bool is_pattern(const char *path)
{
	size_t n = strcspn(path, "/");
	return strcspn(path, "*{") < n;
}

static int walk_dir(struct walk *w, const struct place *place, struct item *dir, const struct tail *tails, size_t n);

static int leaf(struct walk *w, const struct place *place, const struct item *dir, const char *name, enum node_kind kind, const struct capture_row *row)
{
	switch (row->kind) {
	case CAPTURE_TEXT:
	case CAPTURE_BINARY:
		return kind == NODE_DIR ? 0 : walk_read(w, place, dir, name, kind, row, NULL);
	default:
		if (kind == NODE_LINK)
			return 0; /* recorded */
		return walk_put(w, dir, name, kind == NODE_DIR ? ITEM_DIR : ITEM_FILE, ITEM_PRESENT, (struct slice){0}, NULL);
	}
}

/* The host's own sysfs holds what the table says: no need to look what a name is before it is read. */
static enum node_kind expected_kind(const struct walk *w, const struct place *place, const struct tail *tails, size_t n)
{
	bool files = w->live && !strncmp(place->path, "sys/", 4), links = files;
	for (size_t i = 0; i < n; i++) {
		files &= !*tails[i].path && tails[i].row->kind <= CAPTURE_BINARY;
		links &= !*tails[i].path && tails[i].row->kind == CAPTURE_LINK;
	}
	return files ? NODE_FILE : links ? NODE_LINK : NODE_UNKNOWN;
}

static int visit(struct walk *w, const struct place *place, const struct item *dir, const char *name, enum node_kind kind, const struct tail *tails,
		 size_t n)
{
	struct tail deeper[TAILS_MAX];
	size_t deeper_n = 0;
	struct item *link = NULL;
	bool is_virtual = false, elsewhere = w->functions && !w->no_group;
	int err = 0;

	for (size_t i = 0; i < n; i++)
		elsewhere &= tails[i].row->group_members;
	if (elsewhere && kind == NODE_UNKNOWN)
		return 0;
	if (kind == NODE_UNKNOWN) {
		kind = expected_kind(w, place, tails, n);
		if (kind == NODE_UNKNOWN)
			err = w->view->ops->kind(w->view, place, name, &kind);
		if (err)
			return walk_put_error(w, dir, name, err);
	}
	bool wanted = kind != NODE_LINK;
	for (size_t i = 0; i < n; i++)
		wanted |= !tails[i].row->no_link;
	if (!wanted)
		return 0;
	if (kind == NODE_LINK) {
		err = walk_link(w, place, dir, name, &link);
		if (err || !link || link->kind != ITEM_LINK)
			return err;
		is_virtual = slice_has(link->data, "devices/virtual/");
	}
	for (size_t i = 0; !err && i < n; i++) {
		if ((is_virtual && tails[i].row->no_virtual) || (link && tails[i].row->no_link) ||
		    (tails[i].row->group_members && w->functions && !w->no_group))
			continue;
		if (!*tails[i].path)
			err = leaf(w, place, dir, name, kind, tails[i].row);
		else if (kind == NODE_DIR || kind == NODE_LINK)
			deeper[deeper_n++] = tails[i];
	}
	if (err)
		return err;

	struct item *item;
	struct place below;
	bool is_function = kind == NODE_DIR && !strcmp(name, "device") && !strncmp(place->path, "sys/class/net/", 14);
	if (!deeper_n && !is_function)
		return 0;
	err = enter(w, place, dir, name, link, &below, &item);
	if (err)
		return walk_put_error(w, dir, name, err);
	err = is_function ? walk_function(w, &below, item, NULL) : walk_dir(w, &below, item, deeper, deeper_n);
	w->view->ops->close(&below);
	return err;
}

/* Rows whose first part is this name go on with their second. */
static size_t matching(const struct walk *w, const char *name, const struct tail *tails, size_t n, struct tail *out)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		if (!part_matches(w, tails[i].path, name))
			continue;
		const char *rest = tails[i].path + strcspn(tails[i].path, "/");
		out[found++] = (struct tail){.path = rest + (*rest == '/'), .row = tails[i].row};
	}
	return found;
}

static int walk_dir(struct walk *w, const struct place *place, struct item *dir, const struct tail *tails, size_t n)
{
	struct tail found[TAILS_MAX];
	struct listing listing = {0};
	bool patterns = false;
	int err = 0;

	for (size_t i = 0; i < n; i++)
		patterns |= is_pattern(tails[i].path);
	if (patterns) {
		err = w->view->ops->list(w->view, place, &listing);
		if (!err && w->live)
			dir->complete = true;
		for (size_t i = 0; !err && i < listing.n; i++) {
			size_t m = matching(w, listing.names[i].name, tails, n, found);
			if (m)
				err = visit(w, place, dir, listing.names[i].name, listing.names[i].kind, found, m);
		}
		listing_free(&listing);
		if (err && !fatal(err)) { /* the directory cannot be listed: what is in it is unknown */
			dir->state = ITEM_DENIED;
			dir->err = -err;
			err = 0;
		}
		return err;
	}
	for (size_t i = 0; !err && i < n; i++) {
		char name[NAME_MAX + 1];
		size_t len = strcspn(tails[i].path, "/");
		bool seen = false;
		for (size_t j = 0; j < i && !seen; j++)
			seen = strcspn(tails[j].path, "/") == len && !memcmp(tails[i].path, tails[j].path, len);
		if (seen || len >= sizeof(name))
			continue;
		memcpy(name, tails[i].path, len);
		name[len] = '\0';
		err = visit(w, place, dir, name, NODE_UNKNOWN, found, matching(w, name, tails, n, found));
	}
	return err;
}

/* A captured root may hold functions below sys/devices without their links in sys/bus/pci/devices. */
static int scan(struct walk *w, const struct place *place, unsigned depth)
{
	struct listing listing = {0};
	int err = depth < SCAN_DEPTH ? w->view->ops->list(w->view, place, &listing) : -EINVAL;
	for (size_t i = 0; !err && i < listing.n; i++) {
		struct sriov_addr addr;
		struct place below;
		const char *name = listing.names[i].name;
		if (listing.names[i].kind != NODE_DIR || (!depth && (!strcmp(name, "virtual") || !strcmp(name, "system"))) ||
		    w->view->ops->open(w->view, place, name, &below))
			continue;
		err = name_is_address(name, &addr) ? walk_found(w, &below, &addr) : scan(w, &below, depth + 1);
		w->view->ops->close(&below);
	}
	listing_free(&listing);
	return fatal(err) ? err : 0;
}

int walk_below_function(struct walk *w, const struct place *place, const struct listing *listing)
{
	int err = 0;
	if (w->depth >= SCAN_DEPTH)
		return 0;
	w->depth++;
	for (size_t i = 0; !err && i < listing->n; i++) {
		struct sriov_addr addr;
		struct place below;
		const char *name = listing->names[i].name;
		bool is_address = name_is_address(name, &addr);
		if (listing->names[i].kind != NODE_DIR || (!is_address && strncmp(name, "pci", 3) != 0) ||
		    w->view->ops->open(w->view, place, name, &below))
			continue;
		err = is_address ? walk_found(w, &below, &addr) : scan(w, &below, w->depth);
		w->view->ops->close(&below);
	}
	w->depth--;
	return err;
}

/* The function's own link, where there is one; it must lead here, else it is another folder's. */
static int link_function(struct walk *w, const struct place *place, const char *name, bool *ours)
{
	static const struct place devices = {.path = "sys/bus/pci/devices"};
	char path[PATH_MAX], target[PATH_MAX];
	int err = place_path(&devices, name, path);
	*ours = true;
	if (err)
		return err;
	w->buf.len = 0;
	if (w->devices) { /* one look-up of the folder for all */
		err = w->view->ops->link(w->view, w->devices, name, &w->buf);
	} else {
		struct place root = view_root(w->view);
		err = w->view->ops->link(w->view, &root, path, &w->buf);
	}
	if (err == -ENOMEM)
		return err;
	if (err) { /* no link: one is made */
		static const char up[] = "../../../../";
		size_t n = strlen(place->path);
		if (n + sizeof(up) > sizeof(target))
			return 0;
		memcpy(target, up, sizeof(up) - 1);
		memcpy(target + sizeof(up) - 1, place->path, n + 1);
		return walk_put(w, NULL, path, ITEM_LINK, ITEM_PRESENT, slice_of(target), NULL);
	}
	strbuf_put(&w->buf, "", 1);
	if (w->buf.err)
		return -ENOMEM;
	*ours = !path_join(devices.path, w->buf.text, target) && !strcmp(target, place->path);
	return *ours ? walk_put(w, NULL, path, ITEM_LINK, ITEM_PRESENT, slice_of(w->buf.text), NULL) : 0;
}

int walk_found(struct walk *w, const struct place *place, const struct sriov_addr *addr)
{
	struct item *item;
	bool ours;
	const char *slash = strrchr(place->path, '/');
	int err = link_function(w, place, slash ? slash + 1 : place->path, &ours);
	if (err || !ours)
		return err;
	err = walk_put(w, NULL, place->path, ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &item);
	return err || !item ? err : walk_function(w, place, item, addr);
}

static int walk_functions(struct walk *w)
{
	struct place root = view_root(w->view), devices, below;
	struct listing listing = {0};
	struct item *dir, *item;
	int err;

	int opened = w->view->ops->open(w->view, &root, "sys/bus/pci/devices", &devices);
	if (!w->live && !w->view->ops->open(w->view, &root, "sys/devices", &below)) {
		w->devices = opened ? NULL : &devices;
		err = scan(w, &below, 0);
		w->devices = NULL;
		w->view->ops->close(&below);
		if (err)
			goto out;
	}
	if (opened)
		return walk_put_error(w, NULL, "sys/bus/pci/devices", opened);
	err = walk_put(w, NULL, "sys/bus/pci/devices", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir);
	if (!err)
		err = w->view->ops->list(w->view, &devices, &listing);
	if (!err && dir && w->live)
		dir->complete = true;
	for (size_t i = 0; !err && dir && i < listing.n; i++) {
		struct sriov_addr addr;
		struct item *link = NULL;
		const char *name = listing.names[i].name;
		if (!name_is_address(name, &addr))
			continue;
		/* one that was found below sys/devices has its link already */
		bool linked = !w->live && snapshot_at_nofollow(w->snap, dir, name);
		int known = linked ? walk_seen(w, &addr) : 0;
		if (known < 0)
			err = known;
		if (known)
			continue;
		if (listing.names[i].kind == NODE_LINK) {
			err = walk_link(w, &devices, dir, name, &link);
			if (!err && !link)
				continue; /* it cannot be read, which is said in its place */
		}
		int seen = err || linked ? 0 : walk_seen(w, &addr);
		if (seen < 0)
			err = seen;
		if (err || seen)
			continue;
		err = enter(w, &devices, dir, name, link && link->kind == ITEM_LINK ? link : NULL, &below, &item);
		if (err) {
			err = fatal(err) ? err : 0; /* a link to nothing: nothing is known of the function */
			continue;
		}
		err = walk_function(w, &below, item, &addr);
		w->view->ops->close(&below);
	}
	listing_free(&listing);
out:
	if (!opened)
		w->view->ops->close(&devices);
	return err;
}

/* The running kernel's release names its files: "Linux version 6.12.9-amd64 (…". */
static int learn_release(struct walk *w)
{
	struct place root = view_root(w->view);
	struct slice s, word;
	w->buf.len = 0;
	int err = w->view->ops->read(w->view, &root, "proc/version", NODE_LINK, 4096, &w->buf, NULL);
	if (err)
		return fatal(err) ? err : 0;
	s = (struct slice){w->buf.text, w->buf.len};
	if (slice_eat(&s, "Linux version ") && slice_token(&s, " ", &word) && word.n < sizeof(w->release) && !memchr(word.p, '/', word.n)) {
		memcpy(w->release, word.p, word.n);
		w->release[word.n] = '\0';
	}
	return 0;
}

/* A captured root without a manifest is judged folder by folder; this is what one folder says about others. */
static int complete_by_folders(struct walk *w)
{
	static const char *const iommu[] = {"sys/class/iommu", "sys/kernel/iommu_groups"};
	struct item *dir;
	int err = 0;
	for (size_t i = 0; !err && i < ARRAY_SIZE(iommu) && w->functions && w->functions == w->complete; i++) {
		err = walk_put(w, NULL, iommu[i], ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir);
		if (err || !dir || dir->kind != ITEM_DIR)
			continue;
		dir->complete = true;
		for (struct item *below = dir->child; below; below = below->next) {
			below->complete = below->kind == ITEM_DIR;
			for (struct item *devices = below->child; devices; devices = devices->next)
				devices->complete = devices->kind == ITEM_DIR;
		}
	}
	struct place root = view_root(w->view), tables;
	struct listing listing = {0};
	if (!err && !w->view->ops->open(w->view, &root, "sys/firmware/acpi/tables", &tables)) {
		err = w->view->ops->list(w->view, &tables, &listing);
		w->view->ops->close(&tables);
		bool any = false;
		for (size_t i = 0; !err && i < listing.n; i++)
			any |= listing.names[i].kind == NODE_FILE;
		if (any)
			err = walk_put(w, NULL, "sys/firmware/acpi/tables", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir);
		if (any && !err && dir)
			dir->complete = dir->kind == ITEM_DIR;
		listing_free(&listing);
		if (err && !fatal(err))
			err = 0;
	}
	const struct item *modules = snapshot_at(w->snap, NULL, "proc/modules");
	if (!err && modules && modules->state == ITEM_PRESENT) {
		err = walk_put(w, NULL, "sys/module", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir);
		if (!err && dir && dir->kind == ITEM_DIR)
			dir->complete = true;
	}
	return err;
}

static int slow_attributes(struct walk *w)
{
	int err = w->live->attributes(w->live->data, w->slow, w->slow_n, &w->snap->arena);
	for (size_t i = 0; i < w->slow_n; i++) {
		const struct slow_attr *attr = &w->slow[i];
		const char *name = strrchr(attr->path, '/') + 1;
		int failed = err ? err : attr->err;
		int put = failed ? walk_put_error(w, attr->owner, name, failed)
				 : walk_put(w, attr->owner, name, ITEM_FILE, ITEM_PRESENT, attr->data, NULL);
		if (put)
			return put;
	}
	return 0;
}

int root_tell_trouble(const struct view_trouble *trouble, struct snapshot *snap)
{
	if (!trouble->n)
		return 0;
	return snapshot_problem(snap, 0, false, "what they say counts as unknown; read again as root, or take the capture again",
				"%zu files or folders cannot be read, the first is %s: %s", trouble->n, *trouble->path ? trouble->path : ".",
				strerror(-trouble->err));
}

int root_walk(const struct view *view, const struct live *live, struct snapshot *snap)
{
	static const struct capture_row manifest_row = {.path = ".sriov-capture", .kind = CAPTURE_TEXT, .max = 1 << 28};
	struct view_trouble trouble = {0};
	struct view noting = *view;
	struct walk w = {.view = &noting, .live = live, .snap = snap};
	struct place root = view_root(view);
	struct tail tails[TAILS_MAX];
	struct strbuf manifest = {0};
	size_t tails_n = 0;
	_Static_assert(TAILS_MAX > 128, "room for all rows");

	if (host_rows_n > TAILS_MAX)
		return -E2BIG;
	noting.trouble = &trouble;
	for (size_t i = 0; i < host_rows_n; i++) {
		if (!live || !host_rows[i].captured)
			tails[tails_n++] = (struct tail){.path = host_rows[i].path, .row = &host_rows[i]};
	}
	int err = live ? -ENOENT : view->ops->read(&noting, &root, manifest_row.path, NODE_UNKNOWN, manifest_row.max, &manifest, NULL);
	w.manifest = snap->has_manifest = !err;
	err = fatal(err) ? err : learn_release(&w);
	if (!err)
		err = walk_functions(&w);
	if (!err)
		err = walk_dir(&w, &root, snap->root, tails, tails_n);
	if (!err && w.manifest)
		err = manifest_apply(snap, (struct slice){manifest.text ? manifest.text : "", manifest.len});
	else if (!err && !live)
		err = complete_by_folders(&w);
	if (!err && w.slow_n)
		err = slow_attributes(&w);
	if (!err)
		err = root_tell_trouble(&trouble, snap);
	walk_free(&w);
	strbuf_free(&manifest);
	return err;
}
