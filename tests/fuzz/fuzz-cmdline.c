/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's command line. */
#include "fuzz.h"
#include "decode/cmdline.h"
#include "decode/modules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const vendors[] = {NULL, "GenuineIntel", "AuthenticAMD"};
	struct slice text = slice_bytes(data, size), rest = text, value = {0};
	struct option option;
	struct option_note note;
	while (option_next(&rest, &option)) {
		within(text, option.token);
		within(text, option.name);
		within(text, option.value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(vendors); i++) {
		struct option_iter notes = {.rest = text};
		while (option_note_next(&notes, vendors[i], &note)) {
			within(text, note.option.token);
			must(note.why != NULL);
		}
	}
	if (option_get(text, "intel_iommu", &value))
		within(text, value);
	value = (struct slice){0};
	if (option_has(text, "pci", "realloc", &value))
		within(text, value);
	(void)cmdline_blacklists(text, SLICE("igbvf"));
	return 0;
}
