/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that waits is kept as the rows of its configuration space that are not zero; its model is made when it is told, in
 * memory that is used again for the next: what is touched for a function stays within the processor's caches.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "build.h"
#include "passing.h"
#include "util/strbuf.h"

#define RIDS     65536
#define FN_ROOM  ((size_t)64 << 20) /* of one function's model */
#define ROW      16
#define ROWS_ALL (CONFIG_MAX / ROW)
#define WORDS    (ROWS_ALL / 64)

/* A function that waits. */
struct slot {
	struct sriov_addr addr;
	size_t len;              /* of its configuration space */
	bool holes;              /* some bytes are unknown: see known */
	uint64_t set[WORDS];     /* which rows are not zero */
	struct vf_layout layout; /* n == 0: has no VFs to wait for */
	struct fact vendor, vf_device;
	const struct fn *upstream;
	bool on_root_bus;
	uint16_t last;           /* routing ID up to which it waits */
	bool left_out;           /* there is no room for its VFs */
	unsigned refs;           /* the queue, and its VFs */
	struct slot *owner;      /* of a VF: its PF */
	struct slot *next;
	struct strbuf rows;      /* those that are not zero, one after the other */
	struct strbuf known;     /* where there are holes: a mask of known bits */
};

/* Which PF a routing ID is a VF of. */
struct claims {
	struct slot *lists;   /* the first PF that has it in its list of VFs */
	struct slot *enables; /* the first that has it among those that are enabled */
	struct slot *owns;    /* the PF whose VF answers there */
};

struct passing {
	const struct snapshot *snap;
	bool extended;
	passing_fn *tell;
	void *data;
	struct lspci_function text;       /* being filled by the caller */
	struct slot *first, **end, *idle; /* in the order in which they came; and those to be used again */
	/* of the function that is told */
	struct model model;
	struct fn fn, pf_fn;
	struct pf pf;
	struct config_image image;
	uint8_t config[CONFIG_MAX];
	uint64_t set[WORDS];              /* which rows of config are not zero */
	struct cap_walk walk;
	/* of the segment that passes by */
	uint32_t domain;
	struct buses buses;
	struct fn above[256];             /* their addresses only */
	struct claims claims[RIDS];
	/* of all segments */
	struct arena arena;
	struct lspci_bridge *bridges;
	size_t bridges_n, bridges_room, bridges_at;
	struct vfs_kept kept;
	bool any;
};

struct passing *passing_new(const struct snapshot *snap, bool extended, passing_fn *tell, void *data)
{
	struct passing *p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->snap = snap;
	p->extended = extended;
	p->tell = tell;
	p->data = data;
	p->end = &p->first;
	p->model.snap = snap;
	p->model.arena.limit = FN_ROOM;
	p->model.fns = &p->fn;
	p->model.fns_n = 1;
	return p;
}

/* The first bridge that is not yet in the tree of the segment that passes by. */
static void next_bridge(struct passing *p)
{
	const struct lspci_bridge *bridge = &p->bridges[p->bridges_at++];
	p->above[bridge->secondary].addr = bridge->addr;
	buses_add(&p->buses, &p->above[bridge->secondary], bridge->secondary);
}

int passing_bridge(struct passing *p, const struct sriov_addr *addr, uint8_t secondary)
{
	struct lspci_bridge *bridge = ARENA_PUSH(&p->arena, p->bridges, p->bridges_n, p->bridges_room);
	if (!bridge)
		return -ENOMEM;
	*bridge = (struct lspci_bridge){*addr, secondary};
	if (p->any && addr->domain == p->domain)
		next_bridge(p);
	return 0;
}

struct lspci_function *passing_slot(struct passing *p)
{
	return &p->text;
}

static struct slot *slot_take(struct passing *p)
{
	struct slot *slot = p->idle;
	if (!slot)
		return calloc(1, sizeof(*slot));
	p->idle = slot->next;
	return slot;
}

static void slot_free(struct slot *slot)
{
	if (!slot)
		return;
	strbuf_free(&slot->rows);
	strbuf_free(&slot->known);
	free(slot);
}

/* Each routing ID of a PF's VFs, as far as the segment has them. */
#define rid_foreach(slot, i, rid) \
	for (uint64_t i = 0, rid = (uint64_t)addr_rid(&(slot)->addr) + (slot)->layout.offset; i < (slot)->layout.n && rid < RIDS; \
	     i++, rid += (slot)->layout.stride)

static void release(struct passing *p, struct slot *slot)
{
	while (slot && !--slot->refs) {
		struct slot *owner = slot->owner;
		rid_foreach(slot, i, rid) {
			struct claims *c = &p->claims[rid];
			c->lists = c->lists == slot ? NULL : c->lists;
			c->enables = c->enables == slot ? NULL : c->enables;
			c->owns = c->owns == slot ? NULL : c->owns;
		}
		slot->next = p->idle;
		p->idle = slot;
		slot = owner;
	}
}

/* ---- kept ---- */

static bool is_zero(const uint8_t *row)
{
	uint64_t a, b;
	memcpy(&a, row, 8);
	memcpy(&b, row + 8, 8);
	return !(a | b);
}

/* Which rows of text are not zero; returns how many. */
static size_t rows_set(const struct lspci_function *text, uint64_t *set)
{
	static const uint8_t zeros[16 * ROW];
	size_t n = 0;
	memset(set, 0, WORDS * sizeof(*set));
	for (size_t i = 0; i * ROW < text->len; i++) {
		size_t left = text->len - i * ROW;
		if (i % 16 == 0 && left >= sizeof(zeros) && !memcmp(text->config + i * ROW, zeros, sizeof(zeros))) {
			i += 15; /* most of a space is zeros */
			continue;
		}
		if (left >= ROW && is_zero(text->config + i * ROW))
			continue;
		set[i / 64] |= UINT64_C(1) << i % 64;
		n++;
	}
	return n;
}

/* The configuration space of text into slot; false where memory is exhausted. */
static bool keep(struct slot *slot, const struct lspci_function *text)
{
	slot->rows.len = slot->known.len = 0;
	char *row = strbuf_room(&slot->rows, ROW * rows_set(text, slot->set));
	for (size_t w = 0; row && w < WORDS; w++) {
		for (uint64_t set = slot->set[w]; set; set &= set - 1, row += ROW) {
			size_t at = (w * 64 + (size_t)__builtin_ctzll(set)) * ROW;
			memcpy(row, text->config + at, text->len - at < ROW ? text->len - at : ROW);
		}
	}
	slot->len = text->len;
	slot->holes = text->holes;
	if (text->holes)
		strbuf_put(&slot->known, text->known, text->len);
	return row && !slot->known.err;
}

/* And back into p->config. */
static void unfold(struct passing *p, const struct slot *slot)
{
	const char *row = slot->rows.text;
	for (size_t w = 0; w < WORDS; w++) {
		for (uint64_t old = p->set[w] & ~slot->set[w]; old; old &= old - 1)
			memset(p->config + (w * 64 + (size_t)__builtin_ctzll(old)) * ROW, 0, ROW);
		for (uint64_t set = slot->set[w]; set; set &= set - 1, row += ROW)
			memcpy(p->config + (w * 64 + (size_t)__builtin_ctzll(set)) * ROW, row, ROW);
		p->set[w] = slot->set[w];
	}
}

/* ---- what arrives ---- */

static void segment_begin(struct passing *p, uint32_t domain)
{
	p->domain = domain;
	p->any = true;
	memset(&p->buses, 0, sizeof(p->buses));
	while (p->bridges_at < p->bridges_n && p->bridges[p->bridges_at].addr.domain < domain)
		p->bridges_at++;
	while (p->bridges_at < p->bridges_n && p->bridges[p->bridges_at].addr.domain == domain)
		next_bridge(p);
}

static void find_owner(struct passing *p, struct slot *slot, const struct bytes *view, bool is_pf)
{
	uint16_t rid = addr_rid(&slot->addr);
	slot->owner = reads_as_vf(view) ? p->claims[rid].lists : is_pf ? NULL : p->claims[rid].enables;
	if (!slot->owner)
		return;
	p->claims[rid].owns = slot->owner;
	slot->owner->refs++;
}

/* A PF (whose VFs' places its capability tells) says which routing IDs are its VFs'. */
static void claim(struct passing *p, struct slot *slot, const struct bytes *view, const struct pf *pf)
{
	uint64_t vendor;
	uint8_t layout;
	bool port = !bytes_u8(view, PCI_HEADER_TYPE, &layout) && (layout & 0x7f) == PCI_HEADER_TYPE_BRIDGE;
	if (port || slot->owner || !vf_layout_of(pf, &slot->layout))
		return;
	slot->left_out = !vfs_keep(&p->kept, &slot->addr, slot->layout.n);
	if (slot->left_out) {
		slot->layout.n = 0;
		return;
	}
	if (!bytes_bits(view, PCI_VENDOR_ID, 2, 0, 16, &vendor))
		slot->vendor = (struct fact){vendor, ITEM_PRESENT, NULL};
	slot->vf_device = pf->vf_device;
	rid_foreach(slot, i, rid) {
		struct claims *c = &p->claims[rid];
		if (!c->lists)
			c->lists = slot;
		if (i < slot->layout.enabled && !c->enables)
			c->enables = slot;
		slot->last = (uint16_t)rid;
	}
}

/* ---- what is told ---- */

static int fill_vfs(struct passing *p, const struct slot *slot)
{
	static const struct fn there; /* of a VF that exists nothing else is known */
	struct pf *pf = p->fn.pf;
	if (!pf)
		return 0;
	pf->vfs_left_out = slot->left_out;
	if (!slot->layout.n)
		return 0;
	pf->vfs = arena_array(&p->model.arena, slot->layout.n, sizeof(*pf->vfs));
	if (!pf->vfs)
		return -ENOMEM;
	pf->vfs_n = slot->layout.n;
	const struct vf_layout *layout = &slot->layout;
	uint64_t rid = (uint64_t)addr_rid(&slot->addr) + layout->offset;
	for (size_t i = 0; i < pf->vfs_n; i++, rid += layout->stride) { /* as vf_place() and build_vfs() do */
		struct vf *vf = &pf->vfs[i];
		vf->index = (unsigned)i;
		vf->addr = addr_of_rid(slot->addr.domain, rid);
		vf->in_segment = rid < RIDS;
		vf->fn = vf->in_segment && p->claims[rid].owns == slot ? &there : NULL;
		vf->exists = vf_existence(pf, vf, false);
		pf->vfs_exist += vf->exists == TRI_YES;
	}
	return 0;
}

/* What the PF of a VF must be for vf_adopt(), and for who asks the VF for its PF. */
static void adopt(struct passing *p, const struct slot *slot)
{
	const struct slot *owner = slot->owner;
	uint64_t distance = (uint64_t)addr_rid(&slot->addr) - addr_rid(&owner->addr) - owner->layout.offset;
	p->pf = (struct pf){.vf_device = owner->vf_device};
	p->pf_fn = (struct fn){
		.addr = owner->addr, .vendor = owner->vendor, .pf = &p->pf, .upstream = owner->upstream, .on_root_bus = owner->on_root_bus,
	};
	vf_adopt(&p->pf_fn, &p->fn, owner->layout.stride ? (unsigned)(distance / owner->layout.stride) : 0);
}

static int tell(struct passing *p, const struct slot *slot)
{
	static int (*const steps[])(struct model *) = {build_resources, build_bridges, build_pfs};
	unfold(p, slot);
	arena_reset(&p->model.arena);
	memset(&p->fn, 0, sizeof(p->fn)); /* which is faster than an initialiser */
	p->fn.addr = slot->addr;
	p->image = image_of_dump((struct bytes){p->config, slot->holes ? (const uint8_t *)slot->known.text : NULL, slot->len, 0}, p->extended);
	int err = function_read(&p->model, &p->fn, &p->image, &p->walk);
	for (size_t i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i](&p->model);
	p->fn.upstream = slot->upstream;
	p->fn.on_root_bus = slot->on_root_bus;
	if (slot->owner)
		adopt(p, slot);
	if (!err)
		err = fill_vfs(p, slot);
	return err ? err : p->tell(p->data, &p->fn);
}

/* Those at the head of the queue that wait for nothing up to rid. */
static int tell_up_to(struct passing *p, unsigned rid)
{
	int err = 0;
	while (!err && p->first && p->first->last < rid) {
		struct slot *slot = p->first;
		err = tell(p, slot);
		p->first = slot->next;
		if (!p->first)
			p->end = &p->first;
		release(p, slot);
	}
	return err;
}

int passing_put(struct passing *p)
{
	const struct bytes view = {p->text.config, p->text.holes ? p->text.known : NULL, p->text.len, 0};
	struct pf pf = {0};
	struct fn *place = &p->fn; /* so far only its place in the tree */
	if (!p->any || p->text.addr.domain != p->domain) {
		int err = tell_up_to(p, RIDS);
		if (err)
			return err;
		segment_begin(p, p->text.addr.domain);
	}
	struct slot *slot = slot_take(p);
	if (!slot || !keep(slot, &p->text)) {
		slot_free(slot);
		return -ENOMEM;
	}
	place->addr = slot->addr = p->text.addr;
	place->upstream = NULL;
	place->on_root_bus = false;
	buses_place(&p->buses, place);
	slot->upstream = place->upstream;
	slot->on_root_bus = place->on_root_bus;
	slot->layout = (struct vf_layout){0};
	slot->left_out = false;
	slot->vendor = slot->vf_device = (struct fact){0};
	slot->last = 0;
	slot->refs = 1;
	slot->next = NULL;
	bool is_pf = pf_find(&view, &p->walk, &pf);
	find_owner(p, slot, &view, is_pf);
	if (is_pf)
		claim(p, slot, &view, &pf);
	*p->end = slot;
	p->end = &slot->next;
	return tell_up_to(p, addr_rid(&slot->addr));
}

int passing_end(struct passing *p, struct vfs_kept *kept)
{
	*kept = p->kept;
	return tell_up_to(p, RIDS);
}

void passing_free(struct passing *p)
{
	if (!p)
		return;
	while (p->first) {
		struct slot *slot = p->first;
		p->first = slot->next;
		release(p, slot);
	}
	while (p->idle) {
		struct slot *slot = p->idle;
		p->idle = slot->next;
		slot_free(slot);
	}
	arena_free(&p->model.arena);
	arena_free(&p->arena);
	free(p);
}
