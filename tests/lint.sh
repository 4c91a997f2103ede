#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Static checks over the whole tree: cppcheck, clang-tidy, builds with gcc's analyser and with clang, shellcheck. Run by scripts/test.
set -u
cd "$(dirname "$0")/.." || exit 99
. scripts/common.sh
status=0
step() { local name=$1; shift; "$@" >"$log" 2>&1 || { echo "lint: $name"; grep -E 'error|warning|style|performance|portability|SC[0-9]+' "$log" | sort -u | head -40; tail -3 "$log"; status=1; }; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT

configure_in build-clang --enable-werror CC=clang CFLAGS='-g -O2' || exit 1
step 'clang build' make -s -C build-clang -j"$(jobs)"
step 'cppcheck' cppcheck -q -j"$(jobs)" --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppressions-list=tests/cppcheck.suppress -Ilibsriov -DPACKAGE_VERSION='""' -D__cppcheck__ libsriov tools
tidy() {
	# shellcheck disable=SC2016,SC2046
	find libsriov tools -name '*.c' -print0 | xargs -0 -n 8 -P "$(jobs)" sh -c \
		'flags=$1; shift; exec clang-tidy --quiet --warnings-as-errors="*" "$@" -- $flags' sh \
		"-std=gnu11 -D_GNU_SOURCE -include build-clang/config.h -Ilibsriov $(pkg-config --cflags libxml-2.0 libpci | tr '\n' ' ')"
}
step 'clang-tidy' tidy
configure_in build-analyzer --enable-werror CFLAGS='-g -O1 -fanalyzer' || exit 1
step 'gcc -fanalyzer' make -s -C build-analyzer -j"$(jobs)"
shell_scripts() {
	git ls-files 2>/dev/null | while read -r f; do
		head -n 1 "$f" 2>/dev/null | tr -d '\0' | grep -qE '^#!/bin/(ba)?sh' && echo "$f"
	done
}
# shellcheck disable=SC2046
step 'shellcheck' shellcheck -x -S warning -e SC2154,SC1091 $(shell_scripts)
exit $status
