/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model: what the evidence means. Functions, the tree of ports, PF -> VF routing IDs, memory windows, IOMMU and host
 * facts, built once from a snapshot (and the typed lines of its logs) and constant afterwards. No I/O, no judgement.
 */
#ifndef SRIOV_MODEL_H
#define SRIOV_MODEL_H

#include "decode/kmsg.h"
#include "decode/walk.h"
#include "snapshot/snapshot.h"
#include "util/addr.h"

/* A number that may be unknown, with the item that it was read from (NULL: derived). */
struct fact {
	uint64_t v;
	enum item_state have; /* v counts only if ITEM_PRESENT */
	const struct item *from;
};
static inline bool known(const struct fact *f) { return f->have == ITEM_PRESENT; }
static inline bool known_as(const struct fact *f, uint64_t v) { return f->have == ITEM_PRESENT && f->v == v; }

enum tri { TRI_UNKNOWN, TRI_NO, TRI_YES };

/* Bytes or bus numbers, both ends included; empty where end < start. */
struct range {
	uint64_t start, end;
};
static inline bool range_empty(struct range r) { return r.end < r.start; }
static inline bool range_within(struct range in, struct range of) { return !range_empty(in) && !range_empty(of) && in.start >= of.start && in.end <= of.end; }
static inline bool range_overlap(struct range a, struct range b) { return !range_empty(a) && !range_empty(b) && a.start <= b.end && b.start <= a.end; }

/* One line of sysfs `resource`, one BAR or window of a log: a BAR, a VF BAR aperture, or a bridge window. */
struct resource {
	enum tri assigned;   /* unknown: nothing was read; no: the line says unset, or a log says it was not assigned */
	bool implemented;    /* the register has a type, or the host lists it */
	bool io, is_64, prefetchable;
	struct range range;  /* counts only if assigned == TRI_YES */
	uint64_t size;       /* bytes, 0 = unknown */
	const struct item *from; /* evidence: resource, config, dmesg */
	unsigned line;       /* its line there, 0 = none */
};

enum { RES_BAR0 = 0, RES_ROM = 6, RES_VF_BAR0 = 7, RES_WINDOW_IO = 13, RES_WINDOW_MEM = 14, RES_WINDOW_PREF = 15, RES_COUNT = 17 };

enum fn_role { ROLE_ENDPOINT, ROLE_PF, ROLE_VF, ROLE_PORT };

/* PCI Express Device/Port Type (PCI_EXP_TYPE_*); -1 where there is no PCI Express capability, -2 where it was not read. */
enum { EXP_TYPE_NONE = -1, EXP_TYPE_UNKNOWN = -2 };

/* One VF of a PF, by routing ID arithmetic. */
struct vf {
	unsigned index;
	struct sriov_addr addr;
	bool in_segment;        /* the routing ID does not run past ffff */
	enum tri exists;
	const struct fn *fn;    /* if it exists in the snapshot */
	const struct fn *there; /* what has its routing ID, the VF or another function; NULL: none in the snapshot */
};

struct vf_bar {
	unsigned index;
	bool implemented, io, is_64, prefetchable;
	uint32_t raw, raw_high;
	uint64_t address;       /* of the register, flags masked */
	enum tri assigned;
	uint64_t size;          /* of one VF's BAR in bytes; 0 = unknown */
	const char *size_from;  /* "resource", "VF Resizable BAR", "kernel log", "device table"; NULL */
	struct range range;     /* the whole aperture, if assigned and its size is known */
	const struct item *from;
	unsigned line;
};

/* What a PF's SR-IOV capability and its sysfs attributes say. */
struct pf {
	uint16_t offset;               /* of the capability; 0 = known from attributes or a log only */
	struct bytes cap;              /* its bytes */
	struct fact initial_vfs, total_vfs, num_vfs, vf_offset, vf_stride, vf_device, dep_link, page_sizes, page_size;
	struct fact migration_capable, vf_enable, vf_mse, ari_hierarchy;
	struct fact sysfs_total, sysfs_num, autoprobe, sysfs_offset, sysfs_stride; /* attributes sriov_* */
	struct fact sriov_attrs;       /* ABSENT: the kernel did not accept the capability */
	struct vf_bar bars[6];
	struct vf *vfs;                /* TotalVFs of them, at most; by First VF Offset and VF Stride as they stand */
	size_t vfs_n;
	size_t vfs_exist;              /* that exist in the snapshot */
	bool vfs_left_out;             /* vfs is empty because PFs claim more than VFS_MAX in all */
};

/* VFs that are kept of all PFs together: a segment has 65536 routing IDs, so no machine has as many. */
#define VFS_MAX ((size_t)1 << 21)

/* How far they go, PF by PF in the order of their addresses. */
struct vfs_kept {
	size_t n;                      /* VFs */
	struct sriov_addr first_out;   /* the first PF whose VFs are left out */
	size_t left_out;               /* how many such PFs */
};

struct bridge {
	struct fact primary, secondary, subordinate;
	struct resource io, mem, pref;
	struct fact ari_supported, ari_enabled; /* of Device Capabilities/Control 2; absent: no such register */
	struct fact acs_cap, acs_ctrl;          /* the registers' values; absent: no ACS capability */
	struct fact hotplug;                    /* Slot Capabilities: Hot-Plug Capable */
	bool downstream;                        /* root port or switch downstream port */
};

struct cap {
	struct cap_at at;
	const struct cap_desc *desc; /* NULL: known by id only */
	struct bytes bytes;          /* from the capability's start to the end of its space */
};

struct group {
	unsigned number;
	const struct item *dir;      /* sys/kernel/iommu_groups/N, or NULL */
	const struct fn **fns;       /* members that are PCI functions of this model */
	size_t fns_n, fns_room;
	const char *type;            /* "DMA", "DMA-FQ", "identity", … or NULL */
};

struct fn {
	struct sriov_addr addr;
	enum fn_role role;
	const struct item *dir;            /* its directory in the snapshot, or NULL: known from a log or text only */
	const struct config_image *config; /* or NULL */
	const struct item *config_item;    /* its item, or NULL */
	struct fact vendor, device, class, revision, header_type, subsystem_vendor, subsystem_device;
	int exp_type;                      /* PCI_EXP_TYPE_* or EXP_TYPE_* */
	struct cap *caps;
	size_t caps_n;
	enum walk_end std_end, ext_end;
	uint16_t std_bad, ext_bad;
	struct fact config_size;           /* 64, 256, 4096 as the host's file says */
	struct resource res[RES_COUNT];
	const char *driver;                /* NULL: see driver_state */
	enum item_state driver_state;      /* ABSENT: no driver is bound */
	bool driver_from_log;              /* driver is who spoke for the function in the kernel log */
	struct fact power_d3cold;
	const struct group *group;
	enum item_state group_state;
	const struct fn *upstream;         /* the bridge above; NULL: on a root bus, or unknown */
	bool on_root_bus;                  /* known to have no bridge above */
	struct fn *pf_fn;                  /* of a VF: its PF */
	unsigned vf_index;
	struct pf *pf;                     /* of a PF */
	struct bridge *bridge;             /* of a port or bridge */
	const char *netdev;                /* first interface name below net/, or NULL */
};

/* A window of a host bridge (root bus), from /proc/iomem or the log. */
struct root_window {
	uint32_t domain;
	unsigned bus;
	struct range range;
	bool io, prefetchable;
	const struct item *from;
	unsigned line;
};

enum host_kind { HOST_UNKNOWN, HOST_BARE_METAL, HOST_GUEST, HOST_CONTAINER };

struct acpi;   /* decode/acpi.h: the tables that were there, decoded */
struct session; /* decode/session.h: what pasted commands and their answers say */

struct host {
	enum host_kind kind;
	bool in_container;           /* also when the host itself is a guest */
	const char *hypervisor;      /* "kvm", "hyperv", "vmware", "xen", … or NULL */
	const char *kernel;          /* release, "6.12.9-amd64", or NULL */
	unsigned kernel_major, kernel_minor; /* 0.0 = unknown */
	const char *arch;            /* "x86_64", "aarch64", … or NULL */
	struct slice cmdline;        /* p == NULL: unknown */
	enum item_state cmdline_state;
	const char *cpu_vendor;      /* "GenuineIntel", "AuthenticAMD", … or NULL */
	struct slice cpu_flags;
	uint32_t page_size;          /* 0 = unknown */
	const char *sys_vendor, *product, *board_vendor, *board, *bios_vendor, *bios_version; /* DMI, or NULL */
	const char *os_id;           /* os-release ID, or NULL */
	enum tri iommu, intr_remap;  /* in effect */
	const char *iommu_why, *intr_remap_why; /* the evidence, as a path or a log line */
	unsigned groups_seen;
	enum tri root_view;          /* configuration space beyond 64 bytes was readable */
};

struct model {
	struct arena arena;
	int err;                     /* while it is built: -ENOMEM sticks */
	const struct snapshot *snap;
	struct host host;
	struct fn *fns;              /* sorted by address */
	size_t fns_n, fns_room;
	struct group *groups;        /* sorted by number */
	size_t groups_n;
	struct root_window *windows;
	size_t windows_n, windows_room;
	struct kmsg log;             /* typed lines of `dmesg` and of logs in the transcript */
	struct acpi *acpi;           /* or NULL */
	struct session *session;     /* or NULL */
	struct vfs_kept vfs_kept;
};

int model_new(const struct snapshot *snap, struct model **out) MUST_CHECK;
void model_free(struct model *model);

struct fn *model_find(const struct model *model, const struct sriov_addr *addr);
/* The place of the first function at or after an address; fns_n: there is none. */
size_t model_lower(const struct model *model, const struct sriov_addr *addr);
/* The first function of a bus, which those of its bus follow; NULL: nobody is on it. */
const struct fn *model_first_on_bus(const struct model *model, uint32_t domain, unsigned bus);
/* A capability of a function by id; NULL where there is none (see fn->ext_end for whether that is sure). */
const struct cap *fn_cap(const struct fn *fn, enum cap_space space, uint16_t id);
/* Is it sure that a capability is absent? (the whole list was read) */
bool fn_cap_absent(const struct fn *fn, enum cap_space space, uint16_t id);
/* A field of a capability by the specification's name. 0, -ENOENT (no such capability), -ENODATA (not read). */
int fn_field(const struct fn *fn, enum cap_space space, uint16_t id, const char *name, uint64_t *value) MUST_CHECK;
/* PF 0 of the device: function 0 of device 0 on the PF's bus (ARI), or the PF itself. */
const struct fn *fn_lowest_pf(const struct model *model, const struct fn *pf);
/* The root port or switch downstream port above, skipping nothing; NULL on a root bus. */
static inline const struct fn *fn_upstream(const struct fn *fn) { return fn->upstream; }
/* The topmost bridge above a function, or itself: on a root bus, as far as is known. */
static inline const struct fn *fn_root(const struct fn *fn)
{
	while (fn->upstream)
		fn = fn->upstream;
	return fn;
}

/* The value of a kernel option: cmdline_get(host, "intel_iommu", &v); options given twice: the last counts. False: not there. */
bool cmdline_get(const struct host *host, const char *name, struct slice *value);
/* One item of a comma list option, over all of its occurrences: cmdline_has(host, "pci", "noari"). value: what follows '='. */
bool cmdline_has(const struct host *host, const char *name, const char *word, struct slice *value);
/* "y", "m", "n" (also where the configuration is there and does not name it), or NULL where the configuration is not known. */
const char *kernel_config(const struct model *model, const char *name);
bool cpu_flag(const struct host *host, const char *flag);
enum tri module_loaded(const struct model *model, const char *name);

#endif
