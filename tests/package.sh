#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The Debian packages: built from a copy of the tree, judged by lintian, installed into a folder, and tested there by debian/tests.
# Not part of make check: it wants debhelper, dpkg-dev, lintian and fakeroot, and builds everything anew. Nothing of the system changes.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for tool in dpkg-buildpackage dh lintian fakeroot; do
	command -v "$tool" >/dev/null || { echo "package: no $tool"; exit 77; }
done
export LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
unset CFLAGS CPPFLAGS LDFLAGS MAKEFLAGS DESTDIR PREFIX
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
fail() { echo "package: $*"; exit 1; }

mkdir "$tmp/libsriov"
tar -C "$top" -cf - --exclude=./.git --exclude='./build*' --exclude=./autom4te.cache --exclude=./tests/lab/out --exclude=./config.status \
	--exclude='*.o' --exclude='*.lo' --exclude='*.la' --exclude=.libs . | tar -C "$tmp/libsriov" -xf -
cd "$tmp/libsriov"
[ ! -f Makefile ] || rm Makefile

# the tests of the tree have their own steps
DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" dpkg-buildpackage -us -uc >"$tmp/build.log" 2>&1 || { tail -40 "$tmp/build.log"; fail "does not build"; }
# a symbol that is new or gone: dpkg-gensymbols says how debian/libsriov0.symbols differs
if grep -A 20 'dpkg-gensymbols: warning' "$tmp/build.log"; then fail "debian/libsriov0.symbols is not what the library has"; fi
changes=$(echo "$tmp"/*.changes)
as=()
[ "$(id -u)" -ne 0 ] || as=(--allow-root)
lintian "${as[@]}" --fail-on error,warning "$changes" || fail "lintian has objections"
echo "lintian: $(basename "$changes") has no error and no warning"

# into a folder with a database of its own, which knows of no other package: so dependencies are not asked for
root=$tmp/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
: >"$root/var/lib/dpkg/status"
debs=("$tmp"/libsriov0_*.deb "$tmp"/libsriov-dev_*.deb "$tmp"/sriov-tools_*.deb)
# small images are set up to leave manual pages and documents out
in_root() {
	fakeroot dpkg --root="$root" --log=/dev/null --force-not-root --force-depends --path-include='/usr/share/*' "$@" >"$tmp/dpkg.log" 2>&1 || { cat "$tmp/dpkg.log"; fail "dpkg $1"; }
}
in_root -i "${debs[@]}"
ls "$root"/usr/lib/*/libsriov.so.0 >/dev/null
lib=$(dirname "$(echo "$root"/usr/lib/*/libsriov.so.0)")
for test in tools develop; do
	PREFIX=$root LD_LIBRARY_PATH=$lib PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_PATH=$lib/pkgconfig \
		"debian/tests/$test" >"$tmp/$test.log" 2>&1 || { tail -20 "$tmp/$test.log"; fail "debian/tests/$test"; }
	echo "debian/tests/$test: passed"
done
in_root -P sriov-tools libsriov-dev libsriov0
left=$(find "$root" -path "$root/var/lib/dpkg" -prune -o ! -type d -print)
[ -z "$left" ] || fail "stays behind: $left"
echo "installed, tested and removed: $(basename -a "${debs[@]}" | tr '\n' ' ')"
