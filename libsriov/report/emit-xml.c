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
#include "memo.h"

#define DEPTH_MAX 8
#define PREFIXES  1024 /* of fields, by hash; a power of two */

struct snippet {
	char text[36];
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
	char indent[2 * DEPTH_MAX + 2];
};

static inline struct xml_writer *writer(struct walker *w) { return (struct xml_writer *)(void *)w; }
static inline void put(struct sink *out, const struct snippet *s) { sink_put(out, s->text, s->len); }

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
	put(w->out, &writer(w)->attr[a]);
	sink_put(w->out, text, n);
	sink_putc(w->out, '"');
}

static void string(struct walker *w, enum attribute a, struct slice text)
{
	put(w->out, &writer(w)->attr[a]);
	clean_put(w->out, CLEAN_XML, text);
	sink_putc(w->out, '"');
}

static void number(struct walker *w, enum attribute a, uint64_t value)
{
	put(w->out, &writer(w)->attr[a]);
	sink_u64(w->out, value);
	sink_putc(w->out, '"');
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
	if (f->kind == FIELD_FLAG) {
		*to++ = (char)('0' + (at->value & 1));
	} else if (f->kind == FIELD_HEX || f->kind == FIELD_RSVD) {
		*to++ = '0';
		*to++ = 'x';
		to += put_hex(to, at->value, (f->width + f->shift + 3u) / 4);
	} else {
		to += put_u64(to, at->value);
	}
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

/* All that the text of a capability follows from; false where that is too much to remember. */
static bool key_make(const struct xml_writer *x, const struct cap_walked *walked, uint64_t *key, size_t *n)
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
	return true;
}

/* What walk_capability() does; most functions of a host, and of a fleet, have the same capabilities with the same registers. */
static void fast_capability(struct walker *w, const struct cap_walked *walked)
{
	struct xml_writer *x = writer(w);
	uint64_t key[MEMO_KEY / 8];
	size_t n;
	struct slice text;
	struct sink *out = w->out, made;
	if (!key_make(x, walked, key, &n)) {
		walk_capability(w, walked);
		return;
	}
	enum memo_answer answer = memo_ask(x->memo, key, n, &text);
	if (answer == MEMO_HAVE) {
		end_tag(x, ELEMENTS);
		sink_put(out, text.p, text.n);
		return;
	}
	if (answer == MEMO_NEW || sink_to_memory(&made)) {
		walk_capability(w, walked);
		return;
	}
	end_tag(x, ELEMENTS);
	w->out = &made;
	walk_capability(w, walked);
	w->out = out;
	sink_put(out, made.buf, made.len);
	if (!made.err)
		memo_keep(x->memo, key, n, slice_bytes(made.buf, made.len));
	if (sink_close(&made) && !out->err)
		out->err = -ENOMEM;
}

/* What walk_vf() does, for a VF of which nothing more is known than where it is. */
static void fast_vf(struct walker *w, const struct vf *vf)
{
	static const struct {
		char text[12]; /* copied whole */
		size_t n;
	} ends[] = {[TRI_UNKNOWN] = {"unknown\"/>", 10}, [TRI_NO] = {"false\"/>", 8}, [TRI_YES] = {"true\"/>", 7}};
	static const char begin[] = "\n    <vf index=\"", middle[] = "\" address=\"", after[] = "\" exists=\"";
	struct xml_writer *x = writer(w);
	if (x->depth != 2 || !vf->in_segment || (vf->fn && (vf->fn->driver || vf->fn->group))) {
		walk_vf(w, vf);
		return;
	}
	end_tag(x, ELEMENTS);
	char *start = sink_room(w->out, 128), *to = start;
	memcpy(to, begin, sizeof(begin) - 1);
	to += sizeof(begin) - 1;
	to += put_u64(to, vf->index);
	memcpy(to, middle, sizeof(middle) - 1);
	to += sizeof(middle) - 1;
	to += addr_put(to, &vf->addr);
	memcpy(to, after, sizeof(after) - 1);
	to += sizeof(after) - 1;
	memcpy(to, ends[vf->exists].text, sizeof(ends[0].text));
	w->out->len += (size_t)(to - start) + ends[vf->exists].n;
}

struct xml_writer *xml_writer_new(struct sink *out)
{
	struct xml_writer *x = calloc(1, sizeof(*x));
	struct prefix *prefixes = calloc(PREFIXES, sizeof(*prefixes));
	struct memo *memo = memo_new();
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
		.close = close_element, .field = fast_field, .capability = fast_capability, .vf = fast_vf,
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
	xml->ops.vf = walk_vf;
}

void xml_writer_free(struct xml_writer *xml)
{
	sink_putc(xml->walker.out, '\n');
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
