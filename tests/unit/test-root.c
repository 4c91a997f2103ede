/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk over a captured root, and over one that pretends to be live. */
#include <errno.h>
#include <linux/pci_regs.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "unit.h"
#include "hostdir.h"
#include "source/config-read.h"
#include "source/root.h"
#include "source/source.h"

#define FN "sys/bus/pci/devices/0000:01:00.0"

static struct snapshot *walk(const struct hostdir *dir, bool own_resolver)
{
	struct view view = view_dir(dir->fd);
	struct snapshot *snap = snapshot_new(dir->path);
	view.own_resolver = own_resolver;
	assert_int_equal(root_walk(&view, NULL, snap), 0);
	return snap;
}

static void test_function(void **unused)
{
	(void)unused;
	struct hostdir dir;
	uint8_t config[256] = {0x86, 0x80, 0xc9, 0x10};
	hostdir_make(&dir);
	hostdir_bytes(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/config", config, sizeof(config));
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/resource", "0x0 0x0 0x0\n");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/sriov_totalvfs", "7\n");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/rom", "never read");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/vpd", "never read");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0/flags", "0x1003\n");
	hostdir_link(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/driver", "../../../../bus/pci/drivers/igb");
	hostdir_link(&dir, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/virtfn0", "../0000:01:10.0");
	hostdir_link(&dir, "sys/class/net/eth0", "../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0");
	hostdir_link(&dir, "sys/class/net/lo", "../../devices/virtual/net/lo");
	hostdir_file(&dir, "sys/devices/virtual/net/lo/flags", "0x9\n");
	hostdir_file(&dir, "sys/module/igb/parameters/max_vfs", "0\n");
	hostdir_file(&dir, "sys/module/other/parameters/secret", "0\n");

	for (int own = 0; own < 2; own++) {
		struct snapshot *snap = walk(&dir, own);
		const struct item *fn = snapshot_at(snap, NULL, FN);
		assert_non_null(fn); /* found below sys/devices only */
		assert_true(fn->complete);
		const struct item *item = snapshot_at(snap, fn, "config");
		assert_non_null(item->config);
		assert_int_equal(item->config->size, 256);
		assert_memory_equal(item->config->view.p, config, sizeof(config));
		assert_string_equal(snapshot_link_name(snap, fn, "driver"), "igb");
		assert_string_equal(snapshot_link_name(snap, fn, "virtfn0"), "0000:01:10.0");
		assert_true(slice_is(snapshot_bytes(snap, fn, "sriov_totalvfs"), "7\n"));
		assert_int_equal(snapshot_state(snap, fn, "iommu_group"), ITEM_ABSENT);
		assert_null(snapshot_at(snap, fn, "rom"));
		assert_null(snapshot_at(snap, fn, "vpd"));
		assert_true(slice_is(snapshot_bytes(snap, fn, "net/eth0/flags"), "0x1003\n"));
		assert_null(snapshot_at(snap, NULL, "sys/devices/virtual/net/lo/flags"));
		assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/module/igb/parameters/max_vfs"), "0\n"));
		assert_null(snapshot_at(snap, NULL, "sys/module/other/parameters"));
		assert_int_equal(snapshot_state(snap, NULL, "proc/cmdline"), ITEM_NOT_CAPTURED);
		snapshot_free(snap);
	}
	hostdir_remove(&dir);
}

/* Whatever a link says, nothing outside of the root is read. */
static void test_links_stay_inside(void **unused)
{
	(void)unused;
	struct hostdir dir, outside;
	char path[128];
	hostdir_make(&dir);
	hostdir_make(&outside);
	hostdir_file(&outside, "secret", "SECRET");
	snprintf(path, sizeof(path), "%s/secret", outside.path);
	hostdir_link(&dir, "proc/cmdline", path);
	snprintf(path, sizeof(path), "../../../../../../../..%s/secret", outside.path);
	hostdir_link(&dir, "proc/version", path);
	hostdir_link(&dir, "proc/modules", "modules");
	hostdir_link(&dir, "proc/iomem", "../a");
	hostdir_link(&dir, "a", "b");
	hostdir_link(&dir, "b", "proc/iomem");
	hostdir_link(&dir, "dmesg", "/logs/../logs/./dmesg");
	hostdir_file(&dir, "logs/dmesg", "inside\n");
	hostdir_link(&dir, "sys/bus/pci/devices/0000:01:00.0", outside.path);
	hostdir_link(&dir, "sys/bus/pci/devices/0000:02:00.0", "../../../../../../../..");
	hostdir_link(&dir, "sys/bus/pci/devices/0000:03:00.0/config", path);
	hostdir_file(&dir, "sys/bus/pci/devices/0000:03:00.0/uevent", "");
	hostdir_link(&dir, "etc/modprobe.d", outside.path);
	snprintf(path, sizeof(path), "%s/bus", outside.path);
	hostdir_link(&outside, "bus/pci/devices/0000:04:00.0", "SECRET");
	struct hostdir bent;
	hostdir_make(&bent);
	hostdir_link(&bent, "sys/bus", path);
	hostdir_file(&bent, "sys/devices/pci0000:00/0000:04:00.0/uevent", "");
	for (int own = 0; own < 2; own++) {
		struct snapshot *snap = walk(&bent, own);
		const struct item *link = snapshot_at_nofollow(snap, NULL, "sys/bus/pci/devices/0000:04:00.0");
		assert_non_null(link); /* made for the function below sys/devices; the one outside is not looked at */
		assert_false(slice_is(link->data, "SECRET"));
		snapshot_free(snap);
	}
	hostdir_remove(&bent);

	for (int own = 0; own < 2; own++) {
		struct snapshot *snap = walk(&dir, own);
		assert_null(snapshot_bytes(snap, NULL, "proc/cmdline").p);
		assert_null(snapshot_bytes(snap, NULL, "proc/version").p);
		assert_null(snapshot_bytes(snap, NULL, "proc/modules").p);
		assert_null(snapshot_bytes(snap, NULL, "proc/iomem").p);
		assert_true(slice_is(snapshot_bytes(snap, NULL, "dmesg"), "inside\n"));
		assert_null(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:03:00.0/config").p);
		assert_null(snapshot_at(snap, NULL, "etc/modprobe.d/secret"));
		snapshot_free(snap);

		struct view view = view_dir(dir.fd);
		view.own_resolver = own;
		assert_int_equal(open_in_root(&view, "proc/cmdline", O_RDONLY), -ENOENT);
		assert_int_equal(open_in_root(&view, "proc/version", O_RDONLY), -ENOENT);
		assert_int_equal(open_in_root(&view, "a", O_RDONLY), -ELOOP);
		assert_int_equal(open_in_root(&view, "logs/dmesg/x", O_RDONLY), -ENOTDIR);
		int fd = open_in_root(&view, "../../logs//./../logs/dmesg", O_RDONLY);
		assert_true(fd >= 0);
		close(fd);
		fd = open_in_root(&view, "logs/..", O_RDONLY | O_DIRECTORY);
		assert_true(fd >= 0);
		struct stat a, b;
		assert_int_equal(fstat(fd, &a), 0);
		assert_int_equal(fstat(dir.fd, &b), 0);
		assert_int_equal(a.st_ino, b.st_ino);
		close(fd);
		char deep[PATH_MAX + 8];
		memset(deep, 'x', sizeof(deep) - 1);
		deep[sizeof(deep) - 1] = '\0';
		assert_int_equal(open_in_root(&view, deep, O_RDONLY), -ENAMETOOLONG);
	}
	hostdir_remove(&dir);
	hostdir_remove(&outside);
}

static void test_only_regular_files(void **unused)
{
	(void)unused;
	struct hostdir dir;
	hostdir_make(&dir);
	assert_int_equal(mkfifoat(dir.fd, "dmesg", 0644), 0);
	hostdir_dir(&dir, "lspci");
	hostdir_above(&dir, FN "/x");
	assert_int_equal(mkfifoat(dir.fd, FN "/resource", 0644), 0);
	hostdir_link(&dir, "transcript", "dmesg");
	struct snapshot *snap = walk(&dir, false); /* does not hang */
	assert_null(snapshot_bytes(snap, NULL, "dmesg").p);
	assert_null(snapshot_bytes(snap, NULL, FN "/resource").p);
	assert_int_equal(snap->problems_n, 3);
	assert_non_null(strstr(first_problem(snap), "no regular file"));
	snapshot_free(snap);
	hostdir_remove(&dir);
}

static int denied_as_nobody(const struct hostdir *dir)
{
	if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
		return 77;
	struct snapshot *snap = walk(dir, false);
	const struct item *file = snapshot_at(snap, NULL, "sys/firmware/acpi/tables/DMAR");
	const struct item *folder = snapshot_at(snap, NULL, "sys/kernel/iommu_groups");
	bool good = file && file->state == ITEM_DENIED && file->err == EACCES && folder && folder->state == ITEM_DENIED && folder->err == EACCES;
	snapshot_free(snap);
	return good ? 0 : 1;
}

static void test_denied(void **unused)
{
	(void)unused;
	struct hostdir dir;
	int status;
	hostdir_make(&dir);
	hostdir_file(&dir, "sys/firmware/acpi/tables/DMAR", "x");
	hostdir_dir(&dir, "sys/kernel/iommu_groups");
	assert_int_equal(fchmodat(dir.fd, "sys/firmware/acpi/tables/DMAR", 0, 0), 0);
	assert_int_equal(fchmodat(dir.fd, "sys/kernel/iommu_groups", 0, 0), 0);
	pid_t pid = fork();
	if (pid == 0)
		_exit(denied_as_nobody(&dir));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	hostdir_remove(&dir);
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Contract section 1: in a complete folder a missing name is absent, anywhere else it is not captured. */
static void test_folders(void **unused)
{
	(void)unused;
	static const struct {
		const char *files[4], *path;
		enum item_state state;
	} rows[] = {
		{{FN "/uevent"}, FN "/driver", ITEM_ABSENT},
		{{FN "/resource", FN "/config"}, FN "/driver", ITEM_ABSENT},
		{{FN "/resource"}, FN "/driver", ITEM_NOT_CAPTURED},
		{{FN "/config"}, FN "/driver", ITEM_NOT_CAPTURED},
		{{FN "/uevent"}, "sys/bus/pci/devices/0000:01:00.1", ITEM_NOT_CAPTURED},
		{{"sys/firmware/acpi/tables/DSDT"}, "sys/firmware/acpi/tables/DMAR", ITEM_ABSENT},
		{{"sys/firmware/acpi/x"}, "sys/firmware/acpi/tables/DMAR", ITEM_NOT_CAPTURED},
		{{FN "/uevent"}, "sys/class/iommu/dmar0", ITEM_ABSENT},
		{{FN "/uevent"}, "sys/kernel/iommu_groups/0", ITEM_ABSENT},
		{{FN "/uevent", "sys/kernel/iommu_groups/0/devices/x"}, "sys/kernel/iommu_groups/0/devices/y", ITEM_ABSENT},
		{{FN "/uevent", "sys/bus/pci/devices/0000:02:00.0/config"}, "sys/class/iommu/dmar0", ITEM_NOT_CAPTURED},
		{{"dmesg"}, "sys/class/iommu/dmar0", ITEM_NOT_CAPTURED},
		{{"proc/modules"}, "sys/module/igb", ITEM_ABSENT},
		{{"sys/module/igbvf/x"}, "sys/module/igb", ITEM_NOT_CAPTURED},
		{{"proc/version"}, "proc/cmdline", ITEM_NOT_CAPTURED},
		{{"sys/class/net/eth0/device/sriov_numvfs"}, "sys/class/net/eth0/device/sriov_numvfs", ITEM_PRESENT},
		{{"sys/class/net/eth0/device/sriov_numvfs"}, "sys/class/net/eth0/device/driver", ITEM_NOT_CAPTURED},
		{{FN "/sriov_numvfs"}, FN "/sriov_numvfs", ITEM_PRESENT},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct hostdir dir;
		hostdir_make(&dir);
		for (size_t j = 0; j < 4 && rows[i].files[j]; j++)
			hostdir_file(&dir, rows[i].files[j], "0\n");
		struct snapshot *snap = walk(&dir, false);
		if (snapshot_state(snap, NULL, rows[i].path) != rows[i].state)
			fail_msg("row %zu: %s is %s", i, rows[i].path, item_state_name(snapshot_state(snap, NULL, rows[i].path)));
		snapshot_free(snap);
		hostdir_remove(&dir);
	}
}

static void test_manifest(void **unused)
{
	(void)unused;
	struct hostdir dir;
	hostdir_make(&dir);
	hostdir_file(&dir, FN "/uevent", "");
	hostdir_file(&dir, "proc/cmdline", "ro\n");
	hostdir_file(&dir, "proc/modules", "");
	hostdir_file(&dir, ".sriov-capture",
		     "sys/firmware/acpi/tables/DMAR\tabsent\r\n"
		     "dmesg\tdenied 1\n"
		     "proc/cmdline\tpresent\n"
		     "bios\tredacted\n"
		     "sys/kernel/iommu_groups\tabsent\n"
		     "proc\tpresent\n"
		     "no state\n"
		     "a\tgone\n"
		     "../x\tabsent\n"
		     "b\tdenied 99999\n");
	struct snapshot *snap = walk(&dir, false);
	assert_true(snap->has_manifest);
	assert_int_equal(snapshot_state(snap, NULL, "sys/firmware/acpi/tables/DMAR"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/firmware/acpi/tables/IVRS"), ITEM_NOT_CAPTURED);
	assert_int_equal(snapshot_state(snap, NULL, "dmesg"), ITEM_DENIED);
	assert_int_equal(snapshot_at(snap, NULL, "dmesg")->err, 1);
	assert_int_equal(snapshot_state(snap, NULL, "bios"), ITEM_REDACTED);
	assert_int_equal(snapshot_state(snap, NULL, "sys/kernel/iommu_groups/3/devices"), ITEM_ABSENT);
	/* it decides: the folder rules are off, but for what it lists as a whole */
	assert_int_equal(snapshot_state(snap, NULL, FN "/driver"), ITEM_NOT_CAPTURED);
	assert_int_equal(snapshot_state(snap, NULL, "sys/module/igb"), ITEM_NOT_CAPTURED);
	assert_int_equal(snapshot_state(snap, NULL, "proc/iomem"), ITEM_ABSENT);
	assert_int_equal(snap->problems_n, 3);
	assert_int_equal(snap->problems[0].line, 7);
	snapshot_free(snap);
	hostdir_remove(&dir);
}

static void test_known(void **unused)
{
	(void)unused;
	static const struct {
		const char *text;
		size_t at;
		bool known;
		unsigned size;
	} rows[] = {
		{"size 0x1000\n0x000-0x03f\n", 0x3f, true, 4096}, {"size 0x1000\n0x000-0x03f\n", 0x40, false, 4096},
		{"0x000-0x0ff\n", 0xff, true, 256},               {"0x000-0x100\n", 0, false, 256},
		{"0x020-0x010\n", 0x10, false, 256},              {"rubbish", 0, false, 256},
		{"", 0, false, 256},                              {"size x\n", 0, false, 256},
		{"\n \nsize 0x1000\n0x000-0x03f\n", 0x3f, true, 4096}, {"0x000 0x03f\n", 0, false, 256},
		{"0x000-zz\n", 0, false, 256},                   {"-0x03f\n", 0, false, 256},
		{"0x000-0x03f\n0x0f0-0x0ff\n", 0xff, true, 256},
	};
	static const uint8_t config[256] = {1};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct hostdir dir;
		uint8_t value;
		hostdir_make(&dir);
		hostdir_bytes(&dir, FN "/config", config, sizeof(config));
		hostdir_file(&dir, FN "/config.known", rows[i].text);
		struct snapshot *snap = walk(&dir, false);
		const struct config_image *image = snapshot_at(snap, NULL, FN "/config")->config;
		assert_int_equal(bytes_u8(&image->view, rows[i].at, &value), rows[i].known ? 0 : -ENODATA);
		assert_int_equal(image->size, rows[i].size);
		snapshot_free(snap);
		hostdir_remove(&dir);
	}
}

/* What only a live host is asked. */
struct fake {
	unsigned reads;
	int error;
	int slow_error;
};

static int fake_config(void *data, const struct sriov_addr *addr, bool is_vf, uint64_t size, uint8_t *bytes, uint8_t *known, size_t *len)
{
	struct fake *fake = data;
	assert_int_equal(addr->bus, 1);
	assert_false(is_vf);
	assert_int_equal(size, 256);
	fake->reads++;
	memset(bytes, 0x11, 64);
	memset(known, 0xff, 64);
	*len = 256;
	return fake->error;
}

static int fake_attributes(void *data, struct slow_attr *attrs, size_t n, struct arena *arena)
{
	struct fake *fake = data;
	(void)arena;
	for (size_t i = 0; i < n; i++) {
		attrs[i].err = fake->slow_error;
		attrs[i].data = SLICE("3\n");
	}
	return 0;
}

static struct snapshot *walk_live(const struct hostdir *dir, struct fake *fake, bool wake)
{
	struct view view = view_dir(dir->fd);
	struct live live = {.data = fake, .wake = wake, .config = fake_config, .attributes = fake_attributes};
	struct snapshot *snap = snapshot_new("");
	assert_int_equal(root_walk(&view, &live, snap), 0);
	return snap;
}

static void test_live(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct fake fake = {0};
	uint8_t config[256] = {0};
	hostdir_make(&dir);
	hostdir_bytes(&dir, FN "/config", config, sizeof(config));
	hostdir_file(&dir, FN "/power_state", "D0\n");
	hostdir_file(&dir, FN "/sriov_numvfs", "7\n");
	hostdir_file(&dir, FN "/vendor", "0x1111\n");
	struct snapshot *snap = walk_live(&dir, &fake, false);
	const struct item *item = snapshot_at(snap, NULL, FN "/config");
	uint8_t value;
	assert_int_equal(fake.reads, 1);
	assert_int_equal(item->config->size, 256);
	assert_int_equal(bytes_u8(&item->config->view, 0x3f, &value), 0);
	assert_int_equal(bytes_u8(&item->config->view, 0x40, &value), -ENODATA);
	assert_true(slice_is(snapshot_bytes(snap, NULL, FN "/sriov_numvfs"), "3\n"));
	assert_int_equal(snapshot_state(snap, NULL, FN "/vendor"), ITEM_NOT_CAPTURED); /* the header tells */
	assert_int_equal(snapshot_state(snap, NULL, FN "/driver"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "proc/cmdline"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/class/iommu/dmar0"), ITEM_ABSENT);
	snapshot_free(snap);

	fake = (struct fake){.error = -EACCES, .slow_error = -ETIMEDOUT};
	snap = walk_live(&dir, &fake, false);
	assert_int_equal(snapshot_state(snap, NULL, FN "/config"), ITEM_DENIED);
	assert_int_equal(snapshot_at(snap, NULL, FN "/config")->err, EACCES);
	assert_true(slice_is(snapshot_bytes(snap, NULL, FN "/vendor"), "0x1111\n"));
	assert_int_equal(snapshot_state(snap, NULL, FN "/sriov_numvfs"), ITEM_DENIED);
	assert_int_equal(snapshot_at(snap, NULL, FN "/sriov_numvfs")->err, ETIMEDOUT);
	snapshot_free(snap);

	/* a sleeping function is left asleep unless asked */
	fake = (struct fake){0};
	hostdir_file(&dir, FN "/power_state", "D3cold\n");
	snap = walk_live(&dir, &fake, false);
	assert_int_equal(fake.reads, 0);
	assert_int_equal(snapshot_state(snap, NULL, FN "/config"), ITEM_NOT_CAPTURED);
	snapshot_free(snap);
	snap = walk_live(&dir, &fake, true);
	assert_int_equal(fake.reads, 1);
	assert_int_equal(snapshot_state(snap, NULL, FN "/config"), ITEM_PRESENT);
	snapshot_free(snap);
	hostdir_remove(&dir);
}

/* A live-like host of 4,096 VFs: what each function costs, counted. */
enum { MANY_PFS = 64, MANY_VFS = 64 };

struct meter {
	unsigned of[1 << 16];  /* times that a function's space was read, by bus and device and function */
	unsigned pf_dwords, vf_dwords, slow;
	const uint8_t *pf, *vf;
};

static int meter_read(void *data, unsigned offset, uint8_t *bytes, unsigned n)
{
	memcpy(bytes, (const uint8_t *)data + offset, n);
	return 0;
}

static int meter_config(void *data, const struct sriov_addr *addr, bool is_vf, uint64_t size, uint8_t *bytes, uint8_t *known, size_t *len)
{
	struct meter *meter = data;
	struct config_access access = {.read = meter_read, .data = (void *)(uintptr_t)(is_vf ? meter->vf : meter->pf)};
	meter->of[(unsigned)addr->bus << 8 | (unsigned)addr->device << 3 | addr->function]++;
	*len = (size_t)size;
	int err = config_read(&access, is_vf, DEPTH_CHECKS, (unsigned)size, bytes, known);
	*(is_vf ? &meter->vf_dwords : &meter->pf_dwords) += access.dwords;
	return err;
}

static int meter_attributes(void *data, struct slow_attr *attrs, size_t n, struct arena *arena)
{
	struct meter *meter = data;
	(void)arena;
	meter->slow += (unsigned)n;
	for (size_t i = 0; i < n; i++)
		attrs[i].data = SLICE("64\n");
	return 0;
}

static void make_many(const struct hostdir *dir, unsigned pfs, const uint8_t *pf_space, const uint8_t *vf_space)
{
	for (unsigned p = 0; p < pfs; p++) {
		char pf[80], vf[80], path[128], target[64];
		snprintf(pf, sizeof(pf), "sys/bus/pci/devices/0000:%02x:00.0", 2 * p);
		snprintf(path, sizeof(path), "%s/config", pf);
		hostdir_bytes(dir, path, pf_space, 4096);
		snprintf(path, sizeof(path), "%s/sriov_numvfs", pf);
		hostdir_file(dir, path, "64\n");
		for (unsigned v = 0; v < MANY_VFS; v++) {
			snprintf(vf, sizeof(vf), "sys/bus/pci/devices/0000:%02x:%02x.%x", 2 * p + 1, v >> 3, v & 7);
			snprintf(path, sizeof(path), "%s/config", vf);
			hostdir_bytes(dir, path, vf_space, 4096);
			snprintf(path, sizeof(path), "%s/reset_method", vf);
			hostdir_file(dir, path, "flr\n");
			snprintf(path, sizeof(path), "%s/physfn", vf);
			snprintf(target, sizeof(target), "../0000:%02x:00.0", 2 * p);
			assert_int_equal(symlinkat(target, dir->fd, path), 0);
		}
	}
}

static void test_many_vfs(void **unused)
{
	(void)unused;
	static uint8_t pf[4096] = {[0] = 0x86, 0x80, 0xc9, 0x10, [6] = PCI_STATUS_CAP_LIST, [PCI_CAPABILITY_LIST] = 0x40, [0x40] = PCI_CAP_ID_EXP,
				   [0x100] = PCI_EXT_CAP_ID_SRIOV, [0x102] = 1};
	static uint8_t vf[4096] = {[0] = 0xff, 0xff, 0xff, 0xff, [6] = PCI_STATUS_CAP_LIST, [PCI_CAPABILITY_LIST] = 0x40, [0x40] = PCI_CAP_ID_EXP};
	static struct meter meter;
	struct hostdir dir;
	hostdir_make(&dir);
	make_many(&dir, MANY_PFS, pf, vf);
	meter = (struct meter){.pf = pf, .vf = vf};
	struct view view = view_dir(dir.fd);
	struct live live = {.data = &meter, .config = meter_config, .attributes = meter_attributes};
	struct snapshot *snap = snapshot_new("");
	assert_int_equal(root_walk(&view, &live, snap), 0);
	unsigned functions = 0;
	for (size_t i = 0; i < ARRAY_SIZE(meter.of); i++) {
		assert_true(meter.of[i] <= 1); /* no function twice */
		functions += meter.of[i];
	}
	assert_int_equal(functions, MANY_PFS + MANY_PFS * MANY_VFS);
	assert_int_equal(meter.vf_dwords, 5 * MANY_PFS * MANY_VFS); /* who it is, and that it answers: its lists are not walked */
	assert_int_equal(meter.pf_dwords % MANY_PFS, 0);
	assert_true(meter.pf_dwords / MANY_PFS <= 13 + 6 + 16);
	assert_int_equal(meter.slow, MANY_PFS); /* what may block is asked of PFs alone, all at once */
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:7f:07.7/reset_method"), "flr\n"));
	assert_true(snap->items < 12u * functions); /* and not more is kept for the last than for the first */
	snapshot_free(snap);
	hostdir_remove(&dir);
}

/* Drivers' names of all kinds: the parameters of their modules are read, and of no others. */
static void test_drivers(void **unused)
{
	(void)unused;
	struct hostdir dir;
	char path[160], target[128], long_name[80];
	hostdir_make(&dir);
	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	for (unsigned i = 0; i < 280; i++) { /* so many are kept */
		snprintf(path, sizeof(path), "sys/bus/pci/devices/0000:%02x:%02x.0/driver", i / 32, i % 32);
		snprintf(target, sizeof(target), "../../../../bus/pci/drivers/drv-%u", i);
		hostdir_link(&dir, path, i == 3 ? "plain" : i == 4 ? "ends/in/" : i == 5 ? long_name : i == 6 ? "../drivers/drv-2" : target);
	}
	hostdir_file(&dir, "sys/module/drv_2/parameters/a", "1\n");
	hostdir_file(&dir, "sys/module/plain/parameters/a", "2\n");
	hostdir_file(&dir, "sys/module/drv_279/parameters/a", "3\n");
	hostdir_file(&dir, "sys/module/drv-2/parameters/a", "4\n");
	struct snapshot *snap = walk(&dir, false);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/module/drv_2/parameters/a"), "1\n"));
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/module/plain/parameters/a"), "2\n"));
	assert_null(snapshot_bytes(snap, NULL, "sys/module/drv_279/parameters/a").p);
	assert_null(snapshot_bytes(snap, NULL, "sys/module/drv-2/parameters/a").p);
	snapshot_free(snap);
	hostdir_remove(&dir);
}

/* Names where they are not expected, files in folders' places and the other way round, trees without end. */
static void test_odd_roots(void **unused)
{
	(void)unused;
	struct hostdir dir;
	char deep[512] = "sys/devices";
	hostdir_make(&dir);
	for (unsigned i = 0; i < 40; i++)
		strcat(deep, "/d");
	strcat(deep, "/0000:09:00.0/uevent");
	hostdir_file(&dir, deep, "");
	hostdir_file(&dir, "sys/devices/virtual/0000:08:00.0/uevent", "");
	hostdir_file(&dir, "sys/devices/system/0000:08:00.1/uevent", "");
	hostdir_file(&dir, "sys/devices/pci0000:00/system/0000:08:00.2/uevent", "");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:01:00.0/pci0000:05/0000:05:00.0/uevent", "");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:01:00.0/0000:02:00.0/uevent", "");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:01:00.0/pcie", "a file");
	hostdir_dir(&dir, "sys/devices/pci0000:00/0000:01:00.0/config");
	hostdir_file(&dir, "sys/devices/pci0000:00/0000:03:00.0", "a file");
	hostdir_link(&dir, "sys/bus/pci/devices/0000:02:00.0", "../../../devices/elsewhere");
	hostdir_link(&dir, "sys/bus/pci/devices/0000:06:00.0", "../../../devices/nowhere");
	hostdir_link(&dir, "sys/bus/pci/devices/0000:07:00.0", "../../../../..");
	hostdir_link(&dir, "sys/bus/pci/devices/not-a-function", "../../../devices/pci0000:00");
	hostdir_file(&dir, "sys/bus/pci/devices/0000:0a:00.0", "a file");
	hostdir_file(&dir, "sys/class/iommu", "a file");
	hostdir_file(&dir, "sys/module", "a file");
	hostdir_file(&dir, "proc/modules", "igb 1 0\n");
	hostdir_dir(&dir, "sys/firmware/acpi/tables/DMAR");
	hostdir_dir(&dir, "proc/cmdline");
	for (int own = 0; own < 2; own++) {
		struct snapshot *snap = walk(&dir, own);
		assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:08:00.0"));
		assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:08:00.1"));
		assert_non_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:08:00.2"));
		assert_non_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:05:00.0"));
		assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:09:00.0")); /* deeper than any host's */
		assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:06:00.0"));
		assert_null(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/config").p);
		assert_null(snapshot_bytes(snap, NULL, "proc/cmdline").p);
		assert_int_equal(snapshot_state(snap, NULL, "sys/firmware/acpi/tables/IVRS"), ITEM_NOT_CAPTURED);
		snapshot_free(snap);
	}
	hostdir_remove(&dir);
}

/* The running kernel's own files are chosen by its release, where that is known. */
static void test_release(void **unused)
{
	(void)unused;
	static const struct {
		const char *version;
		bool other; /* files of other releases are read too */
	} rows[] = {{"Linux version 6.12.9-amd64 (x) #1\n", false}, {"Linux version ", true}, {"Linux version a/b x\n", true}, {"Darwin\n", true}, {NULL, true}};
	for (size_t i = 0; i < ARRAY_SIZE(rows) + 1; i++) {
		struct hostdir dir;
		char longest[400] = "Linux version ";
		memset(longest + strlen(longest), '6', 300);
		bool other = i == ARRAY_SIZE(rows) || rows[i].other;
		hostdir_make(&dir);
		if (i == ARRAY_SIZE(rows) || rows[i].version)
			hostdir_file(&dir, "proc/version", i == ARRAY_SIZE(rows) ? longest : rows[i].version);
		hostdir_file(&dir, "boot/config-6.12.9-amd64", "CONFIG_PCI_IOV=y\n");
		hostdir_file(&dir, "boot/config-6.1.0", "CONFIG_PCI_IOV=m\n");
		struct snapshot *snap = walk(&dir, false);
		assert_true(slice_is(snapshot_bytes(snap, NULL, "boot/config-6.12.9-amd64"), "CONFIG_PCI_IOV=y\n"));
		if ((snapshot_bytes(snap, NULL, "boot/config-6.1.0").p != NULL) != other)
			fail_msg("row %zu: files of other releases", i);
		snapshot_free(snap);
		hostdir_remove(&dir);
	}
}

static void test_path_join(void **unused)
{
	(void)unused;
	static const struct {
		const char *dir, *target, *is;
	} rows[] = {
		{"a/b", "../c", "a/c"}, {"a", "../../../c", "c"}, {"a/b", "/x/./y//z", "x/y/z"}, {"", "..", ""}, {"a/b/c", "../..", "a"}, {"a", "", "a"},
	};
	char out[PATH_MAX], longest[PATH_MAX + 1];
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(path_join(rows[i].dir, rows[i].target, out), 0);
		assert_string_equal(out, rows[i].is);
	}
	memset(longest, 'x', PATH_MAX);
	longest[PATH_MAX] = '\0';
	assert_int_equal(path_join("", longest, out), -ENAMETOOLONG);
}

/* Emulated kernels have no openat2(). */
static bool kernel_resolves(void)
{
#ifdef SYS_openat2
	return syscall(SYS_openat2, -1, "", NULL, 0) < 0 && errno != ENOSYS;
#else
	return false;
#endif
}

/* Paths that are odd, too deep, too long or in circles, by either resolver. */
static void test_resolve(void **unused)
{
	(void)unused;
	struct hostdir dir;
	char deep[1024] = "", long_name[NAME_MAX + 2], path[PATH_MAX], name[32];
	hostdir_make(&dir);
	hostdir_file(&dir, "a/b/file", "x");
	hostdir_link(&dir, "a/b/root", "/");
	hostdir_link(&dir, "a/b/top", "/a/b/file");
	hostdir_link(&dir, "a/b/up", "../../../../a");
	hostdir_link(&dir, "a/b/dot", "./.");
	for (unsigned i = 0; i < 45; i++) {
		char target[32];
		snprintf(name, sizeof(name), "chain%u", i);
		snprintf(target, sizeof(target), i ? "chain%u" : "a", i - 1);
		hostdir_link(&dir, name, target);
	}
	for (unsigned i = 0; i < 70; i++)
		strcat(deep, "d/");
	strcat(deep, "file");
	hostdir_file(&dir, deep, "x");
	memset(long_name, 'n', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	memset(path, 't', sizeof(path));
	for (size_t i = 200; i < sizeof(path); i += 200)
		path[i] = '/';
	path[3000] = '\0';
	hostdir_link(&dir, "long", path);
	static const struct {
		const char *path;
		int flags, wants; /* 0: it opens */
	} rows[] = {
		{"", O_DIRECTORY, 0}, {".", O_DIRECTORY, 0}, {"..", O_DIRECTORY, 0}, {"a/..", O_DIRECTORY, 0}, {"a/b/../..", O_DIRECTORY, 0}, {"a/./b/file", 0, 0},
		{"a/b/root/a/b/file", 0, 0}, {"a/b/top", 0, 0}, {"a/b/up/b/file", 0, 0}, {"a/b/dot/file", 0, 0}, {"a//b///file", 0, 0}, {"/a/b/file", 0, 0},
		{"chain30/b/file", 0, 0}, {"chain44/b/file", 0, -ELOOP}, {"a/b/file/..", O_DIRECTORY, -ENOTDIR}, {"a/b/file/x", 0, -ENOTDIR},
		{"a/none/x", 0, -ENOENT}, {"a/b/none", 0, -ENOENT}, {"a/b/file", O_DIRECTORY, -ENOTDIR}, {"a/b/none/..", O_DIRECTORY, -ENOENT},
		{"a/b/top", O_DIRECTORY, -ENOTDIR}, {"long", 0, -ENOENT},
	};
	for (int own = 0; own < 2; own++) {
		struct view view = view_dir(dir.fd);
		view.own_resolver = own;
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
			int fd = open_in_root(&view, rows[i].path, O_RDONLY | O_CLOEXEC | rows[i].flags);
			if (rows[i].wants ? fd != rows[i].wants : fd < 0)
				fail_msg("%s: %s: %d", own ? "own" : "openat2", rows[i].path, fd);
			if (fd >= 0)
				close(fd);
		}
		assert_int_equal(open_in_root(&view, long_name, O_RDONLY), -ENAMETOOLONG);
		snprintf(path, sizeof(path), "%s/%s", "a/b", long_name);
		assert_int_equal(open_in_root(&view, path, O_RDONLY), -ENAMETOOLONG);
		int fd = open_in_root(&view, deep, O_RDONLY | O_CLOEXEC);
		assert_int_equal(fd < 0 ? fd : 0, own || !kernel_resolves() ? -ENAMETOOLONG : 0); /* ours has a stack of 64 */
		if (fd >= 0)
			close(fd);
		/* a link's target and what is behind it are longer than a path may be */
		memset(path, 'x', sizeof(path));
		memcpy(path, "long", 4);
		for (size_t i = 4; i < sizeof(path) - 1; i += 200)
			path[i] = '/';
		path[PATH_MAX - 1] = '\0';
		assert_true(open_in_root(&view, path, O_RDONLY) < 0);
	}
	hostdir_remove(&dir);
}

/* Several raw spaces as one host: each file at its address, or what is wrong with which. */
static void test_spaces(void **unused)
{
	(void)unused;
	static const uint8_t config[4096] = {0x86, 0x80, 0xc9, 0x10};
	struct hostdir dir;
	struct snapshot *snap;
	char good[128], other[128], cut[128], none[128];
	hostdir_make(&dir);
	hostdir_bytes(&dir, "good", config, 4096);
	hostdir_bytes(&dir, "other", config, 64);
	hostdir_bytes(&dir, "cut", config, 100);
	snprintf(good, sizeof(good), "%s/good", dir.path);
	snprintf(other, sizeof(other), "%s/other", dir.path);
	snprintf(cut, sizeof(cut), "%s/cut", dir.path);
	snprintf(none, sizeof(none), "%s/none", dir.path);
	const struct {
		struct source_at at[2];
		size_t n;
		int err;
		const char *what;
	} rows[] = {
		{{{{0, 1, 0, 0}, good}, {{0, 1, 0, 1}, other}}, 2, 0, NULL},
		{{{{0, 1, 0, 0}, good}}, 0, 0, NULL},
		{{{{0, 1, 0, 0}, good}, {{0, 1, 0, 0}, other}}, 2, -EEXIST, "one address"},
		{{{{0, 1, 0, 0}, good}, {{0, 1, 0, 1}, cut}}, 2, -EINVAL, "100 bytes"},
		{{{{0, 1, 0, 0}, dir.path}}, 1, -EINVAL, "no configuration space"},
		{{{{0, 1, 0, 0}, "/"}}, 1, -EINVAL, "no configuration space"},
		{{{{0, 1, 0, 0}, none}}, 1, -ENOENT, "No such file"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int err = source_open_at(rows[i].at, rows[i].n, &snap);
		if (err != rows[i].err || (rows[i].what && !strstr(first_problem(snap), rows[i].what)))
			fail_msg("row %zu: %d, %s", i, err, first_problem(snap));
		const struct item *item = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.1/config");
		assert_true(err || rows[i].n < 2 || (item && item->config->size == 64));
		snapshot_free(snap);
	}
	hostdir_remove(&dir);
}

/* Bytes of a configuration space's length that are text are read as text. */
static void test_text_or_space(void **unused)
{
	(void)unused;
	static const struct {
		char c;
		bool space;
	} rows[] = {{'x', false}, {'\t', false}, {'\r', false}, {'\x1b', false}, {'\f', false}, {'\b', false}, {'\x01', true}, {'\v', true}, {'\0', true}};
	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		struct hostdir dir;
		struct snapshot *snap;
		char bytes[64], path[128];
		bool lines = i < ARRAY_SIZE(rows);
		memset(bytes, 'a', sizeof(bytes));
		bytes[20] = rows[i % ARRAY_SIZE(rows)].c;
		bytes[63] = lines ? '\n' : 'a';
		hostdir_make(&dir);
		hostdir_bytes(&dir, "it", bytes, sizeof(bytes));
		snprintf(path, sizeof(path), "%s/it", dir.path);
		int err = source_open(path, NULL, &snap);
		assert_true(err <= 0);
		if ((snap->kind == SOURCE_CONFIG) != (!lines || rows[i % ARRAY_SIZE(rows)].space))
			fail_msg("row %zu: taken for %s", i, source_kind_name(snap->kind));
		snapshot_free(snap);
		hostdir_remove(&dir);
	}
}

static void test_address_names(void **unused)
{
	(void)unused;
	struct sriov_addr addr;
	assert_true(name_is_address("0000:01:00.0", &addr));
	assert_true(name_is_address("10000:e1:1f.7", &addr));
	assert_int_equal(addr.domain, 0x10000);
	static const char *const wrong[] = {"", "01:00.0", "0000:01:00", "0000:01:20.0", "0000:01:00.8", "0000:01:00.0x", "000000000:01:00.0", "000g:01:00.0"};
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(name_is_address(wrong[i], &addr));
}

static void test_random_manifest(void **unused)
{
	(void)unused;
	static const char letters[] = "a/.\t\n\r\0presntabdicod 1";
	uint32_t seed = 1;
	for (unsigned round = 0; round < 2000; round++) {
		char text[200];
		struct snapshot *snap = snapshot_new("x");
		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = letters[(seed >> 16) % sizeof(letters)];
		}
		assert_int_equal(manifest_apply(snap, (struct slice){text, sizeof(text)}), 0);
		snapshot_free(snap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_function),     cmocka_unit_test(test_links_stay_inside), cmocka_unit_test(test_only_regular_files),
		cmocka_unit_test(test_denied),       cmocka_unit_test(test_folders),           cmocka_unit_test(test_manifest),
		cmocka_unit_test(test_known),        cmocka_unit_test(test_live), cmocka_unit_test(test_many_vfs),              cmocka_unit_test(test_path_join),
		cmocka_unit_test(test_address_names), cmocka_unit_test(test_resolve), cmocka_unit_test(test_drivers), cmocka_unit_test(test_odd_roots), cmocka_unit_test(test_release), cmocka_unit_test(test_spaces), cmocka_unit_test(test_text_or_space), cmocka_unit_test(test_random_manifest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
