/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rows of emitters.c name: one emit-NAME.c each. Each returns the sink's error or one of its own. */
#ifndef SRIOV_REPORT_EMITTERS_H
#define SRIOV_REPORT_EMITTERS_H

#include "report/emit.h"

int emit_text(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_xml(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
struct walker *xml_begin(struct sink *out) MUST_CHECK;
void xml_end(struct walker *walker);
int emit_json(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
struct walker *json_begin(struct sink *out) MUST_CHECK;
void json_end(struct walker *walker);
int emit_jsonl(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_html(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_junit(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_prometheus(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_nfd(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int emit_nagios(const struct report *const *reports, size_t n, struct sink *out) MUST_CHECK;
int nagios_status(const struct report *const *reports, size_t n, int status);

#endif
