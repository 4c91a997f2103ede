/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

#define LEFT 97 /* the status of a child that could not do its work, or that a library ended */

void close_others(int a, int b)
{
	unsigned first = (unsigned)(a < b ? a : b), second = (unsigned)(a < b ? b : a);
#ifdef SYS_close_range
	if (first)
		(void)syscall(SYS_close_range, 0U, first - 1, 0U);
	if (second > first + 1)
		(void)syscall(SYS_close_range, first + 1, second - 1, 0U);
	if (!syscall(SYS_close_range, second + 1, ~0U, 0U))
		return;
#endif
	for (unsigned fd = 0; fd < 1024; fd++) {
		if (fd != first && fd != second)
			close((int)fd);
	}
}

int write_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;
	while (n) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done ? -errno : -EIO;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

static void lower(__rlimit_resource_t what, rlim_t to)
{
	struct rlimit limit;
	if (getrlimit(what, &limit) == 0 && (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > to)) {
		limit = (struct rlimit){to, to + (what == RLIMIT_CPU)}; /* SIGXCPU comes first, and says why */
		(void)setrlimit(what, &limit);
	}
}

#ifndef SANITIZED
/* Bytes of data that the process has now; they count for the limit. 0: nobody knows. */
static size_t data_now(void)
{
	char text[128];
	unsigned long pages = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	return sscanf(text, "%*u %*u %*u %*u %*u %lu", &pages) == 1 ? pages * (size_t)sysconf(_SC_PAGESIZE) : 0;
}
#endif

static void limits(size_t memory, unsigned seconds)
{
	lower(RLIMIT_CORE, 0);
	if (seconds)
		lower(RLIMIT_CPU, seconds);
#ifndef SANITIZED /* its shadow is data too */
	size_t now = memory ? data_now() : 0;
	if (now)
		lower(RLIMIT_DATA, now + memory);
#else
	(void)memory;
#endif
}

void child_exit(int status)
{
#ifdef COVERAGE
	extern void __gcov_dump(void);
	__gcov_dump();
#endif
	_exit(status);
}

/* Before the handlers of whoever uses this library: they belong to the parent, and so does what stdio still holds. */
static void left_early(void)
{
	child_exit(LEFT);
}

static void run(int (*work)(void *data, int fd), void *data, int fd, int file, size_t memory, unsigned seconds)
{
	sigset_t none;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* handlers belong to the parent; what it ignores stays so, but for what is to end this */
	for (int number = 1; number < NSIG; number++) {
		struct sigaction action;
		bool fatal = number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL || number == SIGABRT || number == SIGPIPE ||
			     number == SIGXCPU;
		if (sigaction(number, NULL, &action) == 0 && (fatal || action.sa_handler != SIG_IGN))
			(void)signal(number, SIG_DFL);
	}
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	limits(memory, seconds);
	close_others(fd, file < 0 ? fd : file);
	if (atexit(left_early))
		_exit(LEFT);
	int err = work(data, fd);
	child_exit(err ? LEFT : 0);
}

int child_start(struct child *child, int (*work)(void *data, int fd), void *data, int file, size_t memory, unsigned seconds)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	pid_t pid = fork();
	if (pid == 0)
		run(work, data, ends[1], file, memory, seconds);
	int err = pid < 0 ? -errno : 0;
	close(ends[1]);
	if (err)
		close(ends[0]);
	else
		*child = (struct child){.pid = pid, .fd = ends[0]};
	return err;
}

int child_end(struct child *child, bool drop)
{
	int status = 0;
	pid_t pid;
	close(child->fd);
	if (drop)
		(void)kill(child->pid, SIGKILL);
	while ((pid = waitpid(child->pid, &status, 0)) < 0 && errno == EINTR)
		;
	if (pid > 0 && WIFSIGNALED(status))
		return WTERMSIG(status);
	return pid > 0 && WEXITSTATUS(status) == 0 ? 0 : -1;
}
