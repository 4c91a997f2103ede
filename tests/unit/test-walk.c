/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capability lists as they are, as they are broken, and as an enemy writes them. */
#include "unit.h"
#include "decode/walk.h"

static uint8_t space[4096];

static void put16(size_t at, uint16_t v)
{
	space[at] = (uint8_t)v;
	space[at + 1] = (uint8_t)(v >> 8);
}

static void put_ext(size_t at, uint16_t id, unsigned version, unsigned next)
{
	put16(at, id);
	put16(at + 2, (uint16_t)(version | next << 4));
}

/* PM at 40h -> MSI at 50h -> PCI Express at 70h; AER at 100h -> SR-IOV at 160h. */
static void plain(void)
{
	memset(space, 0, sizeof(space));
	put16(0, 0x8086);
	put16(6, 0x10);
	space[0x34] = 0x40;
	put16(0x40, 0x5001);
	put16(0x50, 0x7005);
	put16(0x70, 0x0010);
	put_ext(0x100, 0x01, 2, 0x160);
	put_ext(0x160, 0x10, 1, 0);
}

static struct cap_walk walked(size_t len)
{
	struct cap_walk walk;
	uint8_t *copy = malloc(len ? len : 1); /* exactly len: a sanitizer sees what reads beyond */
	assert_non_null(copy);
	memcpy(copy, space, len);
	struct bytes config = bytes_of(copy, len);
	walk_caps(&config, &walk);
	free(copy);
	assert_true(walk.n <= CAPS_STD_MAX + CAPS_EXT_MAX);
	return walk;
}

static bool has(const struct cap_walk *walk, enum cap_space in, uint16_t id, uint16_t offset)
{
	for (unsigned i = 0; i < walk->n; i++)
		if (walk->caps[i].space == in && walk->caps[i].id == id && walk->caps[i].offset == offset)
			return true;
	return false;
}

static void test_plain(void **state)
{
	(void)state;
	plain();
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 5);
	assert_int_equal(w.std_end, WALK_END);
	assert_int_equal(w.ext_end, WALK_END);
	assert_true(has(&w, CAP_STANDARD, 0x10, 0x70) && has(&w, CAP_EXTENDED, 0x10, 0x160));
	assert_int_equal(w.caps[3].version, 2);
	assert_int_equal(w.caps[3].next, 0x160);
}

static void test_short(void **state)
{
	(void)state;
	plain();
	struct cap_walk w = walked(64); /* not root */
	assert_int_equal(w.n, 0);
	assert_int_equal(w.std_end, WALK_UNREAD);
	assert_int_equal(w.std_bad, 0x40);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	w = walked(256); /* lspci -xxx */
	assert_int_equal(w.n, 3);
	assert_int_equal(w.std_end, WALK_END);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	assert_int_equal(w.ext_bad, 0x100);
	w = walked(304); /* an old kernel's limit: the first header is there, the second is not */
	assert_int_equal(w.n, 4);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	assert_int_equal(w.ext_bad, 0x160);
	w = walked(0);
	assert_int_equal(w.std_end, WALK_UNREAD);
}

static void test_loops(void **state)
{
	(void)state;
	plain();
	space[0x71] = 0x50;
	put_ext(0x160, 0x10, 1, 0x100);
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 5);
	assert_int_equal(w.std_end, WALK_LOOP);
	assert_int_equal(w.std_bad, 0x50);
	assert_int_equal(w.ext_end, WALK_LOOP);
	assert_int_equal(w.ext_bad, 0x100);
	space[0x71] = 0x70; /* onto itself */
	w = walked(4096);
	assert_int_equal(w.std_end, WALK_LOOP);
	assert_int_equal(w.std_bad, 0x70);
}

static void test_pointers(void **state)
{
	(void)state;
	plain();
	space[0x71] = 0x10; /* into the header */
	put_ext(0x160, 0x10, 1, 0x40); /* into standard space */
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 5);
	assert_int_equal(w.std_end, WALK_POINTER);
	assert_int_equal(w.std_bad, 0x10);
	assert_int_equal(w.ext_end, WALK_POINTER);
	assert_int_equal(w.ext_bad, 0x40);
	plain(); /* reserved low bits are masked, as every kernel does; the raw pointer stays for the rule */
	space[0x34] = 0x43;
	put_ext(0x100, 0x01, 2, 0x162);
	w = walked(4096);
	assert_int_equal(w.n, 5);
	assert_int_equal(w.caps[3].next, 0x162);
	plain(); /* backwards */
	put_ext(0x160, 0x10, 1, 0x120);
	put_ext(0x120, 0x0e, 1, 0);
	w = walked(4096);
	assert_int_equal(w.n, 6);
	assert_int_equal(w.ext_end, WALK_END);
}

static void test_null(void **state)
{
	(void)state;
	plain(); /* a null capability first: the list goes on behind it */
	put_ext(0x100, 0x00, 1, 0x160);
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 5);
	assert_true(has(&w, CAP_EXTENDED, 0x10, 0x160));
	plain(); /* duplicates are legal */
	put_ext(0x160, 0x01, 2, 0);
	w = walked(4096);
	assert_int_equal(w.n, 5);
	plain();
	put_ext(0x100, 0, 0, 0);
	w = walked(4096);
	assert_int_equal(w.n, 3);
	assert_int_equal(w.ext_end, WALK_NONE);
	plain();
	put16(6, 0);
	w = walked(4096);
	assert_int_equal(w.n, 0);
	assert_int_equal(w.std_end, WALK_NONE);
	assert_int_equal(w.ext_end, WALK_NONE);
}

/* Host bridges show their ids at 100h; without PCI Express (or PCI-X 2) there is no extended list. */
static void test_mirror(void **state)
{
	(void)state;
	plain();
	put16(0x50, 0x0005); /* MSI is the last */
	put16(0x100, 0x1022);
	put16(0x102, 0x14d8);
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 2);
	assert_int_equal(w.ext_end, WALK_NONE);
	put16(0x50, 0x0007); /* PCI-X */
	w = walked(4096);
	assert_int_equal(w.ext_end, WALK_NONE);
	put16(0x56, 0x4000); /* PCI-X 266: it has extended space */
	w = walked(4096);
	assert_true(has(&w, CAP_EXTENDED, 0x1022, 0x100));
	space[0x0e] = 1; /* a bridge says it elsewhere */
	w = walked(4096);
	assert_int_equal(w.ext_end, WALK_NONE);
	put16(0x52, 0x8000);
	w = walked(4096);
	assert_true(has(&w, CAP_EXTENDED, 0x1022, 0x100));
	w = walked(0x53); /* its status was not read */
	assert_int_equal(w.n, 2);
	assert_int_equal(w.ext_end, WALK_NONE);
}

static void test_ones(void **state)
{
	(void)state;
	memset(space, 0xff, sizeof(space));
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, 0);
	assert_int_equal(w.std_end, WALK_ALL_ONES);
	assert_int_equal(w.ext_end, WALK_ALL_ONES);
	w = walked(64);
	assert_int_equal(w.std_end, WALK_ALL_ONES);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	plain(); /* a VF: its ids read all ones, its lists live */
	put16(0, 0xffff);
	put16(2, 0xffff);
	w = walked(4096);
	assert_int_equal(w.n, 5);
	plain();
	memset(space + 0x160, 0xff, 4);
	w = walked(4096);
	assert_int_equal(w.ext_end, WALK_ALL_ONES);
	assert_int_equal(w.ext_bad, 0x160);
}

static void test_hostile(void **state)
{
	(void)state;
	plain();
	for (size_t len = 0; len <= 4096; len++)
		(void)walked(len);
	memset(space, 0x40, sizeof(space)); /* every pointer leads to 40h, then to 404h */
	for (size_t len = 0; len <= 4096; len += 13)
		(void)walked(len);
	uint32_t seed = 42;
	for (unsigned round = 0; round < 3000; round++) {
		for (size_t i = 0; i < sizeof(space); i++) {
			seed = seed * 1103515245u + 12345u;
			space[i] = (uint8_t)(seed >> 16);
		}
		space[6] |= 0x10;
		space[0x34] = 0x40;
		space[0x40] = 0x10;
		(void)walked(4096);
	}
	plain(); /* the longest lists: each dword a capability */
	for (size_t at = 0x40; at < 0x100; at += 4)
		put16(at, (uint16_t)(0x10 | (at + 4 < 0x100 ? at + 4 : 0) << 8));
	for (size_t at = 0x100; at < 0x1000; at += 4)
		put_ext(at, 0x0b, 1, (unsigned)(at + 4) & 0xfff);
	struct cap_walk w = walked(4096);
	assert_int_equal(w.n, CAPS_STD_MAX + CAPS_EXT_MAX);
	assert_int_equal(w.std_end, WALK_END);
	assert_int_equal(w.ext_end, WALK_END);
	space[0xfd] = 0x40; /* and both go on where they began */
	put_ext(0xffc, 0x0b, 1, 0x100);
	w = walked(4096);
	assert_int_equal(w.n, CAPS_STD_MAX + CAPS_EXT_MAX);
	assert_true(w.std_end == WALK_LOOP && w.std_bad == 0x40);
	assert_true(w.ext_end == WALK_LOOP && w.ext_bad == 0x100);
	space[0xfd] = 0x10; /* or into the header */
	put_ext(0xffc, 0x0b, 1, 0x40);
	w = walked(4096);
	assert_true(w.std_end == WALK_POINTER && w.std_bad == 0x10);
	assert_true(w.ext_end == WALK_POINTER && w.ext_bad == 0x40);
}

/* Of text only single bits are known: what is not known ends a list as unread, never as zero. */
static void test_masked(void **state)
{
	(void)state;
	static uint8_t mask[4096];
	struct cap_walk w;
	plain();
	memset(mask, 0xff, sizeof(mask));
	struct bytes config = {space, mask, sizeof(space)};
	mask[0x51] = 0;
	walk_caps(&config, &w);
	assert_int_equal(w.std_end, WALK_UNREAD);
	assert_int_equal(w.std_bad, 0x50);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	mask[0x51] = 0xff;
	mask[0x163] = 0;
	walk_caps(&config, &w);
	assert_int_equal(w.ext_end, WALK_UNREAD);
	assert_int_equal(w.ext_bad, 0x160);
	assert_int_equal(w.n, 4);
	mask[0x163] = 0xff;
	mask[0x06] = 0x10; /* there is a list: that is all that is known of the status */
	mask[0x07] = 0;
	walk_caps(&config, &w);
	assert_int_equal(w.n, 5);
	assert_true(w.std_end == WALK_END && w.ext_end == WALK_END);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain), cmocka_unit_test(test_short), cmocka_unit_test(test_loops), cmocka_unit_test(test_pointers),
		cmocka_unit_test(test_null), cmocka_unit_test(test_mirror), cmocka_unit_test(test_ones), cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_masked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
