/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel options that decide about SR-IOV, as data. */
#ifndef SRIOV_DATA_KERNEL_OPTIONS_H
#define SRIOV_DATA_KERNEL_OPTIONS_H

#include "util/macro.h"

struct kernel_option {
	const char *name;
	const char *values;      /* comma list of the words that there are; NULL: any value */
	const char *vendors;     /* comma list of processor vendors on which it means something; NULL: all */
	const char *meant;       /* set: there is no such option, this was meant */
	bool last_counts;        /* given twice: the last one replaces the first, whatever the values */
	const char *source;
};

extern const struct kernel_option kernel_options[];
extern const size_t kernel_options_n;

#endif
