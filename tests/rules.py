#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
Rules and their fixtures: each rule has a dump that breaks it and nothing else, and a valid one that it passes; the files are what the
generator makes; docs/rules.md is what --list-rules says.

rules.py SRIOV-DUMP SRCDIR          test
rules.py SRIOV-DUMP SRCDIR --docs   write docs/rules.md
rules.py SRIOV-DUMP SRCDIR --accept write fixtures/rules/expect/: what the report says of each dump, as tests/causes.py does
"""
import filecmp
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from causes import said, unexpected

NS = "{urn:libsriov:report:1}"
# what valid machines may say below severity error, with the reason
SAID = {
    ("nvme.lspci", "R30"): "such controllers have 64-bit VF BARs that are not prefetchable: a warning, as the kernel's limit is real",
    ("total0.lspci", "R37"): "information: VFs are turned off",
}
ACCEPT = sys.argv[3:] == ["--accept"]
failures = []


def fail(text):
    failures.append(text)
    print("FAIL", text)


def list_rules(tool):
    rules = []
    for line in subprocess.run([tool, "--list-rules"], capture_output=True, text=True, check=True).stdout.splitlines():
        if line and not line[0].isspace():
            rules.append(line.split(None, 3) + [[]])
        elif line.strip():
            rules[-1][4].append(line.strip())
    return rules


def expectation(path):
    folder, name = os.path.split(path)
    return os.path.join(os.path.dirname(folder), "expect", os.path.basename(folder), name)


def judge(tool, path):
    run = subprocess.run([tool, "-a", "--validate", "-f", "xml", path], capture_output=True, text=True)
    if run.stderr:
        fail("%s: %s" % (path, run.stderr.strip()))
    expect = expectation(path)
    if ACCEPT:
        os.makedirs(os.path.dirname(expect), exist_ok=True)
        with open(expect, "w", encoding="utf-8") as f:
            f.write(said(ElementTree.fromstring(run.stdout), path))
    for complaint in unexpected(ElementTree.fromstring(run.stdout), path, expect):
        fail("%s: %s" % (path, complaint))
    results = [(r.get("id"), r.get("subject"), r.get("severity"), r.get("state")) for r in ElementTree.fromstring(run.stdout).iter(NS + "rule")]
    errors = any(r[3] == "fail" and r[2] == "error" for r in results)
    if run.returncode != (1 if errors else 0):
        fail("%s: exit status %d" % (path, run.returncode))
    return results


def markdown(rules):
    lines = ["# Rules of `sriov-dump --validate`", "",
             "Made from `sriov-dump --list-rules` by `tests/rules.py`; a test holds it equal.", "",
             "A rule of severity error names an implementation that rejects what breaks it; a warning rests on the specification's text or limits",
             "what works; information is no defect. A rule without the registers, the address or the other functions that it needs is not applicable.", ""]
    for ident, severity, scope, title, (spec, why) in rules:
        lines += ["## %s" % ident, "", "**%s.**" % title, "", "- severity: %s, judged on each %s" % (severity, scope), "- specification: %s" % spec,
                  "- why: %s" % why, ""]
    return "\n".join(lines).rstrip() + "\n"


def same_tree(a, b):
    for folder, _, names in os.walk(a):
        for name in names:
            one = os.path.join(folder, name)
            other = os.path.join(b, os.path.relpath(one, a))
            if not os.path.exists(other) or not filecmp.cmp(one, other, shallow=False):
                fail("%s is not what the generator makes: run tests/make-rule-fixtures.py fixtures/rules" % other)


def main():
    tool, src = sys.argv[1], sys.argv[2]
    docs = os.path.join(src, "docs", "rules.md")
    rules = list_rules(tool)
    text = markdown(rules)
    if sys.argv[3:] == ["--docs"]:
        with open(docs, "w") as f:
            f.write(text)
        return 0
    if not os.path.exists(docs) or open(docs).read() != text:
        fail("docs/rules.md is not what --list-rules says: run tests/rules.py SRIOV-DUMP SRCDIR --docs")

    fixtures = os.path.join(src, "fixtures", "rules")
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([sys.executable, os.path.join(src, "tests", "make-rule-fixtures.py"), tmp], check=True)
        same_tree(tmp, fixtures)

    passed = set()
    for name in sorted(os.listdir(os.path.join(fixtures, "valid"))):
        for ident, subject, severity, state in judge(tool, os.path.join(fixtures, "valid", name)):
            if state == "pass":
                passed.add(ident)
            elif state == "fail" and (severity == "error" or (name, ident) not in SAID):
                fail("%s: %s breaks %s" % (name, subject, ident))
    # parts that break a rule in silicon get that finding and no other error
    for name in sorted(os.listdir(os.path.join(fixtures, "silicon"))):
        broken = [r[:2] for r in judge(tool, os.path.join(fixtures, "silicon", name)) if r[3] == "fail"]
        if {b[0] for b in broken} != {"R20"} or len(broken) != len(set(broken)):
            fail("%s: %s" % (name, broken))
    for ident, *_ in rules:
        path = os.path.join(fixtures, "broken", ident)
        path = path if os.path.isdir(path) else path + ".lspci"
        if not os.path.exists(path):
            fail("%s has no fixture that breaks it" % ident)
            continue
        results = judge(tool, path)
        broken = {r[0] for r in results if r[3] == "fail"}
        if broken != {ident}:
            fail("%s: breaks %s" % (path, sorted(broken)))
        if ident not in passed:
            fail("%s is passed by no valid fixture" % ident)
    print("%d rules, %d of them passed by valid fixtures" % (len(rules), len(passed)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
