/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lspci's words stand for. Wording of old and new versions side by side: a row that is not met does nothing. */
#include <linux/pci_regs.h>

#include "lspci-text.h"

#ifndef PCI_EXT_CAP_ID_DOE
#define PCI_EXT_CAP_ID_DOE 0x2e
#endif

#define FLAG(line, token, register, bytes, bit) \
	{ .key = line, .words = token, .kind = TEXT_FLAG, .reg = register, .size = bytes, .lsb = bit, .width = 1 }
#define VALUE(line, text, how, register, bytes, first, bits) \
	{ .key = line, .words = text, .kind = how, .reg = register, .size = bytes, .lsb = first, .width = bits }

static const struct text_row header_rows[] = {
	FLAG("Control:", "I/O", PCI_COMMAND, 2, 0),
	FLAG("Control:", "Mem", PCI_COMMAND, 2, 1),
	FLAG("Control:", "BusMaster", PCI_COMMAND, 2, 2),
	FLAG("Control:", "SpecCycle", PCI_COMMAND, 2, 3),
	FLAG("Control:", "MemWINV", PCI_COMMAND, 2, 4),
	FLAG("Control:", "VGASnoop", PCI_COMMAND, 2, 5),
	FLAG("Control:", "ParErr", PCI_COMMAND, 2, 6),
	FLAG("Control:", "SERR", PCI_COMMAND, 2, 8),
	FLAG("Control:", "DisINTx", PCI_COMMAND, 2, 10),
	FLAG("Status:", "Cap", PCI_STATUS, 2, 4),
	FLAG("Status:", "INTx", PCI_STATUS, 2, 3),
	FLAG("BridgeCtl:", "Parity", PCI_BRIDGE_CONTROL, 2, 0),
	FLAG("BridgeCtl:", "SERR", PCI_BRIDGE_CONTROL, 2, 1),
	FLAG("BridgeCtl:", "VGA", PCI_BRIDGE_CONTROL, 2, 3),
};

static const struct text_row pm_rows[] = {
	VALUE("Status:", "Status: D", TEXT_DEC, PCI_PM_CTRL, 2, 0, 2),
	FLAG("Status:", "NoSoftRst", PCI_PM_CTRL, 2, 3),
};

static const struct text_row msi_rows[] = {
	FLAG(NULL, "Enable", PCI_MSI_FLAGS, 2, 0),
	FLAG(NULL, "64bit", PCI_MSI_FLAGS, 2, 7),
	FLAG(NULL, "Maskable", PCI_MSI_FLAGS, 2, 8),
	FLAG(NULL, "Mask", PCI_MSI_FLAGS, 2, 8),
};

static const struct text_row msix_rows[] = {
	FLAG(NULL, "Enable", PCI_MSIX_FLAGS, 2, 15),
	FLAG(NULL, "Masked", PCI_MSIX_FLAGS, 2, 14),
	VALUE(NULL, "Count=", TEXT_LESS1, PCI_MSIX_FLAGS, 2, 0, 11),
	VALUE(NULL, "Vector table: BAR=", TEXT_DEC, PCI_MSIX_TABLE, 4, 0, 3),
	VALUE(NULL, "PBA: BAR=", TEXT_DEC, PCI_MSIX_PBA, 4, 0, 3),
};

static const struct text_row af_rows[] = {
	FLAG("AFCap:", "TP", PCI_AF_CAP, 1, 0),
	FLAG("AFCap:", "FLR", PCI_AF_CAP, 1, 1),
};

static const struct text_row exp_rows[] = {
	VALUE("DevCap:", "MaxPayload ", TEXT_BYTES, PCI_EXP_DEVCAP, 4, 0, 3),
	FLAG("DevCap:", "ExtTag", PCI_EXP_DEVCAP, 4, 5),
	FLAG("DevCap:", "AttnBtn", PCI_EXP_DEVCAP, 4, 12),
	FLAG("DevCap:", "AttnInd", PCI_EXP_DEVCAP, 4, 13),
	FLAG("DevCap:", "PwrInd", PCI_EXP_DEVCAP, 4, 14),
	FLAG("DevCap:", "RBE", PCI_EXP_DEVCAP, 4, 15),
	FLAG("DevCap:", "FLReset", PCI_EXP_DEVCAP, 4, 28),
	FLAG("DevCtl:", "CorrErr", PCI_EXP_DEVCTL, 2, 0),
	FLAG("DevCtl:", "NonFatalErr", PCI_EXP_DEVCTL, 2, 1),
	FLAG("DevCtl:", "FatalErr", PCI_EXP_DEVCTL, 2, 2),
	FLAG("DevCtl:", "UnsupReq", PCI_EXP_DEVCTL, 2, 3),
	FLAG("DevCtl:", "Correctable", PCI_EXP_DEVCTL, 2, 0),
	FLAG("DevCtl:", "Non-Fatal", PCI_EXP_DEVCTL, 2, 1),
	FLAG("DevCtl:", "Fatal", PCI_EXP_DEVCTL, 2, 2),
	FLAG("DevCtl:", "Unsupported", PCI_EXP_DEVCTL, 2, 3),
	FLAG("DevCtl:", "RlxdOrd", PCI_EXP_DEVCTL, 2, 4),
	FLAG("DevCtl:", "ExtTag", PCI_EXP_DEVCTL, 2, 8),
	FLAG("DevCtl:", "PhantFunc", PCI_EXP_DEVCTL, 2, 9),
	FLAG("DevCtl:", "AuxPwr", PCI_EXP_DEVCTL, 2, 10),
	FLAG("DevCtl:", "NoSnoop", PCI_EXP_DEVCTL, 2, 11),
	VALUE("DevCtl:", "MaxPayload ", TEXT_BYTES, PCI_EXP_DEVCTL, 2, 5, 3),
	VALUE("DevCtl:", "MaxReadReq ", TEXT_BYTES, PCI_EXP_DEVCTL, 2, 12, 3),
	FLAG("DevSta:", "CorrErr", PCI_EXP_DEVSTA, 2, 0),
	FLAG("DevSta:", "NonFatalErr", PCI_EXP_DEVSTA, 2, 1),
	FLAG("DevSta:", "FatalErr", PCI_EXP_DEVSTA, 2, 2),
	FLAG("DevSta:", "UnsupReq", PCI_EXP_DEVSTA, 2, 3),
	FLAG("DevSta:", "UncorrErr", PCI_EXP_DEVSTA, 2, 1), /* of lspci 3.0 to 3.5 */
	FLAG("DevSta:", "AuxPwr", PCI_EXP_DEVSTA, 2, 4),
	FLAG("DevSta:", "TransPend", PCI_EXP_DEVSTA, 2, 5),
	FLAG("SltCap:", "AttnBtn", PCI_EXP_SLTCAP, 4, 0),
	FLAG("SltCap:", "PwrCtrl", PCI_EXP_SLTCAP, 4, 1),
	FLAG("SltCap:", "MRL", PCI_EXP_SLTCAP, 4, 2),
	FLAG("SltCap:", "AttnInd", PCI_EXP_SLTCAP, 4, 3),
	FLAG("SltCap:", "PwrInd", PCI_EXP_SLTCAP, 4, 4),
	FLAG("SltCap:", "Surprise", PCI_EXP_SLTCAP, 4, 5),
	FLAG("SltCap:", "HotPlug", PCI_EXP_SLTCAP, 4, 6),
	FLAG("SltCap:", "Interlock", PCI_EXP_SLTCAP, 4, 17),
	FLAG("SltCap:", "NoCompl", PCI_EXP_SLTCAP, 4, 18),
	VALUE("SltCap:", "Slot #", TEXT_DEC, PCI_EXP_SLTCAP, 4, 19, 13),
	FLAG("DevCap2:", "TimeoutDis", PCI_EXP_DEVCAP2, 4, 4),
	FLAG("DevCap2:", "ARIFwd", PCI_EXP_DEVCAP2, 4, 5),
	FLAG("DevCap2:", "NROPrPrP", PCI_EXP_DEVCAP2, 4, 10),
	FLAG("DevCap2:", "LTR", PCI_EXP_DEVCAP2, 4, 11),
	FLAG("DevCap2:", "TPHComp", PCI_EXP_DEVCAP2, 4, 12),
	FLAG("DevCap2:", "ExtTPHComp", PCI_EXP_DEVCAP2, 4, 13),
	FLAG("DevCap2:", "10BitTagComp", PCI_EXP_DEVCAP2, 4, 16),
	FLAG("DevCap2:", "10BitTagReq", PCI_EXP_DEVCAP2, 4, 17),
	FLAG("DevCap2:", "ExtFmt", PCI_EXP_DEVCAP2, 4, 20),
	FLAG("DevCap2:", "EETLPPrefix", PCI_EXP_DEVCAP2, 4, 21),
	FLAG("DevCap2:", "FRS", PCI_EXP_DEVCAP2, 4, 31),
	FLAG("AtomicOpsCap:", "Routing", PCI_EXP_DEVCAP2, 4, 6),
	FLAG("AtomicOpsCap:", "32bit", PCI_EXP_DEVCAP2, 4, 7),
	FLAG("AtomicOpsCap:", "64bit", PCI_EXP_DEVCAP2, 4, 8),
	FLAG("AtomicOpsCap:", "128bitCAS", PCI_EXP_DEVCAP2, 4, 9),
	FLAG("DevCtl2:", "TimeoutDis", PCI_EXP_DEVCTL2, 2, 4),
	FLAG("DevCtl2:", "ARIFwd", PCI_EXP_DEVCTL2, 2, 5),
	FLAG("DevCtl2:", "LTR", PCI_EXP_DEVCTL2, 2, 10),
	FLAG("DevCtl2:", "10BitTagReq", PCI_EXP_DEVCTL2, 2, 12),
	FLAG("AtomicOpsCtl:", "ReqEn", PCI_EXP_DEVCTL2, 2, 6),
	FLAG("AtomicOpsCtl:", "EgressBlck", PCI_EXP_DEVCTL2, 2, 7),
};

static const struct text_row acs_rows[] = {
	FLAG("ACSCap:", "SrcValid", PCI_ACS_CAP, 2, 0),
	FLAG("ACSCap:", "TransBlk", PCI_ACS_CAP, 2, 1),
	FLAG("ACSCap:", "ReqRedir", PCI_ACS_CAP, 2, 2),
	FLAG("ACSCap:", "CmpltRedir", PCI_ACS_CAP, 2, 3),
	FLAG("ACSCap:", "UpstreamFwd", PCI_ACS_CAP, 2, 4),
	FLAG("ACSCap:", "EgressCtrl", PCI_ACS_CAP, 2, 5),
	FLAG("ACSCap:", "DirectTrans", PCI_ACS_CAP, 2, 6),
	FLAG("ACSCtl:", "SrcValid", PCI_ACS_CTRL, 2, 0),
	FLAG("ACSCtl:", "TransBlk", PCI_ACS_CTRL, 2, 1),
	FLAG("ACSCtl:", "ReqRedir", PCI_ACS_CTRL, 2, 2),
	FLAG("ACSCtl:", "CmpltRedir", PCI_ACS_CTRL, 2, 3),
	FLAG("ACSCtl:", "UpstreamFwd", PCI_ACS_CTRL, 2, 4),
	FLAG("ACSCtl:", "EgressCtrl", PCI_ACS_CTRL, 2, 5),
	FLAG("ACSCtl:", "DirectTrans", PCI_ACS_CTRL, 2, 6),
};

static const struct text_row ari_rows[] = {
	FLAG("ARICap:", "MFVC", PCI_ARI_CAP, 2, 0),
	FLAG("ARICap:", "ACS", PCI_ARI_CAP, 2, 1),
	VALUE("ARICap:", "Next Function: ", TEXT_DEC, PCI_ARI_CAP, 2, 8, 8),
	FLAG("ARICtl:", "MFVC", PCI_ARI_CTRL, 2, 0),
	FLAG("ARICtl:", "ACS", PCI_ARI_CTRL, 2, 1),
	VALUE("ARICtl:", "Function Group: ", TEXT_DEC, PCI_ARI_CTRL, 2, 4, 3),
};

static const struct text_row ats_rows[] = {
	VALUE("ATSCap:", "Invalidate Queue Depth: ", TEXT_HEX, PCI_ATS_CAP, 2, 0, 5),
	FLAG("ATSCtl:", "Enable", PCI_ATS_CTRL, 2, 15),
	VALUE("ATSCtl:", "Smallest Translation Unit: ", TEXT_HEX, PCI_ATS_CTRL, 2, 0, 5),
};

static const struct text_row pri_rows[] = {
	FLAG("PRICtl:", "Enable", PCI_PRI_CTRL, 2, 0),
	FLAG("PRICtl:", "Reset", PCI_PRI_CTRL, 2, 1),
	FLAG("PRISta:", "RF", PCI_PRI_STATUS, 2, 0),
	FLAG("PRISta:", "UPRGI", PCI_PRI_STATUS, 2, 1),
	FLAG("PRISta:", "Stopped", PCI_PRI_STATUS, 2, 8),
	VALUE(NULL, "Page Request Capacity: ", TEXT_HEX, PCI_PRI_MAX_REQ, 4, 0, 32),
	VALUE(NULL, "Page Request Allocation: ", TEXT_HEX, PCI_PRI_ALLOC_REQ, 4, 0, 32),
};

static const struct text_row pasid_rows[] = {
	FLAG("PASIDCap:", "Exec", PCI_PASID_CAP, 2, 1),
	FLAG("PASIDCap:", "Priv", PCI_PASID_CAP, 2, 2),
	VALUE("PASIDCap:", "Max PASID Width: ", TEXT_HEX, PCI_PASID_CAP, 2, 8, 5),
	FLAG("PASIDCtl:", "Enable", PCI_PASID_CTRL, 2, 0),
	FLAG("PASIDCtl:", "Exec", PCI_PASID_CTRL, 2, 1),
	FLAG("PASIDCtl:", "Priv", PCI_PASID_CTRL, 2, 2),
};

static const struct text_row sriov_rows[] = {
	FLAG("IOVCap:", "Migration", PCI_SRIOV_CAP, 4, 0),
	FLAG("IOVCap:", "10BitTagReq", PCI_SRIOV_CAP, 4, 2),
	VALUE("IOVCap:", "Interrupt Message Number: ", TEXT_HEX, PCI_SRIOV_CAP, 4, 21, 11),
	VALUE("IOVCap:", "IntMsgNum ", TEXT_DEC, PCI_SRIOV_CAP, 4, 21, 11),
	FLAG("IOVCtl:", "Enable", PCI_SRIOV_CTRL, 2, 0),
	FLAG("IOVCtl:", "Migration", PCI_SRIOV_CTRL, 2, 1),
	FLAG("IOVCtl:", "Interrupt", PCI_SRIOV_CTRL, 2, 2),
	FLAG("IOVCtl:", "MSE", PCI_SRIOV_CTRL, 2, 3),
	FLAG("IOVCtl:", "ARIHierarchy", PCI_SRIOV_CTRL, 2, 4),
	FLAG("IOVCtl:", "10BitTagReq", PCI_SRIOV_CTRL, 2, 5),
	FLAG("IOVSta:", "Migration", PCI_SRIOV_STATUS, 2, 0),
	VALUE(NULL, "Initial VFs: ", TEXT_DEC, PCI_SRIOV_INITIAL_VF, 2, 0, 16),
	VALUE(NULL, "Total VFs: ", TEXT_DEC, PCI_SRIOV_TOTAL_VF, 2, 0, 16),
	VALUE(NULL, "Number of VFs: ", TEXT_DEC, PCI_SRIOV_NUM_VF, 2, 0, 16),
	VALUE(NULL, "Function Dependency Link: ", TEXT_HEX, PCI_SRIOV_FUNC_LINK, 1, 0, 8),
	VALUE(NULL, "VF offset: ", TEXT_DEC, PCI_SRIOV_VF_OFFSET, 2, 0, 16),
	VALUE(NULL, "stride: ", TEXT_DEC, PCI_SRIOV_VF_STRIDE, 2, 0, 16),
	VALUE(NULL, "Device ID: ", TEXT_HEX, PCI_SRIOV_VF_DID, 2, 0, 16),
	VALUE(NULL, "Supported Page Size: ", TEXT_HEX, PCI_SRIOV_SUP_PGSIZE, 4, 0, 32),
	VALUE(NULL, "System Page Size: ", TEXT_HEX, PCI_SRIOV_SYS_PGSIZE, 4, 0, 32),
};

#define ROWS(array) .rows = array, .rows_n = ARRAY_SIZE(array)

const struct text_cap_desc text_header = {.title = "", ROWS(header_rows)};

/* A title that begins like another's stands before it. */
const struct text_cap_desc text_caps[] = {
	{.title = "Power Management", .id = PCI_CAP_ID_PM, ROWS(pm_rows)},
	{.title = "AGP version", .id = PCI_CAP_ID_AGP},
	{.title = "AGP3", .id = PCI_CAP_ID_AGP3},
	{.title = "Vital Product Data", .id = PCI_CAP_ID_VPD},
	{.title = "Slot ID", .id = PCI_CAP_ID_SLOTID},
	{.title = "MSI-X", .id = PCI_CAP_ID_MSIX, ROWS(msix_rows)},
	{.title = "MSI", .id = PCI_CAP_ID_MSI, ROWS(msi_rows)},
	{.title = "Message Signalled Interrupts", .id = PCI_CAP_ID_MSI, ROWS(msi_rows)},
	{.title = "CompactPCI hot-swap", .id = PCI_CAP_ID_CHSWP},
	{.title = "PCI-X", .id = PCI_CAP_ID_PCIX},
	{.title = "HyperTransport", .id = PCI_CAP_ID_HT},
	{.title = "Debug port", .id = PCI_CAP_ID_DBG},
	{.title = "CompactPCI central", .id = PCI_CAP_ID_CCRC},
	{.title = "Hot-plug capable", .id = PCI_CAP_ID_SHPC},
	{.title = "Subsystem", .id = PCI_CAP_ID_SSVID},
	{.title = "Secure device", .id = PCI_CAP_ID_SECDEV},
	{.title = "Express", .id = PCI_CAP_ID_EXP, ROWS(exp_rows)},
	{.title = "SATA HBA", .id = PCI_CAP_ID_SATA},
	{.title = "PCI Advanced Features", .id = PCI_CAP_ID_AF, ROWS(af_rows)},
	{.title = "Enhanced Allocation", .id = PCI_CAP_ID_EA},
	{.title = "Null", .id = 0},
	{.title = "Null", .id = 0, .extended = true},
	{.title = "Vendor Specific Information", .id = PCI_CAP_ID_VNDR},
	{.title = "Advanced Error Reporting", .id = PCI_EXT_CAP_ID_ERR, .extended = true},
	{.title = "Virtual Channel", .id = PCI_EXT_CAP_ID_VC, .extended = true},
	{.title = "Device Serial Number", .id = PCI_EXT_CAP_ID_DSN, .extended = true},
	{.title = "Power Budgeting", .id = PCI_EXT_CAP_ID_PWR, .extended = true},
	{.title = "Root Complex Link", .id = PCI_EXT_CAP_ID_RCLD, .extended = true},
	{.title = "Root Complex Internal Link", .id = PCI_EXT_CAP_ID_RCILC, .extended = true},
	{.title = "Root Complex Event Collector", .id = PCI_EXT_CAP_ID_RCEC, .extended = true},
	{.title = "Multi-Function Virtual Channel", .id = PCI_EXT_CAP_ID_MFVC, .extended = true},
	{.title = "Root Complex Register Block", .id = PCI_EXT_CAP_ID_RCRB, .extended = true},
	{.title = "Vendor Specific Information", .id = PCI_EXT_CAP_ID_VNDR, .extended = true},
	{.title = "Access Control Services", .id = PCI_EXT_CAP_ID_ACS, .extended = true, ROWS(acs_rows)},
	{.title = "Alternative Routing-ID Interpretation", .id = PCI_EXT_CAP_ID_ARI, .extended = true, ROWS(ari_rows)},
	{.title = "Address Translation Service", .id = PCI_EXT_CAP_ID_ATS, .extended = true, ROWS(ats_rows)},
	{.title = "Single Root I/O Virtualization", .id = PCI_EXT_CAP_ID_SRIOV, .extended = true, ROWS(sriov_rows)},
	{.title = "Multi-Root I/O Virtualization", .id = PCI_EXT_CAP_ID_MRIOV, .extended = true},
	{.title = "Multicast", .id = PCI_EXT_CAP_ID_MCAST, .extended = true},
	{.title = "Page Request Interface", .id = PCI_EXT_CAP_ID_PRI, .extended = true, ROWS(pri_rows)},
	{.title = "Physical Resizable BAR", .id = PCI_EXT_CAP_ID_REBAR, .extended = true},
	{.title = "Resizable BAR", .id = PCI_EXT_CAP_ID_REBAR, .extended = true},
	{.title = "Virtual Resizable BAR", .id = 0x24, .extended = true},
	{.title = "VF Resizable BAR", .id = 0x24, .extended = true},
	{.title = "Dynamic Power Allocation", .id = PCI_EXT_CAP_ID_DPA, .extended = true},
	{.title = "Transaction Processing Hints", .id = PCI_EXT_CAP_ID_TPH, .extended = true},
	{.title = "Latency Tolerance Reporting", .id = PCI_EXT_CAP_ID_LTR, .extended = true},
	{.title = "Secondary PCI Express", .id = PCI_EXT_CAP_ID_SECPCI, .extended = true},
	{.title = "Protocol Multiplexing", .id = PCI_EXT_CAP_ID_PMUX, .extended = true},
	{.title = "Process Address Space ID", .id = PCI_EXT_CAP_ID_PASID, .extended = true, ROWS(pasid_rows)},
	{.title = "LN Requester", .id = 0x1c, .extended = true},
	{.title = "Downstream Port Containment", .id = PCI_EXT_CAP_ID_DPC, .extended = true},
	{.title = "L1 PM Substates", .id = PCI_EXT_CAP_ID_L1SS, .extended = true},
	{.title = "Precision Time Measurement", .id = PCI_EXT_CAP_ID_PTM, .extended = true},
	{.title = "PCI Express over M_PHY", .id = 0x20, .extended = true},
	{.title = "FRS Queueing", .id = 0x21, .extended = true},
	{.title = "Readiness Time Reporting", .id = 0x22, .extended = true},
	{.title = "Designated Vendor-Specific", .id = 0x23, .extended = true},
	{.title = "Data Link Feature", .id = 0x25, .extended = true},
	{.title = "Physical Layer 16.0 GT/s", .id = 0x26, .extended = true},
	{.title = "Lane Margining at the Receiver", .id = 0x27, .extended = true},
	{.title = "Hierarchy ID", .id = 0x28, .extended = true},
	{.title = "Native PCIe Enclosure Management", .id = 0x29, .extended = true},
	{.title = "Physical Layer 32.0 GT/s", .id = 0x2a, .extended = true},
	{.title = "Alternate Protocol", .id = 0x2b, .extended = true},
	{.title = "System Firmware Intermediary", .id = 0x2c, .extended = true},
	{.title = "Shadow Functions", .id = 0x2d, .extended = true},
	{.title = "Data Object Exchange", .id = PCI_EXT_CAP_ID_DOE, .extended = true},
	{.title = "Device 3", .id = 0x2f, .extended = true},
	{.title = "Integrity & Data Encryption", .id = 0x30, .extended = true},
	{.title = "Physical Layer 64.0 GT/s", .id = 0x31, .extended = true},
	{.title = "Flit Logging", .id = 0x32, .extended = true},
};
const size_t text_caps_n = ARRAY_SIZE(text_caps);

/* Names are pci.ids' for the class and subclass; one that begins like another's stands before it. */
const struct text_class text_classes[] = {
	{"SCSI storage controller", 0x0100},
	{"IDE interface", 0x0101},
	{"RAID bus controller", 0x0104},
	{"SATA controller", 0x0106},
	{"Serial Attached SCSI controller", 0x0107},
	{"Non-Volatile memory controller", 0x0108},
	{"Mass storage controller", 0x0180},
	{"Ethernet controller", 0x0200},
	{"Infiniband controller", 0x0207},
	{"InfiniBand controller", 0x0207},
	{"Fabric controller", 0x0208},
	{"Network controller", 0x0280},
	{"VGA compatible controller", 0x0300},
	{"3D controller", 0x0302},
	{"Display controller", 0x0380},
	{"Audio device", 0x0403},
	{"Host bridge", 0x0600},
	{"ISA bridge", 0x0601},
	{"PCI bridge", 0x0604},
	{"CardBus bridge", 0x0607},
	{"Bridge", 0x0680},
	{"Serial controller", 0x0700},
	{"Communication controller", 0x0780},
	{"System peripheral", 0x0880},
	{"Co-processor", 0x0b40},
	{"USB controller", 0x0c03},
	{"USB Controller", 0x0c03},
	{"Fibre Channel", 0x0c04},
	{"SMBus", 0x0c05},
	{"Encryption controller", 0x1080},
	{"Signal processing controller", 0x1180},
	{"Processing accelerators", 0x1200},
};
const size_t text_classes_n = ARRAY_SIZE(text_classes);

/* Device/Port Type as the Express line words it; one that ends like another's stands before it. */
const struct text_class text_port_types[] = {
	{"Legacy Endpoint", PCI_EXP_TYPE_LEG_END},
	{"Root Complex Integrated Endpoint", PCI_EXP_TYPE_RC_END},
	{"Root Complex Event Collector", PCI_EXP_TYPE_RC_EC},
	{"PCI-Express to PCI/PCI-X Bridge", PCI_EXP_TYPE_PCI_BRIDGE},
	{"PCI/PCI-X to PCI-Express Bridge", PCI_EXP_TYPE_PCIE_BRIDGE},
	{"Root Port", PCI_EXP_TYPE_ROOT_PORT},
	{"Upstream Port", PCI_EXP_TYPE_UPSTREAM},
	{"Downstream Port", PCI_EXP_TYPE_DOWNSTREAM},
	{"Endpoint", PCI_EXP_TYPE_ENDPOINT},
};
const size_t text_port_types_n = ARRAY_SIZE(text_port_types);
