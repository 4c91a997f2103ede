/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Work in a process of its own: what breaks there, or runs away, is an error here. It has no file open but its end of a pipe and
 * one more, dumps no core, and its death leaves nothing behind.
 */
#ifndef SRIOV_SOURCE_CHILD_H
#define SRIOV_SOURCE_CHILD_H

#include <sys/types.h>

#include "util/macro.h"

/* A sanitizer is there to see what a process of its own would hide: then the work is done in this one. */
#if defined(SANITIZED) && !defined(COVERAGE)
enum { CONTAINED = 0 };
#else
enum { CONTAINED = 1 };
#endif

struct child {
	pid_t pid;
	int fd; /* what it writes; its end of file is the end of the child */
};

/*
 * Runs work(data, fd), 0 or negative errno, in a child, where fd is the pipe; file, if not -1, stays open there too. memory: bytes that it may have
 * beyond what it starts with, seconds: of processor time; 0 = no limit. 0 or negative errno.
 */
int child_start(struct child *child, int (*work)(void *data, int fd), void *data, int file, size_t memory, unsigned seconds) MUST_CHECK;
/* Waits for the end; drop: whatever it still does. 0, the number of the signal that ended it, or -1: it left on its own, without success. */
int child_end(struct child *child, bool drop);

/* The end of a child, without the handlers of whoever uses this library. */
void child_exit(int status) __attribute__((noreturn));

/* Closes every file of this process but two; for children. */
void close_others(int a, int b);

/* All of it, over interruptions and short writes. 0 or negative errno. */
int write_all(int fd, const void *bytes, size_t n) MUST_CHECK;

#endif
