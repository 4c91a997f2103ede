/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/ingest.h"
#include "failing.h"
#include "decode/session.h"
#include "decode/split.h"

#define ROW "00: 86 80 c9 10 07 04 10 00 01 00 00 02 00 00 80 00\n"
#define LOG "[    0.350595] pci_bus 0000:00: root bus resource [mem 0x000a0000-0x000bffff window]\n"

static void test_kinds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum source_kind kind;
		bool known;
	} rows[] = {
		{"00:00.0 0600: 8086:29c0\n" ROW, SOURCE_LSPCI_HEX, true},
		{"00:00.0 Host bridge: X\n\tControl: I/O+\n" ROW "\n", SOURCE_LSPCI_HEX, true},
		{"00:00.0 Host bridge: X\n00:02.0 VGA compatible controller: Y\n", SOURCE_LSPCI_TEXT, true},
		{"-[0000:00]-+-00.0  X\n           \\-01.0-[01]----00.0  Y\n", SOURCE_LSPCI_TEXT, true},
		{"> 00:02.0 VGA compatible controller: Y\n> \tControl: I/O+ Mem+\n", SOURCE_LSPCI_TEXT, true},
		{LOG LOG, SOURCE_KERNEL_LOG, true},
		{"Aug 26 16:15:32 host kernel: i915 0000:00:02.0: text\n", SOURCE_KERNEL_LOG, true},
		{"igb 0000:01:00.0: can't enable 7 VFs (bus 02 out of range of [bus 01])\n", SOURCE_KERNEL_LOG, true},
		{"<6>[    1.000000] ACPI: x\n", SOURCE_KERNEL_LOG, true},
		{"# echo 4 > /sys/x\nerror\n", SOURCE_SESSION, true},
		{"root@h:~# dmesg\n" LOG, SOURCE_SESSION, true},
		{"Hello,\n\nthis fails:\n\n$ lspci\n00:00.0 Host bridge: X\n" LOG, SOURCE_TEXT, true},
		{LOG "00:00.0 Host bridge: X\n", SOURCE_TEXT, true},
		{"nothing here\nat all: no\n", SOURCE_TEXT, false},
		{"", SOURCE_TEXT, false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (text_kind(slice_of(rows[i].text)) != rows[i].kind || text_known(slice_of(rows[i].text)) != rows[i].known)
			fail_msg("%s: %s", rows[i].text, source_kind_name(text_kind(slice_of(rows[i].text))));
	}
}

static const char ticket[] =
	"Hi, SR-IOV does not work on my board.\n"                                            /* 1 */
	"\n"
	"```\n"
	"root@pve:~# echo 4 > /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs\n"              /* 4 */
	"-bash: echo: write error: Cannot allocate memory\n"
	"root@pve:~# dmesg | tail -1\n"
	"[  481.570274] igb 0000:3b:00.0: not enough MMIO resources for SR-IOV\n"             /* 7 */
	"root@pve:~# lspci -vvs 3b:00.0\n"
	"3b:00.0 Ethernet controller: Intel Corporation 82576 Gigabit Network Connection (rev 01)\n" /* 9 */
	"\tControl: I/O- Mem+ BusMaster+\n"
	"\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n"
	"\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 0, Function Dependency Link: 00\n"
	"```\n"                                                                              /* 13 */
	"The journal says\r\n"
	"> Mar 08 00:50:50 pve kernel: DMAR: IOMMU enabled\r\n"                              /* 15 */
	"and the bridge above:\n"
	"3a:00.0 PCI bridge: Intel Corporation Device 2030\n"                                /* 17 */
	"        Bus: primary=3a, secondary=3b, subordinate=3b, sec-latency=0\n"
	"Thanks! The number of VFs: is 4.\n";

static void test_ticket(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("ticket.txt");
	assert_needs_memory(snapshot_put_text(snap, "ticket.txt", slice_of(ticket)), snapshot_free(snap); snap = snapshot_new("ticket.txt"));
	assert_int_equal(snap->kind, SOURCE_TEXT);
	assert_int_equal(snap->session->writes_n, 1);
	assert_int_equal(snap->session->writes[0].at.line, 4);
	const struct item *config = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/config");
	assert_true(config && config->config && config->config->from_text);
	assert_int_equal(config->line, 9);
	assert_string_equal(config->origin, "ticket.txt");
	uint64_t v = 0;
	assert_int_equal(bytes_bits(&config->config->view, 0x16e, 2, 0, 16, &v), 0);
	assert_int_equal(v, 8);
	config = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3a:00.0/config");
	assert_true(config && config->line == 17);
	assert_int_equal(bytes_bits(&config->config->view, 0x1a, 1, 0, 8, &v), 0);
	assert_int_equal(v, 0x3b);
	/* the log's lines stand where the ticket has them */
	struct slice log = snapshot_bytes(snap, NULL, "dmesg"), line;
	unsigned number = 0, seen = 0;
	while (slice_line(&log, &line)) {
		number++;
		if (slice_has(line, "not enough MMIO"))
			seen += number == 7;
		if (slice_has(line, "DMAR: IOMMU enabled"))
			seen += number == 15;
		assert_false(slice_has(line, "root@pve") || slice_has(line, "write error") || slice_has(line, "Ethernet"));
	}
	assert_int_equal(seen, 2);
	assert_true(slice_has(snapshot_bytes(snap, NULL, "lspci"), "82576") && !slice_has(snapshot_bytes(snap, NULL, "lspci"), "MMIO"));
	snapshot_free(snap);
}

static void test_root_files(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("root");
	assert_int_equal(snapshot_put_file(snap, "transcript", SLICE("# echo 6 > /sys/devices/pci0000:00/0000:00:02.0/sriov_numvfs\n"
								      "bash: echo: write error: No such file or directory\n# dmesg\n" LOG), NULL), 0);
	/* a description whose first line was cut off is the only function's that anything is known of */
	assert_int_equal(snapshot_put_file(snap, "lspci", SLICE("Capabilities: [320 v1] Single Root I/O Virtualization (SR-IOV)\n"
								 "\t\tInitial VFs: 7, Total VFs: 7, Number of VFs: 0, Function Dependency Link: 00\n"), NULL), 0);
	assert_int_equal(snapshot_put_file(snap, "sys/bus/pci/devices/0000:00:02.0/vendor", SLICE("0x8086\n"), NULL), 0);
	assert_int_equal(text_ingest(snap), 0);
	assert_true(slice_has(snapshot_bytes(snap, NULL, "transcript.dmesg"), "root bus resource"));
	assert_null(snapshot_bytes(snap, NULL, "dmesg").p);
	const struct item *config = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:00:02.0/config");
	assert_true(config && config->config);
	assert_int_equal(config->config->text_caps_n, 1);
	assert_int_equal(config->config->text_caps[0].offset, 0x320);
	snapshot_free(snap);
}

static void test_lspci_of_one(void **state)
{
	(void)state;
	/* the command names the function whose first line grep took away */
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(snapshot_put_text(snap, "t", SLICE("# lspci -vvvs 3b:00.1 | grep -A9 Single\n"
							     "\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n"
							     "\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 0, Function Dependency Link: 00\n"
							     "# lspci -s 0000:00:1f.0 -n\n00:1f.0 0601: 8086:2918\n"
							     "# lspci -tnn\n-[0000:00]-+-00.0  Intel Corporation Device [8086:29c0]\n")), 0);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:00:00.0/device"), "0x29c0\n"));
	const struct item *config = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3b:00.1/config");
	assert_true(config && config->config && config->config->text_caps_n == 1 && config->line == 1);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:00:1f.0/device"), "0x2918\n"));
	snapshot_free(snap);
}

static void test_lspci_merge(void **state)
{
	(void)state;
	/* words fill what the bytes do not reach; the longer of two listings counts; the root's own files are never replaced */
	struct snapshot *snap = snapshot_new("root");
	assert_int_equal(snapshot_put_file(snap, "sys/bus/pci/devices/0000:01:00.0/driver", SLICE("x"), NULL), 0);
	assert_int_equal(snapshot_put_text(snap, "dump", SLICE("01:00.0 0200: 8086:10c9 (rev 01)\n" ROW "\n"
		"01:00.0 0200: 8086:10c9 (rev 01)\n\tControl: I/O+ Mem+ BusMaster-\n\tRegion 0: Memory at fe800000 (32-bit, non-prefetchable) [size=128K]\n"
		"\tCapabilities: [150 v1] Alternative Routing-ID Interpretation (ARI)\n\t\tARICap:\tMFVC- ACS-, Next Function: 1\n"
		"\tKernel driver in use: igb\n" ROW "10: 00 00 80 fe 00 00 82 fe 01 c0 00 00 00 00 84 fe\n\n"
		"01:00.1 0200: 8086:10c9\n\tKernel modules: igb\n" ROW "10: 00 0g\n")), 0);
	assert_int_equal(snap->kind, SOURCE_LSPCI_HEX);
	const struct config_image *image = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/config")->config;
	uint64_t v = 0;
	assert_int_equal(bytes_bits(&image->view, 4, 2, 0, 16, &v), 0);
	assert_int_equal(v, 0x0407); /* the bytes win over "BusMaster-" */
	assert_int_equal(bytes_bits(&image->view, 0x154, 2, 8, 8, &v), 0);
	assert_int_equal(v, 1);
	assert_int_equal(bytes_bits(&image->view, 0x40, 1, 0, 8, &v), -ENODATA);
	assert_true(image->from_text && image->text_caps_n == 1 && image->regions_n == 1 && image->regions[0].size == 128 << 10);
	assert_true(slice_is(snapshot_bytes(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/driver"), "x"));
	assert_int_equal(snapshot_state(snap, NULL, "sys/bus/pci/devices/0000:01:00.1/driver"), ITEM_ABSENT);
	assert_int_equal(snap->problems_n, 1);
	assert_int_equal(snap->problems[0].line, 16);
	assert_string_equal(snap->problems[0].source, "dump");
	snapshot_free(snap);
	/* where one function of a listing shows its extended space, one of 256 bytes has no more */
	struct snapshot *sizes = snapshot_new("root");
	char text[8192] = "01:00.0 A: b\n";
	for (unsigned f = 0; f < 2; f++) {
		for (unsigned at = 0; at < (f ? 0x110u : 0x100u); at += 16)
			snprintf(text + strlen(text), 64, "%02x:%s\n", at, " 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
		if (!f)
			strcat(text, "\n01:00.1 A: b\n");
	}
	assert_int_equal(snapshot_put_text(sizes, "dump", slice_of(text)), 0);
	assert_int_equal(snapshot_at(sizes, NULL, "sys/bus/pci/devices/0000:01:00.0/config")->config->size, 256);
	assert_int_equal(snapshot_at(sizes, NULL, "sys/bus/pci/devices/0000:01:00.1/config")->config->size, 0);
	snapshot_free(sizes);
}

/* A text cut anywhere is a text. */
static void test_truncated(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(ticket); n++) {
		char *text = malloc(n ? n : 1);
		assert_non_null(text);
		memcpy(text, ticket, n);
		struct snapshot *snap = snapshot_new("t");
		assert_int_equal(snapshot_put_text(snap, "t", (struct slice){text, n}), 0);
		snapshot_free(snap);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_ticket),
		cmocka_unit_test(test_root_files),
		cmocka_unit_test(test_lspci_of_one),
		cmocka_unit_test(test_lspci_merge),
		cmocka_unit_test(test_truncated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
