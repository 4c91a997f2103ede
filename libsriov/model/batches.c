/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions that are held lie one behind the other, as in any model, and their memory is used again for those that come: what is
 * touched for a function stays within the processor's caches. Which buses look at one another is all that is asked: `reach` of a bus is
 * the last bus that looks at it, or that it looks at.
 */
#include <stdlib.h>
#include <string.h>
#include <linux/pci_regs.h>

#include "batches.h"
#include "build.h"
#include "util/huge.h"

#define LEAST     16    /* functions that are worth being told; a segment's end is none's choice */
#define BUSES     256
#define RIDS      65536
#define ROOM      (HUGE_LEAST / sizeof(struct fn) + 1) /* functions, at first; untouched until they come */
#define CHUNK     512   /* functions whose memory is given back at once */

/* Memory of some functions. */
struct chunk {
	struct arena arena;
	uint64_t end; /* the number of the first function behind them */
	struct chunk *next;
};

struct batches {
	const struct snapshot *snap;
	struct dump_survey survey;
	bool all;
	batch_fn *tell;
	void *data;
	struct lspci_function slot; /* being filled by the caller */
	struct model model;
	struct cap_walk walk;
	/* who is held: fns[from] to fns[end - 1], told below fns[told]; fns[i] is the dump's function number base + i */
	struct fn *fns;
	bool *in_view;
	const struct fn **view;
	size_t from, told, end, room;
	uint64_t base;
	struct chunk *first, *last, *idle;
	size_t bytes;       /* of their arenas */
	struct arena vfs;   /* of the PFs that are told: nobody else asks for them */
	/* of the segment */
	struct arena arena;         /* of the ports above something */
	struct buses buses;
	struct fn above[BUSES];     /* the ports, by their secondary bus */
	bool above_in_view[BUSES];
	uint8_t reach[BUSES];
	int last_vf;                /* routing ID; -1: none */
	uint64_t segment;           /* the number of its first function: lower ones in what follows are of others */
	uint64_t there[RIDS];       /* the function at a routing ID */
	uint64_t lists[RIDS];       /* the first PF that has a routing ID in its list of VFs */
	uint64_t enables[RIDS];     /* the first that has it among those that are enabled */
	/* of all segments */
	size_t bridges_at, vfs_at;
};

struct batches *batches_new(const struct snapshot *snap, const struct dump_survey *survey, bool all, batch_fn *tell, void *data)
{
	struct batches *b = calloc(1, sizeof(*b));
	if (!b)
		return NULL;
	b->snap = snap;
	b->survey = *survey;
	b->all = all;
	b->tell = tell;
	b->data = data;
	b->model.snap = snap;
	b->base = 1;
	b->arena.limit = b->vfs.limit = MODEL_BYTES;
	return b;
}

struct lspci_function *batches_slot(struct batches *b)
{
	return &b->slot;
}

/* ---- who looks at whom ---- */

static void tie(struct batches *b, uint8_t bus, uint64_t rid)
{
	uint8_t to = rid < RIDS ? (uint8_t)(rid >> 8) : BUSES - 1;
	if (b->reach[bus] < to)
		b->reach[bus] = to;
}

/* Rules look from a bridge to the bus below; and it is in view where anything below is, however deep: deeper buses come first. */
static void tie_bridges(struct batches *b, const struct lspci_bridge *bridges, size_t n)
{
	for (unsigned i = 0; i < BUSES; i++)
		b->reach[i] = (uint8_t)i;
	while (n--) {
		uint8_t bus = bridges[n].addr.bus, secondary = bridges[n].secondary;
		if (secondary > bus)
			tie(b, bus, (uint64_t)b->reach[secondary] << 8);
		else
			tie(b, secondary, (uint64_t)bus << 8);
	}
}

static void segment_begin(struct batches *b, uint32_t domain)
{
	const struct lspci_bridge *bridges = b->survey.bridges;
	const struct sriov_addr *vfs = b->survey.vfs;
	while (b->bridges_at < b->survey.bridges_n && bridges[b->bridges_at].addr.domain < domain)
		b->bridges_at++;
	const size_t from = b->bridges_at;
	arena_reset(&b->arena);
	memset(&b->buses, 0, sizeof(b->buses));
	for (; b->bridges_at < b->survey.bridges_n && bridges[b->bridges_at].addr.domain == domain; b->bridges_at++) {
		uint8_t secondary = bridges[b->bridges_at].secondary;
		b->above[secondary] = (struct fn){.addr = bridges[b->bridges_at].addr};
		b->above_in_view[secondary] = false;
		buses_add(&b->buses, &b->above[secondary], secondary);
	}
	tie_bridges(b, bridges + from, b->bridges_at - from);
	while (b->vfs_at < b->survey.vfs_n && vfs[b->vfs_at].domain < domain)
		b->vfs_at++;
	b->last_vf = b->vfs_at < b->survey.vfs_n && vfs[b->vfs_at].domain == domain ? addr_rid(&vfs[b->vfs_at]) : -1;
	b->segment = b->base + b->end;
}

/* A PF says which routing IDs are its VFs': those that are enabled take whatever function is there, the others one that reads as a VF. */
static void claim(struct batches *b, const struct fn *fn, uint64_t number, const struct vf_layout *layout)
{
	uint64_t rid = addr_rid(&fn->addr) + layout->offset;
	for (uint64_t i = 0; i < layout->n && rid < RIDS && (i < layout->enabled || (int)rid <= b->last_vf); i++, rid += layout->stride) {
		if (b->lists[rid] < b->segment)
			b->lists[rid] = number;
		if (i < layout->enabled && b->enables[rid] < b->segment)
			b->enables[rid] = number;
		tie(b, fn->addr.bus, rid);
	}
}

/* ---- who arrives ---- */

static int chunk_new(struct batches *b)
{
	struct chunk *chunk = b->idle ? b->idle : calloc(1, sizeof(*chunk));
	if (!chunk)
		return -ENOMEM;
	b->idle = b->idle ? chunk->next : NULL;
	chunk->next = NULL;
	chunk->end = b->base + b->end + CHUNK;
	chunk->arena.block = HUGE_LEAST;
	if (b->last)
		b->last->next = chunk;
	else
		b->first = chunk;
	b->last = chunk;
	return 0;
}

/* What is held moves to the beginning of `to`, and with it who points there; who was given back is pointed to by nobody. */
static void move(struct batches *b, struct fn *to, bool *in_view)
{
	size_t n = b->end - b->from;
	const struct fn *at = n ? b->fns + b->from : NULL;
	if (n) {
		memmove(to, at, n * sizeof(*to));
		memmove(in_view, b->in_view + b->from, n * sizeof(*in_view));
	}
	for (size_t i = 0; i < n; i++)
		to[i].pf_fn = to[i].pf_fn >= at ? to + (to[i].pf_fn - at) : NULL;
	b->fns = to;
	b->in_view = in_view;
	b->base += b->from;
	b->told -= b->from;
	b->end = n;
	b->from = 0;
}

static int make_room(struct batches *b)
{
	if (b->end < b->room)
		return 0;
	if (b->room && b->from >= b->room / 2) {
		move(b, b->fns, b->in_view);
		return 0;
	}
	size_t room = b->room ? 2 * b->room : ROOM;
	struct fn *fns = calloc(room, sizeof(*fns)), *old_fns = b->fns;
	bool *in_view = calloc(room, sizeof(*in_view)), *old_in_view = b->in_view;
	const struct fn **view = calloc(room, sizeof(*view));
	if (!fns || !in_view || !view) {
		free(fns);
		free(in_view);
		free(view);
		return -ENOMEM;
	}
	huge_pages(fns, room * sizeof(*fns));
	move(b, fns, in_view);
	free(old_fns);
	free(old_in_view);
	free(b->view);
	b->view = view;
	b->room = room;
	return 0;
}

/* Its place among the ports above something, or NULL. */
static struct fn *port_of(struct batches *b, const struct bytes *view, const struct sriov_addr *addr)
{
	uint8_t layout, secondary;
	if (bytes_u8(view, PCI_HEADER_TYPE, &layout) || (layout & 0x7f) != PCI_HEADER_TYPE_BRIDGE || bytes_u8(view, PCI_SECONDARY_BUS, &secondary))
		return NULL;
	struct fn *port = &b->above[secondary];
	return b->buses.above[secondary] == port && addr_same(&port->addr, addr) ? port : NULL;
}

/* Most of a space is zeros at its end. */
static size_t without_zeros(const uint8_t *config, size_t len)
{
	static const uint8_t zeros[128];
	while (len > sizeof(zeros) && !memcmp(config + len - sizeof(zeros), zeros, sizeof(zeros)))
		len -= sizeof(zeros);
	return len;
}

/* What it says of itself, in memory of m->arena. */
static int read_one(struct batches *b, struct fn *fn)
{
	static int (*const steps[])(struct model *) = {build_resources, build_bridges, build_pfs};
	const struct lspci_function *text = &b->slot;
	struct model *m = &b->model;
	struct config_image *image = arena_alloc(&m->arena, sizeof(*image));
	const size_t stored = text->holes ? text->len : without_zeros(text->config, text->len);
	char *config = arena_dup(&m->arena, text->config, stored);
	char *known = config && text->holes ? arena_dup(&m->arena, text->known, text->len) : NULL;
	if (!image || !config || (text->holes && !known))
		return -ENOMEM;
	*image = image_of_dump((struct bytes){(const uint8_t *)config, (const uint8_t *)known, text->len, 0, stored}, b->survey.extended);
	*fn = (struct fn){.addr = text->addr, .config_item = b->snap->root}; /* facts are known by what they are from */
	m->fns = fn;
	m->fns_n = 1;
	int err = function_read(m, fn, image, &b->walk);
	for (size_t i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i](m);
	return err;
}

static void adopt(struct batches *b, struct fn *fn)
{
	uint16_t rid = addr_rid(&fn->addr);
	uint64_t number = reads_as_vf(&fn->config->view) ? b->lists[rid] : fn->pf ? 0 : b->enables[rid];
	struct vf_layout layout;
	if (number < b->segment)
		return;
	struct fn *pf_fn = &b->fns[number - b->base];
	if (vf_layout_of(pf_fn->pf, &layout))
		vf_adopt(pf_fn, fn, layout.stride ? (unsigned)((rid - addr_rid(&pf_fn->addr) - layout.offset) / layout.stride) : 0);
}

/* Its VFs, which are looked for when it is told. */
static void list_vfs(struct batches *b, struct fn *fn)
{
	struct vf_layout layout;
	if (!fn->pf || fn->role != ROLE_PF || !vf_layout_of(fn->pf, &layout))
		return;
	fn->pf->vfs_left_out = !vfs_keep(&b->model.vfs_kept, &fn->addr, layout.n);
	if (!fn->pf->vfs_left_out)
		claim(b, fn, b->base + b->end, &layout);
}

static void put_in_view(struct batches *b, const struct fn *fn)
{
	b->in_view[b->end] = b->all || fn->role == ROLE_PF || fn->role == ROLE_VF;
	if (!b->in_view[b->end])
		return;
	for (const struct fn *port = fn->upstream; port && !b->above_in_view[port - b->above]; port = port->upstream)
		b->above_in_view[port - b->above] = true;
}

static int arrive(struct batches *b)
{
	const struct bytes view = {b->slot.config, b->slot.holes ? b->slot.known : NULL, b->slot.len, 0};
	struct fn *port = port_of(b, &view, &b->slot.addr);
	int err = make_room(b);
	if (!err && (!b->last || b->base + b->end >= b->last->end))
		err = chunk_new(b);
	if (err)
		return err;
	struct fn *fn = &b->fns[b->end];
	struct arena *arena = port ? &b->arena : &b->last->arena;
	size_t others = port ? b->bytes : b->bytes - arena->used;
	arena->limit = MODEL_BYTES - others;
	b->model.arena = *arena;
	err = read_one(b, fn);
	if (!err) {
		buses_place(&b->buses, fn);
		adopt(b, fn);
		list_vfs(b, fn);
	}
	*arena = b->model.arena;
	if (!port)
		b->bytes = others + arena->used;
	if (err)
		return err;
	if (port) {
		*port = *fn;
		port->pf_fn = NULL; /* nobody asks, and it may be given back first */
	}
	put_in_view(b, fn);
	b->there[addr_rid(&fn->addr)] = b->base + b->end++;
	return 0;
}

/* ---- who is told ---- */

static int find_vfs(struct batches *b, struct fn *pf_fn)
{
	struct pf *pf = pf_fn->pf;
	struct vf_layout layout;
	if (!pf || pf_fn->role != ROLE_PF || pf->vfs_left_out || !vf_layout_of(pf, &layout))
		return 0;
	pf->vfs = arena_array(&b->vfs, layout.n, sizeof(*pf->vfs));
	if (!pf->vfs)
		return -ENOMEM;
	pf->vfs_n = layout.n;
	for (size_t i = 0; i < pf->vfs_n; i++) {
		struct vf *vf = &pf->vfs[i];
		vf_place(&pf_fn->addr, &layout, i, vf);
		uint64_t there = vf->in_segment ? b->there[addr_rid(&vf->addr)] : 0;
		vf->there = there >= b->segment ? &b->fns[there - b->base] : NULL;
		vf->fn = vf->there && vf->there->pf_fn == pf_fn ? vf->there : NULL;
		vf->exists = vf_existence(pf, vf, false);
		pf->vfs_exist += vf->exists == TRI_YES;
	}
	return 0;
}

/* Is a port in view for what is below it? */
static bool leads_to_view(const struct batches *b, const struct fn *fn)
{
	const struct fn *port = fn->bridge && known(&fn->bridge->secondary) ? &b->above[fn->bridge->secondary.v] : NULL;
	return port && addr_same(&port->addr, &fn->addr) && b->above_in_view[port - b->above];
}

/* Those below fns[to], to which nothing is missing. */
static int tell_up_to(struct batches *b, size_t to)
{
	size_t n = 0;
	int err = 0;
	arena_reset(&b->vfs);
	for (size_t i = b->told; i < to && !err; i++) {
		err = find_vfs(b, &b->fns[i]);
		if (b->in_view[i] || leads_to_view(b, &b->fns[i]))
			b->view[n++] = &b->fns[i];
	}
	b->model.fns = b->fns + b->from;
	b->model.fns_n = b->end - b->from;
	if (!err && n)
		err = b->tell(b->data, &b->model, b->view, n);
	for (size_t i = b->told; i < to; i++) {
		if (b->fns[i].pf)
			b->fns[i].pf->vfs_n = 0;
	}
	b->told = to;
	return err;
}

/* Nobody on bus `next` or behind looks at them. */
static void give_back(struct batches *b, unsigned next)
{
	while (b->from < b->told && b->reach[b->fns[b->from].addr.bus] < next)
		b->from++;
	while (b->first && b->first->end <= b->base + b->from) {
		struct chunk *chunk = b->first;
		b->first = chunk->next;
		if (!b->first)
			b->last = NULL;
		b->bytes -= chunk->arena.used;
		arena_reset(&chunk->arena);
		b->bytes += chunk->arena.used;
		chunk->next = b->idle;
		b->idle = chunk;
	}
}

/* Bus `next` begins: who looks at nobody on it or behind? */
static int tell_ready(struct batches *b, unsigned next)
{
	size_t ready = b->told;
	while (ready < b->end && b->reach[b->fns[ready].addr.bus] < next)
		ready++;
	if (ready - b->told < LEAST)
		return 0;
	int err = tell_up_to(b, ready);
	give_back(b, b->told < b->end ? b->fns[b->told].addr.bus : next);
	return err;
}

static int segment_end(struct batches *b)
{
	if (!b->end)
		return 0;
	int err = tell_up_to(b, b->end);
	give_back(b, BUSES);
	return err;
}

int batches_put(struct batches *b)
{
	const struct sriov_addr *addr = &b->slot.addr, *last = b->end ? &b->fns[b->end - 1].addr : NULL;
	int err = 0;
	if (!last || last->domain != addr->domain) {
		err = segment_end(b);
		segment_begin(b, addr->domain);
	} else if (last->bus != addr->bus) {
		err = tell_ready(b, addr->bus);
	}
	return err ? err : arrive(b);
}

int batches_end(struct batches *b, struct vfs_kept *kept)
{
	int err = segment_end(b);
	*kept = b->model.vfs_kept;
	return err;
}

void batches_free(struct batches *b)
{
	if (!b)
		return;
	for (struct chunk *chunk = b->first, *next; chunk; chunk = next) {
		next = chunk->next;
		chunk->next = b->idle;
		b->idle = chunk;
	}
	while (b->idle) {
		struct chunk *chunk = b->idle;
		b->idle = chunk->next;
		arena_free(&chunk->arena);
		free(chunk);
	}
	arena_free(&b->arena);
	arena_free(&b->vfs);
	free(b->fns);
	free(b->view);
	free(b->in_view);
	free(b);
}
