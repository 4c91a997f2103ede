/* SPDX-License-Identifier: GPL-2.0-or-later */
/* VFs by their ids as a guest sees them, and devices that only virtual machines have. */
#include "data.h"

/* since: the first kernel with the driver, or with the id in it; 0.0: older than the kernels that matter, or not known. */
const struct guest_vf guest_vfs[] = {
	{0x15b3, 0x1002, "mlx4_core", 0, 0, "ConnectX-2 VF", "drivers/net/ethernet/mellanox/mlx4/main.c"},
	{0x15b3, 0x1004, "mlx4_core", 0, 0, "ConnectX-3 VF", "drivers/net/ethernet/mellanox/mlx4/main.c"},
	{0x15b3, 0x1014, "mlx5_core", 4, 5, "ConnectX-4 VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0x1016, "mlx5_core", 4, 5, "ConnectX-4 Lx VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0x1018, "mlx5_core", 0, 0, "ConnectX-5 VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0x101a, "mlx5_core", 0, 0, "ConnectX-5 Ex VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0x101c, "mlx5_core", 0, 0, "ConnectX-6 VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0x101e, "mlx5_core", 0, 0, "ConnectX Family VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x15b3, 0xa2d3, "mlx5_core", 0, 0, "BlueField VF", "drivers/net/ethernet/mellanox/mlx5/core/main.c"},
	{0x1414, 0x00ba, "mana", 5, 13, "Azure Network Adapter VF", "drivers/net/ethernet/microsoft/mana/gdma_main.c"},
	{0x1d0f, 0xec20, "ena", 4, 9, "Elastic Network Adapter VF", "drivers/net/ethernet/amazon/ena/ena_pci_id_tbl.h"},
	{0x1d0f, 0xec21, "ena", 4, 9, "Elastic Network Adapter VF", "drivers/net/ethernet/amazon/ena/ena_pci_id_tbl.h"},
	{0x1ae0, 0x0042, "gve", 5, 3, "Google Virtual Ethernet", "drivers/net/ethernet/google/gve/gve.h"},
	{0x8086, 0x10ca, "igbvf", 0, 0, "82576 VF", "drivers/net/ethernet/intel/igbvf/vf.h"},
	{0x8086, 0x1520, "igbvf", 0, 0, "I350 VF", "drivers/net/ethernet/intel/igbvf/vf.h"},
	{0x8086, 0x10ed, "ixgbevf", 0, 0, "82599 VF", "drivers/net/ethernet/intel/ixgbevf/defines.h"},
	{0x8086, 0x1515, "ixgbevf", 0, 0, "X540 VF", "drivers/net/ethernet/intel/ixgbevf/defines.h"},
	{0x8086, 0x1565, "ixgbevf", 0, 0, "X550 VF", "drivers/net/ethernet/intel/ixgbevf/defines.h"},
	{0x8086, 0x15a8, "ixgbevf", 0, 0, "X552 VF", "drivers/net/ethernet/intel/ixgbevf/defines.h"},
	{0x8086, 0x154c, "iavf", 0, 0, "700 Series VF", "drivers/net/ethernet/intel/iavf/iavf_main.c"},
	{0x8086, 0x1889, "iavf", 0, 0, "Adaptive VF", "drivers/net/ethernet/intel/iavf/iavf_main.c"},
	{0x8086, 0x37cd, "iavf", 0, 0, "X722 VF", "drivers/net/ethernet/intel/iavf/iavf_main.c"},
	{0x8086, 0x145c, "idpf", 6, 7, "Infrastructure Data Path Function VF", "drivers/net/ethernet/intel/idpf/idpf_main.c"},
};
const size_t guest_vfs_n = ARRAY_SIZE(guest_vfs);

const struct guest_vf *guest_vf_find(uint64_t vendor, uint64_t device)
{
	for (size_t i = 0; i < guest_vfs_n; i++)
		if (guest_vfs[i].vendor == vendor && guest_vfs[i].device == device)
			return &guest_vfs[i];
	return NULL;
}

/*
 * Only a virtual machine has it. The 440BX without AGP is Hyper-V's (first generation) since no real machine of that chipset is
 * left; virtio alone is no proof: DPUs show it to bare metal.
 */
const struct guest_mark guest_marks[] = {
	{0x1414, 0x5353, "Hyper-V virtual VGA", "hyperv"},
	{0x1414, 0x00ba, NULL, "hyperv"},
	{0x8086, 0x7192, "82443BX/ZX/DX Host bridge (AGP disabled)", "hyperv"},
	{0x15ad, 0x0405, "VMware SVGA", "vmware"},
	{0x15ad, 0x0740, "VMware Virtual Machine Communication Interface", "vmware"},
	{0x15ad, 0x07b0, "VMware VMXNET3", "vmware"},
	{0x5853, 0x0001, "Xen Platform Device", "xen"},
	{0x80ee, 0xbeef, "VirtualBox Graphics Adapter", "virtualbox"},
	{0x80ee, 0xcafe, "VirtualBox Guest Service", "virtualbox"},
	{0x1234, 0x1111, NULL, "kvm"},
	{0x1b36, 0x000c, "QEMU PCIe Root port", "kvm"},
	{0x1b36, 0x0100, "QXL paravirtual graphic card", "kvm"},
	{0x1ae0, 0x0042, "Compute Engine Virtual Ethernet", "google"},
};
const size_t guest_marks_n = ARRAY_SIZE(guest_marks);

const struct guest_mark *guest_mark_find(uint64_t vendor, uint64_t device)
{
	for (size_t i = 0; i < guest_marks_n; i++)
		if (guest_marks[i].vendor == vendor && guest_marks[i].device == device)
			return &guest_marks[i];
	return NULL;
}
