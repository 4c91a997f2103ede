/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that a test has made, held against tests/unit/expect/NAME. SRIOV_ACCEPT=1 writes the file anew: run that after a change of
 * what is said, and read the difference.
 */
#ifndef TESTS_EXPECT_H
#define TESTS_EXPECT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
	char *p;
	size_t n;
	FILE *to;
};

static inline void text_begin(struct text *text)
{
	text->to = open_memstream(&text->p, &text->n);
	assert_non_null(text->to);
}

static inline bool text_has_line(const char *text, const char *line, size_t n)
{
	for (const char *at = text; *at; at = strchr(at, '\n') + 1)
		if (!strncmp(at, line, n))
			return true;
	return false;
}

static inline void text_missing(FILE *to, char sign, const char *text, const char *in)
{
	for (const char *at = text; *at; at = strchr(at, '\n') + 1) {
		size_t n = strcspn(at, "\n") + 1;
		if (!text_has_line(in, at, n))
			fprintf(to, "%c %.*s", sign, (int)n, at);
	}
}

/* Lines that one of two texts has alone. */
static inline void text_changes(struct text *text, const char *before, const char *now)
{
	text_missing(text->to, '-', before, now);
	text_missing(text->to, '+', now, before);
}

/* Compares and frees. */
static inline void text_expect(struct text *text, const char *name)
{
	char path[4096], want[1024];
	const char *accept = getenv("SRIOV_ACCEPT");
	assert_int_equal(fclose(text->to), 0);
	snprintf(path, sizeof(path), "%s/tests/unit/expect/%s", SRCDIR, name);
	FILE *file = fopen(path, accept ? "w" : "r");
	if (!file)
		fail_msg("%s cannot be opened: SRIOV_ACCEPT=1 writes it", path);
	if (accept) {
		assert_int_equal(fwrite(text->p, 1, text->n, file), text->n);
	} else {
		unsigned line = 0;
		const char *at = text->p;
		while (fgets(want, sizeof(want), file)) {
			size_t n = strlen(want), rest = strcspn(at, "\n");
			line++;
			if (strncmp(at, want, n))
				fail_msg("%s:%u: %snow: %.*s", path, line, want, (int)rest, at);
			at += n;
		}
		if (*at)
			fail_msg("%s: has no line for: %.*s", path, (int)strcspn(at, "\n"), at);
	}
	assert_int_equal(fclose(file), 0);
	free(text->p);
}

#endif
