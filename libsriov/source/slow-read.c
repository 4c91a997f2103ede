/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "slow-read.h"

#define ATTR_MAX    4096
#define CHILDREN_MAX 4 /* that were left behind waiting for a lock: then the rest is given up */

struct answer {
	int err;
	uint32_t len;
};

static bool whole_write(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;
	while (n) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* The child: only system calls from here on. */
static void answer_all(int root_fd, const struct slow_attr *attrs, size_t n, int pipe_fd)
{
	char bytes[ATTR_MAX];
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (size_t i = 0; i < n; i++) {
		struct answer answer = {0};
		int fd = openat(root_fd, attrs[i].path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		ssize_t got = -1;
		while (fd >= 0 && (got = read(fd, bytes, sizeof(bytes))) < 0 && errno == EINTR)
			;
		if (got < 0)
			answer.err = -errno;
		else
			answer.len = (uint32_t)got;
		if (fd >= 0)
			close(fd);
		if (!whole_write(pipe_fd, &answer, sizeof(answer)) || !whole_write(pipe_fd, bytes, answer.len))
			break;
	}
	_exit(0);
}

/* Exactly n bytes before the time is up. 0, -ETIMEDOUT, -EPIPE (the child is gone) or errno. */
static int timed_read(int fd, void *to, size_t n, int timeout_ms)
{
	char *p = to;
	while (n) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int got = poll(&ready, 1, timeout_ms);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got ? -errno : -ETIMEDOUT;
		ssize_t done = read(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done ? -errno : -EPIPE;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

/* Answers of one child, from attrs[0] on; returns how many were settled. */
static size_t ask(int fd, struct slow_attr *attrs, size_t n, int timeout_ms, struct arena *arena)
{
	for (size_t i = 0; i < n; i++) {
		struct answer answer;
		char bytes[ATTR_MAX];
		int err = timed_read(fd, &answer, sizeof(answer), timeout_ms);
		if (!err && answer.len > sizeof(bytes))
			err = -EPROTO;
		if (!err)
			err = timed_read(fd, bytes, answer.len, timeout_ms);
		if (!err)
			err = answer.err;
		else
			n = i + 1; /* this child will not answer any more */
		attrs[i].err = err;
		if (!err) {
			attrs[i].data = (struct slice){arena_dup(arena, bytes, answer.len), answer.len};
			if (!attrs[i].data.p)
				attrs[i].err = -ENOMEM;
		}
	}
	return n;
}

static void close_others(int a, int b)
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

static int child_start(int root_fd, const struct slow_attr *attrs, size_t n, int *answers, pid_t *pid)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	*pid = fork();
	if (*pid < 0) {
		int err = -errno;
		close(ends[0]);
		close(ends[1]);
		return err;
	}
	if (*pid == 0) {
		/* a child that is left behind must not keep the tool's own files open */
		close_others(root_fd, ends[1]);
		answer_all(root_fd, attrs, n, ends[1]);
	}
	close(ends[1]);
	*answers = ends[0];
	return 0;
}

int slow_read(int root_fd, struct slow_attr *attrs, size_t n, unsigned timeout_ms, struct arena *arena)
{
	int timeout = timeout_ms > 60000 ? 60000 : (int)timeout_ms;
	for (unsigned children = 0; n && children < CHILDREN_MAX; children++) {
		int answers = -1;
		pid_t pid = 0;
		int err = child_start(root_fd, attrs, n, &answers, &pid);
		if (err)
			return err;
		size_t done = ask(answers, attrs, n, timeout, arena);
		bool stuck = attrs[done - 1].err == -ETIMEDOUT;
		close(answers);
		attrs += done;
		n -= done;
		kill(pid, SIGKILL);
		/* one that waits for a lock cannot even die before it gets it */
		while (waitpid(pid, NULL, stuck ? WNOHANG : 0) < 0 && errno == EINTR)
			;
	}
	for (size_t i = 0; i < n; i++)
		attrs[i].err = -ETIMEDOUT;
	return 0;
}
