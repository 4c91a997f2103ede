/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text files of a host -> typed rows. Iterators over slices, nothing is allocated, every file is read once per call, whatever is in it:
 * a row that does not fit is skipped. Start with the file's bytes, call ..._next() until it is false.
 */
#ifndef SRIOV_DECODE_PROC_H
#define SRIOV_DECODE_PROC_H

#include "util/slice.h"

/* ---- proc/iomem ---- */

struct iomem_row {
	uint64_t start, end;
	unsigned depth;      /* 0 = top level; a row lies inside of the last one with a smaller depth */
	struct slice name;   /* "PCI Bus 0000:00", "0000:01:00.0", "System RAM", … */
	unsigned line;
};
struct iomem_iter {
	struct slice rest;
	unsigned line;
};
bool iomem_next(struct iomem_iter *iter, struct iomem_row *row);
/* The kernel writes zeros for those who may not see addresses: rows are there, and not one says anything. */
bool iomem_hidden(struct slice text);

/* ---- proc/interrupts ---- */

struct irq_chips {
	unsigned msi, msi_remapped;       /* lines whose chip is PCI-MSI…, and IR-PCI-MSI… */
	unsigned ioapic, ioapic_remapped; /* IO-APIC, and IR-IO-APIC */
	unsigned its;                     /* ITS-… (arm64: GICv3 ITS) */
	unsigned first_plain, first_remapped; /* line of the first of each, 0 = none */
	unsigned rows;                    /* lines of interrupts at all */
};
void interrupts_chips(struct slice text, struct irq_chips *chips);

/* ---- proc/modules ---- */

struct module_row {
	struct slice name, users, state; /* users: "a,b," or "-" */
	uint64_t refs;
};
bool modules_next(struct slice *text, struct module_row *row);
/* '-' and '_' are the same in a module's name. */
bool module_name_same(struct slice a, struct slice b);
bool modules_has(struct slice text, const char *name);

/* ---- proc/cpuinfo and other "key : value" text ---- */

/* The first line with this key ("vendor_id", "flags", "vmx flags", "CPU implementer", "Features"). */
bool cpuinfo_get(struct slice text, const char *key, struct slice *value);
/* Is the word one of the blank-separated words? */
bool words_have(struct slice words, const char *word);

/* ---- proc/version ---- */

/* "Linux version 6.12.9-amd64 (…) …" -> "6.12.9-amd64" */
bool version_release(struct slice text, struct slice *release);
/* "6.12.9-amd64" -> 6, 12 */
bool release_numbers(struct slice release, unsigned *major, unsigned *minor);

/* ---- boot/config-* (text; config.gz inflated by who read it) ---- */

/* name: "CONFIG_PCI_IOV". value: "y", "m", a number or a string as written; "n" for "# CONFIG_… is not set". False: not named. */
bool kconfig_get(struct slice text, const char *name, struct slice *value);

/* ---- etc/os-release, etc/default/grub and other shell assignments ---- */

/* The last assignment of a name, its quotes taken off (escapes stay). */
bool assignment_get(struct slice text, const char *name, struct slice *value);

/* ---- proc/mounts ---- */

struct mount_row {
	struct slice device, dir, type, options;
};
bool mounts_next(struct slice *text, struct mount_row *row);
/* The mount that is seen at dir (the last row wins). */
bool mounts_at(struct slice text, const char *dir, struct mount_row *row);
/* One item of a comma list. */
bool comma_has(struct slice list, const char *item);

/* ---- sysfs resource, iommu_groups/N/reserved_regions ---- */

struct resource_row {
	uint64_t start, end, flags;
	unsigned line;       /* from 1; index of the resource + 1 */
};
/* Lines of "0x… 0x… 0x…". A line that is none ends the walk with *bad = its number (else 0). */
struct resource_iter {
	struct slice rest;
	unsigned line, bad;
};
bool resource_next(struct resource_iter *iter, struct resource_row *row);

struct reserved_row {
	uint64_t start, end;
	struct slice type;   /* "direct", "direct-relaxable", "reserved", "msi" */
	unsigned line;
};
struct reserved_iter {
	struct slice rest;
	unsigned line;
};
bool reserved_next(struct reserved_iter *iter, struct reserved_row *row);

#endif
