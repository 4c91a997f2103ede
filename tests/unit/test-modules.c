/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <time.h>

#include "unit.h"
#include "decode/modules.h"

static const struct {
	const char *pattern, *text;
	bool match;
} patterns[] = {
	{"", "", true}, {"*", "", true}, {"?", "", false}, {"a*c", "abbc", true}, {"a*c", "abb", false}, {"*b*b*", "abcb", true},
	{"[^a-c]x", "dx", true}, {"[^a-c]x", "ax", false}, {"[!a-c]x", "dx", true}, {"[a-]", "-", true}, {"[a-]", "b", false}, {"[-a]", "-", true}, {"[a-c]", "a", true},
	{"[a-c]", "c", true}, {"[a-c]", "d", false}, {"[a-c]", "-", false}, {"[b-b]", "b", true}, {"[c-a]", "b", false}, {"[!]a]", "b", true}, {"[!]a]", "]", false}, {"[]", "[]", true},
	{"[!", "[!", true}, {"[^]", "[^]", true}, {"[", "[", true}, {"[", "a", false}, {"[a-", "[a-", true}, {"[a-c", "b", false}, {"[ab]c", "ac", true}, {"[ab]c", "cc", false},
	{"[\x80-\xff]", "\xc0", true}, {"[a-c]", "\xe1", false}, {"\\", "\\", true}, {"\\?", "?", true}, {"\\?", "x", false}, {"\\a", "a", true}, {"**", "x", true}, {"a**", "a", true},
	{"a?", "a", false}, {"?a", "ba", true}, {"*ab", "aab", true}, {"*a", "b", false}, {"", "a", false}, {"a", "", false}, {"a", "ab", false}, {"*?", "", false}, {"*?", "ab", true},
	{"[a-c]x", "bx", true}, {"[!a-c]x", "bx", false}, {"[]]", "]", true}, {"[a", "[a", true}, {"[a", "a", false}, {"\\*", "*", true}, {"\\*", "a", false},
	{"pci:v00008086d000010CAsv*sd*bc*sc*i*", "pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00", true},
	{"pci:v00008086d000010CAsv*sd*bc*sc*i*", "pci:v00008086d000010C9sv00008086sd0000A03Cbc02sc00i00", false},
	{"pci:v*d*sv*sd*bc01sc08i02*", "pci:v00001B36d00000010sv00001AF4sd00001100bc01sc08i02", true},
};

static void test_patterns(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++)
		if (pattern_match(slice_of(patterns[i].pattern), slice_of(patterns[i].text)) != patterns[i].match)
			fail_msg("%s against %s", patterns[i].pattern, patterns[i].text);
}

/* A pattern that makes a backtracking matcher run for ages. */
static void test_no_explosion(void **state)
{
	(void)state;
	char pattern[1000], text[1000];
	for (size_t i = 0; i + 1 < sizeof(pattern); i += 2) {
		pattern[i] = 'a';
		pattern[i + 1] = '*';
	}
	pattern[sizeof(pattern) - 1] = 'b';
	memset(text, 'a', sizeof(text));
	clock_t before = clock();
	for (int i = 0; i < 100; i++)
		assert_false(pattern_match((struct slice){pattern, sizeof(pattern)}, (struct slice){text, sizeof(text)}));
	assert_true(clock() - before < 10 * CLOCKS_PER_SEC);
}

static const char alias_text[] = "# Aliases\n"
				 "alias pci:v00008086d000010CAsv*sd*bc*sc*i* igbvf\n"
				 "alias pci:v00008086d00001520sv*sd*bc*sc*i* igbvf\n"
				 "alias pci:v*d*sv*sd*bc01sc08i02* nvme\n"
				 "alias pci:v00008086d000010CAsv*sd*bc*sc*i* other_vf\n"
				 "alias pci:v00008086d000010CAsv*sd*bc*sc*i* igbvf\n"
				 "alias usb:v* usbthing\nalias broken";

static void test_alias(void **state)
{
	(void)state;
	struct alias_query queries[] = {
		{.modalias = SLICE("pci:v00008086d00001520sv00000000sd00000000bc02sc00i00")},
		{.modalias = SLICE("pci:v00001AF4d00001041sv00000000sd00000000bc02sc00i00")},
		{.modalias = SLICE("pci:v00008086d000010CAsv00000000sd00000000bc02sc00i00")},
		{.modalias = SLICE("pci:v00001B36d00000010sv00000000sd00000000bc01sc08i02")},
	};
	modules_alias(SLICE(alias_text), queries, ARRAY_SIZE(queries));
	for (size_t i = 0; i < ARRAY_SIZE(queries); i++) {
		if (slice_has(queries[i].modalias, "1B36")) {
			assert_int_equal(queries[i].n, 1);
			assert_true(slice_is(queries[i].modules[0], "nvme"));
		} else if (slice_has(queries[i].modalias, "10CA")) {
			assert_int_equal(queries[i].n, 2);
			assert_true(slice_is(queries[i].modules[1], "other_vf"));
		} else if (slice_has(queries[i].modalias, "1520")) {
			assert_int_equal(queries[i].n, 1);
		} else {
			assert_int_equal(queries[i].n, 0);
		}
	}
	for (size_t n = 0; n < sizeof(alias_text); n++) {
		char *cut = malloc(n ? n : 1);
		memcpy(cut, alias_text, n);
		modules_alias((struct slice){cut, n}, queries, ARRAY_SIZE(queries));
		free(cut);
	}
}

/* Queries that begin like others, that are the same, empty or too long; more modules than are kept. */
static void test_odd_aliases(void **state)
{
	(void)state;
	char longest[258], text[1400];
	memset(longest, 'q', sizeof(longest));
	struct alias_query queries[] = {
		{.modalias = SLICE("abc")}, {.modalias = SLICE("")}, {.modalias = SLICE("ab")}, {.modalias = SLICE("a")}, {.modalias = SLICE("ab")},
		{.modalias = {longest, 257}}, {.modalias = {longest, 256}}, {.modalias = SLICE("zz")},
	};
	snprintf(text, sizeof(text), "alias [a-b]* set\nalias a* a\nalias ab exact\nalias abcd longer\nalias  ab\t a\nalias ab\nalias %.256s fits\nalias %.257s no\nalias %.256s* no\n"
		 "alias z? m1\nalias z* m2\nalias ?z m3\nalias zz m4\nalias * m5\n", longest, longest, longest);
	modules_alias(slice_of(text), queries, ARRAY_SIZE(queries));
	static const struct {
		const char *modules;
		size_t length;
	} want[] = {{"m5,", 0}, {"set,a,m5,", 1}, {"set,a,exact,m5,", 2}, {"set,a,exact,m5,", 2}, {"set,a,m5,", 3}, {"fits,m5,", 256}, {"", 257}, {"m1,m2,m3,m4,", 2}};
	for (size_t i = 0; i < ARRAY_SIZE(queries); i++) {
		char said[200] = "";
		for (unsigned m = 0; m < queries[i].n; m++)
			snprintf(said + strlen(said), sizeof(said) - strlen(said), "%.*s,", (int)queries[i].modules[m].n, queries[i].modules[m].p);
		assert_int_equal(queries[i].modalias.n, want[i].length);
		assert_string_equal(said, want[i].modules);
	}
	modules_alias(((struct slice){"alias a \0\nalias a x", 19}), queries, ARRAY_SIZE(queries));
	assert_true(queries[1].n == 1 && slice_is(queries[1].modules[0], "x"));
	modules_alias(SLICE("alias * x"), queries, 0);
}

static void test_paths(void **state)
{
	(void)state;
	struct slice path, dep = SLICE("kernel/drivers/net/ethernet/intel/igbvf/igbvf.ko.xz:\nkernel/drivers/vfio/pci/vfio-pci.ko: kernel/drivers/vfio/vfio.ko\n");
	assert_true(modules_path(dep, SLICE("igbvf"), &path) && slice_ends(path, "igbvf.ko.xz"));
	assert_true(modules_path(dep, SLICE("vfio_pci"), &path) && slice_is(path, "kernel/drivers/vfio/pci/vfio-pci.ko"));
	assert_false(modules_path(dep, SLICE("vfio"), &path));
	assert_true(modules_path(SLICE("kernel/drivers/nvme/host/nvme.ko"), SLICE("nvme"), &path));
	assert_true(modules_path(SLICE("\n: x\nnvme.ko.zst:\n"), SLICE("nvme"), &path) && slice_is(path, "nvme.ko.zst"));
	assert_true(modules_path(SLICE("a/nvme\n"), SLICE("nvme"), &path) && slice_is(path, "a/nvme"));
}

static void test_modprobe(void **state)
{
	(void)state;
	struct slice text = SLICE("# comment\nblacklist nouveau\noptions mlx4_core num_vfs=4 \\\n probe_vf=0\n"
				  "install iavf /bin/false\ninstall good /sbin/modprobe --ignore-install good\n"
				  "alias pci:v00008086d000010CA* off\noptions mlx4_core num_vfs=8\nblacklist\n");
	struct slice value, none = {NULL, 0};
	struct modprobe_row row;
	unsigned line;
	assert_int_equal(modprobe_blocks(text, SLICE("nouveau"), none, &row), MODULE_BLACKLISTED);
	assert_int_equal(row.line, 2);
	assert_int_equal(modprobe_blocks(text, SLICE("iavf"), none, &row), MODULE_INSTALL_FALSE);
	assert_int_equal(row.line, 5);
	assert_int_equal(modprobe_blocks(text, SLICE("good"), none, &row), MODULE_FREE);
	assert_int_equal(modprobe_blocks(text, SLICE("igbvf"), SLICE("pci:v00008086d000010CAsv0"), &row), MODULE_ALIAS_OFF);
	assert_int_equal(modprobe_blocks(text, SLICE("igbvf"), none, &row), MODULE_FREE);
	assert_true(modprobe_option(text, "mlx4-core", "num_vfs", &value, &line) && slice_is(value, "8") && line == 8);
	assert_true(modprobe_option(text, "mlx4_core", "probe_vf", &value, &line) && slice_is(value, "0") && line == 3);
	assert_false(modprobe_option(text, "mlx4_core", "debug", &value, &line));
	assert_true(cmdline_blacklists(SLICE("quiet modprobe.blacklist=a,ixgbevf,b"), SLICE("ixgbevf")));
	assert_true(cmdline_blacklists(SLICE("module_blacklist=ixgbevf"), SLICE("ixgbevf")));
	assert_false(cmdline_blacklists(SLICE("blacklist=ixgbevf module_blacklist"), SLICE("ixgbevf")));
}

static void test_odd_modprobe(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum module_block block;
		unsigned line;
	} rows[] = {
		{"install m\n", MODULE_FREE, 0}, {"install m true\n", MODULE_INSTALL_FALSE, 1}, {"install m false # why", MODULE_INSTALL_FALSE, 1}, {"install m :\n", MODULE_INSTALL_FALSE, 1},
		{"install m /usr/bin/true\n", MODULE_INSTALL_FALSE, 1}, {"install m /bin/false\n", MODULE_INSTALL_FALSE, 1}, {"install m /bin/falsely\n", MODULE_FREE, 0},
		{"install n true\n", MODULE_FREE, 0}, {"blacklist n\nblacklist m\n", MODULE_BLACKLISTED, 2}, {"#blacklist m\n", MODULE_FREE, 0}, {"  # blacklist m\n", MODULE_FREE, 0},
		{"\n \t\nblacklist\nblacklist \\\n m\n", MODULE_BLACKLISTED, 4}, {"alias m off\n", MODULE_ALIAS_OFF, 1}, {"alias m on\n", MODULE_FREE, 0}, {"alias n off\n", MODULE_FREE, 0},
		{"alias pci:v* off\n", MODULE_ALIAS_OFF, 1}, {"alias usb:v* off\n", MODULE_FREE, 0}, {"x \\", MODULE_FREE, 0}, {"options m a=b \\\n\\\nc=d\nblacklist m", MODULE_BLACKLISTED, 4},
	};
	struct modprobe_row row;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		enum module_block block = modprobe_blocks(slice_of(rows[i].text), SLICE("m"), SLICE("pci:v1"), &row);
		if (block != rows[i].block || (block != MODULE_FREE && row.line != rows[i].line))
			fail_msg("%s: %d at %u", rows[i].text, (int)block, row.line);
	}
	/* the longest pattern and the longest alias that are looked at */
	char text[300] = "alias ", longest[258];
	memset(longest, 'q', sizeof(longest));
	for (size_t n = 255; n <= 257; n++) {
		snprintf(text, sizeof(text), "alias %.*s* off\n", (int)n - 1, longest);
		assert_int_equal(modprobe_blocks(slice_of(text), SLICE("m"), (struct slice){longest, 256}, &row), n <= 256 ? MODULE_ALIAS_OFF : MODULE_FREE);
		assert_int_equal(modprobe_blocks(SLICE("alias q* off"), SLICE("m"), (struct slice){longest, n}, &row), n <= 256 ? MODULE_ALIAS_OFF : MODULE_FREE);
	}
	struct slice value;
	unsigned line;
	assert_true(modprobe_option(SLICE("options m a=1 b=2 a=3\noptions n a=4\noption m a=5\n"), "m", "a", &value, &line) && slice_is(value, "3") && line == 1);
	assert_true(cmdline_blacklists(SLICE("modprobe.blacklist= module-blacklist=,,m"), SLICE("m")));
	assert_true(cmdline_blacklists(SLICE("rd.driver.blacklist=m"), SLICE("m")));
	assert_false(cmdline_blacklists(SLICE("modprobe.blacklist=mm,n blacklist=m"), SLICE("m")));
	assert_false(cmdline_blacklists(SLICE("modprobe.blacklist"), SLICE("m")));
}

static void test_random(void **state)
{
	(void)state;
	static const char alphabet[] = "ab*?[]!-\\ \n_alias off:.ko/#";
	uint32_t seed = 7;
	for (unsigned round = 0; round < 5000; round++) {
		size_t n = round % 120;
		char *text = malloc(n ? n : 1);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		struct slice s = {text, n}, value;
		struct modprobe_row row;
		unsigned line;
		struct alias_query query = {.modalias = SLICE("abab")};
		pattern_match(s, SLICE("abab"));
		modules_alias(s, &query, 1);
		assert_true(query.n <= ALIAS_MATCHES_MAX);
		modules_path(s, SLICE("ab"), &value);
		modprobe_blocks(s, SLICE("ab"), SLICE("abab"), &row);
		modprobe_option(s, "ab", "a", &value, &line);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns), cmocka_unit_test(test_no_explosion), cmocka_unit_test(test_alias),
		cmocka_unit_test(test_paths),    cmocka_unit_test(test_modprobe),     cmocka_unit_test(test_random),
		cmocka_unit_test(test_odd_aliases), cmocka_unit_test(test_odd_modprobe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
