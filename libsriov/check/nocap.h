/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that show no SR-IOV capability, and why one may have expected it. */
#ifndef SRIOV_CHECK_NOCAP_H
#define SRIOV_CHECK_NOCAP_H

#include "facts.h"
#include "data/data.h"

struct nocap {
	const struct fn *fn;           /* or NULL: a tool spoke of a device that is not here */
	const struct device_info *info; /* its family, or NULL */
	bool absent;                   /* the extended list was read to its end */
	bool no_attribute;             /* the kernel made no sriov_* attributes for it */
	bool wanted;                   /* somebody tried, or chose this device with -s or -d */
	const struct kmsg_event *log;  /* the driver was told that it is no PF */
	const char *name_where, *name; /* evidence of the family from lspci's words, or NULL */
};

/* Calls fn for each function that has no capability; not in a guest, where a VF looks like that. */
void each_nocap(struct run *run, void (*found)(struct run *run, const struct nocap *nocap));
/* No PF here is known to work: what is missing on one device then matters. */
bool no_sure_pf(const struct run *run);

#endif
