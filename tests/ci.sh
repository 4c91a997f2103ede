#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands of examples/ci are those of docs/ci.md, they end as the document says, and they notice what they are for.
: "${srcdir:=$(dirname "$0")/..}"
: "${builddir:=$PWD}"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
fail() { echo "ci: $*"; exit 1; }

commands() { sed -n 's/^ *\(- \)\{0,1\}\(sriov-dump .*\)/\2/p' "$1"; }
commands "$srcdir/examples/ci/github.yml" >"$tmp/github"
commands "$srcdir/examples/ci/gitlab-ci.yml" >"$tmp/gitlab"
commands "$srcdir/docs/ci.md" >"$tmp/docs"
[ "$(wc -l <"$tmp/github")" -eq 2 ] || fail "github.yml has not two commands"
cmp -s "$tmp/github" "$tmp/gitlab" || fail "the two jobs have different commands"
while read -r line; do
	grep -qxF -- "$line" "$tmp/docs" || fail "docs/ci.md lacks: $line"
done <"$tmp/github"

cp -r "$srcdir/examples/ci/." "$tmp/job" && chmod -R u+w "$tmp/job" && cd "$tmp/job" || exit 99
PATH="$builddir/tools:$PATH"
run() { sh -c "$1" 2>"$tmp/err" || return $?; }
rules=$(sed -n 1p "$tmp/github")
pinned=$(sed -n 2p "$tmp/github")
run "$rules" || fail "rules: status $?: $(cat "$tmp/err")"
grep -q '<testsuite name="0000:01:00.1"' rules.xml || fail "rules.xml has no suite for the VF"
run "$pinned" || fail "pinned values: status $?: $(cat "$tmp/err"); write examples/ci/expected.xml again if the format grew"

# without the waiver the warning counts
: >waivers
run "$rules"
[ $? -eq 1 ] || fail "a warning without its waiver is not noticed"
# a changed TotalVFs is named, and breaks a rule
printf '\005' | dd of=model/pf0.config bs=1 seek=$((0x16e)) conv=notrunc 2>/dev/null
run "$pinned"
[ $? -eq 1 ] || fail "a changed field is not noticed"
grep -q '<change address="0000:01:00.0" capability="SR-IOV" field="TotalVFs" was="4" now="5"/>' changes.xml || fail "TotalVFs is not named"
run "$rules"
[ $? -eq 1 ] || fail "InitialVFs other than TotalVFs is not noticed"
# what is wrong with the files is said with its line
printf '# one\nR99 * no such rule\n' >waivers
run "$rules"
[ $? -eq 2 ] || fail "a bad waiver: status"
grep -q '^sriov-dump: waivers:2: ' "$tmp/err" || fail "a bad waiver: $(cat "$tmp/err")"
printf '<!DOCTYPE a [<!ENTITY b "c">]><sriov-report xmlns="urn:libsriov:report:1"/>' >expected.xml
run "$pinned"
[ $? -eq 2 ] || fail "a hostile expected report: status"
grep -q '^sriov-dump: expected.xml' "$tmp/err" || fail "a hostile expected report: $(cat "$tmp/err")"
if command -v python3 >/dev/null; then
	python3 "$srcdir/tests/make-rule-fixtures.py" "$tmp/model" --model || fail "the generator"
	for name in pf0 vf0; do
		cmp "$tmp/model/$name.config" "$srcdir/examples/ci/model/$name.config" || fail "examples/ci/model is not what tests/make-rule-fixtures.py makes"
	done
fi
echo "two jobs, $(wc -l <"$tmp/docs") commands"
