# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest measured of its kernel: the lines of guest/truth.c, and registers from lspci's dump."""

import dataclasses
import re

SRIOV = 0x0010


@dataclasses.dataclass
class Pf:
    values: dict                                          # sysfs attributes
    now: list = dataclasses.field(default_factory=list)   # VFs that exist
    made: dict = dataclasses.field(default_factory=dict)  # n -> VFs that writing n made
    writes: dict = dataclasses.field(default_factory=dict)  # n -> outcome
    trial: dict | None = None                             # what VFIO said of VF 0
    registers: dict = dataclasses.field(default_factory=dict)


def _put(pfs, line):
    kind, address, *pairs = line.split()
    values = dict(pair.split('=', 1) for pair in pairs)
    if kind == 'pf':
        pfs[address] = Pf(values)
    elif kind == 'vf' and values['at'] == 'now':
        pfs[address].now.append(values)
    elif kind == 'vf':
        pfs[address].made.setdefault(values['at'], []).append(values)
    elif kind == 'write':
        pfs[address].writes[values['n']] = values['outcome']
    elif kind == 'vfio':  # of the VF of the PF that was listed last
        list(pfs.values())[-1].trial = values


def read(path):
    """{PF address: Pf}"""
    pfs = {}
    with open(path, encoding='ascii') as lines:
        for line in lines:
            _put(pfs, line)
    return pfs


def dump(text):
    """{address: bytes} of lspci -xxxx."""
    functions = {}
    for block in text.split('\n\n'):
        lines = block.strip().splitlines()
        if lines:
            address = lines[0].split()[0]
            address = address if address.count(':') == 2 else '0000:' + address
            rows = [line.split(': ')[1] for line in lines[1:] if re.match('[0-9a-f]+: ', line)]
            functions[address] = bytes.fromhex(''.join(rows))
    return functions


def extended_capability(config, wanted):
    offset = 0x100
    while 0x100 <= offset <= len(config) - 4:
        header = int.from_bytes(config[offset:offset + 4], 'little')
        if header & 0xffff == wanted:
            return offset
        offset = header >> 20 & 0xffc
    return None


def add_registers(pfs, path):
    """What the SR-IOV capability says itself: a driver may have lowered sriov_totalvfs."""
    with open(path, encoding='ascii', errors='replace') as file:
        functions = dump(file.read())
    for address, pf in pfs.items():
        config = functions.get(address, b'')
        offset = extended_capability(config, SRIOV)
        if offset is not None:
            def word(at):
                return int.from_bytes(config[offset + at:offset + at + 2], 'little')
            pf.registers = {'TotalVFs': word(0x0e), 'NumVFs': word(0x10), 'First VF Offset': word(0x14),
                            'VF Stride': word(0x16), 'VF Device ID': word(0x1a)}
