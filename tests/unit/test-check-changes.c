/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one change of the evidence changes in the report: a healthy host, one without VFs, and none at all; a row a change. The lines
 * of the report that are not as before are held in expect/check-changes.
 */
#include "unit.h"
#include "expect.h"
#include "healthy.h"

#define GUEST    {.goal_given = true, .goal = GOAL_GUEST}
#define WANTS(n) {.has_vfs = true, .vfs = (n)}
#define LOG(text_)  {"dmesg", "[ 9.0] " text_ "\n"}
#define WROTE(what) {"transcript", "# echo " what "\n"}
#define NUMVFS   "/sys/bus/pci/devices/0000:01:00.0/sriov_numvfs"
#define BASH     "-bash: echo: write error: "
#define REFUSED  {PF "sriov_totalvfs", GONE}, {PF "sriov_numvfs", GONE}
#define NO_VFS   {"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}
#define LINE_0   "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
#define SEVEN    "0x00000000fe900000 0x00000000fe91ffff 0x0000000000040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0
#define IOMEM    "00001000-0009ffff : System RAM\nc0000000-febfffff : PCI Bus 0000:00\n  fe800000-fe9fffff : PCI Bus 0000:01\n"

static const struct {
	enum host_state host;
	struct ask ask;
	struct edit edits[4];
} changes[] = {
	{IN_USE, HOST, {{NULL}}}, {IN_USE, HYPERV, {{NULL}}}, {IN_USE, GUEST, {{NULL}}}, {IN_USE, WANTS(7), {{NULL}}}, {IN_USE, WANTS(8), {{NULL}}},
	{IN_USE, WANTS(9), {{NULL}}}, {IN_USE, WANTS(2), {{NULL}}}, {IN_USE, WANTS(1), {{NULL}}},
	{IDLE, HOST, {{NULL}}}, {IDLE, HYPERV, {{NULL}}}, {IDLE, GUEST, {{NULL}}}, {IDLE, WANTS(7), {{NULL}}}, {IDLE, WANTS(8), {{NULL}}}, {IDLE, WANTS(9), {{NULL}}},
	/* registers of the PF */
	{IDLE, {0}, {REG(PF_SPACE, 0x16c, 2, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0x16c, 2, 4)}}, {IDLE, {0}, {REG(PF_SPACE, 0x16e, 2, 0)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x174, 2, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0x176, 2, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0x174, 4, 0x00010100)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x174, 4, 0x0001ff00)}}, {IDLE, {0}, {REG(PF_SPACE, 0x174, 4, 0x00100180)}}, {IDLE, {0}, {REG(PF_SPACE, 0x174, 4, 0x00010001)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x17c, 4, 0x552)}}, {IDLE, {0}, {REG(PF_SPACE, 0x180, 4, 0x2)}}, {IDLE, {0}, {REG(PF_SPACE, 0x17c, 4, 0)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x172, 1, 1)}}, {IDLE, {0}, {REG(PF_SPACE, 0x160, 4, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0x160, 4, 0x16010010)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x160, 2, 0x0bad)}}, {IDLE, {0}, {REG(PF_SPACE, 0x100, 4, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0x100, 4, 0xffffffff)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x100, 2, 0x0bad)}}, {IDLE, {0}, {REG(PF_SPACE, 0x184, 4, 0xfe80000c)}}, {IDLE, {0}, {REG(PF_SPACE, 0x184, 4, 0x0000000c)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x184, 4, 0x0000e001)}}, {IDLE, {0}, {REG(PF_SPACE, 64, CUT, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 256, CUT, 0)}},
	{IDLE, {0}, {REG(PF_SPACE, 0x170, CUT, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0, CUT, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 0, 4, 0xffffffff), REG(PF_SPACE, 0xe, 1, 0xff)}},
	{IDLE, {0}, {REG(PF_SPACE, 4, 2, 0)}}, {IDLE, {0}, {REG(PF_SPACE, 4, 2, 6)}}, {IDLE, {0}, {REG(PF_SPACE, 0x42, 2, 0x92)}}, {IDLE, {0}, {REG(PF_SPACE, 8, 4, 0x01080200)}},
	{IN_USE, {0}, {REG(PF_SPACE, 0x168, 2, 0x10)}}, {IN_USE, {0}, {REG(PF_SPACE, 0x168, 2, 0x11)}}, {IN_USE, {0}, {REG(PF_SPACE, 0x168, 2, 0x9)}},
	{IN_USE, {0}, {REG(PF_SPACE, 0x170, 2, 4)}}, {IN_USE, {0}, {REG(PF_SPACE, 0x170, 2, 9)}}, {IN_USE, {0}, {REG(PF_SPACE, 0x170, 2, 1)}},
	/* the same where the kernel has no attributes for it */
	{IDLE, {0}, {REG(PF_SPACE, 0x17c, 4, 0), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x17c, 4, 2), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x16e, 2, 0), REFUSED}},
	{IDLE, {0}, {REG(PF_SPACE, 0x16c, 2, 4), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x174, 2, 0), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}},
	{IDLE, {0}, {{PF "resource", SEVEN "0x00000000fe820000 0x00000000fe823fff 0x0000000000040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}, REFUSED}},
	{IDLE, {0}, {{PF "resource", SEVEN "0x00000000fe820000 0x00000000fe83ffff 0x0000000000040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}, REFUSED}},
	{IDLE, {0}, {{"boot/config-6.12.0", "CONFIG_PCI_IOV=y\n"}, {"proc/cmdline", "pci=nosriov\n"}, REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 256, CUT, 0), REFUSED}},
	{IDLE, {0}, {REG(PF_SPACE, 0, CUT, 0), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x100, 4, 0), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0x100, 4, 0xffffffff), REFUSED}},
	{IDLE, {0}, {{"proc/cmdline", "pci=nommconf\n"}, REG(PF_SPACE, 256, CUT, 0), REFUSED}}, {IDLE, {0}, {{"run/systemd/container", "lxc\n"}, REFUSED}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x101515b3), REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x15728086), REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x16d814e4), REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}}, {IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x10d38086), REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x223510de), REG(PF_SPACE, 0x160, 2, 0x0bad), REFUSED}},
	/* of the port */
	{IN_USE, {0}, {REG(PORT_SPACE, 0x68, 2, 0)}}, {IDLE, {0}, {REG(PORT_SPACE, 0x64, 4, 0), REG(PORT_SPACE, 0x68, 2, 0), {PF "ari_enabled", "0\n"}}},
	{IDLE, {0}, {REG(PORT_SPACE, 0x68, 2, 0), {PF "ari_enabled", "0\n"}}}, {IDLE, {0}, {REG(PORT_SPACE, 0x42, 2, 0x41)}}, {IDLE, {0}, {REG(PORT_SPACE, 0x42, 2, 0x142)}},
	{IDLE, {0}, {REG(PORT_SPACE, 0x64, 4, 0), REG(PORT_SPACE, 0x68, 2, 0), {"proc/cmdline", "pci=noari\n"}, {PF "ari_enabled", "0\n"}}},
	{IN_USE, {0}, {REG(PORT_SPACE, 0x106, 2, 0)}}, {IN_USE, {0}, {REG(PORT_SPACE, 0x106, 2, 0x1c)}}, {IN_USE, {0}, {REG(PORT_SPACE, 0x106, 2, 0x15)}},
	{IN_USE, {0}, {REG(PORT_SPACE, 0x106, 2, 0x0d)}}, {IN_USE, {0}, {REG(PORT_SPACE, 0x106, 2, 0x19)}}, {IN_USE, {0}, {REG(PORT_SPACE, 0x104, 4, 0)}},
	{IN_USE, {0}, {REG(PORT_SPACE, 0x100, 4, 0)}}, {IN_USE, {0}, {REG(PORT_SPACE, 256, CUT, 0)}}, {IN_USE, {0}, {REG(PORT_SPACE, 0, CUT, 0)}},
	{IN_USE, {0}, {{"@" VF0 "iommu_group", "../../../../kernel/iommu_groups/11"}, {"@sys/kernel/iommu_groups/11/devices/0000:01:10.0", "x"}, REG(PORT_SPACE, 0x106, 2, 0)}},
	{IN_USE, {0}, {{"@" VF0 "iommu_group", "../../../../kernel/iommu_groups/11"}, {"@sys/kernel/iommu_groups/11/devices/0000:01:10.0", "x"}}},
	{IN_USE, {0}, {{"@" VF0 "iommu_group", GONE}, {"@" VF1 "iommu_group", GONE}}},
	{IDLE, {0}, {REG(PORT_SPACE, 0x1a, 1, 1), REG(PF_SPACE, 0x174, 4, 0x00010100)}}, {IDLE, {0}, {REG(PORT_SPACE, 0x1a, 1, 2), REG(PF_SPACE, 0x174, 4, 0x00010100)}},
	{IDLE, {0}, {REG(PORT_SPACE, 0x20, 4, 0xfe90fe90), {PF "resource", SEVEN "0x0000000000000000 0x000000000001ffff 0x0000000020040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}}},
	{IDLE, {0}, {{"proc/iomem", IOMEM}, {PF "resource", SEVEN "0x0000000000000000 0x000000000001ffff 0x0000000020040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}}},
	{IDLE, {0}, {{"proc/iomem", IOMEM}, {PF "resource", SEVEN "0x0000000000000000 0x000000001fffffff 0x000000002014220c\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}}},
	{IDLE, {0}, {{"proc/iomem", IOMEM "6000000000-7fffffffff : PCI Bus 0000:00\n"}, {PF "resource", SEVEN "0x0000000000000000 0x000000001fffffff 0x000000002014220c\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}}},
	{IDLE, {0}, {{PF "resource", SEVEN "0x00000000fe820000 0x00000000fe83ffff 0x0000000000040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0}}},
	{IDLE, {0}, {{PF "resource", "0x0000000000000000 0x000000000001ffff 0x0000000020040200\n"}}},
	/* VFs */
	{IN_USE, {0}, {REG(VF0_SPACE, 0, 4, 0xffffffff), REG(VF0_SPACE, 4, 4, 0xffffffff), REG(VF0_SPACE, 0xe, 1, 0xff), {"@" VF0 "driver", GONE}}},
	{IN_USE, {0}, {REG(VF0_SPACE, 0, CUT, 0)}}, {IN_USE, {0}, {REG(VF0_SPACE, 0x44, 4, 0), {VF0 "reset_method", GONE}}}, {IN_USE, {0}, {{VF0 "reset_method", "bus\n"}}},
	{IN_USE, {0}, {{"@" VF0 "driver", GONE}}}, {IN_USE, HOST, {{"@" VF0 "driver", GONE}}}, {IN_USE, HOST, {NO_VFS}}, {IN_USE, {0}, {NO_VFS}},
	{IN_USE, HOST, {NO_VFS, {"proc/modules", "igb 1 0 - Live 0x0\n"}, {"etc/modprobe.d/x.conf", "blacklist igbvf\n"}}},
	{IN_USE, HOST, {NO_VFS, {"proc/modules", "igb 1 0 - Live 0x0\n"}, {"lib/modules/6.12.0/modules.alias", "alias pci:v0000 x\n"}}},
	{IN_USE, HOST, {NO_VFS, {"proc/modules", "igb 1 0 - Live 0x0\n"}, {"proc/cmdline", "modprobe.blacklist=igbvf intel_iommu=on\n"}}},
	{IN_USE, HOST, {NO_VFS, {"proc/modules", GONE}}}, {IN_USE, {0}, {{"@" VF0 "driver", "../x/vfio-pci"}}}, {IN_USE, {0}, {{"@" VF0 "driver", "../x/pci-stub"}}},
	{IN_USE, {0}, {{"@" VF0 "driver", "../x/uio_pci_generic"}, {"@" VF1 "driver", "../x/vfio-pci"}}}, {IN_USE, {0}, {{"@" PF "driver", "../x/vfio-pci"}, {"@" VF0 "driver", "../x/vfio-pci"}}},
	{IN_USE, HYPERV, {{"@" VF0 "driver", GONE}}}, {IN_USE, {0}, {{PF "sriov_numvfs", "0\n"}}}, {IN_USE, {0}, {{PF "sriov_numvfs", "3\n"}}},
	/* the PF's driver */
	{IDLE, {0}, {{"@" PF "driver", GONE}}}, {IDLE, {0}, {{"@" PF "driver", "../x/vfio-pci"}}}, {IDLE, {0}, {{"@" PF "driver", "../x/pci-stub"}}},
	{IDLE, {0}, {{"@" PF "driver", "../x/e1000e"}}}, {IDLE, {0}, {{"@" PF "driver", "../x/mlx4_core"}}}, {IDLE, {0}, {{"@" PF "driver", "../x/mlx5_core"}}},
	{IDLE, {0}, {{"@" PF "driver", "../x/vfio-pci"}, {"sys/module/vfio_pci/parameters/enable_sriov", "N\n"}}},
	{IDLE, {0}, {{"@" PF "driver", "../x/vfio-pci"}, {"sys/module/vfio_pci/parameters/enable_sriov", "Y\n"}}},
	{IDLE, {0}, {{PF "sriov_totalvfs", "0\n"}}}, {IDLE, {0}, {{PF "sriov_totalvfs", "8\n"}}}, {IDLE, {0}, {{PF "sriov_totalvfs", "1\n"}}}, {IDLE, {0}, {{PF "sriov_totalvfs", GONE}}},
	{IDLE, {0}, {{PF "sriov_totalvfs", GONE}, {PF "sriov_numvfs", GONE}}}, {IDLE, {0}, {{PF "sriov_totalvfs", GONE}, {PF "sriov_numvfs", GONE}, {"boot/config-6.12.0", "# CONFIG_PCI_IOV is not set\n"}}},
	{IDLE, {0}, {{PF "sriov_totalvfs", GONE}, {PF "sriov_numvfs", GONE}, {"boot/config-6.12.0", "CONFIG_PCI_IOV=y\n"}}}, {IDLE, {0}, {{PF "sriov_drivers_autoprobe", "0\n"}}},
	{IDLE, WANTS(4), {{PF "sriov_totalvfs", "2\n"}}}, {IDLE, {0}, {{PF "net/eth0/operstate", "down\n"}, {PF "net/eth0/flags", "0x1002\n"}}},
	{IDLE, {0}, {{PF "power_state", "D3cold\n"}}}, {IDLE, {0}, {{PF "enable", "0\n"}}}, {IDLE, {0}, {{PF "device", "0x1533\n"}, REG(PF_SPACE, 2, 2, 0x1533)}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x101515b3), {"@" PF "driver", "../x/mlx5_core"}, {PF "sriov_totalvfs", "0\n"}}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x158b8086), {"@" PF "driver", "../x/i40e"}, REG(PF_SPACE, 0x16e, 2, 0)}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x16d814e4), {"@" PF "driver", "../x/bnxt_en"}, REG(PF_SPACE, 0x16e, 2, 0)}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x46a68086), REG(PF_SPACE, 8, 4, 0x03000000), {"@" PF "driver", "../x/i915"}}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0x223510de), REG(PF_SPACE, 8, 4, 0x03020000), {"@" PF "driver", "../x/nvidia"}}},
	{IDLE, {0}, {REG(PF_SPACE, 0, 4, 0xa824144d), REG(PF_SPACE, 8, 4, 0x01080200), {"@" PF "driver", "../x/nvme"}}},
	/* the host */
	{IN_USE, {0}, {{"@sys/class/iommu/dmar0", GONE}}}, {IN_USE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cmdline", "quiet\n"}}},
	{IN_USE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cmdline", "intel_iommu=off\n"}}}, {IN_USE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cmdline", "iommu=off\n"}}},
	{IDLE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cmdline", "quiet\n"}, {"sys/firmware/acpi/tables/FACP", "x"}}}, {IDLE, {0}, {{"proc/cmdline", "iommu=pt intel_iommu=on\n"}}},
	{IDLE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: fpu svm npt\n"}, {"proc/cmdline", "amd_iommu=off\n"}}},
	{IDLE, {0}, {{"@sys/class/iommu/dmar0", GONE}, {"proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: fpu svm npt\n"}, {"proc/cmdline", "quiet\n"}}},
	{IN_USE, {0}, {{"proc/interrupts", "  24:  0  PCI-MSI 0-edge aerdrv\n"}}}, {IN_USE, {0}, {{"proc/interrupts", GONE}}}, {IN_USE, {0}, {{"proc/cmdline", "intremap=off intel_iommu=on\n"}, {"proc/interrupts", "  24:  0  PCI-MSI 0-edge aerdrv\n"}}},
	{IN_USE, {0}, {{"proc/cmdline", "nointremap intel_iommu=on\n"}, {"proc/interrupts", "  24:  0  PCI-MSI 0-edge aerdrv\n"}, {"sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "Y\n"}}},
	{IDLE, {0}, {{"proc/cmdline", "pci=nosriov\n"}}}, {IDLE, {0}, {{"proc/cmdline", "pci=realloc=off\n"}}}, {IDLE, {0}, {{"proc/cmdline", "pci=nomsi\n"}}}, {IDLE, {0}, {{"proc/cmdline", "nomodeset max_vfs=4 igb.max_vfs=4\n"}}},
	{IDLE, {0}, {{"proc/cmdline", "pci=conf1,nommconf\n"}}}, {IDLE, {0}, {{"proc/cmdline", GONE}}}, {IDLE, {0}, {{"proc/cpuinfo", GONE}}}, {IDLE, {0}, {{"proc/version", GONE}}}, {IDLE, {0}, {{"proc/version", "Linux version 3.2.0 (x) #1\n"}}},
	{IDLE, {0}, {{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu\n"}}}, {IDLE, {0}, {{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx hypervisor\n"}}},
	{IN_USE, {0}, {{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx hypervisor\n"}}}, {IDLE, {0}, {{"sys/class/dmi/id/sys_vendor", "QEMU\n"}, {"proc/cpuinfo", GONE}}},
	{IDLE, {0}, {{"run/systemd/container", "lxc\n"}}}, {IDLE, {0}, {{"run/systemd/container", "docker\n"}, {"proc/mounts", "sysfs /sys sysfs ro,nosuid 0 0\n"}}}, {IDLE, {0}, {{".dockerenv", ""}, {"var/run/secrets/kubernetes.io/serviceaccount/namespace", "x"}}},
	{IDLE, {0}, {{"proc/mounts", "sysfs /sys sysfs ro,nosuid 0 0\n"}}}, {IDLE, {0}, {{"sys/kernel/security/lockdown", "none [integrity] confidentiality\n"}}}, {IDLE, {0}, {{"sys/kernel/security/lockdown", "none integrity [confidentiality]\n"}, REG(PF_SPACE, 64, CUT, 0)}},
	{IDLE, {0}, {{"etc/modprobe.d/sriov.conf", "options igb max_vfs=4\n"}}}, {IDLE, {0}, {{"etc/udev/rules.d/50-sriov.rules", "ACTION==\"add\", ATTR{device/sriov_numvfs}=\"4\"\n"}}},
	{IDLE, {0}, {{"etc/systemd/network/10-x.link", "[Match]\nDriver=igb\n[SR-IOV]\nVirtualFunction=0\n[Link]\nSR-IOVVirtualFunctions=4\n"}}}, {IDLE, {0}, {{"etc/rc.local", "echo 4 > " NUMVFS "\n"}}},
	{IDLE, {0}, {{"etc/netplan/x.yaml", "network:\n  ethernets:\n    eth0:\n      virtual-function-count: 4\n"}, {PF "net/eth0/operstate", "up\n"}}},
	{IDLE, {0}, {{"bios", "{\"Attributes\": {\"SriovGlobalEnable\": \"Disabled\", \"VtForDirectIo\": \"Disabled\", \"MmioAbove4Gb\": \"Disabled\"}}"}}},
	{IDLE, {0}, {{"bios", "{\"Attributes\": {\"SriovGlobalEnable\": \"Enabled\", \"AriSupport\": \"Disabled\", \"AcsControl\": \"Enabled\"}}"}}},
	{IDLE, {0}, {{"sys/class/dmi/id/product_name", "OptiPlex 7010\n"}}}, {IDLE, {0}, {{"etc/os-release", "ID=rhel\n"}, {"proc/cmdline", "quiet\n"}, {"@sys/class/iommu/dmar0", GONE}}},
	{IDLE, {0}, {{"etc/os-release", "ID=arch\n"}, {"etc/default/grub", GONE}, {"etc/kernel/cmdline", "quiet\n"}, {"@sys/class/iommu/dmar0", GONE}}},
	/* what the kernel says */
	{IDLE, {0}, {LOG("igb 0000:01:00.0: Failed to enable SR-IOV: -5")}}, {IDLE, {0}, {LOG("igb 0000:01:00.0: Failed to enable SR-IOV: -12")}}, {IDLE, {0}, {LOG("igb 0000:01:00.0: Failed to enable SR-IOV: -19")}},
	{IDLE, {0}, {LOG("igb 0000:01:00.0: not enough MMIO resources for SR-IOV")}}, {IDLE, {0}, {LOG("igb 0000:01:00.0: SR-IOV: bus number out of range")}}, {IDLE, {0}, {LOG("pci 0000:01:00.0: VF BAR 0 [mem size 0x00020000 64bit pref]: failed to assign")}},
	{IDLE, {0}, {LOG("pci 0000:01:00.0: BAR 7: no space for [mem size 0x00020000 64bit pref]\n[ 9.1] pci 0000:01:00.0: BAR 7: failed to assign [mem size 0x00020000 64bit pref]")}},
	{IDLE, {0}, {LOG("pci 0000:01:00.0: VF BAR 0 [mem 0x6000000000-0x600001ffff 64bit pref]: assigned")}}, {IDLE, {0}, {LOG("igb 0000:01:00.0: driver does not support SR-IOV configuration via sysfs")}},
	{IDLE, {0}, {LOG("igb 0000:01:00.0: 7 VFs requested; only 2 enabled")}}, {IDLE, {0}, {LOG("ice 0000:01:00.0: Cannot enable SR-IOV, device not ready")}}, {IDLE, {0}, {LOG("ice 0000:01:00.0: SR-IOV cannot be configured - Device is in Safe Mode")}},
	{IDLE, {0}, {LOG("ixgbe 0000:01:00.0: SRIOV is not supported with XDP")}}, {IDLE, {0}, {LOG("igb 0000:01:00.0: Cannot modify SR-IOV while VFs are assigned")}}, {IDLE, {0}, {LOG("bnxt_en 0000:01:00.0 eth0: Cannot enable VFS as representors cannot be created")}},
	{IDLE, {0}, {LOG("pci 0000:01:10.0: unknown header type 7f, ignoring device")}}, {IDLE, {0}, {LOG("pci 0000:01:10.0: [8086:10ca] type 7f class 0xffffff conventional PCI")}}, {IDLE, {0}, {LOG("ixgbevf 0000:01:10.0: PF still in reset state. Is the PF interface up?")}},
	{IDLE, {0}, {LOG("DMAR: [Firmware Bug]: Your BIOS is broken; DMAR reported at address 0!")}}, {IDLE, {0}, {LOG("DMAR-IR: Enabled IRQ remapping in x2apic mode")}}, {IDLE, {0}, {LOG("AMD-Vi: Interrupt remapping enabled")}},
	{IDLE, {0}, {LOG("kvm: disabled by bios")}}, {IDLE, {0}, {LOG("ACPI FADT declares the system doesn't support MSI")}}, {IDLE, {0}, {LOG("Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7")}},
	{IDLE, {0}, {LOG("Lockdown: lspci: direct PCI access is restricted; see man kernel_lockdown.7")}}, {IDLE, {0}, {LOG("pci 0000:01:00.0: can't enable 4 VFs (bus 02 out of range of [bus 01])")}},
	{IDLE, {0}, {LOG("mlx5_core 0000:01:00.0: mlx5_sriov_enable: pci_enable_sriov failed : -28")}}, {IDLE, {0}, {LOG("i40e 0000:01:00.0: Failed to enable SR-IOV: -28")}},
	{IDLE, {0}, {LOG("pci 0000:00:01.0: devices behind bridge are unusable because [bus 01] cannot be assigned for them")}}, {IDLE, {0}, {LOG("OF: /soc/pcie@3800000: no msi-map translation for id 0x180 on (null)")}},
	{IN_USE, {0}, {LOG("vfio-pci 0000:01:10.0: Adding kernel taint for vfio-noiommu group on device")}}, {IN_USE, {0}, {LOG("igb 0000:01:00.0: 2 VFs allocated")}},
	{IN_USE, {0}, {LOG("pci 0000:01:10.2: not ready 65535ms after FLR; giving up")}},
	/* what people tried */
	{IDLE, {0}, {WROTE("4 > " NUMVFS)}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Device or resource busy")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Cannot allocate memory")}},
	{IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Input/output error")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Invalid argument")}}, {IDLE, {0}, {WROTE("9 > " NUMVFS "\n" BASH "Numerical result out of range")}},
	{IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "No such device")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "No space left on device")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Operation not supported")}},
	{IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "No such file or directory")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n-bash: " NUMVFS ": Permission denied")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n-bash: " NUMVFS ": Read-only file system")}},
	{IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Operation not permitted")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Function not implemented")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n# cat " NUMVFS "\n0")}},
	{IDLE, {0}, {WROTE("4 > " NUMVFS "\n# cat " NUMVFS "\n4")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n# cat " NUMVFS "\n2")}}, {IDLE, {0}, {WROTE("4 > " NUMVFS "\n# reboot\n# cat " NUMVFS "\n0")}},
	{IN_USE, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Device or resource busy")}}, {IN_USE, {0}, {WROTE("0 > " NUMVFS "\n" BASH "Device or resource busy")}}, {IN_USE, {0}, {WROTE("8 > " NUMVFS "\n" BASH "Numerical result out of range")}},
	/* nothing of a host */
	{NOTHING, GUEST, {{NULL}}}, {NOTHING, HYPERV, {{NULL}}}, {NOTHING, {0}, {LOG("igb 0000:01:00.0: Failed to enable SR-IOV: -5")}}, {NOTHING, {0}, {LOG("igb 0000:01:00.0: Failed to enable SR-IOV: -12")}}, {NOTHING, {0}, {LOG("ice 0000:01:00.0: Cannot enable SR-IOV, device not ready")}},
	{NOTHING, {0}, {LOG("igb 0000:01:00.0: not enough MMIO resources for SR-IOV")}}, {NOTHING, {0}, {LOG("igb 0000:01:00.0: driver does not support SR-IOV configuration via sysfs")}},
	{NOTHING, {0}, {LOG("pci 0000:01:10.0: unknown header type 7f, ignoring device")}}, {NOTHING, {0}, {LOG("pci 0000:01:10.2: [8086:10ca] type 7f class 0xffffff conventional PCI")}}, {NOTHING, {0}, {LOG("igb 0000:01:00.0: can't enable 4 VFs (bus 02 out of range of [bus 01])")}},
	{NOTHING, {0}, {LOG("pci 0000:01:00.0: VF BAR 0 [mem size 0x00020000 64bit pref]: failed to assign")}}, {NOTHING, {0}, {LOG("igb 0000:01:00.0: 7 VFs requested; only 2 enabled")}}, {NOTHING, {0}, {LOG("ixgbevf 0000:01:10.0: PF still in reset state. Is the PF interface up?")}},
	{NOTHING, {0}, {LOG("DMAR: [Firmware Bug]: Your BIOS is broken; DMAR reported at address 0!")}}, {NOTHING, {0}, {LOG("Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7")}},
	{NOTHING, {0}, {LOG("vfio-pci 0000:01:10.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.")}},
	{NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Input/output error")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Cannot allocate memory")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Device or resource busy")}},
	{NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Numerical result out of range")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n-bash: " NUMVFS ": Permission denied")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Invalid argument")}},
	{NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "No space left on device")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "No such device")}}, {NOTHING, {0}, {{"transcript", "# cat " NUMVFS "\ncat: " NUMVFS ": No such file or directory\n"}}},
	{NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Operation not supported")}}, {NOTHING, {0}, {WROTE("4 > " NUMVFS "\n" BASH "Operation not permitted")}}, {NOTHING, {0}, {{"transcript", "# virt-host-validate\nQEMU: Checking if IOMMU is enabled by kernel                               : WARN (IOMMU appears to be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments)\n"}}},
};

static char *describe(enum host_state host, struct ask ask, const struct edit *edits, size_t n)
{
	struct machine m;
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	build(host, &m, edits, n, ask);
	print_report(to, &m.report, NULL);
	for (size_t i = 0; i < m.report.settings_n; i++)
		fprintf(to, "  setting %s: wanted %s, found %s, %s\n", m.report.settings[i].name, m.report.settings[i].wanted, m.report.settings[i].found, m.report.settings[i].how);
	assert_int_equal(fclose(to), 0);
	end(&m);
	return text;
}

static void test_changes(void **state)
{
	(void)state;
	static const char *const names[] = {[IN_USE] = "two VFs", [IDLE] = "no VFs", [NOTHING] = "nothing"};
	struct text text;
	char *before[3];
	text_begin(&text);
	for (int host = IN_USE; host <= NOTHING; host++) {
		before[host] = describe((enum host_state)host, (struct ask){0}, NULL, 0);
		fprintf(text.to, "%s\n%s\n", names[host], before[host]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		const struct edit *edits = changes[i].edits;
		const struct ask *ask = &changes[i].ask;
		char *now = describe(changes[i].host, *ask, edits, ARRAY_SIZE(changes[i].edits));
		fprintf(text.to, "%s%s%s", names[changes[i].host], ask->goal_given ? ask->goal == GOAL_HOST ? ", goal host" : ", goal guest" : "",
			ask->profile == PROFILE_HYPERV ? ", Hyper-V" : "");
		if (ask->has_vfs)
			fprintf(text.to, ", %u wanted", (unsigned)ask->vfs);
		for (size_t k = 0; k < ARRAY_SIZE(changes[i].edits); k++)
			if (edits[k].space)
				fprintf(text.to, ", space %d at 0x%x 0x%x%s", (int)edits[k].space, edits[k].at, edits[k].value, edits[k].size & CUT ? " cut" : "");
			else if (edits[k].path)
				fprintf(text.to, ", %s %.*s", edits[k].path, edits[k].text == GONE ? 4 : (int)strlen(edits[k].text), edits[k].text == GONE ? "gone" : edits[k].text);
		fprintf(text.to, "\n");
		text_changes(&text, before[changes[i].host], now);
		fprintf(text.to, "\n");
		free(now);
	}
	for (int host = IN_USE; host <= NOTHING; host++)
		free(before[host]);
	text_expect(&text, "check-changes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_changes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
