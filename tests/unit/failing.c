/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <execinfo.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "failing.h"
#include "util/arena.h"

#define CALLS  6 /* that tell one place from another: a helper of a helper is one place for each of its callers */
#define FRAMES (CALLS + 2)
#define SLOTS  (1u << 16)

static uint64_t places[SLOTS]; /* a set, by hash */
static size_t places_n;
static bool armed, failed;
static void *last[FRAMES];
static int last_n;

void failing_arm(void)
{
	armed = true;
	failed = false;
}

bool failing_disarm(void)
{
	armed = false;
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

static bool fails(void)
{
	void *frames[FRAMES];
	if (!armed)
		return false;
	armed = false; /* what backtrace() allocates is its own affair */
	int n = backtrace(frames, FRAMES);
	armed = true;
	uint64_t key = UINT64_C(0xcbf29ce484222325);
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
	armed = false;
	failed = true;
	for (last_n = 0; last_n < n; last_n++)
		last[last_n] = frames[last_n];
	return true;
}

#define WRAP(type, name, parameters, arguments)               \
	type __real_##name parameters;                         \
	type __wrap_##name parameters;                         \
	__attribute__((noinline)) type __wrap_##name parameters \
	{                                                      \
		if (fails())                                   \
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
	if (fails())
		return NULL;
	va_list args;
	va_start(args, format);
	char *text = __real_arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}
