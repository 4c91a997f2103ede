/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function's first line: "Ethernet controller [0200]: Intel Corporation 82576 … [8086:10c9] (rev 01) (prog-if 00 [x])". */
#include "lspci-text.h"

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "8086:10c9" */
static bool eat_ids(struct slice *s, int *vendor, int *device)
{
	uint64_t v, d;
	struct slice rest = *s;
	if (!slice_eat_hex(&rest, 4, &v) || !slice_eat(&rest, ":") || !slice_eat_hex(&rest, 4, &d) || (rest.n && is_hex(rest.p[0])))
		return false;
	*vendor = (int)v;
	*device = (int)d;
	*s = rest;
	return true;
}

/* Ids in a text: "8086:10c9 …", "Device 8086:10c9", "… [8086:10c9]" (the last one in brackets); "… Device 10c9" tells the device alone. */
void lspci_find_ids(struct slice s, int *vendor, int *device)
{
	struct slice rest = s;
	slice_eat(&rest, "Unknown device ");
	slice_eat(&rest, "Device ");
	if (eat_ids(&rest, vendor, device))
		return;
	rest = s;
	struct slice before;
	bool found = false;
	while (slice_until(&rest, "[", &before)) {
		struct slice inside = rest;
		int v, d;
		if (eat_ids(&inside, &v, &d) && slice_starts(inside, "]")) {
			*vendor = v;
			*device = d;
			found = true;
		}
	}
	size_t at = found ? SIZE_MAX : slice_find(s, " Device ");
	uint64_t d;
	if (at == SIZE_MAX)
		return;
	rest = slice_from(s, at + strlen(" Device "));
	if (slice_eat_hex(&rest, 4, &d) && (!rest.n || rest.p[0] == ' '))
		*device = (int)d;
}

static int find_class(struct slice s)
{
	uint64_t code;
	struct slice rest = s, before;
	while (slice_until(&rest, "[", &before)) {
		struct slice inside = rest;
		if (slice_eat_hex(&inside, 4, &code) && slice_is(inside, "]"))
			return (int)code;
	}
	rest = s;
	slice_eat(&rest, "Class ");
	if (slice_eat_hex(&rest, 4, &code) && !rest.n)
		return (int)code;
	for (size_t i = 0; i < text_classes_n; i++)
		if (slice_is(s, text_classes[i].name))
			return text_classes[i].code;
	return -1;
}

static int find_hex2(struct slice s, const char *words)
{
	size_t at = slice_find(s, words);
	uint64_t value;
	if (at == SIZE_MAX)
		return -1;
	s = slice_from(s, at + strlen(words));
	return slice_eat_hex(&s, 2, &value) ? (int)value : -1;
}

void lspci_title_read(struct slice text, struct lspci_title *title)
{
	struct slice class, rest = text;
	*title = (struct lspci_title){.vendor = -1, .device = -1};
	if (!slice_until(&rest, ": ", &class)) {
		class = text; /* "Class 0604" alone, or a name that was cut */
		rest = (struct slice){text.p, 0};
		if (class.n && class.p[class.n - 1] == ':')
			class.n--;
	}
	title->revision = find_hex2(rest, "(rev ");
	title->prog_if = find_hex2(rest, "(prog-if ");
	title->class = find_class(slice_trim(class));
	lspci_find_ids(rest, &title->vendor, &title->device);
	/* a sleeping or lost function: lspci has its name from elsewhere, and reads ff */
	title->all_ones = title->revision == 0xff && (title->prog_if == 0xff || title->prog_if < 0);
	title->virtual = slice_has(rest, "Virtual Function") || slice_has(rest, " VF");
	size_t end = slice_find(rest, " (rev ");
	if (end == SIZE_MAX)
		end = slice_find(rest, " (prog-if ");
	if (end != SIZE_MAX)
		rest.n = end;
	if (title->vendor < 0)
		title->name = slice_trim(rest);
}
