/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Power Management. */
#include "decode/caps.h"
#include "decode/rows.h"

#define PMC   "PCIe 6.0 7.5.2.1"
#define PMCSR "PCIe 6.0 7.5.2.2"

static const struct field_value aux_current[] = {
	{0, "0 mA"}, {1, "55 mA"}, {2, "100 mA"}, {3, "160 mA"}, {4, "220 mA"}, {5, "270 mA"}, {6, "320 mA"}, {7, "375 mA"}, {0, NULL},
};
static const struct field_value states[] = {
	{0, "D0"}, {1, "D1"}, {2, "D2"}, {3, "D3hot"}, {0, NULL},
};

static const struct field fields[] = {
	UINT(0x02, 2, 0, 3, RO, "Version", PMC),
	FLAG(0x02, 2, 3, RO, "PME Clock", PMC),
	FLAG(0x02, 2, 4, RO, "Immediate_Readiness_on_Return_to_D0", PMC),
	FLAG(0x02, 2, 5, RO, "Device Specific Initialization", PMC),
	ENUM(0x02, 2, 6, 3, RO, "Aux_Current", PMC, aux_current),
	FLAG(0x02, 2, 9, RO, "D1_Support", PMC),
	FLAG(0x02, 2, 10, RO, "D2_Support", PMC),
	FLAG(0x02, 2, 11, RO, "PME_Support D0", PMC),
	FLAG(0x02, 2, 12, RO, "PME_Support D1", PMC),
	FLAG(0x02, 2, 13, RO, "PME_Support D2", PMC),
	FLAG(0x02, 2, 14, RO, "PME_Support D3hot", PMC),
	FLAG(0x02, 2, 15, RO, "PME_Support D3cold", PMC),
	ENUM(0x04, 2, 0, 2, RW, "PowerState", PMCSR, states),
	RSVD(0x04, 2, 2, 1, "PMCSR Reserved (2)", PMCSR),
	FLAG(0x04, 2, 3, RO, "No_Soft_Reset", PMCSR),
	RSVD(0x04, 2, 4, 4, "PMCSR Reserved (7:4)", PMCSR),
	FLAG(0x04, 2, 8, RWS, "PME_En", PMCSR),
	UINT(0x04, 2, 9, 4, RW, "Data_Select", PMCSR),
	UINT(0x04, 2, 13, 2, RO, "Data_Scale", PMCSR),
	FLAG(0x04, 2, 15, RW1CS, "PME_Status", PMCSR),
	FLAG(0x06, 1, 6, RO, "B2_B3#", PMCSR),
	FLAG(0x06, 1, 7, RO, "Bus Power/Clock Control Enable", PMCSR),
	HEX(0x07, 1, 0, 8, RO, "Data", "PCIe 6.0 7.5.2.3"),
};

const struct cap_desc cap_pm = {
	.space = CAP_STANDARD, .id = 0x01, .name = "Power Management", .spec = "PCIe 6.0 7.5.2", .min_len = 8, ROWS(fields),
};
