/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc/iomem. */
#include "fuzz.h"
#include "decode/proc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_bytes(data, size);
	struct iomem_iter iter = {.rest = text};
	struct iomem_row row;
	unsigned line = 0;
	while (iomem_next(&iter, &row)) {
		within(text, row.name);
		must(row.line > line && row.start <= row.end);
		line = row.line;
	}
	(void)iomem_hidden(text);
	return 0;
}
