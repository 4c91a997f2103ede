#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Both command lines: what is wrong is said in one line with what to do instead, status 2; what is right is taken.
LC_ALL=C.UTF-8
export LC_ALL
unset COLUMNS NO_COLOR
src=${srcdir:-.}
root=$src/fixtures/trap-healthy/root
config=$(find "$root" -path '*/0000:01:00.0/config' | head -n 1)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
fail() { echo "FAIL: $*"; bad=1; }

wrong() { # words on stderr, tool, its arguments: status 2, one line, nothing on stdout
	local words=$1 status
	shift
	"tools/$1" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[ $status = 2 ] || fail "$*: status $status"
	[ ! -s "$tmp/out" ] || fail "$*: says $(head -c 100 "$tmp/out")"
	[ "$(wc -l <"$tmp/err")" = 1 ] || fail "$*: $(wc -l <"$tmp/err") lines"
	grep -q "^$1: .*; " "$tmp/err" || fail "$*: not what, and what to do: $(cat "$tmp/err")"
	grep -qF -- "$words" "$tmp/err" || fail "$*: $(cat "$tmp/err")"
}

right() { # status, words on stdout, tool, its arguments
	local want=$1 words=$2 status
	shift 2
	"tools/$1" "${@:2}" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[ $status = "$want" ] || fail "$*: status $status: $(cat "$tmp/err")"
	[ -z "$words" ] || grep -qaF -- "$words" "$tmp/out" || fail "$*: no '$words' in: $(head -c 300 "$tmp/out")"
}

for tool in sriov-check sriov-dump; do
	wrong "unknown option '--nonsense'" $tool --nonsense
	wrong "unknown option '-Z'" $tool -vZq
	wrong "unknown option '--verbose=1'" $tool --verbose=1
	wrong "missing behind '-f'" $tool -f
	wrong "missing behind '--color'" $tool --color
	wrong "unknown format 'pdf'" $tool -f pdf "$root"
	wrong "unknown colour setting 'blue'" $tool --color=blue "$root"
	wrong "the suffix of '$tmp/x.pdf'" $tool -o "$tmp/x.pdf" "$root"
	wrong "the suffix of '.xml'" $tool -o .xml "$root"
	wrong "not a slot 'x:y'" $tool -s x:y "$root"
	wrong "not an id '80867'" $tool -d 80867 "$root"
	wrong "cannot be written: No such file" $tool -o "$tmp/no/such.xml" "$root"
	wrong "cannot be written: Is a directory" $tool -f xml -o "$tmp" "$root"
	wrong "cannot be read: No such file" $tool "$tmp/nothing"
	right 0 "Exit status" $tool --help
	right 0 "GPL-2.0-or-later" $tool --version
	right 0 "prometheus" $tool --list-formats
	right 0 "0000:01:00.0" $tool --color=never --no-sandbox --wake "$root"
	right 0 $'\033[' $tool --color=always "$root"
	right 0 "0000:01:00.0" $tool --color=auto --no-names -s 01:00.0 -d 8086: "$root"
	right 0 "Intel" $tool --names "$root"
	right 0 "sriov-report" $tool -o - -f xml "$root"
	right 0 '"tool"' $tool -f json -o - "$root"
	right 0 "" $tool -q -f text -o "$tmp/a.xml" -f html -o "$tmp/b.prom" "$root"
	grep -q "<html" "$tmp/b.prom" || fail "$tool: of several -f each holds for the files behind it"
	! grep -q "<sriov-report" "$tmp/a.xml" || fail "$tool: -f text -o a.xml"
	right 0 "" $tool -o "$tmp/a.xml" -o "$tmp/b.json" -o "$tmp/c.txt" "$root"
	grep -q "<sriov-report" "$tmp/a.xml" && grep -q "^{" "$tmp/b.json" || fail "$tool: the suffix tells the format"
	# one of several sources that cannot be read: the others are reported
	"tools/$tool" -f jsonl "$tmp/nothing" "$root" >"$tmp/out" 2>"$tmp/err"
	[ $? = 2 ] || fail "$tool: status of an unreadable source among others"
	grep -q '"type": "host"' "$tmp/out" || fail "$tool: an unreadable source hides the others"
done
wrong "not a number of VFs 'x'" sriov-check -n x
wrong "not a number of VFs '-1'" sriov-check --vfs=-1
wrong "not a number of VFs '4x'" sriov-check -n 4x
wrong "not a number of VFs ''" sriov-check -n ''
wrong "not a number of VFs '99999999999999999999999'" sriov-check -n 99999999999999999999999
wrong "unknown goal 'world'" sriov-check -g world
wrong "unknown profile 'vms'" sriov-check --profile=vms
for assumption in x ari ari=perhaps vf-bar9=1M vf-bar0= total-vfs=x subordinate=999; do
	wrong "cannot assume '$assumption'" sriov-check --assume="$assumption"
done
right 0 "above-4g-off" sriov-check --list-causes
right 0 "will work" sriov-check -n 2 --goal=host --profile=linux --assume=ari=on --assume=ari=off "$root"
right 1 "EBUSY" sriov-check -n 1 "$root"
wrong "unknown severity 'info'" sriov-dump --fail-on=info
wrong "no such rule 'R'" sriov-dump --rule=R
wrong "no such rule 'R'" sriov-dump --no-rule=R
wrong "--at and a SOURCE exclude each other" sriov-dump --at 01:00.0 "$config" "$root"
for slot in x 01:00 01:00.8 01:20.0 01:00.0x 0000:01:00.0x 1:2:3:4.5; do
	wrong "not an address '$slot'" sriov-dump --at "$slot" "$config"
done
wrong "lacks the file of '01:00.0'" sriov-dump --at 01:00.0
wrong "a capture holds one source" sriov-dump --capture "$tmp/x.tar" "$root" "$root"
wrong "cannot be read" sriov-dump --capture "$tmp/x.tar" "$tmp/nothing"
[ ! -e "$tmp/x.tar" ] || fail "a capture of nothing"
right 0 "TotalVFs" sriov-dump --list-fields
right 0 "error" sriov-dump --list-rules
right 0 "0000:01:00.0" sriov-dump --at 01:00.0 "$config"
right 0 "0003:01:00.0" sriov-dump --at 0003:01:00.0 "$config" --at 0003:02:00.0 "$config"
wrong "cannot be read" sriov-dump --at 01:00.0 "$tmp/nothing"
# files that options name
printf 'nonsense\n' >"$tmp/waivers"
wrong "$tmp/waivers:1: " sriov-dump --validate --waivers="$tmp/waivers" "$root"
wrong "$tmp/none: No such file" sriov-dump --waivers="$tmp/none" "$root"
wrong "$tmp: " sriov-dump --waivers="$tmp" "$root"
wrong "$tmp/waivers" sriov-dump --expect="$tmp/waivers" "$root"
truncate -s 300M "$tmp/large"
wrong "$tmp/large: too large" sriov-dump --waivers="$tmp/large" "$root"
rule=$(tools/sriov-dump --list-rules | sed -n '1s/ .*//p')
: >"$tmp/waivers"
right 0 "kept: 1;" sriov-dump --validate --fail-on=warning --rule="$rule" --waivers="$tmp/waivers" -v "$root"
right 0 "" sriov-dump --validate --fail-on=error --no-rule="$rule" --waivers=- -v "$root"
tools/sriov-dump -f xml -o "$tmp/before.xml" "$root"
right 0 "" sriov-dump --expect="$tmp/before.xml" "$root"
# a signal that ends a tool takes away what it had begun to write
if strace -o "$tmp/trace" true 2>/dev/null; then
	./libtool --mode=execute strace -f -o "$tmp/trace" -e trace=fsync -e inject=fsync:signal=TERM tools/sriov-check --no-sandbox -o "$tmp/late.xml" "$root" 2>/dev/null
	[ $? != 0 ] || fail "SIGTERM while it is written, and status 0"
	grep -q SIGTERM "$tmp/trace" || fail "no signal came"
	! ls "$tmp"/late.xml* >/dev/null 2>&1 || fail "a file that was begun stays behind"
else
	echo "not tested: a signal while a file is written (no strace, or it may not trace)"
fi
# names with bytes that a terminal would obey, or that are no UTF-8, are told as what they are
for name in $'a\033[2Jb' $'a\tb' $'\xff' $'\xc3' $'\xe2\x82' $'\xed\xa0\x80' $'\xc0\x80' $'\xf0\x80\x80\x80' $'\xf4\x90\x80\x80' $'\xc2\x80' $'a\x7f'; do
	tools/sriov-check "$tmp/$name" 2>"$tmp/err"
	LC_ALL=C grep -q '\\x[0-9a-f][0-9a-f]' "$tmp/err" || fail "a name with controls: $(cat -v "$tmp/err")"
	! LC_ALL=C grep -q '[^ -~]' "$tmp/err" || fail "a name with controls moves the terminal: $(cat -v "$tmp/err")"
done
for name in é € 𐍈; do
	tools/sriov-check "$tmp/$name" 2>&1 | grep -qF "$name: " || fail "$name is not told as it is"
done
exit $bad
