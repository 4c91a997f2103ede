/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/kernel-options.h"

#define PARAMETERS "Documentation/admin-guide/kernel-parameters.txt"
#define INTEL      "GenuineIntel,CentaurHauls,  Shanghai  "
#define AMD        "AuthenticAMD,HygonGenuine"

const struct kernel_option kernel_options[] = {
	{"intel_iommu", "on,off,igfx_off,forcedac,strict,sp_off,sm_on,sm_off,tboot_noforce", INTEL, NULL, false, PARAMETERS},
	{"amd_iommu", "fullflush,off,force_isolation,force_enable,pgtbl_v1,pgtbl_v2,irtcachedis,nohugepages,v2_pgsizes_only", AMD, NULL, false, PARAMETERS},
	{"amd_iommu_intr", "legacy,vapic", AMD, NULL, true, PARAMETERS},
	{"iommu", "off,force,noforce,biomerge,panic,nopanic,merge,nomerge,soft,pt,nopt,nobypass,allowdac,nodac,usedac,forcesac,noaperture,memaper,"
		  "noagp,fullflush,calgary,strict", NULL, NULL, false, PARAMETERS ", Documentation/arch/x86/x86_64/boot-options.rst"},
	{"iommu.passthrough", "0,1,y,n,Y,N,on,off", NULL, NULL, true, PARAMETERS},
	{"iommu.strict", "0,1,y,n,Y,N,on,off", NULL, NULL, true, PARAMETERS},
	{"iommu.forcedac", NULL, NULL, NULL, true, PARAMETERS},
	{"intremap", "on,off,nosid,no_x2apic_optout,nopost,posted_msi", NULL, NULL, false, PARAMETERS},
	{"nox2apic", NULL, NULL, NULL, false, PARAMETERS},
	{"pci", "earlydump,off,bios,nobios,conf1,conf2,noaer,nodomains,nommconf,check_enable_amd_mmconf,nomsi,noioapicquirk,ioapicreroute,"
		"noioapicreroute,biosirq,rom,norom,nobar,irqmask,pirqaddr,lastbus,assign-busses,usepirqmask,noacpi,use_crs,nocrs,use_e820,no_e820,"
		"routeirq,skip_isa_align,noearly,bfsort,nobfsort,pcie_bus_tune_off,pcie_bus_safe,pcie_bus_perf,pcie_bus_peer2peer,cbiosize,"
		"cbmemsize,resource_alignment,ecrc,hpiosize,hpmmiosize,hpmmioprefsize,hpmemsize,hpbussize,realloc,noari,noats,pcie_scan_all,"
		"big_root_window,skip_quirks,disable_acs_redir,config_acs,force_floating,nodac,nosort,nobridge,clockpci,firmware,notph", NULL, NULL, false,
	 PARAMETERS},
	{"pcie_ports", "compat,native,dpc-native", NULL, NULL, true, PARAMETERS},
	{"pcie_aspm", "off,force", NULL, NULL, true, PARAMETERS},
	{"pcie_port_pm", "off,force", NULL, NULL, true, PARAMETERS},
	{"pcie_acs_override", "downstream,multifunction,id", NULL, NULL, false, "out-of-tree patch \"pci: Enable overrides for missing ACS capabilities\""},
	{"module_blacklist", NULL, NULL, NULL, false, PARAMETERS},
	{"modprobe.blacklist", NULL, NULL, NULL, false, "kmod modprobe(8)"},
	{"rd.driver.blacklist", NULL, NULL, NULL, false, "dracut.cmdline(7)"},
	{"rd.driver.pre", NULL, NULL, NULL, false, "dracut.cmdline(7)"},
	{"vfio_pci.ids", NULL, NULL, NULL, true, "drivers/vfio/pci/vfio_pci.c"},
	{"vfio_pci.enable_sriov", NULL, NULL, NULL, true, "drivers/vfio/pci/vfio_pci.c"},
	{"vfio_pci.disable_denylist", NULL, NULL, NULL, true, "drivers/vfio/pci/vfio_pci.c"},
	{"vfio_pci.disable_idle_d3", NULL, NULL, NULL, true, "drivers/vfio/pci/vfio_pci.c"},
	{"vfio_iommu_type1.allow_unsafe_interrupts", NULL, NULL, NULL, true, "drivers/vfio/vfio_iommu_type1.c"},
	{"i915.enable_guc", NULL, NULL, NULL, true, "drivers/gpu/drm/i915/i915_params.c"},
	{"i915.force_probe", NULL, NULL, NULL, true, "drivers/gpu/drm/i915/i915_params.c"},
	{"i915.max_vfs", NULL, NULL, NULL, true, "strongtz/i915-sriov-dkms README"},
	{"xe.force_probe", NULL, NULL, NULL, true, "drivers/gpu/drm/xe/xe_module.c"},
	{"xe.max_vfs", NULL, NULL, NULL, true, "drivers/gpu/drm/xe/xe_module.c"},
	{"ixgbe.max_vfs", NULL, NULL, NULL, true, "drivers/net/ethernet/intel/ixgbe/ixgbe_main.c"},
	{"igb.max_vfs", NULL, NULL, NULL, true, "drivers/net/ethernet/intel/igb/igb_main.c"},
	{"mlx4_core.num_vfs", NULL, NULL, NULL, true, "drivers/net/ethernet/mellanox/mlx4/main.c"},
	{"mlx4_core.probe_vf", NULL, NULL, NULL, true, "drivers/net/ethernet/mellanox/mlx4/main.c"},
	{"mlx4_core.port_type_array", NULL, NULL, NULL, true, "drivers/net/ethernet/mellanox/mlx4/main.c"},
	/* A module's parameter without its module: the kernel hands it to init. */
	{"enable_guc", NULL, NULL, "i915.enable_guc", false, "drivers/gpu/drm/i915/i915_params.c"},
	{"max_vfs", NULL, NULL, "DRIVER.max_vfs (the module's name and a dot in front)", false, PARAMETERS},
	{"num_vfs", NULL, NULL, "mlx4_core.num_vfs", false, "drivers/net/ethernet/mellanox/mlx4/main.c"},
	{"enable_sriov", NULL, NULL, "vfio_pci.enable_sriov", false, "drivers/vfio/pci/vfio_pci.c"},
	{"allow_unsafe_interrupts", NULL, NULL, "vfio_iommu_type1.allow_unsafe_interrupts", false, "drivers/vfio/vfio_iommu_type1.c"},
	{"vfio.ids", NULL, NULL, "vfio-pci.ids", false, "drivers/vfio/pci/vfio_pci.c"},
	{"vfio_iommu.allow_unsafe_interrupts", NULL, NULL, "vfio_iommu_type1.allow_unsafe_interrupts", false, "drivers/vfio/vfio_iommu_type1.c"},
	{"iommu_pt", NULL, NULL, "iommu=pt", false, PARAMETERS},
	{"pci_realloc", NULL, NULL, "pci=realloc", false, PARAMETERS},
	{"pci.realloc", NULL, NULL, "pci=realloc", false, PARAMETERS},
	{"pci.assign_busses", NULL, NULL, "pci=assign-busses", false, PARAMETERS},
};
const size_t kernel_options_n = ARRAY_SIZE(kernel_options);
