/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Integrity and Data Encryption: one block a link stream, then one a selective stream, each as long as its address associations are many. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS "PCIe 6.0 7.9.26.2"
#define CTRL "PCIe 6.0 7.9.26.3"
#define LINKCTL "PCIe 6.0 7.9.26.4.1"
#define LINKSTA "PCIe 6.0 7.9.26.4.2"
#define SELCAP "PCIe 6.0 7.9.26.5.1"
#define SELCTL "PCIe 6.0 7.9.26.5.2"
#define SELSTA "PCIe 6.0 7.9.26.5.3"
#define RIDA "PCIe 6.0 7.9.26.5.4"
#define ADDRA "PCIe 6.0 7.9.26.5.5"

#define BLOCKS   0x0c /* where the blocks begin */
#define LINK     8u   /* bytes of a link stream's block */
#define SEL      20u  /* of a selective stream's, without associations */
#define ASSOC    12u
#define ENTRIES  256u /* more associations than this are not shown */

static unsigned link_streams(const struct bytes *cap)
{
	uint32_t reg = rows_reg(cap, 4, 4);
	return reg & 1 ? (reg >> 13 & 7) + 1 : 0;
}
static unsigned selective_streams(const struct bytes *cap)
{
	uint32_t reg = rows_reg(cap, 4, 4);
	return reg & 2 ? (reg >> 16 & 0xff) + 1 : 0;
}
static unsigned associations_at(const struct bytes *cap, unsigned block)
{
	return rows_reg(cap, BLOCKS + block, 4) & 0xf;
}
/* Where the block of a selective stream begins, from BLOCKS on. */
static unsigned selective_at(const struct bytes *cap, unsigned index)
{
	unsigned at = LINK * link_streams(cap);
	for (unsigned i = 0; i < index; i++)
		at += SEL + ASSOC * associations_at(cap, at);
	return at;
}
static unsigned associations(const struct bytes *cap)
{
	unsigned n = 0, at = LINK * link_streams(cap);
	for (unsigned i = 0; i < selective_streams(cap); i++) {
		n += associations_at(cap, at);
		at += SEL + ASSOC * associations_at(cap, at);
	}
	return n > ENTRIES ? ENTRIES : n;
}
static unsigned association_at(const struct bytes *cap, unsigned index)
{
	unsigned at = LINK * link_streams(cap);
	for (unsigned i = 0; i < selective_streams(cap); i++) {
		unsigned n = associations_at(cap, at);
		if (index < n)
			return at + SEL + ASSOC * index;
		index -= n;
		at += SEL + ASSOC * n;
	}
	return FIELD_NOWHERE;
}
static unsigned length(const struct bytes *cap)
{
	return BLOCKS + selective_at(cap, selective_streams(cap));
}

static const struct field_value states[] = {
	{0, "insecure"}, {2, "secure"}, {0, NULL},
};
static const struct field_value algorithms[] = {
	{0, "AES-GCM 256 bit key, 96 bit MAC"}, {0, NULL},
};

#define LINKS .count = link_streams, .stride = LINK
#define SELS  .count = selective_streams, .place = selective_at
#define ASSOCS .count = associations, .place = association_at

static const struct field fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "Link IDE Stream Supported", CAPS),
	FLAG(0x04, 4, 1, HWINIT, "Selective IDE Streams Supported", CAPS),
	FLAG(0x04, 4, 2, HWINIT, "Flow-Through IDE Stream Supported", CAPS),
	FLAG(0x04, 4, 3, HWINIT, "Partial Header Encryption Supported", CAPS),
	FLAG(0x04, 4, 4, HWINIT, "Aggregation Supported", CAPS),
	FLAG(0x04, 4, 5, HWINIT, "PCRC Supported", CAPS),
	FLAG(0x04, 4, 6, HWINIT, "IDE_KM Protocol Supported", CAPS),
	FLAG(0x04, 4, 7, HWINIT, "Selective IDE for Configuration Requests Supported", CAPS),
	ENUM(0x04, 4, 8, 5, HWINIT, "Supported Algorithms", CAPS, algorithms),
	UINT(0x04, 4, 13, 3, HWINIT, "Number of TCs Supported for Link IDE", CAPS),
	UINT(0x04, 4, 16, 8, HWINIT, "Number of Selective IDE Streams Supported", CAPS),
	FLAG(0x04, 4, 24, HWINIT, "TEE-Limited Stream Supported", CAPS),
	FLAG(0x04, 4, 25, HWINIT, "XT Mode Supported", CAPS),
	RSVD(0x04, 4, 26, 6, "IDE Capability Reserved", CAPS),
	FLAG(0x08, 4, 2, RW, "Flow-Through IDE Stream Enabled", CTRL),

	FLAG(0x0c, 4, 0, RW, "Link Stream # Enable", LINKCTL, LINKS),
	UINT(0x0c, 4, 2, 2, RW, "Link Stream # Tx Aggregation Mode NPR", LINKCTL, LINKS),
	UINT(0x0c, 4, 4, 2, RW, "Link Stream # Tx Aggregation Mode PR", LINKCTL, LINKS),
	UINT(0x0c, 4, 6, 2, RW, "Link Stream # Tx Aggregation Mode CPL", LINKCTL, LINKS),
	FLAG(0x0c, 4, 8, RW, "Link Stream # PCRC Enable", LINKCTL, LINKS),
	UINT(0x0c, 4, 10, 4, RW, "Link Stream # Partial Header Encryption Mode", LINKCTL, LINKS),
	ENUM(0x0c, 4, 14, 5, RW, "Link Stream # Selected Algorithm", LINKCTL, algorithms, LINKS),
	UINT(0x0c, 4, 19, 3, RW, "Link Stream # TC", LINKCTL, LINKS),
	UINT(0x0c, 4, 24, 8, RW, "Link Stream # Stream ID", LINKCTL, LINKS),
	ENUM(0x10, 4, 0, 4, RO, "Link Stream # State", LINKSTA, states, LINKS),
	FLAG(0x10, 4, 31, RW1C, "Link Stream # Received Integrity Check Fail Message", LINKSTA, LINKS),

	UINT(0x0c, 4, 0, 4, HWINIT, "Selective Stream # Address Association Register Blocks", SELCAP, SELS),
	FLAG(0x10, 4, 0, RW, "Selective Stream # Enable", SELCTL, SELS),
	UINT(0x10, 4, 2, 2, RW, "Selective Stream # Tx Aggregation Mode NPR", SELCTL, SELS),
	UINT(0x10, 4, 4, 2, RW, "Selective Stream # Tx Aggregation Mode PR", SELCTL, SELS),
	UINT(0x10, 4, 6, 2, RW, "Selective Stream # Tx Aggregation Mode CPL", SELCTL, SELS),
	FLAG(0x10, 4, 8, RW, "Selective Stream # PCRC Enable", SELCTL, SELS),
	FLAG(0x10, 4, 9, RW, "Selective Stream # IDE for Configuration Requests Enable", SELCTL, SELS),
	UINT(0x10, 4, 10, 4, RW, "Selective Stream # Partial Header Encryption Mode", SELCTL, SELS),
	ENUM(0x10, 4, 14, 5, RW, "Selective Stream # Selected Algorithm", SELCTL, algorithms, SELS),
	UINT(0x10, 4, 19, 3, RW, "Selective Stream # TC", SELCTL, SELS),
	FLAG(0x10, 4, 22, RW, "Selective Stream # Default Stream", SELCTL, SELS),
	FLAG(0x10, 4, 23, RW, "Selective Stream # TEE-Limited Stream", SELCTL, SELS),
	UINT(0x10, 4, 24, 8, RW, "Selective Stream # Stream ID", SELCTL, SELS),
	ENUM(0x14, 4, 0, 4, RO, "Selective Stream # State", SELSTA, states, SELS),
	FLAG(0x14, 4, 31, RW1C, "Selective Stream # Received Integrity Check Fail Message", SELSTA, SELS),
	HEX(0x18, 4, 8, 16, RW, "Selective Stream # RID Limit", RIDA, SELS),
	FLAG(0x1c, 4, 0, RW, "Selective Stream # RID Association Valid", RIDA, SELS),
	HEX(0x1c, 4, 8, 16, RW, "Selective Stream # RID Base", RIDA, SELS),
	HEX(0x1c, 4, 24, 8, RW, "Selective Stream # Segment Base", RIDA, SELS),

	FLAG(0x0c, 4, 0, RW, "Address Association # Valid", ADDRA, ASSOCS),
	HEX(0x0c, 4, 8, 12, RW, "Address Association # Memory Base Lower", ADDRA, ASSOCS, .shift = 20),
	HEX(0x0c, 4, 20, 12, RW, "Address Association # Memory Limit Lower", ADDRA, ASSOCS, .shift = 20),
	HEX(0x10, 4, 0, 32, RW, "Address Association # Memory Limit Upper", ADDRA, ASSOCS),
	HEX(0x14, 4, 0, 32, RW, "Address Association # Memory Base Upper", ADDRA, ASSOCS),
};

const struct cap_desc cap_ide = {
	.space = CAP_EXTENDED, .id = 0x30, .name = "Integrity and Data Encryption", .spec = "PCIe 6.0 7.9.26", .min_len = 0x0c, .length = length,
	ROWS(fields),
};
