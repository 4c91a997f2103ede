#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Branch coverage by gcov, of a build of its own (make coverage): overall, of decode/, of check/, and of every folder; the branches
# that no test takes; status 1 below the thresholds. COVERAGE_DIR: the build directory. COVERAGE_TESTS: these tests only, no thresholds.
# The tools leave their sandbox away in this build: its filters refuse the files of counters too.
set -eu
# what is reached, in tenths of a percent: raised with every test, lowered never
need_overall=950 need_decode=999 need_check=1000

top=$(cd "${srcdir:-$(dirname "$0")/..}" && pwd)
build=${COVERAGE_DIR:-$PWD/build-coverage}
command -v gcovr >/dev/null || { echo "gcovr is not there"; exit 77; }
[ -x "$top/configure" ] || (cd "$top" && ./autogen.sh >/dev/null)
mkdir -p "$build"
cd "$build"
[ -f Makefile ] || "$top/configure" -q --enable-coverage CC="${CC:-gcc}" CFLAGS='-g -O0'
make -s -j"$(nproc)" check TESTS= >make.log 2>&1 || { tail -30 make.log; exit 1; }
find . -name '*.gcda' -delete

# Scripts that say what is right and wrong of the tools; those that look at other things (packages, the tree's text) count for nothing.
scripts="tests/causes.py tests/rules.sh tests/formats.sh tests/hostile.sh tests/html.sh tests/ci.sh tests/examples.sh
	tests/bounds.py tests/faults.py tests/fleet.sh tests/no-write.sh tests/oracle.sh tests/progress.py tests/schema.sh tests/usage.sh"
unit=$(sed -n 's|^\ttests/unit/\(test-[a-z0-9-]*\).*|tests/unit/\1|p' "$top/tests/unit/Makemodule.am")
# shellcheck disable=SC2086
make -s -k -j"$(nproc)" check TESTS="${COVERAGE_TESTS:-$(echo $unit $scripts)}" >check.log 2>&1 || { grep -E '^(FAIL|ERROR)' check.log || tail -30 check.log; exit 1; }

# A header's inline function counts once, however many files include it. What is left out stands in the source, with its reason.
gcovr -r "$top" --object-directory . -f "$top/libsriov/" -f "$top/tools/" --json coverage.json . >gcovr.log 2>&1 || { cat gcovr.log; exit 1; }
[ -z "${COVERAGE_TESTS:-}" ] || need_overall=0 need_decode=0 need_check=0
python3 - coverage.json "$top" $need_overall $need_decode $need_check <<'P'
import collections, json, sys
name, top, *need = sys.argv[1:]
taken, all_of, missing = collections.Counter(), collections.Counter(), {}
for file in json.load(open(name, encoding="utf-8"))["files"]:
    path = file["file"]
    parts = path.split("/")
    folders = ["overall", parts[1] if parts[0] == "libsriov" and len(parts) > 2 else parts[0]]
    for line in file["lines"]:
        counts = [] if line.get("gcovr/noncode") or line.get("gcovr/excluded") else [b["count"] for b in line["branches"]]
        for folder in folders:
            all_of[folder] += len(counts)
            taken[folder] += sum(count > 0 for count in counts)
        if 0 in counts:
            missing.setdefault(path, []).append((line["line_number"], counts))
with open("missing.txt", "w", encoding="utf-8") as out:
    for path in sorted(missing):
        text = open(f"{top}/{path}", encoding="utf-8").read().split("\n")
        print(f"{path}: {sum(c.count(0) for _, c in missing[path])}", file=out)
        for number, counts in missing[path]:
            print(f"  {number}: {''.join('+' if c else '-' for c in counts)}  {text[number - 1].strip()}", file=out)
for path in sorted(missing, key=lambda p: -sum(c.count(0) for _, c in missing[p])):
    print(f"missing {sum(c.count(0) for _, c in missing[path]):4} {path}")
bad = 0
for folder in sorted(all_of, key=lambda f: (f not in ("overall", "decode", "check"), f)):
    at_least = dict(zip(("overall", "decode", "check"), map(int, need))).get(folder, 0)
    low = taken[folder] * 1000 < at_least * all_of[folder]
    bad |= low
    print(f"branches {folder}: {taken[folder]} of {all_of[folder]}, {100 * taken[folder] / max(1, all_of[folder]):.2f} %"
          + (f", at least {at_least / 10:.1f} % wanted" if at_least else "") + (": TOO FEW" if low else ""))
print("each branch that is missing: missing.txt")
sys.exit(1 if bad else 0)
P
