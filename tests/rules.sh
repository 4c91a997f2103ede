#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each rule has a fixture that breaks it and nothing else, and a valid one; docs/rules.md is what --list-rules says.
: "${srcdir:=$(dirname "$0")/..}"
: "${top_builddir:=.}"
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 77; }
exec python3 "$srcdir/tests/rules.py" "$top_builddir/tools/sriov-dump" "$srcdir"
