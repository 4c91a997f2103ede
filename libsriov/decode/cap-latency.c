/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Latency and time: LTR, L1 PM Substates, Precision Time Measurement. */
#include "decode/caps.h"
#include "decode/rows.h"

#define SNOOP   "PCIe 6.0 7.8.2.2"
#define NOSNOOP "PCIe 6.0 7.8.2.3"
#define L1CAP   "PCIe 6.0 7.8.3.2"
#define L1CTL1  "PCIe 6.0 7.8.3.3"
#define L1CTL2  "PCIe 6.0 7.8.3.4"
#define PTMCAP  "PCIe 6.0 7.9.15.2"
#define PTMCTL  "PCIe 6.0 7.9.15.3"

/* Version 2 of the L1 PM Substates capability has a status register. */
static bool has_l1_status(const struct bytes *cap)
{
	return (rows_reg(cap, 2, 1) & 0xf) >= 2;
}
static unsigned l1_length(const struct bytes *cap)
{
	return has_l1_status(cap) ? 0x14 : 0x10;
}

static const struct field_value ltr_scales[] = {
	{0, "1 ns"}, {1, "32 ns"}, {2, "1024 ns"}, {3, "32768 ns"}, {4, "1048576 ns"}, {5, "33554432 ns"}, {6, "reserved"}, {7, "reserved"}, {0, NULL},
};
static const struct field_value power_on_scales[] = {
	{0, "2 us"}, {1, "10 us"}, {2, "100 us"}, {3, "reserved"}, {0, NULL},
};

static const struct field ltr_fields[] = {
	UINT(0x04, 2, 0, 10, RW, "Max Snoop LatencyValue", SNOOP),
	ENUM(0x04, 2, 10, 3, RW, "Max Snoop LatencyScale", SNOOP, ltr_scales),
	RSVD(0x04, 2, 13, 3, "Max Snoop Latency Reserved", SNOOP),
	UINT(0x06, 2, 0, 10, RW, "Max No-Snoop LatencyValue", NOSNOOP),
	ENUM(0x06, 2, 10, 3, RW, "Max No-Snoop LatencyScale", NOSNOOP, ltr_scales),
	RSVD(0x06, 2, 13, 3, "Max No-Snoop Latency Reserved", NOSNOOP),
};

static const struct field l1_fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "PCI-PM L1.2 Supported", L1CAP),
	FLAG(0x04, 4, 1, HWINIT, "PCI-PM L1.1 Supported", L1CAP),
	FLAG(0x04, 4, 2, HWINIT, "ASPM L1.2 Supported", L1CAP),
	FLAG(0x04, 4, 3, HWINIT, "ASPM L1.1 Supported", L1CAP),
	FLAG(0x04, 4, 4, HWINIT, "L1 PM Substates Supported", L1CAP),
	FLAG(0x04, 4, 5, HWINIT, "Link Activation Supported", L1CAP),
	RSVD(0x04, 4, 6, 2, "L1 PM Substates Capabilities Reserved (7:6)", L1CAP),
	UINT(0x04, 4, 8, 8, HWINIT, "Port Common_Mode_Restore_Time", L1CAP),
	ENUM(0x04, 4, 16, 2, HWINIT, "Port T_POWER_ON Scale", L1CAP, power_on_scales),
	RSVD(0x04, 4, 18, 1, "L1 PM Substates Capabilities Reserved (18)", L1CAP),
	UINT(0x04, 4, 19, 5, HWINIT, "Port T_POWER_ON Value", L1CAP),
	RSVD(0x04, 4, 24, 8, "L1 PM Substates Capabilities Reserved (31:24)", L1CAP),
	FLAG(0x08, 4, 0, RW, "PCI-PM L1.2 Enable", L1CTL1),
	FLAG(0x08, 4, 1, RW, "PCI-PM L1.1 Enable", L1CTL1),
	FLAG(0x08, 4, 2, RW, "ASPM L1.2 Enable", L1CTL1),
	FLAG(0x08, 4, 3, RW, "ASPM L1.1 Enable", L1CTL1),
	FLAG(0x08, 4, 4, RW, "Link Activation Interrupt Enable", L1CTL1),
	FLAG(0x08, 4, 5, RW, "Link Activation Control", L1CTL1),
	UINT(0x08, 4, 8, 8, RW, "Common_Mode_Restore_Time", L1CTL1),
	UINT(0x08, 4, 16, 10, RW, "LTR_L1.2_THRESHOLD_Value", L1CTL1),
	ENUM(0x08, 4, 29, 3, RW, "LTR_L1.2_THRESHOLD_Scale", L1CTL1, ltr_scales),
	ENUM(0x0c, 4, 0, 2, RW, "T_POWER_ON Scale", L1CTL2, power_on_scales),
	UINT(0x0c, 4, 3, 5, RW, "T_POWER_ON Value", L1CTL2),
	FLAG(0x10, 4, 0, RW1C, "Link Activation Status", "PCIe 6.0 7.8.3.5", .when = has_l1_status),
};

static const struct field ptm_fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "PTM Requester Capable", PTMCAP),
	FLAG(0x04, 4, 1, HWINIT, "PTM Responder Capable", PTMCAP),
	FLAG(0x04, 4, 2, HWINIT, "PTM Root Capable", PTMCAP),
	FLAG(0x04, 4, 3, HWINIT, "ePTM Capable", PTMCAP),
	FLAG(0x04, 4, 4, HWINIT, "PTM Propagation Delay Adaptation Capable", PTMCAP),
	RSVD(0x04, 4, 5, 3, "PTM Capability Reserved (7:5)", PTMCAP),
	UINT(0x04, 4, 8, 8, HWINIT, "Local Clock Granularity", PTMCAP),
	RSVD(0x04, 4, 16, 16, "PTM Capability Reserved (31:16)", PTMCAP),
	FLAG(0x08, 4, 0, RW, "PTM Enable", PTMCTL),
	FLAG(0x08, 4, 1, RW, "Root Select", PTMCTL),
	UINT(0x08, 4, 8, 8, RW, "Effective Granularity", PTMCTL),
};

const struct cap_desc cap_ltr = {
	.space = CAP_EXTENDED, .id = 0x18, .name = "Latency Tolerance Reporting", .spec = "PCIe 6.0 7.8.2", .min_len = 8, ROWS(ltr_fields),
};
const struct cap_desc cap_l1ss = {
	.space = CAP_EXTENDED, .id = 0x1e, .name = "L1 PM Substates", .spec = "PCIe 6.0 7.8.3", .min_len = 0x10, .length = l1_length, ROWS(l1_fields),
};
const struct cap_desc cap_ptm = {
	.space = CAP_EXTENDED, .id = 0x1f, .name = "Precision Time Measurement", .spec = "PCIe 6.0 7.9.15", .min_len = 0x0c, ROWS(ptm_fields),
};
