/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as an archive of a host, and, as whatever they are, through the rows of sources. */
#include "fuzz.h"
#include "source/input.h"

static void open_with(const struct source *source, const uint8_t *data, size_t size)
{
	static const struct source_options options;
	struct input input = {.name = "fuzz", .fd = -1, .bytes = {.text = exact(data, size), .len = size, .room = size}};
	struct snapshot *snap = snapshot_new("fuzz");
	if (snap && source->open(&input, &options, snap) != 0 && !snap->problems_n)
		abort(); /* an error without a word */
	strbuf_free(&input.bytes);
	snapshot_free(snap);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {.name = "fuzz", .fd = -1, .bytes = {.text = exact(data, size), .len = size, .room = size}};
	for (size_t i = 0; size && i < sources_n; i++) {
		if (sources[i]->probe(&input)) {
			open_with(sources[i], data, size);
			break;
		}
	}
	strbuf_free(&input.bytes);
	if (size)
		open_with(&source_archive, data, size);
	return 0;
}
