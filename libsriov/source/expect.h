/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An XML report as values to compare: functions, capabilities, fields, raw bytes. */
#ifndef SRIOV_SOURCE_EXPECT_H
#define SRIOV_SOURCE_EXPECT_H

#include "util/arena.h"
#include "util/slice.h"

#define EXPECT_MAX (256u << 20) /* bytes of a report */

struct expect_row {
	const char *address;
	const char *capability; /* its name or id; "" = the function itself */
	unsigned offset;        /* of the capability: two of one name are two */
	const char *field, *value;
	size_t seq;             /* place in the report */
};

struct expected {
	struct arena arena;
	struct expect_row *rows; /* sorted by address, capability, offset, field, seq */
	size_t n, room;
	bool verbose;            /* it has raw bytes: all registers were written */
};

/*
 * Bytes of an XML report that this tool wrote: one host's. 0; -EINVAL with line and what is wrong (static text); -ENOMEM.
 * No network, no entities of its own, no document type. Free with expected_free() in every case.
 */
int expected_parse(struct slice xml, struct expected *out, unsigned *line, const char **bad) MUST_CHECK;
void expected_free(struct expected *expected);

#endif
