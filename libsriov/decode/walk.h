/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both capability lists of a configuration space: every list ends, whatever the bytes are. */
#ifndef SRIOV_DECODE_WALK_H
#define SRIOV_DECODE_WALK_H

#include "decode/field.h"

#define CAPS_STD_MAX 48   /* (256 - 64) / 4 */
#define CAPS_EXT_MAX 960  /* (4096 - 256) / 4 */

enum walk_end {
	WALK_END,       /* the list ended as it should */
	WALK_NONE,      /* there is no list (status bit clear; no PCI Express capability; 0x100 reads 0) */
	WALK_UNREAD,    /* the next header was not read (dump too short, not root) */
	WALK_LOOP,      /* a pointer leads to a capability that was seen already */
	WALK_POINTER,   /* a pointer leads outside of the space, or is not aligned */
	WALK_ALL_ONES,  /* a header reads all ones: the function is gone, or the read was blocked */
};

struct cap_at {
	uint16_t id, offset, next;
	uint8_t version;
	enum cap_space space;
};

struct cap_walk {
	struct cap_at caps[CAPS_STD_MAX + CAPS_EXT_MAX];
	unsigned n;
	enum walk_end std_end, ext_end;
	uint16_t std_bad, ext_bad; /* the offset that ended it badly, or whose header was not read */
};

/* config: the whole configuration space as far as known. */
void walk_caps(const struct bytes *config, struct cap_walk *walk);

#endif
