/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waivers: broken rules that somebody looked at and accepted, with the reason, one a line. */
#include <string.h>
#include "rule/rule.h"

#define WAIVERS_MAX  10000
#define WAIVERS_MEMORY (16u << 20)

/* "8086:10c9" */
static bool eat_ids(struct slice *s, uint16_t *vendor, uint16_t *device)
{
	struct slice t = *s;
	uint64_t v, d;
	if (!slice_eat_hex(&t, 4, &v) || !slice_eat(&t, ":") || !slice_eat_hex(&t, 4, &d) || t.n)
		return false;
	*vendor = (uint16_t)v;
	*device = (uint16_t)d;
	return true;
}

static const char *parse_line(struct slice line, struct waiver *waiver, struct arena *arena)
{
	struct slice rule, device;
	if (!slice_token(&line, " \t", &rule) || !slice_token(&line, " \t", &device))
		return "a waiver is a rule, a device and a reason";
	if (rule.n >= sizeof(waiver->rule))
		return "no rule has such an id; see --list-rules";
	memcpy(waiver->rule, rule.p, rule.n);
	waiver->rule[rule.n] = 0;
	if (memchr(waiver->rule, 0, rule.n) || !rule_find(waiver->rule))
		return "no rule has such an id; see --list-rules";
	if (slice_is(device, "*"))
		waiver->any = true;
	else if (eat_ids(&device, &waiver->vendor, &waiver->device))
		waiver->by_id = true;
	else if (!addr_eat(&device, &waiver->addr) || device.n)
		return "a device is an address (0000:01:00.0), ids (8086:10c9) or *";
	line = slice_trim(line);
	if (!line.n || !line.p[0])
		return "a reason is missing: why is it accepted?";
	waiver->reason = arena_dup(arena, line.p, line.n);
	return waiver->reason ? NULL : "out of memory";
}

int waivers_parse(struct slice text, struct waivers *waivers, unsigned *bad_line, const char **bad)
{
	struct slice line;
	unsigned number = 0;
	*waivers = (struct waivers){.arena = {.limit = WAIVERS_MEMORY}};
	*bad = NULL;
	while (slice_line(&text, &line)) {
		struct waiver waiver = {.line = ++number};
		*bad_line = number;
		line = slice_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		*bad = waivers->n >= WAIVERS_MAX ? "more than 10000 waivers" : parse_line(line, &waiver, &waivers->arena);
		if (*bad)
			return -EINVAL;
		struct waiver *item = ARENA_PUSH(&waivers->arena, waivers->items, waivers->n, waivers->room);
		if (!item)
			return -ENOMEM;
		*item = waiver;
	}
	return 0;
}

void waivers_free(struct waivers *waivers)
{
	arena_free(&waivers->arena);
	waivers->items = NULL;
	waivers->n = waivers->room = 0;
}

const char *waivers_find(const struct waivers *waivers, const char *rule, const struct fn *fn)
{
	for (size_t i = 0; i < waivers->n; i++) {
		const struct waiver *w = &waivers->items[i];
		if (strcmp(w->rule, rule))
			continue;
		if (w->any || (w->by_id && known_as(&fn->vendor, w->vendor) && known_as(&fn->device, w->device)) ||
		    (!w->any && !w->by_id && !addr_cmp(&w->addr, &fn->addr)))
			return w->reason;
	}
	return NULL;
}
