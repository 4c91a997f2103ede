/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file system below a directory. Few system calls: names are opened next to the directory that holds them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef HAVE_LINUX_OPENAT2_H
#include <linux/openat2.h>
#endif

#include "view.h"

#define READ_ONLY  (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
#define DEPTH_MAX  64
#define HOPS_MAX   40
#define CHUNK      4096
#define SYSFS_MAX  (CHUNK + 1)

int read_all(int fd, size_t max, struct strbuf *sb)
{
	size_t step = CHUNK;
	for (size_t got = 0; got < max;) {
		size_t want = max - got < step ? max - got : step, room = sb->room - sb->len;
		if (room > CHUNK / 2 && want >= room)
			want = room - 1; /* first what is there */
		char *to = strbuf_room(sb, want);
		if (!to)
			return -ENOMEM;
		ssize_t n = read(fd, to, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return 0;
		sb->len += (size_t)n;
		got += (size_t)n;
		if (step < CHUNK * 256)
			step *= 4;
	}
	return 0;
}

/* A sysfs attribute: the kernel gives at most a page, and all of it at once. */
static int read_once(int fd, size_t max, struct strbuf *sb)
{
	char *to = strbuf_room(sb, max);
	ssize_t n = -1;
	if (!to)
		return -ENOMEM;
	while ((n = read(fd, to, max)) < 0 && errno == EINTR)
		;
	if (n < 0)
		return -errno;
	sb->len += (size_t)n;
	return 0;
}

/* openat(2) over interruptions: a network or FUSE file system may answer so. */
static int open_name(int at, const char *name, int flags)
{
	int fd;
	do
		fd = openat(at, name, flags);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* The last part of path below the directory fd, links followed one by one: ".." and absolute targets end at the root. */
static int resolve(int root_fd, const char *path, int flags)
{
	int stack[DEPTH_MAX], err = 0, fd = -1;
	unsigned depth = 0, hops = 0;
	char todo[2 * PATH_MAX], target[PATH_MAX];

	if (strlen(path) >= PATH_MAX)
		return -ENAMETOOLONG;
	strcpy(todo, path);
	for (char *rest = todo; !err && fd < 0;) {
		rest += strspn(rest, "/");
		size_t n = strcspn(rest, "/");
		char part[NAME_MAX + 1];
		int at = depth ? stack[depth - 1] : root_fd;
		if (n > NAME_MAX) {
			err = -ENAMETOOLONG;
			break;
		}
		memcpy(part, rest, n);
		part[n] = '\0';
		rest += n;
		bool last = rest[strspn(rest, "/")] == '\0';

		if (!strcmp(part, "..")) {
			if (depth)
				close(stack[--depth]);
			if (!last)
				continue;
			n = 0;
			at = depth ? stack[depth - 1] : root_fd;
		}
		if (n == 0 || !strcmp(part, ".")) { /* the end of the path, or a part that says nothing */
			if (last && (fd = open_name(at, ".", flags | O_NOFOLLOW)) < 0)
				err = -errno;
			continue;
		}
		ssize_t len = readlinkat(at, part, target, sizeof(target));
		if (len >= 0) {
			char next[2 * PATH_MAX];
			if (++hops > HOPS_MAX || (size_t)len >= sizeof(target)) {
				err = len < (ssize_t)sizeof(target) ? -ELOOP : -ENAMETOOLONG;
				break;
			}
			size_t tail = strlen(rest);
			if ((size_t)len + tail >= sizeof(next)) {
				err = -ENAMETOOLONG;
				break;
			}
			memcpy(next, target, (size_t)len);
			memcpy(next + len, rest, tail + 1);
			while (target[0] == '/' && depth)
				close(stack[--depth]);
			memcpy(todo, next, (size_t)len + tail + 1);
			rest = todo;
		} else if (errno != EINVAL) {
			err = -errno;
		} else if (last) {
			fd = open_name(at, part, flags | O_NOFOLLOW);
			if (fd < 0)
				err = -errno;
		} else if (depth == DEPTH_MAX) {
			err = -ENAMETOOLONG;
		} else {
			int below = open_name(at, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			if (below < 0)
				err = -errno;
			else
				stack[depth++] = below;
		}
	}
	while (depth)
		close(stack[--depth]);
	return err ? err : fd;
}

int open_in_root(const struct view *view, const char *path, int flags)
{
#if defined(HAVE_LINUX_OPENAT2_H) && defined(SYS_openat2)
	if (!view->own_resolver) {
		struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};
		long fd;
		do
			fd = syscall(SYS_openat2, view->root_fd, *path ? path : ".", &how, sizeof(how));
		while (fd < 0 && (errno == EINTR || errno == EAGAIN));
		if (fd >= 0)
			return (int)fd;
		if (errno != ENOSYS && errno != EPERM) /* EPERM: filtered in older containers */
			return -errno;
	}
#endif
	return resolve(view->root_fd, path, flags);
}

static bool single(const char *name)
{
	return !strchr(name, '/') && strcmp(name, "..") != 0 && *name;
}

static int dir_open(const struct view *view, const struct place *dir, const char *name, struct place *out)
{
	int err = place_path(dir, name, out->path);
	if (err)
		return err;
	int fd = single(name) ? open_name(dir->fd, name, READ_ONLY | O_DIRECTORY | O_NOFOLLOW) : -1;
	if (fd < 0 && (!single(name) || errno == ENOTDIR || errno == ELOOP)) { /* a link */
		fd = open_in_root(view, out->path, READ_ONLY | O_DIRECTORY);
		if (fd < 0)
			return fd;
	}
	if (fd < 0)
		return -errno;
	out->fd = fd;
	out->node = NULL;
	return 0;
}

static void dir_close(struct place *dir)
{
	close(dir->fd);
	dir->fd = -1;
}

static enum node_kind kind_of_type(unsigned char type)
{
	switch (type) {
	case DT_REG:
		return NODE_FILE;
	case DT_DIR:
		return NODE_DIR;
	case DT_LNK:
		return NODE_LINK;
	case DT_UNKNOWN:
		return NODE_UNKNOWN;
	default:
		return NODE_OTHER;
	}
}

static enum node_kind kind_of_mode(mode_t mode)
{
	return S_ISREG(mode) ? NODE_FILE : S_ISDIR(mode) ? NODE_DIR : S_ISLNK(mode) ? NODE_LINK : NODE_OTHER;
}

/* The directory that holds the last part of name: fd, to be closed if it is not dir's own; *last is that part. */
static int holder(const struct view *view, const struct place *dir, const char *name, const char **last)
{
	char path[PATH_MAX];
	const char *slash = strrchr(name, '/');
	*last = slash ? slash + 1 : name;
	if (!slash)
		return dir->fd;
	int err = place_path(dir, name, path);
	if (err)
		return err;
	*strrchr(path, '/') = '\0';
	return open_in_root(view, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static int dir_kind(const struct view *view, const struct place *dir, const char *name, enum node_kind *kind)
{
	struct stat st;
	const char *last;
	int fd = holder(view, dir, name, &last);
	if (fd < 0)
		return fd;
	int err = fstatat(fd, last, &st, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : 0;
	if (fd != dir->fd)
		close(fd);
	if (!err)
		*kind = kind_of_mode(st.st_mode);
	return err;
}

static int dir_list(const struct view *view, const struct place *dir, struct listing *listing)
{
	/* what getdents64(2) gives: inode and offset (8 bytes each), record length (2), type (1), name */
	enum { RECLEN = 16, TYPE = 18, NAME = 19 };
	union {
		char bytes[16384];
		uint64_t align;
	} buf;

	listing_clear(listing);
	for (;;) {
		long n = syscall(SYS_getdents64, dir->fd, buf.bytes, sizeof(buf.bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		for (size_t at = 0; at + NAME < (size_t)n;) {
			uint16_t length;
			memcpy(&length, buf.bytes + at + RECLEN, sizeof(length));
			const char *name = buf.bytes + at + NAME;
			enum node_kind kind = kind_of_type((unsigned char)buf.bytes[at + TYPE]);
			if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
				if (kind == NODE_UNKNOWN)
					(void)dir_kind(view, dir, name, &kind); /* gone meanwhile: stays unknown */
				int err = listing_add(listing, name, strlen(name), kind);
				if (err)
					return err;
			}
			at += length;
		}
	}
	listing_sort(listing);
	return 0;
}

static int dir_read(const struct view *view, const struct place *dir, const char *name, enum node_kind kind, size_t max, struct strbuf *sb,
		    uint64_t *size)
{
	int err = 0, fd = -1;
	if (kind == NODE_UNKNOWN && single(name)) {
		err = dir_kind(view, dir, name, &kind);
		if (err)
			return err;
	}
	if (kind == NODE_DIR || kind == NODE_OTHER)
		return -EINVAL;
	if (kind == NODE_FILE) {
		fd = open_name(dir->fd, name, READ_ONLY | O_NOFOLLOW);
		if (fd < 0)
			return -errno;
	} else {
		char path[PATH_MAX];
		err = place_path(dir, name, path);
		if (err)
			return err;
		fd = open_in_root(view, path, READ_ONLY);
		if (fd < 0)
			return fd;
	}
	struct stat st = {.st_mode = S_IFREG};
	if ((size || kind != NODE_FILE) && fstat(fd, &st) < 0)
		err = -errno;
	else if (!S_ISREG(st.st_mode))
		err = -EINVAL;
	if (!err && view->live && max && max <= SYSFS_MAX && !strncmp(dir->path, "sys/", 4))
		err = read_once(fd, max, sb);
	else if (!err)
		err = read_all(fd, max, sb);
	if (!err && size)
		*size = (uint64_t)st.st_size;
	close(fd);
	return err;
}

static int dir_link(const struct view *view, const struct place *dir, const char *name, struct strbuf *sb)
{
	const char *last;
	char *to = strbuf_room(sb, PATH_MAX);
	int fd = to ? holder(view, dir, name, &last) : -ENOMEM;
	if (fd < 0)
		return fd;
	ssize_t n = readlinkat(fd, last, to, PATH_MAX);
	int err = n < 0 ? -errno : n == PATH_MAX ? -ENAMETOOLONG : 0;
	if (fd != dir->fd)
		close(fd);
	if (!err)
		sb->len += (size_t)n;
	return err;
}

/*
 * What is not there, is no directory or leads nowhere is what the root says; any other error is the reader's, and goes to view->trouble.
 * On a live host sysfs answers all kinds of errors to a read, and what may not be read is recorded as such.
 */
static int note(const struct view *view, const struct place *dir, const char *name, int err, bool attribute)
{
	if (!err || !view->trouble || err == -ENOENT || err == -ENOTDIR || err == -ELOOP || err == -EINVAL || err == -ENAMETOOLONG)
		return err;
	if (view->live && (attribute || err != -EIO))
		return err;
	if (!view->trouble->n++) {
		view->trouble->err = err;
		if (place_path(dir, name, view->trouble->path))
			*view->trouble->path = '\0';
	}
	return err;
}

static int open_noted(const struct view *view, const struct place *dir, const char *name, struct place *out)
{
	return note(view, dir, name, dir_open(view, dir, name, out), false);
}

static int list_noted(const struct view *view, const struct place *dir, struct listing *listing)
{
	return note(view, dir, "", dir_list(view, dir, listing), false);
}

static int kind_noted(const struct view *view, const struct place *dir, const char *name, enum node_kind *kind)
{
	return note(view, dir, name, dir_kind(view, dir, name, kind), true);
}

static int read_noted(const struct view *view, const struct place *dir, const char *name, enum node_kind kind, size_t max, struct strbuf *sb,
		      uint64_t *size)
{
	return note(view, dir, name, dir_read(view, dir, name, kind, max, sb, size), true);
}

static int link_noted(const struct view *view, const struct place *dir, const char *name, struct strbuf *sb)
{
	return note(view, dir, name, dir_link(view, dir, name, sb), true);
}

const struct view_ops view_dir_ops = {
	.open = open_noted, .close = dir_close, .list = list_noted, .kind = kind_noted, .read = read_noted, .link = link_noted,
};
