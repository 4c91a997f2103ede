/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XML. Names come from tables that are made once per writer; the part of a field that is the same in every function (its name,
 * register, width) is made once and copied from then on, because fields are nearly all of a dump.
 */
#include <errno.h>
#include <stdlib.h>
#include "clean.h"
#include "emit-xml.h"
#include "emitters.h"
#include "holes.h"
#include "memo.h"

#define DEPTH_MAX 8
#define PREFIXES  1024 /* of fields, by hash; a power of two */
#define SNIPPET   36
#define VALUE_ROOM 24
#define SHAPES    64 /* of capabilities, by hash; a power of two */

struct snippet {
	char text[SNIPPET]; /* copied whole */
	uint8_t len;
};

/* `\n      <field name="TotalVFs" register="0x0e" width="16" value="`, then the value, then `" bit="3"`. */
struct prefix {
	const struct field *field;
	unsigned index, reg, depth;
	uint8_t len, bit_len;
	char text[200];
	char bit[16];
};

enum content { TAG, TEXT, ELEMENTS };

struct xml_writer {
	struct walker walker;
	struct walk_ops ops;
	unsigned depth;
	enum content content; /* of the element that is open */
	bool root;            /* the root element was written */
	struct snippet begin[EL_COUNT], end[EL_COUNT], attr[ATTR_COUNT];
	struct prefix *prefixes;
	struct memo *memo;    /* capabilities that were written before */
	struct memo_hole *hole; /* of the capability that is being remembered: where the next will be; or NULL */
	struct holes shapes[SHAPES];
	char indent[2 * DEPTH_MAX + 2];
};

static inline struct xml_writer *writer(struct walker *w) { return (struct xml_writer *)(void *)w; }

/* A snippet at to, where there is room for SNIPPET bytes; returns what lies behind it. */
static inline char *put_snippet(char *to, const struct snippet *s)
{
	memcpy(to, s->text, SNIPPET);
	return to + s->len;
}

static inline void put(struct sink *out, const struct snippet *s)
{
	put_snippet(sink_room(out, SNIPPET), s);
	out->len += s->len;
}

static void set(struct snippet *s, const char *before, const char *name, const char *after)
{
	const char *parts[] = {before, name, after};
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		for (const char *c = parts[i]; *c && s->len < sizeof(s->text); c++)
			s->text[s->len++] = *c;
}

static void newline(struct xml_writer *x)
{
	sink_put(x->walker.out, x->indent, 1 + 2 * (x->depth < DEPTH_MAX ? x->depth : DEPTH_MAX));
}

static void end_tag(struct xml_writer *x, enum content now)
{
	if (x->depth && x->content == TAG)
		sink_putc(x->walker.out, '>');
	x->content = now;
}

static void open_element(struct walker *w, enum element e)
{
	struct xml_writer *x = writer(w);
	end_tag(x, ELEMENTS);
	newline(x);
	put(w->out, &x->begin[e]);
	if (!x->root)
		sink_puts(w->out, " xmlns=\"" XML_NAMESPACE "\"");
	x->root = true;
	x->content = TAG;
	x->depth++;
}

static void token(struct walker *w, enum attribute a, const char *text, size_t n)
{
	struct sink *out = w->out;
	if (n > SINK_ROOM - SNIPPET - 1) {
		put(out, &writer(w)->attr[a]);
		sink_put(out, text, n);
		sink_putc(out, '"');
		return;
	}
	char *start = sink_room(out, SNIPPET + n + 1), *to = put_snippet(start, &writer(w)->attr[a]);
	memcpy(to, text, n);
	to[n] = '"';
	out->len += (size_t)(to - start) + n + 1;
}

static void string(struct walker *w, enum attribute a, struct slice text)
{
	put(w->out, &writer(w)->attr[a]);
	clean_put(w->out, CLEAN_XML, text);
	sink_putc(w->out, '"');
}

static void number(struct walker *w, enum attribute a, uint64_t value)
{
	char *start = sink_room(w->out, SNIPPET + VALUE_ROOM), *to = put_snippet(start, &writer(w)->attr[a]);
	to += put_u64(to, value);
	*to++ = '"';
	w->out->len += (size_t)(to - start);
}

static void boolean(struct walker *w, enum attribute a, bool value)
{
	token(w, a, value ? "true" : "false", value ? 4 : 5);
}

static void text(struct walker *w, struct slice s)
{
	end_tag(writer(w), TEXT);
	clean_put(w->out, CLEAN_XML, s);
}

static void close_element(struct walker *w, enum element e)
{
	struct xml_writer *x = writer(w);
	x->depth--;
	if (x->content == TAG) {
		sink_put(w->out, "/>", 2);
	} else {
		if (x->content == ELEMENTS)
			newline(x);
		put(w->out, &x->end[e]);
	}
	x->content = ELEMENTS;
}

/* Makes the prefix of a field; false where it does not fit: then the field is written the plain way. */
static bool prefix_make(struct xml_writer *x, struct prefix *p, const struct field_at *at)
{
	char name[128];
	struct sink out;
	if (sink_to_memory(&out))
		return false;
	struct snippet *a = x->attr;
	field_name(at->field, at->index, name, sizeof(name));
	sink_put(&out, x->indent, 1 + 2 * x->depth);
	put(&out, &x->begin[EL_FIELD]);
	put(&out, &a[AT_NAME]);
	clean_puts(&out, CLEAN_XML, name);
	sink_putc(&out, '"');
	put(&out, &a[AT_REGISTER]);
	sink_puts(&out, "0x");
	sink_hex(&out, at->reg, 2);
	sink_putc(&out, '"');
	put(&out, &a[AT_WIDTH]);
	sink_u64(&out, at->field->width);
	sink_putc(&out, '"');
	put(&out, &a[AT_VALUE]);
	bool fits = out.len <= sizeof(p->text);
	if (fits) {
		*p = (struct prefix){.field = at->field, .index = at->index, .reg = at->reg, .depth = x->depth, .len = (uint8_t)out.len};
		memcpy(p->text, out.buf, out.len);
		p->bit[p->bit_len++] = '"';
		if (at->field->width < at->field->reg_size * 8) {
			memcpy(p->bit + p->bit_len, a[AT_BIT].text, a[AT_BIT].len);
			p->bit_len = (uint8_t)(p->bit_len + a[AT_BIT].len);
			p->bit_len = (uint8_t)(p->bit_len + put_u64(p->bit + p->bit_len, at->field->lsb));
			p->bit[p->bit_len++] = '"';
		}
	}
	return !sink_close(&out) && fits;
}

static size_t put_value(char *to, const struct field *f, uint64_t value)
{
	if (f->kind == FIELD_FLAG) {
		*to = (char)('0' + (value & 1));
		return 1;
	}
	if (f->kind != FIELD_HEX && f->kind != FIELD_RSVD)
		return put_u64(to, value);
	to[0] = '0';
	to[1] = 'x';
	return 2 + put_hex(to + 2, value, (f->width + f->shift + 3u) / 4);
}

/* What walk_field() does, with a prefix. */
static void fast_field(struct walker *w, const struct field_at *at)
{
	struct xml_writer *x = writer(w);
	const struct field *f = at->field;
	struct prefix *p = &x->prefixes[((uintptr_t)f / sizeof(*f) * 7 + at->index) % PREFIXES];
	if (at->unread || x->depth >= DEPTH_MAX ||
	    ((p->field != f || p->index != at->index || p->reg != at->reg || p->depth != x->depth) && !prefix_make(x, p, at))) {
		walk_field(w, at);
		return;
	}
	end_tag(x, ELEMENTS);
	char *to = sink_room(w->out, sizeof(p->text) + sizeof(p->bit) + 40), *start = to;
	memcpy(to, p->text, p->len);
	to += p->len;
	if (x->hole && x->hole->field == f)
		x->hole++->at = w->out->len + (size_t)(to - start);
	else
		to += put_value(to, f, at->value);
	memcpy(to, p->bit, p->bit_len);
	to += p->bit_len;
	w->out->len += (size_t)(to - start);
	const char *meaning = f->values ? field_meaning(f, at->value) : NULL;
	if (meaning) {
		sink_putc(w->out, '>');
		clean_puts(w->out, CLEAN_XML, meaning);
		put(w->out, &x->end[EL_FIELD]);
	} else {
		sink_put(w->out, "/>", 2);
	}
}

/* Of a capability whose values alone may differ: which. NULL: its text follows from all of its bytes. */
static const struct holes *holes_of(struct xml_writer *x, const struct cap_walked *walked)
{
	const struct cap_desc *desc = walked->cap->desc;
	if (!walked->shown || walked->verbose || bytes_len(&walked->cap->bytes) < desc->min_len)
		return NULL;
	struct holes *holes = &x->shapes[(desc->id ^ (unsigned)desc->space << 5) % SHAPES];
	if (holes->desc != desc)
		holes_find(desc, holes);
	return holes->n ? holes : NULL;
}

/* All that the text of a capability follows from but for what is in holes; false where that is too much to remember. */
static bool key_make(const struct xml_writer *x, const struct cap_walked *walked, const struct holes *holes, uint64_t *key, size_t *n)
{
	const struct cap *cap = walked->cap;
	const struct cap_desc *desc = cap->desc;
	const struct bytes bytes = bytes_alone(&cap->bytes);
	size_t len = walked->extent;
	key[0] = (uint64_t)cap->at.id | (uint64_t)cap->at.offset << 16 | (uint64_t)cap->at.version << 32 | (uint64_t)cap->at.space << 40 |
		 (uint64_t)(x->depth & 0xff) << 48 | (uint64_t)walked->verbose << 56 | (uint64_t)walked->shown << 57;
	key[1] = walked->shown ? walked->around : 0;
	if (walked->shown) {
		size_t own = desc->length ? desc->length(&cap->bytes) : desc->min_len;
		len = own > len ? own : len;
	}
	if (len > bytes.len)
		len = bytes.len;
	if (len && bytes.known)
		return false;
	key[1] |= (uint64_t)len << 40;
	*n = 16 + ((len + 7) & ~(size_t)7);
	if (*n > MEMO_KEY)
		return false;
	if (len) {
		key[*n / 8 - 1] = 0;
		memcpy(&key[2], bytes.p, len);
	}
	if (holes)
		holes_blank(holes, (uint8_t *)&key[2]);
	return true;
}

/* cap: all that key_make() asks of one that has holes. */
static void put_filled(struct sink *out, const struct memo_text *text, const struct bytes *cap)
{
	size_t from = 0;
	for (size_t i = 0; i < text->holes_n; i++) {
		const struct memo_hole *hole = &text->holes[i];
		const struct field *f = hole->field;
		uint64_t value = bytes_little(cap->p + cap->at + f->reg, f->reg_size) << f->shift;
		sink_put(out, text->text.p + from, hole->at - from);
		from = hole->at;
		out->len += put_value(sink_room(out, VALUE_ROOM), f, value);
	}
	sink_refer(out, text->text.p + from, text->text.n - from);
}

static void before_forgetting(void *data)
{
	const struct xml_writer *x = data;
	sink_settle(x->walker.out);
}

/* Makes the text with its holes; false where something is in the way: then it is to be written the plain way. */
static bool make_text(struct xml_writer *x, const struct cap_walked *walked, struct sink *made, struct memo_hole *holes, size_t n)
{
	struct sink *out = x->walker.out;
	x->walker.out = made;
	x->hole = holes;
	walk_capability(&x->walker, walked);
	x->walker.out = out;
	bool all = x->hole == holes + n;
	x->hole = NULL;
	return all && !made->err;
}

/* What walk_capability() does; most functions of a host, and of a fleet, have the same capabilities with the same registers. */
static void fast_capability(struct walker *w, const struct cap_walked *walked)
{
	struct xml_writer *x = writer(w);
	const struct cap *cap = walked->cap;
	const struct holes *shape = holes_of(x, walked);
	uint64_t key[MEMO_KEY / 8];
	size_t n;
	struct memo_text text;
	struct sink made;
	if (!key_make(x, walked, shape, key, &n)) {
		walk_capability(w, walked);
		return;
	}
	enum memo_answer answer = memo_ask(x->memo, key, n, &text);
	if (answer == MEMO_HAVE) {
		end_tag(x, ELEMENTS);
		put_filled(w->out, &text, &cap->bytes);
		return;
	}
	if (answer == MEMO_NEW || sink_to_memory(&made)) {
		walk_capability(w, walked);
		return;
	}
	end_tag(x, ELEMENTS);
	struct memo_hole holes[HOLES_MAX + 1];
	size_t holes_n = shape ? shape->n : 0;
	for (size_t i = 0; i < holes_n; i++)
		holes[i].field = shape->fields[i];
	holes[holes_n].field = NULL;
	if (make_text(x, walked, &made, holes, holes_n)) {
		text = (struct memo_text){slice_bytes(made.buf, made.len), holes, holes_n};
		put_filled(w->out, &text, &cap->bytes);
		sink_settle(w->out); /* what was made goes, and the one that is kept is another */
		memo_keep(x->memo, key, n, &text);
	} else {
		walk_capability(w, walked);
	}
	if (sink_close(&made) && !w->out->err)
		w->out->err = -ENOMEM;
}

/* What walk_vfs() does: of most VFs nothing more is known than where they are. */
static void fast_vfs(struct walker *w, const struct pf *pf)
{
	static const struct {
		char text[32]; /* copied whole */
		size_t n;
	} ends[] = {
		[TRI_UNKNOWN] = {"\" exists=\"unknown\"/>", 20}, [TRI_NO] = {"\" exists=\"false\"/>", 18}, [TRI_YES] = {"\" exists=\"true\"/>", 17},
	};
	static const char begin[] = "\n    <vf index=\"";
	struct xml_writer *x = writer(w);
	char middle[32] = "\" address=\"";
	const size_t named = strlen(middle);
	if (x->depth != 2) {
		walk_vfs(w, pf);
		return;
	}
	if (pf->vfs_n)
		end_tag(x, ELEMENTS);
	/* a PF and its VFs are in one segment: what stands before the bus is made once */
	const size_t middle_n = pf->vfs_n ? named + addr_put(middle + named, &pf->vfs[0].addr) - ADDR_PLACE : 0;
	for (size_t i = 0; i < pf->vfs_n; i++) {
		const struct vf *vf = &pf->vfs[i];
		if (!vf->in_segment || (vf->fn && (vf->fn->driver || vf->fn->group))) {
			walk_vf(w, vf);
			continue;
		}
		char *start = sink_room(w->out, 128), *to = start;
		memcpy(to, begin, sizeof(begin) - 1);
		to += sizeof(begin) - 1;
		to += put_u64(to, vf->index);
		memcpy(to, middle, sizeof(middle));
		to += middle_n;
		to += addr_put_place(to, &vf->addr);
		memcpy(to, ends[vf->exists].text, sizeof(ends[0].text));
		w->out->len += (size_t)(to - start) + ends[vf->exists].n;
	}
}

struct xml_writer *xml_writer_new(struct sink *out)
{
	struct xml_writer *x = calloc(1, sizeof(*x));
	struct prefix *prefixes = calloc(PREFIXES, sizeof(*prefixes));
	struct memo *memo = memo_new(before_forgetting, x);
	if (!x || !prefixes || !memo) {
		free(x);
		free(prefixes);
		memo_free(memo);
		return NULL;
	}
	x->prefixes = prefixes;
	x->memo = memo;
	x->ops = (struct walk_ops){
		.open = open_element, .token = token, .string = string, .number = number, .boolean = boolean, .text = text,
		.close = close_element, .field = fast_field, .capability = fast_capability, .vfs = fast_vfs,
	};
	x->walker = (struct walker){.ops = &x->ops, .out = out};
	memset(x->indent, ' ', sizeof(x->indent));
	x->indent[0] = '\n';
	for (size_t i = 0; i < EL_COUNT; i++) {
		set(&x->begin[i], "<", element_names[i].name, "");
		set(&x->end[i], "</", element_names[i].name, ">");
	}
	for (size_t i = 0; i < ATTR_COUNT; i++)
		set(&x->attr[i], " ", attribute_names[i], "=\"");
	sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	return x;
}

struct walker *xml_writer_walker(struct xml_writer *xml)
{
	return &xml->walker;
}

void xml_writer_plain(struct xml_writer *xml)
{
	xml->ops.field = walk_field;
	xml->ops.capability = walk_capability;
	xml->ops.vfs = walk_vfs;
}

void xml_writer_free(struct xml_writer *xml)
{
	sink_putc(xml->walker.out, '\n');
	sink_settle(xml->walker.out);
	free(xml->prefixes);
	memo_free(xml->memo);
	free(xml);
}

struct walker *xml_begin(struct sink *out)
{
	struct xml_writer *x = xml_writer_new(out);
	return x ? &x->walker : NULL;
}

void xml_end(struct walker *walker)
{
	xml_writer_free(writer(walker));
}

int emit_xml(const struct report *const *reports, size_t n, struct sink *out)
{
	struct xml_writer *x = xml_writer_new(out);
	if (!x)
		return -ENOMEM;
	walk_reports(reports, n, &x->walker);
	xml_writer_free(x);
	return out->err;
}
