#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The HTML page stands alone: no script, nothing loaded, no text of a device that becomes markup. Where chromium is at hand, it draws
# every sample at two widths and has nothing to say on its console; html-page.py asks what is heard, seen in the dark, and printed.
LC_ALL=C
export LC_ALL
sample=tests/unit/emit-sample
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
fail() { echo "$*"; bad=1; }
for name in healthy broken hostile many dump guest; do
	$sample html "$name" >"$tmp/$name.html"
	! grep -qiE '<script|javascript:|<link|<iframe|<img|@import|url\(|https?://| on[a-z]+="' "$tmp/$name.html" || fail "$name: loads or runs something"
	grep -q "content=\"default-src 'none'; style-src 'unsafe-inline'\"" "$tmp/$name.html" || fail "$name: no policy"
	grep -q '<svg role="img"' "$tmp/$name.html" || [ "$name" = guest ] || fail "$name: no picture"
done
$sample html broken healthy guest >"$tmp/hosts.html"
grep -q 'class="edge bad"' "$tmp/broken.html" || fail "broken: no red edge"
grep -q 'pref window lacks space: 8 GiB needed, 512 KiB free' "$tmp/broken.html" || fail "broken: what the window lacks is not written at the port"
grep -q '<h1>3 hosts</h1>' "$tmp/hosts.html" || fail "several hosts: no summary"
tools/sriov-check -f html "$srcdir/fixtures/cause-bus-numbers-exhausted/root" >"$tmp/plan.html" 2>/dev/null
grep -q '<p>From 1 VF on, limited by bus-numbers</p>' "$tmp/plan.html" || fail "plan: a limit is not told as such"
[ "$(grep -c 'subordinate bus number' "$tmp/plan.html")" = 1 ] || fail "plan: what would help is said $(grep -c 'subordinate bus number' "$tmp/plan.html") times"
command -v python3 >/dev/null || { echo "python3 is not there: markup and colours were not looked at"; exit $bad; }
python3 "$srcdir/tests/html-page.py" "$tmp"/*.html || fail "markup or colours"
command -v chromium >/dev/null || { echo "chromium is not there: the page was not drawn"; exit $bad; }
python3 "$srcdir/tests/html-page.py" --browser "$tmp"/*.html
case $? in
0) ;;
77) echo "chromium draws nothing here" ;;
*) fail "as chromium lays it out" ;;
esac
exit $bad
