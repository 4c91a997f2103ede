/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/machine.h"

#define NVME_CLASS 0x010802

const struct nic_tool nic_tools[] = {
	{.job = NIC_ENABLE, .vendor = 0x15b3,
	 .step = "mstconfig -d %P -y set SRIOV_EN=1 NUM_OF_VFS=%V (mlxconfig of NVIDIA's own tools takes the same), then restart, or mstfwreset -d %P reset",
	 .source = "NVIDIA Firmware Tools (MFT) documentation, mlxconfig; mstflint"},
	{.job = NIC_ENABLE, .vendor = 0x14e4, .driver = "bnxt_en",
	 .step = "devlink dev param set pci/%P name enable_sriov value true cmode permanent, then restart",
	 .source = "Linux Documentation/networking/devlink/bnxt.rst"},
	{.job = NIC_ENABLE, .vendor = 0x14e4,
	 .step = "Or with Broadcom's own tool: niccli -dev 1 nvm -setoption enable_sriov -value 1 and niccli -dev 1 nvm -setoption number_of_vfs_per_pf -scope 0 -value %V (niccli --list "
		 "shows the device numbers), then restart",
	 .source = "Broadcom NetXtreme-E user guide, NICCLI"},
	{.job = NIC_ENABLE, .vendor = 0x1924,
	 .step = "sfboot --adapter=%N sriov=enabled vf-count=%V, then a cold restart",
	 .source = "Solarflare Server Adapter User Guide, sfboot"},
	{.job = NIC_ENABLE, .vendor = 0x8086,
	 .step = "In the card's own set-up page (system set-up: Device Settings, the port, Device Level Configuration) choose Virtualization Mode SR-IOV, then restart; "
		 "without such a page: Intel's bootutil, or an NVM update with nvmupdate64e",
	 .source = "Intel Ethernet Adapters and Devices User Guide"},
	{.job = NIC_ENABLE, .vendor = 0x1077,
	 .step = "In the card's own set-up page (system set-up: Device Settings, the port, Device Level Configuration) choose Virtualization Mode SR-IOV, then restart",
	 .source = "Marvell FastLinQ user's guide, Device Level Configuration"},
	{.job = NIC_LIMIT, .vendor = 0x15b3,
	 .step = "mstconfig -d %P -y set NUM_OF_VFS=%V (mlxconfig of NVIDIA's own tools takes the same), then restart, or mstfwreset -d %P reset",
	 .source = "NVIDIA Firmware Tools (MFT) documentation, mlxconfig; mstflint"},
	{.job = NIC_LIMIT, .vendor = 0x14e4,
	 .step = "niccli -dev 1 nvm -setoption number_of_vfs_per_pf -scope 0 -value %V (niccli --list shows the device numbers), then restart",
	 .source = "Broadcom NetXtreme-E user guide, NICCLI"},
	{.job = NIC_LIMIT, .vendor = 0x1924,
	 .step = "sfboot --adapter=%N vf-count=%V, then a cold restart",
	 .source = "Solarflare Server Adapter User Guide, sfboot"},
	{.job = NIC_LIMIT, .step = "Raise the number of VFs in the device's own set-up page or with its vendor's tool, then a cold restart; or ask for fewer VFs",
	 .source = "public reports"},
	{.job = NIC_LOWER, .vendor = 0x15b3,
	 .step = "Or lower TotalVFs to what is needed: mstconfig -d %P -y set NUM_OF_VFS=%V, then restart",
	 .source = "NVIDIA Firmware Tools (MFT) documentation, mlxconfig; mstflint"},
	{.job = NIC_LOWER, .vendor = 0x14e4,
	 .step = "Or lower TotalVFs to what is needed: niccli -dev 1 nvm -setoption number_of_vfs_per_pf -scope 0 -value %V, then restart",
	 .source = "Broadcom NetXtreme-E user guide, NICCLI"},
	{.job = NIC_LOWER,
	 .step = "Or lower TotalVFs in the device's own firmware: the kernel reserves VF BAR size x TotalVFs, whatever number is asked for",
	 .source = "Linux drivers/pci/iov.c sriov_init()"},
	{.job = NIC_ONLINE, .class = NVME_CLASS, .class_mask = 0xffffff,
	 .step = "Give each secondary controller (1 is VF 0's) resources with nvme virt-mgmt: nvme virt-mgmt /dev/nvme0 -c 1 -r 0 -n 2 -a 8; the same with -r 1",
	 .source = "QEMU docs/system/devices/nvme.rst, SR-IOV; NVM Express Base specification, Virtualization Management command"},
	{.job = NIC_ONLINE, .class = NVME_CLASS, .class_mask = 0xffffff,
	 .step = "Then bring it online and let the driver try again: nvme virt-mgmt /dev/nvme0 -c 1 -a 9; echo VF_ADDRESS > /sys/bus/pci/drivers/nvme/bind",
	 .source = "QEMU docs/system/devices/nvme.rst, SR-IOV"},
	{.job = NIC_ONLINE, .class = NVME_CLASS, .class_mask = 0xffffff,
	 .step = "If there are no flexible resources left, take them from the primary controller while there are no VFs (risky: it resets the drive): "
		 "nvme virt-mgmt /dev/nvme0 -c 0 -r 0 -n 0 -a 1, the same with -r 1, then echo 1 > /sys/bus/pci/devices/%P/reset",
	 .source = "QEMU docs/system/devices/nvme.rst, SR-IOV"},
};
const size_t nic_tools_n = ARRAY_SIZE(nic_tools);
