/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The walk over a root by THE table (capture-list.c): this host, a captured directory, an archive: one code path. */
#ifndef SRIOV_SOURCE_ROOT_H
#define SRIOV_SOURCE_ROOT_H

#include "snapshot/snapshot.h"
#include "slow-read.h"
#include "view.h"

/* What only this host can be asked; NULL for anything captured. */
struct live {
	void *data;
	bool wake;
	/* Configuration space, of which the file says it has size bytes; bytes and known have room for 4096. 0 or negative errno. */
	int (*config)(void *data, const struct sriov_addr *addr, bool is_vf, uint64_t size, uint8_t *bytes, uint8_t *known, size_t *len);
	/* Attributes whose read may block, all at once. 0 or negative errno. */
	int (*attributes)(void *data, struct slow_attr *attrs, size_t n, struct arena *arena);
};

/* Put everything that the table names, and that is there, into the snapshot. 0, or negative errno (memory, limits). */
int root_walk(const struct view *view, const struct live *live, struct snapshot *snap) MUST_CHECK;

/* What the snapshot lacks for an error of reading, nobody may take for absent: says so. 0 or negative errno. */
int root_tell_trouble(const struct view_trouble *trouble, struct snapshot *snap) MUST_CHECK;

/* Where path leads from the directory dir, by the words alone ("a/b" + "../c" = "a/c"); never above the root. -ENAMETOOLONG. */
int path_join(const char *dir, const char *target, char out[PATH_MAX]) MUST_CHECK;
/* "0000:01:00.0", the whole name. */
bool name_is_address(const char *name, struct sriov_addr *addr);

/* .sriov-capture (manifest.c): what it says about absence, denial and redaction goes into the snapshot. */
int manifest_apply(struct snapshot *snap, struct slice manifest) MUST_CHECK;

#endif
