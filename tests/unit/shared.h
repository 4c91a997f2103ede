/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of the measuring ground beside the tree, for tests that skip where it is missing. */
#ifndef TESTS_SHARED_H
#define TESTS_SHARED_H

#include <dirent.h>

/* Opens SRCDIR/../shared/NAME or SRCDIR/../../shared/NAME; its path to buf. NULL: not there. */
static inline DIR *shared_dir(const char *name, char *buf, size_t size)
{
	static const char *const up[] = {"..", "../.."};
	for (size_t i = 0; i < 2; i++) {
		snprintf(buf, size, "%s/%s/shared/%s", SRCDIR, up[i], name);
		DIR *dir = opendir(buf);
		if (dir)
			return dir;
	}
	return NULL;
}

static inline char *read_file(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	size_t n = 0, room = 1 << 16;
	char *text = malloc(room + 1);
	while (text && (n += fread(text + n, 1, room - n, file)) == room)
		text = realloc(text, (room *= 2) + 1);
	fclose(file);
	if (text)
		text[n] = '\0';
	*len = n;
	return text;
}

#endif
