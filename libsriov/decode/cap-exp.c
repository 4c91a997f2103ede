/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCI Express, both generations: version 1 ends with the registers that the port type needs, version 2 goes on to Slot Status 2. */
#include "decode/caps.h"
#include "decode/rows.h"

#define PCAP    "PCIe 6.0 7.5.3.2"
#define DEVCAP  "PCIe 6.0 7.5.3.3"
#define DEVCTL  "PCIe 6.0 7.5.3.4"
#define DEVSTA  "PCIe 6.0 7.5.3.5"
#define LNKCAP  "PCIe 6.0 7.5.3.6"
#define LNKCTL  "PCIe 6.0 7.5.3.7"
#define LNKSTA  "PCIe 6.0 7.5.3.8"
#define SLTCAP  "PCIe 6.0 7.5.3.9"
#define SLTCTL  "PCIe 6.0 7.5.3.10"
#define SLTSTA  "PCIe 6.0 7.5.3.11"
#define RTCTL   "PCIe 6.0 7.5.3.12"
#define RTCAP   "PCIe 6.0 7.5.3.13"
#define RTSTA   "PCIe 6.0 7.5.3.14"
#define DEVCAP2 "PCIe 6.0 7.5.3.15"
#define DEVCTL2 "PCIe 6.0 7.5.3.16"
#define LNKCAP2 "PCIe 6.0 7.5.3.18"
#define LNKCTL2 "PCIe 6.0 7.5.3.19"
#define LNKSTA2 "PCIe 6.0 7.5.3.20"
#define SLTCAP2 "PCIe 6.0 7.5.3.21"

enum { TYPE_ENDPOINT = 0, TYPE_LEGACY = 1, TYPE_ROOT_PORT = 4, TYPE_UPSTREAM = 5, TYPE_DOWNSTREAM = 6, TYPE_TO_PCI = 7, TYPE_FROM_PCI = 8,
	TYPE_RC_ENDPOINT = 9, TYPE_RC_EVENTS = 10 };

static unsigned type(const struct bytes *cap)
{
	return rows_reg(cap, 0x02, 2) >> 4 & 0xf;
}
static bool version2(const struct bytes *cap)
{
	return (rows_reg(cap, 0x02, 2) & 0xf) >= 2;
}
static bool has_link(const struct bytes *cap)
{
	return type(cap) != TYPE_RC_ENDPOINT && type(cap) != TYPE_RC_EVENTS;
}
static bool has_slot(const struct bytes *cap)
{
	unsigned t = type(cap);
	return (t == TYPE_ROOT_PORT || t == TYPE_DOWNSTREAM || t == TYPE_FROM_PCI) && rows_reg(cap, 0x02, 2) & 1u << 8;
}
static bool is_root(const struct bytes *cap)
{
	return type(cap) == TYPE_ROOT_PORT || type(cap) == TYPE_RC_EVENTS;
}
static bool link2(const struct bytes *cap)
{
	return version2(cap) && has_link(cap);
}
static bool slot2(const struct bytes *cap)
{
	return version2(cap) && has_slot(cap);
}

static unsigned length(const struct bytes *cap)
{
	if (version2(cap))
		return 0x3c;
	return is_root(cap) ? 0x24 : has_slot(cap) ? 0x1c : has_link(cap) ? 0x14 : 0x0c;
}

static const struct field_value types[] = {
	{TYPE_ENDPOINT, "Endpoint"},
	{TYPE_LEGACY, "Legacy Endpoint"},
	{TYPE_ROOT_PORT, "Root Port"},
	{TYPE_UPSTREAM, "Switch Upstream Port"},
	{TYPE_DOWNSTREAM, "Switch Downstream Port"},
	{TYPE_TO_PCI, "PCI Express to PCI/PCI-X Bridge"},
	{TYPE_FROM_PCI, "PCI/PCI-X to PCI Express Bridge"},
	{TYPE_RC_ENDPOINT, "Root Complex Integrated Endpoint"},
	{TYPE_RC_EVENTS, "Root Complex Event Collector"},
	{0, NULL},
};
static const struct field_value payload[] = {
	{0, "128 bytes"}, {1, "256 bytes"}, {2, "512 bytes"}, {3, "1024 bytes"}, {4, "2048 bytes"}, {5, "4096 bytes"}, {0, NULL},
};
static const struct field_value phantom[] = {
	{0, "none"}, {1, "1 bit"}, {2, "2 bits"}, {3, "3 bits"}, {0, NULL},
};
static const struct field_value l0s_accept[] = {
	{0, "64 ns"}, {1, "128 ns"}, {2, "256 ns"}, {3, "512 ns"}, {4, "1 us"}, {5, "2 us"}, {6, "4 us"}, {7, "no limit"}, {0, NULL},
};
static const struct field_value l1_accept[] = {
	{0, "1 us"}, {1, "2 us"}, {2, "4 us"}, {3, "8 us"}, {4, "16 us"}, {5, "32 us"}, {6, "64 us"}, {7, "no limit"}, {0, NULL},
};
static const struct field_value l0s_exit[] = {
	{0, "less than 64 ns"}, {1, "64 ns to 128 ns"}, {2, "128 ns to 256 ns"}, {3, "256 ns to 512 ns"},
	{4, "512 ns to 1 us"}, {5, "1 us to 2 us"}, {6, "2 us to 4 us"}, {7, "more than 4 us"}, {0, NULL},
};
static const struct field_value l1_exit[] = {
	{0, "less than 1 us"}, {1, "1 us to 2 us"}, {2, "2 us to 4 us"}, {3, "4 us to 8 us"},
	{4, "8 us to 16 us"}, {5, "16 us to 32 us"}, {6, "32 us to 64 us"}, {7, "more than 64 us"}, {0, NULL},
};
static const struct field_value power_scale[] = {
	{0, "1.0x"}, {1, "0.1x"}, {2, "0.01x"}, {3, "0.001x"}, {0, NULL},
};
static const struct field_value speeds[] = {
	{1, "2.5 GT/s"}, {2, "5.0 GT/s"}, {3, "8.0 GT/s"}, {4, "16.0 GT/s"}, {5, "32.0 GT/s"}, {6, "64.0 GT/s"}, {0, NULL},
};
static const struct field_value widths[] = {
	{1, "x1"}, {2, "x2"}, {4, "x4"}, {8, "x8"}, {12, "x12"}, {16, "x16"}, {32, "x32"}, {0, NULL},
};
static const struct field_value aspm_support[] = {
	{0, "none"}, {1, "L0s"}, {2, "L1"}, {3, "L0s and L1"}, {0, NULL},
};
static const struct field_value aspm_control[] = {
	{0, "disabled"}, {1, "L0s"}, {2, "L1"}, {3, "L0s and L1"}, {0, NULL},
};
static const struct field_value rcb[] = {
	{0, "64 bytes"}, {1, "128 bytes"}, {0, NULL},
};
static const struct field_value drs_signaling[] = {
	{0, "not reported"}, {1, "interrupt"}, {2, "DRS to FRS"}, {3, "reserved"}, {0, NULL},
};
static const struct field_value indicators[] = {
	{0, "reserved"}, {1, "on"}, {2, "blink"}, {3, "off"}, {0, NULL},
};
static const struct field_value power_control[] = {
	{0, "power on"}, {1, "power off"}, {0, NULL},
};
static const struct field_value mrl_state[] = {
	{0, "closed"}, {1, "open"}, {0, NULL},
};
static const struct field_value timeout_ranges[] = {
	{0, "not programmable"}, {1, "A"}, {2, "B"}, {3, "A, B"}, {6, "B, C"}, {7, "A, B, C"}, {14, "B, C, D"}, {15, "A, B, C, D"}, {0, NULL},
};
static const struct field_value timeouts[] = {
	{0, "50 us to 50 ms"}, {1, "50 us to 100 us"}, {2, "1 ms to 10 ms"}, {5, "16 ms to 55 ms"}, {6, "65 ms to 210 ms"},
	{9, "260 ms to 900 ms"}, {10, "1 s to 3.5 s"}, {13, "4 s to 13 s"}, {14, "17 s to 64 s"}, {0, NULL},
};
static const struct field_value tph_completer[] = {
	{0, "none"}, {1, "TPH"}, {2, "reserved"}, {3, "TPH and Extended TPH"}, {0, NULL},
};
static const struct field_value ln_cls[] = {
	{0, "not supported or not in effect"}, {1, "64-byte cache lines"}, {2, "128-byte cache lines"}, {3, "reserved"}, {0, NULL},
};
static const struct field_value obff_support[] = {
	{0, "none"}, {1, "message"}, {2, "WAKE#"}, {3, "message and WAKE#"}, {0, NULL},
};
static const struct field_value obff_enable[] = {
	{0, "disabled"}, {1, "message, variation A"}, {2, "message, variation B"}, {3, "WAKE#"}, {0, NULL},
};
static const struct field_value epr_time[] = {
	{0, "10 ms or not reported"}, {1, "5 ms"}, {2, "1 ms"}, {3, "0"}, {0, NULL},
};
static const struct field_value deemphasis[] = {
	{0, "-6 dB"}, {1, "-3.5 dB"}, {0, NULL},
};
static const struct field_value compliance[] = {
	{0, "-6 dB or P0"}, {1, "-3.5 dB or P1"}, {2, "P2"}, {3, "P3"}, {4, "P4"}, {5, "P5"}, {6, "P6"}, {7, "P7"}, {8, "P8"}, {9, "P9"}, {10, "P10"},
	{0, NULL},
};
static const struct field_value crosslink[] = {
	{0, "unsupported or not resolved"}, {1, "resolved as Upstream Port"}, {2, "resolved as Downstream Port"}, {3, "negotiation not completed"}, {0, NULL},
};
static const struct field_value component_presence[] = {
	{0, "link down, presence not determined"}, {1, "link down, not present"}, {2, "link down, present"}, {4, "link up, present"},
	{5, "link up, present, DRS received"}, {0, NULL},
};

#define LINK  .when = has_link
#define SLOT  .when = has_slot
#define ROOT  .when = is_root
#define V2    .when = version2
#define LINK2 .when = link2
#define SLOT2 .when = slot2

static const struct field fields[] = {
	UINT(0x02, 2, 0, 4, RO, "Capability Version", PCAP),
	ENUM(0x02, 2, 4, 4, RO, "Device/Port Type", PCAP, types),
	FLAG(0x02, 2, 8, HWINIT, "Slot Implemented", PCAP),
	UINT(0x02, 2, 9, 5, RO, "Interrupt Message Number", PCAP),
	RSVD(0x02, 2, 14, 1, "PCI Express Capabilities Undefined", PCAP),
	FLAG(0x02, 2, 15, HWINIT, "Flit Mode Supported", PCAP),

	ENUM(0x04, 4, 0, 3, RO, "Max_Payload_Size Supported", DEVCAP, payload),
	ENUM(0x04, 4, 3, 2, RO, "Phantom Functions Supported", DEVCAP, phantom),
	FLAG(0x04, 4, 5, RO, "Extended Tag Field Supported", DEVCAP),
	ENUM(0x04, 4, 6, 3, RO, "Endpoint L0s Acceptable Latency", DEVCAP, l0s_accept),
	ENUM(0x04, 4, 9, 3, RO, "Endpoint L1 Acceptable Latency", DEVCAP, l1_accept),
	FLAG(0x04, 4, 12, RO, "Attention Button Present on Device", DEVCAP),
	FLAG(0x04, 4, 13, RO, "Attention Indicator Present on Device", DEVCAP),
	FLAG(0x04, 4, 14, RO, "Power Indicator Present on Device", DEVCAP),
	FLAG(0x04, 4, 15, RO, "Role-Based Error Reporting", DEVCAP),
	FLAG(0x04, 4, 16, RO, "ERR_COR Subclass Capable", DEVCAP),
	RSVD(0x04, 4, 17, 1, "Device Capabilities Reserved (17)", DEVCAP),
	UINT(0x04, 4, 18, 8, RO, "Captured Slot Power Limit Value", DEVCAP),
	ENUM(0x04, 4, 26, 2, RO, "Captured Slot Power Limit Scale", DEVCAP, power_scale),
	FLAG(0x04, 4, 28, RO, "Function Level Reset Capability", DEVCAP),
	FLAG(0x04, 4, 29, HWINIT, "Mixed_MPS_Supported", DEVCAP),
	FLAG(0x04, 4, 30, HWINIT, "TEE-IO Supported", DEVCAP),
	FLAG(0x04, 4, 31, HWINIT, "Rx_MPS_Fixed", DEVCAP),

	FLAG(0x08, 2, 0, RW, "Correctable Error Reporting Enable", DEVCTL),
	FLAG(0x08, 2, 1, RW, "Non-Fatal Error Reporting Enable", DEVCTL),
	FLAG(0x08, 2, 2, RW, "Fatal Error Reporting Enable", DEVCTL),
	FLAG(0x08, 2, 3, RW, "Unsupported Request Reporting Enable", DEVCTL),
	FLAG(0x08, 2, 4, RW, "Enable Relaxed Ordering", DEVCTL),
	ENUM(0x08, 2, 5, 3, RW, "Max_Payload_Size", DEVCTL, payload),
	FLAG(0x08, 2, 8, RW, "Extended Tag Field Enable", DEVCTL),
	FLAG(0x08, 2, 9, RW, "Phantom Functions Enable", DEVCTL),
	FLAG(0x08, 2, 10, RWS, "Aux Power PM Enable", DEVCTL),
	FLAG(0x08, 2, 11, RW, "Enable No Snoop", DEVCTL),
	ENUM(0x08, 2, 12, 3, RW, "Max_Read_Request_Size", DEVCTL, payload),
	FLAG(0x08, 2, 15, RW, "Bridge Configuration Retry Enable / Initiate Function Level Reset", DEVCTL),

	FLAG(0x0a, 2, 0, RW1C, "Correctable Error Detected", DEVSTA),
	FLAG(0x0a, 2, 1, RW1C, "Non-Fatal Error Detected", DEVSTA),
	FLAG(0x0a, 2, 2, RW1C, "Fatal Error Detected", DEVSTA),
	FLAG(0x0a, 2, 3, RW1C, "Unsupported Request Detected", DEVSTA),
	FLAG(0x0a, 2, 4, RO, "AUX Power Detected", DEVSTA),
	FLAG(0x0a, 2, 5, RO, "Transactions Pending", DEVSTA),
	FLAG(0x0a, 2, 6, RW1C, "Emergency Power Reduction Detected", DEVSTA),
	RSVD(0x0a, 2, 7, 9, "Device Status Reserved", DEVSTA),

	ENUM(0x0c, 4, 0, 4, RO, "Max Link Speed", LNKCAP, speeds, LINK),
	ENUM(0x0c, 4, 4, 6, RO, "Maximum Link Width", LNKCAP, widths, LINK),
	ENUM(0x0c, 4, 10, 2, RO, "ASPM Support", LNKCAP, aspm_support, LINK),
	ENUM(0x0c, 4, 12, 3, RO, "L0s Exit Latency", LNKCAP, l0s_exit, LINK),
	ENUM(0x0c, 4, 15, 3, RO, "L1 Exit Latency", LNKCAP, l1_exit, LINK),
	FLAG(0x0c, 4, 18, RO, "Clock Power Management", LNKCAP, LINK),
	FLAG(0x0c, 4, 19, RO, "Surprise Down Error Reporting Capable", LNKCAP, LINK),
	FLAG(0x0c, 4, 20, RO, "Data Link Layer Link Active Reporting Capable", LNKCAP, LINK),
	FLAG(0x0c, 4, 21, RO, "Link Bandwidth Notification Capability", LNKCAP, LINK),
	FLAG(0x0c, 4, 22, HWINIT, "ASPM Optionality Compliance", LNKCAP, LINK),
	RSVD(0x0c, 4, 23, 1, "Link Capabilities Reserved", LNKCAP, LINK),
	UINT(0x0c, 4, 24, 8, HWINIT, "Port Number", LNKCAP, LINK),

	ENUM(0x10, 2, 0, 2, RW, "ASPM Control", LNKCTL, aspm_control, LINK),
	FLAG(0x10, 2, 2, RW, "PTM Propagation Delay Adaptation Interpretation B", LNKCTL, LINK),
	ENUM(0x10, 2, 3, 1, RW, "Read Completion Boundary", LNKCTL, rcb, LINK),
	FLAG(0x10, 2, 4, RW, "Link Disable", LNKCTL, LINK),
	FLAG(0x10, 2, 5, RW, "Retrain Link", LNKCTL, LINK),
	FLAG(0x10, 2, 6, RW, "Common Clock Configuration", LNKCTL, LINK),
	FLAG(0x10, 2, 7, RW, "Extended Synch", LNKCTL, LINK),
	FLAG(0x10, 2, 8, RW, "Enable Clock Power Management", LNKCTL, LINK),
	FLAG(0x10, 2, 9, RW, "Hardware Autonomous Width Disable", LNKCTL, LINK),
	FLAG(0x10, 2, 10, RW, "Link Bandwidth Management Interrupt Enable", LNKCTL, LINK),
	FLAG(0x10, 2, 11, RW, "Link Autonomous Bandwidth Interrupt Enable", LNKCTL, LINK),
	FLAG(0x10, 2, 12, RW, "SRIS Clocking", LNKCTL, LINK),
	FLAG(0x10, 2, 13, RW, "Flit Mode Disable", LNKCTL, LINK),
	ENUM(0x10, 2, 14, 2, RW, "DRS Signaling Control", LNKCTL, drs_signaling, LINK),

	ENUM(0x12, 2, 0, 4, RO, "Current Link Speed", LNKSTA, speeds, LINK),
	ENUM(0x12, 2, 4, 6, RO, "Negotiated Link Width", LNKSTA, widths, LINK),
	FLAG(0x12, 2, 10, RO, "Training Error", LNKSTA, LINK),
	FLAG(0x12, 2, 11, RO, "Link Training", LNKSTA, LINK),
	FLAG(0x12, 2, 12, HWINIT, "Slot Clock Configuration", LNKSTA, LINK),
	FLAG(0x12, 2, 13, RO, "Data Link Layer Link Active", LNKSTA, LINK),
	FLAG(0x12, 2, 14, RW1C, "Link Bandwidth Management Status", LNKSTA, LINK),
	FLAG(0x12, 2, 15, RW1C, "Link Autonomous Bandwidth Status", LNKSTA, LINK),

	FLAG(0x14, 4, 0, HWINIT, "Attention Button Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 1, HWINIT, "Power Controller Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 2, HWINIT, "MRL Sensor Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 3, HWINIT, "Attention Indicator Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 4, HWINIT, "Power Indicator Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 5, HWINIT, "Hot-Plug Surprise", SLTCAP, SLOT),
	FLAG(0x14, 4, 6, HWINIT, "Hot-Plug Capable", SLTCAP, SLOT),
	UINT(0x14, 4, 7, 8, HWINIT, "Slot Power Limit Value", SLTCAP, SLOT),
	ENUM(0x14, 4, 15, 2, HWINIT, "Slot Power Limit Scale", SLTCAP, power_scale, SLOT),
	FLAG(0x14, 4, 17, HWINIT, "Electromechanical Interlock Present", SLTCAP, SLOT),
	FLAG(0x14, 4, 18, HWINIT, "No Command Completed Support", SLTCAP, SLOT),
	UINT(0x14, 4, 19, 13, HWINIT, "Physical Slot Number", SLTCAP, SLOT),

	FLAG(0x18, 2, 0, RW, "Attention Button Pressed Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 1, RW, "Power Fault Detected Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 2, RW, "MRL Sensor Changed Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 3, RW, "Presence Detect Changed Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 4, RW, "Command Completed Interrupt Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 5, RW, "Hot-Plug Interrupt Enable", SLTCTL, SLOT),
	ENUM(0x18, 2, 6, 2, RW, "Attention Indicator Control", SLTCTL, indicators, SLOT),
	ENUM(0x18, 2, 8, 2, RW, "Power Indicator Control", SLTCTL, indicators, SLOT),
	ENUM(0x18, 2, 10, 1, RW, "Power Controller Control", SLTCTL, power_control, SLOT),
	FLAG(0x18, 2, 11, RW, "Electromechanical Interlock Control", SLTCTL, SLOT),
	FLAG(0x18, 2, 12, RW, "Data Link Layer State Changed Enable", SLTCTL, SLOT),
	FLAG(0x18, 2, 13, RW, "Auto Slot Power Limit Disable", SLTCTL, SLOT),
	FLAG(0x18, 2, 14, RW, "In-Band PD Disable", SLTCTL, SLOT),
	RSVD(0x18, 2, 15, 1, "Slot Control Reserved", SLTCTL, SLOT),

	FLAG(0x1a, 2, 0, RW1C, "Attention Button Pressed", SLTSTA, SLOT),
	FLAG(0x1a, 2, 1, RW1C, "Power Fault Detected", SLTSTA, SLOT),
	FLAG(0x1a, 2, 2, RW1C, "MRL Sensor Changed", SLTSTA, SLOT),
	FLAG(0x1a, 2, 3, RW1C, "Presence Detect Changed", SLTSTA, SLOT),
	FLAG(0x1a, 2, 4, RW1C, "Command Completed", SLTSTA, SLOT),
	ENUM(0x1a, 2, 5, 1, RO, "MRL Sensor State", SLTSTA, mrl_state, SLOT),
	FLAG(0x1a, 2, 6, RO, "Presence Detect State", SLTSTA, SLOT),
	FLAG(0x1a, 2, 7, RO, "Electromechanical Interlock Status", SLTSTA, SLOT),
	FLAG(0x1a, 2, 8, RW1C, "Data Link Layer State Changed", SLTSTA, SLOT),
	RSVD(0x1a, 2, 9, 7, "Slot Status Reserved", SLTSTA, SLOT),

	FLAG(0x1c, 2, 0, RW, "System Error on Correctable Error Enable", RTCTL, ROOT),
	FLAG(0x1c, 2, 1, RW, "System Error on Non-Fatal Error Enable", RTCTL, ROOT),
	FLAG(0x1c, 2, 2, RW, "System Error on Fatal Error Enable", RTCTL, ROOT),
	FLAG(0x1c, 2, 3, RW, "PME Interrupt Enable", RTCTL, ROOT),
	FLAG(0x1c, 2, 4, RW, "Configuration RRS Software Visibility Enable", RTCTL, ROOT),
	FLAG(0x1c, 2, 5, RW, "No NFM Subtree Below This Root Port", RTCTL, ROOT),
	RSVD(0x1c, 2, 6, 10, "Root Control Reserved", RTCTL, ROOT),
	FLAG(0x1e, 2, 0, RO, "Configuration RRS Software Visibility", RTCAP, ROOT),
	RSVD(0x1e, 2, 1, 15, "Root Capabilities Reserved", RTCAP, ROOT),
	HEX(0x20, 4, 0, 16, RO, "PME Requester ID", RTSTA, ROOT),
	FLAG(0x20, 4, 16, RW1C, "PME Status", RTSTA, ROOT),
	FLAG(0x20, 4, 17, RO, "PME Pending", RTSTA, ROOT),
	RSVD(0x20, 4, 18, 14, "Root Status Reserved", RTSTA, ROOT),

	ENUM(0x24, 4, 0, 4, HWINIT, "Completion Timeout Ranges Supported", DEVCAP2, timeout_ranges, V2),
	FLAG(0x24, 4, 4, RO, "Completion Timeout Disable Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 5, RO, "ARI Forwarding Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 6, RO, "AtomicOp Routing Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 7, RO, "32-bit AtomicOp Completer Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 8, RO, "64-bit AtomicOp Completer Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 9, RO, "128-bit CAS Completer Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 10, HWINIT, "No RO-enabled PR-PR Passing", DEVCAP2, V2),
	FLAG(0x24, 4, 11, RO, "LTR Mechanism Supported", DEVCAP2, V2),
	ENUM(0x24, 4, 12, 2, RO, "TPH Completer Supported", DEVCAP2, tph_completer, V2),
	ENUM(0x24, 4, 14, 2, RO, "LN System CLS", DEVCAP2, ln_cls, V2),
	FLAG(0x24, 4, 16, HWINIT, "10-Bit Tag Completer Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 17, HWINIT, "10-Bit Tag Requester Supported", DEVCAP2, V2),
	ENUM(0x24, 4, 18, 2, HWINIT, "OBFF Supported", DEVCAP2, obff_support, V2),
	FLAG(0x24, 4, 20, RO, "Extended Fmt Field Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 21, HWINIT, "End-End TLP Prefix Supported", DEVCAP2, V2),
	UINT(0x24, 4, 22, 2, HWINIT, "Max End-End TLP Prefixes", DEVCAP2, V2),
	ENUM(0x24, 4, 24, 2, HWINIT, "Emergency Power Reduction Supported", DEVCAP2, epr_time, V2),
	FLAG(0x24, 4, 26, HWINIT, "Emergency Power Reduction Initialization Required", DEVCAP2, V2),
	RSVD(0x24, 4, 27, 1, "Device Capabilities 2 Reserved (27)", DEVCAP2, V2),
	FLAG(0x24, 4, 28, HWINIT, "DMWr Completer Supported", DEVCAP2, V2),
	UINT(0x24, 4, 29, 2, HWINIT, "DMWr Lengths Supported", DEVCAP2, V2),
	FLAG(0x24, 4, 31, HWINIT, "FRS Supported", DEVCAP2, V2),

	ENUM(0x28, 2, 0, 4, RW, "Completion Timeout Value", DEVCTL2, timeouts, V2),
	FLAG(0x28, 2, 4, RW, "Completion Timeout Disable", DEVCTL2, V2),
	FLAG(0x28, 2, 5, RW, "ARI Forwarding Enable", DEVCTL2, V2),
	FLAG(0x28, 2, 6, RW, "AtomicOp Requester Enable", DEVCTL2, V2),
	FLAG(0x28, 2, 7, RW, "AtomicOp Egress Blocking", DEVCTL2, V2),
	FLAG(0x28, 2, 8, RW, "IDO Request Enable", DEVCTL2, V2),
	FLAG(0x28, 2, 9, RW, "IDO Completion Enable", DEVCTL2, V2),
	FLAG(0x28, 2, 10, RW, "LTR Mechanism Enable", DEVCTL2, V2),
	FLAG(0x28, 2, 11, RW, "Emergency Power Reduction Request", DEVCTL2, V2),
	FLAG(0x28, 2, 12, RW, "10-Bit Tag Requester Enable", DEVCTL2, V2),
	ENUM(0x28, 2, 13, 2, RW, "OBFF Enable", DEVCTL2, obff_enable, V2),
	FLAG(0x28, 2, 15, RW, "End-End TLP Prefix Blocking", DEVCTL2, V2),
	RSVD(0x2a, 2, 0, 16, "Device Status 2 Reserved", "PCIe 6.0 7.5.3.17", V2),

	RSVD(0x2c, 4, 0, 1, "Link Capabilities 2 Reserved (0)", LNKCAP2, LINK2),
	HEX(0x2c, 4, 1, 7, HWINIT, "Supported Link Speeds Vector", LNKCAP2, LINK2),
	FLAG(0x2c, 4, 8, RO, "Crosslink Supported", LNKCAP2, LINK2),
	HEX(0x2c, 4, 9, 7, HWINIT, "Lower SKP OS Generation Supported Speeds Vector", LNKCAP2, LINK2),
	HEX(0x2c, 4, 16, 7, HWINIT, "Lower SKP OS Reception Supported Speeds Vector", LNKCAP2, LINK2),
	FLAG(0x2c, 4, 23, HWINIT, "Retimer Presence Detect Supported", LNKCAP2, LINK2),
	FLAG(0x2c, 4, 24, HWINIT, "Two Retimers Presence Detect Supported", LNKCAP2, LINK2),
	RSVD(0x2c, 4, 25, 6, "Link Capabilities 2 Reserved (30:25)", LNKCAP2, LINK2),
	FLAG(0x2c, 4, 31, HWINIT, "DRS Supported", LNKCAP2, LINK2),

	ENUM(0x30, 2, 0, 4, RWS, "Target Link Speed", LNKCTL2, speeds, LINK2),
	FLAG(0x30, 2, 4, RWS, "Enter Compliance", LNKCTL2, LINK2),
	FLAG(0x30, 2, 5, RWS, "Hardware Autonomous Speed Disable", LNKCTL2, LINK2),
	ENUM(0x30, 2, 6, 1, HWINIT, "Selectable De-emphasis", LNKCTL2, deemphasis, LINK2),
	UINT(0x30, 2, 7, 3, RWS, "Transmit Margin", LNKCTL2, LINK2),
	FLAG(0x30, 2, 10, RWS, "Enter Modified Compliance", LNKCTL2, LINK2),
	FLAG(0x30, 2, 11, RWS, "Compliance SOS", LNKCTL2, LINK2),
	ENUM(0x30, 2, 12, 4, RWS, "Compliance Preset/De-emphasis", LNKCTL2, compliance, LINK2),

	ENUM(0x32, 2, 0, 1, RO, "Current De-emphasis Level", LNKSTA2, deemphasis, LINK2),
	FLAG(0x32, 2, 1, ROS, "Equalization 8.0 GT/s Complete", LNKSTA2, LINK2),
	FLAG(0x32, 2, 2, ROS, "Equalization 8.0 GT/s Phase 1 Successful", LNKSTA2, LINK2),
	FLAG(0x32, 2, 3, ROS, "Equalization 8.0 GT/s Phase 2 Successful", LNKSTA2, LINK2),
	FLAG(0x32, 2, 4, ROS, "Equalization 8.0 GT/s Phase 3 Successful", LNKSTA2, LINK2),
	FLAG(0x32, 2, 5, RW1CS, "Link Equalization Request 8.0 GT/s", LNKSTA2, LINK2),
	FLAG(0x32, 2, 6, RO, "Retimer Presence Detected", LNKSTA2, LINK2),
	FLAG(0x32, 2, 7, RO, "Two Retimers Presence Detected", LNKSTA2, LINK2),
	ENUM(0x32, 2, 8, 2, RO, "Crosslink Resolution", LNKSTA2, crosslink, LINK2),
	FLAG(0x32, 2, 10, RO, "Flit Mode Status", LNKSTA2, LINK2),
	RSVD(0x32, 2, 11, 1, "Link Status 2 Reserved", LNKSTA2, LINK2),
	ENUM(0x32, 2, 12, 3, RO, "Downstream Component Presence", LNKSTA2, component_presence, LINK2),
	FLAG(0x32, 2, 15, RW1C, "DRS Message Received", LNKSTA2, LINK2),

	FLAG(0x34, 4, 0, HWINIT, "In-Band PD Disable Supported", SLTCAP2, SLOT2),
	RSVD(0x34, 4, 1, 31, "Slot Capabilities 2 Reserved", SLTCAP2, SLOT2),
	RSVD(0x38, 2, 0, 16, "Slot Control 2 Reserved", "PCIe 6.0 7.5.3.22", SLOT2),
	RSVD(0x3a, 2, 0, 16, "Slot Status 2 Reserved", "PCIe 6.0 7.5.3.23", SLOT2),
};

const struct cap_desc cap_exp = {
	.space = CAP_STANDARD, .id = 0x10, .name = "PCI Express", .spec = "PCIe 6.0 7.5.3", .min_len = 0x0c, .length = length, ROWS(fields),
	.shown = true,
};
