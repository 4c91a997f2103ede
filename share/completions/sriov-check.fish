# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for sriov-check
complete -c sriov-check -s s -x
complete -c sriov-check -s d -x
complete -c sriov-check -s n -x
complete -c sriov-check -l vfs -x
complete -c sriov-check -s g -x -a 'host assign guest'
complete -c sriov-check -l goal -x -a 'host assign guest'
complete -c sriov-check -l profile -x -a 'linux hyperv'
complete -c sriov-check -l assume -x
complete -c sriov-check -l list-causes
complete -c sriov-check -s f -x -a 'text xml json jsonl html junit prometheus nfd nagios'
complete -c sriov-check -l format -x -a 'text xml json jsonl html junit prometheus nfd nagios'
complete -c sriov-check -s o -r
complete -c sriov-check -l output -r
complete -c sriov-check -s v
complete -c sriov-check -s q
complete -c sriov-check -l color -x -a 'auto always never'
complete -c sriov-check -l names
complete -c sriov-check -l no-names
complete -c sriov-check -l wake
complete -c sriov-check -l no-sandbox
complete -c sriov-check -l no-redact
complete -c sriov-check -l list-formats
complete -c sriov-check -l help
complete -c sriov-check -l version
