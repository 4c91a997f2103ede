/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of lspci (-n, -nn, -v … -vvv, -k) for one function -> bits of its registers at their positions, and what has no register.
 * Only what the words say is known: a word that is not there leaves its bits unknown.
 */
#ifndef SRIOV_DECODE_LSPCI_TEXT_H
#define SRIOV_DECODE_LSPCI_TEXT_H

#include "lspci.h"

enum text_row_kind {
	TEXT_FLAG,  /* the token with '+' or '-' behind it */
	TEXT_DEC,   /* the words, then a decimal number */
	TEXT_HEX,   /* the words, then a hexadecimal number */
	TEXT_BYTES, /* the words, then a power of two from 128 on, stored as its exponent: "MaxPayload 256 bytes" is 1 */
	TEXT_LESS1, /* decimal, stored as one less: "Count=64" */
};

/* One row a word: where its value stands in the capability (or the header). */
struct text_row {
	const char *key;   /* the line's first word with its colon, "IOVCap:"; NULL: a line of its own, told by the words */
	const char *words; /* "ARIFwd", "Total VFs: " */
	enum text_row_kind kind;
	uint8_t reg, size; /* of the register: offset in the capability, bytes */
	uint8_t lsb, width;
};

struct text_cap_desc {
	const char *title; /* what the line begins with behind "Capabilities: [160 v1] " */
	uint16_t id;
	bool extended;
	const struct text_row *rows;
	size_t rows_n;
};

/* lspci-text-fields.c */
extern const struct text_cap_desc text_header;   /* rows of the header itself */
extern const struct text_cap_desc text_caps[];
extern const size_t text_caps_n;
struct text_class {
	const char *name; /* as pci.ids names the class */
	uint16_t code;
};
extern const struct text_class text_classes[];
extern const size_t text_classes_n;
extern const struct text_class text_port_types[];
extern const size_t text_port_types_n;

struct text_bits {
	uint16_t at;
	uint8_t value, mask;
};

/* What the words tell of one function. Slices point into the text; arrays live in the arena. */
struct lspci_words {
	struct sriov_addr addr;
	unsigned line;
	struct text_bits *bits;
	size_t bits_n, bits_room;
	struct text_cap *caps;
	size_t caps_n, caps_room;
	struct text_region *regions;
	size_t regions_n, regions_room;
	struct slice name;       /* "Intel Corporation 82576 Gigabit Network Connection"; n == 0: not told, or ids are known */
	struct slice driver, modules, slot;
	bool has_modules;        /* the line "Kernel modules" is there */
	bool has_group, has_numa;
	uint64_t group, numa;
	bool has_bus;
	uint8_t primary, secondary, subordinate;
	uint8_t prog_if;         /* 0 where not told */
	int vendor, device, subsystem_vendor, subsystem_device, class; /* -1 = not told; lspci_words_read() sets them */
	bool denied;             /* "<access denied>" */
	bool virtual;            /* likely a VF: a BAR is "[virtual]", or the name says so */
	bool all_ones;           /* header type 7f, rev ff: the function does not answer */
	bool opened;             /* the lines that begin a function's description (Control, Flags, Subsystem) were seen */
};

struct lspci_title {
	int vendor, device, class, revision, prog_if; /* -1 = not told */
	struct slice name;       /* where an id is not told */
	bool all_ones, virtual;
};
void lspci_title_read(struct slice text, struct lspci_title *title);
/* "8086:10c9 …", "Device 8086:10c9", "… [8086:10c9]" (the last one in brackets); "… Device 10c9" tells the device alone, no text the
 * vendor alone. */
void lspci_find_ids(struct slice s, int *vendor, int *device);

/*
 * Reads a block: its first line "3b:00.0 Ethernet controller: …" without the slot is in title (p == NULL: it has none), body are the
 * other lines, rows of bytes among them. line: number of body's first line. 0 or -ENOMEM.
 */
int lspci_words_read(struct arena *arena, struct lspci_words *words, struct slice title, struct slice body, unsigned line) MUST_CHECK;

/* The words' bits as an image of len bytes (bytes and mask are zeroed here); returns the length that holds all known bits. */
size_t lspci_words_image(const struct lspci_words *words, uint8_t bytes[4096], uint8_t mask[4096]);

/* width bits, 32 at most, from bit lsb of the register of size bytes at offset. False when memory is exhausted. */
bool lspci_words_put(struct arena *arena, struct lspci_words *words, size_t offset, unsigned size, unsigned lsb, unsigned width, uint64_t value);

/* A tree as lspci -t draws it: one call for each function in it, in order. bridge: has buses behind it. */
struct tree_node {
	struct sriov_addr addr;
	bool bridge;
	uint8_t secondary, subordinate;
	struct slice name;
	unsigned line;
};
struct lspci_tree {
	struct slice text;      /* still to be read */
	unsigned line;          /* of its next line */
	struct slice rest;      /* of the line being read */
	size_t column;
	bool in_tree;
	uint32_t domain;
	int bus;                /* of the functions that follow; -1 unknown */
	struct {
		size_t column;
		uint32_t domain;
		int bus;
	} stack[32];
	unsigned depth;
};
bool lspci_tree_next(struct lspci_tree *tree, struct tree_node *node);

#endif
