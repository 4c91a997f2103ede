#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
Differential test: what `lspci -vvv -F` prints of each capability that we decode equals what we decode.

oracle.py PRINT-FIELDS LSPCI PATH...     (lspci -xxxx text, archives and folders of captured hosts with their `config` files)

Every line that lspci prints of a decoded capability must match a template below, and each value in it must equal ours; a line that
no template takes, and a capability that only one of the two has, is a failure. What is meant to differ stands in EXCEPTIONS with the
reason why ours is right.
"""
import os
import re
import subprocess
import sys
import tarfile
import tempfile

# (capability, template or field) -> why ours is right where lspci says something else
EXCEPTIONS = {
    ("Designated Vendor-Specific", "CXL"): "registers inside of CXL's DVSECs are another specification's: we give the DVSEC's header and raw bytes",
    ("SR-IOV", "Region 5"): "lspci joins VF BAR5 of 64-bit type with the VF Migration State Array Offset register: there is no upper half behind the last BAR",
    ("SR-IOV", "I/O"): "lspci prints a VF BAR of I/O or reserved type as memory: we give the raw register",
    ("Data Object Exchange", "Error"): "lspci 3.9 takes bit 1, DOE Interrupt Status, for DOE Error, which is bit 2 (PCI_DOE_STATUS_ERROR)",
    ("Resizable BAR", "number"): "a number of resizable BARs that cannot be is a number all the same",
    ("header", "unknown type"): "lspci stops at a header type that it does not know; the lists of capabilities are where they always are",
    ("header", "upper half"): "lspci prints the upper half of a 64-bit BAR as a BAR of its own where it is not 0",
    ("Extended list", "no PCI Express"): "lspci walks the extended list of PCI-X functions; only those of PCI-X 266 and 533 have extended space",
    ("Multicast", "overlay"): "only ports have an overlay BAR; lspci prints what lies behind an endpoint's capability",
}
used = {}


def excuse(key):
    used[key] = used.get(key, 0) + 1
    assert key in EXCEPTIONS


# --- values: how lspci prints a field --------------------------------------------------------------------------------
def table(*names):
    return lambda v: names[v] if v < len(names) and names[v] is not None else None


def speed(v):
    return {1: "2.5GT/s", 2: "5GT/s", 3: "8GT/s", 4: "16GT/s", 5: "32GT/s", 6: "64GT/s"}.get(v, "unknown")


def speed2(v):
    return "2.5GT/s" if v == 0 else speed(v) if speed(v) != "unknown" else "Unknown"


def power(value, scale):
    scales = (1.0, 0.1, 0.01, 0.001)
    if value > 0xEF and scale == 0:
        value = {0xF0: 250, 0xF1: 275, 0xF2: 300}.get(value, None)
        if value is None:
            return "Reserved"
    return "%gW" % (value * scales[scale])


def speeds(v):
    names = ("2.5GT/s", "5GT/s", "8GT/s", "16GT/s", "32GT/s", "64GT/s")
    if not v:
        return "Unknown"
    if v & (v + 1) or v == 1:
        pass
    top = v.bit_length() - 1
    if v == 1:
        return "2.5GT/s"
    if top < len(names) and v == (1 << (top + 1)) - 1:
        return "2.5-" + names[top]
    return None  # a vector with gaps: lspci 3.9 calls it reserved or unknown


def pwr_on(value, scale):
    return "%dus" % (value * (2, 10, 100)[scale]) if scale < 3 else "Error"


def ltr(value, scale):
    return "%d" % ((value << (5 * scale)) & 0xFFFFFFFFFFFFFFFF)


def granularity(v):
    return "Unimplemented" if v == 0 else "Greater than 254ns" if v == 255 else "%dns" % v


def size(v):
    for unit in ("MB", "GB", "TB", "PB"):
        if v < 10:
            return "%d%s" % (1 << v, unit)
        v -= 10
    return "%dEB" % (1 << v)


def supported(low, high):
    return " ".join(size(i) for i in range(44) if (low | high << 28) >> i & 1)


def vectors(v):
    return str(1 << v)


def dsn(v):
    return "-".join("%02x" % (v >> s & 0xFF) for s in range(56, -8, -8))


def lanes(v):
    v &= 0xFFFF  # lspci reads 16 of the 32 bits
    return "LaneErr at lane: " + " ".join(str(i) for i in range(16) if v >> i & 1) if v else "0"


l0s = table("<64ns", "<128ns", "<256ns", "<512ns", "<1us", "<2us", "<4us", "unlimited")
l1 = table("<1us", "<2us", "<4us", "<8us", "<16us", "<32us", "<64us", "unlimited")
aspm = table("not supported", "L0s", "L1", "L0s L1")
CONVERSIONS = {
    "dec": (r"\d+", str),
    "hex": (r"[0-9a-f]+", None),
    "payload": (r"\d+", lambda v: str(128 << v)),
    "l0s": (r"\S+?", l0s),
    "l1": (r"\S+?", l1),
    "aspm": (r"not supported|L0s L1|L0s|L1", aspm),
    "aspmctl": (r"Disabled|L0s L1 Enabled|L0s Enabled|L1 Enabled", table("Disabled", "L0s Enabled", "L1 Enabled", "L0s L1 Enabled")),
    "speed": (r"\S+?", speed),
    "speed2": (r"\S+?", speed2),
    "speeds": (r"\S+?", speeds),
    "rcb": (r"\d+", table("64", "128")),
    "power": (r"[\d.e+]+W|Reserved", power),
    "ind": (r"\w+", table("Unknown", "On", "Blink", "Off")),
    "type": (r".+?", table("Endpoint", "Legacy Endpoint", None, None, "Root Port", "Upstream Port", "Downstream Port",
                           "PCI-Express to PCI/PCI-X Bridge", "PCI/PCI-X to PCI-Express Bridge", "Root Complex Integrated Endpoint",
                           "Root Complex Event Collector")),
    "ranges": (r"Not Supported|Range \w+|Unknown", {0: "Not Supported", 1: "Range A", 2: "Range B", 3: "Range AB", 6: "Range BC", 7: "Range ABC",
                                          14: "Range BCD", 15: "Range ABCD"}.get),
    "timeout": (r".+?", {0: "50us to 50ms", 1: "50us to 100us", 2: "1ms to 10ms", 5: "16ms to 55ms", 6: "65ms to 210ms", 9: "260ms to 900ms",
                        10: "1s to 3.5s", 13: "4s to 13s", 14: "17s to 64s"}.get),
    "obff": (r".+?", table("Not Supported", "Via message", "Via WAKE#", "Via message/WAKE#")),
    "obffctl": (r".+?", table("Disabled", "Via message A", "Via message B", "Via WAKE#")),
    "epr": (r".+?", table("Not Supported", "Device Specific", "Form Factor Dev Specific", "Reserved")),
    "cls": (r".+?", table("Not Supported", "64byte", "128byte", "Reserved")),
    "deemph": (r"-3.5dB|-6dB", table("-6dB", "-3.5dB")),
    "margin": (r".+?", {0: "Normal Operating Range", 1: "800-1200mV(full-swing)/400-700mV(half-swing)"}.get),
    "compliance": (r".+?", {0: "-6dB de-emphasis, 0dB preshoot", 1: "-3.5dB de-emphasis, 0dB preshoot"}.get),
    "crosslink": (r".+?", table("unsupported", "Upstream Port", "Downstream Port", "incomplete")),
    "component": (r".+?", {0: "Link Down - Not Determined", 1: "Link Down - Not Present", 2: "Link Down - Present", 4: "Link Up - Present",
                          5: "Link Up - Present and DRS received"}.get),
    "aux": (r"\d+", table("0", "55", "100", "160", "220", "270", "320", "375")),
    "vectors": (r"\d+", vectors),
    "plus1": (r"\d+", lambda v: str(v + 1)),
    "pow2": (r"\d+", lambda v: str(1 << v)),
    "dsn": (r"[0-9a-f-]+", dsn),
    "pwron": (r"\S+?", pwr_on),
    "us": (r"\d+us", lambda v: "%dus" % v),
    "ltr": (r"\d+", ltr),
    "gran": (r".+?", granularity),
    "lanes": (r"0|LaneErr at lane: [\d ]+", lanes),
    "size": (r"\S+?", size),
    "sizes": (r"[\dA-Z ]*", supported),
    "devsel": (r"\w+", table("fast", "medium", "slow", "??")),
    "pin": (r".", lambda v: "?" if v > 4 or v < 1 else chr(64 + v)),
    "virtio": (r".+?", {1: "CommonCfg", 2: "Notify", 3: "ISR", 4: "DeviceCfg"}.get),
    "bei": (r".+?", lambda v: ("BAR %d" % v if v < 6 else "resource behind function" if v == 6 else "not indicated" if v == 7
                              else "expansion ROM" if v == 8 else "VF-BAR %d" % (v - 9) if v < 15 else "reserved")),
    "eaprop": (r".+?", lambda v: {0: "memory space, non-prefetchable", 1: "memory space, prefetchable", 2: "I/O space",
                                  3: "VF memory space, prefetchable", 4: "VF memory space, non-prefetchable",
                                  5: "allocation behind bridge: non-prefetchable memory", 6: "allocation behind bridge: prefetchable memory",
                                  7: "allocation behind bridge: I/O space", 0xFD: "memory space resource unavailable for use",
                                  0xFE: "I/O space resource unavailable for use", 0xFF: "entry unavailable for use, PrimaryProperties should be used"}.get(v)),
}

# --- templates: {field|conversion}, {a&b|conversion of two}, Flag<field>, [optional] -----------------------------------
UNC = ("DLP<Data Link Protocol Error @> SDES<Surprise Down Error @> TLP<Poisoned TLP Received @> FCP<Flow Control Protocol Error @> "
       "CmpltTO<Completion Timeout @> CmpltAbrt<Completer Abort @> UnxCmplt<Unexpected Completion @> RxOF<Receiver Overflow @> "
       "MalfTLP<Malformed TLP @> ECRC<ECRC Error @> UnsupReq<Unsupported Request Error @> ACSViol<ACS Violation @>")
COR = ("RxErr<Receiver Error @> BadTLP<Bad TLP @> BadDLLP<Bad DLLP @> Rollover<REPLAY_NUM Rollover @> Timeout<Replay Timer Timeout @> "
       "AdvNonFatalErr<Advisory Non-Fatal Error @>[ CorrIntErr<Corrected Internal Error @> HeaderOF<Header Log Overflow @>]")
ACS = ("SrcValid<ACS Source Validation@> TransBlk<ACS Translation Blocking@> ReqRedir<ACS P2P Request Redirect@> "
       "CmpltRedir<ACS P2P Completion Redirect@> UpstreamFwd<ACS Upstream Forwarding@> EgressCtrl<ACS P2P Egress Control@> "
       "DirectTrans<ACS Direct Translated P2P@>")

TEMPLATES = {
    "Power Management": [
        "Power Management version {Version}",
        "Flags: PMEClk<PME Clock> DSI<Device Specific Initialization> D1<D1_Support> D2<D2_Support> AuxCurrent={Aux_Current|aux}mA "
        "PME(D0<PME_Support D0>,D1<PME_Support D1>,D2<PME_Support D2>,D3hot<PME_Support D3hot>,D3cold<PME_Support D3cold>)",
        "Status: D{PowerState} NoSoftRst<No_Soft_Reset> PME-Enable<PME_En> DSel={Data_Select} DScale={Data_Scale} PME<PME_Status>",
        "Bridge: PM<Bus Power/Clock Control Enable> B3{B2_B3#|not}",
    ],
    "MSI": [
        "MSI: Enable<MSI Enable> Count={Multiple Message Enable|vectors}/{Multiple Message Capable|vectors} Maskable<Per-Vector Masking Capable> "
        "64bit<64-bit Address Capable>",
        "Address: {MSI address|hex} Data: {Message Data|hex}",
        "Masking: {Mask Bits|hex} Pending: {Pending Bits|hex}",
    ],
    "MSI-X": [
        "MSI-X: Enable<MSI-X Enable> Count={Table Size|plus1} Masked<Function Mask>",
        "Vector table: BAR={Table BIR} offset={Table Offset|hex}",
        "PBA: BAR={PBA BIR} offset={PBA Offset|hex}",
    ],
    "Subsystem IDs": ["Subsystem: .* [{SSVID|hex}:{SSID|hex}]"],
    "Vendor-Specific": [
        "Vendor Specific Information: Len={Capability Length|hex} .*",
        "Vendor Specific Information: VirtIO: {virtio cfg_type|virtio}",
        "Vendor Specific Information: VirtIO: <unknown>",
        "BAR={virtio bar} offset={virtio offset|hex} size={virtio length|hex}[ multiplier={virtio notify_off_multiplier|hex}]",
    ],
    "Enhanced Allocation": [
        "Enhanced Allocation (EA): NumEntries={Num Entries}[, secondary={Fixed Secondary Bus Number}, subordinate={Fixed Subordinate Bus Number}]",
        "Entry #: Enable<Entry # Enable> Writable<Entry # Writable> EntrySize={Entry # Entry Size}",
        "BAR Equivalent Indicator: {Entry # BAR Equivalent Indicator|bei}",
        "PrimaryProperties: {Entry # Primary Properties|eaprop}",
        "SecondaryProperties: {Entry # Secondary Properties|eaprop}",
        "Base: {EA base|hex}",
        "MaxOffset: {EA max|hex}",
    ],
    "PCI Express": [
        "Express (v{Capability Version}) {Device/Port Type|type}[ (Slot<Slot Implemented>)], MSI {Interrupt Message Number|hex}",
        "DevCap: MaxPayload {Max_Payload_Size Supported|payload} bytes, PhantFunc {Phantom Functions Supported}[, Latency L0s "
        "{Endpoint L0s Acceptable Latency|l0s}, L1 {Endpoint L1 Acceptable Latency|l1}] ExtTag<Extended Tag Field Supported>"
        "[ AttnBtn<Attention Button Present on Device> AttnInd<Attention Indicator Present on Device> PwrInd<Power Indicator Present on Device>]"
        " RBE<Role-Based Error Reporting>[ FLReset<Function Level Reset Capability>]"
        "[ SlotPowerLimit {Captured Slot Power Limit Value&Captured Slot Power Limit Scale|power}]",
        "DevCtl: CorrErr<Correctable Error Reporting Enable> NonFatalErr<Non-Fatal Error Reporting Enable> FatalErr<Fatal Error Reporting Enable> "
        "UnsupReq<Unsupported Request Reporting Enable> RlxdOrd<Enable Relaxed Ordering> ExtTag<Extended Tag Field Enable> "
        "PhantFunc<Phantom Functions Enable> AuxPwr<Aux Power PM Enable> NoSnoop<Enable No Snoop>"
        "[ BrConfRtry<Bridge Configuration Retry Enable / Initiate Function Level Reset>]"
        "[ FLReset<Bridge Configuration Retry Enable / Initiate Function Level Reset>] "
        "MaxPayload {Max_Payload_Size|payload} bytes, MaxReadReq {Max_Read_Request_Size|payload} bytes",
        "DevSta: CorrErr<Correctable Error Detected> NonFatalErr<Non-Fatal Error Detected> FatalErr<Fatal Error Detected> "
        "UnsupReq<Unsupported Request Detected> AuxPwr<AUX Power Detected> TransPend<Transactions Pending>",
        "LnkCap: Port #{Port Number}, Speed {Max Link Speed|speed}, Width x{Maximum Link Width}, ASPM {ASPM Support|aspm}"
        "[, Exit Latency[ L0s {L0s Exit Latency|l0s}][,][ L1 {L1 Exit Latency|l1}]] ClockPM<Clock Power Management> "
        "Surprise<Surprise Down Error Reporting Capable> LLActRep<Data Link Layer Link Active Reporting Capable> "
        "BwNot<Link Bandwidth Notification Capability> ASPMOptComp<ASPM Optionality Compliance>",
        "LnkCtl: ASPM {ASPM Control|aspmctl};[ RCB {Read Completion Boundary|rcb} bytes,] Disabled<Link Disable> CommClk<Common Clock Configuration> "
        "ExtSynch<Extended Synch> ClockPM<Enable Clock Power Management> AutWidDis<Hardware Autonomous Width Disable> "
        "BWInt<Link Bandwidth Management Interrupt Enable> AutBWInt<Link Autonomous Bandwidth Interrupt Enable>[ FltModeDis<Flit Mode Disable>]",
        "LnkSta: Speed {Current Link Speed|speed}[ (\\w+)], Width x{Negotiated Link Width}[ (\\w+)] TrErr<Training Error> Train<Link Training> "
        "SlotClk<Slot Clock Configuration> DLActive<Data Link Layer Link Active> BWMgmt<Link Bandwidth Management Status> "
        "ABWMgmt<Link Autonomous Bandwidth Status>",
        "SltCap: AttnBtn<Attention Button Present> PwrCtrl<Power Controller Present> MRL<MRL Sensor Present> AttnInd<Attention Indicator Present> "
        "PwrInd<Power Indicator Present> HotPlug<Hot-Plug Capable> Surprise<Hot-Plug Surprise> Slot #{Physical Slot Number}, "
        "PowerLimit {Slot Power Limit Value&Slot Power Limit Scale|power}; Interlock<Electromechanical Interlock Present> "
        "NoCompl<No Command Completed Support>",
        "SltCtl: Enable: AttnBtn<Attention Button Pressed Enable> PwrFlt<Power Fault Detected Enable> MRL<MRL Sensor Changed Enable> "
        "PresDet<Presence Detect Changed Enable> CmdCplt<Command Completed Interrupt Enable> HPIrq<Hot-Plug Interrupt Enable> "
        "LinkChg<Data Link Layer State Changed Enable>",
        "Control: AttnInd {Attention Indicator Control|ind}, PwrInd {Power Indicator Control|ind}, Power<Power Controller Control> "
        "Interlock<Electromechanical Interlock Control>",
        "SltSta: Status: AttnBtn<Attention Button Pressed> PowerFlt<Power Fault Detected> MRL<MRL Sensor State> CmdCplt<Command Completed> "
        "PresDet<Presence Detect State> Interlock<Electromechanical Interlock Status>",
        "Changed: MRL<MRL Sensor Changed> PresDet<Presence Detect Changed> LinkState<Data Link Layer State Changed>",
        "RootCtl: ErrCorrectable<System Error on Correctable Error Enable> ErrNon-Fatal<System Error on Non-Fatal Error Enable> "
        "ErrFatal<System Error on Fatal Error Enable> PMEIntEna<PME Interrupt Enable> CRSVisible<Configuration RRS Software Visibility Enable>",
        "RootCap: CRSVisible<Configuration RRS Software Visibility>",
        "RootSta: PME ReqID {PME Requester ID|hex}, PMEStatus<PME Status> PMEPending<PME Pending>",
        "DevCap2: Completion Timeout: {Completion Timeout Ranges Supported|ranges}, TimeoutDis<Completion Timeout Disable Supported> "
        "NROPrPrP<No RO-enabled PR-PR Passing> LTR<LTR Mechanism Supported> 10BitTagComp<10-Bit Tag Completer Supported> "
        "10BitTagReq<10-Bit Tag Requester Supported> OBFF {OBFF Supported|obff}, ExtFmt<Extended Fmt Field Supported> "
        "EETLPPrefix<End-End TLP Prefix Supported>[, MaxEETLPPrefixes {Max End-End TLP Prefixes|eetlp}] EmergencyPowerReduction "
        "{Emergency Power Reduction Supported|epr}, EmergencyPowerReductionInit<Emergency Power Reduction Initialization Required> FRS<FRS Supported>"
        "[ LN System CLS {LN System CLS|cls},][ TPHComp<TPH completer> ExtTPHComp<Extended TPH completer>][ ARIFwd<ARI Forwarding Supported>]"
        "[ AtomicOpsCap:[ Routing<AtomicOp Routing Supported>][ 32bit<32-bit AtomicOp Completer Supported> 64bit<64-bit AtomicOp Completer Supported> "
        "128bitCAS<128-bit CAS Completer Supported>]]",
        "DevCtl2: Completion Timeout: {Completion Timeout Value|timeout}, TimeoutDis<Completion Timeout Disable> LTR<LTR Mechanism Enable> "
        "10BitTagReq<10-Bit Tag Requester Enable> OBFF {OBFF Enable|obffctl},[ ARIFwd<ARI Forwarding Enable>]"
        "[ AtomicOpsCtl:[ ReqEn<AtomicOp Requester Enable>][ EgressBlck<AtomicOp Egress Blocking>]]",
        "LnkCap2: Supported Link Speeds: {Supported Link Speeds Vector|speeds}, Crosslink<Crosslink Supported> Retimer<Retimer Presence Detect Supported> "
        "2Retimers<Two Retimers Presence Detect Supported> DRS<DRS Supported>",
        "LnkCtl2: Target Link Speed: {Target Link Speed|speed2}, EnterCompliance<Enter Compliance> SpeedDis<Hardware Autonomous Speed Disable>"
        "[, Selectable De-emphasis: {Selectable De-emphasis|deemph}] Transmit Margin: {Transmit Margin|margin}, "
        "EnterModifiedCompliance<Enter Modified Compliance> ComplianceSOS<Compliance SOS> Compliance Preset/De-emphasis: "
        "{Compliance Preset/De-emphasis|compliance}",
        "LnkSta2: Current De-emphasis Level: {Current De-emphasis Level|deemph}, EqualizationComplete<Equalization 8.0 GT/s Complete> "
        "EqualizationPhase1<Equalization 8.0 GT/s Phase 1 Successful> EqualizationPhase2<Equalization 8.0 GT/s Phase 2 Successful> "
        "EqualizationPhase3<Equalization 8.0 GT/s Phase 3 Successful> LinkEqualizationRequest<Link Equalization Request 8.0 GT/s> "
        "Retimer<Retimer Presence Detected> 2Retimers<Two Retimers Presence Detected> CrosslinkRes: {Crosslink Resolution|crosslink}"
        "[, DRS<DRS Message Received>][ DownstreamComp: {Downstream Component Presence|component}]",
    ],
    "Advanced Error Reporting": [
        "Advanced Error Reporting",
        "UESta: " + UNC.replace("@", "Status"), "UEMsk: " + UNC.replace("@", "Mask"), "UESvrt: " + UNC.replace("@", "Severity"),
        "CESta: " + COR.replace("@", "Status"), "CEMsk: " + COR.replace("@", "Mask"),
        "AERCap: First Error Pointer: {First Error Pointer|hex}, ECRCGenCap<ECRC Generation Capable> ECRCGenEn<ECRC Generation Enable> "
        "ECRCChkCap<ECRC Check Capable> ECRCChkEn<ECRC Check Enable> MultHdrRecCap<Multiple Header Recording Capable> "
        "MultHdrRecEn<Multiple Header Recording Enable> TLPPfxPres<TLP Prefix Log Present> HdrLogCap<Completion Timeout Prefix/Header Log Capable>",
        "HeaderLog: {Header Log 0|hex} {Header Log 1|hex} {Header Log 2|hex} {Header Log 3|hex}",
        "RootCmd: CERptEn<Correctable Error Reporting Enable> NFERptEn<Non-Fatal Error Reporting Enable> FERptEn<Fatal Error Reporting Enable>",
        "RootSta: CERcvd<ERR_COR Received> MultCERcvd<Multiple ERR_COR Received> UERcvd<ERR_FATAL/NONFATAL Received> "
        "MultUERcvd<Multiple ERR_FATAL/NONFATAL Received> FirstFatal<First Uncorrectable Fatal> NonFatalMsg<Non-Fatal Error Messages Received> "
        "FatalMsg<Fatal Error Messages Received> IntMsg {Advanced Error Interrupt Message Number}",
        "ErrorSrc: ERR_COR: {ERR_COR Source Identification|hex} ERR_FATAL/NONFATAL: {ERR_FATAL/NONFATAL Source Identification|hex}",
    ],
    "ACS": [
        "Access Control Services",
        "ACSCap: " + ACS.replace("@", ""), "ACSCtl: " + ACS.replace("@", " Enable"),
    ],
    "ARI": [
        "Alternative Routing-ID Interpretation (ARI)",
        "ARICap: MFVC<MFVC Function Groups Capability> ACS<ACS Function Groups Capability>, Next Function: {Next Function Number}",
        "ARICtl: MFVC<MFVC Function Groups Enable> ACS<ACS Function Groups Enable>, Function Group: {Function Group}",
    ],
    "ATS": [
        "Address Translation Service (ATS)",
        "ATSCap: Invalidate Queue Depth: {Invalidate Queue Depth|hex}",
        "ATSCtl: Enable<ATS Enable>, Smallest Translation Unit: {Smallest Translation Unit|hex}",
    ],
    "SR-IOV": [
        "Single Root I/O Virtualization (SR-IOV)",
        "IOVCap: Migration<VF Migration Capable>[,][ 10BitTagReq<VF 10-Bit Tag Requester Supported>] Interrupt Message Number: "
        "{VF Migration Interrupt Message Number|hex}",
        "IOVCtl: Enable<VF Enable> Migration<VF Migration Enable> Interrupt<VF Migration Interrupt Enable> MSE<VF MSE> "
        "ARIHierarchy<ARI Capable Hierarchy>[ 10BitTagReq<VF 10-Bit Tag Requester Enable>]",
        "IOVSta: Migration<VF Migration Status>",
        "Initial VFs: {InitialVFs}, Total VFs: {TotalVFs}, Number of VFs: {NumVFs}, Function Dependency Link: {Function Dependency Link|hex}",
        "VF offset: {First VF Offset}, stride: {VF Stride}, Device ID: {VF Device ID|hex}",
        "Supported Page Size: {Supported Page Sizes|hex}, System Page Size: {System Page Size|hex}",
        "Region {VF BAR|region}",
        "VF Migration: offset: {migration offset|hex}, BIR: {VF Migration State BIR|hex}",
    ],
    "Multicast": [
        "Multicast",
        "McastCap: MaxGroups {MC_Max_Group|plus1}[, WindowSz {MC_Window_Size_Requested} ({MC_Window_Size_Requested|pow2} bytes)]"
        "[, ECRCRegen<MC_ECRC_Regeneration_Supported>]",
        "McastCtl: NumGroups {MC_Num_Group|plus1}, Enable<MC_Enable>",
        "McastBAR: IndexPos {MC_Index_Position}, BaseAddr {MC_Base_Address|hex}",
        "McastReceiveVec: {MC_Receive|hex}",
        "McastBlockAllVec: {MC_Block_All|hex}",
        "McastBlockUntransVec: {MC_Block_Untranslated|hex}",
        "McastOverlayBAR: OverlaySize {MC_Overlay_Size} [(disabled)|(\\d+ bytes)], BaseAddr {MC_Overlay_BAR|hex}",
    ],
    "Page Request Interface": [
        "Page Request Interface (PRI)",
        "PRICtl: Enable<PRI Enable> Reset<PRI Reset>",
        "PRISta: RF<Response Failure> UPRGI<Unexpected Page Request Group Index> Stopped<Stopped>[ PASID<PRG Response PASID Required>]",
        "Page Request Capacity: {Outstanding Page Request Capacity|hex}, Page Request Allocation: {Outstanding Page Request Allocation|hex}",
    ],
    "PASID": [
        "Process Address Space ID (PASID)",
        "PASIDCap: Exec<Execute Permission Supported> Priv<Privileged Mode Supported>, Max PASID Width: {Max PASID Width|hex}",
        "PASIDCtl: Enable<PASID Enable> Exec<Execute Permission Enable> Priv<Privileged Mode Enable>",
    ],
    "Resizable BAR": [
        "Physical Resizable BAR",
        "BAR {Resizable BAR # Index|entry}: current size: {Resizable BAR # Size|size}[, supported:"
        "[ {Resizable BAR # Supported Sizes (1 MiB to 128 TiB)&Resizable BAR # Supported Sizes (256 TiB to 8 EiB)|sizes}]]",
    ],
    "VF Resizable BAR": [
        "Virtual Resizable BAR",
        "BAR {VF Resizable BAR # Index|entry}: current size: {VF Resizable BAR # Size|size}[, supported:"
        "[ {VF Resizable BAR # Supported Sizes (1 MiB to 128 TiB)&VF Resizable BAR # Supported Sizes (256 TiB to 8 EiB)|sizes}]]",
    ],
    "TPH Requester": [
        "Transaction Processing Hints",
        "Interrupt vector mode supported", "Device specific mode supported", "Extended requester support",
        "No steering table available", "Steering table in TPH capability structure", "Steering table in MSI-X table",
    ],
    "Latency Tolerance Reporting": [
        "Latency Tolerance Reporting",
        "Max snoop latency: {Max Snoop LatencyValue&Max Snoop LatencyScale|ltr}ns",
        "Max no snoop latency: {Max No-Snoop LatencyValue&Max No-Snoop LatencyScale|ltr}ns",
    ],
    "Secondary PCI Express": [
        "Secondary PCI Express",
        "LnkCtl3: LnkEquIntrruptEn<Link Equalization Request Interrupt Enable> PerformEqu<Perform Equalization>",
        "LaneErrStat: {Lane Error Status Bits|lanes}",
    ],
    "Downstream Port Containment": [
        "Downstream Port Containment",
        "DpcCap: INT Msg #{DPC Interrupt Message Number}, RPExt<RP Extensions for DPC> PoisonedTLP<Poisoned TLP Egress Blocking Supported> "
        "SwTrigger<DPC Software Triggering Supported> RP PIO Log {RP PIO Log Size}, DL_ActiveErr<DL_Active ERR_COR Signaling Supported>",
        "DpcCtl: Trigger:{DPC Trigger Enable|hex} Cmpl<DPC Completion Control> INT<DPC Interrupt Enable> ErrCor<DPC ERR_COR Enable> "
        "PoisonedTLP<Poisoned TLP Egress Blocking Enable> SwTrigger<DPC Software Trigger> DL_ActiveErr<DL_Active ERR_COR Enable>",
        "DpcSta: Trigger<DPC Trigger Status> Reason:{DPC Trigger Reason|hex} INT<DPC Interrupt Status> RPBusy<DPC RP Busy> "
        "TriggerExt:{DPC Trigger Reason Extension|hex} RP PIO ErrPtr:{RP PIO First Error Pointer|hex}",
        "Source: {DPC Error Source ID|hex}",
    ],
    "L1 PM Substates": [
        "L1 PM Substates",
        "L1SubCap: PCI-PM_L1.2<PCI-PM L1.2 Supported> PCI-PM_L1.1<PCI-PM L1.1 Supported> ASPM_L1.2<ASPM L1.2 Supported> "
        "ASPM_L1.1<ASPM L1.1 Supported> L1_PM_Substates<L1 PM Substates Supported>[ PortCommonModeRestoreTime={Port Common_Mode_Restore_Time|us}]"
        "[ PortTPowerOnTime={Port T_POWER_ON Value&Port T_POWER_ON Scale|pwron}]",
        "L1SubCtl1: PCI-PM_L1.2<PCI-PM L1.2 Enable> PCI-PM_L1.1<PCI-PM L1.1 Enable> ASPM_L1.2<ASPM L1.2 Enable> ASPM_L1.1<ASPM L1.1 Enable>"
        "[ T_CommonMode={Common_Mode_Restore_Time|us}][ LTR1.2_Threshold={LTR_L1.2_THRESHOLD_Value&LTR_L1.2_THRESHOLD_Scale|ltr}ns]",
        "L1SubCtl2:[ T_PwrOn={T_POWER_ON Value&T_POWER_ON Scale|pwron}]",
    ],
    "Precision Time Measurement": [
        "Precision Time Measurement",
        "PTMCap: Requester:<PTM Requester Capable> Responder:<PTM Responder Capable> Root:<PTM Root Capable>",
        "PTMClockGranularity: {Local Clock Granularity|gran}",
        "PTMControl: Enabled:<PTM Enable> RootSelected:<Root Select>",
        "PTMEffectiveGranularity: {Effective Granularity|egran}",
    ],
    "Device Serial Number": ["Device Serial Number {PCI Express Device Serial Number|dsn}"],
    "Vendor-Specific Extended": [
        "Vendor Specific Information: ID={VSEC ID|hex} Rev={VSEC Rev} Len={VSEC Length|hex} .*",
    ],
    "Designated Vendor-Specific": [
        "Designated Vendor-Specific: Vendor={DVSEC Vendor ID|hex} ID={DVSEC ID|hex} Rev={DVSEC Revision} Len={DVSEC Length}[:] .*",
    ],
    "Data Object Exchange": [
        "Data Object Exchange",
        "DOECap: IntSup<DOE Interrupt Support>[ Interrupt Message Number {DOE Interrupt Message Number|hex}]",
        "DOECtl: IntEn<DOE Interrupt Enable>",
        "DOESta: Busy<DOE Busy> IntSta<DOE Interrupt Status> Error<DOE Error> ObjectReady<Data Object Ready>",
    ],
    "header": [
        "Control: I/O<I/O Space Enable> Mem<Memory Space Enable> BusMaster<Bus Master Enable> SpecCycle<Special Cycle Enable> "
        "MemWINV<Memory Write and Invalidate> VGASnoop<VGA Palette Snoop> ParErr<Parity Error Response> Stepping<IDSEL Stepping/Wait Cycle Control> "
        "SERR<SERR# Enable> FastB2B<Fast Back-to-Back Transactions Enable> DisINTx<Interrupt Disable>",
        "Status: Cap<Capabilities List> 66MHz<66 MHz Capable> UDF<User Definable Features> FastB2B<Fast Back-to-Back Transactions Capable> "
        "ParErr<Master Data Parity Error> DEVSEL={DEVSEL Timing|devsel} >TAbort<Signaled Target Abort> <TAbort<Received Target Abort> "
        "<MAbort<Received Master Abort> >SERR<Signaled System Error> <PERR<Detected Parity Error> INTx<Interrupt Status>",
        "Latency: {Latency Timer}[ (.*)][, Cache Line Size: {Cache Line Size|times4} bytes]",
        "Interrupt: pin {Interrupt Pin|pin} routed to IRQ {Interrupt Line}",
        "Bus: primary={Primary Bus Number|hex}, secondary={Secondary Bus Number|hex}, subordinate={Subordinate Bus Number|hex}, "
        "sec-latency={Secondary Latency Timer}",
        "Secondary status: 66MHz<Secondary 66 MHz Capable> FastB2B<Secondary Fast Back-to-Back Transactions Capable> "
        "ParErr<Secondary Master Data Parity Error> DEVSEL={Secondary DEVSEL Timing|devsel} >TAbort<Secondary Signaled Target Abort> "
        "<TAbort<Secondary Received Target Abort> <MAbort<Secondary Received Master Abort> <SERR<Secondary Received System Error> "
        "<PERR<Secondary Detected Parity Error>",
        "BridgeCtl: Parity<Parity Error Response Enable> SERR<Bridge SERR# Enable> NoISA<ISA Enable> VGA<VGA Enable> VGA16<VGA 16-bit Decode> "
        "MAbort<Master Abort Mode> >Reset<Secondary Bus Reset> FastB2B<Secondary Fast Back-to-Back Transactions Enable>",
        "PriDiscTmr<Primary Discard Timer> SecDiscTmr<Secondary Discard Timer> DiscTmrStat<Discard Timer Status> "
        "DiscTmrSERREn<Discard Timer SERR# Enable>",
        "Memory behind bridge: {memory window|window}.*",
        "Prefetchable memory behind bridge: {prefetchable window|window}.*",
        "I/O behind bridge: {I/O window|window}.*",
        "Region {BAR|hregion}",
    ],
}
CONVERSIONS["egran"] = (r".+?", lambda v: "Unknown" if v == 0 else granularity(v))
CONVERSIONS["not"] = (r"[+-]", lambda v: "-" if v else "+")
CONVERSIONS["times4"] = (r"\d+", lambda v: str(4 * v))
CONVERSIONS["eetlp"] = (r"\d+", lambda v: str(v or 4))
CONVERSIONS["entry"] = (r"\d+", str)
CONVERSIONS["window"] = (r"[0-9a-f]+-[0-9a-f]+", None)
CONVERSIONS["region"] = (r"\d: Memory at \S+ \(.*\)", None)
CONVERSIONS["hregion"] = (r"\d: (?:Memory|I/O ports) at .*", None)

# titles as lspci 3.9 and later print them -> our capability; None: not among those that we decode
TITLES = [
    ("Power Management version", "Power Management"), ("MSI:", "MSI"), ("MSI-X:", "MSI-X"), ("Subsystem:", "Subsystem IDs"),
    ("Vendor Specific Information: ID=", "Vendor-Specific Extended"), ("Vendor Specific Information:", "Vendor-Specific"),
    ("Enhanced Allocation", "Enhanced Allocation"), ("Express (", "PCI Express"), ("Advanced Error Reporting", "Advanced Error Reporting"),
    ("Access Control Services", "ACS"), ("Alternative Routing-ID", "ARI"), ("Address Translation Service", "ATS"),
    ("Single Root I/O Virtualization", "SR-IOV"), ("Multicast", "Multicast"), ("Page Request Interface", "Page Request Interface"),
    ("Process Address Space ID", "PASID"), ("Physical Resizable BAR", "Resizable BAR"), ("Virtual Resizable BAR", "VF Resizable BAR"),
    ("Transaction Processing Hints", "TPH Requester"), ("Latency Tolerance Reporting", "Latency Tolerance Reporting"),
    ("Secondary PCI Express", "Secondary PCI Express"), ("Downstream Port Containment", "Downstream Port Containment"),
    ("L1 PM Substates", "L1 PM Substates"), ("Precision Time Measurement", "Precision Time Measurement"),
    ("Device Serial Number", "Device Serial Number"), ("Designated Vendor-Specific", "Designated Vendor-Specific"),
    ("Data Object Exchange", "Data Object Exchange"),
]

TOKEN = re.compile(r"\{([^}|]+)(?:\|(\w+))?\}|<([A-Z0-9][^<>]*[^<> ])>|(\[)|(\])|(\.\*)|(\\[a-z]\+)|(\|)|( +)|(.)")


def compile_template(template):
    out, fields, in_choice = [], [], []
    optional = 0
    for field, conv, flag, opens, closes, rest, special, bar, space, char in TOKEN.findall(template):
        if field:
            conv = conv or "dec"
            out.append("(" + CONVERSIONS[conv][0] + ")")
            fields.append((field, conv))
        elif flag:
            out.append("([+-])")
            fields.append((flag, "flag"))
        elif opens:
            out.append("(?:")
            optional += 1
        elif closes:
            out.append(")?" if optional else re.escape("]"))
            optional -= 1 if optional else 0
        elif rest:
            out.append(".*")
        elif special:
            out.append(special)
        elif bar:
            out.append("|" if optional else r"\|")
        elif space:
            out.append(r"\s+")
        elif char == "#" and template.startswith("Entry"):
            out.append(r"\d+")
        else:
            out.append(re.escape(char))
    return re.compile("".join(out) + r"\s*$"), fields


# a literal bracket is written by hand: the subsystem's ids stand in brackets
COMPILED = {cap: [(t,) + compile_template(t) for t in templates] for cap, templates in TEMPLATES.items()}
COMPILED["Subsystem IDs"] = [("Subsystem", re.compile(r"Subsystem: .*\[([0-9a-f]{4}):([0-9a-f]{4})\]\s*$"), [("SSVID", "hex"), ("SSID", "hex")])]

SLOT = re.compile(r"^((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])(?:\s|$)")
ROW = re.compile(r"^[0-9a-f]{2,3}:( [0-9a-f]{2}){1,16}\s*$")


class Cap:
    def __init__(self, name, space, ident, offset):
        self.name, self.space, self.id, self.offset, self.values = name, space, ident, offset, {}

    def value(self, field):
        return self.values.get(field)


def rows(slot, config):
    lines = ["%s Class 0000: Device 0000" % slot]
    lines += ["%02x: %s" % (at, " ".join("%02x" % b for b in config[at:at + 16])) for at in range(0, len(config) - 15, 16)]
    return "\n".join(lines) + "\n\n"


def captured(path):
    """The functions of a captured host, from the binary `config` files in its folder or archive."""
    found = {}

    def take(name, read):
        m = re.search(r"([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])/config$", name)
        if m:
            data = read()
            if len(data) >= 64:
                found[m.group(1)] = data
    if os.path.isdir(path):
        for folder, _, names in os.walk(path):
            for name in names:
                full = os.path.join(folder, name)
                take(full, lambda: open(full, "rb").read())
    else:
        with tarfile.open(path) as tar:
            for member in tar:
                if member.isfile():
                    take(member.name, lambda: tar.extractfile(member).read())
    return ["".join(rows(slot, found[slot]) for slot in sorted(found))] if found else []


def clean(path):
    """The slot lines and rows of a file, in passes in which no slot comes twice: lspci refuses long lines and sorts its functions."""
    if os.path.isdir(path) or tarfile.is_tarfile(path):
        return captured(path)
    passes = []
    seen = {}
    at = None
    with open(path, "rb") as f:
        data = f.read().decode("latin-1")
    for line in data.split("\n"):
        line = line.rstrip("\r")
        m = SLOT.match(line)
        if m:
            slot = m.group(1)
            at = seen.get(slot, 0)
            seen[slot] = at + 1
            while len(passes) <= at:
                passes.append([])
            passes[at].append([slot, set()])
        elif at is not None and ROW.match(line):
            address = line.split(":")[0]
            block = passes[at][-1]
            if address in block[1]:
                at = None  # rows start over without a slot: stray text of something else
                continue
            block[1].add(address)
            block.append(line)
    return ["".join(b[0] + " Class 0000: Device 0000\n" + "\n".join(b[2:]) + "\n\n" for b in p if len(b) > 2) for p in passes]


def ours(program, path):
    functions = {}
    out = subprocess.run([program, path], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        slot, space, ident, offset, _version, name, field, value = line.split("\t")
        caps = functions.setdefault(slot, {})
        key = (space, int(offset, 16))
        if not field:
            caps[key] = Cap(name, space, int(ident, 16), int(offset, 16))
        else:
            caps[key].values[field] = int(value, 0)
    return functions


def theirs(lspci, path):
    functions = {}
    run = subprocess.run([lspci, "-D", "-vvv", "-nn", "-F", path], capture_output=True)
    if run.returncode:
        return None
    slot, caps, cap, lines = None, None, None, None
    for line in run.stdout.decode("utf-8", "replace").split("\n"):
        m = SLOT.match(line)
        if m:
            slot = m.group(1)
            caps = functions.setdefault(slot, {})
            lines = caps.setdefault(("h", 0), [])
            continue
        m = re.match(r"\tCapabilities: \[([0-9a-f]+)(?: v\d+)?\] (.*)", line)
        if m:
            offset = int(m.group(1), 16)
            lines = caps.setdefault(("e" if offset >= 0x100 else "s", offset), [])
            lines.append(m.group(2))
        elif caps is not None and line.startswith("\t\t\t") and lines:
            # the second halves of SltCtl and SltSta have labels of their own
            text = line.strip()
            if text.startswith(("Control:", "Changed:", "BAR Equiv", "PrimaryProp", "SecondaryProp", "Base:", "MaxOffset:", "PriDiscTmr")):
                lines.append(text)
            else:
                lines[-1] += " " + text
        elif caps is not None and line.startswith("\t\t ") and lines:
            lines[-1] += " " + line.strip()
        elif caps is not None and line.startswith("\t\t"):
            lines.append(line.strip())
        elif caps is not None and line.startswith("\t"):
            lines = caps[("h", 0)]
            lines.append(line.strip())
    return functions


def bar_text(values, prefix, last, index, text):
    """Does a region's line of lspci say what the raw registers say?"""
    raw = values.get("%s%d" % (prefix, index))
    if raw is None:
        return False
    io, is_64 = raw & 1, (raw & 7) == 4
    upper = False
    for i in range(index):  # which registers before are 64-bit BARs that take the next?
        upper = not upper and (values.get("%s%d" % (prefix, i)) or 0) & 7 == 4
    if prefix == "BAR" and upper:
        excuse(("header", "upper half"))
        return True
    if prefix == "VF BAR" and (io or raw & 2):
        excuse(("SR-IOV", "I/O"))
        return True
    address = raw & ~(3 if io else 15)
    if is_64 and not io:
        if index == last:
            excuse(("SR-IOV", "Region 5"))
            return True
        address |= (values.get("%s%d" % (prefix, index + 1)) or 0) << 32
    if io:
        kind = "I/O ports"
    else:
        kind = "Memory"
    m = re.match(r"\d: (Memory|I/O ports) at (\S+) ?(.*)", text)
    if not m or m.group(1) != kind:
        return False
    where = m.group(2)
    if re.match(r"[0-9a-f]+$", where):
        if int(where, 16) != address:
            return False
    elif address & ~0xF and where == "<unassigned>" and address != (0xFFFFFFF0 if not is_64 else 0xFFFFFFFFFFFFFFF0):
        return False
    if not io:
        # "low-1M" is type 01b, "type 3" 11b
        width = ("32-bit", "low-1M", "64-bit", "type 3")[raw >> 1 & 3]
        if "(%s, %sprefetchable)" % (width, "" if raw & 8 else "non-") not in m.group(3):
            return False
    return True


def window(values, field):
    v = values.get
    if field == "memory window":
        return v("Memory Base") << 20, v("Memory Limit") << 20 | 0xFFFFF
    if field == "prefetchable window":
        is_64 = v("Prefetchable Memory Base Addressing") == 1
        base, limit = v("Prefetchable Memory Base") << 20, v("Prefetchable Memory Limit") << 20 | 0xFFFFF
        if is_64:
            base |= v("Prefetchable Base Upper 32 Bits") << 32
            limit |= v("Prefetchable Limit Upper 32 Bits") << 32
        return base, limit
    base, limit = v("I/O Base") << 12, v("I/O Limit") << 12 | 0xFFF
    if v("I/O Base Addressing") == 1:
        base |= v("I/O Base Upper 16 Bits") << 16
        limit |= v("I/O Limit Upper 16 Bits") << 16
    return base, limit


class Compare:
    def __init__(self):
        self.values = self.caps = self.functions = self.files = 0
        self.failures = []

    def fail(self, where, text):
        self.failures.append("%s: %s" % (where, text))

    def group(self, where, cap, field, conv, text, entry, line):
        values = cap.values
        flag_fields = {"TPH completer": ("TPH Completer Supported", 1), "Extended TPH completer": ("TPH Completer Supported", 2)}
        self.values += 1
        if conv == "region" or conv == "hregion":
            index = int(text[0])
            last = 5 if conv == "region" or "BAR5" in values else 1
            if not bar_text(values, "VF BAR" if conv == "region" else "BAR", last, index, text):
                self.fail(where, "%r, ours: %r" % (line, values.get("%s%d" % (field, index))))
            return
        if conv == "window":
            want = window(values, field)
            if tuple(int(x, 16) for x in text.split("-")) != want:
                self.fail(where, "%r, ours %x-%x" % ((line,) + want))
            return
        if field == "MSI address":
            got = values.get("Message Address", 0) | values.get("Message Upper Address", 0) << 32
        elif field in ("EA base", "EA max"):
            base = "Entry %d %s" % (entry, "Base" if field == "EA base" else "MaxOffset")
            got = values.get(base, 0) | values.get(base + " Upper", 0) << 32
            if field == "EA max":
                got |= 3  # lspci adds the low bits that are always one
        elif field == "migration offset":
            got = values["VF Migration State Array Offset"] & ~7
        elif field in flag_fields:
            name, bit = flag_fields[field]
            got = 1 if values[name] & bit == bit else 0
            if field == "TPH completer":
                got = 1 if values[name] in (1, 3) else 0
            else:
                got = 1 if values[name] == 3 else 0
        else:
            names = [n.replace("#", str(entry)) if re.search(r" # ", n) else n for n in field.split("&")]
            numbers = [values.get(n) for n in names]
            if any(n is None for n in numbers):
                self.fail(where, "%r: we have no field %r" % (line, names))
                return
            self.values += len(numbers) - 1
            if conv == "flag":
                got = numbers[0]
            elif conv == "hex":
                got = numbers[0]
            else:
                want = CONVERSIONS[conv][1](*numbers)
                if want is None and conv in ("speeds", "margin", "compliance", "timeout", "type", "component", "virtio", "ranges", "eaprop"):
                    return  # a reserved code: lspci has a word for it, we have the number
                if text.strip() != str(want):
                    self.fail(where, "%r: %s = %r, ours %r (%s)" % (line, field, text, want, numbers))
                return
        if conv == "flag":
            if field == "DOE Error" and (text == "+") == bool(values["DOE Interrupt Status"]):
                excuse(("Data Object Exchange", "Error"))
            elif (text == "+") != bool(got):
                self.fail(where, "%r: %s is %s, ours %d" % (line, field, text, got))
        elif int(text, 16 if conv == "hex" else 10) != got:
            self.fail(where, "%r: %s = %s, ours %#x" % (line, field, text, got))

    def capability(self, where, cap, lines, name):
        entry = -1
        last_regs = []
        if name == "Multicast":  # of an endpoint the line's end is missing
            lines = [part.strip() for line in lines for part in re.split(r"\t+(?=McastCtl)", line)]
        for line in lines:
            if name == "header" and not line.startswith(
                    ("Control:", "Status:", "Latency:", "Interrupt:", "Bus:", "Secondary status:", "BridgeCtl:", "PriDiscTmr", "Memory behind",
                     "Prefetchable memory behind", "I/O behind", "Region")):
                continue
            if name == "header" and ("[disabled]" in line and "behind" in line or line.startswith("Region") and
                                     re.search(r"<(ignored|broken|invalid)", line) or "behind bridge: None" in line or
                                     line.startswith("BridgeCtl: ") and "16bInt" in line or "[virtual]" in line):
                continue
            if name in ("Resizable BAR", "VF Resizable BAR") and line.startswith("BAR "):
                entry += 1
            if name == "Enhanced Allocation" and line.startswith("Entry "):
                entry = int(re.match(r"Entry (\d+)", line).group(1))
            if name == "Designated Vendor-Specific" and lines.index(line) > 0:
                excuse(("Designated Vendor-Specific", "CXL"))
                continue
            if line == "<chain looped>":  # printed under the capability that is come back to
                continue
            number = cap.values.get("Number of Resizable BARs", cap.values.get("Number of VF Resizable BARs", -1))
            if line.startswith("<error in resizable BAR: num_bars=%d is" % number):
                excuse(("Resizable BAR", "number"))
                continue
            if name == "Multicast" and "Overlay" in line and "MC_Overlay_Size" not in cap.values:
                excuse(("Multicast", "overlay"))
                continue
            for template, regex, fields in COMPILED[name]:
                m = regex.match(line)
                if m:
                    for (field, conv), text in zip(fields, m.groups()):
                        if text is not None:
                            self.group(where, cap, field, conv, text, entry, line)
                    break
            else:
                self.fail(where, "no template for %r" % line)
        if name == "TPH Requester":
            v = cap.values
            last_regs = [(v["Interrupt Vector Mode Supported"], "Interrupt vector mode supported"),
                         (v["Device Specific Mode Supported"], "Device specific mode supported"),
                         (v["Extended TPH Requester Supported"], "Extended requester support"),
                         (v["ST Table Location"] == 0, "No steering table available"),
                         (v["ST Table Location"] == 1, "Steering table in TPH capability structure"),
                         (v["ST Table Location"] == 2, "Steering table in MSI-X table")]
            for have, text in last_regs:
                self.values += 1
                if bool(have) != (text in lines):
                    self.fail(where, "%s: ours says %s" % (text, have))

    def function(self, path, slot, our_caps, their_caps):
        self.functions += 1
        for key, lines in their_caps.items():
            where = "%s %s [%x]" % (path, slot, key[1])
            if key[0] == "h":
                cap = our_caps.get(("h", 0))
                if cap and cap.id in (0, 1):
                    self.capability(where, cap, lines, "header")
                continue
            cap = our_caps.get(key)
            if lines and lines[0].startswith("<"):
                continue  # chain broken, looped, access denied
            if cap is None:
                if key[0] == "e" and not any(k[0] == "s" and c.id == 0x10 for k, c in our_caps.items()):
                    excuse(("Extended list", "no PCI Express"))
                else:
                    self.fail(where, "only lspci has %r" % lines[:1])
                continue
            self.caps += 1
            for title, name in TITLES:
                if lines[0].startswith(title):
                    if cap.name != name:
                        self.fail(where, "lspci: %r, ours: %s" % (lines[0], cap.name))
                    else:
                        self.capability(where, cap, lines, name)
                    break
        if any("!!! Unknown header type" in line for line in their_caps.get(("h", 0), [])):
            excuse(("header", "unknown type"))
            return
        for key, cap in our_caps.items():
            if key[0] != "h" and key not in their_caps:
                self.fail("%s %s [%x]" % (path, slot, key[1]), "only we have %s" % cap.name)

    def file(self, program, lspci, path):
        self.files += 1
        for text in clean(path):
            with tempfile.NamedTemporaryFile("w", suffix=".lspci") as f:
                f.write(text)
                f.flush()
                their = theirs(lspci, f.name)
                if their is None:
                    continue  # lspci itself fails on the file
                our = ours(program, f.name)
            for slot, caps in their.items():
                self.function(path, slot, our.get(slot, {}), caps)


def find(paths):
    """The files among paths that hold configuration space: a folder is a captured host, or is searched."""
    hex_row = re.compile(rb"^[0-9a-f]{2,3}:( [0-9a-f]{2}){16}\s*$", re.M)
    files = []
    for path in paths:
        if os.path.isdir(path) and not os.path.exists(os.path.join(path, "sys")):
            files += find(sorted(os.path.join(path, name) for name in os.listdir(path)))
        elif os.path.isdir(path) or tarfile.is_tarfile(path):
            files.append(path)
            if os.path.isfile(os.path.join(path, "lspci")):
                files += find([os.path.join(path, "lspci")])
        elif os.path.isfile(path) and hex_row.search(open(path, "rb").read()):
            files.append(path)
    return files


def main():
    program, lspci, files = sys.argv[1], sys.argv[2], find(sys.argv[3:])
    compare = Compare()
    for path in files:
        compare.file(program, lspci, path)
    print("%d files, %d functions, %d capabilities, %d values compared with lspci: %d differ" %
          (compare.files, compare.functions, compare.caps, compare.values, len(compare.failures)))
    for key, n in sorted(used.items()):
        print("exception %s, %s, %d times: %s" % (key + (n, EXCEPTIONS[key])))
    for failure in compare.failures[:60]:
        print("FAIL " + failure)
    return 1 if compare.failures else 0


if __name__ == "__main__":
    sys.exit(main())
