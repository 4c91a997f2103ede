/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SR-IOV, in PFs only. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS   "PCIe 6.0 9.3.3.2"
#define CTRL   "PCIe 6.0 9.3.3.3"
#define STATUS "PCIe 6.0 9.3.3.4"
#define BARS   "PCIe 6.0 9.3.3.14"

static const struct field_value migration_states[] = {
	{0, "no request"}, {1, "migration in or out requested"}, {0, NULL},
};

static const struct field fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "VF Migration Capable", CAPS),
	FLAG(0x04, 4, 1, HWINIT, "ARI Capable Hierarchy Preserved", CAPS),
	FLAG(0x04, 4, 2, HWINIT, "VF 10-Bit Tag Requester Supported", CAPS),
	FLAG(0x04, 4, 3, HWINIT, "VF 14-Bit Tag Requester Supported", CAPS),
	RSVD(0x04, 4, 4, 17, "SR-IOV Capabilities Reserved", CAPS),
	UINT(0x04, 4, 21, 11, RO, "VF Migration Interrupt Message Number", CAPS),
	FLAG(0x08, 2, 0, RW, "VF Enable", CTRL),
	FLAG(0x08, 2, 1, RW, "VF Migration Enable", CTRL),
	FLAG(0x08, 2, 2, RW, "VF Migration Interrupt Enable", CTRL),
	FLAG(0x08, 2, 3, RW, "VF MSE", CTRL),
	FLAG(0x08, 2, 4, RW, "ARI Capable Hierarchy", CTRL),
	FLAG(0x08, 2, 5, RW, "VF 10-Bit Tag Requester Enable", CTRL),
	FLAG(0x08, 2, 6, RW, "VF 14-Bit Tag Requester Enable", CTRL),
	RSVD(0x08, 2, 7, 9, "SR-IOV Control Reserved", CTRL),
	ROW(FIELD_FLAG, 0x0a, 2, 0, 1, RW1C, "VF Migration Status", STATUS, .values = migration_states),
	RSVD(0x0a, 2, 1, 15, "SR-IOV Status Reserved", STATUS),
	UINT(0x0c, 2, 0, 16, HWINIT, "InitialVFs", "PCIe 6.0 9.3.3.5"),
	UINT(0x0e, 2, 0, 16, HWINIT, "TotalVFs", "PCIe 6.0 9.3.3.6"),
	UINT(0x10, 2, 0, 16, RW, "NumVFs", "PCIe 6.0 9.3.3.7"),
	UINT(0x12, 1, 0, 8, RO, "Function Dependency Link", "PCIe 6.0 9.3.3.8"),
	RSVD(0x13, 1, 0, 8, "Reserved (13h)", "PCIe 6.0 9.3.3"),
	UINT(0x14, 2, 0, 16, RO, "First VF Offset", "PCIe 6.0 9.3.3.9"),
	UINT(0x16, 2, 0, 16, RO, "VF Stride", "PCIe 6.0 9.3.3.10"),
	RSVD(0x18, 2, 0, 16, "Reserved (18h)", "PCIe 6.0 9.3.3"),
	HEX(0x1a, 2, 0, 16, RO, "VF Device ID", "PCIe 6.0 9.3.3.11"),
	HEX(0x1c, 4, 0, 32, RO, "Supported Page Sizes", "PCIe 6.0 9.3.3.12"),
	HEX(0x20, 4, 0, 32, RW, "System Page Size", "PCIe 6.0 9.3.3.13"),
	HEX(0x24, 4, 0, 32, RW, "VF BAR0", BARS),
	HEX(0x28, 4, 0, 32, RW, "VF BAR1", BARS),
	HEX(0x2c, 4, 0, 32, RW, "VF BAR2", BARS),
	HEX(0x30, 4, 0, 32, RW, "VF BAR3", BARS),
	HEX(0x34, 4, 0, 32, RW, "VF BAR4", BARS),
	HEX(0x38, 4, 0, 32, RW, "VF BAR5", BARS),
	UINT(0x3c, 4, 0, 3, RO, "VF Migration State BIR", "PCIe 6.0 9.3.3.15"),
	HEX(0x3c, 4, 0, 32, RO, "VF Migration State Array Offset", "PCIe 6.0 9.3.3.15"),
};

const struct cap_desc cap_sriov = {
	.space = CAP_EXTENDED, .id = 0x0010, .name = "SR-IOV", .spec = "PCIe 6.0 9.3.3", .min_len = 0x40, ROWS(fields), .shown = true,
};
