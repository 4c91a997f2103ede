# SPDX-License-Identifier: GPL-2.0-or-later
# A plugin of sos (4.0 and later): the report and a capture that sriov-check reads later. To be put into sos/report/plugins/.
from sos.report.plugins import Plugin, IndependentPlugin, DebianPlugin, RedHatPlugin, UbuntuPlugin


class Sriov(Plugin, IndependentPlugin, DebianPlugin, RedHatPlugin, UbuntuPlugin):  # sos 4.0 passes over what is Independent alone

    short_desc = 'PCI Express SR-IOV: why VFs appear or do not'

    plugin_name = 'sriov'
    profiles = ('hardware', 'network', 'system', 'virt')
    packages = ('sriov-tools',)
    commands = ('sriov-check', 'sriov-dump')

    def setup(self):
        # statuses 1 and 3 speak of what was found; nothing of the host is changed
        self.add_cmd_output(['sriov-check -v --color=never', 'sriov-check -f xml'])
        self.add_cmd_output('sriov-dump --capture=%s/sriov-capture.tar' % self.get_cmd_output_path(), suggest_filename='sriov-dump_--capture')
