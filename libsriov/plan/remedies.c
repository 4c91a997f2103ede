/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What would let more VFs be enabled: for each limit that sets in the smallest change first, and what each gains. */
#include <string.h>
#include <linux/pci_regs.h>

#include "data/data.h"
#include "plan/limits.h"

#define EXT_CAP_ID_VF_REBAR 0x24 /* newer than some kernel headers */

struct plan_remedy *remedy_new(const struct inputs *in, const char *kind, const char *limit, uint64_t after, struct arena *arena, struct plan *plan)
{
	struct plan_remedy *r = ARENA_PUSH(arena, plan->remedies, plan->remedies_n, plan->remedies_room);
	if (!r)
		return NULL;
	*r = (struct plan_remedy){.kind = kind, .limit = limit, .before = limits_least(in), .after = after};
	r->gain = after != UINT64_MAX && r->before != UINT64_MAX && after > r->before;
	return r;
}

static int done(const struct plan_remedy *r)
{
	return r && r->text ? 0 : -ENOMEM;
}

/* "16 KiB": in the largest unit that leaves no rest. */
static const char *bytes_text(struct arena *arena, uint64_t n)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
	unsigned unit = 0;
	for (; n && n % 1024 == 0 && unit + 1 < ARRAY_SIZE(units); unit++)
		n /= 1024;
	return arena_printf(arena, "%llu %s", (unsigned long long)n, units[unit]);
}

static const char *name_of(const struct fn *fn, struct arena *arena)
{
	char at[ADDR_TEXT];
	return fn ? arena_printf(arena, "%s", addr_text(&fn->addr, at)) : "the root bus";
}

/* ---- memory ---- */

static uint64_t after_memory(const struct inputs *in)
{
	struct inputs with = *in;
	with.mmio = TRI_YES;
	return limits_least(&with);
}

/* The windows next to the PF: those of its port, or of the root bus. */
static bool is_nearest(const struct inputs *in, const struct plan_window *w)
{
	return w->port == in->fn->upstream;
}

static bool root_is_low(const struct inputs *in)
{
	const struct fn *top = fn_root(in->fn);
	bool any = false;
	for (size_t i = 0; i < in->m->windows_n; i++) {
		const struct root_window *w = &in->m->windows[i];
		if (w->io || w->domain != top->addr.domain || w->bus != top->addr.bus)
			continue;
		any = true;
		if (w->range.end > UINT32_MAX)
			return false;
	}
	return any;
}

/* How many windows next to the PF lack something: with more than one no single change of another kind does. */
static unsigned lacking(const struct inputs *in, const struct plan *plan)
{
	unsigned n = 0;
	for (size_t i = 0; i < plan->windows_n; i++)
		n += is_nearest(in, &plan->windows[i]) && plan->windows[i].lacks;
	return n;
}

/* "the pref window of 0000:00:01.0 is short by 2 MiB, 4 MiB in all would do" */
static const char *window_text(const struct plan_window *w, const char *before, struct arena *arena)
{
	const char *lacks = bytes_text(arena, w->lacks), *grown = bytes_text(arena, w->grown), *port = name_of(w->port, arena);
	if (!lacks || !grown || !port || !before)
		return NULL;
	if (range_empty(w->range))
		return arena_printf(arena, "%s%s%s has no %s window, one of %s would do", before, *before ? "; " : "", port, w->kind, grown);
	return arena_printf(arena, "%s%sthe %s window of %s is short by %s, %s in all would do", before, *before ? "; " : "", w->kind, port, lacks, grown);
}

/* One remedy: all windows that lack something have to grow, those next to the PF first. */
static int window_remedy(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	const struct plan_window *first = NULL;
	const char *text = "";
	bool root_lacks = false;
	unsigned above = 0;
	for (size_t i = 0; i < plan->windows_n; i++) {
		const struct plan_window *w = &plan->windows[i];
		if (!w->lacks)
			continue;
		root_lacks |= !w->port;
		if (first && !is_nearest(in, w) && w->port) {
			above++;
			continue;
		}
		first = first ? first : w;
		text = window_text(w, text, arena);
	}
	/* a root bus without the room gains nothing: it only tells how much is missing */
	struct plan_remedy *r = remedy_new(in, "window", "mmio", root_lacks ? UINT64_MAX : after_memory(in), arena, plan);
	if (!r || !first || !text)
		return -ENOMEM;
	r->port = first->port;
	r->size = first->grown;
	r->text = arena_printf(arena, "%s%s%s", text, above ? ", and windows above it with it" : "",
			       root_lacks ? "" : "; pci=realloc=on lets the kernel enlarge it");
	return done(r);
}

static int above_4g(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	bool wide = false;
	for (size_t i = 0; i < plan->windows_n; i++)
		wide |= plan->windows[i].lacks && !strcmp(plan->windows[i].kind, "pref");
	for (size_t i = 0; i < plan->memory_n && !in->fn->upstream; i++)
		wide |= plan->memory[i].is_64;
	if (!wide || !root_is_low(in))
		return 0;
	struct plan_remedy *r = remedy_new(in, "above-4g", "mmio", lacking(in, plan) > 1 ? UINT64_MAX : after_memory(in), arena, plan);
	if (r)
		r->text = "Above 4G Decoding in the machine's firmware: all windows of the root bus end below 4 GiB";
	return done(r);
}

/* VF Resizable BAR: the largest size that the device offers for this BAR, is smaller than now, and fits. 0: none. */
static uint64_t smaller_size(const struct inputs *in, unsigned index, uint64_t now, uint64_t most)
{
	const struct cap *cap = fn_cap(in->fn, CAP_EXTENDED, EXT_CAP_ID_VF_REBAR);
	uint64_t n = 0;
	if (!cap || bytes_bits(&cap->bytes, 8, 4, 5, 3, &n))
		return 0;
	for (unsigned i = 0; i < n && i < 6; i++) {
		uint64_t bar, sizes, best = 0;
		if (bytes_bits(&cap->bytes, 8 + 8 * i, 4, 0, 3, &bar) || bar != index || bytes_bits(&cap->bytes, 4 + 8 * i, 4, 4, 28, &sizes))
			continue;
		for (unsigned k = 0; k < 28; k++) {
			uint64_t size = UINT64_C(0x100000) << k;
			if (sizes >> k & 1 && size < now && size <= most)
				best = size;
		}
		return best;
	}
	return 0;
}

static int vf_bar_sizes(const struct inputs *in, const struct plan_window *w, struct arena *arena, struct plan *plan)
{
	for (size_t i = 0; i < plan->memory_n; i++) {
		const struct plan_memory *bar = &plan->memory[i];
		if (!bar->total || !in->total.v || (bar->window && strcmp(bar->window, "root") && strcmp(bar->window, w->kind)))
			continue;
		uint64_t others = w->needed > bar->total ? w->needed - bar->total : 0;
		uint64_t size = others < w->free ? smaller_size(in, bar->index, bar->size, (w->free - others) / in->total.v) : 0;
		if (!size)
			continue;
		struct plan_remedy *r = remedy_new(in, "vf-bar-size", "mmio", lacking(in, plan) > 1 ? UINT64_MAX : after_memory(in), arena, plan);
		const char *to = bytes_text(arena, size), *from = bytes_text(arena, bar->size);
		if (!r || !to || !from)
			return -ENOMEM;
		r->size = size;
		r->text = arena_printf(arena, "VF Resizable BAR: VF BAR%u of %s a VF in place of %s", bar->index, to, from);
		if (done(r))
			return -ENOMEM;
	}
	return 0;
}

static int fewer_vfs(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	uint64_t most = UINT64_MAX;
	for (size_t i = 0; i < plan->windows_n; i++) {
		const struct plan_window *w = &plan->windows[i];
		if (is_nearest(in, w) && w->lacks && in->total.v && w->needed / in->total.v) {
			uint64_t fit = w->free / (w->needed / in->total.v);
			most = fit < most ? fit : most;
		}
	}
	if (!most || most >= in->total.v)
		return 0;
	const struct device_info *info = inputs_device(in);
	uint64_t after = after_memory(in);
	struct plan_remedy *r = remedy_new(in, "total-vfs", "mmio", after < most ? after : most, arena, plan);
	if (!r)
		return -ENOMEM;
	r->vfs = most;
	r->text = arena_printf(arena, "TotalVFs of %u in place of %u in the device's firmware%s: memory is reserved for all of them", (unsigned)most,
			       (unsigned)in->total.v, info && info->firmware_toggle ? "" : ", where it can be set");
	return done(r);
}

static int memory_remedies(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	struct slice value;
	bool lacks = false, sized = plan->memory_n != 0;
	for (size_t i = 0; i < plan->windows_n; i++)
		lacks |= plan->windows[i].lacks != 0;
	for (size_t i = 0; i < plan->memory_n; i++)
		sized &= plan->memory[i].total != 0;
	if (!lacks) {
		bool judged = sized && plan->windows_n, off = cmdline_has(&in->m->host, "pci", "realloc", &value);
		struct plan_remedy *r = remedy_new(in, judged ? "realloc" : "window", "mmio", after_memory(in), arena, plan);
		if (r)
			r->text = !judged ? "give the VF BARs memory space" :
				  off     ? "the windows have room for the VF BARs: boot with pci=realloc=on in place of what pci=realloc says now"
					  : "the windows have room for the VF BARs: boot with pci=realloc=on";
		return done(r);
	}
	/* a root bus that has room below 4 GiB only is the smaller change: the firmware then makes the windows by itself */
	int err = above_4g(in, arena, plan);
	if (!err)
		err = window_remedy(in, arena, plan);
	for (size_t i = 0, n = plan->windows_n; i < n && !err; i++)
		if (is_nearest(in, &plan->windows[i]) && plan->windows[i].lacks)
			err = vf_bar_sizes(in, &plan->windows[i], arena, plan);
	return err ? err : fewer_vfs(in, arena, plan);
}

/* ---- routing ---- */

static int ari_remedy(const struct inputs *in, const char *limit, struct arena *arena, struct plan *plan)
{
	const struct bridge *bridge = in->port ? in->port->bridge : NULL;
	const struct fn *lowest = fn_lowest_pf(in->m, in->fn);
	struct inputs with;
	struct slice value;
	bool known_there = routing_with_ari(in, &with);
	uint64_t after = limits_least(&with);
	bool no_port = bridge && (bridge->ari_supported.have == ITEM_ABSENT || known_as(&bridge->ari_supported, 0));
	bool no_device = fn_cap_absent(lowest, CAP_EXTENDED, PCI_EXT_CAP_ID_ARI);
	bool is_first = !strcmp(limit, "ari");
	if (!is_first && (!known_there || no_device || after <= limits_least(in)))
		return 0;
	struct plan_remedy *r = remedy_new(in, "ari", limit, no_device ? UINT64_MAX : after, arena, plan);
	const char *port = name_of(in->port, arena);
	if (!r || !port)
		return -ENOMEM;
	r->port = in->port;
	if (no_device)
		r->text = "the device has no ARI capability: no port can reach more of its VFs";
	else if (no_port)
		r->text = arena_printf(arena, "%s cannot forward ARI: a slot whose port can", port);
	else if (cmdline_has(&in->m->host, "pci", "noari", &value))
		r->text = arena_printf(arena, "ARI forwarding on %s: boot without pci=noari", port);
	else
		r->text = arena_printf(arena, "ARI forwarding on %s%s%s", port, bridge && known_as(&bridge->ari_supported, 1) ? ", which supports it" : "",
				       known_there ? "" : " (where the device's VFs are then is not known)");
	return done(r);
}

/* Ports above the PF's own whose numbers end before this one, too. */
static bool above_ends_before(const struct fn *port, uint64_t bus)
{
	for (port = port->upstream; port; port = port->upstream)
		if (port->bridge && known(&port->bridge->subordinate) && port->bridge->subordinate.v < bus)
			return true;
	return false;
}

/* Up to this bus: what is free behind the port's own, or what must be renumbered. */
static int more_buses(const struct inputs *in, uint64_t to, bool is_free, struct arena *arena, struct plan *plan)
{
	const struct fn *port = in->port;
	struct inputs with = *in;
	with.last_bus.v = to;
	struct plan_remedy *r = remedy_new(in, "bus-numbers", "bus-numbers", limits_least(&with), arena, plan);
	const char *name = name_of(port, arena);
	/* hpbussize counts the buses behind the port, its own secondary included */
	const char *how = port->bridge && known_as(&port->bridge->hotplug, 1) ?
		arena_printf(arena, "pci=assign-busses,hpbussize=%u", (unsigned)(to - in->fn->addr.bus + 1)) : "pci=assign-busses";
	const char *above = above_ends_before(port, to) ? " and the ports above it" : "";
	if (!r || !name || !how)
		return -ENOMEM;
	r->port = port;
	if (is_free)
		r->text = arena_printf(arena, "subordinate bus number %02x for %s%s: bus numbers %02x-%02x are free (firmware, or boot with %s)", (unsigned)to,
				       name, above, (unsigned)plan->buses_reservable.start, (unsigned)plan->buses_reservable.end, how);
	else if (plan->buses_spare_known && plan->buses_spare >= to - plan->buses_have.end)
		r->text = arena_printf(arena, "subordinate bus number %02x for %s%s: %s, so buses behind it must be renumbered (firmware, or boot with %s)",
				       (unsigned)to, name, above, plan->buses_why ? plan->buses_why : "the next bus is in use", how);
	else
		r->text = arena_printf(arena, "bus numbers up to %02x below %s, of which this root bus has too few", (unsigned)to, name);
	return done(r);
}

static int bus_remedy(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	uint64_t to = plan->buses_need.end > 0xff ? 0xff : plan->buses_need.end;
	uint64_t free_end = range_empty(plan->buses_reservable) ? 0 : plan->buses_reservable.end;
	if (!in->port) {
		struct plan_remedy *r = remedy_new(in, "bus-numbers", "bus-numbers", UINT64_MAX, arena, plan);
		if (r)
			r->text = "more bus numbers for the root bus, from the machine's firmware";
		return done(r);
	}
	int err = 0;
	if (free_end && free_end < to)
		err = more_buses(in, free_end, true, arena, plan);
	return err ? err : more_buses(in, to, free_end >= to, arena, plan);
}

/* ---- all of them ---- */

static int other_remedies(const struct inputs *in, unsigned by, const char *limit, struct arena *arena, struct plan *plan)
{
	struct inputs with = *in;
	const struct device_info *info = inputs_device(in);
	struct plan_remedy *r;
	if (by == BY_FIRMWARE && info) {
		with.total.v = info->total_vfs;
		with.limit = known(&in->limit) && in->limit.v < in->total.v ? in->limit : with.total;
		r = remedy_new(in, "firmware", limit, limits_least(&with), arena, plan);
		if (r)
			r->text = "raise the number of VFs in the device's firmware";
		return done(r);
	}
	with.configure = CONFIGURE_OWN;
	with.limit = with.total;
	r = remedy_new(in, "driver", limit, limits_least(&with), arena, plan);
	if (r)
		r->text = in->configure == CONFIGURE_NO_DRIVER || in->configure == CONFIGURE_NONE ?
			"bind the PF's own driver" : "the PF's driver lowers TotalVFs: see its options";
	return done(r);
}

int remedies_fill(const struct inputs *in, struct arena *arena, struct plan *plan)
{
	struct limit limits[LIMITS];
	const char *slot = NULL;
	int err = 0;
	limits_gather(in, limits);
	for (unsigned i = 0; i < LIMITS && !err; i++) {
		if (i == BY_DEVICE || !limit_sets_in(in, limits, i))
			continue;
		if (i == BY_MMIO)
			err = memory_remedies(in, arena, plan);
		else if (i == BY_ARI)
			err = ari_remedy(in, limits[i].name, arena, plan);
		else if (i == BY_BUSES)
			err = bus_remedy(in, arena, plan);
		else
			err = other_remedies(in, i, limits[i].name, arena, plan);
		if (!err && i == BY_BUSES && in->ari == TRI_NO)
			err = ari_remedy(in, limits[i].name, arena, plan);
		if (!slot && (i == BY_MMIO || i == BY_BUSES || i == BY_ARI))
			slot = limits[i].name;
	}
	return err || !slot ? err : slot_remedy(in, slot, arena, plan);
}
