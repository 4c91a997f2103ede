# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for sriov-dump
complete -c sriov-dump -s s -x
complete -c sriov-dump -s d -x
complete -c sriov-dump -s a
complete -c sriov-dump -l validate
complete -c sriov-dump -l capture -r
complete -c sriov-dump -l at -x
complete -c sriov-dump -l fail-on -x -a 'error warning'
complete -c sriov-dump -l rule -x
complete -c sriov-dump -l no-rule -x
complete -c sriov-dump -l waivers -r
complete -c sriov-dump -l expect -r
complete -c sriov-dump -l list-fields
complete -c sriov-dump -l list-rules
complete -c sriov-dump -s f -x -a 'text xml json jsonl html junit prometheus nfd nagios'
complete -c sriov-dump -l format -x -a 'text xml json jsonl html junit prometheus nfd nagios'
complete -c sriov-dump -s o -r
complete -c sriov-dump -l output -r
complete -c sriov-dump -s v
complete -c sriov-dump -s q
complete -c sriov-dump -l color -x -a 'auto always never'
complete -c sriov-dump -l names
complete -c sriov-dump -l no-names
complete -c sriov-dump -l wake
complete -c sriov-dump -l no-sandbox
complete -c sriov-dump -l no-redact
complete -c sriov-dump -l list-formats
complete -c sriov-dump -l help
complete -c sriov-dump -l version
