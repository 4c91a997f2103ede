/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/hex-rows.h"
#include "decode/lspci-hex.h"
#include "util/strbuf.h"

static struct lspci_function fn; /* 8 KiB: not for the stack of every test */

static struct lspci_hex begin(const char *text)
{
	return (struct lspci_hex){.text = slice_of(text)};
}

#define ROW(a) a ": 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n"

static void test_plain(void **state)
{
	(void)state;
	struct lspci_hex it = begin("00:02.0 VGA compatible controller: X\n" ROW("00") ROW("10") "\n10000:e1:1f.7 Class 0604: Y\r\n"
				    "00: ff FF 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\r\n"
				    "10: 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f");
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.addr.device, 2);
	assert_int_equal(fn.len, 32);
	assert_false(fn.holes);
	assert_false(fn.words);
	assert_int_equal(fn.config[17], 1);
	assert_true(slice_is(fn.title, "VGA compatible controller: X"));
	assert_true(slice_starts(fn.block, "00:02.0 ") && slice_ends(fn.block, "0f\n\n"));
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.addr.domain, 0x10000);
	assert_int_equal(fn.addr.bus, 0xe1);
	assert_int_equal(fn.addr.device, 0x1f);
	assert_int_equal(fn.addr.function, 7);
	assert_int_equal(fn.line, 5);
	assert_int_equal(fn.len, 32); /* the last newline is missing */
	assert_int_equal(fn.config[1], 0xff);
	assert_int_equal(fn.config[31], 0x1f);
	assert_int_equal(it.problems_n, 0);
	assert_false(lspci_hex_next(&it, &fn));
}

static void test_text_between(void **state)
{
	(void)state;
	struct strbuf sb = {0};
	strbuf_puts(&sb, "> 03:00.0 0200: 8086:10c9 (rev 01)\n>\tControl: I/O+ Mem+\n> \tCapabilities: [40] ");
	for (unsigned i = 0; i < 10000; i++) /* longer than any buffer of lines */
		strbuf_puts(&sb, "long ");
	strbuf_puts(&sb, "\n> " ROW("00") "lspci: Unable to load libkmod resources: error -12\n>> " ROW("10") "    " ROW("100"));
	struct lspci_hex it = begin(sb.text);
	assert_true(lspci_hex_next(&it, &fn));
	assert_true(fn.words);
	assert_true(fn.holes);
	assert_int_equal(fn.len, 0x110);
	assert_int_equal(fn.known[0x1f], 0xff);
	assert_int_equal(fn.known[0x20], 0);
	assert_int_equal(fn.known[0xff], 0);
	assert_int_equal(fn.known[0x100], 0xff);
	assert_int_equal(it.problems_n, 0);
	strbuf_free(&sb);
}

static void expect_problem(const struct lspci_hex *it, enum hex_problem what, unsigned line)
{
	assert_int_equal(it->problems_n, 1);
	assert_int_equal(it->problems[0].what, what);
	assert_int_equal(it->problems[0].line, line);
	assert_non_null(hex_problem_text(what));
}

static void test_bad_rows(void **state)
{
	(void)state;
	/* a short row keeps what it has; the function before and after are whole */
	struct lspci_hex it = begin("00:00.0 A: b\n" ROW("00") "10: 00 11 22 3\n" ROW("20") "00:01.0 A: b\n" ROW("00"));
	assert_true(lspci_hex_next(&it, &fn));
	expect_problem(&it, HEX_ROW_CUT, 3);
	assert_int_equal(it.problems[0].value, 3);
	assert_int_equal(fn.known[0x12], 0xff);
	assert_int_equal(fn.known[0x13], 0);
	assert_int_equal(fn.known[0x2f], 0xff);
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(it.problems_n, 0);
	assert_int_equal(fn.len, 16);

	/* what stderr wrote into a row is cut out where the rest of the row follows alone */
	it = begin("00:00.0 A: b\n" ROW("00") "10: 00 11 pcilib: sysfs_read_vpd: read failed\n 22 33 44 55 66 77 88 99 aa bb cc dd ee ff\n" ROW("20"));
	assert_true(lspci_hex_next(&it, &fn));
	expect_problem(&it, HEX_ROW_CUT, 3);
	assert_int_equal(fn.len, 0x30);
	assert_false(fn.holes);
	for (unsigned i = 0; i < 16; i++)
		assert_int_equal(fn.config[0x10 + i], 0x11 * i);

	/* a lost or broken first line: the next function's bytes are not mixed in */
	it = begin("00:00.0 A: b\n" ROW("00") ROW("10") "\n00:0g.0 A: b\n" ROW("00") ROW("10") ROW("20") "\n00:02.0 C: d\n" ROW("00"));
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.len, 32);
	expect_problem(&it, HEX_ROW_ORPHAN, 6);
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.addr.device, 2);
	assert_int_equal(fn.len, 16);
	it = begin("00:00.0 A: b\n" ROW("00") ROW("10") ROW("00") ROW("10") ROW("20"));
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.len, 32);
	expect_problem(&it, HEX_ROW_AGAIN, 4);
	it = begin("00:00.0 A: b\n" ROW("00") ROW("10") ROW("10") ROW("20")); /* a row that was pasted twice */
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.len, 48);
	assert_int_equal(it.problems_n, 0);

	it = begin(ROW("00") ROW("10") "00:00.0 A: b\n" ROW("00") "fff: 00 00 00\n");
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(it.problems_n, 2);
	assert_int_equal(it.problems[0].what, HEX_ROW_ORPHAN);
	assert_int_equal(it.problems[0].line, 1);
	assert_int_equal(it.problems[1].what, HEX_ROW_BEYOND);
	assert_int_equal(fn.len, 16);
}

/* Rows that go on behind another program's line, and those that cannot. */
static void test_row_rests(void **state)
{
	(void)state;
#define REST " 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n"
	static const struct {
		const char *rows;
		size_t len;
		unsigned problems, known; /* problems; bytes that are known */
	} cases[] = {
		{"00: 00 01 x\n" REST, 16, 1, 16}, {"00: 00 01 x\n y\n" REST, 16, 1, 16}, {"00: 00 01\n" REST, 16, 1, 16}, {"00: 00 01 x\n" REST REST, 16, 1, 16}, {"00: 00 01 x\n 02 03\n" REST, 16, 1, 16},
		{"00: 00 01 x\n 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e\n", 2, 1, 2}, {"00: 00 01 x\n 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10\n", 2, 1, 2},
		{"00: 00 01 x\n 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f x\n", 2, 1, 2}, {ROW("00") "20: 00\n" ROW("10") "18: 00\n" REST, 33, 2, 33},
		{ROW("00") ROW("20") "16: 00 01 x\n" REST, 48, 1, 34}, {"ffa: 00 01\n" REST, 0xffc, 1, 2}, {"ff2: 00 01\n" REST, 0xff4, 1, 2}, {"ff0: 00 01\n" REST, 0x1000, 1, 16},
		{"00: 00 01 x\n" ROW("10") REST, 32, 1, 18}, {"00:  00  01\n", 0, 1, 0}, {"00: 0 01\n", 0, 1, 0}, {"00: 001\n", 0, 1, 0}, {"01: zz\n", 0, 0, 0}, {"10: zz\n", 0, 1, 0},
		{"0: 00\n", 0, 0, 0}, {"0000: 00\n", 0, 0, 0}, {"00:00\n", 0, 0, 0}, {"ff1: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n", 0, 1, 0}, {"  00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n", 16, 0, 16},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf sb = {0};
		strbuf_printf(&sb, "00:00.0 A: b\n%s", cases[i].rows);
		struct lspci_hex it = begin(sb.text);
		assert_true(lspci_hex_next(&it, &fn));
		unsigned known = 0;
		for (size_t at = 0; at < fn.len; at++)
			if (!fn.holes || fn.known[at]) {
				known++;
				if (fn.config[at] != (at & 15) && i != 8 && i != 9 && fn.len < 0xff0)
					fail_msg("case %zu: %02x at %zx", i, fn.config[at], at);
			}
		if (fn.len != cases[i].len || known != cases[i].known || it.problems_n != cases[i].problems)
			fail_msg("case %zu: length %zx, %u bytes, %u problems", i, fn.len, known, it.problems_n);
		strbuf_free(&sb);
	}
	/* more mistakes than are kept of one function */
	struct strbuf sb = {0};
	strbuf_puts(&sb, "00:00.0 A: b\n");
	for (unsigned i = 0; i < 12; i++)
		strbuf_printf(&sb, "%x0: 00 01\n", i);
	struct lspci_hex it = begin(sb.text);
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(it.problems_n, 8);
	assert_int_equal(it.problems[7].line, 9);
	assert_int_equal(it.problems[7].value, 2);
	assert_int_equal(fn.len, 0xb2);
	strbuf_free(&sb);
	/* rows that are nobody's, said once; those that start over behind a line that nobody knows */
	it = begin("00:00.0 A: b\n" ROW("00") "\n  indented\n" ROW("10") "left\n" ROW("20") ROW("00") ROW("30") ROW("00"));
	assert_true(lspci_hex_next(&it, &fn));
	assert_int_equal(fn.len, 48);
	expect_problem(&it, HEX_ROW_ORPHAN, 8);
	it = begin(ROW("00") ROW("10"));
	assert_false(lspci_hex_next(&it, &fn));
	expect_problem(&it, HEX_ROW_ORPHAN, 1);
	assert_int_equal(it.line, 3);
	assert_int_equal(it.text.n, 0);
	struct sriov_addr addr;
	uint64_t address;
	assert_true(lspci_is_title(SLICE("00:02.0 A: b"), &addr) && addr.device == 2);
	assert_false(lspci_is_title(SLICE(""), &addr) || lspci_is_title(SLICE(" 00:02.0 A: b"), &addr) || lspci_is_title(SLICE("> 00:02.0 A: b"), &addr) || lspci_is_title(SLICE("A: b"), &addr));
	struct slice cut = {"00:02.01", 7}, cut_bus = {"00:02.0", 6};
	assert_true(lspci_eat_slot(&cut, &addr) && !cut.n && addr.device == 2);
	assert_false(lspci_eat_slot(&cut_bus, &addr));
	assert_true(lspci_is_row(SLICE("> fff: 00"), &address) && address == 0xfff);
	assert_false(lspci_is_row(SLICE("00: 0g"), &address) || lspci_is_row(SLICE("00 00"), &address) || lspci_is_row(SLICE("fffff: 00"), &address));
	assert_true(slice_is(lspci_unquote(SLICE(">> >x")), "x") && slice_is(lspci_unquote(SLICE(">  x")), " x") && slice_is(lspci_unquote(SLICE(">")), ""));
}

/* The fast reader of rows at the ends of its room. */
static void test_row_room(void **state)
{
	(void)state;
	static const char rows[] = ROW("00") ROW("10");
	static uint8_t to[8192];
	size_t used;
	for (size_t room = 0; room < 40; room++) {
		assert_int_equal(hex_rows(rows, sizeof(rows) - 1, 0, to, room, &used), room / 16);
		assert_int_equal(used, (sizeof(rows) - 1) / 2 * (room / 16));
		assert_int_equal(hex_rows_plain(rows, sizeof(rows) - 1, 0, to, room, &used), room / 16);
		assert_int_equal(used, (sizeof(rows) - 1) / 2 * (room / 16));
	}
	assert_int_equal(hex_rows_plain("x" ROW("00"), 30, 0, to, 4096, &used), 0);
	assert_int_equal(used, 0);
	assert_int_equal(hex_rows(rows, sizeof(rows) - 1, 1, to, 4096, &used), 0); /* not the address that follows */
	assert_int_equal(hex_rows(ROW("1000"), sizeof(ROW("1000")) - 1, 4096, to, sizeof(to), &used), 0);
	for (size_t n = 0; n < sizeof(rows) - 1; n++) {
		char *exact = malloc(n ? n : 1);
		assert_non_null(exact);
		memcpy(exact, rows, n);
		size_t whole = (n + 1) / (sizeof(rows) / 2); /* the last line needs no end */
		assert_int_equal(hex_rows(exact, n, 0, to, 4096, &used), whole);
		assert_int_equal(used, n + 1 == whole * (sizeof(rows) / 2) ? n : whole * (sizeof(rows) / 2));
		free(exact);
	}
}

static void test_slots(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		bool is;
	} rows[] = {
		{"00:00.0 Host bridge: X", true}, {"00:00.0", true}, {"0000:00:1f.7\t0200: 8086:10c9", true}, {"    00:02.0 VGA: x", true},
		{"00:20.0 A: b", false}, {"00:00.8 A: b", false}, {"0:00.0 A: b", false}, {"000:00.0 A: b", false},
		{"00:00.00 A: b", false}, {"00:00.0: A: b", false}, {"123456789:00:00.0 A: b", false}, {"", false}, {"12:10.5 no such thing", false},
		{"0000:44:00.3 'Ethernet: X710' drv=vfio-pci", false}, {"\t00:02.0 A: b", false}, {"  00:02.0", false},
		{"       00:02.0 A: b", true}, {"        00:02.0 A: b", true}, {"         00:02.0 A: b", false}, {"00000000:00:00.0 A: b", true}, {"00001:00:00.0 A: b", true}, {"0000 00:00.0 A: b", false},
		{"0000:0:00.0 A: b", false}, {"0000:000:00.0 A: b", false}, {"00-00.0 A: b", false}, {"00:0.0 A: b", false}, {"00:000.0 A: b", false}, {"00:00-0 A: b", false}, {"00:00. A: b", false},
		{"00:1f.7 A: b", true}, {"00:0g.0 A: b", false}, {"00:00.g A: b", false}, {"00:00.0 A b", false}, {"00:00.0 Class 0200", true}, {"fF:1F.0 A: b", true}, {"> 00:00.0 A: b", true},
		{"00:00.0\tA: b", true}, {"00:00.0-A: b", false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct lspci_hex it = begin(rows[i].line);
		if (lspci_hex_next(&it, &fn) != rows[i].is)
			fail_msg("%s", rows[i].line);
	}
}

/* What standard_row() takes is what the general path makes of it: the same dump, fast and slow (quoted), gives the same bytes. */
static void test_fast_is_slow(void **state)
{
	(void)state;
	struct strbuf fast = {0}, slow = {0};
	strbuf_puts(&fast, "00:00.0 A: b\n");
	strbuf_puts(&slow, "00:00.0 A: b\n");
	for (unsigned at = 0; at < 4096; at += 16) {
		strbuf_puts(&slow, "> ");
		for (int pass = 0; pass < 2; pass++) {
			struct strbuf *sb = pass ? &slow : &fast;
			strbuf_printf(sb, "%02x:", at);
			for (unsigned i = 0; i < 16; i++)
				strbuf_printf(sb, i % 3 ? " %02x" : " %02X", (at * 7 + i * 13 + at / 256) & 0xff);
			strbuf_puts(sb, pass ? "\n" : "\r\n");
		}
	}
	static struct lspci_function other;
	struct lspci_hex a = begin(fast.text), b = begin(slow.text);
	assert_true(lspci_hex_next(&a, &fn));
	assert_true(lspci_hex_next(&b, &other));
	assert_int_equal(fn.len, 4096);
	assert_int_equal(other.len, 4096);
	assert_memory_equal(fn.config, other.config, 4096);
	assert_int_equal(fn.config[4095], (4080 * 7 + 15 * 13 + 15) & 0xff);
	strbuf_free(&fast);
	strbuf_free(&slow);
}

/* Text that arrives in pieces: a function is handed out once the next one begins, and the last at the end. */
static void test_streaming(void **state)
{
	(void)state;
	static const char text[] = "00:00.0 A: b\n" ROW("00") ROW("10") "\n00:01.0 A: b\n" ROW("00") "\n00:02.0 A: b\n" ROW("00");
	size_t from = 0, n = 0;
	unsigned seen = 0, line = 1;
	for (size_t have = 0; have <= sizeof(text) - 1; have++) {
		struct lspci_hex it = {.text = {text + from, have - from}, .line = line, .more = have < sizeof(text) - 1};
		while (lspci_hex_next(&it, &fn)) {
			assert_int_equal(fn.addr.device, seen);
			assert_int_equal(fn.len, seen ? 16 : 32);
			n += fn.len;
			seen++;
		}
		from = (size_t)(it.text.p - text);
		line = it.line;
	}
	assert_int_equal(seen, 3);
	assert_int_equal(n, 64);
	assert_int_equal(fn.line, 8);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char good[] = "\n0000:00:02.0 A: b\n\tText\n" ROW("00") "10: 00\n 00 00\n> " ROW("20") "\n\n00:0g.0\n" ROW("00");
	uint32_t seed = 12345;
	for (unsigned round = 0; round < 20000; round++) {
		char text[sizeof(good)];
		memcpy(text, good, sizeof(good));
		size_t n = round < sizeof(good) ? round : sizeof(good) - 1; /* first: cut at every length */
		for (unsigned i = 0; round >= sizeof(good) && i < 1 + round % 7; i++) {
			seed = seed * 1664525 + 1013904223;
			text[seed % n] = (char)(seed >> 24 & 1 ? "0123456789abcdef:. \n\r\t>\0"[(seed >> 16) % 24] : (char)(seed >> 16));
		}
		char *exact = malloc(n ? n : 1); /* so that a sanitizer sees a read behind the end */
		assert_non_null(exact);
		memcpy(exact, text, n);
		struct lspci_hex it = {.text = {exact, n}};
		unsigned functions = 0;
		while (lspci_hex_next(&it, &fn)) {
			assert_true(fn.len <= CONFIG_MAX);
			assert_true(fn.block.p >= exact && fn.block.p + fn.block.n <= exact + n);
			assert_true(++functions < 10);
		}
		assert_int_equal(it.text.n, 0);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_text_between),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_row_rests),
		cmocka_unit_test(test_row_room),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_fast_is_slow),
		cmocka_unit_test(test_streaming),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
