/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of devices, drivers and remedies: tables of facts, each row with its source. No code decides here. */
#ifndef SRIOV_DATA_DATA_H
#define SRIOV_DATA_DATA_H

#include "util/slice.h"

enum device_sriov {
	DEVICE_HAS_SRIOV,   /* the family has it, firmware may hide it */
	DEVICE_NO_SRIOV,    /* it never had it */
	DEVICE_VGPU_ONLY,   /* shared by the vendor's software (mdev), not by SR-IOV */
};

struct device_bar {
	uint8_t index;
	bool is_64, prefetchable;
	uint64_t size;      /* of one VF's BAR, bytes; 0 ends the list */
};

/* A family: device ids first..last of a vendor. The first row that fits counts. */
struct device_info {
	uint16_t vendor, first, last;
	enum device_sriov sriov;
	const char *name;
	const char *match;                     /* what lspci's name of it holds, where a pasted text has no numbers; or NULL */
	uint16_t total_vfs;                    /* usual TotalVFs, 0 = unknown */
	uint16_t offset_ari, offset_plain;     /* First VF Offset with and without ARI, 0 = unknown */
	uint16_t stride;                       /* 0 = unknown */
	uint16_t vf_device;                    /* VF Device ID, 0 = unknown */
	bool firmware_toggle;                  /* firmware can hide the capability */
	struct device_bar bars[4];
	const char *source;
};
extern const struct device_info devices[];
extern const size_t devices_n;
const struct device_info *device_find(uint16_t vendor, uint16_t device);
/* The same by lspci's name of the device, where a pasted text has no numbers; NULL where no row's words fit. */
const struct device_info *device_find_name(struct slice text);

enum driver_flag {
	DRIVER_NEEDS_UP = 1,      /* the interface must be up */
	DRIVER_NEEDS_OPTION = 2,  /* VFs come from a module option */
	DRIVER_OUT_OF_TREE = 4,   /* the in-tree one of the same name cannot */
	DRIVER_STUB = 8,          /* binds by hand only */
	DRIVER_NO_SRIOV = 16,     /* known to have no sriov_configure */
	DRIVER_VF = 32,           /* a VF's driver */
};

struct driver_info {
	const char *name;
	uint8_t since_major, since_minor; /* sriov_configure since this kernel; 0.0: as long as the kernels that matter */
	unsigned flags;
	const char *option;     /* the option that VFs need: "mlx4_core num_vfs" */
	const char *vf_driver;  /* module of the VFs, or NULL */
	const char *note;       /* one sentence, or NULL */
	const char *source;
};
extern const struct driver_info drivers[];
extern const size_t drivers_n;
const struct driver_info *driver_find(const char *name);

/* A VF as its guest sees it. */
struct guest_vf {
	uint16_t vendor, device;
	const char *module;
	uint8_t since_major, since_minor; /* the first kernel that drives it; 0.0: any that matters, or not known */
	const char *name, *source;
};
extern const struct guest_vf guest_vfs[];
extern const size_t guest_vfs_n;
const struct guest_vf *guest_vf_find(uint64_t vendor, uint64_t device);

/* A device that only virtual machines have: by its ids, or by lspci's words where a pasted text has no numbers. */
struct guest_mark {
	uint16_t vendor, device;
	const char *words;      /* or NULL */
	const char *hypervisor; /* as host->hypervisor */
};
extern const struct guest_mark guest_marks[];
extern const size_t guest_marks_n;
const struct guest_mark *guest_mark_find(uint64_t vendor, uint64_t device);

/* When a step of a remedy is good. */
enum remedy_when {
	WHEN_ALWAYS, WHEN_GUEST, WHEN_NO_GUEST, WHEN_DRIVER, WHEN_PF, WHEN_NETDEV,
};

/* Steps of a cause in the order in which they are done. "%P" stands for the PF's address, "%N" for its interface, "%V" for a number of VFs. */
struct remedy {
	const char *cause;
	enum remedy_when when;
	const char *driver;     /* WHEN_DRIVER */
	const char *step;
	const char *source;
};
extern const struct remedy remedies[];
extern const size_t remedies_n;

/* A kernel message that speaks of a cause. */
struct cause_message {
	const char *cause, *text;
};
extern const struct cause_message cause_messages[];
extern const size_t cause_messages_n;

#endif
