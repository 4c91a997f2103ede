/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plugin's output for Nagios, Icinga and Naemon: status line with performance data, then lines of detail; statuses of their own. */
#include "emit-text.h"
#include "emitters.h"

#define LINES 20 /* of detail: the readers cut long output */

enum { NAGIOS_OK, NAGIOS_WARNING, NAGIOS_CRITICAL, NAGIOS_UNKNOWN };

struct count {
	size_t ladders, complete, errors, warnings, unknowns;
};

static struct count count(const struct report *const *reports, size_t n)
{
	struct count c = {0};
	for (size_t i = 0; i < n; i++) {
		const struct report *r = reports[i];
		c.ladders += r->ladders_n;
		for (size_t k = 0; k < r->ladders_n; k++)
			c.complete += ladder_complete(&r->ladders[k]);
		for (size_t k = 0; k < r->findings_n; k++) {
			const struct finding *f = r->findings[k];
			c.errors += f->state == FINDING_FAIL && f->severity == SEVERITY_ERROR;
			c.warnings += f->state == FINDING_FAIL && f->severity == SEVERITY_WARNING;
			c.unknowns += f->state == FINDING_UNKNOWN;
		}
		for (size_t k = 0; k < r->rules_n; k++) {
			const struct rule_result *rule = &r->rules[k];
			bool broken = rule->state == FINDING_FAIL && !rule->waived;
			c.errors += broken && rule->severity == SEVERITY_ERROR;
			c.warnings += broken && rule->severity == SEVERITY_WARNING;
		}
	}
	return c;
}

int nagios_status(const struct report *const *reports, size_t n, int status)
{
	if (status == 0)
		return count(reports, n).warnings ? NAGIOS_WARNING : NAGIOS_OK;
	return status == 1 ? NAGIOS_CRITICAL : NAGIOS_UNKNOWN;
}

/* '|' begins performance data: in a text it becomes '/'. */
static void plain(struct sink *out, const char *text)
{
	while (text && *text) {
		size_t len = strcspn(text, "|");
		clean_put(out, CLEAN_TEXT, (struct slice){text, len});
		text += len;
		if (*text) {
			sink_putc(out, '/');
			text++;
		}
	}
}

int emit_nagios(const struct report *const *reports, size_t n, struct sink *out)
{
	static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
	struct count c = count(reports, n);
	int status = n ? 0 : 2;
	char buf[24];
	for (size_t i = 0; i < n; i++) {
		int one = report_status(reports[i]);
		status = status == 1 || one == 1 ? 1 : status | one; /* blocked before unknown before ready */
	}
	sink_printf(out, "SRIOV %s: ", words[nagios_status(reports, n, status)]);
	if (!n)
		sink_puts(out, "no source could be read");
	else if (n == 1 && report_answer(reports[0]))
		plain(out, report_answer(reports[0]));
	else
		sink_printf(out, "%zu of %zu ladders complete, %zu errors, %zu warnings", c.complete, c.ladders, c.errors, c.warnings);
	sink_printf(out, " | ladders=%zu;;;0 complete=%zu;;;0 errors=%zu;;0;0 warnings=%zu;0;;0 unknown=%zu;;;0\n", c.ladders, c.complete, c.errors,
		    c.warnings, c.unknowns);
	size_t lines = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->findings_n && lines < LINES; k++) {
			const struct finding *f = reports[i]->findings[k];
			if (f->role != FINDING_ROOT || f->state != FINDING_FAIL)
				continue;
			lines++;
			plain(out, f->id);
			sink_printf(out, " on %s: ", addr_of(f->subject, buf));
			plain(out, f->message);
			sink_putc(out, '\n');
		}
	return out->err;
}
