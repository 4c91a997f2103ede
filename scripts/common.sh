# SPDX-License-Identifier: GPL-2.0-or-later
# What both commands share: installing packages where apt is, building out of the tree. Sourced, not run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_packages="gcc make autoconf automake libtool pkg-config libpci-dev libxml2-dev libarchive-dev libseccomp-dev"

say() { printf '== %s\n' "$*"; }

# Install those of the named packages that are missing; where apt is not, name them.
need() {
	local missing=() p
	if ! command -v dpkg-query >/dev/null; then
		printf 'This machine has no apt. Install what these Debian packages hold, then run again: %s\n' "$*" >&2
		return 0
	fi
	for p in "$@"; do
		dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null | grep -q '^install ok installed' || missing+=("$p")
	done
	[ ${#missing[@]} -eq 0 ] && return 0
	if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
		printf 'Not root, and no sudo: install these Debian packages, then run again: %s\n' "${missing[*]}" >&2
		return 1
	fi
	say "installing ${missing[*]}"
	local as_root=()
	[ "$(id -u)" -eq 0 ] || as_root=(sudo)
	"${as_root[@]}" apt-get update -qq
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Programs of packages that would start services on this machine: unpacked below build-programs and put in front of PATH, not installed.
unpacked() {
	local dir=$root/build-programs p
	command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 0
	mkdir -p "$dir"
	for p in "$@"; do
		[ -f "$dir/$p.is-there" ] && continue
		(
			cd "$dir"
			apt-get download -qq "$p" >/dev/null 2>&1 || { apt-get update -qq && apt-get download -qq "$p"; } >/dev/null 2>&1
			dpkg -x "$p"_*.deb . && rm "$p"_*.deb && : >"$p.is-there"
		) || printf 'The package %s cannot be had: what needs it is not tested\n' "$p" >&2
	done
	PATH=$dir/usr/bin:$PATH
	export PATH
}

# configure_in DIR [configure arguments...]: build directories lie beside one another and are used again.
configure_in() {
	local dir=$1
	shift
	[ -x "$root/configure" ] && [ "$root/configure" -nt "$root/configure.ac" ] || (cd "$root" && ./autogen.sh >/dev/null 2>&1) || {
		(cd "$root" && ./autogen.sh)
		return 1
	}
	mkdir -p "$dir"
	[ -f "$dir/Makefile" ] || (cd "$dir" && "$root/configure" -q "$@")
}

jobs() { nproc 2>/dev/null || echo 2; }
