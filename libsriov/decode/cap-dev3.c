/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Device 3, Data Object Exchange. */
#include "decode/caps.h"
#include "decode/rows.h"

#define DEVCAP3 "PCIe 6.0 7.7.9.2"
#define DEVCTL3 "PCIe 6.0 7.7.9.3"
#define DEVSTA3 "PCIe 6.0 7.7.9.4"
#define DOECAP  "PCIe 6.0 7.9.24.2"
#define DOECTL  "PCIe 6.0 7.9.24.3"
#define DOESTA  "PCIe 6.0 7.9.24.4"

static const struct field_value port_l0p[] = {
	{0, "less than 1 us"}, {1, "1 us to 2 us"}, {2, "2 us to 4 us"}, {3, "4 us to 8 us"}, {4, "8 us to 16 us"}, {5, "16 us to 32 us"},
	{6, "32 us to 64 us"}, {7, "more than 64 us"}, {0, NULL},
};
static const struct field_value widths[] = {
	{0, "x1"}, {1, "x2"}, {2, "x4"}, {3, "x8"}, {4, "x16"}, {7, "dynamic"}, {0, NULL},
};

static const struct field dev3_fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "DMWr Request Routing Supported", DEVCAP3),
	FLAG(0x04, 4, 1, HWINIT, "14-Bit Tag Completer Supported", DEVCAP3),
	FLAG(0x04, 4, 2, HWINIT, "14-Bit Tag Requester Supported", DEVCAP3),
	FLAG(0x04, 4, 3, HWINIT, "Receiver L0p Supported", DEVCAP3),
	ENUM(0x04, 4, 4, 3, HWINIT, "Port L0p Exit Latency", DEVCAP3, port_l0p),
	ENUM(0x04, 4, 7, 3, HWINIT, "Retimer L0p Exit Latency", DEVCAP3, port_l0p),
	FLAG(0x04, 4, 10, HWINIT, "UIO Mem RdWr Completer Supported", DEVCAP3),
	FLAG(0x04, 4, 11, HWINIT, "UIO Mem RdWr Requester Supported", DEVCAP3),
	RSVD(0x04, 4, 12, 20, "Device Capabilities 3 Reserved", DEVCAP3),
	FLAG(0x08, 4, 0, RW, "DMWr Requester Enable", DEVCTL3),
	FLAG(0x08, 4, 1, RW, "DMWr Egress Blocking", DEVCTL3),
	FLAG(0x08, 4, 2, RW, "14-Bit Tag Requester Enable", DEVCTL3),
	FLAG(0x08, 4, 3, RW, "L0p Enable", DEVCTL3),
	ENUM(0x08, 4, 4, 3, RW, "Target Link Width", DEVCTL3, widths),
	FLAG(0x08, 4, 7, RW, "UIO Mem RdWr Requester Enable", DEVCTL3),
	FLAG(0x08, 4, 8, RW, "UIO Request 256B Boundary Disable", DEVCTL3),
	RSVD(0x08, 4, 9, 23, "Device Control 3 Reserved", DEVCTL3),
	ENUM(0x0c, 4, 0, 3, RO, "Initial Link Width", DEVSTA3, widths),
	FLAG(0x0c, 4, 3, RO, "Segment Captured", DEVSTA3),
	FLAG(0x0c, 4, 4, RO, "Remote L0p Supported", DEVSTA3),
	RSVD(0x0c, 4, 5, 27, "Device Status 3 Reserved", DEVSTA3),
};

static const struct field doe_fields[] = {
	FLAG(0x04, 4, 0, RO, "DOE Interrupt Support", DOECAP),
	UINT(0x04, 4, 1, 11, RO, "DOE Interrupt Message Number", DOECAP),
	FLAG(0x04, 4, 12, RO, "DOE Attention Mechanism Support", DOECAP),
	FLAG(0x04, 4, 13, RO, "DOE Async Message Support", DOECAP),
	RSVD(0x04, 4, 14, 18, "DOE Capabilities Reserved", DOECAP),
	FLAG(0x08, 4, 0, RW, "DOE Abort", DOECTL),
	FLAG(0x08, 4, 1, RW, "DOE Interrupt Enable", DOECTL),
	FLAG(0x08, 4, 2, RW, "DOE Attention Not Needed", DOECTL),
	FLAG(0x08, 4, 3, RW, "DOE Async Message Enable", DOECTL),
	FLAG(0x08, 4, 31, RW, "DOE Go", DOECTL),
	FLAG(0x0c, 4, 0, RO, "DOE Busy", DOESTA),
	FLAG(0x0c, 4, 1, RW1C, "DOE Interrupt Status", DOESTA),
	FLAG(0x0c, 4, 2, RO, "DOE Error", DOESTA),
	FLAG(0x0c, 4, 3, RO, "DOE Async Message Status", DOESTA),
	FLAG(0x0c, 4, 4, RO, "DOE At Attention", DOESTA),
	FLAG(0x0c, 4, 31, RO, "Data Object Ready", DOESTA),
	HEX(0x10, 4, 0, 32, RW, "DOE Write Data Mailbox", "PCIe 6.0 7.9.24.5"),
	HEX(0x14, 4, 0, 32, RW, "DOE Read Data Mailbox", "PCIe 6.0 7.9.24.6"),
};

const struct cap_desc cap_dev3 = {
	.space = CAP_EXTENDED, .id = 0x2f, .name = "Device 3", .spec = "PCIe 6.0 7.7.9", .min_len = 0x10, ROWS(dev3_fields),
};
const struct cap_desc cap_doe = {
	.space = CAP_EXTENDED, .id = 0x2e, .name = "Data Object Exchange", .spec = "PCIe 6.0 7.9.24", .min_len = 0x18, ROWS(doe_fields),
};
