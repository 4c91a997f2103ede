/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the session reader share. */
#ifndef SRIOV_DECODE_SESSION_PARSE_H
#define SRIOV_DECODE_SESSION_PARSE_H

#include "session.h"

/* Whose an answer is: lspci's, dmesg's, a command's that was understood here. */
enum part_kind { PART_LSPCI, PART_LOG, PART_TAKEN };
struct text_part {
	struct slice text;
	enum part_kind kind;
	bool has_addr; /* of lspci -s: the function that the answer is of, where it does not say so itself */
	struct sriov_addr addr;
};
struct text_parts {
	struct arena *arena;
	struct text_part *parts; /* in the order of the text */
	size_t n, room;
};

struct session_parse {
	struct snapshot *snap;
	struct session *session;
	struct text_place place;
	struct text_parts *parts; /* NULL: nobody wants them */
	const char *cwd;          /* of the last "cd /…", or NULL */
	int err;                  /* sticks */
};

/* One command with its answer. */
struct exchange {
	struct slice command, answer;
	unsigned line, answer_line; /* in the origin */
	bool root, windows, answered;
	bool bare; /* no prompt stood before it: what follows need not be its answer */
};

/* session.c */
struct session *session_of(struct snapshot *snap);
/* Text in the arena, NUL-terminated. Lack of memory sticks in p->err, and the text is "". */
const char *session_text(struct session_parse *p, struct slice s);
const char *session_printf(struct session_parse *p, const char *format, ...) PRINTF(2, 3);
struct session_at session_at(const struct session_parse *p, unsigned line);
/* NULL: what is there already stays, or the path cannot be. */
struct item *session_item(struct session_parse *p, const char *path, enum item_kind kind, enum item_state state, int err, struct slice data,
			  unsigned line);
void session_query(struct session_parse *p, enum session_tool tool, struct slice device, const struct sriov_addr *addr, struct slice key,
		   struct slice value, unsigned line);
/* The first function's address in a text, with or without domain. */
bool session_find_addr(struct slice s, struct sriov_addr *addr);
/* The same reader as session_put(), parts of the text for other parsers to *parts. */
int session_read(struct snapshot *snap, struct text_place place, struct slice text, struct text_parts *parts) MUST_CHECK;

/* session-path.c: words of a command line as the shell sees them */
/* The next word, quotes and backslashes taken off, in the arena; "|", ">", ">>", "<<<", ";", "&&" are words. False: none is left. */
bool session_word(struct session_parse *p, struct slice *command, const char **word);
/*
 * A path of the host as an item's path: "/sys/devices/pci0000:00/0000:00:02.0/sriov_numvfs" -> "sys/bus/pci/devices/0000:00:02.0/sriov_numvfs".
 * NULL: nothing of a host, or with something in it that the shell had to fill in.
 */
const char *session_host_path(struct session_parse *p, const char *path);
/* Any file name with the directory of the last cd in front. */
const char *session_full_path(struct session_parse *p, const char *path);

/* session-write.c */
bool session_read_write(struct session_parse *p, const struct exchange *x);
/* A line of any program that says that a write to sriov_numvfs failed. */
bool session_read_failure(struct session_parse *p, struct slice line, unsigned number, bool root);
/* session-files.c */
bool session_read_files(struct session_parse *p, const struct exchange *x);
/* An interface's name and its function: each becomes known below the other. */
void session_netdev(struct session_parse *p, struct slice netdev, const struct sriov_addr *addr, unsigned line);
/* The driver of a function; an empty name: none is bound. */
void session_driver(struct session_parse *p, const struct sriov_addr *addr, struct slice driver, unsigned line);
bool session_is_name(struct slice s);
/* "key : value", spaces around the colon. */
bool session_key_value(struct slice line, struct slice *key, struct slice *value);
/* session-host.c */
bool session_read_host(struct session_parse *p, const struct exchange *x);
/* session-tools.c */
bool session_read_tools(struct session_parse *p, const struct exchange *x);
bool session_read_message(struct session_parse *p, struct slice line, unsigned number);

#endif
