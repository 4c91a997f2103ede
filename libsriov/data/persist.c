/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/machine.h"

const struct persist_way persist_ways[] = {
	{.os = "rhcos",
	 .step = "To make it last: a SriovNetworkNodePolicy with numVfs: %V for this interface",
	 .source = "OpenShift documentation, SR-IOV Network Operator"},
	{.os = "rhel,centos,rocky,almalinux,ol,fedora",
	 .step = "To make it last: nmcli connection modify %N sriov.total-vfs %V (the connection's name may differ from the interface's)",
	 .source = "NetworkManager documentation, setting sriov"},
	{.file = "etc/netplan",
	 .step = "To make it last: virtual-function-count: %V below %N in /etc/netplan, then netplan apply",
	 .source = "Netplan documentation, SR-IOV"},
	{.file = "etc/network/interfaces",
	 .step = "To make it last: pre-up echo %V > /sys/class/net/%N/device/sriov_numvfs below iface %N in /etc/network/interfaces",
	 .source = "interfaces(5)"},
	{.file = "etc/systemd/network",
	 .step = "To make it last: SR-IOVVirtualFunctions=%V below [Link] in /etc/systemd/network/10-%N.link (systemd 251 and later; the name must sort before 99-default.link)",
	 .source = "systemd.link(5)"},
	{.step = "To make it last: a file /etc/udev/rules.d/80-sriov.rules with ACTION==\"bind\", SUBSYSTEM==\"pci\", KERNEL==\"%P\", ATTR{sriov_numvfs}=\"%V\"",
	 .source = "udev(7); Linux drivers/base/dd.c driver_bound()"},
};
const size_t persist_ways_n = ARRAY_SIZE(persist_ways);
