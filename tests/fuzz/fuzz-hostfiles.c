/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Other text files of a host: proc/interrupts, cpuinfo, version, mounts; boot/config-*, etc/os-release. */
#include "fuzz.h"
#include "decode/proc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_bytes(data, size), rest = text, value;
	struct irq_chips chips;
	struct mount_row mount;
	unsigned major, minor;
	interrupts_chips(text, &chips);
	must(chips.msi + chips.msi_remapped + chips.ioapic + chips.ioapic_remapped + chips.its <= chips.rows);
	if (cpuinfo_get(text, "flags", &value)) {
		within(text, value);
		(void)words_have(value, "hypervisor");
	}
	if (version_release(text, &value))
		within(text, value);
	(void)release_numbers(text, &major, &minor);
	if (assignment_get(text, "ID", &value))
		within(text, value);
	(void)kconfig_get(text, "CONFIG_PCI_IOV", &value);
	(void)mounts_at(text, "/sys", &mount);
	while (mounts_next(&rest, &mount)) {
		within(text, mount.dir);
		(void)comma_has(mount.options, "ro");
	}
	return 0;
}
