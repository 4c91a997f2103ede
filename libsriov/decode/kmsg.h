/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kernel log text -> typed lines. Pure: text in, events out. */
#ifndef SRIOV_DECODE_KMSG_H
#define SRIOV_DECODE_KMSG_H

#include "sriov.h"
#include "util/arena.h"
#include "util/slice.h"

struct kmsg_event;

struct kmsg {
	struct kmsg_event *events; /* in the order of the log; of several boots only the last's */
	size_t n, room;
};

#endif
