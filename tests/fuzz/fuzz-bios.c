/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Firmware exports: JSON, XML, text. */
#include "fuzz.h"
#include "decode/bios.h"
#include "decode/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_bytes(data, size), value;
	struct bios_iter iter = bios_of(text);
	struct bios_pair pair;
	struct json json = json_of(text);
	enum json_event event;
	while (bios_next(&iter, &pair)) {
		within(text, pair.name);
		within(text, pair.value);
		const struct bios_setting *setting = bios_setting_of(pair.name);
		if (setting)
			(void)bios_value_of(setting, pair.value);
	}
	while ((event = json_next(&json, &value)) != JSON_DONE && event != JSON_BAD) {
		must(json.depth <= JSON_DEPTH_MAX);
		if (event == JSON_NAME || event == JSON_STRING)
			within(text, value);
	}
	return 0;
}
