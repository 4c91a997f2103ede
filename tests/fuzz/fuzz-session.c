/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pasted session, and the same bytes as a ticket and as files of a root. */
#include "fuzz.h"
#include "decode/ingest.h"
#include "decode/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const files[] = {"transcript", "lspci", "dmesg"};
	struct slice text = slice_bytes(data, size);
	struct snapshot *snap = snapshot_new("fuzz");
	if (!snap)
		return 0;
	int err = session_put(snap, (struct text_place){"fuzz", 1}, text);
	if (!err)
		err = snapshot_put_text(snap, "fuzz", text);
	snapshot_free(snap);
	snap = snapshot_new("fuzz");
	for (size_t i = 0; snap && !err && i < 3; i++)
		err = snapshot_put_file(snap, files[i], text, NULL);
	if (snap && !err)
		err = text_ingest(snap);
	snapshot_free(snap);
	return err ? -1 : 0;
}
