/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Downstream Port Containment. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS   "PCIe 6.0 7.9.14.2"
#define CTRL   "PCIe 6.0 7.9.14.3"
#define STATUS "PCIe 6.0 7.9.14.4"

static bool has_pio(const struct bytes *cap)
{
	return rows_reg(cap, 4, 2) & 1u << 5;
}
static unsigned log_words(const struct bytes *cap)
{
	return has_pio(cap) ? rows_reg(cap, 4, 2) >> 8 & 0xf : 0;
}
static bool has_impspec(const struct bytes *cap)
{
	return log_words(cap) >= 5;
}
static unsigned header_words(const struct bytes *cap)
{
	return log_words(cap) >= 4 ? 4 : log_words(cap);
}
static unsigned prefix_words(const struct bytes *cap)
{
	unsigned n = log_words(cap) > 5 ? log_words(cap) - 5 : 0;
	return n > 4 ? 4 : n;
}
static unsigned length(const struct bytes *cap)
{
	return has_pio(cap) ? 0x20 + 4 * header_words(cap) + (has_impspec(cap) ? 4 : 0) + 4 * prefix_words(cap) : 0x0c;
}

static const struct field_value triggers[] = {
	{0, "disabled"}, {1, "on uncorrectable or ERR_FATAL"}, {2, "on uncorrectable, ERR_NONFATAL or ERR_FATAL"}, {3, "reserved"}, {0, NULL},
};
static const struct field_value completions[] = {
	{0, "Completer Abort"}, {1, "Unsupported Request"}, {0, NULL},
};
static const struct field_value reasons[] = {
	{0, "unmasked uncorrectable error"}, {1, "ERR_NONFATAL received"}, {2, "ERR_FATAL received"}, {3, "see extension"}, {0, NULL},
};
static const struct field_value extensions[] = {
	{0, "RP PIO error"}, {1, "software trigger"}, {2, "reserved"}, {3, "reserved"}, {0, NULL},
};

#define PIO .when = has_pio
#define PIO_BITS(reg, attr, what, spec)                                   \
	FLAG(reg, 4, 0, attr, "RP PIO Cfg UR_Cpl " what, spec, PIO),       \
	FLAG(reg, 4, 1, attr, "RP PIO Cfg CA_Cpl " what, spec, PIO),       \
	FLAG(reg, 4, 2, attr, "RP PIO Cfg CTO " what, spec, PIO),          \
	FLAG(reg, 4, 8, attr, "RP PIO I/O UR_Cpl " what, spec, PIO),       \
	FLAG(reg, 4, 9, attr, "RP PIO I/O CA_Cpl " what, spec, PIO),       \
	FLAG(reg, 4, 10, attr, "RP PIO I/O CTO " what, spec, PIO),         \
	FLAG(reg, 4, 16, attr, "RP PIO Mem UR_Cpl " what, spec, PIO),      \
	FLAG(reg, 4, 17, attr, "RP PIO Mem CA_Cpl " what, spec, PIO),      \
	FLAG(reg, 4, 18, attr, "RP PIO Mem CTO " what, spec, PIO)

static const struct field fields[] = {
	UINT(0x04, 2, 0, 5, RO, "DPC Interrupt Message Number", CAPS),
	FLAG(0x04, 2, 5, RO, "RP Extensions for DPC", CAPS),
	FLAG(0x04, 2, 6, RO, "Poisoned TLP Egress Blocking Supported", CAPS),
	FLAG(0x04, 2, 7, RO, "DPC Software Triggering Supported", CAPS),
	UINT(0x04, 2, 8, 4, RO, "RP PIO Log Size", CAPS),
	FLAG(0x04, 2, 12, RO, "DL_Active ERR_COR Signaling Supported", CAPS),
	RSVD(0x04, 2, 13, 3, "DPC Capability Reserved", CAPS),
	ENUM(0x06, 2, 0, 2, RW, "DPC Trigger Enable", CTRL, triggers),
	ENUM(0x06, 2, 2, 1, RW, "DPC Completion Control", CTRL, completions),
	FLAG(0x06, 2, 3, RW, "DPC Interrupt Enable", CTRL),
	FLAG(0x06, 2, 4, RW, "DPC ERR_COR Enable", CTRL),
	FLAG(0x06, 2, 5, RW, "Poisoned TLP Egress Blocking Enable", CTRL),
	FLAG(0x06, 2, 6, RW, "DPC Software Trigger", CTRL),
	FLAG(0x06, 2, 7, RW, "DL_Active ERR_COR Enable", CTRL),
	FLAG(0x06, 2, 8, RW, "DPC SIG_SFW Enable", CTRL),
	RSVD(0x06, 2, 9, 7, "DPC Control Reserved", CTRL),
	FLAG(0x08, 2, 0, RW1CS, "DPC Trigger Status", STATUS),
	ENUM(0x08, 2, 1, 2, ROS, "DPC Trigger Reason", STATUS, reasons),
	FLAG(0x08, 2, 3, RW1C, "DPC Interrupt Status", STATUS),
	FLAG(0x08, 2, 4, RO, "DPC RP Busy", STATUS),
	ENUM(0x08, 2, 5, 2, ROS, "DPC Trigger Reason Extension", STATUS, extensions),
	UINT(0x08, 2, 8, 5, ROS, "RP PIO First Error Pointer", STATUS),
	FLAG(0x08, 2, 13, RW1CS, "DPC SIG_SFW Status", STATUS),
	RSVD(0x08, 2, 14, 2, "DPC Status Reserved", STATUS),
	HEX(0x0a, 2, 0, 16, ROS, "DPC Error Source ID", "PCIe 6.0 7.9.14.5"),
	PIO_BITS(0x0c, RW1CS, "Status", "PCIe 6.0 7.9.14.6"),
	PIO_BITS(0x10, RWS, "Mask", "PCIe 6.0 7.9.14.7"),
	PIO_BITS(0x14, RWS, "Severity", "PCIe 6.0 7.9.14.8"),
	PIO_BITS(0x18, RWS, "SysError", "PCIe 6.0 7.9.14.9"),
	PIO_BITS(0x1c, RWS, "Exception", "PCIe 6.0 7.9.14.10"),
	HEX(0x20, 4, 0, 32, ROS, "RP PIO Header Log #", "PCIe 6.0 7.9.14.11", .count = header_words, .stride = 4),
	HEX(0x30, 4, 0, 32, ROS, "RP PIO ImpSpec Log", "PCIe 6.0 7.9.14.12", .when = has_impspec),
	HEX(0x34, 4, 0, 32, ROS, "RP PIO TLP Prefix Log #", "PCIe 6.0 7.9.14.13", .count = prefix_words, .stride = 4),
};

const struct cap_desc cap_dpc = {
	.space = CAP_EXTENDED, .id = 0x1d, .name = "Downstream Port Containment", .spec = "PCIe 6.0 7.9.14", .min_len = 0x0c, .length = length,
	ROWS(fields),
};
