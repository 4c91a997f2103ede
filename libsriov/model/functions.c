/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions there are, and what each says of itself. */
#include <stdlib.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "build.h"
#include "decode/lspci-hex.h"

#define DEVICES_DEPTH 24 /* bridges above one another below sys/devices; real hosts have fewer than ten */

struct found {
	struct sriov_addr addr;
	const struct item *dir;
};

struct found_list {
	struct found *items;
	size_t n, room;
};

static bool is_address(const char *name, struct sriov_addr *addr)
{
	struct slice s = slice_of(name);
	return addr_eat(&s, addr) && !s.n;
}

static int found_push(struct model *m, struct found_list *list, const struct sriov_addr *addr, const struct item *dir)
{
	struct found *found = ARENA_PUSH(&m->arena, list->items, list->n, list->room);
	if (!found)
		return -ENOMEM;
	*found = (struct found){*addr, dir};
	return 0;
}

/* Folders below sys/devices whose name is an address: a device may be captured only there. */
static int find_below(struct model *m, struct found_list *list, const struct item *dir, unsigned depth)
{
	for (const struct item *c = dir->child; c; c = c->next) {
		struct sriov_addr addr;
		if (c->kind != ITEM_DIR || c->state != ITEM_PRESENT)
			continue;
		bool address = is_address(c->name, &addr);
		int err = address ? found_push(m, list, &addr, c) : 0;
		if (!err && depth && (address || !strncmp(c->name, "pci", 3)))
			err = find_below(m, list, c, depth - 1);
		if (err)
			return err;
	}
	return 0;
}

static int found_order(const void *a, const void *b)
{
	return addr_cmp(&((const struct found *)a)->addr, &((const struct found *)b)->addr);
}

static int find_functions(struct model *m, struct found_list *list)
{
	const struct item *devices = snapshot_at(m->snap, NULL, "sys/bus/pci/devices");
	const struct item *tree = snapshot_at(m->snap, NULL, "sys/devices");
	for (const struct item *c = devices ? devices->child : NULL; c; c = c->next) {
		struct sriov_addr addr;
		if (c->state != ITEM_PRESENT || !is_address(c->name, &addr))
			continue;
		const struct item *dir = snapshot_at(m->snap, c, "");
		int err = found_push(m, list, &addr, dir ? dir : c);
		if (err)
			return err;
	}
	int err = tree ? find_below(m, list, tree, DEVICES_DEPTH) : 0;
	if (!err && list->n)
		qsort(list->items, list->n, sizeof(*list->items), found_order);
	return err;
}

static int copy_caps(struct model *m, struct fn *fn, const struct cap_at *at, size_t n)
{
	if (!n)
		return 0;
	fn->caps = arena_array(&m->arena, n, sizeof(*fn->caps));
	if (!fn->caps)
		return -ENOMEM;
	fn->caps_n = n;
	for (size_t i = 0; i < n; i++) {
		size_t end = at[i].space == CAP_EXTENDED ? 4096 : 256;
		fn->caps[i] = (struct cap){
			.at = at[i],
			.desc = cap_desc_find(at[i].space, at[i].id),
			.bytes = bytes_part(&fn->config->view, at[i].offset, end - at[i].offset),
		};
	}
	return 0;
}

/* A list that was read from text: the order is the text's, the pointers are unknown. */
static int caps_from_text(struct model *m, struct fn *fn)
{
	const struct config_image *config = fn->config;
	struct cap_at *at = config->text_caps_n ? arena_array(&m->arena, config->text_caps_n, sizeof(*at)) : NULL;
	size_t n = 0;
	if (config->text_caps_n && !at)
		return -ENOMEM;
	for (size_t i = 0; i < config->text_caps_n; i++) {
		const struct text_cap *text = &config->text_caps[i];
		if (text->offset >= (text->extended ? 4096 : 256))
			continue;
		at[n++] = (struct cap_at){
			.id = text->id, .offset = text->offset, .version = text->version,
			.space = text->extended ? CAP_EXTENDED : CAP_STANDARD,
		};
	}
	/* the text ends where lspci stopped: what it does not name may be denied, cut off, or not there */
	fn->std_end = fn->ext_end = n && !config->caps_denied ? WALK_END : WALK_UNREAD;
	return copy_caps(m, fn, at, n);
}

static int caps_from_bytes(struct model *m, struct fn *fn, struct cap_walk *walk)
{
	walk_caps(&fn->config->view, walk);
	fn->std_end = walk->std_end;
	fn->ext_end = walk->ext_end;
	fn->std_bad = walk->std_bad;
	fn->ext_bad = walk->ext_bad;
	return copy_caps(m, fn, walk->caps, walk->n);
}

/* Which number counts: the register where it was read, else what sysfs says. */
static struct fact first_of(struct fact a, struct fact b)
{
	return known(&a) ? a : b;
}

static void identity(const struct model *m, struct fn *fn)
{
	struct fact class_sysfs = attr_fact(m->snap, fn->dir, "class");
	fn->vendor = first_of(config_fact(fn, PCI_VENDOR_ID, 2, 0, 16), attr_fact(m->snap, fn->dir, "vendor"));
	fn->device = first_of(config_fact(fn, PCI_DEVICE_ID, 2, 0, 16), attr_fact(m->snap, fn->dir, "device"));
	fn->class = first_of(config_fact(fn, PCI_CLASS_REVISION, 4, 8, 24), class_sysfs);
	fn->revision = first_of(config_fact(fn, PCI_REVISION_ID, 1, 0, 8), attr_fact(m->snap, fn->dir, "revision"));
	fn->header_type = config_fact(fn, PCI_HEADER_TYPE, 1, 0, 7);
	if (known_as(&fn->header_type, PCI_HEADER_TYPE_NORMAL)) {
		fn->subsystem_vendor = config_fact(fn, PCI_SUBSYSTEM_VENDOR_ID, 2, 0, 16);
		fn->subsystem_device = config_fact(fn, PCI_SUBSYSTEM_ID, 2, 0, 16);
	}
	fn->subsystem_vendor = first_of(fn->subsystem_vendor, attr_fact(m->snap, fn->dir, "subsystem_vendor"));
	fn->subsystem_device = first_of(fn->subsystem_device, attr_fact(m->snap, fn->dir, "subsystem_device"));
	/* a VF reads ffff:ffff; the host gives the effective ids (PF's vendor, VF Device ID) */
	if (known_as(&fn->vendor, 0xffff)) {
		fn->vendor = first_of(attr_fact(m->snap, fn->dir, "vendor"), fn->vendor);
		fn->device = first_of(attr_fact(m->snap, fn->dir, "device"), fn->device);
	}
}

static void express(struct fn *fn)
{
	const struct cap *cap = fn_cap(fn, CAP_STANDARD, PCI_CAP_ID_EXP);
	uint64_t type;
	fn->exp_type = EXP_TYPE_UNKNOWN;
	if (!cap && fn_cap_absent(fn, CAP_STANDARD, PCI_CAP_ID_EXP))
		fn->exp_type = EXP_TYPE_NONE;
	else if (cap && !bytes_bits(&cap->bytes, PCI_EXP_FLAGS, 2, 4, 4, &type))
		fn->exp_type = (int)type;
}

static void attributes(const struct model *m, struct fn *fn)
{
	if (!fn->dir)
		return;
	fn->driver = snapshot_link_name(m->snap, fn->dir, "driver");
	fn->driver_state = fn->driver ? ITEM_PRESENT : snapshot_state(m->snap, fn->dir, "driver");
	if (fn->driver_state == ITEM_PRESENT && !fn->driver)
		fn->driver_state = ITEM_NOT_CAPTURED;
	struct slice power = slice_trim(snapshot_bytes(m->snap, fn->dir, "power_state"));
	if (power.p)
		fn->power_d3cold = (struct fact){slice_is(power, "D3cold"), ITEM_PRESENT, snapshot_at(m->snap, fn->dir, "power_state")};
	const struct item *net = snapshot_at(m->snap, fn->dir, "net");
	if (net && net->child)
		fn->netdev = net->child->name;
}

struct config_image image_of_dump(struct bytes view, bool extended)
{
	/* lspci prints as much as the host gives: where it printed extended space of one, the others have none */
	return (struct config_image){.view = view, .size = view.len == CONFIG_MAX ? CONFIG_MAX : view.len == 256 && extended ? 256 : 0};
}

int function_read(struct model *m, struct fn *fn, const struct config_image *config, struct cap_walk *walk)
{
	fn->exp_type = EXP_TYPE_UNKNOWN;
	fn->std_end = fn->ext_end = WALK_UNREAD;
	if (config) {
		fn->config = config;
		if (config->size)
			fn->config_size = (struct fact){config->size, ITEM_PRESENT, fn->config_item};
		int err = config->from_text ? caps_from_text(m, fn) : caps_from_bytes(m, fn, walk);
		if (err)
			return err;
	}
	identity(m, fn);
	express(fn);
	attributes(m, fn);
	return 0;
}

static int fill(struct model *m, struct fn *fn, const struct item *dir, struct cap_walk *walk)
{
	const struct item *config = snapshot_at(m->snap, dir, "config");
	bool there = config && config->state == ITEM_PRESENT && config->config;
	fn->dir = dir;
	fn->config_item = there ? config : NULL;
	return function_read(m, fn, there ? config->config : NULL, walk);
}

int build_functions(struct model *m)
{
	struct found_list list = {0};
	int err = find_functions(m, &list);
	struct cap_walk *walk = err ? NULL : malloc(sizeof(*walk));
	if (!walk)
		return -ENOMEM;
	m->fns = arena_array(&m->arena, list.n + 1, sizeof(*m->fns));
	m->fns_room = m->fns ? list.n + 1 : 0;
	for (size_t i = 0; i < list.n && m->fns && !err; i++) {
		if (m->fns_n && !addr_cmp(&m->fns[m->fns_n - 1].addr, &list.items[i].addr))
			continue; /* the same folder, reached by its link and by its path */
		struct fn *fn = &m->fns[m->fns_n++];
		fn->addr = list.items[i].addr;
		err = fill(m, fn, list.items[i].dir, walk);
	}
	free(walk);
	return m->fns ? err : -ENOMEM;
}
