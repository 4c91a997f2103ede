/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The link: Secondary PCI Express (8.0 GT/s), Physical Layer 16/32/64 GT/s, Data Link Feature, Lane Margining. Lanes as many as the link has. */
#include "decode/caps.h"
#include "decode/rows.h"

#define LNKCTL3  "PCIe 6.0 7.7.3.2"
#define LANE8    "PCIe 6.0 7.7.3.4"
#define STATUS16 "PCIe 6.0 7.7.5.4"
#define LANE16   "PCIe 6.0 7.7.5.9"
#define CAP32    "PCIe 6.0 7.7.6.2"
#define CTRL32   "PCIe 6.0 7.7.6.3"
#define STATUS32 "PCIe 6.0 7.7.6.4"
#define RX32A    "PCIe 6.0 7.7.6.5"
#define RX32B    "PCIe 6.0 7.7.6.6"
#define TX32A    "PCIe 6.0 7.7.6.7"
#define TX32B    "PCIe 6.0 7.7.6.8"
#define LANE32   "PCIe 6.0 7.7.6.9"
#define STATUS64 "PCIe 6.0 7.7.7.4"
#define LANE64   "PCIe 6.0 7.7.7.5"
#define DLFCAP   "PCIe 6.0 7.7.4.2"
#define DLFSTA   "PCIe 6.0 7.7.4.3"
#define MARGIN   "PCIe 6.0 7.7.10.4"
#define MARGINST "PCIe 6.0 7.7.10.5"

/* n bytes a lane, in whole dwords. */
static unsigned lane_bytes(const struct bytes *cap, unsigned n)
{
	return (rows_lanes(cap) * n + 3) / 4 * 4;
}
static unsigned secondary_length(const struct bytes *cap) { return 0x0c + lane_bytes(cap, 2); }
static unsigned pl16_length(const struct bytes *cap) { return 0x20 + lane_bytes(cap, 1); }
static unsigned pl32_length(const struct bytes *cap) { return 0x20 + lane_bytes(cap, 1); }
static unsigned pl64_length(const struct bytes *cap) { return 0x10 + lane_bytes(cap, 1); }
static unsigned margin_length(const struct bytes *cap) { return 0x08 + lane_bytes(cap, 4); }

static const struct field_value modified_ts[] = {
	{0, "PCI Express"}, {1, "training set messages"}, {2, "alternate protocol"}, {0, NULL},
};

#define LANES(step) .count = rows_lanes, .stride = step

static const struct field secondary_fields[] = {
	FLAG(0x04, 4, 0, RW, "Perform Equalization", LNKCTL3),
	FLAG(0x04, 4, 1, RW, "Link Equalization Request Interrupt Enable", LNKCTL3),
	HEX(0x04, 4, 9, 7, RW, "Enable Lower SKP OS Generation Vector", LNKCTL3),
	HEX(0x08, 4, 0, 32, RW1CS, "Lane Error Status Bits", "PCIe 6.0 7.7.3.3"),
	UINT(0x0c, 2, 0, 4, HWINIT, "Lane # Downstream Port 8.0 GT/s Transmitter Preset", LANE8, LANES(2)),
	UINT(0x0c, 2, 4, 3, HWINIT, "Lane # Downstream Port 8.0 GT/s Receiver Preset Hint", LANE8, LANES(2)),
	UINT(0x0c, 2, 8, 4, HWINIT, "Lane # Upstream Port 8.0 GT/s Transmitter Preset", LANE8, LANES(2)),
	UINT(0x0c, 2, 12, 3, HWINIT, "Lane # Upstream Port 8.0 GT/s Receiver Preset Hint", LANE8, LANES(2)),
};

static const struct field pl16_fields[] = {
	RSVD(0x04, 4, 0, 32, "16.0 GT/s Capabilities Reserved", "PCIe 6.0 7.7.5.2"),
	RSVD(0x08, 4, 0, 32, "16.0 GT/s Control Reserved", "PCIe 6.0 7.7.5.3"),
	FLAG(0x0c, 4, 0, ROS, "Equalization 16.0 GT/s Complete", STATUS16),
	FLAG(0x0c, 4, 1, ROS, "Equalization 16.0 GT/s Phase 1 Successful", STATUS16),
	FLAG(0x0c, 4, 2, ROS, "Equalization 16.0 GT/s Phase 2 Successful", STATUS16),
	FLAG(0x0c, 4, 3, ROS, "Equalization 16.0 GT/s Phase 3 Successful", STATUS16),
	FLAG(0x0c, 4, 4, RW1CS, "Link Equalization Request 16.0 GT/s", STATUS16),
	HEX(0x10, 4, 0, 32, RW1CS, "Local Data Parity Mismatch Status", "PCIe 6.0 7.7.5.5"),
	HEX(0x14, 4, 0, 32, RW1CS, "First Retimer Data Parity Mismatch Status", "PCIe 6.0 7.7.5.6"),
	HEX(0x18, 4, 0, 32, RW1CS, "Second Retimer Data Parity Mismatch Status", "PCIe 6.0 7.7.5.7"),
	UINT(0x20, 1, 0, 4, HWINIT, "Lane # Downstream Port 16.0 GT/s Transmitter Preset", LANE16, LANES(1)),
	UINT(0x20, 1, 4, 4, HWINIT, "Lane # Upstream Port 16.0 GT/s Transmitter Preset", LANE16, LANES(1)),
};

static const struct field pl32_fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "Equalization Bypass to Highest Rate Supported", CAP32),
	FLAG(0x04, 4, 1, HWINIT, "No Equalization Needed Supported", CAP32),
	FLAG(0x04, 4, 8, RO, "Modified TS Usage Mode 0 Supported - PCI Express", CAP32),
	FLAG(0x04, 4, 9, HWINIT, "Modified TS Usage Mode 1 Supported - Training Set Message", CAP32),
	FLAG(0x04, 4, 10, HWINIT, "Modified TS Usage Mode 2 Supported - Alternate Protocol", CAP32),
	HEX(0x04, 4, 11, 5, RO, "Modified TS Reserved Usage Modes", CAP32),
	FLAG(0x08, 4, 0, RWS, "Equalization Bypass to Highest Rate Disable", CTRL32),
	FLAG(0x08, 4, 1, RWS, "No Equalization Needed Disable", CTRL32),
	ENUM(0x08, 4, 8, 3, RWS, "Modified TS Usage Mode Selected", CTRL32, modified_ts),
	FLAG(0x0c, 4, 0, ROS, "Equalization 32.0 GT/s Complete", STATUS32),
	FLAG(0x0c, 4, 1, ROS, "Equalization 32.0 GT/s Phase 1 Successful", STATUS32),
	FLAG(0x0c, 4, 2, ROS, "Equalization 32.0 GT/s Phase 2 Successful", STATUS32),
	FLAG(0x0c, 4, 3, ROS, "Equalization 32.0 GT/s Phase 3 Successful", STATUS32),
	FLAG(0x0c, 4, 4, RW1CS, "Link Equalization Request 32.0 GT/s", STATUS32),
	FLAG(0x0c, 4, 5, RO, "Modified TS Received", STATUS32),
	UINT(0x0c, 4, 6, 2, RO, "Received Enhanced Link Behavior Control", STATUS32),
	FLAG(0x0c, 4, 8, RO, "Transmitter Precoding On", STATUS32),
	FLAG(0x0c, 4, 9, RO, "Transmitter Precode Request", STATUS32),
	FLAG(0x0c, 4, 10, RO, "No Equalization Needed Received", STATUS32),
	ENUM(0x10, 4, 0, 3, RO, "Received Modified TS Usage Mode", RX32A, modified_ts),
	HEX(0x10, 4, 3, 13, RO, "Received Modified TS Information 1", RX32A),
	HEX(0x10, 4, 16, 16, RO, "Received Modified TS Vendor ID", RX32A),
	HEX(0x14, 4, 0, 24, RO, "Received Modified TS Information 2", RX32B),
	UINT(0x14, 4, 24, 2, RO, "Received Alternate Protocol Negotiation Status", RX32B),
	ENUM(0x18, 4, 0, 3, RO, "Transmitted Modified TS Usage Mode", TX32A, modified_ts),
	HEX(0x18, 4, 3, 13, RO, "Transmitted Modified TS Information 1", TX32A),
	HEX(0x18, 4, 16, 16, RO, "Transmitted Modified TS Vendor ID", TX32A),
	HEX(0x1c, 4, 0, 24, RO, "Transmitted Modified TS Information 2", TX32B),
	UINT(0x1c, 4, 24, 2, RO, "Transmitted Alternate Protocol Negotiation Status", TX32B),
	UINT(0x20, 1, 0, 4, HWINIT, "Lane # Downstream Port 32.0 GT/s Transmitter Preset", LANE32, LANES(1)),
	UINT(0x20, 1, 4, 4, HWINIT, "Lane # Upstream Port 32.0 GT/s Transmitter Preset", LANE32, LANES(1)),
};

static const struct field pl64_fields[] = {
	RSVD(0x04, 4, 0, 32, "64.0 GT/s Capabilities Reserved", "PCIe 6.0 7.7.7.2"),
	RSVD(0x08, 4, 0, 32, "64.0 GT/s Control Reserved", "PCIe 6.0 7.7.7.3"),
	FLAG(0x0c, 4, 0, ROS, "Equalization 64.0 GT/s Complete", STATUS64),
	FLAG(0x0c, 4, 1, ROS, "Equalization 64.0 GT/s Phase 1 Successful", STATUS64),
	FLAG(0x0c, 4, 2, ROS, "Equalization 64.0 GT/s Phase 2 Successful", STATUS64),
	FLAG(0x0c, 4, 3, ROS, "Equalization 64.0 GT/s Phase 3 Successful", STATUS64),
	FLAG(0x0c, 4, 4, RW1CS, "Link Equalization Request 64.0 GT/s", STATUS64),
	FLAG(0x0c, 4, 5, RO, "64.0 GT/s Transmitter Precoding On", STATUS64),
	FLAG(0x0c, 4, 6, RO, "64.0 GT/s Transmitter Precode Request", STATUS64),
	FLAG(0x0c, 4, 7, RO, "64.0 GT/s No Equalization Needed Received", STATUS64),
	UINT(0x10, 1, 0, 4, HWINIT, "Lane # Downstream Port 64.0 GT/s Transmitter Preset", LANE64, LANES(1)),
	UINT(0x10, 1, 4, 4, HWINIT, "Lane # Upstream Port 64.0 GT/s Transmitter Preset", LANE64, LANES(1)),
};

static const struct field dlf_fields[] = {
	FLAG(0x04, 4, 0, HWINIT, "Local Scaled Flow Control Supported", DLFCAP),
	FLAG(0x04, 4, 1, HWINIT, "Local Immediate Readiness", DLFCAP),
	UINT(0x04, 4, 2, 3, HWINIT, "Local Extended VC Count", DLFCAP),
	UINT(0x04, 4, 5, 3, HWINIT, "Local L0p Exit Latency", DLFCAP),
	HEX(0x04, 4, 8, 15, HWINIT, "Local Data Link Feature Supported (22:8)", DLFCAP),
	FLAG(0x04, 4, 31, HWINIT, "Data Link Feature Exchange Enable", DLFCAP),
	FLAG(0x08, 4, 0, RO, "Remote Scaled Flow Control Supported", DLFSTA),
	FLAG(0x08, 4, 1, RO, "Remote Immediate Readiness", DLFSTA),
	UINT(0x08, 4, 2, 3, RO, "Remote Extended VC Count", DLFSTA),
	UINT(0x08, 4, 5, 3, RO, "Remote L0p Exit Latency", DLFSTA),
	HEX(0x08, 4, 8, 15, RO, "Remote Data Link Feature Supported (22:8)", DLFSTA),
	FLAG(0x08, 4, 31, RO, "Remote Data Link Feature Supported Valid", DLFSTA),
};

static const struct field margin_fields[] = {
	FLAG(0x04, 2, 0, HWINIT, "Margining Uses Driver Software", "PCIe 6.0 7.7.10.2"),
	FLAG(0x06, 2, 0, RO, "Margining Ready", "PCIe 6.0 7.7.10.3"),
	FLAG(0x06, 2, 1, RO, "Margining Software Ready", "PCIe 6.0 7.7.10.3"),
	UINT(0x08, 2, 0, 3, RW, "Lane # Receiver Number", MARGIN, LANES(4)),
	UINT(0x08, 2, 3, 3, RW, "Lane # Margin Type", MARGIN, LANES(4)),
	UINT(0x08, 2, 6, 1, RW, "Lane # Usage Model", MARGIN, LANES(4)),
	HEX(0x08, 2, 8, 8, RW, "Lane # Margin Payload", MARGIN, LANES(4)),
	UINT(0x0a, 2, 0, 3, RO, "Lane # Receiver Number Status", MARGINST, LANES(4)),
	UINT(0x0a, 2, 3, 3, RO, "Lane # Margin Type Status", MARGINST, LANES(4)),
	UINT(0x0a, 2, 6, 1, RO, "Lane # Usage Model Status", MARGINST, LANES(4)),
	HEX(0x0a, 2, 8, 8, RO, "Lane # Margin Payload Status", MARGINST, LANES(4)),
};

const struct cap_desc cap_secondary = {
	.space = CAP_EXTENDED, .id = 0x19, .name = "Secondary PCI Express", .spec = "PCIe 6.0 7.7.3", .min_len = 0x0c, .length = secondary_length,
	ROWS(secondary_fields),
};
const struct cap_desc cap_pl16 = {
	.space = CAP_EXTENDED, .id = 0x26, .name = "Physical Layer 16.0 GT/s", .spec = "PCIe 6.0 7.7.5", .min_len = 0x20, .length = pl16_length,
	ROWS(pl16_fields),
};
const struct cap_desc cap_pl32 = {
	.space = CAP_EXTENDED, .id = 0x2a, .name = "Physical Layer 32.0 GT/s", .spec = "PCIe 6.0 7.7.6", .min_len = 0x20, .length = pl32_length,
	ROWS(pl32_fields),
};
const struct cap_desc cap_pl64 = {
	.space = CAP_EXTENDED, .id = 0x31, .name = "Physical Layer 64.0 GT/s", .spec = "PCIe 6.0 7.7.7", .min_len = 0x10, .length = pl64_length,
	ROWS(pl64_fields),
};
const struct cap_desc cap_dlf = {
	.space = CAP_EXTENDED, .id = 0x25, .name = "Data Link Feature", .spec = "PCIe 6.0 7.7.4", .min_len = 0x0c, ROWS(dlf_fields),
};
const struct cap_desc cap_margin = {
	.space = CAP_EXTENDED, .id = 0x27, .name = "Lane Margining at the Receiver", .spec = "PCIe 6.0 7.7.10", .min_len = 0x08, .length = margin_length,
	ROWS(margin_fields),
};
