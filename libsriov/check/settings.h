/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SRIOV_CHECK_SETTINGS_H
#define SRIOV_CHECK_SETTINGS_H

#include "check.h"

/* report->settings: what firmware is set to, read where it can be read, else inferred from what it left behind. */
int settings_run(struct run *run) MUST_CHECK;

#endif
