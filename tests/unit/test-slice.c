/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "util/slice.h"

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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
