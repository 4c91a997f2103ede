/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds the VFs of a PF, and which modules serve them. */
#ifndef SRIOV_CHECK_VF_H
#define SRIOV_CHECK_VF_H

#include "facts.h"

struct vf_hold {
	size_t seen;                /* VFs that exist as functions */
	size_t free;                /* surely without a driver */
	const struct fn *first_free;
	size_t vfio, other;         /* held by vfio; by another stack than the kernel's own drivers */
	const struct fn *first_vfio, *first_other, *first_kernel; /* kernel: an ordinary driver */
};
void vf_hold_judge(const struct fn *pf, struct vf_hold *out);

/* vfio-pci and its variants (mlx5_vfio_pci, …). */
bool driver_is_vfio(const char *driver);
/* uio, stubs, Xen's back end: no kernel driver uses the function. */
bool driver_is_other(const char *driver);

/* Without a driver VFs can be given away all the same: no failure unless the goal is that they work here. */
enum finding_state vf_trouble(const struct run *run);

/* The modalias of a VF: its attribute, or put together from what is known; p == NULL: it cannot. */
struct slice vf_modalias(struct run *run, const struct fn *vf);

/* Bytes of lib/modules/RELEASE/NAME of the running kernel (or of the only one there is); p == NULL: not there. */
struct slice modules_file(const struct run *run, const char *name, const struct item **from);

/* The last event of a type about the PF or one of its VFs; pf NULL: as log_of(). */
const struct kmsg_event *vf_log(const struct run *run, enum kmsg_type type, const struct fn *pf);

struct vf_events {
	size_t n;
	const struct kmsg_event *last;
};
/*
 * Events of a type about VFs that have no driver, counted for each PF in view (as in run->pfs), in one walk over the log; one more
 * element for events whose function is not known and that loose() takes for a VF's. NULL: no memory.
 */
struct vf_events *vf_events_count(struct run *run, enum kmsg_type type, bool (*loose)(struct run *run, const struct kmsg_event *event));

/* What keeps a module from loading; *where and *line: who says so. NULL: nothing that is known of. */
const char *module_blocked(struct run *run, struct slice name, struct slice modalias, const char **where);
/* A parameter of a module: of the loaded module, else of the command line, else of modprobe.d. False: nothing is known. */
bool module_parameter(struct run *run, const char *module, const char *parameter, struct slice *value, const char **where);

#endif
