/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names in a folder of the tree, in their order. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <dirent.h>
#include <stdbool.h>
#include <unistd.h>

/* nth: how many were used before. Says whether it uses this one. */
typedef bool folder_use(const char *name, size_t nth);

static inline int folder_order(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* How many were used. */
static inline size_t folder_each(const char *path, folder_use *use)
{
	struct dirent **names;
	int n = scandir(path, &names, NULL, folder_order);
	size_t used = 0;
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		used += use(names[i]->d_name, used);
		free(names[i]);
	}
	free(names);
	return used;
}

/* The root of a fixture, to buf. False: that name has none. */
static inline bool folder_root(const char *name, char *buf, size_t size)
{
	snprintf(buf, size, SRCDIR "/fixtures/%s/root", name);
	return !access(buf, R_OK);
}

#endif
