/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A long lspci -xxxx text in a file, function after function, in constant memory. Only what such a text is when lspci alone
 * wrote it: functions in the order of their addresses, whole, without words. Anything else is -ENOTSUP: source_open() reads it.
 */
#ifndef SRIOV_SOURCE_DUMP_FILE_H
#define SRIOV_SOURCE_DUMP_FILE_H

#include "decode/lspci-hex.h"
#include "snapshot/snapshot.h"
#include "util/strbuf.h"

struct dump_file {
	int fd;
	struct snapshot *snap;      /* for problems of rows; without any item */
	bool extended;              /* one function at least has more than 256 bytes */
	struct lspci_bridge *bridges; /* in the order of their addresses; of a pipe more come with the functions */
	size_t bridges_n, bridges_room;
	struct sriov_addr *vfs;      /* of each segment the last function that reads as a VF; of a pipe not whole */
	size_t vfs_n, vfs_room;
	/* where the reading stands */
	char *buf;
	size_t start, end, usual; /* in buf; and how much is worth a look: the last function's text */
	unsigned line;
	bool eof, any, piped;
	struct sriov_addr last, looked; /* the last function; and the last whose head was looked at before */
};

/*
 * Opens name ("-": standard input) and looks at the head of every function, without reading what lies between; of a pipe at those
 * that it gives first. least: bytes of a file that is worth it. piped: empty; where the answer is -ENOTSUP it holds what was read of
 * a pipe. 0; -ENOTSUP: no such text; -ENOMEM. Close it in any case.
 */
int dump_file_open(struct dump_file *file, const char *name, uint64_t least, struct strbuf *piped) MUST_CHECK;
/* The next function. 0; -ENOENT: that was all; -ESTALE: it is not what it was when it was opened (with a problem); a read error. */
int dump_file_next(struct dump_file *file, struct lspci_function *fn) MUST_CHECK;
void dump_file_close(struct dump_file *file);

#endif
