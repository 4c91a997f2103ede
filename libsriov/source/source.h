/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only layer that does I/O: from what a user names to a snapshot of evidence. Everything is opened read-only; nothing of a
 * host is ever written.
 */
#ifndef SRIOV_SOURCE_H
#define SRIOV_SOURCE_H

#include "snapshot/snapshot.h"
#include "util/strbuf.h"

/* How much of configuration space is read on this host. Every dword costs; some devices lock up over registers that do not exist. */
enum source_depth {
	DEPTH_CHECKS, /* the header, the lists, and the capabilities that the checks look at; of a VF its header */
	DEPTH_CAPS,   /* all of every known capability */
	DEPTH_ALL,    /* every byte, as lspci -xxxx: for --capture and raw bytes */
};

struct source_options {
	bool wake;       /* read the configuration space of sleeping functions (D3cold) too, which wakes them */
	enum source_depth depth; /* of configuration space on this host */
	struct strbuf *piped; /* what was read of standard input before; taken over. Or NULL */
	unsigned timeout_ms; /* for reads that can block behind a driver; 0 = 1000 */
};

/*
 * name: NULL or "/" = this host, "-" = standard input, else a file or directory; what it holds is told by its content.
 * 0, or negative errno: then *out (NULL only for -ENOMEM) still says in its problems what is wrong and what to do.
 */
int source_open(const char *name, const struct source_options *options, struct snapshot **out) MUST_CHECK;

/* One raw configuration space and the address that it was read at. */
struct source_at {
	struct sriov_addr addr;
	const char *file;
};

/* Several raw configuration spaces as one host. As source_open(). */
int source_open_at(const struct source_at *at, size_t n, struct snapshot **out) MUST_CHECK;

/*
 * Write what the snapshot of a host holds to a tar archive that reads as the same host (contract of the directory layout), with
 * .sriov-capture in it. redact: serial numbers, MAC addresses, host name and UUIDs are taken out. Whole or not at all.
 * Same snapshot, same bytes. 0 or negative errno; *what then says what failed (a constant string).
 */
int capture_write(const struct snapshot *snap, const char *file, bool redact, const char **what) MUST_CHECK;

#endif
