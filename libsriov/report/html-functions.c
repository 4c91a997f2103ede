/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions in view, folded, with their capabilities; the VFs of a PF are rows of one table, not pages of their own. */
#include <stdio.h>
#include "emit-text.h"
#include "html.h"
#include "names.h"
#include "walk.h"

#define VF_ROWS 2048 /* rows; the XML has all */

void html_names(struct sink *out, const struct fn *fn)
{
	const struct names *names = out->style.names;
	if (!names || !known(&fn->vendor) || !known(&fn->device))
		return;
	struct slice parts[] = {names_vendor(names, fn->vendor.v), names_device(names, fn->vendor.v, fn->device.v)};
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (parts[i].p) {
			sink_putc(out, ' ');
			clean_put(out, CLEAN_XML, parts[i]);
		}
}

static void field(const struct field_at *at, struct sink *out)
{
	char name[96], value[24];
	const char *meaning = at->unread ? NULL : field_meaning(at->field, at->value);
	field_name(at->field, at->index, name, sizeof(name));
	bool flag = at->field->kind == FIELD_FLAG;
	sink_printf(out, "<div class=\"%s\"><dt>", at->unread || !at->value ? "zero" : flag ? "set" : "value");
	html_text(out, name);
	sink_puts(out, "</dt><dd>");
	if (at->unread) {
		sink_puts(out, "not read");
	} else {
		field_format(at->field, at->value, value, sizeof(value));
		html_text(out, value);
	}
	if (meaning) {
		sink_puts(out, " (");
		html_text(out, meaning);
		sink_putc(out, ')');
	}
	sink_puts(out, "</dd></div>\n");
}

static void fields(const struct cap_desc *desc, const struct bytes *bytes, bool verbose, struct sink *out)
{
	struct field_iter iter = {0};
	struct field_at at;
	sink_puts(out, "<dl class=\"grid\">\n");
	while (field_at_next(desc, bytes, verbose, &iter, &at))
		field(&at, out);
	sink_puts(out, "</dl>\n");
}

static void capabilities(const struct report *r, const struct fn *fn, struct sink *out)
{
	bool rest = false;
	if (!fn->caps_n)
		return;
	sink_puts(out, "<div class=\"caps\">\n");
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		if (!cap_is_shown(r, cap))
			continue;
		html_heading(out);
		html_text(out, cap->desc->name);
		sink_printf(out, " <span class=\"meta\">at 0x%02x</span>", cap->at.offset);
		html_heading_end(out);
		fields(cap->desc, &cap->bytes, r->verbose, out);
	}
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		const char *name = cap->desc ? cap->desc->name : cap_id_name(cap->at.space, cap->at.id);
		if (cap_is_shown(r, cap))
			continue;
		sink_puts(out, rest ? ", " : "<p class=\"meta\">Also there: ");
		rest = true;
		html_text(out, name ? name : "unnamed");
		sink_printf(out, " (0x%04x at 0x%02x)", cap->at.id, cap->at.offset);
	}
	sink_puts(out, rest ? "</p></div>\n" : "</div>\n");
}

static void vf_bars(const struct fn *fn, struct sink *out)
{
	char buf[32];
	for (size_t i = 0; i < ARRAY_SIZE(fn->pf->bars); i++) {
		const struct vf_bar *b = &fn->pf->bars[i];
		uint64_t total;
		if (!b->implemented)
			continue;
		sink_printf(out, "<p>VF BAR %u: %s%s, ", b->index, b->io ? "I/O" : b->is_64 ? "64-bit" : "32-bit", b->prefetchable ? " prefetchable" : "");
		sink_puts(out, b->size ? size_text(b->size, buf) : "size not known");
		if (b->size && known(&fn->pf->total_vfs) && !__builtin_mul_overflow(b->size, fn->pf->total_vfs.v, &total))
			sink_printf(out, " each, %s in all", size_text(total, buf));
		if (b->assigned == TRI_YES)
			sink_printf(out, ", at <code>0x%llx</code>", (unsigned long long)b->address);
		else
			sink_puts(out, b->assigned == TRI_NO ? ", <span class=\"fail\">no space assigned</span>" : "");
		sink_puts(out, "</p>\n");
	}
}

static void vfs(const struct fn *fn, struct sink *out)
{
	const struct pf *pf = fn->pf;
	if (pf->vfs_left_out)
		sink_puts(out, "<p>VFs are not listed: too many are claimed in all</p>\n");
	if (!pf->vfs_n)
		return;
	sink_printf(out, "<details><summary>%zu VFs, %zu exist</summary>", pf->vfs_n, pf->vfs_exist);
	html_scroll(out, "VFs");
	sink_puts(out, "<table><thead><tr><th scope=\"col\">VF</th><th scope=\"col\">Address</th><th scope=\"col\">Exists</th><th scope=\"col\">Driver</th>"
		  "<th scope=\"col\">IOMMU group</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < pf->vfs_n && i < VF_ROWS; i++) {
		const struct vf *vf = &pf->vfs[i];
		sink_printf(out, "<tr><th scope=\"row\">%u</th><td><code class=\"addr\">", vf->index);
		if (vf->in_segment)
			sink_addr(out, &vf->addr);
		else
			sink_puts(out, "beyond the last bus");
		sink_printf(out, "</code></td><td>%s</td><td>", vf->exists == TRI_YES ? "yes" : vf->exists == TRI_NO ? "no" : "not known");
		html_text(out, vf->fn ? vf->fn->driver : NULL);
		sink_puts(out, "</td><td>");
		if (vf->fn && vf->fn->group)
			sink_u64(out, vf->fn->group->number);
		sink_puts(out, "</td></tr>\n");
	}
	if (pf->vfs_n > VF_ROWS)
		sink_printf(out, "<tr><td colspan=\"5\">and %zu more: the XML has all</td></tr>\n", pf->vfs_n - VF_ROWS);
	sink_puts(out, "</tbody></table></div></details>\n");
}

static void function(const struct report *r, const struct fn *fn, struct sink *out)
{
	char buf[24];
	const char *class = known(&fn->class) ? class_name(fn->class.v) : NULL;
	addr_of(fn, buf);
	sink_puts(out, "<details class=\"fn\"");
	if (out->style.heading == 2) /* of several hosts each may have it */
		sink_printf(out, " id=\"fn-%s\"", buf);
	sink_printf(out, "><summary><code class=\"addr\">%s</code> ", buf);
	if (known(&fn->vendor) && known(&fn->device))
		sink_printf(out, "%04x:%04x ", (unsigned)fn->vendor.v, (unsigned)fn->device.v);
	html_text(out, class);
	html_names(out, fn);
	sink_printf(out, " <b>%s</b>", fn->role == ROLE_PF ? "PF" : fn->role == ROLE_PORT ? "port" : fn->role == ROLE_VF ? "VF" : "");
	if (fn->driver) {
		sink_puts(out, " · ");
		html_text(out, fn->driver);
	}
	sink_puts(out, "</summary>\n");
	if (fn->pf) {
		vf_bars(fn, out);
		vfs(fn, out);
	}
	capabilities(r, fn, out);
	sink_puts(out, "</details>\n");
}

void html_functions(const struct report *r, struct sink *out)
{
	size_t folded = 0;
	for (size_t i = 0; i < r->view_n; i++) {
		if (r->view[i]->role == ROLE_VF && r->view[i]->pf_fn && !r->verbose)
			folded++;
		else
			function(r, r->view[i], out);
	}
	if (folded)
		sink_printf(out, "<p class=\"meta\">%zu VFs stand with their PFs.</p>\n", folded);
}
