/* SPDX-License-Identifier: GPL-2.0-or-later */
/* More VFs asked for than the PF offers, by -n or in a session. */
#ifndef SRIOV_CHECK_EXCEED_H
#define SRIOV_CHECK_EXCEED_H

#include "driver.h"

struct exceed {
	uint64_t asked, limit;
	bool limit_known;
	const struct session_write *write; /* or NULL: asked by -n */
	const struct item *from;           /* of the limit */
	bool by_driver;                    /* the driver's limit, below TotalVFs */
	bool fixed;                        /* the device's number of VFs is known not to be a matter of its firmware's settings */
};
/* sriov_numvfs of an interface that stands for a function without an address is 0. */
bool nameless_without_vfs(const struct run *run);
/* pf NULL: of what no PF in view owns. */
bool exceed_judge(struct run *run, const struct fn *pf, struct exceed *out);

#endif
