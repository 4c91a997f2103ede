/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text: lspci with or without bytes, a kernel log, a terminal session, a ticket that mixes them. */
#include <errno.h>

#include "decode/ingest.h"
#include "decode/kmsg.h"
#include "input.h"

static bool probe(const struct input *input)
{
	(void)input;
	return true; /* the last row: it says what is wrong with anything else */
}

static bool is_log(struct slice text)
{
	struct arena arena = {0};
	struct kmsg log = {0};
	bool any = !kmsg_parse(&arena, text, NULL, &log) && log.n;
	arena_free(&arena);
	return any;
}

static int open_text(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct slice text = input_slice(input);
	(void)options;
	/* words that only the log's own parser knows ("not enough MMIO resources for SR-IOV") are enough */
	if (!text_known(text) && !is_log(text))
		return source_fail(snap, -EINVAL, 0,
				   "give a captured host, an archive of one, lspci text, 64, 256 or 4096 bytes of configuration space, a kernel log or a terminal session",
				   "is nothing that tells about SR-IOV");
	if (text.n < input->bytes.room) { /* for the NUL: strbuf_room() leaves it */
		input->bytes.text[text.n] = '\0';
		snap->lent = text;
	}
	int err = snapshot_put_text(snap, snap->name, text);
	snap->lent = (struct slice){0};
	if (snap->taken == input->bytes.text)
		input->bytes = (struct strbuf){0};
	return err;
}

const struct source source_text = {
	.name = "text", .what = "lspci text, a kernel log, a terminal session, or a mixture", .probe = probe, .open = open_text,
};
