/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include "names.h"

struct vendor {
	uint16_t id;
	struct slice name, devices; /* the lines below it */
};

struct names {
	struct vendor *vendors;
	size_t n, room;
};

static int order(const void *a, const void *b)
{
	const struct vendor *x = a, *y = b;
	return (int)x->id - (int)y->id;
}

/* "8086  Intel Corporation", "\t10c9  82576 Gigabit": four digits, two spaces, the name. */
static bool entry(struct slice line, uint64_t *id, struct slice *name)
{
	if (!slice_eat_hex(&line, 4, id) || !slice_eat(&line, "  "))
		return false;
	*name = line;
	return true;
}

static struct vendor *push(struct names *names)
{
	if (names->n == names->room) {
		size_t room = names->room ? names->room * 2 : 4096;
		struct vendor *more = realloc(names->vendors, room * sizeof(*more));
		if (!more)
			return NULL;
		names->vendors = more;
		names->room = room;
	}
	return &names->vendors[names->n++];
}

struct names *names_new(struct slice text)
{
	struct names *names = calloc(1, sizeof(*names));
	struct slice line;
	if (!names)
		return NULL;
	while (slice_line(&text, &line)) {
		uint64_t id;
		struct slice name;
		if (!line.n || *line.p == '\t' || *line.p == '#')
			continue;
		if (!entry(line, &id, &name))
			break; /* classes follow */
		struct vendor *vendor = push(names);
		if (!vendor) {
			names_free(names);
			return NULL;
		}
		*vendor = (struct vendor){(uint16_t)id, name, text};
	}
	if (names->n)
		qsort(names->vendors, names->n, sizeof(*names->vendors), order);
	return names;
}

void names_free(struct names *names)
{
	if (names)
		free(names->vendors);
	free(names);
}

static const struct vendor *find(const struct names *names, uint64_t id)
{
	struct vendor key = {.id = (uint16_t)id};
	return names && names->n && id <= 0xffff ? bsearch(&key, names->vendors, names->n, sizeof(key), order) : NULL;
}

struct slice names_vendor(const struct names *names, uint64_t vendor)
{
	const struct vendor *v = find(names, vendor);
	return v ? v->name : (struct slice){0};
}

struct slice names_device(const struct names *names, uint64_t vendor, uint64_t device)
{
	const struct vendor *v = find(names, vendor);
	struct slice lines = v ? v->devices : (struct slice){0}, line, name;
	uint64_t id;
	while (v && slice_line(&lines, &line)) {
		if (line.n && *line.p != '\t' && *line.p != '#')
			break; /* the next vendor */
		if (slice_eat(&line, "\t") && entry(line, &id, &name) && id == device)
			return name;
	}
	return (struct slice){0};
}
