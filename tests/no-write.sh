#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Under strace, for all options: nothing is opened for writing but the outputs, no socket is made, no program is run, and neither VPD,
# ROMs, BARs, memory nor MSRs are opened, in a captured root that has them neither.
set -u
builddir=${builddir:-.}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
command -v strace >/dev/null || { echo "no strace"; exit 77; }
strace -o "$tmp/try" true 2>/dev/null || { echo "strace may not trace here"; exit 77; }

mkdir -p "$tmp/root/sys/bus/pci/devices/0000:01:00.0" "$tmp/out"
head -c 256 /dev/zero >"$tmp/root/sys/bus/pci/devices/0000:01:00.0/config"
echo "0x0 0x0 0x0" >"$tmp/root/sys/bus/pci/devices/0000:01:00.0/resource"
echo "[    0.000000] Linux version 6.12.9" >"$tmp/root/dmesg"
for name in vpd rom resource0 resource2_wc; do echo x >"$tmp/root/sys/bus/pci/devices/0000:01:00.0/$name"; done
mkdir -p "$tmp/root/dev/cpu/0" && echo x >"$tmp/root/dev/mem" && echo x >"$tmp/root/dev/cpu/0/msr"
head -c 4096 /dev/zero >"$tmp/config"
tar -C "$tmp/root" -czf "$tmp/host.tar.gz" . || exit 1

calls=open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate
calls=$calls,chmod,fchmodat,chown,fchownat,setxattr,socket,connect,bind,execve,execveat,init_module,finit_module,mount,ptrace
# what measures coverage writes its counters when the tool has ended
counters='no such line'
! grep -q -e --coverage "$builddir/config.status" || counters='\.gcda"'
failed=0 runs=0

check() { # what the tool may write, tool, its arguments
	out=$1 tool=$2
	shift 2
	runs=$((runs + 1))
	(cd "$tmp" && "$build/libtool" --mode=execute strace -f -qq -o "$tmp/trace" -e trace="$calls" "$build/tools/$tool" "$@" >"$tmp/stdout" 2>"$tmp/stderr")
	status=$?
	[ $status -le 3 ] || { echo "$tool $*: status $status"; cat "$tmp/stderr"; failed=1; }
	# what is left after the first exec and the reads is forbidden, but for the outputs
	bad=$(sed -e 's/^[0-9]* *//' "$tmp/trace" | grep -v -e '^execve("[^"]*/'"$tool"'"' -e '^+++' -e '^---' -e 'resumed>' -e "$counters" |
		grep -E 'O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|^(creat|mk|unlink|rename|link|symlink|truncate|chmod|fchmodat|chown|fchownat|setxattr|socket|connect|bind|exec|init|finit|mount|ptrace)' |
		{ if [ -n "$out" ]; then grep -v -F "\"$out"; else cat; fi; })
	# what hangs or crashes machines when it is read, or belongs to their memory, is not even opened
	bad=$bad$(grep -E 'open[^"]*"([^"]*/)?(vpd|rom|resource[0-9](_wc)?|mem|kmem|port|msr|kcore)"' "$tmp/trace" | grep -v ENOENT)
	if [ -n "$bad" ]; then
		echo "$tool $*:"
		echo "$bad" | head -5
		failed=1
	fi
}

build=$(cd "$builddir" && pwd)
for tool in sriov-check sriov-dump; do
	for source in / root host.tar.gz config root/dmesg missing; do
		check "" $tool "$source"
		check "" $tool -v -f xml "$source"
		check "" $tool --no-sandbox -f json "$source"
	done
	for format in text xml json jsonl html junit prometheus nfd nagios; do
		check "" $tool -f $format
		check out/report $tool -f $format -o out/report
	done
	check "" $tool
	check "" $tool --wake --names
	check "" $tool --help
	check "" $tool --version
	check "" $tool --list-formats
	check out/a $tool -o out/a.xml -o out/a.json root
done
check "" sriov-check -n 4 -g host
check "" sriov-check -g guest --profile=hyperv --list-causes
check "" sriov-dump -a -v
check "" sriov-dump --validate root
check "" sriov-dump --list-fields
check "" sriov-dump --at 0000:01:00.0 config
check out/host.tar sriov-dump --capture out/host.tar
check out/host.tar sriov-dump --no-redact --capture out/host.tar.gz
ls out/*.?????? >/dev/null 2>&1 && { echo "temporary files stay behind"; failed=1; }
echo "$runs runs under strace"
exit $failed
