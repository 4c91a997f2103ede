/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/bios-settings.h"

const char *const bios_meaning_names[BIOS_MEANINGS] = {
	[BIOS_SRIOV] = "SR-IOV", [BIOS_IOMMU] = "IOMMU", [BIOS_ARI] = "ARI", [BIOS_ACS] = "ACS", [BIOS_ABOVE_4G] = "Above 4G",
	[BIOS_MMIO_SIZE] = "MMIO size",
};

#define ON  "enabled,enable"
#define OFF "disabled,disable"

/* The first row that fits counts: exact names of makers first, then what AMI, Insyde and Phoenix based menus share. */
const struct bios_setting bios_settings[] = {
	{"Dell", "*sriovglobalenable", BIOS_SRIOV, ON, OFF, "iDRAC BIOS attribute registry: SR-IOV Global Enable"},
	{"Dell", "*mmioabove4gb", BIOS_ABOVE_4G, ON, OFF, "iDRAC BIOS attribute registry: Memory Mapped I/O above 4GB"},
	{"Dell", "*memorymappedioh", BIOS_MMIO_SIZE, NULL, NULL, "iDRAC BIOS attribute registry: Memory Mapped I/O Base (56TB, 12TB, 512GB)"},
	{"Dell", "*memorymappediobase", BIOS_MMIO_SIZE, NULL, NULL, "iDRAC BIOS attribute registry: Memory Mapped I/O Base"},
	{"Dell", "*iommusupport", BIOS_IOMMU, ON, OFF, "iDRAC BIOS attribute registry, AMD: IOMMU Support"},
	{"Dell", "*procvirtualization", BIOS_IOMMU, ON, OFF, "iDRAC BIOS attribute registry: Virtualization Technology (VT-x and VT-d together)"},
	{"HPE", "sriov", BIOS_SRIOV, ON, OFF, "HPE UEFI Redfish BIOS attribute Sriov"},
	{"HPE", "intelprocvtd", BIOS_IOMMU, ON, OFF, "HPE UEFI Redfish BIOS attribute IntelProcVtd"},
	{"HPE", "procamdiovt", BIOS_IOMMU, ON, OFF, "HPE UEFI Redfish BIOS attribute ProcAmdIoVt"},
	{"HPE", "pciresourcepadding", BIOS_MMIO_SIZE, NULL, NULL, "HPE UEFI Redfish BIOS attribute PciResourcePadding (Normal, Medium, High)"},
	{"HPE", "accesscontrolservice", BIOS_ACS, ON, OFF, "HPE UEFI Redfish BIOS attribute AccessControlService"},
	{"Lenovo", "*devicesandioportssriov", BIOS_SRIOV, ON, OFF, "ThinkSystem UEFI: DevicesandIOPorts.SRIOV"},
	{"Lenovo", "*devicesandioportspci64bitresource*", BIOS_ABOVE_4G, "enabled,enable,auto", OFF, "ThinkSystem UEFI: DevicesandIOPorts.PCI64BitResourceAllocation"},
	{"Lenovo", "*devicesandioportsmmiohighbase", BIOS_MMIO_SIZE, NULL, NULL, "ThinkSystem UEFI: DevicesandIOPorts"},
	{"Lenovo", "*intelvtfordirectedio*", BIOS_IOMMU, ON, OFF, "ThinkSystem UEFI: Intel VT for Directed I/O (VT-d)"},
	{"Supermicro", "sriovsupport*", BIOS_SRIOV, ON, OFF, "SUM GetCurrentBiosCfg: SR-IOV Support"},
	{"Supermicro", "above4gdecoding*", BIOS_ABOVE_4G, ON, OFF, "SUM GetCurrentBiosCfg: Above 4G Decoding"},
	{"Supermicro", "arisupport*", BIOS_ARI, ON, OFF, "SUM GetCurrentBiosCfg: ARI Support"},
	{"Supermicro", "mmiohighgranularitysize*", BIOS_MMIO_SIZE, NULL, NULL, "SUM GetCurrentBiosCfg: MMIO High Granularity Size"},
	{"Supermicro", "mmiohighsize*", BIOS_MMIO_SIZE, NULL, NULL, "SUM GetCurrentBiosCfg: MMIO High Size"},
	{"Cisco", "intelvtd", BIOS_IOMMU, ON, OFF, "UCS BIOS token IntelVTD"},
	{"Cisco", "memorymappedioabove4gb*", BIOS_ABOVE_4G, ON, OFF, "UCS BIOS token MemoryMappedIOAbove4GB"},
	{"Cisco", "cbscmngnbnbiommu", BIOS_IOMMU, "enabled,enable,auto", OFF, "UCS BIOS token CbsCmnGnbNbIOMMU"},
	{"Inspur", "sriovenable", BIOS_SRIOV, ON, OFF, "AMI setup question SRIOVEnable"},
	{"Inspur", "vtdsupport", BIOS_IOMMU, ON, OFF, "Intel reference setup question VTdSupport"},
	{"Intel", "mmiohsize", BIOS_MMIO_SIZE, NULL, NULL, "Intel reference setup question MmiohSize"},
	{"Intel", "mmiohbase", BIOS_MMIO_SIZE, NULL, NULL, "Intel reference setup question MmiohBase"},
	{"HP client", "virtualizationtechnologyfordirectediovtd", BIOS_IOMMU, ON, OFF, "hp-bioscfg: Virtualization Technology for Directed I/O (VTd)"},
	{"Dell client", "vtfordirectio", BIOS_IOMMU, ON, OFF, "dell-wmi-sysman: VtForDirectIo"},
	{"Lenovo client", "vtdfeature", BIOS_IOMMU, ON, OFF, "think-lmi: VTdFeature"},
	{"ASUS, ASRock Rack, Gigabyte", "*above4g*", BIOS_ABOVE_4G, ON, OFF, "AMI menus: Above 4G Decoding"},
	{"ASUS, ASRock Rack, Gigabyte", "pciearisupport*", BIOS_ARI, "enabled,enable,auto", OFF, "AMD CBS menu: PCIe ARI Support"},
	{"ASUS, ASRock Rack, Gigabyte", "pciearienumeration*", BIOS_ARI, "enabled,enable,auto", OFF, "AMD CBS menu: PCIe ARI Enumeration"},
	{"ASUS, ASRock Rack, Gigabyte", "ariforwarding*", BIOS_ARI, ON, OFF, "AMI menu: ARI Forwarding"},
	{"ASUS, ASRock Rack, Gigabyte", "acsenable*", BIOS_ACS, "enabled,enable,auto", OFF, "AMD CBS menu: ACS Enable"},
	{"ASUS, ASRock Rack, Gigabyte", "acscontrol*", BIOS_ACS, ON, OFF, "Intel reference menu: ACS Control"},
	{"ASUS, ASRock Rack, Gigabyte", "iommu*", BIOS_IOMMU, "enabled,enable,auto", OFF, "AMD CBS menu: IOMMU"},
	{"any", "*vtfordirectedio*", BIOS_IOMMU, ON, OFF, "Intel reference menu: Intel VT for Directed I/O"},
	{"any", "vtd", BIOS_IOMMU, ON, OFF, "common name: VT-d"},
	{"any", "smmu*", BIOS_IOMMU, ON, OFF, "Arm server menus: SMMU"},
	{"any", "sriov*", BIOS_SRIOV, ON, OFF, "common name: SR-IOV"},
};
const size_t bios_settings_n = ARRAY_SIZE(bios_settings);
