#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdict on this host, or on the source that is named, through ctypes."""
import ctypes
import sys

lib = ctypes.CDLL('libsriov.so.0')
for name in 'sriov_report_get_verdict', 'sriov_report_get_answer', 'sriov_finding_get_id':
    getattr(lib, name).restype = ctypes.c_char_p
for name in 'sriov_report_get_first_finding', 'sriov_finding_get_next':
    getattr(lib, name).restype = ctypes.c_void_p


def made(function, *arguments):
    """Call a function that gives an object by pointer."""
    out = ctypes.c_void_p()
    err = function(*arguments, ctypes.byref(out))
    if err:
        sys.exit(f'error {-err}')
    return out


ctx = made(lib.sriov_new)
source = sys.argv[1].encode() if len(sys.argv) > 1 else None
snapshot = made(lib.sriov_snapshot_open, ctx, source, 0)
model = made(lib.sriov_model_new, snapshot)
query = made(lib.sriov_query_new)
report = made(lib.sriov_check, model, query)
print(lib.sriov_report_get_verdict(report).decode(), lib.sriov_report_get_answer(report).decode(), sep=': ')
finding = lib.sriov_report_get_first_finding(report)
while finding:
    print(' ', lib.sriov_finding_get_id(ctypes.c_void_p(finding)).decode())
    finding = lib.sriov_finding_get_next(report, ctypes.c_void_p(finding))
lib.sriov_report_unref(report)
lib.sriov_query_free(query)
lib.sriov_model_unref(model)
lib.sriov_snapshot_unref(snapshot)
lib.sriov_unref(ctx)
