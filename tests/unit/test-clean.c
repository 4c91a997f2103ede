/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing gets out uncleaned: properties over all byte values, all pairs, and random texts. */
#include "unit.h"
#include <errno.h>
#include <unistd.h>
#include "report/clean.h"

static char *cleaned(enum clean_for as, const void *bytes, size_t n, size_t *len)
{
	struct sink out;
	assert_int_equal(sink_to_memory(&out), 0);
	clean_put(&out, as, slice_bytes(bytes, n));
	char *text = sink_take(&out, len);
	assert_non_null(text);
	return text;
}

/* Well-formed UTF-8 by an independent reading of the standard, without controls; returns false at the first offence. */
static bool harmless(const char *text, size_t n)
{
	const uint8_t *p = (const uint8_t *)text;
	for (size_t i = 0; i < n;) {
		uint32_t c = p[i];
		size_t len = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
		if (!len || len > n - i)
			return false;
		c &= len == 1 ? 0x7f : 0xffu >> (len + 1);
		for (size_t k = 1; k < len; k++) {
			if ((p[i + k] & 0xc0) != 0x80)
				return false;
			c = c << 6 | (p[i + k] & 0x3f);
		}
		static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
		if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c < least[len] || (c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff || c > 0x10ffff)
			return false;
		i += len;
	}
	return true;
}

static void check(const void *bytes, size_t n)
{
	for (int as = 0; as < CLEAN_COUNT; as++) {
		size_t len;
		char *text = cleaned((enum clean_for)as, bytes, n, &len);
		assert_true(harmless(text, len));
		for (size_t i = 0; i < len; i++) {
			if (as == CLEAN_XML)
				assert_null(strchr("<>\"", text[i]));
			if (as == CLEAN_ASCII)
				assert_true((unsigned char)text[i] < 0x7f);
			if ((as == CLEAN_JSON || as == CLEAN_LABEL) && text[i] == '\\') {
				assert_true(text[i + 1] == '\\' || text[i + 1] == '"');
				i++;
			} else if (as == CLEAN_JSON || as == CLEAN_LABEL) {
				assert_true(text[i] != '"');
			}
		}
		free(text);
	}
}

static void test_all_bytes(void **state)
{
	(void)state;
	uint8_t bytes[4];
	for (unsigned a = 0; a < 256; a++) {
		bytes[0] = (uint8_t)a;
		check(bytes, 1);
		for (unsigned b = 0; b < 256; b++) {
			bytes[1] = (uint8_t)b;
			check(bytes, 2);
		}
	}
	/* every three bytes that begin a character, with what decides in the second and third */
	for (unsigned a = 0xe0; a < 0x100; a++)
		for (unsigned b = 0x70; b < 0xd0; b++)
			for (unsigned c = 0x7e; c < 0xc2; c += 3) {
				bytes[0] = (uint8_t)a;
				bytes[1] = (uint8_t)b;
				bytes[2] = bytes[3] = (uint8_t)c;
				check(bytes, 3);
				check(bytes, 4);
			}
}

static void test_random(void **state)
{
	(void)state;
	uint8_t bytes[300];
	uint32_t x = 42;
	for (int round = 0; round < 300; round++) {
		for (size_t i = 0; i < sizeof(bytes); i++) {
			x = x * 1664525 + 1013904223;
			bytes[i] = (uint8_t)(x >> 24);
		}
		check(bytes, sizeof(bytes) - (size_t)round % 7);
	}
}

static void is(enum clean_for as, const char *in, size_t n, const char *want)
{
	size_t len;
	char *text = cleaned(as, in, n, &len);
	assert_string_equal(text, want);
	free(text);
}

static void test_examples(void **state)
{
	(void)state;
	is(CLEAN_XML, "a<b>&\"c\"", 8, "a&lt;b&gt;&amp;&quot;c&quot;");
	is(CLEAN_XML, "\033[31m\t\n\0x", 9, "\\x1b[31m\\x09\\x0a\\x00x");
	is(CLEAN_JSON, "a\"b\\c\n", 6, "a\\\"b\\\\c\\\\x0a");
	is(CLEAN_TEXT, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80", 15, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80"); /* stays */
	is(CLEAN_ASCII, "\xc3\xbc", 2, "\\xc3\\xbc");
	is(CLEAN_TEXT, "\xc2\x9b" "31m", 5, "\\xc2\\x9b31m");     /* CSI as a C1 control */
	is(CLEAN_TEXT, "\xe2\x80\xae", 3, "\\xe2\\x80\\xae");     /* turns the line around */
	is(CLEAN_TEXT, "\xed\xa0\x80", 3, "\\xed\\xa0\\x80");     /* a surrogate */
	is(CLEAN_TEXT, "\xef\xbf\xbf", 3, "\\xef\\xbf\\xbf");     /* forbidden in XML 1.0 */
	is(CLEAN_TEXT, "\xc0\xaf\xf8", 3, "\\xc0\\xaf\\xf8");     /* overlong, no lead byte */
}

static void test_sink(void **state)
{
	(void)state;
	struct sink out;
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(sink_to_fd(&out, pipes[1]), 0);
	sink_u64(&out, UINT64_MAX);
	sink_putc(&out, ' ');
	sink_hex(&out, 0x1f, 4);
	assert_int_equal(sink_close(&out), 0);
	char buf[64] = {0};
	assert_int_equal(read(pipes[0], buf, sizeof(buf) - 1), 25);
	assert_string_equal(buf, "18446744073709551615 001f");
	close(pipes[0]);
	close(pipes[1]);
	/* an error sticks, whatever comes behind it */
	assert_int_equal(sink_to_fd(&out, pipes[1]), 0);
	for (int i = 0; i < 100000; i++)
		sink_puts(&out, "lost");
	assert_int_equal(sink_close(&out), -EBADF);
	/* memory grows */
	assert_int_equal(sink_to_memory(&out), 0);
	sink_fill(&out, 'x', 1000000);
	size_t len;
	char *text = sink_take(&out, &len);
	assert_int_equal(len, 1000000);
	assert_int_equal(strlen(text), 1000000);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_bytes),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_sink),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
