/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sysfs attributes by function address. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "truth.h"

const char *attr_get(const char *address, const char *name, char *buf, size_t len)
{
	char path[PATH_MAX];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), DEVICES "/%s/%s", address, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return "-";
	got = read(fd, buf, len - 1);
	close(fd);
	if (got <= 0)
		return "-";
	buf[got] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return buf;
}

const char *attr_link(const char *address, const char *name, char *buf, size_t len)
{
	char path[PATH_MAX];
	const char *slash;
	ssize_t got;

	snprintf(path, sizeof(path), DEVICES "/%s/%s", address, name);
	got = readlink(path, buf, len - 1);
	if (got < 0)
		return "-";
	buf[got] = '\0';
	slash = strrchr(buf, '/');
	return slash ? slash + 1 : buf;
}

int file_put(const char *path, const char *word)
{
	size_t len = strlen(word);
	int error = 0;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	if (write(fd, word, len) != (ssize_t)len)
		error = errno;
	close(fd);
	return error;
}

int attr_put(const char *address, const char *name, const char *word)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), DEVICES "/%s/%s", address, name);
	return file_put(path, word);
}

const char *outcome(int error)
{
	const char *name = error ? strerrorname_np(error) : "ok";

	return name ? name : "unnamed";
}

int group_peers(const char *address)
{
	char path[PATH_MAX];
	struct dirent *entry;
	int others = 0;
	DIR *dir;

	snprintf(path, sizeof(path), DEVICES "/%s/iommu_group/devices", address);
	dir = opendir(path);
	if (!dir)
		return -1;
	while ((entry = readdir(dir)))
		others += entry->d_name[0] != '.' && strcmp(entry->d_name, address) != 0;
	closedir(dir);
	return others;
}
