/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "slow-read.h"

#define ATTR_MAX     252 /* the longest is a driver's name */
#define CHILDREN_MAX 4   /* that were left behind waiting for a lock: then the rest is given up */

/* Shared with the child, which counts up after each answer: nobody is woken for a single one. */
struct answer {
	int err;
	uint32_t len;
	char bytes[ATTR_MAX];
};
struct shared {
	_Atomic size_t done;
	struct answer answers[];
};

/*
 * The child: only system calls from here on. Its end of the pipe closes when it is through.
 * GCOVR_EXCL_START: so it cannot write what it counted either; what it answers is held by tests/unit/test-slow-read.c.
 */
static void answer_all(int root_fd, const struct slow_attr *attrs, size_t n, struct shared *shared)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (size_t i = 0; i < n; i++) {
		struct answer *answer = &shared->answers[i];
		int fd = openat(root_fd, attrs[i].path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		ssize_t got = -1;
		while (fd >= 0 && (got = read(fd, answer->bytes, sizeof(answer->bytes))) < 0 && errno == EINTR)
			;
		answer->err = got < 0 ? -errno : 0;
		answer->len = got < 0 ? 0 : (uint32_t)got;
		if (fd >= 0)
			close(fd);
		atomic_store(&shared->done, i + 1);
	}
	_exit(0);
}
/* GCOVR_EXCL_STOP */

static int64_t now_ms(void)
{
	struct timespec t;
	return clock_gettime(CLOCK_MONOTONIC, &t) ? 0 : (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the child is through, or nothing comes for timeout_ms: how many it answered. A program's own timer does not begin it anew. */
static size_t await(int fd, const struct shared *shared, int timeout_ms)
{
	int64_t end = now_ms() + timeout_ms;
	for (size_t before = 0;;) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int64_t left = end - now_ms();
		int got = poll(&ready, 1, left > 0 ? (int)left : 0);
		size_t done = atomic_load(&shared->done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got != 0 || done == before)
			return done;
		before = done;
		end = now_ms() + timeout_ms;
	}
}

/* One child reads all of them; returns how many are settled, the last of them as timed out where it got stuck. */
static int ask(int root_fd, struct slow_attr *attrs, size_t n, int timeout_ms, struct arena *arena, size_t *settled)
{
	int ends[2];
	size_t size = sizeof(struct shared) + n * sizeof(struct answer);
	struct shared *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return -errno;
	if (pipe2(ends, O_CLOEXEC) < 0) {
		int err = -errno;
		munmap(shared, size);
		return err;
	}
	pid_t pid = fork();
	if (pid == 0) {
		/* a child that is left behind must not keep the tool's own files open */
		close_others(root_fd, ends[1]);
		answer_all(root_fd, attrs, n, shared);
	}
	int err = pid < 0 ? -errno : 0;
	close(ends[1]);
	size_t done = err ? 0 : await(ends[0], shared, timeout_ms);
	close(ends[0]);
	for (size_t i = 0; i < done && i < n; i++) {
		const struct answer *answer = &shared->answers[i];
		uint32_t len = answer->len < ATTR_MAX ? answer->len : ATTR_MAX;
		attrs[i].err = answer->err;
		attrs[i].data = (struct slice){answer->err ? "" : arena_dup(arena, answer->bytes, len), len};
		if (!attrs[i].data.p)
			err = -ENOMEM;
	}
	if (done < n && pid > 0)
		attrs[done++].err = -ETIMEDOUT;
	*settled = done;
	if (pid > 0) {
		kill(pid, SIGKILL);
		/* one that waits for a lock cannot even die before it gets it */
		while (waitpid(pid, NULL, attrs[done - 1].err == -ETIMEDOUT ? WNOHANG : 0) < 0 && errno == EINTR)
			;
	}
	munmap(shared, size);
	return err;
}

int slow_read(int root_fd, struct slow_attr *attrs, size_t n, unsigned timeout_ms, struct arena *arena)
{
	int timeout = timeout_ms > 60000 ? 60000 : (int)timeout_ms;
	for (unsigned children = 0; n && children < CHILDREN_MAX; children++) {
		size_t settled = 0;
		int err = ask(root_fd, attrs, n, timeout, arena, &settled);
		if (err)
			return err;
		attrs += settled;
		n -= settled;
	}
	for (size_t i = 0; i < n; i++)
		attrs[i].err = -ETIMEDOUT;
	return 0;
}
