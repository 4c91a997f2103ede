/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The decoded view: a function at a glance, then its capabilities: values in columns, flags as what is on and what is off. */
#include <stdio.h>
#include "emit-text.h"
#include "walk.h"

#define INDENT  2
#define FIELDS  10
#define COLUMNS 3
#define WIDTH   110 /* where there is no terminal */
#define LONG    48  /* rows of a capability; only PCI Express has more */
#define FEW     8   /* functions: so many are shown in full, VFs too */
#define CELLS   128 /* laid out in columns at a time */

static const char *dot(const struct page *p)
{
	return p->utf8 ? " · " : ", ";
}

static void ids(const struct fn *fn, struct page *p)
{
	if (known(&fn->vendor) && known(&fn->device))
		page_printf(p, "%04x:%04x", (unsigned)fn->vendor.v, (unsigned)fn->device.v);
	else
		page_puts(p, "????:????");
}

static void headline(const struct fn *fn, struct page *p)
{
	static const char *const roles[] = {[ROLE_ENDPOINT] = "", [ROLE_PF] = "PF", [ROLE_VF] = "VF", [ROLE_PORT] = "port"};
	char buf[24];
	page_ink(p, INK_BOLD);
	page_puts(p, addr_of(fn, buf));
	page_ink(p, INK_NONE);
	page_puts(p, "  ");
	ids(fn, p);
	const char *class = known(&fn->class) ? class_name(fn->class.v) : NULL;
	if (class)
		page_printf(p, "  %s", class);
	else if (known(&fn->class))
		page_printf(p, "  class %06x", (unsigned)fn->class.v);
	text_names(fn, p);
	if ((size_t)fn->role < ARRAY_SIZE(roles) && *roles[fn->role]) {
		page_puts(p, "  ");
		page_ink(p, fn->role == ROLE_PF ? INK_GOOD : INK_NONE);
		page_puts(p, roles[fn->role]);
		page_ink(p, INK_NONE);
	}
	if (fn->pf_fn)
		page_printf(p, " %u of %s", fn->vf_index, addr_of(fn->pf_fn, buf));
}

static void place(const struct fn *fn, struct page *p)
{
	char buf[24];
	const char *sep = "";
	page_line(p, INDENT);
	if (fn->driver) {
		page_puts(p, "driver ");
		page_puts(p, fn->driver);
		sep = dot(p);
	} else if (fn->driver_state == ITEM_ABSENT) {
		page_puts(p, "no driver");
		sep = dot(p);
	}
	if (fn->netdev) {
		page_puts(p, sep);
		page_puts(p, fn->netdev);
		sep = dot(p);
	}
	const char *type = port_type_name(fn->exp_type);
	if (type) {
		page_puts(p, sep);
		page_puts(p, type);
		sep = dot(p);
	}
	if (fn->upstream) {
		page_printf(p, "%sbelow %s", sep, addr_of(fn->upstream, buf));
		sep = dot(p);
	} else if (fn->on_root_bus) {
		page_printf(p, "%son a root bus", sep);
		sep = dot(p);
	}
	if (fn->group) {
		page_printf(p, "%sIOMMU group %u", sep, fn->group->number);
		sep = dot(p);
	}
	if (!*sep)
		page_puts(p, "known from text only");
}

static void window(const struct resource *res, const char *what, struct page *p)
{
	char buf[32];
	if (!res->implemented && res->assigned != TRI_YES)
		return;
	page_line(p, INDENT);
	page_puts(p, what);
	page_tab(p, FIELDS + 6);
	if (res->assigned == TRI_YES && !range_empty(res->range)) {
		page_printf(p, "0x%llx-0x%llx", (unsigned long long)res->range.start, (unsigned long long)res->range.end);
		if (res->range.end - res->range.start != UINT64_MAX)
			page_printf(p, "  %s", size_text(res->range.end - res->range.start + 1, buf));
	} else {
		page_puts(p, res->assigned == TRI_UNKNOWN ? "not known" : "closed");
	}
}

static void bridge(const struct fn *fn, struct page *p)
{
	const struct bridge *b = fn->bridge;
	if (known(&b->secondary) && known(&b->subordinate)) {
		page_line(p, INDENT);
		page_puts(p, "buses below");
		page_tab(p, FIELDS + 6);
		page_printf(p, "%02x-%02x", (unsigned)b->secondary.v, (unsigned)b->subordinate.v);
	}
	window(&b->io, "I/O window", p);
	window(&b->mem, "memory", p);
	window(&b->pref, "prefetchable", p);
}

static void bar(const char *what, unsigned index, bool io, bool is_64, bool pref, enum tri assigned, uint64_t address, uint64_t size,
		uint64_t count, struct page *p)
{
	char buf[32];
	uint64_t total;
	page_line(p, INDENT);
	page_printf(p, "%s %u", what, index);
	page_tab(p, FIELDS + 6);
	page_puts(p, size ? size_text(size, buf) : "size not known");
	if (size && count && !__builtin_mul_overflow(size, count, &total))
		page_printf(p, " each, %s for %llu VFs", size_text(total, buf), (unsigned long long)count);
	page_printf(p, ", %s%s", io ? "I/O" : is_64 ? "64-bit" : "32-bit", pref ? " prefetchable" : "");
	if (assigned == TRI_YES) {
		page_printf(p, ", at 0x%llx", (unsigned long long)address);
	} else if (assigned == TRI_NO) {
		page_ink(p, INK_BAD);
		page_puts(p, ", no space assigned");
		page_ink(p, INK_NONE);
	}
}

static void address_range(const struct pf *pf, size_t first, size_t last, struct page *p)
{
	char a[24], b[24];
	addr_text(&pf->vfs[first].addr, a);
	addr_text(&pf->vfs[last].addr, b);
	if (first == last)
		page_printf(p, "VF %zu %s", first, a);
	else
		page_printf(p, "VF %zu-%zu %s to %s", first, last, a, b);
}

/* VFs of one kind that follow each other, in one line. */
static void vf_lines(const struct pf *pf, struct page *p)
{
	for (size_t i = 0; i < pf->vfs_n;) {
		size_t last = i;
		const struct vf *vf = &pf->vfs[i];
		const char *driver = vf->fn ? vf->fn->driver : NULL;
		while (last + 1 < pf->vfs_n) {
			const struct vf *next = &pf->vfs[last + 1];
			const char *other = next->fn ? next->fn->driver : NULL;
			if (next->exists != vf->exists || next->in_segment != vf->in_segment || (driver == NULL) != (other == NULL) ||
			    (driver && other && strcmp(driver, other) != 0))
				break;
			last++;
		}
		page_line(p, INDENT);
		page_puts(p, i ? "" : "VF addresses");
		page_tab(p, FIELDS + 6);
		address_range(pf, i, last, p);
		if (!vf->in_segment) {
			page_puts(p, ": beyond the last bus");
		} else if (vf->exists == TRI_YES) {
			page_ink(p, INK_GOOD);
			page_puts(p, " exist");
			page_ink(p, INK_NONE);
			page_puts(p, driver ? ", driver " : "");
			page_puts(p, driver);
		} else {
			page_puts(p, vf->exists == TRI_NO ? " not enabled" : "");
		}
		i = last + 1;
	}
}

static void physical(const struct fn *fn, struct page *p)
{
	const struct pf *pf = fn->pf;
	const struct fact *total = known(&pf->total_vfs) ? &pf->total_vfs : &pf->sysfs_total;
	const struct fact *num = known(&pf->num_vfs) ? &pf->num_vfs : &pf->sysfs_num;
	page_line(p, INDENT);
	page_puts(p, "VFs");
	page_tab(p, FIELDS + 6);
	page_ink(p, INK_BOLD);
	if (known(num))
		page_printf(p, "%llu", (unsigned long long)num->v);
	else
		page_puts(p, "?");
	if (known(total))
		page_printf(p, " of %llu", (unsigned long long)total->v);
	page_ink(p, INK_NONE);
	page_puts(p, " enabled");
	if (known(&pf->sysfs_total) && known(&pf->total_vfs) && pf->sysfs_total.v < pf->total_vfs.v)
		page_printf(p, " (the driver allows %llu)", (unsigned long long)pf->sysfs_total.v);
	if (known(&pf->vf_offset) && known(&pf->vf_stride))
		page_printf(p, ", First VF Offset %llu, VF Stride %llu", (unsigned long long)pf->vf_offset.v, (unsigned long long)pf->vf_stride.v);
	if (known(&fn->vendor) && known(&pf->vf_device))
		page_printf(p, ", VFs are %04x:%04x", (unsigned)fn->vendor.v, (unsigned)pf->vf_device.v);
	for (size_t i = 0; i < ARRAY_SIZE(pf->bars); i++) {
		const struct vf_bar *b = &pf->bars[i];
		if (b->implemented)
			bar("VF BAR", b->index, b->io, b->is_64, b->prefetchable, b->assigned, b->address, b->size,
			    known(&pf->total_vfs) ? pf->total_vfs.v : 0, p);
	}
	vf_lines(pf, p);
}

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

static void fields(const struct cap_desc *desc, const struct bytes *bytes, bool verbose, struct page *p)
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

static void hex_rows(const struct bytes *bytes, size_t len, unsigned base, struct page *p)
{
	for (size_t at = 0; at < len && at < bytes->len; at += 16) {
		page_line(p, FIELDS);
		page_ink(p, INK_DIM);
		page_printf(p, "%03zx:", base + at);
		for (size_t i = at; i < at + 16 && i < len && i < bytes->len; i++) {
			bool is_known = !bytes->known || bytes->known[i] == 0xff;
			if (is_known)
				sink_printf(p->out, " %02x", bytes->p[i]);
			else
				sink_puts(p->out, " ??");
		}
		page_ink(p, INK_NONE);
	}
}

static void capabilities(const struct report *report, const struct fn *fn, struct page *p)
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
			fields(cap->desc, &cap->bytes, report->verbose, p);
		if (report->verbose)
			hex_rows(&cap->bytes, cap_extent(fn, cap), cap->at.offset, p);
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
	headline(fn, p);
	place(fn, p);
	if (fn->role == ROLE_VF && fn->pf_fn && !report->verbose && report->view_n > FEW) {
		page_line(p, 0);
		return; /* its PF tells what its VFs have in common */
	}
	if (fn->bridge)
		bridge(fn, p);
	for (unsigned i = RES_BAR0; i < RES_ROM; i++) {
		const struct resource *r = &fn->res[i];
		if (r->implemented)
			bar("BAR", i, r->io, r->is_64, r->prefetchable, r->assigned, r->range.start, r->size, 0, p);
	}
	if (fn->pf)
		physical(fn, p);
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
			fields(header, &bytes, true, p);
		hex_rows(&bytes, bytes.len, 0, p);
	}
	capabilities(report, fn, p);
	page_line(p, 0);
}

void text_dump(const struct report *report, struct page *p)
{
	for (size_t i = 0; i < report->view_n; i++) {
		if (i || report_answer(report) || report->rules_n)
			page_line(p, 0);
		text_function(report, report->view[i], p);
	}
}
