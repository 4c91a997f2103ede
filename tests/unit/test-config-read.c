/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which dwords are read of a live function's configuration space. */
#include <errno.h>
#include <linux/pci_regs.h>

#include "unit.h"
#include "source/config-read.h"
#include "source/libpci.h"

struct device {
	uint8_t space[4096];
	unsigned readable;  /* bytes; a user who is not root reads 64 */
	unsigned good;      /* reads that work, then none does; 0: all */
	unsigned calls;
	unsigned reads[1024]; /* of each dword */
};

static int read_device(void *data, unsigned offset, uint8_t *bytes, unsigned n)
{
	struct device *device = data;
	assert_int_equal(offset % 4, 0);
	assert_int_equal(n % 4, 0);
	assert_true(offset + n <= 4096);
	if (offset + n > device->readable)
		return -EACCES;
	if (device->good && device->calls++ >= device->good)
		return -EIO;
	for (unsigned at = offset; at < offset + n; at += 4)
		device->reads[at / 4]++;
	memcpy(bytes, device->space + offset, n);
	return 0;
}

static void put32(struct device *device, unsigned at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		device->space[at + i] = (uint8_t)(value >> (8 * i));
}

/* A PF: Power Management, MSI-X, PCI Express; AER, serial number, SR-IOV, ACS. */
static void make_pf(struct device *device)
{
	*device = (struct device){.readable = 4096};
	put32(device, 0, 0x10c98086);
	put32(device, 4, PCI_STATUS_CAP_LIST << 16);
	device->space[PCI_CAPABILITY_LIST] = 0x40;
	put32(device, 0x40, PCI_CAP_ID_PM | 0x70 << 8);
	put32(device, 0x70, PCI_CAP_ID_MSIX | 0xa0 << 8);
	put32(device, 0xa0, PCI_CAP_ID_EXP | 2 << 16);
	put32(device, 0x100, PCI_EXT_CAP_ID_ERR | 1 << 16 | 0x140U << 20);
	put32(device, 0x140, PCI_EXT_CAP_ID_DSN | 1 << 16 | 0x160U << 20);
	put32(device, 0x160, PCI_EXT_CAP_ID_SRIOV | 1 << 16 | 0x1a0U << 20);
	put32(device, 0x1a0, PCI_EXT_CAP_ID_ACS | 1 << 16);
}

static unsigned run(struct device *device, bool is_vf, enum source_depth depth, unsigned size, uint8_t *known, int *err)
{
	static uint8_t bytes[4096];
	struct config_access access = {.read = read_device, .data = device};
	memset(bytes, 0, sizeof(bytes));
	memset(known, 0, 4096);
	*err = config_read(&access, is_vf, depth, size, bytes, known);
	unsigned counted = 0;
	for (unsigned i = 0; i < 1024; i++) {
		counted += device->reads[i];
		assert_true(device->reads[i] <= 1); /* no dword twice */
		assert_int_equal(known[4 * i] != 0, device->reads[i] != 0);
		if (known[4 * i])
			assert_memory_equal(bytes + 4 * i, device->space + 4 * i, 4);
	}
	assert_int_equal(counted, access.dwords);
	return counted;
}

static void test_few_dwords(void **unused)
{
	(void)unused;
	struct device device;
	uint8_t known[4096];
	int err;

	make_pf(&device);
	unsigned checks = run(&device, false, DEPTH_CHECKS, 4096, known, &err);
	assert_int_equal(err, 0);
	assert_true(checks <= 13 + 2 + 5 + 2 + 16 + 2); /* header, two headers, PCI Express, two headers, SR-IOV, ACS */
	assert_int_equal(known[0x10], 0xff);
	assert_int_equal(known[0xa0 + PCI_EXP_DEVCTL2], 0xff);
	assert_int_equal(known[0xa0 + PCI_EXP_LNKCAP], 0);
	assert_int_equal(known[0x160 + 0x3c], 0xff); /* all of SR-IOV */
	assert_int_equal(known[0x100], 0xff);
	assert_int_equal(known[0x104], 0); /* nothing of AER but its header */
	assert_int_equal(known[0x800], 0);

	make_pf(&device);
	unsigned caps = run(&device, false, DEPTH_CAPS, 4096, known, &err);
	assert_true(caps > checks && caps < 130);
	assert_int_equal(known[0x104], 0xff);

	make_pf(&device);
	assert_int_equal(run(&device, false, DEPTH_ALL, 4096, known, &err), 1024);
	make_pf(&device);
	assert_int_equal(run(&device, false, DEPTH_ALL, 256, known, &err), 64);

	make_pf(&device);
	assert_int_equal(run(&device, true, DEPTH_CHECKS, 4096, known, &err), 5); /* of a VF: who it is, and that it answers */

	/* a function without SR-IOV: its lists tell that there is none, no more is needed */
	make_pf(&device);
	put32(&device, 0x140, PCI_EXT_CAP_ID_DSN | 1 << 16 | 0x1a0U << 20);
	assert_int_equal(run(&device, false, DEPTH_CHECKS, 4096, known, &err), 7 + 3 + 3);
	assert_int_equal(known[0x1a4], 0);

	/* a port: its windows, what it forwards and isolates */
	make_pf(&device);
	device.space[PCI_HEADER_TYPE] = PCI_HEADER_TYPE_BRIDGE;
	put32(&device, 0x140, PCI_EXT_CAP_ID_DSN | 1 << 16 | 0x1a0U << 20);
	assert_int_equal(run(&device, false, DEPTH_CHECKS, 4096, known, &err), 12 + 2 + 6 + 2 + 2);
	assert_int_equal(known[PCI_PREF_LIMIT_UPPER32], 0xff);
	assert_int_equal(known[0xa0 + PCI_EXP_SLTCAP], 0xff);
	assert_int_equal(known[0x1a4], 0xff);
}

static void test_not_root(void **unused)
{
	(void)unused;
	struct device device;
	uint8_t known[4096];
	int err;
	for (int depth = DEPTH_CHECKS; depth <= DEPTH_ALL; depth++) {
		make_pf(&device);
		device.readable = 64;
		assert_int_equal(run(&device, false, (enum source_depth)depth, 4096, known, &err), depth == DEPTH_CHECKS ? 7 : 16);
		assert_int_equal(err, 0);
		make_pf(&device);
		device.readable = 0;
		assert_int_equal(run(&device, false, (enum source_depth)depth, 4096, known, &err), 0);
		assert_int_equal(err, -EACCES);
	}
	make_pf(&device);
	device.readable = 256; /* no extended space after all */
	run(&device, false, DEPTH_CHECKS, 4096, known, &err);
	assert_int_equal(err, 0);
	assert_int_equal(known[0x100], 0);
}

/* A device that answers no more after so many reads: what was read stays, in the header or behind it. */
static void test_goes_away(void **unused)
{
	(void)unused;
	struct device device;
	uint8_t known[4096];
	int err;
	for (unsigned kind = 0; kind < 6; kind++) {
		static const uint8_t layouts[] = {PCI_HEADER_TYPE_NORMAL, PCI_HEADER_TYPE_BRIDGE, PCI_HEADER_TYPE_CARDBUS};
		unsigned all = 0, calls = 2;
		for (unsigned good = 0; good < calls; good++) {
			make_pf(&device);
			device.good = good;
			device.space[PCI_HEADER_TYPE] = layouts[kind % 3];
			device.space[PCI_CB_CAPABILITY_LIST] = 0x40;
			unsigned n = run(&device, false, kind < 3 ? DEPTH_CHECKS : DEPTH_CAPS, 4096, known, &err);
			if (!good) { /* all of them, counted */
				all = n;
				device.calls = 0;
				make_pf(&device);
				device.good = 10000;
				device.space[PCI_HEADER_TYPE] = layouts[kind % 3];
				device.space[PCI_CB_CAPABILITY_LIST] = 0x40;
				assert_int_equal(run(&device, false, kind < 3 ? DEPTH_CHECKS : DEPTH_CAPS, 4096, known, &err), all);
				calls = device.calls;
				assert_true(calls > 4);
				continue;
			}
			assert_true(n < all);
			assert_int_equal(known[0], 0xff);
			assert_true(err == 0 || err == -EIO);
			assert_true(err == 0 || good == 1); /* the header is one read or two */
		}
	}
}

/* Sizes that no file of the kernel has: nothing beyond them. */
static void test_odd_size(void **unused)
{
	(void)unused;
	struct device device;
	uint8_t known[4096];
	int err;
	make_pf(&device);
	device.readable = 0x150;
	run(&device, false, DEPTH_CAPS, 0x150, known, &err);
	assert_int_equal(err, 0);
	assert_int_equal(known[0x148], 0xff);
	for (unsigned at = 0x150; at < 4096; at++)
		assert_int_equal(known[at], 0);
}

static void test_lists_end(void **unused)
{
	(void)unused;
	struct device device;
	uint8_t known[4096];
	uint32_t seed = 7;
	int err;

	make_pf(&device);
	put32(&device, 0x1a0, PCI_EXT_CAP_ID_ACS | 1 << 16 | 0x100U << 20); /* back to the start */
	device.space[0xa1] = 0x40;
	run(&device, false, DEPTH_CHECKS, 4096, known, &err);
	assert_int_equal(err, 0);

	make_pf(&device);
	memset(device.space + 0x40, 0xff, 4096 - 0x40); /* the function went away */
	assert_true(run(&device, false, DEPTH_CHECKS, 4096, known, &err) <= 9);

	for (unsigned round = 0; round < 3000; round++) { /* any bytes: no dword twice, nothing outside */
		device.readable = 4096;
		memset(device.reads, 0, sizeof(device.reads));
		for (unsigned i = 0; i < 4096; i++) {
			seed = seed * 1664525 + 1013904223;
			device.space[i] = (uint8_t)(seed >> 24);
		}
		device.space[6] |= PCI_STATUS_CAP_LIST;
		if (round % 2) {
			device.space[0xe] = 0;
			device.space[0x34] = 0x40;
			device.space[0x40] = PCI_CAP_ID_EXP;
		}
		run(&device, false, round % 3 ? DEPTH_CHECKS : DEPTH_CAPS, round % 5 ? 4096 : 256, known, &err);
	}
}

/* By way of libpci: of a function that is not there nothing is known, and the process goes on. */
static void test_libpci(void **unused)
{
	(void)unused;
	static const struct {
		struct sriov_addr addr;
		uint64_t size;
		size_t most;
	} rows[] = {
		{{0xfffe, 0xff, 0x1f, 7}, 4096, 4096}, {{0xfffe, 0xff, 0x1f, 7}, 5000, 4096}, {{0xfffe, 0xff, 0x1f, 7}, 256, 256}, {{0xfffe, 0xff, 0x1f, 7}, 100, 64},
		{{0xfffffffe, 0xff, 0x1f, 7}, 4096, 4096},
	};
	struct config_reader *reader;
	config_reader_free(NULL);
	int err = config_reader_new(&reader);
	if (err) { /* libpci finds no sysfs here */
		assert_int_equal(err, -ENOMEM);
		assert_null(reader);
		skip();
	}
	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		uint8_t bytes[4096] = {0}, known[4096] = {0};
		size_t len = 0;
		err = config_reader_read(reader, &rows[i / 2].addr, i & 1, DEPTH_CAPS, rows[i / 2].size, bytes, known, &len);
		assert_true(err < 0);
		assert_true(len <= rows[i / 2].most);
		for (size_t k = 0; k < sizeof(known); k++)
			assert_int_equal(known[k], 0);
	}
	config_reader_free(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_few_dwords), cmocka_unit_test(test_not_root), cmocka_unit_test(test_lists_end), cmocka_unit_test(test_goes_away), cmocka_unit_test(test_libpci), cmocka_unit_test(test_odd_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
