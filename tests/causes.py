#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every cause has a fixture where it is the root and one where it stays silent, and sriov-check says of each what its meta says.

causes.py --docs      writes docs/causes.md
causes.py --accept [NAME...]  writes fixtures/NAME/expect: what the report says, element by element; a report that says another thing is a
                      complaint. Run it after a change of what is said, and read the difference.
causes.py [NAME...]   in the build directory; fixtures/NAME/meta beside fixtures/NAME/root, a folder or root.tar.xz: lines "key: value"
  root: ID [SUBJECT]        a failing root (severity error or warning); these and no others
  consequence: ID           a failing consequence that must be there
  said: STATE ID            a finding in that state
  silent: ID...             must not fail
  reached: ADDRESS RUNG     exit: N     args: options of sriov-check
"""

import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

NS = '{urn:libsriov:report:1}'
TOP = os.environ.get('srcdir') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
CHECK = os.path.join(os.environ.get('builddir') or '.', 'tools', 'sriov-check')


def meta_of(directory):
    meta = {}
    with open(os.path.join(directory, 'meta'), encoding='utf-8') as file:
        for line in file:
            key, _, value = line.rstrip('\n').partition(': ')
            meta.setdefault(key, []).append(value)
    return meta


def judge(meta, root, accept):
    """Complaints about what is said of one fixture."""
    args = meta.get('args', [''])[0].split()
    run = subprocess.run([CHECK, '-f', 'xml', *args, root], capture_output=True, timeout=60, check=False)
    if accept:
        with open(os.path.join(os.path.dirname(root), 'expect'), 'w', encoding='utf-8') as file:
            file.write(said(ET.fromstring(run.stdout), root))
    yield from complaints(meta, run, root)


def said(report, root):
    """A line an element, but for what others judge (fields of capabilities: oracle.py; plans: test-plan) and what is the same in every report."""
    lines = []

    def walk(element, depth):
        tag = element.tag[len(NS):]
        if tag in ('field', 'reference', 'plan') or (tag == 'rule' and element.get('state') != 'fail'):
            return
        words = ''.join(f' {key}={value}' for key, value in element.attrib.items() if key not in ('tool-version', 'source'))
        text = (element.text or '').strip()
        lines.append('  ' * depth + tag + words + (': ' + ' '.join(text.split()) if text else ''))
        for child in element:
            walk(child, depth + 1)
    walk(report, 0)
    return '\n'.join(lines).replace(root + os.sep, '').replace(root, 'ROOT') + '\n'


def unexpected(report, root, expect):
    """The first difference to the file."""
    if not os.path.exists(expect):
        yield f'no file {expect}: run this with --accept, and read what it says'
        return
    with open(expect, encoding='utf-8') as file:
        for number, (want, line) in enumerate(itertools.zip_longest(file, said(report, root).splitlines(True)), 1):
            if want != line:
                yield f'{expect}:{number}: {(want or "(the end)").strip()}\n    now: {(line or "(the end)").strip()}'
                break


def complaints(meta, run, root):
    """Of one run's XML and status."""
    try:
        report = ET.fromstring(run.stdout)
    except ET.ParseError as error:
        yield f'no XML ({error}), status {run.returncode}: {run.stderr.decode(errors="replace")[:200]}'
        return
    yield from unexpected(report, root, os.path.join(os.path.dirname(root), 'expect'))
    findings = [finding.attrib for finding in report.iter(NS + 'finding')]
    fails = [finding for finding in findings if finding['state'] == 'fail']
    roots = {(f['id'], f['subject']) for f in fails if f.get('role', 'root') == 'root' and f['severity'] in ('error', 'warning')}
    wanted = [tuple(value.split()) for value in meta.get('root', [])]
    for want in wanted:
        if not any(root_id == want[0] and want[1:] in ((), (subject,)) for root_id, subject in roots):
            yield f'root {" ".join(want)} is not found; found: {", ".join(sorted(r[0] for r in roots)) or "none"}'
    for root_id, subject in sorted(roots):
        if not any(root_id == want[0] for want in wanted):
            yield f'{root_id} on {subject} is a root, and should not be'
    for value in meta.get('consequence', []):
        if not any(f['id'] == value and f.get('role') == 'consequence' for f in fails):
            yield f'consequence {value} is not found'
    for value in meta.get('said', []):
        state, ident = value.split()
        if not any(f['id'] == ident and f['state'] == state for f in findings):
            yield f'{ident} is not {state}'
    for ident in ' '.join(meta.get('silent', [])).split():
        if any(f['id'] == ident for f in fails):
            yield f'{ident} fails, and should be silent'
    for value in meta.get('reached', []):
        address, rung = value.split()
        reached = {ladder.get('address'): ladder.get('reached') for ladder in report.iter(NS + 'ladder')}
        if reached.get(address) != rung:
            yield f'{address} reached {reached.get(address)}, expected {rung}'
    status = int(meta.get('exit', [run.returncode])[0])
    if run.returncode != status:
        yield f'status {run.returncode}, expected {status}'


def catalogue():
    """{id: {key: [text]}} in the order in which fixing helps."""
    run = subprocess.run([os.path.join(os.path.dirname(os.path.dirname(CHECK)), 'tests', 'print-causes')], capture_output=True, text=True, timeout=60, check=True)
    causes = {}
    for line in run.stdout.splitlines():
        ident, key, text = line.split('\t', 2)
        causes.setdefault(ident, {}).setdefault(key, []).append(text)
    return causes


def example(ident):
    """What is said of the cause's own fixture."""
    directory = os.path.join(TOP, 'fixtures', 'cause-' + ident)
    args = meta_of(directory).get('args', [''])[0].split()
    run = subprocess.run([CHECK, '-f', 'xml', *args, os.path.join(directory, 'root')], capture_output=True, timeout=60, check=False)
    for finding in ET.fromstring(run.stdout).iter(NS + 'finding'):
        if finding.get('id') == ident:
            return meta_of(directory)['about'][0], finding
    return meta_of(directory)['about'][0], None


def section(ident, cause):
    about, finding = example(ident)
    yield f'## {ident}\n\n{cause["title"][0][0].upper()}{cause["title"][0][1:]}. It blocks the rung `{cause["rung"][0]}`.\n\n'
    if 'message' in cause:
        yield 'The kernel says, then or in other versions:\n\n' + ''.join(f'    {text}\n' for text in cause['message']) + '\n'
    yield f'Read from: {cause["needs"][0]}.\n\n'
    if finding is not None:
        yield f'Example, {about}:\n\n> {finding.find(NS + "message").text}\n\n'
        for evidence in finding.iter(NS + 'evidence'):
            expected = f' (expected: {evidence.get("expected")})' if evidence.get('expected') else ''
            where = evidence.get('where').split(os.path.join('fixtures', 'cause-' + ident, 'root') + os.sep)[-1]
            yield f'- `{where}`: {evidence.get("value")}{expected}\n'
        steps = [step.text for step in finding.iter(NS + 'step')]
        if steps:
            yield '\nWhat to do, on that machine:\n\n' + ''.join(f'{number}. {step}\n' for number, step in enumerate(steps, 1))
        yield '\n'
    for key, name in (('kernel', 'Kernel'), ('spec', 'Specification'), ('windows', 'Windows'), ('source', 'Report')):
        for text in cause.get(key, []):
            yield f'{name}: {text}  \n'
    yield '\n'


def docs():
    text = ('# Causes: why VFs do not appear\n\nMade from the catalogue and the fixtures by `tests/causes.py --docs`; a test holds it equal. Each cause has a section: what the kernel\n'
            'says of it, where it can be read, an example, and what to do. The order is the order in which fixing helps.\n\n')
    for ident, cause in catalogue().items():
        text += ''.join(section(ident, cause))
    return text.rstrip('\n') + '\n'


def stable(text):
    """Without the examples, whose words come from tables that grow."""
    return re.sub(r'Example, .*?(?=\n(?:Kernel|Specification|Windows|Report): |\n## |\Z)', '', text, flags=re.S)


def main():
    only = sys.argv[1:]
    page = os.path.join(TOP, 'docs', 'causes.md')
    if only == ['--docs']:
        with open(page, 'w', encoding='utf-8') as file:
            file.write(docs())
        return 0
    maker = os.path.join(TOP, 'tests', 'fixtures', 'make-roots')
    accept = only[:1] == ['--accept']
    only = only[accept:]
    failed = 0 if only else subprocess.run([sys.executable, '-B', maker, '--check'], check=False).returncode
    judged = 0
    as_root, as_silent = set(), set()
    fixtures = os.path.join(TOP, 'fixtures')
    for name in sorted(os.listdir(fixtures)):
        directory = os.path.join(fixtures, name)
        root = next((root for root in (os.path.join(directory, leaf) for leaf in ('root', 'root.tar.xz')) if os.path.exists(root)), None)
        if not root or (only and name not in only):
            continue
        meta = meta_of(directory)
        as_root |= {value.split()[0] for value in meta.get('root', [])}
        as_root |= {value.split()[1] for value in meta.get('said', []) if value.startswith('unknown')}
        as_silent |= set(' '.join(meta.get('silent', [])).split())
        judged += 1
        for complaint in judge(meta, root, accept):
            print(f'{name}: {complaint}')
            failed += 1
    for ident in catalogue() if not only else []:
        if ident not in as_root:
            print(f'{ident}: no fixture has it as the root')
            failed += 1
        if ident not in as_silent:
            print(f'{ident}: no fixture keeps it silent')
            failed += 1
    if not only:
        with open(page, encoding='utf-8') as file:
            if stable(file.read()) != stable(docs()):
                print('docs/causes.md is not what the catalogue says: run tests/causes.py --docs')
                failed += 1
    print(f'{judged} fixtures judged, {failed} complaints')
    return 1 if failed or not judged else 0


if __name__ == '__main__':
    sys.exit(main())
