/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <execinfo.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "failing.h"
#include "util/arena.h"

#define FRAMES 16 /* of which two are our own */
#define SLOTS  (1u << 16)

static uint64_t places[SLOTS]; /* a set, by hash */
static size_t places_n;
enum what { NOTHING, MEMORY, COUNTED, CALLS };
static size_t left; /* of allocations that succeed, where they are counted */
static enum what armed;
static bool failed;
static int error, calls = 6; /* a helper of a helper is one place for each of its callers */
static pid_t owner; /* what fails in a child, its parent cannot see */
static void *last[FRAMES];
static int last_n;

static void arm(enum what what)
{
	armed = what;
	failed = false;
	owner = getpid();
}

void failing_arm(void)
{
	arm(MEMORY);
}

void failing_arm_at(size_t n)
{
	left = n;
	arm(COUNTED);
}

void failing_arm_calls(int errno_or_0)
{
	error = errno_or_0;
	arm(CALLS);
}

void failing_depth(int n)
{
	calls = n < FRAMES - 2 ? n : FRAMES - 2;
}

int failing_error(void)
{
	return error;
}

bool failing_disarm(void)
{
	armed = NOTHING;
	return failed;
}

size_t failing_places(void)
{
	return places_n;
}

void failing_tell(void)
{
	backtrace_symbols_fd(last, last_n, STDERR_FILENO);
}

static bool fails(enum what what)
{
	void *frames[FRAMES];
	if (armed == COUNTED && what == MEMORY && !left--) {
		armed = NOTHING;
		last_n = backtrace(last, FRAMES);
		return failed = true;
	}
	if (armed != what || getpid() != owner)
		return false;
	armed = NOTHING; /* what backtrace() allocates is its own affair */
	int n = backtrace(frames, calls + 2);
	armed = what;
	uint64_t key = UINT64_C(0xcbf29ce484222325) ^ (what == CALLS ? (uint64_t)error + 1 : 0);
	for (int i = 2; i < n; i++) /* behind this function and the wrapper */
		key = (key ^ (uint64_t)(uintptr_t)frames[i]) * UINT64_C(0x100000001b3);
	key = key ? key : 1;
	size_t slot = (size_t)(key >> 40) % SLOTS;
	while (places[slot] && places[slot] != key)
		slot = (slot + 1) % SLOTS;
	if (places[slot] || places_n > SLOTS / 2)
		return false;
	places[slot] = key;
	places_n++;
	armed = NOTHING;
	failed = true;
	for (last_n = 0; last_n < n; last_n++)
		last[last_n] = frames[last_n];
	return true;
}

bool failing_call(void)
{
	return fails(CALLS);
}

#define WRAP(type, name, parameters, arguments)               \
	type __real_##name parameters;                         \
	type __wrap_##name parameters;                         \
	__attribute__((noinline)) type __wrap_##name parameters \
	{                                                      \
		if (fails(MEMORY))                             \
			return 0;                              \
		return __real_##name arguments;                \
	}

WRAP(void *, malloc, (size_t size), (size))
WRAP(void *, calloc, (size_t n, size_t size), (n, size))
WRAP(void *, realloc, (void *p, size_t size), (p, size))
WRAP(void *, arena_alloc, (struct arena *arena, size_t size), (arena, size))
WRAP(void *, arena_array, (struct arena *arena, size_t count, size_t size), (arena, count, size))
WRAP(char *, arena_dup, (struct arena *arena, const void *bytes, size_t n), (arena, bytes, n))
WRAP(char *, arena_vprintf, (struct arena *arena, const char *format, va_list args), (arena, format, args))
WRAP(bool, arena_grow, (struct arena *arena, void **items, size_t n, size_t *room, size_t size), (arena, items, n, room, size))

char *__wrap_arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);

char *__wrap_arena_printf(struct arena *arena, const char *format, ...)
{
	if (fails(MEMORY))
		return NULL;
	va_list args;
	va_start(args, format);
	char *text = __real_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}
