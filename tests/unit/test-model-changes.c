/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What one change of the evidence changes in the model: a machine with two ports, two PFs and two VFs, and a row a change. The lines
 * of the model that are not as before are held in expect/model-changes.
 */
#include "unit.h"
#include "expect.h"
#include "model/model.h"
#include "space.h"

#define DEV  "sys/bus/pci/devices/"
#define PF   DEV "0000:01:00.0/"
#define PORT DEV "0000:00:01.0/"
#define GONE ((const char *)-1)

enum space_at { NO_SPACE, PORT_SPACE, PORT2_SPACE, PF_SPACE, PF1_SPACE, VF_SPACE, SPACES };
static const struct sriov_addr addrs[SPACES] = {
	[PORT_SPACE] = {0, 0, 1, 0}, [PORT2_SPACE] = {0, 0, 2, 0}, [PF_SPACE] = {0, 1, 0, 0}, [PF1_SPACE] = {0, 1, 0, 1}, [VF_SPACE] = {0, 1, 16, 0},
};

#define UNREAD 0x10 /* these bytes were not read */
#define CUT    0x20 /* the space ends here */

/* A register that is another, or a file ('@': a link, text GONE: it is not there). */
struct edit {
	enum space_at space;
	unsigned at, size;
	uint32_t value;
	const char *path, *text;
};
#define REG(space_, at_, size_, value_) {.space = (space_), .at = (at_), .size = (size_), .value = (value_)}
#define FILE_(path_, text_) {.path = (path_), .text = (text_)}

static const struct edit base[] = {
	FILE_("@" PF "driver", "../../../bus/pci/drivers/igb"), FILE_(PF "sriov_totalvfs", "7\n"), FILE_(PF "sriov_numvfs", "2\n"),
	FILE_(PF "sriov_drivers_autoprobe", "1\n"), FILE_(PF "vendor", "0x8086\n"), FILE_(PF "net/eth0/operstate", "up\n"),
	FILE_("@" PF "iommu_group", "../../../kernel/iommu_groups/7"), FILE_("@" DEV "0000:01:10.0/physfn", "../0000:01:00.0"),
	FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.0", "x"), FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.1", "x"),
	FILE_("sys/kernel/iommu_groups/7/type", "DMA-FQ\n"), FILE_("@sys/kernel/iommu_groups/12/devices/0000:01:10.0", "x"),
	FILE_("@sys/class/iommu/dmar0", "x"), FILE_("proc/interrupts", "  24:  1  0  IR-PCI-MSIX-0000:01:00.0  0-edge  eth0\n"),
	FILE_("proc/cmdline", "ro pci=realloc,noari intel_iommu=on\n"), FILE_("proc/version", "Linux version 6.12.9-amd64 (x@y)\n"),
	FILE_("proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: lm vmx ept\n"), FILE_("boot/config-6.12.9-amd64", "CONFIG_PCI_IOV=y\nCONFIG_VFIO=m\n"),
	FILE_("proc/modules", "igb 300 0 - Live 0x0\n"), FILE_("sys/class/dmi/id/sys_vendor", "Dell Inc.\n"),
	FILE_("sys/class/dmi/id/product_name", "R740\n"), FILE_("etc/os-release", "ID=debian\n"),
};

#define LINE_0    "0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
#define SIX_BARS  "0x00000000fe000000 0x00000000fe01ffff 0x0000000000040200\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0
#define VF_BARS   "0x0000000000000000 0x000000000001ffff 0x000000002014220c\n" LINE_0 LINE_0 "0x00000000fe820000 0x00000000fe83ffff 0x000000000014220c\n" LINE_0 LINE_0

static const struct {
	const char *what;
	struct edit edits[7];
} changes[] = {
	/* windows */
	{"I/O window above 64 KiB", {REG(PORT_SPACE, 0x1c, 2, 0x21f1), REG(PORT_SPACE, 0x30, 4, 0x00030002)}},
	{"16-bit I/O window, upper halves written", {REG(PORT_SPACE, 0x1c, 2, 0x20e0), REG(PORT_SPACE, 0x30, 4, 0x00030002)}},
	{"I/O window, upper base not read", {REG(PORT_SPACE, 0x1c, 2, 0x21f1), REG(PORT_SPACE, 0x30, 2 | UNREAD, 0)}},
	{"I/O window, upper limit not read", {REG(PORT_SPACE, 0x1c, 2, 0x21f1), REG(PORT_SPACE, 0x32, 2 | UNREAD, 0)}},
	{"I/O window above 64 KiB, what stands behind it not read", {REG(PORT_SPACE, 0x1c, 2, 0x21f1), REG(PORT_SPACE, 0x30, 4, 0x00030002), REG(PORT_SPACE, 0x34, 1 | UNREAD, 0)}},
	{"I/O window closed", {REG(PORT_SPACE, 0x1c, 2, 0x00f0)}},
	{"I/O window of one step", {REG(PORT_SPACE, 0x1c, 2, 0x3030)}},
	{"memory window, low bits set", {REG(PORT_SPACE, 0x20, 4, 0xfe3ffe0f)}},
	{"memory window closed", {REG(PORT_SPACE, 0x20, 4, 0x0000fff0)}},
	{"memory base not read", {REG(PORT_SPACE, 0x20, 2 | UNREAD, 0)}},
	{"memory limit not read", {REG(PORT_SPACE, 0x22, 2 | UNREAD, 0)}},
	{"prefetchable window of 32 bits", {REG(PORT_SPACE, 0x24, 4, 0xd010d000)}},
	{"prefetchable base not read", {REG(PORT_SPACE, 0x28, 4 | UNREAD, 0)}},
	{"prefetchable limit not read", {REG(PORT_SPACE, 0x2c, 4 | UNREAD, 0)}},
	{"prefetchable window, other upper halves", {REG(PORT_SPACE, 0x28, 4, 0x123), REG(PORT_SPACE, 0x2c, 4, 0x80000124)}},
	/* ports */
	{"bus numbers of sysfs", {REG(PORT_SPACE, 0x18, 3 | UNREAD, 0), FILE_(PORT "secondary_bus_number", "1\n"), FILE_(PORT "subordinate_bus_number", "9\n")}},
	{"no bus numbers", {REG(PORT_SPACE, 0x18, 3 | UNREAD, 0)}},
	{"express version 1", {REG(PORT_SPACE, 0x42, 2, 0x0041)}},
	{"express version 2 in a slot", {REG(PORT_SPACE, 0x42, 2, 0x0142), REG(PORT_SPACE, 0x54, 4, 0x00000040)}},
	{"in a slot without hot-plug", {REG(PORT_SPACE, 0x42, 2, 0x0142), REG(PORT_SPACE, 0x54, 4, 0xffffffbf)}},
	{"express version not read", {REG(PORT_SPACE, 0x42, 1 | UNREAD, 0)}},
	{"express flags not read", {REG(PORT_SPACE, 0x42, 2 | UNREAD, 0)}},
	{"ARI bit alone is off", {REG(PORT_SPACE, 0x64, 4, 0xffffffdf), REG(PORT_SPACE, 0x68, 2, 0xffdf)}},
	{"ARI bit alone is on", {REG(PORT_SPACE, 0x64, 4, 0x20), REG(PORT_SPACE, 0x68, 2, 0x20)}},
	{"ARI not read", {REG(PORT_SPACE, 0x64, 4 | UNREAD, 0), REG(PORT_SPACE, 0x68, 2 | UNREAD, 0)}},
	{"a switch's downstream port", {REG(PORT_SPACE, 0x42, 2, 0x0062)}},
	{"a switch's upstream port", {REG(PORT_SPACE, 0x42, 2, 0x0052)}},
	{"a bridge without express", {REG(PORT_SPACE, 0x34, 1, 0)}},
	{"no list of capabilities was read", {REG(PORT_SPACE, 0x40, 0 | CUT, 0)}},
	{"ACS all on", {REG(PORT_SPACE, 0x104, 4, 0xffffffff)}},
	{"ACS not read", {REG(PORT_SPACE, 0x104, 4 | UNREAD, 0)}},
	{"no extended list", {REG(PORT_SPACE, 0x100, 4, 0)}},
	{"a bridge by class", {REG(PORT_SPACE, 0x0e, 1 | UNREAD, 0)}},
	{"a card bus bridge", {REG(PORT_SPACE, 0x0e, 1, 2)}},
	{"two ports with one bus", {REG(PORT2_SPACE, 0x19, 1, 1)}},
	{"a port that claims its own bus", {REG(PORT_SPACE, 0x19, 1, 0)}},
	{"a port with no bus", {REG(PORT_SPACE, 0x19, 1, 7)}},
	/* lists of the host */
	{"resource of a PF", {FILE_(PF "resource", SIX_BARS LINE_0 VF_BARS)}},
	{"resource of a PF with 8 VFs", {REG(PF_SPACE, 0x16c, 4, 0x00080008), FILE_(PF "resource", SIX_BARS LINE_0 VF_BARS)}},
	{"resource of a PF without VFs", {REG(PF_SPACE, 0x16e, 2, 0), FILE_(PF "resource", SIX_BARS LINE_0 VF_BARS)}},
	{"resource of a VF BAR of I/O", {FILE_(PF "resource", SIX_BARS LINE_0 "0x000000000000e000 0x000000000000e0ff 0x0000000000040101\n" LINE_0 LINE_0 LINE_0 LINE_0 LINE_0)}},
	{"resource without VF BARs", {FILE_(PF "resource", SIX_BARS LINE_0)}},
	{"resource that is empty", {FILE_(PF "resource", "")}},
	{"resource of a port", {FILE_(PORT "resource", LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0
	 "0x0000000000002000 0x0000000000002fff 0x0000000000000101\n" "0x00000000fb000000 0x00000000fb3fffff 0x0000000000000200\n" "0x0000000000000000 0x00000000001fffff 0x0000000020102201\n" LINE_0)}},
	{"resource of a port, kernel without SR-IOV", {FILE_(PORT "resource", LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0
	 "0x0000000000002000 0x0000000000002fff 0x0000000000000101\n" "0x00000000fb000000 0x00000000fb3fffff 0x0000000000000200\n" "0x0000006000000000 0x00000060ffffffff 0x0000000000102201\n")}},
	{"resource with an end before its start", {FILE_(PF "resource", "0x00000000fe020000 0x00000000fe01ffff 0x0000000000040200\n")}},
	{"resource of the whole space", {FILE_(PF "resource", "0x0000000000000000 0xffffffffffffffff 0x0000000000040200\n")}},
	{"resource with too many lines", {FILE_(PF "resource", SIX_BARS LINE_0 VF_BARS LINE_0 LINE_0 LINE_0 LINE_0 SIX_BARS)}},
	/* BARs by the registers */
	{"an I/O BAR", {REG(PF_SPACE, 0x10, 4, 0x0000e003)}},
	{"a 64-bit BAR", {REG(PF_SPACE, 0x10, 4, 0xfe00000f), REG(PF_SPACE, 0x14, 4, 0x21)}},
	{"a 64-bit BAR, upper half not read", {REG(PF_SPACE, 0x10, 4, 0xfe00000c), REG(PF_SPACE, 0x14, 4 | UNREAD, 0)}},
	{"a 64-bit BAR with no upper half", {REG(PF_SPACE, 0x24, 4, 0xfe00000c), REG(PF_SPACE, 0x28, 4, 0x21)}},
	{"a BAR below 1 MiB", {REG(PF_SPACE, 0x10, 4, 0x000c0002)}},
	{"a BAR with no address", {REG(PF_SPACE, 0x10, 4, 0x00000008)}},
	{"BARs of a bridge", {REG(PORT_SPACE, 0x10, 4, 0xfd000000), REG(PORT_SPACE, 0x14, 4, 0xfc000004)}},
	{"header type not read", {REG(PF_SPACE, 0x0e, 1 | UNREAD, 0)}},
	/* PFs */
	/* what a log says of the machine */
	{"a log of another architecture", {FILE_("dmesg", "[    0.0] Linux version 6.1.0-13.aarch64 (a@b) #1\n"), FILE_("proc/version", GONE), FILE_("proc/cpuinfo", GONE)}},
	{"a command line in a log", {FILE_("dmesg", "[    0.0] Command line: BOOT_IMAGE=/vmlinuz pci=nommconf\n"), FILE_("proc/cmdline", GONE)}},
	{"a VF BAR's size in a log", {REG(PF_SPACE, 0x200, 2, 0x0bad), FILE_("dmesg", "[    0.1] pci 0000:01:00.0: VF BAR 0 [mem 0xfe800000-0xfe89ffff 64bit pref]: assigned\n")}},
	{"a VF BAR's size in a log, of one VF too", {REG(PF_SPACE, 0x200, 2, 0x0bad), FILE_("dmesg", "[    0.1] pci 0000:01:00.0: VF BAR 0 [mem 0xfe800000-0xfe81ffff 64bit pref]\n"
	 "[    0.1] pci 0000:01:00.0: VF BAR 0 [mem 0xfe800000-0xfe89ffff 64bit pref]: contains BAR 0 for 5 VFs\n")}},
	{"a BAR that the kernel moved since", {FILE_("dmesg", "[    1.0] pci 0000:01:00.0: BAR 0 [mem 0xfd000000-0xfd01ffff]: assigned\n")}},
	{"a log of a PC", {FILE_("dmesg", "[    0.0] Linux version 6.1.0-13.x86_64 (a@b) #1\n"), FILE_("proc/version", GONE), FILE_("proc/cpuinfo", GONE)}},
	{"a log of a mainframe", {FILE_("dmesg", "[    0.0] Linux version 6.1.0-13.s390x (a@b) #1\n"), FILE_("proc/version", GONE), FILE_("proc/cpuinfo", GONE)}},
	{"a kernel's log of syslog", {FILE_("var/log/kern.log", "[    0.1] DMAR-IR: Not enabling interrupt remapping\n"), FILE_("proc/interrupts", GONE)}},
	{"a function of all ones in a log", {REG(PF1_SPACE, 0, 4 | UNREAD, 0), FILE_("dmesg", "[    0.1] pci 0000:01:00.1: [ffff:ffff] type 7f class 0xffffff\n")}},
	{"a function with bit 7 of its header type in a log", {REG(PF1_SPACE, 0, 4 | UNREAD, 0), FILE_("dmesg", "[    0.1] pci 0000:01:00.1: [8086:1234] type 80 class 0x020000\n")}},
	{"a log with I/O", {FILE_("dmesg", "[    1.0] pci 0000:01:00.1: BAR 2 [io  0x2000-0x201f]: assigned\n")}},
	{"a BAR that the kernel left where it was", {FILE_("dmesg", "[    1.0] pci 0000:01:00.0: BAR 0 [mem 0xfe000000-0xfe01ffff]: assigned\n")}},
	{"firmware without a version", {FILE_("dmesg", "[    0.0] DMI: Dell Inc. PowerEdge R740/0ABC\n"), FILE_("sys/class/dmi/id/sys_vendor", GONE), FILE_("sys/class/dmi/id/product_name", GONE)}},
	{"firmware without a date", {FILE_("dmesg", "[    0.0] DMI: Dell Inc. PowerEdge R740/0ABC, BIOS 2.1\n"), FILE_("sys/class/dmi/id/sys_vendor", GONE), FILE_("sys/class/dmi/id/product_name", GONE)}},
	{"firmware with version and date", {FILE_("dmesg", "[    0.0] DMI: ACME R740/0ABC, BIOS 2.1 x 01/01/2020\n"), FILE_("sys/class/dmi/id/sys_vendor", GONE), FILE_("sys/class/dmi/id/product_name", GONE)}},
	{"firmware of no maker", {FILE_("dmesg", "[    0.0] DMI:  /, BIOS  01/01/2020\n"), FILE_("sys/class/dmi/id/sys_vendor", GONE), FILE_("sys/class/dmi/id/product_name", GONE)}},
	{"a log of Xen", {FILE_("dmesg", "[    0.0] Booting paravirtualized kernel on Xen PV\n"), FILE_("proc/cpuinfo", GONE)}},
	{"a log of KVM", {FILE_("dmesg", "[    0.0] Booting paravirtualized kernel on KVM\n"), FILE_("proc/cpuinfo", GONE)}},
	{"a log of bare hardware", {FILE_("dmesg", "[    0.0] Booting paravirtualized kernel on bare hardware\n"), FILE_("proc/cpuinfo", GONE)}},
	{"a log of a hypervisor", {FILE_("dmesg", "[    0.0] Hypervisor detected: VMware\n"), FILE_("proc/cpuinfo", GONE)}},
	{"remapping on, then off", {FILE_("dmesg", "[    0.0] DMAR-IR: Enabled IRQ remapping in x2apic mode\n[    0.1] DMAR-IR: Not enabling interrupt remapping\n"), FILE_("proc/interrupts", GONE)}},
	{"remapping off, then on", {FILE_("dmesg", "[    0.1] DMAR-IR: Not enabling interrupt remapping\n[    0.2] DMAR-IR: Enabled IRQ remapping in x2apic mode\n"), FILE_("proc/interrupts", GONE)}},
	{"names that are no root buses", {FILE_("proc/iomem", "1000-1fff : PCI Bus x\n2000-2fff : PCI Bus 100000000:00\n3000-3fff : PCI Bus 0000\n4000-4fff : PCI Bus 0000:0\n"
	 "5000-5fff : PCI Bus 0000:00x\n6000-6fff : PCI Bus 0001:80\n7000-7fff : System RAM\n8000-8fff : PCI Bus ffffffff:00\n")}},
	{"windows that a log tells", {FILE_("dmesg", "[    0.1] pci_bus 0000:00: root bus resource [mem 0xc0000000-0xfebfffff window]\n[    0.1] pci_bus 0000:00: root bus resource [io  0x0000-0x0cf7 window]\n"
	 "[    0.1] pci_bus 0001:80: root bus resource [mem 0x6000000000-0x7fffffffff 64bit pref]\n[    0.1] root bus resource [mem 0xd0000000-0xdfffffff window]\n")}},
	{"a bridge that a log tells", {FILE_("dmesg", "[    0.1] pci 0000:00:03.0: [8086:2030] type 01 class 0x060400 PCIe Root Port\n[    0.1] pci 0000:00:03.0: PCI bridge to [bus 05-07]\n"
	 "[    0.1] pci 0000:00:03.0: bridge window [io  0x3000-0x3fff]\n[    0.1] pci 0000:00:03.0: bridge window [mem 0xf0000000-0xf01fffff]\n"
	 "[    0.1] pci 0000:00:03.0: bridge window [mem 0x6000000000-0x60000fffff 64bit pref]\n")}},
	{"bus numbers that are too large", {REG(PORT_SPACE, 0x18, 3 | UNREAD, 0), FILE_(PORT "secondary_bus_number", "300\n"), FILE_(PORT "subordinate_bus_number", "301\n")}},
	{"a port's bus numbers are 0", {REG(PORT_SPACE, 0x18, 3, 0)}},
	{"groups with other names", {FILE_("@sys/kernel/iommu_groups/x/devices/0000:01:00.0", "x"), FILE_("@sys/kernel/iommu_groups/4294967296/devices/0000:01:00.0", "x"),
	 FILE_("@sys/kernel/iommu_groups/9/devices/word", "x")}},
	{"a VF BAR of a log, below a register's address", {FILE_("dmesg", "[    0.1] pci 0000:01:00.0: VF BAR 0 [mem 0xfe800000-0xfe81ffff 64bit pref]: assigned\n"
	 "[    0.1] pci 0000:01:00.0: VF BAR 0 [mem 0xfe800000-0xfe81ffff 64bit pref]: contains BAR 0 for 7 VFs\n"
	 "[    0.1] pci 0000:01:00.0: VF BAR 3 [mem 0x00000000-0x00003fff 64bit pref]: contains BAR 0 for 0 VFs\n")}},
	{"a bus in a log", {FILE_("dmesg", "[    0.1] pci_bus 0000:05: busn_res: can not insert [bus 05] under [bus 00-04] (conflicts with (null) [bus 00-04])\n")}},
	{"a VF's vendor was not read", {REG(VF_SPACE, 0, 2 | UNREAD, 0)}},
	{"a VF's device was not read", {REG(VF_SPACE, 2, 2 | UNREAD, 0)}},
	{"a VF's header type was not read", {REG(VF_SPACE, 0x0e, 1 | UNREAD, 0)}},
	{"a VF without a link to its PF, its vendor not read", {REG(VF_SPACE, 0, 2 | UNREAD, 0), FILE_("@" DEV "0000:01:10.0/physfn", GONE)}},
	{"a VF without a link to its PF, its device not read", {REG(VF_SPACE, 2, 2 | UNREAD, 0), FILE_("@" DEV "0000:01:10.0/physfn", GONE)}},
	{"a VF without a link to its PF, its header type not read", {REG(VF_SPACE, 0x0e, 1 | UNREAD, 0), FILE_("@" DEV "0000:01:10.0/physfn", GONE)}},
	{"a VF without a link to its PF that does not answer", {REG(VF_SPACE, 0x0e, 1, 0xff), FILE_("@" DEV "0000:01:10.0/physfn", GONE)}},
	{"a kernel without SR-IOV lists a bridge", {FILE_(PORT "resource", LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0
	 "0x0000000000002000 0x0000000000002fff 0x0000000000000101\n0x00000000fe000000 0x00000000fe3fffff 0x0000000000000200\n")}},
	{"seven lines of a bridge", {FILE_(PORT "resource", LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 LINE_0 "0x00000000fe000000 0x00000000fe3fffff 0x0000000000000200\n")}},
	{"drivers speak in a log", {FILE_("dmesg", "[    0.1] [drm] Initialized i915 1.6.0 20201103 for 0000:01:00.1 on minor 0\n[    0.2] igb 0000:01:00.1: probe of 0000:01:00.1 failed with error -5\n")}},
	{"a space of 64 bytes", {REG(PF_SPACE, 64, 0 | CUT, 0)}},
	{"a space of 256 bytes", {REG(PF_SPACE, 256, 0 | CUT, 0)}},
	{"cut behind TotalVFs", {REG(PF_SPACE, 0x170, 0 | CUT, 0)}},
	{"cut in the VF BARs", {REG(PF_SPACE, 0x160 + 0x28, 0 | CUT, 0)}},
	{"no SR-IOV capability", {REG(PF_SPACE, 0x160, 2, 0x0bad)}},
	{"no SR-IOV capability, attributes gone too", {REG(PF_SPACE, 0x160, 2, 0x0bad), FILE_(PF "sriov_totalvfs", GONE), FILE_(PF "sriov_numvfs", GONE)}},
	{"attributes gone", {FILE_(PF "sriov_totalvfs", GONE), FILE_(PF "sriov_numvfs", GONE)}},
	{"only sriov_numvfs", {FILE_(PF "sriov_totalvfs", GONE)}},
	{"TotalVFs not read", {REG(PF_SPACE, 0x16e, 2 | UNREAD, 0)}},
	{"offset and stride of sysfs", {REG(PF_SPACE, 0x174, 4 | UNREAD, 0), FILE_(PF "sriov_offset", "16\n"), FILE_(PF "sriov_stride", "1\n")}},
	{"offset of sysfs besides the register", {FILE_(PF "sriov_offset", "16\n"), FILE_(PF "sriov_stride", "1\n")}},
	{"offset 0", {REG(PF_SPACE, 0x174, 2, 0)}},
	{"stride 0", {REG(PF_SPACE, 0x176, 2, 0)}},
	{"VFs to the end of the segment", {REG(PF_SPACE, 0x174, 4, 0x7b80feff - 0)}},
	{"VF 0 is the last in the segment", {REG(PF_SPACE, 0x174, 4, 0x0001feff)}},
	{"TotalVFs 0", {REG(PF_SPACE, 0x16e, 2, 0)}},
	{"TotalVFs 0, stride 0", {REG(PF_SPACE, 0x16e, 2, 0), REG(PF_SPACE, 0x176, 2, 0)}},
	{"TotalVFs nowhere, stride 0", {REG(PF_SPACE, 0x16e, 2 | UNREAD, 0), REG(PF_SPACE, 0x176, 2, 0), FILE_(PF "sriov_totalvfs", GONE)}},
	{"TotalVFs beyond 16 bits, stride 0", {REG(PF_SPACE, 0x16e, 2 | UNREAD, 0), REG(PF_SPACE, 0x176, 2, 0), FILE_(PF "sriov_totalvfs", "65536\n")}},
	{"TotalVFs of 16 bits, stride 0", {REG(PF_SPACE, 0x16e, 2 | UNREAD, 0), REG(PF_SPACE, 0x176, 2, 0), FILE_(PF "sriov_totalvfs", "65535\n")}},
	{"NumVFs 1", {REG(PF_SPACE, 0x170, 2, 1)}},
	{"NumVFs not read", {REG(PF_SPACE, 0x170, 2 | UNREAD, 0)}},
	{"VF Enable off", {REG(PF_SPACE, 0x168, 2, 0xfffe)}},
	{"VF Enable alone", {REG(PF_SPACE, 0x168, 2, 0x0001)}},
	{"VF Enable not read", {REG(PF_SPACE, 0x168, 2 | UNREAD, 0)}},
	{"VF Enable not read, none by sysfs", {REG(PF_SPACE, 0x168, 2 | UNREAD, 0), FILE_(PF "sriov_numvfs", "0\n")}},
	{"not read: capabilities", {REG(PF_SPACE, 0x164, 4 | UNREAD, 0)}},
	{"not read: control", {REG(PF_SPACE, 0x168, 2 | UNREAD, 0)}},
	{"not read: status", {REG(PF_SPACE, 0x16a, 2 | UNREAD, 0)}},
	{"not read: InitialVFs", {REG(PF_SPACE, 0x16c, 2 | UNREAD, 0)}},
	{"not read: dependency link", {REG(PF_SPACE, 0x172, 1 | UNREAD, 0)}},
	{"not read: what stands behind the dependency link", {REG(PF_SPACE, 0x173, 1 | UNREAD, 0)}},
	{"not read: First VF Offset", {REG(PF_SPACE, 0x174, 2 | UNREAD, 0)}},
	{"not read: VF Stride", {REG(PF_SPACE, 0x176, 2 | UNREAD, 0)}},
	{"not read: what stands before the VF Device ID", {REG(PF_SPACE, 0x178, 2 | UNREAD, 0)}},
	{"not read: VF Device ID", {REG(PF_SPACE, 0x17a, 2 | UNREAD, 0)}},
	{"not read: page sizes supported", {REG(PF_SPACE, 0x17c, 4 | UNREAD, 0)}},
	{"not read: page size", {REG(PF_SPACE, 0x180, 4 | UNREAD, 0)}},
	{"not read: VF BAR0", {REG(PF_SPACE, 0x184, 4 | UNREAD, 0)}},
	{"not read: VF BAR0's upper half", {REG(PF_SPACE, 0x188, 4 | UNREAD, 0)}},
	{"migration", {REG(PF_SPACE, 0x164, 4, 1)}},
	{"all other capability bits", {REG(PF_SPACE, 0x164, 4, 0xfffffffe)}},
	{"page sizes", {REG(PF_SPACE, 0x17c, 4, 0x80000001), REG(PF_SPACE, 0x180, 4, 0x80000000)}},
	{"dependency link", {REG(PF_SPACE, 0x172, 2, 0xab81)}},
	{"VF BAR of 32 bits", {REG(PF_SPACE, 0x184, 4, 0xfe800000), REG(PF_SPACE, 0x188, 4, 0xfe900008)}},
	{"VF BAR of I/O", {REG(PF_SPACE, 0x184, 4, 0x0000e00d)}},
	{"VF BAR, upper half not read", {REG(PF_SPACE, 0x188, 4 | UNREAD, 0)}},
	{"VF BAR without address", {REG(PF_SPACE, 0x184, 4, 0xc), REG(PF_SPACE, 0x188, 4, 0)}},
	{"VF BAR5 of 64 bits", {REG(PF_SPACE, 0x198, 4, 0xfe80000c), REG(PF_SPACE, 0x19c, 4, 0xffffffff)}},
	{"VF BAR0 at the end of memory", {REG(PF_SPACE, 0x184, 4, 0xfffff00c), REG(PF_SPACE, 0x188, 4, 0xffffffff)}},
	/* VF Resizable BAR at 0x200: one entry, BAR0, 1 MiB << size */
	{"one resizable VF BAR of 8 MiB", {REG(PF_SPACE, 0x208, 4, 0x0000c320 | 0x10)}},
	{"another resizable VF BAR", {REG(PF_SPACE, 0x208, 4, 0x00000123)}},
	{"two resizable VF BARs", {REG(PF_SPACE, 0x208, 4, 0x00000040), REG(PF_SPACE, 0x210, 4, 0x00000303)}},
	{"no resizable VF BAR", {REG(PF_SPACE, 0x208, 4, 0xffffff1f)}},
	{"largest size of a VF BAR", {REG(PF_SPACE, 0x208, 4, 0x00002b20)}},
	{"a size that cannot be", {REG(PF_SPACE, 0x208, 4, 0x00002c20)}},
	{"a BAR that cannot be", {REG(PF_SPACE, 0x208, 4, 0x00000326)}},
	{"resizable VF BAR not read", {REG(PF_SPACE, 0x208, 4 | UNREAD, 0)}},
	/* VFs */
	{"a VF that reads as none", {REG(VF_SPACE, 0x00, 4, 0xffffffff), REG(VF_SPACE, 0x0e, 1, 0xff)}},
	{"a VF of which only half of its ids are ones", {REG(VF_SPACE, 0x00, 4, 0x1234ffff), FILE_("@" DEV "0000:01:10.0/physfn", GONE), FILE_(PF "sriov_numvfs", "0\n")}},
	{"no physfn link", {FILE_("@" DEV "0000:01:10.0/physfn", GONE)}},
	{"physfn of nowhere", {FILE_("@" DEV "0000:01:10.0/physfn", "../0000:09:00.0")}},
	{"physfn that is no address", {FILE_("@" DEV "0000:01:10.0/physfn", "../0000:01:00.0x")}},
	{"physfn of itself", {FILE_("@" DEV "0000:01:10.0/physfn", "../0000:01:10.0")}},
	{"physfn of the other PF", {FILE_("@" DEV "0000:01:10.0/physfn", "../0000:01:00.1")}},
	{"a VF's ids in sysfs", {FILE_(DEV "0000:01:10.0/vendor", "0x1111\n"), FILE_(DEV "0000:01:10.0/device", "0x2222\n")}},
	/* functions */
	{"ids not read, sysfs has them", {REG(PF_SPACE, 0, 4 | UNREAD, 0), FILE_(PF "device", "0x10c9\n"), FILE_(PF "subsystem_device", "0x77\n")}},
	{"class not read, sysfs has it", {REG(PF_SPACE, 8, 4 | UNREAD, 0), FILE_(PF "class", "0x010802\n"), FILE_(PF "revision", "0x05\n")}},
	{"revision and class", {REG(PF_SPACE, 8, 4, 0x01080205)}},
	{"subsystem ids", {REG(PF_SPACE, 0x2c, 4, 0x12345678)}},
	{"header type of many functions", {REG(PF_SPACE, 0x0e, 1, 0x80)}},
	{"subsystem ids of sysfs", {REG(PF_SPACE, 0x2c, 4 | UNREAD, 0), FILE_(PF "subsystem_vendor", "0x1234\n"), FILE_(PF "subsystem_device", "0x5678\n")}},
	{"subsystem vendor of sysfs alone", {REG(PF_SPACE, 0x2c, 2 | UNREAD, 0), FILE_(PF "subsystem_vendor", "0x1234\n")}},
	{"D3cold", {FILE_(PF "power_state", "D3cold\n")}},
	{"D0", {FILE_(PF "power_state", "D0\n")}},
	{"no driver", {FILE_("@" PF "driver", GONE)}},
	{"a driver that is a file", {FILE_("@" PF "driver", GONE), FILE_(PF "driver", "x")}},
	{"no network interface", {FILE_(PF "net/eth0/operstate", GONE)}},
	{"an attribute that is no number", {FILE_(PF "sriov_numvfs", "many\n")}},
	{"a function more", {FILE_(DEV "0000:01:00.2/vendor", "0x8086\n")}},
	{"a folder that is no address", {FILE_(DEV "0000:01:00.2x/vendor", "0x8086\n")}},
	{"a function below sys/devices", {FILE_("sys/devices/pci0000:00/0000:00:02.0/0000:02:00.0/vendor", "0x1234\n")}},
	{"a function below a folder of another name", {FILE_("sys/devices/platform/0000:02:00.0/vendor", "0x1234\n")}},
	{"a function of another segment", {FILE_(DEV "0001:01:00.0/vendor", "0x8086\n")}},
	/* groups */
	{"a group that is empty", {FILE_("sys/kernel/iommu_groups/3/type", "identity\n")}},
	{"a group that is no number", {FILE_("sys/kernel/iommu_groups/3x/type", "identity\n")}},
	{"a group by link alone", {FILE_("@" PORT "iommu_group", "../../../kernel/iommu_groups/99")}},
	{"a group beyond 32 bits", {FILE_("@" PORT "iommu_group", "../../../kernel/iommu_groups/4294967296")}},
	{"a function in two groups", {FILE_("@sys/kernel/iommu_groups/12/devices/0000:01:00.0", "x")}},
	{"a member that is not there", {FILE_("@sys/kernel/iommu_groups/12/devices/0000:05:00.0", "x")}},
	{"a member that is no address", {FILE_("@sys/kernel/iommu_groups/12/devices/0000:00:01.0x", "x")}},
	/* the host */
	{"release by sysctl", {FILE_("proc/sys/kernel/osrelease", "5.4.0-9-pve\n")}},
	{"release that is no number", {FILE_("proc/sys/kernel/osrelease", "next\n"), FILE_("boot/config-6.12.9-amd64", GONE)}},
	{"no release", {FILE_("proc/version", GONE), FILE_("proc/cpuinfo", GONE)}},
	{"no command line", {FILE_("proc/cmdline", GONE)}},
	{"ARM", {FILE_("proc/cpuinfo", "Features\t: fp fphwcap\nCPU implementer\t: 0x41\n"), FILE_("boot/config-6.12.9-amd64", "CONFIG_ARM64_64K_PAGES=y\n")}},
	{"ARM, 16 KiB", {FILE_("proc/cpuinfo", "Features\t: fp fphwcap\nCPU implementer\t: 0x41\n"), FILE_("boot/config-6.12.9-amd64", "CONFIG_ARM64_16K_PAGES=y\n")}},
	{"ARM, 4 KiB", {FILE_("proc/cpuinfo", "Features\t: fp fphwcap\nCPU implementer\t: 0x41\n")}},
	{"POWER", {FILE_("proc/cpuinfo", "cpu\t: POWER9\n"), FILE_("proc/sys/kernel/arch", "ppc64le\n"), FILE_("boot/config-6.12.9-amd64", "CONFIG_PPC_64K_PAGES=y\n")}},
	{"no cpuinfo", {FILE_("proc/cpuinfo", GONE)}},
	{"a guest by cpuinfo", {FILE_("proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: lm hypervisor\n")}},
	{"a KVM guest", {FILE_("proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: lm hypervisor\n"), FILE_("sys/class/dmi/id/sys_vendor", "QEMU\n")}},
	{"a Hyper-V guest", {FILE_("proc/cpuinfo", GONE), FILE_("sys/class/dmi/id/sys_vendor", "Microsoft Corporation\n"), FILE_("sys/class/dmi/id/product_name", "Virtual Machine\n")}},
	{"a Surface", {FILE_("proc/cpuinfo", GONE), FILE_("sys/class/dmi/id/sys_vendor", "Microsoft Corporation\n")}},
	{"a metal instance", {FILE_("sys/class/dmi/id/sys_vendor", "Amazon EC2\n")}},
	{"VMBus", {FILE_("sys/bus/vmbus/devices/x/class_id", "{}\n")}},
	{"a container", {FILE_("run/systemd/container", "lxc\n")}},
	{"a container of docker", {FILE_(".dockerenv", "")}},
	{"a device of KVM, nothing else", {FILE_("proc/cpuinfo", GONE), FILE_("sys/class/dmi/id/sys_vendor", GONE), REG(PF1_SPACE, 0, 4, 0x10001af4)}},
	{"two configurations, no release", {FILE_("proc/version", GONE), FILE_("boot/config-5", "CONFIG_PCI_IOV=n\n")}},
	{"one configuration, no release", {FILE_("proc/version", GONE), FILE_("proc/cpuinfo", GONE)}},
	{"a configuration of another release", {FILE_("boot/config-6.12.9-amd64", GONE), FILE_("boot/config-6.12.8-amd64", "CONFIG_PCI_IOV=y\n")}},
	{"config.gz, inflated", {FILE_("proc/config.gz", "# CONFIG_PCI_IOV is not set\nCONFIG_VFIO=y\n")}},
	{"config.gz as it is", {FILE_("proc/config.gz", "\037\213\010CONFIG_VFIO=y\n")}},
	{"no modules", {FILE_("proc/modules", GONE)}},
	{"a module in sysfs", {FILE_("sys/module/vfio_pci/version", "1\n")}},
	{"no remapping", {FILE_("proc/interrupts", "  24:  1  0  PCI-MSIX-0000:01:00.0  0-edge  eth0\n")}},
	{"no interrupts", {FILE_("proc/interrupts", GONE)}},
	{"no IOMMU", {FILE_("@sys/class/iommu/dmar0", GONE)}},
	{"no IOMMU but a group by a link", {FILE_("@sys/class/iommu/dmar0", GONE), FILE_("sys/kernel/iommu_groups/7/type", GONE),
	 FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.0", GONE), FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.1", GONE),
	 FILE_("@sys/kernel/iommu_groups/12/devices/0000:01:10.0", GONE)}},
	{"no IOMMU but a folder of groups", {FILE_("@sys/class/iommu/dmar0", GONE), FILE_("sys/kernel/iommu_groups/7/type", GONE), FILE_("sys/kernel/iommu_groups/x/type", "DMA\n"),
	 FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.0", GONE), FILE_("@sys/kernel/iommu_groups/7/devices/0000:01:00.1", GONE),
	 FILE_("@sys/kernel/iommu_groups/12/devices/0000:01:10.0", GONE), FILE_("@" PF "iommu_group", GONE)}},
	{"windows of memory", {FILE_("proc/iomem", "c0000000-febfffff : PCI Bus 0000:00\n  fe000000-fe0fffff : PCI Bus 0000:01\n100000000-1ffffffff : System RAM\n"
	 "6000000000-7fffffffff : PCI Bus 0000:00\n8000000000-8fffffffff : PCI Bus 0001:40\n")}},
	{"windows of memory without addresses", {FILE_("proc/iomem", "00000000-00000000 : PCI Bus 0000:00\n")}},
	{"windows of I/O", {FILE_("proc/ioports", "0000-0cf7 : PCI Bus 0000:00\n0d00-ffff : PCI Bus 0000:00\n")}},
};

static void print_fact(FILE *to, const char *who, const char *name, const struct fact *fact)
{
	static const char *const states[] = {[ITEM_PRESENT] = "", [ITEM_ABSENT] = "absent", [ITEM_DENIED] = "denied", [ITEM_NOT_CAPTURED] = "not captured"};
	if (known(fact))
		fprintf(to, "%s %s 0x%llx\n", who, name, (unsigned long long)fact->v);
	else if (fact->have != ITEM_NOT_CAPTURED)
		fprintf(to, "%s %s %s\n", who, name, fact->have < ARRAY_SIZE(states) && states[fact->have] ? states[fact->have] : "?");
}

static const char *tri(enum tri value)
{
	return value == TRI_YES ? "yes" : value == TRI_NO ? "no" : "unknown";
}

static void print_resource(FILE *to, const char *who, const char *name, unsigned n, const struct resource *res)
{
	if (!res->implemented && res->assigned == TRI_UNKNOWN && !res->from)
		return;
	fprintf(to, "%s %s%u: %s%s%s%s, assigned %s, 0x%llx-0x%llx, 0x%llx bytes, line %u%s\n", who, name, n, res->implemented ? "there" : "not there", res->io ? " io" : "",
		res->is_64 ? " 64" : "", res->prefetchable ? " pref" : "", tri(res->assigned), (unsigned long long)res->range.start,
		(unsigned long long)res->range.end, (unsigned long long)res->size, res->line, res->from ? "" : ", from nowhere");
}

static void print_pf(FILE *to, const char *who, const struct pf *pf)
{
	char buf[ADDR_TEXT];
	fprintf(to, "%s capability at 0x%x\n", who, pf->offset);
#define FACT(name) print_fact(to, who, #name, &pf->name)
	FACT(initial_vfs), FACT(total_vfs), FACT(num_vfs), FACT(vf_offset), FACT(vf_stride), FACT(vf_device), FACT(dep_link), FACT(page_sizes), FACT(page_size);
	FACT(migration_capable), FACT(vf_enable), FACT(vf_mse), FACT(ari_hierarchy), FACT(sysfs_total), FACT(sysfs_num), FACT(autoprobe), FACT(sysfs_offset);
	FACT(sysfs_stride), FACT(sriov_attrs);
#undef FACT
	for (unsigned i = 0; i < 6; i++) {
		const struct vf_bar *bar = &pf->bars[i];
		if (bar->implemented || bar->assigned != TRI_UNKNOWN)
			fprintf(to, "%s VF BAR%u: %s%s%s%s, raw %x %x, address 0x%llx, assigned %s, size 0x%llx by %s, 0x%llx-0x%llx, line %u\n", who, bar->index,
				bar->implemented ? "there" : "not there", bar->io ? " io" : "", bar->is_64 ? " 64" : "", bar->prefetchable ? " pref" : "", bar->raw,
				bar->raw_high, (unsigned long long)bar->address, tri(bar->assigned), (unsigned long long)bar->size,
				bar->size_from ? bar->size_from : "-", (unsigned long long)bar->range.start, (unsigned long long)bar->range.end, bar->line);
	}
	fprintf(to, "%s %zu VFs, %zu of them exist\n", who, pf->vfs_n, pf->vfs_exist);
	for (size_t i = 0; i < pf->vfs_n; i++)
		fprintf(to, "%s VF %u at %s%s, exists %s%s\n", who, pf->vfs[i].index, addr_text(&pf->vfs[i].addr, buf), pf->vfs[i].in_segment ? "" : " (beyond the segment)",
			tri(pf->vfs[i].exists), pf->vfs[i].fn ? ", seen" : "");
}

static void print_bridge(FILE *to, const char *who, const struct bridge *b)
{
#define FACT(name) print_fact(to, who, #name, &b->name)
	FACT(primary), FACT(secondary), FACT(subordinate), FACT(ari_supported), FACT(ari_enabled), FACT(acs_cap), FACT(acs_ctrl), FACT(hotplug);
#undef FACT
	print_resource(to, who, "window io", 0, &b->io);
	print_resource(to, who, "window mem", 0, &b->mem);
	print_resource(to, who, "window pref", 0, &b->pref);
	fprintf(to, "%s is %sa downstream port\n", who, b->downstream ? "" : "not ");
}

static void print_fn(FILE *to, const struct model *m, const struct fn *fn)
{
	char who[ADDR_TEXT], buf[ADDR_TEXT];
	addr_text(&fn->addr, who);
	fprintf(to, "%s role %d, port type %d, lists end %d %d\n", who, (int)fn->role, fn->exp_type, (int)fn->std_end, (int)fn->ext_end);
#define FACT(name) print_fact(to, who, #name, &fn->name)
	FACT(vendor), FACT(device), FACT(class), FACT(revision), FACT(header_type), FACT(subsystem_vendor), FACT(subsystem_device), FACT(config_size), FACT(power_d3cold);
#undef FACT
	for (size_t i = 0; i < fn->caps_n; i++)
		fprintf(to, "%s %s capability 0x%x at 0x%x, %zu bytes\n", who, fn->caps[i].at.space == CAP_EXTENDED ? "extended" : "standard", fn->caps[i].at.id,
			fn->caps[i].at.offset, fn->caps[i].bytes.len - fn->caps[i].bytes.at);
	fprintf(to, "%s driver %s, state %d, network %s\n", who, fn->driver ? fn->driver : "-", (int)fn->driver_state, fn->netdev ? fn->netdev : "-");
	fprintf(to, "%s group %d, state %d\n", who, fn->group ? (int)fn->group->number : -1, (int)fn->group_state);
	fprintf(to, "%s below %s\n", who, fn->upstream ? addr_text(&fn->upstream->addr, buf) : fn->on_root_bus ? "the root bus" : "what is not known");
	fprintf(to, "%s lowest PF %s\n", who, addr_text(&fn_lowest_pf(m, fn)->addr, buf));
	if (fn->pf_fn)
		fprintf(to, "%s is VF %u of %s\n", who, fn->vf_index, addr_text(&fn->pf_fn->addr, buf));
	for (unsigned i = 0; i < RES_COUNT; i++)
		print_resource(to, who, "resource ", i, &fn->res[i]);
	if (fn->pf)
		print_pf(to, who, fn->pf);
	if (fn->bridge)
		print_bridge(to, who, fn->bridge);
}

static void print_host(FILE *to, const struct model *m)
{
	static const char *const words[] = {"CONFIG_PCI_IOV", "CONFIG_VFIO", "CONFIG_OTHER"}, *const modules[] = {"igb", "vfio-pci", "other"};
	const struct host *h = &m->host;
	fprintf(to, "host kind %d, container %d, hypervisor %s\n", (int)h->kind, h->in_container, h->hypervisor ? h->hypervisor : "-");
	fprintf(to, "host kernel %s %u.%u, architecture %s, page %u\n", h->kernel ? h->kernel : "-", h->kernel_major, h->kernel_minor, h->arch ? h->arch : "-", h->page_size);
	fprintf(to, "host command line %.*s, state %d\n", (int)h->cmdline.n, h->cmdline.p ? h->cmdline.p : "", (int)h->cmdline_state);
	fprintf(to, "host processor %s %.*s\n", h->cpu_vendor ? h->cpu_vendor : "-", (int)h->cpu_flags.n, h->cpu_flags.p ? h->cpu_flags.p : "");
	fprintf(to, "host made by %s, %s, system %s\n", h->sys_vendor ? h->sys_vendor : "-", h->product ? h->product : "-", h->os_id ? h->os_id : "-");
	fprintf(to, "host IOMMU %s by %s\n", tri(h->iommu), h->iommu_why ? h->iommu_why : "-");
	fprintf(to, "host remapping %s by %s\n", tri(h->intr_remap), h->intr_remap_why ? h->intr_remap_why : "-");
	fprintf(to, "host groups %u, root's view %s\n", h->groups_seen, tri(h->root_view));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		const char *value = kernel_config(m, words[i]);
		fprintf(to, "host %s %s, module %s %s\n", words[i], value ? value : "-", modules[i], tri(module_loaded(m, modules[i])));
	}
	for (size_t i = 0; i < m->groups_n; i++)
		fprintf(to, "group %u of %zu, type %s%s\n", m->groups[i].number, m->groups[i].fns_n, m->groups[i].type ? m->groups[i].type : "-", m->groups[i].dir ? "" : ", no folder");
	for (size_t i = 0; i < m->windows_n; i++)
		fprintf(to, "window of %04x:%02x: 0x%llx-0x%llx%s%s, line %u\n", m->windows[i].domain, m->windows[i].bus, (unsigned long long)m->windows[i].range.start,
			(unsigned long long)m->windows[i].range.end, m->windows[i].io ? " io" : "", m->windows[i].prefetchable ? " pref" : "", m->windows[i].line);
}

struct machine {
	struct space spaces[SPACES];
	uint8_t known[SPACES][4096];
	size_t len[SPACES];
};

static void make(struct machine *machine)
{
	struct space *s = machine->spaces;
	memset(machine->known, 0xff, sizeof(machine->known));
	for (int i = 0; i < SPACES; i++)
		machine->len[i] = 4096;
	for (int i = PORT_SPACE; i <= PORT2_SPACE; i++) {
		space_port(&s[i], 0, i == PORT_SPACE ? 1 : 3, i == PORT_SPACE ? 2 : 3, i == PORT_SPACE);
		put16(&s[i], 0x1c, 0x3020);
		put32(&s[i], 0x20, 0xfe30fe00);
		put32(&s[i], 0x24, 0x00f10001);
		put32(&s[i], 0x28, 0x60);
		put32(&s[i], 0x2c, 0x60);
		space_ext(&s[i], 0x100, 0x0d);
		put32(&s[i], 0x104, 0x001d001f);
	}
	space_header(&s[PF_SPACE], 0x8086, 0x10c9, 0x020000, 0x80);
	space_express(&s[PF_SPACE], 0);
	put32(&s[PF_SPACE], 0x10, 0xfe000000);
	space_ext(&s[PF_SPACE], 0x100, 0x0e);
	space_sriov(&s[PF_SPACE], 0x160, 5, 2, 128, 2);
	put32(&s[PF_SPACE], 0x184, 0xfe80000c);
	space_ext(&s[PF_SPACE], 0x200, 0x24);
	put32(&s[PF_SPACE], 0x208, 0x00000320);
	space_header(&s[PF1_SPACE], 0x8086, 0x10c9, 0x020000, 0x80);
	space_express(&s[PF1_SPACE], 0);
	space_sriov(&s[PF1_SPACE], 0x100, 1, 0, 128, 2);
	space_header(&s[VF_SPACE], 0xffff, 0xffff, 0x020000, 0);
	space_express(&s[VF_SPACE], 0);
}

static void apply(struct machine *machine, const struct edit *edit)
{
	for (unsigned i = 0; i < (edit->size & 0xf); i++) {
		machine->spaces[edit->space].b[edit->at + i] = (uint8_t)(edit->value >> 8 * i);
		if (edit->size & UNREAD)
			machine->known[edit->space][edit->at + i] = 0;
	}
	if (edit->size & CUT)
		machine->len[edit->space] = edit->at;
}

static void put(struct snapshot *snap, const struct edit *edit)
{
	bool link = edit->path[0] == '@';
	if (edit->text != GONE)
		assert_int_equal(snapshot_put(snap, NULL, edit->path + link, link ? ITEM_LINK : ITEM_FILE, ITEM_PRESENT, slice_of(edit->text), NULL), 0);
}

/* The model, a fact a line. */
static char *describe(const struct edit *edits, size_t n)
{
	static struct machine machine;
	struct snapshot *snap = snapshot_new("x");
	char *text;
	size_t size;
	make(&machine);
	for (size_t i = 0; i < n; i++)
		if (edits[i].space)
			apply(&machine, &edits[i]);
		else if (edits[i].path)
			put(snap, &edits[i]);
	for (size_t i = 0; i < ARRAY_SIZE(base); i++) {
		bool other = false;
		for (size_t k = 0; k < n; k++)
			other |= edits[k].path && !strcmp(edits[k].path, base[i].path);
		if (!other)
			put(snap, &base[i]);
	}
	for (int i = PORT_SPACE; i < SPACES; i++)
		assert_int_equal(snapshot_put_config(snap, &addrs[i], machine.spaces[i].b, machine.known[i], machine.len[i], NULL), 0);
	struct model *m;
	assert_int_equal(model_new(snap, &m), 0);
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	print_host(to, m);
	for (size_t i = 0; i < m->fns_n; i++)
		print_fn(to, m, &m->fns[i]);
	assert_int_equal(fclose(to), 0);
	model_free(m);
	snapshot_free(snap);
	return text;
}

static void test_changes(void **state)
{
	(void)state;
	struct text text;
	text_begin(&text);
	char *before = describe(NULL, 0);
	fputs(before, text.to);
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		char *now = describe(changes[i].edits, ARRAY_SIZE(changes[i].edits));
		fprintf(text.to, "\n%s\n", changes[i].what);
		text_changes(&text, before, now);
		free(now);
	}
	free(before);
	text_expect(&text, "model-changes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_changes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
