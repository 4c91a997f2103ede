/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many VFs each thing allows. */
#ifndef SRIOV_PLAN_LIMITS_H
#define SRIOV_PLAN_LIMITS_H

#include "plan/inputs.h"

struct limit {
	const char *name; /* of the report's limited-by */
	uint64_t vfs;
	bool sure;
};

enum { BY_DEVICE, BY_FIRMWARE, BY_DRIVER, BY_MMIO, BY_BUSES, BY_ARI, LIMITS };

void limits_gather(const struct inputs *in, struct limit limits[LIMITS]);
/* Does the limit set in before the device's own? */
bool limit_sets_in(const struct inputs *in, const struct limit limits[LIMITS], unsigned i);

#endif
