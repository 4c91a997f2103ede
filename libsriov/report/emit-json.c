/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <errno.h>
#include "clean.h"
#include "emit-json.h"
#include "emitters.h"

#define NUMBER_MAX (UINT64_C(1) << 53) /* beyond it a double is not exact */

static inline struct json_writer *writer(struct walker *w) { return (struct json_writer *)(void *)w; }

static struct json_level *level(struct json_writer *j) { return &j->levels[j->depth - 1]; }

static void newline(struct json_writer *j, unsigned depth)
{
	if (j->lines)
		return;
	sink_putc(j->walker.out, '\n');
	sink_fill(j->walker.out, ' ', (size_t)2 * depth);
}

/* An object that has no element below stands in one line. */
static bool in_line(const struct json_writer *j)
{
	return j->lines || (j->depth && element_names[j->levels[j->depth - 1].element].leaf);
}

/* Depth of the text: an open array counts. */
static unsigned indent(const struct json_writer *j)
{
	unsigned n = j->depth;
	for (unsigned i = 0; i < j->depth; i++)
		n += j->levels[i].array != EL_COUNT;
	return n;
}

static void close_array(struct json_writer *j)
{
	if (level(j)->array == EL_COUNT)
		return;
	level(j)->array = EL_COUNT;
	newline(j, indent(j));
	sink_putc(j->walker.out, ']');
}

static void comma(struct json_writer *j)
{
	if (level(j)->members)
		sink_putc(j->walker.out, ',');
	level(j)->members = true;
}

static void key(struct json_writer *j, const char *name)
{
	close_array(j);
	bool first = !level(j)->members;
	comma(j);
	if (!in_line(j))
		newline(j, indent(j));
	else if (!first)
		sink_putc(j->walker.out, ' ');
	sink_putc(j->walker.out, '"');
	sink_puts(j->walker.out, name);
	sink_puts(j->walker.out, "\": ");
}

static void open_element(struct walker *w, enum element e)
{
	struct json_writer *j = writer(w);
	const struct element_name *name = &element_names[e];
	if (j->depth == JSON_DEPTH) {
		w->out->err = w->out->err ? w->out->err : -EOVERFLOW;
		return;
	}
	if (j->depth) {
		/* several reports are an array and nothing around it */
		bool outer = level(j)->element == EL_REPORTS;
		if (name->array && (outer || level(j)->array == e)) {
			comma(j);
		} else if (name->array) {
			key(j, name->array);
			sink_putc(w->out, '[');
			level(j)->array = e;
		} else {
			key(j, name->name);
		}
		if (name->array)
			newline(j, indent(j));
	}
	if (e == EL_REPORTS)
		sink_putc(w->out, '[');
	else if (!name->simple && (j->depth || !j->inside))
		sink_putc(w->out, '{');
	j->levels[j->depth] = (struct json_level){.element = e, .array = EL_COUNT, .simple = name->simple, .members = !j->depth && j->inside};
	j->depth++;
}

static void token(struct walker *w, enum attribute a, const char *text, size_t n)
{
	key(writer(w), attribute_names[a]);
	sink_putc(w->out, '"');
	sink_put(w->out, text, n);
	sink_putc(w->out, '"');
}

void json_string(struct sink *out, struct slice text)
{
	sink_putc(out, '"');
	clean_put(out, CLEAN_JSON, text);
	sink_putc(out, '"');
}

static void string(struct walker *w, enum attribute a, struct slice text)
{
	key(writer(w), attribute_names[a]);
	json_string(w->out, text);
}

static void number(struct walker *w, enum attribute a, uint64_t value)
{
	const char *quote = value > NUMBER_MAX ? "\"" : "";
	key(writer(w), attribute_names[a]);
	sink_puts(w->out, quote);
	sink_u64(w->out, value);
	sink_puts(w->out, quote);
}

static void boolean(struct walker *w, enum attribute a, bool value)
{
	key(writer(w), attribute_names[a]);
	sink_puts(w->out, value ? "true" : "false");
}

static void text(struct walker *w, struct slice s)
{
	struct json_writer *j = writer(w);
	if (!level(j)->simple)
		key(j, element_names[level(j)->element].text);
	level(j)->text = true;
	json_string(w->out, s);
}

static void close_element(struct walker *w, enum element e)
{
	struct json_writer *j = writer(w);
	struct json_level *at = level(j);
	if (at->simple) {
		if (!at->text)
			sink_puts(w->out, "\"\"");
		j->depth--;
		return;
	}
	close_array(j);
	bool flat = in_line(j) || !at->members;
	j->depth--;
	if (!flat)
		newline(j, indent(j));
	sink_putc(w->out, e == EL_REPORTS ? ']' : '}');
}

void json_writer_init(struct json_writer *json, struct sink *out, bool lines)
{
	static const struct walk_ops ops = {
		.open = open_element, .token = token, .string = string, .number = number, .boolean = boolean, .text = text,
		.close = close_element, .field = walk_field, .capability = walk_capability, .vfs = walk_vfs,
	};
	*json = (struct json_writer){.walker = {.ops = &ops, .out = out}, .lines = lines};
}

struct walker *json_begin(struct sink *out)
{
	struct json_writer *json = malloc(sizeof(*json));
	if (!json)
		return NULL;
	json_writer_init(json, out, false);
	return (struct walker *)(void *)json; /* its first member: json_end() takes it back so */
}

void json_end(struct walker *walker)
{
	sink_putc(walker->out, '\n');
	free(writer(walker));
}

int emit_json(const struct report *const *reports, size_t n, struct sink *out)
{
	struct json_writer json;
	json_writer_init(&json, out, false);
	walk_reports(reports, n, &json.walker);
	sink_putc(out, '\n');
	return out->err;
}
