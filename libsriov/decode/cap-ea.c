/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Enhanced Allocation: BARs at fixed places. Entries have their own lengths; a bridge has its bus numbers before them. */
#include "decode/caps.h"
#include "decode/rows.h"

#define NUM   "PCIe 6.0 7.8.5.1"
#define BUSES "PCIe 6.0 7.8.5.2"
#define ENTRY "PCIe 6.0 7.8.5.3"

static unsigned entries(const struct bytes *cap)
{
	return rows_reg(cap, 2, 1) & 0x3f;
}
static unsigned entry_bytes(const struct bytes *cap, unsigned at)
{
	return 4 + 4 * (rows_reg(cap, 4 + at, 4) & 7);
}
static unsigned entry_at(const struct bytes *cap, unsigned index)
{
	unsigned at = rows_is_bridge(cap) ? 4 : 0;
	for (unsigned i = 0; i < index; i++)
		at += entry_bytes(cap, at);
	return at;
}
/* A register of an entry, if the entry is long enough for it. */
static unsigned word_at(const struct bytes *cap, unsigned index, unsigned word)
{
	unsigned at = entry_at(cap, index);
	return at + 4 * word < entry_at(cap, index + 1) ? at + 4 * word : FIELD_NOWHERE;
}
static unsigned base_at(const struct bytes *cap, unsigned index)
{
	return word_at(cap, index, 1);
}
static unsigned max_at(const struct bytes *cap, unsigned index)
{
	return word_at(cap, index, 2);
}
static bool is_64(const struct bytes *cap, unsigned index, unsigned word)
{
	unsigned at = word_at(cap, index, word);
	return at != FIELD_NOWHERE && rows_reg(cap, 4 + at, 4) & 2;
}
static unsigned base_high_at(const struct bytes *cap, unsigned index)
{
	return is_64(cap, index, 1) ? word_at(cap, index, 3) : FIELD_NOWHERE;
}
static unsigned max_high_at(const struct bytes *cap, unsigned index)
{
	return is_64(cap, index, 2) ? word_at(cap, index, is_64(cap, index, 1) ? 4 : 3) : FIELD_NOWHERE;
}
static unsigned length(const struct bytes *cap)
{
	return 4 + entry_at(cap, entries(cap));
}

static const struct field_value equivalents[] = {
	{0, "BAR0"}, {1, "BAR1"}, {2, "BAR2"}, {3, "BAR3"}, {4, "BAR4"}, {5, "BAR5"}, {6, "resource behind the bridge"}, {7, "not indicated"},
	{8, "Expansion ROM"}, {9, "VF BAR0"}, {10, "VF BAR1"}, {11, "VF BAR2"}, {12, "VF BAR3"}, {13, "VF BAR4"}, {14, "VF BAR5"}, {15, "reserved"},
	{0, NULL},
};
static const struct field_value properties[] = {
	{0x00, "memory, non-prefetchable"}, {0x01, "memory, prefetchable"}, {0x02, "I/O"}, {0x03, "VF memory, prefetchable"},
	{0x04, "VF memory, non-prefetchable"}, {0x05, "bridge memory, non-prefetchable"}, {0x06, "bridge memory, prefetchable"}, {0x07, "bridge I/O"},
	{0xfd, "memory, unavailable for use"}, {0xfe, "I/O, unavailable for use"}, {0xff, "entry unavailable for use"}, {0, NULL},
};

#define EACH(where) .count = entries, .place = where

static const struct field fields[] = {
	UINT(0x02, 1, 0, 6, HWINIT, "Num Entries", NUM),
	UINT(0x04, 1, 0, 8, RO, "Fixed Secondary Bus Number", BUSES, .when = rows_is_bridge),
	UINT(0x05, 1, 0, 8, RO, "Fixed Subordinate Bus Number", BUSES, .when = rows_is_bridge),
	UINT(0x04, 4, 0, 3, HWINIT, "Entry # Entry Size", ENTRY, EACH(entry_at)),
	ENUM(0x04, 4, 4, 4, HWINIT, "Entry # BAR Equivalent Indicator", ENTRY, equivalents, EACH(entry_at)),
	ENUM(0x04, 4, 8, 8, HWINIT, "Entry # Primary Properties", ENTRY, properties, EACH(entry_at)),
	ENUM(0x04, 4, 16, 8, HWINIT, "Entry # Secondary Properties", ENTRY, properties, EACH(entry_at)),
	FLAG(0x04, 4, 30, RO, "Entry # Writable", ENTRY, EACH(entry_at)),
	FLAG(0x04, 4, 31, RW, "Entry # Enable", ENTRY, EACH(entry_at)),
	FLAG(0x04, 4, 1, RO, "Entry # Base 64-bit", ENTRY, EACH(base_at)),
	HEX(0x04, 4, 2, 30, HWINIT, "Entry # Base", ENTRY, EACH(base_at), .shift = 2),
	FLAG(0x04, 4, 1, RO, "Entry # MaxOffset 64-bit", ENTRY, EACH(max_at)),
	HEX(0x04, 4, 2, 30, HWINIT, "Entry # MaxOffset", ENTRY, EACH(max_at), .shift = 2),
	HEX(0x04, 4, 0, 32, HWINIT, "Entry # Base Upper", ENTRY, EACH(base_high_at)),
	HEX(0x04, 4, 0, 32, HWINIT, "Entry # MaxOffset Upper", ENTRY, EACH(max_high_at)),
};

const struct cap_desc cap_ea = {
	.space = CAP_STANDARD, .id = 0x14, .name = "Enhanced Allocation", .spec = "PCIe 6.0 7.8.5", .min_len = 4, .length = length, ROWS(fields),
};
