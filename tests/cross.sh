#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The unit tests on another machine: tests/cross.sh s390x (big-endian) or i386 (32-bit). Libraries of that architecture are unpacked below
# build-cross-ARCH, nothing of them is installed; the tests run under qemu-user. Ends with a line of what passed.
set -eu
. "$(dirname "$0")/../scripts/common.sh"
arch=${1:?s390x or i386}
case $arch in
s390x) host=s390x-linux-gnu qemu=qemu-s390x-static ;;
i386) host=i686-linux-gnu qemu=qemu-i386-static ;;
*)
	echo "cross.sh: no such architecture: $arch"
	exit 2
	;;
esac
need "gcc-$host" "libc6-dev-$arch-cross" qemu-user-static pkg-config
dir=$root/build-cross-$arch
sysroot=$dir/sysroot

# A private apt: this machine's sources, the other architecture, no package installed.
unpack() {
	local apt=$dir/apt new=$dir/sysroot.new
	rm -rf "$new" "$apt"
	mkdir -p "$apt/lists/partial" "$apt/debs/partial" "$new"
	: >"$apt/status"
	local options=(-qq -o "APT::Architecture=$arch" -o "APT::Architectures=$arch" -o "Dir::State=$apt" -o "Dir::State::lists=$apt/lists"
		-o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt" -o "Dir::Cache::archives=$apt/debs" -o "APT::Sandbox::User="
		-o "Debug::NoLocking=1")
	# an index that cannot be had is no loss as long as another has the packages
	apt-get "${options[@]}" update 2>"$dir/apt.log" || tail -n 1 "$dir/apt.log"
	apt-get "${options[@]}" install -y --download-only --no-install-recommends libc6-dev libcmocka-dev libxml2-dev libpci-dev libarchive-dev \
		libseccomp-dev >/dev/null
	for deb in "$apt"/debs/*.deb; do dpkg-deb -x "$deb" "$new"; done
	rm -rf "$apt"
	# absolute links mean the other machine's root
	find "$new" -type l -lname '/*' | while read -r link; do ln -sfn "$new$(readlink "$link")" "$link"; done
	find "$new" -type l -lname "$new*" -exec sh -c 'for l; do ln -sfn "$(realpath -ms --relative-to="$(dirname "$l")" "$(readlink "$l")")" "$l"; done' sh {} +
	mv "$new" "$sysroot"
}
[ -d "$sysroot" ] || unpack

multiarch=$("$host-gcc" -print-multiarch)
export PKG_CONFIG_SYSROOT_DIR=$sysroot PKG_CONFIG_LIBDIR=$sysroot/usr/lib/$multiarch/pkgconfig:$sysroot/usr/share/pkgconfig
configure_in "$dir" --host="$host" --enable-werror CC="$host-gcc --sysroot=$sysroot" CFLAGS='-g -O1' LDFLAGS="-Wl,-rpath-link,$sysroot/usr/lib/$multiarch"
make -s -C "$dir" -j"$(jobs)" >"$dir/build.log" 2>&1 || {
	grep -E 'error|warning' "$dir/build.log" || tail "$dir/build.log"
	exit 1
}
# left out: filters and limits of system calls are the emulator's own business
# limits of a process are the host's, and qemu-user does not keep them: test-child
tests=$(sed -n '/^unit_programs/,/[^\\]$/p' "$root/tests/unit/Makemodule.am" | grep -o 'tests/unit/[a-z-]*' | grep -v -e test-sandbox -e test-child | tr '\n' ' ')
log=$dir/check.log
make -C "$dir" -j"$(jobs)" check TESTS="$tests" LOG_COMPILER="$qemu" LOG_FLAGS="-L $sysroot" >"$log" 2>&1 || {
	grep -E '^(FAIL|ERROR)' "$log" || tail -n 20 "$log"
	cat "$dir/test-suite.log" 2>/dev/null || :
}
cases=$(cd "$dir" && cat tests/unit/*.log | grep -c -E '^\[ +OK +\]' || :)
awk -v arch="$arch" -v cases="$cases" '/^# PASS:/ {p = $3} /^# SKIP:/ {s = $3} /^# (FAIL|ERROR):/ {f += $3}
	END {printf "cross %s: %d programs passed (%d tests), %d skipped, %d failed\n", arch, p, cases, s, f; exit f > 0 || !p}' "$log"
