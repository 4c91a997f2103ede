/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which dwords of a function's configuration space are read on a live host: the header, then both capability lists, and of
 * each capability what is decoded of it. Some devices lock up when undefined registers are read, and every dword costs an exit
 * from a virtual machine or a round trip to the device.
 */
#ifndef SRIOV_SOURCE_CONFIG_READ_H
#define SRIOV_SOURCE_CONFIG_READ_H

#include "source.h"

struct config_access {
	/* Reads n bytes (a multiple of 4) at offset; 0 or negative errno. */
	int (*read)(void *data, unsigned offset, uint8_t *bytes, unsigned n);
	void *data;
	unsigned dwords;  /* how many were read: the caller may look */
	bool cut;         /* set: a read behind the header was refused */
};

/* bytes and known: size bytes each (at most 4096), zeroed. 0, or the errno of the first read; later ones end a list. */
int config_read(struct config_access *access, bool is_vf, enum source_depth depth, unsigned size, uint8_t *bytes, uint8_t *known) MUST_CHECK;

#endif
