/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include <errno.h>
#include "util/arena.h"
#include "util/slice.h"
#include "util/strbuf.h"

static void test_lines(void **state)
{
	(void)state;
	struct slice text = SLICE("one\r\n\ntwo"), line;
	assert_true(slice_line(&text, &line) && slice_is(line, "one"));
	assert_true(slice_line(&text, &line) && slice_is(line, ""));
	assert_true(slice_line(&text, &line) && slice_is(line, "two"));
	assert_false(slice_line(&text, &line));
}

static void test_numbers(void **state)
{
	(void)state;
	uint64_t v = 0;
	struct slice s = SLICE("0x1fg");
	assert_true(slice_eat_u64(&s, 16, &v));
	assert_int_equal(v, 0x1f);
	assert_true(slice_is(s, "g"));
	s = SLICE("18446744073709551616"); /* one more than 64 bits hold */
	assert_false(slice_eat_u64(&s, 10, &v));
	assert_int_equal(s.n, 20);
	s = SLICE("0x");
	assert_true(slice_eat_u64(&s, 16, &v)); /* the 0 alone: no digit follows the x */
	assert_true(slice_is(s, "x"));
	assert_true(slice_u64(SLICE(" 0x553\n"), &v) && v == 0x553);
	assert_false(slice_u64(SLICE("12 13"), &v));
	s = SLICE("abc");
	assert_false(slice_eat_hex(&s, 4, &v));
	assert_true(slice_eat_hex(&s, 2, &v) && v == 0xab && slice_is(s, "c"));
}

/* What is empty, what is at the end, what is too long: each is told apart, and no byte behind is looked at. */
static void test_edges(void **state)
{
	(void)state;
	uint64_t v = 7;
	struct slice none = {NULL, 0}, s;
	assert_true(slice_ends(none, "") && slice_ends(SLICE("ab"), "") && slice_ends(SLICE("ab"), "b") && !slice_ends(SLICE("b"), "ab"));
	assert_int_equal(slice_find(SLICE("abc"), ""), 0);
	assert_int_equal(slice_find(none, "a"), SIZE_MAX);
	assert_int_equal(slice_from(SLICE("abc"), 9).n, 0);
	s = SLICE("0x");
	assert_true(slice_eat_u64(&s, 16, &v) && v == 0 && slice_is(s, "x"));
	s = SLICE("0Xff");
	assert_true(slice_eat_u64(&s, 16, &v) && v == 0xff && !s.n);
	s = SLICE("1x2");
	assert_true(slice_eat_u64(&s, 16, &v) && v == 1 && slice_is(s, "x2"));
	s = SLICE("0yff");
	assert_true(slice_eat_u64(&s, 16, &v) && v == 0 && slice_is(s, "yff"));
	s = SLICE("0xg");
	assert_true(slice_eat_u64(&s, 16, &v) && v == 0 && slice_is(s, "xg"));
	assert_true(slice_u64(SLICE("0XfF"), &v) && v == 255);
	assert_false(slice_u64(none, &v));
	s = SLICE("12345678901234567");
	assert_false(slice_eat_hex(&s, 17, &v));
	assert_false(slice_eat_hex(&s, 0, &v));
	assert_true(slice_eat_hex(&s, 16, &v) && v == 0x1234567890123456);
}

/* Numbers of eight digits and more are read by eight: each byte in each place is a digit or ends the number. */
static void test_long_numbers(void **state)
{
	(void)state;
	for (size_t n = 8; n <= 17; n++) {
		for (size_t at = 0; at < n; at++) {
			for (unsigned c = 0; c < 256; c++) {
				char text[18] = "1a2B3c4D5e6F78901";
				const char *digits = "0123456789abcdef", *hit = c ? strchr(digits, (int)(c >= 'A' && c <= 'F' ? c + 0x20 : c)) : NULL;
				struct slice rest = {text, n};
				uint64_t v = 0, right = 0;
				text[at] = (char)c;
				size_t end = hit ? n : at;
				for (size_t i = 0; i < end; i++)
					right = right << 4 | (i == at ? (uint64_t)(hit - digits) : strtoull((char[]){text[i], '\0'}, NULL, 16));
				bool small = end < 17 || text[0] == '0';
				assert_int_equal(slice_eat_u64(&rest, 16, &v), end > 0 && small);
				if (end > 0 && small) {
					assert_true(v == right);
					assert_ptr_equal(rest.p, text + end);
				}
			}
		}
	}
}

/* An arena gives nothing that does not fit into memory, or into its limit, and goes on giving what does. */
static void test_arena(void **state)
{
	(void)state;
	struct arena arena = {.limit = 1 << 20};
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_null(arena_array(&arena, SIZE_MAX / 2, 4));
	assert_null(arena_dup(&arena, "x", SIZE_MAX));
	assert_null(arena_alloc(&arena, 2 << 20));
	char *a = arena_dup(&arena, "abc", 3);
	assert_string_equal(a, "abc");
	assert_string_equal(arena_dup(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "%d", 7), "7");
	size_t n = 0;
	while (arena_alloc(&arena, 1000))
		n++;
	assert_in_range(n, 500, 1048);
	assert_string_equal(a, "abc");
	arena_free(&arena);
	assert_int_equal(arena.used, 0);
	struct strbuf text = {0};
	assert_null(strbuf_room(&text, SIZE_MAX));
	assert_int_equal(text.err, -ENOMEM);
	strbuf_puts(&text, "nothing more comes in");
	assert_int_equal(text.len, 0);
	strbuf_free(&text);
}

/* What a large arena takes at once is zeroed, writable to its end, and within the limit. */
static void test_large_arena(void **state)
{
	enum { PIECE = 48 << 10 };
	struct arena arena = {.limit = 40 << 20};
	size_t n = 0;
	(void)state;
	for (unsigned char *p; (p = arena_alloc(&arena, PIECE)); n++) {
		assert_int_equal(p[0], 0);
		assert_memory_equal(p, p + 1, PIECE - 1);
		memset(p, 0xa5, PIECE);
		assert_true(arena.used <= arena.limit);
	}
	assert_in_range(n * PIECE, 30 << 20, 40 << 20);
	arena_free(&arena);
	assert_int_equal(arena.used, 0);
}

static void test_tokens(void **state)
{
	(void)state;
	struct slice s = SLICE("  a,b "), token;
	assert_true(slice_token(&s, ", ", &token) && slice_is(token, "a"));
	assert_true(slice_token(&s, ", ", &token) && slice_is(token, "b"));
	assert_false(slice_token(&s, ", ", &token));
	s = SLICE("[mem 0x10]");
	assert_true(slice_until(&s, "]", &token) && slice_is(token, "[mem 0x10") && s.n == 0);
	assert_false(slice_until(&s, "]", &token));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_long_numbers),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_large_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
