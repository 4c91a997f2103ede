/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "report/names.h"

static const char ids[] =
	"# comment\n"
	"8086  Intel Corporation\n"
	"\t10c9  82576 Gigabit Network Connection\n"
	"\t\t8086 a03c  Gigabit ET Dual Port\n"
	"# between\n"
	"\t10ca  82576 Virtual Function\r\n"
	"15b3  Mellanox Technologies\n"
	"\t1017  MT27800 Family [ConnectX-5]\n"
	"\n"
	"C 00  Unclassified device\n"
	"\t00  Non-VGA\n"
	"ffff  Beyond the classes\n";

static void test_names(void **state)
{
	(void)state;
	struct names *names = names_new(SLICE(ids));
	assert_true(slice_is(names_vendor(names, 0x15b3), "Mellanox Technologies"));
	assert_true(slice_is(names_device(names, 0x8086, 0x10c9), "82576 Gigabit Network Connection"));
	assert_true(slice_is(names_device(names, 0x8086, 0x10ca), "82576 Virtual Function")); /* behind a subsystem and a comment */
	assert_null(names_device(names, 0x8086, 0x1017).p);                                   /* of the next vendor */
	assert_null(names_device(names, 0x8086, 0xa03c).p);                                   /* a subsystem is no device */
	assert_null(names_vendor(names, 0xffff).p);
	assert_null(names_vendor(names, 0x18086).p);
	assert_null(names_device(NULL, 0x8086, 0x10c9).p);
	names_free(names);
}

static void test_any_text(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof(ids); n++) { /* cut at every length */
		char *cut = malloc(n + 1);
		assert_non_null(cut);
		memcpy(cut, ids, n);
		struct names *names = names_new((struct slice){cut, n});
		assert_non_null(names);
		struct slice name = names_device(names, 0x15b3, 0x1017);
		assert_true(!name.p || name.n <= n);
		names_free(names);
		free(cut);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_any_text)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
