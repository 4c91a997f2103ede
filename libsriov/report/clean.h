/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text from devices, firmware and logs on its way out. Whatever the format, bytes that are no valid UTF-8, control characters
 * (C0 with tab and newline, DEL, C1), what XML 1.0 forbids, and what turns the direction of a line around become visible \xNN;
 * so all formats show the same text, and nothing of it reaches a terminal as a command.
 */
#ifndef SRIOV_REPORT_CLEAN_H
#define SRIOV_REPORT_CLEAN_H

#include "report/sink.h"

enum clean_for {
	CLEAN_TEXT,  /* a terminal or file in UTF-8 */
	CLEAN_ASCII, /* the same where only ASCII can be shown */
	CLEAN_XML,   /* XML and HTML: text and quoted attributes */
	CLEAN_JSON,  /* inside of a JSON string */
	CLEAN_LABEL, /* inside of a Prometheus label: backslash, quote */
};
#define CLEAN_COUNT (CLEAN_LABEL + 1)

void clean_put(struct sink *out, enum clean_for as, struct slice text);
static inline void clean_puts(struct sink *out, enum clean_for as, const char *text) { clean_put(out, as, slice_of(text)); }

#endif
