/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory is used again for each batch: what is touched for it stays within the processor's caches. */
#include <stdlib.h>
#include <string.h>

#include "batches.h"
#include "build.h"

#define LEAST      16 /* functions that are worth a model of their own; a segment's end is none's choice */
#define ARENA_ROOM ((size_t)4 << 20)
#define BUSES      256

/* A function that waits. */
struct waiter {
	struct sriov_addr addr;
	struct config_image image;
};

struct batches {
	const struct snapshot *snap;
	struct dump_survey survey;
	batch_fn *tell;
	void *data;
	struct lspci_function slot; /* being filled by the caller */
	struct arena waiting;       /* the spaces of those that wait */
	struct waiter *fns;
	size_t n, room;
	struct model model;
	struct cap_walk walk;
	/* of the segment */
	uint8_t tied[BUSES];        /* the highest bus that a bridge ties this or a bus below it to */
	int last_vf;                /* routing ID; -1: none */
	uint64_t listed, enabled;   /* the highest routing ID of a VF so far: of all that there may be, of those that are enabled */
	/* of all segments */
	size_t bridges_at, vfs_at;
};

struct batches *batches_new(const struct snapshot *snap, const struct dump_survey *survey, batch_fn *tell, void *data)
{
	struct batches *b = calloc(1, sizeof(*b));
	if (!b)
		return NULL;
	b->snap = snap;
	b->survey = *survey;
	b->tell = tell;
	b->data = data;
	b->model.snap = snap;
	b->model.arena.block = b->waiting.block = ARENA_ROOM;
	b->model.arena.limit = b->waiting.limit = MODEL_BYTES;
	return b;
}

struct lspci_function *batches_slot(struct batches *b)
{
	return &b->slot;
}

/* ---- where a batch may end ---- */

static void segment_begin(struct batches *b, uint32_t domain)
{
	b->listed = b->enabled = 0;
	for (unsigned i = 0; i < BUSES; i++)
		b->tied[i] = (uint8_t)i;
	const struct lspci_bridge *bridges = b->survey.bridges;
	while (b->bridges_at < b->survey.bridges_n && bridges[b->bridges_at].addr.domain < domain)
		b->bridges_at++;
	for (; b->bridges_at < b->survey.bridges_n && bridges[b->bridges_at].addr.domain == domain; b->bridges_at++) {
		uint8_t bus = bridges[b->bridges_at].addr.bus, secondary = bridges[b->bridges_at].secondary;
		uint8_t low = bus < secondary ? bus : secondary, high = bus < secondary ? secondary : bus;
		if (b->tied[low] < high)
			b->tied[low] = high;
	}
	for (unsigned i = 1; i < BUSES; i++)
		if (b->tied[i] < b->tied[i - 1])
			b->tied[i] = b->tied[i - 1];
	const struct sriov_addr *vfs = b->survey.vfs;
	while (b->vfs_at < b->survey.vfs_n && vfs[b->vfs_at].domain < domain)
		b->vfs_at++;
	b->last_vf = b->vfs_at < b->survey.vfs_n && vfs[b->vfs_at].domain == domain ? addr_rid(&vfs[b->vfs_at]) : -1;
}

/* Up to where a PF's VFs are: those that are enabled take whatever function is there, the others one that reads as a VF. */
static void reach(struct batches *b, const struct bytes *view, const struct sriov_addr *addr)
{
	struct pf pf = {0};
	struct vf_layout layout;
	if (!pf_find(view, &b->walk, &pf) || !vf_layout_of(&pf, &layout))
		return;
	uint64_t first = addr_rid(addr) + layout.offset, last = first + (layout.n - 1) * layout.stride;
	uint64_t enabled = layout.enabled < layout.n ? layout.enabled : layout.n;
	if (b->listed < last)
		b->listed = last;
	if (enabled && b->enabled < first + (enabled - 1) * layout.stride)
		b->enabled = first + (enabled - 1) * layout.stride;
}

/* Does nothing tie those that wait to the function that comes next? */
static bool closed(const struct batches *b, const struct sriov_addr *next)
{
	const struct sriov_addr *last = &b->fns[b->n - 1].addr;
	int rid = addr_rid(next);
	if (next->domain != last->domain)
		return true;
	return next->bus != last->bus && b->n >= LEAST && b->tied[last->bus] < next->bus && b->enabled < (uint64_t)rid &&
	       (b->last_vf < rid || b->listed < (uint64_t)rid);
}

/* ---- a batch ---- */

static int build(struct batches *b)
{
	static int (*const steps[])(struct model *) = {build_resources, build_bridges, build_pfs, build_tree, build_vfs};
	struct model *m = &b->model;
	arena_reset(&m->arena);
	m->fns = arena_array(&m->arena, b->n, sizeof(*m->fns));
	m->fns_n = m->fns_room = m->fns ? b->n : 0;
	int err = m->fns ? 0 : -ENOMEM;
	for (size_t i = 0; i < m->fns_n && !err; i++) {
		m->fns[i].addr = b->fns[i].addr;
		m->fns[i].config_item = b->snap->root; /* facts are known by what they are from */
		err = function_read(m, &m->fns[i], &b->fns[i].image, &b->walk);
	}
	for (size_t i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i](m);
	return err;
}

static int tell(struct batches *b)
{
	int err = build(b);
	err = err ? err : b->tell(b->data, &b->model);
	arena_reset(&b->waiting);
	b->fns = NULL;
	b->n = b->room = 0;
	return err;
}

/* A copy of what the slot holds. */
static int keep(struct batches *b)
{
	const struct lspci_function *text = &b->slot;
	struct waiter *waiter = ARENA_PUSH(&b->waiting, b->fns, b->n, b->room);
	char *config = waiter ? arena_dup(&b->waiting, text->config, text->len) : NULL;
	char *known = config && text->holes ? arena_dup(&b->waiting, text->known, text->len) : NULL;
	if (!config || (text->holes && !known))
		return -ENOMEM;
	struct bytes view = {(const uint8_t *)config, (const uint8_t *)known, text->len, 0};
	*waiter = (struct waiter){text->addr, image_of_dump(view, b->survey.extended)};
	reach(b, &view, &text->addr);
	return 0;
}

int batches_put(struct batches *b)
{
	bool begins = !b->n || b->slot.addr.domain != b->fns[b->n - 1].addr.domain;
	int err = b->n && closed(b, &b->slot.addr) ? tell(b) : 0;
	if (err)
		return err;
	if (begins)
		segment_begin(b, b->slot.addr.domain);
	return keep(b);
}

int batches_end(struct batches *b, struct vfs_kept *kept)
{
	int err = b->n ? tell(b) : 0;
	*kept = b->model.vfs_kept;
	return err;
}

void batches_free(struct batches *b)
{
	if (!b)
		return;
	arena_free(&b->model.arena);
	arena_free(&b->waiting);
	free(b);
}
