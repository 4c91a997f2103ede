/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The report's life, and the names of what it says. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "decode/session.h"
#include "report.h"
#include "util/huge.h"

#define NAME(table, index) ((size_t)(index) < ARRAY_SIZE(table) ? (table)[index] : "unknown")

const char *rung_name(enum rung rung)
{
	static const char *const names[RUNG_COUNT] = {
		[RUNG_VISIBLE] = "visible", [RUNG_CAPABLE] = "capable", [RUNG_ROUTABLE] = "routable", [RUNG_RESOURCED] = "resourced",
		[RUNG_DRIVEN] = "driven", [RUNG_ENABLED] = "enabled", [RUNG_BOUND] = "bound", [RUNG_ISOLATED] = "isolated",
		[RUNG_ASSIGNABLE] = "assignable", [RUNG_OFFERED] = "offered", [RUNG_VPCI] = "vpci", [RUNG_GUEST_DRIVEN] = "driven",
		[RUNG_PAIRED] = "paired", [RUNG_DATAPATH] = "datapath",
	};
	return NAME(names, rung);
}

const char *goal_name(enum goal goal)
{
	static const char *const names[] = {[GOAL_ASSIGN] = "assign", [GOAL_HOST] = "host", [GOAL_GUEST] = "guest"};
	return NAME(names, goal);
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "none", [VERDICT_READY] = "ready", [VERDICT_BLOCKED] = "blocked", [VERDICT_UNKNOWN] = "unknown",
	};
	return NAME(names, verdict);
}

const char *finding_state_name(enum finding_state state)
{
	static const char *const names[] = {
		[FINDING_PASS] = "pass", [FINDING_FAIL] = "fail", [FINDING_UNKNOWN] = "unknown",
		[FINDING_NOTAPPLICABLE] = "notapplicable", [FINDING_INFORMATIONAL] = "informational",
	};
	return NAME(names, state);
}

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_NONE] = "none", [SEVERITY_INFO] = "info", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error",
	};
	return NAME(names, severity);
}

const char *confidence_name(enum confidence confidence)
{
	static const char *const names[] = {
		[CONFIDENCE_CERTAIN] = "certain", [CONFIDENCE_LIKELY] = "likely", [CONFIDENCE_POSSIBLE] = "possible",
	};
	return NAME(names, confidence);
}

const char *role_name(enum role role)
{
	static const char *const names[] = {[FINDING_ROOT] = "root", [FINDING_CONSEQUENCE] = "consequence"};
	return NAME(names, role);
}

const char *fn_role_name(enum fn_role role)
{
	static const char *const names[] = {
		[ROLE_ENDPOINT] = "endpoint", [ROLE_PF] = "pf", [ROLE_VF] = "vf", [ROLE_PORT] = "port",
	};
	return NAME(names, role);
}

struct report *report_new(const char *tool, const struct model *model)
{
	struct report *report = calloc(1, sizeof(*report));
	if (!report)
		return NULL;
	report->tool = tool;
	report->model = model;
	return report;
}

#define MANY_RULES 4096 /* results behind which more are to come: memory is taken in large pages */

struct rule_result *report_rule(struct report *report)
{
	if (report->rules_n == report->rules_room) {
		size_t room = report->rules_room ? 2 * report->rules_room : 64, bytes;
		if (room > MANY_RULES && room < HUGE_LEAST / sizeof(*report->rules))
			room = HUGE_LEAST / sizeof(*report->rules) + 1;
		void *more = __builtin_mul_overflow(room, sizeof(*report->rules), &bytes) ? NULL : realloc(report->rules, bytes);
		if (!more)
			return NULL;
		huge_pages(more, bytes);
		report->rules = more;
		report->rules_room = room;
	}
	return &report->rules[report->rules_n++];
}

void report_clear(struct report *report)
{
	arena_free(&report->arena);
	free(report->rules);
}

void report_free(struct report *report)
{
	if (!report)
		return;
	report_clear(report);
	free(report);
}

int report_left_out(const struct report *report, size_t index, char buf[LEFT_OUT], const char **advice, bool *grave)
{
	const struct snapshot *snap = report->model->snap;
	const struct vfs_kept *kept = &report->model->vfs_kept;
	size_t lines = snap->session ? snap->session->lines_not_understood : 0;
	if (report->model->log.truncated && !index--) {
		snprintf(buf, LEFT_OUT, "the kernel log has more than %d different messages: those behind them were not looked at", KMSG_EVENTS_MAX);
		*advice = "give the log of one boot alone (journalctl -k -b, or dmesg)";
		*grave = true;
		return 0;
	}
	if (kept->left_out && !index--) {
		char others[64] = "", addr[ADDR_TEXT];
		if (kept->left_out > 1)
			snprintf(others, sizeof(others), " and of %zu PF%s behind it", kept->left_out - 1, kept->left_out > 2 ? "s" : "");
		snprintf(buf, LEFT_OUT, "the VFs of %s%s are not listed: with them PFs claim more than the %zu VFs that are kept",
			 addr_text(&kept->first_out, addr), others, VFS_MAX);
		*advice = "mend TotalVFs there, or give such a PF alone (lspci -s ADDRESS -xxxx)";
		*grave = true;
		return 0;
	}
	*grave = false;
	if (lines && !index--) {
		snprintf(buf, LEFT_OUT, "%zu line%s of the terminal session said nothing that is known here", lines, lines > 1 ? "s" : "");
		*advice = "paste each command with its prompt and all of its output, or send what sriov-dump --capture writes";
		return 0;
	}
	if (snap->problems_more && !index) {
		snprintf(buf, LEFT_OUT, "%zu more lines could not be used", snap->problems_more);
		*advice = "see the first of them";
		return 0;
	}
	return -ERANGE;
}

int report_status(const struct report *report)
{
	bool broken = report->verdict == VERDICT_BLOCKED, unsure = report->verdict == VERDICT_UNKNOWN;
	enum severity least = report->fail_on_warning ? SEVERITY_WARNING : SEVERITY_ERROR;
	for (size_t i = 0; i < report->rules_n; i++)
		broken |= report->rules[i].state == FINDING_FAIL && report->rules[i].severity >= least && !report->rules[i].waived;
	broken |= report->changes_n != 0;
	return broken ? 1 : unsure ? 3 : 0;
}
