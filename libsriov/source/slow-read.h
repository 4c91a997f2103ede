/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attributes whose read takes the device's lock (sriov_numvfs, driver_override): a driver that probes or makes VFs holds it, for
 * as long as it likes, and the reader sleeps uninterruptibly. So a child process reads them, and nobody waits for it too long.
 */
#ifndef SRIOV_SOURCE_SLOW_READ_H
#define SRIOV_SOURCE_SLOW_READ_H

#include "util/arena.h"
#include "util/slice.h"

struct slow_attr {
	const char *path;  /* below the root */
	const void *owner; /* the caller's */
	int err;           /* 0, the read's negative errno, or -ETIMEDOUT: the lock is held */
	struct slice data;
};

/* Reads all of them; timeout_ms without an answer gives one up. 0 or negative errno (then none was read). */
int slow_read(int root_fd, struct slow_attr *attrs, size_t n, unsigned timeout_ms, struct arena *arena) MUST_CHECK;

#endif
