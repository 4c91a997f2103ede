/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration headers: type 0 (endpoints), type 1 (bridges), type 2 (CardBus bridges, what is common and the bus numbers). */
#include "decode/caps.h"
#include "decode/rows.h"

#define COMMAND "PCIe 6.0 7.5.1.1.3"
#define STATUS  "PCIe 6.0 7.5.1.1.4"
#define BAR0    "PCIe 6.0 7.5.1.2.1"
#define BAR1    "PCIe 6.0 7.5.1.3.1"
#define SECSTA  "PCIe 6.0 7.5.1.3.7"
#define MEMORY  "PCIe 6.0 7.5.1.3.8"
#define PREF    "PCIe 6.0 7.5.1.3.9"
#define IOBASE  "PCIe 6.0 7.5.1.3.6"
#define BCTL    "PCIe 6.0 7.5.1.3.13"

static const struct field_value layouts[] = {
	{0, "type 0"}, {1, "type 1"}, {2, "CardBus bridge"}, {0, NULL},
};
static const struct field_value devsel[] = {
	{0, "fast"}, {1, "medium"}, {2, "slow"}, {0, NULL},
};
static const struct field_value pins[] = {
	{0, "none"}, {1, "INTA"}, {2, "INTB"}, {3, "INTC"}, {4, "INTD"}, {0, NULL},
};
static const struct field_value io_types[] = {
	{0, "16-bit"}, {1, "32-bit"}, {0, NULL},
};
static const struct field_value pref_types[] = {
	{0, "32-bit"}, {1, "64-bit"}, {0, NULL},
};

/* 00h-0fh are the same in every header. */
#define COMMON                                                                                 \
	HEX(0x00, 2, 0, 16, HWINIT, "Vendor ID", "PCIe 6.0 7.5.1.1.1"),                         \
	HEX(0x02, 2, 0, 16, HWINIT, "Device ID", "PCIe 6.0 7.5.1.1.2"),                         \
	FLAG(0x04, 2, 0, RW, "I/O Space Enable", COMMAND),                                      \
	FLAG(0x04, 2, 1, RW, "Memory Space Enable", COMMAND),                                   \
	FLAG(0x04, 2, 2, RW, "Bus Master Enable", COMMAND),                                     \
	FLAG(0x04, 2, 3, RO, "Special Cycle Enable", COMMAND),                                  \
	FLAG(0x04, 2, 4, RO, "Memory Write and Invalidate", COMMAND),                           \
	FLAG(0x04, 2, 5, RO, "VGA Palette Snoop", COMMAND),                                     \
	FLAG(0x04, 2, 6, RW, "Parity Error Response", COMMAND),                                 \
	FLAG(0x04, 2, 7, RO, "IDSEL Stepping/Wait Cycle Control", COMMAND),                     \
	FLAG(0x04, 2, 8, RW, "SERR# Enable", COMMAND),                                          \
	FLAG(0x04, 2, 9, RO, "Fast Back-to-Back Transactions Enable", COMMAND),                 \
	FLAG(0x04, 2, 10, RW, "Interrupt Disable", COMMAND),                                    \
	RSVD(0x04, 2, 11, 5, "Command Reserved", COMMAND),                                      \
	FLAG(0x06, 2, 0, RO, "Immediate Readiness", STATUS),                                    \
	FLAG(0x06, 2, 3, RO, "Interrupt Status", STATUS),                                       \
	FLAG(0x06, 2, 4, RO, "Capabilities List", STATUS),                                      \
	FLAG(0x06, 2, 5, RO, "66 MHz Capable", STATUS),                                         \
	FLAG(0x06, 2, 6, RO, "User Definable Features", STATUS),                                \
	FLAG(0x06, 2, 7, RO, "Fast Back-to-Back Transactions Capable", STATUS),                 \
	FLAG(0x06, 2, 8, RW1C, "Master Data Parity Error", STATUS),                             \
	ENUM(0x06, 2, 9, 2, RO, "DEVSEL Timing", STATUS, devsel),                               \
	FLAG(0x06, 2, 11, RW1C, "Signaled Target Abort", STATUS),                               \
	FLAG(0x06, 2, 12, RW1C, "Received Target Abort", STATUS),                               \
	FLAG(0x06, 2, 13, RW1C, "Received Master Abort", STATUS),                               \
	FLAG(0x06, 2, 14, RW1C, "Signaled System Error", STATUS),                               \
	FLAG(0x06, 2, 15, RW1C, "Detected Parity Error", STATUS),                               \
	HEX(0x08, 1, 0, 8, HWINIT, "Revision ID", "PCIe 6.0 7.5.1.1.5"),                        \
	HEX(0x08, 4, 8, 24, RO, "Class Code", "PCIe 6.0 7.5.1.1.6"),                            \
	UINT(0x0c, 1, 0, 8, RW, "Cache Line Size", "PCIe 6.0 7.5.1.1.7"),                       \
	UINT(0x0d, 1, 0, 8, RO, "Latency Timer", "PCIe 6.0 7.5.1.1.8"),                         \
	ENUM(0x0e, 1, 0, 7, RO, "Header Layout", "PCIe 6.0 7.5.1.1.9", layouts),                \
	FLAG(0x0e, 1, 7, RO, "Multi-Function Device", "PCIe 6.0 7.5.1.1.9"),                    \
	HEX(0x0f, 1, 0, 8, RW, "BIST", "PCIe 6.0 7.5.1.1.10")

#define INTERRUPT                                                                              \
	UINT(0x3c, 1, 0, 8, RW, "Interrupt Line", "PCIe 6.0 7.5.1.1.12"),                       \
	ENUM(0x3d, 1, 0, 8, RO, "Interrupt Pin", "PCIe 6.0 7.5.1.1.13", pins)

static const struct field fields0[] = {
	COMMON,
	HEX(0x10, 4, 0, 32, RW, "BAR0", BAR0),
	HEX(0x14, 4, 0, 32, RW, "BAR1", BAR0),
	HEX(0x18, 4, 0, 32, RW, "BAR2", BAR0),
	HEX(0x1c, 4, 0, 32, RW, "BAR3", BAR0),
	HEX(0x20, 4, 0, 32, RW, "BAR4", BAR0),
	HEX(0x24, 4, 0, 32, RW, "BAR5", BAR0),
	HEX(0x28, 4, 0, 32, RO, "Cardbus CIS Pointer", "PCIe 6.0 7.5.1.2.2"),
	HEX(0x2c, 2, 0, 16, HWINIT, "Subsystem Vendor ID", "PCIe 6.0 7.5.1.2.3"),
	HEX(0x2e, 2, 0, 16, HWINIT, "Subsystem ID", "PCIe 6.0 7.5.1.2.3"),
	HEX(0x30, 4, 0, 32, RW, "Expansion ROM Base Address", "PCIe 6.0 7.5.1.2.4"),
	HEX(0x34, 1, 0, 8, RO, "Capabilities Pointer", "PCIe 6.0 7.5.1.1.11"),
	INTERRUPT,
	UINT(0x3e, 1, 0, 8, RO, "Min_Gnt", "PCIe 6.0 7.5.1.2.5"),
	UINT(0x3f, 1, 0, 8, RO, "Max_Lat", "PCIe 6.0 7.5.1.2.5"),
};

static const struct field fields1[] = {
	COMMON,
	HEX(0x10, 4, 0, 32, RW, "BAR0", BAR1),
	HEX(0x14, 4, 0, 32, RW, "BAR1", BAR1),
	UINT(0x18, 1, 0, 8, RW, "Primary Bus Number", "PCIe 6.0 7.5.1.3.2"),
	UINT(0x19, 1, 0, 8, RW, "Secondary Bus Number", "PCIe 6.0 7.5.1.3.3"),
	UINT(0x1a, 1, 0, 8, RW, "Subordinate Bus Number", "PCIe 6.0 7.5.1.3.4"),
	UINT(0x1b, 1, 0, 8, RO, "Secondary Latency Timer", "PCIe 6.0 7.5.1.3.5"),
	ENUM(0x1c, 1, 0, 4, RO, "I/O Base Addressing", IOBASE, io_types),
	HEX(0x1c, 1, 4, 4, RW, "I/O Base", IOBASE),
	ENUM(0x1d, 1, 0, 4, RO, "I/O Limit Addressing", IOBASE, io_types),
	HEX(0x1d, 1, 4, 4, RW, "I/O Limit", IOBASE),
	FLAG(0x1e, 2, 5, RO, "Secondary 66 MHz Capable", SECSTA),
	FLAG(0x1e, 2, 7, RO, "Secondary Fast Back-to-Back Transactions Capable", SECSTA),
	FLAG(0x1e, 2, 8, RW1C, "Secondary Master Data Parity Error", SECSTA),
	ENUM(0x1e, 2, 9, 2, RO, "Secondary DEVSEL Timing", SECSTA, devsel),
	FLAG(0x1e, 2, 11, RW1C, "Secondary Signaled Target Abort", SECSTA),
	FLAG(0x1e, 2, 12, RW1C, "Secondary Received Target Abort", SECSTA),
	FLAG(0x1e, 2, 13, RW1C, "Secondary Received Master Abort", SECSTA),
	FLAG(0x1e, 2, 14, RW1C, "Secondary Received System Error", SECSTA),
	FLAG(0x1e, 2, 15, RW1C, "Secondary Detected Parity Error", SECSTA),
	HEX(0x20, 2, 4, 12, RW, "Memory Base", MEMORY),
	HEX(0x22, 2, 4, 12, RW, "Memory Limit", MEMORY),
	ENUM(0x24, 2, 0, 4, RO, "Prefetchable Memory Base Addressing", PREF, pref_types),
	HEX(0x24, 2, 4, 12, RW, "Prefetchable Memory Base", PREF),
	ENUM(0x26, 2, 0, 4, RO, "Prefetchable Memory Limit Addressing", PREF, pref_types),
	HEX(0x26, 2, 4, 12, RW, "Prefetchable Memory Limit", PREF),
	HEX(0x28, 4, 0, 32, RW, "Prefetchable Base Upper 32 Bits", "PCIe 6.0 7.5.1.3.10"),
	HEX(0x2c, 4, 0, 32, RW, "Prefetchable Limit Upper 32 Bits", "PCIe 6.0 7.5.1.3.10"),
	HEX(0x30, 2, 0, 16, RW, "I/O Base Upper 16 Bits", "PCIe 6.0 7.5.1.3.11"),
	HEX(0x32, 2, 0, 16, RW, "I/O Limit Upper 16 Bits", "PCIe 6.0 7.5.1.3.11"),
	HEX(0x34, 1, 0, 8, RO, "Capabilities Pointer", "PCIe 6.0 7.5.1.1.11"),
	HEX(0x38, 4, 0, 32, RW, "Expansion ROM Base Address", "PCIe 6.0 7.5.1.3.12"),
	INTERRUPT,
	FLAG(0x3e, 2, 0, RW, "Parity Error Response Enable", BCTL),
	FLAG(0x3e, 2, 1, RW, "Bridge SERR# Enable", BCTL),
	FLAG(0x3e, 2, 2, RW, "ISA Enable", BCTL),
	FLAG(0x3e, 2, 3, RW, "VGA Enable", BCTL),
	FLAG(0x3e, 2, 4, RW, "VGA 16-bit Decode", BCTL),
	FLAG(0x3e, 2, 5, RO, "Master Abort Mode", BCTL),
	FLAG(0x3e, 2, 6, RW, "Secondary Bus Reset", BCTL),
	FLAG(0x3e, 2, 7, RO, "Secondary Fast Back-to-Back Transactions Enable", BCTL),
	FLAG(0x3e, 2, 8, RO, "Primary Discard Timer", BCTL),
	FLAG(0x3e, 2, 9, RO, "Secondary Discard Timer", BCTL),
	FLAG(0x3e, 2, 10, RO, "Discard Timer Status", BCTL),
	FLAG(0x3e, 2, 11, RO, "Discard Timer SERR# Enable", BCTL),
	RSVD(0x3e, 2, 12, 4, "Bridge Control Reserved", BCTL),
};

static const struct field fields2[] = {
	COMMON,
	HEX(0x14, 1, 0, 8, RO, "Capabilities Pointer", "PC Card 8.0 4.5.2.1"),
	UINT(0x18, 1, 0, 8, RW, "PCI Bus Number", "PC Card 8.0 4.5.2.1"),
	UINT(0x19, 1, 0, 8, RW, "CardBus Bus Number", "PC Card 8.0 4.5.2.1"),
	UINT(0x1a, 1, 0, 8, RW, "Subordinate Bus Number", "PC Card 8.0 4.5.2.1"),
	INTERRUPT,
};

const struct cap_desc header_type0 = {
	.space = CAP_HEADER, .id = 0, .name = "Type 0 Configuration Header", .spec = "PCIe 6.0 7.5.1.2", .min_len = 64, ROWS(fields0),
};
const struct cap_desc header_type1 = {
	.space = CAP_HEADER, .id = 1, .name = "Type 1 Configuration Header", .spec = "PCIe 6.0 7.5.1.3", .min_len = 64, ROWS(fields1),
};
const struct cap_desc header_type2 = {
	.space = CAP_HEADER, .id = 2, .name = "CardBus Bridge Header", .spec = "PC Card 8.0 4.5.2", .min_len = 64, ROWS(fields2),
};
