/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Archives as hosts: what they hold, and what hostile ones try. */
#include <errno.h>

#include "unit.h"
#include "hostdir.h"
#include "source/captured.h"
#include "source/source.h"
#include "source/tar.h"

#ifdef HAVE_ARCHIVE
#include <archive.h>
#include <archive_entry.h>

#define FN "sys/bus/pci/devices/0000:01:00.0"

struct member {
	const char *path;
	char type; /* f, d, l, h, c, p */
	const char *data; /* bytes, or where a link leads */
	size_t size; /* 0: strlen(data); more: zeros behind it */
};

enum packing { PLAIN, GZIP, XZ, ZSTD, PACKINGS };

static size_t pack(const struct member *members, size_t n, enum packing packing, char *to, size_t room)
{
	struct archive *a = archive_write_new();
	size_t used = 0;
	char zeros[4096] = {0};
	assert_int_equal(archive_write_set_format_pax_restricted(a), ARCHIVE_OK);
	if (packing == GZIP)
		assert_int_equal(archive_write_add_filter_gzip(a), ARCHIVE_OK);
	if (packing == XZ)
		assert_int_equal(archive_write_add_filter_xz(a), ARCHIVE_OK);
	if (packing == ZSTD)
		assert_int_equal(archive_write_add_filter_zstd(a), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(a, 1);
	assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
	for (size_t i = 0; i < n; i++) {
		static const struct {
			char type;
			mode_t mode;
		} types[] = {{'f', AE_IFREG}, {'d', AE_IFDIR}, {'l', AE_IFLNK}, {'h', AE_IFREG}, {'c', AE_IFCHR}, {'p', AE_IFIFO}};
		struct archive_entry *entry = archive_entry_new();
		size_t len = members[i].data ? strlen(members[i].data) : 0, size = members[i].size ? members[i].size : len;
		archive_entry_set_pathname(entry, members[i].path);
		for (size_t j = 0; j < ARRAY_SIZE(types); j++) {
			if (types[j].type == members[i].type)
				archive_entry_set_filetype(entry, types[j].mode);
		}
		archive_entry_set_perm(entry, 0644);
		archive_entry_set_size(entry, members[i].type == 'f' ? (la_int64_t)size : 0);
		if (members[i].type == 'l')
			archive_entry_set_symlink(entry, members[i].data);
		if (members[i].type == 'h')
			archive_entry_set_hardlink(entry, members[i].data);
		assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
		if (members[i].type == 'f') {
			assert_int_equal(archive_write_data(a, members[i].data, len), len);
			for (size_t done = len; done < size; done += sizeof(zeros))
				archive_write_data(a, zeros, size - done < sizeof(zeros) ? size - done : sizeof(zeros));
		}
		archive_entry_free(entry);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return used;
}

static int open_bytes(const char *bytes, size_t n, struct snapshot **snap)
{
	struct hostdir dir;
	char path[128];
	hostdir_make(&dir);
	hostdir_bytes(&dir, "no-name-that-tells", bytes, n);
	snprintf(path, sizeof(path), "%s/no-name-that-tells", dir.path);
	int err = source_open(path, NULL, snap);
	hostdir_remove(&dir);
	assert_non_null(*snap);
	assert_int_equal(err != 0, (*snap)->problems_n && (*snap)->problems[(*snap)->problems_n - 1].fatal);
	return err;
}

static char buf[1 << 20];

static struct snapshot *open_members(const struct member *members, size_t n, enum packing packing)
{
	struct snapshot *snap;
	size_t used = pack(members, n, packing, buf, sizeof(buf));
	int err = open_bytes(buf, used, &snap);
	if (err)
		fail_msg("%s", first_problem(snap));
	return snap;
}

static const struct member host[] = {
	{"sosreport-x/", 'd', NULL, 0},
	{"sosreport-x/" FN, 'l', "../../../devices/pci0000:00/0000:01:00.0", 0},
	{"sosreport-x/sys/devices/pci0000:00/0000:01:00.0/config", 'f', "\x86\x80", 256},
	{"sosreport-x/sys/devices/pci0000:00/0000:01:00.0/resource", 'f', "0x0 0x0 0x0\n", 0},
	{"sosreport-x/sys/devices/pci0000:00/0000:01:00.0/driver", 'l', "../../../bus/pci/drivers/igb", 0},
	{"sosreport-x/dmesg", 'f', "[    0.000000] Linux version 6.12.9\n", 0},
	{"sosreport-x/var/log/huge", 'f', "not kept", 100000},
};

static void test_host(void **unused)
{
	(void)unused;
	for (enum packing packing = PLAIN; packing < PACKINGS; packing++) {
		struct snapshot *snap = open_members(host, ARRAY_SIZE(host), packing);
		assert_int_equal(snap->kind, SOURCE_ARCHIVE);
		const struct item *config = snapshot_at(snap, NULL, FN "/config");
		assert_non_null(config);
		assert_int_equal(config->config->size, 256);
		assert_string_equal(snapshot_link_name(snap, NULL, FN "/driver"), "igb");
		assert_int_equal(snapshot_state(snap, NULL, FN "/iommu_group"), ITEM_ABSENT);
		assert_int_equal(snapshot_state(snap, NULL, "dmesg"), ITEM_PRESENT);
		assert_null(snapshot_at(snap, NULL, "var"));
		snapshot_free(snap);
	}
}

static void test_hostile_members(void **unused)
{
	(void)unused;
	static const struct member members[] = {
		{"../../etc/passwd", 'f', "x", 0},
		{"sys/../../dmesg", 'f', "x", 0},
		{"/proc/version", 'f', "Linux version 6\n", 0},
		{"proc/cmdline", 'l', "/etc/passwd", 0},
		{"proc/modules", 'l', "../../../../../etc/passwd", 0},
		{"proc/iomem", 'l', "iomem", 0},
		{"lspci", 'c', NULL, 0},
		{"bios", 'p', NULL, 0},
		{"through", 'l', "/etc", 0},
		{"through/passwd", 'f', "x", 0},
		{"transcript", 'f', "first", 0},
		{"transcript", 'f', "last", 0},
		{"dmesg", 'h', "transcript", 0},
		{"etc/os-release", 'h', "etc/os-release", 0},
		{"etc/default/grub", 'h', "../../../etc/passwd", 0},
		{"proc/version/below", 'f', "x", 0},
		{"proc", 'f', "x", 0},
		{"", 'f', "x", 0},
	};
	struct snapshot *snap = open_members(members, ARRAY_SIZE(members), PLAIN);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "proc/version"), "Linux version 6\n"));
	assert_null(snapshot_bytes(snap, NULL, "proc/cmdline").p);
	assert_null(snapshot_bytes(snap, NULL, "proc/modules").p);
	assert_null(snapshot_bytes(snap, NULL, "proc/iomem").p);
	assert_null(snapshot_bytes(snap, NULL, "lspci").p);
	assert_null(snapshot_bytes(snap, NULL, "bios").p);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "transcript"), "last"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "dmesg"), "last"));
	assert_int_equal(snapshot_bytes(snap, NULL, "etc/os-release").n, 0);
	assert_int_equal(snapshot_bytes(snap, NULL, "etc/default/grub").n, 0);
	assert_true(snap->problems_n >= 4);
	snapshot_free(snap);
}

static void test_truncated(void **unused)
{
	(void)unused;
	static char whole[1 << 20];
	for (enum packing packing = PLAIN; packing < PACKINGS; packing++) {
		size_t used = pack(host, ARRAY_SIZE(host), packing, whole, sizeof(whole));
		for (size_t i = 0; i < 64; i++) {
			struct snapshot *snap;
			size_t n = used * i / 64;
			if (open_bytes(whole, n, &snap) == 0)
				fail_msg("packing %d: cut to %zu of %zu bytes and taken for whole", (int)packing, n, used);
			snapshot_free(snap);
		}
		for (size_t block = 512; packing == PLAIN && block + 1024 < used; block += 512) { /* each boundary */
			struct snapshot *snap;
			bool empty = true;
			for (size_t i = block - 512; i < block; i++)
				empty &= !whole[i];
			int err = open_bytes(whole, block, &snap);
			if (!err && !empty)
				fail_msg("cut at block %zu and taken for whole", block / 512);
			snapshot_free(snap);
		}
	}
}

/* Bytes turned over: an error or a host, never a crash. */
static void test_damaged(void **unused)
{
	(void)unused;
	static char whole[1 << 20];
	uint32_t seed = 3;
	for (unsigned round = 0; round < 400; round++) {
		struct snapshot *snap;
		size_t used = pack(host, ARRAY_SIZE(host), (enum packing)(round % PACKINGS), whole, sizeof(whole));
		for (unsigned i = 0; i < 8; i++) {
			seed = seed * 1664525 + 1013904223;
			whole[(seed >> 8) % (used < 4096 ? used : 4096)] ^= (char)(1 << (seed & 7));
		}
		(void)open_bytes(whole, used, &snap);
		snapshot_free(snap);
	}
}

/* One file, packed: what is in it is libarchive's to read. */
static size_t gzip(const char *bytes, size_t n, char *to, size_t room)
{
	struct archive *a = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	size_t used = 0;
	assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter_gzip(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
	archive_entry_set_pathname(entry, "a");
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, bytes, n), n);
	archive_entry_free(entry);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return used;
}

static void assert_same_items(const struct item *a, const struct item *b)
{
	for (; a && b; a = a->next, b = b->next) {
		assert_string_equal(a->name, b->name);
		assert_int_equal(a->kind, b->kind);
		assert_int_equal(a->state, b->state);
		assert_int_equal(a->complete, b->complete);
		assert_int_equal(a->size, b->size);
		assert_true(slice_same(a->data, b->data));
		assert_same_items(a->child, b->child);
	}
	assert_true(!a && !b);
}

/* What the reader of plain archives takes, libarchive takes as well, and for the same host: whatever bytes a header holds. */
static void test_same_as_libarchive(void **unused)
{
	(void)unused;
	static char whole[1 << 20], packed[1 << 20];
	static const char bytes[] = {0, 1, ' ', '/', '.', '0', '1', '2', '3', '5', '7', 'L', 'g', 'x', 'S', 'u', '\x7f', (char)0x80, (char)0xff};
	unsigned taken = 0;
	uint32_t seed = 11;
	for (unsigned round = 0; round < 1000; round++) {
		struct tree tree;
		size_t used = pack(host, ARRAY_SIZE(host), PLAIN, whole, sizeof(whole)), headers[16], n = 0;
		for (size_t at = 0; whole[at] && n < ARRAY_SIZE(headers); n++) {
			size_t size = (size_t)strtoul(whole + at + 124, NULL, 8);
			headers[n] = at;
			at += TAR_BLOCK + (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
		}
		for (unsigned i = 0; i < 1 + round % 3; i++) {
			seed = seed * 1664525 + 1013904223;
			char *header = whole + headers[(seed >> 8) % n];
			seed = seed * 1664525 + 1013904223;
			header[(seed >> 8) % (round % 2 ? 512 : 350)] = bytes[(seed >> 20) % sizeof(bytes)];
			unsigned sum = 0;
			memset(header + 148, ' ', 8);
			for (unsigned j = 0; j < 512; j++)
				sum += (unsigned char)header[j];
			snprintf(header + 148, 7, "%06o", sum);
		}
		assert_int_equal(tree_new(&tree, 1 << 24), 0);
		bool plain = !tar_read((struct slice){whole, used}, &tree);
		tree_free(&tree);
		if (!plain)
			continue;
		struct snapshot *a, *b;
		int err = open_bytes(whole, used, &a), other = open_bytes(packed, gzip(whole, used, packed, sizeof(packed)), &b);
		if (err != other)
			fail_msg("round %u: %d, libarchive %d: %s", round, err, other, first_problem(b));
		assert_int_equal(a->problems_n, b->problems_n);
		assert_same_items(a->root, b->root);
		snapshot_free(a);
		snapshot_free(b);
		taken++;
	}
	assert_in_range(taken, 100, 950); /* both happen */
}

static void test_bomb(void **unused)
{
	(void)unused;
	static char bomb[4 << 20];
	static const struct member members[] = {
		{"var/zeros", 'f', "", (size_t)600 << 20},
	};
	struct snapshot *snap;
	size_t used = pack(members, ARRAY_SIZE(members), GZIP, bomb, sizeof(bomb));
	assert_int_equal(open_bytes(bomb, used, &snap), -EFBIG);
	assert_non_null(strstr(first_problem(snap), "unpack to more"));
	snapshot_free(snap);
}

static void test_no_host(void **unused)
{
	(void)unused;
	static const struct member strangers[] = {{"README", 'f', "x", 0}, {"src/main.c", 'f', "x", 0}};
	struct snapshot *snap;
	size_t used = pack(strangers, ARRAY_SIZE(strangers), PLAIN, buf, sizeof(buf));
	assert_int_equal(open_bytes(buf, used, &snap), -ENODATA);
	snapshot_free(snap);
	used = pack(strangers, 0, PLAIN, buf, sizeof(buf)); /* only its end */
	assert_int_not_equal(open_bytes(buf, used, &snap), 0);
	snapshot_free(snap);
	used = pack(strangers, 0, GZIP, buf, sizeof(buf));
	assert_int_not_equal(open_bytes(buf, used, &snap), 0);
	snapshot_free(snap);
}

static void test_sosreport(void **unused)
{
	(void)unused;
	static const struct member members[] = {
		{"sosreport-h/sos_commands/pci/lspci_-nnvv", 'f', "01:00.0 Ethernet controller [0200]: Intel [8086:10c9]\n", 0},
		{"sosreport-h/sos_commands/kernel/dmesg", 'f', "[    0.000000] Linux version 6.12.9\n", 0},
		{"sosreport-h/sos_commands/kernel/dmesg_-T", 'f', "[Sun] the second is not used\n", 0},
		{"sosreport-h/sos_commands/kernel/lsmod", 'f', "Module                  Size  Used by\nigb  278528  0\ndca 16384 1 igb\n", 0},
		{"sosreport-h/sos_commands/kernel/uname_-a", 'f', "Linux h 6.12.9-amd64 #1 SMP x86_64 GNU/Linux\n", 0},
		{"sosreport-h/sos_commands/hardware/dmidecode", 'f',
		 "# dmidecode 3.4\n\nHandle 0x1, DMI type 1\nSystem Information\n\tManufacturer: Dell Inc.\n\tProduct Name: R750\n\tSerial Number: 42\n", 0},
		{"sosreport-h/sos_commands/libvirt/virt-host-validate", 'f', "QEMU: Checking for IOMMU: PASS\n", 0},
		{"sosreport-h/proc/bus/pci/01/00.0", 'f', "\x86\x80\xc9\x10", 256},
		{"sosreport-h/proc/bus/pci/0001:02/00.0", 'f', "\x86\x80\xc9\x10", 4096},
		{"sosreport-h/proc/bus/pci/devices", 'f', "0100\n", 0},
		{"sosreport-h/proc/cmdline", 'f', "ro\n", 0},
		{"sosreport-h/usr/lib/os-release", 'f', "ID=rhel\n", 0},
		{"sosreport-h/etc/os-release", 'l', "../usr/lib/os-release", 0},
	};
	struct snapshot *snap = open_members(members, ARRAY_SIZE(members), XZ);
	assert_int_equal(snap->kind, SOURCE_SOSREPORT);
	assert_int_equal(snapshot_at(snap, NULL, FN "/config")->config->size, 256);
	assert_int_equal(snapshot_at(snap, NULL, "sys/bus/pci/devices/0001:02:00.0/config")->config->size, 4096);
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "lspci"), "01:00.0 "));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "dmesg"), "[    0.000000] Linux"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "proc/modules"),
			     "igb 278528 0 - Live 0x0000000000000000\ndca 16384 1 - Live 0x0000000000000000\n"));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "proc/version"), "Linux version 6.12.9-amd64 "));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/class/dmi/id/sys_vendor"), "Dell Inc."));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "etc/os-release"), "ID=rhel\n"));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "transcript"), "# virt-host-validate\nQEMU:"));
	assert_int_equal(snapshot_state(snap, NULL, "proc/iomem"), ITEM_NOT_CAPTURED);
	snapshot_free(snap);
}

/* What commands said in other ways, or not at all: what is there is taken, the host's own files come first. */
static void test_odd_sosreport(void **unused)
{
	(void)unused;
	static const struct member members[] = {
		{"s/sos_commands/kernel/lsmod", 'f', "Module Size Used by\nigb 5\n\nonly\nx y z\nixgbe 7 1234567890123456789012345\n", 0},
		{"s/sos_commands/kernel/uname_-a", 'f', "Darwin h 1 x\n", 0},
		{"s/sos_commands/host/uname", 'f', "Linux h 6.1.0 #1\n", 0},
		{"s/sos_commands/hardware/dmidecode", 'f',
		 "\tVendor: nobody's\nBIOS Information\n    Vendor: Example\n\tno colon\n\tUnknown: x\n\n\tVersion: 2\nOther Information\n\tVendor: wrong\n", 0},
		{"s/sos_commands/general/dmidecode", 'f', "BIOS Information\n\tVendor: second\n\tRelease Date: 2026\n", 0},
		{"s/sos_commands/pci/lspci", 'f', "01:00.0 Ethernet controller [0200]: Intel [8086:10c9]\n", 0},
		{"s/sos_commands/kernel/dmesg", 'd', NULL, 0},
		{"s/var/log/dmesg", 'f', "[    0.000000] Linux version 6.1.0\n", 0},
		{"s/sos_commands/mellanox_firmware/mstconfig_-d_01:00.0_q", 'f', "SRIOV_EN True(1)\n", 0},
		{"s/sos_commands/mellanox_firmware/sub/x", 'f', "x\n", 0},
		{"s/sos_commands/processor/lscpu", 'f', "Vendor ID: GenuineIntel\n", 0},
		{"s/sos_commands/processor/other", 'f', "not taken\n", 0},
		{"s/proc/bus/pci/01/00.0", 'f', "\x86\x80\xc9\x10", 100},
		{"s/proc/bus/pci/01/00.10", 'f', "\x86\x80\xc9\x10", 256},
		{"s/proc/bus/pci/01/zz.0", 'f', "\x86\x80\xc9\x10", 256},
		{"s/proc/bus/pci/01/01.0", 'd', NULL, 0},
		{"s/proc/bus/pci/00000000000000/00.0", 'f', "\x86\x80\xc9\x10", 256},
		{"s/proc/bus/pci/02/00.0", 'f', "\x86\x80\xc9\x10", 64},
		{"s/sys/bus/pci/devices/0000:02:00.0/config", 'f', "\x86\x80\xca\x10", 64},
		{"s/sys/class/dmi/id/bios_date", 'f', "2025\n", 0},
	};
	struct snapshot *snap = open_members(members, ARRAY_SIZE(members), PLAIN);
	assert_int_equal(snap->kind, SOURCE_SOSREPORT);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "proc/modules"),
			     "igb 5 0 - Live 0x0000000000000000\nixgbe 7 12345678901234567890 - Live 0x0000000000000000\n"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "proc/version"), "Linux version 6.1.0 #1\n"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/class/dmi/id/bios_vendor"), "Example"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/class/dmi/id/bios_version"), "2"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/class/dmi/id/bios_date"), "2025\n"));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "dmesg"), "[    0.000000] Linux"));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "lspci"), "01:00.0"));
	assert_true(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/config")->config->from_text); /* of lspci, not the 100 bytes */
	assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:01.0/config"));
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:02:00.0/config"), "\x86\x80\xca\x10"));
	struct slice session = snapshot_bytes(snap, NULL, "transcript");
	assert_true(slice_has(session, "# mstconfig -d 01:00.0 q\nSRIOV_EN") && slice_has(session, "# lscpu\n") && !slice_has(session, "not taken"));
	snapshot_free(snap);

	/* of nothing that can be read nothing is made */
	static const struct member empty[] = {
		{"sos_commands/kernel/lsmod", 'f', "nothing\n", 0}, {"sos_commands/kernel/uname_-a", 'f', "", 0}, {"sos_commands/host/uname", 'f', "Linux\n", 0},
		{"sos_commands/dpdk/x", 'd', NULL, 0}, {"proc", 'f', "no folder", 0}, {"sys", 'f', "no folder", 0}, {"dmesg", 'f', "[    1.0] x\n", 0},
		{"sos_commands/general/dmidecode", 'f', "BIOS Information\n\tVendor: x\n", 0},
	};
	snap = open_members(empty, ARRAY_SIZE(empty), PLAIN);
	assert_int_equal(snap->kind, SOURCE_SOSREPORT);
	assert_null(snapshot_bytes(snap, NULL, "proc/modules").p);
	assert_null(snapshot_bytes(snap, NULL, "proc/version").p);
	assert_null(snapshot_bytes(snap, NULL, "transcript").p);
	snapshot_free(snap);
}

/* Which names stand at the top of a host's root: an archive wraps it in a folder of another name, or does not. */
static void test_tops(void **unused)
{
	(void)unused;
	static const char *const tops[] = {"sys", "sys/bus", "proc", "dmesg", "usr/lib", "var", "sos_commands/x", "version.txt", ".sriov-capture", "boot"};
	static const char *const others[] = {"", "/", "sysx", "sy", "host/sys", "usrx", "version", "sos_command"};
	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		assert_true(captured_top(slice_of(tops[i])));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(captured_top(slice_of(others[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_odd_sosreport), cmocka_unit_test(test_tops),
		cmocka_unit_test(test_host),    cmocka_unit_test(test_hostile_members), cmocka_unit_test(test_truncated), cmocka_unit_test(test_damaged), cmocka_unit_test(test_same_as_libarchive),
		cmocka_unit_test(test_bomb),    cmocka_unit_test(test_no_host),         cmocka_unit_test(test_sosreport),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

/* Without libarchive an archive is known for what it is, and cannot be read. */
static void test_error(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct snapshot *snap;
	char path[128];
	hostdir_make(&dir);
	hostdir_bytes(&dir, "a", "\x1f\x8b\x08", 3);
	snprintf(path, sizeof(path), "%s/a", dir.path);
	assert_int_equal(source_open(path, NULL, &snap), -ENOSYS);
	assert_non_null(strstr(first_problem(snap), "cannot read archives"));
	snapshot_free(snap);
	hostdir_remove(&dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_error)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
