/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "unit.h"
#include "model/filter.h"
#include "model/model.h"
#include "decode/ingest.h"
#include "space.h"

static struct sriov_addr at(const char *text)
{
	struct slice s = slice_of(text);
	struct sriov_addr addr;
	assert_true(addr_eat(&s, &addr) && !s.n);
	return addr;
}

static void put_space(struct snapshot *snap, const char *where, const struct space *space, size_t len)
{
	struct sriov_addr addr = at(where);
	assert_int_equal(snapshot_put_config(snap, &addr, space->b, NULL, len, NULL), 0);
}

static void put_file(struct snapshot *snap, const char *path, const char *text)
{
	assert_int_equal(snapshot_put_file(snap, path, slice_of(text), NULL), 0);
}

static void put_link(struct snapshot *snap, const char *path, const char *target)
{
	assert_int_equal(snapshot_put(snap, NULL, path, ITEM_LINK, ITEM_PRESENT, slice_of(target), NULL), 0);
}

static struct model *model_of(const struct snapshot *snap)
{
	struct model *m;
	assert_int_equal(model_new(snap, &m), 0);
	return m;
}

static struct fn *fn_at(const struct model *m, const char *where)
{
	struct sriov_addr addr = at(where);
	struct fn *fn = model_find(m, &addr);
	assert_non_null(fn);
	return fn;
}

static void test_addresses(void **unused)
{
	(void)unused;
	struct sriov_addr addr;
	char text[ADDR_TEXT];
	struct slice s = SLICE("01:10.3 Ethernet");
	assert_true(addr_eat(&s, &addr) && slice_is(s, " Ethernet"));
	assert_string_equal(addr_text(&addr, text), "0000:01:10.3");
	s = SLICE("10000:e1:00.0");
	assert_true(addr_eat(&s, &addr) && addr.domain == 0x10000);
	assert_string_equal(addr_text(&addr, text), "10000:e1:00.0");
	const char *const none[] = {"", "01:20.0", "01:00.8", "0:00.0", "12:34:56", "01:0", "zz:00.0", "123:00:00.0"};
	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		s = slice_of(none[i]);
		assert_false(addr_eat(&s, &addr));
		assert_int_equal(s.n, strlen(none[i]));
	}
}

/* A root port, a PF below it with two VFs, one of them also beyond device 0. */
static void test_tree(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	struct space s;
	space_port(&s, 0, 1, 2, 1);
	put_space(snap, "00:01.0", &s, 4096);
	space_header(&s, 0x8086, 0x10c9, 0x020000, 0);
	space_express(&s, 0);
	space_ext(&s, 0x100, 0x0e);
	space_sriov(&s, 0x160, 8, 2, 128, 2);
	put32(&s, 0x160 + 0x24, 0xfe80000c); /* 64-bit prefetchable */
	put32(&s, 0x160 + 0x38, 0xdead0004); /* a 64-bit type in VF BAR5 … */
	put32(&s, 0x160 + 0x3c, 0xffffffff); /* … does not take the next register for its upper half */
	put_space(snap, "01:00.0", &s, 4096);
	space_header(&s, 0xffff, 0xffff, 0x020000, 0);
	space_express(&s, 0);
	put_space(snap, "01:10.0", &s, 4096);
	put_space(snap, "01:10.2", &s, 4096);
	put_space(snap, "01:10.4", &s, 4096); /* reads as a VF, but NumVFs is 2: still a VF by its place */
	struct model *m = model_of(snap);
	const struct fn *port = fn_at(m, "00:01.0"), *pf = fn_at(m, "01:00.0"), *vf = fn_at(m, "01:10.2");
	assert_int_equal(port->role, ROLE_PORT);
	assert_true(port->on_root_bus && port->bridge->downstream && known_as(&port->bridge->ari_enabled, 1));
	assert_int_equal(port->bridge->acs_cap.have, ITEM_ABSENT);
	assert_int_equal(pf->role, ROLE_PF);
	assert_ptr_equal(pf->upstream, port);
	assert_true(known_as(&pf->pf->total_vfs, 8) && known_as(&pf->pf->num_vfs, 2));
	assert_int_equal(pf->pf->vfs_n, 8);
	assert_int_equal(vf->role, ROLE_VF);
	assert_ptr_equal(vf->pf_fn, pf);
	assert_int_equal(vf->vf_index, 1);
	assert_true(known_as(&vf->vendor, 0x8086) && known_as(&vf->device, 0x10ca));
	assert_int_equal(fn_at(m, "01:10.4")->role, ROLE_VF);
	assert_int_equal(pf->pf->vfs[7].exists, TRI_NO); /* index above NumVFs */
	const struct vf_bar *bar = pf->pf->bars;
	assert_true(bar[0].implemented && bar[0].is_64 && bar[0].prefetchable && bar[0].address == 0xfe800000);
	assert_true(bar[5].implemented && bar[5].is_64 && bar[5].raw_high == 0 && bar[5].address == 0xdead0000);
	assert_false(bar[1].implemented);
	model_free(m);
	snapshot_free(snap);
}

static void test_unread(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	struct space s;
	space_header(&s, 0x8086, 0x10c9, 0x020000, 0);
	space_express(&s, 0);
	space_sriov(&s, 0x100, 8, 0, 128, 2);
	put_space(snap, "01:00.0", &s, 64);
	put_space(snap, "02:00.0", &s, 256);
	put_space(snap, "03:00.0", &s, 0x100 + 0x10); /* cut in the capability */
	struct model *m = model_of(snap);
	assert_false(fn_cap_absent(fn_at(m, "01:00.0"), CAP_EXTENDED, 0x10));
	assert_int_equal(fn_at(m, "01:00.0")->exp_type, EXP_TYPE_UNKNOWN);
	assert_false(fn_cap_absent(fn_at(m, "02:00.0"), CAP_EXTENDED, 0x10));
	assert_int_equal(fn_at(m, "02:00.0")->ext_end, WALK_UNREAD);
	const struct pf *pf = fn_at(m, "03:00.0")->pf;
	assert_non_null(pf);
	assert_true(known_as(&pf->total_vfs, 8));
	assert_false(known(&pf->num_vfs) || known(&pf->vf_offset));
	assert_int_equal(pf->vfs_n, 0);
	uint64_t v;
	assert_int_equal(fn_field(fn_at(m, "03:00.0"), CAP_EXTENDED, 0x10, "First VF Offset", &v), -ENODATA);
	assert_int_equal(fn_field(fn_at(m, "03:00.0"), CAP_EXTENDED, 0x0d, "ACS Source Validation", &v), -ENOENT);
	model_free(m);
	snapshot_free(snap);
}

static const char resource_text[] =
	"0x00000000fe000000 0x00000000fe01ffff 0x0000000000040200\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x000000000001ffff 0x000000002014220c\n" /* VF BAR0: unset, 8 x 16 KiB */
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x00000000fe820000 0x00000000fe83ffff 0x000000000014220c\n" /* VF BAR3: assigned */
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
	"0x0000000000000000 0x0000000000000000 0x0000000000000000\n";

static void test_host_folders(void **unused)
{
	(void)unused;
	struct snapshot *snap = snapshot_new("x");
	const char *pf = "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0";
	char path[128];
	put_file(snap, "sys/devices/pci0000:00/0000:00:01.0/class", "0x060400\n");
	put_file(snap, "sys/devices/pci0000:00/0000:00:01.0/secondary_bus_number", "1\n");
	put_file(snap, "sys/devices/pci0000:00/0000:00:01.0/subordinate_bus_number", "1\n");
	put_link(snap, "sys/bus/pci/devices/0000:01:00.0", "../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0");
	snprintf(path, sizeof(path), "%s/%s", pf, "vendor");
	put_file(snap, path, "0x8086\n");
	snprintf(path, sizeof(path), "%s/%s", pf, "resource");
	put_file(snap, path, resource_text);
	snprintf(path, sizeof(path), "%s/%s", pf, "sriov_totalvfs");
	put_file(snap, path, "8\n");
	snprintf(path, sizeof(path), "%s/%s", pf, "sriov_numvfs");
	put_file(snap, path, "0\n");
	snprintf(path, sizeof(path), "%s/%s", pf, "driver");
	put_link(snap, path, "../../../../bus/pci/drivers/igb");
	snprintf(path, sizeof(path), "%s/%s", pf, "iommu_group");
	put_link(snap, path, "../../../../kernel/iommu_groups/7");
	put_link(snap, "sys/kernel/iommu_groups/7/devices/0000:00:01.0", "x");
	put_file(snap, "sys/kernel/iommu_groups/7/type", "DMA-FQ\n");
	put_link(snap, "sys/class/iommu/dmar0", "x");
	put_file(snap, "proc/interrupts", "  24:  1  0  IR-PCI-MSIX-0000:01:00.0  0-edge  eth0\n");
	put_file(snap, "proc/cmdline", "ro pci=realloc,noari intel_iommu=off intel_iommu=on\n");
	put_file(snap, "proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: lm vmx ept\n");
	put_file(snap, "proc/version", "Linux version 6.12.9-amd64 (x@y)\n");
	put_file(snap, "boot/config-6.12.9-amd64", "CONFIG_PCI_IOV=y\n# CONFIG_PCI_PF_STUB is not set\n");
	put_file(snap, "proc/modules", "igb 300 0 - Live 0x0\n");
	struct model *m = model_of(snap);
	const struct fn *fn = fn_at(m, "01:00.0");
	assert_int_equal(fn->role, ROLE_PF);
	assert_ptr_equal(fn->upstream, fn_at(m, "00:01.0"));
	assert_true(fn->upstream->on_root_bus && known_as(&fn->upstream->bridge->subordinate, 1));
	assert_string_equal(fn->driver, "igb");
	assert_int_equal(fn->group->number, 7);
	assert_int_equal(fn->group->fns_n, 2);
	assert_string_equal(fn->group->type, "DMA-FQ");
	assert_true(fn->res[0].assigned == TRI_YES && fn->res[0].size == 0x20000);
	const struct vf_bar *bar = fn->pf->bars;
	assert_true(bar[0].implemented && bar[0].assigned == TRI_NO && bar[0].size == 0x4000);
	assert_true(bar[3].assigned == TRI_YES && bar[3].range.start == 0xfe820000 && bar[3].size == 0x4000 && bar[3].is_64);
	const struct host *host = &m->host;
	assert_int_equal(host->kind, HOST_BARE_METAL);
	assert_true(host->iommu == TRI_YES && host->intr_remap == TRI_YES);
	assert_true(host->kernel_major == 6 && host->kernel_minor == 12 && host->page_size == 4096);
	struct slice value;
	assert_true(cmdline_get(host, "intel_iommu", &value) && slice_is(value, "on"));
	assert_true(cmdline_has(host, "pci", "noari", &value));
	assert_false(cmdline_has(host, "pci", "nommconf", &value));
	assert_string_equal(kernel_config(m, "CONFIG_PCI_IOV"), "y");
	assert_string_equal(kernel_config(m, "CONFIG_PCI_PF_STUB"), "n");
	assert_int_equal(module_loaded(m, "igb"), TRI_YES);
	assert_int_equal(module_loaded(m, "vfio-pci"), TRI_NO);
	model_free(m);
	snapshot_free(snap);
}

static void test_filters(void **unused)
{
	(void)unused;
	static const struct {
		const char *slot;
		bool valid, matches; /* 0000:3b:1f.7 */
	} rows[] = {
		{"3b:1f.7", true, true}, {"0000:3b:1f.7", true, true}, {"1:3b:1f.7", true, false}, {"3b:", true, true}, {"1f", true, true},
		{".7", true, true}, {".0", true, false}, {"*:*:1f.*", true, true}, {":", true, true}, {"3b:20.0", false, false},
		{"3b:00.8", false, false}, {"100:00.0", false, false}, {"x", false, false}, {"3b:1f.7x", false, false},
	};
	const struct fn fn = {.addr = {0, 0x3b, 0x1f, 7}, .vendor = {0x8086, ITEM_PRESENT, NULL}, .device = {0x10c9, ITEM_PRESENT, NULL},
			      .class = {0x020000, ITEM_PRESENT, NULL}};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct filter filter = FILTER_ANY;
		assert_int_equal(filter_slot(&filter, rows[i].slot), rows[i].valid ? 0 : -EINVAL);
		if (rows[i].valid)
			assert_int_equal(filter_match(&filter, &fn), rows[i].matches);
	}
	static const char *const zeros[] = {"0:3b:1f.7", "00:", "00", ".0", "*:00:*.*", "*:*:00.*"};
	const struct fn high = {.addr = {1, 0x3b, 0x1f, 7}};
	for (size_t i = 0; i < ARRAY_SIZE(zeros); i++) {
		struct filter none = FILTER_ANY;
		assert_int_equal(filter_slot(&none, zeros[i]), 0);
		assert_false(filter_match(&none, &high));
	}
	static const struct {
		const char *id;
		bool matches; /* 15b3:101d of class 0108, interface 03 */
	} ids[] = {
		{"15b3:", true}, {"15b2:", false}, {"95b3:", false}, {":101d", true}, {":101c", false}, {":901d", false}, {"::0108", true}, {"::0109", false},
		{"::8108", false}, {":::03", true}, {":::02", false}, {":::83", false}, {"15b3:101d:0108:03", true}, {"15b3:101d:0108:*", true}, {"*:101d:*:3", true},
	};
	const struct fn odd = {.vendor = {0x15b3, ITEM_PRESENT, NULL}, .device = {0x101d, ITEM_PRESENT, NULL}, .class = {0x010803, ITEM_PRESENT, NULL}};
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		struct filter by_id = FILTER_ANY;
		assert_int_equal(filter_id(&by_id, ids[i].id), 0);
		assert_int_equal(filter_match(&by_id, &odd), ids[i].matches);
	}
	struct filter filter = FILTER_ANY;
	assert_int_equal(filter_id(&filter, "8086:"), 0);
	assert_true(filter_match(&filter, &fn));
	assert_int_equal(filter_id(&filter, ":10c9:0200:00"), 0);
	assert_true(filter_match(&filter, &fn));
	assert_int_equal(filter_id(&filter, "15b3:"), 0);
	assert_false(filter_match(&filter, &fn));
	assert_int_equal(filter_id(&filter, "8086"), -EINVAL);
	assert_int_equal(filter_id(&filter, "8086:1:2:3:4"), -EINVAL);
	assert_int_equal(filter_id(&filter, "18086:"), -EINVAL);
}

/* What lspci's words say of BARs, where nothing else does. */
static void test_regions(void **unused)
{
	(void)unused;
	static const char text[] =
		"01:00.0 Ethernet controller [0200]: Intel Corporation 82576 [8086:10c9]\n"
		"\tRegion 0: Memory at fe000000 (32-bit, non-prefetchable) [size=128K]\n"
		"\tRegion 2: I/O ports at e000 [size=32]\n"
		"\tRegion 3: Memory at 6000000000 (64-bit, prefetchable)\n"
		"\tRegion 5: Memory at <unassigned> (32-bit, non-prefetchable) [size=16K]\n";
	static const struct {
		bool there, io, is_64, prefetchable;
		enum tri assigned;
		uint64_t start, end, size;
		unsigned line;
	} want[6] = {
		[0] = {true, false, false, false, TRI_YES, 0xfe000000, 0xfe01ffff, 0x20000, 2}, [2] = {true, true, false, false, TRI_YES, 0xe000, 0xe01f, 32, 3},
		[3] = {true, false, true, true, TRI_YES, 0x6000000000, 0x6000000000, 0, 4}, [5] = {true, false, false, false, TRI_NO, 1, 0, 0x4000, 5},
	};
	struct snapshot *snap = snapshot_new("x");
	assert_int_equal(snapshot_put_file(snap, "lspci", slice_of(text), NULL), 0);
	assert_int_equal(text_ingest(snap), 0);
	struct model *m = model_of(snap);
	assert_int_equal(m->fns_n, 1);
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		const struct resource *res = &m->fns[0].res[i];
		assert_int_equal(res->implemented, want[i].there);
		if (!want[i].there)
			continue;
		assert_true(res->io == want[i].io && res->is_64 == want[i].is_64 && res->prefetchable == want[i].prefetchable);
		assert_int_equal(res->assigned, want[i].assigned);
		assert_int_equal(res->range.start, want[i].start);
		assert_int_equal(res->range.end, want[i].end);
		assert_int_equal(res->size, want[i].size);
		assert_int_equal(res->line, want[i].line);
	}
	model_free(m);
	snapshot_free(snap);
}

/* Random configuration spaces of every kind: a model is made of all of them. */
static void test_random(void **unused)
{
	(void)unused;
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		struct snapshot *snap = snapshot_new("x");
		for (unsigned i = 0; i < 6; i++) {
			struct space s;
			for (size_t b = 0; b < sizeof(s.b); b++) {
				seed = seed * 1664525u + 1013904223u;
				s.b[b] = (uint8_t)(seed >> 24);
			}
			s.std = s.ext = 0;
			if (i & 1)
				space_port(&s, 0, s.b[0] & 3, s.b[1], s.b[2] & 1);
			else if (round & 1) {
				space_header(&s, 0x8086, 1, 0x020000, 0);
				space_express(&s, 0);
				space_sriov(&s, 0x100, (unsigned)(seed >> 16), seed & 7, seed >> 8 & 0xfff, seed >> 4 & 3);
			}
			const struct sriov_addr addr = {0, (uint8_t)(i / 2), (uint8_t)i, 0};
			assert_int_equal(snapshot_put_config(snap, &addr, s.b, NULL, seed % 4097, NULL), 0);
		}
		struct model *m = model_of(snap);
		assert_int_equal(m->fns_n, 6);
		model_free(m);
		snapshot_free(snap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses), cmocka_unit_test(test_tree), cmocka_unit_test(test_unread),
		cmocka_unit_test(test_host_folders), cmocka_unit_test(test_filters), cmocka_unit_test(test_regions), cmocka_unit_test(test_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
