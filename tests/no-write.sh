#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Under strace, for every option that --help names: nothing is opened for writing but the outputs, no socket is made, no program is run, and
# neither VPD, ROMs, BARs, memory nor MSRs are opened, on this host and in a captured root that has them.
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
calls=$calls,open_by_handle_at,utimensat,swapon,kexec_load,bpf,perf_event_open,process_vm_writev,iopl,ioperm,io_uring_setup
# what measures coverage writes its counters when the tool has ended
counters='no such line'
! grep -q -e --coverage "$builddir/config.status" || counters='\.gcda"'
failed=0 runs=0 tried=

check() { # what the tool may write, tool, its arguments
	out=$1 tool=$2
	shift 2
	runs=$((runs + 1))
	(cd "$tmp" && "$build/libtool" --mode=execute strace -f -qq -o "$tmp/trace" -e trace="$calls" "$build/tools/$tool" "$@" >"$tmp/stdout" 2>"$tmp/stderr")
	status=$?
	# an option that is not taken would prove nothing
	[ $status -ne 2 ] || [ ! -s "$tmp/stderr" ] || [ -z "$tried" ] || { echo "$tool $*: $(head -1 "$tmp/stderr")"; failed=1; }
	[ $status -le 3 ] || { echo "$tool $*: status $status"; cat "$tmp/stderr"; failed=1; }
	# what is left after the first exec and the reads is forbidden, but for the outputs
	bad=$(sed -e 's/^[0-9]* *//' "$tmp/trace" | grep -v -e '^execve("[^"]*/'"$tool"'"' -e '^+++' -e '^---' -e 'resumed>' -e "$counters" |
		grep -E 'O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|^(creat|mk|unlink|rename|link|symlink|truncate|chmod|fchmodat|chown|fchownat|setxattr|socket|connect|bind|exec|init|finit|mount|ptrace|open_by|utimensat|swapon|kexec|bpf|perf|process_vm|iopl|ioperm|io_uring)' |
		{ if [ -n "$out" ]; then grep -v -F "\"$out"; else cat; fi; })
	# what hangs or crashes machines when it is read, or belongs to their memory, is not even opened
	bad=$bad$(grep -E 'open[^"]*"([^"]*/)?(vpd|rom|resource[0-9](_wc)?|mem|kmem|port|msr|kcore)"' "$tmp/trace" | grep -v ENOENT)
	if [ -n "$bad" ]; then
		echo "$tool $*:"
		echo "$bad" | head -5
		failed=1
	fi
	return 0
}

build=$(cd "$builddir" && pwd)

# an XML report to be compared with, and a waiver
(cd "$tmp" && "$build/tools/sriov-dump" -f xml -o expect.xml root) || { echo "no report to compare with"; failed=1; }
echo "R01 0000:01:00.0 known" >"$tmp/waivers"

# The options of a tool by its help: "-n" and "--vfs" are two
options() {
	"$build/tools/$1" --help | sed -n -e '/^Options:/,/^$/p' | grep -oE '^ +(-[a-z])?,? *(--[a-z-]+)?' | sed 's/[ ,]/\n/g' | grep -e -
}

# Each way to use an option, on this host, on a captured root, and where it matters on a file; nothing for one that is not known here.
# shellcheck disable=SC2046
try() { # tool, option
	case $2 in
	-s) set -- "$1" "-s 0000:01:00.0" "-s :1f." ;;
	-d) set -- "$1" "-d 8086:" "-d 8086:10c9" ;;
	-n) set -- "$1" "-n 4" "-n 65535" ;;
	--vfs) set -- "$1" --vfs=0 --vfs=7 ;;
	-g) set -- "$1" "-g host" "-g assign" "-g guest" ;;
	--goal) set -- "$1" --goal=host --goal=assign --goal=guest ;;
	--profile) set -- "$1" --profile=linux --profile=hyperv ;;
	--assume) set -- "$1" --assume=ari=on --assume=total-vfs=64 --assume=vf-bar0=16K --assume=subordinate=0x0a ;;
	-f) set -- "$1" $(formats "$1" "-f:") ;;
	--format) set -- "$1" $(formats "$1" "--format=") ;;
	-o) set -- "$1" "-o out/o.xml" "-o out/o.json -o out/o.html" ;;
	--output) set -- "$1" --output=out/output.prom "-f junit --output=out/output.junit" ;;
	--color) set -- "$1" --color=auto --color=always --color=never ;;
	--capture) set -- "$1" "--capture out/host.tar" --capture=out/host.tar.gz --capture=out/host.tar.xz ;;
	--no-redact) set -- "$1" --no-redact ;;
	--at) set -- "$1" "--at 0000:01:00.0 config" "--at 02:00.0 config --at 0000:01:00.0 config" ;;
	--fail-on) set -- "$1" "--validate --fail-on=error" "--validate --fail-on=warning" ;;
	--rule) set -- "$1" "--validate --rule=R01" ;;
	--no-rule) set -- "$1" "--validate --no-rule=R01" ;;
	--waivers) set -- "$1" "--validate --waivers=waivers" ;;
	--expect) set -- "$1" --expect=expect.xml ;;
	-a | -v | -q | --validate | --names | --no-names | --wake | --no-sandbox | --list-causes | --list-formats | --list-rules | --list-fields | --help | --version)
		set -- "$1" "$2"
		;;
	*) return 1 ;;
	esac
	tried=$1
	shift
	for words; do
		set -f
		set -- $(echo "$words" | sed 's/^-f:/-f /')
		set +f
		case $words in
		*" config") check "" "$tried" "$@" ;;
		*out/*) check out/ "$tried" "$@" && check out/ "$tried" "$@" root ;;
		*) check "" "$tried" "$@" && check "" "$tried" "$@" root ;;
		esac
	done
}

formats() { # tool, what stands before each
	"$build/tools/$1" --list-formats | sed -e 's/[ \t].*//' -e "s/^/$2/"
}

for tool in sriov-check sriov-dump; do
	for source in / root host.tar.gz config root/dmesg missing expect.xml; do
		check "" $tool "$source"
		check "" $tool -v -f xml "$source"
		check "" $tool --no-sandbox -f json "$source"
	done
	check "" $tool
	known=0
	for option in $(options $tool); do
		known=$((known + 1))
		try $tool "$option" || { echo "$tool $option: no run of it here: what does it write?"; failed=1; }
	done
	tried=
	[ $known -ge 22 ] || { echo "$tool: only $known options found in its help"; failed=1; }
done
check "" sriov-check -g guest --profile=hyperv -n 4 -v
check "" sriov-dump -a -v --validate --names
check out/ sriov-dump --no-redact --capture out/whole.tar
written=$(cd "$tmp/out" && LC_ALL=C ls -A | tr "\n" " ")
expected="host.tar host.tar.gz host.tar.xz o.html o.json o.xml output.junit output.prom whole.tar "
[ "$written" = "$expected" ] || { echo "written: $written, and not $expected"; failed=1; }
for made in $expected; do [ -s "$tmp/out/$made" ] || { echo "$made is empty"; failed=1; }; done
echo "$runs runs under strace"
exit $failed
