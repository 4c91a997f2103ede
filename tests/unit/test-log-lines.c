/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands before a message in a log, whole and damaged: it is taken off as a whole, and the message is never eaten. */
#include "decode/kmsg-private.h"
#include "unit.h"

#define MESSAGE "message"

static const struct {
	const char *before;
	bool stamped, has_stamp;
	uint64_t stamp; /* microseconds */
	size_t quote;
} rows[] = {
	{"", false, false, 0, 0}, {"  ", false, false, 0, 2}, {"> > ", false, false, 0, 4}, {">>| \t", false, false, 0, 5}, {"|", false, false, 0, 0},
	{"[    0.350595] ", true, true, 350595, 0}, {"[12345.000001] ", true, true, UINT64_C(12345000001), 0}, {"[123456789012.5] ", true, true, UINT64_C(123456789012500000), 0},
	{"[1.2345678] ", true, true, 1234567, 0}, {"[  +0.000004] ", true, false, 0, 0}, {"[  <    0.000004>] ", true, false, 0, 0},
	{"[Mon Mar  4 14:32:19 2019] ", true, false, 0, 0}, {"[Mar  4 14:32] ", true, false, 0, 0}, {"[2024-01-01 10:00:00] [    0.350595] ", true, true, 350595, 0},
	{"[    0.350595][    T1] ", true, true, 350595, 0}, {"[    0.350595] [   C42] ", true, true, 350595, 0}, {"[    1.5] [    2.5] ", true, true, 1500000, 0},
	{"<6>", true, false, 0, 0}, {"<14>[    0.350595] ", true, true, 350595, 0}, {"(XEN) ", false, false, 0, 0}, {"(XEN) [    0.350595] ", true, true, 350595, 0},
	{"2023-02-26T18:02:42,687972+00:00 ", true, false, 0, 0}, {"2024-01-02 03:04:05 host kernel: ", true, false, 0, 0}, {"2024-01-02T03:04:05Z host prog[12]: ", true, false, 0, 0},
	{"2024-01-02T03:04:05.123-0100 host kernel: [    1.000001] ", true, true, 1000001, 0}, {"Aug 26 16:15:32 host kernel: ", true, false, 0, 0},
	{"Mon Aug  6 16:15:32 host prog: ", true, false, 0, 0}, {"Aug  6 16:15:32.123 host kernel: [    0.350595] ", true, true, 350595, 0},
	{"kern  :info  : [    0.350595] ", true, true, 350595, 0}, {"daemon:warn: ", true, false, 0, 0}, {"kernel: ", true, false, 0, 0},
	{"localhost kernel: [ 1920.456335] ", true, true, UINT64_C(1920456335), 0}, {"> \t[    0.350595] ", true, true, 350595, 3},
};

static void test_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char line[200];
		struct kmsg_prefix prefix;
		snprintf(line, sizeof(line), "%s%s", rows[i].before, i == 4 ? "" : MESSAGE);
		kmsg_prefix(slice_of(line), &prefix);
		size_t want = i == 4 ? 0 : strlen(rows[i].before);
		if (prefix.message != want || prefix.stamped != rows[i].stamped || prefix.has_stamp != rows[i].has_stamp || prefix.quote != rows[i].quote ||
		    (prefix.has_stamp && prefix.stamp != rows[i].stamp))
			fail_msg("%s: message at %zu, stamped %d, stamp %d %llu, quote %zu", line, prefix.message, prefix.stamped, prefix.has_stamp,
				 (unsigned long long)prefix.stamp, prefix.quote);
	}
}

/* The line in a buffer of its length. */
static void never_eaten(const char *line, size_t n)
{
	struct kmsg_prefix prefix;
	char *exact = malloc(n ? n : 1);
	assert_non_null(exact);
	memcpy(exact, line, n);
	struct slice s = {exact, n};
	kmsg_prefix(s, &prefix);
	assert_true(prefix.quote <= prefix.message && prefix.message <= n);
	if (slice_ends(s, MESSAGE) && prefix.message > n - strlen(MESSAGE))
		fail_msg("%.*s: eaten up to %zu", (int)n, line, prefix.message);
	assert_true(prefix.stamped || !prefix.has_stamp);
	free(exact);
}

static void test_damaged(void **state)
{
	(void)state;
	static const char other[] = "x :0][<>.TJ+-\t";
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char line[200];
		size_t n = (size_t)snprintf(line, sizeof(line), "%s%s", rows[i].before, MESSAGE), head = n - strlen(MESSAGE);
		for (size_t at = 0; at < head; at++) {
			char without[200];
			const char was = line[at];
			never_eaten(line, at);
			for (size_t c = 0; c < sizeof(other) - 1; c++) {
				line[at] = other[c];
				never_eaten(line, n);
			}
			line[at] = was;
			memcpy(without, line, at);
			memcpy(without + at, line + at + 1, n - at - 1);
			never_eaten(without, n - 1);
		}
	}
}

/* What is nearly a prefix is the message's own. */
static void test_near(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		size_t message;
	} near[] = {
		{"[x] y", 0}, {"[12] y", 0}, {"[] y", 0}, {"[12.5", 0}, {"[12.5x] y", 0}, {"[T] y", 0}, {"[T1 y", 0}, {"[Tx] y", 0}, {"[Mon Mar  4", 0},
		{"[Mon Mar  4 14:32:19 2019 and so on and so on and so on and so on] y", 0}, {"[1234567890123.5] y", 0}, {"[+", 0}, {"[1.", 0},
		{"[1.234567890123456789012345678901234567890123456789] y", 0}, {"<> y", 0}, {"<x> y", 0}, {"<12345> y", 0}, {"<1234> y", 7}, {"<6 y", 0}, {"(XEN)y", 0},
		{"2024-01-02X03:04:05 y", 0}, {"2024-01-02 y", 0}, {"2024-1-02T03:04:05 y", 0}, {"2024-01-02T03:04 y", 0}, {"2024-01-02T03:04:0 y", 0},
		{"2024-01-02T0x:04:05 y", 0}, {"2024-01-02T03x04:05 y", 0}, {"2024-01-02T03:x4:05 y", 0}, {"2024-01-02T03:0x:05 y", 0}, {"2024-01-02T03:04x05 y", 0},
		{"2024-01-02T03:04:x5 y", 0}, {"2024-01-02T03:04:05 host daemon: y", 20}, {"2024-01-02T03:04:05 a: b]: y", 20}, {"Aug 26 y", 0}, {"Aug 26 16:15 y", 0},
		{"Aug x", 0}, {"Zhost kernel: y", 14}, {"zhost kernel: y", 14}, {"Ahost kernel: y", 14}, {"ahost kernel: y", 14}, {"@host kernel: y", 0}, {"[host kernel: y", 0}, {"`host kernel: y", 0}, {"{host kernel: y", 0}, {"AugX26 16:15:32 y", 0}, {"Aug 266 16:15:32 y", 0}, {"Aug 2616:15:32 y", 0}, {"August 26 16:15:32 y", 0}, {"Mon x", 0}, {"MonAug 26", 0}, {"Mo", 0}, {"Monday", 0},
		{"kern info: y", 0}, {"kern: 5: y", 0}, {"kern: info y", 0}, {"kern", 0}, {"ker", 0}, {"kernel:y", 0}, {"host kernel:y", 0}, {"mail :: y", 0},
		{"Aug 26 16:15:32 host prog y", 16}, {"Aug 26 16:15:32 host: prog: y", 16}, {"Aug 26 16:15:32 host : y", 16}, {"|y", 0}, {"| y", 2},
	};
	for (size_t i = 0; i < ARRAY_SIZE(near); i++) {
		struct kmsg_prefix prefix;
		kmsg_prefix(slice_of(near[i].line), &prefix);
		if (prefix.message != near[i].message)
			fail_msg("%s: message at %zu, want %zu", near[i].line, prefix.message, near[i].message);
	}
	/* a host's name is short, a program's too; eight prefixes are enough */
	char line[300];
	struct kmsg_prefix prefix;
	for (size_t n = 60; n < 70; n++) {
		snprintf(line, sizeof(line), "%.*s kernel: y", (int)n, "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh");
		kmsg_prefix(slice_of(line), &prefix);
		assert_int_equal(prefix.message, n < 64 ? n + strlen(" kernel: ") : 0);
	}
	for (size_t n = 70; n < 90; n++) {
		snprintf(line, sizeof(line), "Aug 26 16:15:32 h %0*d: y", (int)n, 0);
		kmsg_prefix(slice_of(line), &prefix);
		assert_int_equal(prefix.message, n + 1 <= 80 ? 18 + n + 2 : 16);
	}
	kmsg_prefix(slice_of("<1><1><1><1><1><1><1><1><1>y"), &prefix);
	assert_int_equal(prefix.message, 24);
}

/* "number: text" of every line read. */
static const char *lines(const char *text, size_t n)
{
	static char said[4000];
	static struct kmsg_reader reader;
	struct kmsg_line line;
	size_t at = 0;
	kmsg_reader_init(&reader, (struct slice){text, n});
	*said = '\0';
	while (kmsg_read(&reader, &line)) {
		struct slice s = slice_from(line.text, line.prefix.message);
		at += (size_t)snprintf(said + at, sizeof(said) - at, "%u: %.*s\n", line.number, (int)s.n, s.p);
		assert_true(at < sizeof(said));
	}
	return said;
}

#define LONG "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff" /* 59 bytes */

static void test_broken_lines(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} broken[] = {
		/* a stamped line of a narrow window goes on in the next */
		{"[1.5] " LONG "\nand more\n", "1: " LONG " and more\n"}, {"[1.5] " LONG "\n[1.6] and more\n", "1: " LONG "\n2: and more\n"},
		{"[1.5] short\nand more\n", "1: short\n2: and more\n"}, {"> [1.5] " LONG "\n> and more\n", "1: " LONG " and more\n"},
		{"> [1.5] " LONG "\nand more\n", "1: " LONG "\n2: and more\n"}, {"[1.5] " LONG "\n> and more\n", "1: " LONG "\n2: and more\n"},
		{"[1.5] " LONG "\n```\n", "1: " LONG "\n2: ```\n"}, {"[1.5] " LONG "\n$ ls\n", "1: " LONG "\n2: $ ls\n"}, {"[1.5] " LONG "\n# ls\n", "1: " LONG "\n2: # ls\n"},
		{"[1.5] " LONG "\n--\n", "1: " LONG "\n2: --\n"}, {"[1.5] " LONG "\n\nx\n", "1: " LONG "\n2: \n3: x\n"}, {"[1.5] " LONG "\n", "1: " LONG "\n"},
		/* of 40 bytes or more, where the next word did not fit in 60 */
		{"[1.5] aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbb\n", "1: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbb\n"},
		{"[1.5] aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbb\n", "1: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n2: bbbbbbbbbbbbbbbbbbb\n"},
		{"[1.5] aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n", "1: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n2: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"},
		/* without a stamp only inside of brackets */
		{LONG "\nand more\n", "1: " LONG "\n2: and more\n"}, {LONG " [mem\nsize 1]\n", "1: " LONG " [mem size 1]\n"}, {LONG " [mem]\nand more\n", "1: " LONG " [mem]\n2: and more\n"},
		/* colours and NULs are taken off */
		{"\x1b[1;31m[1.5] red\x1b[0m\n", "1: red\n"}, {"\x1b" "Mup\n", "1: up\n"}, {"\x1b[", "1: \n"}, {"x\x1b", "1: x\n"}, {"", ""}, {"\n\n", "1: \n2: \n"}, {"\x1b[31\xff" "x", "1: x\n"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
		const char *said = lines(broken[i].text, strlen(broken[i].text));
		if (strcmp(said, broken[i].said))
			fail_msg("row %zu: %s, want %s", i, said, broken[i].said);
	}
	assert_string_equal(lines("a\0b\n", 4), "1: ab\n");
	/* four lines are joined to one, however long the last is; of a line with colours 4096 bytes are kept */
	assert_string_equal(lines("[1.5] " LONG "\n" LONG "\n" LONG "\n" LONG "\n" LONG "\n" LONG "\n", 6 + 6 * 60),
			    "1: " LONG " " LONG " " LONG " " LONG " " LONG "\n6: " LONG "\n");
	static char text[6000];
	static struct kmsg_reader reader;
	struct kmsg_line line;
	memset(text, 'x', sizeof(text));
	memcpy(text, "[1.5] " LONG "\n", 6 + 60);
	kmsg_reader_init(&reader, (struct slice){text, sizeof(text)});
	assert_true(kmsg_read(&reader, &line));
	assert_int_equal(line.text.n, KMSG_LINE_MAX);
	assert_true(line.copied && line.joints_n == 1 && line.text.p[KMSG_LINE_MAX - 1] == 'x' && line.text.p[65] == ' ' && line.text.p[66] == 'x');
	assert_false(kmsg_read(&reader, &line));
	memset(text, 'x', sizeof(text));
	text[0] = '\x1b';
	kmsg_reader_init(&reader, (struct slice){text, sizeof(text)});
	assert_true(kmsg_read(&reader, &line));
	assert_int_equal(line.text.n, KMSG_LINE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole), cmocka_unit_test(test_damaged), cmocka_unit_test(test_near), cmocka_unit_test(test_broken_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
