/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of vendors and devices, out of the text of pci.ids. Only vendors are indexed; a device is looked for in its vendor's lines,
 * so that a run costs one pass over the text. Names help people; nothing is decided by them.
 */
#ifndef SRIOV_REPORT_NAMES_H
#define SRIOV_REPORT_NAMES_H

#include "util/slice.h"

struct names;

/* The text must live as long. NULL when memory is exhausted. */
struct names *names_new(struct slice text) MUST_CHECK;
void names_free(struct names *names);
/* Empty (p == NULL) where the name is not known; names may be NULL. */
struct slice names_vendor(const struct names *names, uint64_t vendor);
struct slice names_device(const struct names *names, uint64_t vendor, uint64_t device);

#endif
