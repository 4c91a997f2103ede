#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The HTML page stands alone: no script, nothing loaded, no text of a device that becomes markup. Where chromium is at hand, it draws
# every sample at two widths and has nothing to say on its console.
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
	if command -v python3 >/dev/null; then
		python3 - "$tmp/$name.html" <<'P' || fail "$name: tags do not match"
import sys
from html.parser import HTMLParser
class Check(HTMLParser):
    stack, ids = [], set()
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"): self.stack.append(tag)
        for k, v in attrs:
            if k == "id" and v in self.ids: sys.exit("twice: " + v)
            if k == "id": self.ids.add(v)
    def handle_startendtag(self, tag, attrs): pass
    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag: sys.exit("%s closed at %s" % (tag, self.getpos()))
c = Check(); c.feed(open(sys.argv[1], encoding="utf-8").read())
sys.exit("open: %s" % c.stack if c.stack else 0)
P
	fi
done
grep -q 'class="edge bad"' "$tmp/broken.html" || fail "broken: no red edge"
grep -q 'pref window lacks space: 8 GiB needed, 512 KiB free' "$tmp/broken.html" || fail "broken: what the window lacks is not written at the port"
$sample html broken healthy | grep -q '<h1>2 hosts</h1>' || fail "several hosts: no summary"
command -v chromium >/dev/null || { [ $bad = 0 ] || exit 1; echo "chromium is not there: the page was not drawn"; exit 0; }
draw() { # FILE WIDTH: a picture, and what the console says
	rm -f "$tmp/shot.png"
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
		--disable-sync --user-data-dir="$(mktemp -d -p "$tmp")" --enable-logging=stderr --window-size="$2,1600" --screenshot="$tmp/shot.png" \
		"file://$1" >"$tmp/log" 2>&1
	grep -a ':CONSOLE' "$tmp/log" >"$tmp/console"
}
# the console is heard at all: a page that breaks its own policy
sed 's|<body>|<body><img src="https://example.invalid/x.png" alt="">|' "$tmp/guest.html" >"$tmp/wrong.html"
draw "$tmp/wrong.html" 800
[ -s "$tmp/shot.png" ] || { echo "chromium draws nothing here: $(tail -1 "$tmp/log")"; [ $bad = 0 ]; exit; }
[ -s "$tmp/console" ] || fail "a broken policy is not heard"
for name in healthy broken hostile many dump guest; do
	for width in 420 1280; do
		draw "$tmp/$name.html" $width
		[ -s "$tmp/shot.png" ] || fail "$name: not drawn at $width"
		[ ! -s "$tmp/console" ] || fail "$name: $(cat "$tmp/console")"
	done
done
exit $bad
