/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SRIOV_SOURCE_KERNEL_LOG_H
#define SRIOV_SOURCE_KERNEL_LOG_H

#include "snapshot/snapshot.h"

/* The running kernel's log as the item "dmesg", read without consuming it; denied is recorded as denied. */
int kernel_log_read(struct snapshot *snap) MUST_CHECK;
/* In place: each line begins with its level in angle brackets, which dmesg does not show. Returns the text's new length. */
size_t kernel_log_drop_levels(char *text, size_t n);

#endif
