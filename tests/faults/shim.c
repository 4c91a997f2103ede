/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded into a tool: the FAULT_ALLOC-th allocation of the process fails, whoever asks (ours, libxml2, libarchive, libc); so does the
 * FAULT_READ-th read, with FAULT_KIND: an errno's number, or 0 = one byte at most. The FAULT_WRITE-th write, or
 * what makes, closes or names a file, a pipe or a process, fails likewise. FAULT_CHILD_ALLOC is FAULT_ALLOC for its child processes. What
 * was counted goes to the file FAULT_REPORT.
 * Left out: the dynamic linker's own allocations; without memory it ends the process itself.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT    __attribute__((visibility("default"), used))
#define SLOTS     (1u << 20)
#define RANGES    32
#define CALLER()  ((uintptr_t)__builtin_return_address(0))
#define TOMBSTONE ((void *)1)

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

EXPORT void *malloc(size_t size);
EXPORT void *calloc(size_t n, size_t size);
EXPORT void *realloc(void *p, size_t size);
EXPORT void free(void *p);

enum owner { OTHERS, OURS, LINKER };

static struct {
	uintptr_t from, to;
	enum owner owner;
} ranges[RANGES];
static size_t ranges_n;

static struct {
	void *p;
	enum owner owner;
} live[SLOTS];
static long live_n[3];

static bool ready, in_child;
static enum owner refused = OURS;
static pid_t self;
static int report_fd = -1, kind;
static unsigned long allocs, alloc_fails = ~0ul, child_alloc_fails = ~0ul, reads, read_fails = ~0ul, hits;
static unsigned long writes, write_fails = ~0ul;
static unsigned long *child_allocs, *child_writes; /* of the last child, in memory that it shares */

static enum owner owner_of(uintptr_t at)
{
	for (size_t i = 0; i < ranges_n; i++)
		if (at >= ranges[i].from && at < ranges[i].to)
			return ranges[i].owner;
	return OTHERS;
}

static size_t slot_of(const void *p)
{
	return ((uintptr_t)p >> 4) * 2654435761u % SLOTS;
}

static void *keep(void *p, enum owner owner)
{
	if (!p || !ready)
		return p;
	for (size_t i = slot_of(p);; i = (i + 1) % SLOTS) {
		if (!live[i].p || live[i].p == TOMBSTONE) {
			live[i].p = p;
			live[i].owner = owner;
			live_n[owner]++;
			return p;
		}
	}
}

static void drop(const void *p)
{
	for (size_t i = slot_of(p); p && live[i].p; i = (i + 1) % SLOTS) {
		if (live[i].p == p) {
			live[i].p = TOMBSTONE;
			live_n[live[i].owner]--;
			return;
		}
	}
}

static bool refuse(enum owner owner)
{
	if (!ready || owner == LINKER || allocs++ != alloc_fails) {
		if (in_child)
			*child_allocs = allocs;
		return false;
	}
	hits++;
	refused = owner;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	enum owner owner = owner_of(CALLER());
	return refuse(owner) ? NULL : keep(__libc_malloc(size), owner);
}

void *calloc(size_t n, size_t size)
{
	enum owner owner = owner_of(CALLER());
	return refuse(owner) ? NULL : keep(__libc_calloc(n, size), owner);
}

void *realloc(void *p, size_t size)
{
	enum owner owner = owner_of(CALLER());
	if (refuse(owner))
		return NULL;
	drop(p);
	return keep(__libc_realloc(p, size), owner);
}

void free(void *p)
{
	int err = errno;
	drop(p);
	__libc_free(p);
	errno = err;
}

/* 1: one byte at most; -1: fail with errno. */
static int fail_here(void)
{
	hits++;
	if (!kind)
		return 1;
	errno = kind;
	return -1;
}

/* 0: read as usual, or as fail_here(). Only what the tools themselves read: not the linker, not libc. */
static int disturb(uintptr_t caller)
{
	return ready && owner_of(caller) == OURS && reads++ == read_fails ? fail_here() : 0;
}

/* The same for the other direction. */
static int disturb_write(uintptr_t caller)
{
	if (!ready || owner_of(caller) != OURS)
		return 0;
	bool hit = writes++ == write_fails;
	if (in_child)
		*child_writes = writes;
	return hit ? fail_here() : 0;
}

static long raw_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	static long (*next)(long, ...);
	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "syscall");
	return next(number, a, b, c, d, e, f);
}

EXPORT ssize_t read(int fd, void *buf, size_t n)
{
	int how = disturb(CALLER());
	if (how < 0)
		return -1;
	return raw_syscall(SYS_read, fd, (long)buf, (long)(how && n ? 1 : n), 0, 0, 0);
}

EXPORT ssize_t write(int fd, const void *buf, size_t n)
{
	int how = disturb_write(CALLER());
	if (how < 0)
		return -1;
	return raw_syscall(SYS_write, fd, (long)buf, (long)(how && n ? 1 : n), 0, 0, 0);
}

/* Whole or failed: they are never short. */
#define FAILS(declaration, number, ...)                                                                                                    \
	EXPORT declaration                                                                                                                 \
	{                                                                                                                                  \
		return kind && disturb_write(CALLER()) < 0 ? -1 : (int)raw_syscall(number, __VA_ARGS__);                                   \
	}
FAILS(int fsync(int fd), SYS_fsync, fd, 0, 0, 0, 0, 0)
FAILS(int fchmod(int fd, mode_t mode), SYS_fchmod, fd, (long)mode, 0, 0, 0, 0)
FAILS(int rename(const char *from, const char *to), SYS_renameat2, AT_FDCWD, (long)from, AT_FDCWD, (long)to, 0, 0)
FAILS(int pipe2(int ends[2], int flags), SYS_pipe2, (long)ends, flags, 0, 0, 0, 0)

EXPORT int mkostemp(char *name, int flags)
{
	static int (*next)(char *, int);
	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "mkostemp");
	return kind && disturb_write(CALLER()) < 0 ? -1 : next(name, flags);
}

EXPORT pid_t fork(void)
{
	static pid_t (*next)(void);
	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "fork");
	return kind && disturb_write(CALLER()) < 0 ? -1 : next();
}

static int open_at(uintptr_t caller, int at, const char *path, int flags, mode_t mode)
{
	/* an open is never short */
	if (kind && !(flags & (O_WRONLY | O_RDWR | O_CREAT)) && disturb(caller) < 0)
		return -1;
	return (int)raw_syscall(SYS_openat, at, (long)path, flags, (long)mode, 0, 0);
}

#define OPEN_ARGS(last)                                                                                                                    \
	mode_t mode = 0;                                                                                                                   \
	va_list args;                                                                                                                      \
	va_start(args, last);                                                                                                              \
	if (last & (O_CREAT | O_TMPFILE))                                                                                                  \
		mode = va_arg(args, mode_t);                                                                                               \
	va_end(args)

EXPORT int open(const char *path, int flags, ...)
{
	OPEN_ARGS(flags);
	return open_at(CALLER(), AT_FDCWD, path, flags, mode);
}

EXPORT int openat(int at, const char *path, int flags, ...)
{
	OPEN_ARGS(flags);
	return open_at(CALLER(), at, path, flags, mode);
}

EXPORT long syscall(long number, ...)
{
	long a[6];
	va_list args;
	va_start(args, number);
	for (size_t i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	/* both give whole answers or none */
	if (kind && (number == SYS_getdents64 || number == SYS_openat2) && disturb(CALLER()) < 0)
		return -1;
	return raw_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static int note(struct dl_phdr_info *info, size_t size, void *data)
{
	const char *name = info->dlpi_name, *base = strrchr(name, '/');
	bool *first = data;
	bool linker = strstr(base ? base : name, "ld-linux") || strstr(base ? base : name, "ld64");
	(void)size;
	if ((*first || strstr(name, "libsriov") || linker) && !strstr(name, "faults")) {
		for (unsigned i = 0; i < info->dlpi_phnum && ranges_n < RANGES; i++) {
			const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
			if (ph->p_type != PT_LOAD)
				continue;
			ranges[ranges_n].from = info->dlpi_addr + ph->p_vaddr;
			ranges[ranges_n].to = ranges[ranges_n].from + ph->p_memsz;
			ranges[ranges_n++].owner = linker ? LINKER : OURS;
		}
	}
	*first = false;
	return 0;
}

static void forked(void)
{
	in_child = true;
	allocs = 0;
	*child_allocs = *child_writes = 0;
	alloc_fails = child_alloc_fails;
	read_fails = ~0ul;
}

__attribute__((constructor)) static void start(void)
{
	const char *alloc = getenv("FAULT_ALLOC"), *reading = getenv("FAULT_READ"), *which = getenv("FAULT_KIND"), *to = getenv("FAULT_REPORT");
	bool first = true;
	dl_iterate_phdr(note, &first);
	if (to)
		report_fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	alloc_fails = alloc ? strtoul(alloc, NULL, 10) : ~0ul;
	read_fails = reading ? strtoul(reading, NULL, 10) : ~0ul;
	kind = which ? atoi(which) : 0;
	const char *child = getenv("FAULT_CHILD_ALLOC");
	child_alloc_fails = child ? strtoul(child, NULL, 10) : ~0ul;
	child_allocs = mmap(NULL, 2 * sizeof(*child_allocs), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (child_allocs == MAP_FAILED || pthread_atfork(NULL, NULL, forked))
		_exit(99);
	child_writes = child_allocs + 1;
	const char *writing = getenv("FAULT_WRITE");
	write_fails = writing ? strtoul(writing, NULL, 10) : ~0ul;
	(void)raw_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0); /* finds syscall() while dlsym() may still allocate uncounted */
	self = getpid();
	ready = true;
}

/* What measures coverage asks for these names when the process has come to its end: what it then allocates and writes is its own. */
EXPORT char *getenv(const char *name)
{
	size_t n = strlen(name);
	ready = ready && strncmp(name, "GCOV_", 5) != 0;
	for (char **at = environ; at && *at; at++) {
		if (!strncmp(*at, name, n) && (*at)[n] == '=')
			return *at + n + 1;
	}
	return NULL;
}

__attribute__((destructor)) static void stop(void)
{
	char text[160];
	ready = false;
	if (report_fd < 0 || getpid() != self)
		return;
	int n = snprintf(text, sizeof(text), "%lu %lu %lu %ld %ld %d %lu %lu\n", allocs, reads, hits, live_n[OURS], live_n[OTHERS], refused,
			 *child_allocs, *child_writes > writes ? *child_writes : writes);
	if (n > 0 && write(report_fd, text, (size_t)n) != n)
		_exit(99);
}
