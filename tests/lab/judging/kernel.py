# SPDX-License-Identifier: GPL-2.0-or-later
"""What a report says against what the kernel did. Each function yields complaints."""

from .report import RUNGS

# A rung of the ladder, and whether the kernel's behaviour reaches it; None: it did not show.
_WRITES_REACH_DRIVER = ('ok', 'EBUSY', 'ENOMEM', 'EIO', 'EPERM')


def _driven(pf):
    answers = [answer for answer in pf.writes.values() if answer != 'ERANGE']
    return answers[0] in _WRITES_REACH_DRIVER if answers else None


def _tried(*steps):
    def reached(pf):
        return None if pf.trial is None else all(pf.trial[step] == 'ok' for step in steps)
    return reached


_RUNGS = {
    'driven': _driven,
    'enabled': lambda pf: bool(pf.now),
    'bound': _tried('detach'),
    'isolated': _tried('bind', 'viable', 'container'),
    'assignable': _tried('bind', 'viable', 'container', 'device', 'interrupt'),
}


def _settled(rung):
    """The rung that a scenario claims to fail: its own expectation, `rung` reached, is the judge of that one."""
    return RUNGS[RUNGS.index(rung) + 1:][:1] if rung in RUNGS else ()


def ladder(report, pfs, expected):
    """`expected` is what the scenario says is reached: {PF address: rung}."""
    for address, pf in pfs.items():
        excused = _settled(expected.get(address))
        _, states = report.ladders().get(address, (None, {}))
        for rung, reached in _RUNGS.items():
            truth, said = reached(pf), states.get(rung)
            if truth is None or rung in excused or said in ('unknown', 'notapplicable', None):
                continue
            if (said == 'pass') != truth:
                yield f'{address}: rung {rung} is "{said}", the kernel says {"pass" if truth else "fail"} ({pf.trial})'


def registers(dump, pfs):
    for address, pf in pfs.items():
        sysfs = {'First VF Offset': int(pf.values['offset']), 'VF Stride': int(pf.values['stride']),
                 'VF Device ID': int(pf.values['vf_device'], 16), 'NumVFs': int(pf.values['numvfs'])}
        for name, value in {**pf.registers, **sysfs}.items():
            said = dump.field(address, 'SR-IOV', name)
            if said != value:
                yield f'{address}: SR-IOV {name} is {said}, the kernel has {value}'


def _first(complaints):
    """One wrong VF tells as much as a hundred."""
    if complaints:
        yield complaints[0] + (f' (and {len(complaints) - 1} more)' if len(complaints) > 1 else '')


def _vf(said, real):
    for name, key in (('address', 'address'), ('driver', 'driver'), ('iommu-group', 'group')):
        if said.get(name, '-') != real[key]:
            yield f'{name} is {said.get(name)}, the kernel has {real[key]}'
    if said.get('exists') != 'true':
        yield f'exists is {said.get("exists")}, the kernel has it'


def vfs(dump, pfs):
    """Those that exist: address, driver and group of each."""
    for address, pf in pfs.items():
        said = dump.vfs(address)
        yield from _first([f'{address}: VF {vf["index"]} {wrong}'
                           for vf in pf.now for wrong in _vf(said.get(int(vf['index']), {}), vf)])
        if not pf.now and any(vf.get('exists') == 'true' for vf in said.values()):
            yield f'{address}: VFs are said to exist, the kernel has none'


def predicted_vfs(report, address, pf, number):
    """Where the plan for a number puts its VFs, against where they were when the guest wrote it."""
    said = report.vfs(address)
    yield from _first([f'{address}: -n {number}: VF {vf["index"]} is predicted at '
                       f'{said.get(int(vf["index"]), {}).get("address")}, the kernel puts it at {vf["address"]}'
                       for vf in pf.made.get(number, ())
                       if said.get(int(vf['index']), {}).get('address') != vf['address']])


def plan(report, address, pf, number):
    """(predicted, measured) for one number."""
    return report.plans().get(address, {}).get('outcome'), pf.writes[number]
