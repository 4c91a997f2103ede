#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/api.md is what libsriov/sriov.h says, and has every public symbol with its arguments and results.

api.py --docs    writes docs/api.md
api.py           holds it against the header and libsriov/libsriov.sym
"""

import os
import re
import sys

TOP = os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
HEADER = os.path.join(TOP, 'libsriov', 'sriov.h')
MAP = os.path.join(TOP, 'libsriov', 'libsriov.sym')
PAGE = os.path.join(TOP, 'docs', 'api.md')
MUST_CHECK = ' __attribute__((warn_unused_result))'
TOKEN = re.compile(r'/\* ---- (?P<section>.*?) ---- \*/|(?P<doc>/\*\*(?!<).*?\*/)\n(?P<code>(?:#define (?:[^\n]*\\\n)*[^\n]*)|(?:[^;{]|\{[^}]*\})*;)'
                   r'|(?P<opaque>struct \w+;)[ ]*/\*\*<\s*(?P<about>.*?)\s*\*/', re.S)


class Entry:
    """A documented declaration: its name, code, sentences, arguments, results."""

    def __init__(self, doc, code, section):
        self.section = section
        self.code = re.sub(r'\n\t+ *', '\n    ', re.sub(r'[ \t]*/\*\*<.*?\*/', '', code.replace(MUST_CHECK, '')).strip())
        self.members = re.findall(r'(\w+)(?: = (\d+))?,?\s*/\*\*<\s*(.*?)\s*\*/', code) if code.startswith('enum') else []
        self.is_function = bool(re.match(r'(?!typedef|enum|struct \w+ \{|#)[\w *]+\(', code))
        pattern = r'#define (\w+)' if code[0] == '#' else r'(?:enum|struct) (\w+) \{' if '{' in code else r'(\w+)\('
        self.name = re.search(pattern, code).group(1)
        lines = [re.sub(r'^\s*\*? ?', '', line) for line in doc[3:-2].strip().split('\n')]
        text = '\n'.join(lines)
        since = re.search(r'\s*Since: (\S+)\s*$', text)
        self.since = since.group(1) if since else None
        text = text[:since.start()] if since else text
        returns = re.search(r'(?:^|\s)Returns (.*)$', text, re.S) if self.is_function else None
        self.returns = flow(returns.group(1)) if returns else None
        text = text[:returns.start()] if returns else text
        parts = re.split(r'(?:^|\n|; )(?=@)', text)
        self.text = flow(parts[0])
        self.arguments = [flow(part).split(': ', 1) for part in parts[1:]]


def flow(text):
    return ' '.join(text.split())


def parse(header):
    intro = re.search(r'/\*\*\n(.*?)\*/\n#ifndef', header, re.S).group(1)
    section, entries, opaque = '', [], []
    for match in TOKEN.finditer(header, header.index('extern "C"')):
        if match['section']:
            section = match['section']
        elif match['opaque']:
            opaque.append((match['opaque'][7:-1], match['about']))
        else:
            entries.append(Entry(match['doc'], match['code'], section))
    return [re.sub(r'^ \* ?', '', line) for line in intro.rstrip().split('\n')], opaque, entries


def prose(text, names):
    """Markdown of a sentence: what is code stays so, what has a place in the page is a link to it."""
    def outside(part):
        part = part.replace('&', '&amp;').replace('<', '&lt;').replace('*', r'\*').replace('|', r'\|')
        return re.sub(r'\b(?:struct |enum )?(sriov_\w+)(?:\(\))?', lambda m: f'[`{m[0]}`](#{m[1]})' if m[1] in names else m[0], part)
    return ''.join(part if i % 2 else outside(part) for i, part in enumerate(re.split(r'(`[^`]*`)', text)))


def first_sentence(text):
    return re.split(r'(?<=[^.])\. ', text.rstrip('.') + '. ')[0]


def write(header):
    intro, opaque, entries = parse(header)
    names = {entry.name for entry in entries} | {name for name, _ in opaque}
    yield '<!-- SPDX-License-Identifier: GPL-2.0-or-later -->\n<!-- Made from libsriov/sriov.h by tests/api.py --docs; change that. -->\n# libsriov: the interface\n'
    yield '`#include <sriov.h>`, `cc … $(pkg-config --cflags --libs libsriov)`. Programs that use it: `examples/`.\nA compiler warns where the result of a function that can fail is not looked at.\n'
    for line in intro:
        yield prose(line, names)
    yield '\n## Objects\n\n| object | what it is |\n|---|---|'
    for name, about in opaque:
        yield f'| <a id="{name}"></a>`struct {name}` | {prose(about, names)} |'
    sections = []
    for entry in entries:
        if entry.section not in sections:
            sections.append(entry.section)
    yield '\n## All at a glance\n'
    for section in sections:
        yield f'**{section or "address"}**\n\n| | |\n|---|---|'
        for entry in entries:
            if entry.section == section:
                yield f'| [`{entry.name}`](#{entry.name}) | {prose(first_sentence(entry.text), ())} |'
        yield ''
    for section in sections:
        yield f'## {(section or "address").capitalize()}'
        for entry in entries:
            if entry.section == section:
                yield from write_entry(entry, names)
        yield ''


def write_entry(entry, names):
    yield f'\n### {entry.name}\n\n```c\n{entry.code}\n```\n\n{prose(entry.text, names)}'
    if entry.members:
        yield '\n| | | |\n|---|---|---|'
        for name, value, about in entry.members:
            yield f'| `{name}` | {value} | {prose(about, names)} |'
    if entry.arguments:
        yield ''
        for name, about in entry.arguments:
            yield f'- {", ".join("`" + one.strip(" @") + "`" for one in name.split(","))}: {prose(about, names)}'
    last = f'Returns {prose(entry.returns, names)}' if entry.returns else ''
    last += f' Since {entry.since}.' if entry.since else ''
    if last:
        yield f'\n{last.strip()}'


def main():
    with open(HEADER, encoding='utf-8') as file:
        header = file.read()
    page = '\n'.join(write(header)).rstrip() + '\n'
    if sys.argv[1:] == ['--docs']:
        with open(PAGE, 'w', encoding='utf-8') as file:
            file.write(page)
        return 0
    bad = []
    with open(MAP, encoding='utf-8') as file:
        public = set(re.findall(r'^\s+(sriov_\w+);', file.read(), re.M))
    functions = {entry.name: entry for entry in parse(header)[2] if entry.is_function}
    bad += [f'{name}: public, not in docs/api.md' for name in sorted(public) if f'\n### {name}\n' not in page]
    bad += [f'{name}: in docs/api.md, not public' for name in sorted(functions) if name not in public]
    bad += [f'{entry.name}: without "Since"' for entry in functions.values() if not entry.since]
    bad += [f'{entry.name}: its results are not told' for entry in functions.values() if entry.code.startswith('int ') and not entry.returns
            and not re.search(r'\b0 or -|status', entry.text)]
    for entry in functions.values():
        given = set(re.findall(r'(\w+)(?=[,)])', entry.code[entry.code.index('('):])) - {'void'}
        told = {one.strip(' @') for name, _ in entry.arguments for one in name.split(',')}
        bad += [f'{entry.name}: @{name} is no argument' for name in sorted(told - given)]
    bad += [f'{name}: a link that leads nowhere' for name in sorted(set(re.findall(r'\]\(#(\w+)\)', page)))
            if f'\n### {name}\n' not in page and f'<a id="{name}">' not in page]
    try:
        with open(PAGE, encoding='utf-8') as file:
            if file.read() != page:
                bad.append('docs/api.md is not what libsriov/sriov.h says: run tests/api.py --docs')
    except OSError as error:
        bad.append(str(error))
    print('\n'.join(bad) or f'{len(functions)} functions')
    return 1 if bad or len(functions) != len(public) else 0


sys.exit(main())
