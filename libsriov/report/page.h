/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page of text: words that flow to the width of the terminal, columns that align, colours where they are wanted. */
#ifndef SRIOV_REPORT_PAGE_H
#define SRIOV_REPORT_PAGE_H

#include "report/clean.h"

enum ink { INK_NONE, INK_BOLD, INK_DIM, INK_GOOD, INK_BAD, INK_WARN };

struct page {
	struct sink *out;
	struct sink clean; /* a text's cleaned copy, while it is laid out */
	enum clean_for as;
	unsigned width;  /* 0: lines are not folded */
	unsigned col;    /* where the next character goes */
	unsigned indent; /* of a line that was folded */
	unsigned spaces; /* before the next word, if the line is not folded there */
	bool color, utf8;
};

/* 0 or -ENOMEM; page_end() gives the memory back. */
int page_on(struct page *p, struct sink *out) MUST_CHECK;
void page_end(struct page *p);
void page_ink(struct page *p, enum ink ink);
/* A new line; the next text begins at column indent, and so do folded lines. */
void page_line(struct page *p, unsigned indent);
/* Spaces up to a column (one at least, if text is in the way); folded lines begin there from now on. */
void page_tab(struct page *p, unsigned col);
/* Cleaned text, folded between words. */
void page_text(struct page *p, struct slice text);
void page_puts(struct page *p, const char *text);
/* The same, kept on one line: folded before it where it does not fit. */
void page_unit(struct page *p, const char *text);
void page_printf(struct page *p, const char *format, ...) PRINTF(2, 3);
/* "16 KiB": exact, in the largest unit that divides it; at most 32 bytes. */
const char *size_text(uint64_t bytes, char *buf);
/* "1 VF", "7 VFs"; at most 32 bytes. */
const char *vfs_text(uint64_t vfs, char *buf);

#endif
