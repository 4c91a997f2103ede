/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>

#include "kernel-log.h"

/* syslog(2): the actions that read, and leave everything where it is */
enum { READ_ALL = 3, SIZE_BUFFER = 10 };
#define LOG_MAX (64 << 20)

size_t kernel_log_drop_levels(char *text, size_t n)
{
	size_t to = 0;
	for (size_t at = 0; at < n;) {
		const char *end = memchr(text + at, '\n', n - at);
		size_t len = end ? (size_t)(end + 1 - (text + at)) : n - at;
		size_t level = 0;
		if (text[at] == '<') {
			level = 1;
			while (level < len && text[at + level] >= '0' && text[at + level] <= '9')
				level++;
			level = level > 1 && level < len && text[at + level] == '>' ? level + 1 : 0;
		}
		memmove(text + to, text + at + level, len - level);
		to += len - level;
		at += len;
	}
	return to;
}

int kernel_log_read(struct snapshot *snap)
{
	struct item *item;
	int err, size = klogctl(SIZE_BUFFER, NULL, 0);
	/* the text has time stamps that the buffer's size does not count */
	int room = size > LOG_MAX / 2 ? LOG_MAX : 2 * size + 4096;
	char *text = size < 0 ? NULL : malloc((size_t)room);
	if (size >= 0 && !text)
		return -ENOMEM;
	int n = text ? klogctl(READ_ALL, text, room) : -1;
	if (n < 0) {
		int denied = errno;
		err = snapshot_put(snap, NULL, "dmesg", ITEM_FILE, ITEM_DENIED, (struct slice){0}, &item);
		if (!err)
			item->err = denied;
		else if (err == -EEXIST)
			err = 0;
	} else {
		err = snapshot_put_file(snap, "dmesg", (struct slice){text, kernel_log_drop_levels(text, (size_t)n)}, NULL);
		if (err == -EEXIST)
			err = 0;
	}
	free(text);
	return err;
}
