/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Both capability lists. Each dword is entered at most once, so that every list ends whatever its pointers say; each turn but the last
 * adds one capability, so that there is room for all, and where there is no more room the list is in a loop.
 */
#include <string.h>
#include "decode/walk.h"

#define STD_FIRST 0x40u
#define EXT_FIRST 0x100u
#define EXT_LAST  0xffcu

#define CAP_PCIX    0x07
#define CAP_EXPRESS 0x10

static void add(struct cap_walk *walk, struct cap_at cap)
{
	walk->caps[walk->n++] = cap;
}

static void walk_std(const struct bytes *config, struct cap_walk *walk)
{
	uint64_t status;
	uint32_t where;
	uint8_t layout, byte;
	uint64_t seen = 0; /* a bit a dword */
	walk->std_bad = 0x06;
	walk->std_end = WALK_UNREAD;
	/* of a function known from text only the bit that says that there is a list may be known */
	if (bytes_bits(config, 0x06, 2, 4, 1, &status))
		return;
	uint16_t all;
	if (!bytes_u16(config, 0x06, &all) && all == 0xffff) {
		walk->std_end = WALK_ALL_ONES;
		return;
	}
	walk->std_bad = 0;
	walk->std_end = WALK_NONE;
	if (!status)
		return;
	walk->std_end = WALK_UNREAD;
	walk->std_bad = 0x0e;
	if (bytes_u8(config, 0x0e, &layout))
		return;
	walk->std_bad = (layout & 0x7f) == 2 ? 0x14 : 0x34;
	if (bytes_u8(config, walk->std_bad, &byte))
		return;
	/* the two low bits of a pointer are reserved: readers mask them, a rule complains */
	for (where = byte & 0xfcu; where; where = byte & 0xfcu) {
		uint8_t id = 0;
		walk->std_bad = (uint16_t)where;
		walk->std_end = WALK_POINTER;
		if (where < STD_FIRST)
			return;
		walk->std_end = WALK_LOOP;
		if (walk->n >= CAPS_STD_MAX || seen >> where / 4 & 1)
			return;
		seen |= UINT64_C(1) << where / 4;
		walk->std_end = WALK_UNREAD;
		if (bytes_u8(config, where, &id) || bytes_u8(config, where + 1, &byte))
			return;
		walk->std_end = WALK_ALL_ONES;
		if (id == 0xff)
			return;
		add(walk, (struct cap_at){.id = id, .offset = (uint16_t)where, .next = byte, .space = CAP_STANDARD});
	}
	walk->std_bad = 0;
	walk->std_end = WALK_END;
}

/* Only PCI Express and PCI-X 2 functions have extended space; others may show anything there, host bridges mirror their ids. */
static bool has_extended(const struct bytes *config, const struct cap_walk *walk)
{
	uint8_t layout;
	bool bridge = !bytes_u8(config, 0x0e, &layout) && (layout & 0x7f) == 1;
	for (unsigned i = 0; i < walk->n; i++) {
		uint64_t fast = 0;
		if (walk->caps[i].id == CAP_EXPRESS)
			return true;
		/* 266 and 533 MHz bits: of the Secondary Status of a bridge, else of the PCI-X Status */
		if (walk->caps[i].id == CAP_PCIX &&
		    !bytes_bits(config, walk->caps[i].offset + (bridge ? 2u : 6u), 2, 14, 2, &fast) && fast)
			return true;
	}
	return false;
}

static void walk_ext(const struct bytes *config, struct cap_walk *walk)
{
	uint32_t header = 0;
	uint64_t seen[4096 / 4 / 64] = {0}; /* a bit a dword */
	bool unread = bytes_u32(config, EXT_FIRST, &header) != 0;
	walk->ext_bad = 0;
	walk->ext_end = WALK_NONE;
	if (!has_extended(config, walk)) {
		if (walk->std_end == WALK_UNREAD || walk->std_end == WALK_ALL_ONES) {
			walk->ext_end = header == UINT32_MAX ? WALK_ALL_ONES : WALK_UNREAD;
			walk->ext_bad = EXT_FIRST;
		}
		return;
	}
	if (!unread && !header)
		return;
	for (uint32_t where = EXT_FIRST; where; where = header >> 20 & EXT_LAST) {
		walk->ext_bad = (uint16_t)where;
		walk->ext_end = WALK_POINTER;
		if (where < EXT_FIRST)
			return;
		walk->ext_end = WALK_LOOP;
		if (walk->n >= ARRAY_SIZE(walk->caps) || seen[where / 256] >> where / 4 % 64 & 1)
			return;
		seen[where / 256] |= UINT64_C(1) << where / 4 % 64;
		walk->ext_end = WALK_UNREAD;
		if (bytes_u32(config, where, &header))
			return;
		walk->ext_end = WALK_ALL_ONES;
		if (header == UINT32_MAX)
			return;
		/* id 0 is a null capability: it does not end the list; a header of zeros does */
		if (header)
			add(walk, (struct cap_at){.id = (uint16_t)header, .version = (uint8_t)(header >> 16 & 0xf), .offset = (uint16_t)where,
				    .next = (uint16_t)(header >> 20), .space = CAP_EXTENDED});
	}
	walk->ext_bad = 0;
	walk->ext_end = WALK_END;
}

void walk_caps(const struct bytes *config, struct cap_walk *walk)
{
	walk->n = 0; /* all else is set below, or counts only up to n */
	walk_std(config, walk);
	walk_ext(config, walk);
}
