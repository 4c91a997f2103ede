/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A reader of JSON from strangers: one token a call, no recursion, nothing allocated, depth and size bounded. */
#ifndef SRIOV_DECODE_JSON_H
#define SRIOV_DECODE_JSON_H

#include "util/slice.h"

#define JSON_DEPTH_MAX 64

enum json_event {
	JSON_DONE,    /* the document ended as it should */
	JSON_BAD,     /* no JSON from here on; stays so */
	JSON_OBJECT, JSON_OBJECT_END, JSON_ARRAY, JSON_ARRAY_END,
	JSON_NAME,    /* of an object's member; its value is the next event */
	JSON_STRING,  /* text: between the quotes, escapes as they stand */
	JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL,
};

struct json {
	struct slice rest;
	unsigned line;       /* of the last event, from 1 */
	unsigned depth;
	uint64_t in_object;  /* bit 0: the innermost container is an object */
	uint8_t wants;
};

struct json json_of(struct slice text);
enum json_event json_next(struct json *json, struct slice *text);
/* A value that is neither object nor array. */
static inline bool json_scalar(enum json_event event) { return event >= JSON_STRING; }

#endif
