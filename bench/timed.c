/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a command and says what it took: wall, user and system seconds, peak KiB, exit status. A small parent, whose memory does not count. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct timespec start, end;
	struct rusage use;
	int status;
	if (argc < 3) {
		fputs("usage: timed FILE COMMAND...\nFILE gets one line: wall, user and system seconds, peak KiB, exit status.\n", stderr);
		return 2;
	}
	FILE *f = fopen(argv[1], "we");
	if (!f) {
		perror(argv[1]);
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		fprintf(stderr, "%s: %s\n", argv[2], strerror(errno));
		_exit(127);
	}
	while (wait4(pid, &status, 0, &use) < 0 && errno == EINTR)
		;
	clock_gettime(CLOCK_MONOTONIC, &end);
	fprintf(f, "%.6f %.6f %.6f %ld %d\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9, seconds(use.ru_utime),
		seconds(use.ru_stime), use.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return fclose(f) ? 1 : 0;
}
