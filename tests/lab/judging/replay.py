# SPDX-License-Identifier: GPL-2.0-or-later
"""A capture, read elsewhere, must say what the tools said inside."""

import os
import subprocess

from . import report


def _run(tools, *arguments):
    done = subprocess.run([os.path.join(tools, 'tools', arguments[0]), *arguments[1:]], capture_output=True,
                          text=True, check=False, timeout=120)
    return done.stdout, done.stderr, done.returncode


def _findings(told):
    return sorted(tuple(sorted(finding.items())) for finding in told.findings())


def _difference(what, live, replayed):
    if live == replayed:
        return
    if isinstance(live, list):
        live, replayed = [x for x in live if x not in replayed], [x for x in replayed if x not in live]
    yield f'replay: {what} differ: live {live}, replayed {replayed}'


def complaints(tools, capture, live, extra=()):
    """`live` is the report from inside the guest; `extra` are the arguments it had besides the goal."""
    out, err, status = _run(tools, 'sriov-check', '-g', 'assign', *extra, '-f', 'xml', capture)
    if status not in (0, 1, 3):
        yield f'replay: sriov-check ended with {status}: {err.strip()}'
        return
    replayed = report.parse(out)
    yield from _difference('ladders', live.ladders(), replayed.ladders())
    yield from _difference('findings', _findings(live), _findings(replayed))
    yield from _difference('plans', live.plans(), replayed.plans())
