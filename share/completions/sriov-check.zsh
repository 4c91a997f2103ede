#compdef sriov-check
# SPDX-License-Identifier: GPL-2.0-or-later
_arguments \
	'-s[]:slot:' \
	'-d[]:vendor\:device:' \
	'-n[]:number of VFs:' \
	'--vfs[]:number of VFs:' \
	'-g[]:goal:(host assign guest)' \
	'--goal[]:goal:(host assign guest)' \
	'--profile[]:profile:(linux hyperv)' \
	'--assume[]:assumption:' \
	'--list-causes[]' \
	'-f[]:format:(text xml json jsonl html junit prometheus nfd nagios)' \
	'--format[]:format:(text xml json jsonl html junit prometheus nfd nagios)' \
	'-o[]:file:_files' \
	'--output[]:file:_files' \
	'-v[]' \
	'-q[]' \
	'--color[]:when:(auto always never)' \
	'--names[]' \
	'--no-names[]' \
	'--wake[]' \
	'--no-sandbox[]' \
	'--no-redact[]' \
	'--list-formats[]' \
	'--help[]' \
	'--version[]' \
	'*:source:_files'
