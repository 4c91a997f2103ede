/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiver files and expected reports, as people and enemies write them. */
#include "unit.h"
#include "rule/rule.h"
#include "source/expect.h"

static int parse(const char *text, struct waivers *w, unsigned *line, const char **bad)
{
	return waivers_parse(slice_of(text), w, line, bad);
}

static void test_good(void **state)
{
	(void)state;
	struct waivers w;
	unsigned line;
	const char *bad;
	assert_int_equal(parse("# known\n\nR20 8086:0d93 fixed in stepping B\r\n  V03\t0000:01:10.0  the kernel writes it\nR30 * no bridge here", &w, &line, &bad), 0);
	assert_int_equal(w.n, 3);
	struct fn fn = {.addr = {0, 0x6b, 0, 0}, .vendor = {.v = 0x8086, .have = ITEM_PRESENT}, .device = {.v = 0x0d93, .have = ITEM_PRESENT}};
	assert_string_equal(waivers_find(&w, "R20", &fn), "fixed in stepping B");
	assert_null(waivers_find(&w, "V03", &fn));
	assert_string_equal(waivers_find(&w, "R30", &fn), "no bridge here");
	fn.device.v = 0x0d94;
	assert_null(waivers_find(&w, "R20", &fn));
	fn.device.v = 0x0d93;
	fn.device.have = ITEM_NOT_CAPTURED; /* unknown ids match no waiver */
	assert_null(waivers_find(&w, "R20", &fn));
	fn.addr = (struct sriov_addr){0, 1, 0x10, 0};
	assert_string_equal(waivers_find(&w, "V03", &fn), "the kernel writes it");
	waivers_free(&w);
	assert_int_equal(parse("", &w, &line, &bad), 0);
	waivers_free(&w);
}

static void test_bad(void **state)
{
	(void)state;
	static const char *const texts[] = {"# ok\nR20", "# ok\nR20 8086:0d93", "# ok\nR99 * reason", "# ok\nR20 8086 reason", "# ok\nR20 1:2:3:4 reason",
		"# ok\nthis-is-no-rule-and-very-long-indeed * reason", "# ok\nR20 0000:01:00.0x reason"};
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct waivers w;
		unsigned line = 0;
		const char *bad = NULL;
		assert_int_equal(parse(texts[i], &w, &line, &bad), -EINVAL);
		assert_int_equal(line, 2);
		assert_non_null(bad);
		waivers_free(&w);
	}
	/* bytes that end a string are no reason */
	struct waivers w;
	unsigned line = 0;
	const char *bad = NULL;
	assert_int_equal(waivers_parse(SLICE("R20 * \0\0\0"), &w, &line, &bad), -EINVAL);
	waivers_free(&w);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char model[] = "R20 8086:0d93 reason\nV03 0000:01:10.0 why\n";
	char text[sizeof(model)];
	uint32_t seed = 3;
	for (unsigned round = 0; round < 4000; round++) {
		struct waivers w;
		unsigned line;
		const char *bad;
		memcpy(text, model, sizeof(model));
		for (unsigned k = 0; k < round % 7; k++) {
			seed = seed * 1103515245u + 12345u;
			text[(seed >> 16) % (sizeof(model) - 1)] = (char)(seed >> 8);
		}
		size_t len = round < sizeof(model) ? round : sizeof(model) - 1;
		char *exact = malloc(len ? len : 1);
		assert_non_null(exact);
		memcpy(exact, text, len);
		int err = waivers_parse(slice_bytes(exact, len), &w, &line, &bad);
		assert_true(err == 0 || (err == -EINVAL && bad));
		waivers_free(&w);
		free(exact);
	}
	char *many = malloc(400000); /* more than anybody has: refused, not swallowed */
	assert_non_null(many);
	size_t n = 0;
	for (unsigned i = 0; i < 20000; i++)
		n += (size_t)snprintf(many + n, 400000 - n, "R20 * r\n");
	struct waivers w;
	unsigned line;
	const char *bad;
	assert_int_equal(waivers_parse(slice_bytes(many, n), &w, &line, &bad), -EINVAL);
	assert_int_equal(line, 10001);
	waivers_free(&w);
	free(many);
}

#define REPORT_HEAD "<?xml version=\"1.0\"?>\n<sriov-report xmlns=\"urn:libsriov:report:1\" tool=\"sriov-dump\">\n"
#define REPORT_BODY                                                                                                         \
	"<function address=\"0000:01:00.0\" vendor=\"8086\" device=\"10c9\">\n"                                              \
	"<capability id=\"0x0010\" name=\"SR-IOV\" offset=\"0x160\" version=\"1\"><field name=\"TotalVFs\" value=\"8\"/>\n"  \
	"<raw length=\"2\">0800</raw></capability></function></sriov-report>"

static int expect(const char *text, struct expected *e, unsigned *line, const char **bad)
{
	return expected_parse(slice_of(text), e, line, bad);
}

static void test_expected(void **state)
{
	(void)state;
	struct expected e;
	unsigned line;
	const char *bad;
	assert_int_equal(expect(REPORT_HEAD REPORT_BODY, &e, &line, &bad), 0);
	assert_true(e.verbose);
	bool total = false;
	for (size_t i = 0; i < e.n; i++)
		total |= !strcmp(e.rows[i].capability, "SR-IOV") && e.rows[i].offset == 0x160 && !strcmp(e.rows[i].field, "TotalVFs") &&
			 !strcmp(e.rows[i].value, "8") && !strcmp(e.rows[i].address, "0000:01:00.0");
	assert_true(total);
	expected_free(&e);
}

static void test_expected_bad(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "no XML", "<a/>", "<sriov-report/>", REPORT_HEAD, REPORT_HEAD "<function",
		"<sriov-reports xmlns=\"urn:libsriov:report:1\"><sriov-report/></sriov-reports>",
		"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" "<sriov-report xmlns=\"urn:libsriov:report:1\">&b;</sriov-report>",
		"<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\">]>" "<sriov-report xmlns=\"urn:libsriov:report:1\"><x y=\"&c;\"/></sriov-report>",
	};
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct expected e;
		unsigned line;
		const char *bad = NULL;
		assert_int_equal(expect(texts[i], &e, &line, &bad), -EINVAL);
		assert_non_null(bad);
		expected_free(&e);
	}
}

static void test_expected_cut(void **state)
{
	(void)state;
	static const char whole[] = REPORT_HEAD REPORT_BODY;
	uint32_t seed = 9;
	for (size_t len = 0; len < sizeof(whole) - 1; len++) {
		char *exact = malloc(len ? len : 1);
		struct expected e;
		unsigned line;
		const char *bad = NULL;
		assert_non_null(exact);
		memcpy(exact, whole, len);
		assert_int_equal(expected_parse(slice_bytes(exact, len), &e, &line, &bad), -EINVAL); /* a cut report is no report */
		expected_free(&e);
		for (unsigned k = 0; k < 4 && len; k++) {
			seed = seed * 1103515245u + 12345u;
			exact[(seed >> 16) % len] = (char)(seed >> 8);
		}
		int err = expected_parse(slice_bytes(exact, len), &e, &line, &bad);
		assert_true(err == 0 || err == -EINVAL);
		expected_free(&e);
		free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good), cmocka_unit_test(test_bad), cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_expected), cmocka_unit_test(test_expected_bad), cmocka_unit_test(test_expected_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
