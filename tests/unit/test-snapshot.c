/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "unit.h"
#include "snapshot/snapshot.h"

static int put(struct snapshot *snap, const char *path, enum item_kind kind, enum item_state state, const char *data)
{
	return snapshot_put(snap, NULL, path, kind, state, slice_of(data), NULL);
}

static void test_states(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	struct item *dir;
	assert_int_equal(put(snap, "proc/cmdline", ITEM_FILE, ITEM_PRESENT, "ro"), 0);
	assert_int_equal(snapshot_put(snap, NULL, "sys/a", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir), 0);
	assert_int_equal(put(snap, "sys/a/secret", ITEM_FILE, ITEM_DENIED, NULL), 0);
	assert_int_equal(snapshot_state(snap, NULL, "sys/a/missing"), ITEM_NOT_CAPTURED);
	dir->complete = true;
	assert_int_equal(snapshot_state(snap, NULL, "sys/a/missing"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/a/missing/deeper"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/b"), ITEM_NOT_CAPTURED);
	assert_int_equal(snapshot_state(snap, NULL, "sys/a/secret"), ITEM_DENIED);
	assert_int_equal(snapshot_state(snap, NULL, "proc/cmdline"), ITEM_PRESENT);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "proc/cmdline"), "ro"));
	assert_null(snapshot_bytes(snap, NULL, "sys/a/secret").p);
	/* what is there stays; present replaces any other state */
	assert_int_equal(put(snap, "proc/cmdline", ITEM_FILE, ITEM_PRESENT, "rw"), -EEXIST);
	assert_int_equal(put(snap, "sys/a/secret", ITEM_FILE, ITEM_PRESENT, "now"), 0);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/a/secret"), "now"));
	assert_int_equal(put(snap, "proc/cmdline/x", ITEM_FILE, ITEM_PRESENT, ""), -ENOTDIR);
	assert_int_equal(put(snap, "../etc/passwd", ITEM_FILE, ITEM_PRESENT, ""), -EINVAL);
	assert_int_equal(put(snap, "/", ITEM_DIR, ITEM_PRESENT, NULL), -EINVAL);
	snapshot_free(snap);
}

static void test_links(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	put(snap, "sys/devices/pci0000:00/0000:00:01.0/vendor", ITEM_FILE, ITEM_PRESENT, "0x8086");
	put(snap, "sys/bus/pci/devices/0000:00:01.0", ITEM_LINK, ITEM_PRESENT, "../../../devices/pci0000:00/0000:00:01.0");
	put(snap, "sys/devices/pci0000:00/0000:00:01.0/driver", ITEM_LINK, ITEM_PRESENT, "../../../bus/pci/drivers/igb");
	put(snap, "loop", ITEM_LINK, ITEM_PRESENT, "loop");
	put(snap, "out", ITEM_LINK, ITEM_PRESENT, "../../../../etc/passwd");
	put(snap, "etc/passwd", ITEM_FILE, ITEM_PRESENT, "ours");
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:00:01.0/vendor"), "0x8086"));
	const struct item *dir = snapshot_at_nofollow(snap, NULL, "sys/bus/pci/devices/0000:00:01.0");
	assert_int_equal(dir->kind, ITEM_LINK);
	assert_true(slice_is(snapshot_bytes(snap, dir, "vendor"), "0x8086"));
	assert_string_equal(snapshot_link_name(snap, dir, "driver"), "igb");
	assert_null(snapshot_link_name(snap, dir, "vendor"));
	assert_null(snapshot_at(snap, NULL, "loop"));
	assert_null(snapshot_at(snap, NULL, "loop/x"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "out"), "ours")); /* never leads out of the root */
	/* a put through a link lands where the link leads */
	assert_int_equal(put(snap, "sys/bus/pci/devices/0000:00:01.0/device", ITEM_FILE, ITEM_PRESENT, "0x10c9"), 0);
	assert_non_null(snapshot_at(snap, NULL, "sys/devices/pci0000:00/0000:00:01.0/device"));
	assert_string_equal(snapshot_path(snap, snapshot_at(snap, dir, "device")), "sys/devices/pci0000:00/0000:00:01.0/device");
	snapshot_free(snap);
}

static void test_config(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	const struct sriov_addr addr = {0x10000, 0x3b, 0x1f, 7};
	const uint8_t bytes[4] = {0x86, 0x80, 0xc9, 0x10}, known[4] = {0xff, 0xff, 0x0f, 0};
	struct item *item;
	assert_int_equal(snapshot_put_config(snap, &addr, bytes, known, 4, &item), 0);
	assert_ptr_equal(item, snapshot_at(snap, NULL, "sys/bus/pci/devices/10000:3b:1f.7/config"));
	uint16_t v = 0;
	uint8_t b;
	assert_int_equal(bytes_u16(&item->config->view, 0, &v), 0);
	assert_int_equal(v, 0x8086);
	assert_int_equal(bytes_u16(&item->config->view, 2, &v), -ENODATA); /* not all bits are known */
	assert_int_equal(bytes_u8(&item->config->view, 4, &b), -ENODATA);
	snapshot_free(snap);
}

static void test_many(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	char path[32];
	for (int i = 9999; i >= 0; i--) {
		snprintf(path, sizeof(path), "d/%04d", i);
		assert_int_equal(put(snap, path, ITEM_FILE, ITEM_PRESENT, path), 0);
	}
	struct item *dir = snap->root->child;
	snapshot_sort(dir);
	int n = 0;
	for (struct item *c = dir->child; c; c = c->next, n++)
		assert_int_equal(atoi(c->name), n);
	assert_int_equal(n, 10000);
	assert_string_equal(dir->last_child->name, "9999");
	assert_true(slice_is(snapshot_bytes(snap, NULL, "d/0042"), "d/0042"));
	/* a path deeper than any host's is refused */
	char deep[400] = "";
	for (int i = 0; i < 100; i++)
		memcpy(deep + 2 * i, "x/", 3);
	assert_int_equal(put(snap, deep, ITEM_FILE, ITEM_PRESENT, ""), -E2BIG);
	snapshot_free(snap);
}

/* A text that was lent is taken over whole; a part of it, or another time, it is copied. */
static void test_lent(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	char *text = strdup("a long log");
	assert_non_null(snap);
	assert_non_null(text);
	snap->lent = slice_of(text);
	assert_int_equal(snapshot_put_file(snap, "part", (struct slice){text, 6}, NULL), 0);
	assert_null(snap->taken);
	assert_int_equal(snapshot_put_file(snap, "dmesg", slice_of(text), NULL), 0);
	assert_ptr_equal(snap->taken, text); /* the snapshot frees it */
	assert_int_equal(snapshot_put_file(snap, "again", slice_of(text), NULL), 0);
	memset(text, '-', strlen(text));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "part"), "a long"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "dmesg"), "----------"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "again"), "a long log"));
	snapshot_free(snap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_config),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_lent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
