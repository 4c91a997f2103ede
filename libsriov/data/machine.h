/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a step is called on one machine: firmware menus, boot loaders, tools of NICs, ways to make VFs last. Tables, each row with its source. */
#ifndef SRIOV_DATA_MACHINE_H
#define SRIOV_DATA_MACHINE_H

#include "data/bios-settings.h"

enum machine_cpu { CPU_ANY, CPU_INTEL, CPU_AMD, CPU_ARM };

/* The first row that fits the vendor, the meaning and the processor counts. */
struct firmware_name {
	const char *vendor;        /* what DMI sys_vendor or board_vendor begins with, in any case; behind a slash: and product_name */
	enum bios_meaning meaning;
	enum machine_cpu cpu;
	const char *menu;          /* path, its parts divided by " > " */
	const char *name, *value;  /* of the setting, and what to choose */
	const char *source;
};
extern const struct firmware_name firmware_names[];
extern const size_t firmware_names_n;

/* How a kernel option gets onto the command line for good. The first row that fits counts; "%O": the options. */
struct bootloader {
	const char *os;            /* comma list of os-release ID (or ID_LIKE); NULL: any */
	const char *release;       /* the kernel's release holds this ("-pve"); NULL: any */
	const char *file;          /* this path is in the root; NULL: whatever */
	const char *no_file;       /* and this one is not (absent, or not captured); NULL: whatever */
	const char *add, *remove;
	const char *source;
};
extern const struct bootloader bootloaders[];
extern const size_t bootloaders_n;

enum nic_job {
	NIC_ENABLE,   /* let firmware show the SR-IOV capability */
	NIC_LIMIT,    /* raise TotalVFs in firmware */
	NIC_LOWER,    /* lower TotalVFs in firmware, so that VF BARs fit */
	NIC_ONLINE,   /* what a VF needs before its driver can start */
};

/* "%P": the PF's address, "%N": its interface, "%V": a number of VFs. All rows that fit are steps, in this order. */
struct nic_tool {
	enum nic_job job;
	uint16_t vendor;           /* 0: any */
	const char *driver;        /* of the PF; NULL: any */
	const char *step;
	const char *source;
};
extern const struct nic_tool nic_tools[];
extern const size_t nic_tools_n;

/* How VFs come back after a restart. The first row that fits counts; all but the last are for PFs with a network interface. */
struct persist_way {
	const char *os;            /* as above */
	const char *file;
	const char *step;
	const char *source;
};
extern const struct persist_way persist_ways[];
extern const size_t persist_ways_n;

#endif
