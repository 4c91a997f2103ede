/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The firmware's own settings, where it can be read. */
#ifndef SRIOV_CHECK_FIRMWARE_H
#define SRIOV_CHECK_FIRMWARE_H

#include "facts.h"
#include "decode/bios.h"

struct firmware_setting {
	bool readable;      /* settings were exported, many of them */
	bool found, off;
	const char *where, *text; /* the line, and "Name: value" */
};
void firmware_setting(struct run *run, enum bios_meaning meaning, struct firmware_setting *out);
/* Several devices lack memory for their VFs, none has it, and no window or option is to blame: firmware left them all alone. */
bool all_left_alone(struct run *run, size_t *devices);

#endif
