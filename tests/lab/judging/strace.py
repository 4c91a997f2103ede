# SPDX-License-Identifier: GPL-2.0-or-later
"""The tools write nothing to the host, use no network and start nothing: strace is the witness."""

import re

_CALL = re.compile(r'^(?:\d+ +)?(\w+)\((.*)\) += +(-?\d+|\?)')
_WRITING = ('O_WRONLY', 'O_RDWR', 'O_CREAT', 'O_TRUNC', 'O_APPEND')
_FORBIDDEN = ('socket', 'creat', 'truncate', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir',
              'mkdirat', 'init_module', 'finit_module', 'iopl', 'ioperm')


def complaints(path):
    started = 0
    with open(path, encoding='utf-8', errors='replace') as lines:
        for line in lines:
            call = _CALL.match(line)
            if not call:
                continue
            name, arguments, _ = call.groups()
            started += name == 'execve'
            if name in _FORBIDDEN:
                yield f'strace: {line.strip()}'
            elif name.startswith('open') and any(flag in arguments for flag in _WRITING):
                yield f'strace: opened for writing: {line.strip()}'
    if started != 1:
        yield f'strace: {started} programs were started, expected 1'
