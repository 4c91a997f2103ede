# SPDX-License-Identifier: GPL-2.0-or-later
"""sriov-dump --capture: real contents, links as links, an honest list, and nothing that names a machine or a person."""

import tarfile

from . import truth

# What `boot` gives the guest for this: QEMU's first MAC address, a serial number, a UUID; `init` its host name.
PRIVATE = (b'52:54:00:12:34:56', b'LABSERIAL42', b'5f1c0a52-7d0e-4b7c-9a41-0c6c6c616200', b'labguest')
_STATES = ('present', 'absent', 'redacted', 'denied')
_SERIAL_NUMBER = 0x0003


def _listed(archive):
    """{path: state} of .sriov-capture"""
    lines = archive.extractfile('.sriov-capture').read().decode().splitlines()
    return dict(line.split('\t', 1) for line in lines if line)


def _index(archive, files):
    listed = _listed(archive)
    for path, state in listed.items():
        if state.split()[0] not in _STATES:
            yield f'capture: {path} is "{state}"'
    for path in files:
        if path != '.sriov-capture' and listed.get(path, '').split()[:1] not in (['present'], ['redacted']):
            yield f'capture: {path} is in the archive, listed as {listed.get(path)}'
    for path, state in listed.items():
        if state == 'present' and not path.endswith('/') and path not in files:
            yield f'capture: {path} is listed as present, and not in the archive'


def _config(archive, path, real):
    """Bytes of one configuration space against lspci's; a serial number is taken out."""
    got = archive.extractfile(path).read()
    if got == real[:len(got)] and len(got) in (64, 256, 4096):
        return
    serial = truth.extended_capability(real, _SERIAL_NUMBER)
    hidden = range(serial + 4, serial + 12) if serial else ()
    wrong = [at for at in range(min(len(got), len(real))) if got[at] != real[at] and at not in hidden]
    if wrong or len(got) not in (64, 256, 4096):
        yield f'capture: {path}: {len(got)} bytes, {len(wrong)} differ from lspci, the first at {wrong[:1]}'


def complaints(path, lspci):
    with tarfile.open(path) as archive, open(lspci, encoding='ascii', errors='replace') as text:
        real = truth.dump(text.read())
        files = {member.name.removeprefix('./'): member for member in archive if not member.isdir()}
        yield from _index(archive, files)
        for name, member in files.items():
            leaf, parts = name.rsplit('/', 1)[-1], name.split('/')
            if leaf in ('driver', 'iommu_group', 'physfn') and not member.issym():
                yield f'capture: {name} is no link'
            if member.isfile() and leaf == 'config' and parts[-2] in real:
                yield from _config(archive, member, real[parts[-2]])
            content = archive.extractfile(member).read() if member.isfile() else member.linkname.encode()
            for private in PRIVATE:
                if private in content:
                    yield f'capture: {name} still says {private.decode()}'
