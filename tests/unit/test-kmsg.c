/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every message of the kernel log that is understood, in its old and new wordings. */
#include "unit.h"
#include "failing.h"
#include "util/addr.h"
#include "decode/kmsg-scan.h"

struct row {
	const char *line;
	enum kmsg_type type;
	uint64_t n, n2, start, end, size;
	int bar, err, bus_from, bus_to; /* bar, buses: plus 1, 0 = none */
	const char *word;
};

#define ADDR "0000:3b:00.0"

static const struct row rows[] = {
	/* the host */
	{"Linux version 6.1.0-25-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0)", KMSG_LINUX_VERSION, .word = "6.1.0-25-amd64"},
	{"Command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on pci=realloc", KMSG_CMDLINE,
	 .word = "BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on pci=realloc"},
	{"Kernel command line: quiet", KMSG_CMDLINE, .word = "quiet"},
	{"DMI: Dell Inc. PowerEdge R740/0923K0, BIOS 2.10.0 11/12/2020", KMSG_DMI, .word = "Dell Inc. PowerEdge R740/0923K0, BIOS 2.10.0 11/12/2020"},
	{"Hardware name: HPE ProLiant DL380 Gen10/ProLiant DL380 Gen10, BIOS U30 01/20/2022", KMSG_DMI,
	 .word = "HPE ProLiant DL380 Gen10/ProLiant DL380 Gen10, BIOS U30 01/20/2022"},
	{"Hypervisor detected: Microsoft Hyper-V", KMSG_HYPERVISOR, .word = "Microsoft Hyper-V"},
	{"Booting paravirtualized kernel on bare hardware", KMSG_PARAVIRT, .word = "bare hardware"},
	{"ACPI: DMAR 0x000000007B5D9000 0000A8 (v01 INTEL  EDK2     00000002      01000013)", KMSG_ACPI_TABLE, .n = 0x7b5d9000, .word = "DMAR"},
	{"ACPI: IVRS 00000000bd0e9e58 000D8 (v02 AMD    AGESA    00000001 AMD  00000001)", KMSG_ACPI_TABLE, .n = 0xbd0e9e58, .word = "IVRS"},
	{"Kernel is locked down from EFI Secure Boot; see man kernel_lockdown.7", KMSG_LOCKED_DOWN, .word = "EFI Secure Boot"},
	{"Lockdown: setpci: direct PCI access is restricted; see man kernel_lockdown.7", KMSG_LOCKDOWN_DENIED, .word = "setpci"},
	{"x86/cpu: VMX (outside TXT) disabled by BIOS", KMSG_CPU_VIRT_OFF, .word = "VMX"},
	{"SVM disabled (by BIOS) in MSR_VM_CR on CPU 0", KMSG_CPU_VIRT_OFF, .word = "SVM"},
	{"ACPI FADT declares the system doesn't support MSI, so disable it", KMSG_FADT_NO_MSI},
	{"vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded", KMSG_MEMLOCK, .n = 65536},
	{"vfio_lock_acct: Task qemu-system-x86 (1234) RLIMIT_MEMLOCK (67108864) exceeded", KMSG_MEMLOCK, .n = 67108864, .word = "qemu-system-x86"},
	{"type=1400 audit(1690000000.123:45): avc:  denied  { read write } for  pid=1 comm=\"qemu-kvm\" name=\"vfio\"", KMSG_AVC_DENIED, .word = "read"},
	/* modules */
	{"gim: loading out-of-tree module taints kernel.", KMSG_TAINT, .word = "gim"},
	{"i915: version magic '6.1.0 SMP' should be '6.2.0 SMP'", KMSG_MODULE_REJECTED, .word = "i915"},
	{"i915: disagrees about version of symbol drm_dev_put", KMSG_MODULE_REJECTED, .word = "i915"},
	{"Loading of unsigned module is rejected", KMSG_MODULE_REJECTED},
	{"i915: unknown parameter 'max_vfs' ignored", KMSG_UNKNOWN_PARAM, .word = "max_vfs"},
	{"ice 0000:3b:00.0: Direct firmware load for intel/ice/ddp/ice.pkg failed with error -2", KMSG_FIRMWARE_MISSING, .err = 2,
	 .word = "intel/ice/ddp/ice.pkg"},
	/* functions */
	{"pci 0000:3b:00.0: [8086:10fb] type 00 class 0x020000", KMSG_FUNCTION},
	{"pci 0000:3b:00.0: [8086:1572] type 00 class 0x020000 PCIe Endpoint", KMSG_FUNCTION, .word = "PCIe Endpoint"},
	{"pci 0000:3b:00.0: [8086:1572] type 00 class 0x020000 conventional PCI endpoint", KMSG_FUNCTION, .word = "conventional PCI endpoint"},
	{"pci 0000:3b:00.0: unknown header type 7f, ignoring device", KMSG_UNKNOWN_HEADER},
	{"pci 0000:3b:00.0: ignoring class 0x020000 (doesn't match header type 01)", KMSG_CLASS_MISMATCH},
	{"pci 0000:3b:00.0: not ready 65535ms after FLR; giving up", KMSG_NOT_READY, .n = 65535, .word = "FLR"},
	{"pci 0000:3b:00.0: not ready after 60000ms; giving up", KMSG_NOT_READY, .n = 60000},
	{"vfio-pci 0000:3b:00.0: Unable to change power state from D3cold to D0, device inaccessible", KMSG_POWER_STUCK, .word = "D3cold"},
	{"vfio-pci 0000:3b:00.0: can't change power state from D3hot to D0 (config space inaccessible)", KMSG_POWER_STUCK, .word = "D3hot"},
	{"igb 0000:3b:00.0: Refused to change power state, currently in D3", KMSG_POWER_STUCK, .word = "D3"},
	{"pcieport 0000:3b:00.0: pciehp: Slot(1): Link Down", KMSG_LINK_DOWN},
	{"pcieport 0000:3b:00.0: Data Link Layer Link Active not set in 1000 msec", KMSG_LINK_DOWN},
	{"pci 0000:3b:00.0: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer, (Requester ID)", KMSG_AER,
	 .word = "Uncorrected (Fatal), type=Transaction Layer, (Requester ID)"},
	{"pci 0000:3b:00.0: device has non-compliant BARs; disabling IO/MEM decoding", KMSG_NONCOMPLIANT_BARS},
	{"pci 0000:3b:00.0: Max Payload Size 128, but upstream 0000:3a:00.0 set to 256; if necessary, use \"pci=pcie_bus_safe\" and report a bug",
	 KMSG_MPS, .n = 128, .n2 = 256},
	{"ixgbevf 0000:3b:00.0: probe with driver ixgbevf failed with error -5", KMSG_PROBE_FAILED, .err = 5, .word = "ixgbevf"},
	{"ixgbevf: probe of 0000:3b:00.0 failed with error -12", KMSG_PROBE_FAILED, .err = 12, .word = "ixgbevf"},
	{"mlx4_core: Mellanox ConnectX core driver v2.2-1 (Feb, 2014)", KMSG_DRIVER_VERSION, .word = "mlx4_core"},
	{"platform 0000:3b:00.0: deferred probe pending: (reason unknown)", KMSG_PROBE_DEFERRED, .word = "(reason unknown)"},
	/* windows */
	{"ACPI: PCI Root Bridge [PC02] (domain 0000 [bus 3a-5d])", KMSG_HOST_BRIDGE, .bus_from = 0x3b, .bus_to = 0x5e},
	{"PCI host bridge to bus 0000:3a", KMSG_HOST_BRIDGE},
	{"pci_bus 0000:3a: root bus resource [mem 0xb8000000-0xc57fffff window]", KMSG_ROOT_WINDOW, .start = 0xb8000000, .end = 0xc57fffff, .size = 0xd800000},
	{"pci_bus 0000:3a: root bus resource [bus 3a-5d]", KMSG_ROOT_BUS_RANGE, .bus_from = 0x3b, .bus_to = 0x5e},
	{"pci_bus 0000:3a: root bus resource [io  0x4000-0x4fff window]", KMSG_ROOT_WINDOW, .start = 0x4000, .end = 0x4fff, .size = 0x1000},
	{"acpi PNP0A08:00: host bridge window [mem 0x380000000000-0x383fffffffff window] (ignored, not CPU addressable)", KMSG_ROOT_WINDOW_IGNORED,
	 .start = 0x380000000000, .end = 0x383fffffffff, .size = 0x4000000000, .word = "not CPU addressable"},
	{"pci 0000:3b:00.0: PCI bridge to [bus 3b-3c]", KMSG_BRIDGE, .bus_from = 0x3c, .bus_to = 0x3d},
	{"pci 0000:3b:00.0: PCI bridge to [bus 07]", KMSG_BRIDGE, .bus_from = 8, .bus_to = 8},
	{"pci 0000:3b:00.0:   bridge window [mem 0xb8000000-0xb82fffff 64bit pref]", KMSG_WINDOW, .bar = 16, .start = 0xb8000000, .end = 0xb82fffff, .size = 0x300000},
	{"pci 0000:3b:00.0:   bridge window [io  0x4000-0x4fff]", KMSG_WINDOW, .bar = 14, .start = 0x4000, .end = 0x4fff, .size = 0x1000},
	{"pci 0000:3b:00.0: bridge window [mem 0x00100000-0x000fffff 64bit pref] to [bus 02] add_size 200000 add_align 100000", KMSG_WINDOW_ADD_SIZE, .bar = 16, .bus_from = 3, .bus_to = 3, .n = 0x200000, .start = 0x100000, .end = 0xfffff},
	{"pci 0000:3b:00.0: BAR 7: failed to add 100000 res=[mem 0x00000000-0x000fffff 64bit]", KMSG_WINDOW_FAILED_ADD, .bar = 8, .n = 0x100000, .end = 0xfffff, .size = 0x100000},
	{"pci 0000:3b:00.0: bridge window [mem 0x00000000-0x000fffff 64bit pref]: failed to add optional 100000", KMSG_WINDOW_FAILED_ADD, .bar = 16, .n = 0x100000, .end = 0xfffff, .size = 0x100000},
	{"pci 0000:3b:00.0: can't handle bridge window above 4GB (bus address 0x380000000000)", KMSG_WINDOW_OVER_4G},
	{"pci 0000:3b:00.0: reg 0x10: [mem 0xfba80000-0xfbafffff 64bit]", KMSG_BAR, .bar = 1, .n = 0x10, .start = 0xfba80000, .end = 0xfbafffff, .size = 0x80000},
	{"pci 0000:3b:00.0: reg 18: [io  0xe000-0xe01f]", KMSG_BAR, .bar = 3, .n = 0x18, .start = 0xe000, .end = 0xe01f, .size = 0x20},
	{"pci 0000:3b:00.0: reg 0x30: [mem 0xfff80000-0xffffffff pref]", KMSG_BAR, .bar = 7, .n = 0x30, .start = 0xfff80000, .end = 0xffffffff, .size = 0x80000},
	{"pci 0000:3b:00.0: reg 0x184: [mem 0x00000000-0x00003fff 64bit pref]", KMSG_BAR, .n = 0x184, .end = 0x3fff, .size = 0x4000},
	{"pci 0000:3b:00.0: BAR 2 [io  0xe000-0xe01f]", KMSG_BAR, .bar = 3, .start = 0xe000, .end = 0xe01f, .size = 0x20},
	{"pci 0000:3b:00.0: ROM [mem 0xfff80000-0xffffffff pref]", KMSG_BAR, .bar = 7, .start = 0xfff80000, .end = 0xffffffff, .size = 0x80000},
	{"pci 0000:3b:00.0: VF BAR 3 [mem 0x00000000-0x00003fff 64bit pref]", KMSG_BAR, .bar = 11, .end = 0x3fff, .size = 0x4000},
	{"pci 0000:3b:00.0: VF BAR 0 [mem 0x00000000-0x0001ffff 64bit pref]: contains BAR 0 for 8 VFs", KMSG_VF_BAR_SPACE, .bar = 8, .n = 8, .end = 0x1ffff, .size = 0x20000},
	{"pci 0000:3b:00.0: VF(n) BAR3 space: [mem 0x00000000-0x0001ffff 64bit] (contains BAR3 for 8 VFs)", KMSG_VF_BAR_SPACE, .bar = 11, .n = 8, .end = 0x1ffff, .size = 0x20000},
	{"pci 0000:3b:00.0: VF BAR 0 [mem size 0x00020000 64bit pref]: can't assign; no space", KMSG_NO_SPACE, .bar = 8, .size = 0x20000},
	{"pci 0000:3b:00.0: BAR 0 [mem size 0x00020000]: can't assign; no space", KMSG_NO_SPACE, .bar = 1, .size = 0x20000},
	{"pci 0000:3b:00.0: bridge window [mem size 0x00020000 64bit pref]: can't assign; no space", KMSG_NO_SPACE, .bar = 16, .size = 0x20000},
	{"pci 0000:3b:00.0: BAR 7: no space for [mem size 0x00100000 64bit]", KMSG_NO_SPACE, .bar = 8, .size = 0x100000},
	{"pci 0000:3b:00.0: BAR 10: can't assign mem pref (size 0x20000)", KMSG_NO_SPACE, .bar = 11, .size = 0x20000},
	{"pci 0000:3b:00.0: VF BAR 0 [mem size 0x00400000 64bit pref]: failed to assign", KMSG_FAILED_ASSIGN, .bar = 8, .size = 0x400000},
	{"pci 0000:3b:00.0: BAR 7: failed to assign [mem size 0x00100000 64bit]", KMSG_FAILED_ASSIGN, .bar = 8, .size = 0x100000},
	{"pci 0000:3b:00.0: VF BAR 2 [mem size 0x00020000]: can't assign; bogus alignment", KMSG_BOGUS_ALIGNMENT, .bar = 10, .size = 0x20000},
	{"pci 0000:3b:00.0: BAR 9: can't assign [mem size 0x00020000] (bogus alignment)", KMSG_BOGUS_ALIGNMENT, .bar = 10, .size = 0x20000},
	{"pci 0000:3b:00.0: VF BAR 0 [mem 0xb8200000-0xb821ffff 64bit pref]: assigned", KMSG_ASSIGNED, .bar = 8, .start = 0xb8200000, .end = 0xb821ffff, .size = 0x20000},
	{"pci 0000:3b:00.0: BAR 14: assigned [mem 0x80000000-0x806fffff]", KMSG_ASSIGNED, .bar = 15, .start = 0x80000000, .end = 0x806fffff, .size = 0x700000},
	{"pci 0000:3b:00.0: resource 15 [mem 0x80000000-0x806fffff 64bit pref] released", KMSG_RELEASED, .bar = 16, .start = 0x80000000, .end = 0x806fffff, .size = 0x700000},
	{"pci 0000:3b:00.0: bridge window [mem 0x80000000-0x806fffff]: releasing", KMSG_RELEASED, .bar = 15, .start = 0x80000000, .end = 0x806fffff, .size = 0x700000},
	{"pci 0000:3b:00.0: VF BAR 0 [mem 0x80000000-0x8000ffff]: can't claim; no compatible bridge window", KMSG_CANT_CLAIM, .bar = 8, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000, .word = "no compatible bridge window"},
	{"pci 0000:3b:00.0: can't claim BAR 7 [mem 0x80000000-0x8000ffff]: address conflict with 0000:00:1f.2 [mem 0x80000000-0x80000fff]", KMSG_CANT_CLAIM, .bar = 8, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000,
	 .word = "address conflict with 0000:00:1f.2 [mem 0x80000000-0x80000fff]"},
	{"pci 0000:3b:00.0: VF BAR 0 [mem 0x80000000-0x8000ffff]: trying firmware assignment", KMSG_FIRMWARE_ADDRESS, .bar = 8, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000},
	{"pci 0000:3b:00.0: BAR 0: [mem 0x80000000-0x8000ffff] conflicts with PCI Bus 0000:00 [mem 0x80000000-0xbfffffff window]", KMSG_CONFLICT, .bar = 1, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000,
	 .word = "PCI Bus 0000:00 [mem 0x80000000-0xbfffffff window]"},
	{"pci 0000:3b:00.0: VF BAR 0 [mem 0x80000000-0x8000ffff]: disabling; bad alignment 0x20000", KMSG_BAD_ALIGNMENT, .bar = 8, .n = 0x20000, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000},
	{"igb 0000:3b:00.0: VF BAR 0 [mem size 0x00020000 64bit pref]: not assigned; can't enable device", KMSG_NOT_ENABLED, .bar = 8, .size = 0x20000, .word = "not assigned"},
	{"igb 0000:3b:00.0: can't enable device: BAR 0 [mem size 0x00020000] not claimed", KMSG_NOT_ENABLED, .bar = 1, .size = 0x20000, .word = "not assigned"},
	{"pci 0000:3b:00.0: [Firmware Bug]: reg 0x10: invalid BAR (can't size)", KMSG_BAR_INVALID, .n = 0x10, .word = "invalid, cannot be sized"},
	{"pci 0000:3b:00.0: [Firmware Bug]: VF BAR 0: invalid; can't size", KMSG_BAR_INVALID, .bar = 8, .word = "invalid, cannot be sized"},
	{"pci 0000:3b:00.0: VF BAR 0: can't handle BAR larger than 4GB (size 0x0200000000)", KMSG_BAR_INVALID, .bar = 8, .word = "larger than 4 GiB on a 32-bit kernel"},
	{"pnp 00:04: disabling [mem 0xc0000000-0xcfffffff] because it overlaps 0000:00:02.0 BAR 9 [mem 0x00000000-0xdfffffff 64bit pref]", KMSG_OVERLAP, .start = 0xc0000000, .end = 0xcfffffff, .size = 0x10000000},
	{"pci_bus 0000:3a: Some PCI device resources are unassigned, try booting with pci=realloc", KMSG_REALLOC_HINT},
	{"pci_bus 0000:3a: Automatically enabled pci realloc, if you have problem, try booting with pci=realloc=off", KMSG_REALLOC_AUTO},
	{"pci_bus 0000:3a: No. 2 try to assign unassigned res", KMSG_REALLOC_TRY, .n = 2},
	/* bus numbers */
	{"pci 0000:3b:00.0: bridge configuration invalid ([bus 00-00]), reconfiguring", KMSG_BRIDGE_INVALID, .bus_from = 1, .bus_to = 1},
	{"pci 0000:3b:00.0: bridge has subordinate 05 but max busn 06", KMSG_BUS_HIDDEN, .n = 5, .n2 = 6},
	{"pci 0000:3b:00.0: devices behind bridge are unusable because [bus 05] cannot be assigned for them", KMSG_BEHIND_UNUSABLE, .bus_from = 6, .bus_to = 6},
	{"pci_bus 0000:3a: busn_res: can not insert [bus 05] under [bus 00-04] (conflicts with (null) [bus 00-04])", KMSG_BUSN_CONFLICT, .bus_from = 6, .bus_to = 6},
	{"pci 0000:3b:00.0: No bus number available for hot-added bridge", KMSG_NO_BUS_HOTADD},
	/* configuration space */
	{"PCI: MMCONFIG for domain 0000 [bus 00-ff] at [mem 0x80000000-0x8fffffff] (base 0x80000000)", KMSG_ECAM, .start = 0x80000000, .end = 0x8fffffff, .size = 0x10000000, .bus_from = 1, .bus_to = 0x100},
	{"PCI: ECAM [mem 0xe0000000-0xefffffff] (base 0xe0000000) for domain 0000 [bus 00-ff]", KMSG_ECAM, .n = 0xe0000000, .start = 0xe0000000, .end = 0xefffffff, .size = 0x10000000, .bus_from = 1, .bus_to = 0x100},
	{"PCI: MMCONFIG at [mem 0x80000000-0x8fffffff] not reserved in ACPI motherboard resources", KMSG_ECAM_NOT_RESERVED, .start = 0x80000000, .end = 0x8fffffff, .size = 0x10000000},
	{"[Firmware Info]: ECAM [mem 0x80000000-0x8fffffff] not reserved in ACPI motherboard resources", KMSG_ECAM_NOT_RESERVED, .start = 0x80000000, .end = 0x8fffffff, .size = 0x10000000},
	{"PCI: not using ECAM ([mem 0xe0000000-0xefffffff] not reserved)", KMSG_ECAM_NOT_RESERVED, .start = 0xe0000000, .end = 0xefffffff, .size = 0x10000000},
	{"PCI: MMCONFIG at [mem 0xe0000000-0xefffffff] reserved in E820", KMSG_ECAM_RESERVED, .start = 0xe0000000, .end = 0xefffffff, .size = 0x10000000},
	{"PCI: ECAM at 0x400000000 for 0000 [bus 00-ff] is above 4GB, ignored", KMSG_ECAM_OVER_4G},
	{"PCI: not using MMCONFIG", KMSG_ECAM_UNUSED, .word = "not used"},
	{"PCI: MCFG has no entries", KMSG_MCFG_EMPTY},
	{"acpi PNP0A08:00: [Firmware Info]: extended config space not accessible", KMSG_NO_EXTENDED_CONFIG},
	{"pci 0000:3b:00.0: MMCONFIG can't access extended PCI configuration space under this bridge", KMSG_NO_EXTENDED_BELOW},
	{"acpi PNP0A08:00: fail to add MMCONFIG information, can't access extended configuration space under this bridge", KMSG_NO_EXTENDED_BELOW},
	/* SR-IOV core */
	{"igb 0000:3b:00.0: no driver bound to device; cannot configure SR-IOV", KMSG_SRIOV_NO_DRIVER},
	{"i915 0000:3b:00.0: driver does not support SR-IOV configuration via sysfs", KMSG_SRIOV_NO_CONFIGURE},
	{"mlx4_core 0000:3b:00.0: Driver doesn't support SRIOV configuration via sysfs", KMSG_SRIOV_NO_CONFIGURE},
	{"igb 0000:3b:00.0: 2 VFs already enabled. Disable before enabling 4 VFs", KMSG_SRIOV_ALREADY, .n = 2, .n2 = 4},
	{"igb 0000:3b:00.0: 12 VFs requested; only 0 enabled", KMSG_SRIOV_FEWER, .n = 12},
	{"igb 0000:3b:00.0: Cannot modify SR-IOV while VFs are assigned", KMSG_SRIOV_ASSIGNED},
	{"igb 0000:3b:00.0: not enough MMIO resources for SR-IOV", KMSG_SRIOV_NO_MMIO, .err = 12},
	{"igb 0000:3b:00.0: can't enable 64 VFs (bus 3d out of range of [bus 3b-3c])", KMSG_SRIOV_NO_BUS, .n = 64, .err = 12, .bus_from = 0x3c, .bus_to = 0x3d},
	{"igb 0000:3b:00.0: SR-IOV: bus number out of range", KMSG_SRIOV_NO_BUS, .err = 12},
	{"igb 0000:3b:00.0: SR-IOV: IOV BARS not allocated", KMSG_SRIOV_BARS_NOT_ALLOCATED, .err = 12},
	{"pci 0000:3b:00.0: driver left SR-IOV enabled after remove", KMSG_SRIOV_LEFT_ENABLED},
	{"pci 0000:3b:00.0: failure -28 from pcibios_sriov_enable()", KMSG_SRIOV_ARCH_REFUSED, .err = 28},
	{"pci 0000:3b:00.0: Don't support SR-IOV with non M64 VF BAR0: [mem size 0x100000]. ", KMSG_SRIOV_ARCH_REFUSED},
	{"pci 0000:3b:00.0: can't update enabled VF BAR0 [mem 0x80000000-0x8000ffff 64bit]", KMSG_SRIOV_BAR_IN_USE, .bar = 8, .start = 0x80000000, .end = 0x8000ffff, .size = 0x10000},
	{"(XEN) SR-IOV device 0000:3b:00.0 has its virtual functions already enabled (0009)", KMSG_SRIOV_FIRMWARE_ON},
	/* PF drivers */
	{"ixgbe 0000:3b:00.0: SR-IOV enabled with 8 VFs", KMSG_SRIOV_ENABLING, .n = 8},
	{"mlx4_core 0000:3b:00.0: Enabling SR-IOV with 2 VFs", KMSG_SRIOV_ENABLING, .n = 2},
	{"ice 0000:3b:00.0: Enabling 4 VFs with 17 vectors and 16 queues per VF", KMSG_SRIOV_ENABLING, .n = 4},
	{"i40e 0000:3b:00.0: Allocating 4 VFs.", KMSG_SRIOV_ENABLING, .n = 4},
	{"igb 0000:3b:00.0: 7 VFs allocated", KMSG_SRIOV_ENABLING, .n = 7},
	{"xe 0000:3b:00.0: [drm] PF: Enabled 7 of 7 VFs", KMSG_SRIOV_ENABLED, .n = 7},
	{"(0000:3b:00.0): E-Switch: E-Switch enable SRIOV: nvfs(4) mode (1)", KMSG_SRIOV_ENABLING, .n = 4},
	{"mlx5_core 0000:3b:00.0: E-Switch: Enable: mode(LEGACY), nvfs(4), active vports(5)", KMSG_SRIOV_ENABLING, .n = 4},
	{"i915 0000:3b:00.0: Enabled 7 VFs", KMSG_SRIOV_ENABLED, .n = 7},
	{"i915 0000:3b:00.0: Disabled 7 VFs", KMSG_SRIOV_DISABLED, .n = 7},
	{"ixgbe 0000:3b:00.0: Failed to enable PCI sriov: -12", KMSG_SRIOV_FAILED, .err = 12},
	{"i40e 0000:3b:00.0: Failed to enable SR-IOV: -22", KMSG_SRIOV_FAILED, .err = 22},
	{"mlx4_core 0000:3b:00.0: Failed to enable SR-IOV, continuing without SR-IOV (err = -12)", KMSG_SRIOV_FAILED, .err = 12},
	{"gim error:(enable_sriov:311) Fail to enable sriov, status = fffffff4", KMSG_SRIOV_FAILED, .err = 12},
	{"i915 0000:3b:00.0: [drm] *ERROR* Failed to enable 7 VFs (-ENOMEM)", KMSG_SRIOV_FAILED, .n = 7, .err = 12},
	{"mlx5_core 0000:3b:00.0: mlx5_sriov_enable:195:(pid 5): pci_enable_sriov failed : -12", KMSG_SRIOV_FAILED, .err = 12},
	{"mlx5_core 0000:3b:00.0: mlx5_device_enable_sriov failed : -5", KMSG_SRIOV_FAILED, .err = 5},
	{"mlx5_core 0000:3b:00.0: failed to enable eswitch SRIOV (-28)", KMSG_SRIOV_FAILED, .err = 28},
	{"[bnx2x_enable_sriov:2514(ens9f0)]pci_enable_sriov failed with -12", KMSG_SRIOV_FAILED, .err = 12},
	{"nicpf 0000:3b:00.0: SRIOV enable failed, num VF is 8", KMSG_SRIOV_FAILED, .n = 8},
	{"fsl_enetc 0000:3b:00.0: pci_enable_sriov err -12", KMSG_SRIOV_FAILED, .err = 12},
	{"igb 0000:3b:00.0: Failed to initialize SR-IOV virtualization", KMSG_SRIOV_FAILED},
	{"mlx4_core 0000:3b:00.0: Requested more VFs (64) than allowed (8)", KMSG_PF_LIMIT, .n = 64, .n2 = 8},
	{"c6xx 0000:3b:00.0: IOMMU must be enabled for SR-IOV to work", KMSG_PF_REFUSED, .err = 22},
	{"fm10k 0000:3b:00.0: Enable PCI SR-IOV failed: -12", KMSG_SRIOV_FAILED, .err = 12},
	{"ixgbe 0000:3b:00.0: SRIOV is not supported with XDP", KMSG_PF_REFUSED},
	{"ixgbe 0000:3b:00.0: Currently configured with 8 TCs, and 0 offloaded macvlans. Creating more than 15 VFs is not allowed", KMSG_PF_LIMIT, .n2 = 15},
	{"ixgbe 0000:3b:00.0: Virtual Functions already enabled for this device - Please reload all VF drivers to avoid spoofed packet errors", KMSG_SRIOV_ALREADY},
	{"ixgbe 0000:3b:00.0: Unloading driver while VFs are assigned - VFs will not be deallocated", KMSG_PF_VFS_ASSIGNED},
	{"igb 0000:3b:00.0: Cannot deallocate SR-IOV virtual functions while they are assigned - VFs will not be deallocated", KMSG_PF_VFS_ASSIGNED},
	{"igb 0000:3b:00.0: 7 pre-allocated VFs found - override max_vfs setting of 4", KMSG_SRIOV_ALREADY, .n = 7, .n2 = 4},
	{"igb 0000:3b:00.0: Maximum of 7 VFs per PF, using max", KMSG_PF_LIMIT, .n2 = 7},
	{"i40e 0000:3b:00.0: VFs are assigned - not disabling SR-IOV", KMSG_PF_VFS_ASSIGNED},
	{"i40e 0000:3b:00.0: Cannot enable SR-IOV virtual functions while the device is undergoing diagnostic testing", KMSG_PF_NOT_READY},
	{"i40e 0000:3b:00.0: Unable to enable 64 VFs. Limited to 32 VFs due to device resource constraints.", KMSG_PF_RESOURCES, .n = 32},
	{"i40e 0000:3b:00.0: Unable to configure VFs, other operation is pending.", KMSG_PF_NOT_READY},
	{"i40e 0000:3b:00.0: Unable to free VFs because some are assigned to VMs.", KMSG_PF_VFS_ASSIGNED},
	{"ice 0000:3b:00.0: Only 0 MSI-X interrupts available for SR-IOV. Not enough to support minimum of 2 MSI-X interrupts per VF for 8 VFs", KMSG_PF_RESOURCES, .err = 28},
	{"ice 0000:3b:00.0: Not enough queues to support minimum of 1 queue pairs per VF for 8 VFs", KMSG_PF_RESOURCES},
	{"ice 0000:3b:00.0: Not enough resources for 8 VFs, err -28. Try with fewer number of VFs", KMSG_PF_RESOURCES, .err = 28},
	{"ice 0000:3b:00.0: Can't enable 200 VFs, max VFs supported is 128", KMSG_PF_LIMIT, .n = 200, .n2 = 128},
	{"ice 0000:3b:00.0: This device is not capable of SR-IOV", KMSG_PF_NOT_CAPABLE, .err = 95},
	{"ice 0000:3b:00.0: SR-IOV cannot be configured - Device is in Safe Mode", KMSG_PF_NOT_CAPABLE, .err = 95},
	{"ice 0000:3b:00.0: Cannot enable SR-IOV, device not ready", KMSG_PF_NOT_READY, .err = 16},
	{"mlx5_core 0000:3b:00.0: timeout reclaiming VFs pages", KMSG_PF_NOT_READY},
	{"bnxt_en 0000:3b:00.0 ens1f0: Unable to reserve resources for SRIOV.", KMSG_PF_RESOURCES},
	{"bnxt_en 0000:3b:00.0 ens1f0: Only able to reserve resources for 4 VFs.", KMSG_PF_RESOURCES, .n = 4},
	{"bnxt_en 0000:3b:00.0 ens1f0: Requested VFs 16, can enable 8", KMSG_PF_LIMIT, .n = 16, .n2 = 8},
	{"bnxt_en 0000:3b:00.0 ens1f0: Cannot enable VFS as representors cannot be created", KMSG_PF_REFUSED},
	{"bnxt_en 0000:3b:00.0 ens1f0: Reject SRIOV config request since if is down!", KMSG_PF_DOWN},
	{"bnxt_en 0000:3b:00.0 ens1f0: Reject SRIOV config request when FW reset is in progress", KMSG_PF_NOT_READY},
	{"bnxt_en 0000:3b:00.0 ens1f0: Unable to configure SRIOV since some VFs are assigned to VMs.", KMSG_PF_VFS_ASSIGNED},
	{"fm10k 0000:3b:00.0: Cannot disable SR-IOV while VFs are assigned", KMSG_PF_VFS_ASSIGNED},
	{"fm10k 0000:3b:00.0: Cannot modify SR-IOV while VFs are assigned", KMSG_SRIOV_ASSIGNED},
	{"i915 0000:3b:00.0: Running in SR-IOV PF mode", KMSG_PF_SRIOV_MODE},
	/* VFs */
	{"mlx4_core 0000:3b:00.0: Detected virtual function - running in slave mode", KMSG_VF_SLAVE},
	{"ixgbevf 0000:3b:00.0: PF still in reset state. Is the PF interface up?", KMSG_VF_PF_IN_RESET},
	{"nvme 0000:3b:00.0: Device not ready; aborting initialisation, CSTS=0x2", KMSG_NVME_NOT_READY, .n = 2},
	/* IOMMU */
	{"DMAR: IOMMU enabled", KMSG_IOMMU_OPTION, .n = 1},
	{"Intel-IOMMU: disabled", KMSG_IOMMU_OPTION},
	{"DMAR: DRHD base: 0x000000fed90000 flags: 0x0", KMSG_IOMMU_HARDWARE, .n = 0xfed90000},
	{"DMAR: dmar0: reg_base_addr fed90000 ver 1:0 cap 1c0000c40660462 ecap 19e2ff0505e", KMSG_IOMMU_HARDWARE, .n = 0xfed90000},
	{"pci 0000:3b:00.0: AMD-Vi: Found IOMMU cap 0x40", KMSG_IOMMU_HARDWARE},
	{"arm-smmu-v3 arm-smmu-v3.0.auto: ias 48-bit, oas 48-bit (features 0x00001fef)", KMSG_IOMMU_HARDWARE},
	{"DMAR: Intel(R) Virtualization Technology for Directed I/O", KMSG_IOMMU_ACTIVE},
	{"AMD-Vi: Lazy IO/TLB flushing enabled", KMSG_IOMMU_ACTIVE},
	{"DMAR: No DMAR devices found", KMSG_IOMMU_NONE},
	{"pci 0000:3b:00.0: Adding to iommu group 12", KMSG_IOMMU_GROUP, .n = 12},
	{"iommu: Adding device 0000:3b:00.0 to group 12", KMSG_IOMMU_GROUP, .n = 12},
	{"iommu: Default domain type: Passthrough (set via kernel command line)", KMSG_IOMMU_DEFAULT, .word = "Passthrough"},
	{"AMD-Vi: Unknown option - 'on'", KMSG_IOMMU_UNKNOWN_OPTION, .word = "on"},
	{"Your BIOS is broken; DMAR reported at address 0!", KMSG_IOMMU_BROKEN, .word = "DMAR reported at address 0!"},
	{"DMAR: No DRHD structure found in DMAR table", KMSG_IOMMU_BROKEN, .word = "no DRHD structure in the DMAR table"},
	{"AMD-Vi: IVRS invalid checksum", KMSG_IOMMU_BROKEN, .word = "invalid checksum of the IVRS table"},
	{"DMAR: [DMA Read] Request device [3b:00.0] fault addr 7b5d9000 [fault reason 06] PTE Read access is not set", KMSG_IOMMU_FAULT},
	{"DMAR: RMRR base: 0x0000007b000000 end: 0x0000007f7fffff", KMSG_RMRR, .start = 0x7b000000, .end = 0x7f7fffff},
	{"vfio-pci 0000:3b:00.0: Device is ineligible for IOMMU domain attach due to platform RMRR requirement.  Contact your platform vendor.", KMSG_RMRR_BLOCKED},
	{"vfio-pci 0000:3b:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact your platform vendor.", KMSG_RMRR_BLOCKED},
	{"DMAR-IR: Enabled IRQ remapping in x2apic mode", KMSG_IR_ON, .word = "x2apic"},
	{"AMD-Vi: Interrupt remapping enabled", KMSG_IR_ON},
	{"DMAR-IR: Failed to enable irq remapping. You are vulnerable to irq-injection attacks.", KMSG_IR_OFF, .word = "the kernel failed to enable it"},
	{"DMAR-IR: Not enabling interrupt remapping", KMSG_IR_OFF, .word = "not every I/O APIC and HPET has an IOMMU, or one lacks it"},
	{"DMAR-IR: ioapic 2 has no mapping iommu, interrupt remapping will be disabled", KMSG_IR_OFF, .word = "an I/O APIC has no IOMMU"},
	{"DMAR-IR: This system BIOS has enabled interrupt remapping on a chipset that contains an erratum making that feature unstable.", KMSG_IR_OFF, .word = "the chipset has an erratum"},
	{"vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param \"allow_unsafe_interrupts\" to enable VFIO IOMMU support on this platform", KMSG_IR_VFIO},
	{"pci 0000:3b:00.0: Intel SPT PCH root port ACS workaround enabled", KMSG_ACS_QUIRK},
	{"pci 0000:3b:00.0: Configured ACS to 0x001d", KMSG_ACS_CONFIGURED, .n = 0x1d},
	{"PCIe: ATS is disabled", KMSG_ATS_OFF},
	{"OF: /soc/pcie@3800000: no msi-map translation for id 0x180 on (null)", KMSG_RID_UNMAPPED, .n = 0x180, .word = "msi"},
	{"OF: /soc/pcie@3800000: no iommu-map translation for id 0x182 on (null)", KMSG_RID_UNMAPPED, .n = 0x182, .word = "iommu"},
	/* vfio */
	{"vfio-pci 0000:3b:00.0: VF token required to access device", KMSG_VFIO_TOKEN},
	{"vfio-pci 0000:3b:00.0: Incorrect VF token provided for device", KMSG_VFIO_TOKEN},
	{"vfio-pci 0000:3b:00.0: Cannot bind to PF with SR-IOV enabled", KMSG_VFIO_PF_HAS_VFS},
	{"vfio-pci 0000:3b:00.0: 8086:37c9 exists in vfio-pci device denylist, driver probing disallowed.", KMSG_VFIO_DENYLIST},
	{"vfio-pci 0000:3b:00.0: Captured SR-IOV VF 0000:3b:02.0 driver_override", KMSG_VFIO_CAPTURED},
	{"vfio-pci 0000:3b:00.0: VF 0000:3b:02.0 bound to driver iavf while PF bound to driver vfio-pci", KMSG_VFIO_MIXED, .word = "iavf"},
	{"vfio-pci 0000:3b:00.0: Hardware bug: VF reports bogus INTx pin 1", KMSG_VFIO_BOGUS_INTX, .n = 1},
	{"vfio-pci 0000:3b:00.0: Adding kernel taint for vfio-noiommu group on device", KMSG_VFIO_NOIOMMU},
	{"vfio 0000:3b:00.0: group 7 is not viable", KMSG_VFIO_NOT_VIABLE, .n = 7},
	/* _OSC */
	{"acpi PNP0A08:00: _OSC: OS supports [ExtendedConfig ASPM ClockPM Segments MSI HPX-Type3]", KMSG_OSC_SUPPORTS, .word = "ExtendedConfig ASPM ClockPM Segments MSI HPX-Type3"},
	{"acpi PNP0A08:00: _OSC: OS now controls [PCIeHotplug SHPCHotplug PME AER PCIeCapability LTR DPC]", KMSG_OSC_GRANTED, .word = "PCIeHotplug SHPCHotplug PME AER PCIeCapability LTR DPC"},
	{"acpi PNP0A08:00: _OSC: platform retains control of PCIe features (AE_ERROR)", KMSG_OSC_RETAINED, .word = "AE_ERROR"},
	{"acpi PNP0A08:00: _OSC: platform does not support [SHPCHotplug LTR]", KMSG_OSC_UNSUPPORTED, .word = "SHPCHotplug LTR"},
	{"acpi PNP0A08:00: _OSC: not requesting control; platform does not support [PCIeCapability]", KMSG_OSC_NOT_REQUESTED, .word = "PCIeCapability"},
	{"acpi PNP0A08:00: _OSC: not requesting OS control; OS requires [ExtendedConfig ASPM ClockPM MSI]", KMSG_OSC_NOT_REQUESTED, .word = "ExtendedConfig ASPM ClockPM MSI"},
	{"acpi PNP0A08:00: _OSC failed (AE_NOT_FOUND); disabling ASPM", KMSG_OSC_FAILED, .word = "AE_NOT_FOUND"},
	{"acpi PNP0A08:00: ACPI _OSC control (0x1d) granted", KMSG_OSC_GRANTED, .n = 0x1d},
	/* guests of Hyper-V */
	{"hv_vmbus: Vmbus version:5.2", KMSG_HV_VMBUS},
	{"hv_vmbus: registering driver hv_pci", KMSG_HV_PCI_DRIVER},
	{"hv_vmbus: registering driver hv_netvsc", KMSG_HV_NETVSC},
	{"hv_pci 7ad35d50-c05b-47ab-b3a0-56a9a845852b: PCI VMBus probing: Using version 0x10004", KMSG_HV_PCI_PROBING, .n = 0x10004},
	{"hv_pci 7ad35d50-c05b-47ab-b3a0-56a9a845852b: Need 0x4000000 of low MMIO space. Consider reconfiguring the VM.", KMSG_HV_PCI_MMIO, .n = 0x4000000, .word = "low"},
	{"hv_pci 7ad35d50-c05b-47ab-b3a0-56a9a845852b: Need 0x400000000 of high MMIO space. Consider reconfiguring the VM.", KMSG_HV_PCI_MMIO, .n = 0x400000000, .word = "high"},
	{"hv_pci 7ad35d50-c05b-47ab-b3a0-56a9a845852b: PCI Pass-through VSP failed D0 Entry with status c0370048", KMSG_HV_PCI_FAILED, .n = 0xc0370048, .word = "D0 entry"},
	{"hv_pci 7ad35d50-c05b-47ab-b3a0-56a9a845852b: PCI dom# 0x3 has collision, using 0x4", KMSG_HV_PCI_COLLISION, .n = 3},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF slot 1 added", KMSG_HV_VF_OFFERED, .n = 1},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF slot 1 removed", KMSG_HV_VF_REMOVED, .n = 1},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF registering: eth1", KMSG_HV_VF_REGISTERED, .word = "eth1"},
	{"mlx4_core 0000:3b:00.0 eth1: joined to eth0", KMSG_HV_VF_REGISTERED},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF unregistering: eth1", KMSG_HV_VF_UNREGISTERED, .word = "eth1"},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: no netdev found for vf serial:2", KMSG_HV_VF_PAIR_FAILED, .n = 2, .word = "no synthetic interface has the VF's serial number"},
	{"mlx5_core 0000:3b:00.0 eth1: can not register netvsc VF receive handler (err = -16)", KMSG_HV_VF_PAIR_FAILED, .word = "something else (a bond, a bridge) holds the VF's interface"},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: Data path switched to VF: eth1", KMSG_HV_DATAPATH_VF, .word = "eth1"},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: Data path switched from VF: eth1", KMSG_HV_DATAPATH_SYNTHETIC, .word = "eth1"},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: Data path failed to switch to VF: eth1, err: -22", KMSG_HV_DATAPATH_FAILED, .err = 22},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: Waiting for the VF association from host", KMSG_HV_WAITING},
	{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: Ignore VF_ASSOCIATION msg from the host supporting isolation", KMSG_HV_ISOLATED},
	{"mana 0000:3b:00.0: Microsoft Azure Network Adapter protocol version: 0.1.1", KMSG_MANA, .word = "0.1.1"},
};

/* What stands before the message in various logs. */
static const char *const prefixes[] = {
	"%s", "[    0.350595] %s", "[  481.570274] %s", "[159844.168857] %s", "[Mon Mar  4 14:32:19 2019] %s", "[  +0.000004] %s", "<6>%s", "<4>[    0.350595] %s",
	"Aug 26 16:15:32 i9-13900k kernel: %s", "Aug  6 16:15:32 host kernel: [    0.350595] %s", "kern  :info  : [    0.350595] %s", "kern: notice: %s",
	"2023-02-26T18:02:42,687972+00:00 %s", "2024-01-02T03:04:05.678+0100 host.example kernel: %s", "2024-01-02 03:04:05 host kernel: [    1.000001] %s",
	"localhost kernel: [ 1920.456335] %s", "[    0.350595][    T1] %s", "[    0.350595] [   T42] %s", "> [    0.350595] %s", ">> > %s", "    [    0.350595] %s",
	"\x1b[32m[    0.350595] \x1b[0m\x1b[33m%s\x1b[0m", "[2024-01-01 10:00:00] [    0.350595] %s", "%s\r",
};

static struct kmsg parse(struct arena *arena, const char *text, size_t n)
{
	struct kmsg log = {0};
	assert_needs_memory(kmsg_parse(arena, (struct slice){text, n}, NULL, &log), log = (struct kmsg){0});
	size_t kept = 0; /* that a driver speaks is a test of its own */
	for (size_t i = 0; i < log.n; i++)
		if (log.events[i].type != KMSG_DRIVER)
			log.events[kept++] = log.events[i];
	log.n = kept;
	assert_needs_memory(kmsg_index(arena, &log), (void)0);
	return log;
}

static struct kmsg parse_text(struct arena *arena, const char *text)
{
	return parse(arena, text, strlen(text));
}

static void expect(const struct row *row, const struct kmsg *log, const char *text)
{
	if (log->n != 1)
		fail_msg("%zu events: %s", log->n, text);
	const struct kmsg_event *e = &log->events[0];
	if (e->type != row->type || e->n != row->n || e->n2 != row->n2 || e->err != row->err || e->start != row->start || e->end != row->end ||
	    e->size != row->size || e->bar != row->bar - 1 || e->bus_from != row->bus_from - 1 || e->bus_to != row->bus_to - 1)
		fail_msg("type %u n %llu %llu err %d bar %d [%llx-%llx] %llx [bus %d-%d]: %s", e->type, (unsigned long long)e->n, (unsigned long long)e->n2,
			 e->err, e->bar, (unsigned long long)e->start, (unsigned long long)e->end, (unsigned long long)e->size, e->bus_from, e->bus_to,
			 text);
	if (row->word && !slice_is(e->word, row->word))
		fail_msg("word \"%.*s\": %s", (int)e->word.n, e->word.p, text);
	static const struct sriov_addr addr = {0, 0x3b, 0, 0};
	if (strstr(row->line, " " ADDR ": ") || strstr(row->line, " " ADDR " ")) {
		if (e->type != KMSG_SRIOV_FIRMWARE_ON && (!e->has_addr || !addr_same(&e->addr, &addr)))
			fail_msg("wrong address: %s", text);
	}
	assert_int_equal(e->line, 1);
}

static void test_messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		for (size_t p = 0; p < ARRAY_SIZE(prefixes); p++) {
			char text[1024];
			if (p > 1 && (i + p) % 8) /* each prefix with many messages, each message with many prefixes */
				continue;
			const char *hole = strstr(prefixes[p], "%s");
			snprintf(text, sizeof(text), "%.*s%s%s", (int)(hole - prefixes[p]), prefixes[p], rows[i].line, hole + 2);
			struct arena arena = {0};
			struct kmsg log = parse_text(&arena, text);
			expect(&rows[i], &log, text);
			arena_free(&arena);
		}
	}
}

/* Each row of the table has a key that is in its pattern, and is hit by at least one line above or says why not here. */
static void test_table(void **state)
{
	(void)state;
	bool begins;
	for (size_t r = 0; r < kmsg_rows_n; r++) {
		struct slice key = kmsg_row_key(&kmsg_rows[r], &begins);
		assert_true(key.n >= 4);
		assert_true(slice_has(slice_of(kmsg_rows[r].pattern), "%") || key.n >= 4);
		size_t depth = 0;
		for (const char *p = kmsg_rows[r].pattern; *p; p++) {
			if (*p == '%') {
				assert_non_null(strchr("nmNMeSrRbvwoLHBxDAaqQpickKsth*%{", p[1]));
				p++;
			} else if (*p == '{') {
				assert_int_equal(depth, 0);
				depth++;
			} else if (*p == '}') {
				assert_int_equal(depth, 1);
				depth--;
			}
		}
		assert_int_equal(depth, 0);
	}
}

/* A wrapped and quoted log is the same log. */
static void test_wrapped(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"> [    0.413804] pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff\n> 64bit]: contains BAR 0 for 7 VFs\n",
		"Aug 26 16:15:32 server7 kernel: [    0.413804] pci 0000:00:02.0: VF BAR 0 [mem\n0x00000000-0x06ffffff 64bit]: contains BAR 0 for 7 VFs\n",
		"[    0.413804] pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff 64bit]: con\ntains BAR 0 for 7 VFs\n",
		">> pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff\r\n>> 64bit]: contains BAR 0 for 7 VFs\r\n",
		"```\n[    0.413804] pci 0000:00:02.0: VF BAR 0 [mem 0x00000000-0x06ffffff 64bit]: contains BAR 0 for 7 VFs\n```\n",
	};
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct arena arena = {0};
		struct kmsg log = parse_text(&arena, texts[i]);
		if (log.n != 1)
			fail_msg("%zu events: %s", log.n, texts[i]);
		assert_int_equal(log.events[0].type, KMSG_VF_BAR_SPACE);
		assert_int_equal(log.events[0].n, 7);
		assert_int_equal(log.events[0].size, 0x7000000);
		assert_true(log.events[0].has_addr && log.events[0].addr.device == 2);
		arena_free(&arena);
	}
	/* a line of its own is not the end of the line before it: no device is lent */
	struct arena arena = {0};
	struct kmsg log = parse_text(&arena, "[    3.610521] i915 0000:00:02.0: [drm] GT0: GuC firmware i915/adlp_guc_70.bin version 70.13.1\n"
					     "not enough MMIO resources for SR-IOV\n[    4.0] x\n");
	assert_int_equal(log.n, 1);
	assert_false(log.events[0].has_addr);
	arena_free(&arena);
}

static void test_boots(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct kmsg log = parse_text(&arena, "[    0.000000] Linux version 5.10.0 (x)\n[    1.0] igb 0000:01:00.0: not enough MMIO resources for SR-IOV\n"
					     "[    0.000000] Booting Linux on physical CPU 0x0\n[    0.000000] Linux version 6.1.0 (x)\n"
					     "[    0.9] igb 0000:01:00.0: Adding to iommu group 3\n");
	assert_int_equal(log.n, 2);
	assert_int_equal(log.boots, 2);
	assert_true(log.from_boot);
	assert_true(slice_is(log.events[0].word, "6.1.0"));
	assert_int_equal(log.events[1].type, KMSG_IOMMU_GROUP);
	assert_null(kmsg_last(&log, KMSG_SRIOV_NO_MMIO, NULL));
	/* a second log does not begin a boot of the first */
	const char *more = "igb 0000:01:00.1: SR-IOV: bus number out of range\n";
	assert_int_equal(kmsg_parse(&arena, slice_of(more), NULL, &log), 0);
	assert_int_equal(log.n, 4); /* igb speaks, and what it says */
	/* `cat /proc/version` below a log with stamps is no boot */
	log = parse_text(&arena, "[    1.0] igb 0000:01:00.0: not enough MMIO resources for SR-IOV\n$ cat /proc/version\nLinux version 6.1.0 (x)\n");
	assert_non_null(kmsg_last(&log, KMSG_SRIOV_NO_MMIO, NULL));
	arena_free(&arena);
}

static void test_repeats(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct {
		char text[64 * 4096];
		size_t n;
	} *many = calloc(1, sizeof(*many));
	assert_non_null(many);
	for (unsigned i = 0; i < 2000; i++)
		many->n += (size_t)snprintf(many->text + many->n, sizeof(many->text) - many->n, "[%u.0] igb 0000:01:00.0: SR-IOV: bus number out of range\n", i);
	struct kmsg log = parse(&arena, many->text, many->n);
	assert_int_equal(log.n, 1);
	assert_int_equal(log.events[0].times, 2000);
	assert_int_equal(log.events[0].line, 1);
	assert_int_equal(log.events[0].last_line, 2000);
	free(many);
	arena_free(&arena);
}

/* What is remembered of a message says the same as reading it again: long lines are never remembered, spaces at an end say nothing. */
static void test_remembered(void **state)
{
	static const char *const says[] = {
		"pci 0000:02:00.0: BAR 0 [mem 0x100000-0x1fffff 64bit pref]", "pci 0000:02:00.0: PME# supported from D0 D3hot D3cold",
		"igb 0000:01:00.0: SR-IOV: bus number out of range", "igb 0000:01:00.0 eth0: Enabling SR-IOV with 3 VFs", "Enabling SR-IOV with nothing",
		"pci 0000:02:00.0: can't enable device: BAR 7 [mem 0x0-0xfff] not assigned", "DMAR: RMRR base: 0x10 end: 0x20 DMAR: IOMMU enabled",
		"pci 0000:03:00.0: Adding to iommu group 7", "Linux version 6.12.9 (a@b)", "Command line: ro", "usb 1-1: new device",
	};
	(void)state;
	struct arena arena = {0};
	char *text[2] = {calloc(1, 1 << 20), calloc(1, 1 << 20)};
	size_t n[2] = {0};
	uint32_t seed = 11;
	assert_non_null(text[0]);
	assert_non_null(text[1]);
	for (unsigned i = 0; i < 900; i++) {
		seed = seed * 1664525 + 1013904223;
		size_t what = (seed >> 20) % (i % 100 ? ARRAY_SIZE(says) - 3 : ARRAY_SIZE(says)); /* a boot now and then */
		for (unsigned k = 0; k < 2; k++)
			n[k] += (size_t)sprintf(text[k] + n[k], "[%5u.000000] %s%*s\n", i, says[what], k ? 600 : 0, "");
	}
	struct kmsg log[2] = {{0}};
	for (unsigned k = 0; k < 2; k++)
		assert_int_equal(kmsg_parse(&arena, (struct slice){text[k], n[k]}, NULL, &log[k]), 0);
	assert_true(log[0].n > 5);
	assert_int_equal(log[0].n, log[1].n);
	assert_int_equal(log[0].boots, log[1].boots);
	for (size_t i = 0; i < log[0].n; i++) {
		const struct kmsg_event *a = &log[0].events[i], *b = &log[1].events[i];
		assert_int_equal(a->type, b->type);
		assert_int_equal(a->line, b->line);
		assert_int_equal(a->last_line, b->last_line);
		assert_int_equal(a->times, b->times);
		assert_int_equal(a->seq, b->seq);
		assert_true(slice_same(a->text, b->text));
		assert_true(slice_same(a->driver, b->driver));
	}
	free(text[0]);
	free(text[1]);
	arena_free(&arena);
}

static void resource_is(const char *text, int index, enum kmsg_res_state state, uint64_t start, uint64_t size)
{
	static const struct sriov_addr addr = {0, 2, 0, 0};
	struct arena arena = {0};
	struct kmsg log = parse_text(&arena, text);
	struct kmsg_res res;
	kmsg_resource(&log, &addr, index, &res);
	if (res.state != state || res.start != start || res.size != size)
		fail_msg("state %d start %llx size %llx: %s", (int)res.state, (unsigned long long)res.start, (unsigned long long)res.size, text);
	arena_free(&arena);
}

#define SPACE "pci 0000:02:00.0: VF(n) BAR0 space: [mem 0x00000000-0x000fffff 64bit] (contains BAR0 for 64 VFs)\n"
#define NO    "pci 0000:02:00.0: BAR 7: no space for [mem size 0x00100000 64bit]\npci 0000:02:00.0: BAR 7: failed to assign [mem size 0x00100000 64bit]\n"
#define YES   "pci 0000:02:00.0: BAR 7: assigned [mem 0x80204000-0x80303fff 64bit]\n"

static void test_revoked(void **state)
{
	(void)state;
	resource_is("x\n", 7, KMSG_RES_UNKNOWN, 0, 0);
	resource_is(SPACE, 7, KMSG_RES_UNASSIGNED, 0, 0x100000);
	resource_is(SPACE NO, 7, KMSG_RES_FAILED, 0, 0x100000);
	resource_is(SPACE NO YES, 7, KMSG_RES_ASSIGNED, 0x80204000, 0x100000);
	resource_is(SPACE YES NO, 7, KMSG_RES_FAILED, 0x80204000, 0x100000);
	resource_is(SPACE NO YES NO, 7, KMSG_RES_FAILED, 0x80204000, 0x100000); /* the second time is later than YES */
	resource_is(SPACE NO YES, 8, KMSG_RES_UNKNOWN, 0, 0);
	resource_is("pci 0000:02:00.0: VF BAR 0 [mem 0x00000000-0x0000ffff 64bit]\npci 0000:02:00.0: VF BAR 0 [mem 0x00000000-0x0007ffff 64bit]: contains BAR 0 for 8 VFs\n"
		    "pci 0000:02:00.0: VF BAR 0 [mem 0x4017000000-0x401707ffff 64bit]: assigned\n", 7, KMSG_RES_ASSIGNED, 0x4017000000, 0x80000);
	/* firmware's address, which the kernel could not keep */
	resource_is("pci 0000:02:00.0: VF BAR 0 [mem 0x30018000-0x30117fff 64bit]: contains BAR 0 for 32 VFs\n", 7, KMSG_RES_ASSIGNED, 0x30018000, 0x100000);
	resource_is("pci 0000:02:00.0: VF BAR 0 [mem 0x30018000-0x30117fff 64bit]: contains BAR 0 for 32 VFs\n"
		    "pci 0000:02:00.0: VF BAR 0 [mem 0x30018000-0x30117fff 64bit]: can't claim; no compatible bridge window\n", 7, KMSG_RES_UNASSIGNED, 0x30018000, 0x100000);
	/* a bridge's windows are 7 to 9 where the kernel has no VF BARs */
	resource_is("pci 0000:02:00.0: PCI bridge to [bus 03]\npci 0000:02:00.0: BAR 8: assigned [mem 0x80000000-0x801fffff]\n", 14, KMSG_RES_ASSIGNED, 0x80000000, 0x200000);
	resource_is("pci 0000:02:00.0: PCI bridge to [bus 03]\npci 0000:02:00.0: BAR 8: assigned [mem 0x80000000-0x801fffff]\n", 8, KMSG_RES_UNKNOWN, 0, 0);
	resource_is("pci 0000:02:00.0: PCI bridge to [bus 03]\npci 0000:02:00.0:   bridge window [mem 0x80000000-0x801fffff]\n"
		    "pci 0000:02:00.0: resource 14 [mem 0x80000000-0x801fffff] released\n", 14, KMSG_RES_UNASSIGNED, 0x80000000, 0x200000);
}

static void sriov_is(const char *text, enum kmsg_sriov_state state, uint64_t vfs, int err, enum kmsg_type why)
{
	static const struct sriov_addr addr = {0, 2, 0, 0};
	struct arena arena = {0};
	struct kmsg log = parse_text(&arena, text);
	struct kmsg_sriov sriov;
	kmsg_sriov(&log, &addr, &sriov);
	if (sriov.state != state || sriov.vfs != vfs || sriov.err != err || (why != KMSG_TYPES && (!sriov.why || sriov.why->type != why)))
		fail_msg("state %d vfs %llu err %d: %s", (int)sriov.state, (unsigned long long)sriov.vfs, sriov.err, text);
	arena_free(&arena);
}

static void test_sriov(void **state)
{
	(void)state;
	sriov_is("i40e 0000:02:00.0 enp2s0f0: SR-IOV enabled with 1 VFs\n", KMSG_VFS_UNKNOWN, 1, 0, KMSG_TYPES);
	sriov_is("ixgbe 0000:02:00.0: SR-IOV enabled with 1 VFs\nixgbe 0000:02:00.0: can't enable 1 VFs (bus 03 out of range of [bus 02])\n"
		 "ixgbe 0000:02:00.0: Failed to enable PCI sriov: -12\n", KMSG_VFS_FAILED, 1, 12, KMSG_SRIOV_NO_BUS);
	sriov_is("i915 0000:02:00.0: Enabled 7 VFs\n", KMSG_VFS_ENABLED, 7, 0, KMSG_SRIOV_ENABLED);
	sriov_is("i915 0000:02:00.0: Enabled 7 VFs\ni915 0000:02:00.0: Disabled 7 VFs\n", KMSG_VFS_DISABLED, 0, 0, KMSG_SRIOV_DISABLED);
	sriov_is("ice 0000:02:00.0: Enabling 8 VFs\nice 0000:02:00.0: Only 0 MSI-X interrupts available for SR-IOV. x\nice 0000:02:00.0: Failed to enable SR-IOV: -28\n",
		 KMSG_VFS_FAILED, 8, 28, KMSG_PF_RESOURCES);
	sriov_is("igb 0000:02:00.0: not enough MMIO resources for SR-IOV\nigb 0000:02:00.0: Enabled 2 VFs\n", KMSG_VFS_ENABLED, 2, 0, KMSG_SRIOV_ENABLED);
}

static void test_devices(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct kmsg log = parse_text(&arena, "igb 0000:07:00.0: SR-IOV: bus number out of range\nigb 0000:08:00.1: SR-IOV: bus number out of range\n"
					     "not enough MMIO resources for SR-IOV\npci_bus 0000:07: root bus resource [bus 07-0a]\n"
					     "pci 10000:e1:00.0: [8086:0a54] type 00 class 0x010802 PCIe Endpoint\n");
	size_t n;
	const struct kmsg_event *const *events = kmsg_of(&log, &(struct sriov_addr){0, 8, 0, 1}, &n);
	assert_int_equal(n, 1);
	assert_int_equal(events[0]->line, 2);
	assert_true(slice_is(events[0]->driver, "igb"));
	assert_true(slice_is(events[0]->text, "SR-IOV: bus number out of range"));
	(void)kmsg_of(&log, NULL, &n);
	assert_int_equal(n, 1);
	(void)kmsg_of(&log, &(struct sriov_addr){0x10000, 0xe1, 0, 0}, &n);
	assert_int_equal(n, 1);
	(void)kmsg_of(&log, &(struct sriov_addr){0, 7, 0, 0}, &n); /* the function, not the bus of that number */
	assert_int_equal(n, 1);
	(void)kmsg_typed(&log, KMSG_SRIOV_NO_BUS, &n);
	assert_int_equal(n, 2);
	struct kmsg old = parse_text(&arena, "pci 0000:02:00.0: [8086:10fb] type 0 class 0x000200\npci 0000:03:00.0: [8086:10fb] type 00 class 0x020000\n");
	assert_true(old.events[0].class == 0x020000 && old.events[1].class == 0x020000 && !old.events[0].header);
	assert_true(kmsg_is_line(slice_of("[    1.0] anything")));
	assert_true(kmsg_is_line(slice_of("igb 0000:07:00.0: hello")));
	assert_true(kmsg_is_line(slice_of("not enough MMIO resources for SR-IOV")));
	assert_false(kmsg_is_line(slice_of("The card is in the first slot.")));
	assert_false(kmsg_is_line(slice_of("01:00.0 Ethernet controller: Intel Corporation 82576")));
	arena_free(&arena);
}

static void test_drivers(void **state)
{
	(void)state;
	static const char text[] = "[    1.0] igb 0000:07:00.0: added PHC on eth0\n[    2.0] igb 0000:07:00.0 enp7s0f0: igb: enp7s0f0 NIC Link is Up\n"
				   "[    2.0] pcieport 0000:00:1c.0: PME: Signaling with IRQ 24\n[    2.1] pci 0000:07:00.1: enabling device\n"
				   "[    2.3] mei_hdcp 0000:00:16.0-b638ab7e-94e2-4ea2-a552-d1c54b627f04: bound 0000:00:02.0 (ops i915_hdcp_ops [i915])\n"
				   "[    2.5] [drm] Initialized i915 1.6.0 20201103 for 0000:00:02.0 on minor 1\n[    3.0] igb 0000:07:00.0 enp7s0f0: more\n";
	struct arena arena = {0};
	struct kmsg log = {0};
	assert_int_equal(kmsg_parse(&arena, SLICE(text), NULL, &log), 0);
	assert_int_equal(log.n, 3);
	assert_true(slice_is(log.events[0].driver, "igb") && !log.events[0].word.n && log.events[0].addr.bus == 7);
	assert_true(slice_is(log.events[1].driver, "igb") && slice_is(log.events[1].word, "enp7s0f0") && log.events[1].times == 2);
	assert_true(slice_is(log.events[2].driver, "i915") && log.events[2].addr.device == 2);
	arena_free(&arena);
}

static void test_hostile(void **state)
{
	(void)state;
	/* truncated at every length: no event may hold what is not there */
	for (size_t i = 0; i < ARRAY_SIZE(rows); i += 3)
		for (size_t n = 0; n < strlen(rows[i].line); n++) {
			struct arena arena = {0};
			char *exact = malloc(n ? n : 1);
			assert_non_null(exact);
			memcpy(exact, rows[i].line, n);
			struct kmsg log = parse(&arena, exact, n);
			assert_true(log.n <= 2);
			free(exact);
			arena_free(&arena);
		}
	/* random bytes, and random pieces of messages */
	uint32_t seed = 12345;
	size_t size = 1 << 20;
	char *bytes = malloc(size);
	assert_non_null(bytes);
	for (unsigned round = 0; round < 4; round++) {
		size_t n = 0;
		while (n < size) {
			seed = seed * 1664525 + 1013904223;
			const char *line = rows[(seed >> 8) % ARRAY_SIZE(rows)].line;
			size_t len = strlen(line), from = (seed >> 4) % len, take = round ? (seed >> 16) % (len - from) + 1 : 1;
			for (size_t k = 0; k < take && n < size; k++)
				bytes[n++] = round ? line[from + k] : (char)(seed >> 11);
			if (round == 2 && n < size)
				bytes[n++] = '\n';
		}
		struct arena arena = {0};
		struct kmsg log = parse(&arena, bytes, size);
		assert_true(log.n <= KMSG_EVENTS_MAX);
		arena_free(&arena);
	}
	free(bytes);
	/* one line of 10 MB, made of keys */
	size = 10 << 20;
	bytes = malloc(size);
	assert_non_null(bytes);
	for (size_t i = 0; i < size; i++)
		bytes[i] = "[mem [bus BAR 7: VF BAR 0 can't assign; "[i % 40];
	struct arena arena = {0};
	struct kmsg log = parse(&arena, bytes, size);
	assert_int_equal(log.lines, 1);
	free(bytes);
	arena_free(&arena);
}

/* More different events than are kept: said, not crashed on. */
static void test_many(void **state)
{
	(void)state;
	static const char boot[] = "Linux version 6.1.0\n";
	size_t room = (KMSG_EVENTS_MAX + 1000) * (size_t)56, n = sizeof(boot) - 1;
	char *text = malloc(room);
	assert_non_null(text);
	memcpy(text, boot, n);
	for (unsigned i = 0; i < KMSG_EVENTS_MAX + 500; i++)
		n += (size_t)snprintf(text + n, room - n, "pci %04x:%02x:%02x.%x: Adding to iommu group %u\n", i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7, i);
	struct arena arena = {0};
	struct kmsg log = parse(&arena, text, n);
	assert_true(log.truncated);
	assert_int_equal(log.n, KMSG_EVENTS_MAX);
	assert_false(log.from_boot); /* a message that is missing may be among those left out */
	arena_free(&arena);
	memcpy(text + n, boot, sizeof(boot)); /* what the boot before said does not matter */
	log = parse(&arena, text, n + sizeof(boot) - 1);
	assert_false(log.truncated);
	assert_true(log.from_boot);
	free(text);
	arena_free(&arena);
}

/* Which rows may fit, as plainly as it can be said: the scan, which looks at every second place, finds the same. */
static size_t plain_scan(struct slice line, size_t from, struct kmsg_hit *hits)
{
	size_t n = 0;
	bool begins;
	for (size_t r = 0; r < kmsg_rows_n; r++) {
		struct slice key = kmsg_row_key(&kmsg_rows[r], &begins);
		for (size_t at = from; at + key.n <= line.n; at++)
			if (!memcmp(line.p + at, key.p, key.n) && n < KMSG_HITS_MAX)
				hits[n++] = (struct kmsg_hit){(uint16_t)r, (uint32_t)at};
	}
	return n;
}

static void test_scan(void **unused)
{
	(void)unused;
	struct arena arena = {0};
	struct kmsg_scan scan;
	uint32_t seed = 5;
	bool begins;
	for (size_t r = 0; r < kmsg_rows_n; r++)
		assert_in_range(kmsg_row_key(&kmsg_rows[r], &begins).n, 4, UINT8_MAX);
	assert_int_equal(kmsg_scan_init(&scan, &arena), 0);
	for (unsigned round = 0; round < 900; round++) {
		struct kmsg_hit hits[KMSG_HITS_MAX], plain[KMSG_HITS_MAX];
		char text[512];
		size_t n = 0, want = round % 300;
		while (n < want) { /* keys, their beginnings, and other bytes */
			seed = seed * 1664525 + 1013904223;
			struct slice key = kmsg_row_key(&kmsg_rows[(seed >> 8) % kmsg_rows_n], &begins);
			size_t part = seed >> 24 & 1 ? key.n : (seed >> 25) % (key.n + 1);
			memcpy(text + n, key.p, part);
			n += part;
			for (unsigned i = seed >> 28; i > 0; i--)
				text[n++] = (char)(' ' + (seed >> i) % 90);
		}
		size_t from = (seed >> 12) % (n / 4 + 1), found = kmsg_scan_line(&scan, (struct slice){text, n}, from, hits);
		size_t wanted = plain_scan((struct slice){text, n}, from, plain);
		if (wanted == KMSG_HITS_MAX)
			continue;
		assert_int_equal(found, wanted);
		for (size_t i = 0; i < found; i++) {
			assert_int_equal(hits[i].row, plain[i].row);
			assert_int_equal(hits[i].at, plain[i].at);
		}
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages), cmocka_unit_test(test_table),   cmocka_unit_test(test_wrapped), cmocka_unit_test(test_boots),
		cmocka_unit_test(test_repeats),  cmocka_unit_test(test_remembered),  cmocka_unit_test(test_revoked), cmocka_unit_test(test_sriov),   cmocka_unit_test(test_devices),
		cmocka_unit_test(test_drivers),  cmocka_unit_test(test_hostile), cmocka_unit_test(test_scan),     cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
