/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that people wrote or pasted, in whatever mixture -> items of the snapshot. The one entry for sources: a SOURCE that is
 * text goes to snapshot_put_text(), and after a root was loaded, text_ingest() reads its files lspci, transcript and dmesg.
 */
#ifndef SRIOV_DECODE_INGEST_H
#define SRIOV_DECODE_INGEST_H

#include "snapshot/snapshot.h"

/* What a text is, told by its content (its beginning, at most some 256 KiB of it). SOURCE_TEXT: a mixture, or nothing we know. */
enum source_kind text_kind(struct slice text);
/* Has the text anything for us at all: a function, a kernel log line, a prompt? */
bool text_known(struct slice text);

/*
 * Splits text by content and runs the parsers on the parts: lspci's functions and trees, sessions, kernel log lines. Log lines
 * become the item `dmesg`, lspci's the item `lspci` (origin and line numbers of the text are kept: other lines are empty there).
 * name: of the text, for evidence ("ticket.txt", "-").
 */
int snapshot_put_text(struct snapshot *snap, const char *name, struct slice text) MUST_CHECK;

/*
 * The root's files `lspci`, `transcript` and `dmesg`: what they tell becomes items beside those of the root, which are never replaced.
 * Log lines of the first two become `lspci.dmesg` and `transcript.dmesg`, to be read like `dmesg`.
 */
int text_ingest(struct snapshot *snap) MUST_CHECK;

#endif
