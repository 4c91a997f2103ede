/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pattern language of the kernel log's table, and messages that are odd, repeated, revoked: what exactly is made of them. */
#include "decode/kmsg-private.h"
#include "unit.h"
#include "util/strbuf.h"

static void put_word(struct strbuf *out, const char *name, struct slice s)
{
	if (s.n)
		strbuf_printf(out, " %s '%.*s'", name, (int)s.n, s.p);
}

static void put_number(struct strbuf *out, const char *name, uint64_t v)
{
	if (v)
		strbuf_printf(out, " %s %llx", name, (unsigned long long)v);
}

static void put_addr(struct strbuf *out, const char *name, const struct sriov_addr *a)
{
	strbuf_printf(out, " %s %04x:%02x:%02x.%x", name, a->domain, a->bus, a->device, a->function);
}

/* Everything that an event tells. */
static void put_event(struct strbuf *out, const struct kmsg_event *e)
{
	if (e->has_addr)
		put_addr(out, e->is_bus ? "bus" : "at", &e->addr);
	if (e->has_peer)
		put_addr(out, "peer", &e->peer);
	put_word(out, "by", e->driver);
	put_number(out, "n", e->n);
	put_number(out, "n2", e->n2);
	put_number(out, "bar", (uint64_t)(e->bar + 1));
	put_number(out, "peer bar", (uint64_t)(e->peer_bar + 1));
	if (e->has_range)
		strbuf_printf(out, " %llx-%llx", (unsigned long long)e->start, (unsigned long long)e->end);
	put_number(out, "size", e->size);
	strbuf_printf(out, "%s%s%s", e->io ? " io" : "", e->is_64 ? " 64" : "", e->pref ? " pref" : "");
	put_number(out, "number", (uint64_t)(e->bus + 1));
	if (e->bus_from >= 0 || e->bus_to >= 0)
		strbuf_printf(out, " [%x-%x]", (unsigned)e->bus_from, (unsigned)e->bus_to);
	if (e->err)
		strbuf_printf(out, " errno %d", e->err);
	put_number(out, "vendor", e->vendor);
	put_number(out, "device", e->device);
	put_number(out, "class", e->class);
	put_number(out, "header", e->header);
	put_word(out, "word", e->word);
	put_word(out, "word2", e->word2);
}

static const char *text_of(struct strbuf *out)
{
	static char said[4000];
	assert_true(out->len < sizeof(said));
	snprintf(said, sizeof(said), "%s", out->len ? out->text + (out->text[0] == ' ') : "");
	strbuf_free(out);
	return said;
}

/* ---- patterns ---- */

static void test_patterns(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *line, *said; /* NULL: does not fit; the offset behind it comes first */
	} cases[] = {
		/* letters, spaces, alternatives */
		{"abc", "abcd", "3"}, {"abc", "abd", NULL}, {"abc", "ab", NULL}, {"^abc", "abc", "3"}, {"a b", "a \t b", "5"}, {"a b", "a\tb", "3"}, {"a b", "ab", NULL}, {"a b", "a", NULL}, {"a ", "a ", "2"},
		{"a{b|c}d", "acd", "3"}, {"a{b|c}d", "abd", "3"}, {"a{b|}d", "ad", "2"}, {"a{b|c}d", "aed", NULL}, {"a{b|bc}d", "abcd", NULL}, {"a{%%|%{}", "a{", "2"}, {"a{%}|x}b", "a}b", "3"},
		{"a{%n|%k}", "ax", "2 word 'x'"}, {"a{%n x|%n}", "a5", "2 n 5"}, {"{a", "a", "1"}, {"a%%b", "a%b", "3"}, {"a%{b", "a{b", "3"}, {"a%%b", "axb", NULL}, {"a%%", "a", NULL},
		/* numbers */
		{"a %n", "a 12", "4 n c"}, {"a %n", "a x", NULL}, {"a %n", "a 18446744073709551616", NULL}, {"a %m", "a 12", "4 n2 c"}, {"a %N", "a 0x12", "6 n 12"}, {"a %N", "a 1g", "3 n 1"},
		{"a %M", "a ff", "4 n2 ff"}, {"a %M", "a g", NULL}, {"a %S", "a 0x1000", "8 size 1000"}, {"a %S", "a g", NULL}, {"a %L-%H", "a 1-2", "5 1-2"}, {"a %L-%H", "a 2-2", "5 2-2"},
		{"a %L-%H", "a 3-2", "5"}, {"a %L-%H", "a 3-g", NULL}, {"a %L-%H", "a g-3", NULL},
		/* errors */
		{"a %e", "a -12", "5 errno 12"}, {"a %e", "a 12", "4 errno 12"}, {"a %e", "a -ENOMEM", "9 errno 12"}, {"a %e", "a EIO:", "5 errno 5"}, {"a %e", "a EIOX", NULL}, {"a %e", "a EIO1", NULL},
		{"a %e", "a EIO_", "5 errno 5"}, {"a %e", "a EIO@", "5 errno 5"}, {"a %e", "a EIO[", "5 errno 5"}, {"a %e", "a EIO/", "5 errno 5"}, {"a %e", "a EIOA", NULL}, {"a %e", "a EIOZ", NULL},
		{"a %e", "a EIO0", NULL}, {"a %e", "a EIO9", NULL}, {"a %e", "a 0xfffffff4", "12 errno 12"}, {"a %e", "a fffffff4", "10 errno 12"}, {"a %e", "a ffffffff", "10 errno 1"},
		{"a %e", "a fffff001", "10 errno 4095"}, {"a %e", "a fffff000", NULL}, {"a %e", "a 100000000", NULL}, {"a %e", "a 0x100000000", NULL}, {"a %e", "a 0x10", "6 errno 16"},
		{"a %e", "a 0x1000", NULL}, {"a %e", "a 0xfff", "7 errno 4095"}, {"a %e", "a 0x11111111111111111", NULL}, {"a %e", "a 4095", "6 errno 4095"}, {"a %e", "a 4096", NULL}, {"a %e", "a -4096", NULL},
		{"a %e", "a -0x10", "4"}, {"a %e", "a x", NULL}, {"a %e", "a -", NULL}, {"a %e", "a -fffffff4", NULL},
		/* resources */
		{"%r", "[mem 0x1000-0x1fff]", "19 1000-1fff size 1000"}, {"%r", "[io  0x10-0x1f]", "15 10-1f size 10 io"}, {"%r", "[mem 0x1000-0x1fff 64bit pref]", "30 1000-1fff size 1000 64 pref"},
		{"%r", "[mem size 0x2000 pref 64bit window]", "35 size 2000 64 pref"}, {"%r", "[mem 0x10]", "10 10-10 size 1"}, {"%r", "[mem 0x10-0xf]", "14"}, {"%r", "[mem 0x0-0xffffffffffffffff]", "28 0-ffffffffffffffff"},
		{"%r", "[mem 0x1-0xffffffffffffffff]", "28 1-ffffffffffffffff size ffffffffffffffff"}, {"%r", "[bus 0x10]", NULL}, {"%r", "mem 0x10]", NULL}, {"%r", "[mem x]", NULL}, {"%r", "[mem 0x10-x]", NULL},
		{"%r", "[mem size x]", NULL}, {"%r", "[mem 0x10", NULL}, {"%R b", "[mem 0x10-0x1f] b", "17"}, {"%R b", "[x] b", NULL}, {"%w%r", "[mem 0x10-0x1f]", "15 bar f 10-1f size 10"},
		{"%w%r", "[io 0x10-0x1f]", "14 bar e 10-1f size 10 io"}, {"%w%r", "[mem 0x10-0x1f pref]", "20 bar 10 10-1f size 10 pref"}, {"%w%r", "[io 0x10-0x1f pref]", "19 bar e 10-1f size 10 io pref"},
		/* the last that is read counts whole */
		{"%r %r", "[mem 0x10-0x1f 64bit pref] [mem size 0x5]", "41 size 5"},
		/* indexes, buses, addresses */
		{"%b", "16", "2 bar 11"}, {"%b", "17", NULL}, {"%b", "x", NULL}, {"%v", "0", "1 bar 8"}, {"%v", "5", "1 bar d"}, {"%v", "6", NULL}, {"%q", "16", "2 peer bar 11"}, {"%q", "17", NULL}, {"%Q", "5", "1 peer bar d"},
		{"%Q", "6", NULL}, {"%o", "", "0 bar 7"}, {"%B", "[bus 02-0a]", "11 [2-a]"}, {"%B", "[bus 02]", "8 [2-2]"}, {"%B", "[bus 02-0]", NULL}, {"%B", "[bus 02-03", NULL}, {"%B", "[bus 0]", NULL}, {"%B", "bus 02", NULL},
		{"%x", "3b", "2 number 3c"}, {"%x", "3", NULL}, {"%x", "00", "2 number 1"}, {"%D", "10000", "5 bus 10000:00:00.0"}, {"%D", "ffffffff", "8 bus ffffffff:00:00.0"}, {"%D", "100000000", NULL}, {"%D", "x", NULL},
		{"%D %B", "0001 [bus 3a-5d]", "16 bus 0001:3a:00.0 [3a-5d]"}, {"%B %D", "[bus 3a] 2", "10 bus 0002:3a:00.0 [3a-3a]"},
		{"%A", "0000:3b:00.1", "12 at 0000:3b:00.1"}, {"%A", "3b:00.1", "7 at 0000:3b:00.1"}, {"%A", "12345678:3b:1f.7x", "16 at 12345678:3b:1f.7"}, {"%A", "123456789:3b:00.1", NULL}, {"%A", "000:3b:00.1", NULL},
		{"%A", "b:00.1", NULL}, {"%A", "0000-3b:00.1", NULL}, {"%A", "0000:b:00.1", NULL}, {"%A", "0000:3b-00.1", NULL}, {"%A", "0000:3b:0.1", NULL}, {"%A", "0000:3b:20.1", NULL}, {"%A", "0000:3b:00-1", NULL},
		{"%A", "0000:3b:00.8", NULL}, {"%A", "0000:3b:00.g", NULL}, {"%A", "0000:3b:00.", NULL}, {"%A", "", NULL}, {"%a", "3b:00.1", "7 peer 0000:3b:00.1"}, {"%a", "x", NULL},
		{"%p", "0000:3a", "7 bus 0000:3a:00.0"}, {"%p", "12345678:3a", "11 bus 12345678:3a:00.0"}, {"%p", "123456789:3a", NULL}, {"%p", "000:3a", NULL}, {"%p", "0000", NULL}, {"%p", "0000:3", NULL}, {"%p", "000g:3a", NULL},
		/* ids, classes */
		{"%i", "8086:10fb", "9 vendor 8086 device 10fb"}, {"%i", "8086-10fb", NULL}, {"%i", "808:10fb", NULL}, {"%i", "8086:10f", NULL}, {"%h", "01", "2 header 1"}, {"%h", "1 ", "1 header 1"}, {"%h", "1", NULL}, {"%h", "7f", "2 header 7f"},
		{"%h x%c", "00 x020000", "10 class 20000"}, {"%h x%c", "0 x000200", "9 class 20000"}, {"%h x%c", "0 xffffff", "9 class ffff00"}, {"%h x%c", "00 x1000000", NULL}, {"%h x%c", "00 xg", NULL}, {"%h", "g ", NULL},
		/* words */
		{"%k b", "a b", "3 word 'a'"}, {"%k", "a:b", "1 word 'a'"}, {"%k", "a\tb", "1 word 'a'"}, {"%k", ":a", NULL}, {"%k", "", NULL}, {"%K", "a b", "1 word2 'a'"}, {"%s", " a b ", "5 word 'a b'"}, {"%t", "a", "1 word2 'a'"},
		{"%s end", "a b end", "7 word 'a b'"}, {"%s end", "a b", NULL}, {"%*x%n", "aax5", "4 n 5"}, {"%*x", "aa", NULL}, {"%sx{y|z}", "abxz", "4 word 'ab'"}, {"{%s|b}c", "c", NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct kmsg_row row = {.type = KMSG_FUNCTION, .pattern = cases[i].pattern};
		struct kmsg_event event;
		struct strbuf out = {0};
		size_t n = strlen(cases[i].line), end = 0;
		char *exact = malloc(n ? n : 1);
		assert_non_null(exact);
		memcpy(exact, cases[i].line, n);
		bool fits = kmsg_row_match(&row, (struct slice){exact, n}, 0, &event, &end);
		if (fits) {
			assert_int_equal(event.type, KMSG_FUNCTION);
			strbuf_printf(&out, "%zu", end);
			put_event(&out, &event);
		}
		const char *said = text_of(&out);
		if (fits != (cases[i].said != NULL) || (fits && strcmp(said, cases[i].said)))
			fail_msg("%s against %s: %s, want %s", cases[i].pattern, cases[i].line, fits ? said : "no", cases[i].said ? cases[i].said : "no");
		free(exact);
	}
	/* what the row says itself; an error in the line counts more */
	struct kmsg_row row = {.type = KMSG_DMI, .pattern = "a{ %e|}", .word = "w", .word2 = "v", .n = 7, .err = 22, .hint = "h"};
	static const struct {
		const char *line;
		int err;
	} errors[] = {{"a", 22}, {"a 5", 5}};
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
		struct kmsg_event event;
		size_t end;
		assert_true(kmsg_row_match(&row, slice_of(errors[i].line), 0, &event, &end));
		assert_true(event.type == KMSG_DMI && event.n == 7 && event.err == errors[i].err && slice_is(event.word, "w") && slice_is(event.word2, "v"));
		assert_string_equal(event.hint, "h");
	}
	/* a word is looked for in 512 bytes */
	row = (struct kmsg_row){.type = KMSG_DMI, .pattern = "%sx"};
	for (unsigned n = 510; n < 514; n++) {
		char line[600];
		struct kmsg_event event;
		size_t end;
		snprintf(line, sizeof(line), "%0*dx", (int)n, 0);
		assert_int_equal(kmsg_row_match(&row, slice_of(line), 0, &event, &end), n < 512);
	}
	row.pattern = "%A";
	struct kmsg_event event;
	size_t end;
	assert_false(kmsg_row_match(&row, ((struct slice){"0000\0", 5}), 0, &event, &end)); /* a NUL is no digit */
	/* behind the line's end */
	row.pattern = "a";
	assert_false(kmsg_row_match(&row, SLICE("a"), 1, &event, &end));
	assert_true(kmsg_row_match(&row, SLICE("xa"), 1, &event, &end) && end == 2);
}

static void test_keys(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *key, *want;
		bool first;
	} cases[] = {
		{"abc%ndefg", NULL, "defg", false}, {"abcd%ndef", NULL, "abcd", true}, {"^abc", NULL, "abc", true}, {"{abcdef|g}hi", NULL, "hi", false}, {"abcdefghijklmn", NULL, "abcdefghijkl", true},
		{"a{x}bc", NULL, "bc", false}, {"%nab", NULL, "ab", false}, {"abc", "bc", "bc", false}, {"abc", "ab", "ab", true}, {"ab{c}de", NULL, "ab", true}, {"%n", NULL, "", false}, {"ab|cde", NULL, "cde", false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct kmsg_row row = {.pattern = cases[i].pattern, .key = cases[i].key};
		bool first = false;
		struct slice key = kmsg_row_key(&row, &first);
		if (!slice_is(key, cases[i].want) || first != cases[i].first)
			fail_msg("%s: %.*s %d", cases[i].pattern, (int)key.n, key.p, first);
	}
}

/* ---- logs ---- */

/* "LINE-LAST xTIMES TYPE …: text" of each event. */
static const char *events_of(const char *text)
{
	struct strbuf out = {0};
	struct arena arena = {0};
	struct kmsg log = {0};
	assert_int_equal(kmsg_parse(&arena, slice_of(text), NULL, &log), 0);
	for (size_t i = 0; i < log.n; i++) {
		const struct kmsg_event *e = &log.events[i];
		strbuf_printf(&out, "%s%u", i ? " / " : "", e->line);
		if (e->times > 1)
			strbuf_printf(&out, "-%u x%u", e->last_line, e->times);
		strbuf_printf(&out, " #%u", e->type == KMSG_DRIVER ? 0 : 1);
		put_event(&out, e);
		strbuf_printf(&out, ": %.*s", (int)e->text.n, e->text.p);
	}
	arena_free(&arena);
	return text_of(&out);
}

#define MMIO "not enough MMIO resources for SR-IOV"

#define XXX "xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx "

static void test_odd_lines(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} cases[] = {
		/* who speaks */
		{"igb 0000:01:00.0: " MMIO "\n", "1 #0 at 0000:01:00.0 by 'igb': " MMIO " / 1 #1 at 0000:01:00.0 by 'igb' errno 12: " MMIO},
		{"pci 0000:01:00.0: " MMIO "\n", "1 #1 at 0000:01:00.0 by 'pci' errno 12: " MMIO}, {"0000:01:00.0: " MMIO "\n", "1 #1 at 0000:01:00.0 errno 12: " MMIO},
		{"igb 0000:01:00.0:\t" MMIO "\n", "1 #0 at 0000:01:00.0 by 'igb': " MMIO " / 1 #1 at 0000:01:00.0 by 'igb' errno 12: " MMIO}, {MMIO "\n", "1 #1 errno 12: " MMIO},
		{"igb 0000:01:00.0x: " MMIO "\n", "1 #1 at 0000:01:00.0 by 'igb' errno 12: igb 0000:01:00.0x: " MMIO}, {"igb:\t0000:01:00.0 " MMIO "\n", "1 #1 at 0000:01:00.0 errno 12: igb:\t0000:01:00.0 " MMIO},
		{"pci_bus 0000:3a: " MMIO "\n", "1 #1 bus 0000:3a:00.0 by 'pci_bus' errno 12: " MMIO}, {"pci_bus 0000-3a: " MMIO "\n", "1 #1 errno 12: pci_bus 0000-3a: " MMIO},
		{"pci_bus 000g:3a: " MMIO "\n", "1 #1 errno 12: pci_bus 000g:3a: " MMIO}, {"pci_bus 0000:3g: " MMIO "\n", "1 #1 errno 12: pci_bus 0000:3g: " MMIO}, {"pci_bus 0000:3a " MMIO "\n", "1 #1 errno 12: pci_bus 0000:3a " MMIO},
		{"x (0000:01:00.0) " MMIO "\n", "1 #1 at 0000:01:00.0 errno 12: x (0000:01:00.0) " MMIO}, {"x \"0000:01:00.0\" " MMIO "\n", "1 #1 at 0000:01:00.0 errno 12: x \"0000:01:00.0\" " MMIO},
		{"x `0000:01:00.0' " MMIO "\n", "1 #1 at 0000:01:00.0 errno 12: x `0000:01:00.0' " MMIO}, {"x=0000:01:00.0 " MMIO "\n", "1 #1 errno 12: x=0000:01:00.0 " MMIO},
		{"x: igb  0000:01:00.0 and ice 0000:02:00.0 " MMIO "\n", "1 #1 at 0000:02:00.0 by 'ice' errno 12: x: igb  0000:01:00.0 and ice 0000:02:00.0 " MMIO},
		{"x 0000:01:00.0: version magic 'a' should be 'b'\n",
		 "1 #0 at 0000:01:00.0 by 'x': version magic 'a' should be 'b' / 1 #1 at 0000:01:00.0 by 'x' word '00.0' word2 'version magic': 00.0: version magic 'a' should be 'b'"},
		{"0000:01:00.0: version magic 'a' should be 'b'\n", "1 #1 at 0000:01:00.0 word '00.0' word2 'version magic': 00.0: version magic 'a' should be 'b'"},
		{"x: y 0000:01:00.0: version magic 'a' should be 'b'\n", "1 #1 word '00.0' word2 'version magic': x: y 0000:01:00.0: version magic 'a' should be 'b'"},
		{"[    0.413804] pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff 64bit]: con\ntains BAR 0 for 7 VFs; " MMIO "\n",
		 "1 #1 at 0000:00:02.0 by 'pci' n 7 bar 8 0-6ffffff size 7000000 64: VF BAR 0 [mem 0x00000000-0x06ffffff 64bit]: contains BAR 0 for 7 VFs; " MMIO " / "
		 "1 #1 errno 12: " MMIO},
		{"pci 0000:01:00.0: " MMIO "; igb 0000:02:00.0: " MMIO "\n",
		 "1 #1 at 0000:01:00.0 by 'pci' errno 12: " MMIO "; igb 0000:02:00.0: " MMIO " / 1 #1 at 0000:02:00.0 by 'igb' errno 12: " MMIO},
		{"Linux version 6.1 " MMIO "\n", "1 #1 word '6.1': Linux version 6.1 " MMIO " / 1 #1 errno 12: " MMIO}, {MMIO " Linux version 6.1\n", "1 #1 errno 12: " MMIO " Linux version 6.1"},
		/* a driver's line that says nothing else */
		{"igb 0000:01:00.0: added PHC\n", "1 #0 at 0000:01:00.0 by 'igb': added PHC"}, {"igb 0000:01:00.0 enp1s0: up\n", "1 #0 at 0000:01:00.0 by 'igb' word 'enp1s0': enp1s0: up"},
		{"igb 0000:01:00.0 abcdefghijklmno: up\n", "1 #0 at 0000:01:00.0 by 'igb' word 'abcdefghijklmno': abcdefghijklmno: up"}, {"igb 0000:01:00.0 abcdefghijklmnop: up\n", "1 #0 at 0000:01:00.0 by 'igb': abcdefghijklmnop: up"},
		{"igb 0000:01:00.0 enp1s0 up\n", "1 #0 at 0000:01:00.0 by 'igb': enp1s0 up"}, {"igb 0000:01:00.0 (x): up\n", "1 #0 at 0000:01:00.0 by 'igb': (x): up"}, {"igb 0000:01:00.0 enp1s0\n", "1 #0 at 0000:01:00.0 by 'igb': enp1s0"},
		{"igb 0000:01:00.0: enp1s0: up\n", "1 #0 at 0000:01:00.0 by 'igb': enp1s0: up"}, {"igb 0000:01:00.0:enp1s0: up\n", "1 #0 at 0000:01:00.0 by 'igb': enp1s0: up"},
		{"pci 0000:01:00.0: x\n", ""}, {"vfio 0000:01:00.0: x\n", ""}, {"a.b 0000:01:00.0: x\n", ""}, {"igb 0000:01:00.8: x\n", ""}, {"igb 01:00.0: xxxxxxxxxx\n", ""}, {"igb 0000:01:00.0\n", "1 #0 at 0000:01:00.0 by 'igb': "},
		{"pci_bus 0000:01: xxxxxxx\n", ""}, {"igb 0000x01:00.0: x\n", ""}, {"igb  0000:01:00.0: x\n", ""}, {"igb 0000:01:00.0", "1 #0 at 0000:01:00.0 by 'igb': "}, {"igb 0000:01:00.", ""},
		{"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 0000:01:00.0: x\n", "1 #0 at 0000:01:00.0 by 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn': x"}, {"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn 0000:01:00.0: x\n", ""},
		{"\x1b[1migb 0000:01:00.0 enp1s0: up\n", "1 #0 at 0000:01:00.0 by 'igb' word 'enp1s0': enp1s0: up"}, {"\x1b[1migb 0000:01:00.0: up\n", "1 #0 at 0000:01:00.0 by 'igb': up"},
		{"\x1b[1migb 0000:01:00.0 enp1s0: up\n\x1b[1mice 0000:02:00.0 abcdef: or down\n",
		 "1 #0 at 0000:01:00.0 by 'igb' word 'enp1s0': enp1s0: up / 2 #0 at 0000:02:00.0 by 'ice' word 'abcdef': abcdef: or down"},
		{"[drm] Initialized i915 1.6.0 20201103 for 0000:00:02.0 on minor 1\n", "1 #0 at 0000:00:02.0 by 'i915': [drm] Initialized i915 1.6.0 20201103 for 0000:00:02.0 on minor 1"},
		/* a message far behind the line's beginning; a version that stands below a log with stamps begins no boot */
		{XXX XXX XXX " ixgbevf: probe of 0000:3b:00.0 failed with error -5\n", "1 #1 at 0000:3b:00.0 errno 5 word 'ixgbevf': " XXX XXX XXX " ixgbevf: probe of 0000:3b:00.0 failed with error -5"},
		{"[    1.000000] " MMIO "\nLinux version 6.1.0 (x)\n", "1 #1 errno 12: " MMIO " / 2 #1 word '6.1.0': Linux version 6.1.0 (x)"}, {MMIO "\nLinux version 6.1.0 (x)\n", "2 #1 word '6.1.0': Linux version 6.1.0 (x)"},
		/* VF BARs whose register comes before their number */
		{"pci 0000:02:00.0: reg 0x184: [mem 0x0-0x3fff 64bit]\npci 0000:02:00.0: VF(n) BAR0 space: [mem 0x0-0x1ffff 64bit] (contains BAR0 for 8 VFs)\npci 0000:02:00.0: reg 0x190: [mem 0x0-0x3fff 64bit]\n"
		 "pci 0000:02:00.0: reg 0x198: [mem 0x0-0x3fff]\npci 0000:02:00.0: reg 0x19c: [mem 0x0-0x3fff]\npci 0000:02:00.0: reg 0x186: [mem 0x0-0x3fff]\npci 0000:02:00.0: reg 0x180: [mem 0x0-0x3fff]\n",
		 "1 #1 at 0000:02:00.0 by 'pci' n 184 bar 8 0-3fff size 4000 64: reg 0x184: [mem 0x0-0x3fff 64bit] / "
		 "2 #1 at 0000:02:00.0 by 'pci' n 8 bar 8 0-1ffff size 20000 64: VF(n) BAR0 space: [mem 0x0-0x1ffff 64bit] (contains BAR0 for 8 VFs) / "
		 "3 #1 at 0000:02:00.0 by 'pci' n 190 bar b 0-3fff size 4000 64: reg 0x190: [mem 0x0-0x3fff 64bit] / 4 #1 at 0000:02:00.0 by 'pci' n 198 bar d 0-3fff size 4000: reg 0x198: [mem 0x0-0x3fff] / "
		 "5 #1 at 0000:02:00.0 by 'pci' n 19c 0-3fff size 4000: reg 0x19c: [mem 0x0-0x3fff] / 6 #1 at 0000:02:00.0 by 'pci' n 186 0-3fff size 4000: reg 0x186: [mem 0x0-0x3fff] / "
		 "7 #1 at 0000:02:00.0 by 'pci' n 180 0-3fff size 4000: reg 0x180: [mem 0x0-0x3fff]"},
		{"pci 0000:02:00.0: reg 0x184: [mem 0x0-0x3fff]\npci 0000:02:00.1: VF(n) BAR0 space: [mem 0x0-0x1ffff] (contains BAR0 for 8 VFs)\n",
		 "1 #1 at 0000:02:00.0 by 'pci' n 184 0-3fff size 4000: reg 0x184: [mem 0x0-0x3fff] / "
		 "2 #1 at 0000:02:00.1 by 'pci' n 8 bar 8 0-1ffff size 20000: VF(n) BAR0 space: [mem 0x0-0x1ffff] (contains BAR0 for 8 VFs)"},
		{"pci 0000:02:00.0: reg 0x10: [mem 0x0-0x1]\npci 0000:02:00.0: reg 0x24: [mem 0x0-0x1]\npci 0000:02:00.0: reg 0x0c: [mem 0x0-0x1]\npci 0000:02:00.0: reg 0x28: [mem 0x0-0x1]\n"
		 "pci 0000:02:00.0: reg 0x12: [mem 0x0-0x1]\npci 0000:02:00.0: reg 0x38: [mem 0x0-0x1]\n",
		 "1 #1 at 0000:02:00.0 by 'pci' n 10 bar 1 0-1 size 2: reg 0x10: [mem 0x0-0x1] / 2 #1 at 0000:02:00.0 by 'pci' n 24 bar 6 0-1 size 2: reg 0x24: [mem 0x0-0x1] / "
		 "3 #1 at 0000:02:00.0 by 'pci' n c 0-1 size 2: reg 0x0c: [mem 0x0-0x1] / 4 #1 at 0000:02:00.0 by 'pci' n 28 0-1 size 2: reg 0x28: [mem 0x0-0x1] / "
		 "5 #1 at 0000:02:00.0 by 'pci' n 12 0-1 size 2: reg 0x12: [mem 0x0-0x1] / 6 #1 at 0000:02:00.0 by 'pci' n 38 bar 7 0-1 size 2: reg 0x38: [mem 0x0-0x1]"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *said = events_of(cases[i].text);
		if (strcmp(said, cases[i].said))
			fail_msg("case %zu: %s\n%s\nwant\n%s", i, cases[i].text, said, cases[i].said);
	}
	/* lines that are glued: each part's messages are found, cut at a space where there is one */
	struct strbuf sb = {0};
	for (unsigned i = 0; i < 200; i++)
		strbuf_puts(&sb, MMIO " and more, ");
	struct arena arena = {0};
	struct kmsg log = {0};
	assert_int_equal(kmsg_parse(&arena, slice_bytes(sb.text, sb.len), NULL, &log), 0);
	assert_true(log.n == 1 && log.events[0].times > 30);
	strbuf_free(&sb);
	for (unsigned i = 0; i < 9000; i++)
		strbuf_putc(&sb, 'x');
	strbuf_puts(&sb, MMIO);
	log = (struct kmsg){0};
	assert_int_equal(kmsg_parse(&arena, slice_bytes(sb.text, sb.len), NULL, &log), 0);
	assert_int_equal(log.lines, 1);
	strbuf_free(&sb);
	arena_free(&arena);
}

/* Messages that differ in one thing are two, those that differ in none are one; and a flood of either takes no longer than its lines. */
static void test_floods(void **state)
{
	(void)state;
	static const char *const formats[] = {
		"d%x 0000:01:00.0: hello\n", "pci 0000:01:00.0: [8086:%04x] type 00 class 0x020000\n", "pci 0000:01:00.0: [%04x:10fb] type 00 class 0x020000\n",
		"pci 0000:01:00.0: [8086:10fb] type 00 class 0x%06x\n", "vfio-pci 0000:01:00.0: Captured SR-IOV VF %04x:3b:02.0 driver_override\n", "pci %04x:01:00.0: Adding to iommu group 1\n",
		"pci 0000:01:00.0: Adding to iommu group %u\n", "pci 0000:01:00.0: reg 0x10: [mem 0x%x-0xffffffff]\n", "pci 0000:01:00.0: reg 0x10: [mem 0x0-0x%x]\n",
		"pci 0000:01:00.0: BAR 1: no space for [mem size 0x%x]\n", "Lockdown: prog%u: something is restricted; see man kernel_lockdown.7\n", "igb 0000:01:00.0: 2 VFs already enabled. Disable before enabling %u VFs\n",
	};
	for (size_t f = 0; f < ARRAY_SIZE(formats); f++) {
		struct strbuf sb = {0};
		const unsigned n = 20000;
		for (unsigned i = 0; i < n + 100; i++) {
			char line[200];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			snprintf(line, sizeof(line), formats[f], i % n + 1);
#pragma GCC diagnostic pop
			strbuf_puts(&sb, line);
		}
		struct arena arena = {0};
		struct kmsg log = {0};
		assert_int_equal(kmsg_parse(&arena, slice_bytes(sb.text, sb.len), NULL, &log), 0);
		unsigned once = 0, twice = 0;
		for (size_t i = 0; i < log.n; i++) {
			once += log.events[i].times == 1;
			twice += log.events[i].times == 2 && log.events[i].last_line == log.events[i].line + n;
		}
		if (once < n - 100 || twice < 100)
			fail_msg("%s: %u once, %u twice", formats[f], once, twice);
		arena_free(&arena);
		strbuf_free(&sb);
	}
	static const struct {
		const char *one, *other;
	} pairs[] = {
		{"pci 0000:01:00.0: [8086:10fb] type 00 class 0x020000\n", "pci 0000:01:00.0: [8086:10fb] type 01 class 0x020000\n"},
		{"pci 0000:01:00.0: BAR 0 [mem 0x0-0xf]\n", "pci 0000:01:00.0: BAR 0 [mem 0x0-0xf 64bit]\n"}, {"pci 0000:01:00.0: BAR 0 [mem 0x0-0xf]\n", "pci 0000:01:00.0: BAR 0 [mem 0x0-0xf pref]\n"},
		{"pci 0000:01:00.0: BAR 0 [mem 0x0-0xf]\n", "pci 0000:01:00.0: BAR 0 [io 0x0-0xf]\n"}, {"pci 0000:01:00.0: BAR 0 [mem 0x0-0xf]\n", "pci 0000:01:00.0: BAR 1 [mem 0x0-0xf]\n"},
		{"pci 0000:01:00.0: PCI bridge to [bus 03-04]\n", "pci 0000:01:00.0: PCI bridge to [bus 02-04]\n"}, {"pci 0000:01:00.0: PCI bridge to [bus 03-04]\n", "pci 0000:01:00.0: PCI bridge to [bus 03-05]\n"},
		{"igb 0000:01:00.0: can't enable 6 VFs (bus 3d out of range of [bus 3b])\n", "igb 0000:01:00.0: can't enable 6 VFs (bus 3e out of range of [bus 3b])\n"},
		{"i40e 0000:01:00.0: Failed to enable SR-IOV: -22\n", "i40e 0000:01:00.0: Failed to enable SR-IOV: -12\n"}, {"i40e 0000:01:00.0: Failed to enable SR-IOV: -22\n", "i40e 0000:01:00.1: Failed to enable SR-IOV: -22\n"},
		{"pnp 00:04: disabling [mem 0x0-0xf] because it overlaps 0000:00:02.0 BAR 9 [mem 0x0-0xf]\n", "pnp 00:04: disabling [mem 0x0-0xf] because it overlaps 0000:00:02.0 BAR 8 [mem 0x0-0xf]\n"},
		{"pnp 00:04: disabling [mem 0x0-0xf] because it overlaps 0000:00:02.0 BAR 9 [mem 0x0-0xf]\n", "pnp 00:04: disabling [mem 0x0-0xf] because it overlaps 0000:00:03.0 BAR 9 [mem 0x0-0xf]\n"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		char text[600];
		struct arena arena = {0};
		struct kmsg log = {0};
		size_t seen = 0;
		snprintf(text, sizeof(text), "%s%s%s%s", pairs[i].one, pairs[i].other, pairs[i].one, pairs[i].other);
		assert_int_equal(kmsg_parse(&arena, slice_of(text), NULL, &log), 0);
		for (size_t k = 0; k < log.n; k++)
			seen += log.events[k].type != KMSG_DRIVER && log.events[k].times == 2 && log.events[k].last_line == log.events[k].line + 2;
		if (seen != 2)
			fail_msg("%s: %zu", text, seen);
		arena_free(&arena);
	}
}

/* ---- what a log says in the end ---- */

#define E(what, ...) {.type = KMSG_##what, .bus = -1, .bus_from = -1, .bus_to = -1, .peer_bar = -1, __VA_ARGS__}
#define RANGE(from, to) .has_range = true, .start = (from), .end = (to), .size = (to) - (from) + 1
#define EVENTS_MAX 5

static struct kmsg log_of(struct arena *arena, const struct kmsg_event *given, struct kmsg_event *events)
{
	struct kmsg log = {.events = events};
	for (; log.n < EVENTS_MAX && (given[log.n].type || given[log.n].bus); log.n++) {
		events[log.n] = given[log.n];
		events[log.n].has_addr = true;
		events[log.n].seq = (unsigned)log.n + 1;
	}
	assert_int_equal(kmsg_index(arena, &log), 0);
	return log;
}

static void test_resources(void **state)
{
	(void)state;
	static const struct {
		struct kmsg_event events[EVENTS_MAX];
		int index;
		const char *said; /* "state address size, one size, VFs; why: which event" */
	} cases[] = {
		/* what is read from the device */
		{{E(BAR, .bar = 0, RANGE(0x1000, 0x1fff))}, 0, "assigned 1000-1fff of 1000, 0 each for 0; 1"}, {{E(BAR, .bar = 0, RANGE(0, 0xfff))}, 0, "unassigned 0-0 of 1000, 0 each for 0; 1"},
		{{E(BAR, .bar = 0, .size = 0x1000, .start = 5)}, 0, "unassigned 0-0 of 1000, 0 each for 0; 1"}, {{E(BAR, .bar = 1, RANGE(0x1000, 0x1fff))}, 0, "unknown 0-0 of 0, 0 each for 0; 0"},
		{{E(BAR, .bar = 0, RANGE(0x1000, 0x1fff), .is_64 = true, .pref = true), E(RELEASED, .bar = 0)}, 0, "unassigned 64 pref 1000-1fff of 1000, 0 each for 0; 2"},
		{{E(BAR, .bar = 0, RANGE(0x1000, 0x1fff), .io = true), E(CANT_CLAIM, .bar = 0, .size = 0x800)}, 0, "unassigned 1000-1fff of 800, 0 each for 0; 2"},
		/* a VF BAR: one VF's */
		{{E(BAR, .bar = 7, RANGE(0x1000, 0x1fff), .is_64 = true)}, 7, "assigned 64 1000-1fff of 0, 1000 each for 0; 1"}, {{E(BAR, .bar = 7, RANGE(0, 0xfff), .pref = true)}, 7, "unassigned pref 0-0 of 0, 1000 each for 0; 1"},
		{{E(BAR, .bar = 12)}, 12, "unassigned 0-0 of 0, 0 each for 0; 1"}, {{E(VF_BAR_SPACE, .bar = 7, RANGE(0x1000, 0x8fff), .n = 8), E(BAR, .bar = 7, RANGE(0x5000, 0x5fff))}, 7, "assigned 1000-8fff of 8000, 1000 each for 8; 1"},
		{{E(VF_BAR_SPACE, .bar = 7, RANGE(0, 0x7fff), .n = 8)}, 7, "unassigned 0-0 of 8000, 1000 each for 8; 1"}, {{E(VF_BAR_SPACE, .bar = 7, RANGE(0x1000, 0x8fff))}, 7, "assigned 1000-8fff of 8000, 0 each for 0; 1"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 8)}, 7, "unassigned 0-0 of 0, 0 each for 8; 1"}, {{E(VF_BAR_SPACE, .bar = 7, .size = 0x1001, .n = 8)}, 7, "unassigned 0-0 of 1001, 0 each for 8; 1"}, {{E(VF_BAR_SPACE, .bar = 7, .n = 8, .start = 1), E(BAR, .bar = 7, .size = 0x1000)}, 7, "unassigned 0-0 of 8000, 1000 each for 8; 1"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 8), E(BAR, .bar = 7, .size = UINT64_MAX / 8)}, 7, "unassigned 0-0 of fffffffffffffff8, 1fffffffffffffff each for 8; 1"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 8), E(BAR, .bar = 7, .size = UINT64_MAX / 8 + 1)}, 7, "unassigned 0-0 of 0, 2000000000000000 each for 8; 1"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 8), E(ASSIGNED, .bar = 7, RANGE(0x1000, 0x8fff))}, 7, "assigned 1000-8fff of 8000, 1000 each for 8; 2"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 7, .size = 1), E(ASSIGNED, .bar = 7, RANGE(0x1000, 0x7fff))}, 7, "assigned 1000-7fff of 7000, 1000 each for 7; 2"},
		{{E(VF_BAR_SPACE, .bar = 7, .n = 7, .size = 1), E(ASSIGNED, .bar = 7, RANGE(0x1000, 0x8fff))}, 7, "assigned 1000-8fff of 8000, 0 each for 7; 2"},
		/* windows; those of kernels without VF BARs */
		{{E(WINDOW, .bar = 14, RANGE(0, 0xfff))}, 14, "assigned 0-fff of 1000, 0 each for 0; 1"}, {{E(WINDOW, .bar = 14, .has_range = true)}, 14, "unassigned 0-0 of 0, 0 each for 0; 1"},
		{{E(WINDOW, .bar = 14, .end = 5)}, 14, "unassigned 0-0 of 0, 0 each for 0; 1"}, {{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 9, RANGE(1, 2))}, 15, "assigned 1-2 of 2, 0 each for 0; 2"},
		{{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 7, RANGE(1, 2))}, 13, "assigned 1-2 of 2, 0 each for 0; 2"}, {{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 7, RANGE(1, 2))}, 7, "unknown 0-0 of 0, 0 each for 0; 0"},
		{{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 12, RANGE(1, 2))}, 12, "unknown 0-0 of 0, 0 each for 0; 0"}, {{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 6, RANGE(1, 2))}, 6, "assigned 1-2 of 2, 0 each for 0; 2"},
		{{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 10, RANGE(1, 2))}, 16, "unknown 0-0 of 0, 0 each for 0; 0"}, {{E(BRIDGE, .bar = -1), E(ASSIGNED, .bar = 6, RANGE(1, 2))}, 12, "unknown 0-0 of 0, 0 each for 0; 0"},
		{{E(ASSIGNED, .bar = 7, RANGE(1, 2))}, 13, "unknown 0-0 of 0, 0 each for 0; 0"}, {{E(FUNCTION, .bar = -1, .header = 1), E(ASSIGNED, .bar = 8, RANGE(1, 2))}, 14, "assigned 1-2 of 2, 0 each for 0; 2"},
		{{E(FUNCTION, .bar = -1, .header = 0), E(ASSIGNED, .bar = 8, RANGE(1, 2))}, 14, "unknown 0-0 of 0, 0 each for 0; 0"}, {{E(DMI, .bar = -1, .header = 1), E(ASSIGNED, .bar = 8, RANGE(1, 2))}, 14, "unknown 0-0 of 0, 0 each for 0; 0"},
		/* failures: the first says why, the last counts */
		{{E(NO_SPACE, .bar = 0, .size = 0x10), E(FAILED_ASSIGN, .bar = 0, .size = 0x20)}, 0, "failed 0-0 of 10, 0 each for 0; 1"}, {{E(NO_SPACE, .bar = 0), E(FAILED_ASSIGN, .bar = 0, .size = 0x20)}, 0, "failed 0-0 of 20, 0 each for 0; 1"},
		{{E(BOGUS_ALIGNMENT, .bar = 0, .size = 0x10), E(ASSIGNED, .bar = 0, RANGE(1, 2))}, 0, "assigned 1-2 of 2, 0 each for 0; 2"}, {{E(ASSIGNED, .bar = 0, RANGE(1, 2)), E(BAD_ALIGNMENT, .bar = 0)}, 0, "failed 1-2 of 2, 0 each for 0; 2"},
		{{E(NO_SPACE, .bar = 0, .size = 0x10), E(BAD_ALIGNMENT, .bar = 0)}, 0, "failed 0-0 of 10, 0 each for 0; 2"}, {{E(NOT_ENABLED, .bar = 0, .size = 0x10)}, 0, "failed 0-0 of 10, 0 each for 0; 1"},
		{{E(ASSIGNED, .bar = 0, RANGE(1, 2)), E(NOT_ENABLED, .bar = 0)}, 0, "assigned 1-2 of 2, 0 each for 0; 1"}, {{E(NO_SPACE, .bar = 0), E(NOT_ENABLED, .bar = 0)}, 0, "failed 0-0 of 0, 0 each for 0; 1"},
		{{E(RELEASED, .bar = 0), E(NOT_ENABLED, .bar = 0)}, 0, "failed 0-0 of 0, 0 each for 0; 2"}, {{E(ASSIGNED, .bar = 0, .size = 0x10)}, 0, "unassigned 0-0 of 10, 0 each for 0; 1"}, {{E(CONFLICT, .bar = 0, RANGE(1, 2))}, 0, "unknown 0-0 of 0, 0 each for 0; 0"},
	};
	static const char *const states[] = {"unknown", "unassigned", "failed", "assigned"};
	static const struct sriov_addr addr = {0, 0, 0, 0};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena arena = {0};
		struct kmsg_event events[EVENTS_MAX];
		struct kmsg log = log_of(&arena, cases[i].events, events);
		struct kmsg_res res;
		char said[200];
		kmsg_resource(&log, &addr, cases[i].index, &res);
		snprintf(said, sizeof(said), "%s%s%s %llx-%llx of %llx, %llx each for %llu; %u", states[res.state], res.is_64 ? " 64" : "", res.pref ? " pref" : "", (unsigned long long)res.start,
			 (unsigned long long)res.end, (unsigned long long)res.size, (unsigned long long)res.one_size, (unsigned long long)res.vfs, res.why ? res.why->seq : 0);
		if (strcmp(said, cases[i].said))
			fail_msg("case %zu: %s, want %s", i, said, cases[i].said);
		arena_free(&arena);
	}
}

static void test_vfs(void **state)
{
	(void)state;
	static const struct {
		struct kmsg_event events[EVENTS_MAX];
		const char *said; /* "state VFs of total errno; why" */
	} cases[] = {
		/* the kernel's reasons, one by one */
		{{E(SRIOV_NO_MMIO, .err = 12)}, "failed 0 of 0, 12; 1"}, {{E(SRIOV_NO_BUS, .err = 12, .n = 4)}, "failed 4 of 0, 12; 1"}, {{E(SRIOV_BARS_NOT_ALLOCATED, .err = 12)}, "failed 0 of 0, 12; 1"},
		{{E(SRIOV_ARCH_REFUSED, .err = 28)}, "failed 0 of 0, 28; 1"}, {{E(SRIOV_ENABLED, .n = 4), E(SRIOV_NO_MMIO, .err = 12)}, "failed 4 of 0, 12; 2"},
		/* a driver's: a request that is refused while VFs run changes nothing */
		{{E(PF_REFUSED, .err = 22)}, "failed 0 of 0, 22; 1"}, {{E(PF_NOT_READY)}, "failed 0 of 0, 0; 1"}, {{E(PF_DOWN)}, "failed 0 of 0, 0; 1"}, {{E(PF_RESOURCES, .n = 4)}, "failed 0 of 0, 0; 1"}, {{E(PF_NOT_CAPABLE)}, "failed 0 of 0, 0; 1"},
		{{E(PF_VFS_ASSIGNED)}, "failed 0 of 0, 0; 1"}, {{E(SRIOV_NO_DRIVER)}, "failed 0 of 0, 0; 1"}, {{E(SRIOV_NO_CONFIGURE)}, "failed 0 of 0, 0; 1"}, {{E(SRIOV_ASSIGNED)}, "failed 0 of 0, 0; 1"},
		{{E(SRIOV_ENABLED, .n = 4), E(PF_DOWN)}, "enabled 4 of 0, 0; 1"}, {{E(SRIOV_NO_MMIO, .err = 12), E(PF_DOWN, .err = 5)}, "failed 0 of 0, 5; 2"},
		/* "failed" behind the reason */
		{{E(SRIOV_FAILED, .err = 5, .n = 3)}, "failed 3 of 0, 5; 1"}, {{E(PF_DOWN), E(SRIOV_FAILED, .err = 5)}, "failed 0 of 0, 5; 1"}, {{E(SRIOV_NO_MMIO, .err = 12), E(SRIOV_FAILED, .err = 5, .n = 2)}, "failed 2 of 0, 12; 1"},
		{{E(SRIOV_ENABLED, .n = 4, .err = 9), E(SRIOV_FAILED)}, "failed 4 of 0, 0; 2"},
		/* attempts and their results */
		{{E(SRIOV_ENABLING, .n = 4)}, "unknown 4 of 0, 0; 0"}, {{E(SRIOV_NO_MMIO, .err = 12), E(SRIOV_ENABLING, .n = 4)}, "unknown 4 of 0, 0; 0"}, {{E(SRIOV_ENABLED, .n = 4), E(SRIOV_ENABLING, .n = 5)}, "enabled 5 of 0, 0; 1"},
		{{E(VF_BAR_SPACE, .n = 64), E(SRIOV_NO_MMIO), E(SRIOV_ENABLING, .n = 4)}, "unknown 4 of 64, 0; 0"}, {{E(SRIOV_ENABLING, .n = 4), E(SRIOV_ENABLED)}, "enabled 4 of 0, 0; 2"},
		{{E(SRIOV_LEFT_ENABLED)}, "enabled 0 of 0, 0; 1"}, {{E(SRIOV_ALREADY, .n = 2, .err = 3)}, "enabled 2 of 0, 0; 1"}, {{E(SRIOV_FEWER, .n = 12, .n2 = 3)}, "enabled 3 of 0, 0; 1"}, {{E(SRIOV_FEWER, .n = 12)}, "unknown 0 of 0, 0; 0"},
		{{E(SRIOV_ENABLED, .n = 4), E(SRIOV_DISABLED, .n = 4)}, "disabled 0 of 0, 0; 2"}, {{E(VF_BAR_SPACE, .n = 64), E(VF_BAR_SPACE)}, "unknown 0 of 64, 0; 0"}, {{E(DMI, .n = 7)}, "unknown 0 of 0, 0; 0"},
	};
	static const char *const states[] = {"unknown", "enabled", "disabled", "failed"};
	static const struct sriov_addr addr = {0, 0, 0, 0}, other = {0, 0, 0, 1};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct arena arena = {0};
		struct kmsg_event events[EVENTS_MAX];
		struct kmsg log = log_of(&arena, cases[i].events, events);
		struct kmsg_sriov sriov;
		char said[200];
		kmsg_sriov(&log, &addr, &sriov);
		snprintf(said, sizeof(said), "%s %llu of %llu, %d; %u", states[sriov.state], (unsigned long long)sriov.vfs, (unsigned long long)sriov.total, sriov.err, sriov.why ? sriov.why->seq : 0);
		if (strcmp(said, cases[i].said))
			fail_msg("case %zu: %s, want %s", i, said, cases[i].said);
		kmsg_sriov(&log, &other, &sriov);
		assert_true(sriov.state == KMSG_VFS_UNKNOWN && !sriov.why);
		arena_free(&arena);
	}
	struct arena one = {0};
	struct kmsg log = {0};
	size_t of = 1;
	assert_int_equal(kmsg_parse(&one, SLICE("[    1.000000]\n[    2.000000] \nigb 0000:08:00.1: hello\n"), NULL, &log), 0);
	assert_int_equal(kmsg_index(&one, &log), 0);
	assert_int_equal(log.lines, 3);
	(void)kmsg_of(&log, &(struct sriov_addr){0, 7, 0, 0}, &of);
	assert_int_equal(of, 0);
	(void)kmsg_of(&log, &(struct sriov_addr){0, 9, 0, 0}, &of);
	assert_int_equal(of, 0);
	assert_int_equal(kmsg_of(&log, &(struct sriov_addr){0, 8, 0, 1}, &of)[0]->line, 3);
	assert_int_equal(of, 1);
	arena_free(&one);
	/* a log that is not indexed, or has nothing, answers nothing */
	struct kmsg none = {0};
	size_t n = 1;
	assert_null(kmsg_of(&none, &addr, &n));
	assert_int_equal(n, 0);
	n = 1;
	assert_null(kmsg_typed(&none, KMSG_DMI, &n));
	assert_int_equal(n, 0);
	assert_null(kmsg_last(&none, KMSG_DMI, NULL));
	struct arena arena = {0};
	assert_int_equal(kmsg_index(&arena, &none), 0);
	(void)kmsg_of(&none, &addr, &n);
	assert_int_equal(n, 0);
	(void)kmsg_typed(&none, KMSG_DMI, &n);
	assert_int_equal(n, 0);
	arena_free(&arena);
}

/* What is a line of a log, for who splits a text. */
static void test_is_line(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		bool is;
	} cases[] = {
		{"[    1.0] x", true}, {"<6>x", false}, {"igb 0000:01:00.0: x", true}, {"0000:01:00.0: x", false}, {"igb 01:00.0: x", false}, {MMIO, true}, {"x " MMIO, false}, {"pci_bus 0000:3a: x", true}, {"", false},
		{"Booting Linux on physical CPU 0x0", false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (kmsg_is_line(slice_of(cases[i].line)) != cases[i].is)
			fail_msg("%s: %d", cases[i].line, !cases[i].is);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns), cmocka_unit_test(test_keys),      cmocka_unit_test(test_odd_lines), cmocka_unit_test(test_floods),
		cmocka_unit_test(test_resources), cmocka_unit_test(test_vfs), cmocka_unit_test(test_is_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
