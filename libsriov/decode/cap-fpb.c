/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flattening Portal Bridge. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS  "PCIe 6.0 7.8.11.2"
#define RID1  "PCIe 6.0 7.8.11.3"
#define RID2  "PCIe 6.0 7.8.11.4"
#define LOW   "PCIe 6.0 7.8.11.5"
#define HIGH1 "PCIe 6.0 7.8.11.6"
#define HIGH2 "PCIe 6.0 7.8.11.7"
#define ACCESS "PCIe 6.0 7.8.11.8"

static const struct field_value vectors[] = {
	{0, "RID"}, {1, "MEM Low"}, {2, "MEM High"}, {3, "reserved"}, {0, NULL},
};

static const struct field fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "FPB RID Decode Mechanism Supported", CAPS),
	FLAG(0x04, 4, 1, HWINIT, "FPB MEM Low Decode Mechanism Supported", CAPS),
	FLAG(0x04, 4, 2, HWINIT, "FPB MEM High Decode Mechanism Supported", CAPS),
	UINT(0x04, 4, 3, 5, HWINIT, "FPB Num Sec Dev", CAPS),
	UINT(0x04, 4, 8, 3, HWINIT, "FPB RID Vector Size Supported", CAPS),
	UINT(0x04, 4, 16, 3, HWINIT, "FPB MEM Low Vector Size Supported", CAPS),
	UINT(0x04, 4, 24, 3, HWINIT, "FPB MEM High Vector Size Supported", CAPS),
	FLAG(0x08, 4, 0, RW, "FPB RID Decode Mechanism Enable", RID1),
	UINT(0x08, 4, 4, 4, RW, "FPB RID Vector Granularity", RID1),
	HEX(0x08, 4, 19, 13, RW, "FPB RID Vector Start", RID1, .shift = 3),
	HEX(0x0c, 4, 3, 13, RW, "FPB RID Secondary Start", RID2, .shift = 3),
	FLAG(0x10, 4, 0, RW, "FPB MEM Low Decode Mechanism Enable", LOW),
	UINT(0x10, 4, 4, 4, RW, "FPB MEM Low Vector Granularity", LOW),
	HEX(0x10, 4, 20, 12, RW, "FPB MEM Low Vector Start", LOW, .shift = 20),
	FLAG(0x14, 4, 0, RW, "FPB MEM High Decode Mechanism Enable", HIGH1),
	UINT(0x14, 4, 4, 4, RW, "FPB MEM High Vector Granularity", HIGH1),
	HEX(0x14, 4, 28, 4, RW, "FPB MEM High Vector Start Lower", HIGH1, .shift = 28),
	HEX(0x18, 4, 0, 32, RW, "FPB MEM High Vector Start Upper", HIGH2),
	UINT(0x1c, 4, 0, 8, RW, "FPB Vector Access Offset", ACCESS),
	ENUM(0x1c, 4, 14, 2, RW, "FPB Vector Select", ACCESS, vectors),
	HEX(0x20, 4, 0, 32, RW, "FPB Vector Access Data", "PCIe 6.0 7.8.11.9"),
};

const struct cap_desc cap_fpb = {
	.space = CAP_STANDARD, .id = 0x15, .name = "Flattening Portal Bridge", .spec = "PCIe 6.0 7.8.11", .min_len = 0x24, ROWS(fields),
};
