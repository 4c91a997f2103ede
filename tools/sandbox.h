/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A tool gives up what it does not need: in READING all but the reading of its sources, in DECODING all but the writing of its
 * outputs. Nothing here can fail a run: what a kernel or container refuses is named in the state.
 */
#ifndef TOOLS_SANDBOX_H
#define TOOLS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum sandbox_stage {
	SANDBOX_READING,  /* before anything of a stranger is read */
	SANDBOX_DECODING, /* everything is read: no file is opened any more but the outputs */
};

struct sandbox {
	bool host;                  /* this host is among the sources: its configuration space and log want privileges */
	const char *const *outputs; /* files that will be written, in their folders; "-" does not count */
	size_t outputs_n;
	char state[512];            /* what was done and what was skipped, in words */
	size_t state_n;
};

void sandbox_enter(struct sandbox *sandbox, enum sandbox_stage stage);

#endif
