/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A capture reads as the host that it was made of; and tells nobody's numbers. */
#include <errno.h>
#include <linux/pci_regs.h>

#include "unit.h"
#include "hostdir.h"
#include "source/redact.h"
#include "source/source.h"

#define FN "sys/bus/pci/devices/0000:01:00.0"

static bool redacted(const char *before, const char *after, const char *host, bool lines)
{
	char text[512];
	size_t n = strlen(before);
	memcpy(text, before, n + 1);
	bool changed = lines ? redact_lines(text, n, host) : redact_text(text, n, host);
	if (strcmp(text, after) != 0)
		print_message("%s\n became %s\n   and not %s\n", before, text, after);
	return !strcmp(text, after) && changed == (strcmp(before, after) != 0);
}

static void test_redact_text(void **unused)
{
	(void)unused;
	static const char *const rows[][2] = {
		{"eth0: 52:54:00:12:34:56 up", "eth0: 00:00:00:00:00:00 up"},
		{"(52-54-00-AB-cd-EF)", "(00-00-00-00-00-00)"},
		{"GUID 00:02:c9:03:00:1a:2b:3c:", "GUID 00:00:00:00:00:00:00:00:"},
		{"Device Serial Number 00-1b-21-ff-ff-5a-3c-10", "Device Serial Number 00-00-00-00-00-00-00-00"},
		{"root=UUID=5f1c0a52-7d0e-4b7c-9a41-0c6c6c616200 ro", "root=UUID=xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx ro"},
		{"id 5f1c0a52-7d0e-4b7c-9a41-0c6c6c616200.", "id 00000000-0000-0000-0000-000000000000."},
		{"root=PARTUUID=deadbeef-02 ro", "root=PARTUUID=xxxxxxxx-xx ro"},
		{"Serial Number: ABC123\nNext: 1", "Serial Number: xxxxxx\nNext: 1"},
		{"systemd[1]: Hostname set to <web1.example.org>.", "systemd[1]: Hostname set to <xxxx.xxxxxxx.xxx>."},
		{"Linux version on web1 and web12, web1", "Linux version on xxxx and web12, xxxx"},
		/* and what must stay */
		{"pci 0000:01:00.0: [8086:10c9] type 00 class 0x020000", NULL},
		{"pci 0000:01:00.0: reg 0x10: [mem 0xfe800000-0xfe81ffff 64bit]", NULL},
		{"[   12:34:56] 2026-11-22 10:11:12", NULL},
		{"00: 86 80 c9 10 07 04 10 00 01 00 00 02 10 00 80 00", NULL},
		{"intel_iommu=on pci=realloc=off", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_true(redacted(rows[i][0], rows[i][1] ? rows[i][1] : rows[i][0], "web1", false));
}

static void test_redact_lines(void **unused)
{
	(void)unused;
	assert_true(redacted("options igb max_vfs=2\npassword secret\n\nblacklist nouveau", "options igb max_vfs=2\n               \n\nblacklist nouveau", NULL, true));
	assert_true(redacted("[Match]\nMACAddress=52:54:00:12:34:56\nDriver=igb\n", "[Match]\n                            \nDriver=igb\n", NULL, true));
	assert_true(redacted("GRUB_CMDLINE_LINUX=\"root=UUID=5f1c0a52-7d0e-4b7c-9a41-0c6c6c616200\"",
			     "GRUB_CMDLINE_LINUX=\"root=UUID=xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx\"", NULL, true));
}

static void test_redact_any_bytes(void **unused)
{
	(void)unused;
	uint32_t seed = 5;
	for (unsigned round = 0; round < 3000; round++) {
		char *text = malloc(64); /* exactly: a byte too far is seen by a sanitizer */
		size_t n = round % 65;
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = round % 2 ? (char)(seed >> 24) : "0123456789abcdef:-=UID\n "[(seed >> 16) % 24];
		}
		redact_text(text, n, "ab");
		bool again = redact_text(text, n, "ab");
		assert_false(again); /* once is enough */
		redact_lines(text, n, "ab");
		free(text);
	}
}

static void put32(uint8_t *bytes, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		bytes[at + i] = (uint8_t)(value >> (8 * i));
}

/* A host with every state, a function of which not all was read, links, odd names. */
static struct snapshot *make_host(void)
{
	struct snapshot *snap = snapshot_new("");
	struct item *dir, *item;
	uint8_t config[4096] = {0}, known[4096] = {0};
	snap->kind = SOURCE_HOST;
	put32(config, 0, 0x10c98086);
	put32(config, 4, PCI_STATUS_CAP_LIST << 16);
	config[0x34] = 0x40;
	put32(config, 0x40, PCI_CAP_ID_EXP);
	put32(config, 0x100, PCI_EXT_CAP_ID_DSN | 1 << 16 | 0x160U << 20);
	put32(config, 0x104, 0x11223344);
	put32(config, 0x108, 0x55667788);
	put32(config, 0x160, PCI_EXT_CAP_ID_SRIOV | 1 << 16);
	memset(known, 0xff, 64);
	memset(known + 0x40, 0xff, 0x3c);
	memset(known + 0x100, 0xff, 0xc);
	memset(known + 0x160, 0xff, 0x40);

	assert_int_equal(snapshot_put(snap, NULL, "sys/devices/pci0000:00/0000:01:00.0", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir), 0);
	dir->complete = true;
	assert_int_equal(snapshot_put(snap, NULL, FN, ITEM_LINK, ITEM_PRESENT, SLICE("../../../devices/pci0000:00/0000:01:00.0"), NULL), 0);
	assert_int_equal(snapshot_put(snap, dir, "config", ITEM_FILE, ITEM_PRESENT, slice_bytes(config, sizeof(config)), &item), 0);
	item->config = arena_alloc(&snap->arena, sizeof(*item->config));
	item->config->view = (struct bytes){(const uint8_t *)item->data.p, (uint8_t *)arena_dup(&snap->arena, known, sizeof(known)), sizeof(config)};
	item->config->size = 4096;
	assert_int_equal(snapshot_put(snap, dir, "vendor", ITEM_FILE, ITEM_NOT_CAPTURED, (struct slice){0}, NULL), 0);
	assert_int_equal(snapshot_put(snap, dir, "resource", ITEM_FILE, ITEM_PRESENT, SLICE("0x0 0x0 0x0\n"), NULL), 0);
	assert_int_equal(snapshot_put(snap, dir, "driver", ITEM_LINK, ITEM_PRESENT, SLICE("../../../bus/pci/drivers/igb"), NULL), 0);
	assert_int_equal(snapshot_put(snap, NULL, "sys/devices/pci0000:00/0000:02:00.0", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir), 0);
	assert_int_equal(snapshot_put(snap, NULL, "sys/bus/pci/devices/0000:02:00.0", ITEM_LINK, ITEM_PRESENT,
				      SLICE("../../../devices/pci0000:00/0000:02:00.0"), NULL), 0);
	assert_int_equal(snapshot_put(snap, dir, "config", ITEM_FILE, ITEM_PRESENT, slice_bytes(config, 64), &item), 0);
	item->config = arena_alloc(&snap->arena, sizeof(*item->config));
	item->config->view = (struct bytes){(const uint8_t *)item->data.p, NULL, 64};
	item->config->size = 4096; /* its other bytes were not for this user */
	assert_int_equal(snapshot_put(snap, dir, "sriov_numvfs", ITEM_FILE, ITEM_DENIED, (struct slice){0}, &item), 0);
	item->err = ETIMEDOUT;
	assert_int_equal(snapshot_put(snap, NULL, "sys/firmware/acpi/tables/DMAR", ITEM_FILE, ITEM_ABSENT, (struct slice){0}, NULL), 0);
	assert_int_equal(snapshot_put(snap, NULL, "sys/firmware/acpi/tables/MCFG", ITEM_FILE, ITEM_PRESENT, slice_bytes("MCFG\0\1\2", 7), NULL), 0);
	assert_int_equal(snapshot_put(snap, NULL, "dmesg", ITEM_FILE, ITEM_DENIED, (struct slice){0}, &item), 0);
	item->err = EPERM;
	assert_int_equal(snapshot_put_file(snap, "proc/cmdline", SLICE("root=UUID=5f1c0a52-7d0e-4b7c-9a41-0c6c6c616200 ro\n"), NULL), 0);
	assert_int_equal(snapshot_put_file(snap, "etc/modprobe.d/a b\xc3\xa9.conf", SLICE("options igb max_vfs=2\n"), NULL), 0);
	assert_int_equal(snapshot_put(snap, NULL, "sys/class/iommu", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &dir), 0);
	dir->complete = true;
	return snap;
}

#ifdef HAVE_ARCHIVE
static struct snapshot *replay(const struct snapshot *snap, bool redact, const char *suffix)
{
	struct hostdir dir;
	struct snapshot *again;
	const char *what;
	char path[128], twice[128];
	hostdir_make(&dir);
	snprintf(path, sizeof(path), "%s/capture%s", dir.path, suffix);
	snprintf(twice, sizeof(twice), "%s/again%s", dir.path, suffix);
	assert_int_equal(capture_write(snap, path, redact, &what), 0);
	assert_int_equal(capture_write(snap, twice, redact, &what), 0);
	struct stat a, b;
	assert_int_equal(stat(path, &a), 0);
	assert_int_equal(stat(twice, &b), 0);
	assert_int_equal(a.st_size, b.st_size);
	FILE *x = fopen(path, "rb"), *y = fopen(twice, "rb");
	for (int c; (c = getc(x)) != EOF;)
		assert_int_equal(c, getc(y)); /* same snapshot, same bytes */
	fclose(x);
	fclose(y);
	int err = source_open(path, NULL, &again);
	if (err)
		fail_msg("%s", first_problem(again));
	hostdir_remove(&dir);
	return again;
}

static void test_replay(void **unused)
{
	(void)unused;
	static const char *const suffixes[] = {".tar", ".tar.gz", ".tar.xz", ".tar.zst", ""};
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		struct snapshot *snap = make_host(), *again = replay(snap, false, suffixes[i]);
		assert_true(again->has_manifest);
		assert_true(snapshot_same(snap, snap->root, again));
		assert_int_equal(snapshot_state(again, NULL, FN "/iommu_group"), ITEM_ABSENT);
		assert_int_equal(snapshot_state(again, NULL, FN "/vendor"), ITEM_REDACTED);
		assert_int_equal(snapshot_state(again, NULL, "sys/bus/pci/devices/0000:02:00.0/driver"), ITEM_NOT_CAPTURED);
		assert_int_equal(snapshot_state(again, NULL, "sys/class/iommu/dmar0"), ITEM_ABSENT);
		struct snapshot *third = replay(again, false, suffixes[i]);
		assert_true(snapshot_same(again, again->root, third));
		snapshot_free(third);
		snapshot_free(again);
		snapshot_free(snap);
	}
}

static void test_replay_redacted(void **unused)
{
	(void)unused;
	struct snapshot *snap = make_host(), *again = replay(snap, true, ".tar");
	const struct config_image *image = snapshot_at(again, NULL, FN "/config")->config;
	uint32_t value;
	assert_int_equal(bytes_u32(&image->view, 0x100, &value), 0);
	assert_int_equal(bytes_u32(&image->view, 0x104, &value), -ENODATA);
	assert_int_equal(bytes_u32(&image->view, 0x108, &value), -ENODATA);
	assert_int_equal(bytes_u32(&image->view, 0x160, &value), 0);
	assert_false(slice_has(snapshot_bytes(again, NULL, "proc/cmdline"), "5f1c0a52"));
	assert_true(slice_has(snapshot_bytes(again, NULL, "proc/cmdline"), " ro\n"));
	snapshot_free(again);
	snapshot_free(snap);
}

static void test_errors(void **unused)
{
	(void)unused;
	struct snapshot *snap = make_host();
	struct hostdir dir;
	const char *what = NULL;
	char path[128];
	hostdir_make(&dir);
	snprintf(path, sizeof(path), "%s/missing/x.tar", dir.path);
	assert_int_equal(capture_write(snap, path, true, &what), -ENOENT);
	assert_non_null(what);
	if (access("/dev/full", W_OK) == 0)
		assert_int_equal(capture_write(snap, "/dev/full", true, &what), -ENOSPC);
	/* in a folder's place nothing is put, and nothing stays behind */
	hostdir_dir(&dir, "taken");
	snprintf(path, sizeof(path), "%s/taken", dir.path);
	assert_true(capture_write(snap, path, true, &what) < 0);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(rmdir(dir.path), 0); /* it is empty */
	hostdir_remove(&dir);
	snapshot_free(snap);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_redact_text), cmocka_unit_test(test_redact_lines), cmocka_unit_test(test_redact_any_bytes),
#ifdef HAVE_ARCHIVE
		cmocka_unit_test(test_replay), cmocka_unit_test(test_replay_redacted), cmocka_unit_test(test_errors),
#endif
	};
	struct snapshot *unused = make_host(); /* also where no archive can be written */
	snapshot_free(unused);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
