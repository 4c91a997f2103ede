/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "capture-list.h"

#define ROW(...)  {__VA_ARGS__}
#define ATTR      .kind = CAPTURE_TEXT, .max = 4096
#define TABLE     .kind = CAPTURE_BINARY, .max = 1 << 20, .privilege = "root"
#define LINK      .kind = CAPTURE_LINK
#define NAME      .kind = CAPTURE_NAME

const struct capture_row host_rows[] = {
	ROW("proc/version", ATTR, .why = "kernel release: which rules hold"),
	ROW("proc/cmdline", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_TEXT, .why = "iommu, pci and driver options"),
	ROW("proc/cpuinfo", .kind = CAPTURE_TEXT, .max = 16384, .redact = REDACT_TEXT, .why = "vendor, hypervisor flag, vmx, svm, ept, npt"),
	ROW("proc/interrupts", .kind = CAPTURE_TEXT, .max = 4 << 20, .why = "IR- chips: interrupt remapping works"),
	ROW("proc/iomem", .kind = CAPTURE_TEXT, .max = 1 << 20, .privilege = "root", .why = "root bus windows, ECAM, who holds which range"),
	ROW("proc/modules", .kind = CAPTURE_TEXT, .max = 1 << 20, .why = "loaded drivers"),
	ROW("proc/mounts", .kind = CAPTURE_TEXT, .max = 1 << 20, .redact = REDACT_LINES, .why = "sysfs mounted read-only: a container"),
	ROW("proc/config.gz", .kind = CAPTURE_BINARY, .max = 1 << 20, .why = "CONFIG_PCI_IOV, CONFIG_IRQ_REMAP, …"),
	ROW("boot/config-{release}", .kind = CAPTURE_TEXT, .max = 1 << 20, .why = "the same where the kernel does not show it"),
	ROW("lib/modules/{release}/modules.alias", .kind = CAPTURE_TEXT, .max = 16 << 20, .why = "is there a module for this VF?"),
	ROW("lib/modules/{release}/modules.builtin", .kind = CAPTURE_TEXT, .max = 1 << 20, .why = "is the driver built in?"),
	ROW("lib/modules/{release}/modules.dep", .kind = CAPTURE_TEXT, .max = 16 << 20, .why = "out-of-tree (dkms) modules for this kernel"),

	ROW("sys/kernel/security/lockdown", ATTR, .privilege = "root", .why = "direct access to devices forbidden"),
	ROW("sys/hypervisor/type", ATTR, .why = "Xen"),
	ROW("sys/class/dmi/id/sys_vendor", ATTR, .why = "whose firmware menus, which hypervisor"),
	ROW("sys/class/dmi/id/product_name", ATTR, .why = "as sys_vendor"),
	ROW("sys/class/dmi/id/board_vendor", ATTR, .why = "as sys_vendor"),
	ROW("sys/class/dmi/id/board_name", ATTR, .why = "as sys_vendor"),
	ROW("sys/class/dmi/id/bios_vendor", ATTR, .why = "whose firmware menus"),
	ROW("sys/class/dmi/id/bios_version", ATTR, .why = "is the firmware known to be broken or old?"),
	ROW("sys/class/dmi/id/bios_date", ATTR, .why = "as bios_version"),

	ROW("sys/firmware/acpi/tables/DMAR", TABLE, .why = "Intel IOMMU, interrupt remapping, RMRR, ATSR"),
	ROW("sys/firmware/acpi/tables/IVRS", TABLE, .why = "AMD IOMMU, unity maps"),
	ROW("sys/firmware/acpi/tables/IORT", TABLE, .why = "Arm SMMU and ITS mappings of routing IDs"),
	ROW("sys/firmware/acpi/tables/VIOT", TABLE, .why = "virtio IOMMU"),
	ROW("sys/firmware/acpi/tables/MCFG", TABLE, .why = "extended configuration space"),
	ROW("sys/firmware/acpi/tables/FACP", TABLE, .why = "firmware forbids MSI"),
	ROW("sys/firmware/devicetree/base/compatible", ATTR, .why = "which board"),
	ROW("sys/firmware/devicetree/base/model", ATTR, .why = "which board"),
#define PCI_NODE(path) \
	ROW(path "/device_type", ATTR, .why = "is it a PCI host bridge?"), \
	ROW(path "/linux,pci-domain", ATTR, .why = "its domain"), \
	ROW(path "/bus-range", ATTR, .why = "its bus numbers"), \
	ROW(path "/iommu-map", .kind = CAPTURE_BINARY, .max = 65536, .why = "are the VFs' routing IDs mapped to the IOMMU?"), \
	ROW(path "/iommu-map-mask", ATTR, .why = "as iommu-map"), \
	ROW(path "/msi-map", .kind = CAPTURE_BINARY, .max = 65536, .why = "are the VFs' routing IDs mapped to an MSI controller?"), \
	ROW(path "/msi-map-mask", ATTR, .why = "as msi-map")
	PCI_NODE("sys/firmware/devicetree/base/pci*"),
	PCI_NODE("sys/firmware/devicetree/base/*/pci*"),
	PCI_NODE("sys/firmware/devicetree/base/*/*/pci*"),
	ROW("sys/class/firmware-attributes/*/attributes/*/current_value", ATTR, .privilege = "root", .why = "firmware settings: SR-IOV, VT-d, above 4G"),
	ROW("sys/class/firmware-attributes/*/attributes/*/display_name", ATTR, .why = "the firmware's own name for it"),
	ROW("sys/class/firmware-attributes/*/attributes/*/possible_values", ATTR, .why = "what to choose"),

	ROW("sys/class/iommu/*", LINK, .why = "IOMMUs that work"),
	ROW("sys/class/iommu/*/intel-iommu/cap", ATTR, .why = "caching mode, posted interrupts"),
	ROW("sys/class/iommu/*/intel-iommu/ecap", ATTR, .why = "interrupt remapping, pass-through, device TLBs"),
	ROW("sys/class/iommu/*/intel-iommu/version", ATTR, .why = "as cap"),
	ROW("sys/kernel/iommu_groups/*/type", ATTR, .why = "pass-through or translated"),
	ROW("sys/kernel/iommu_groups/*/reserved_regions", .kind = CAPTURE_TEXT, .max = 65536, .why = "direct regions: RMRR"),
	ROW("sys/kernel/iommu_groups/*/devices/*", LINK, .group_members = true, .why = "who shares a group"),

	ROW("sys/module/*", NAME, .why = "drivers that are there, built in or loaded"),
	ROW("sys/module/vfio/parameters/*", ATTR, .why = "noiommu mode"),
	ROW("sys/module/vfio_pci/parameters/*", ATTR, .why = "enable_sriov, ids, disable_denylist"),
	ROW("sys/module/vfio_iommu_type1/parameters/*", ATTR, .why = "allow_unsafe_interrupts"),
	ROW("sys/module/{driver}/parameters/*", ATTR, .why = "max_vfs, num_vfs, probe_vf, enable_guc, …"),
	ROW("sys/module/{driver}/version", ATTR, .why = "out-of-tree drivers have one"),
	ROW("sys/bus/pci/slots/*/address", ATTR, .why = "physical slots; a VF's serial in a guest of Hyper-V"),
	ROW("sys/bus/pci/drivers_autoprobe", ATTR, .why = "nobody binds drivers"),
	ROW("sys/bus/vmbus/devices/*", LINK, .why = "a guest of Hyper-V"),
	ROW("sys/bus/vmbus/devices/*/class_id", ATTR, .why = "does the host offer a VF?"),
	ROW("sys/bus/vmbus/devices/*/driver", LINK, .why = "is pci_hyperv bound?"),
	ROW("sys/bus/vmbus/devices/*/net/*", NAME, .why = "the synthetic interface that a VF pairs with"),
	ROW("sys/class/net/*", LINK, .no_virtual = true, .why = "interfaces of PFs and VFs"),
	ROW("sys/class/net/*/flags", ATTR, .no_virtual = true, .why = "PF interface down"),
	ROW("sys/class/net/*/operstate", ATTR, .no_virtual = true, .why = "as flags"),
	ROW("sys/class/net/*/device", LINK, .no_virtual = true, .why = "whose interface"),
	ROW("sys/class/net/*/master", LINK, .no_virtual = true, .why = "is the VF paired?"),

	ROW("dev/vfio/*", NAME, .why = "which groups vfio offers"),
	ROW("etc/os-release", .kind = CAPTURE_TEXT, .max = 65536, .why = "which commands the remedies name"),
	ROW("etc/default/grub", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "where the boot loader's options are"),
	ROW("etc/kernel/cmdline", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_TEXT, .why = "as etc/default/grub"),
	ROW("etc/modprobe.d/*", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "blacklists, max_vfs, num_vfs"),
	ROW("etc/modules", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "modules loaded at boot"),
	ROW("etc/modules-load.d/*", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "modules loaded at boot"),
	ROW("etc/udev/rules.d/*", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "who writes sriov_numvfs at boot"),
	ROW("etc/systemd/network/*.link", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "SR-IOVVirtualFunctions= and which file matches first"),
	ROW("etc/systemd/network/*.network", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "[SR-IOV] sections"),
	ROW("etc/systemd/system/*.service", .no_link = true, .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "who writes sriov_numvfs at boot"),
	ROW("etc/network/interfaces", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "who writes sriov_numvfs at boot"),
	ROW("etc/network/interfaces.d/*", .kind = CAPTURE_TEXT, .max = 65536, .redact = REDACT_LINES, .why = "as etc/network/interfaces"),
	ROW("run/systemd/container", ATTR, .why = "a container"),
	ROW(".dockerenv", NAME, .why = "a container"),
	ROW("run/.containerenv", NAME, .why = "a container"),

	ROW("bios", .captured = true, .kind = CAPTURE_TEXT, .max = 16 << 20, .redact = REDACT_TEXT, .why = "firmware settings, exported by a vendor's tool"),
	ROW("dmesg", .captured = true, .kind = CAPTURE_TEXT, .max = 1U << 30, .redact = REDACT_TEXT, .privilege = "root or dmesg_restrict=0", .why = "what the kernel said"),
	ROW("lspci", .captured = true, .kind = CAPTURE_TEXT, .max = 1U << 30, .redact = REDACT_TEXT, .why = "pasted lspci output"),
	ROW("transcript", .captured = true, .kind = CAPTURE_TEXT, .max = 1U << 30, .redact = REDACT_TEXT, .why = "a pasted terminal session"),
};
const size_t host_rows_n = ARRAY_SIZE(host_rows);

/* Sorted by name: the walk merges them with a sorted listing. Attributes that repeat configuration space are read where it is not there. */
const struct capture_row function_rows[] = {
	ROW("ari_enabled", ATTR, .not_vf = true, .why = "does the port above forward ARI?"),
	ROW("class", ATTR, .no_header = true, .why = "what it is"),
	ROW("config", .kind = CAPTURE_BINARY, .max = 4096, .redact = REDACT_TEXT, .privilege = "root beyond 64 bytes", .why = "all capabilities"),
	ROW("device", ATTR, .no_header = true, .vf_id = true, .why = "what it is"),
	ROW("driver", LINK, .why = "who drives it"),
	ROW("iommu_group", LINK, .why = "with whom it must be assigned"),
	ROW("modalias", ATTR, .no_header = true, .why = "which module drives it"),
	ROW("net", .kind = CAPTURE_NAMES, .why = "its interface"),
	ROW("physfn", LINK, .why = "a VF's PF"),
	ROW("power_state", ATTR, .not_vf = true, .why = "D3cold: asleep"),
	ROW("reset_method", ATTR, .why = "can it be reset before it is given away?"),
	ROW("resource", ATTR, .why = "BARs, VF BARs, bridge windows"),
	ROW("revision", ATTR, .no_header = true, .why = "what it is"),
	ROW("secondary_bus_number", ATTR, .no_header = true, .why = "bus numbers below a bridge"),
	ROW("sriov_drivers_autoprobe", ATTR, .why = "nobody binds VF drivers"),
	ROW("sriov_numvfs", ATTR, .may_block = true, .why = "VFs that are enabled"),
	ROW("sriov_offset", ATTR, .why = "First VF Offset"),
	ROW("sriov_stride", ATTR, .why = "VF Stride"),
	ROW("sriov_totalvfs", ATTR, .why = "VFs that the driver lets be enabled"),
	ROW("sriov_vf_device", ATTR, .why = "VF Device ID"),
	ROW("subordinate_bus_number", ATTR, .no_header = true, .why = "bus numbers below a bridge"),
	ROW("subsystem_device", ATTR, .no_header = true, .why = "which product it is"),
	ROW("subsystem_vendor", ATTR, .no_header = true, .why = "which product it is"),
	ROW("vendor", ATTR, .no_header = true, .vf_id = true, .why = "what it is"),
	ROW("virtfn*", LINK, .why = "a PF's VFs"),
};
const size_t function_rows_n = ARRAY_SIZE(function_rows);

bool capture_part_matches(const char *part, size_t n, const char *name)
{
	/* '*' is tried at its first fit and, when the rest does not follow, one character later: linear but for the last star */
	const char *end = part + n, *star = NULL, *retry = NULL;
	while (*name) {
		if (part < end && *part == '*') {
			star = ++part;
			retry = name;
		} else if (part < end && *part == *name) {
			part++;
			name++;
		} else if (star) {
			part = star;
			name = ++retry;
		} else {
			return false;
		}
	}
	while (part < end && *part == '*')
		part++;
	return part == end;
}

void capture_index_make(struct capture_index *index)
{
	*index = (struct capture_index){0};
	for (size_t i = 0; i < host_rows_n + function_rows_n && index->n < ARRAY_SIZE(index->rows); i++) {
		const struct capture_row *row = i < host_rows_n ? &host_rows[i] : &function_rows[i - host_rows_n];
		if (row->kind > CAPTURE_BINARY)
			continue;
		const char *slash = strrchr(row->path, '/'), *last = slash ? slash + 1 : row->path;
		const char *first = i < host_rows_n ? row->path : "sys/";
		index->rows[index->n++] = (struct capture_key){
			.first = first,
			.first_n = (unsigned short)strcspn(first, "/"),
			.last = last,
			.last_n = (unsigned short)strcspn(last, "{"),
			.prefix = strchr(last, '{') != NULL,
			.pattern = strchr(last, '*') != NULL,
			.max = row->max,
		};
	}
}

size_t capture_keep(const struct capture_index *index, struct slice path)
{
	char name[256];
	const char *slash = path.n ? memrchr(path.p, '/', path.n) : NULL;
	struct slice last = slash ? slice_from(path, (size_t)(slash + 1 - path.p)) : path;
	const char *first_end = path.n ? memchr(path.p, '/', path.n) : NULL;
	size_t first = first_end ? (size_t)(first_end - path.p) : path.n, keep = 0;
	bool usr = slice_starts(path, "usr/"); /* etc, lib and others have links into it */
	if (last.n >= sizeof(name))
		return 0;
	memcpy(name, last.p, last.n);
	name[last.n] = '\0';
	for (size_t i = 0; i < index->n; i++) {
		const struct capture_key *key = &index->rows[i];
		bool top = (key->first_n == first && !memcmp(key->first, path.p, first)) || (usr && strcmp(key->last, "*") != 0);
		if (!top || key->max <= keep)
			continue;
		if (key->pattern ? capture_part_matches(key->last, key->last_n, name) :
				   (key->last_n == last.n || (key->prefix && key->last_n < last.n)) && !memcmp(key->last, name, key->last_n))
			keep = key->max;
	}
	return keep;
}
