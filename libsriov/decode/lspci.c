/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "lspci.h"
#include "lspci-hex.h"
#include "lspci-text.h"
#include "util/addr.h"

static size_t count_known(const struct bytes *view)
{
	if (!view->known)
		return view->len;
	size_t n = 0;
	for (size_t i = 0; i < view->len; i++)
		n += view->known[i] == 0xff;
	return n;
}

int lspci_put_problems(struct snapshot *snap, struct text_place place, const struct lspci_hex *it)
{
	for (unsigned i = 0; i < it->problems_n; i++) {
		size_t before = snap->problems_n;
		enum hex_problem what = it->problems[i].what;
		const char *advice = what == HEX_ROW_CUT || what == HEX_ROW_BEYOND ? "the row's good bytes are used; take the dump again for the rest" :
										       "take the dump again";
		unsigned line = place.line + it->problems[i].line - 1;
		int err = what == HEX_ROW_CUT ?
			snapshot_problem(snap, line, false, advice, "%s: %u of 16 bytes", hex_problem_text(what), it->problems[i].value) :
			snapshot_problem(snap, line, false, advice, "%s", hex_problem_text(what));
		if (err)
			return err;
		if (snap->problems_n > before && place.origin)
			snap->problems[snap->problems_n - 1].source = place.origin;
	}
	return 0;
}

/* An image in the arena: len bytes, mask NULL where all are known. */
static struct config_image *image_new(struct snapshot *snap, const uint8_t *bytes, const uint8_t *known, size_t len)
{
	struct config_image *image = arena_alloc(&snap->arena, sizeof(*image));
	const uint8_t *copy = (const uint8_t *)arena_dup(&snap->arena, bytes, len);
	const uint8_t *mask = known ? (const uint8_t *)arena_dup(&snap->arena, known, len) : NULL;
	if (!image || !copy || (known && !mask))
		return NULL;
	image->view = (struct bytes){copy, mask, len};
	return image;
}

/* Of two listings of a function the one that knows more stays; of two that know as much the later text, but never over the host's own file. */
static bool better(const struct item *there, const struct bytes *fresh)
{
	if (!there->config)
		return !there->data.n;
	size_t had = count_known(&there->config->view), has = count_known(fresh);
	return has > had || (has == had && there->origin);
}

static int replace_config(struct item *item, struct text_place place, unsigned line, struct config_image *image)
{
	if (!image)
		return -ENOMEM;
	image->size = image->view.len == CONFIG_MAX ? CONFIG_MAX : 0;
	if (item->config) {
		image->regions = item->config->regions;
		image->regions_n = item->config->regions_n;
	}
	item->config = image;
	item->data = slice_bytes(image->view.p, image->view.len);
	item->size = image->view.len;
	item->origin = place.origin;
	item->line = place.line + line - 1;
	return 0;
}

/* What the root has there already knows better than a text; other errors stay. */
static int beside_root(int err)
{
	return err == -EEXIST || err == -ENOTDIR || err == -ENOENT ? 0 : err;
}

static int put_bytes(struct snapshot *snap, struct text_place place, const struct lspci_function *fn, struct item **out)
{
	const uint8_t *known = fn->holes ? fn->known : NULL;
	struct bytes fresh = {fn->config, known, fn->len};
	int err = snapshot_put_config(snap, &fn->addr, fn->config, known, fn->len, out);
	if (err == -EEXIST) {
		if ((*out)->kind != ITEM_FILE || !better(*out, &fresh))
			return 0;
		return replace_config(*out, place, fn->line, image_new(snap, fn->config, known, fn->len));
	}
	if (err)
		return beside_root(err);
	(*out)->origin = place.origin;
	(*out)->line = place.line + fn->line - 1;
	if (fn->len == CONFIG_MAX)
		(*out)->config->size = CONFIG_MAX;
	return 0;
}

/* ---- what the words say ---- */

/* The words of all functions of one text, found again by address: a tree and several listings tell of the same functions. */
struct words_set {
	struct arena arena;
	struct lspci_words **all; /* in the order of their first line */
	size_t n, room;
	uint32_t *slots;          /* index + 1; size is a power of two */
	size_t slots_n;
};

static size_t slot_of(const struct words_set *set, const struct sriov_addr *addr)
{
	uint64_t key = addr_key(addr);
	size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (set->slots_n - 1);
	while (set->slots[at] && addr_key(&set->all[set->slots[at] - 1]->addr) != key)
		at = (at + 1) & (set->slots_n - 1);
	return at;
}

static struct lspci_words *words_of(struct words_set *set, const struct sriov_addr *addr)
{
	if (set->n * 2 >= set->slots_n) {
		size_t size = set->slots_n ? set->slots_n * 2 : 256;
		free(set->slots);
		set->slots = calloc(size, sizeof(*set->slots));
		set->slots_n = set->slots ? size : 0;
		if (!set->slots)
			return NULL;
		for (size_t i = 0; i < set->n; i++)
			set->slots[slot_of(set, &set->all[i]->addr)] = (uint32_t)i + 1;
	}
	size_t at = slot_of(set, addr);
	if (set->slots[at])
		return set->all[set->slots[at] - 1];
	struct lspci_words *words = arena_alloc(&set->arena, sizeof(*words));
	struct lspci_words **to = words ? ARENA_PUSH(&set->arena, set->all, set->n, set->room) : NULL;
	if (!to)
		return NULL;
	words->addr = *addr;
	words->vendor = words->device = words->subsystem_vendor = words->subsystem_device = words->class = -1;
	*to = words;
	set->slots[at] = (uint32_t)set->n;
	return words;
}

static int put_at(struct snapshot *snap, struct text_place place, const struct lspci_words *w, const char *name, enum item_kind kind,
		  enum item_state state, const char *data)
{
	struct item *item;
	char *path = arena_printf(&snap->arena, "sys/bus/pci/devices/%04x:%02x:%02x.%x%s%s", w->addr.domain, w->addr.bus, w->addr.device,
				  w->addr.function, *name ? "/" : "", name);
	if (!path || !data)
		return -ENOMEM;
	int err = snapshot_put(snap, NULL, path, kind, state, slice_of(data), &item);
	if (err)
		return beside_root(err);
	item->origin = place.origin;
	item->line = place.line + w->line - 1;
	return 0;
}

static bool is_name(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == '/' || s.p[i] == 0x7f)
			return false;
	return s.n && s.n < 64 && s.p[0] != '.';
}

static int put_facts(struct snapshot *snap, struct text_place place, const struct lspci_words *w)
{
	struct arena *a = &snap->arena;
	int err = put_at(snap, place, w, "", ITEM_DIR, ITEM_PRESENT, "");
	if (!err && is_name(w->driver))
		err = put_at(snap, place, w, "driver", ITEM_LINK, ITEM_PRESENT,
			     arena_printf(a, "../../../bus/pci/drivers/%.*s", (int)w->driver.n, w->driver.p));
	else if (!err && w->has_modules && !w->driver.n) /* the line about the driver stands before this one, if there is a driver */
		err = put_at(snap, place, w, "driver", ITEM_LINK, ITEM_ABSENT, "");
	if (!err && w->vendor >= 0)
		err = put_at(snap, place, w, "vendor", ITEM_FILE, ITEM_PRESENT, arena_printf(a, "0x%04x\n", (unsigned)w->vendor));
	if (!err && w->device >= 0)
		err = put_at(snap, place, w, "device", ITEM_FILE, ITEM_PRESENT, arena_printf(a, "0x%04x\n", (unsigned)w->device));
	if (!err && w->class >= 0)
		err = put_at(snap, place, w, "class", ITEM_FILE, ITEM_PRESENT, arena_printf(a, "0x%04x%02x\n", (unsigned)w->class, w->prog_if));
	if (!err && w->has_group)
		err = put_at(snap, place, w, "iommu_group", ITEM_LINK, ITEM_PRESENT,
			     arena_printf(a, "../../../kernel/iommu_groups/%llu", (unsigned long long)w->group));
	if (!err && w->has_numa)
		err = put_at(snap, place, w, "numa_node", ITEM_FILE, ITEM_PRESENT, arena_printf(a, "%llu\n", (unsigned long long)w->numa));
	if (!err && w->name.n)
		err = put_at(snap, place, w, "label", ITEM_FILE, ITEM_PRESENT, arena_dup(a, w->name.p, w->name.n));
	if (!err && w->modules.n)
		err = put_at(snap, place, w, "modules", ITEM_FILE, ITEM_PRESENT, arena_dup(a, w->modules.p, w->modules.n));
	if (!err && is_name(w->slot)) {
		char *path = arena_printf(a, "sys/bus/pci/slots/%.*s/address", (int)w->slot.n, w->slot.p);
		char *addr = arena_printf(a, "%04x:%02x:%02x\n", w->addr.domain, w->addr.bus, w->addr.device);
		struct item *item;
		err = path && addr ? snapshot_put_file(snap, path, slice_of(addr), &item) : -ENOMEM;
		if (!err)
			item->origin = place.origin;
		err = beside_root(err);
	}
	return err;
}

struct image_pair {
	uint8_t bytes[CONFIG_MAX], mask[CONFIG_MAX];
};

/* The words' image, bits that bytes of the function tell laid over it. */
static int put_image(struct snapshot *snap, struct text_place place, const struct lspci_words *w, struct image_pair *pair)
{
	struct item *item = NULL;
	size_t len = lspci_words_image(w, pair->bytes, pair->mask);
	if (!len && !w->regions_n && !w->denied)
		return 0;
	int err = snapshot_put_config(snap, &w->addr, pair->bytes, pair->mask, len, &item);
	bool was = err == -EEXIST;
	if (err && !was)
		return beside_root(err);
	if (was && !item->config)
		return 0;
	bool more = !was;
	if (was) {
		const struct bytes *old = &item->config->view;
		for (size_t i = 0; i < w->caps_n; i++)
			more = more || w->caps[i].offset >= old->len;
		if (more || item->config->from_text) {
			if (old->len > len) {
				memset(pair->bytes + len, 0, old->len - len);
				memset(pair->mask + len, 0, old->len - len);
				len = old->len;
			}
			for (size_t i = 0; i < old->len; i++) {
				uint8_t mask = old->known ? old->known[i] : 0xff;
				pair->bytes[i] = (uint8_t)((pair->bytes[i] & ~mask) | (old->p[i] & mask));
				pair->mask[i] |= mask;
			}
			struct config_image *was_image = item->config;
			err = replace_config(item, place, w->line, image_new(snap, pair->bytes, pair->mask, len));
			if (err)
				return err;
			more = true;
			item->config->size = was_image->size;
			item->config->text_caps = was_image->text_caps;
			item->config->text_caps_n = was_image->text_caps_n;
			item->config->caps_denied = was_image->caps_denied;
		}
	} else {
		item->origin = place.origin;
		item->line = place.line + w->line - 1;
	}
	struct config_image *image = item->config;
	image->from_text = more;
	image->caps_denied = image->caps_denied || w->denied;
	if (more && w->caps_n && w->caps_n >= image->text_caps_n) {
		image->text_caps = arena_array(&snap->arena, w->caps_n, sizeof(*w->caps));
		if (!image->text_caps)
			return -ENOMEM;
		memcpy(image->text_caps, w->caps, w->caps_n * sizeof(*w->caps));
		image->text_caps_n = w->caps_n;
	}
	if (w->regions_n && w->regions_n >= image->regions_n) {
		image->regions = arena_array(&snap->arena, w->regions_n, sizeof(*w->regions));
		if (!image->regions)
			return -ENOMEM;
		memcpy(image->regions, w->regions, w->regions_n * sizeof(*w->regions));
		image->regions_n = w->regions_n;
		for (size_t i = 0; i < image->regions_n; i++)
			image->regions[i].line += place.line - 1;
	}
	return 0;
}

static int read_tree(struct words_set *set, struct slice text)
{
	struct lspci_tree tree = {.text = text};
	struct tree_node node;
	while (lspci_tree_next(&tree, &node)) {
		struct lspci_words *w = words_of(set, &node.addr);
		if (!w)
			return -ENOMEM;
		if (!w->line)
			w->line = node.line;
		if (w->vendor < 0 && w->device < 0)
			lspci_find_ids(node.name, &w->vendor, &w->device); /* -tnn */
		if (!w->name.n && w->vendor < 0)
			w->name = node.name;
		if (!node.bridge || w->has_bus)
			continue;
		w->has_bus = true;
		w->primary = node.addr.bus;
		w->secondary = node.secondary;
		w->subordinate = node.subordinate;
		if (!lspci_words_put(&set->arena, w, 0x0e, 1, 0, 7, 1) || !lspci_words_put(&set->arena, w, 0x18, 1, 0, 8, w->primary) ||
		    !lspci_words_put(&set->arena, w, 0x19, 1, 0, 8, w->secondary) || !lspci_words_put(&set->arena, w, 0x1a, 1, 0, 8, w->subordinate))
			return -ENOMEM;
	}
	return 0;
}

/* What only another listing of the function tells. */
static void inherit(struct lspci_words *w, const struct lspci_words *other)
{
	if (w->vendor < 0)
		w->vendor = other->vendor;
	if (w->device < 0)
		w->device = other->device;
	if (w->class < 0) {
		w->class = other->class;
		w->prog_if = other->prog_if;
	}
	if (!w->name.n)
		w->name = other->name;
	if (!w->driver.n)
		w->driver = other->driver;
	if (!w->slot.n)
		w->slot = other->slot;
	if (!w->has_modules) {
		w->modules = other->modules;
		w->has_modules = other->has_modules;
	}
	if (!w->has_group) {
		w->group = other->group;
		w->has_group = other->has_group;
	}
	if (!w->has_numa) {
		w->numa = other->numa;
		w->has_numa = other->has_numa;
	}
}

/* A description without its first line belongs to the one bridge of the text's trees that has the buses that it names. */
static struct lspci_words *owner_by_buses(const struct words_set *set, const struct lspci_words *lost)
{
	struct lspci_words *found = NULL;
	for (size_t i = 0; i < set->n && lost->has_bus; i++) {
		struct lspci_words *w = set->all[i];
		if (!w->has_bus || w->primary != lost->primary || w->secondary != lost->secondary || w->subordinate != lost->subordinate)
			continue;
		if (found)
			return NULL;
		found = w;
	}
	return found;
}

/* The one function of which anything at all is known; false where there are none or more. */
static bool only_function(const struct snapshot *snap, struct sriov_addr *addr)
{
	const struct item *dir = snapshot_at(snap, NULL, "sys/bus/pci/devices");
	if (!dir || !dir->child || dir->child->next)
		return false;
	struct slice name = slice_of(dir->child->name);
	return lspci_eat_slot(&name, addr) && !name.n;
}

/* A description without its first line goes to its owner, which has no capabilities of its own. */
static int adopt(struct arena *arena, struct lspci_words *owner, const struct lspci_words *lost)
{
	struct lspci_words both = *lost;
	both.bits_n = both.bits_room = owner->bits_n + lost->bits_n;
	both.bits = arena_array(arena, both.bits_n, sizeof(*both.bits));
	if (!both.bits)
		return -ENOMEM;
	for (size_t i = 0; i < both.bits_n; i++)
		both.bits[i] = i < owner->bits_n ? owner->bits[i] : lost->bits[i - owner->bits_n];
	both.addr = owner->addr;
	both.line = owner->line;
	if (!both.regions_n) {
		both.regions = owner->regions;
		both.regions_n = both.regions_room = owner->regions_n;
	}
	inherit(&both, owner);
	*owner = both;
	return 0;
}

static int put_lost(struct snapshot *snap, struct words_set *set, struct slice text)
{
	struct lspci_words lost = {0}, *owner;
	struct sriov_addr addr;
	int err = lspci_words_read(&set->arena, &lost, (struct slice){0}, text, 1);
	if (err || (!lost.caps_n && !lost.has_bus))
		return err;
	owner = owner_by_buses(set, &lost);
	if (!owner && !lost.has_bus && !set->n && only_function(snap, &addr)) {
		owner = words_of(set, &addr);
		if (!owner)
			return -ENOMEM;
		owner->line = 1;
	}
	return owner && !owner->caps_n ? adopt(&set->arena, owner, &lost) : 0;
}

static int put_words(struct snapshot *snap, struct text_place place, struct words_set *set)
{
	struct image_pair *pair = malloc(sizeof(*pair));
	int err = pair ? 0 : -ENOMEM;
	for (size_t i = 0; i < set->n && !err; i++) {
		err = put_facts(snap, place, set->all[i]);
		if (!err)
			err = put_image(snap, place, set->all[i], pair);
	}
	free(pair);
	return err;
}

/*
 * lspci prints as much as the host gives. Where one function of a listing has its extended space printed, those that end at 256
 * bytes have no more that the host would give.
 */
static void settle_sizes(const struct snapshot *snap, const char *origin)
{
	const struct item *dir = snapshot_at(snap, NULL, "sys/bus/pci/devices");
	for (const struct item *fn = dir ? dir->child : NULL; fn; fn = fn->next) {
		const struct item *config = snapshot_at(snap, fn, "config");
		if (config && config->config && config->origin == origin && config->config->view.len == 256)
			config->config->size = 256;
	}
}

static int read_function(struct snapshot *snap, struct text_place place, struct words_set *set, const struct lspci_function *fn)
{
	struct item *item;
	int err = fn->len ? put_bytes(snap, place, fn, &item) : 0;
	if (err || (!fn->words && fn->len))
		return err;
	struct lspci_words *words = words_of(set, &fn->addr), fresh = {.addr = fn->addr, .line = fn->line};
	struct slice body = fn->block, first;
	slice_line(&body, &first);
	err = words ? lspci_words_read(&set->arena, &fresh, fn->title, body, fn->line + 1) : -ENOMEM;
	if (err)
		return err;
	if (fresh.bits_n + fresh.regions_n + fresh.opened >= words->bits_n + words->regions_n + words->opened) {
		inherit(&fresh, words);
		*words = fresh;
	} else {
		inherit(words, &fresh);
	}
	return 0;
}

int lspci_put(struct snapshot *snap, struct text_place place, struct slice text, size_t *functions)
{
	struct lspci_function *fn = malloc(sizeof(*fn));
	struct words_set set = {.arena.limit = LIMIT_GIB(2)};
	struct lspci_hex it = {.text = text};
	struct slice before = text; /* what stands before the first function */
	bool extended = false, first = true, words = false;
	int err = fn ? 0 : -ENOMEM;
	while (!err && lspci_hex_next(&it, fn)) {
		if (first)
			before.n = (size_t)(fn->block.p - text.p);
		first = false;
		++*functions;
		err = lspci_put_problems(snap, place, &it);
		if (!err)
			err = read_function(snap, place, &set, fn);
		extended = extended || fn->len > 256;
		words = words || fn->words || !fn->len;
	}
	if (!err)
		err = lspci_put_problems(snap, place, &it);
	words = words || before.n; /* a tree is in what is neither a function's first line nor a row */
	if (!err && words && (slice_has(text, "-[0") || slice_has(text, "-[1")))
		err = read_tree(&set, text);
	if (!err && before.n)
		err = put_lost(snap, &set, before);
	if (!err)
		err = put_words(snap, place, &set);
	if (!err && extended)
		settle_sizes(snap, place.origin);
	arena_free(&set.arena);
	free(set.slots);
	free(fn);
	return err;
}
