/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the PF's driver is and said. */
#ifndef SRIOV_CHECK_DRIVER_H
#define SRIOV_CHECK_DRIVER_H

#include "facts.h"
#include "data/data.h"
#include "decode/session.h"

/* The driver's name by its link, else by the log lines that it wrote for the function. NULL: unknown. */
const char *driver_of(struct run *run, const struct fn *pf);
const struct driver_info *driver_info_of(struct run *run, const struct fn *pf);
/* Can the bound driver enable VFs by sriov_numvfs? Unknown: not in the table, or its kernel is not known. */
enum tri driver_can(struct run *run, const struct fn *pf);
/* The kernel is older than the row's. */
bool kernel_before(const struct run *run, unsigned major, unsigned minor);
/* An integrated Intel GPU: the kernel's own i915 has no sriov_configure, builds of it have. */
bool is_i915_pf(struct run *run, const struct fn *pf);
/* One finding for a log event of a type that says it all; subject NULL takes what no PF in view owns. The event, or NULL. */
const struct kmsg_event *say_event(struct run *run, const struct check *check, const struct fn *pf, enum kmsg_type type,
				   enum severity severity, const char *what);
/* A parameter of a module (module_parameter() of vf.h); p == NULL: not known, *where is then where it would be. */
struct slice option_of(struct run *run, const char *module, const char *name, const char **where);

#endif
