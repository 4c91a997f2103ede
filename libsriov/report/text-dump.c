/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The decoded view: a function at a glance, then its capabilities. */
#include <stdio.h>
#include "text-dump.h"

#define FEW 8 /* functions: so many are shown in full, VFs too */

static void list_end(enum walk_end end, const char *list, unsigned at, struct page *p)
{
	if (end == WALK_END || end == WALK_NONE)
		return;
	page_line(p, INDENT);
	page_ink(p, INK_WARN);
	page_printf(p, "The %s capability list ", list);
	char buf[96];
	switch (end) {
	case WALK_UNREAD:
		snprintf(buf, sizeof(buf), "was not read from offset 0x%03x on.", at);
		break;
	case WALK_LOOP:
		snprintf(buf, sizeof(buf), "loops at 0x%03x.", at);
		break;
	case WALK_POINTER:
		snprintf(buf, sizeof(buf), "breaks off: the pointer at 0x%03x leads nowhere.", at);
		break;
	default:
		snprintf(buf, sizeof(buf), "reads all ones at 0x%03x.", at);
	}
	page_puts(p, buf);
	page_ink(p, INK_NONE);
}

void text_function(const struct report *report, const struct fn *fn, struct page *p)
{
	text_headline(fn, p);
	text_place(fn, p);
	if (fn->role == ROLE_VF && fn->pf_fn && !report->verbose && report->view_n > FEW) {
		page_line(p, 0);
		return; /* its PF tells what its VFs have in common */
	}
	text_space(fn, p);
	list_end(fn->std_end, "standard", fn->std_bad, p);
	list_end(fn->ext_end, "extended", fn->ext_bad, p);
	if (report->verbose && fn->config && known(&fn->header_type)) {
		const struct cap_desc *header = cap_desc_find(CAP_HEADER, fn->header_type.v & 0x7f);
		struct bytes bytes = bytes_part(&fn->config->view, 0, 64);
		page_line(p, INDENT);
		page_printf(p, "[00]    ");
		page_ink(p, INK_BOLD);
		page_printf(p, "Header type %u", (unsigned)fn->header_type.v & 0x7f);
		page_ink(p, INK_NONE);
		if (header)
			text_fields(header, &bytes, true, p);
		text_hex(&bytes, bytes.len, 0, p);
	}
	text_capabilities(report, fn, p);
	page_line(p, 0);
}

void text_dump(const struct report *report, struct page *p)
{
	for (size_t i = 0; i < report->view_n; i++) {
		if (i || report_answer(report) || report_judged_rules(report))
			page_line(p, 0);
		text_function(report, report->view[i], p);
	}
}
