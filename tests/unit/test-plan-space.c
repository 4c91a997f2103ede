/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing with ARI and without, bus numbers, memory of VF BARs, and what would help. The arithmetic is the kernel's: drivers/pci/iov.c
 * pci_iov_virtfn_bus(), sriov_init(), pci_sriov_resource_alignment(); drivers/pci/setup-bus.c __pci_bus_size_bridges(), of Linux 6.12.
 */
#include <errno.h>

#include "unit.h"
#include "api/api.h"
#include "plan-machine.h"

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)

static const struct plan_routing *routing_of(const struct plan *plan, enum tri ari)
{
	for (size_t i = 0; i < plan->routings_n; i++)
		if (plan->routings[i].ari == ari)
			return &plan->routings[i];
	return NULL;
}

/* Configuration of 82576 dumps: 384 without ARI (02:10.0 below 01:00.0), 128 with (01:10.0). */
static void test_both_states(void **unused)
{
	(void)unused;
	for (int ari = 0; ari < 2; ari++) {
		struct machine x;
		machine(&x, 2, ari);
		const struct fn *fn = finish(&x);
		struct plan plan = plan_of(&x, fn, NULL, 8);
		const struct plan_routing *on = routing_of(&plan, TRI_YES), *off = routing_of(&plan, TRI_NO);
		assert_true(plan.routings_n == 2 && on && off && on->current == ari && off->current == !ari);
		assert_string_equal(on->how, ari ? "read" : "device-table");
		assert_string_equal(off->how, ari ? "device-table" : "read");
		assert_true(on->offset == 128 && off->offset == 384 && on->stride == 2 && off->stride == 2);
		assert_true(on->reached_known && on->reached == 8 && off->reached == 8); /* bus 2 is there, and behind the next bus no ARI is asked for */
		struct plan_span span = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
		assert_true(plan_span_next(off, &span) && span.from == 0 && span.to == 7 && span.first == 0x280 && span.last == 0x28e);
		assert_false(plan_span_next(off, &span));
		end(&x);
	}
}

/* What is read must fit the row of the table; else one state is known and the other is not. */
static void test_one_state(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x14, 79);
	const struct fn *fn = finish(&x);
	struct plan plan = plan_of(&x, fn, NULL, 8);
	const struct plan_routing *off = routing_of(&plan, TRI_NO);
	assert_true(off && !off->how && off->why && !off->current);
	struct plan_span span = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	assert_false(plan_span_next(off, &span));
	assert_true(routing_of(&plan, TRI_YES)->how && routing_of(&plan, TRI_YES)->offset == 79);
	end(&x);
}

/* A what-if takes the numbers of the state that is assumed: without ARI the VFs need the next bus, with it they do not. */
static void test_assumed_state(void **unused)
{
	(void)unused;
	struct machine x;
	struct assume assume = {.ari = TRI_NO};
	machine(&x, 1, true);
	const struct fn *fn = finish(&x);
	assert_string_equal(plan_of(&x, fn, NULL, 8).outcome, "ok");
	struct plan plan = plan_of(&x, fn, &assume, 8);
	assert_string_equal(plan.outcome, "ENOMEM");
	assert_string_equal(plan.limited_by, "bus-numbers");
	assert_true(routing_of(&plan, TRI_NO)->current && plan.buses_need.end == 2);
	end(&x);
	machine(&x, 1, false);
	fn = finish(&x);
	plan = plan_of(&x, fn, NULL, 8);
	assert_string_equal(plan.outcome, "ENOMEM");
	const struct plan_remedy *ari = remedy_of(&plan, "ari");
	assert_true(ari && ari->gain && ari->before == 0 && ari->after == 8);
	assert_string_equal(ari->limit, "bus-numbers");
	assume.ari = TRI_YES;
	assert_string_equal(plan_of(&x, fn, &assume, 8).outcome, "ok");
	end(&x);
}

/* Rows end with the bus, and where device 0 does. */
static void test_spans(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 3, false);
	put16(&x.pf, 0x00, 0x1234); /* a device that no table knows */
	put16(&x.pf, 0x160 + 0x0c, 300);
	put16(&x.pf, 0x160 + 0x0e, 300);
	put16(&x.pf, 0x160 + 0x14, 4);
	put16(&x.pf, 0x160 + 0x16, 1);
	const struct fn *fn = finish(&x);
	struct plan plan = plan_of(&x, fn, NULL, 65535); /* more than there are: the plan speaks of TotalVFs */
	const struct plan_routing *off = routing_of(&plan, TRI_NO);
	static const struct plan_span want[] = {
		{0, 3, 0x104, 0x107, TRI_YES}, {4, 251, 0x108, 0x1ff, TRI_NO}, {252, 299, 0x200, 0x22f, TRI_YES},
	};
	struct plan_span span = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	assert_true(off && off->reached == 4 && off->vfs == 300);
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		assert_true(plan_span_next(off, &span));
		assert_true(span.from == want[i].from && span.to == want[i].to && span.first == want[i].first && span.last == want[i].last);
		assert_int_equal(span.reached, want[i].reached);
	}
	assert_false(plan_span_next(off, &span));
	end(&x);
}

static void other_port(struct machine *x, uint8_t device, unsigned secondary, unsigned subordinate, unsigned megabytes, bool card)
{
	struct space port, fn;
	space_port(&port, 0, secondary, subordinate, true);
	put16(&port, 0x42, 2 | 4 << 4 | 1 << 8); /* Slot Implemented */
	if (megabytes) { /* from e0000000 + 16 MiB for each device number on */
		unsigned base = 0xe000 + 0x100u * device, limit = base + (megabytes - 1) * 0x10;
		put16(&port, 0x20, base);
		put16(&port, 0x22, limit);
		put16(&port, 0x24, 0x1 | (0x8000 + 0x100u * device)); /* 64-bit prefetchable */
		put16(&port, 0x26, 0x1 | (0x8000 + 0x100u * device + (megabytes - 1) * 0x10));
	}
	machine_put(x, &port, 0, device, 0);
	if (!card)
		return;
	space_header(&fn, 0x8086, 0x1533, 0x020000, 0);
	space_express(&fn, 0);
	machine_put(x, &fn, (uint8_t)secondary, 0, 0);
}

/* Numbers behind those that are there, up to the next bus in use: probe.c pci_scan_bridge_extend() hands them out. */
static void test_reservable(void **unused)
{
	(void)unused;
	static const struct {
		uint8_t secondary; /* of the next port */
		struct range reservable;
		uint64_t spare;
	} want[] = {{2, {1, 0}, 253}, {5, {2, 4}, 253}, {0, {2, 255}, 254}};
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		struct machine x;
		machine(&x, 1, false); /* needs bus 2 */
		if (want[i].secondary)
			other_port(&x, 2, want[i].secondary, want[i].secondary, 0, false);
		struct plan plan = plan_of(&x, finish(&x), NULL, 8);
		assert_true(plan.buses_reservable.start == want[i].reservable.start && plan.buses_reservable.end == want[i].reservable.end);
		assert_true(plan.buses_spare_known && plan.buses_spare == want[i].spare);
		const struct plan_remedy *r = remedy_of(&plan, "bus-numbers");
		assert_true(r && r->gain && r->after == 8 && r->port == plan.buses_port);
		assert_non_null(strstr(r->text, i ? "are free" : "bus 02 is in use"));
		assert_non_null(strstr(r->text, "boot with pci=assign-busses)"));
		end(&x);
	}
}

/* VF BARs with a size come from the kernel's list: line 8 on, TotalVFs times one VF's. */
static void resources(struct machine *x, uint64_t start, uint64_t total, unsigned flags)
{
	char text[2048];
	size_t n = 0;
	for (unsigned i = 0; i < 13; i++) {
		bool vf = i == 7;
		n += (size_t)snprintf(text + n, sizeof(text) - n, "0x%016llx 0x%016llx 0x%016llx\n", vf ? (unsigned long long)start : 0,
				      vf ? (unsigned long long)(start + total - 1) : 0, vf ? 0x40200ull | flags : 0);
	}
	machine_file(x, "sys/bus/pci/devices/0000:01:00.0/resource", text);
}

#define UNSET    0x20000000u
#define MEM_64   0x00100000u
#define PREFETCH 0x00002000u

/* setup-bus.c: a 64-bit prefetchable window takes BARs that are both; the rest is below 4 GiB in the other window. */
static void test_class(void **unused)
{
	(void)unused;
	static const struct {
		unsigned flags;
		bool wide; /* is the port's prefetchable window a 64-bit one? */
		const char *class, *window;
	} want[] = {
		{MEM_64 | PREFETCH, true, "pref64", "pref"}, {MEM_64, true, "mem32", "mem"}, {PREFETCH, true, "mem32", "mem"}, {0, true, "mem32", "mem"},
		{MEM_64 | PREFETCH, false, "pref32", "pref"}, {PREFETCH, false, "pref32", "pref"}, {MEM_64, false, "mem32", "mem"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		struct machine x;
		machine(&x, 2, true);
		if (!want[i].wide) {
			put16(&x.port, 0x24, 0xfe00);
			put16(&x.port, 0x26, 0xfe10);
		}
		put32(&x.pf, 0x160 + 0x24, 0);
		put32(&x.pf, 0x160 + 0x30, 0);
		resources(&x, 0, 8 * 64 * KIB, UNSET | want[i].flags);
		struct plan plan = plan_of(&x, finish(&x), NULL, 3);
		assert_int_equal(plan.memory_n, 1);
		assert_string_equal(plan.memory[0].class, want[i].class);
		assert_string_equal(plan.memory[0].window, want[i].window);
		assert_true(plan.memory[0].size == 64 * KIB && plan.memory[0].total == 512 * KIB && plan.memory[0].asked == 192 * KIB);
		assert_int_equal(plan.memory[0].assigned, TRI_NO);
		end(&x);
	}
}

/* Room is there, and nobody used it: the kernel may be told to. */
static void test_room_unused(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put32(&x.pf, 0x160 + 0x24, 0);
	put32(&x.pf, 0x160 + 0x30, 0);
	resources(&x, 0, 8 * 64 * KIB, UNSET | MEM_64 | PREFETCH);
	struct plan plan = plan_of(&x, finish(&x), NULL, 8);
	assert_string_equal(plan.outcome, "ENOMEM");
	const struct plan_remedy *r = remedy_of(&plan, "realloc");
	assert_true(r && r->gain && r->after == 8);
	assert_null(remedy_of(&plan, "window"));
	end(&x);
}

/* 8 x 512 KiB in a window of 2 MiB: 2 MiB are short, half as many VFs fit, Above 4G Decoding or another slot would do. */
static void test_window_remedies(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put32(&x.pf, 0x160 + 0x24, 0);
	put32(&x.pf, 0x160 + 0x30, 0);
	resources(&x, 0, 8 * 512 * KIB, UNSET | MEM_64 | PREFETCH);
	put16(&x.port, 0x42, 2 | 4 << 4 | 1 << 8);
	space_ext(&x.pf, 0x200, 0x24); /* VF Resizable BAR: VF BAR0 of 1, 2 or 4 MiB; none is small enough */
	put32(&x.pf, 0x204, 0x70);
	put32(&x.pf, 0x208, 1 << 5);
	machine_file(&x, "dmesg", "[    0.5] pci_bus 0000:00: root bus resource [mem 0xe0000000-0xfebfffff window]\n");
	other_port(&x, 2, 3, 3, 2, false); /* empty, too small */
	other_port(&x, 3, 4, 4, 8, true);  /* large, occupied */
	other_port(&x, 4, 5, 5, 8, false); /* large, empty */
	machine_file(&x, "sys/bus/pci/slots/7/address", "0000:05:00\n");
	struct plan plan = plan_of(&x, finish(&x), NULL, 8);
	assert_string_equal(plan.outcome, "ENOMEM");
	const struct plan_window *w = &plan.windows[0];
	assert_true(w->lacks == 2 * MIB && w->grown == 4 * MIB && w->needed == 4 * MIB && w->free == 2 * MIB);
	const struct plan_remedy *r = remedy_of(&plan, "window");
	assert_true(r && r->gain && r->after == 8 && r->size == 4 * MIB && r->port == x.m->fns + 0);
	r = remedy_of(&plan, "total-vfs");
	assert_true(r && r->gain && r->vfs == 4 && r->after == 4);
	r = remedy_of(&plan, "above-4g");
	assert_true(r && r->gain && r->after == 8);
	assert_null(remedy_of(&plan, "vf-bar-size"));
	r = remedy_of(&plan, "slot");
	assert_true(r && r->gain && r->after == 8);
	assert_int_equal(r->port->addr.device, 4);
	assert_string_equal(r->slot, "7");
	assert_string_equal(plan.thresholds[1].limit, "mmio");
	assert_non_null(strstr(plan.thresholds[1].remedy, ": 0 -> 8"));
	end(&x);
}

/* Where no slot is empty one whose card could change places; none where the port has no slot, or its buses are too few. */
static void test_slots(void **unused)
{
	(void)unused;
	for (int i = 0; i < 3; i++) {
		struct machine x;
		machine(&x, 2, false); /* 384: one bus more than its own */
		put16(&x.port, 0x42, 2 | 4 << 4 | (i == 2 ? 0 : 1 << 8));
		put32(&x.port, 0x40 + 0x24, 1u << 5);
		put32(&x.pf, 0x160 + 0x24, 0);
		put32(&x.pf, 0x160 + 0x30, 0);
		resources(&x, 0, 8 * 512 * KIB, UNSET | MEM_64 | PREFETCH);
		machine_file(&x, "proc/cmdline", "pci=noari\n");
		struct space port, card;
		space_port(&port, 0, 4, i == 1 ? 4 : 5, true);
		put16(&port, 0x42, 2 | 4 << 4 | 1 << 8);
		put16(&port, 0x24, 0x8001);
		put16(&port, 0x26, 0x8071);
		machine_put(&x, &port, 0, 3, 0);
		space_header(&card, 0x8086, 0x1533, 0x020000, 0);
		space_express(&card, 0);
		machine_put(&x, &card, 4, 0, 0);
		machine_put(&x, &x.port, 0, 1, 0);
		machine_put(&x, &x.pf, 1, 0, 0);
		assert_int_equal(model_new(x.snap, &x.m), 0);
		const struct sriov_addr addr = {0, 1, 0, 0};
		struct plan plan = plan_of(&x, model_find(x.m, &addr), NULL, 8);
		const struct plan_remedy *r = remedy_of(&plan, "slot");
		if (i) {
			assert_null(r);
		} else {
			assert_true(r && r->port->addr.device == 3 && r->after == 8);
			assert_non_null(strstr(r->text, "change places with 0000:04:00.0"));
		}
		end(&x);
	}
}

/* What is free and not enough is a first step; all that is needed the second, and it names the ports above. */
static void test_bus_steps(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, true);
	put16(&x.pf, 0x160 + 0x0c, 400);
	put16(&x.pf, 0x160 + 0x0e, 400); /* 64 on bus 1, 128 on each that follows: up to bus 4 */
	put32(&x.port, 0x40 + 0x14, 1 << 6); /* Hot-Plug Capable */
	put16(&x.port, 0x42, 2 | 4 << 4 | 1 << 8);
	other_port(&x, 2, 3, 3, 0, false);
	struct plan plan = plan_of(&x, finish(&x), NULL, 400);
	const struct plan_remedy *first = remedy_of(&plan, "bus-numbers"), *second = first + 1;
	assert_true(plan.buses_need.end == 4 && first && first->before == 64 && first->after == 192);
	assert_non_null(strstr(first->text, "02-02 are free (firmware, or boot with pci=assign-busses,hpbussize=2)"));
	assert_string_equal(second->kind, "bus-numbers");
	assert_true(second->before == 64 && second->after == 400);
	assert_non_null(strstr(second->text, "bus 03 is in use"));
	assert_non_null(strstr(second->text, "hpbussize=4"));
	end(&x);
}

/* An empty port of another root bus has no windows yet, but firmware has room for them. */
static void test_other_root(void **unused)
{
	(void)unused;
	for (int room = 0; room < 2; room++) {
		struct machine x;
		struct space port;
		machine(&x, 1, true);
		put16(&x.port, 0x42, 2 | 4 << 4 | 1 << 8);
		put32(&x.pf, 0x160 + 0x24, 0);
		put32(&x.pf, 0x160 + 0x30, 0);
		resources(&x, 0, 8 * 512 * KIB, UNSET | MEM_64 | PREFETCH);
		space_port(&port, 0x80, 0x81, 0x81, true);
		put16(&port, 0x42, 2 | 4 << 4 | 1 << 8);
		put16(&port, 0x20, 0xfff0); /* no windows: the base is above the limit */
		put16(&port, 0x24, 0xfff1);
		put16(&port, 0x26, 1);
		machine_put(&x, &port, 0x80, 0, 0);
		machine_file(&x, "dmesg", room ? "[    0.5] pci_bus 0000:00: root bus resource [mem 0xfe000000-0xfe9fffff window]\n"
						 "[    0.5] pci_bus 0000:80: root bus resource [mem 0x8000000000-0x8fffffffff window]\n"
					       : "[    0.5] pci_bus 0000:00: root bus resource [mem 0xfe000000-0xfe9fffff window]\n"
						 "[    0.5] pci_bus 0000:80: root bus resource [mem 0x8000000000-0x80001fffff window]\n");
		struct plan plan = plan_of(&x, finish(&x), NULL, 8);
		const struct plan_remedy *r = remedy_of(&plan, "slot");
		if (room) {
			assert_true(r && r->port->addr.bus == 0x80 && r->after == 8);
			assert_non_null(strstr(r->text, "its root bus has room for the card's 4096 KiB"));
		} else {
			assert_null(r);
		}
		end(&x);
	}
}

/* Of sizes that the device offers the largest that fits beside the other BARs. */
static void test_vf_resizable_bar(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put32(&x.pf, 0x160 + 0x24, 0);
	put32(&x.pf, 0x160 + 0x30, 0);
	put16(&x.port, 0x26, 0xffe1); /* window of 31 MiB */
	resources(&x, 0, 8 * 16 * MIB, UNSET | MEM_64 | PREFETCH);
	space_ext(&x.pf, 0x200, 0x24);
	put32(&x.pf, 0x204, 0x1f << 4); /* 1 to 16 MiB */
	put32(&x.pf, 0x208, 1 << 5 | 4 << 8);
	struct plan plan = plan_of(&x, finish(&x), NULL, 8);
	const struct plan_remedy *r = remedy_of(&plan, "vf-bar-size");
	assert_true(r && r->size == 2 * MIB && r->gain && r->after == 8); /* 8 x 4 MiB are 32 */
	assert_non_null(strstr(r->text, "2 MiB a VF in place of 16 MiB"));
	end(&x);
}

/* Below a switch: the upper window lacks what the lower one has to grow, and nothing where the lower one has room. */
static void test_path(void **unused)
{
	(void)unused;
	for (int fits = 0; fits < 2; fits++) {
		struct machine x;
		struct space up, down;
		const struct sriov_addr addr = {0, 3, 0, 0};
		machine(&x, 3, true);
		space_port(&up, 1, 2, 3, false);
		put16(&up, 0x42, 2 | 5 << 4);
		space_port(&down, 2, 3, 3, true);
		put16(&down, 0x42, 2 | 6 << 4);
		put16(&x.port, 0x24, 0x8001); /* 80000000-803fffff */
		put16(&x.port, 0x26, 0x8031);
		put16(&up, 0x24, 0x8001); /* all of it */
		put16(&up, 0x26, 0x8031);
		put16(&down, 0x24, 0x8001); /* 2 MiB of it */
		put16(&down, 0x26, 0x8011);
		put32(&x.pf, 0x160 + 0x24, 0);
		put32(&x.pf, 0x160 + 0x30, 0);
		machine_put(&x, &x.port, 0, 1, 0);
		machine_put(&x, &up, 1, 0, 0);
		machine_put(&x, &down, 2, 0, 0);
		machine_put(&x, &x.pf, 3, 0, 0);
		char text[1024] = "";
		for (unsigned i = 0; i < 13; i++)
			strcat(text, i != 7 ? "0x0 0x0 0x0\n" : fits ? "0x0 0x1fffff 0x20142200\n" : "0x0 0x7fffff 0x20142200\n");
		machine_file(&x, "sys/bus/pci/devices/0000:03:00.0/resource", text);
		assert_int_equal(model_new(x.snap, &x.m), 0);
		struct plan plan = plan_of(&x, model_find(x.m, &addr), NULL, 8);
		assert_int_equal(plan.windows_n, 3);
		if (fits) {
			for (size_t i = 0; i < 3; i++)
				assert_true(!plan.windows[i].lacks);
			assert_true(plan.windows[1].free == 2 * MIB && plan.windows[2].free == 0);
			assert_non_null(remedy_of(&plan, "realloc"));
		} else { /* 8 MiB, 2 are there: 6 more, of which the switch has 2 free, and so needs 4 more itself */
			assert_true(plan.windows[0].lacks == 6 * MIB && plan.windows[0].grown == 8 * MIB);
			assert_true(plan.windows[1].lacks == 4 * MIB && plan.windows[1].grown == 8 * MIB);
			assert_true(plan.windows[2].lacks == 4 * MIB && plan.windows[2].grown == 8 * MIB);
			assert_true(remedy_of(&plan, "total-vfs")->vfs == 2);
		}
		end(&x);
	}
}

/* 64 PFs in one segment, 256 VFs each: each with its rows, none with a row a VF. */
static void test_many(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 0xff, true);
	put16(&x.pf, 0x160 + 0x0c, 256);
	put16(&x.pf, 0x160 + 0x0e, 256);
	put16(&x.pf, 0x160 + 0x14, 64);
	put16(&x.pf, 0x160 + 0x16, 64);
	for (uint8_t i = 1; i < 64; i++)
		machine_put(&x, &x.pf, 1, i >> 3, i & 7);
	const struct fn *fn = finish(&x);
	for (uint8_t i = 0; i < 64; i++) {
		const struct sriov_addr addr = {0, 1, i >> 3, i & 7};
		struct plan plan = plan_of(&x, model_find(x.m, &addr), NULL, 256);
		struct plan_span span = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
		unsigned rows = 0;
		uint64_t vfs = 0;
		for (; plan_span_next(routing_of(&plan, TRI_YES), &span); rows++)
			vfs += span.to - span.from + 1;
		assert_true(rows == 65 && vfs == 256); /* 3 on the PF's own bus, then 4 on each */
	}
	assert_non_null(fn);
	end(&x);
}

/* The same through the public interface, without I/O. */
static void test_library(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, false);
	const struct fn *inner = finish(&x);
	const struct sriov_fn *fn = (const struct sriov_fn *)(const void *)inner, *port;
	struct sriov_model model = {.refs = 1, .inner = x.m};
	struct sriov_query *query;
	struct sriov_plan *plan;
	struct sriov_addr addr;
	uint64_t a, b, c, max;
	const char *text, *kind, *limit, *why;
	bool current;
	assert_int_equal(sriov_plan_new(&model, (const struct sriov_fn *)(const void *)inner->upstream, 1, NULL, &plan), -EINVAL);
	assert_int_equal(sriov_plan_new(&model, fn, 8, NULL, &plan), 0);
	assert_int_equal(model.refs, 2);
	assert_string_equal(sriov_plan_get_outcome(plan), "ENOMEM");
	assert_string_equal(sriov_plan_get_finding(plan), "bus-numbers-exhausted");
	assert_non_null(sriov_plan_get_why(plan));
	assert_int_equal(sriov_plan_get_max_vfs(plan, &max, &limit), 0);
	assert_true(max == 0 && !strcmp(limit, "bus-numbers"));
	assert_true(sriov_plan_driver_may_refuse(plan, &text)); /* which driver it is is not known */
	assert_int_equal(sriov_plan_get_routing(plan, false, &a, &b, &c, &text, &current), 0);
	assert_true(a == 384 && b == 2 && c == 0 && current && !strcmp(text, "read"));
	assert_int_equal(sriov_plan_get_routing(plan, true, &a, &b, &c, &text, &current), 0);
	assert_true(a == 128 && b == 2 && c == 8 && !current && !strcmp(text, "device-table"));
	assert_int_equal(sriov_plan_get_vf_addr(plan, true, 7, &addr), 0);
	assert_true(addr.bus == 1 && addr.device == 0x11 && addr.function == 6);
	assert_int_equal(sriov_plan_get_vf_addr(plan, false, 0, &addr), 0);
	assert_true(addr.bus == 2 && addr.device == 0x10 && addr.function == 0);
	assert_int_equal(sriov_plan_get_vf_addr(plan, false, 8, &addr), -ERANGE);
	assert_int_equal(sriov_plan_get_buses(plan, &a, &b, &c), 0);
	assert_true(a == 2 && b == 1 && c == 0xff);
	assert_int_equal(sriov_plan_get_vf_bar(plan, 0, &a, &b, &text), 0);
	assert_true(a == 16 * KIB && b == 128 * KIB && !strcmp(text, "pref64")); /* by the table of devices */
	assert_int_equal(sriov_plan_get_vf_bar(plan, 1, &a, &b, &text), -ENOENT);
	assert_int_equal(sriov_plan_get_window(plan, 0, &port, &kind, &a, &b, &c), 0);
	assert_true((const void *)port == (const void *)inner->upstream && !strcmp(kind, "pref") && a == 2 * MIB && b == 256 * KIB && c == 0);
	assert_int_equal(sriov_plan_get_window(plan, 1, &port, &kind, &a, &b, &c), -ERANGE);
	assert_int_equal(sriov_plan_get_threshold(plan, 1, &a, &limit, &text), 0);
	assert_true(a == 1 && !strcmp(limit, "bus-numbers") && text);
	assert_int_equal(sriov_plan_get_threshold(plan, 2, &a, &limit, &text), -ERANGE);
	assert_int_equal(sriov_plan_get_remedy(plan, 0, &kind, &limit, &text, &port, &a, &b), 0);
	assert_true(!strcmp(kind, "bus-numbers") && a == 0 && b == 8 && (const void *)port == (const void *)inner->upstream);
	assert_int_equal(sriov_plan_get_remedy(plan, 9, &kind, &limit, &text, &port, &a, &b), -ERANGE);
	sriov_plan_free(plan);
	sriov_plan_free(NULL);
	assert_int_equal(model.refs, 1);
	assert_int_equal(sriov_query_new(&query), 0);
	assert_int_equal(sriov_query_assume(query, "ari=on"), 0);
	assert_int_equal(sriov_plan(&model, fn, 8, query, &text, &why, &max, &limit), 0);
	assert_true(!strcmp(text, "ok") && max == 8);
	sriov_query_free(query);
	end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_states), cmocka_unit_test(test_one_state), cmocka_unit_test(test_assumed_state), cmocka_unit_test(test_spans),
		cmocka_unit_test(test_reservable), cmocka_unit_test(test_class), cmocka_unit_test(test_room_unused), cmocka_unit_test(test_window_remedies),
		cmocka_unit_test(test_slots), cmocka_unit_test(test_bus_steps), cmocka_unit_test(test_other_root),
	        cmocka_unit_test(test_vf_resizable_bar), cmocka_unit_test(test_path), cmocka_unit_test(test_many), cmocka_unit_test(test_library),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
