/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Advanced Error Reporting. */
#include "decode/caps.h"
#include "decode/rows.h"

#define AERCAP "PCIe 6.0 7.8.4.7"
#define ROOTCMD "PCIe 6.0 7.8.4.9"
#define ROOTSTA "PCIe 6.0 7.8.4.10"
#define ERRSRC "PCIe 6.0 7.8.4.11"

static bool is_root(const struct bytes *cap)
{
	int type = rows_exp_type(cap);
	return type == 4 || type == 10;
}
static bool has_prefix_log(const struct bytes *cap)
{
	return rows_reg(cap, 0x18, 4) & 1u << 11;
}
static unsigned length(const struct bytes *cap)
{
	return has_prefix_log(cap) ? 0x48 : is_root(cap) ? 0x38 : 0x2c;
}
static unsigned four(const struct bytes *cap)
{
	(void)cap;
	return 4;
}

/* The same bits in the status, mask and severity registers. */
#define UNCORRECTABLE(reg, attr, what, spec)                                           \
	FLAG(reg, 4, 4, attr, "Data Link Protocol Error " what, spec),                  \
	FLAG(reg, 4, 5, attr, "Surprise Down Error " what, spec),                       \
	FLAG(reg, 4, 12, attr, "Poisoned TLP Received " what, spec),                    \
	FLAG(reg, 4, 13, attr, "Flow Control Protocol Error " what, spec),              \
	FLAG(reg, 4, 14, attr, "Completion Timeout " what, spec),                       \
	FLAG(reg, 4, 15, attr, "Completer Abort " what, spec),                          \
	FLAG(reg, 4, 16, attr, "Unexpected Completion " what, spec),                    \
	FLAG(reg, 4, 17, attr, "Receiver Overflow " what, spec),                        \
	FLAG(reg, 4, 18, attr, "Malformed TLP " what, spec),                            \
	FLAG(reg, 4, 19, attr, "ECRC Error " what, spec),                               \
	FLAG(reg, 4, 20, attr, "Unsupported Request Error " what, spec),                \
	FLAG(reg, 4, 21, attr, "ACS Violation " what, spec),                            \
	FLAG(reg, 4, 22, attr, "Uncorrectable Internal Error " what, spec),             \
	FLAG(reg, 4, 23, attr, "MC Blocked TLP " what, spec),                           \
	FLAG(reg, 4, 24, attr, "AtomicOp Egress Blocked " what, spec),                  \
	FLAG(reg, 4, 25, attr, "TLP Prefix Blocked Error " what, spec),                 \
	FLAG(reg, 4, 26, attr, "Poisoned TLP Egress Blocked " what, spec),              \
	FLAG(reg, 4, 27, attr, "DMWr Request Egress Blocked " what, spec),              \
	FLAG(reg, 4, 28, attr, "IDE Check Failed " what, spec),                         \
	FLAG(reg, 4, 29, attr, "Misrouted IDE TLP " what, spec),                        \
	FLAG(reg, 4, 30, attr, "PCRC Check Failed " what, spec),                        \
	FLAG(reg, 4, 31, attr, "TLP Translation Egress Blocked " what, spec)

#define CORRECTABLE(reg, attr, what, spec)                                             \
	FLAG(reg, 4, 0, attr, "Receiver Error " what, spec),                            \
	FLAG(reg, 4, 6, attr, "Bad TLP " what, spec),                                   \
	FLAG(reg, 4, 7, attr, "Bad DLLP " what, spec),                                  \
	FLAG(reg, 4, 8, attr, "REPLAY_NUM Rollover " what, spec),                       \
	FLAG(reg, 4, 12, attr, "Replay Timer Timeout " what, spec),                     \
	FLAG(reg, 4, 13, attr, "Advisory Non-Fatal Error " what, spec),                 \
	FLAG(reg, 4, 14, attr, "Corrected Internal Error " what, spec),                 \
	FLAG(reg, 4, 15, attr, "Header Log Overflow " what, spec)

static const struct field fields[] = {
	UNCORRECTABLE(0x04, RW1CS, "Status", "PCIe 6.0 7.8.4.2"),
	UNCORRECTABLE(0x08, RWS, "Mask", "PCIe 6.0 7.8.4.3"),
	UNCORRECTABLE(0x0c, RWS, "Severity", "PCIe 6.0 7.8.4.4"),
	CORRECTABLE(0x10, RW1CS, "Status", "PCIe 6.0 7.8.4.5"),
	CORRECTABLE(0x14, RWS, "Mask", "PCIe 6.0 7.8.4.6"),
	UINT(0x18, 4, 0, 5, ROS, "First Error Pointer", AERCAP),
	FLAG(0x18, 4, 5, RO, "ECRC Generation Capable", AERCAP),
	FLAG(0x18, 4, 6, RWS, "ECRC Generation Enable", AERCAP),
	FLAG(0x18, 4, 7, RO, "ECRC Check Capable", AERCAP),
	FLAG(0x18, 4, 8, RWS, "ECRC Check Enable", AERCAP),
	FLAG(0x18, 4, 9, RO, "Multiple Header Recording Capable", AERCAP),
	FLAG(0x18, 4, 10, RWS, "Multiple Header Recording Enable", AERCAP),
	FLAG(0x18, 4, 11, ROS, "TLP Prefix Log Present", AERCAP),
	FLAG(0x18, 4, 12, RO, "Completion Timeout Prefix/Header Log Capable", AERCAP),
	UINT(0x18, 4, 13, 5, RO, "Header Log Size", AERCAP),
	FLAG(0x18, 4, 18, ROS, "Logged TLP was Flit Mode", AERCAP),
	UINT(0x18, 4, 19, 5, ROS, "Logged TLP Size", AERCAP),
	HEX(0x1c, 4, 0, 32, ROS, "Header Log #", "PCIe 6.0 7.8.4.8", .count = four, .stride = 4),
	FLAG(0x2c, 4, 0, RW, "Correctable Error Reporting Enable", ROOTCMD, .when = is_root),
	FLAG(0x2c, 4, 1, RW, "Non-Fatal Error Reporting Enable", ROOTCMD, .when = is_root),
	FLAG(0x2c, 4, 2, RW, "Fatal Error Reporting Enable", ROOTCMD, .when = is_root),
	FLAG(0x30, 4, 0, RW1CS, "ERR_COR Received", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 1, RW1CS, "Multiple ERR_COR Received", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 2, RW1CS, "ERR_FATAL/NONFATAL Received", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 3, RW1CS, "Multiple ERR_FATAL/NONFATAL Received", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 4, RW1CS, "First Uncorrectable Fatal", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 5, RW1CS, "Non-Fatal Error Messages Received", ROOTSTA, .when = is_root),
	FLAG(0x30, 4, 6, RW1CS, "Fatal Error Messages Received", ROOTSTA, .when = is_root),
	UINT(0x30, 4, 7, 2, RO, "ERR_COR Subclass", ROOTSTA, .when = is_root),
	UINT(0x30, 4, 27, 5, RO, "Advanced Error Interrupt Message Number", ROOTSTA, .when = is_root),
	HEX(0x34, 2, 0, 16, ROS, "ERR_COR Source Identification", ERRSRC, .when = is_root),
	HEX(0x36, 2, 0, 16, ROS, "ERR_FATAL/NONFATAL Source Identification", ERRSRC, .when = is_root),
	HEX(0x38, 4, 0, 32, ROS, "TLP Prefix Log #", "PCIe 6.0 7.8.4.12", .count = four, .stride = 4, .when = has_prefix_log),
};

const struct cap_desc cap_aer = {
	.space = CAP_EXTENDED, .id = 0x01, .name = "Advanced Error Reporting", .spec = "PCIe 6.0 7.8.4", .min_len = 0x2c, .length = length, ROWS(fields),
};
