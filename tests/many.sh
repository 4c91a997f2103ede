#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Many captures in one run: their reports are those of single runs, one after another; one that cannot be read spoils no other; and
# memory does not grow with their number.
set -uo pipefail
top=$(cd "${srcdir:-$(pwd)}" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
build=$(pwd)
check() { "$build/tools/sriov-check" "$@"; }
dump() { "$build/tools/sriov-dump" "$@"; }
bad=0
fail() { echo "FAIL: $*"; bad=1; }

names=(trap-healthy cause-vfs-not-requested cause-bus-numbers-exhausted trap-guest-azure)
mkdir "$tmp/root" && cd "$tmp/root" || exit 1
few=()
for ((i = 0; i < 130; i++)); do
	few+=("$i")
	ln -s "$top/fixtures/${names[i % 4]}/root" "$i"
done
for ((i = 0; i < 130; i++)); do check -f jsonl "$i"; done >"$tmp/single"
check -f jsonl "${few[@]}" >"$tmp/all"
[ $? -eq 1 ] || fail "status: the first of 1, 3, 0"
cmp "$tmp/single" "$tmp/all" || fail "not what single runs say"
check -f jsonl -o "$tmp/all.jsonl" "${few[@]}"
cmp "$tmp/single" "$tmp/all.jsonl" || fail "-o: not what single runs say"
dump -f jsonl "${few[@]}" >"$tmp/dumped"
for ((i = 0; i < 130; i++)); do dump -f jsonl "$i"; done | cmp - "$tmp/dumped" || fail "sriov-dump: not what single runs say"

check -f jsonl "${few[@]:0:100}" no-such-capture "${few[@]:100}" >"$tmp/all" 2>"$tmp/said"
[ $? -eq 2 ] || fail "status: 2 where one cannot be read"
cmp "$tmp/single" "$tmp/all" || fail "one that cannot be read spoils others"
[ "$(wc -l <"$tmp/said")" = 1 ] && grep -q no-such-capture "$tmp/said" || fail "what cannot be read is told once"

healthy=()
for ((i = 0; i < 130; i += 4)); do healthy+=("$i" "$i"); done
check -f jsonl "${healthy[@]}" >"$tmp/all" || fail "status: 0 where all are ready"
[ "$(grep -c '^{"type": "host", ' "$tmp/all")" = ${#healthy[@]} ] || fail "a host is missing"

if [ -e /dev/full ]; then
	check -f jsonl "${few[@]}" >/dev/full 2>"$tmp/said"
	[ $? -eq 2 ] && [ "$(wc -l <"$tmp/said")" = 1 ] || fail "an output that is full is told once"
	check -f jsonl -o /dev/full "${few[@]}" 2>"$tmp/said"
	[ $? -eq 2 ] && [ "$(wc -l <"$tmp/said")" = 1 ] && grep -q ': /dev/full: cannot be written' "$tmp/said" || fail "a file that is full is named"
fi
check -f jsonl -o "$tmp/none/all.jsonl" "${few[@]}" 2>"$tmp/said"
[ $? -eq 2 ] && grep -q none/all.jsonl "$tmp/said" || fail "an output that cannot be made"

# address space holds what lives at once: 1,040 hosts fit where 130 do
if ! grep -q -e sanitize -e --coverage "$build/config.status"; then
	many=()
	for ((i = 0; i < 8; i++)); do many+=("${few[@]}"); done
	(ulimit -v 400000; check -f jsonl "${many[@]}") >"$tmp/all"
	[ $? -eq 1 ] || fail "1,040 hosts do not fit into 400 MB"
	[ "$(wc -l <"$tmp/all")" = $((8 * $(wc -l <"$tmp/single"))) ] || fail "1,040 hosts: lines are missing"
fi
exit $bad
