#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Both tools on input that is cut, looped, random or odd.
command -v python3 >/dev/null || { echo "python3 is not there"; exit 77; }
exec python3 "$srcdir/tests/hostile.py"
