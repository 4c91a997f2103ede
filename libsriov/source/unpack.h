/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An archive's members, one after the other; and the same through a pipe, from a process that may break over them. */
#ifndef SRIOV_SOURCE_UNPACK_H
#define SRIOV_SOURCE_UNPACK_H

#include "tree.h"

struct libarchive;

enum unpacked {
	UNPACKED_MEMBER,  /* a: path; b: where a link leads */
	UNPACKED_DATA,    /* a: the next bytes of the last member */
	UNPACKED_PROBLEM, /* a: what is wrong, b: what to do; nothing follows where err is set */
	UNPACKED_END,
};

struct unpacked_part {
	enum unpacked what;
	enum node_kind kind;
	bool hard;     /* a link to a file's data */
	int err;
	uint64_t size; /* of the file, as the archive says */
	struct slice a, b; /* a NUL follows each, not counted */
};

#define UNPACKED_CHUNK 65536 /* no a is longer */

/* 0 or negative errno, which unpack() then returns. */
typedef int unpacked_fn(void *data, const struct unpacked_part *part);

/* 0 or negative errno; a problem of the archive was told before. */
int unpack(const struct libarchive *lib, struct slice bytes, unpacked_fn *take, void *data) MUST_CHECK;

/* Parts on their way through a pipe. */
struct unpacked_pipe {
	int fd;
	struct strbuf out;
};
int unpacked_send(struct unpacked_pipe *pipe, const struct unpacked_part *part) MUST_CHECK;
/*
 * Takes what comes until its end. 0 or negative errno: what take() returned, or an error of reading; -EPIPE: it broke off, or it
 * was no such part. The writer is not trusted.
 */
int unpacked_receive(int fd, unpacked_fn *take, void *data) MUST_CHECK;

#endif
