/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of waivers. */
#include "fuzz.h"
#include "rule/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct waivers waivers;
	const struct fn fn = {.addr = {.bus = 1}};
	const char *bad;
	unsigned line = 0;
	int err = waivers_parse(slice_bytes(data, size), &waivers, &line, &bad);
	must(err != -EINVAL || (bad && line));
	for (size_t i = 0; i < waivers.n; i++)
		must(rule_find(waivers.items[i].rule) && *waivers.items[i].reason);
	(void)waivers_find(&waivers, rules[0].id, &fn);
	waivers_free(&waivers);
	return 0;
}
