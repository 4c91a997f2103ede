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
set -- "$tmp"/*.xml
while read -r kept; do
	set -- "$@" "$kept"
done <"$tmp/list"
xmllint --noout --nonet --schema "$xsd" "$@" >"$tmp/out" 2>&1 || { grep -v ' validates$' "$tmp/out" | head -20; exit 1; }
# what is wrong is refused: a word that is none of the list, an element nobody knows
for edit in 's/verdict="blocked"/verdict="perhaps"/' 's/<ladder /<lader /' 's/role="pf"/role="PF"/'; do
	sed "$edit" "$tmp/broken.xml" >"$tmp/wrong.xml"
	! xmllint --noout --nonet --schema "$xsd" "$tmp/wrong.xml" >/dev/null 2>&1 || { echo "the schema takes $edit"; exit 1; }
done
# the JSON by its schema, where a validator is at hand
json=${srcdir:-.}/share/sriov-report.schema.json
if python3 -c 'import jsonschema' 2>/dev/null; then
	for sample in healthy broken hostile many dump guest "broken healthy"; do
		tests/unit/emit-sample -v json $sample >"$tmp/report.json"
		python3 - "$json" "$tmp/report.json" <<'P' || { echo "JSON of $sample is not valid"; exit 1; }
import json, sys, jsonschema
schema, report = (json.load(open(f, encoding="utf-8")) for f in sys.argv[1:])
jsonschema.Draft7Validator.check_schema(schema)
jsonschema.validate(report, schema)
one = report[0] if isinstance(report, list) else report
one["host"]["kind"] = "perhaps"
try:
    jsonschema.validate(report, schema)
    sys.exit("the schema takes anything")
except jsonschema.ValidationError:
    pass
P
	done
fi
echo "$(grep -c ' validates$' "$tmp/out") files are valid"
