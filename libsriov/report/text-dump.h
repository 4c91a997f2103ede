/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the decoded view. */
#ifndef SRIOV_REPORT_TEXT_DUMP_H
#define SRIOV_REPORT_TEXT_DUMP_H

#include "emit-text.h"

#define INDENT 2
#define FIELDS 10

/* "0000:01:00.0  8086:10c9  Ethernet controller  PF", and a line of where it is and who drives it. */
void text_headline(const struct fn *fn, struct page *page);
void text_place(const struct fn *fn, struct page *page);
/* Windows of a bridge, BARs, and what a PF has for its VFs. */
void text_space(const struct fn *fn, struct page *page);

/* The fields of one capability or header. */
void text_fields(const struct cap_desc *desc, const struct bytes *bytes, bool verbose, struct page *page);
/* Its raw bytes, numbered from base on. */
void text_hex(const struct bytes *bytes, size_t len, unsigned base, struct page *page);
void text_capabilities(const struct report *report, const struct fn *fn, struct page *page);

#endif
