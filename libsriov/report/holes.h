/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which fields of a capability change nothing in its text but their own digits: PFs of one kind differ in little else than VF BARs. */
#ifndef SRIOV_REPORT_HOLES_H
#define SRIOV_REPORT_HOLES_H

#include "decode/field.h"

#define HOLES_MAX 24

struct holes {
	const struct cap_desc *desc; /* of which these are */
	const struct field *fields[HOLES_MAX]; /* in the order of the rows */
	size_t n;
};

/* Is each row there once, whatever the registers say? */
bool rows_are_fixed(const struct cap_desc *desc);
/* Numbers without a meaning, whole registers that no other row reads, of a capability whose rows are fixed; the first HOLES_MAX. */
void holes_find(const struct cap_desc *desc, struct holes *holes);
/* The bytes of the holes as zeros: what is left is what the rest of the text follows from. At least min_len bytes. */
void holes_blank(const struct holes *holes, uint8_t *bytes);

#endif
