/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's arithmetic: drivers/pci/iov.c of Linux 6.12, sriov_numvfs_store(), sriov_enable(), pci_iov_virtfn_bus(). */
#include <errno.h>

#include "unit.h"
#include "plan-machine.h"

static void test_order(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 65536, "EINVAL", NULL);
	expect(&x, fn, 9, "ERANGE", "numvfs-exceeds-total");
	expect(&x, fn, 65535, "ERANGE", "numvfs-exceeds-total");
	expect(&x, fn, 0, "ok", NULL); /* as many as there are */
	expect(&x, fn, 8, "ok", NULL);
	struct plan plan = plan_of(&x, fn, NULL, 8);
	assert_true(plan.max_known && plan.max_vfs == 8);
	assert_string_equal(plan.limited_by, "device");
	assert_true(plan.buses_known && plan.buses_need.end == 1 && plan.buses_have.end == 2);
	end(&x);
}

static void test_enabled(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x08, 0x0019);
	put16(&x.pf, 0x160 + 0x10, 4);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 4, "ok", NULL);
	expect(&x, fn, 5, "EBUSY", "numvfs-already-nonzero");
	expect(&x, fn, 9, "ERANGE", "numvfs-exceeds-total"); /* comes before EBUSY */
	expect(&x, fn, 0, "ok", NULL);
	end(&x);
}

static void test_registers(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x0c, 7); /* InitialVFs != TotalVFs */
	put32(&x.pf, 0x160 + 0x24, 0x0000000c);
	put32(&x.pf, 0x160 + 0x30, 0x0000000c);
	expect(&x, finish(&x), 1, "EIO", "capability-invalid"); /* comes before memory */
	end(&x);
}

static void test_memory(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, false); /* no bus number for the VFs either: memory comes first */
	put32(&x.pf, 0x160 + 0x30, 0x0000000c);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 1, "ENOMEM", "vf-bar-no-mmio");
	struct plan plan = plan_of(&x, fn, NULL, 1);
	assert_true(plan.max_known && plan.max_vfs == 0);
	assert_string_equal(plan.limited_by, "mmio");
	end(&x);
}

static void test_buses(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, false); /* offset 384: VF 0 on bus 2 */
	const struct fn *fn = finish(&x);
	expect(&x, fn, 1, "ENOMEM", "bus-numbers-exhausted");
	struct plan plan = plan_of(&x, fn, NULL, 1);
	assert_true(plan.max_vfs == 0 && plan.max_known);
	assert_string_equal(plan.limited_by, "bus-numbers");
	struct assume assume = {0};
	assert_int_equal(assume_parse(&assume, "subordinate=2"), 0);
	plan = plan_of(&x, fn, &assume, 8);
	assert_string_equal(plan.outcome, "ok"); /* on the next bus no ARI is needed */
	assert_true(plan.max_vfs == 8);
	end(&x);
}

static void test_ari(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, false);
	put16(&x.pf, 0x160 + 0x14, 4);
	put16(&x.pf, 0x160 + 0x16, 1); /* VF 0-3 on device 0, 4 and more beyond */
	const struct fn *fn = finish(&x);
	expect(&x, fn, 4, "ok", NULL);
	expect(&x, fn, 5, "EIO", "ari-forwarding-missing");
	struct plan plan = plan_of(&x, fn, NULL, 5);
	assert_true(plan.max_known && plan.max_vfs == 4);
	assert_string_equal(plan.limited_by, "ari");
	bool told = false;
	for (size_t i = 0; i < plan.thresholds_n; i++)
		told |= plan.thresholds[i].vfs == 5 && plan.thresholds[i].remedy && strstr(plan.thresholds[i].remedy, "4 -> 8");
	assert_true(told);
	struct assume assume = {0};
	assert_int_equal(assume_parse(&assume, "ari=on"), 0);
	assert_string_equal(plan_of(&x, fn, &assume, 8).outcome, "ok");
	end(&x);
}

static void test_link(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	x.pf.b[0x160 + 0x12] = 1; /* function 1 is not there */
	expect(&x, finish(&x), 1, "ENODEV", "dependency-link-broken");
	end(&x);
	machine(&x, 2, true);
	x.pf.b[0x160 + 0x12] = 1;
	struct space other;
	const struct sriov_addr addr = {0, 1, 0, 1};
	space_header(&other, 0x8086, 1, 0x020000, 0);
	space_express(&other, 0);
	assert_int_equal(snapshot_put_config(x.snap, &addr, other.b, NULL, 4096, NULL), 0);
	expect(&x, finish(&x), 1, "ENOSYS", "dependency-link-broken"); /* is there, and is no PF */
	end(&x);
}

static void test_unknown(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	const struct sriov_addr pf = {0, 1, 0, 0};
	assert_int_equal(snapshot_put_config(x.snap, &pf, x.pf.b, NULL, 4096, NULL), 0); /* without the port above */
	assert_int_equal(model_new(x.snap, &x.m), 0);
	struct plan plan = plan_of(&x, model_find(x.m, &pf), NULL, 8);
	assert_string_equal(plan.outcome, "unknown");
	assert_non_null(plan.why);
	assert_false(plan.max_known);
	end(&x);
}

static void test_assume(void **unused)
{
	(void)unused;
	struct assume a = {0};
	assert_int_equal(assume_parse(&a, "vf-bar2=1M"), 0);
	assert_true(a.bar_size[2] == 1 << 20);
	assert_int_equal(assume_parse(&a, "vf-bar0=0x4000"), 0);
	assert_true(a.bar_size[0] == 0x4000);
	assert_int_equal(assume_parse(&a, "vf-bar1=8GiB"), 0);
	assert_true(a.bar_size[1] == UINT64_C(8) << 30);
	assert_int_equal(assume_parse(&a, "total-vfs=64"), 0);
	assert_int_equal(assume_parse(&a, "subordinate=0x0a"), 0);
	assert_true(a.subordinate == 10 && a.total == 64);
	const char *const wrong[] = {"", "ari", "ari=maybe", "vf-bar6=1M", "vf-bar0=3K", "vf-bar0=", "vf-bar0=1X", "vf-bar0=0", "total-vfs=65536",
				     "subordinate=256", "x=1", "vf-bar0=16777216T"};
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(assume_parse(&a, wrong[i]), -EINVAL);
}

/* What is assumed has to fit into what the port has free: 2 MiB of prefetchable window. */
static void test_windows(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	const struct fn *fn = finish(&x);
	struct assume assume = {0};
	assert_int_equal(assume_parse(&assume, "vf-bar0=128K"), 0);
	assert_int_equal(assume_parse(&assume, "vf-bar3=64K"), 0);
	struct plan plan = plan_of(&x, fn, &assume, 8);
	assert_string_equal(plan.outcome, "ok");
	assert_int_equal(plan.windows_n, 1);
	assert_string_equal(plan.windows[0].kind, "pref");
	assert_true(plan.windows[0].needed == 8 * (128 + 64) * 1024 && plan.windows[0].free == 2 << 20 && plan.windows[0].used == 0);
	assert_int_equal(assume_parse(&assume, "vf-bar3=256K"), 0);
	plan = plan_of(&x, fn, &assume, 8);
	assert_string_equal(plan.outcome, "ENOMEM");
	assert_string_equal(plan.limited_by, "mmio");
	bool told = false;
	for (size_t i = 0; i < plan.thresholds_n; i++)
		told |= plan.thresholds[i].remedy && strstr(plan.thresholds[i].remedy, "short by 1 MiB");
	assert_true(told);
	end(&x);
}

/* iov.c:640: the bus of the last VF against the subordinate number of the bus above; one number short is one VF less. */
static void test_bus_short_by_one(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, true);
	put16(&x.pf, 0x160 + 0x0c, 66);
	put16(&x.pf, 0x160 + 0x0e, 66);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 64, "ok", NULL); /* 0100 + 128 + 2 * 63 = 01fe */
	expect(&x, fn, 65, "ENOMEM", "bus-numbers-exhausted"); /* 0200 */
	expect(&x, fn, 66, "ENOMEM", "bus-numbers-exhausted");
	expect(&x, fn, 67, "ERANGE", "numvfs-exceeds-total");
	struct plan plan = plan_of(&x, fn, NULL, 66);
	assert_true(plan.max_known && plan.max_vfs == 64 && plan.buses_need.end == 2 && plan.buses_have.end == 1);
	end(&x);
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x0c, 66);
	put16(&x.pf, 0x160 + 0x0e, 66);
	expect(&x, finish(&x), 66, "ok", NULL);
	end(&x);
}

/* iov.c:19-35: a routing ID beyond the segment is a bus above every subordinate number. */
static void test_past_the_segment(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 0xff, true);
	put16(&x.pf, 0x160 + 0x14, 0xff00 - 0x100 + 0xf0);
	put16(&x.pf, 0x160 + 0x16, 4);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 4, "ok", NULL); /* fff0, fff4, fff8, fffc */
	expect(&x, fn, 5, "ENOMEM", "bus-numbers-exhausted");
	struct plan plan = plan_of(&x, fn, NULL, 5);
	struct plan_span span = {UINT64_MAX, UINT64_MAX, 0, 0, TRI_UNKNOWN};
	assert_true(plan_span_next(&plan.routings[0], &span) && span.to == 3 && span.last == 0xfffc && span.reached == TRI_YES);
	assert_true(plan_span_next(&plan.routings[0], &span) && span.from == 4 && span.first == 0x10000 && span.reached == TRI_NO);
	assert_false(plan_span_next(&plan.routings[0], &span));
	end(&x);
}

/* iov.c:616-626: of a device that can migrate VFs, InitialVFs may be fewer, and do not limit. */
static void test_migration(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x0c, 4);
	put32(&x.pf, 0x160 + 0x04, 1);
	expect(&x, finish(&x), 8, "ok", NULL);
	end(&x);
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x0c, 9); /* more than TotalVFs is wrong for all */
	put32(&x.pf, 0x160 + 0x04, 1);
	expect(&x, finish(&x), 1, "EIO", "capability-invalid");
	end(&x);
}

/* iov.c:638-655: memory comes before bus numbers, these before the Function Dependency Link; sriov_add_vfs() is last. */
static void test_order_within_enable(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, false);
	x.pf.b[0x160 + 0x12] = 1;
	expect(&x, finish(&x), 1, "ENOMEM", "bus-numbers-exhausted");
	end(&x);
	machine(&x, 1, false);
	put16(&x.pf, 0x160 + 0x14, 8); /* on this bus, beyond device 0 */
	x.pf.b[0x160 + 0x12] = 1;
	expect(&x, finish(&x), 1, "ENODEV", "dependency-link-broken");
	end(&x);
	machine(&x, 1, false);
	put16(&x.pf, 0x160 + 0x14, 8);
	expect(&x, finish(&x), 1, "EIO", "ari-forwarding-missing");
	end(&x);
}

/* probe.c: without ARI Forwarding a downstream port leads to device 0: seven VFs beside function 0, and those of later buses. */
static void test_device_0(void **unused)
{
	(void)unused;
	struct machine x;
	machine(&x, 1, false);
	put16(&x.pf, 0x160 + 0x14, 1);
	put16(&x.pf, 0x160 + 0x16, 1);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 7, "ok", NULL);
	expect(&x, fn, 8, "EIO", "ari-forwarding-missing");
	end(&x);
}

/* A number written on a root bus: busn_res ends where the host bridge says (iov.c:641, "root bus resource [bus 00-7f]"). */
static void test_root_bus(void **unused)
{
	(void)unused;
	static const char *const logs[] = {"[    0.5] pci_bus 0000:00: root bus resource [bus 00-00]\n", "[    0.5] pci_bus 0000:00: root bus resource [bus 00-ff]\n"};
	for (size_t i = 0; i < ARRAY_SIZE(logs); i++) {
		struct machine x;
		const struct sriov_addr addr = {0, 0, 3, 0};
		machine(&x, 1, true);
		put16(&x.pf, 0x160 + 0x08, 0);
		put16(&x.pf, 0x160 + 0x14, 0x80);
		put16(&x.pf, 0x160 + 0x16, 16);
		put16(&x.pf, 0x42, 2 | 9 << 4); /* Root Complex Integrated Endpoint */
		machine_file(&x, "dmesg", logs[i]);
		machine_put(&x, &x.pf, 0, 3, 0);
		assert_int_equal(model_new(x.snap, &x.m), 0);
		const struct fn *fn = model_find(x.m, &addr);
		expect(&x, fn, 7, "ok", NULL); /* 0018 + 80 + 6 * 16 = 00f8 */
		expect(&x, fn, 8, i ? "ok" : "ENOMEM", i ? NULL : "bus-numbers-exhausted");
		struct plan plan = plan_of(&x, fn, NULL, 8);
		assert_true(plan.routings_n == 1 && plan.routings[0].ari == TRI_UNKNOWN && plan.routings[0].current);
		end(&x);
	}
}

/* iov.c:829: of an integrated endpoint the link names a function of its own device. */
static void test_link_of_integrated(void **unused)
{
	(void)unused;
	struct machine x;
	const struct sriov_addr addr = {0, 0, 3, 0};
	machine(&x, 1, true);
	put16(&x.pf, 0x160 + 0x14, 1);
	put16(&x.pf, 0x160 + 0x16, 1);
	put16(&x.pf, 0x160 + 0x0c, 7);
	put16(&x.pf, 0x160 + 0x0e, 7);
	put16(&x.pf, 0x42, 2 | 9 << 4);
	x.pf.b[0x160 + 0x12] = 0; /* function 0 of device 3, not 00:00.0 */
	machine_put(&x, &x.pf, 0, 3, 0);
	assert_int_equal(model_new(x.snap, &x.m), 0);
	expect(&x, model_find(x.m, &addr), 7, "ok", NULL);
	end(&x);
}

/* iov.c:430-460: as many as there are is answered before anyone asks for a driver; a driver that is missing before EBUSY. */
static void test_order_of_store(void **unused)
{
	(void)unused;
	struct machine x;
	struct item *dir;
	machine(&x, 2, true);
	put16(&x.pf, 0x160 + 0x08, 0x0019);
	put16(&x.pf, 0x160 + 0x10, 4);
	assert_int_equal(snapshot_put(x.snap, NULL, "sys/bus/pci/devices/0000:01:00.0/driver", ITEM_LINK, ITEM_ABSENT, slice_of(""), &dir), 0);
	const struct fn *fn = finish(&x);
	expect(&x, fn, 4, "ok", NULL);
	expect(&x, fn, 2, "ENOENT", "pf-driver-not-bound");
	expect(&x, fn, 0, "ENOENT", "pf-driver-not-bound");
	expect(&x, fn, 9, "ERANGE", "numvfs-exceeds-total");
	expect(&x, fn, 65535, "ERANGE", "numvfs-exceeds-total");
	expect(&x, fn, 65536, "EINVAL", NULL);
	end(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order), cmocka_unit_test(test_enabled), cmocka_unit_test(test_registers), cmocka_unit_test(test_memory),
		cmocka_unit_test(test_buses), cmocka_unit_test(test_ari), cmocka_unit_test(test_link), cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_assume), cmocka_unit_test(test_windows), cmocka_unit_test(test_bus_short_by_one),
		cmocka_unit_test(test_past_the_segment), cmocka_unit_test(test_migration), cmocka_unit_test(test_order_within_enable),
		cmocka_unit_test(test_device_0), cmocka_unit_test(test_root_bus), cmocka_unit_test(test_link_of_integrated), cmocka_unit_test(test_order_of_store),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
