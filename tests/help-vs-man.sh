#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --help, the man page and the completions name the same options.
set -u
status=0
options() { grep -oE '(^|[ ,])(-[a-zA-Z]|--[a-z][a-z-]*)' | grep -oE -- '-.*' | sort -u; }
for tool in sriov-check sriov-dump; do
	tools/$tool --help | sed -n '/^Options:/,/^$/p' | grep -oE '^ +(-[a-zA-Z], )?(--[a-z-]+|-[a-zA-Z])' | tr -d ' ' | tr ',' '\n' | sort -u >"$tool.help"
	# the lines that follow .TP and begin with an option
	grep -A1 '^\.TP' "$srcdir/docs/man/$tool.8" | grep -E '^\\fB\\-' | sed -E 's/\\f[BIR]//g; s/\\-/-/g' | options >"$tool.man"
	diff "$tool.help" "$tool.man" || { echo "help-vs-man: $tool: --help (<) and the man page (>) differ"; status=1; }
	for shell in bash zsh fish; do
		while read -r option; do
			case $shell in
			fish) case $option in --*) word="-l ${option#--}" ;; *) word="-s ${option#-}" ;; esac ;;
			*) word=$option ;;
			esac
			grep -qE -- "(^|[^a-z-])$word([^a-z-]|\$)" "$srcdir/share/completions/$tool.$shell" || { echo "help-vs-man: $tool.$shell lacks $option"; status=1; }
		done <"$tool.help"
	done
	rm -f "$tool.help" "$tool.man"
done
if command -v man >/dev/null; then
	for page in "$srcdir"/docs/man/*.[358]; do
		warnings=$(MANWIDTH=100 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
		[ -z "$warnings" ] || { echo "help-vs-man: $page: $warnings"; status=1; }
	done
fi
for shell in bash zsh fish; do
	command -v $shell >/dev/null || continue
	for file in "$srcdir"/share/completions/*.$shell; do
		$shell -n "$file" || { echo "help-vs-man: $file is not $shell"; status=1; }
	done
done
# the bash completion completes
bash -c '. "$srcdir/share/completions/sriov-check.bash"; COMP_WORDS=(sriov-check --li); COMP_CWORD=1; _sriov_check; [[ " ${COMPREPLY[*]} " == *" --list-causes "* ]]' ||
	{ echo "help-vs-man: bash does not complete --li"; status=1; }
exit $status
