# SPDX-License-Identifier: GPL-2.0-or-later
"""The tools' XML, read with the names of sriov-report.xsd."""

import dataclasses
import xml.etree.ElementTree as tree

NS = '{urn:libsriov:report:1}'
RUNGS = ('visible', 'capable', 'routable', 'resourced', 'driven', 'enabled', 'bound', 'isolated', 'assignable')


@dataclasses.dataclass
class Report:
    root: tree.Element

    @property
    def verdict(self):
        return self.root.get('verdict')

    def ladders(self):
        """{PF address: (reached, {rung: state})}"""
        return {ladder.get('address'): (ladder.get('reached'),
                                        {rung.get('name'): rung.get('state') for rung in ladder.iter(NS + 'rung')})
                for ladder in self.root.iter(NS + 'ladder')}

    def findings(self):
        return [dict(finding.attrib) for finding in self.root.iter(NS + 'finding')]

    def plans(self):
        return {plan.get('address'): dict(plan.attrib) for plan in self.root.iter(NS + 'plan')}

    def function(self, address):
        for function in self.root.iter(NS + 'function'):
            if function.get('address') == address:
                return function
        return None

    def vfs(self, address):
        """The VFs of a PF by index."""
        function = self.function(address)
        return {} if function is None else {int(vf.get('index')): dict(vf.attrib) for vf in function.iter(NS + 'vf')}

    def field(self, address, capability, name):
        """A register field as a number; None if it is not there."""
        function = self.function(address)
        for cap in () if function is None else function.iter(NS + 'capability'):
            if cap.get('name') == capability:
                for field in cap.iter(NS + 'field'):
                    if field.get('name') == name:
                        return int(field.get('value'), 0)
        return None


def read(path):
    return Report(tree.parse(path).getroot())


def parse(text):
    return Report(tree.fromstring(text))
