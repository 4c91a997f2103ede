#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Both tools on fixtures of every kind, and the unit tests, under Valgrind: no error, nothing lost. make check-valgrind; not for a build
# with a sanitizer. tests/valgrind.sh [NAME...]: those unit tests alone.
set -u
srcdir=${srcdir:-.} builddir=${builddir:-.}
command -v valgrind >/dev/null || { echo "valgrind is not there"; exit 77; }
grep -q -e -fsanitize "$builddir/config.status" && { echo "a sanitizer and Valgrind exclude each other"; exit 77; }
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
runs=0 bad=0

check() { # the statuses that are right, then the command
	local right=$1 status
	shift
	runs=$((runs + 1))
	"$builddir/libtool" --mode=execute valgrind -q --vgdb=no --log-file="$tmp/log.%p" --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--show-leak-kinds=definite --num-callers=20 "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	if [[ " $right " != *" $status "* ]] || grep -qs '^==' "$tmp"/log.*; then
		echo "status $status: $*"
		grep -h '^==' "$tmp"/log.* | head -30
		tail -3 "$tmp/err"
		bad=$((bad + 1))
	fi
	rm -f "$tmp"/log.*
}

tools() {
	local fixture format check=$builddir/tools/sriov-check dump=$builddir/tools/sriov-dump n=0
	tar -C "$srcdir/fixtures/cause-ari-forwarding-missing/root" -czf "$tmp/host.tar.gz" . || exit 99
	for fixture in "$srcdir"/fixtures/cause-*/root; do # every eighth; all kinds of evidence are among them
		n=$((n + 1))
		[ $((n % 8)) = 0 ] || continue
		check "0 1 3" "$check" -f json "$fixture"
	done
	for format in text xml json jsonl html junit prometheus nfd nagios; do
		check "0 1 2 3" "$check" -f $format -n 4 "$tmp/host.tar.gz"
	done
	check "0 1 3" "$dump" -a -v -f xml "$tmp/host.tar.gz"
	check "0 1" "$dump" --validate -f json "$tmp/host.tar.gz"
	check "0" "$dump" --capture "$tmp/again.tar.gz" "$tmp/host.tar.gz"
	check "0 1 3" "$check" -o "$tmp/a.html" -o "$tmp/a.xml" "$tmp/again.tar.gz"
	"$dump" -f xml "$tmp/host.tar.gz" >"$tmp/expect.xml"
	check "0 1" "$dump" --expect "$tmp/expect.xml" "$tmp/host.tar.gz"
	head -c 700 "$tmp/host.tar.gz" >"$tmp/cut.tar.gz"
	check "2" "$check" "$tmp/cut.tar.gz"
	head -c 4096 /dev/urandom >"$tmp/config"
	check "0 1 3" "$dump" -v -f xml "$tmp/config"
	check "0 1 2 3" "$check" /
	check "2" "$check" --nothing
	check "2" "$check" "$tmp/missing"
	check "0" "$check" --list-causes
	check "0" "$dump" --list-fields
}

# Four measure time, memory or the sandbox; the others would take minutes each, and their parsers are under sanitizers and fuzzed
left_out=" test-slow-read test-sandbox test-child test-memory test-archive test-evidence test-kmsg test-from-log test-session test-check-without test-trouble test-formats "

units() {
	local name
	for name in "$@"; do
		name=$(basename "$name" .c)
		[ -x "$builddir/tests/unit/$name" ] || continue
		[[ "$left_out" == *" $name "* ]] || check "0 77" "$builddir/tests/unit/$name"
	done
}

if [ $# -gt 0 ]; then
	units "$@"
else
	tools
	units "$srcdir"/tests/unit/test-*.c
fi
echo "valgrind: $runs runs, $bad with errors or losses"
[ $bad -eq 0 ]
