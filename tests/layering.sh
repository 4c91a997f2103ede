#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who may include what: arrows go one way, from source to report, and the pure layers do no I/O.
set -u
cd "${srcdir:-.}/libsriov" || exit 99
status=0
fail() { echo "layering: $*"; status=1; }

# layer: the layers whose headers it may include, besides util, sriov.h and private.h
allowed() {
	case $1 in
	util) echo "util" ;;
	snapshot) echo "snapshot decode/bytes.h" ;;
	decode) echo "decode data snapshot" ;;
	model) echo "model data decode snapshot" ;;
	data) echo "data" ;;
	plan) echo "plan data model decode snapshot report/report.h" ;;
	rule) echo "rule data model decode snapshot report/report.h" ;;
	check) echo "check plan data model decode snapshot report/report.h" ;;
	report) echo "report check/check.h rule/rule.h plan data model decode snapshot" ;;
	source) echo "source data decode snapshot" ;;
	api) echo "api source snapshot decode model plan rule check report data" ;;
	esac
}

for layer in */; do
	layer=${layer%/}
	may=$(allowed "$layer")
	[ -n "$may" ] || fail "folder $layer is not known to this test"
	while IFS=: read -r file line included; do
		ok=no
		case $included in
		sriov.h | private.h | util/*) ok=yes ;;
		*/*) for one in $may; do case $included in "$one" | "$one"/*) ok=yes ;; esac done ;;
		*) [ -f "$(dirname "$file")/$included" ] && ok=yes ;;
		esac
		[ $ok = yes ] || fail "$file:$line includes $included"
	done < <(grep -nE '^#include "' -r "$layer" --include='*.[ch]' | sed -E 's/^([^:]*):([0-9]*):#include "([^"]*)".*/\1:\2:\3/')
done

# The pure layers: no I/O, no libraries
for layer in decode model plan rule check data snapshot; do
	[ -d $layer ] || continue
	bad=$(grep -nE '#include <(stdio|fcntl|unistd|dirent|sys/stat|pci/pci|libxml/|archive)' -r $layer --include='*.[ch]')
	[ -z "$bad" ] || fail "I/O in a pure layer: $bad"
done
[ "$(grep -lE '#include <pci/pci.h>' -r . --include='*.[ch]' | grep -cv '^./source/libpci.c$')" -eq 0 ] || fail "<pci/pci.h> outside of source/libpci.c"

# Bytes from outside are read by decode/bytes.h only: no packed structs, no bit fields laid over them
bad=$(grep -nE '__attribute__\(\((packed|__packed__)' -r . --include='*.[ch]')
[ -z "$bad" ] || fail "packed struct: $bad"
bad=$(grep -nE '^\s+(unsigned|u?int[0-9]*_t|bool)[a-z ]* [a-z_]+ *: *[0-9]+;' -r . --include='*.[ch]')
[ -z "$bad" ] || fail "bit field: $bad"
# Every path is relative to a root: no absolute path is opened
bad=$(grep -nE '(open|openat|fopen|stat|readlink|opendir)\([^"]*"/[^"]' -r . --include='*.c' | grep -v -e '"/dev/null"' -e '"/proc/self/statm"')
[ -z "$bad" ] || fail "absolute path: $bad"
# The library neither prints nor ends the process (its children end themselves)
bad=$(grep -nE '[^a-z_>.](printf|puts|putchar|perror|exit|_exit|abort|system|popen)\(|fprintf\(|std(out|err)' -r . --include='*.c' | grep -v '^./source/\(slow-read\|child\).c:[0-9]*:.*_exit(')
[ -z "$bad" ] || fail "the library prints or ends: $bad"
exit $status
