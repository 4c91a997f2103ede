/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of a walk, and its part that reads one function's directory. For root.c and function.c only. */
#ifndef SRIOV_SOURCE_FUNCTION_H
#define SRIOV_SOURCE_FUNCTION_H

#include "capture-list.h"
#include "root.h"

struct walk {
	const struct view *view;
	const struct live *live; /* NULL: captured */
	struct snapshot *snap;
	struct strbuf buf;       /* one file's bytes at a time */
	struct listing spare;    /* memory of the last listing, for the next */
	const struct place *devices; /* sys/bus/pci/devices, while functions are found below sys/devices; NULL: not there */
	bool manifest;           /* .sriov-capture decides about absence */
	unsigned depth;
	char release[128];       /* of the kernel, "" = unknown */
	char (*drivers)[64];     /* modules behind functions */
	size_t drivers_n, drivers_room;
	uint64_t *seen;          /* addresses that were walked: a hash set, 0 = free */
	size_t seen_n, seen_room;
	size_t functions, complete;
	bool pf_tells;           /* extended space is read: a PF tells its VFs' ids */
	size_t no_group;         /* functions of which nothing tells whether they are in a group */
	struct slow_attr *slow;  /* attributes whose read may block: read at the end, all at once */
	size_t slow_n, slow_room;
};

void walk_free(struct walk *w);
bool walk_has_driver(const struct walk *w, const char *module);
/* Was the function walked before? 1 or 0, and it is from now on; -ENOMEM. */
int walk_seen(struct walk *w, const struct sriov_addr *addr);

int walk_put(struct walk *w, const struct item *dir, const char *name, enum item_kind kind, enum item_state state, struct slice data,
	     struct item **out) MUST_CHECK;
int walk_put_error(struct walk *w, const struct item *dir, const char *name, int error) MUST_CHECK;
int walk_read(struct walk *w, const struct place *place, const struct item *dir, const char *name, enum node_kind kind,
	      const struct capture_row *row, struct item **out) MUST_CHECK;
int walk_link(struct walk *w, const struct place *place, const struct item *dir, const char *name, struct item **out) MUST_CHECK;

/* Everything of a function's directory; addr may be unknown (NULL). */
int walk_function(struct walk *w, const struct place *place, struct item *dir, const struct sriov_addr *addr) MUST_CHECK;
/* A function that was found below sys/devices: gets its link in sys/bus/pci/devices, and is walked with all below it. */
int walk_found(struct walk *w, const struct place *place, const struct sriov_addr *addr) MUST_CHECK;
int walk_below_function(struct walk *w, const struct place *place, const struct listing *listing) MUST_CHECK;

#endif
