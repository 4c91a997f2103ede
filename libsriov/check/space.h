/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory of VF BARs: which lack it by registers, lists and logs together, and what room there is. */
#ifndef SRIOV_CHECK_SPACE_H
#define SRIOV_CHECK_SPACE_H

#include "facts.h"

enum lack {
	LACK_NONE,
	LACK_UNSET,     /* the host's list or the register has no address */
	LACK_OUTSIDE,   /* it has one, and no window above leads there */
	LACK_REFUSED,   /* the kernel found no space for it, by its log */
	LACK_REPORTED,  /* enabling ended with the kernel's "not enough MMIO" */
	LACK_EARLY,     /* firmware left it without one, and no window could ever hold it */
};

struct shortage {
	enum lack lack;
	unsigned index;        /* VF BAR; counts only with UNSET, OUTSIDE, REFUSED, EARLY */
	bool is_64, prefetchable;
	uint64_t size;         /* of all VFs' BARs, 0 = unknown */
	uint64_t one, vfs;     /* size = one x vfs, 0 = unknown */
	const struct item *from;
	unsigned line;
	const struct kmsg_event *log;
	const struct fn *bridge; /* LACK_OUTSIDE: the port whose windows do not hold it */
};
/* The first VF BAR of the PF that lacks memory. False: none does, or nothing is known. */
bool shortage_judge(struct run *run, const struct fn *pf, struct shortage *out);

/* Memory windows of the host bridges: is there one above 4 GiB? Unknown where none was seen and no address proves one. */
enum tri space_above_4g(struct run *run, uint32_t domain, const struct root_window **highest, uint64_t *seen);
/* PFs in view that lack memory. */
size_t shortages(struct run *run, const struct fn **first);

#endif
