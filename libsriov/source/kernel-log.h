/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SRIOV_SOURCE_KERNEL_LOG_H
#define SRIOV_SOURCE_KERNEL_LOG_H

#include "snapshot/snapshot.h"

/* The running kernel's log as the item "dmesg", read without consuming it; denied is recorded as denied. */
int kernel_log_read(struct snapshot *snap) MUST_CHECK;

#endif
