/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which mutant runs: MUTANT=number. Which function of a program of unit tests: MUTANT_TEST=name. MUTANT_LOG=file notes in it which are
 * reached, a byte each. A mutant that hangs or eats memory ends by its limits. Linked into the mutated library of tests/mutate/run alone.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "selector.h"

void cmocka_set_test_filter(const char *pattern) __attribute__((weak)); /* the tools have no cmocka */

int mutant_active = -1;
unsigned char *mutant_reached;

static void limits(unsigned long ms)
{
	struct itimerval timer = {.it_value = {(time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000)}};
	struct rlimit cpu = {ms / 1000 + 1, ms / 1000 + 2}, space = {2ul << 30, 2ul << 30}, core = {0, 0};
	setitimer(ITIMER_PROF, &timer, NULL);
	setrlimit(RLIMIT_CPU, &cpu); /* children have no timer */
	setrlimit(RLIMIT_AS, &space);
	setrlimit(RLIMIT_CORE, &core);
}

__attribute__((constructor)) static void choose(void)
{
	const char *number = getenv("MUTANT"), *log = getenv("MUTANT_LOG"), *ms = getenv("MUTANT_MS");
	struct stat st;
	if (number)
		mutant_active = atoi(number);
	if (getenv("MUTANT_TEST") && cmocka_set_test_filter)
		cmocka_set_test_filter(getenv("MUTANT_TEST"));
	if (ms)
		limits(strtoul(ms, NULL, 10));
	int fd = log ? open(log, O_RDWR) : -1;
	if (fd >= 0 && !fstat(fd, &st)) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (p != MAP_FAILED)
			mutant_reached = p;
	}
	if (fd >= 0)
		close(fd);
}
