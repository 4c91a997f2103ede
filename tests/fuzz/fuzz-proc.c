/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text files of a host: the first byte says which. */
#include "decode/cmdline.h"
#include "decode/modules.h"
#include "decode/proc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void rows(unsigned which, struct slice text)
{
	struct iomem_iter iomem = {.rest = text};
	struct iomem_row iomem_row;
	struct irq_chips chips;
	struct module_row module;
	struct mount_row mount;
	struct resource_iter resource = {.rest = text};
	struct resource_row resource_row;
	struct reserved_iter reserved = {.rest = text};
	struct reserved_row reserved_row;
	struct option option;
	struct option_iter notes = {.rest = text};
	struct option_note note;
	struct slice value;
	switch (which) {
	case 0:
		while (iomem_next(&iomem, &iomem_row))
			;
		(void)iomem_hidden(text);
		break;
	case 1:
		interrupts_chips(text, &chips);
		break;
	case 2:
		while (modules_next(&text, &module))
			;
		break;
	case 3:
		(void)cpuinfo_get(text, "flags", &value);
		(void)kconfig_get(text, "CONFIG_PCI_IOV", &value);
		(void)assignment_get(text, "ID", &value);
		break;
	case 4:
		(void)mounts_at(text, "/sys", &mount);
		break;
	case 5:
		while (resource_next(&resource, &resource_row))
			;
		while (reserved_next(&reserved, &reserved_row))
			;
		break;
	default:
		(void)option_has(text, "pci", "noari", &value);
		while (option_note_next(&notes, "AuthenticAMD", &note))
			;
		while (option_next(&text, &option))
			;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size)
		rows(data[0] % 7, slice_bytes(data + 1, size - 1));
	return 0;
}
