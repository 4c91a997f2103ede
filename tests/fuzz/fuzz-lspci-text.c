/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of one function, and trees. */
#include "fuzz.h"
#include "decode/lspci-text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t bytes[4096], mask[4096];
	struct slice body = slice_bytes(data, size), title;
	struct arena arena = {.limit = (size_t)64 << 20};
	struct lspci_words words = {0};
	struct lspci_tree tree = {.text = body};
	struct tree_node node;
	if (slice_line(&body, &title) && !lspci_words_read(&arena, &words, title, body, 2)) {
		size_t len = lspci_words_image(&words, bytes, mask);
		for (size_t i = 0; i < len; i++)
			if (bytes[i] & ~mask[i])
				abort();
	}
	while (lspci_tree_next(&tree, &node))
		if (node.addr.device > 31 || node.addr.function > 7)
			abort();
	arena_free(&arena);
	return 0;
}
