/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON from the walk: an element is an object, an attribute a member, what may repeat an array, what is text only a string.
 * Numbers beyond 2^53, addresses and register values in hexadecimal are strings.
 */
#ifndef SRIOV_REPORT_EMIT_JSON_H
#define SRIOV_REPORT_EMIT_JSON_H

#include "report/walk.h"

#define JSON_DEPTH 12

struct json_level {
	enum element element;
	enum element array; /* of its children: which array is open; EL_COUNT: none */
	bool members;       /* something was written */
	bool simple;        /* a string, not an object */
	bool text;          /* of a simple one: its string was written */
};

struct json_writer {
	struct walker walker; /* what walk_*() is given */
	struct json_level levels[JSON_DEPTH];
	unsigned depth;
	bool lines;  /* everything in one line */
	bool inside; /* the outermost object was opened by the caller and has members already */
};

void json_writer_init(struct json_writer *json, struct sink *out, bool lines);
/* "text" with its quotes. */
void json_string(struct sink *out, struct slice text);

#endif
