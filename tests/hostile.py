#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Inputs that are cut, looped, random or lie about themselves end with a status of the contract, in time, with one line an error.

hostile.py   in the build directory. Seeds are made here and taken from the fixtures.
"""
import io
import os
import random
import re
import struct
import subprocess
import sys
import tarfile
import tempfile

TOP = os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
BUILD = os.environ.get('builddir') or '.'
CUTS = 64
failures = []
runs = 0


def run(tool, *arguments, stdin=None):
    """Status and stderr; a failure where the contract is broken."""
    global runs
    runs += 1
    try:
        done = subprocess.run([os.path.join(BUILD, 'tools', tool), *arguments], input=stdin, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        failures.append(f'{tool} {arguments}: no end')
        return 2, ''
    text = done.stderr.decode(errors='replace')
    if done.returncode not in (0, 1, 2, 3):
        failures.append(f'{tool} {arguments}: status {done.returncode}: {text[:400]}')
    if done.returncode == 2 and not text:
        failures.append(f'{tool} {arguments}: status 2 without a word')
    for line in text.splitlines():
        if not line.startswith(tool + ': ') or re.search(r'[\x00-\x08\x0b-\x1f\x7f-\x9f]', line):
            failures.append(f'{tool} {arguments}: stderr {line[:120]!r}')
    if done.returncode != 2 and '-f' in arguments and 'xml' in arguments and not done.stdout.rstrip().endswith((b'</sriov-report>', b'</sriov-reports>')):
        failures.append(f'{tool} {arguments}: XML is not whole')
    return done.returncode, text


def config_space():
    """A PF with both lists in order."""
    b = bytearray(4096)
    struct.pack_into('<HHHH', b, 0, 0x8086, 0x10c9, 6, 0x10)
    b[0x0b], b[0x34] = 2, 0x40
    struct.pack_into('<BBH', b, 0x40, 0x10, 0, 2)
    struct.pack_into('<I', b, 0x100, 0x0e | 1 << 16 | 0x160 << 20)
    struct.pack_into('<I', b, 0x160, 0x10 | 1 << 16)
    struct.pack_into('<HHHH', b, 0x16c, 8, 8, 0, 0)
    struct.pack_into('<HHHH', b, 0x174, 128, 2, 0, 0x10ca)
    struct.pack_into('<II', b, 0x17c, 0x553, 1)
    return b


def hex_text(b):
    rows = ''.join(f'{i:02x}: ' + ' '.join(f'{x:02x}' for x in b[i:i + 16]) + '\n' for i in range(0, len(b), 16))
    return ('01:00.0 Ethernet controller: x\n' + rows + '\n').encode()


def tar_of(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w') as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


LOG = (b'[    0.000000] Linux version 6.12.9-amd64 (x@y)\n'
       b'[    0.300000] pci 0000:01:00.0: [8086:10c9] type 00 class 0x020000 PCIe Endpoint\n'
       b'[    0.300100] pci 0000:01:00.0: VF BAR 0 [mem 0x00000000-0x0001ffff 64bit]: contains BAR 0 for 8 VFs\n'
       b'[    0.400000] pci 0000:01:00.0: VF BAR 0 [mem size 0x00020000 64bit]: can\'t assign; no space\n'
       b'[    5.000000] igb 0000:01:00.0: not enough MMIO resources for SR-IOV\n')
SESSION = b'# echo 7 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs\n-bash: echo: write error: Cannot allocate memory\n# ' + b'lspci -nn\n01:00.0 x [0200]: y [8086:10c9]\n'


def seeds():
    space = bytes(config_space())
    yield 'hex', hex_text(space)
    yield 'log', LOG
    yield 'session', SESSION
    yield 'mixed', b'Hello,\n' + SESSION + LOG + hex_text(space[:256]) + b'Thanks\n'
    yield 'tar', tar_of({'sys/bus/pci/devices/0000:01:00.0/config': space, 'dmesg': LOG, 'proc/cmdline': b'ro quiet\n'})


def cut(work):
    path = os.path.join(work, 'input')
    for name, data in seeds():
        for i in range(CUTS + 1):
            with open(path, 'wb') as file:
                file.write(data[:len(data) * i // CUTS])
            run('sriov-check' if i & 1 else 'sriov-dump', '-f', 'xml', path)


def random_bytes(work):
    path = os.path.join(work, 'input')
    rng = random.Random(1)
    for i in range(64):
        data = rng.randbytes(rng.choice([1, 63, 64, 65, 255, 256, 257, 4095, 4096, 4097, 20000]))
        with open(path, 'wb') as file:
            file.write(data)
        run('sriov-dump', '-a', '-v', '-f', 'xml', path)
        run('sriov-check', '-f', 'json', path)
    for name, data in seeds():  # seeds with bytes that were changed
        for i in range(32):
            mutant = bytearray(data)
            for _ in range(rng.randrange(1, 40)):
                mutant[rng.randrange(len(mutant))] = rng.randrange(256)
            with open(path, 'wb') as file:
                file.write(mutant)
            run('sriov-check', '-f', 'xml', path)


def loops(work):
    """Lists that point at themselves, back, out of the space; every offset of the first extended pointer."""
    path = os.path.join(work, 'input')
    for target in list(range(0, 4096, 128)) + [1, 2, 3, 0xfff, 0xffc, 0x100, 0x104, 0x160]:
        b = config_space()
        struct.pack_into('<I', b, 0x160, 0x10 | 1 << 16 | target << 20)
        b[0x41] = target & 0xff
        with open(path, 'wb') as file:
            file.write(b)
        run('sriov-dump', '--validate', '-f', 'xml', path)


def odd(work):
    inside = os.path.join(work, 'root')
    os.makedirs(inside)
    os.symlink('/etc', os.path.join(inside, 'proc'))
    os.symlink('dmesg', os.path.join(inside, 'dmesg'))
    os.mkfifo(os.path.join(inside, 'lspci'))
    run('sriov-check', '-f', 'xml', inside)
    for arguments in ((work + '/missing',), ('-f', 'nothing'), ('--nothing',), ('-s', 'zz'), ('-d', '1'), ('-n', 'x'), ('-o', work + '/none/x.xml', inside),
                      ('-o', work + '/x.unknown'), ('/dev/null',)):
        status, _ = run('sriov-check', *arguments)
        if status != 2:
            failures.append(f'sriov-check {arguments}: status {status}, not 2')
    run('sriov-check', '-f', 'xml', '-', stdin=b'')
    run('sriov-check', '-f', 'xml', '-', stdin=b'x' * 1000000)
    run('sriov-check', '-f', 'xml', '-', stdin=b'\n' * 1000000)
    run('sriov-dump', '-f', 'xml', '-', stdin=b'00:00.0 x\n' * 20000)
    # what a terminal would obey comes from arguments and file names too
    name = os.fsdecode(b'/tmp/\x1b[31m\x07\x7f\x80\xc2\x9b\xed\xa0\x80\xff\r\nx')
    for tool, arguments in (('sriov-check', [name]), ('sriov-check', ['-o', name + '/x.xml', inside]), ('sriov-check', ['-s', name]), ('sriov-check', ['-f', name]),
                            ('sriov-check', ['--' + name]), ('sriov-check', ['-n', name]), ('sriov-check', ['-g', name]), ('sriov-check', ['--assume=' + name]),
                            ('sriov-check', ['--color=' + name]), ('sriov-dump', ['--rule', name, inside]), ('sriov-dump', ['--expect', name, inside]),
                            ('sriov-dump', ['--waivers', name, inside]), ('sriov-dump', ['--capture', name + '/x', inside]), ('sriov-dump', ['--at', name, 'x'])):
        status, text = run(tool, *arguments)
        if status != 2 or '\\x1b[31m' not in text or text.count('\n') > 2:
            failures.append(f'{tool} {arguments}: status {status}: {text[:200]!r}')
    full = subprocess.run([os.path.join(BUILD, 'tools', 'sriov-check'), '-f', 'xml', '-o', '/dev/full', inside], capture_output=True)
    if full.returncode != 2:
        failures.append(f'a full disk ends with {full.returncode}, not 2')
    members = [('../../escape', b'x'), ('/sys/absolute', b'x'), ('a' * 5000, b'x'), ('sys/bus/pci/devices/0000:01:00.0/config', b'x' * 100000)]
    with open(os.path.join(work, 'odd.tar'), 'wb') as file:
        file.write(tar_of(dict(members)))
    run('sriov-check', '-f', 'xml', os.path.join(work, 'odd.tar'))


def main():
    with tempfile.TemporaryDirectory() as work:
        for step in cut, random_bytes, loops, odd:
            step(work)
    for failure in failures[:40]:
        print(failure)
    print(f'{runs} runs, {len(failures)} failures')
    sys.exit(1 if failures else 0)


main()
