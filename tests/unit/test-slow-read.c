/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A read that blocks cannot hang the tool: a fifo without a writer plays the attribute whose lock is held. */
#include <errno.h>
#include <signal.h>
#include <sys/time.h>
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

static volatile sig_atomic_t rings;

static void ring(int signal)
{
	(void)signal;
	if (++rings == 250) /* it would never end */
		setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0}}, NULL);
}

/* A program may have a timer that rings more often than the time-out. */
static void test_timer(void **unused)
{
	(void)unused;
	struct hostdir dir;
	struct arena arena = {0};
	struct slow_attr attr = {.path = "blocked"};
	struct sigaction action = {.sa_handler = ring, .sa_flags = SA_RESTART}, before;
	hostdir_make(&dir);
	assert_int_equal(mkfifoat(dir.fd, "blocked", 0600), 0);
	assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &(struct itimerval){{.tv_usec = 20000}, {.tv_usec = 20000}}, NULL), 0);
	assert_int_equal(slow_read(dir.fd, &attr, 1, 100, &arena), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &(struct itimerval){.it_value = {0}}, NULL), 0);
	assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
	assert_int_equal(attr.err, -ETIMEDOUT);
	assert_true(rings > 0 && rings < 250);
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
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocked), cmocka_unit_test(test_timer), cmocka_unit_test(test_many)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
