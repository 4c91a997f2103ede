/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modules.alias, modules.dep, modules.builtin, modprobe.d, proc/modules. */
#include "fuzz.h"
#include "decode/modules.h"
#include "decode/proc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct alias_query queries[] = {
		{.modalias = SLICE("pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00")},
		{.modalias = SLICE("pci:v000015B3d00001018sv00000000sd00000000bc02sc00i00")},
	};
	struct slice text = slice_bytes(data, size), rest = text, value;
	struct modprobe_iter iter = {.text = text};
	struct modprobe_row row;
	struct module_row loaded;
	unsigned line;
	modules_alias(text, queries, ARRAY_SIZE(queries));
	for (size_t i = 0; i < ARRAY_SIZE(queries); i++) {
		must(queries[i].n <= ALIAS_MATCHES_MAX);
		for (unsigned k = 0; k < queries[i].n; k++)
			within(text, queries[i].modules[k]);
	}
	if (modules_path(text, SLICE("igbvf"), &value))
		within(text, value);
	while (modprobe_next(&iter, &row)) {
		within(text, row.keyword);
		within(text, row.name);
		within(text, row.rest);
	}
	(void)modprobe_blocks(text, SLICE("igbvf"), queries[0].modalias, &row);
	(void)modprobe_option(text, "igbvf", "x", &value, &line);
	while (modules_next(&rest, &loaded)) {
		within(text, loaded.name);
		within(text, loaded.users);
		within(text, loaded.state);
	}
	/* a pattern and a text, from the same bytes */
	(void)pattern_match(slice_bytes(data, size / 2 < 64 ? size / 2 : 64), slice_from(text, size / 2));
	return 0;
}
