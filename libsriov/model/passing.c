/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "build.h"
#include "passing.h"

#define RIDS      65536
#define SLOT_ROOM ((size_t)64 << 20)
#define SLOT_BLOCK 4096

/* A function that waits, as a model of its own. */
struct slot {
	struct lspci_function text;
	struct config_image image;
	struct model model;
	struct fn fn;
	struct vf_layout layout; /* n == 0: has no VFs to wait for */
	uint16_t last;           /* routing ID up to which it waits */
	unsigned refs;           /* the queue, and its VFs */
	struct slot *owner;      /* of a VF: its PF */
	struct slot *next;
};

struct known_bridge {
	struct sriov_addr addr;
	uint8_t secondary;
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
	struct slot *fresh;               /* being filled by the caller */
	struct slot *first, **end, *idle; /* in the order in which they came; and those to be used again */
	struct cap_walk walk;
	/* of the segment that passes by */
	uint32_t domain;
	struct buses buses;
	struct fn above[256];             /* their addresses only */
	struct claims claims[RIDS];
	/* of all segments */
	struct arena arena;
	struct known_bridge *bridges;
	size_t bridges_n, bridges_room, bridges_at;
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
	return p;
}

int passing_bridge(struct passing *p, const struct sriov_addr *addr, uint8_t secondary)
{
	struct known_bridge *bridge = ARENA_PUSH(&p->arena, p->bridges, p->bridges_n, p->bridges_room);
	if (!bridge)
		return -ENOMEM;
	*bridge = (struct known_bridge){*addr, secondary};
	return 0;
}

struct lspci_function *passing_slot(struct passing *p)
{
	if (!p->fresh && p->idle) {
		p->fresh = p->idle;
		p->idle = p->idle->next;
	} else if (!p->fresh) {
		p->fresh = calloc(1, sizeof(*p->fresh));
	}
	return p->fresh ? &p->fresh->text : NULL;
}

static void slot_free(struct slot *slot)
{
	if (slot)
		arena_free(&slot->model.arena);
	free(slot);
}

/* Each routing ID of a PF's VFs, as far as the segment has them. */
static uint64_t first_vf(const struct slot *slot)
{
	return (uint64_t)addr_rid(&slot->fn.addr) + slot->layout.offset;
}
#define rid_foreach(slot, i, rid) \
	for (uint64_t i = 0, rid = first_vf(slot); i < (slot)->layout.n && rid < RIDS; i++, rid += (slot)->layout.stride)

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

/* The model of one function, as far as it follows from itself. */
static int build(struct passing *p, struct slot *slot)
{
	static int (*const steps[])(struct model *) = {build_resources, build_bridges, build_pfs};
	const struct lspci_function *text = &slot->text;
	struct model *m = &slot->model;
	arena_reset(&m->arena);
	m->arena.limit = SLOT_ROOM;
	m->arena.block = SLOT_BLOCK;
	m->snap = p->snap;
	m->fns = &slot->fn;
	m->fns_n = 1;
	slot->fn = (struct fn){.addr = text->addr};
	slot->image = (struct config_image){
		.view = {text->config, text->holes ? text->known : NULL, text->len, 0},
		/* lspci prints as much as the host gives: where it printed extended space of one, the others have none */
		.size = text->len == CONFIG_MAX ? CONFIG_MAX : text->len == 256 && p->extended ? 256 : 0,
	};
	slot->layout.n = 0;
	slot->owner = NULL;
	slot->refs = 1;
	slot->last = 0;
	int err = function_read(m, &slot->fn, &slot->image, &p->walk);
	for (size_t i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i](m);
	return err;
}

static void segment_begin(struct passing *p, uint32_t domain)
{
	p->domain = domain;
	p->any = true;
	memset(&p->buses, 0, sizeof(p->buses));
	while (p->bridges_at < p->bridges_n && p->bridges[p->bridges_at].addr.domain < domain)
		p->bridges_at++;
	for (; p->bridges_at < p->bridges_n && p->bridges[p->bridges_at].addr.domain == domain; p->bridges_at++) {
		const struct known_bridge *bridge = &p->bridges[p->bridges_at];
		p->above[bridge->secondary].addr = bridge->addr;
		buses_add(&p->buses, &p->above[bridge->secondary], bridge->secondary);
	}
}

static void find_owner(struct passing *p, struct slot *slot)
{
	uint16_t rid = addr_rid(&slot->fn.addr);
	bool is_vf = reads_as_vf(&slot->image.view);
	struct slot *owner = is_vf ? p->claims[rid].lists : slot->fn.pf ? NULL : p->claims[rid].enables;
	if (!owner)
		return;
	uint64_t distance = (uint64_t)rid - addr_rid(&owner->fn.addr) - owner->layout.offset;
	vf_adopt(&owner->fn, &slot->fn, owner->layout.stride ? (unsigned)(distance / owner->layout.stride) : 0);
	p->claims[rid].owns = owner;
	slot->owner = owner;
	owner->refs++;
}

static void claim(struct passing *p, struct slot *slot)
{
	if (!slot->fn.pf || slot->fn.role != ROLE_PF || !vf_layout_of(slot->fn.pf, &slot->layout))
		return;
	rid_foreach(slot, i, rid) {
		struct claims *c = &p->claims[rid];
		if (!c->lists)
			c->lists = slot;
		if (i < slot->layout.enabled && !c->enables)
			c->enables = slot;
		slot->last = (uint16_t)rid;
	}
}

static int fill_vfs(struct passing *p, struct slot *slot)
{
	static const struct fn there; /* of a VF that exists nothing else is known */
	struct pf *pf = slot->fn.pf;
	if (!slot->layout.n)
		return 0;
	pf->vfs = arena_array(&slot->model.arena, slot->layout.n, sizeof(*pf->vfs));
	if (!pf->vfs)
		return -ENOMEM;
	pf->vfs_n = slot->layout.n;
	for (size_t i = 0; i < pf->vfs_n; i++) {
		struct vf *vf = &pf->vfs[i];
		vf_place(&slot->fn.addr, &slot->layout, i, vf);
		vf->fn = vf->in_segment && p->claims[addr_rid(&vf->addr)].owns == slot ? &there : NULL;
		vf->exists = vf_existence(pf, vf, false);
		pf->vfs_exist += vf->exists == TRI_YES;
	}
	return 0;
}

/* Tells those at the head of the queue that wait for nothing up to rid. */
static int tell_up_to(struct passing *p, unsigned rid)
{
	while (p->first && p->first->last < rid) {
		struct slot *slot = p->first;
		int err = fill_vfs(p, slot);
		if (!err)
			err = p->tell(p->data, &slot->fn);
		p->first = slot->next;
		if (!p->first)
			p->end = &p->first;
		release(p, slot);
		if (err)
			return err;
	}
	return 0;
}

int passing_put(struct passing *p)
{
	struct slot *slot = p->fresh;
	if (!p->any || slot->text.addr.domain != p->domain) {
		int err = tell_up_to(p, RIDS);
		if (err)
			return err;
		segment_begin(p, slot->text.addr.domain);
	}
	int err = build(p, slot);
	if (err)
		return err;
	uint16_t rid = addr_rid(&slot->fn.addr);
	buses_place(&p->buses, &slot->fn);
	find_owner(p, slot);
	claim(p, slot);
	p->fresh = NULL;
	slot->next = NULL;
	*p->end = slot;
	p->end = &slot->next;
	return tell_up_to(p, rid);
}

int passing_end(struct passing *p)
{
	return tell_up_to(p, RIDS);
}

void passing_free(struct passing *p)
{
	if (!p)
		return;
	/* an owner is before its VFs: in the queue, or held by them alone */
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
	slot_free(p->fresh);
	arena_free(&p->arena);
	free(p);
}
