/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a source, all the way: model, both reports, every format. XML and JSON are parsed back; no byte that a terminal obeys
 * is in any of them.
 */
#include <libxml/parser.h>

#include "fuzz.h"
#include "api/api.h"
#include "decode/json.h"
#include "report/emit.h"
#include "source/input.h"

static void quiet(void *data, const char *format, ...)
{
	(void)data;
	(void)format;
}

static void parse_back(const char *format, struct slice text)
{
	if (!strcmp(format, "xml") || !strcmp(format, "junit")) {
		xmlSetGenericErrorFunc(NULL, quiet);
		xmlDocPtr doc = xmlReadMemory(text.p, (int)text.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
		must(doc != NULL);
		xmlFreeDoc(doc);
	}
	bool lines = !strcmp(format, "jsonl");
	struct slice part = text, value;
	while ((lines && slice_line(&text, &part)) || !strcmp(format, "json")) {
		struct json json = json_of(part);
		enum json_event event;
		do
			event = json_next(&json, &value);
		while (event != JSON_DONE && event != JSON_BAD);
		must(event == JSON_DONE);
		if (!lines)
			break;
	}
}

static void write_all(struct sriov_report *report)
{
	const struct report *const one = report->inner;
	for (size_t i = 0; i < emitters_n; i++) {
		struct sink sink;
		size_t len = 0;
		must(!sink_to_memory(&sink));
		int err = emitters[i].write(&one, 1, &sink);
		char *text = sink_take(&sink, &len);
		must(!err && text);
		for (size_t k = 0; k < len; k++)
			must(((unsigned char)text[k] >= 0x20 || text[k] == '\n' || text[k] == '\t') && text[k] != 0x7f);
		parse_back(emitters[i].name, slice_bytes(text, len));
		free(text);
	}
	sriov_report_unref(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct source_options options;
	struct sriov_ctx ctx = {.refs = 1};
	/* as strbuf_room() leaves it, with room for a NUL, the bytes may be kept; else they are copied */
	char *text = exact(data, size);
	size_t room = size + (size & 2 ? 1 : 0);
	if (room > size)
		must((text = realloc(text, room)) != NULL);
	struct input input = {.name = "fuzz", .fd = -1, .bytes = {.text = text, .len = size, .room = room}};
	struct sriov_snapshot snap = {.refs = 1, .ctx = &ctx, .inner = snapshot_new("fuzz")};
	struct sriov_model model = {.refs = 1, .snap = &snap};
	struct sriov_query *query;
	struct sriov_report *report;
	int err = -ENODATA;
	must(snap.inner && !sriov_query_new(&query));
	for (size_t i = 0; size && i < sources_n; i++) {
		if (sources[i]->probe(&input)) {
			err = sources[i]->open(&input, &options, snap.inner);
			break;
		}
	}
	strbuf_free(&input.bytes);
	if (!err && !model_new(snap.inner, &model.inner)) {
		sriov_query_set_all(query, true);
		sriov_query_set_verbose(query, size & 1);
		sriov_query_set_validate(query, true);
		sriov_query_set_vfs(query, 4);
		if (!sriov_check(&model, query, &report))
			write_all(report);
		if (!sriov_dump(&model, query, &report))
			write_all(report);
		must(model.refs == 1);
		model_free(model.inner);
	}
	sriov_query_free(query);
	snapshot_free(snap.inner);
	return 0;
}
