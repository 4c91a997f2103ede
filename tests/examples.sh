#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The examples do what they say, on a dump of one PF.
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
root=$out/root/sys/bus/pci/devices/0000:01:00.0
mkdir -p "$root"
# a header, PCI Express at 0x40, SR-IOV at 0x100: TotalVFs 8, First VF Offset 128, VF Stride 2
head -c 4096 /dev/zero >"$root/config"
poke() { printf "$2" | dd of="$root/config" bs=1 seek=$((16#$1)) conv=notrunc status=none; }
poke 0 '\x86\x80\xc9\x10'
poke 6 '\x10'
poke a '\x00\x02'
poke 34 '\x40'
poke 40 '\x10\x00\x02'
poke 100 '\x10\x00\x01'
poke 10c '\x08\x00\x08'
poke 114 '\x80\x00\x02\x00\x00\x00\xca\x10\x53\x05\x00\x00\x01'
examples/list-pfs "$out/root" >"$out/list"
grep -q '0x0e TotalVFs: 0x8$' "$out/list"
grep -q 'VF 7: 0000:01:11.6$' "$out/list"
grep -qE '^  1 VF: (ok|unknown|E[A-Z]+)' "$out/list"
status=0
examples/check-one "$out/root" >"$out/check" || status=$?
[ "$status" -eq 1 ] || [ "$status" -eq 3 ]
grep -qE '^(blocked|unknown): ' "$out/check"
if command -v python3 >/dev/null && ! grep -q '^#define SANITIZED' config.h; then
	LD_LIBRARY_PATH=libsriov/.libs python3 "$srcdir/examples/verdict.py" "$out/root" >"$out/python"
	[ "$(head -n 1 "$out/python")" = "$(head -n 1 "$out/check")" ]
fi
