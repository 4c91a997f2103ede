#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The public interface is one: header, symbol map and shared library name the same functions, each with its doc block; and the
# header compiles alone as C11 and as C++.
set -eu
header=$srcdir/libsriov/sriov.h
map=$srcdir/libsriov/libsriov.sym
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
grep -oE '\bsriov_[a-z0-9_]+\(' "$header" | tr -d '(' | grep -v '_fn$' | sort -u >"$out/header" || true
grep -oE '^(int|bool|void|const|struct|uint16_t)[^;#]*\bsriov_[a-z0-9_]+\(' "$header" | grep -oE 'sriov_[a-z0-9_]+\($' | tr -d '(' | sort -u >"$out/prototypes"
grep -oE '^\s+sriov_[a-z0-9_]+;' "$map" | tr -d '; \t' | sort >"$out/map"
nm -D --defined-only libsriov/.libs/libsriov.so | awk '{print $3}' | sed 's/@.*//' | grep -v '^LIBSRIOV' | sort -u >"$out/library"
status=0
diff "$out/prototypes" "$out/map" || { echo "abi: header (<) and libsriov.sym (>) differ"; status=1; }
diff "$out/map" "$out/library" || { echo "abi: libsriov.sym (<) and the library (>) differ"; status=1; }
blocks=$(grep -c '^/\*\*' "$header")
[ "$blocks" -ge "$(wc -l <"$out/prototypes")" ] || { echo "abi: fewer doc blocks ($blocks) than functions"; status=1; }
undocumented=$(awk '/^\/\*\*/ {doc=1} /\*\/$/ {if (doc) after=NR} /^(int|bool|void|const|struct [a-z_]+ \*|uint16_t)/ && /\(/ && !/^static/ {if (NR - after > 1) print NR": "$0}' "$header")
[ -z "$undocumented" ] || { echo "abi: without a doc block: $undocumented"; status=1; }
echo '#include "sriov.h"' | ${CC:-cc} -std=c11 -Wall -Wextra -Werror -pedantic -fsyntax-only -I"$srcdir/libsriov" -x c - || status=1
if command -v g++ >/dev/null; then
	echo '#include "sriov.h"' | g++ -Wall -Wextra -Werror -fsyntax-only -I"$srcdir/libsriov" -x c++ - || status=1
fi
exit $status
