/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a guest without a PF sees of the VF that it should have. */
#ifndef SRIOV_CHECK_GUEST_H
#define SRIOV_CHECK_GUEST_H

#include "data/data.h"
#include "facts.h"

struct guest {
	bool hyperv;
	enum tri vmbus;             /* yes: VMBus offers a PCI device; no: its list is there, and none is in it */
	const struct item *vmbus_pci; /* the device's folder */
	size_t vmbus_n;             /* devices of VMBus */
	size_t vfs;                 /* functions that are VFs, or that VMBus brought */
	const struct fn *vf;        /* the first of them; a text without numbers: NULL */
	const struct fn *free;      /* the first without a driver */
	const char *text_name;      /* of a VF in a text without numbers */
	bool listed;                /* all functions of this guest were listed */
	size_t listed_n;
	const struct kmsg_event *offered, *removed, *registered, *to_vf, *probing; /* the last of each, or NULL */
};
void guest_look(struct run *run, struct guest *out);

/* Is it a VF that was handed to this guest? */
bool guest_is_vf(const struct run *run, const struct fn *fn);
static inline bool later(const struct kmsg_event *a, const struct kmsg_event *b) { return a && (!b || a->seq > b->seq); }
/* The last event of a type in the whole log. */
static inline const struct kmsg_event *said(const struct run *run, enum kmsg_type type) { return kmsg_last(&run->model->log, type, NULL); }
/* How far the guest's evidence proves it got: an enum rung, or -1. */
int guest_proven(const struct run *run, const struct guest *guest);

#endif
