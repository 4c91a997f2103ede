/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which kernel module serves a device, is it installed, and does something keep it from loading? From the text files below
 * lib/modules/RELEASE and etc/modprobe.d, read once each, in linear time: modules.alias has 1 to 2 MB.
 */
#ifndef SRIOV_DECODE_MODULES_H
#define SRIOV_DECODE_MODULES_H

#include "util/slice.h"

/* Does a shell pattern (*, ?, [a-z], [!x], \c) match the whole text? Bounded: at most pattern times text steps. */
bool pattern_match(struct slice pattern, struct slice text);

#define ALIAS_MATCHES_MAX 4

struct alias_query {
	struct slice modalias;                   /* "pci:v00008086d000010CAsv…" */
	struct slice modules[ALIAS_MATCHES_MAX]; /* that serve it, in the file's order */
	unsigned n;
};
/* Answers all queries in one walk over modules.alias. The queries are sorted by modalias on return. */
void modules_alias(struct slice text, struct alias_query *queries, size_t n);

/* The path of a module in modules.dep or modules.builtin ("kernel/drivers/…/igbvf.ko.xz"). False: not there. */
bool modules_path(struct slice text, struct slice name, struct slice *path);

enum module_block {
	MODULE_FREE,
	MODULE_BLACKLISTED,   /* not loaded for a device; modprobe NAME still loads it */
	MODULE_INSTALL_FALSE, /* install NAME /bin/false (or true): modprobe runs that instead */
	MODULE_ALIAS_OFF,     /* alias PATTERN off */
};

struct modprobe_row {
	struct slice keyword, name, rest; /* "blacklist", "nouveau", "" */
	unsigned line;
};
struct modprobe_iter {
	struct slice text;
	unsigned line;
};
/* Lines of a modprobe.d file; a backslash at the end joins lines (rest then holds it). */
bool modprobe_next(struct modprobe_iter *iter, struct modprobe_row *row);
/* What one file says. modalias may be empty. row: the line that says so. */
enum module_block modprobe_blocks(struct slice text, struct slice name, struct slice modalias, struct modprobe_row *row);
/* The last value that one file sets for a module's parameter. */
bool modprobe_option(struct slice text, const char *module, const char *parameter, struct slice *value, unsigned *line);
/* module_blacklist=, modprobe.blacklist=, rd.driver.blacklist= of the kernel's command line. */
bool cmdline_blacklists(struct slice cmdline, struct slice name);

#endif
