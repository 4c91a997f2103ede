/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names under which firmware exports the settings that decide about SR-IOV. */
#ifndef SRIOV_DATA_BIOS_SETTINGS_H
#define SRIOV_DATA_BIOS_SETTINGS_H

#include "util/macro.h"

enum bios_meaning { BIOS_SRIOV, BIOS_IOMMU, BIOS_ARI, BIOS_ACS, BIOS_ABOVE_4G, BIOS_MMIO_SIZE, BIOS_MEANINGS };

struct bios_setting {
	const char *vendor;      /* for the reader; all rows are tried on all exports */
	const char *pattern;     /* of the name in lower case without anything but letters and digits; * and ? as in a shell */
	enum bios_meaning meaning;
	const char *on, *off;    /* comma lists of values in the same spelling, NULL: the usual ones (enabled, on, yes, 1, …) */
	const char *source;
};

extern const struct bios_setting bios_settings[];
extern const size_t bios_settings_n;
extern const char *const bios_meaning_names[BIOS_MEANINGS]; /* "SR-IOV", "IOMMU", …: the report's names */

#endif
