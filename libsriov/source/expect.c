/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/xmlreader.h>

#include "expect.h"
#include "lazy.h"

#define NAMESPACE "urn:libsriov:report:1"
#define MEMORY_MAX LIMIT_GIB(2)

#define LIBXML2 "libxml2.so.2"

#define LIBXML2_CALLS(X) \
	X(xmlFree) X(xmlFreeTextReader) X(xmlGetLastError) X(xmlReaderForMemory) X(xmlResetLastError) X(xmlTextReaderConstLocalName) X(xmlTextReaderConstNamespaceUri) \
	X(xmlTextReaderConstValue) X(xmlTextReaderDepth) X(xmlTextReaderGetAttribute) X(xmlTextReaderGetParserLineNumber) \
	X(xmlTextReaderIsEmptyElement) X(xmlTextReaderMoveToAttribute) X(xmlTextReaderMoveToElement) X(xmlTextReaderNodeType) \
	X(xmlTextReaderRead) X(xmlTextReaderSetStructuredErrorHandler)

struct libxml2 {
	LIBXML2_CALLS(LAZY_POINTER)
};

static int load(struct libxml2 *lib)
{
	static const char *const names[] = {LIBXML2_CALLS(LAZY_NAME)};
	_Static_assert(sizeof(*lib) == sizeof(names), "pointers only, in the names' order");
	return lazy_load(LIBXML2, names, (void **)(void *)lib, ARRAY_SIZE(names));
}

struct parse {
	struct libxml2 lib;
	xmlTextReaderPtr reader;
	struct expected *out;
	const char *address, *capability;
	unsigned offset, reports;
	bool raw;          /* the text that follows is raw bytes */
	const char *bad;
};

static bool is(const xmlChar *name, const char *want)
{
	return name && !strcmp((const char *)name, want);
}

/* An attribute as text in the arena, or the default; NULL without memory, which libxml2 tells by NULL as well. */
static const char *attribute(struct parse *p, const char *name, const char *otherwise)
{
	xmlChar *value = p->lib.xmlTextReaderGetAttribute(p->reader, (const xmlChar *)name);
	if (!value && p->lib.xmlTextReaderMoveToAttribute(p->reader, (const xmlChar *)name) == 1) {
		(void)p->lib.xmlTextReaderMoveToElement(p->reader);
		return NULL;
	}
	if (!value)
		return otherwise;
	const char *copy = arena_dup(&p->out->arena, value, strlen((const char *)value));
	(*p->lib.xmlFree)(value);
	return copy;
}

static int add(struct parse *p, const char *field, const char *value)
{
	struct expect_row *row = ARENA_PUSH(&p->out->arena, p->out->rows, p->out->n, p->out->room);
	if (!row || !p->address || !field || !value)
		return -ENOMEM;
	*row = (struct expect_row){p->address, p->capability, p->offset, field, value, p->out->n};
	return 0;
}

static int function(struct parse *p)
{
	static const char *const names[] = {"vendor", "device", "class", "revision", "subsystem-vendor", "subsystem-device"};
	p->address = attribute(p, "address", "");
	p->capability = "";
	p->offset = 0;
	int err = add(p, "function", "there");
	for (size_t i = 0; i < ARRAY_SIZE(names) && !err; i++) {
		const char *value = attribute(p, names[i], "");
		err = !value ? -ENOMEM : *value ? add(p, names[i], value) : 0;
	}
	return err;
}

static int capability(struct parse *p)
{
	const char *id = attribute(p, "id", "?"), *offset = attribute(p, "offset", "0"), *version = attribute(p, "version", "");
	uint64_t number;
	if (!id || !offset || !version || !(p->capability = attribute(p, "name", id)))
		return -ENOMEM;
	p->offset = slice_u64(slice_of(offset), &number) && number < 4096 ? (unsigned)number : 0;
	int err = add(p, "capability", "there");
	return err || !*version ? err : add(p, "version", version);
}

static int element(struct parse *p)
{
	const xmlChar *name = p->lib.xmlTextReaderConstLocalName(p->reader);
	int depth = p->lib.xmlTextReaderDepth(p->reader);
	p->raw = false;
	if (depth == 0 && (!is(name, "sriov-report") || !is(p->lib.xmlTextReaderConstNamespaceUri(p->reader), NAMESPACE))) {
		p->bad = is(name, "sriov-reports") ? "a report of several hosts; pin one" : "no report of sriov-dump";
		return -EINVAL;
	}
	if (is(name, "function"))
		return function(p);
	if (!p->address)
		return 0;
	if (is(name, "capability"))
		return capability(p);
	if (is(name, "header")) {
		p->capability = "header";
		p->offset = 0;
		return 0;
	}
	if (is(name, "field") && p->capability && *p->capability)
		return add(p, attribute(p, "name", "?"), attribute(p, "value", "not read"));
	if (is(name, "raw")) {
		p->raw = true;
		p->out->verbose = true;
	}
	return 0;
}

static int end_element(struct parse *p)
{
	const xmlChar *name = p->lib.xmlTextReaderConstLocalName(p->reader);
	p->raw = false;
	if (is(name, "function"))
		p->address = NULL;
	else if (is(name, "capability") || is(name, "header"))
		p->capability = "";
	return 0;
}

static int node(struct parse *p)
{
	switch (p->lib.xmlTextReaderNodeType(p->reader)) {
	case XML_READER_TYPE_DOCUMENT_TYPE:
	case XML_READER_TYPE_ENTITY_REFERENCE:
		p->bad = "a document type or entity; reports have none";
		return -EINVAL;
	case XML_READER_TYPE_ELEMENT: {
		bool empty = p->lib.xmlTextReaderIsEmptyElement(p->reader) == 1;
		int err = element(p);
		return !err && empty ? end_element(p) : err;
	}
	case XML_READER_TYPE_END_ELEMENT:
		return end_element(p);
	case XML_READER_TYPE_TEXT:
		if (p->raw && p->address && p->capability) {
			const char *text = (const char *)p->lib.xmlTextReaderConstValue(p->reader);
			return text ? add(p, "raw bytes", arena_dup(&p->out->arena, text, strlen(text))) : -ENOMEM;
		}
		return 0;
	default:
		return 0;
	}
}

static void quiet(void *data, xmlErrorPtr error)
{
	(void)data;
	(void)error;
}

static int order(const void *a, const void *b)
{
	const struct expect_row *x = a, *y = b;
	int by = strcmp(x->address, y->address);
	by = by ? by : strcmp(x->capability, y->capability);
	if (!by && x->offset != y->offset)
		by = x->offset < y->offset ? -1 : 1;
	by = by ? by : strcmp(x->field, y->field);
	return by ? by : x->seq < y->seq ? -1 : x->seq > y->seq;
}

#define ATTRIBUTES_MAX 200 /* of one element; no report has 30 */

/* libxml2 looks at all attributes of an element for each of them, and at entities before it is asked not to: neither gets there. */
static const char *refused(struct slice xml)
{
	struct slice rest = xml, inside;
	while (slice_until(&rest, "<", &inside)) {
		char quote = 0;
		unsigned attributes = 0;
		if (slice_eat(&rest, "!--")) {
			if (!slice_until(&rest, "-->", &inside))
				return NULL; /* cut: the parser says so */
			continue;
		}
		if (slice_eat(&rest, "![CDATA[")) {
			if (!slice_until(&rest, "]]>", &inside))
				return NULL;
			continue;
		}
		if (slice_eat(&rest, "?")) {
			if (!slice_until(&rest, "?>", &inside))
				return NULL;
			continue;
		}
		if (slice_starts(rest, "!"))
			return "a document type: no report has one";
		size_t i = 0;
		for (; i < rest.n && (quote || rest.p[i] != '>'); i++) {
			if (quote)
				quote = rest.p[i] == quote ? 0 : quote;
			else if (rest.p[i] == '"' || rest.p[i] == '\'')
				quote = rest.p[i];
			else if (rest.p[i] == '=' && ++attributes > ATTRIBUTES_MAX)
				return "an element with more than 200 attributes";
		}
		rest = slice_from(rest, i);
	}
	return NULL;
}

int expected_parse(struct slice xml, struct expected *out, unsigned *line, const char **bad)
{
	*out = (struct expected){.arena = {.limit = MEMORY_MAX}};
	*line = 0;
	*bad = "larger than 256 MiB";
	if (xml.n > EXPECT_MAX)
		return -EINVAL;
	*bad = "empty";
	if (!xml.n)
		return -EINVAL;
	*bad = refused(xml);
	if (*bad)
		return -EINVAL;
	struct parse p = {.out = out};
	*bad = LIBXML2 " is missing: install libxml2";
	if (load(&p.lib))
		return -ENOSYS;
	p.lib.xmlResetLastError();
	p.reader = p.lib.xmlReaderForMemory(xml.p, (int)xml.n, "expected", "UTF-8", XML_PARSE_NONET | XML_PARSE_COMPACT);
	if (!p.reader)
		return -ENOMEM;
	p.lib.xmlTextReaderSetStructuredErrorHandler(p.reader, quiet, NULL);
	int got, err = 0;
	while (!err && (got = p.lib.xmlTextReaderRead(p.reader)) != 0) {
		if (got < 0) {
			p.bad = "not well-formed XML";
			err = -EINVAL;
			break;
		}
		err = node(&p);
	}
	*line = (unsigned)p.lib.xmlTextReaderGetParserLineNumber(p.reader);
	/* a tree that lacks what there was no memory for is given as if it were whole */
	const xmlError *last = p.lib.xmlGetLastError();
	if (last && last->code == XML_ERR_NO_MEMORY) {
		err = -ENOMEM;
		p.bad = NULL;
	}
	*bad = p.bad;
	p.lib.xmlFreeTextReader(p.reader);
	if (!err && out->n)
		qsort(out->rows, out->n, sizeof(*out->rows), order);
	return err;
}

void expected_free(struct expected *expected)
{
	arena_free(&expected->arena);
	expected->rows = NULL;
	expected->n = expected->room = 0;
}
