#compdef sriov-dump
# SPDX-License-Identifier: GPL-2.0-or-later
_arguments \
	'-s[]:slot:' \
	'-d[]:vendor\:device:' \
	'-a[]' \
	'--validate[]' \
	'--capture[]:file:_files' \
	'--at[]:slot: :file:_files' \
	'--fail-on[]:severity:(error warning)' \
	'--rule[]:rule:' \
	'--no-rule[]:rule:' \
	'--waivers[]:file:_files' \
	'--expect[]:file:_files' \
	'--list-fields[]' \
	'--list-rules[]' \
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
