/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps in which model_new() builds a model; each is one file. 0 or -ENOMEM: evidence, however odd, is no error. */
#ifndef SRIOV_MODEL_BUILD_H
#define SRIOV_MODEL_BUILD_H

#include "model.h"

#define MODEL_BYTES LIMIT_GIB(8)

int build_functions(struct model *m) MUST_CHECK; /* addresses, identity, capabilities, drivers: functions.c */
int build_resources(struct model *m) MUST_CHECK; /* BARs, VF BAR apertures, windows: resources.c */
int build_bridges(struct model *m) MUST_CHECK;   /* bus numbers, ARI, ACS of ports: bridges.c */
int build_pfs(struct model *m) MUST_CHECK;       /* what SR-IOV says: pfs.c */
int build_tree(struct model *m) MUST_CHECK;      /* which port is above: tree.c */
int build_vfs(struct model *m) MUST_CHECK;       /* PF -> VF routing IDs and back: vfs.c */
int build_groups(struct model *m) MUST_CHECK;    /* IOMMU groups: groups.c */
int build_host(struct model *m) MUST_CHECK;      /* the machine: host.c */
int build_iommu(struct model *m) MUST_CHECK;     /* IOMMU and interrupt remapping in effect: iommu.c */

int build_guest(struct model *m) MUST_CHECK;     /* a virtual machine, by the devices that it has: guest.c */

/* What a log adds where the snapshot does not say better, each behind or before the step of the same name: from-log.c, from-log-host.c */
int log_functions(struct model *m) MUST_CHECK;   /* parses the logs; functions that only they name; drivers */
int log_resources(struct model *m) MUST_CHECK;
int log_bridges(struct model *m) MUST_CHECK;
int log_pfs(struct model *m) MUST_CHECK;
int log_groups(struct model *m) MUST_CHECK;
int log_host(struct model *m) MUST_CHECK;        /* before build_host() and build_iommu(), which overwrite it */
int log_windows(struct model *m) MUST_CHECK;     /* root bus windows, from proc/iomem or the log */

/* Configuration space out of a dump; view as of bytes. extended: a function of the dump has more than 256 bytes. */
struct config_image image_of_dump(struct bytes view, bool extended);
/* One function, whose addr, dir and config_item are set: identity, capabilities, driver. walk is scratch. */
int function_read(struct model *m, struct fn *fn, const struct config_image *config, struct cap_walk *walk) MUST_CHECK;
/* A VF answers with ffff:ffff, but it answers: its header type is not all ones. */
bool reads_as_vf(const struct bytes *config);

/* The SR-IOV capability as the model would find it, in pf->cap, with what tells where the VFs are. False: there is none. walk is scratch. */
bool pf_find(const struct bytes *config, struct cap_walk *walk, struct pf *pf);

/* Where the VFs of a PF are, by First VF Offset and VF Stride as they stand. */
struct vf_layout {
	uint64_t offset, stride;
	size_t n;         /* TotalVFs */
	uint64_t enabled; /* NumVFs where VF Enable is set, else 0 */
};
/* False: the PF does not say. */
bool vf_layout_of(const struct pf *pf, struct vf_layout *layout);
/* Is there room for the VFs of a PF? Those that find none are counted. */
bool vfs_keep(struct vfs_kept *kept, const struct sriov_addr *pf, size_t n);
static inline void vf_place(const struct sriov_addr *pf, const struct vf_layout *layout, size_t index, struct vf *vf)
{
	uint64_t rid = (uint64_t)addr_rid(pf) + layout->offset + index * layout->stride;
	*vf = (struct vf){
		.index = (unsigned)index, .in_segment = rid <= 0xffff,
		.addr = addr_of_rid(pf->domain, rid),
	};
}

/* fn is pf_fn's VF of that index: role, effective ids, the port above. */
void vf_adopt(struct fn *pf_fn, struct fn *fn, unsigned index);
/* Is the VF there? complete: a function that is not in the model is not on the host. */
static inline enum tri vf_existence(const struct pf *pf, const struct vf *vf, bool complete)
{
	if (vf->fn)
		return TRI_YES;
	if (complete || known_as(&pf->vf_enable, 0) || (known(&pf->num_vfs) && vf->index >= pf->num_vfs.v))
		return TRI_NO;
	return TRI_UNKNOWN;
}

/* Bridges of one segment by secondary bus. */
struct buses {
	uint32_t domain;
	const struct fn *above[256]; /* whose secondary bus it is */
	bool twice[256];             /* two bridges claim it: none is believed */
};
void buses_add(struct buses *buses, const struct fn *bridge, unsigned secondary);
/* The bridge above fn, by the bus that it is on. */
void buses_place(const struct buses *buses, struct fn *fn);

/* Trimmed text as a string of the model's; NULL where there is none. Lack of memory sticks in m->err, which model_new() looks at. */
const char *model_text(struct model *m, struct slice text);
/* A number in an attribute ("0x8086\n", "8\n"), with its state. */
struct fact attr_fact(const struct snapshot *snap, const struct item *dir, const char *name);
/* Bits of configuration space as a fact. */
struct fact config_fact(const struct fn *fn, size_t offset, unsigned size, unsigned lsb, unsigned width);
/* The same in a capability. */
struct fact cap_fact(const struct bytes *cap, const struct item *from, size_t offset, unsigned size, unsigned lsb, unsigned width);

#endif
