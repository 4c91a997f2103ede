/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the library asks the kernel for, and does not get: see failing.h. */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "failing.h"

/* short: what a call that is cut does instead of failing; the others are whole */
#define WRAP(type, name, parameters, arguments, shortened)                 \
	type __real_##name parameters;                                      \
	type __wrap_##name parameters;                                      \
	__attribute__((noinline)) type __wrap_##name parameters              \
	{                                                                   \
		if (!failing_call())                                        \
			return __real_##name arguments;                     \
		if (!failing_error())                                       \
			return shortened;                                   \
		errno = failing_error();                                    \
		return (type)-1;                                            \
	}

#define WHOLE(type, name, parameters, arguments) WRAP(type, name, parameters, arguments, __real_##name arguments)

WRAP(ssize_t, read, (int fd, void *to, size_t n), (fd, to, n), __real_read(fd, to, n ? 1 : 0))
WRAP(ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n), __real_write(fd, from, n ? 1 : 0))
/* one byte more than the first part has: the rest begins within another */
WRAP(ssize_t, writev, (int fd, const struct iovec *parts, int n), (fd, parts, n),
     __real_writev(fd, (const struct iovec[]){parts[0], {parts[1].iov_base, 1}}, n > 1 ? 2 : 1))
WHOLE(ssize_t, pread, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
WHOLE(int, fstat, (int fd, struct stat *st), (fd, st))
WHOLE(int, stat, (const char *path, struct stat *st), (path, st))
WHOLE(int, fstatat, (int fd, const char *path, struct stat *st, int flags), (fd, path, st, flags))
WHOLE(ssize_t, readlinkat, (int fd, const char *path, char *to, size_t n), (fd, path, to, n))
WHOLE(off_t, lseek, (int fd, off_t at, int from), (fd, at, from))
WHOLE(int, pipe2, (int ends[2], int flags), (ends, flags))
WHOLE(pid_t, fork, (void), ())
WHOLE(int, poll, (struct pollfd *fds, nfds_t n, int ms), (fds, n, ms))
WHOLE(void *, mmap, (void *at, size_t n, int may, int flags, int fd, off_t from), (at, n, may, flags, fd, from))
WHOLE(pid_t, waitpid, (pid_t pid, int *status, int flags), (pid, status, flags))
WHOLE(int, klogctl, (int what, char *to, int n), (what, to, n))
WHOLE(int, fsync, (int fd), (fd))
WHOLE(int, fchmod, (int fd, mode_t mode), (fd, mode))
WHOLE(int, rename, (const char *from, const char *to), (from, to))
WHOLE(int, mkostemp, (char *name, int flags), (name, flags))
WHOLE(int, gethostname, (char *to, size_t n), (to, n))

/* A file is closed whatever close(2) says. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	int result = __real_close(fd);
	if (!failing_call() || !failing_error())
		return result;
	errno = failing_error();
	return -1;
}

/* Those with a mode, or as many arguments as the call has: they are handed on as they came. */
#define VARIADIC(type, name, parameters, arguments, last, rest)             \
	type __real_##name parameters;                                      \
	type __wrap_##name parameters;                                      \
	__attribute__((noinline)) type __wrap_##name parameters              \
	{                                                                   \
		long more[4];                                               \
		va_list args;                                               \
		va_start(args, last);                                       \
		for (unsigned i = 0; i < rest; i++)                         \
			more[i] = va_arg(args, long);                       \
		va_end(args);                                               \
		if (!failing_call() || !failing_error())                    \
			return __real_##name arguments;                     \
		errno = failing_error();                                    \
		return -1;                                                  \
	}

VARIADIC(int, open, (const char *path, int flags, ...), (path, flags, (mode_t)more[0]), flags, 1)
VARIADIC(int, openat, (int at, const char *path, int flags, ...), (at, path, flags, (mode_t)more[0]), flags, 1)
VARIADIC(long, syscall, (long number, ...), (number, more[0], more[1], more[2], more[3]), number, 4)
