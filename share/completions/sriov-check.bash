# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for sriov-check
_sriov_check()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=
	[ "$COMP_CWORD" -gt 0 ] && prev=${COMP_WORDS[COMP_CWORD-1]}
	case $prev in
	-f | --format) mapfile -t COMPREPLY < <(compgen -W "text xml json jsonl html junit prometheus nfd nagios" -- "$cur"); return ;;
	-g | --goal) mapfile -t COMPREPLY < <(compgen -W "host assign guest" -- "$cur"); return ;;
	--profile) mapfile -t COMPREPLY < <(compgen -W "linux hyperv" -- "$cur"); return ;;
	--color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$cur"); return ;;
	--fail-on) mapfile -t COMPREPLY < <(compgen -W "error warning" -- "$cur"); return ;;
	--assume) mapfile -t COMPREPLY < <(compgen -W "ari=on ari=off total-vfs= subordinate= vf-bar0= vf-bar1= vf-bar2= vf-bar3= vf-bar4= vf-bar5=" -- "$cur"); return ;;
	-s | --at) mapfile -t COMPREPLY < <(compgen -W "$(ls /sys/bus/pci/devices 2>/dev/null)" -- "$cur"); return ;;
	esac
	case $cur in
	-*) mapfile -t COMPREPLY < <(compgen -W "-s -d -n --vfs -g --goal --profile --assume --list-causes -f --format -o --output -v -q --color --names --no-names --wake --no-sandbox --no-redact --list-formats --help --version" -- "$cur") ;;
	*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	esac
}
complete -o filenames -F _sriov_check sriov-check
