/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's arithmetic: drivers/pci/iov.c of Linux 6.12, sriov_numvfs_store(), sriov_enable(), pci_iov_virtfn_bus(). */
#include <errno.h>

#include "unit.h"
#include "plan/plan.h"
#include "space.h"

struct machine {
	struct snapshot *snap;
	struct model *m;
	struct arena arena;
	struct space port, pf;
};

/* An 82576 as Linux finds it below a root port that forwards ARI: 8 VFs from offset 128, or 384 without ARI. */
static void machine(struct machine *x, unsigned subordinate, bool ari)
{
	memset(x, 0, sizeof(*x));
	x->snap = snapshot_new("x");
	space_port(&x->port, 0, 1, subordinate, ari);
	put16(&x->port, 0x20, 0xfe80); /* memory window fe800000-fe9fffff */
	put16(&x->port, 0x22, 0xfe90);
	put16(&x->port, 0x24, 0xfe01); /* 64-bit prefetchable window fe000000-fe1fffff */
	put16(&x->port, 0x26, 0xfe11);
	space_header(&x->pf, 0x8086, 0x10c9, 0x020000, 0);
	space_express(&x->pf, 0);
	space_ext(&x->pf, 0x100, 0x0e);
	space_sriov(&x->pf, 0x160, 8, 0, ari ? 128 : 384, 2);
	put32(&x->pf, 0x160 + 0x24, 0xfe00000c);
	put32(&x->pf, 0x160 + 0x30, 0xfe02000c);
}

static const struct fn *finish(struct machine *x)
{
	const struct sriov_addr port = {0, 0, 1, 0}, pf = {0, 1, 0, 0};
	assert_int_equal(snapshot_put_config(x->snap, &port, x->port.b, NULL, 4096, NULL), 0);
	assert_int_equal(snapshot_put_config(x->snap, &pf, x->pf.b, NULL, 4096, NULL), 0);
	assert_int_equal(model_new(x->snap, &x->m), 0);
	return model_find(x->m, &pf);
}

static void end(struct machine *x)
{
	arena_free(&x->arena);
	model_free(x->m);
	snapshot_free(x->snap);
}

static struct plan plan_of(struct machine *x, const struct fn *fn, const struct assume *assume, uint64_t n)
{
	struct plan plan;
	assert_int_equal(plan_pf(x->m, fn, assume, true, n, &x->arena, &plan), 0);
	return plan;
}

static void expect(struct machine *x, const struct fn *fn, uint64_t n, const char *outcome, const char *finding)
{
	struct plan plan = plan_of(x, fn, NULL, n);
	assert_string_equal(plan.outcome, outcome);
	if (finding)
		assert_string_equal(plan.finding, finding);
	else
		assert_null(plan.finding);
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order), cmocka_unit_test(test_enabled), cmocka_unit_test(test_registers), cmocka_unit_test(test_memory),
		cmocka_unit_test(test_buses), cmocka_unit_test(test_ari), cmocka_unit_test(test_link), cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_assume), cmocka_unit_test(test_windows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
