/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"
#include "rows.h"

/*
 * THE array. A cause stands before what it may cause and before what is cheaper to blame: seen from the host inward first (can this be
 * seen at all?), then up the ladder; within a rung, what explains others comes first, the plain symptom last.
 */
const struct check *const checks[] = {
#define ROW(name) &check_##name,
#include "rows.def"
#undef ROW
};
const size_t checks_n = ARRAY_SIZE(checks);

const struct check *check_find(const char *id)
{
	for (size_t i = 0; i < checks_n; i++)
		if (!strcmp(checks[i]->id, id))
			return checks[i];
	return NULL;
}
