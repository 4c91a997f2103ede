/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/lspci-hex.h"
#include "decode/lspci-text.h"
#include "failing.h"
#include "shared.h"
#include "util/strbuf.h"

static uint8_t bytes[4096], mask[4096];

static struct bytes image_of(struct arena *arena, struct lspci_words *words, const char *title, const char *body)
{
	*words = (struct lspci_words){0};
	assert_needs_memory(lspci_words_read(arena, words, slice_of(title), slice_of(body), 2), *words = (struct lspci_words){0});
	size_t len = lspci_words_image(words, bytes, mask);
	return (struct bytes){bytes, mask, len};
}

static void expect(const struct bytes *view, size_t at, unsigned size, unsigned lsb, unsigned width, uint64_t want, const char *what)
{
	uint64_t v = 0;
	if (bytes_bits(view, at, size, lsb, width, &v) || v != want)
		fail_msg("%s at 0x%zx: 0x%llx, want 0x%llx", what, at, (unsigned long long)v, (unsigned long long)want);
}

static void unknown(const struct bytes *view, size_t at, unsigned size, unsigned lsb, unsigned width)
{
	uint64_t v;
	assert_int_equal(bytes_bits(view, at, size, lsb, width, &v), -ENODATA);
}

static void test_titles(void **state)
{
	(void)state;
	static const struct {
		const char *title;
		int vendor, device, class, rev;
		const char *name;
		bool gone;
	} rows[] = {
		{"0200: 8086:10c9 (rev 01)", 0x8086, 0x10c9, 0x0200, 1, NULL, false},
		{"Class 0200: 8086:10c9 (rev 01)", 0x8086, 0x10c9, 0x0200, 1, NULL, false},
		{"Class 0604: Device 1b36:000c", 0x1b36, 0x000c, 0x0604, -1, NULL, false},
		{"Ethernet controller [0200]: Intel Corporation 82599ES [8086:10fb] (rev 01)", 0x8086, 0x10fb, 0x0200, 1, NULL, false},
		{"VGA compatible controller [0300]: Advanced Micro Devices, Inc. [AMD/ATI] Navi 21 [1002:73a3] (rev c1) (prog-if 00 [VGA controller])",
		 0x1002, 0x73a3, 0x0300, 0xc1, NULL, false},
		{"Ethernet controller: Intel Corporation Ethernet Controller XXV710 for 25GbE backplane (rev 02)", -1, -1, 0x0200, 2,
		 "Intel Corporation Ethernet Controller XXV710 for 25GbE backplane", false},
		{"PCI bridge: Renesas Technology Corp. Device 0031 (prog-if 00 [Normal decode])", -1, 0x0031, 0x0604, -1,
		 "Renesas Technology Corp. Device 0031", false},
		{"Ethernet controller: Unknown device 8086:10c9", 0x8086, 0x10c9, 0x0200, -1, NULL, false},
		{"3D controller: NVIDIA Corporation GA102GL [A40] (rev ff) (prog-if ff)", -1, -1, 0x0302, 0xff, "NVIDIA Corporation GA102GL [A40]", true},
		{"VGA compatible controller: NVIDIA Corporation GP107M (rev ff)", -1, -1, 0x0300, 0xff, "NVIDIA Corporation GP107M", true},
		{"Quantum controller: Foo", -1, -1, -1, -1, "Foo", false},
		{"", -1, -1, -1, -1, NULL, false},
	};
	struct arena arena = {0};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct lspci_words w;
		struct bytes view = image_of(&arena, &w, rows[i].title, "");
		assert_int_equal(w.vendor, rows[i].vendor);
		assert_int_equal(w.device, rows[i].device);
		assert_int_equal(w.class, rows[i].class);
		assert_int_equal(w.all_ones, rows[i].gone);
		if (rows[i].name ? !slice_is(w.name, rows[i].name) : w.name.n != 0)
			fail_msg("%s: %.*s", rows[i].title, (int)w.name.n, w.name.p);
		if (rows[i].rev >= 0)
			expect(&view, 8, 1, 0, 8, (uint64_t)rows[i].rev, rows[i].title);
		else
			unknown(&view, 8, 1, 0, 8);
		if (rows[i].gone)
			expect(&view, 0, 4, 0, 32, UINT32_MAX, "all ones");
	}
	arena_free(&arena);
}

/* The same block as lspci 3.1, 3.9 and 3.14 word it, tabs or spaces or nothing before the lines. */
static const char *const sriov_blocks[] = {
	"\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n"
	"\t\tIOVCap:\tMigration+, Interrupt Message Number: 01f\n"
	"\t\tIOVCtl:\tEnable+ Migration- Interrupt- MSE+ ARIHierarchy+\n"
	"\t\tIOVSta:\tMigration-\n"
	"\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 7, Function Dependency Link: 0a\n"
	"\t\tVF offset: 128, stride: 2, Device ID: 10ca\n"
	"\t\tSupported Page Size: 00000553, System Page Size: 00000001\n"
	"\t\tRegion 0: Memory at 00000060c7c00000 (64-bit, prefetchable)\n"
	"\t\tRegion 3: Memory at 00000000c7c20000 (32-bit, non-prefetchable)\n"
	"\t\tVF Migration: offset: 00000000, BIR: 0\n",
	"        Capabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\r\n"
	"                IOVCap: Migration+ 10BitTagReq+ Interrupt Message Number: 01f\r\n"
	"                IOVCtl: Enable+ Migration- Interrupt- MSE+ ARIHierarchy+ 10BitTagReq-\r\n"
	"                IOVSta: Migration-\r\n"
	"                Initial VFs: 8, Total VFs: 8, Number of VFs: 7, Function Dependency Link: 0a\r\n"
	"                VF offset: 128, stride: 2, Device ID: 10ca\r\n"
	"                Supported Page Size: 00000553, System Page Size: 00000001\r\n"
	"                Region 0: Memory at 00000060c7c00000 (64-bit, prefetchable)\r\n"
	"                Region 3: Memory at 00000000c7c20000 (32-bit, non-prefetchable)\r\n",
	"> Capabilities: [160] Single Root I/O Virtualization (SR-IOV)\n"
	"> IOVCap: Migration+ 10BitTagReq+ IntMsgNum 31\n"
	"> IOVCtl: Enable+ Migration- Interrupt- MSE+ ARIHierarchy+ 10BitTagReq-\n"
	"> IOVSta: Migration-\n"
	"> Initial VFs: 8, Total VFs: 8, Number of VFs: 7, Function Dependency Link: 0a\n"
	"> VF offset: 128, stride: 2, Device ID: 10ca\n"
	"> Supported Page Size: 00000553, System Page Size: 00000001\n"
	"> Region 0: Memory at 00000060c7c00000 (64-bit, prefetchable)\n"
	"> Region 3: Memory at 00000000c7c20000 (32-bit, non-prefetchable)\n",
};

static void test_sriov(void **state)
{
	(void)state;
	struct arena arena = {0};
	for (size_t i = 0; i < ARRAY_SIZE(sriov_blocks); i++) {
		struct lspci_words w;
		struct bytes v = image_of(&arena, &w, "0200: 8086:10c9", sriov_blocks[i]);
		assert_int_equal(w.caps_n, 1);
		assert_int_equal(w.caps[0].id, 0x10);
		assert_int_equal(w.caps[0].offset, 0x160);
		assert_true(w.caps[0].extended);
		assert_int_equal(w.caps[0].version, i == 2 ? 0 : 1);
		expect(&v, 0x160, 2, 0, 16, 0x10, "id");
		expect(&v, 0x164, 4, 0, 1, 1, "VF Migration Capable");
		expect(&v, 0x164, 4, 21, 11, 0x1f, "message number");
		unknown(&v, 0x164, 4, 1, 1); /* ARI Capable Hierarchy Preserved is in no text */
		expect(&v, 0x168, 2, 0, 5, 0x19, "control");
		if (i)
			expect(&v, 0x164, 4, 2, 1, 1, "10-bit tags");
		else
			unknown(&v, 0x164, 4, 2, 1);
		expect(&v, 0x16c, 2, 0, 16, 8, "InitialVFs");
		expect(&v, 0x16e, 2, 0, 16, 8, "TotalVFs");
		expect(&v, 0x170, 2, 0, 16, 7, "NumVFs");
		expect(&v, 0x172, 1, 0, 8, 10, "dependency link");
		expect(&v, 0x174, 2, 0, 16, 128, "offset");
		expect(&v, 0x176, 2, 0, 16, 2, "stride");
		expect(&v, 0x17a, 2, 0, 16, 0x10ca, "VF device");
		expect(&v, 0x17c, 4, 0, 32, 0x553, "sizes");
		expect(&v, 0x180, 4, 0, 32, 1, "page size");
		expect(&v, 0x184, 8, 0, 64, UINT64_C(0x60c7c0000c), "VF BAR0");
		expect(&v, 0x190, 4, 0, 32, 0xc7c20000, "VF BAR3");
		unknown(&v, 0x18c, 4, 0, 32); /* VF BAR2 is not named */
		assert_int_equal(w.regions_n, 2);
		assert_int_equal(w.regions[1].index, 10);
		expect(&v, 0x0e, 1, 0, 7, 0, "header type");
	}
	arena_free(&arena);
}

static void test_port(void **state)
{
	(void)state;
	static const char body[] =
		"\tControl: I/O+ Mem+ BusMaster- SpecCycle- MemWINV- VGASnoop- ParErr- Stepping- SERR+ FastB2B- DisINTx+\n"
		"\tNUMA node: 1\n\tIOMMU group: 23\n\tPhysical Slot: 3-1\n"
		"\tRegion 0: Memory at fea11000 (32-bit, non-prefetchable) [size=4K]\n"
		"\tRegion 1: Memory at <unassigned> (64-bit, prefetchable) [disabled] [size=2G]\n"
		"\tBus: primary=00, secondary=05, subordinate=08, sec-latency=0\n"
		"\tI/O behind bridge: 0000e000-0000efff\n"
		"\tMemory behind bridge: fe800000-fe9fffff [size=2M] [32-bit]\n"
		"\tPrefetchable memory behind bridge: 0000006000000000-000000601fffffff\n"
		"\tCapabilities: [54] Express (v2) Root Port (Slot+), MSI 03\n"
		"\t\tDevCap:\tMaxPayload 512 bytes, PhantFunc 0\n\t\t\tExtTag+ RBE+ FLReset-\n"
		"\t\tSltCap:\tAttnBtn+ PwrCtrl+ MRL- AttnInd+ PwrInd+ HotPlug+ Surprise-\n\t\t\tSlot #17, PowerLimit 0W; Interlock+ NoCompl-\n"
		"\t\tLnkSta2: Current De-emphasis Level: -6dB, EqualizationComplete-\n\t\t\t ARIFwd-\n"
		"\t\tDevCap2: Completion Timeout: Not Supported, TimeoutDis- NROPrPrP- LTR-\n"
		"\t\t\t FRS-, LN System CLS Not Supported, TPHComp-, ExtTPHComp-, ARIFwd+\n"
		"\t\tDevCtl2: Completion Timeout: 50us to 50ms, TimeoutDis-, LTR+, OBFF Disabled ARIFwd-\n"
		"\tCapabilities: [148 v1] Access Control Services\n"
		"\t\tACSCap:\tSrcValid+ TransBlk+ ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-\n"
		"\t\tACSCtl:\tSrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-\n"
		"\tKernel driver in use: pcieport\n\tKernel modules: shpchp\n";
	struct arena arena = {0};
	struct lspci_words w;
	struct bytes v = image_of(&arena, &w, "PCI bridge: X", body);
	expect(&v, 4, 2, 0, 3, 3, "command");
	expect(&v, 0x0e, 1, 0, 7, 1, "header type");
	expect(&v, 0x18, 4, 0, 24, 0x080500, "buses");
	unknown(&v, 0x20, 4, 0, 32); /* windows and BARs are regions: the host's assignment, not the registers */
	expect(&v, 0x24, 2, 0, 4, 1, "prefetchable window's type");
	unknown(&v, 0x10, 4, 0, 32);
	expect(&v, 0x10, 4, 0, 4, 0, "BAR0's type");
	expect(&v, 0x56, 2, 0, 14, 2 | 4 << 4 | 1 << 8 | 3 << 9, "Express flags");
	expect(&v, 0x58, 4, 0, 3, 2, "MaxPayload");
	expect(&v, 0x58, 4, 28, 1, 0, "FLR");
	expect(&v, 0x68, 4, 5, 2, 2, "HotPlug, Surprise");
	expect(&v, 0x68, 4, 19, 13, 17, "slot");
	expect(&v, 0x78, 4, 5, 1, 1, "ARIFwd supported");
	expect(&v, 0x7c, 2, 5, 1, 0, "ARIFwd enabled");
	expect(&v, 0x7c, 2, 10, 1, 1, "LTR");
	expect(&v, 0x14c, 2, 0, 7, 0x1f, "ACSCap");
	expect(&v, 0x14e, 2, 0, 7, 0x1d, "ACSCtl");
	assert_int_equal(w.group, 23);
	assert_int_equal(w.numa, 1);
	assert_true(slice_is(w.driver, "pcieport"));
	assert_true(slice_is(w.modules, "shpchp"));
	assert_true(slice_is(w.slot, "3-1"));
	assert_int_equal(w.regions_n, 5);
	assert_true(w.regions[1].unassigned && w.regions[1].size == UINT64_C(2) << 30 && w.regions[1].is_64);
	assert_int_equal(w.regions[2].index, 13);
	assert_true(w.regions[2].io && w.regions[2].address == 0xe000 && w.regions[2].size == 0x1000);
	assert_int_equal(w.regions[3].index, 14);
	assert_int_equal(w.regions[3].size, 2 << 20);
	assert_true(w.regions[4].is_64 && w.regions[4].prefetchable && w.regions[4].address == UINT64_C(0x6000000000));
	arena_free(&arena);
}

static void test_excerpts(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct lspci_words w;
	/* a continuation whose register's name was cut off: its words belong to one register only */
	struct bytes v = image_of(&arena, &w, "PCI bridge: X",
				  "Capabilities: [70] Express (v2) Root Port (Slot-), MSI 00\n FRS-, LN System CLS Not Supported, TPHComp-, ExtTPHComp-, ARIFwd-\n");
	expect(&v, 0x94, 4, 5, 1, 0, "ARIFwd supported");
	unknown(&v, 0x98, 2, 5, 1);
	/* lines before the capability's own */
	v = image_of(&arena, &w, "PCI bridge: X", "DevCap2: Completion Timeout: Not Supported, TimeoutDis- ARIFwd-\n"
						    "DevCtl2: TimeoutDis- ARIFwd+\nCapabilities: [a0] Express (v2) Root Port (Slot+), MSI 00\n");
	expect(&v, 0xc4, 4, 5, 1, 0, "ARIFwd supported");
	expect(&v, 0xc8, 2, 5, 1, 1, "ARIFwd enabled");
	/* without a position the words have no place */
	v = image_of(&arena, &w, "PCI bridge: X", "DevCap2: TimeoutDis- ARIFwd-\n");
	unknown(&v, 0xc4, 4, 5, 1);
	/* -v of an ordinary user */
	v = image_of(&arena, &w, "0200: 8086:10fb", "Flags: bus master, fast devsel, latency 0, IRQ 18, NUMA node 0, IOMMU group 5\n"
						      "Memory at df980000 (64-bit, non-prefetchable) [size=512K]\nCapabilities: <access denied>\nKernel modules: ixgbe\n");
	assert_true(w.denied && w.has_modules && !w.driver.n && w.has_group && w.group == 5);
	assert_int_equal(w.regions[0].index, 0xff);
	assert_int_equal(w.regions[0].size, 512 << 10);
	expect(&v, 4, 2, 2, 1, 1, "bus master");
	unknown(&v, 0x10, 4, 0, 4);
	/* another function's description, whose first line is lost, is left alone */
	v = image_of(&arena, &w, "0200: 8086:10fb", "Control: I/O- Mem+\nKernel driver in use: ixgbe\n\nControl: I/O+ Mem-\nKernel driver in use: other\n");
	assert_true(slice_is(w.driver, "ixgbe"));
	expect(&v, 4, 2, 0, 2, 2, "command");
	v = image_of(&arena, &w, "Class 0c03", "!!! Unknown header type 7f\n");
	expect(&v, 0, 4, 0, 32, UINT32_MAX, "gone");
	/* a value that its register cannot hold is no value */
	v = image_of(&arena, &w, "0200: 8086:10fb", "Capabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\nTotal VFs: 65536, Number of VFs: 99999999999999999999\n");
	unknown(&v, 0x16e, 2, 0, 16);
	unknown(&v, 0x170, 2, 0, 16);
	/* sizes of VF BARs */
	v = image_of(&arena, &w, "0300: 8086:56c0", "Capabilities: [420 v1] Virtual Resizable BAR\nBAR 0: current size: 16MB, supported: 16MB\n"
						      "BAR 2: current size: 2GB, supported: 256MB 512MB 1GB 2GB\n");
	expect(&v, 0x420, 2, 0, 16, 0x24, "id");
	expect(&v, 0x424, 4, 0, 32, 1 << (4 + 4), "sizes");
	expect(&v, 0x428, 4, 0, 3, 0, "index");
	expect(&v, 0x428, 4, 5, 3, 2, "count");
	expect(&v, 0x430, 4, 0, 3, 2, "index");
	expect(&v, 0x430, 4, 8, 6, 11, "size");
	arena_free(&arena);
}

/* What does not end is cut off: bits, capabilities, regions, words without their capability, long lines. */
static void test_limits(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct lspci_words w;
	struct strbuf sb = {0};
	for (unsigned i = 0; i < 70; i++)
		strbuf_puts(&sb, "\tRegion 0: Memory at 1000\n");
	image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	assert_int_equal(w.regions_n, 64);
	assert_int_equal(w.regions[63].line, 65);
	strbuf_free(&sb);
	for (unsigned i = 0; i < 1100; i++)
		strbuf_puts(&sb, "\tCapabilities: [40] Power Management\n");
	image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	assert_int_equal(w.caps_n, 1024);
	strbuf_free(&sb);
	for (unsigned i = 0; i < 1024; i++)
		strbuf_puts(&sb, &"Control: I/O+ Mem+ BusMaster+ SpecCycle+ MemWINV+ VGASnoop+ ParErr+ SERR+ DisINTx+ "
				  "I/O- Mem- BusMaster- SpecCycle- MemWINV- VGASnoop- ParErr-\n"[i ? 9 : 0]);
	struct bytes v = image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	assert_true(w.bits_n <= 16384);
	strbuf_free(&sb);
	/* more than the bits of a function can be: later ones are not taken, whole registers or nothing */
	strbuf_puts(&sb, "Capabilities: [40] Express (v2) Endpoint, MSI 00\n");
	for (unsigned i = 0; i < 4000; i++)
		strbuf_puts(&sb, "DevCap: ExtTag+ AttnBtn+ AttnInd+ PwrInd+ RBE+\n");
	strbuf_puts(&sb, "DevCap: FLReset+\n");
	v = image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	assert_int_equal(w.bits_n, 16384 - 7);
	unknown(&v, 0x44, 4, 28, 1);
	unknown(&v, 0x00, 2, 0, 16); /* the ids are settled last */
	strbuf_free(&sb);
	/* 64 words wait for their capability */
	for (unsigned i = 0; i < 64; i++)
		strbuf_puts(&sb, "ACSCap: SrcValid+\n");
	strbuf_puts(&sb, "ACSCap: TransBlk+\nCapabilities: [100 v1] Access Control Services\n");
	v = image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	expect(&v, 0x104, 2, 0, 1, 1, "the first that waited");
	unknown(&v, 0x104, 2, 1, 1);
	strbuf_free(&sb);
	for (unsigned i = 0; i < 63; i++)
		strbuf_puts(&sb, "ACSCap: SrcValid+\n");
	strbuf_puts(&sb, "ACSCap: TransBlk+\nCapabilities: [100 v1] Access Control Services\n");
	v = image_of(&arena, &w, "0200: 8086:10c9", sb.text);
	expect(&v, 0x104, 2, 1, 1, 1, "the last that waited");
	strbuf_free(&sb);
	/* a line is looked at up to 8192 bytes */
	for (unsigned more = 0; more < 2; more++) {
		strbuf_printf(&sb, "Capabilities: [100 v1] Access Control Services\nACSCap:%*s\n", (int)(8192 - strlen("ACSCap:") + more), "SrcValid+");
		v = image_of(&arena, &w, "0200: 8086:10c9", sb.text);
		if (more)
			unknown(&v, 0x104, 2, 0, 1);
		else
			expect(&v, 0x104, 2, 0, 1, 1, "the last byte");
		strbuf_free(&sb);
	}
	/* the last register of a function, and none behind it */
	v = image_of(&arena, &w, "0200: 8086:10c9", "Capabilities: [ffc v1] Access Control Services\nACSCap: SrcValid+\nCapabilities: [ff8 v1] Alternative Routing-ID\nARICtl: MFVC+\n");
	assert_int_equal(v.len, 4096);
	expect(&v, 0xffc, 2, 0, 16, 13, "id");
	v = image_of(&arena, &w, "0200: 8086:10c9", "Capabilities: [ff8 v1] Access Control Services\nACSCap: SrcValid+\nACSCtl: SrcValid+\n");
	expect(&v, 0xffc, 2, 0, 1, 1, "ACSCap");
	expect(&v, 0xffe, 2, 0, 1, 1, "ACSCtl");
	arena_free(&arena);
}

static void test_tree(void **state)
{
	(void)state;
	static const char text[] =
		"-+-[0001:80]---01.0-[81]----00.0\n"
		" \\-[0000:00]-+-00.0  Intel Corporation Xeon\n"
		"             +-01.0-[05-08]----00.0-[06-08]--+-02.0-[07]--+-00.0  Intel Corporation 82576\n"
		"             |                               |            \\-00.1  Intel Corporation 82576\n"
		"             |                               \\-04.0-[08]--+-00.0  A-[09]\n"
		"             |                                            \\-00.1\n"
		"             \\-1f.3\n"
		"prose +-01.0-[05]\n";
	static const struct {
		unsigned domain, bus, device, function;
		int secondary, subordinate;
	} want[] = {
		{1, 0x80, 1, 0, 0x81, 0x81}, {1, 0x81, 0, 0, -1, -1}, {0, 0, 0, 0, -1, -1}, {0, 0, 1, 0, 5, 8}, {0, 5, 0, 0, 6, 8}, {0, 6, 2, 0, 7, 7},
		{0, 7, 0, 0, -1, -1}, {0, 7, 0, 1, -1, -1}, {0, 6, 4, 0, 8, 8}, {0, 8, 0, 0, -1, -1}, {0, 8, 0, 1, -1, -1}, {0, 0, 0x1f, 3, -1, -1},
	};
	struct lspci_tree tree = {.text = slice_of(text)};
	struct tree_node node;
	size_t n = 0;
	for (; lspci_tree_next(&tree, &node); n++) {
		assert_true(n < ARRAY_SIZE(want));
		if (node.addr.domain != want[n].domain || node.addr.bus != want[n].bus || node.addr.device != want[n].device ||
		    node.addr.function != want[n].function)
			fail_msg("%zu: %x:%x:%x.%x", n, node.addr.domain, node.addr.bus, node.addr.device, node.addr.function);
		assert_int_equal(node.bridge, want[n].secondary >= 0);
		if (node.bridge) {
			assert_int_equal(node.secondary, want[n].secondary);
			assert_int_equal(node.subordinate, want[n].subordinate);
		}
	}
	assert_int_equal(n, ARRAY_SIZE(want));
}

/* Dumps whose words are of other bytes than those beside them. */
static bool edited(const char *path, size_t at)
{
	static const struct {
		const char *name;
		size_t from, to;
	} rows[] = {
		{"pciutils-cap-dvsec-cxl.lspci", 0x300, 0x303},
		{"pciutils-cap-dvsec-cxl-OLD.lspci", 0x300, 0x303},
		{"pciutils-cap-dvsec.lspci", 0x300, 0x303},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(path, rows[i].name) && at >= rows[i].from && at <= rows[i].to)
			return true;
	return false;
}

/* Where a dump has words beside the bytes, each bit that the words tell is the bytes' bit. */
static unsigned compare(const char *path, char *text, size_t len)
{
	static struct lspci_function fn;
	struct lspci_hex it = {.text = {text, len}};
	unsigned told = 0;
	while (lspci_hex_next(&it, &fn)) {
		struct arena arena = {0};
		struct lspci_words w = {0};
		struct slice body = fn.block, first;
		slice_line(&body, &first);
		assert_int_equal(lspci_words_read(&arena, &w, fn.title, body, 2), 0);
		size_t n = lspci_words_image(&w, bytes, mask);
		for (size_t i = 0; i < n && i < fn.len && fn.words; i++) {
			if (fn.holes && !fn.known[i])
				continue;
			if (edited(path, i))
				continue;
			if ((bytes[i] ^ fn.config[i]) & mask[i])
				fail_msg("%s: %02x:%02x.%x at 0x%zx: words 0x%02x of mask 0x%02x, bytes 0x%02x", path, fn.addr.bus, fn.addr.device,
					 fn.addr.function, i, bytes[i], mask[i], fn.config[i]);
			told += (unsigned)__builtin_popcount(mask[i]);
		}
		arena_free(&arena);
	}
	return told;
}

static void test_words_are_bytes(void **state)
{
	(void)state;
	char dir_path[512], path[1024];
	DIR *dir = shared_dir("dumps", dir_path, sizeof(dir_path));
	if (!dir)
		skip();
	unsigned told = 0;
	for (struct dirent *entry; (entry = readdir(dir));) {
		size_t len = 0;
		snprintf(path, sizeof(path), "%s/%s", dir_path, entry->d_name);
		char *text = strstr(entry->d_name, ".lspci") ? read_file(path, &len) : NULL;
		if (text)
			told += compare(entry->d_name, text, len);
		free(text);
	}
	closedir(dir);
	assert_true(told > 10000);
}

static void test_hostile(void **state)
{
	(void)state;
	uint32_t seed = 99;
	for (unsigned round = 0; round < 6000; round++) {
		const char *good = sriov_blocks[round % 3];
		size_t n = strlen(good);
		char *text = malloc(n);
		assert_non_null(text);
		memcpy(text, good, n);
		size_t use = round < n ? round : n;
		for (unsigned i = 0; i < round % 9; i++) {
			seed = seed * 1664525 + 1013904223;
			text[seed % n] = (char)(seed >> 16);
		}
		struct arena arena = {0};
		struct lspci_words w = {0};
		struct lspci_tree tree = {.text = {text, use}};
		struct tree_node node;
		assert_int_equal(lspci_words_read(&arena, &w, (struct slice){text, use / 3}, (struct slice){text, use}, 2), 0);
		assert_true(lspci_words_image(&w, bytes, mask) <= 4096);
		while (lspci_tree_next(&tree, &node))
			assert_true(node.addr.device < 32);
		arena_free(&arena);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_sriov),
		cmocka_unit_test(test_port),
		cmocka_unit_test(test_excerpts),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_words_are_bytes),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
