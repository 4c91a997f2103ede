#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The line that says what takes long: on a terminal alone, after a second, and nothing of it stays; other text stands whole. On pseudo-terminals.

A run is stopped as soon as it says (-v) that it reads, and goes on after a second and a bit: the timer has run out then, at no cost.
"""

import array
import concurrent.futures
import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import termios
import threading
import time

TOP = os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
TOOLS = os.path.join(os.environ.get('builddir') or '.', 'tools')
SOURCE = os.path.join(TOP, 'fixtures', 'trap-healthy', 'root')
SPINNER = re.compile(rb'\r\x1b\[K[^\r\n]')
FAILED = []


def fail(text):
    FAILED.append(text)
    print('FAIL:', text)


def screen(data, width):
    """What a terminal shows after these bytes; its rows without trailing spaces."""
    rows, at, col = [[]], 0, 0
    for token in re.findall(r'\x1b\[[0-9;]*[A-Za-z]|.', data.decode('utf-8', 'replace'), re.S):
        if token == '\r':
            col = 0
        elif token == '\n':
            at += 1
            if at == len(rows):
                rows.append([])
        elif token == '\x1b[K':
            del rows[at][col:]
        elif token[0] == '\x1b':
            continue
        else:
            if col == width:
                at, col = at + 1, 0
                if at == len(rows):
                    rows.append([])
            rows[at].extend(' ' * (col + 1 - len(rows[at])))
            rows[at][col] = token
            col += 1
    return [''.join(row).rstrip() for row in rows]


class Run:
    """One run: what came on stdout and stderr, when each piece came, how it ended."""

    def __init__(self, command, env=None, width=240, terminal=True, shared=False, stop=True, interrupt=False, stdin=subprocess.DEVNULL):
        full = {**os.environ, 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm', **(env or {})}
        full = {key: value for key, value in full.items() if value is not None}
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, array.array('H', [24, width, 0, 0]))
        reader, writer = os.pipe()
        err = slave if terminal else writer
        begin = time.monotonic()
        with tempfile.TemporaryFile() as out:
            with subprocess.Popen(command, stdin=stdin, stdout=slave if shared else out, stderr=err, env=full) as process:
                os.close(slave)
                os.close(writer)
                self.data, self.pieces = b'', []
                end = master if terminal else reader
                stopped = not stop
                while True:
                    if not select.select([end], [], [], 120)[0]:
                        process.kill()
                        fail(f'{command}: hangs')
                        break
                    try:
                        piece = os.read(end, 65536)
                    except OSError:
                        break
                    if not piece:
                        break
                    self.data += piece
                    self.pieces.append((time.monotonic() - begin, piece))
                    if not stopped and b'for reading' in self.data:
                        stopped = True
                        process.send_signal(signal.SIGSTOP)
                        time.sleep(1.3)
                        process.send_signal(signal.SIGCONT)
                    if interrupt and SPINNER.search(self.data):
                        interrupt = False
                        process.send_signal(signal.SIGINT)
                self.status = process.wait()
            out.seek(0)
            self.out = out.read()
        os.close(master)
        os.close(reader)
        self.screen = screen(self.data, width)
        self.frames = SPINNER.findall(self.data)


def sources(tool, extra=()):
    """A command that takes more than half a second, and how long it takes."""
    n, took = 100, 0.0
    while took < 0.5 and n < 100000:
        n *= 2
        command = [os.path.join(TOOLS, tool), '-v', '-f', 'jsonl', *extra, '--', *[SOURCE] * n]
        begin = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        took = time.monotonic() - begin
    return command, n, took


def clean(run, what, lines=2):
    """Nothing but the lines of -v stays: one a stage."""
    left = [row for row in run.screen if row]
    if len(left) != lines or not all(re.match(r'sriov-\w+: sandbox for ', row) for row in left):
        fail(f'{what}: on the terminal stays: {left}')


def silent(run, what):
    if b'\x1b' in run.data or run.data.count(b'\r') != run.data.count(b'\r\n'):
        fail(f'{what}: draws: {run.data[:200]!r}')


def tool(name):
    command, n, _ = sources(name)
    piped = Run(command, terminal=False)
    silent(piped, f'{name}, stderr is a pipe')
    drawn = Run(command)
    if not drawn.frames:
        fail(f'{name}: draws nothing in more than a second: {drawn.data[:200]!r}')
    first = next((when for when, piece in drawn.pieces if SPINNER.search(piece)), 9.0)
    if first < 1.0:
        fail(f'{name}: draws after {first:.2f} s already')
    if not re.search(rb'\xe2\xa0[\x80-\xbf] \d+ of %d: (reading|judging|decoding) \S*/root, \d+ s' % n, drawn.data):
        fail(f'{name}: does not say what it does: {drawn.data[:300]!r}')
    clean(drawn, name)
    if drawn.out != piped.out or drawn.status != piped.status:
        fail(f'{name}: the line changes the report')
    silent(Run([os.path.join(TOOLS, name), SOURCE], stop=False), f'{name}, a short run')
    return command


def nothing(command):
    silent(Run([command[0], '-q', *command[1:]]), '-q')
    silent(Run(command, env={'TERM': 'dumb'}), 'TERM=dumb')
    silent(Run(command, env={'TERM': None}), 'without TERM')


def plain(command):
    ascii_only = Run(command, env={'LC_ALL': 'C'})
    if not ascii_only.frames or max(ascii_only.data) > 126:
        fail(f'in ASCII: {ascii_only.data[:200]!r}')
    clean(ascii_only, 'in ASCII')
    colours = Run(command, env={'NO_COLOR': '1'})
    if not colours.frames or re.search(rb'\x1b\[[0-9;]*m', colours.data):
        fail('NO_COLOR: colours, or no line')
    narrow = Run(command, width=20)
    if not narrow.frames or re.search(rb'\r\x1b\[K\xe2\xa0.[^\r\n]', narrow.data, re.S):
        fail('a narrow terminal: more than a sign')


def interrupted_run(command):
    interrupted = Run(command, interrupt=True)
    clean(interrupted, 'interrupted', lines=len([row for row in interrupted.screen if 'sandbox for' in row]))
    if interrupted.status not in (-signal.SIGINT, 0, 1, 3):
        fail(f'interrupted: status {interrupted.status}')
    if interrupted.status != -signal.SIGINT:
        print('not tested: an interrupted run (it was through before)')


def hostile_name(command):
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, 'web\x1b[2J\nx\u0301')
        os.symlink(os.path.realpath(SOURCE), name)
        hostile = Run([*command[:5], *[name] * (len(command) - 5)])
        if not hostile.frames or b'\x1b[2J' in hostile.data or b'web?[2J?x?, ' not in hostile.data:
            fail(f'a hostile name: {hostile.data[:300]!r}')
        clean(hostile, 'a hostile name')


def diagnostics(command):
    missing = [*command[:5]]
    for i, source in enumerate(command[5:]):
        missing += [source] if i % 7 else [source, '/no/such/source']
    said = Run(missing)
    left = [row for row in said.screen if row and 'sandbox for' not in row]
    wrong = [row for row in left if row != left[0] or not row.startswith('sriov-check: /no/such/source: cannot be read: ')]
    if not said.frames or said.status != 2 or wrong or not left:
        fail(f'diagnostics: {wrong[:3]} status {said.status}')


def one_terminal(command):
    def whole(command):
        both = Run(command, shared=True, width=2000)
        lines = [row for row in both.screen if row and 'sandbox for' not in row]
        if not all(row.startswith('{') and row.endswith('}') for row in lines) or len(lines) < len(command) - 5:
            fail(f'report and line on one terminal: {len(lines)} lines, {[row[:80] for row in lines if row[0] != "{"][:3]}')
        return both
    whole(command)
    # of more than 64 sources the first reports come soon, and then nothing is drawn; of these the reading may be over before the run stops
    if not any(whole(command[:5 + 64]).frames for _ in range(10)):
        fail('report and line on one terminal: draws nothing')


def pipe(name):
    """Who writes into standard input may be asking for a password: then the terminal is his."""
    reader, writer = os.pipe()

    def later():
        time.sleep(1.5)
        os.write(writer, b'[    1.0] pci 0000:01:00.0: VF BAR 0 [mem size 0x4000]: no space\n')
        os.close(writer)
    thread = threading.Thread(target=later)
    thread.start()
    silent(Run([os.path.join(TOOLS, name), '-'], stop=False, stdin=reader), f'{name}, a slow pipe')
    thread.join()
    os.close(reader)


check = tool('sriov-check')
with concurrent.futures.ThreadPoolExecutor(3) as pool:
    cases = [pool.submit(case, check) for case in (nothing, plain, interrupted_run, hostile_name, diagnostics, one_terminal)]
    cases += [pool.submit(tool, 'sriov-dump'), pool.submit(pipe, 'sriov-check')]
    for case in cases:
        case.result()
sys.exit(1 if FAILED else 0)
