/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's command line: its tokens as the kernel takes them apart, and what is odd about the ones that matter here. */
#ifndef SRIOV_DECODE_CMDLINE_H
#define SRIOV_DECODE_CMDLINE_H

#include "util/slice.h"

struct option {
	struct slice token;      /* as it stands, quotes and all */
	struct slice name;
	struct slice value;      /* quotes taken off; p == NULL: no '=' */
};

/* The next token. Double quotes keep blanks together; what follows "--" is init's and ends the walk. */
bool option_next(struct slice *cmdline, struct option *option);
/* '-' and '_' are the same in an option's name. */
bool option_is(struct slice name, const char *wanted);
/* The last occurrence counts. False: not there. */
bool option_get(struct slice cmdline, const char *name, struct slice *value);
/* One item of a comma list ("pci", "noari"), over all occurrences of the option. value: what follows '=' or ':' or NULL. */
bool option_has(struct slice cmdline, const char *name, const char *word, struct slice *value);

enum option_oddity {
	OPTION_MISSPELT,     /* nothing knows the name; meant is what it looks like */
	OPTION_NO_EFFECT,    /* right, but not on this processor: intel_iommu=on on AMD */
	OPTION_BAD_VALUE,    /* the option has no such value: amd_iommu=on */
	OPTION_OVERRIDDEN,   /* given again later with another value: this one does not count */
};

struct option_note {
	enum option_oddity what;
	struct option option;
	const char *meant;       /* of a misspelt one: the right name; of a bad value: the values there are; else NULL */
	const char *why;         /* the rest of a sentence that begins with the option */
};

struct option_iter {
	struct slice rest;
};

/* What is odd about the options that matter. cpu_vendor: "GenuineIntel", "AuthenticAMD", …; NULL: unknown, then nothing is said about it. */
bool option_note_next(struct option_iter *iter, const char *cpu_vendor, struct option_note *note);

#endif
