/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text of lspci -x, -xxx, -xxxx (with or without -v text around the rows) -> one function after the other.
 * The iterator holds one function's bytes at a time: a dump of any length is read in constant memory.
 */
#ifndef SRIOV_DECODE_LSPCI_HEX_H
#define SRIOV_DECODE_LSPCI_HEX_H

#include "sriov.h"
#include "util/slice.h"

#define CONFIG_MAX 4096

/* What is wrong with a row or a block of rows; rows that are fine are kept. */
enum hex_problem {
	HEX_ROW_CUT,      /* a row has other text or no more bytes after some good ones: these are kept */
	HEX_ROW_BEYOND,   /* a row's address or bytes lie outside of the 4096 bytes */
	HEX_ROW_AGAIN,    /* rows start over without a new function's line: whose they are is unknown, they are left out */
	HEX_ROW_ORPHAN,   /* rows before any function's line */
};

struct lspci_function {
	struct sriov_addr addr;
	unsigned line;             /* of the function's first line, in the text */
	struct slice title;        /* what follows the slot: "Ethernet controller: …" */
	struct slice block;        /* all its text, first line to last, rows included */
	bool words;                /* the block has lines other than its first and the rows: -v text */
	size_t len;                /* bytes of configuration space, up to the last row; 0 = no row */
	bool holes;                /* some bytes below len are unknown: see known; else known is not set at all */
	uint8_t config[CONFIG_MAX];
	uint8_t known[CONFIG_MAX]; /* 0xff = read */
};

/* A bridge and the bus below it, for who must know them before the functions come. */
struct lspci_bridge {
	struct sriov_addr addr;
	uint8_t secondary;
};

struct lspci_hex {
	struct slice text;   /* what is still to be read: begins at a function's line once the first was found */
	unsigned line;       /* number of its first line */
	bool more;           /* text may be continued (streaming): an unfinished function is not handed out, see lspci_hex_next() */
	/* problems of the function that was handed out last (or of what stood before it), at most a few */
	struct {
		enum hex_problem what;
		unsigned line;
		unsigned value; /* good bytes of a cut row, address of a row beyond */
	} problems[8];
	unsigned problems_n;
};

/*
 * The next function of it->text. True: *fn is filled, it->text is behind it. False: no further function's line (it->more false),
 * or none that is finished (it->more true: it->text still holds the unfinished one; append to it, and call again).
 */
bool lspci_hex_next(struct lspci_hex *it, struct lspci_function *fn);

/* "3b:00.0 " or "0000:3b:00.0 " at the beginning of a line, followed by a space, a tab or the end: eaten with the slot. */
bool lspci_eat_slot(struct slice *line, struct sriov_addr *addr);
/* Is it the first line of a function, as lspci writes it? Then its address. */
bool lspci_is_title(struct slice line, struct sriov_addr *addr);
/* A line without the quote marks of a mail ("> > "). */
struct slice lspci_unquote(struct slice line);
/* Is it a row of bytes: "00: 86 80 …"? Then its address. */
bool lspci_is_row(struct slice line, uint64_t *address);
/* A problem in words, for snapshot_problem(). */
const char *hex_problem_text(enum hex_problem what);

#endif
