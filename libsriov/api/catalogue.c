/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables, read-only: formats, causes, fields. */
#include "api.h"
#include "report/emit.h"

SRIOV_EXPORT int sriov_format_describe(size_t index, const char **name, const char **suffix, const char **help)
{
	if (index >= emitters_n)
		return -ERANGE;
	*name = emitters[index].name;
	*suffix = emitters[index].suffix;
	*help = emitters[index].help;
	return 0;
}

SRIOV_EXPORT int sriov_cause_describe(size_t index, const char **id, const char **rung, const char **title, const char **needs)
{
	if (index >= checks_n)
		return -ERANGE;
	*id = checks[index]->id;
	*rung = rung_name(checks[index]->rung);
	*title = checks[index]->title;
	*needs = checks[index]->needs;
	return 0;
}

SRIOV_EXPORT int sriov_rule_describe(size_t index, const char **id, const char **severity, const char **scope, const char **title, const char **spec,
				     const char **why)
{
	if (index >= rules_n)
		return -ERANGE;
	*id = rules[index].id;
	*severity = severity_name(rules[index].severity);
	*scope = rule_scope_name(rules[index].scope);
	*title = rules[index].title;
	*spec = rules[index].spec;
	*why = rules[index].why;
	return 0;
}

SRIOV_EXPORT int sriov_field_describe(size_t index, const char **capability, const char **name, unsigned *register_offset, unsigned *bit,
				      unsigned *width, const char **spec)
{
	for (size_t i = 0; i < cap_descs_n; i++) {
		const struct cap_desc *desc = cap_descs[i];
		if (index >= desc->fields_n) {
			index -= desc->fields_n;
			continue;
		}
		const struct field *field = &desc->fields[index];
		*capability = desc->name;
		*name = field->name;
		*register_offset = field->reg;
		*bit = field->lsb;
		*width = field->width;
		*spec = field->spec;
		return 0;
	}
	return -ERANGE;
}
