/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the picture is drawn: a row for each port and PF below its root complex, VFs as squares in the PF's row, lines from parent to child.
 * What fails is red, with a text at it; colour never says it alone.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "emit-text.h"
#include "html.h"
#include "html-tree.h"
#include "walk.h"

#define ROW       56
#define BOX       40
#define BOX_W     330
#define STEP      26
#define DEPTH     12 /* rows farther down are not indented any more */
#define SQUARES   64 /* of VFs; with more, one stands for several */
#define NOTE_CHAR 75 /* tenths of a unit that a character of a note is wide; what does not fit is in its title */

/* At most max bytes; the rest is dropped, or given back where the text may be folded. */
static const char *cut_text(struct sink *out, const char *text, size_t max, bool fold)
{
	size_t len = strlen(text), n = max;
	if (len <= max) {
		html_text(out, text);
		return NULL;
	}
	for (size_t i = max; fold && i > max / 2; i--)
		if (text[i] == ' ') {
			clean_put(out, CLEAN_XML, (struct slice){text, i});
			return text + i + 1;
		}
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	clean_put(out, CLEAN_XML, (struct slice){text, n});
	sink_puts(out, "…");
	return NULL;
}

/* Texts beside a box: one alone may take two lines. */
static void draw_notes(struct picture *p, const struct row *row, unsigned x)
{
	size_t room = (size_t)(TREE_WIDTH - x) * 10 / NOTE_CHAR;
	bool fold = row->notes_n == 1 && strlen(row->notes[0]) > room;
	unsigned lines = row->notes_n + (row->more != 0) + fold, y = p->y + BOX / 2 + 5 - (lines ? lines - 1 : 0) * 8;
	for (unsigned i = 0; i < row->notes_n; i++, y += 16) {
		const char *class = row->warning[i] ? "note warn" : "note";
		sink_printf(p->out, "<text class=\"%s\" x=\"%u\" y=\"%u\"><title>", class, x, y);
		html_text(p->out, row->notes[i]);
		sink_puts(p->out, row->warning[i] ? "</title>! " : "</title>✗ ");
		const char *rest = cut_text(p->out, row->notes[i], room - 2, fold);
		sink_puts(p->out, "</text>\n");
		if (rest) {
			y += 16;
			sink_printf(p->out, "<text class=\"%s\" x=\"%u\" y=\"%u\">", class, x + 14, y);
			cut_text(p->out, rest, room - 4, false);
			sink_puts(p->out, "</text>\n");
		}
	}
	if (row->more)
		sink_printf(p->out, "<text class=\"s\" x=\"%u\" y=\"%u\">and %u more</text>\n", x, y, row->more);
}

static void edge(struct picture *p, unsigned depth, unsigned from, bool bad)
{
	if (!depth)
		return;
	unsigned x = 10 + (depth - 1 < DEPTH ? depth - 1 : DEPTH) * STEP + 12;
	sink_printf(p->out, "<path class=\"edge%s\" d=\"M%u %uV%uH%u\"/>\n", bad ? " bad" : "", x, from, p->y + BOX / 2, x + STEP - 12);
}

static void box(struct picture *p, unsigned depth, const char *class, bool bad, const char *title)
{
	sink_printf(p->out, "<rect class=\"node%s%s\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\" rx=\"6\"><title>", class, bad ? " bad" : "",
		    10 + (depth < DEPTH ? depth : DEPTH) * STEP, p->y, BOX_W, BOX);
	html_text(p->out, title);
	sink_puts(p->out, "</title></rect>\n");
}

static void two_lines(struct picture *p, unsigned depth, const char *first, const char *second)
{
	unsigned x = 20 + (depth < DEPTH ? depth : DEPTH) * STEP;
	sink_printf(p->out, "<text class=\"m\" x=\"%u\" y=\"%u\">", x, p->y + 17);
	cut_text(p->out, first, 44, false);
	sink_printf(p->out, "</text><text class=\"s\" x=\"%u\" y=\"%u\">", x, p->y + 33);
	cut_text(p->out, second, 50, false);
	sink_puts(p->out, "</text>\n");
}

enum square { SQUARE_NONE, SQUARE_THERE, SQUARE_BAD };

/* A VF that lies on a bus which the port above its PF does not lead to cannot be reached. */
static enum square square_of(const struct fn *pf, const struct vf *vf)
{
	const struct bridge *up = pf->upstream ? pf->upstream->bridge : NULL;
	if (!vf->in_segment || (up && known(&up->subordinate) && vf->addr.bus > up->subordinate.v && vf->addr.bus != pf->addr.bus))
		return SQUARE_BAD;
	return vf->exists == TRI_YES ? SQUARE_THERE : SQUARE_NONE;
}

/* VFs of a PF as squares: filled where they exist, red where no bus leads to them. */
static void squares(struct picture *p, const struct fn *fn, unsigned depth)
{
	static const char *const classes[] = {[SQUARE_NONE] = "vf", [SQUARE_THERE] = "vf there", [SQUARE_BAD] = "vf bad"};
	const struct pf *pf = fn->pf;
	if (!pf || !pf->vfs_n)
		return;
	size_t each = (pf->vfs_n + SQUARES - 1) / SQUARES, beyond = 0;
	unsigned x = 10 + (depth + 1 < DEPTH ? depth + 1 : DEPTH) * STEP, y = p->y + BOX + 5, at = 0;
	sink_printf(p->out, "<g><title>%zu VFs, %zu exist</title>\n", pf->vfs_n, pf->vfs_exist);
	for (size_t i = 0; i < pf->vfs_n; i += each, at++) {
		enum square square = SQUARE_NONE;
		for (size_t k = i; k < i + each && k < pf->vfs_n; k++) {
			enum square one = square_of(fn, &pf->vfs[k]);
			beyond += one == SQUARE_BAD;
			square = one > square ? one : square;
		}
		sink_printf(p->out, "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"8\" height=\"8\"/>", classes[square], x + at * 11, y);
	}
	sink_printf(p->out, "\n<text class=\"s\" x=\"%u\" y=\"%u\">%zu of %zu VFs exist", x + at * 11 + 6, y + 9, pf->vfs_exist, pf->vfs_n);
	if (each > 1)
		sink_printf(p->out, "; a square is %zu", each);
	if (beyond)
		sink_printf(p->out, "; %zu beyond the last bus", beyond);
	sink_puts(p->out, "</text></g>\n");
	p->y += 18;
}

static void draw(struct picture *p, struct row *row, unsigned depth, unsigned from)
{
	const struct fn *fn = row->fn;
	char address[24], second[160];
	const char *class = known(&fn->class) ? class_name(fn->class.v) : NULL, *type = port_type_name(fn->exp_type);
	row->drawn = true;
	edge(p, depth, from, row->bad);
	box(p, depth, tree_counts(fn) ? " pf" : "", row->bad, addr_of(fn, address));
	char first[64];
	snprintf(first, sizeof(first), "%s  %s", addr_of(fn, address), tree_counts(fn) ? "PF" : type ? type : fn_role_name(fn->role));
	if (known(&fn->vendor) && known(&fn->device))
		snprintf(second, sizeof(second), "%s %04x:%04x%s%s%s%s", class ? class : "function", (unsigned)fn->vendor.v, (unsigned)fn->device.v,
			 fn->driver ? " · " : "", fn->driver ? fn->driver : "", fn->netdev ? " · " : "", fn->netdev ? fn->netdev : "");
	else
		snprintf(second, sizeof(second), "%s", class ? class : "not read");
	if (fn->bridge && known(&fn->bridge->secondary) && known(&fn->bridge->subordinate))
		snprintf(second, sizeof(second), "buses %02x-%02x below%s%s", (unsigned)fn->bridge->secondary.v, (unsigned)fn->bridge->subordinate.v,
			 known_as(&fn->bridge->ari_enabled, 1) ? ", forwards ARI" : "", known(&fn->bridge->acs_ctrl) && fn->bridge->acs_ctrl.v ? ", ACS" : "");
	two_lines(p, depth, first, second);
	draw_notes(p, row, 10 + (depth < DEPTH ? depth : DEPTH) * STEP + BOX_W + 12);
	squares(p, fn, depth);
	p->y += ROW;
}

struct level {
	size_t at;        /* the row + 1 to be drawn next */
	unsigned from;    /* where its parent's box ends */
};

/* All below one function, without recursion: a row has one parent, so each is drawn once. */
static int subtree(struct picture *p, struct row *top, unsigned from)
{
	struct level *stack = calloc(p->rows_n + 1, sizeof(*stack));
	if (!stack)
		return -ENOMEM;
	unsigned depth = 1;
	draw(p, top, depth, from);
	stack[0] = (struct level){top->child, p->y - ROW + BOX};
	while (depth) {
		struct level *now = &stack[depth - 1];
		if (!now->at) {
			depth--;
			continue;
		}
		struct row *row = &p->rows[now->at - 1];
		now->at = row->next;
		if (row->drawn)
			continue;
		unsigned box_end = p->y + BOX;
		draw(p, row, depth + 1, now->from);
		if (depth < p->rows_n)
			stack[depth++] = (struct level){row->child, box_end};
	}
	free(stack);
	return 0;
}

int tree_draw(struct picture *p)
{
	bool any = false, host_notes = false;
	unsigned from = 0;
	uint32_t domain = 0, bus = 0;
	for (size_t i = 0; i < p->rows_n && !p->err; i++) {
		struct row *row = &p->rows[i];
		if (!row->wanted || row->fn->upstream)
			continue;
		if (!any || domain != row->fn->addr.domain || bus != row->fn->addr.bus) {
			char first[64];
			bool seen = row->fn->on_root_bus;
			any = true;
			domain = row->fn->addr.domain;
			bus = row->fn->addr.bus;
			snprintf(first, sizeof(first), "%s %04x:%02x", seen ? "root bus" : "bus", domain, bus);
			box(p, 0, seen ? "" : " dash", !host_notes && p->host->bad, first);
			two_lines(p, 0, first, seen ? "root complex" : "what is above it is not known");
			if (!host_notes)
				draw_notes(p, p->host, 10 + BOX_W + 12);
			host_notes = true;
			from = p->y + BOX;
			p->y += ROW;
		}
		p->err = subtree(p, row, from);
	}
	return p->err;
}
