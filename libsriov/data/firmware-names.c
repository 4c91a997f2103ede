/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the settings are in the set-up of servers' firmware. Exact rows before general ones. */
#include "data/machine.h"

#define DELL  "Dell BIOS and UEFI Reference Guide for PowerEdge, System BIOS settings; iDRAC attribute registry"
#define HPE   "HPE UEFI System Utilities User Guide for ProLiant, BIOS/Platform Configuration (RBSU)"
#define LEN   "Lenovo ThinkSystem UEFI manual, System Settings"
#define SMC   "Supermicro motherboard manuals, chapter UEFI BIOS; SUM GetCurrentBiosCfg"
#define CISCO "Cisco UCS Server BIOS Tokens reference"
#define INSP  "Inspur server user manuals, BIOS set-up"
#define ASUS  "ASUS server motherboard manuals, BIOS set-up; public reports"
#define ASRK  "ASRock Rack motherboard manuals, UEFI set-up utility"
#define GIGA  "Gigabyte (Giga Computing) server manuals, BIOS set-up"

const struct firmware_name firmware_names[] = {
	{"Dell/PowerEdge", BIOS_SRIOV, CPU_ANY, "System BIOS > Integrated Devices", "SR-IOV Global Enable", "Enabled", DELL},
	{"Dell/PowerEdge", BIOS_IOMMU, CPU_AMD, "System BIOS > Processor Settings", "IOMMU Support", "Enabled", DELL},
	{"Dell/PowerEdge", BIOS_IOMMU, CPU_ANY, "System BIOS > Processor Settings", "Virtualization Technology", "Enabled", DELL},
	{"Dell/PowerEdge", BIOS_ABOVE_4G, CPU_ANY, "System BIOS > Integrated Devices", "Memory Mapped I/O above 4GB", "Enabled", DELL},
	{"Dell/PowerEdge", BIOS_MMIO_SIZE, CPU_ANY, "System BIOS > Integrated Devices", "Memory Mapped I/O Base", "12TB or 56TB", DELL},
	{"HPE", BIOS_SRIOV, CPU_ANY, "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options", "SR-IOV", "Enabled", HPE},
	{"HPE", BIOS_IOMMU, CPU_AMD, "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options", "AMD I/O Virtualization Technology", "Enabled",
	 HPE},
	{"HPE", BIOS_IOMMU, CPU_ANY, "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options", "Intel VT-d", "Enabled", HPE},
	{"HPE", BIOS_ACS, CPU_ANY, "System Configuration > BIOS/Platform Configuration (RBSU) > Virtualization Options", "Access Control Service", "Enabled", HPE},
	{"HPE", BIOS_ABOVE_4G, CPU_ANY, "System Configuration > BIOS/Platform Configuration (RBSU) > PCIe Device Configuration > Advanced PCIe Configuration",
	 "PCI Express 64-bit BAR Support, where the generation has it (newer ones always decode above 4 GiB)", "Enabled", HPE},
	{"HPE", BIOS_MMIO_SIZE, CPU_ANY, "System Configuration > BIOS/Platform Configuration (RBSU) > PCIe Device Configuration > Advanced PCIe Configuration",
	 "PCI Resource Padding", "High", HPE},
	{"Lenovo/ThinkS", BIOS_SRIOV, CPU_ANY, "System Settings > Devices and I/O Ports", "SRIOV", "Enable", LEN},
	{"Lenovo/ThinkS", BIOS_IOMMU, CPU_AMD, "System Settings > Devices and I/O Ports", "IOMMU", "Enabled", LEN},
	{"Lenovo/ThinkS", BIOS_IOMMU, CPU_ANY, "System Settings > Devices and I/O Ports", "Intel VT for Directed I/O (VT-d)", "Enable", LEN},
	{"Lenovo/ThinkS", BIOS_ABOVE_4G, CPU_ANY, "System Settings > Devices and I/O Ports", "PCI 64-Bit Resource Allocation", "Enable", LEN},
	{"Lenovo/ThinkS", BIOS_MMIO_SIZE, CPU_ANY, "System Settings > Devices and I/O Ports", "MM Config Base", "3 GB or less", LEN},
	{"Supermicro", BIOS_SRIOV, CPU_ANY, "Advanced > PCIe/PCI/PnP Configuration", "SR-IOV Support", "Enabled", SMC},
	{"Supermicro", BIOS_IOMMU, CPU_AMD, "Advanced > NB Configuration", "IOMMU", "Enabled", SMC},
	{"Supermicro", BIOS_IOMMU, CPU_ANY, "Advanced > Chipset Configuration > North Bridge > IIO Configuration > Intel VT for Directed I/O (VT-d)",
	 "Intel VT for Directed I/O (VT-d)", "Enable", SMC},
	{"Supermicro", BIOS_ARI, CPU_ANY, "Advanced > PCIe/PCI/PnP Configuration", "ARI Support", "Enabled", SMC},
	{"Supermicro", BIOS_ACS, CPU_AMD, "Advanced > NB Configuration", "ACS Enable", "Enabled", SMC},
	{"Supermicro", BIOS_ACS, CPU_ANY, "Advanced > Chipset Configuration > North Bridge > IIO Configuration > Intel VT for Directed I/O (VT-d)", "ACS Control",
	 "Enable", SMC},
	{"Supermicro", BIOS_ABOVE_4G, CPU_ANY, "Advanced > PCIe/PCI/PnP Configuration", "Above 4G Decoding", "Enabled", SMC},
	{"Supermicro", BIOS_MMIO_SIZE, CPU_ANY, "Advanced > PCIe/PCI/PnP Configuration", "MMIO High Granularity Size (and MMIO High Base)", "a larger size", SMC},
	{"Cisco", BIOS_SRIOV, CPU_ANY, "BIOS policy, or BIOS set-up > Advanced > PCI Configuration", "SR-IOV Support", "Enabled", CISCO},
	{"Cisco", BIOS_IOMMU, CPU_AMD, "BIOS policy, or BIOS set-up > Advanced > AMD CBS > NBIO Common Options", "IOMMU", "Enabled", CISCO},
	{"Cisco", BIOS_IOMMU, CPU_ANY, "BIOS policy, or BIOS set-up > Advanced > Processor Configuration", "Intel VT for Directed IO", "Enabled", CISCO},
	{"Cisco", BIOS_ABOVE_4G, CPU_ANY, "BIOS policy, or BIOS set-up > Advanced > PCI Configuration", "Memory Mapped IO above 4GiB", "Enabled", CISCO},
	{"Cisco", BIOS_MMIO_SIZE, CPU_ANY, "BIOS policy, or BIOS set-up > Advanced > PCI Configuration", "MMCFG BASE", "2 GB or less", CISCO},
	{"Inspur", BIOS_SRIOV, CPU_ANY, "Advanced > PCI Subsystem Settings", "SR-IOV Support", "Enabled", INSP},
	{"Inspur", BIOS_IOMMU, CPU_ANY, "Processor > IIO Configuration > Intel VT for Directed I/O (VT-d)", "Intel VT for Directed I/O (VT-d)", "Enable", INSP},
	{"Inspur", BIOS_ABOVE_4G, CPU_ANY, "Advanced > PCI Subsystem Settings", "Above 4G Decoding", "Enabled", INSP},
	{"Inspur", BIOS_MMIO_SIZE, CPU_ANY, "Processor > Common RefCode Configuration", "MMIO High Granularity Size (and MMIO High Base)", "a larger size", INSP},
	{"ASUS", BIOS_SRIOV, CPU_ANY, "Advanced > PCI Subsystem Settings", "SR-IOV Support", "Enabled", ASUS},
	{"ASUS", BIOS_IOMMU, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "IOMMU", "Enabled", ASUS},
	{"ASUS", BIOS_IOMMU, CPU_ANY, "Advanced > System Agent (SA) Configuration (servers: IntelRCSetup > IIO Configuration)", "VT-d", "Enabled", ASUS},
	{"ASUS", BIOS_ARI, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "PCIe ARI Support", "Enable", ASUS},
	{"ASUS", BIOS_ACS, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "ACS Enable", "Enable", ASUS},
	{"ASUS", BIOS_ABOVE_4G, CPU_ANY, "Advanced > PCI Subsystem Settings", "Above 4G Decoding", "Enabled", ASUS},
	{"ASRock", BIOS_SRIOV, CPU_ANY, "Advanced > PCI Subsystem Settings (some boards: Chipset Configuration)", "SR-IOV Support", "Enabled", ASRK},
	{"ASRock", BIOS_IOMMU, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "IOMMU", "Enabled", ASRK},
	{"ASRock", BIOS_IOMMU, CPU_ANY, "Advanced > Chipset Configuration", "VT-d", "Enabled", ASRK},
	{"ASRock", BIOS_ARI, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "PCIe ARI Support", "Enable", ASRK},
	{"ASRock", BIOS_ACS, CPU_AMD, "Advanced > AMD CBS > NBIO Common Options", "ACS Enable", "Enable", ASRK},
	{"ASRock", BIOS_ABOVE_4G, CPU_ANY, "Advanced > PCI Subsystem Settings (some boards: Chipset Configuration)", "Above 4G Decoding", "Enabled", ASRK},
	{"Giga", BIOS_SRIOV, CPU_ANY, "Advanced > PCI Subsystem Settings (desktop boards: Settings > IO Ports)", "SR-IOV Support", "Enabled", GIGA},
	{"Giga", BIOS_IOMMU, CPU_AMD, "AMD CBS > NBIO Common Options", "IOMMU", "Enabled", GIGA},
	{"Giga", BIOS_IOMMU, CPU_ANY, "Chipset > IIO Configuration > Intel VT for Directed I/O (VT-d)", "VT-d", "Enable", GIGA},
	{"Giga", BIOS_ARI, CPU_AMD, "AMD CBS > NBIO Common Options", "PCIe ARI Support", "Enable", GIGA},
	{"Giga", BIOS_ACS, CPU_AMD, "AMD CBS > NBIO Common Options", "ACS Enable", "Enable", GIGA},
	{"Giga", BIOS_ABOVE_4G, CPU_ANY, "Advanced > PCI Subsystem Settings (desktop boards: Settings > IO Ports)", "Above 4G Decoding", "Enabled", GIGA},
};
const size_t firmware_names_n = ARRAY_SIZE(firmware_names);
