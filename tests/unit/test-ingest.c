/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/ingest.h"
#include "failing.h"
#include "decode/session.h"
#include "util/strbuf.h"
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

static void test_lines(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum line_kind kind;
	} rows[] = {
		{"", LINE_BLANK}, {" \t", LINE_BLANK}, {"> >", LINE_BLANK}, {"00: 86 80", LINE_ROW}, {"00: 86 8", LINE_ROW}, {"00: 8", LINE_OTHER}, {"> 10: 00", LINE_ROW},
		/* a function's line: its class begins with a capital letter or is a number, and a colon follows */
		{"01:00.0 Class 0200", LINE_LSPCI}, {"01:00.0 A: b", LINE_LSPCI}, {"01:00.0 Z: b", LINE_LSPCI}, {"01:00.0 0200: x", LINE_LSPCI}, {"01:00.0 9: x", LINE_LSPCI},
		{"01:00.0 a: b", LINE_OTHER}, {"01:00.0 @: b", LINE_OTHER}, {"01:00.0 [: b", LINE_OTHER}, {"01:00.0 :b", LINE_OTHER}, {"01:00.0 /: b", LINE_OTHER}, {"01:00.0 A b", LINE_OTHER},
		{"01:00.0 Classy", LINE_OTHER}, {"01:00.0", LINE_OTHER},
		{"-[0000:00]-", LINE_LSPCI}, {"-+-[0000:00]-", LINE_LSPCI}, {"-[x", LINE_OTHER}, {"-[0000]", LINE_OTHER}, {"-+-x", LINE_OTHER},
		{"Capabilities: [40] x", LINE_LSPCI}, {"Capabilities: x", LINE_OTHER}, {"Region 0: Memory at x", LINE_LSPCI}, {"Region 5: I/O ports at x", LINE_LSPCI},
		{"Region 0: else", LINE_OTHER}, {"Region x: Memory at x", LINE_OTHER}, {"Region", LINE_OTHER}, {"Initial VFs: 8", LINE_LSPCI},
		/* stamps of a kernel log */
		{"[    0.350595] x", LINE_LOG}, {"[12345678.123456789] x", LINE_LOG}, {"[123456789.5] x", LINE_OTHER}, {"[1.1234567890] x", LINE_OTHER}, {"[.5] x", LINE_OTHER},
		{"[5] x", LINE_OTHER}, {"[5.] x", LINE_OTHER}, {"[5.5 x", LINE_OTHER}, {"[/.5] x", LINE_OTHER}, {"[:.5] x", LINE_OTHER}, {"[Mon Mar  4 14:32:19 2019] x", LINE_LOG}, {"[Sun x", LINE_LOG},
		{"[Son x", LINE_OTHER}, {"[]", LINE_OTHER}, {"host kernel: x", LINE_LOG}, {"kernel: x", LINE_OTHER}, {"hostkernel: x", LINE_OTHER}, {"host kernel:x", LINE_OTHER},
		{"<6>[    1.0] x", LINE_LOG}, {"<x>[    1.0] x", LINE_OTHER}, {"<6[    1.0] x", LINE_OTHER}, {"<6> x", LINE_OTHER}, {"DMAR: x", LINE_LOG}, {"DMAR x", LINE_OTHER}, {"kern  :info: x", LINE_LOG},
		/* a driver's line about its device */
		{"igb 0000:01:00.0: x", LINE_LOG}, {"igb 0000:01:00.0 eth0: x", LINE_LOG}, {"igb 10000:01:00.0: x", LINE_LOG}, {"igb 0000:01:00.0\teth0: x", LINE_OTHER}, {"igb 01:00.0: xxxxxxxxx", LINE_OTHER},
		{"igb 0000:01:00.0:x", LINE_OTHER}, {"igb 0000:01:00.0 a-long-name: x", LINE_OTHER}, {"igb 0000:01:00.8: x", LINE_OTHER}, {"igb: 0000:01:00.0: x", LINE_OTHER},
		{"pci_bus 0000:3a: root xxx", LINE_LOG}, {"pci_bus 0000-3a: root xxx", LINE_OTHER}, {"pci_bus 0000:zz: root xx", LINE_OTHER}, {"pci_bus zzzz:3a: root xx", LINE_OTHER},
		{"pci_bus 0000:3ax: root x", LINE_OTHER}, {"pci_bus 0000:3a: x", LINE_OTHER}, {" 0000:01:00.0: x", LINE_OTHER}, {"igb", LINE_OTHER}, {"igb ", LINE_OTHER},
		{"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 0000:01:00.0: x", LINE_LOG}, {"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 0000:01:00.0: x", LINE_LOG}, {"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 0000:01:00.0: x", LINE_OTHER},
		{"# ls", LINE_PROMPT}, {"#", LINE_OTHER}, {"echo 4 > /sys/x", LINE_PROMPT}, {"text", LINE_OTHER},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (line_kind(slice_of(rows[i].line)) != rows[i].kind)
			fail_msg("'%s': %d", rows[i].line, (int)line_kind(slice_of(rows[i].line)));
	/* the kernel's name stands in the first 120 bytes */
	char line[200];
	for (unsigned n = 110; n < 114; n++) {
		snprintf(line, sizeof(line), "%0*d kernel: x", (int)n, 0);
		assert_int_equal(line_kind(slice_of(line)), n + 9 <= 120 ? LINE_LOG : LINE_OTHER);
	}
}

/* Of each text as many lines of one kind as make it that kind, and one fewer or more. */
static void test_shares(void **state)
{
	(void)state;
	static const struct {
		const char *lspci, *log, *other, *prompt;
		unsigned lspci_n, log_n, other_n;
		enum source_kind kind;
	} rows[] = {
		{"00:00.0 Host bridge: X\n", "", "x\n", "", 3, 0, 3, SOURCE_LSPCI_TEXT}, {"00:00.0 Host bridge: X\n", "", "x\n", "", 3, 0, 4, SOURCE_TEXT},
		{"", LOG, "x\n", "", 0, 2, 6, SOURCE_KERNEL_LOG}, {"", LOG, "x\n", "", 0, 2, 7, SOURCE_TEXT}, {ROW, LOG, "", "", 5, 1, 0, SOURCE_TEXT},
		{"00:00.0 Host bridge: X\n\tx\n x\n> x\n", "", "x\n", "", 1, 0, 2, SOURCE_TEXT}, {"00:00.0 Host bridge: X\n\tx\n x\n> x\n", "", "x\n", "", 1, 0, 1, SOURCE_LSPCI_TEXT},
		{"00:00.0 Host bridge: X\n", LOG " indented\n", "", "", 1, 1, 0, SOURCE_TEXT}, {"", "", "", "$ x\n y\n", 0, 0, 0, SOURCE_SESSION}, {"", "", "x\n", "$ x\n", 0, 0, 1, SOURCE_TEXT},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct strbuf sb = {0};
		for (unsigned n = 0; n < rows[i].lspci_n; n++)
			strbuf_puts(&sb, rows[i].lspci);
		for (unsigned n = 0; n < rows[i].log_n; n++)
			strbuf_puts(&sb, rows[i].log);
		for (unsigned n = 0; n < rows[i].other_n; n++)
			strbuf_puts(&sb, rows[i].other);
		strbuf_puts(&sb, rows[i].prompt);
		if (text_kind(slice_bytes(sb.text, sb.len)) != rows[i].kind)
			fail_msg("row %zu: %s", i, source_kind_name(text_kind(slice_bytes(sb.text, sb.len))));
		strbuf_free(&sb);
	}
	/* of a long text the head of 256 KiB and the tail of 64 KiB are looked at, whole lines of each */
	size_t n = 1 << 20;
	char *text = malloc(n);
	assert_non_null(text);
	static const struct {
		size_t at;
		enum source_kind kind;
	} places[] = {
		{0, SOURCE_SESSION}, {100, SOURCE_TEXT}, {(256 << 10) - 7, SOURCE_TEXT}, {(256 << 10) - 6, SOURCE_LSPCI_TEXT}, {512 << 10, SOURCE_LSPCI_TEXT},
		{((1 << 20) - (64 << 10)) - 1, SOURCE_LSPCI_TEXT}, {((1 << 20) - (64 << 10)), SOURCE_TEXT}, {(1 << 20) - 30, SOURCE_TEXT},
	};
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		static const char line[] = "00:00.0 Host bridge: X\n";
		for (size_t at = 0; at < n; at++)
			text[at] = line[at % (sizeof(line) - 1)];
		memcpy(text + places[i].at, &"\n# x y\n"[!places[i].at], 7 - !places[i].at);
		if (text_kind((struct slice){text, n}) != places[i].kind)
			fail_msg("place %zu: %s", i, source_kind_name(text_kind((struct slice){text, n})));
	}
	memset(text, 'x', n); /* without any line's end */
	assert_int_equal(text_kind((struct slice){text, n}), SOURCE_TEXT);
	assert_false(text_known((struct slice){text, n}));
	free(text);
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

/* Texts that stand in a root beside its files. */
static void test_root_texts(void **state)
{
	(void)state;
	static const char lspci[] = "01:00.0 0200: 8086:10c9 (rev 01)\n" ROW;
	static const struct {
		const char *transcript, *lspci, *dmesg;
		const char *there, *begins; /* a file that is there then; NULL: none was made, and there is one that was not */
		bool config;                /* the function's bytes were read */
	} rows[] = {
		{NULL, lspci, NULL, "transcript.dmesg", NULL, true}, {NULL, "01:00.0 0200: 8086:10c9\n", NULL, "lspci.dmesg", NULL, true},
		{NULL, "# lspci\n01:00.0 0200: 8086:10c9\n", NULL, "lspci.dmesg", NULL, true}, {NULL, "$ lspci\n01:00.0 0200: 8086:10c9\n$ dmesg\n" LOG, NULL, "lspci.dmesg", "\n\n\n[", true},
		{NULL, NULL, LOG, "dmesg", "[", false}, {NULL, NULL, LOG "$ lspci -n\n01:00.0 0200: 8086:10c9\n", "dmesg", "[", true}, {NULL, NULL, "01:00.0 0200: 8086:10c9\n", "lspci", "01:", true},
		{"$ lspci -n\n01:00.0 0200: 8086:10c9\n$ dmesg\n" LOG, NULL, LOG, "transcript.dmesg", "\n\n\n[", true}, {"$ true\n\n", NULL, NULL, "transcript.dmesg", NULL, false},
		{"$ lspci -n\n01:00.0 0200: 8086:10c9\n", lspci, NULL, "lspci", "01:00.0 0200: 8086:10c9 (", true}, {NULL, NULL, NULL, "lspci", NULL, false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct snapshot *snap = NULL;
		for (bool failed = true; failed;) {
			snapshot_free(snap);
			snap = snapshot_new("root");
			if (rows[i].transcript)
				assert_int_equal(snapshot_put_file(snap, "transcript", slice_of(rows[i].transcript), NULL), 0);
			if (rows[i].lspci)
				assert_int_equal(snapshot_put_file(snap, "lspci", slice_of(rows[i].lspci), NULL), 0);
			if (rows[i].dmesg)
				assert_int_equal(snapshot_put_file(snap, "dmesg", slice_of(rows[i].dmesg), NULL), 0);
			failing_arm();
			int err = text_ingest(snap);
			failed = failing_disarm();
			assert_int_equal(err, failed ? -ENOMEM : 0);
		}
		struct slice text = snapshot_bytes(snap, NULL, rows[i].there);
		if (rows[i].begins ? !slice_starts(text, rows[i].begins) : text.p != NULL)
			fail_msg("row %zu: %s: %.*s", i, rows[i].there, (int)text.n, text.p ? text.p : "");
		assert_int_equal(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/config") != NULL, rows[i].config);
		snapshot_free(snap);
	}
	/* a log alone */
	struct snapshot *alone = snapshot_new("t");
	assert_needs_memory(snapshot_put_text(alone, "t", SLICE(LOG)), snapshot_free(alone); alone = snapshot_new("t"));
	assert_true(slice_is(snapshot_bytes(alone, NULL, "dmesg"), LOG));
	assert_string_equal(snapshot_at(alone, NULL, "dmesg")->origin, "t");
	snapshot_free(alone);
	/* a text that is given beside a root's own of the same name */
	static const char *const texts[] = {LOG, "01:00.0 0200: 8086:10c9\n", "$ lspci\n01:00.0 0200: 8086:10c9\n" LOG LOG};
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct snapshot *snap = snapshot_new("root");
		assert_int_equal(snapshot_put_file(snap, "dmesg", SLICE("own"), NULL), 0);
		assert_int_equal(snapshot_put_file(snap, "lspci", SLICE("own"), NULL), 0);
		assert_int_equal(snapshot_put_text(snap, "t", slice_of(texts[i])), 0);
		assert_int_equal(snapshot_put_text(snap, "t", slice_of(texts[i])), 0);
		assert_true(slice_is(snapshot_bytes(snap, NULL, "dmesg"), "own") && slice_is(snapshot_bytes(snap, NULL, "lspci"), "own"));
		assert_int_equal(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/vendor") != NULL, i > 0);
		snapshot_free(snap);
	}
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

static void test_lspci_of_none(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(snapshot_put_text(snap, "t", SLICE("\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n")), 0);
	assert_null(snapshot_at(snap, NULL, "sys"));
	assert_int_equal(snap->problems_n, 0);
	assert_int_equal(snapshot_put_text(snap, "t", SLICE(ROW ROW)), 0);
	assert_int_equal(snap->problems_n, 1);
	assert_int_equal(snap->problems[0].line, 1);
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

#define DEVICE "sys/bus/pci/devices/0000:01:00.0"

/* What a root has itself stays, whatever kind of thing it is; what it has in part is completed. */
static void test_root_wins(void **state)
{
	(void)state;
	static const uint8_t own[16] = {0x86, 0x80, 0xca, 0x10};
	static const char two_rows[] = "01:00.0 0200: 8086:10c9 (rev 01)\n" ROW "10: 00 00 80 fe 00 00 82 fe 01 c0 00 00 00 00 84 fe\n";
	static const char one_row[] = "01:00.0 0200: 8086:10c9 (rev 01)\n\tPhysical Slot: 1\n\tRegion 0: Memory at 1000 (32-bit, non-prefetchable)\n" ROW;
	const struct sriov_addr addr = {0, 1, 0, 0};
	struct item *item;
	struct {
		const char *path, *data; /* what is there: a file, or a link where the data begins with '>' */
		const char *text;
		size_t len; /* of the function's image then; 0: none */
	} rows[] = {
		{DEVICE "/config", "", two_rows, 32}, {DEVICE "/config", "xyz", two_rows, 0}, {DEVICE "/config", ">/nowhere", two_rows, 0}, {DEVICE, ">/nowhere", two_rows, 0},
		{DEVICE, "x", two_rows, 0}, {"sys/bus/pci/devices", "x", one_row, 0}, {"sys/bus/pci/devices", ">../x", one_row, 0}, {"sys/bus/pci/slots", "x", one_row, 16},
		{"sys/bus/pci/slots/1", ">x", one_row, 16}, {"sys/bus/pci/slots/1/address", "y", one_row, 16}, {DEVICE "/vendor", "y", one_row, 16},
		{DEVICE "/config", "xyz", "01:00.0 0200: 8086:10c9\n", 0}, {DEVICE "/config", ">/nowhere", "01:00.0 0200: 8086:10c9\n", 0}, {DEVICE, ">/nowhere", "01:00.0 0200: 8086:10c9\n", 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct snapshot *snap = snapshot_new("root");
		bool link = rows[i].data[0] == '>';
		assert_int_equal(snapshot_put(snap, NULL, rows[i].path, link ? ITEM_LINK : ITEM_FILE, ITEM_PRESENT, slice_of(rows[i].data + link), &item), 0);
		assert_int_equal(snapshot_put_text(snap, "t", slice_of(rows[i].text)), 0);
		const struct item *config = snapshot_at(snap, NULL, DEVICE "/config");
		size_t len = config && config->config ? config->config->view.len : 0;
		if (len != rows[i].len)
			fail_msg("row %zu: %zu bytes", i, len);
		assert_int_equal(item->kind, link ? ITEM_LINK : ITEM_FILE);
		if (rows[i].len != 32)
			assert_true(slice_is(item->data, rows[i].data + link));
		snapshot_free(snap);
	}
	/* words of a second text are laid beside those of the first */
	struct snapshot *twice = snapshot_new("root");
	assert_int_equal(snapshot_put_text(twice, "a", SLICE("01:00.0 0200: 8086:10c9\n\tRegion 0: Memory at 1000\n\tRegion 2: Memory at 2000\n\tCapabilities: <access denied>\n"
							      "\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n\tCapabilities: [200 v1] Power Budgeting\n")), 0);
	assert_int_equal(snapshot_put_text(twice, "b", SLICE("01:00.0 0200: 8086:10c9 (rev 05)\n\tRegion 0: Memory at 3000\n\tCapabilities: [40] Power Management version 3\n")), 0);
	const struct config_image *image = snapshot_at(twice, NULL, DEVICE "/config")->config;
	uint64_t both = 0;
	assert_true(image->from_text && image->caps_denied && image->text_caps_n == 2 && image->text_caps[1].offset == 0x200 && image->regions_n == 2 && image->regions[0].address == 0x1000);
	assert_int_equal(image->view.len, 0x204);
	assert_int_equal(bytes_bits(&image->view, 0x160, 2, 0, 16, &both), 0);
	assert_int_equal(both, 16);
	assert_int_equal(bytes_bits(&image->view, 8, 1, 0, 8, &both), 0);
	assert_int_equal(both, 5);
	assert_int_equal(bytes_bits(&image->view, 0x40, 1, 0, 8, &both), 0);
	assert_int_equal(both, 1);
	assert_string_equal(snapshot_at(twice, NULL, DEVICE "/config")->origin, "b");
	snapshot_free(twice);
	/* the host's own bytes stay unless a text has more of them, and are known to be the host's */
	for (unsigned more = 0; more < 2; more++) {
		struct snapshot *snap = snapshot_new("root");
		uint64_t v = 0;
		assert_int_equal(snapshot_put_config(snap, &addr, own, NULL, sizeof(own), &item), 0);
		assert_int_equal(snapshot_put_text(snap, "t", slice_of(more ? two_rows : one_row)), 0);
		assert_int_equal(bytes_bits(&item->config->view, 2, 2, 0, 16, &v), 0);
		assert_int_equal(v, more ? 0x10c9 : 0x10ca);
		assert_int_equal(item->config->view.len, more ? 32 : 16);
		assert_true(more ? !strcmp(item->origin, "t") && item->line == 1 : !item->origin && !item->line);
		assert_int_equal(item->config->regions_n, more ? 0 : 1);
		snapshot_free(snap);
	}
}

/* A whole function of 4096 bytes has no more; one that two texts tell alike is the later text's. */
static void test_whole_function(void **state)
{
	(void)state;
	struct strbuf sb = {0};
	for (unsigned twice = 0; twice < 2; twice++) {
		strbuf_printf(&sb, "01:00.0 0200: 8086:10c9\n%s", twice ? "" : "\tRegion 0: Memory at 1000 (32-bit, non-prefetchable)\n");
		for (unsigned at = 0; at < 4096; at += 16)
			strbuf_printf(&sb, "%02x: 0%u 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n", at, twice + 1);
		strbuf_puts(&sb, "\n");
	}
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(snapshot_put_text(snap, "t", slice_bytes(sb.text, sb.len)), 0);
	const struct item *item = snapshot_at(snap, NULL, DEVICE "/config");
	assert_int_equal(item->config->size, 4096);
	assert_int_equal(item->size, 4096);
	assert_int_equal(item->config->view.p[0], 2);
	assert_int_equal(item->config->regions_n, 1);
	assert_int_equal(item->line, 260);
	snapshot_free(snap);
	/* beside functions without bytes, with a file that is no image, and with those of another text */
	strbuf_puts(&sb, "\n01:00.1 0200: 8086:10c9\n");
	for (unsigned at = 0; at < 256; at += 16)
		strbuf_printf(&sb, "%02x: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n", at);
	snap = snapshot_new("t");
	struct item *other;
	assert_int_equal(snapshot_put_file(snap, "sys/bus/pci/devices/0000:02:00.0/config", SLICE("x"), NULL), 0);
	assert_int_equal(snapshot_put_file(snap, "sys/bus/pci/devices/0000:02:00.1/vendor", SLICE("x"), NULL), 0);
	static const uint8_t header[256] = {0};
	assert_int_equal(snapshot_put_config(snap, &(struct sriov_addr){0, 3, 0, 0}, header, NULL, 256, &other), 0);
	assert_int_equal(snapshot_put_text(snap, "t", slice_bytes(sb.text, sb.len)), 0);
	assert_int_equal(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:01:00.1/config")->config->size, 256);
	assert_int_equal(other->config->size, 0);
	snapshot_free(snap);
	snap = snapshot_new("t");
	assert_int_equal(snapshot_put(snap, NULL, "sys/bus/pci/devices", ITEM_LINK, ITEM_PRESENT, SLICE("../x"), NULL), 0);
	assert_int_equal(snapshot_put_text(snap, "t", slice_bytes(sb.text, sb.len)), 0);
	assert_null(snapshot_at(snap, NULL, "sys/bus/pci/devices"));
	snapshot_free(snap);
	strbuf_free(&sb);
}

/* A description without a function's line, where little else is known. */
static void test_lost(void **state)
{
	(void)state;
	static const char caps[] = "\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n\t\tVF offset: 128, stride: 2, Device ID: 10ca\n";
	static const char bus[] = "\tBus: primary=00, secondary=01, subordinate=01\n";
	static const struct {
		const char *one, *other; /* functions that the root knows */
		const char *text;
		bool is; /* the text is of the one */
	} rows[] = {
		{"0000:01:00.0", NULL, caps, true}, {"0000:01:00.0", "0000:01:00.1", caps, false}, {"0000:01:00.0x", NULL, caps, false}, {"0000:01:00.0 x", NULL, caps, false},
		{NULL, NULL, caps, false}, {"0000:01:00.0", NULL, bus, false}, {"0000:01:00.0", NULL, "\tIOVCap:\tMigration-\n", false},
		{"0000:01:00.0", NULL, "\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n02:00.0 0200: 8086:10c9\n", false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct snapshot *snap = NULL;
		for (bool failed = true; failed;) {
			snapshot_free(snap);
			snap = snapshot_new("root");
			assert_int_equal(snapshot_put(snap, NULL, "sys/bus/pci/devices", ITEM_DIR, ITEM_PRESENT, (struct slice){0}, NULL), 0);
			const char *names[] = {rows[i].one, rows[i].other};
			for (unsigned n = 0; n < 2; n++) {
				char path[100];
				snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/vendor", names[n]);
				if (names[n])
					assert_int_equal(snapshot_put_file(snap, path, SLICE("0x8086\n"), NULL), 0);
			}
			failing_arm();
			int err = snapshot_put_text(snap, "t", slice_of(rows[i].text));
			failed = failing_disarm();
			assert_int_equal(err, failed ? -ENOMEM : 0);
		}
		const struct item *config = snapshot_at(snap, NULL, DEVICE "/config");
		assert_int_equal(config != NULL, rows[i].is);
		if (config) {
			uint64_t v = 0;
			assert_int_equal(bytes_bits(&config->config->view, 0x174, 2, 0, 16, &v), 0);
			assert_int_equal(v, 128);
			assert_int_equal(config->line, 1);
		}
		snapshot_free(snap);
	}
}

/* Functions of all kinds of addresses, found again each. */
static void test_many_functions(void **state)
{
	(void)state;
	struct strbuf sb = {0};
	for (unsigned pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < 6000; i++)
			strbuf_printf(&sb, "%04x:%02x:%02x.%x 0200: 8086:%04x\n\tIOMMU group: %u\n", i & 3, i >> 2 & 15, i >> 6 & 31, i >> 11, i, i + pass);
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(snapshot_put_text(snap, "t", slice_bytes(sb.text, sb.len)), 0);
	for (unsigned i = 0; i < 6000; i++) {
		char path[100], name[20];
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%04x:%02x:%02x.%x/iommu_group", i & 3, i >> 2 & 15, i >> 6 & 31, i >> 11);
		snprintf(name, sizeof(name), "%u", i + 1);
		const struct item *link = snapshot_at_nofollow(snap, NULL, path);
		assert_true(link && link->line == 12001 + 2 * i);
		assert_string_equal(snapshot_link_name(snap, NULL, path), name);
	}
	snapshot_free(snap);
	strbuf_free(&sb);
}

/* Mistakes are counted beyond a limit, and each keeps its own text's name. */
static void test_many_problems(void **state)
{
	(void)state;
	struct strbuf sb = {0};
	for (unsigned i = 0; i < 300; i++)
		strbuf_printf(&sb, "%02x:%02x.%x 0200: 8086:10c9\n00: 86\n10: 86\n20: 86\n30: 86\n", i >> 8, i >> 3 & 31, i & 7);
	struct snapshot *snap = snapshot_new("s");
	assert_int_equal(snapshot_put_text(snap, "one", slice_bytes(sb.text, sb.len)), 0);
	size_t n = snap->problems_n;
	assert_true(n < 1200 && n + snap->problems_more == 1200);
	assert_int_equal(snapshot_put_text(snap, "two", slice_bytes(sb.text, sb.len)), 0);
	assert_int_equal(snap->problems_n, n);
	assert_int_equal(snap->problems_n + snap->problems_more, 2400);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(snap->problems[i].source, "one");
		assert_int_equal(snap->problems[i].line, i / 4 * 5 + i % 4 + 2);
	}
	snapshot_free(snap);
	/* a text without a name: the snapshot's */
	snap = snapshot_new("s");
	size_t functions = 0;
	assert_int_equal(lspci_put(snap, (struct text_place){NULL, 10}, SLICE("01:00.0 0200: 8086:10c9\n00: 86\n"), &functions), 0);
	assert_int_equal(functions, 1);
	assert_string_equal(snap->problems[0].source, "s");
	assert_int_equal(snap->problems[0].line, 11);
	assert_string_equal(snap->problems[0].advice, "the row's good bytes are used; take the dump again for the rest");
	snapshot_free(snap);
	strbuf_free(&sb);
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
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_root_texts),
		cmocka_unit_test(test_ticket),
		cmocka_unit_test(test_root_files),
		cmocka_unit_test(test_lspci_of_one),
		cmocka_unit_test(test_lspci_of_none),
		cmocka_unit_test(test_lspci_merge),
		cmocka_unit_test(test_root_wins),
		cmocka_unit_test(test_whole_function),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_many_functions),
		cmocka_unit_test(test_many_problems),
		cmocka_unit_test(test_truncated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
