/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the text format: the judgement (text-check.c) and the decoded view (text-dump.c). */
#ifndef SRIOV_REPORT_EMIT_TEXT_H
#define SRIOV_REPORT_EMIT_TEXT_H

#include "report/page.h"
#include "report/report.h"

/* Ladders, plans, findings, firmware settings. */
int text_check(const struct report *report, struct page *page) MUST_CHECK;
int text_findings(const struct report *report, struct page *page) MUST_CHECK;
/* How a state looks: "✓", or "ok" where that cannot be shown, and its colour. */
const char *text_mark(const struct page *page, enum finding_state state);
enum ink text_ink(enum finding_state state);
/* One plan. */
void text_plan(const struct report *report, const struct plan *plan, struct page *page);
/* Functions with capabilities, fields and derived facts. */
void text_dump(const struct report *report, struct page *page);
void text_function(const struct report *report, const struct fn *fn, struct page *page);
/* Rules that are broken, fields that changed. */
int text_rules(const struct report *report, struct page *page) MUST_CHECK;
/* The sentence for the first line of a validation. */
void text_rules_answer(const struct report *report, struct page *page);

/* "  Intel Corporation 82576", where names are wanted and known. */
void text_names(const struct fn *fn, struct page *page);

/* "0000:01:00.0", or "host" for NULL; buf has room for 20 bytes. */
const char *addr_of(const struct fn *fn, char *buf);
/* What a class code is called ("Ethernet controller"), or NULL. */
const char *class_name(uint64_t class_code);
/* The sentence of the report's first line; made from the verdict where the report has none. */
const char *report_answer(const struct report *report);
/* Does the window lack room for what the plan wants? Space that VF BARs hold already counts as used. */
bool window_lacks(const struct plan *plan, const struct plan_window *window);
/* Does a PF stand at the top of its ladder? */
bool ladder_complete(const struct ladder *ladder);

#endif
