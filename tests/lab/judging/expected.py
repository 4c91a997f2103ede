# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report says against what its scenario names. Each function yields complaints."""

_EXIT = {'ready': 0, 'blocked': 1, 'unknown': 3}


def _names(finding, ident, subject):
    return finding['id'] == ident and subject in (None, finding.get('subject'))


def ladders(report, state):
    for address, rung in state.reached.items():
        reached = report.ladders().get(address, ('no ladder', {}))[0]
        if reached != rung:
            yield f'{address}: reached "{reached}", expected "{rung}"'


def roots(report, state):
    """The failing roots are those named, all of them and no other; every consequence has its root."""
    failing = [finding for finding in report.findings() if finding['state'] == 'fail']
    found = [finding for finding in failing if finding.get('role', 'root') == 'root']
    for ident, subject in state.roots:
        if not any(_names(finding, ident, subject) for finding in found):
            yield f'root cause {ident} of {subject or "anything"} is not found'
    for finding in found:
        expected = any(_names(finding, *root) for root in state.roots) or finding['id'] in state.may
        if not expected:
            yield f'root cause {finding["id"]} of {finding.get("subject")} ({finding.get("severity")}) is not expected'
    for finding in failing:
        if finding.get('role') == 'consequence' and \
                not any(root['id'] == finding.get('because') for root in report.findings()):
            yield f'{finding["id"]}: its because, {finding.get("because")}, is no finding'


def said(report, state):
    for wanted, ident, subject in state.said:
        states = {finding['state'] for finding in report.findings() if _names(finding, ident, subject)}
        if wanted not in states:
            yield f'{ident} of {subject or "anything"} should be {wanted}, is {", ".join(sorted(states)) or "not there"}'


def status(report, state, exit_status):
    if _EXIT[report.verdict] != exit_status:
        yield f'verdict {report.verdict}, but exit status {exit_status}'
    if state.exit not in (None, exit_status):
        yield f'exit status {exit_status}, expected {state.exit}'


def asked(reports, state):
    """`reports` are the ones with -n, by number."""
    for number, outcome, ident in state.asked:
        report = reports.get(number)
        if report is None:
            yield f'-n {number} was not run'
            continue
        if outcome not in {plan['outcome'] for plan in report.plans().values()}:
            yield f'-n {number}: no plan says {outcome}'
        if ident and not any(finding['id'] == ident and finding['state'] == 'fail' for finding in report.findings()):
            yield f'-n {number}: {ident} is not found'
