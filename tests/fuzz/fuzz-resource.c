/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of sysfs: resource, reserved_regions. */
#include "fuzz.h"
#include "decode/proc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_bytes(data, size);
	struct resource_iter resource = {.rest = text};
	struct resource_row row;
	struct reserved_iter reserved = {.rest = text};
	struct reserved_row region;
	unsigned line = 0;
	while (resource_next(&resource, &row)) {
		must(row.line > line);
		line = row.line;
	}
	while (reserved_next(&reserved, &region))
		within(text, region.type);
	(void)comma_has(text, "a");
	(void)words_have(text, "a");
	return 0;
}
