#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
Makes fixtures/rules: for each rule of `sriov-dump --list-rules` one dump that breaks it and nothing else, and valid dumps.

make-rule-fixtures.py DIRECTORY
make-rule-fixtures.py DIRECTORY --model        (examples/ci/model)

broken/ID.lspci is the machine of base() with one change, which its first line states: a root port, a switch with two downstream
ports, a device with two PFs (the first has two VFs enabled) below one and an endpoint below the other. valid/ holds that machine and
device families with the numbers that real ones show. Only as much of configuration space as is used is written.
To add a rule's fixture: a function below, named after the rule (BRIDGE-01: bridge_01), that changes the machine and says how.
"""
import os
import sys


class Fn:
    """A function's configuration space: registers, and capabilities that are linked when it is written."""

    def __init__(self, slot, vendor, device, class_code, header=0, revision=1):
        self.slot, self.class_code, self.length, self.rows = slot, class_code, 0, None
        self.ids = (vendor, device)
        self.std, self.ext, self.patches = [], [], []
        self.raw = bytearray(4096)
        self.set(0x00, 2, vendor)
        self.set(0x02, 2, device)
        self.set(0x04, 2, 0x0006)
        self.set(0x06, 2, 0x0010)
        self.set(0x08, 1, revision)
        self.set(0x09, 3, class_code)
        self.set(0x0E, 1, header)

    def set(self, offset, size, value):
        self.raw[offset:offset + size] = (value & (1 << 8 * size) - 1).to_bytes(size, "little")

    def patch(self, offset, size, value):
        """A register that is written behind everything else."""
        self.patches.append((offset, size, value))

    def find(self, ident, ext=True):
        for cap in self.ext if ext else self.std:
            if cap[1] == ident:
                return cap
        raise KeyError("%s has no capability %#x" % (self.slot, ident))

    def put(self, ident, reg, size, value, ext=True):
        """A register of a capability."""
        body = self.find(ident, ext)[3]
        at = reg - (4 if ext else 2)
        body[at:at + size] = (value & (1 << 8 * size) - 1).to_bytes(size, "little")

    def get(self, ident, reg, size, ext=True):
        at = reg - (4 if ext else 2)
        return int.from_bytes(self.find(ident, ext)[3][at:at + size], "little")

    def drop(self, ident, ext=True):
        (self.ext if ext else self.std).remove(self.find(ident, ext))

    def add_std(self, offset, ident, body):
        self.std.append([offset, ident, 0, bytearray(body)])

    def add_ext(self, offset, ident, version, body):
        self.ext.append([offset, ident, version, bytearray(body)])

    def finish(self):
        raw = self.raw
        if self.std:
            raw[0x34] = self.std[0][0]
        for i, (offset, ident, _, body) in enumerate(self.std):
            raw[offset] = ident
            raw[offset + 1] = self.std[i + 1][0] if i + 1 < len(self.std) else 0
            raw[offset + 2:offset + 2 + len(body)] = body
        for i, (offset, ident, version, body) in enumerate(self.ext):
            following = self.ext[i + 1][0] if i + 1 < len(self.ext) else 0
            self.set(offset, 4, ident | version << 16 | following << 20)
            raw[offset + 4:offset + 4 + len(body)] = body
        del raw[4096:]
        for offset, size, value in self.patches:
            self.set(offset, size, value)
        end = max([0x140] + [o + 4 + len(b) for o, _, _, b in self.ext] + [o + s for o, s, _ in self.patches])
        self.length = self.rows if self.rows is not None else min(4096, (end + 15) // 16 * 16)

    def text(self):
        self.finish()
        lines = ["%s Class %04x: Device %04x:%04x" % ((self.slot, self.class_code >> 8) + self.ids)]
        for at in range(0, self.length, 16):
            lines.append("%02x: %s" % (at, " ".join("%02x" % b for b in self.raw[at:at + 16])))
        return "\n".join(lines) + "\n\n"


def le(*pairs):
    """Bytes of (size, value) pairs."""
    return b"".join((value & (1 << 8 * size) - 1).to_bytes(size, "little") for size, value in pairs)


def express(kind, devcap=0x10008001, devctl=0x2020, devcap2=0x00300000, devctl2=0, slot=0, lnkcap=0x00000043, lnkctl=0):
    return le((2, 2 | kind << 4 | slot << 8), (4, devcap), (2, devctl), (2, 0), (4, lnkcap), (2, lnkctl), (2, 0x0043), (4, 0), (2, 0), (2, 0),
              (2, 0), (2, 0), (4, 0), (4, devcap2), (2, devctl2), (2, 0), (4, 0x0000000E), (2, 3), (2, 0), (4, 0), (2, 0), (2, 0))


PM = le((2, 0x0003), (2, 0x0008), (2, 0))
AER = bytes(0x28)
DSN = le((8, 0x0011223344556677))
SRIOV, ARI, ACS, ATS, PRI, PASID, REBAR, VFREBAR = 0x10, 0x0E, 0x0D, 0x0F, 0x13, 0x1B, 0x15, 0x24
EXP, MSIX = 0x10, 0x11
ROOT_PORT, UPSTREAM, DOWNSTREAM, ENDPOINT, INTEGRATED = 4, 5, 6, 0, 9


def port(slot, kind, buses, mem, pref, ari=False, ids=(0x1B36, 0x000C)):
    fn = Fn(slot, ids[0], ids[1], 0x060400, header=1)
    for i, bus in enumerate(buses):
        fn.set(0x18 + i, 1, bus)
    fn.set(0x1C, 2, 0x01F1)
    fn.set(0x20, 2, mem[0] >> 16 & 0xFFF0)
    fn.set(0x22, 2, mem[1] >> 16 & 0xFFF0)
    fn.set(0x24, 2, pref[0] >> 16 & 0xFFF0 | 1)
    fn.set(0x26, 2, pref[1] >> 16 & 0xFFF0 | 1)
    fn.set(0x28, 4, pref[0] >> 32)
    fn.set(0x2C, 4, pref[1] >> 32)
    fn.add_std(0x40, 0x01, PM)
    down = kind != UPSTREAM
    fn.add_std(0x60, EXP, express(kind, devcap=0x00008001, devctl=0x0020, devcap2=0x00300020 if down else 0x00300000, devctl2=0x20 if ari else 0,
                                  slot=1 if down else 0))
    fn.add_ext(0x100, 0x01, 2, AER + (bytes(12) if kind == ROOT_PORT else b""))
    if down:
        fn.add_ext(0x140, ACS, 1, le((2, 0x1F), (2, 0x1D)))
    return fn


def sriov(cap=0, ctrl=0, initial=None, total=8, num=0, link=0, offset=1, stride=1, device=0, sizes=0x553, size=1, bars=()):
    regs = [0] * 6
    for index, value in bars:
        regs[index] = value & 0xFFFFFFFF
        if value & 7 == 4 and index < 5:
            regs[index + 1] = value >> 32
    return le((4, cap), (2, ctrl), (2, 0), (2, total if initial is None else initial), (2, total), (2, num), (1, link), (1, 0), (2, offset), (2, stride),
              (2, 0), (2, device), (4, sizes), (4, size), *[(4, r) for r in regs], (4, 0))


def msix(bir, size=3, offset=0, pba=0x800):
    return le((2, size), (4, offset | bir), (4, pba | bir))


def rebar(index=0, size=0, sizes=0x30, count=1):
    return le((4, sizes), (4, index | count << 5 | size << 8))


def vf(slot, pf_ids, bir=2, msix_size=1):
    fn = Fn(slot, 0xFFFF, 0xFFFF, 0x020000)
    fn.ids = pf_ids
    fn.set(0x04, 2, 0x0004)
    fn.set(0x2C, 2, pf_ids[0])
    fn.set(0x2E, 2, 0x0001)
    fn.add_std(0x50, MSIX, msix(bir, msix_size))
    fn.add_std(0x60, EXP, express(ENDPOINT, devctl=0, lnkcap=0x43))
    fn.add_ext(0x100, 0x01, 2, AER)
    fn.add_ext(0x140, ARI, 1, le((4, 0)))
    fn.add_ext(0x150, ACS, 1, le((2, 0x4C), (2, 0)))
    fn.add_ext(0x160, ATS, 1, le((2, 0x20), (2, 0)))
    return fn


class Machine(dict):
    """Functions by name, in the order in which they are written."""

    def text(self, comment):
        return "# %s\n\n" % comment + "".join(fn.text() for fn in sorted(self.values(), key=lambda fn: fn.slot))


def base():
    m = Machine()
    m["rp"] = port("00:1c.0", ROOT_PORT, (0, 1, 4), (0xFE000000, 0xFEFFFFFF), (0x2000000000, 0x20FFFFFFFF))
    m["usp"] = port("01:00.0", UPSTREAM, (1, 2, 4), (0xFE000000, 0xFEFFFFFF), (0x2000000000, 0x20FFFFFFFF), ids=(0x104C, 0x8232))
    m["dsp"] = port("02:00.0", DOWNSTREAM, (2, 3, 3), (0xFE000000, 0xFE7FFFFF), (0x2000000000, 0x207FFFFFFF), ari=True, ids=(0x104C, 0x8233))
    m["dsp1"] = port("02:01.0", DOWNSTREAM, (2, 4, 4), (0xFE800000, 0xFECFFFFF), (0x2080000000, 0x20BFFFFFFF), ids=(0x104C, 0x8233))
    m["dsp1"].find(ACS)[3][:] = le((2, 0x083F), (2, 0x1D), (4, 0))  # with an Egress Control Vector of eight bits
    for n in (0, 1):
        pf = Fn("03:00.%d" % n, 0x1B36, 0x00A0, 0x020000, header=0x80)
        pf.set(0x10, 8, 0x201000000C + (n << 20))
        pf.set(0x2C, 2, 0x1B36)
        pf.set(0x2E, 2, 0x0001)
        pf.set(0x3D, 1, n + 1)
        pf.add_std(0x40, 0x01, PM)
        pf.add_std(0x50, MSIX, msix(0))
        pf.add_std(0x60, EXP, express(ENDPOINT))
        pf.add_ext(0x100, 0x01, 2, AER)
        pf.add_ext(0x140, ARI, 1, le((2, (1 - n) << 8), (2, 0)))
        pf.add_ext(0x150, SRIOV, 1, sriov(cap=0x2 if not n else 0, ctrl=0 if n else 0x19, total=4, num=0 if n else 2, link=n, offset=16, stride=2,
                                          device=0x00AF, bars=((0, 0x200000000C + (n << 23)), (2, 0x200100000C + (n << 23)))))
        pf.add_ext(0x190, ACS, 1, le((2, 0x4C), (2, 0)))
        pf.add_ext(0x1A0, ATS, 1, le((2, 0x20), (2, 0)))
        pf.add_ext(0x1B0, PRI, 1, le((2, 0), (2, 0), (4, 32), (4, 16)))
        pf.add_ext(0x1C0, PASID, 1, le((2, 0x1406), (2, 0x0001)))
        pf.add_ext(0x1D0, 0x03, 1, DSN)
        pf.add_ext(0x1E0, VFREBAR, 1, rebar())
        m["pf%d" % n] = pf
    m["vf0"] = vf("03:02.0", (0x1B36, 0x00AF))
    m["vf1"] = vf("03:02.2", (0x1B36, 0x00AF))
    ep = Fn("04:00.0", 0x1B36, 0x0010, 0x010802)
    ep.set(0x10, 8, 0x208000000C)
    ep.add_std(0x60, EXP, express(ENDPOINT))
    ep.add_ext(0x100, 0x01, 2, AER)
    ep.add_ext(0x140, REBAR, 1, rebar())
    m["ep"] = ep
    return m


def quiet(m):
    """No VF enabled, none there."""
    for name in ("vf0", "vf1"):
        m.pop(name, None)
    m["pf0"].put(SRIOV, 0x08, 2, 0x10)
    m["pf0"].put(SRIOV, 0x10, 2, 0)


# --- one change a rule: a function that changes the machine and returns the words for it --------------------------------
def r01(m):
    m["pf0"].find(SRIOV)[2] = 2
    return "the SR-IOV capability of 03:00.0 has version 2"


def r02(m):
    quiet(m)
    m["pf0"].find(SRIOV)[0] = 0xFD0
    m["pf0"].rows = 4096
    return "the SR-IOV capability of 03:00.0 begins at fd0h: its last registers would lie beyond configuration space"


def r03(m):
    m["ep"].patch(0x140, 4, 0x10010015)
    return "the last extended capability of 04:00.0 points back to the first"


def r04(m):
    ep = m["ep"]
    ep.add_ext(0x160, ATS, 1, le((2, 0x20), (2, 0)))
    ep.add_ext(0x170, PRI, 1, le((2, 0), (2, 0), (4, 0xFFFFFFFF), (4, 0)))
    ep.add_ext(0x17C, 0x0B, 1, le((4, 0x00800001)))
    return "a vendor-specific capability of 04:00.0 begins at 17ch, inside of Page Request Interface (170h, 16 bytes)"


def r05(m):
    m["ep"].patch(0x61, 1, 0x01)
    return "the next pointer of 04:00.0's last standard capability is 01h: its low bits are reserved"


def r06(m):
    m["vf0"].add_ext(0x170, SRIOV, 1, sriov(total=1, offset=8, device=0x1234, bars=((0, 0xC),)))
    return "the VF 03:02.0 has an SR-IOV capability"


def r07(m):
    m["pf0"].put(SRIOV, 0x0C, 2, 3)
    return "InitialVFs of 03:00.0 is 3, TotalVFs 4"


def r08(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x10, 2, 5)
    return "NumVFs of 03:00.0 is 5, TotalVFs 4"


def r09(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x08, 2, 0x19)
    return "VF Enable of 03:00.0 is set, NumVFs 0"


def r10(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x10, 2, 2)
    m["pf0"].put(SRIOV, 0x14, 2, 0)
    return "First VF Offset of 03:00.0 is 0, NumVFs 2"


def r11(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x10, 2, 2)
    m["pf0"].put(SRIOV, 0x16, 2, 0)
    return "VF Stride of 03:00.0 is 0, NumVFs 2"


def r12(m):
    m["pf0"].put(SRIOV, 0x16, 2, 0xFD00)
    del m["vf1"]
    return "VF Stride of 03:00.0 is fd00h: VF 1 would have routing ID 10010h"


def r13(m):
    m["pf1"].put(SRIOV, 0x08, 2, 0x09)
    m["pf1"].put(SRIOV, 0x10, 2, 1)
    m["pf1"].put(SRIOV, 0x14, 2, 17)
    return "First VF Offset of 03:00.1 is 17: its VF 0 has the routing ID of 03:00.0's VF 1"


def r14(m):
    m["pf0"].put(SRIOV, 0x14, 2, 0xFE00)
    del m["vf0"], m["vf1"]
    return "First VF Offset of 03:00.0 is fe00h: in 16 bits VF 0 lies at 01:00.0"


def r15(m):
    m["pf0"].put(SRIOV, 0x16, 2, 0x200)
    m["vf1"].slot = "05:02.0"
    return "VF Stride of 03:00.0 is 200h: VF 1 lies on bus 05, the port above has bus 03 alone"


def r16(m):
    m["pf0"].put(SRIOV, 0x08, 2, 0x09)
    m["dsp"].put(EXP, 0x28, 2, 0, ext=False)
    return "ARI is off in 03:00.0 and in the port above, VFs are at device 2"


def r17(m):
    m["pf1"].put(SRIOV, 0x08, 2, 0x10)
    return "ARI Capable Hierarchy is set in 03:00.1, which is not the lowest PF"


def r18(m):
    quiet(m)
    m["dsp"].put(EXP, 0x28, 2, 0, ext=False)
    return "ARI Capable Hierarchy is set in 03:00.0, the port above does not forward ARI"


def r19(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x08, 2, 0)
    return "ARI Capable Hierarchy is clear in 03:00.0, the port above forwards ARI"


def r20(m):
    m["pf0"].put(SRIOV, 0x1C, 4, 0x03F)
    return "Supported Page Sizes of 03:00.0 is 3fh: 64 KiB to 4 MiB are missing"


def r21(m):
    m["pf0"].put(SRIOV, 0x20, 4, 0x3)
    return "System Page Size of 03:00.0 has two bits"


def r22(m):
    m["pf0"].put(SRIOV, 0x20, 4, 0x10)
    return "System Page Size of 03:00.0 is 64 KiB on a host with pages of 4 KiB"


def r23(m):
    m["pf0"].put(SRIOV, 0x34, 4, 0x0000E001)
    return "VF BAR4 of 03:00.0 is I/O"


def r24(m):
    m["pf0"].put(SRIOV, 0x34, 4, 0xFE000002)
    return "VF BAR4 of 03:00.0 has type 01b"


def r25(m):
    m["pf0"].put(SRIOV, 0x38, 4, 0xFE00000C)
    return "VF BAR5 of 03:00.0 is 64-bit"


def r26(m):
    m["pf0"].put(SRIOV, 0x24, 16, 0)
    m["pf0"].drop(VFREBAR)
    return "03:00.0 has no VF BAR (and no VF Resizable BAR capability)"


def r27(m):
    m["pf0"].put(SRIOV, 0x34, 4, 0xFE000008)
    return "VF BAR4 of 03:00.0 is prefetchable and 32-bit"


def r28(m):
    m["pf0"].put(SRIOV, 0x20, 4, 0x10)
    m["pf0"].put(SRIOV, 0x2C, 4, 0x0100400C)
    return "System Page Size of 03:00.0 is 64 KiB, VF BAR2 is at 2001004000h"


def r29(m):
    m["pf0"].put(SRIOV, 0x30, 4, 0x30)
    return "VF BAR2 of 03:00.0 is at 3001000000h, outside of the windows of the port above"


def r30(m):
    m["pf0"].put(SRIOV, 0x2C, 8, 0xFE000004)
    return "VF BAR2 of 03:00.0 is 64-bit and not prefetchable"


def r31(m):
    m["pf0"].put(SRIOV, 0x08, 2, 0x11)
    return "VF Enable of 03:00.0 is set, VF MSE is clear"


def r32(m):
    m["pf0"].put(SRIOV, 0x08, 2, 0x39)
    return "VF 10-Bit Tag Requester Enable of 03:00.0 is set and not supported"


def r33(m):
    m["pf0"].put(SRIOV, 0x04, 4, 0x3)
    return "VF Migration Capable of 03:00.0 is set"


def r34(m):
    m["pf0"].put(SRIOV, 0x1A, 2, 0xFFFF)
    return "VF Device ID of 03:00.0 is ffffh"


def r35(m):
    m["pf1"].put(SRIOV, 0x12, 1, 5)
    return "Function Dependency Link of 03:00.1 is 5, and there is no function 5"


def r36(m):
    m["pf0"].put(SRIOV, 0x13, 1, 1)
    return "the reserved byte 13h of 03:00.0's SR-IOV capability is 1"


def r37(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x0C, 4, 0)
    return "TotalVFs of 03:00.0 is 0"


def r38(m):
    m["pf0"].put(EXP, 0x04, 4, 0x00008001, ext=False)
    return "03:00.0 has no Function Level Reset"


def r39(m):
    m["pf1"].put(SRIOV, 0x24, 4, 0x0010000C)
    return "VF BAR0 of 03:00.1 is at 2000100000h, inside of the aperture of 03:00.0's VF BAR0"


def r40(m):
    quiet(m)
    m["pf0"].put(SRIOV, 0x04, 60, 0)
    return "the SR-IOV capability of 03:00.0 reads all zeros"


def r41(m):
    m["ep"].rows = 256
    return "the dump of 04:00.0 ends at 256 bytes"


def v01(m):
    m["vf0"].patch(0, 4, 0x00AF1B36)
    return "the VF 03:02.0 reads ids of its own"


def v02(m):
    m["stray"] = vf("03:0f.0", (0x1B36, 0x00AF))
    return "03:0f.0 reads as a VF, and no PF leads there"


def v03(m):
    m["vf0"].patch(4, 2, 0x0006)
    return "Memory Space Enable of the VF 03:02.0 is set"


def v04(m):
    m["vf0"].patch(0x10, 4, 0xFE000000)
    return "BAR0 of the VF 03:02.0 is not 0"


def v05(m):
    m["vf0"].patch(0x3D, 1, 1)
    return "Interrupt Pin of the VF 03:02.0 is INTA"


def v06(m):
    m["vf0"].patch(0x0E, 1, 3)
    return "the VF 03:02.0 has header type 3"


def v07(m):
    m["vf0"].drop(EXP, ext=False)
    return "the VF 03:02.0 has no PCI Express capability"


def v08(m):
    m["vf0"].put(EXP, 0x08, 2, 0x2000, ext=False)
    return "Max_Read_Request_Size of the VF 03:02.0 is not 0"


def v09(m):
    m["vf0"].put(EXP, 0x28, 2, 0x40, ext=False)
    return "AtomicOp Requester Enable of the VF 03:02.0 is set"


def v10(m):
    m["vf0"].put(EXP, 0x04, 4, 0x00008001, ext=False)
    return "the VF 03:02.0 has no Function Level Reset"


def v11(m):
    m["vf0"].add_ext(0x170, PRI, 1, le((2, 0), (2, 0), (4, 32), (4, 0)))
    return "the VF 03:02.0 has a Page Request Interface capability"


def v12(m):
    m["vf0"].add_ext(0x170, PASID, 1, le((2, 0x1400), (2, 0)))
    return "the VF 03:02.0 has a PASID capability"


def v13(m):
    m["vf0"].add_ext(0x170, REBAR, 1, rebar())
    return "the VF 03:02.0 has a Resizable BAR capability"


def v14(m):
    m["vf0"].put(ATS, 0x06, 2, 5)
    return "Smallest Translation Unit of the VF 03:02.0 is 5, of its PF 0"


def v15(m):
    m["vf0"].put(ACS, 0x04, 2, 0x0C)
    return "ACS of the VF 03:02.0 lacks Direct Translated P2P, which its PF has"


def v16(m):
    m["vf0"].put(ARI, 0x04, 2, 0x1200)
    return "Next Function Number of the VF 03:02.0 is 18"


def v17(m):
    m["vf0"].put(MSIX, 0x04, 4, 4, ext=False)
    return "the MSI-X table of the VF 03:02.0 is in VF BAR4, which the PF does not implement"


def v18(m):
    m["vf1"].set(0x2E, 2, 0x0002)
    return "Subsystem ID of the VF 03:02.2 is not that of 03:02.0"


def v19(m):
    m["vf1"].set(0x08, 1, 2)
    return "Revision ID of the VF 03:02.2 is not that of 03:02.0"


def v20(m):
    m["vf2"] = vf("03:02.4", (0x1B36, 0x00AF))
    return "VF 2 is there (03:02.4), NumVFs of 03:00.0 is 2"


def v21(m):
    del m["vf1"]
    return "VF 1 (03:02.2) is missing, NumVFs of 03:00.0 is 2"


def bridge_01(m):
    m["dsp"].set(0x18, 1, 1)
    return "Primary Bus Number of 02:00.0 is 1"


def bridge_02(m):
    m["dsp1"].set(0x19, 2, 0x0202)
    return "Secondary and Subordinate Bus Number of 02:01.0 are 2, its own bus"


def bridge_03(m):
    m["dsp1"].set(0x1A, 1, 3)
    return "Subordinate Bus Number of 02:01.0 is 3, Secondary Bus Number 4"


def bridge_04(m):
    m["dsp1"].set(0x1A, 1, 6)
    return "Subordinate Bus Number of 02:01.0 is 6, of the bridge above 4"


def bridge_05(m):
    m["dsp"].set(0x1A, 1, 4)
    return "02:00.0 has buses 3 to 4, 02:01.0 has bus 4"


def bridge_06(m):
    m["dsp1"].set(0x26, 2, 0xBFF0)
    return "the prefetchable limit of 02:01.0 has type 32-bit, its base 64-bit"


def bridge_07(m):
    m["dsp1"].set(0x22, 2, 0xFF00)
    return "the memory window of 02:01.0 ends behind that of the bridge above"


def bridge_08(m):
    m["dsp1"].put(EXP, 0x28, 2, 0x20, ext=False)
    return "ARI Forwarding is enabled in 02:01.0, the device below has no ARI"


def bridge_09(m):
    m["ep"].put(EXP, 0x08, 2, 0x2000, ext=False)
    return "Max_Payload_Size of 04:00.0 is 128 bytes, of the port above 256"


def bridge_10(m):
    m["dsp1"].drop(ACS)
    return "02:01.0 has no ACS"


def ari_01(m):
    m["pf0"].drop(ARI)
    m["pf0"].put(SRIOV, 0x08, 2, 0x09)
    m["dsp"].put(EXP, 0x28, 2, 0, ext=False)
    m["pf0"].put(SRIOV, 0x14, 2, 2)
    m["vf0"].slot, m["vf1"].slot = "03:00.2", "03:00.4"
    return "03:00.0 has no ARI capability (ARI is off, VFs are functions 2 and 4)"


def ari_02(m):
    m["pf1"].put(ARI, 0x04, 2, 0x0100)
    return "Next Function Number of 03:00.1 is 1, its own"


def ari_03(m):
    m["ep"].slot = "04:00.1"
    m["ep"].add_ext(0x150, ARI, 1, le((4, 0)))
    return "04:00.1 has ARI, and there is no function 0"


def ari_04(m):
    m["pf1"].put(ARI, 0x04, 2, 0x1000)
    return "Next Function Number of 03:00.1 is 16, a VF"


def ari_05(m):
    m["pf0"].put(ARI, 0x06, 2, 0x2)
    return "ACS Function Groups Enable of 03:00.0 is set and not there"


def acs_01(m):
    m["dsp1"].put(ACS, 0x06, 2, 0x5D)
    return "ACS Direct Translated P2P Enable of 02:01.0 is set and not there"


def acs_02(m):
    m["dsp1"].find(ACS)[0] = 0xFF0
    m["dsp1"].put(ACS, 0x04, 2, 0x3F)
    m["dsp1"].rows = 4096
    return "ACS of 02:01.0 at ff0h has an Egress Control Vector of 256 bits, which would lie beyond configuration space"


def acs_03(m):
    m["ep"].add_ext(0x150, ACS, 1, le((2, 0x01), (2, 0)))
    return "the endpoint 04:00.0 has ACS Source Validation"


def ats_01(m):
    m["ep"].add_ext(0x150, ATS, 1, le((2, 0), (2, 0)))
    return "04:00.0 has ATS without Page Aligned Request"


def ats_02(m):
    m["ep"].add_ext(0x150, ATS, 1, le((2, 0x8020), (2, 0)))
    return "a reserved bit of 04:00.0's ATS Capability is 1"


def pri_01(m):
    m["ep"].add_ext(0x150, PRI, 1, le((2, 0), (2, 0), (4, 32), (4, 0)))
    return "04:00.0 has Page Request Interface and no ATS"


def pri_02(m):
    m["pf0"].put(PRI, 0x0C, 4, 64)
    return "Outstanding Page Request Allocation of 03:00.0 is 64, the capacity 32"


def pasid_01(m):
    m["pf0"].put(PASID, 0x04, 2, 0x1506)
    return "Max PASID Width of 03:00.0 is 21"


def pasid_02(m):
    m["pf0"].put(PASID, 0x04, 2, 0x1400)
    m["pf0"].put(PASID, 0x06, 2, 0x0003)
    return "Execute Permission Enable of 03:00.0 is set and not supported"


def pasid_03(m):
    m["pf0"].put(EXP, 0x24, 4, 0, ext=False)
    return "03:00.0 has PASID and no End-End TLP prefixes"


def pasid_04(m):
    m["rp"].put(ACS, 0x06, 2, 0x0D)
    return "PASID of 03:00.0 is enabled, Upstream Forwarding of the root port is not"


def rebar_01(m):
    m["ep"].put(REBAR, 0x08, 4, 0)
    return "the number of resizable BARs of 04:00.0 is 0"


def rebar_02(m):
    m["ep"].find(REBAR)[3][:] = rebar(count=2) + rebar(count=0)
    return "both Resizable BAR entries of 04:00.0 name BAR0"


def rebar_03(m):
    m["ep"].put(REBAR, 0x08, 4, 0x0520)
    return "the size of 04:00.0's resizable BAR is 32 MiB, which is not supported"


def vfrebar_01(m):
    m["pf0"].put(VFREBAR, 0x08, 4, 0)
    return "the number of resizable VF BARs of 03:00.0 is 0"


def vfrebar_02(m):
    m["pf0"].find(VFREBAR)[3][:] = rebar(count=2) + rebar(count=0)
    return "both VF Resizable BAR entries of 03:00.0 name VF BAR0"


def vfrebar_03(m):
    m["pf0"].put(VFREBAR, 0x04, 4, 0x20)
    return "the size of 03:00.0's resizable VF BAR is 1 MiB, which is not supported"


def vfrebar_04(m):
    m["pf0"].put(VFREBAR, 0x08, 4, 0x0024)
    return "a VF Resizable BAR entry of 03:00.0 names VF BAR4, which is not implemented"


def list_01(m):
    m["ep"].add_ext(0x150, 0x03, 1, DSN)
    m["ep"].add_ext(0x160, 0x03, 1, DSN)
    return "04:00.0 has two Device Serial Number capabilities"


def list_02(m):
    m["ep"].add_ext(0xFF8, 0x03, 1, DSN[:4])
    m["ep"].rows = 4096
    return "Device Serial Number of 04:00.0 begins at ff8h: its last register would lie beyond configuration space"


# --- valid machines: numbers as real devices show them --------------------------------------------------------------------
def machine(buses, ari=True, mem=(0xFE000000, 0xFEFFFFFF), pref=(0x2000000000, 0x2FFFFFFFFF)):
    m = Machine()
    m["rp"] = port("00:1c.0", ROOT_PORT, (0,) + buses, mem, pref, ari=ari, ids=(0x8086, 0x2030))
    return m


def pf(slot, vendor, pf_device, class_code, caps, ari_next=0, kind=ENDPOINT, ari=True, at=0x160, **kw):
    fn = Fn(slot, vendor, pf_device, class_code)
    fn.set(0x2C, 2, vendor)
    fn.set(0x3D, 1, 1)
    fn.add_std(0x40, 0x01, PM)
    fn.add_std(0x60, EXP, express(kind))
    fn.add_ext(0x100, 0x01, 2, AER)
    if ari:
        fn.add_ext(0x140, ARI, 1, le((2, ari_next << 8), (2, 0)))
    fn.add_ext(at, SRIOV, 1, sriov(**kw))
    for offset, ident, version, body in caps:
        fn.add_ext(offset, ident, version, body)
    return fn


def vfs(m, bus, first, stride, n, ids, bir=0):
    for i in range(n):
        rid = (bus << 8) + first + i * stride
        slot = "%02x:%02x.%x" % (rid >> 8, rid >> 3 & 31, rid & 7)
        fn = Fn(slot, 0xFFFF, 0xFFFF, m["pf0"].class_code)
        fn.ids = ids
        fn.set(0x04, 2, 0x0004)
        fn.set(0x2C, 2, ids[0])
        fn.add_std(0x50, MSIX, msix(bir, 2))
        fn.add_std(0x60, EXP, express(ENDPOINT, devctl=0))
        fn.add_ext(0x100, 0x01, 2, AER)
        fn.add_ext(0x140, ARI, 1, le((4, 0)))
        m["vf%d" % i] = fn


def valid_igb_ari():
    m = machine((1, 1))
    for n in (0, 1):
        m["pf%d" % n] = pf("01:00.%d" % n, 0x8086, 0x10C9, 0x020000, [], ari_next=1 - n, ctrl=0 if n else 0x19, total=8, num=0 if n else 7, link=n,
                           offset=128, stride=2, device=0x10CA, bars=((0, 0x200000000C + (n << 18)), (3, 0x200002000C + (n << 18))))
    vfs(m, 1, 128, 2, 7, (0x8086, 0x10CA), bir=3)
    return m, "Intel 82576, ARI: First VF Offset 128, seven VFs of PF 0 on its own bus"


def valid_igb_no_ari():
    m = machine((1, 3), ari=False)
    for n in (0, 1):
        m["pf%d" % n] = pf("01:00.%d" % n, 0x8086, 0x10C9, 0x020000, [], ari_next=1 - n, ctrl=0 if n else 0x09, total=8, num=0 if n else 1, link=n,
                           offset=384, stride=2, device=0x10CA, bars=((0, 0x200000000C + (n << 18)), (3, 0x200002000C + (n << 18))))
    vfs(m, 1, 384, 2, 1, (0x8086, 0x10CA), bir=3)
    return m, "Intel 82576 without ARI: First VF Offset 384, the VF on the next bus"


def valid_x710():
    m = machine((0x3B, 0x3B))
    for n in range(4):
        m["pf%d" % n] = pf("3b:00.%d" % n, 0x8086, 0x1572, 0x020000, [], ari_next=(n + 1) % 4, ctrl=0x10 if not n else 0, total=32, link=n,
                           offset=16 + 31 * n, stride=1, device=0x154C, bars=((0, 0x200000000C + (n << 22)), (3, 0x200020000C + (n << 22))))
    return m, "Intel X710 with four ports: 32 VFs each, offsets that leave room for the ports before"


def valid_e810():
    m = machine((0x5E, 0x5E))
    for n in (0, 1):
        m["pf%d" % n] = pf("5e:00.%d" % n, 0x8086, 0x1593, 0x020000, [(0x1A0, ACS, 1, le((4, 0)))], ari_next=1 - n, ctrl=0x10 if not n else 0,
                           total=64, link=n, offset=8 + 63 * n, stride=1, device=0x1889, bars=((0, 0xC), (3, 0xC)))
    return m, "Intel E810: 64 VFs a port, VF BARs typed and not assigned"


def valid_connectx():
    m = machine((0x81, 0x81))
    for n in (0, 1):
        m["pf%d" % n] = pf("81:00.%d" % n, 0x15B3, 0x1017, 0x020000, [], ari_next=1 - n, ctrl=0x19 if not n else 0x09, total=8, num=2 if not n else 0, link=n,
                           offset=2 if not n else 9, stride=1, device=0x1018, sizes=0x7FF, bars=((0, 0x200000000C + (n << 24)),))
    m["pf1"].put(SRIOV, 0x08, 2, 0)
    vfs(m, 0x81, 2, 1, 2, (0x15B3, 0x1018))
    return m, "ConnectX-5 with two ports: dependency links, offsets 2 and 9, page sizes 7ffh"


def valid_nvme():
    m = machine((2, 2))
    m["pf0"] = pf("02:00.0", 0x144D, 0xA824, 0x010802, [(0x1B0, 0x03, 1, DSN)], ctrl=0x19, total=32, num=2, offset=2, stride=1, device=0xA824,
                  bars=((0, 0xFE004004),))
    vfs(m, 2, 2, 1, 2, (0x144D, 0xA824))
    return m, "NVMe controller: 32 VFs, VF BAR0 64-bit and not prefetchable (a warning behind a bridge)"


def valid_igpu():
    m = Machine()
    m["pf0"] = pf("00:02.0", 0x8086, 0x46A6, 0x030000, [], kind=INTEGRATED, ari=False, at=0x320, ctrl=0x09, total=7, num=2, offset=1, stride=1,
                  device=0x46A6, bars=((0, 0x4010000004), (2, 0x402000000C)))
    vfs(m, 0, 0x11, 1, 2, (0x8086, 0x46A6))
    for name in ("vf0", "vf1"):
        m[name].drop(ARI)
        m[name].drop(EXP, ext=False)
        m[name].add_std(0x60, EXP, express(INTEGRATED, devctl=0))
    return m, "integrated graphics: root complex integrated endpoint, no ARI, VFs are functions 1 to 7"


def valid_gpu():
    m = machine((0x3D, 0x3D), pref=(0x200000000000, 0x2FFFFFFFFFFF))
    m["pf0"] = pf("3d:00.0", 0x8086, 0x56C0, 0x038000, [(0x1A0, VFREBAR, 1, rebar(index=2, size=13, sizes=0x0003FF00))], cap=0x2, ctrl=0x19, total=31, num=2,
                  offset=1, stride=1, device=0x56C0, bars=((0, 0x20000000000C), (2, 0x21000000000C)))
    vfs(m, 0x3D, 1, 1, 2, (0x8086, 0x56C0))
    return m, "GPU with VF Resizable BAR: 31 VFs of 8 GiB each"


def valid_page64():
    m = machine((1, 1))
    m["pf0"] = pf("01:00.0", 0x19E5, 0xA222, 0x020000, [], ctrl=0x19, total=127, num=2, offset=8, stride=1, device=0xA22F, size=0x10,
                  bars=((0, 0x200000000C), (2, 0x200100000C)))
    vfs(m, 1, 8, 1, 2, (0x19E5, 0xA22F))
    return m, "System Page Size of 64 KiB, as an arm64 kernel with such pages sets it"


def valid_stride256():
    m = machine((1, 0x11))
    m["pf0"] = pf("01:00.0", 0x16C3, 0xEDDA, 0x058000, [], cap=0x2, ctrl=0x10, total=15, offset=256, stride=256, device=0x1172, bars=((0, 0x200000000C),))
    return m, "Synopsys endpoint: First VF Offset and VF Stride 256, each VF on a bus of its own"


def valid_total0():
    m = machine((4, 4))
    m["pf0"] = pf("04:00.0", 0x1924, 0x0903, 0x020000, [], ctrl=0x10, total=0, offset=1, stride=1, device=0x1903, bars=((0, 0x200000000C),))
    return m, "Solarflare with VFs turned off in firmware: TotalVFs 0"


def enetc(sizes):
    m = Machine()
    for n in (0, 1):
        fn = pf("00:00.%d" % n, 0x1957, 0xE100, 0x020001, [], kind=INTEGRATED, ari=False, ctrl=0, total=2, link=n, offset=8 + n, stride=1, device=0xEF00,
                sizes=sizes, size=0x10)
        # Enhanced Allocation: BAR0 and VF BAR0, VF BAR2 at fixed places, 64-bit bases
        entries = b"".join(le((4, 0x80FF0000 | prop << 8 | bei << 4 | 3), (4, base & 0xFFFFFFFC | 2), (4, most), (4, base >> 32))
                           for bei, prop, base, most in ((0, 0, 0x1F8000000 + (n << 18), 0x3FFFC), (9, 4, 0x1F81D0000 + (n << 17), 0xFFFC),
                                                         (11, 3, 0x1F81F0000 + (n << 17), 0xFFFC)))
        fn.add_std(0xA0, 0x14, le((1, 3), (1, 0)) + entries)
        if n:
            fn.set(0x0E, 1, 0x80)
        m["pf%d" % n] = fn
    return m


def valid_enetc():
    return enetc(0x553), "NXP ENETC with the mandatory page sizes: integrated endpoint whose BARs and VF BARs Enhanced Allocation places"


def silicon_enetc():
    return enetc(0x013), "NXP ENETC as it is: Supported Page Sizes 13h lacks mandatory sizes"


def silicon_0d93():
    m = Machine()
    m["pf0"] = pf("6b:00.0", 0x8086, 0x0D93, 0xFF0000, [], kind=INTEGRATED, ari=False, at=0xB80, cap=0x2, total=6, offset=16, stride=2, device=0x0D52,
                  sizes=0x03F, bars=((0, 0xA6900000), (2, 0xA7028000), (4, 0x94000000)))
    return m, "8086:0d93 as it is: Supported Page Sizes 3fh lacks mandatory sizes"


def model(out):
    """The raw configuration spaces of examples/ci: a device model's PF and its first VF, whose Memory Space Enable is set (V03)."""
    m = Machine()
    m["pf0"] = pf("01:00.0", 0x1B36, 0x0010, 0x010802, [(0x1B0, 0x03, 1, DSN)], ctrl=0x19, total=4, num=1, offset=1, stride=1, device=0x0010,
                  bars=((0, 0x200000000C),))
    vfs(m, 1, 1, 1, 1, (0x1B36, 0x0010))
    m["vf0"].set(0x04, 2, 0x0006)
    os.makedirs(out, exist_ok=True)
    for name in ("pf0", "vf0"):
        m[name].finish()
        with open(os.path.join(out, name + ".config"), "wb") as f:
            f.write(m[name].raw)


def main():
    out = sys.argv[1]
    if sys.argv[2:] == ["--model"]:
        return model(out)
    for sub in ("broken", "valid", "silicon"):
        os.makedirs(os.path.join(out, sub), exist_ok=True)

    def write(path, text):
        os.makedirs(os.path.dirname(os.path.join(out, path)), exist_ok=True)
        with open(os.path.join(out, path), "w") as f:
            f.write(text)
    cpuinfo = "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu lm\n"
    write("valid/base.lspci", base().text("The machine that the broken ones are made from: breaks no rule."))
    # a host's root, for the rule that needs its page size: an x86 host
    write("valid/host/lspci", base().text("The same machine in a captured host: breaks no rule."))
    write("valid/host/proc/cpuinfo", cpuinfo)
    for name, function in sorted(globals().items()):
        kind, _, rest = name.partition("_")
        if kind in ("valid", "silicon"):
            m, comment = function()
            write("%s/%s.lspci" % (kind, rest.replace("_", "-")), m.text(comment + "."))
        elif callable(function) and (name[:1] in "rv" and name[1:].isdigit() or kind in
                                     ("bridge", "ari", "acs", "ats", "pri", "pasid", "rebar", "vfrebar", "list")) and "_" in name + "_":
            if not (name[1:].isdigit() or rest.isdigit()):
                continue
            m = base()
            comment = "Breaks %s: %s." % (name.upper().replace("_", "-"), function(m))
            rule = name.upper().replace("_", "-")
            if rule == "R22":
                write("broken/R22/lspci", m.text(comment))
                write("broken/R22/proc/cpuinfo", cpuinfo)
            else:
                write("broken/%s.lspci" % rule, m.text(comment))


if __name__ == "__main__":
    main()
