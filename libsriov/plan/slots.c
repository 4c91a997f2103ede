/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another slot of this machine that would do: a port whose windows and bus numbers, as they stand, hold what the card needs.
 * A card moves as a whole: all functions behind the PF's port count.
 */
#include <string.h>
#include <linux/pci_regs.h>

#include "plan/inputs.h"

static bool has_slot(const struct fn *port)
{
	uint64_t slot;
	return port->exp_type >= 0 && !fn_field(port, CAP_STANDARD, PCI_CAP_ID_EXP, "Slot Implemented", &slot) ? slot != 0 : true;
}

/* sys/bus/pci/slots/NAME/address says "dddd:bb:dd": the bus behind the port. */
static void slot_names(struct survey *survey)
{
	const struct item *dir = snapshot_at(survey->m->snap, NULL, "sys/bus/pci/slots");
	size_t seen = 0;
	for (const struct item *c = dir ? dir->child : NULL; c && seen < SURVEY_SLOTS; c = c->next, seen++) {
		struct slice text = slice_trim(snapshot_bytes(survey->m->snap, c, "address"));
		uint64_t domain, bus;
		if (!slice_eat_u64(&text, 16, &domain) || !slice_eat(&text, ":") || !slice_eat_u64(&text, 16, &bus))
			continue;
		for (size_t i = 0; i < survey->slots_n; i++)
			if (survey->slots[i].port->addr.domain == domain && survey->slots[i].port->bridge->secondary.v == bus)
				survey->slots[i].name = c->name;
	}
}

/* What the root bus has free in one piece below 4 GiB, and anywhere. */
static int root_room(struct survey *survey, struct slot *slot)
{
	const struct model *m = survey->m;
	const struct fn *root = fn_root(slot->port);
	for (size_t i = 0; i < m->windows_n; i++) {
		const struct root_window *w = &m->windows[i];
		struct room room;
		if (w->io || w->domain != root->addr.domain || w->bus != root->addr.bus || range_empty(w->range))
			continue;
		int err = room_measure(m, root->addr.domain, root->addr.bus, NULL, w->range, &survey->arena, &room);
		if (err)
			return err;
		uint64_t bytes = room_free(&room, 0x100000);
		if (w->range.end <= UINT32_MAX && bytes > slot->root_low)
			slot->root_low = bytes;
		if (bytes > slot->root_all)
			slot->root_all = bytes;
	}
	return 0;
}

static int measure(struct survey *survey, struct slot *slot)
{
	const struct slot *before = survey->slots_n > 1 ? slot - 1 : NULL;
	if (before && addr_same_bus(&fn_root(before->port)->addr, &fn_root(slot->port)->addr)) {
		slot->root_low = before->root_low;
		slot->root_all = before->root_all;
	} else {
		int failed = root_room(survey, slot);
		if (failed)
			return failed;
	}

	const struct bridge *bridge = slot->port->bridge;
	const struct range none = {1, 0};
	unsigned bus = (unsigned)bridge->secondary.v;
	int err = room_measure(survey->m, slot->port->addr.domain, bus, NULL, bridge->mem.assigned == TRI_YES ? bridge->mem.range : none,
			       &survey->arena, &slot->mem);
	return err ? err : room_measure(survey->m, slot->port->addr.domain, bus, NULL,
					bridge->pref.assigned == TRI_YES ? bridge->pref.range : none, &survey->arena, &slot->pref);
}

int survey_slots(struct survey *survey)
{
	if (survey->slots_known)
		return 0;
	survey->slots = arena_array(&survey->arena, SURVEY_SLOTS, sizeof(*survey->slots));
	if (!survey->slots)
		return -ENOMEM;
	for (size_t i = 0; i < survey->m->fns_n && survey->slots_n < SURVEY_SLOTS; i++) {
		const struct fn *fn = &survey->m->fns[i];
		if (!fn->bridge || !fn->bridge->downstream || !known(&fn->bridge->secondary) || fn->bridge->secondary.v <= fn->addr.bus ||
		    fn->bridge->secondary.v > 0xff || !known(&fn->bridge->subordinate) || !has_slot(fn))
			continue;
		struct slot *slot = &survey->slots[survey->slots_n++];
		*slot = (struct slot){.port = fn, .occupant = model_first_on_bus(survey->m, fn->addr.domain, (unsigned)fn->bridge->secondary.v)};
		int err = measure(survey, slot);
		if (err)
			return err;
	}
	slot_names(survey);
	survey->slots_known = true;
	return 0;
}

struct card {
	uint64_t mem, pref, mem_align, pref_align; /* bytes; pref: 64-bit prefetchable */
	bool known;                                /* every size is known */
};

static void card_add(struct card *card, bool pref, uint64_t size, uint64_t align)
{
	uint64_t *sum = pref ? &card->pref : &card->mem, *most = pref ? &card->pref_align : &card->mem_align;
	if (__builtin_add_overflow(*sum, size, sum))
		card->known = false;
	*most = align > *most ? align : *most;
}

static struct card card_of(const struct inputs *in, const struct plan *plan)
{
	const struct model *m = in->m;
	struct card card = {.known = plan->memory_n != 0};
	const struct fn *first = model_first_on_bus(m, in->fn->addr.domain, in->fn->addr.bus);
	for (const struct fn *fn = first; fn && fn < m->fns + m->fns_n && addr_same_bus(&fn->addr, &first->addr); fn++) {
		for (unsigned i = RES_BAR0; i <= RES_ROM && fn->role != ROLE_VF; i++)
			if (fn->res[i].implemented && !fn->res[i].io)
				card_add(&card, fn->res[i].is_64 && fn->res[i].prefetchable, fn->res[i].size, fn->res[i].size);
		for (unsigned i = 0; i < 6 && fn->pf && fn != in->fn; i++) {
			const struct vf_bar *bar = &fn->pf->bars[i];
			uint64_t total;
			if (!bar->implemented)
				continue;
			card.known &= bar->size && known(&fn->pf->total_vfs) && !__builtin_mul_overflow(bar->size, fn->pf->total_vfs.v, &total);
			if (card.known)
				card_add(&card, bar->is_64 && bar->prefetchable, total, bar->size);
		}
	}
	for (size_t i = 0; i < plan->memory_n; i++) {
		const struct plan_memory *bar = &plan->memory[i];
		card.known &= bar->total != 0;
		card_add(&card, bar->is_64 && bar->prefetchable, bar->total, bar->size);
	}
	return card;
}

/* What one window has for the card: a free one all that is free, an occupied one all that it is. */
static bool holds(const struct slot *slot, const struct room *room, uint64_t size, uint64_t align)
{
	if (!size)
		return true;
	if (range_empty(room->window))
		return false;
	return (slot->occupant ? room->window.end - room->window.start : room_free(room, align) - 1) >= size - 1;
}

static bool fits(const struct slot *slot, const struct card *card)
{
	bool wide = !range_empty(slot->pref.window) && slot->port->bridge->pref.is_64;
	if (wide)
		return holds(slot, &slot->mem, card->mem, card->mem_align) && (!card->pref || holds(slot, &slot->pref, card->pref, card->pref_align));
	uint64_t both;
	return !__builtin_add_overflow(card->mem, card->pref, &both) &&
	       holds(slot, &slot->mem, both, card->mem_align > card->pref_align ? card->mem_align : card->pref_align);
}

/* An empty port gets its windows at boot: from another root bus than the PF's, if that has the room. */
static bool root_holds(const struct inputs *in, const struct slot *slot, const struct card *card)
{
	uint64_t both;
	return !addr_same_bus(&fn_root(slot->port)->addr, &fn_root(in->fn)->addr) && !slot->occupant && slot->root_low >= card->mem && !__builtin_add_overflow(card->mem, card->pref, &both) &&
	       slot->root_all >= both;
}

static bool is_above(const struct fn *fn, const struct fn *port)
{
	for (; fn; fn = fn->upstream)
		if (fn == port)
			return true;
	return false;
}

/* How many VFs the PF could have there. */
static uint64_t vfs_there(const struct inputs *in, const struct slot *slot)
{
	const struct bridge *bridge = slot->port->bridge;
	struct inputs there = *in;
	struct slice value;
	bool noari = cmdline_has(&in->m->host, "pci", "noari", &value);
	there.port = slot->port;
	there.mmio = TRI_YES;
	there.ari = noari || known_as(&bridge->ari_supported, 0) || bridge->ari_supported.have == ITEM_ABSENT ? TRI_NO :
		    known_as(&bridge->ari_supported, 1) ? TRI_YES : TRI_UNKNOWN;
	if (there.ari == TRI_UNKNOWN)
		return 0;
	const struct route *route = &in->route[there.ari == TRI_YES];
	if (!route->how)
		return 0;
	there.offset = route->offset;
	there.stride = route->stride;
	/* as many buses behind the port as it has, seen from the PF's own */
	there.last_bus = (struct fact){in->fn->addr.bus + (bridge->subordinate.v - bridge->secondary.v), ITEM_PRESENT, NULL};
	return limits_least(&there);
}

int slot_remedy(const struct inputs *in, const char *limit, struct arena *arena, struct plan *plan)
{
	int err = in->port && in->port->bridge && has_slot(in->port) ? survey_slots(in->survey) : 0;
	if (err || !in->survey->slots_known || !in->port || !has_slot(in->port))
		return err;
	const struct card card = card_of(in, plan);
	const struct slot *best = NULL;
	uint64_t most = limits_least(in);
	if (!card.known)
		return 0;
	for (size_t i = 0; i < in->survey->slots_n; i++) {
		const struct slot *slot = &in->survey->slots[i];
		if (slot->port->bridge->subordinate.v < slot->port->bridge->secondary.v || is_above(in->fn, slot->port) ||
		    (!fits(slot, &card) && !root_holds(in, slot, &card)))
			continue;
		uint64_t vfs = vfs_there(in, slot);
		if (vfs != UINT64_MAX && (vfs > most || (best && vfs == most && best->occupant && !slot->occupant))) {
			best = slot;
			most = vfs;
		}
	}
	if (!best)
		return 0;
	char at[ADDR_TEXT], there[ADDR_TEXT];
	struct plan_remedy *r = remedy_new(in, "slot", limit, most, arena, plan);
	if (!r)
		return -ENOMEM;
	const struct bridge *bridge = best->port->bridge;
	bool now = fits(best, &card);
	r->port = best->port;
	r->slot = best->name;
	r->text = arena_printf(arena, "the slot below %s%s%s%s, %s%s: %s the card's %llu KiB, and it has bus numbers %02x-%02x",
			       addr_text(&best->port->addr, at), best->name ? " (slot " : "", best->name ? best->name : "", best->name ? ")" : "",
			       best->occupant ? "where it would change places with " : "empty",
			       best->occupant ? addr_text(&best->occupant->addr, there) : "", now ? "its windows hold" : "its root bus has room for",
			       (unsigned long long)((card.mem + card.pref + 1023) / 1024), (unsigned)bridge->secondary.v, (unsigned)bridge->subordinate.v);
	return r->text ? 0 : -ENOMEM;
}
