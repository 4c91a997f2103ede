/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Firmware tables that decide about DMA, interrupts and configuration space: raw bytes (sys/firmware/acpi/tables/NAME) -> typed entries.
 * Pure: bytes in, entries in an arena out. A table that is cut, lies about its lengths or has a wrong checksum is decoded as far as its
 * bytes carry, and what is wrong is in problems[]. Start with a zeroed struct acpi, call acpi_decode() for each table that is there.
 */
#ifndef SRIOV_DECODE_ACPI_H
#define SRIOV_DECODE_ACPI_H

#include "sriov.h"
#include "decode/bytes.h"
#include "util/arena.h"

enum acpi_table { ACPI_DMAR, ACPI_IVRS, ACPI_IORT, ACPI_VIOT, ACPI_MCFG, ACPI_FADT, ACPI_TABLES };

/* File name below sys/firmware/acpi/tables: "DMAR", "IVRS", "IORT", "VIOT", "MCFG", "FACP". */
const char *acpi_table_name(enum acpi_table table);

#define ACPI_TABLE_MAX   (4U << 20) /* bytes of a table that are looked at */
#define ACPI_ENTRIES_MAX 65536U     /* entries of a kind in one table */
#define ACPI_DEPTH_MAX   64U        /* path elements of a device scope */
#define ACPI_PROBLEMS_MAX 256U      /* later ones are only counted */
#define ACPI_HEADER_LEN  36U

enum acpi_problem_kind {
	ACPI_CUT,         /* fewer bytes than the table's length says, or than its header needs */
	ACPI_SIGNATURE,   /* the file holds another table */
	ACPI_CHECKSUM,    /* bytes do not sum up to 0 */
	ACPI_LENGTH,      /* an entry's length is 0, too short for its type, or runs past the table */
	ACPI_SCOPE,       /* a device scope's length or type is wrong, or an entry that needs one has none */
	ACPI_RESERVED,    /* an entry type or a bit that must not be there */
	ACPI_RANGE,       /* the end lies before the beginning, or an address is 0 */
	ACPI_REFERENCE,   /* an offset that points at no node, or an ID mapping that leads in a circle */
	ACPI_WIDTH,       /* DMAR: host address width 0 */
	ACPI_EMPTY,       /* DMAR without DRHD, IVRS without IVHD, MCFG without entry */
	ACPI_MANY,        /* more entries than are looked at */
};

struct acpi_problem {
	enum acpi_table table;
	enum acpi_problem_kind kind;
	uint32_t offset;  /* in the table */
	uint64_t value;   /* what is there: the length, the type, the sum, … */
	bool grave;       /* the kernel refuses the table or the entry for it; else it is only odd */
};

struct acpi_header {
	bool there;        /* the table was decoded */
	bool complete;     /* all bytes that its length says were there */
	bool checksum_ok;  /* counts only if complete */
	uint32_t length;   /* as the header says */
	uint8_t revision;
	char oem_id[7], oem_table[9]; /* cleaned to printable ASCII, trimmed */
};

/* ---- DMAR ---- */

enum { DMAR_SCOPE_ENDPOINT = 1, DMAR_SCOPE_BRIDGE = 2, DMAR_SCOPE_IOAPIC = 3, DMAR_SCOPE_HPET = 4, DMAR_SCOPE_NAMESPACE = 5 };

struct acpi_hop {
	uint8_t device, function;
};

/* A device: start bus, then one hop for every bridge on the way down, the last is the device itself. */
struct acpi_scope {
	uint32_t offset;
	uint8_t type, id, bus;
	struct acpi_hop *hops;
	unsigned hops_n;
};

enum { DMAR_DRHD, DMAR_RMRR, DMAR_ATSR, DMAR_RHSA, DMAR_ANDD, DMAR_SATC, DMAR_SIDP };
enum { DMAR_FLAG_ALL = 1 }; /* bit 0: DRHD INCLUDE_PCI_ALL, ATSR ALL_PORTS, SATC ATC_REQUIRED */

struct dmar_entry {
	uint32_t offset;
	uint16_t type;
	uint8_t flags;
	uint16_t segment;
	uint64_t base, end;     /* DRHD, RHSA: base of the registers (end: last byte of DRHD's); RMRR: the range, end included */
	uint32_t number;        /* RHSA: proximity domain; ANDD: ACPI device number */
	const char *name;       /* ANDD: ACPI object name, cleaned; else NULL */
	struct acpi_scope *scopes;
	size_t scopes_n, scopes_room;
};

enum { DMAR_INTR_REMAP = 1, DMAR_X2APIC_OPT_OUT = 2, DMAR_DMA_CTRL_PLATFORM_OPT_IN = 4 };

struct acpi_dmar {
	uint8_t flags;          /* counts only if have_flags */
	uint8_t width;          /* host address width in bits (the field plus one) */
	bool have_flags;
	struct dmar_entry *entries; /* in the order of the table */
	size_t n, room;
};

/* ---- IVRS ---- */

enum { IVHD_ALL, IVHD_SELECT, IVHD_RANGE, IVHD_SPECIAL, IVHD_ACPI_HID };

struct ivrs_device {
	uint32_t offset;
	uint8_t kind;           /* IVHD_* */
	uint8_t type;           /* of the entry, as it stands; of a range its start */
	uint16_t first, last;   /* routing IDs, both included; the same for one device */
	uint16_t alias;         /* the requester ID that is used instead; counts only if has_alias */
	bool has_alias, ats_disabled;
	uint8_t setting;        /* DTE flags */
};

struct ivrs_ivhd {
	uint32_t offset;
	uint8_t type, flags;    /* 0x10, 0x11, 0x40; flags bit 4: IOTLB support (ATS) */
	uint16_t segment, rid;  /* rid of the IOMMU itself */
	uint64_t base, features;/* features: EFR image (0x11, 0x40), or the 32-bit field (0x10) */
	struct ivrs_device *devices;
	size_t n, room;
};

enum { IVMD_UNITY = 1, IVMD_READ = 2, IVMD_WRITE = 4, IVMD_EXCLUSION = 8 };

struct ivrs_ivmd {
	uint32_t offset;
	uint8_t type, flags;    /* 0x20 all, 0x21 select, 0x22 range */
	uint16_t segment, first, last;
	uint64_t base, end;     /* end included */
};

struct acpi_ivrs {
	uint32_t info;
	struct ivrs_ivhd *ivhd;
	size_t ivhd_n, ivhd_room;
	struct ivrs_ivmd *ivmd;
	size_t ivmd_n, ivmd_room;
};

/* ---- IORT ---- */

enum { IORT_ITS, IORT_NAMED, IORT_ROOT_COMPLEX, IORT_SMMU, IORT_SMMU_V3, IORT_PMCG, IORT_RMR };

struct iort_map {
	uint32_t first, last;   /* input IDs, both included; of a single mapping they say nothing */
	uint32_t output, node;  /* first output ID, offset of the node that gets them */
	bool single;
};

struct iort_range {
	uint64_t base, end;     /* end included */
};

struct iort_node {
	uint32_t offset, id;
	uint8_t type, revision;
	uint32_t segment;       /* root complex */
	uint32_t ats;           /* root complex: bit 0 ATS, bit 1 PRI, bit 2 PASID */
	uint64_t base;          /* SMMU: registers */
	uint32_t flags;         /* SMMU, RMR: flags */
	struct iort_map *maps;
	size_t maps_n, maps_room;
	struct iort_range *ranges; /* RMR */
	size_t ranges_n, ranges_room;
};

struct acpi_iort {
	struct iort_node *nodes; /* by offset, ascending */
	size_t n, room;
};

/* ---- VIOT ---- */

enum { VIOT_PCI_RANGE = 1, VIOT_MMIO = 2, VIOT_VIRTIO_PCI = 3, VIOT_VIRTIO_MMIO = 4 };

struct viot_node {
	uint32_t offset;
	uint8_t type;
	uint16_t segment, segment_last, first, last; /* PCI range; virtio PCI: segment and first */
	uint32_t endpoint;
	uint64_t base;
	uint16_t output;        /* offset of the IOMMU's node */
};

struct acpi_viot {
	struct viot_node *nodes;
	size_t n, room;
};

/* ---- MCFG, FADT ---- */

struct mcfg_entry {
	uint32_t offset;
	uint64_t base;          /* of bus 0 of the segment, as the table says (first > 0: bus first is at base + first MiB) */
	uint16_t segment;
	uint8_t first, last;    /* buses, both included */
};

struct acpi_mcfg {
	struct mcfg_entry *entries;
	size_t n, room;
};

enum { FADT_NO_MSI = 1 << 3, FADT_NO_ASPM = 1 << 4 };

struct acpi_fadt {
	bool have_boot_flags;
	uint16_t boot_flags;    /* IAPC_BOOT_ARCH */
	uint32_t flags;         /* counts only if have_boot_flags; bit 20: hardware-reduced */
};

struct acpi {
	struct acpi_header header[ACPI_TABLES];
	struct acpi_dmar dmar;
	struct acpi_ivrs ivrs;
	struct acpi_iort iort;
	struct acpi_viot viot;
	struct acpi_mcfg mcfg;
	struct acpi_fadt fadt;
	struct acpi_problem *problems;
	size_t problems_n, problems_room, problems_more; /* more: not kept */
};

/* One table, read once. 0 or -ENOMEM; what is wrong with the bytes is a problem, not an error. */
int acpi_decode(struct acpi *acpi, struct arena *arena, enum acpi_table table, struct bytes bytes) MUST_CHECK;

/* A sentence without the place: "an entry's length runs past the table". */
const char *acpi_problem_text(enum acpi_problem_kind kind);

/*
 * Which entry covers a function. way: the functions from the one on the root bus down to the function itself (bridges first);
 * of a VF give the way of its PF: tables name PFs only. after: NULL, or the entry that was found last, to go on. NULL: none.
 */
const struct dmar_entry *acpi_rmrr_covers(const struct acpi *acpi, const struct sriov_addr *way, size_t way_n, const struct dmar_entry *after);
/* The DRHD that translates for the function: one that names it or a bridge above, else the segment's INCLUDE_PCI_ALL. */
const struct dmar_entry *acpi_drhd_of(const struct acpi *acpi, const struct sriov_addr *way, size_t way_n);
const struct ivrs_ivmd *acpi_ivmd_covers(const struct acpi *acpi, uint32_t segment, uint16_t rid, const struct ivrs_ivmd *after);
const struct ivrs_ivhd *acpi_ivhd_of(const struct acpi *acpi, uint32_t segment, uint16_t rid);
/* The segment's ECAM entry for a bus, and the entry that a range of memory addresses (end included) runs into. */
const struct mcfg_entry *acpi_ecam_of(const struct acpi *acpi, uint32_t segment, unsigned bus);
const struct mcfg_entry *acpi_ecam_hit(const struct acpi *acpi, uint64_t start, uint64_t end);
/* Memory of an ECAM entry, end included; false where the sum overflows. */
bool acpi_ecam_range(const struct mcfg_entry *entry, uint64_t *start, uint64_t *end);

enum iort_answer {
	IORT_NO_COMPLEX,  /* no root complex node has this segment: the table says nothing about it */
	IORT_UNMAPPED,    /* its root complex maps other IDs, not this one */
	IORT_MAPPED,
};
struct iort_mapped {
	uint32_t segment;
	uint64_t rids[1024]; /* a bit each */
};
/* All requester IDs that a root complex of the segment maps, at once. */
void acpi_iort_mapped(const struct acpi *acpi, uint32_t segment, struct iort_mapped *out);
/* Follows a requester ID: smmu and its get the nodes on its way (NULL where it meets none). */
enum iort_answer acpi_iort_map(const struct acpi *acpi, uint32_t segment, uint16_t rid, const struct iort_node **smmu, const struct iort_node **its);
bool acpi_iort_has_smmu(const struct acpi *acpi);
/* The VIOT node (virtio IOMMU) of a PCI function, or NULL. */
const struct viot_node *acpi_viot_of(const struct acpi *acpi, uint32_t segment, uint16_t rid);

#endif
