/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small readers at their limits: what is nearly right, cut, or of the longest length. */
#include <errno.h>

#include "decode/bios.h"
#include "decode/bytes.h"
#include "decode/cmdline.h"
#include "decode/devicetree.h"
#include "decode/errno-text.h"
#include "decode/field.h"
#include "unit.h"

static void test_bits(void **state)
{
	(void)state;
	static const uint8_t b[] = {0x78, 0x56, 0x34, 0x12, 0xef, 0xbe, 0xad, 0xde, 0xff};
	static const struct {
		size_t offset;
		unsigned size, lsb, width;
		int err;
		uint64_t value;
	} rows[] = {
		{0, 8, 0, 64, 0, 0xdeadbeef12345678}, {1, 8, 0, 64, 0, 0xffdeadbeef123456}, {0, 4, 28, 4, 0, 1}, {0, 1, 7, 1, 0, 0}, {8, 1, 0, 8, 0, 0xff},
		{0, 9, 0, 8, -ENODATA, 0}, {10, 1, 0, 8, -ENODATA, 0}, {9, 1, 0, 8, -ENODATA, 0}, {2, 8, 0, 64, -ENODATA, 0}, {0, 4, 0, 0, -ENODATA, 0},
		{0, 4, 0, 33, -ENODATA, 0}, {0, 4, 29, 4, -ENODATA, 0}, {0, 4, 32, 1, -ENODATA, 0},
	};
	const struct bytes view = bytes_of(b, sizeof(b));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint64_t v = 0;
		assert_int_equal(bytes_bits(&view, rows[i].offset, rows[i].size, rows[i].lsb, rows[i].width, &v), rows[i].err);
		assert_int_equal(v, rows[i].value);
	}
	struct bytes part = bytes_part(&view, 20, 4);
	uint8_t byte;
	assert_int_equal(bytes_len(&part), 0);
	assert_int_equal(bytes_u8(&part, 0, &byte), -ENODATA);
	part = bytes_part(&view, SIZE_MAX, SIZE_MAX);
	assert_int_equal(bytes_len(&part), 0);
	part = bytes_part(&view, 8, 4);
	assert_int_equal(bytes_len(&part), 1);
	/* a part ends where it ends, and a part of a part lies in both; no offset leads in front of it */
	part = bytes_part(&view, 4, 4);
	part = bytes_part(&part, 1, SIZE_MAX);
	assert_int_equal(bytes_len(&part), 3);
	assert_int_equal(bytes_u8(&part, 0, &byte), 0);
	assert_int_equal(byte, 0xbe);
	assert_int_equal(bytes_u8(&part, 3, &byte), -ENODATA);
	assert_int_equal(bytes_u8(&part, SIZE_MAX, &byte), -ENODATA);
	const struct bytes alone = bytes_alone(&part);
	assert_int_equal(alone.len, 3);
	assert_int_equal(alone.p[0], 0xbe);
	/* one bit that is not known makes its register unknown, not its neighbours */
	static const uint8_t known[] = {0xff, 0xfe};
	const struct bytes masked = {b, known, 2, 0};
	uint64_t v;
	assert_int_equal(bytes_bits(&masked, 0, 2, 8, 1, &v), -ENODATA);
	assert_int_equal(bytes_bits(&masked, 0, 2, 9, 7, &v), 0);
	assert_int_equal(v, 0x2b);
}

/* ---- JSON ---- */

static const char *events(const char *text)
{
	static char said[200];
	static const char letters[] = ".!{}[]nsd10z"; /* in the order of enum json_event */
	struct json json = json_of(slice_of(text));
	struct slice s;
	size_t n = 0;
	for (;;) {
		enum json_event event = json_next(&json, &s);
		said[n++] = letters[event];
		if (event == JSON_DONE || event == JSON_BAD || n == sizeof(said) - 1)
			break;
	}
	said[n] = '\0';
	if (said[n - 1] == '!') /* and stays so */
		assert_int_equal(json_next(&json, &s), JSON_BAD);
	return said;
}

static void test_json(void **state)
{
	(void)state;
	static const struct {
		const char *text, *events;
	} rows[] = {
		{"{\"a\": [1, -2.5e+3, true, false, null, \"x\\\"y\"]}", "{n[dd10zs]}."}, {"\xef\xbb\xbf[]", "[]."}, {" \t\r\n{} \n", "{}."}, {"7", "d."},
		{"", "!"}, {"[", "[!"}, {"{", "{!"}, {"]", "!"}, {"}", "!"}, {"[}", "[!"}, {"{]", "{!"}, {"[1 2]", "[d!"}, {"[1,]", "[d!"}, {"{\"a\" 1}", "{n!"},
		{"{\"a\":1,}", "{nd!"}, {"{1:2}", "{!"}, {"\"open", "!"}, {"\"cut\\", "!"}, {"\"line\nfeed\"", "!"}, {"truth", "!"}, {"1x", "!"}, {"[] []", "[]!"},
		{"[1}", "[d!"}, {"{\"a\":1]", "{nd!"}, {"nul", "!"}, {"[1", "[d!"}, {"[tru]", "[!"}, {"{\"a\":1 \"b\":2}", "{nd!"}, {"{\"a\":", "{n!"}, {"{\"a", "{!"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(events(rows[i].text), rows[i].events);
	/* 64 deep, and one more */
	char deep[140] = "";
	memset(deep, '[', JSON_DEPTH_MAX);
	memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	const char *said = events(deep);
	assert_int_equal(strlen(said), 2 * JSON_DEPTH_MAX + 1);
	assert_int_equal(said[2 * JSON_DEPTH_MAX], '.');
	memset(deep, '[', JSON_DEPTH_MAX + 1);
	said = events(deep);
	assert_int_equal(said[JSON_DEPTH_MAX], '!');
	/* a NUL is a byte like others: no space, no digit */
	struct json json = json_of((struct slice){"\0[]", 3});
	struct slice s;
	assert_int_equal(json_next(&json, &s), JSON_BAD);
	json = json_of((struct slice){"1\0", 2});
	assert_int_equal(json_next(&json, &s), JSON_NUMBER);
	assert_int_equal(json_next(&json, &s), JSON_BAD);
}

/* ---- firmware settings ---- */

/* "name=value@line;" of every pair. */
static const char *pairs(const char *text)
{
	static char said[400];
	size_t n = 0;
	struct bios_iter iter = bios_of(slice_of(text));
	struct bios_pair pair;
	*said = '\0';
	while (bios_next(&iter, &pair))
		n += (size_t)snprintf(said + n, sizeof(said) - n, "%.*s=%.*s@%u;", (int)pair.name.n, pair.name.p, (int)pair.value.n, pair.value.p, pair.line);
	return said;
}

static void test_settings(void **state)
{
	(void)state;
	static const struct {
		const char *text, *pairs;
	} rows[] = {
		/* JSON: names and values in either spelling; a value without a name before it is its own */
		{"\xef\xbb\xbf{\"A\": \"on\"}", "A=on@1;"}, {"[{\"Name\": \"B\",\n \"Value\": \"off\"}]", "B=off@2;"}, {"[ {\"C\": 1}]", "C=1@1;"},
		{"{\"Value\": \"x\"}", "Value=x@1;"}, {"{\"CurrentValue\": \"x\"}", "CurrentValue=x@1;"}, {"{\"Name\": \"D\", \"other\": 2, \"Value\": 3}", "other=2@1;D=3@1;"},
		{"{\"AttributeName\": \"E\", \"CurrentValue\": null}", ""}, {"{\"x\": {\"y\": [\"z\"]}}", ""}, {"{\"F\": 1,", "F=1@1;"},
		/* XML: quotes of either kind, attributes that only end or begin like it, no end */
		{"<a name='F' value='on'/>", "F=on@1;"}, {"<a Name=\"G\" numericValue=\"7\"/>", "G=7@1;"}, {"<a\n name=\"H\"\n Value=\"x\"/>", "H=x@1;"},
		{"<a name=\"I\">\n text </a>", "I=text@1;"}, {"<a name=\"J\"></a><b name=\"K\">k", "K=k@1;"}, {"<a name=\"L", ""}, {"<a name=\"M>x", ""},
		{"<a surname=\"N\" value=\"1\"/>", ""}, {"<a name value=\"1\"/>", ""}, {"<a name=x value=\"1\"/>", ""}, {"<a name=", ""}, {"<name=\"O\" value=\"1\"/>", ""},
		{"<a name=\"P\" value=\"unclosed/>Q</a>", "P=Q@1;"}, {"<!-- <a name=\"R\" value=\"1\"/>", ""}, {"<a name= value=\"1\"/>", ""},
		{"<a name=\"S\" value=\"1\"", ""}, {"<a name=>", ""}, {"<![CDATA[<a name=\"U\" value=\"1\"/>]]><b name=\"V\">\n v", "V=v@1;"}, {"<!--\n--><b name=\"W\" selectedOption=\"w\" value=\"x\"/>", "W=w@2;"}, {"<a name=\"T\" name2=\"\" value=\"\"/>", "T=@1;"},
		/* lines */
		{"[a=b]\n/c=d\n#e=f\n", "e=f@3;"}, {"g: h\n", "g=h@1;"}, {"=x\ny=\nz\n\n", ""}, {"k=01 // 00 (No), *01 (Yes)\n", "k=Yes@1;"},
		{"k=05 // 00 (No), 01 (Yes)\n", "k=05@1;"}, {"k=01 // 01 Yes\n", "k=01@1;"}, {"k=01 // 01 (Yes\n", "k=01@1;"}, {"k=01 // 01 (\n", "k=01@1;"},
		{"k= // 01 (Yes)\n", ""}, {"{", ""}, {"[", ""}, {"[1]\na=b", "a=b@2;"}, {"k=v (Pending Value=w)", "k=v@1;"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (strcmp(pairs(rows[i].text), rows[i].pairs))
			fail_msg("%s: %s, want %s", rows[i].text, pairs(rows[i].text), rows[i].pairs);
}

static void test_setting_names(void **state)
{
	(void)state;
	char name[300];
	memset(name, ' ', sizeof(name));
	memcpy(name, "SR-IOV", 6);
	assert_non_null(bios_setting_of(SLICE("SR-IOV Support")));
	assert_ptr_equal(bios_setting_of((struct slice){name, 128}), bios_setting_of(SLICE("s r i o v")));
	assert_null(bios_setting_of((struct slice){name, 129}));
	assert_null(bios_setting_of(SLICE("")));
	const struct bios_setting *setting = bios_setting_of(SLICE("SR-IOV Support"));
	const struct bios_setting plain = {.pattern = "x", .on = NULL, .off = NULL}, words = {.pattern = "x", .on = "auto", .off = "manual,never"};
	assert_non_null(setting);
	assert_int_equal(bios_value_of(&plain, SLICE("Enabled")), BIOS_VALUE_ON);
	assert_int_equal(bios_value_of(&plain, SLICE("0")), BIOS_VALUE_OFF);
	assert_int_equal(bios_value_of(&plain, SLICE("auto")), BIOS_VALUE_OTHER);
	assert_int_equal(bios_value_of(&words, SLICE("Auto")), BIOS_VALUE_ON);
	assert_int_equal(bios_value_of(&words, SLICE("NEVER")), BIOS_VALUE_OFF);
	assert_int_equal(bios_value_of(&words, SLICE("on")), BIOS_VALUE_ON);
	assert_int_equal(bios_value_of(&words, SLICE("")), BIOS_VALUE_OTHER);
	memset(name, ' ', sizeof(name));
	memcpy(name, "on", 2);
	assert_int_equal(bios_value_of(setting, (struct slice){name, 128}), BIOS_VALUE_ON);
	assert_int_equal(bios_value_of(setting, (struct slice){name, 129}), BIOS_VALUE_OTHER);
}

/* ---- the command line ---- */

static void test_options(void **state)
{
	(void)state;
	static const struct {
		const char *cmdline, *vendor, *token; /* the first that is odd */
		enum option_oddity what;
		const char *meant;
	} rows[] = {
		{"ro intel_iommu=on quiet", "GenuineIntel", NULL, 0, NULL},
		/* one letter missing, too many, wrong, two swapped; more is not near */
		{"intel_iomu=on", NULL, "intel_iomu=on", OPTION_MISSPELT, "intel_iommu"}, {"intel_iommuu=on", NULL, "intel_iommuu=on", OPTION_MISSPELT, "intel_iommu"},
		{"intel_iommo=on", NULL, "intel_iommo=on", OPTION_MISSPELT, "intel_iommu"}, {"intle_iommu=on", NULL, "intle_iommu=on", OPTION_MISSPELT, "intel_iommu"},
		{"intel_iommux2=on", NULL, NULL, 0, NULL}, {"intel_ommi=on", NULL, NULL, 0, NULL}, {"inlet_iommu=on", NULL, NULL, 0, NULL}, {"intel_iomum=on", NULL, "intel_iomum=on", OPTION_MISSPELT, "intel_iommu"},
		{"intel-iommu=on", NULL, NULL, 0, NULL}, {"intle_iommo=on", NULL, NULL, 0, NULL}, {"ntel_iommu=on", NULL, "ntel_iommu=on", OPTION_MISSPELT, "intel_iommu"}, {"intel_iomm=on", NULL, "intel_iomm=on", OPTION_MISSPELT, "intel_iommu"},
		/* another processor's */
		{"intel_iommu=on", "AuthenticAMD", "intel_iommu=on", OPTION_NO_EFFECT, NULL}, {"intel_iommu=on", NULL, NULL, 0, NULL},
		/* values */
		{"intel_iommu=onn", NULL, "intel_iommu=onn", OPTION_BAD_VALUE, NULL}, {"intel_iommu=,on", NULL, NULL, 0, NULL}, {"intel_iommu", NULL, NULL, 0, NULL},
		{"intel_iommu=on,sm_on", NULL, NULL, 0, NULL}, {"pci=realloc=off,hpmmiosize=32M", NULL, NULL, 0, NULL}, {"pci=reallok=off", NULL, "pci=reallok=off", OPTION_BAD_VALUE, NULL},
		{"intel_iommu=on=1", NULL, NULL, 0, NULL}, {"intel_iommu=sm_on:1,onn:1", NULL, "intel_iommu=sm_on:1,onn:1", OPTION_BAD_VALUE, NULL}, {"pci=reallok", NULL, "pci=reallok", OPTION_BAD_VALUE, NULL},
		{"pci=pcie-bus-safe", NULL, "pci=pcie-bus-safe", OPTION_BAD_VALUE, NULL}, {"intel_iommu=sm_on intel_iommu=off", NULL, NULL, 0, NULL}, {"intel_iommu=off intel_iommu=sm_on", NULL, NULL, 0, NULL},
		{"pci=some_new_word", NULL, NULL, 0, NULL}, {"pci=resource_alignment:20@00:1f.0", NULL, NULL, 0, NULL},
		/* given twice */
		{"intel_iommu=on intel_iommu=off", NULL, "intel_iommu=on", OPTION_OVERRIDDEN, NULL}, {"intel_iommu=on intel_iommu=on", NULL, NULL, 0, NULL},
		{"intel_iommu=on intel_iommu=sm_on", NULL, NULL, 0, NULL}, {"pci=realloc pci=nomsi", NULL, NULL, 0, NULL}, {"\"intel_iommu=on\" intel_iommu=off", NULL, "\"intel_iommu=on\"", OPTION_OVERRIDDEN, NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct option_iter iter = {slice_of(rows[i].cmdline)};
		struct option_note note = {.meant = NULL};
		bool odd = option_note_next(&iter, rows[i].vendor, &note);
		if (odd != (rows[i].token != NULL))
			fail_msg("%s: %.*s is odd: %d, %s", rows[i].cmdline, (int)note.option.token.n, note.option.token.p ? note.option.token.p : "", odd, odd ? note.why : "");
		if (!odd)
			continue;
		assert_true(slice_is(note.option.token, rows[i].token));
		assert_int_equal(note.what, rows[i].what);
		assert_true(note.why && *note.why);
		if (rows[i].meant)
			assert_string_equal(note.meant, rows[i].meant);
	}
	/* a line of a megabyte: its beginning */
	size_t n = 1 << 20;
	char *line = malloc(n);
	assert_non_null(line);
	memset(line, 'x', n);
	memcpy(line, "intel_iomu=on ", 14);
	memcpy(line + n - 15, " intel_iomu=on ", 15);
	struct option_iter iter = {{line, n}};
	struct option_note note;
	unsigned odd = 0;
	while (option_note_next(&iter, NULL, &note))
		odd++;
	assert_int_equal(odd, 1);
	free(line);
	static const struct {
		const char *cmdline, *token, *name, *value;
	} quoted[] = {
		{"\"", "\"", "", NULL}, {"\"a", "\"a", "a", NULL}, {"\"a=b c\" d", "\"a=b c\"", "a", "b c"}, {"a=\"b", "a=\"b", "a", "b"}, {"a=\"", "a=\"", "a", ""}, {"a=\"\"", "a=\"\"", "a", ""},
		{"a=b\"", "a=b\"", "a", "b\""}, {"a=\"b c\"d e", "a=\"b c\"d", "a", "b c\"d"}, {"a=b=c", "a=b=c", "a", "b=c"}, {" \t\v\r\na b", "a", "a", NULL}, {"\"a=\"b\"", "\"a=\"b\"", "a", "\"b"},
		{"=", "=", "", ""}, {"--x", "--x", "--x", NULL},
	};
	struct option option;
	for (size_t i = 0; i < ARRAY_SIZE(quoted); i++) {
		struct slice rest = slice_of(quoted[i].cmdline);
		assert_true(option_next(&rest, &option));
		if (!slice_is(option.token, quoted[i].token) || !slice_is(option.name, quoted[i].name) || !option.value.p != !quoted[i].value ||
		    (quoted[i].value && !slice_is(option.value, quoted[i].value)))
			fail_msg("%s: '%.*s' '%.*s'", quoted[i].cmdline, (int)option.name.n, option.name.p, (int)option.value.n, option.value.p ? option.value.p : "");
	}
	struct slice rest = {"a\0b", 3}, value = SLICE("x");
	assert_true(option_next(&rest, &option) && slice_is(option.token, "a") && option_next(&rest, &option) && slice_is(option.token, "b") && !option_next(&rest, &option));
	rest = SLICE("a -- b");
	assert_true(option_next(&rest, &option) && !option_next(&rest, &option));
	assert_true(option_has(SLICE("pci=a:b,c"), "pci", "a", &value) && slice_is(value, "b"));
	assert_true(option_has(SLICE("pci=a:b,c"), "pci", "c", &value) && !value.p);
	assert_true(option_has(SLICE("pci=a=b,c"), "pci", "a", &value) && slice_is(value, "b"));
	assert_true(option_has(SLICE("pci=,ab,,a"), "pci", "a", NULL) && !option_has(SLICE("pci=ab pcj=a"), "pci", "a", NULL));
}

static void test_errnos(void **state)
{
	(void)state;
	assert_int_equal(errno_in_text(SLICE("OSError: [Errno 19] x")), 19);
	assert_int_equal(errno_in_text(SLICE("[Errno 4095]")), 4095);
	assert_int_equal(errno_in_text(SLICE("[Errno 4096]")), 0);
	assert_int_equal(errno_in_text(SLICE("[Errno 19 x")), 0);
	assert_int_equal(errno_in_text(SLICE("[Errno x]")), 0);
	assert_int_equal(errno_in_text(SLICE("all is well")), 0);
}

static void test_map_cells(void **state)
{
	(void)state;
	uint8_t map[32] = {0};
	struct dt_map_hit hit = {0};
	map[3] = 8;                  /* from 0x0008 */
	map[7] = 5, map[10] = 0x80;  /* to phandle 5, 0x8000 */
	map[15] = 4;                 /* four of them */
	struct bytes view = bytes_of(map, 16);
	assert_int_equal(dt_map_rid(&view, 0xffff, 7, &hit), DT_MAP_UNMAPPED);
	assert_int_equal(dt_map_rid(&view, 0xffff, 12, &hit), DT_MAP_UNMAPPED);
	assert_int_equal(dt_map_rid(&view, 0xffff, 11, &hit), DT_MAP_MAPPED);
	assert_true(hit.row == 0 && hit.phandle == 5 && hit.output == 0x8003);
	/* a cell that was not read says nothing, whatever row it is in */
	for (unsigned cell = 0; cell < 4; cell++) {
		uint8_t known[16];
		memset(known, 0xff, sizeof(known));
		known[4 * cell + 1] = 0;
		view.known = known;
		assert_int_equal(dt_map_rid(&view, 0xffff, 11, &hit), DT_MAP_BAD);
	}
	uint32_t cell = 7;
	view = bytes_of(map, 16);
	assert_int_equal(dt_cell(&view, 3, &cell), 0);
	assert_int_equal(cell, 4);
	assert_int_equal(dt_cell(&view, 4, &cell), -ENODATA);
	assert_int_equal(dt_cell(&view, 5, &cell), -ENODATA);
	assert_int_equal(dt_cell(&view, SIZE_MAX / 4 + 1, &cell), -ENODATA); /* four times that is 0 */
	view = bytes_of(map, 0);
	assert_int_equal(dt_map_rid(&view, 0xffff, 0, &hit), DT_MAP_BAD);
	view = bytes_of(map, 17);
	assert_int_equal(dt_map_rid(&view, 0xffff, 0, &hit), DT_MAP_BAD);
	/* more rows than are looked at: the last is not seen */
	size_t rows = DT_MAP_ROWS_MAX + 1;
	uint8_t *many = calloc(rows, 16);
	assert_non_null(many);
	memcpy(many + (rows - 1) * 16, map, 16);
	view = bytes_of(many, rows * 16);
	assert_int_equal(dt_map_rid(&view, 0xffff, 11, &hit), DT_MAP_UNMAPPED);
	view = bytes_of(many + 16, (rows - 1) * 16);
	assert_int_equal(dt_map_rid(&view, 0xffff, 11, &hit), DT_MAP_MAPPED);
	assert_int_equal(hit.row, DT_MAP_ROWS_MAX - 1);
	free(many);
}

/* Buffers of every size: cut, ended, never overrun. */
static void test_field_text(void **state)
{
	(void)state;
	static const struct field hex = {.name = "X", .reg_size = 4, .width = 32, .kind = FIELD_HEX}, dec = {.name = "Y#Z", .kind = FIELD_UINT};
	for (size_t size = 0; size < 16; size++) {
		char *buf = malloc(size + 1);
		assert_non_null(buf);
		buf[size] = '~';
		size_t n = field_format(&hex, 0x1234abcd, buf, size);
		assert_int_equal(n, size < 3 ? 0 : size <= 10 ? size - 1 : 10);
		if (size > 2)
			assert_int_equal(memcmp(buf, "0x1234abcd", n), 0);
		n = field_format(&dec, 4096, buf, size);
		assert_int_equal(n, size == 0 ? 0 : size <= 4 ? size - 1 : 4);
		if (size)
			assert_true(!memcmp(buf, "4096", n) && !buf[n]);
		n = field_name(&dec, 3, buf, size);
		if (size)
			assert_true(n == (size <= 3 ? size - 1 : 3) && !memcmp(buf, "Y#Z", n) && !buf[n]);
		assert_int_equal(buf[size], '~');
		free(buf);
	}
	char buf[8];
	assert_int_equal(field_format(&hex, 0, buf, sizeof(buf)), 7);
	assert_string_equal(buf, "0x00000");
	assert_int_equal(field_format(&dec, 0, buf, sizeof(buf)), 1);
	assert_string_equal(buf, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bits), cmocka_unit_test(test_json), cmocka_unit_test(test_settings), cmocka_unit_test(test_setting_names),
		cmocka_unit_test(test_options), cmocka_unit_test(test_errnos), cmocka_unit_test(test_map_cells), cmocka_unit_test(test_field_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
