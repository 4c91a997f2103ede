/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The snapshot: all evidence that a source gave, as a tree with the host's own paths (sys/bus/pci/devices/…, proc/cmdline,
 * dmesg). Sources and the readers of pasted text write it; then it does not change, and everything to the right of it
 * (decode, model, check, report) reads nothing else. Nothing here does I/O.
 */
#ifndef SRIOV_SNAPSHOT_H
#define SRIOV_SNAPSHOT_H

#include "sriov.h"
#include "decode/bytes.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/slice.h"

/* Absent, denied and not captured are three things. */
enum item_state {
	ITEM_NOT_CAPTURED, /* nobody looked: says nothing */
	ITEM_PRESENT,
	ITEM_ABSENT,   /* looked for, not there */
	ITEM_DENIED,   /* there, not readable: item->err */
	ITEM_REDACTED, /* there, content removed on purpose */
};

enum item_kind { ITEM_DIR, ITEM_FILE, ITEM_LINK };

/* A capability that was read from text (lspci -v): its place in the list is known, the pointers that lead to it are not. */
struct text_cap {
	uint16_t id, offset;
	uint8_t version;
	bool extended;
};

/* A region as lspci's words give it, or a file of the host's would: "Region 0: Memory at … [size=…]", "Memory behind bridge: …". */
struct text_region {
	uint8_t index;      /* 0-5 BARs, 6 ROM, 7-12 VF BARs (one VF's, size 0), 13 I/O, 14 memory, 15 prefetchable window; 0xff: not told */
	bool io, is_64, prefetchable;
	bool disabled;      /* "[disabled]" */
	bool unassigned;    /* "<unassigned>", "[disabled]" window without a range: no address */
	uint64_t address;   /* counts only where not unassigned */
	uint64_t size;      /* bytes; 0 = not told */
	unsigned line;      /* in the item's origin */
};

/* Configuration space of one function, as far as it is known. */
struct config_image {
	struct bytes view;  /* bytes.p has room for view.len bytes; bytes.known as in decode/bytes.h */
	uint16_t size;      /* size of the space as the host's file says: 64 (not root), 256, 4096; 0 = the source does not tell */
	bool from_text;     /* read from lspci -v text: only the bits that the text names are known */
	bool caps_denied;   /* the text says "<access denied>" */
	struct text_cap *text_caps;
	size_t text_caps_n;
	struct text_region *regions;
	size_t regions_n;
};

struct item {
	const char *name; /* last part of the path, NUL-terminated; "" for the root */
	struct item *parent, *child, *last_child, *next;
	enum item_state state;
	enum item_kind kind;
	bool complete;       /* of a directory: a name that is not here is absent */
	bool listed;         /* of a directory: only its name was in a listing, so that it may turn out to be a file or a link */
	int err;             /* of ITEM_DENIED: positive errno */
	struct slice data;   /* of a file: its bytes; of a link: its target; a NUL follows, not counted */
	uint64_t size;       /* of a file: size as the file system says (a longer file was cut at a limit) */
	const char *origin;  /* where it was read if not at its own path: "transcript", "ticket.txt"; else NULL */
	unsigned line;       /* line of it in origin, 0 = none */
	struct config_image *config; /* of a function's "config" */
	uint16_t name_n;             /* for snapshot.c */
};

/* What went wrong on the way in: a source never stops at the first bad line. */
struct problem {
	const char *source; /* file or SOURCE as the user named it */
	unsigned line;      /* 0 = none */
	const char *what;   /* "configuration row with 15 bytes"; may quote bytes of the source: clean before printing */
	const char *advice; /* what to do */
	bool fatal;         /* nothing of this source could be used */
};

struct session;

enum source_kind { SOURCE_HOST, SOURCE_DIRECTORY, SOURCE_ARCHIVE, SOURCE_SOSREPORT, SOURCE_LSPCI_HEX, SOURCE_CONFIG, SOURCE_LSPCI_TEXT,
	SOURCE_KERNEL_LOG, SOURCE_SESSION, SOURCE_TEXT };

struct snapshot {
	struct arena arena;
	struct item *root;
	struct hash_table names;
	size_t items;
	enum source_kind kind;
	const char *name; /* as the user named the source; "" = this host */
	bool has_manifest; /* .sriov-capture was there: it decides about absence */
	struct session *session; /* decode/session.h: what pasted commands and answers say that has no path; or NULL */
	struct slice lent;  /* a text that its reader has no more use for: put whole, it is taken over instead of copied; a NUL follows it */
	char *taken;        /* it, once it was taken */
	struct problem *problems;
	size_t problems_n, problems_room, problems_more; /* more: that were only counted */
};

struct snapshot *snapshot_new(const char *name) MUST_CHECK;
void snapshot_free(struct snapshot *snap);

/*
 * Put an item at path (relative to base, NULL = the root; "a/b/c"; directories on the way are made, ".." and "." are refused with -EINVAL).
 * Links on the way are followed. What is there already stays (-EEXIST), except that ITEM_PRESENT replaces any other state.
 * data is copied. Limits (path depth, number of items, memory) end in -E2BIG or -ENOMEM.
 */
int snapshot_put(struct snapshot *snap, const struct item *base, const char *path, enum item_kind kind, enum item_state state,
		 struct slice data, struct item **out) MUST_CHECK;
int snapshot_put_file(struct snapshot *snap, const char *path, struct slice data, struct item **out) MUST_CHECK;
/* Configuration space of the function at its path below sys/bus/pci/devices; known = NULL: all len bytes are known. */
int snapshot_put_config(struct snapshot *snap, const struct sriov_addr *addr, const uint8_t *bytes, const uint8_t *known, size_t len,
			struct item **out) MUST_CHECK;
int snapshot_problem(struct snapshot *snap, unsigned line, bool fatal, const char *advice, const char *format, ...) PRINTF(5, 6);

/* The item at path below base (NULL = root), links followed as inside the root; NULL where nothing is recorded. */
const struct item *snapshot_at(const struct snapshot *snap, const struct item *base, const char *path);
/* The same without following a link in the last place. */
const struct item *snapshot_at_nofollow(const struct snapshot *snap, const struct item *base, const char *path);
/* The state of a path that may not be recorded: a missing name in a complete directory is absent, else not captured. */
enum item_state snapshot_state(const struct snapshot *snap, const struct item *base, const char *path);
/* The bytes of a present file, or an empty slice with p == NULL. */
struct slice snapshot_bytes(const struct snapshot *snap, const struct item *base, const char *path);
/* The last part of a present link's target ("igb" for driver -> ../../bus/pci/drivers/igb), or NULL. */
const char *snapshot_link_name(const struct snapshot *snap, const struct item *base, const char *path);
/* The host's path of an item ("sys/bus/…"), in the arena; NULL when memory is exhausted. */
const char *snapshot_path(struct snapshot *snap, const struct item *item);

/* Children in the order they were put: for (c = dir->child; c; c = c->next). Sort: snapshot_sort(dir) by name. */
void snapshot_sort(struct item *dir);

const char *item_state_name(enum item_state state);
const char *source_kind_name(enum source_kind kind);

#endif
