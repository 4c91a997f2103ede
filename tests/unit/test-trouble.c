/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources while memory, or the kernel, lets them down at every place in turn: what is read is the same, or it is an error, or what is
 * lacking is said. Nothing is taken for absent that could not be read.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/pci_regs.h>
#include <sys/mman.h>

#include "failing.h"
#include "unit.h"
#include "hostdir.h"
#include "report/sink.h"
#include "source/child.h"
#include "source/dump-file.h"
#include "source/expect.h"
#include "source/input.h"
#include "source/kernel-log.h"
#include "source/root.h"
#include "source/source.h"
#include "util/strbuf.h"

#define FN     "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0"
#define DEPTH  12
#define ERRORS 8

static const int errors[ERRORS] = {0, EINTR, EIO, EACCES, ENOMEM, ENOSYS, EPERM, ENOENT};

/* All that a snapshot says, its problems last. */
static void tell(struct strbuf *to, struct snapshot *snap, const struct item *dir)
{
	for (const struct item *item = dir->child; item; item = item->next) {
		strbuf_printf(to, "%s %s kind %d complete %d error %d, %zu bytes, config %d\n", snapshot_path(snap, item), item_state_name(item->state),
			      (int)item->kind, item->complete, item->err, item->data.n, item->config ? (int)item->config->size : -1);
		strbuf_put(to, item->data.p, item->data.n);
		tell(to, snap, item);
	}
}

static struct strbuf all_of(struct snapshot *snap)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "manifest %d\n", snap->has_manifest);
	tell(&text, snap, snap->root);
	for (size_t i = 0; i < snap->problems_n; i++)
		strbuf_printf(&text, "problem %u %d %s; %s\n", snap->problems[i].line, snap->problems[i].fatal, snap->problems[i].what, snap->problems[i].advice);
	assert_int_equal(text.err, 0);
	return text;
}

static size_t denied(const struct item *dir)
{
	size_t n = dir->state == ITEM_DENIED;
	for (const struct item *item = dir->child; item; item = item->next)
		n += denied(item);
	return n;
}

/* As who calls the walk. */
static int said(struct snapshot *snap, int err)
{
	return snap && err ? source_fail(snap, err, 0, "see the errno", "cannot be read: %s", strerror(-err)) : err;
}

/* Is anything that was there said to be absent? */
static bool denies(struct snapshot *whole, const struct item *dir, const struct snapshot *now)
{
	for (const struct item *item = dir->child; item; item = item->next) {
		if (item->state == ITEM_PRESENT && snapshot_state(now, NULL, snapshot_path(whole, item)) == ITEM_ABSENT)
			return true;
		if (denies(whole, item, now))
			return true;
	}
	return false;
}

/* Reads from the folder, or from the file "it" in it. */
typedef int reader(const struct hostdir *dir, struct snapshot **out);

static int open_file(const struct hostdir *dir, struct snapshot **out)
{
	char path[128];
	snprintf(path, sizeof(path), "%s/it", dir->path);
	return source_open(path, NULL, out);
}

static int open_folder(const struct hostdir *dir, struct snapshot **out)
{
	return source_open(dir->path, NULL, out);
}

static int walk_own(const struct hostdir *dir, struct snapshot **out)
{
	struct view view = view_dir(dir->fd);
	view.own_resolver = true;
	*out = snapshot_new(dir->path);
	return said(*out, *out ? root_walk(&view, NULL, *out) : -ENOMEM);
}

static int live_config(void *data, const struct sriov_addr *addr, bool is_vf, uint64_t size, uint8_t *bytes, uint8_t *known, size_t *len)
{
	(void)data;
	(void)addr;
	(void)is_vf;
	memset(bytes, 0x11, 64);
	memset(known, 0xff, 64);
	*len = size < 64 ? (size_t)size : 64;
	return 0;
}

static int live_attributes(void *data, struct slow_attr *attrs, size_t n, struct arena *arena)
{
	return slow_read(*(const int *)data, attrs, n, 10000, arena);
}

static int walk_live(const struct hostdir *dir, struct snapshot **out)
{
	struct view view = view_dir(dir->fd);
	int fd = dir->fd;
	struct live live = {.data = &fd, .config = live_config, .attributes = live_attributes};
	view.live = true;
	*out = snapshot_new("");
	return said(*out, *out ? root_walk(&view, &live, *out) : -ENOMEM);
}

static int read_log(const struct hostdir *dir, struct snapshot **out)
{
	(void)dir;
	*out = snapshot_new("");
	return said(*out, *out ? kernel_log_read(*out) : -ENOMEM);
}

static void check(const struct hostdir *dir, reader *read, const char *name)
{
	struct snapshot *whole;
	if (read(dir, &whole))
		fail_msg("%s: %s", name, first_problem(whole));
	struct strbuf right = all_of(whole);
	for (size_t e = read == walk_live; e <= ERRORS; e++) { /* sysfs gives an attribute in one read */
		bool failed;
		do {
			struct snapshot *snap = NULL;
			if (e == ERRORS)
				failing_arm();
			else
				failing_arm_calls(errors[e]);
			int err = read(dir, &snap);
			failed = failing_disarm();
			struct strbuf now = {0};
			bool same = false, told = false;
			if (snap) {
				now = all_of(snap);
				same = now.len == right.len && !memcmp(now.text, right.text, now.len);
				told = snap->problems_n > whole->problems_n || denied(snap->root) > denied(whole->root);
				/* of this host, what a link leads to and cannot be read is not captured: that says it too */
				told |= read == walk_live && !denies(whole, whole->root, snap);
			}
			bool gone = e < ERRORS && errors[e] == ENOENT; /* nobody can tell that it was there */
			bool good = err ? failed && err < 0 && (told || err == -ENOMEM || !snap->name) : same || (failed && (told || gone) && e != ERRORS);
			if (!good) {
				failing_tell();
				fail_msg("%s: fault %zu: error %d, %s: %s", name, e, err, same ? "all is there" : told ? "something is said" : "nothing is said", now.text);
			}
			strbuf_free(&now);
			snapshot_free(snap);
		} while (failed);
	}
	strbuf_free(&right);
	snapshot_free(whole);
}

static void make_host(const struct hostdir *dir)
{
	uint8_t config[4096] = {0x86, 0x80, 0xc9, 0x10};
	hostdir_bytes(dir, FN "/config", config, sizeof(config));
	hostdir_file(dir, FN "/resource", "0x0 0x0 0x0\n");
	hostdir_file(dir, FN "/uevent", "");
	hostdir_file(dir, FN "/power_state", "D0\n");
	hostdir_file(dir, FN "/sriov_totalvfs", "7\n");
	hostdir_file(dir, FN "/sriov_numvfs", "1\n");
	hostdir_file(dir, FN "/net/eth0/flags", "0x1003\n");
	hostdir_link(dir, FN "/driver", "../../../../bus/pci/drivers/igb");
	hostdir_link(dir, FN "/virtfn0", "../0000:01:10.0");
	hostdir_link(dir, FN "/iommu_group", "../../../../kernel/iommu_groups/1");
	hostdir_bytes(dir, "sys/devices/pci0000:00/0000:00:01.0/config", config, 256);
	hostdir_file(dir, "sys/devices/pci0000:00/0000:00:01.0/uevent", "");
	hostdir_link(dir, "sys/bus/pci/devices/0000:00:01.0", "../../../devices/pci0000:00/0000:00:01.0");
	hostdir_link(dir, "sys/bus/pci/devices/0000:01:00.0", "../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0");
	hostdir_bytes(dir, "sys/bus/pci/devices/0000:02:00.0/config", config, 64);
	hostdir_file(dir, "sys/bus/pci/devices/0000:02:00.0/uevent", "");
	hostdir_link(dir, "sys/class/net/eth0", "../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0");
	hostdir_file(dir, "sys/class/net/eth1/device/vendor", "0x8086\n");
	hostdir_dir(dir, "sys/kernel/iommu_groups/1/devices");
	hostdir_file(dir, "sys/firmware/acpi/tables/DMAR", "DMAR");
	hostdir_file(dir, "sys/module/igb/parameters/max_vfs", "0\n");
	hostdir_file(dir, "proc/version", "Linux version 6.12.9 (x)\n");
	hostdir_file(dir, "proc/modules", "igb 1 0 - Live 0x0\n");
	hostdir_file(dir, "etc/modprobe.d/igb.conf", "options igb max_vfs=7\n");
	hostdir_file(dir, "boot/config-6.12.9", "CONFIG_PCI_IOV=y\n");
	hostdir_file(dir, "var/log", "[    0.000000] Linux version 6.12.9\n");
	hostdir_link(dir, "dmesg", "var/log");
	hostdir_link(dir, "etc/os-release", "/usr/lib/os-release");
	hostdir_file(dir, "usr/lib/os-release", "ID=debian\n");
}

static void test_folder(void **unused)
{
	(void)unused;
	struct hostdir dir;
	hostdir_make(&dir);
	make_host(&dir);
	check(&dir, open_folder, "folder");
	check(&dir, walk_own, "folder, own resolver");
	check(&dir, walk_live, "live");
	hostdir_file(&dir, "sys/bus/pci/devices/0000:02:00.0/config.known", "size 0x1000\n0x000-0x03f\n");
	hostdir_file(&dir, ".sriov-capture", "proc/cmdline\tabsent\nproc/iomem\tdenied 13\nsys/class/iommu\tabsent\n");
	check(&dir, open_folder, "capture");
	hostdir_remove(&dir);
}

static void test_sosreport(void **unused)
{
	(void)unused;
	uint8_t config[256] = {0x86, 0x80, 0xc9, 0x10};
	struct hostdir dir;
	hostdir_make(&dir);
	hostdir_bytes(&dir, "proc/bus/pci/01/00.0", config, sizeof(config));
	hostdir_bytes(&dir, "proc/bus/pci/0001:02/00.1", config, sizeof(config));
	hostdir_file(&dir, "proc/bus/pci/devices", "0100\n");
	hostdir_file(&dir, "sos_commands/pci/lspci_-nnvv", "01:00.0 Ethernet controller [0200]: Intel [8086:10c9]\n");
	hostdir_file(&dir, "sos_commands/kernel/dmesg", "[    0.000000] Linux version 6.12.9\n");
	hostdir_file(&dir, "sos_commands/kernel/lsmod", "Module Size Used by\nigb 278528 0\ndca 16384 1 igb\n");
	hostdir_file(&dir, "sos_commands/kernel/uname_-a", "Linux h 6.12.9-amd64 #1 SMP x86_64 GNU/Linux\n");
	hostdir_file(&dir, "sos_commands/hardware/dmidecode", "System Information\n\tManufacturer: Dell Inc.\n\tProduct Name: R750\n");
	hostdir_file(&dir, "sos_commands/libvirt/virt-host-validate", "QEMU: Checking for IOMMU: PASS\n");
	check(&dir, open_folder, "sosreport");
	hostdir_remove(&dir);
}

static const char hex_dump[] = "01:00.0 Ethernet controller: Intel Corporation 82576\n"
			       "00: 86 80 c9 10 06 04 10 00 01 00 00 02 10 00 80 00\n"
			       "10: 00 00 00 f0 00 00 00 00 00 00 00 00 00 00 00 00\n"
			       "20: 00 00 00 00 00 00 00 00 00 00 00 00 86 80 4c a0\n"
			       "30: 00 00 00 00 40 00 00 00 00 00 00 00 0a 01 00 00\n\n";

static void test_files(void **unused)
{
	(void)unused;
	static const uint8_t config[256] = {0x86, 0x80, 0xc9, 0x10};
	static const char session[] = "$ cat /sys/bus/pci/devices/0000:01:00.0/sriov_totalvfs\n7\n# echo 4 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs\n"
				      "bash: echo: write error: Cannot allocate memory\n";
	static const char log[] = "[    0.000000] Linux version 6.12.9\n[    1.0] pci 0000:01:00.0: VF BAR 0 [mem size 0x4000]: no space\n";
	const struct {
		const char *name;
		const void *bytes;
		size_t n;
	} rows[] = {
		{"lspci", hex_dump, strlen(hex_dump)}, {"config", config, sizeof(config)}, {"session", session, strlen(session)}, {"log", log, strlen(log)},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct hostdir dir;
		hostdir_make(&dir);
		hostdir_bytes(&dir, "it", rows[i].bytes, rows[i].n);
		check(&dir, open_file, rows[i].name);
		hostdir_remove(&dir);
	}
}

static void test_log(void **unused)
{
	static const char *const rows[][2] = {
		{"<6>[    1.0] a\n<14>b\n", "[    1.0] a\nb\n"}, {"<6>no end", "no end"}, {"<>x\n<x>y\n<6 z\n<6", "<>x\n<x>y\n<6 z\n<6"},
		{"a <6>b\n\n<3>\n", "a <6>b\n\n\n"}, {"<", "<"}, {"<66666", "<66666"}, {"<0>", ""}, {"", ""},
	};
	(void)unused;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t n = strlen(rows[i][0]);
		char *exact = malloc(n ? n : 1);
		assert_non_null(exact);
		memcpy(exact, rows[i][0], n);
		n = kernel_log_drop_levels(exact, n);
		if (n != strlen(rows[i][1]) || memcmp(exact, rows[i][1], n))
			fail_msg("%s became %.*s", rows[i][0], (int)n, exact);
		free(exact);
	}
	check(NULL, read_log, "kernel log");
}

/*
 * Libraries that fail: what is loaded is called by way of a function here, each of its own place. In this process, so that it is seen.
 */
#define CALLS 64

typedef long library_call(long a, long b, long c, long d, long e, long f);
static struct {
	library_call *real;
	const char *name;
	bool pointer, reads; /* what it gives; may it be told to try again? */
} loaded[CALLS];
static size_t loaded_n;
static bool in_process; /* what would be a child's work, and libraries that fail */

static long called(size_t i, long a, long b, long c, long d, long e, long f)
{
	bool again = failing_error() == EINTR && loaded[i].reads, fails = failing_error() == EIO || again;
	if (fails && failing_call())
		return loaded[i].pointer ? 0 : again ? -10 : -30; /* ARCHIVE_RETRY, ARCHIVE_FATAL */
	return loaded[i].real(a, b, c, d, e, f);
}

#define STUB(n)     static long stub##n(long a, long b, long c, long d, long e, long f) { return called(n, a, b, c, d, e, f); }
#define EIGHT(X, n) X(n##0) X(n##1) X(n##2) X(n##3) X(n##4) X(n##5) X(n##6) X(n##7)
#define STUBS(X)    EIGHT(X, 1) EIGHT(X, 2) EIGHT(X, 3) EIGHT(X, 4) EIGHT(X, 5)
#define ADDRESS(n)  [n] = stub##n,
STUBS(STUB)
static library_call *const stubs[CALLS] = {STUBS(ADDRESS)};

static bool ends(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);
	return n >= m && !strcmp(name + n - m, end);
}

int __real_lazy_load(const char *library, const char *const *names, void **functions, size_t n);
int __wrap_lazy_load(const char *library, const char *const *names, void **functions, size_t n);
int __wrap_lazy_load(const char *library, const char *const *names, void **functions, size_t n)
{
	if (in_process && failing_call())
		return -ENOSYS;
	int err = __real_lazy_load(library, names, functions, n);
	loaded_n = 0;
	for (size_t i = 0; in_process && !err && i < n; i++) {
		bool pointer = ends(names[i], "_new") || ends(names[i], "_version") || ends(names[i], "entry_pathname") || ends(names[i], "ForMemory") ||
			       ends(names[i], "ReadString");
		bool works = strstr(names[i], "_support_") || strstr(names[i], "archive_write_") || strstr(names[i], "archive_read_") || ends(names[i], "ReaderRead");
		while (loaded_n < CALLS && !stubs[loaded_n])
			loaded_n++;
		if (loaded_n == CALLS || strstr(names[i], "_free") || !(pointer || works))
			continue; /* of what gives nothing back nothing can be told */
		memcpy(&loaded[loaded_n].real, &functions[i], sizeof(void *));
		loaded[loaded_n].name = names[i];
		loaded[loaded_n].pointer = pointer;
		loaded[loaded_n].reads = ends(names[i], "read_data") || ends(names[i], "next_header") || ends(names[i], "data_block");
		memcpy(&functions[i], &stubs[loaded_n++], sizeof(void *));
	}
	return err;
}

int __real_child_start(struct child *child, int (*work)(void *data, int fd), void *data, int file, size_t memory, unsigned seconds);
int __wrap_child_start(struct child *child, int (*work)(void *data, int fd), void *data, int file, size_t memory, unsigned seconds);
int __wrap_child_start(struct child *child, int (*work)(void *data, int fd), void *data, int file, size_t memory, unsigned seconds)
{
	int pipe_ends[2];
	if (!in_process)
		return __real_child_start(child, work, data, file, memory, seconds);
	if (pipe(pipe_ends))
		return -errno;
	int err = work(data, pipe_ends[1]);
	close(pipe_ends[1]);
	*child = (struct child){.pid = err ? 1 : 0, .fd = pipe_ends[0]};
	return 0;
}

int __real_child_end(struct child *child, bool drop);
int __wrap_child_end(struct child *child, bool drop);
int __wrap_child_end(struct child *child, bool drop)
{
	if (!in_process)
		return __real_child_end(child, drop);
	close(child->fd);
	return child->pid ? -1 : 0;
}

#ifdef HAVE_ARCHIVE
static bool is_empty(const struct hostdir *dir)
{
	return !rmdir(dir->path) && !mkdir(dir->path, 0755);
}

/* A capture is there as a whole, or nothing is and why is said; what was read of it is the host. */
static void test_capture(void **unused)
{
	(void)unused;
	static const char *const suffixes[] = {".tar", ".tar.gz"};
	struct hostdir host;
	struct snapshot *snap;
	hostdir_make(&host);
	make_host(&host);
	assert_int_equal(open_folder(&host, &snap), 0);
	for (size_t s = 0; s < ARRAY_SIZE(suffixes); s++) {
		struct hostdir dir;
		char path[128];
		const char *what;
		struct stat st;
		hostdir_make(&dir);
		snprintf(path, sizeof(path), "%s/c%s", dir.path, suffixes[s]);
		for (size_t e = 0; e <= ERRORS; e++) {
			bool failed;
			do {
				if (e == ERRORS)
					failing_arm();
				else
					failing_arm_calls(errors[e]);
				int err = capture_write(snap, path, true, &what);
				failed = failing_disarm();
				bool there = !stat(path, &st);
				if (there == (err != 0) || (err && (!failed || !what || !*what))) {
					failing_tell();
					fail_msg("%s: fault %zu: error %d, the file is %s there", suffixes[s], e, err, there ? "" : "not");
				}
				if (there)
					unlink(path);
				assert_true(is_empty(&dir));
			} while (failed);
		}
		snprintf(path, sizeof(path), "%s/it", dir.path);
		assert_int_equal(capture_write(snap, path, false, &what), 0);
		check(&dir, open_file, "archive");
		char packed[128];
		snprintf(packed, sizeof(packed), "%s/it.gz", dir.path);
		assert_int_equal(capture_write(snap, packed, false, &what), 0);
		assert_int_equal(rename(packed, path), 0);
		check(&dir, open_file, "packed archive");
		hostdir_remove(&dir);
	}
	snapshot_free(snap);
	hostdir_remove(&host);
}
#endif

#if defined(HAVE_ARCHIVE) && UINTPTR_MAX > UINT32_MAX
/* libarchive fails in each of its calls: no archive is taken for whole, none is left behind. */
static void test_libarchive(void **unused)
{
	(void)unused;
	static const char *const suffixes[] = {".tar", ".tar.gz", ".tar.xz", ".tar.zst"};
	static const int faults[] = {EIO, EINTR};
	struct hostdir host;
	struct snapshot *snap;
	hostdir_make(&host);
	hostdir_file(&host, "proc/cmdline", "ro\n");
	hostdir_file(&host, "sys/bus/pci/devices/0000:02:00.0/uevent", "");
	hostdir_file(&host, "sys/bus/pci/devices/0000:02:00.0/sriov_totalvfs", "7\n");
	hostdir_link(&host, "etc/os-release", "../usr/lib/os-release");
	assert_int_equal(open_folder(&host, &snap), 0);
	in_process = true;
	for (size_t s = 0; s < ARRAY_SIZE(suffixes); s++) {
		struct hostdir dir;
		char path[128], it[128];
		const char *what;
		struct stat st;
		hostdir_make(&dir);
		snprintf(path, sizeof(path), "%s/c%s", dir.path, suffixes[s]);
		snprintf(it, sizeof(it), "%s/it", dir.path);
		for (size_t e = 0; e < ARRAY_SIZE(faults); e++) {
			bool failed;
			do {
				what = "";
				failing_arm_calls(faults[e]);
				int err = capture_write(snap, path, false, &what);
				failed = failing_disarm();
				if ((stat(path, &st) == 0) == (err != 0) || (err && (!failed || !*what))) {
					failing_tell();
					fail_msg("%s: error %d", suffixes[s], err);
				}
				(void)unlink(path);
				assert_true(is_empty(&dir));
			} while (failed);
		}
		assert_int_equal(capture_write(snap, path, false, &what), 0);
		assert_int_equal(rename(path, it), 0);
		for (size_t e = 0; s && e < ARRAY_SIZE(faults); e++) {
			bool failed;
			do {
				struct snapshot *now = NULL;
				failing_arm_calls(faults[e]);
				int err = open_file(&dir, &now);
				failed = failing_disarm();
				if (err ? !failed || (err != -ENOMEM && !now->problems_n) : !slice_is(snapshot_bytes(now, NULL, "proc/cmdline"), "ro\n")) {
					failing_tell();
					fail_msg("%s: error %d: %s", suffixes[s], err, first_problem(now));
				}
				snapshot_free(now);
			} while (failed);
		}
		hostdir_remove(&dir);
	}
	in_process = false;
	snapshot_free(snap);
	hostdir_remove(&host);
}
#endif

#if UINTPTR_MAX > UINT32_MAX
/* A report to compare with is understood as a whole, or not. */
static void test_libxml(void **unused)
{
	(void)unused;
	static const char xml[] = "<sriov-report xmlns=\"urn:libsriov:report:1\"><function address=\"0000:01:00.0\"><capability id=\"0x0010\" name=\"SR-IOV\" offset=\"0x160\">"
				  "<field name=\"TotalVFs\" value=\"8\"/></capability></function></sriov-report>";
	bool failed;
	in_process = true;
	do {
		struct expected got = {0};
		unsigned line;
		const char *bad = NULL;
		failing_arm_calls(EIO);
		int err = expected_parse(slice_of(xml), &got, &line, &bad);
		failed = failing_disarm();
		if (err ? !failed || (err == -EINVAL && !bad) : got.n != 3) {
			failing_tell();
			fail_msg("error %d, %zu values, %s", err, got.n, bad ? bad : "");
		}
		expected_free(&got);
	} while (failed);
	in_process = false;
}
#endif

/* A long dump that passes by: each function as it is, or an error. */
static int pass(const struct hostdir *dir, unsigned *n)
{
	char path[128];
	struct dump_file file;
	static struct lspci_function fn;
	snprintf(path, sizeof(path), "%s/it", dir->path);
	int err = dump_file_open(&file, path, 1, NULL);
	for (*n = 0; !err; *n += !err)
		err = dump_file_next(&file, &fn);
	dump_file_close(&file);
	return err == -ENOENT ? 0 : err;
}

static void test_passing(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct strbuf text = {0};
	unsigned n;
	for (unsigned i = 0; i < 1000; i++)
		strbuf_printf(&text, "%02x:%02x.%x%s", 1 + i / 256, i / 8 % 32, i % 8, hex_dump + 7);
	assert_int_equal(text.err, 0);
	hostdir_make(&dir);
	hostdir_bytes(&dir, "it", text.text, text.len);
	assert_int_equal(pass(&dir, &n), 0);
	assert_int_equal(n, 1000);
	for (size_t e = 0; e <= ERRORS; e++) {
		bool failed;
		if (e < ERRORS && errors[e] == ENOENT) /* the end of the file */
			continue;
		do {
			if (e == ERRORS)
				failing_arm();
			else
				failing_arm_calls(errors[e]);
			int err = pass(&dir, &n);
			failed = failing_disarm();
			if (err ? !failed || err > 0 : n != 1000) {
				failing_tell();
				fail_msg("fault %zu: error %d after %u functions", e, err, n);
			}
		} while (failed);
	}
	strbuf_free(&text);
	hostdir_remove(&dir);
}

/* Pieces of many lengths, of which the long ones are written from where they are, out of memory that changes when they were settled. */
static int refer(int fd, struct strbuf *want)
{
	static char text[20000];
	struct sink out;
	want->len = 0;
	if (sink_to_fd(&out, fd))
		return -ENOMEM;
	for (unsigned i = 0; i < 200; i++) {
		size_t n = i * 7919 % sizeof(text);
		if (i % 50 == 0) {
			sink_settle(&out);
			memset(text, 'a' + (int)(i / 50), sizeof(text));
		}
		if (i % 3) {
			sink_puts(&out, "short");
			strbuf_puts(want, "short");
		}
		sink_refer(&out, text, n);
		strbuf_put(want, text, n);
	}
	return sink_close(&out);
}

static void test_sink(void **unused)
{
	(void)unused;
	struct strbuf want = {0}, got = {0};
	for (size_t e = 0; e < ERRORS; e++) {
		bool failed;
		do {
			FILE *file = tmpfile();
			assert_non_null(file);
			failing_arm_calls(errors[e]);
			int err = refer(fileno(file), &want);
			failed = failing_disarm();
			assert_int_equal(err, failed && errors[e] != EINTR ? -errors[e] : 0);
			got.len = 0;
			char *room = strbuf_room(&got, want.len);
			assert_non_null(room);
			rewind(file);
			size_t n = fread(room, 1, want.len, file);
			assert_memory_equal(room, want.text, n);
			if (!err) {
				assert_int_equal(n, want.len);
				assert_int_equal(fgetc(file), EOF);
			}
			(void)fclose(file);
		} while (failed);
	}
	strbuf_free(&want);
	strbuf_free(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folder), cmocka_unit_test(test_sosreport), cmocka_unit_test(test_files), cmocka_unit_test(test_log),
#ifdef HAVE_ARCHIVE
		cmocka_unit_test(test_capture),
#endif
#if defined(HAVE_ARCHIVE) && UINTPTR_MAX > UINT32_MAX
		cmocka_unit_test(test_libarchive),
#endif
#if UINTPTR_MAX > UINT32_MAX
		cmocka_unit_test(test_libxml),
#endif
		cmocka_unit_test(test_passing), cmocka_unit_test(test_sink),
	};
	failing_depth(DEPTH);
	int bad = cmocka_run_group_tests(tests, NULL, NULL);
	print_message("%zu places\n", failing_places());
	return bad;
}
