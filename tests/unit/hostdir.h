/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A captured host made by a test: a temporary directory that is taken away at its end, and what two snapshots have in common. */
#ifndef TESTS_HOSTDIR_H
#define TESTS_HOSTDIR_H

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/snapshot.h"

struct hostdir {
	char path[64];
	int fd;
};

static inline void hostdir_make(struct hostdir *dir)
{
	const char *tmp = getenv("TMPDIR");
	snprintf(dir->path, sizeof(dir->path), "%.40s/sriov-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(dir->path));
	assert_int_equal(chmod(dir->path, 0755), 0);
	dir->fd = open(dir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(dir->fd >= 0);
}

static inline int hostdir_unlink(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void hostdir_remove(struct hostdir *dir)
{
	close(dir->fd);
	nftw(dir->path, hostdir_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* The directories above a path. */
static inline void hostdir_above(const struct hostdir *dir, const char *path)
{
	char part[256];
	for (const char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(p - path), path);
		(void)mkdirat(dir->fd, part, 0755);
	}
}

static inline void hostdir_bytes(const struct hostdir *dir, const char *path, const void *bytes, size_t n)
{
	hostdir_above(dir, path);
	int fd = openat(dir->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
}

static inline void hostdir_file(const struct hostdir *dir, const char *path, const char *text)
{
	hostdir_bytes(dir, path, text, strlen(text));
}

static inline void hostdir_link(const struct hostdir *dir, const char *path, const char *target)
{
	hostdir_above(dir, path);
	assert_int_equal(symlinkat(target, dir->fd, path), 0);
}

static inline void hostdir_dir(const struct hostdir *dir, const char *path)
{
	hostdir_above(dir, path);
	assert_int_equal(mkdirat(dir->fd, path, 0755), 0);
}

/* Everything of a that is not in b as it is in a; prints the first difference. same_state: not captured and redacted are one. */
static inline bool snapshot_same(struct snapshot *a, const struct item *dir, const struct snapshot *b)
{
	for (const struct item *item = dir->child; item; item = item->next) {
		const char *path = snapshot_path(a, item);
		const struct item *other = snapshot_at_nofollow(b, NULL, path);
		bool hidden = item->state == ITEM_NOT_CAPTURED && snapshot_state(b, NULL, path) != ITEM_ABSENT;
		if (hidden)
			continue;
		if (!other || other->state != item->state || other->err != item->err ||
		    (item->state == ITEM_PRESENT && (other->kind != item->kind || other->complete != item->complete))) {
			print_message("%s: %s, replayed as %s\n", path, item_state_name(item->state), other ? item_state_name(other->state) : "nothing");
			return false;
		}
		if (item->state == ITEM_PRESENT && !item->config && !slice_same(item->data, other->data)) {
			print_message("%s: other bytes\n", path);
			return false;
		}
		for (size_t at = 0; item->config && at < 4096; at++) {
			uint8_t x = 0, y = 0;
			bool known = !bytes_u8(&item->config->view, at, &x);
			if (!other->config || item->config->size != other->config->size || known != !bytes_u8(&other->config->view, at, &y) || x != y) {
				print_message("%s: byte 0x%zx\n", path, at);
				return false;
			}
		}
		if (!snapshot_same(a, item, b))
			return false;
	}
	return true;
}

static inline const char *first_problem(const struct snapshot *snap)
{
	return snap->problems_n ? snap->problems[0].what : "";
}

#endif
