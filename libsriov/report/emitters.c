/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "emitters.h"

const struct emitter emitters[] = {
	{.name = "text", .suffix = ".txt", .help = "for people, in a terminal", .write = emit_text, .broken_rules = true},
	{.name = "xml", .suffix = ".xml", .help = "the complete record (schema sriov-report.xsd)", .write = emit_xml, .begin = xml_begin, .end = xml_end},
	{.name = "json", .suffix = ".json", .help = "all that the XML says (schema sriov-report.schema.json)", .write = emit_json, .begin = json_begin, .end = json_end},
	{.name = "jsonl", .suffix = ".jsonl", .help = "a line of JSON for each host, PF and finding, for fleets", .write = emit_jsonl},
	{.name = "html", .suffix = ".html", .help = "one page with a picture, for a browser", .write = emit_html},
	{.name = "junit", .help = "test results for GitLab and Jenkins", .write = emit_junit},
	{.name = "prometheus", .suffix = ".prom", .help = "for node_exporter's textfile collector", .write = emit_prometheus},
	{.name = "nfd", .suffix = ".nfd", .help = "a feature file of Kubernetes' Node Feature Discovery", .write = emit_nfd},
	{.name = "nagios", .help = "a plugin's status line, with a plugin's exit status", .write = emit_nagios, .status = nagios_status},
};
const size_t emitters_n = ARRAY_SIZE(emitters);

const struct emitter *emitter_find(const char *name)
{
	for (size_t i = 0; i < emitters_n; i++)
		if (!strcmp(emitters[i].name, name))
			return &emitters[i];
	return NULL;
}

const struct emitter *emitter_for_file(const char *path)
{
	for (size_t i = 0; i < emitters_n; i++)
		if (emitters[i].suffix && slice_ends(slice_of(path), emitters[i].suffix))
			return &emitters[i];
	return NULL;
}

int emitter_status(const struct emitter *emitter, const struct report *const *reports, size_t n, int status)
{
	return emitter->status ? emitter->status(reports, n, status) : status;
}
