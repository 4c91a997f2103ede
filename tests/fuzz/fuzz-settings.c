/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Firmware exports (JSON, XML, text), and where the first byte is odd modprobe.d, modules.alias and modules.dep. */
#include "decode/bios.h"
#include "decode/modules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void bios(struct slice text)
{
	struct bios_iter iter = bios_of(text);
	struct bios_pair pair;
	while (bios_next(&iter, &pair)) {
		const struct bios_setting *setting = bios_setting_of(pair.name);
		if (setting)
			(void)bios_value_of(setting, pair.value);
	}
}

static void modules(struct slice text)
{
	struct alias_query query = {.modalias = SLICE("pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00")};
	struct modprobe_row row;
	struct slice value;
	unsigned line;
	modules_alias(text, &query, 1);
	(void)modules_path(text, SLICE("igbvf"), &value);
	(void)modprobe_blocks(text, SLICE("igbvf"), query.modalias, &row);
	(void)modprobe_option(text, "igbvf", "x", &value, &line);
	(void)cmdline_blacklists(text, SLICE("igbvf"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_bytes(data, size);
	bios(text);
	if (size && data[0] & 1)
		modules(text);
	return 0;
}
