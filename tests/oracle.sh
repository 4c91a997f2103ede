#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every value that lspci prints of the capabilities that we decode equals ours: for the fixtures, and for real devices' dumps where they lie.
: "${srcdir:=$(dirname "$0")/..}"
: "${top_builddir:=.}"
lspci=$(PATH="$PATH:/usr/sbin:/sbin" command -v lspci) || { echo "no lspci: skipped"; exit 77; }
command -v python3 >/dev/null || { echo "no python3: skipped"; exit 77; }
set --
for dir in "$srcdir/fixtures" "$srcdir/../shared/dumps" "$srcdir/../../shared/dumps"; do
	[ -d "$dir" ] && set -- "$@" "$dir"
done
[ $# -gt 0 ] || { echo "nothing to compare: skipped"; exit 77; }
exec python3 "$srcdir/tests/oracle.py" "$top_builddir/tests/print-fields" "$lspci" "$@"
