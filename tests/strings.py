#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""No text of a stranger's gets out as it came: every byte value, alone and in sequences that a terminal, a browser or a parser obeys, goes into
each line of each file of the fixtures, their links and names, options, waivers and earlier reports; every format is read back.

strings.py [FIXTURE...]   in the build directory.
"""
import collections
import html.parser
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

TOP = os.path.abspath(os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
BUILD = os.path.abspath(os.environ.get('builddir') or '.')
FORMATS = ('text', 'xml', 'json', 'jsonl', 'html', 'junit', 'prometheus', 'nfd', 'nagios')
# each byte value, in such groups that some of each survive where a newline, NUL, slash or blank ends a string
BYTES = [bytes(range(i, i + 16)) for i in range(0, 256, 16)] + [b''.join(bytes([b]) + b'q' for b in range(i, 256, 16)) for i in range(16)]
SEQUENCES = [s.encode() for s in ('\x1b[31mred\x1b[0m', '\x1b]8;;http://x/\x07y\x1b]8;;\x07', '\x1bP$q\x1b\\', '\x9b31m\x9d0;title\x9c', '\u202egnp.exe\u202c', '\u2066a\u2069\u061c\u200f\u200e',
             '\u2028a\u2029b', '\ufeffa\ufffeb\uffffc', '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'--><svg/onload=x>", ']]><x/>&amp;&lt;&#27;&x;',
             '\\"}],"a":"', '\\u001b\\x1b\\', '{a="b"} 1\n# HELP x', '|x=1;2;3', '%s%n%d$HOME`id`', '\r\noverwritten', 'a\bb\x7fc', '\u0130\U0001f600\u0301\xad')]
SEQUENCES += [b'\xc0\x80\xc1\xbf', b'\xe0\x80\xaf\xf0\x80\x80\xaf', b'\xed\xa0\x80\xed\xbf\xbf', b'\xf4\x90\x80\x80\xf8\x88\x80\x80\x80', b'\xe2\x80', b'\xf0\x9f\x98', b'\xff\xfe\x1b\x00', b'\xc2\x1b[1m', b'\xe2\x1b[\xae']
PAYLOADS = BYTES + SEQUENCES
# controls, C1, what turns lines around or ends them, noncharacters
FORBIDDEN = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]')
COLOURS = re.compile('\x1b\\[[0-9;]*m')
SERIES = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="([^"\\]|\\["\\n])*",?)*\})? [0-9.e+-]+')
failures, runs, seen = [], 0, set()
reached = collections.Counter()


class Tags(html.parser.HTMLParser):
    """What is markup in a page."""
    def __init__(self):
        super().__init__()
        self.markup = set()

    def handle_starttag(self, tag, attrs):
        self.markup |= {tag} | {f'{tag} {name}' for name, _ in attrs}

    def handle_comment(self, data):
        self.markup.add('comment')

    handle_startendtag = handle_starttag


def markup(text):
    tags = Tags()
    tags.feed(text)
    tags.close()
    return tags.markup


def read_back(form, text, pages):
    """What the reader of a format would trip over."""
    if form in ('xml', 'junit'):
        root = ET.fromstring(text)
        names = {'sriov-report', 'sriov-reports'} if form == 'xml' else {'testsuites'}
        assert root.tag.split('}')[-1] in names, root.tag
        return root
    if form == 'json':
        return json.loads(text)
    if form == 'jsonl':
        return [json.loads(line) for line in text.splitlines()]
    if form == 'html':
        new = markup(text) - pages
        assert not new, f'markup of a stranger: {sorted(new)[:5]}'
    if form == 'prometheus':
        for line in text.splitlines():
            assert line.startswith(('# HELP sriov_', '# TYPE sriov_')) or SERIES.fullmatch(line), line
    if form == 'nfd':
        for line in text.splitlines():
            assert re.fullmatch(r'[A-Za-z0-9._-]*=[A-Za-z0-9._-]*', line), line
    if form == 'nagios':
        assert re.match(r'SRIOV (OK|WARNING|CRITICAL|UNKNOWN): [^|]*\|[^|\n]*', text) or text.count('|') == 0, text[:200]
    return None


def run(what, tool, form, arguments, pages=frozenset(), want=(0, 1, 2, 3)):
    global runs
    runs += 1
    done = subprocess.run([os.path.join(BUILD, 'tools', tool).encode(), b'-f', form.encode(), *(os.fsencode(a) for a in arguments)],
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    where = f'{what}: {tool} -f {form}'
    if done.returncode not in want or b'Sanitizer' in done.stderr or b'runtime error' in done.stderr:
        failures.append(f'{where}: status {done.returncode}: {done.stderr[:400]!r}')
    for name, data in ('output', done.stdout), ('stderr', done.stderr):
        try:
            text = data.decode()
            bad = FORBIDDEN.search(COLOURS.sub('', text) if '--color=always' in arguments else text)
            if bad:
                failures.append(f'{where}: {bad.group()!r} in {name}: {text[max(0, bad.start() - 40):bad.end() + 20]!r}')
        except UnicodeDecodeError as error:
            failures.append(f'{where}: {name} is no UTF-8: {data[max(0, error.start - 40):error.end + 20]!r}')
            return ''
    text = done.stdout.decode()
    try:
        if text:
            read_back(form, text, pages)
    except (ET.ParseError, ValueError, AssertionError) as error:
        failures.append(f'{where}: cannot be read back: {error}')
    if form in ('text', 'xml'):
        seen.update(re.findall(r'\\x([0-9a-f]{2})', text))
    for line in done.stderr.decode(errors='replace').splitlines():
        if not line.startswith(tool + ': '):
            failures.append(f'{where}: stderr {line[:120]!r}')
    return text


def text_files(root):
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path) or name == 'config' or '/acpi/tables/' in path or os.path.getsize(path) > 200000:
                continue
            yield path


def poison(root, how, rng):
    """A payload in each line of each file: behind it, between two words, or in place of a word."""
    for path in text_files(root):
        place = re.sub(r'[0-9a-f]{4}:[0-9a-f:.]+', 'X', os.path.relpath(path, root))
        with open(path, 'rb') as file:
            lines = file.read().split(b'\n')
        for i, line in enumerate(lines):
            if not line or (how != 'end' and rng.random() < 0.4):
                continue
            payload = b'Zq' + rng.choice(PAYLOADS) + b'qZ'
            words = list(re.finditer(rb'[^\s=:,"]+', line))
            word = rng.choice(words) if words else None
            if how == 'end' or not word:
                lines[i] = line + payload if rng.random() < 0.5 else line + b' ' + payload
            elif how == 'between':
                lines[i] = line[:word.end()] + payload + line[word.end():]
            else:
                lines[i] = line[:word.start()] + payload + line[word.end():]
        with open(path, 'wb') as file:
            file.write(b'\n'.join(lines))
        reached[place] += 1


def name_of(payload, room=200):
    return (b'Zq' + payload + b'qZ').replace(b'\0', b'').replace(b'/', b'')[:room]


def rename(root, rng):
    """Names that a host gives: drivers, interfaces, groups, modules, slots, devices of a bus; what links lead to."""
    root = os.fsencode(root)
    for folder, folders, names in os.walk(root):
        for name in folders + names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                target = os.readlink(path)
                if name in (b'driver', b'physfn', b'iommu_group') and rng.random() < 0.7:
                    os.unlink(path)
                    os.symlink(target + name_of(rng.choice(PAYLOADS)), path)
    for folder in (b'sys/class/net', b'sys/module', b'sys/class/iommu', b'sys/bus/pci/slots', b'sys/bus/vmbus/devices', b'sys/kernel/iommu_groups', b'sys/bus/pci/devices',
                   b'dev/vfio', b'lib/modules', b'etc/modprobe.d', b'boot', b'sys/class/firmware-attributes/x/attributes'):
        for payload in rng.sample(PAYLOADS, 6):
            path = os.path.join(root, folder, name_of(payload))
            os.makedirs(path, exist_ok=True)
            for name in b'address', b'current_value', b'display_name', b'type', b'operstate', b'flags', b'version', name_of(payload):
                with open(os.path.join(path, name), 'wb') as file:
                    file.write(b'0000:01:00 SR-IOV Zq' + payload + b'qZ\n')
    for folder, _, names in os.walk(os.path.join(root, b'sys/devices')):
        if b'config' in names and b'net' not in os.listdir(folder):
            os.makedirs(os.path.join(folder, b'net', name_of(rng.choice(PAYLOADS))))


def tables(root, rng):
    """Signatures, OEM ids and device paths in ACPI tables: bytes beyond the header, no checksum is left right."""
    for folder, _, names in os.walk(os.path.join(root, 'sys/firmware')):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, 'rb') as file:
                data = bytearray(file.read())
            for at in range(10, min(36, len(data))):
                data[at] = rng.randrange(256)
            if len(data) > 9:
                data[9] = (data[9] - sum(data)) & 0xff
            with open(path, 'wb') as file:
                file.write(data)


def fixtures(work, names, pages):
    rng = random.Random(1)
    for i, name in enumerate(names):
        root = os.path.join(work, 'root')
        shutil.copytree(os.path.join(TOP, 'fixtures', name, 'root'), root, symlinks=True)
        subprocess.run(['chmod', '-R', 'u+w', root], check=True)
        how = ('end', 'between', 'word')[i % 3]
        poison(root, how, rng)
        if i % 4 == 1:
            rename(root, rng)
        if i % 4 == 2:
            tables(root, rng)
        run(f'{name} {how}', 'sriov-check', 'xml', ['-v', root])
        run(f'{name} {how}', 'sriov-check', FORMATS[2 + i % 7], ['-v', root], pages)
        run(f'{name} {how}', 'sriov-check', 'text', ['-v', '--names', '--color=always', root])
        run(f'{name} {how}', 'sriov-dump', FORMATS[i % 9], ['-a', '-v', root], pages)
        if i % 3 == 0:
            run(f'{name} {how}', 'sriov-dump', FORMATS[i // 3 % 9], ['--validate', '-v', root], pages)
        if i % 8 == 0:
            captured(f'{name} {how}', root, work, pages)
        shutil.rmtree(root)


def captured(what, root, work, pages):
    """A capture and what is said of it; --expect of a report of the same."""
    tar, report = os.path.join(work, 'host.tar'), os.path.join(work, 'report.xml')
    run(what + ' captured', 'sriov-dump', 'text', ['--capture', tar, root])
    run(what + ' captured', 'sriov-check', 'json', [tar])
    with open(report, 'w', encoding='utf-8') as file:
        file.write(run(what + ' captured', 'sriov-dump', 'xml', ['-v', tar]))
    run(what + ' compared', 'sriov-dump', 'html', ['--expect', report, root], pages)


def pasted(work, pages):
    """Each payload as a command, its answer, lspci's words, a log line's, a file's name; and all at once in each format."""
    tickets = []
    for i, payload in enumerate(PAYLOADS):
        z = b'Zq' + payload + b'qZ'
        tickets.append(b'root@' + z + b':~# echo 7 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs\n-bash: echo: write error: ' + z + b'\n# virsh start ' + z + b'\nerror: ' + z +
                       b'\n$ ' + z + b' --' + z + b'\n' + z + b'\n# cat /proc/cmdline\nro ' + z + b'\n# modprobe ' + z + b'\nmodprobe: ERROR: could not insert \'' + z +
                       b'\': Operation not permitted\n# lspci -nnk\n01:00.0 Ethernet controller [0200]: ' + z + b' [8086:10c9] (rev 01)\n\tSubsystem: ' + z +
                       b'\n\tKernel driver in use: ' + z + b'\n\tKernel modules: ' + z + b', igb\n\n# dmesg\n[    0.000000] Linux version 6.1 (' + z +
                       b')\n[    0.000000] Command line: ro ' + z + b'\n[    0.000000] DMI: ' + z + b' ' + z + b', BIOS ' + z + b' 01/01/2024\n[    1.000000] ' + z +
                       b' 0000:01:00.0: not enough MMIO resources for SR-IOV\n[    1.0] pci 0000:01:00.0: ' + z + b'\n[    2.0] igb 0000:01:00.0 ' + z + b': ' + z + b'\n')
        path = os.path.join(os.fsencode(work), name_of(payload, 60))
        with open(path, 'wb') as file:
            file.write(tickets[-1])
        for form in ('xml', FORMATS[2 + i % 7], 'text'):
            run(f'ticket {payload!r}', 'sriov-check', form, ['-v', path], pages)
        run(f'ticket {payload!r}', 'sriov-dump', FORMATS[i % 9], ['-a', path], pages)
        for option in ('-o', b'/nowhere/' + name_of(payload)), ('--assume', b'ari=' + name_of(payload)), ('-n', name_of(payload)), ('-s', name_of(payload)), ('-d', name_of(payload)):
            run(f'{option}', 'sriov-check', 'json', [*option, path], want=(2,))
        for option in ('--rule', name_of(payload)), ('--waivers', name_of(payload)), ('--expect', path), ('--at', name_of(payload)):
            run(f'{option}', 'sriov-dump', 'xml', ['--validate', *option, path], want=(2,))
    everything = os.path.join(work, 'all')
    with open(everything, 'wb') as file:
        file.write(b'\n'.join(tickets))
    for form in FORMATS:
        run('all tickets', 'sriov-check', form, ['-v', everything], pages)
        run('all tickets', 'sriov-dump', form, ['-a', '-v', everything], pages)


def waived(work, pages):
    """Reasons of waivers, and the texts of an earlier report."""
    broken = os.path.join(TOP, 'fixtures/rules/R01/bad.txt')
    space = bytearray(4096)
    space[0:4], space[6], space[0x34], space[0x40] = b'\x86\x80\xc9\x10', 0x10, 0x40, 0x10
    space[0x100:0x104] = (0x10 | 3 << 16).to_bytes(4, 'little')
    space[0x10c:0x110] = b'\x08\0\x09\0'
    if not os.path.exists(broken):
        broken = os.path.join(work, 'broken')
        with open(broken, 'wb') as file:
            file.write(space)
    for i, payload in enumerate(PAYLOADS):
        line = payload.replace(b'\n', b'')
        with open(os.path.join(work, 'waivers'), 'wb') as file:
            file.write(b'R01 * Zq' + line + b'qZ\n')
        for form in 'xml', 'text', FORMATS[2 + i % 7]:
            text = run(f'waiver {payload!r}', 'sriov-dump', form, ['--validate', '-v', '--waivers', os.path.join(work, 'waivers'), broken], pages)
            if form == 'xml' and b'\0' not in line and 'Zq' not in text:
                failures.append(f'waiver {payload!r}: the reason is not told')
        clean = payload.decode(errors='ignore')
        clean = re.sub('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]', '', clean).replace('&', '&amp;').replace('<', '&lt;').replace('"', '&quot;')
        with open(os.path.join(work, 'expect.xml'), 'w', encoding='utf-8') as file:
            file.write(f'<sriov-report xmlns="urn:libsriov:report:1" tool="sriov-dump" source="{clean}"><function address="0000:00:00.0" vendor="{clean}" driver="Zq{clean}">'
                       f'<capability id="0x0010" kind="extended" name="SR-IOV" offset="0x100" version="{clean}"><field name="TotalVFs" value="Zq{clean}"/>'
                       f'<field name="Zq{clean}" value="{clean}"/></capability></function></sriov-report>')
        for form in 'xml', FORMATS[2 + i % 7]:
            run(f'expected {payload!r}', 'sriov-dump', form, ['--expect', os.path.join(work, 'expect.xml'), broken], pages)


def pages_without_strangers(names):
    """Markup that the pages of the tools have by themselves."""
    own = set()
    for name in names:
        for tool, options in ('sriov-check', []), ('sriov-check', ['-v', '-n', '4', '--assume=ari=on']), ('sriov-dump', ['-a', '-v']), ('sriov-dump', ['--validate', '-v']):
            done = subprocess.run([os.path.join(BUILD, 'tools', tool), '-f', 'html', *options, os.path.join(TOP, 'fixtures', name, 'root')], capture_output=True, check=False)
            own |= markup(done.stdout.decode())
    assert 'script' not in own and 'table' in own and not [name for name in own if ' on' in name]
    return own


def main():
    every = sorted(name for name in os.listdir(os.path.join(TOP, 'fixtures')) if os.path.isdir(os.path.join(TOP, 'fixtures', name, 'root')))
    names = sys.argv[1:] or every
    pages = frozenset(pages_without_strangers(every[::9]) | {'tr', 'td', 'td colspan', 'ul', 'li', 'ol', 'br', 'p', 'details', 'details class'})
    with tempfile.TemporaryDirectory() as work:
        fixtures(work, names, pages)
        pasted(work, pages)
        waived(work, pages)
    # the strings did get there: each byte that is to be shown as such was
    hidden = {f'{b:02x}' for b in [*range(1, 10), *range(11, 32), *range(127, 256)]} - seen
    if hidden:
        failures.append(f'never seen in a report: {sorted(hidden)}')
    if len(sys.argv) == 1 and len(reached) < 40:
        failures.append(f'only {len(reached)} kinds of files: {sorted(reached)}')
    for failure in failures[:40]:
        print(failure)
    print(f'strings: {len(PAYLOADS)} texts in {len(reached)} kinds of files, {runs} runs, {len(failures)} failures')
    sys.exit(1 if failures else 0)


main()
