/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Output files are written whole or not at all: to a file beside, which then takes the name. */
#ifndef TOOLS_OUTPUT_H
#define TOOLS_OUTPUT_H

struct target {
	int fd;
	char *temporary; /* NULL: written in place (standard output, a device, a pipe) */
	const char *file;
};

/* 0 or negative errno. */
int target_open(struct target *target, const char *file);
/* Keep what was written (err == 0) or drop it; 0 or negative errno. */
int target_close(struct target *target, int err);

#endif
