/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text as a dump; and the same handed out in pieces. */
#include "fuzz.h"
#include "decode/lspci-hex.h"
#include "decode/lspci.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lspci_function fn;
	struct slice text = slice_bytes(data, size);
	struct lspci_hex it = {.text = text}, pieces = {.more = true};
	size_t whole = 0, parts = 0, functions = 0;
	while (lspci_hex_next(&it, &fn)) {
		whole++;
		if (fn.len > CONFIG_MAX || fn.block.n > size || it.problems_n > 8)
			abort();
	}
	for (size_t have = 0; have <= size && size < 4096; have += 1 + size / 16) {
		pieces.text = (struct slice){text.p + (pieces.text.p ? (size_t)(pieces.text.p - text.p) : 0), 0};
		pieces.text.n = have > (size_t)(pieces.text.p - text.p) ? have - (size_t)(pieces.text.p - text.p) : 0;
		while (lspci_hex_next(&pieces, &fn))
			parts++;
	}
	if (parts > whole)
		abort();
	struct snapshot *snap = snapshot_new("fuzz");
	if (snap && !lspci_put(snap, (struct text_place){"fuzz", 1}, text, &functions) && functions != whole)
		abort();
	snapshot_free(snap);
	return 0;
}
