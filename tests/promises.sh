#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Each promise of SECURITY.md names tests; they are in the tree, are run by something, and hold the functions that it names.
cd "${srcdir:-.}" || exit 99
bad=0 promises=0 names=0
fail() { echo "SECURITY.md: $*"; bad=1; }
run_by="tests/Makemodule.am tests/unit/Makemodule.am tests/fuzz/Makemodule.am scripts/test"

list=$(mktemp) || exit 99
trap 'rm -f "$list"' EXIT
sed -n '/^| promise/,/^$/p' SECURITY.md | sed -e 1,2d -e '/^$/d' >"$list"
while IFS='|' read -r _ promise held _; do
	promises=$((promises + 1))
	file=''
	for name in $(echo "$held" | grep -o '`[^`]*`' | tr -d '`' | tr ' ' '~'); do
		names=$((names + 1))
		case $name in
		scripts/test~*) grep -q "^step_${name#*~}()" scripts/test || fail "$name is no step ($promise)" ;;
		make~*) grep -q "^$(echo "${name#make~}" | cut -d'~' -f1):" $run_by Makefile.am || fail "$name is no target ($promise)" ;;
		-* | *.md) ;; # an option, a text
		tests/*/) [ -d "$name" ] || fail "$name is not there ($promise)" ;;
		tests/*)
			[ -f "$name" ] || fail "$name is not there ($promise)"
			file=$name
			# shellcheck disable=SC2086
			grep -q -e "$(basename "${name%.c}")" $run_by || { grep -ql -e "$(basename "$name")" tests/*.sh; } || fail "nobody runs $name ($promise)"
			;;
		test-*)
			file=tests/unit/$name.c
			[ -f "$file" ] || fail "$file is not there ($promise)"
			;;
		tools/*) [ -f "$name" ] || fail "$name is not there ($promise)" ;;
		*) # a function of the file that was named last, or before it
			[ -n "$file" ] || file=$(echo "$held" | grep -o 'tests/[a-z/-]*\.[a-z]*' | head -1)
			grep -rqE "(void|def|^)[ ]*$name ?\(" tests/unit ${file:+"$file"} || fail "$name is in no test ($promise)"
			;;
		esac
	done
	[ -n "$held" ] || fail "nothing holds: $promise"
done <"$list"
[ $promises -ge 15 ] || fail "only $promises promises were found"
echo "$promises promises, $names names"
exit $bad
