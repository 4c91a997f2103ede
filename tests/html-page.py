#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page must have for those who hear it, move by keyboard, print it, or read it small or dark.

html-page.py FILE...            by its markup and colours
html-page.py --browser FILE...  as Chromium lays it out; 77 where there is none that starts
"""

import base64
import collections
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

VOID = ('meta', 'br')
BAD = []
# text and what it stands on; a text needs 4.5 to 1, what is a picture 3 to 1
PAIRS = [('fg', 'bg', 4.5), ('fg', 'card', 4.5), ('soft', 'bg', 4.5), ('soft', 'card', 4.5), ('soft', 'box', 4.5), ('soft', 'bad-bg', 4.5),
         ('good', 'bg', 4.5), ('good', 'good-bg', 4.5), ('bad', 'bg', 4.5), ('bad', 'bad-bg', 4.5), ('bad', 'card', 4.5), ('warn', 'bg', 4.5),
         ('warn', 'warn-bg', 4.5), ('warn', 'card', 4.5), ('link', 'bg', 4.5), ('link', 'card', 4.5), ('link', 'box', 3), ('bad', 'line', 3),
         ('good', 'line', 3), ('link', 'line', 3), ('soft', 'line', 3)]


class Page(HTMLParser):
    """The page as a list of elements: tag, attributes, elements around, text."""

    def __init__(self, text):
        super().__init__()
        self.stack, self.all = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = {'tag': tag, 'attrs': dict(attrs), 'around': list(self.stack), 'inner': [], 'text': '', 'line': self.getpos()[0]}
        self.all.append(element)
        if self.stack:
            self.stack[-1]['inner'].append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1]['tag'] != tag:
            raise ValueError(f'{tag} is closed at {self.getpos()}')
        self.stack.pop()

    def handle_data(self, data):
        for element in self.stack:
            element['text'] += data

    def tags(self, *names):
        return [element for element in self.all if element['tag'] in names]


def within(element, tag):
    return [one for one in element['around'] if one['tag'] == tag]


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else ''.join(2 * c for c in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(css):
    """Complaints about the colours that are named for light, for dark and for paper."""
    themes = [dict(re.findall(r'--([\w-]+):(#[0-9a-f]+)', block)) for block in re.findall(r':root\{([^}]*)\}', css)]
    if len(themes) != 3:
        yield f'{len(themes)} sets of colours, not light, dark and paper'
        return
    for name, theme in (('light', themes[0]), ('dark', {**themes[0], **themes[1]}), ('paper', {**themes[0], **themes[2]})):
        for text, on, least in PAIRS:
            if contrast(theme[text], theme[on]) < least:
                yield f'{name}: {text} on {on} is {contrast(theme[text], theme[on]):.2f} to 1'


def landmarks(page):
    if [len(page.tags(tag)) for tag in ('main', 'h1')] != [1, 1]:
        yield 'not one main and one h1'
    for tag in ('header', 'footer', 'nav'):
        if not page.tags(tag):
            yield f'no {tag}'
    names = [element['attrs'].get('aria-label') for element in page.tags('nav')]
    if None in names or len(set(names)) != len(names):
        yield f'navigation without a name of its own: {names}'
    for element in page.tags('section'):
        if not element['attrs'].get('aria-label') and not element['attrs'].get('aria-labelledby'):
            yield f'line {element["line"]}: a section without a name'
    level = 0
    for element in page.tags('h1', 'h2', 'h3', 'h4', 'h5', 'h6'):
        if int(element['tag'][1]) > level + 1:
            yield f'line {element["line"]}: {element["tag"]} behind h{level}: {element["text"][:40]}'
        level = int(element['tag'][1])
        if not element['text'].strip():
            yield f'line {element["line"]}: an empty heading'
    if page.tags('html')[0]['attrs'].get('lang') != 'en':
        yield 'no language'


def links(page):
    ids = [element['attrs']['id'] for element in page.all if 'id' in element['attrs']]
    for name in sorted(name for name, times in collections.Counter(ids).items() if times > 1):
        yield f'id {name} stands twice'
    ids = set(ids)
    for element in page.all:
        for name in (element['attrs'].get('href', '')[1:], *element['attrs'].get('aria-labelledby', '').split()):
            if name and name not in ids:
                yield f'line {element["line"]}: #{name} is nowhere'
        if element['tag'] == 'a' and not element['text'].strip():
            yield f'line {element["line"]}: a link without text'
    if page.tags('a')[0]['attrs'].get('class') != 'skip':
        yield 'the first link does not lead to what matters'


def tables(page):
    for element in page.tags('th'):
        if element['attrs'].get('scope') != ('col' if within(element, 'thead') else 'row'):
            yield f'line {element["line"]}: th without its scope: {element["text"][:40]}'
    for element in page.tags('table'):
        if [one['tag'] for one in element['inner']] != ['thead', 'tbody']:
            yield f'line {element["line"]}: a table without heads'
    for element in page.tags('tr'):
        if within(element, 'tbody') and not any(one['tag'] == 'th' or 'colspan' in one['attrs'] for one in element['inner']):
            yield f'line {element["line"]}: a row without a head'
    for element in page.all:
        if 'scroll' in element['attrs'].get('class', '').split():
            if element['attrs'].get('tabindex') != '0' or not element['attrs'].get('aria-label') or (element['tag'] == 'div' and element['attrs'].get('role') != 'group'):
                yield f'line {element["line"]}: what scrolls cannot be reached by keyboard, or has no name'
    for element in page.tags('table'):
        if not any('scroll' in one['attrs'].get('class', '') for one in element['around']):
            yield f'line {element["line"]}: a table that cannot scroll'


def pictures(page):
    for element in page.tags('svg'):
        inner = element['inner']
        if element['attrs'].get('role') != 'img' or not inner or inner[0]['tag'] != 'title' or not inner[0]['text'].strip():
            yield f'line {element["line"]}: a picture without role and title'
        elif within(element, 'figure') and (inner[1]['tag'] != 'desc' or not inner[1]['text'].strip()):
            yield f'line {element["line"]}: the tree without a description'
    # a sign that is seen has a word that is heard
    for element in page.all:
        if element['attrs'].get('aria-hidden') == 'true' and not any(
                one['attrs'].get('class') == 'sr' and one['text'] for one in element['around'][-1]['inner']):
            yield f'line {element["line"]}: {element["text"]!r} is not told in words'
    for element in page.tags('summary'):
        if element['around'][-1]['tag'] != 'details' or not element['text'].strip():
            yield f'line {element["line"]}: a summary without text or details'


def markup(file):
    with open(file, encoding='utf-8') as stream:
        text = stream.read()
    try:
        page = Page(text)
    except ValueError as error:
        return [str(error)]
    if page.stack:
        return [f'open: {[one["tag"] for one in page.stack]}']
    return [complaint for check in (landmarks, links, tables, pictures) for complaint in check(page)] + [
        *colours(page.tags('style')[0]['text'])]


class Browser:
    """Chromium over a pair of pipes."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        theirs_in, self.write_end = os.pipe()
        self.read_end, theirs_out = os.pipe()

        def child():
            ends = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)
        flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                 '--disable-component-update', '--disable-sync', '--hide-scrollbars', f'--user-data-dir={self.folder}', '--remote-debugging-pipe', 'about:blank']
        self.process = subprocess.Popen(['chromium', *flags], preexec_fn=child, close_fds=False,  # pylint: disable=consider-using-with
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.count, self.buffer, self.session, self.events = 0, b'', None, []
        target = next(one['targetId'] for one in self('Target.getTargets')['targetInfos'] if one['type'] == 'page')
        self.session = self('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        self('Page.enable')
        self('Log.enable')
        self('Runtime.enable')

    def message(self):
        while b'\0' not in self.buffer:
            if not select.select([self.read_end], [], [], 120)[0]:
                raise OSError('chromium says nothing')
            piece = os.read(self.read_end, 1 << 20)
            if not piece:
                raise OSError('chromium ended')
            self.buffer += piece
        text, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(text)

    def __call__(self, method, **params):
        self.count += 1
        call = {'id': self.count, 'method': method, 'params': params, **({'sessionId': self.session} if self.session else {})}
        os.write(self.write_end, json.dumps(call).encode() + b'\0')
        while True:
            answer = self.message()
            if answer.get('id') == self.count:
                if 'error' in answer:
                    raise OSError(f'{method}: {answer["error"]}')
                return answer['result']
            self.events.append(answer)

    def open(self, file, width, scheme):
        self('Emulation.setDeviceMetricsOverride', width=width, height=1000, deviceScaleFactor=1, mobile=False)
        self('Emulation.setEmulatedMedia', media='', features=[{'name': 'prefers-color-scheme', 'value': scheme}])
        self.events = []
        self('Page.navigate', url='file://' + os.path.abspath(file))
        while not any(event.get('method') == 'Page.loadEventFired' for event in self.events):
            self.events.append(self.message())

    def console(self):
        """What the page had to say since it was opened."""
        self.script('0')  # what was said before has come when this is answered
        for event in self.events:
            if event.get('method') in ('Log.entryAdded', 'Runtime.consoleAPICalled', 'Runtime.exceptionThrown'):
                yield str(event['params'])[:300]

    def script(self, text):
        return self('Runtime.evaluate', expression=text, returnByValue=True)['result'].get('value')

    def close(self):
        try:
            self.session = None
            self('Browser.close')
        except OSError:
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


# the worst contrast of a text outside of pictures, whether it or what it stands in is faint; all folds are open
CONTRAST = '''(() => {
    document.querySelectorAll('details').forEach(d => d.open = true);
    const parse = c => { const m = c.match(/[0-9.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
    const light = c => { const f = c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * f[0] + .7152 * f[1] + .0722 * f[2]; };
    const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255]; };
    const known = new Map();
    let worst = [99, ''];
    for (const e of document.querySelectorAll('body *')) {
        if (e.closest('svg,.sr') || ![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
        const fg = getComputedStyle(e).color, bg = behind(e), key = fg + bg;
        if (!known.has(key)) {
            const a = light(parse(fg)), b = light(bg);
            known.set(key, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
        }
        if (known.get(key) < worst[0]) worst = [known.get(key), e.textContent.slice(0, 40)];
    }
    return worst;
})()'''
WIDER = '''(() => { document.querySelectorAll('details').forEach(d => d.open = true);
    return document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth; })()'''
SPOKEN = {'heading', 'link', 'image', 'table', 'region', 'navigation', 'DisclosureTriangle', 'columnheader', 'rowheader'}


def spoken(browser, file):
    """What a screen reader is given: roles that need a name and lack it, a tree that is not described."""
    roles = set()
    for node in browser('Accessibility.getFullAXTree')['nodes']:
        role, name = node.get('role', {}).get('value'), node.get('name', {}).get('value', '')
        if node.get('ignored'):
            continue
        roles.add(role)
        if role in SPOKEN - {'table'} and not name.strip():
            yield f'{file}: {role} without a name'
        if role == 'image' and name.startswith('PCI Express tree') and not node.get('description', {}).get('value', '').strip():
            yield f'{file}: the tree is not described'
    for role in ('main', 'navigation', 'heading', 'contentinfo', 'banner'):
        if role not in roles:
            yield f'{file}: {role} is not there for a screen reader'


def heard(browser):
    """The console is heard at all: a page that breaks its own policy."""
    with tempfile.NamedTemporaryFile('w', suffix='.html') as page:
        page.write('<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><img src="https://example.invalid/x.png" alt="">')
        page.flush()
        browser.open(page.name, 800, 'light')
        if not any('Content Security Policy' in said for said in browser.console()):
            yield 'a broken policy is not heard'


def drawn(browser, file):
    for width in (420, 1280):
        browser.open(file, width, 'light')
        if len(browser('Page.captureScreenshot')['data']) < 1000:
            yield f'{file}: not drawn at {width}'
        yield from (f'{file}: the console says {said}' for said in browser.console())
    for scheme in ('light', 'dark'):
        browser.open(file, 1280, scheme)
        if scheme == 'light':
            yield from spoken(browser, file)
        ratio, text = browser.script(CONTRAST)
        if ratio < 4.5:
            yield f'{file}: {scheme}: {ratio:.2f} to 1: {text}'
    browser.open(file, 320, 'light')
    if browser.script(WIDER) > 0:
        yield f'{file}: wider than a screen of 320 pixels'
    browser.open(file, 1280, 'dark')
    paper = base64.b64decode(browser('Page.printToPDF', paperWidth=8.27, paperHeight=11.69)['data'])
    pages = len(re.findall(rb'/Type\s*/Page\b', paper))
    if not 1 <= pages <= 12:
        yield f'{file}: {pages} pages of paper'


def main():
    files = [one for one in sys.argv[1:] if not one.startswith('--')]
    if '--browser' not in sys.argv:
        BAD.extend(f'{os.path.basename(file)}: {complaint}' for file in files for complaint in markup(file))
    else:
        try:
            browser = Browser()
        except (OSError, StopIteration) as error:
            print(f'no chromium: {error}')
            return 77
        try:
            BAD.extend(heard(browser))
            for file in files:
                BAD.extend(drawn(browser, file))
        finally:
            browser.close()
    print('\n'.join(BAD[:40]))
    return 1 if BAD else 0


sys.exit(main())
