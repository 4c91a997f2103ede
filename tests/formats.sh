#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What one format says, the others say: the facts of the XML are looked up in every other format. Two runs in different locales
# and time zones are the same bytes. Each format is held against a checker, where it is at hand.
LC_ALL=C
export LC_ALL
sample=tests/unit/emit-sample
share=${srcdir:-.}/share
command -v xmllint >/dev/null || { echo "xmllint is not there"; exit 77; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
fail() { echo "$*"; bad=1; }
xpath() { xmllint --xpath "$1" "$2" 2>/dev/null | sed 's/^[^"]*"//; s/"$//' | sort -u; } # values of attributes
l() { printf "*[local-name()='%s']" "$1"; }
# the pictures of a page, a line each, in $tmp/svg: well-formed, and what they are is told to those who hear the page
pictures() {
	tr '\n' ' ' <"$1" | sed 's/<svg/\n&/g; s/<\/svg>/&\n/g' | grep '^<svg' >"$tmp/svg"
	{ echo '<svgs>'; cat "$tmp/svg"; echo '</svgs>'; } | xmllint --noout - 2>"$tmp/err" || fail "$2: a picture is not well-formed: $(head -3 "$tmp/err")"
	! grep -v '^<svg role="img"[^>]*><title>' "$tmp/svg" | grep -q . || fail "$2: a picture without role or title"
}

for name in healthy broken many dump guest; do
	for format in text xml json jsonl html junit prometheus nfd nagios; do
		LC_ALL=C TZ=UTC $sample $format $name >"$tmp/$name.$format"
		LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Tokyo $sample $format $name | cmp -s - "$tmp/$name.$format" || fail "$name $format: two runs differ"
	done
	xml=$tmp/$name.xml
	# each finding that fails or is unknown, each broken rule, each change, by id and subject
	xpath "//$(l finding)[@state='fail' or @state='unknown']/@id" "$xml" >"$tmp/ids"
	while read -r id; do
		for format in text json jsonl html junit prometheus; do
			grep -q -- "$id" "$tmp/$name.$format" || fail "$name: $format does not name $id"
		done
	done <"$tmp/ids"
	xpath "//$(l rule)[@state='fail']/@id" "$xml" >"$tmp/ids"
	while read -r id; do
		for format in text json jsonl html junit; do
			grep -q -- "$id" "$tmp/$name.$format" || fail "$name: $format does not name $id"
		done
	done <"$tmp/ids"
	xpath "//$(l ladder)/@address" "$xml" >"$tmp/addresses"
	while read -r address; do
		for format in text json jsonl html; do
			grep -q -- "$address" "$tmp/$name.$format" || fail "$name: $format does not name $address"
		done
	done <"$tmp/addresses"
	# verdicts
	verdict=$(xpath "//@verdict" "$xml")
	if [ -n "$verdict" ]; then
		grep -q "sriov_verdict{goal=\"[a-z]*\",verdict=\"$verdict\"} 1" "$tmp/$name.prometheus" || fail "$name: prometheus, verdict"
		grep -q "^sriov.verdict=$verdict$" "$tmp/$name.nfd" || fail "$name: nfd, verdict"
		case $verdict in ready) word='OK\|WARNING' ;; blocked) word=CRITICAL ;; *) word=UNKNOWN ;; esac
		grep -q "^SRIOV \($word\): " "$tmp/$name.nagios" || fail "$name: nagios, verdict"
	fi
	xmllint --noout --nonet --schema "$share/junit-subset.xsd" "$tmp/$name.junit" >/dev/null 2>"$tmp/err" || fail "$name: junit: $(head -3 "$tmp/err")"
	[ "$(wc -c <"$tmp/$name.nfd")" -le 65536 ] || fail "$name: nfd is too long"
	! LC_ALL=C grep -qv '^[A-Za-z0-9._-]*=[A-Za-z0-9._-]*$' "$tmp/$name.nfd" || fail "$name: nfd, a line that is no label"
	if command -v promtool >/dev/null; then
		promtool check metrics <"$tmp/$name.prometheus" >"$tmp/out" 2>&1 || fail "$name: promtool: $(cat "$tmp/out")"
	fi
	if command -v xsltproc >/dev/null; then
		# the page made from the XML has what the page of the tools has
		xsltproc --nonet --novalid "$share/sriov-report.xsl" "$xml" >"$tmp/page" 2>"$tmp/err" || fail "$name: xsltproc: $(cat "$tmp/err")"
		for what in finding/@id finding/@subject ladder/@address rule/@id rule/@subject change/@field setting/@name capability/@name field/@name; do
			xmllint --xpath "//$(l "${what%/*}")/${what#*/}" "$xml" 2>/dev/null | sed 's/^[^"]*"//; s/"$//' | sort -u >"$tmp/facts"
			while read -r fact; do
				grep -qF -- "$fact" "$tmp/page" || fail "$name: the page of the style sheet lacks $what $fact"
				case $what in field/*|capability/*|change/*|setting/*) grep -qF -- "$fact" "$tmp/$name.html" || fail "$name: html lacks $what $fact" ;; esac
			done <"$tmp/facts"
		done
		! grep -q '<script\|http://\|https://' "$tmp/page" || fail "$name: the page of the style sheet loads something"
		pictures "$tmp/page" "$name"
		# a bar for each window and range of buses, with the numbers of the tool's page
		grep -o '<title>\(used\|buses\) [^<]*' "$tmp/svg" >"$tmp/bars"
		grep -o '<title>\(used\|buses\) [^<]*' "$tmp/$name.html" | cmp -s - "$tmp/bars" || fail "$name: bars: $(cat "$tmp/bars")"
		# the picture: where there is a PF, and each port and PF that a cause is about is red in it
		[ "$(xmllint --xpath "boolean(//$(l function)[@role='pf'])" "$xml")" = "$(grep -q '^<svg role="img" width="1120".*class="node' "$tmp/svg" && echo true || echo false)" ] || fail "$name: picture of the tree"
		xpath "//$(l finding)[@state='fail' and @role='root' and @severity='error'][@subject = //$(l function)[@role='pf' or @role='port']/@address]/@subject" "$xml" >"$tmp/addresses"
		while read -r address; do
			grep -q "class=\"node[a-z ]* bad\"><title>$address</title>" "$tmp/svg" || fail "$name: $address is not red in the picture"
		done <"$tmp/addresses"
	fi
	if command -v jq >/dev/null; then
		# every value of an attribute and every text of the XML is a value of the JSON
		jq -r '.. | scalars | tostring' "$tmp/$name.json" | sort -u >"$tmp/values"
		xmllint --xpath '//@*' "$xml" | sed 's/^[^"]*"//; s/"$//' | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' | sort -u | comm -23 - "$tmp/values" >"$tmp/missing"
		[ ! -s "$tmp/missing" ] || fail "$name: not in the JSON: $(head -5 "$tmp/missing")"
		for pair in "finding findings" "function functions" "ladder ladders" "plan plans" "rule rules" "change changes"; do
			set -- $pair
			[ "$(xmllint --xpath "count(//$(l "$1"))" "$xml")" = "$(jq "[.$2[]?] | length" "$tmp/$name.json")" ] || fail "$name: count of $2"
		done
		[ "$(xmllint --xpath "count(//$(l finding))" "$xml")" = "$(jq -s 'map(select(.type == "finding")) | length' "$tmp/$name.jsonl")" ] || fail "$name: jsonl, findings"
	fi
done
# the picture that the style sheet makes of a real tree: a switch with a PF below each of two ports, both without ACS
if command -v xsltproc >/dev/null; then
	stylesheet() { xsltproc --nonet --novalid "$share/sriov-report.xsl" "$1" >"$tmp/page" 2>"$tmp/err" || fail "xsltproc: $(cat "$tmp/err")"; }
	tools/sriov-check -f xml "${srcdir:-.}/fixtures/lab-switch-no-acs-after/root.tar.xz" >"$tmp/tree.xml" 2>/dev/null
	stylesheet "$tmp/tree.xml"
	pictures "$tmp/page" tree
	for address in 0000:00:02.0 0000:01:00.0 0000:02:00.0 0000:02:01.0; do
		grep -q "class=\"node\"><title>$address</title>" "$tmp/svg" || fail "tree: port $address"
	done
	for pf in 0000:03:00.0 0000:04:00.0; do
		grep -q "<path class=\"edge bad\"[^>]*></path><rect [^>]* class=\"node pf bad\"><title>$pf</title></rect>" "$tmp/svg" || fail "tree: $pf is not red"
		grep -q "class=\"note\"><title>acs-missing-group-shared: [^<]* $pf [^<]*</title>✗ acs-missing-group-shared: " "$tmp/svg" || fail "tree: the cause is not written at $pf"
		grep -q "<desc>[^<]*At $pf: acs-missing-group-shared: " "$tmp/svg" || fail "tree: the description does not tell the cause at $pf"
	done
	[ "$(grep -o '>7 of 8 VFs exist<' "$tmp/svg" | wc -l)" = 2 ] || fail "tree: VFs"
	# two reports with the same addresses: each has its own picture; one without functions has none
	{ echo '<sriov-reports xmlns="urn:libsriov:report:1">'; sed '1{/^<?xml/d}' "$tmp/tree.xml"; sed '1{/^<?xml/d}' "$tmp/tree.xml"; echo '</sriov-reports>'; } >"$tmp/trees.xml"
	cp "$tmp/svg" "$tmp/one"
	stylesheet "$tmp/trees.xml"
	pictures "$tmp/page" trees
	cat "$tmp/one" "$tmp/one" | cmp -s - "$tmp/svg" || fail "trees: two reports have not the pictures of one twice"
	echo '<sriov-report xmlns="urn:libsriov:report:1" tool="sriov-check" tool-version="1" source="x" source-kind="text"><host kind="unknown"/></sriov-report>' >"$tmp/none.xml"
	stylesheet "$tmp/none.xml"
	! grep -q '<svg' "$tmp/page" || fail "a picture without functions"
fi
# what was read and not taken in is said with what to do: what may change the answer always, the rest with -v and in the records
printf '# foo --bar\nwhat is this\nand this\n# dmesg\n[    1.0] pci 0000:01:00.0: VF BAR 0 [mem size 0x4000]: no space\n' >"$tmp/session"
awk 'BEGIN { for (i = 0; i < 262200; i++) printf "pci 0000:%02x:%02x.%x: Adding to iommu group %d\n", i / 256 % 256, i / 8 % 32, i % 8, i }' >"$tmp/log"
lines='2 lines of the terminal session said nothing that is known here'
messages='the kernel log has more than 262144 different messages'
! tools/sriov-check "$tmp/session" 2>&1 | grep -qF "$lines" || fail "text: lines that were not understood, unasked"
tools/sriov-check -v "$tmp/session" 2>/dev/null | grep -qF "$lines; paste each command" || fail "text -v: lines that were not understood"
tools/sriov-check "$tmp/log" 2>/dev/null | grep -qF "$messages: those behind them were not looked at; give the log of one boot" || fail "text: a log that was cut"
for format in xml json html; do
	tools/sriov-check -f $format "$tmp/session" 2>/dev/null | grep -qF "$lines" || fail "$format: lines that were not understood"
	tools/sriov-check -f $format "$tmp/log" 2>/dev/null | grep -qF "$messages" || fail "$format: a log that was cut"
done
$sample nagios healthy >/dev/null; [ $? = 0 ] || fail "nagios: status of a healthy host"
$sample nagios broken >/dev/null; [ $? = 2 ] || fail "nagios: status of a broken host"
$sample nagios guest >/dev/null; [ $? = 3 ] || fail "nagios: status of what is unknown"
$sample json broken >/dev/null; [ $? = 1 ] || fail "json: the contract's status"
exit $bad
