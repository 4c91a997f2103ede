/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Capabilities: values in columns, flags as what is on and what is off. */
#include <stdio.h>
#include "text-dump.h"
#include "walk.h"

#define COLUMNS 3
#define WIDTH   110 /* where there is no terminal */
#define LONG    48  /* rows of a capability; only PCI Express has more */
#define CELLS   128 /* laid out in columns at a time */

/* A value as it stands in a column: "Device/Port Type  4 (Root Port)". */
static void value_text(const struct field_at *at, char *buf, size_t size)
{
	char number[24];
	const char *meaning = at->unread ? NULL : field_meaning(at->field, at->value);
	if (at->unread)
		snprintf(buf, size, "not read");
	else if (field_format(at->field, at->value, number, sizeof(number)))
		snprintf(buf, size, meaning ? "%s (%s)" : "%s", number, meaning);
}

struct cell {
	char name[72], value[72];
};

struct columns {
	size_t n, rows, name[COLUMNS], value[COLUMNS], width;
};

/* How wide n columns come out, read downwards, each as wide as what is in it. */
static struct columns columns(const struct cell *cells, size_t cells_n, size_t n)
{
	struct columns c = {.n = n, .rows = (cells_n + n - 1) / n};
	for (size_t i = 0; i < cells_n; i++) {
		size_t at = i / c.rows, name = strlen(cells[i].name), value = strlen(cells[i].value);
		c.name[at] = name > c.name[at] ? name : c.name[at];
		c.value[at] = value > c.value[at] ? value : c.value[at];
	}
	for (size_t i = 0; i < n; i++)
		c.width += c.name[i] + c.value[i] + (i ? 6 : 2);
	return c;
}

static void grid(const struct cell *cells, size_t n, struct page *p)
{
	size_t room = (p->width ? p->width : WIDTH) - FIELDS;
	struct columns c = {0};
	for (size_t want = n < COLUMNS ? n : COLUMNS; want; want--) {
		c = columns(cells, n, want);
		if (c.width <= room)
			break;
	}
	for (size_t r = 0; r < c.rows; r++) {
		size_t col = FIELDS;
		page_line(p, FIELDS);
		for (size_t i = 0; i < c.n && r + i * c.rows < n; i++) {
			const struct cell *at = &cells[r + i * c.rows];
			if (i)
				page_tab(p, (unsigned)col);
			page_puts(p, at->name);
			page_tab(p, (unsigned)(col + c.name[i] + 2));
			page_ink(p, INK_BOLD);
			page_puts(p, at->value);
			page_ink(p, INK_NONE);
			col += c.name[i] + c.value[i] + 6;
		}
	}
}

/* Of a long capability the default view leaves out what is 0, but for what SR-IOV rests on. */
static bool in_view(const struct cap_desc *desc, const struct field_at *at, bool verbose)
{
	static const char *const always[] = {"ARI Forwarding Supported", "ARI Forwarding Enable", "Function Level Reset Capability"};
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		if (!strcmp(at->field->name, always[i]))
			return true;
	return verbose || desc->fields_n <= LONG || at->value;
}

static void flag_list(const struct cap_desc *desc, const struct bytes *bytes, bool verbose, bool on, struct page *p)
{
	struct field_iter iter = {0};
	struct field_at at;
	char name[80];
	bool any = false;
	while (field_at_next(desc, bytes, verbose, &iter, &at)) {
		if (at.field->kind != FIELD_FLAG || at.unread || (at.value != 0) != on || !in_view(desc, &at, verbose))
			continue;
		if (!any) {
			page_line(p, FIELDS);
			page_ink(p, on ? INK_GOOD : INK_DIM);
			page_puts(p, on ? "on " : "off");
			page_tab(p, FIELDS + 5);
		} else {
			page_puts(p, ", ");
		}
		any = true;
		field_name(at.field, at.index, name, sizeof(name));
		page_unit(p, name);
	}
	if (any)
		page_ink(p, INK_NONE);
}

void text_fields(const struct cap_desc *desc, const struct bytes *bytes, bool verbose, struct page *p)
{
	struct cell cells[CELLS];
	struct field_iter iter = {0};
	struct field_at at;
	size_t n = 0;
	while (field_at_next(desc, bytes, verbose, &iter, &at)) {
		if ((at.field->kind == FIELD_FLAG && !at.unread) || !in_view(desc, &at, verbose))
			continue;
		field_name(at.field, at.index, cells[n].name, sizeof(cells[n].name));
		value_text(&at, cells[n].value, sizeof(cells[n].value));
		if (++n == CELLS) {
			grid(cells, n, p);
			n = 0;
		}
	}
	if (n)
		grid(cells, n, p);
	flag_list(desc, bytes, verbose, true, p);
	flag_list(desc, bytes, verbose, false, p);
}

void text_hex(const struct bytes *part, size_t len, unsigned base, struct page *p)
{
	const struct bytes bytes = bytes_alone(part);
	for (size_t at = 0; at < len && at < bytes.len; at += 16) {
		page_line(p, FIELDS);
		page_ink(p, INK_DIM);
		page_printf(p, "%03zx:", base + at);
		for (size_t i = at; i < at + 16 && i < len && i < bytes.len; i++) {
			bool is_known = !bytes.known || bytes.known[i] == 0xff;
			if (is_known)
				sink_printf(p->out, " %02x", bytes.p[i]);
			else
				sink_puts(p->out, " ??");
		}
		page_ink(p, INK_NONE);
	}
}

void text_capabilities(const struct report *report, const struct fn *fn, struct page *p)
{
	bool rest = false;
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		bool extended = cap->at.space == CAP_EXTENDED;
		const char *name = cap->desc ? cap->desc->name : cap_id_name(cap->at.space, cap->at.id);
		if (!cap_is_shown(report, cap) && !report->verbose)
			continue;
		page_line(p, INDENT);
		page_printf(p, extended ? "[%03x]" : "[%02x]", cap->at.offset);
		page_tab(p, FIELDS - 1);
		page_ink(p, INK_BOLD);
		page_puts(p, " ");
		page_puts(p, name ? name : "capability");
		page_ink(p, INK_NONE);
		page_printf(p, extended ? "  id 0x%04x, version %u" : "  id 0x%02x", cap->at.id, cap->at.version);
		if (cap_is_shown(report, cap))
			text_fields(cap->desc, &cap->bytes, report->verbose, p);
		if (report->verbose)
			text_hex(&cap->bytes, cap_extent(fn, cap), cap->at.offset, p);
	}
	if (report->verbose)
		return;
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		const char *name = cap->desc ? cap->desc->name : cap_id_name(cap->at.space, cap->at.id);
		char unit[96];
		if (cap_is_shown(report, cap))
			continue;
		if (!rest) {
			page_line(p, INDENT);
			page_puts(p, "also");
			page_tab(p, FIELDS);
		} else {
			page_puts(p, ", ");
		}
		rest = true;
		snprintf(unit, sizeof(unit), cap->at.space == CAP_EXTENDED ? "%s [%03x]" : "%s [%02x]", name ? name : "unnamed", cap->at.offset);
		page_unit(p, unit);
	}
}
