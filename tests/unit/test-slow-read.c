/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A read that blocks cannot hang the tool: a fifo without a writer plays the attribute whose lock is held. */
#include <errno.h>
#include <time.h>

#include "unit.h"
#include "hostdir.h"
#include "source/slow-read.h"

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void test_blocked(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct arena arena = {0};
	struct slow_attr attrs[12] = {{.path = "a"}, {.path = "blocked"}, {.path = "missing"}, {.path = "empty"}, {.path = "a"}};
	hostdir_make(&dir);
	hostdir_file(&dir, "a", "7\n");
	hostdir_file(&dir, "empty", "");
	assert_int_equal(mkfifoat(dir.fd, "blocked", 0600), 0);
	double start = now();
	assert_int_equal(slow_read(dir.fd, attrs, 5, 100, &arena), 0);
	assert_true(now() - start < 5);
	assert_true(slice_is(attrs[0].data, "7\n"));
	assert_int_equal(attrs[1].err, -ETIMEDOUT);
	assert_int_equal(attrs[2].err, -ENOENT);
	assert_int_equal(attrs[3].err, 0);
	assert_int_equal(attrs[3].data.n, 0);
	assert_true(slice_is(attrs[4].data, "7\n"));

	/* many that block do not add up */
	for (size_t i = 0; i < ARRAY_SIZE(attrs); i++)
		attrs[i] = (struct slow_attr){.path = "blocked"};
	start = now();
	assert_int_equal(slow_read(dir.fd, attrs, ARRAY_SIZE(attrs), 50, &arena), 0);
	assert_true(now() - start < 5);
	for (size_t i = 0; i < ARRAY_SIZE(attrs); i++)
		assert_int_equal(attrs[i].err, -ETIMEDOUT);
	arena_free(&arena);
	hostdir_remove(&dir);
}

static void test_many(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct arena arena = {0};
	static struct slow_attr attrs[3000];
	hostdir_make(&dir);
	hostdir_file(&dir, "a", "(null)\n");
	for (size_t i = 0; i < ARRAY_SIZE(attrs); i++)
		attrs[i].path = "a";
	assert_int_equal(slow_read(dir.fd, attrs, ARRAY_SIZE(attrs), 1000, &arena), 0);
	for (size_t i = 0; i < ARRAY_SIZE(attrs); i++)
		assert_true(!attrs[i].err && slice_is(attrs[i].data, "(null)\n"));
	arena_free(&arena);
	hostdir_remove(&dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocked), cmocka_unit_test(test_many)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
