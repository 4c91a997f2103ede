/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * THE table of what is read of a host. It drives the walk over a live host, a captured directory and an archive, and with that
 * what --capture stores. To read another file: one row in capture-list.c.
 */
#ifndef SRIOV_SOURCE_CAPTURE_LIST_H
#define SRIOV_SOURCE_CAPTURE_LIST_H

#include "util/slice.h"

enum capture_kind {
	CAPTURE_TEXT,   /* a file's bytes; shorter or longer than its size says is normal (sysfs, proc) */
	CAPTURE_BINARY, /* a file's bytes */
	CAPTURE_NAME,   /* that it is there, whatever it is; its content is not looked at */
	CAPTURE_NAMES,  /* a directory: the names in it */
	CAPTURE_LINK,   /* where it leads */
};

/* What is taken out before it leaves the host. */
enum redact_rule {
	REDACT_NOTHING,
	REDACT_TEXT,  /* MAC addresses, UUIDs, the host's name, serial numbers */
	REDACT_LINES, /* only the lines that speak of what the tools look for stay: such files may hold secrets */
};

/*
 * path: below the root (host rows) or below a function's directory (function rows). A part may hold '*' for any characters.
 * {release}: the running kernel's release; {driver}: every PF, VF or port driver's module: what the walk learnt before it came here.
 */
struct capture_row {
	const char *path;
	enum capture_kind kind;
	unsigned max;           /* bytes; what is longer is cut there */
	enum redact_rule redact;
	bool captured;          /* no file of a running host: only captured roots have it */
	bool no_virtual;        /* not below links into devices/virtual: a container host has thousands of these */
	bool group_members;     /* not where each function's own link tells its group */
	bool no_link;           /* what is a link itself is somebody else's: left out */
	bool not_vf;            /* of a function row: a VF takes it from its PF */
	bool no_header;         /* of a function row: only where configuration space does not tell the same */
	bool vf_id;             /* of a function row: also where that reads all ones, as a VF's ID does */
	bool may_block;         /* the kernel takes the device's lock for it: never waited for */
	const char *privilege;  /* who may read it; NULL = everybody */
	const char *why;
};

extern const struct capture_row host_rows[], function_rows[];
extern const size_t host_rows_n, function_rows_n;

/* Does a name match one part of a pattern ('*' = any characters)? n: length of the part. */
bool capture_part_matches(const char *part, size_t n, const char *name);

/* The last parts of all rows that are read, for one look at each of an archive's many members. */
struct capture_key {
	const char *first, *last; /* of the row's path */
	unsigned short first_n, last_n;
	bool prefix, pattern;     /* last is a name's beginning; has a '*' */
	unsigned max;
};
struct capture_index {
	struct capture_key rows[192];
	size_t n;
};
void capture_index_make(struct capture_index *index);
/* The most bytes that any row would read of a file with this path's last part below this path's first part; 0 = only its name. */
size_t capture_keep(const struct capture_index *index, struct slice path);

#endif
