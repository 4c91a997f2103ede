#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every XML that is there, made here or kept as expected output, is valid by the schema.
xsd=${srcdir:-.}/share/sriov-report.xsd
command -v xmllint >/dev/null || { echo "xmllint is not there"; exit 77; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
for sample in healthy broken hostile many dump guest; do
	tests/unit/emit-sample xml "$sample" >"$tmp/$sample.xml"
	tests/unit/emit-sample -v xml "$sample" >"$tmp/$sample-v.xml"
done
tests/unit/emit-sample xml healthy broken guest >"$tmp/several.xml"
find "${srcdir:-.}" \( -name '*.xml' -path '*/expect*' -o -path '*/golden/*.xml' \) >"$tmp/list"
xmllint --noout --nonet --schema "$xsd" "$tmp"/*.xml $(cat "$tmp/list") >"$tmp/out" 2>&1 || { grep -v ' validates$' "$tmp/out" | head -20; exit 1; }
# what is wrong is refused: a word that is none of the list, an element nobody knows
for edit in 's/verdict="blocked"/verdict="perhaps"/' 's/<ladder /<lader /' 's/role="pf"/role="PF"/'; do
	sed "$edit" "$tmp/broken.xml" >"$tmp/wrong.xml"
	! xmllint --noout --nonet --schema "$xsd" "$tmp/wrong.xml" >/dev/null 2>&1 || { echo "the schema takes $edit"; exit 1; }
done
echo "$(grep -c ' validates$' "$tmp/out") files are valid"
