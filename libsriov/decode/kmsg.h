/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel log text -> typed events. Pure: text in, events out. The patterns of all messages, old and new wording, are rows of
 * kmsg-table.c; line prefixes, quoting, wrapping and boots are kmsg-line.c; what later lines revoke is kmsg-state.c.
 */
#ifndef SRIOV_DECODE_KMSG_H
#define SRIOV_DECODE_KMSG_H

#include "sriov.h"
#include "util/arena.h"
#include "util/slice.h"

struct item; /* snapshot/snapshot.h */

/*
 * One type is one meaning, however many wordings it had. Behind each: the fields of the event that it fills beyond addr, text
 * and driver. "res": bar, start, end, size and the flags.
 */
enum kmsg_type {
	/* the host */
	KMSG_LINUX_VERSION,        /* word: release */
	KMSG_CMDLINE,              /* word: all of it */
	KMSG_DMI,                  /* word: "VENDOR PRODUCT/BOARD, BIOS VERSION DATE" */
	KMSG_HYPERVISOR,           /* word: as the kernel names it: "KVM", "Microsoft Hyper-V", "VMware", "Xen HVM" */
	KMSG_PARAVIRT,             /* word: "bare hardware", "KVM", "Hyper-V", "Xen PV" … */
	KMSG_ACPI_TABLE,           /* word: signature: "DMAR", "IVRS", "IORT", "MCFG", "VIOT" */
	KMSG_LOCKED_DOWN,          /* word: by what */
	KMSG_LOCKDOWN_DENIED,      /* word: program, word2: what is restricted */
	KMSG_CPU_VIRT_OFF,         /* word: VMX or SVM */
	KMSG_FADT_NO_MSI,
	KMSG_TAINT,                /* word: out-of-tree module that was loaded */
	KMSG_MODULE_REJECTED,      /* word: module, word2: why (version magic, symbol, signature) */
	KMSG_UNKNOWN_PARAM,        /* word: parameter, word2: module */
	KMSG_FIRMWARE_MISSING,     /* word: firmware file; err */
	KMSG_AVC_DENIED,           /* word: permission, word2: program */
	KMSG_MEMLOCK,              /* word: program; n: limit */
	/* functions */
	KMSG_FUNCTION,             /* vendor, device, header, class; word: "PCIe Endpoint", … or empty (older kernels) */
	KMSG_UNKNOWN_HEADER,       /* header */
	KMSG_CLASS_MISMATCH,       /* class, header */
	KMSG_NOT_READY,            /* n: ms; word: after what ("FLR", "resume") or empty. Gave up */
	KMSG_POWER_STUCK,          /* word: the state it stays in: "D3cold", "D3" */
	KMSG_LINK_DOWN,
	KMSG_AER,                  /* word: severity and type */
	KMSG_NONCOMPLIANT_BARS,
	KMSG_MPS,                  /* n: of the device, n2: of upstream */
	KMSG_DRIVER,               /* driver speaks for the function (once a driver and interface); word: its interface, or empty */
	KMSG_DRIVER_VERSION,       /* word: driver, word2: its own version */
	KMSG_PROBE_FAILED,         /* word: driver; err */
	KMSG_PROBE_DEFERRED,       /* word: why, or empty */
	/* windows and BARs */
	KMSG_HOST_BRIDGE,          /* is_bus: the root bus; bus_range if printed */
	KMSG_ROOT_WINDOW,          /* is_bus; res */
	KMSG_ROOT_BUS_RANGE,       /* is_bus; bus_range */
	KMSG_ROOT_WINDOW_IGNORED,  /* res; word: why */
	KMSG_BRIDGE,               /* bus_range behind it */
	KMSG_WINDOW,               /* res: a bridge's window as it stands; bar: RES_WINDOW_* */
	KMSG_WINDOW_ADD_SIZE,      /* res; n: bytes wanted for optional resources (VF BARs) on top */
	KMSG_WINDOW_FAILED_ADD,    /* res; n: bytes that were not added */
	KMSG_WINDOW_OVER_4G,
	KMSG_BAR,                  /* res: as read from the device (a VF BAR: one VF's); bar -1 and n: register where that is all it says */
	KMSG_VF_BAR_SPACE,         /* res: for all VFs; n: TotalVFs */
	KMSG_ASSIGNED,             /* res */
	KMSG_NO_SPACE,             /* res */
	KMSG_FAILED_ASSIGN,        /* res */
	KMSG_BOGUS_ALIGNMENT,      /* res */
	KMSG_RELEASED,             /* res */
	KMSG_CANT_CLAIM,           /* res; word: why; peer, if it names a device */
	KMSG_FIRMWARE_ADDRESS,     /* res: "trying firmware assignment" */
	KMSG_CONFLICT,             /* res; word: with what */
	KMSG_BAD_ALIGNMENT,        /* res; n: alignment */
	KMSG_NOT_ENABLED,          /* res; word: "not assigned" or "not claimed": the device cannot be enabled */
	KMSG_BAR_INVALID,          /* word: why the kernel cannot size or use it */
	KMSG_OVERLAP,              /* pnp resource in the way: res of pnp; peer and peer_bar: the function and BAR that it overlaps */
	KMSG_REALLOC_HINT,
	KMSG_REALLOC_AUTO,
	KMSG_REALLOC_TRY,          /* n: which try */
	/* bus numbers */
	KMSG_BRIDGE_INVALID,       /* bus_range */
	KMSG_BUS_HIDDEN,           /* n: subordinate, n2: max busn */
	KMSG_BEHIND_UNUSABLE,      /* bus_range */
	KMSG_BUSN_CONFLICT,        /* bus_range */
	KMSG_NO_BUS_HOTADD,
	/* configuration space */
	KMSG_ECAM,                 /* start, end; bus_range; addr.domain */
	KMSG_ECAM_NOT_RESERVED,    /* start, end */
	KMSG_ECAM_RESERVED,        /* start, end */
	KMSG_ECAM_UNUSED,          /* word: why */
	KMSG_ECAM_OVER_4G,
	KMSG_MCFG_EMPTY,
	KMSG_NO_EXTENDED_CONFIG,   /* of the device, or the host without one */
	KMSG_NO_EXTENDED_BELOW,    /* of the bridge: not below it */
	/* SR-IOV core */
	KMSG_SRIOV_NO_DRIVER,
	KMSG_SRIOV_NO_CONFIGURE,   /* driver has no sriov_configure */
	KMSG_SRIOV_ALREADY,        /* n: enabled, n2: asked for */
	KMSG_SRIOV_FEWER,          /* n: asked for, n2: enabled */
	KMSG_SRIOV_ASSIGNED,       /* VFs are in use by guests */
	KMSG_SRIOV_NO_MMIO,
	KMSG_SRIOV_NO_BUS,         /* new wording: n: VFs, bus: needed, bus_range: there */
	KMSG_SRIOV_BARS_NOT_ALLOCATED,
	KMSG_SRIOV_LEFT_ENABLED,
	KMSG_SRIOV_ARCH_REFUSED,   /* err or 0 */
	KMSG_SRIOV_BAR_IN_USE,     /* can't update enabled VF BAR; res */
	KMSG_SRIOV_ENABLING,       /* n: VFs; a driver's announcement, no success yet */
	KMSG_SRIOV_ENABLED,        /* n: VFs; a driver says they are there */
	KMSG_SRIOV_DISABLED,       /* n: VFs or 0 */
	KMSG_SRIOV_FAILED,         /* err; n: VFs or 0. A driver says that enabling failed */
	KMSG_SRIOV_FIRMWARE_ON,    /* VFs were enabled before this kernel (Xen says so) */
	KMSG_XEN_VF_REFUSED,       /* word: why */
	/* PF drivers' own reasons; hint says what it means */
	KMSG_PF_REFUSED,
	KMSG_PF_NOT_READY,
	KMSG_PF_DOWN,              /* interface is down */
	KMSG_PF_RESOURCES,         /* n: VFs possible or 0; err */
	KMSG_PF_LIMIT,             /* n: asked for, n2: the limit */
	KMSG_PF_NOT_CAPABLE,
	KMSG_PF_VFS_ASSIGNED,
	KMSG_PF_SRIOV_MODE,        /* i915: "Running in SR-IOV PF mode" */
	KMSG_PF_NO_SRIOV_MODE,     /* i915: the PF runs without SR-IOV */
	KMSG_PF_PARAM_DEPRECATED,
	/* VFs */
	KMSG_VF_SLAVE,             /* a VF driver probes: "running in slave mode", … */
	KMSG_VF_PF_IN_RESET,
	KMSG_NVME_NOT_READY,       /* n: CSTS */
	/* IOMMU and isolation */
	KMSG_IOMMU_OPTION,         /* n: 1 "IOMMU enabled", 0 "IOMMU disabled": the command line, not yet the effect */
	KMSG_IOMMU_HARDWARE,       /* a unit was found: DRHD, IVHD, SMMU */
	KMSG_IOMMU_ACTIVE,         /* DMA remapping is in effect */
	KMSG_IOMMU_NONE,           /* the kernel says that there is none */
	KMSG_IOMMU_GROUP,          /* n: group */
	KMSG_IOMMU_DEFAULT,        /* word: "Translated", "Passthrough" */
	KMSG_IOMMU_UNKNOWN_OPTION, /* word: option */
	KMSG_IOMMU_BROKEN,         /* firmware's tables; word: what */
	KMSG_IOMMU_FAULT,          /* addr of the requester */
	KMSG_RMRR,                 /* start, end */
	KMSG_RMRR_BLOCKED,         /* a 1:1 mapping is demanded */
	KMSG_IR_ON,                /* word: mode or empty */
	KMSG_IR_OFF,               /* word: why */
	KMSG_IR_VFIO,              /* vfio refuses without interrupt remapping */
	KMSG_ACS_QUIRK,
	KMSG_ACS_CONFIGURED,       /* n: ACS Control */
	KMSG_ATS_OFF,
	KMSG_RID_UNMAPPED,         /* n: requester ID; word: "msi" or "iommu"; word2: the controller's node */
	/* vfio */
	KMSG_VFIO_TOKEN,
	KMSG_VFIO_PF_HAS_VFS,
	KMSG_VFIO_DENYLIST,
	KMSG_VFIO_CAPTURED,        /* a VF was captured through driver_override */
	KMSG_VFIO_MIXED,           /* word: VF's driver, word2: PF's */
	KMSG_VFIO_BOGUS_INTX,      /* n: pin */
	KMSG_VFIO_NOT_VIABLE,      /* n: group */
	KMSG_VFIO_NOIOMMU,         /* a group without an IOMMU was given out */
	/* _OSC, per host bridge; word: the list in brackets */
	KMSG_OSC_SUPPORTS,         /* OS supports */
	KMSG_OSC_GRANTED,          /* OS now controls; kernels before 3.15: no list, n: control mask */
	KMSG_OSC_RETAINED,         /* platform retains control; word: status */
	KMSG_OSC_UNSUPPORTED,      /* platform does not support */
	KMSG_OSC_NOT_REQUESTED,    /* the OS did not ask */
	KMSG_OSC_FAILED,           /* word: ACPI status */
	/* a guest of Hyper-V */
	KMSG_HV_VMBUS,             /* VMBus is there */
	KMSG_HV_PCI_DRIVER,        /* pci-hyperv was registered */
	KMSG_HV_PCI_PROBING,
	KMSG_HV_PCI_MMIO,          /* n: bytes of MMIO missing; word: "low" or "high" */
	KMSG_HV_PCI_FAILED,        /* n: status; word: what failed */
	KMSG_HV_PCI_COLLISION,
	KMSG_HV_NETVSC,            /* the synthetic interface is there */
	KMSG_HV_VF_OFFERED,        /* n: slot */
	KMSG_HV_VF_REMOVED,        /* n: slot */
	KMSG_HV_VF_REGISTERED,     /* word: VF's interface */
	KMSG_HV_VF_UNREGISTERED,   /* word: VF's interface */
	KMSG_HV_VF_PAIR_FAILED,    /* word: why */
	KMSG_HV_DATAPATH_VF,       /* word: VF's interface */
	KMSG_HV_DATAPATH_SYNTHETIC,/* word: VF's interface */
	KMSG_HV_DATAPATH_FAILED,   /* err */
	KMSG_HV_WAITING,           /* for the VF association from the host */
	KMSG_HV_ISOLATED,          /* VF association ignored: isolation VM */
	KMSG_MANA,                 /* word: what the driver says of itself */
	KMSG_TYPES
};

struct kmsg_event {
	enum kmsg_type type;
	unsigned line, last_line;  /* of the item: where it was said first and last (identical messages are one event) */
	unsigned times;            /* how often */
	unsigned seq;              /* order of the last occurrence over all logs: a greater one is later */
	const struct item *from;   /* the log that said it */
	bool has_addr;             /* addr counts: of the function that the line is about */
	bool is_bus;               /* addr is a bus ("pci_bus 0000:3a"): domain and bus count */
	bool has_peer;             /* peer counts */
	bool addr_guessed;         /* the line names no function; it is taken for the only PF in view */
	struct sriov_addr addr, peer;
	int bar;                   /* kernel resource index: 0-5 BAR, 6 ROM, 7-12 VF BAR 0-5, 13-15 windows io, mem, pref; -1 = none */
	int peer_bar;              /* the same of peer */
	bool has_range;            /* start and end count ("[mem size 0x100000]" has none) */
	uint64_t start, end, size; /* bytes, end included; size 0 = unknown */
	bool io, is_64, pref;
	uint64_t n, n2;            /* see the type */
	int bus;                   /* -1 = none */
	int bus_from, bus_to;      /* of "[bus 02-03]"; -1 = none */
	int err;                   /* positive errno, 0 = none */
	uint16_t vendor, device;
	uint32_t class;
	uint8_t header;
	bool has_stamp;            /* monotonic: microseconds since boot */
	uint64_t stamp;
	struct slice word, word2;  /* see the type */
	struct slice driver;       /* "igb" of "igb 0000:01:00.0: …"; "pci" where no driver speaks; empty */
	struct slice text;         /* the message, without time stamp and device */
	const char *hint;          /* what a driver's message means, or NULL */
};

#define KMSG_EVENTS_MAX 262144

/* The events of one function: where they stand in by_addr. */
struct kmsg_part {
	uint64_t key;
	uint32_t first, n;
};

struct kmsg {
	struct kmsg_event *events; /* in the order of the log; of several boots in one log only the last's */
	size_t n, room;
	const struct kmsg_event **by_addr; /* by (is_bus, addr), then order of the log; events without an address come first */
	const struct kmsg_event **by_type; /* by type, then order of the log */
	struct kmsg_part *parts;   /* of each function that the log names, sorted, for kmsg_of() */
	size_t parts_n;
	uint32_t *parts_at;        /* by the key's hash: place in parts + 1, 0 = none */
	size_t parts_at_n;
	uint32_t typed[KMSG_TYPES + 1]; /* where a type begins in by_type */
	unsigned boots;            /* boots that were seen in the logs */
	unsigned seq;
	size_t lines;              /* lines that were read */
	bool truncated;            /* more than KMSG_EVENTS_MAX different events since the last boot began: the rest was left out */
	bool from_boot;            /* the last boot's first line is there, so that a missing message means something */
};

/*
 * Add a log to out (zeroed before the first). Slices in events point into text or into the arena; text must live as long.
 * 0 or -ENOMEM (what was read until then stays). After the last log: kmsg_index(), which the functions below need.
 */
int kmsg_parse(struct arena *arena, struct slice text, const struct item *from, struct kmsg *out) MUST_CHECK;
int kmsg_index(struct arena *arena, struct kmsg *log) MUST_CHECK;
/* Is this line one of a kernel log (by its stamp or prefix), or a message of the table? For splitting pasted text. */
bool kmsg_is_line(struct slice line);

/*
 * Events of one function (NULL: without an address) and of one type, in the order of the log: pointers, *n of them.
 * No search through the whole log: fast with a million functions.
 */
const struct kmsg_event *const *kmsg_of(const struct kmsg *log, const struct sriov_addr *addr, size_t *n);
const struct kmsg_event *const *kmsg_typed(const struct kmsg *log, enum kmsg_type type, size_t *n);
/* The last event of a type, of a function (NULL: of any or none); NULL where there is none. */
const struct kmsg_event *kmsg_last(const struct kmsg *log, enum kmsg_type type, const struct sriov_addr *addr);

/* What the log says in the end about one resource of a function: later lines revoke earlier ones. */
enum kmsg_res_state {
	KMSG_RES_UNKNOWN,    /* not mentioned */
	KMSG_RES_UNASSIGNED, /* listed at address 0, or released, and nothing after that */
	KMSG_RES_FAILED,     /* the kernel found no space */
	KMSG_RES_ASSIGNED,
};
struct kmsg_res {
	enum kmsg_res_state state;
	bool io, is_64, pref;
	uint64_t start, end;   /* if assigned */
	uint64_t size;         /* 0 = unknown; of a VF BAR: all VFs' */
	uint64_t one_size;     /* of a VF BAR: one VF's, 0 = unknown */
	uint64_t vfs;          /* of a VF BAR: TotalVFs as the kernel read it, 0 = unknown */
	const struct kmsg_event *why; /* the line that decides; NULL where unknown */
};
/* index: as kmsg_event.bar. */
void kmsg_resource(const struct kmsg *log, const struct sriov_addr *addr, int index, struct kmsg_res *out);

/* What the log says in the end about a PF's VFs. */
enum kmsg_sriov_state { KMSG_VFS_UNKNOWN, KMSG_VFS_ENABLED, KMSG_VFS_DISABLED, KMSG_VFS_FAILED };
struct kmsg_sriov {
	enum kmsg_sriov_state state;
	uint64_t vfs;          /* enabled or asked for, 0 = unknown */
	uint64_t total;        /* TotalVFs by "contains BAR" lines, 0 = unknown */
	int err;               /* of the failure, 0 = unknown */
	const struct kmsg_event *why;   /* the kernel's own reason where it gives one, else the driver's line */
};
void kmsg_sriov(const struct kmsg *log, const struct sriov_addr *addr, struct kmsg_sriov *out);

#endif
