#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Inputs that want all memory, all time, or a way out of their root: each ends with a status of the contract within its bounds.

bounds.py [NAME...]   in the build directory. BOUNDS_FULL=1: at full size (a million functions and members, 100 MB of text).
Each run has limits of address space and processor time; the most memory that any process of it held is measured.
"""
import gzip
import lzma
import os
import re
import resource
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib

TOP = os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
BUILD = os.path.abspath(os.environ.get('builddir') or '.')
FULL = bool(os.environ.get('BOUNDS_FULL'))
MB = 1 << 20
SECONDS = 240  # of processor time; what a run takes is measured against its own bound
CANARY = 'canary-outside-of-the-root'
failures, runs, worst = [], 0, (0, '')


def configured(word):
    with open(os.path.join(BUILD, 'config.status'), encoding='utf-8', errors='replace') as file:
        return word in file.read()


SANITIZED = configured('-fsanitize')
SLOW = 12 if SANITIZED or configured('--coverage') else 1
SMALL = 4 if SLOW > 1 else 1  # so much less of everything


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * SLOW, SECONDS * SLOW + 5))
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))


def binary(tool):
    real = os.path.join(BUILD, 'tools/.libs', tool)
    return real if os.path.exists(real) else os.path.join(BUILD, 'tools', tool)


def run(name, arguments, memory=256, seconds=20, want=(0, 1, 2, 3), words=None, stdin=None, drop=False):
    """One run of a tool; memory in MB beyond what the input itself takes, seconds of processor time. Returns its output, if it is not dropped."""
    global runs, worst
    runs += 1
    tool = arguments[0]
    started = time.monotonic()
    env = dict(os.environ, LD_LIBRARY_PATH=os.path.join(BUILD, 'libsriov/.libs'), LC_ALL='C.UTF-8')
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([binary(tool), *arguments[1:]], stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL if drop else out, stderr=err, env=env, preexec_fn=limits)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        stdout, stderr = out.read(), err.read()
    status, used, peak = child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
    size = sum(os.path.getsize(a) for a in arguments[1:] if os.path.isfile(a)) // MB
    print(f'{name}: {tool} status {status}, {used:.1f} s, {time.monotonic() - started:.1f} s wall, {peak} MB of {memory + size}', flush=True)
    if status not in want:
        failures.append(f'{name}: {tool} ends with {status}: {stderr[-300:]!r}')
    if status == 2 and not stderr:
        failures.append(f'{name}: {tool}: status 2 without a word')
    if words and not re.search(words, stderr.decode(errors='replace')):
        failures.append(f'{name}: {tool} says {stderr[-300:]!r}, and nothing like {words!r}')
    if used > seconds * SLOW:
        failures.append(f'{name}: {tool} takes {used:.0f} s, and may {seconds * SLOW}')
    if not SANITIZED and peak > memory + size:
        failures.append(f'{name}: {tool} takes {peak} MB, and may {memory + size}')
    if CANARY.encode() in stdout + stderr:
        failures.append(f'{name}: {tool} read what lies outside of the root')
    if re.search(rb'[\x00-\x08\x0b-\x1f\x7f]', stderr + stdout) or b'\xc2\x9b' in stderr + stdout:
        failures.append(f'{name}: {tool}: control characters come out')
    if b'Sanitizer' in stderr or b'runtime error' in stderr:
        failures.append(f'{name}: {tool}: {stderr[:600]!r}')
    if peak - size > worst[0]:
        worst = (peak - size, name)
    return stdout, stderr


def both(name, source, **bounds):
    run(name, ['sriov-check', '-f', 'json', source], **bounds)
    run(name, ['sriov-dump', '-f', 'xml', source], **bounds)


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)
    return path


def header(name, size, kind=tarfile.REGTYPE, link='', pax=None):
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname, info.pax_headers = size, kind, link, pax or {}
    return info.tobuf(tarfile.PAX_FORMAT)


def gz(data):
    return gzip.compress(data, 9, mtime=0)


def zst(data):
    try:
        return subprocess.run(['zstd', '-q', '-c'], input=data, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def bombs(work):
    """Small archives that unpack to 10 GB: many members of the compression's own, one after the other, are one stream."""
    size = 10 << 30
    block = bytes(64 * MB)
    for kind, pack in ('gz', gz), ('xz', lambda d: lzma.compress(d, preset=0)), ('zst', zst):
        zeros = pack(block)
        if zeros is None:
            continue
        for member in 'dmesg', 'var/core', 'sys/bus/pci/devices/0000:01:00.0/config':
            path = write(os.path.join(work, 'bomb.' + kind), pack(header(member, size)) + zeros * (size // len(block)))
            run(f'bomb {kind} {member}', ['sriov-check', path], want=(2,), memory=1200, seconds=30, words='unpack to more|smaller than')
    # a member in a member: what is read is no archive any more
    path = write(os.path.join(work, 'twice.gz'), gz(gz(header('dmesg', size) + bytes(MB))))
    run('packed twice', ['sriov-check', path])


def dictionary(work):
    """xz whose header wants 4 GiB of history."""
    data = bytearray(lzma.compress(header('dmesg', 4) + bytes(1024), check=lzma.CHECK_NONE))
    at = 12  # the block's header: size, flags, filter id, size of its properties, the dictionary, padding, CRC32
    data[at + 4] = 40
    length = (data[at] + 1) * 4
    data[at + length - 4:at + length] = zlib.crc32(bytes(data[at:at + length - 4])).to_bytes(4, 'little')
    run('xz dictionary', ['sriov-check', write(os.path.join(work, 'dict.xz'), bytes(data))])


def members(work):
    count = 1000000 if FULL else 100000 // SMALL
    path = os.path.join(work, 'many.tar')
    block = bytearray(header('x', 0))
    with gzip.open(path, 'wb', 1) as file:
        for i in range(count):
            name = b'sys/bus/pci/devices/%04x:%02x:%02x.%x/x%d' % (i >> 16 & 15, i >> 8 & 255, i >> 3 & 31, i & 7, i >> 20)
            block[0:100] = name.ljust(100, b'\0')
            block[148:156] = b' ' * 8
            block[148:156] = b'%06o\0 ' % sum(block)
            file.write(block)
        file.write(bytes(1024))
    both('members', path, memory=700, seconds=60)
    endless = gz(b''.join(header('a%04d' % i, 0) for i in range(10000)))
    run('endless members', ['sriov-check', write(path, endless * 400)], want=(2,), memory=700, seconds=60, words='members|unpack to more')
    name = '/'.join(['d'] * 30000)
    for member in name, 'x' * 100000, 'sys/' + 'y' * 3000 + '/z', 'a/' * 2000:
        path = write(os.path.join(work, 'name.tar'), header(member, 0, pax={'path': member}) + header('dmesg', 0) + bytes(1024))
        both('names', path)
    link = 'l' * 100000
    path = write(os.path.join(work, 'link.tar'), header('dmesg', 0, tarfile.SYMTYPE, link, {'linkpath': link}) + header('lspci', 0) + bytes(1024))
    both('links', path)
    chain = b''.join(header(f'l{i}', 0, tarfile.SYMTYPE, f'l{i + 1}') for i in range(20000)) + header('dmesg', 0, tarfile.SYMTYPE, 'l0')
    both('chain of links', write(os.path.join(work, 'chain.tar'), chain + bytes(1024)))


def sparse(work):
    """A file of a terabyte in three blocks, for each kind that is read; a size that the archive does not hold."""
    for member in 'dmesg', '.sriov-capture', 'proc/iomem':
        pax = {'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.name': member, 'GNU.sparse.realsize': str(1 << 40)}
        table = f'1\n{(1 << 40) - 512}\n512\n'.encode().ljust(512, b'\0')
        data = header('GNUSparseFile.0/' + member, 1024, pax=pax) + table + b'x' * 512 + bytes(1024)
        both('sparse', write(os.path.join(work, 'sparse.tar'), data), memory=1700, seconds=30)
    for size in (1 << 63) - 1, 1 << 40:
        info = header('dmesg', 0, pax={'size': str(size)})
        run('size that lies', ['sriov-check', write(os.path.join(work, 'lies.tar'), info + b'x' * 512)], want=(2,))


def directories(work):
    root = os.path.join(work, 'root')
    devices = os.path.join(root, 'sys/bus/pci/devices')
    os.makedirs(devices)
    outside = os.path.join(work, 'outside')
    os.makedirs(os.path.join(outside, '0000:02:00.0'))
    for name in 'dmesg', 'lspci', 'cmdline', 'os-release':
        write(os.path.join(outside, name), f'[    0.000000] Command line: {CANARY}\nNAME={CANARY}\n'.encode())
    write(os.path.join(outside, '0000:02:00.0/vendor'), CANARY.encode())
    up = '../' * 12 + outside.lstrip('/')
    os.symlink(os.path.join(outside, 'dmesg'), os.path.join(root, 'dmesg'))
    os.symlink(os.path.join(up, 'lspci'), os.path.join(root, 'lspci'))
    os.symlink(outside, os.path.join(root, 'proc'))
    os.symlink(up, os.path.join(root, 'etc'))
    os.symlink(os.path.join(outside, '0000:02:00.0'), os.path.join(devices, '0000:02:00.0'))
    os.symlink('0000:03:00.0', os.path.join(devices, '0000:03:00.0'))
    one = os.path.join(devices, '0000:01:00.0')
    os.makedirs(one)
    write(os.path.join(one, 'uevent'), b'')
    for name in 'config', 'resource', 'sriov_numvfs', 'sriov_totalvfs', 'vendor', 'power_state':
        os.mkfifo(os.path.join(one, name))
    os.symlink('/dev/zero', os.path.join(one, 'device'))
    os.symlink('../../../../../..' + outside, os.path.join(one, 'driver'))
    for name in 'transcript', 'bios':
        os.mkfifo(os.path.join(root, name))
    both('links and pipes', root)
    run('links and pipes', ['sriov-dump', '--capture', os.path.join(work, 'captured.tar'), root])
    with open(os.path.join(work, 'captured.tar'), 'rb') as file:
        if CANARY.encode() in file.read():
            failures.append('a capture holds what lies outside of the root')
    deep = os.path.join(work, 'deep')
    os.makedirs(deep)
    here = os.open(deep, os.O_RDONLY)
    for name in ['sys', 'devices'] + ['pci0000:00'] * 3000:  # no name is long enough for it
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    both('deep folders', deep)
    subprocess.run(['rm', '-rf', deep], check=True)
    if FULL:
        big = os.path.join(work, 'big')
        os.makedirs(os.path.join(big, 'proc'))
        os.makedirs(os.path.join(big, 'sys/bus/pci/devices/0000:01:00.0'))
        for name in 'dmesg', 'proc/iomem', 'sys/bus/pci/devices/0000:01:00.0/config', 'sys/bus/pci/devices/0000:01:00.0/resource', '.sriov-capture':
            with open(os.path.join(big, name), 'wb') as file:
                file.truncate(1 << 40)
        both('files of a terabyte', big, memory=2600, seconds=60)
    with open(os.path.join(work, 'huge'), 'wb') as file:
        file.truncate(1 << 40)
    run('file of a terabyte', ['sriov-check', file.name], memory=256 - (1 << 20), want=(2,), words='larger than')


def devices(_work):
    for name in '/dev/zero', '/dev/urandom', '/dev/full':
        if os.path.exists(name):
            run('device', ['sriov-check', name], want=(2,), words='device')
    with open('/dev/zero', 'rb') as zero:
        run('device', ['sriov-dump', '-'], want=(2,), words='device', stdin=zero)


def long_lines(work):
    """One line as long as the file, at the place of each kind of text; many empty and many short ones."""
    size = (100 if FULL else 16 // SMALL) * MB
    starts = {
        'log': b'[    0.000000] pci 0000:01:00.0: ', 'journal': b'Jan 01 00:00:00 h kernel: pci 0000:01:00.0: ', 'lspci': b'01:00.0 Ethernet controller: ',
        'lspci -v': b'01:00.0 x\n\tRegion 0: Memory at ', 'capability': b'01:00.0 x\n\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n\t\t',
        'hex': b'01:00.0 x\n00: ', 'session': b'# ', 'answer': b'$ lspci\n', 'prompt': b'root@h:~# echo 7 > ', 'nothing': b'',
    }
    for name, start in starts.items():
        for filler in b'a', b' ', b'0 ', b'[', b'\x1b[', b'\xff', b'0000:01:00.0 ', b'# ', b'\n', b'\n# ', b'x=\n':
            if not FULL and filler not in (b'a', b'[', b'0000:01:00.0 ') and (filler, name) not in ((b'\n# ', 'session'), (b'\n# ', 'log')):
                continue
            data = start + (filler * (size // len(filler)))
            run(f'long {name} {filler!r}', ['sriov-check', '-f', 'json', write(os.path.join(work, 'long'), data)], memory=8 * size // MB + 64, seconds=30)


def long_files(work):
    """The same in the files of a captured root."""
    size = (16 if FULL else 4 // SMALL) * MB
    root = os.path.join(work, 'files')
    paths = ('proc/cmdline', 'proc/iomem', 'proc/cpuinfo', 'proc/modules', 'proc/mounts', 'proc/interrupts', 'proc/version', 'etc/os-release', 'etc/default/grub',
             'etc/kernel/cmdline', 'etc/modprobe.d/a.conf', 'bios', 'transcript', 'lspci', 'dmesg', '.sriov-capture', 'proc/config.gz', 'boot/config-6.1',
             'lib/modules/6.1/modules.alias', 'lib/modules/6.1/modules.dep', 'sys/bus/pci/devices/0000:01:00.0/resource',
             'sys/bus/pci/devices/0000:01:00.0/sriov_numvfs', 'sys/bus/pci/devices/0000:01:00.0/config', 'sys/bus/pci/devices/0000:01:00.0/uevent',
             'sys/firmware/acpi/tables/DMAR', 'sys/firmware/acpi/tables/IORT', 'sys/kernel/iommu_groups/1/reserved_regions', 'sys/class/dmi/id/sys_vendor')
    fillers = {b'a': 1, b'{"a":': 1, b'[': 1, b'alias pci:v* x\n': 1, b'00000000-ffffffff : a\n': 1, b' 0-1 : x\n': 0, b'\0': 0, b'options a b=c ': 0, b'x: y\n': 0}
    for filler, always in fillers.items():
        if not FULL and not always:
            continue
        for path in paths:
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            write(os.path.join(root, path), filler * (size // len(filler)))
        if filler == b'[':
                write(os.path.join(root, 'bios'), b'{"Attributes":' * 2000 + b'[' * 100000)
        both(f'long files {filler!r}', root, memory=96 * size // MB, seconds=60)


def functions(work):
    """Many tiny functions, each with lists that never end; and one with all that a list can hold."""
    count = 1000000 if FULL else 100000 // SMALL
    space = bytearray(64)
    space[0:4], space[6], space[0x34] = b'\x86\x80\xc9\x10', 0x10, 0x40
    rows = b''.join(b'%02x: %s\n' % (i, ' '.join(f'{x:02x}' for x in space[i:i + 16]).encode()) for i in range(0, 64, 16))
    path = os.path.join(work, 'functions')
    with open(path, 'wb') as file:
        for i in range(count):
            file.write(b'%04x:%02x:%02x.%x Ethernet controller: x\n%s\n' % (i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7, rows))
    both('functions', path, memory=count * 3 // 1000, seconds=60)
    with open(path, 'wb') as file:
        for i in range(count):
            file.write(b'%04x:%02x:%02x.%x Ethernet controller: x\n' % (i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7))
    both('titles', path, memory=count * 3 // 1000, seconds=60)
    for step, vendor in (4, 0x10), (8, 0x0b), (16, 0x10):
        space = bytearray(4096)
        space[0:4], space[6], space[0x34] = b'\x86\x80\xc9\x10', 0x10, 0x40
        for at in range(0x40, 0x100, 4):
            space[at:at + 4] = bytes([vendor, at + 4 if at < 0xfc else 0x40, 0xff, 0xff])
        for at in range(0x100, 4096, step):
            following = at + step if at + step < 4096 else 0x100
            space[at:at + 4] = (vendor | 1 << 16 | following << 20).to_bytes(4, 'little')
        both('chains', write(path, bytes(space)))
        text = b''.join(b'%02x: %s\n' % (i, ' '.join(f'{x:02x}' for x in space[i:i + 16]).encode()) for i in range(0, 4096, 16))
        n = 2000 if FULL else 300
        with open(path, 'wb') as file:
            for i in range(n):
                file.write(b'0000:%02x:%02x.%x Ethernet controller: x\n%s\n' % (i >> 8, i >> 3 & 31, i & 7, text))
        run('chains of many', ['sriov-dump', '-a', '-v', '-f', 'xml', path], memory=300 + n // 4, seconds=60)
        run('chains of many', ['sriov-dump', '-a', '--validate', '-f', 'json', path], memory=300 + n // 4, seconds=60)


def promising(path, count, offset=1, stride=1, known=0x150):
    """PFs in order, each of which says that it has 65535 VFs, all of them enabled; only the rows that say so, up to known. Returns one's space."""
    space = bytearray(4096)
    space[0:4], space[6], space[0x34] = b'\x86\x80\xc9\x10', 0x10, 0x40
    space[0x40:0x44] = b'\x10\x00\x02\x00'
    space[0x100:0x104] = (0x10 | 1 << 16).to_bytes(4, 'little')
    for at, value in ((0x10c, 0xffff), (0x10e, 0xffff), (0x110, 0xffff), (0x114, offset), (0x116, stride), (0x11a, 0x10ca), (0x108, 0x19)):
        space[at:at + 2] = value.to_bytes(2, 'little')
    rows = (i for i in range(0, known, 16) if known == 4096 or any(space[i:i + 16]))
    text = b''.join(b'%02x: %s\n' % (i, ' '.join(f'{x:02x}' for x in space[i:i + 16]).encode()) for i in rows)
    with open(path, 'wb') as file:
        for i in range(count):
            file.write(b'%04x:%02x:%02x.%x Ethernet controller: x\n%s\n' % (i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7, text))
    return bytes(space)


def promises(work):
    """PFs that promise 65535 VFs each: what is kept of them all is limited, and what is left out is said, with the function's name."""
    path = os.path.join(work, 'promises')
    n = 400 if FULL else 20
    promising(path, n, known=4096)
    for form in 'text', 'xml', 'html':
        run('VFs without end', ['sriov-dump', '-v', '-f', form, path], memory=min(200 + n * 40, 1000), seconds=60)
        run('VFs without end', ['sriov-check', '-n', '65535', '-f', form, path], memory=min(200 + n * 40, 1000), seconds=60)
    n = 60000 // SMALL
    kept = (1 << 21) // 0xffff
    said = rb'the VFs of 0000:00:04\.0 and of %d PFs behind it are not listed: with them PFs claim more than the 2097152 VFs that are kept' % (n - kept - 1)
    for stride in 1, 0xffff, 0:
        promising(path, n, stride=stride)
        for arguments in ['sriov-check', '-f', 'xml'], ['sriov-check', '-f', 'html'], ['sriov-dump', '-a', '-f', 'xml'], ['sriov-dump', '-v', '-f', 'json']:
            run(f'VFs of {n} PFs, stride {stride}', [*arguments, path], memory=1000, seconds=60, drop=True)
        out, _ = run(f'VFs of {n} PFs, stride {stride}', ['sriov-check', '-n', '4', path], memory=1000, seconds=60)
        if stride and not re.search(said, b' '.join(out.split())):
            failures.append(f'VFs of {n} PFs: nobody says which are not listed')
    many = 5000  # so many that the text is not read as a whole where all functions are asked for
    for count, arguments in (many, ['-a']), (many, []), (kept + 2, []), (kept, []):
        promising(path, count)
        out, _ = run(f'VFs of {count} PFs', ['sriov-dump', *arguments, '-f', 'xml', path], memory=400)
        others = {many: b' and of %d PFs' % (many - kept - 1), kept + 2: b' and of 1 PF'}.get(count, b'')
        if out.count(b' listed="false"') != count - kept or out.count(b'<vf ') != kept * 0xffff:
            failures.append(f'{arguments}: {out.count(b" listed=")} PFs of {count} without {out.count(b"<vf ")} VFs')
        if (b'the VFs of 0000:00:04.0' + others + b' behind it are not listed: ' in out) != (count > kept):
            failures.append(f'{arguments}: what is left out of {count} PFs is not said')
    promising(path, kept + 1)
    out, _ = run(f'VFs of {kept + 1} PFs', ['sriov-dump', '-v', '--validate', '-f', 'xml', path], memory=1000)
    if not re.search(rb'id="R13" subject="0000:00:04.0"[^>]*state="notapplicable"', out):
        failures.append('R13 judges VFs that are not listed')


def mappings(work):
    """IORT with as many mappings as it can hold, before one that maps all: VFs are not looked up among them one by one."""
    root = os.path.join(work, 'mappings')
    nodes = b''
    for k in range(15):
        maps = [(0x20000 + i, 0) for i in range(3200)] + ([(0, 0xffff)] if k == 14 else [])
        maps = b''.join(struct.pack('<IIIII', first, more, first, 48, 0) for first, more in maps)
        nodes += struct.pack('<BHBIII', 2, 36 + len(maps), 3, k, len(maps) // 20, 36) + struct.pack('<QIIB3x', 0, 0, 0, 16) + maps
    table = bytearray(b'IORT' + struct.pack('<I', 48 + len(nodes)) + b'\1\0OEMID TABLEID ' + bytes(12) + struct.pack('<III', 15, 48, 0) + nodes)
    table[9] = -sum(table) & 0xff
    space = promising(os.path.join(work, 'none'), 0)
    for path, data in [('proc/version', b'Linux version 6.1\n'), ('sys/firmware/acpi/tables/IORT', bytes(table))] + \
            [(f'sys/bus/pci/devices/0000:00:{i:02x}.0/config', space) for i in range(32)]:
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        write(os.path.join(root, path), data)
    run('mappings', ['sriov-check', root], memory=400, seconds=10)


def sessions(work):
    """Many PFs, and many commands about them that failed: what was written is looked up by its PF, not among all that was written."""
    path = os.path.join(work, 'pfs')
    promising(path, 4000 // SMALL)
    with open(path, 'rb') as file:
        pfs = file.read()
    with open(path, 'wb') as file:
        for i in range(100000 // SMALL):
            name = b'bus/pci/devices/%04x:%02x:%02x.%x' % (i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7) if i % 4 else b'class/net/eth%d/device' % i
            file.write(b'# echo 7 > /sys/%s/sriov_numvfs\n-bash: echo: write error: Cannot allocate memory\n' % name)
        file.write(b'# lspci -xxxx\n' + pfs)
    run('writes of many PFs', ['sriov-check', path], memory=500, seconds=20)


def documents(work):
    """--expect and --waivers: entities, outside files, depth, length."""
    config = write(os.path.join(work, 'config'), bytes(64))
    secret = write(os.path.join(work, 'secret'), CANARY.encode())
    laughs = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + ''.join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + ']><a>&m;</a>'
    outside = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><sriov-report xmlns="urn:libsriov:report:1" tool="&x;">&x;</sriov-report>'
    dtd = f'<!DOCTYPE a SYSTEM "file://{secret}"><sriov-report xmlns="urn:libsriov:report:1"/>'
    many = '<a ' + ' '.join(f'a{i}="1"' for i in range(100000)) + '/>'
    for name, text in (('laughs', laughs), ('outside', outside), ('dtd', dtd), ('deep', '<a>' * 1000000), ('long', '<a b="' + 'x' * 20000000 + '"/>'),
                       ('wide', '<sriov-report xmlns="urn:libsriov:report:1">' + '<function/>' * 500000 + '</sriov-report>'), ('cut', '<sriov-report'),
                       ('attributes', many), ('instruction', "<?x '?>" + many), ('comment', '<!-- " -->' + many), ('text', '<b>"' + many + '</b>'),
                       ('wide letters', '<?xml version="1.0" encoding="UTF-16"?>' + many), ('other letters', '<?xml version="1.0" encoding="UTF-7"?>' + many)):
        path = write(os.path.join(work, 'expect.xml'), text.encode('utf-16' if name == 'wide letters' else 'utf-8'))
        run('--expect ' + name, ['sriov-dump', '--expect', path, config], memory=500)
    for name, text in ('long', b'x' * 20000000), ('many', b'rule 8086:10c9 why\n' * 500000), ('bytes', bytes(range(256)) * 4000):
        run('--waivers ' + name, ['sriov-dump', '--validate', '--waivers', write(os.path.join(work, 'waivers'), text), config], memory=500)


CASES = (bombs, dictionary, members, sparse, directories, devices, long_lines, long_files, functions, promises, sessions, mappings, documents)


def main():
    for case in CASES:
        if len(sys.argv) < 2 or case.__name__ in sys.argv[1:]:
            with tempfile.TemporaryDirectory() as work:
                case(work)
    for failure in failures[:40]:
        print(failure)
    print(f'bounds: {runs} runs, {len(failures)} out of bounds; at most {worst[0]} MB more than the input ({worst[1]})')
    sys.exit(1 if failures else 0)


main()
