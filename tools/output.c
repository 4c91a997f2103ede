/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

/* The file beside, while it is written: a signal that ends the process takes it away. */
static char *volatile unfinished;

static void ended(int number)
{
	if (unfinished)
		(void)unlink(unfinished);
	(void)raise(number); /* as it would have ended without this: the handler is there once */
}

static void remove_if_ended(char *file)
{
	static const int ends[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
	struct sigaction before, action = {.sa_handler = ended, .sa_flags = (int)SA_RESETHAND};
	unfinished = file;
	for (size_t i = 0; file && i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (!sigaction(ends[i], NULL, &before) && before.sa_handler == SIG_DFL)
			(void)sigaction(ends[i], &action, NULL);
	}
}

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
	remove_if_ended(target->temporary);
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
		remove_if_ended(NULL);
		free(target->temporary);
		target->temporary = NULL;
	}
	return err;
}
