/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

int target_open(struct target *target, const char *file)
{
	struct stat st;
	*target = (struct target){.fd = STDOUT_FILENO, .file = file};
	if (!strcmp(file, "-"))
		return 0;
	if (!stat(file, &st) && !S_ISREG(st.st_mode)) {
		target->fd = open(file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return target->fd < 0 ? -errno : 0;
	}
	if (asprintf(&target->temporary, "%s.XXXXXX", file) < 0) {
		target->temporary = NULL;
		return -ENOMEM;
	}
	target->fd = mkostemp(target->temporary, O_CLOEXEC);
	if (target->fd < 0) {
		int err = -errno;
		free(target->temporary);
		target->temporary = NULL;
		return err;
	}
	mode_t mask = umask(0);
	umask(mask);
	if (fchmod(target->fd, 0666 & ~mask))
		return target_close(target, -errno);
	return 0;
}

int target_close(struct target *target, int err)
{
	if (target->fd == STDOUT_FILENO)
		return err;
	if (!err && target->temporary && fsync(target->fd) && errno != EINVAL)
		err = -errno;
	if (close(target->fd) && !err)
		err = -errno;
	if (target->temporary) {
		if (!err && rename(target->temporary, target->file))
			err = -errno;
		if (err)
			unlink(target->temporary);
		free(target->temporary);
		target->temporary = NULL;
	}
	return err;
}
