/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "filter.h"

/* One part: empty or '*' = any, else hexadecimal up to max. */
static bool part(struct slice text, uint64_t max, int64_t *value)
{
	uint64_t v;
	if (!text.n || slice_is(text, "*")) {
		*value = -1;
		return true;
	}
	if (!slice_eat_u64(&text, 16, &v) || text.n || v > max)
		return false;
	*value = (int64_t)v;
	return true;
}

static bool last_of(struct slice *s, char c, struct slice *behind)
{
	for (size_t i = s->n; i-- > 0;) {
		if (s->p[i] == c) {
			*behind = slice_from(*s, i + 1);
			s->n = i;
			return true;
		}
	}
	return false;
}

int filter_slot(struct filter *filter, const char *text)
{
	struct slice rest = slice_of(text), device, function = {0}, bus = {0};
	int64_t d = -1, b = -1, s = -1, f = -1;
	bool has_bus = last_of(&rest, ':', &device);
	if (!has_bus)
		device = rest;
	bool has_function = last_of(&device, '.', &function);
	if (has_bus) {
		bool has_domain = last_of(&rest, ':', &bus);
		if (!has_domain)
			bus = rest;
		if ((has_domain && !part(rest, UINT32_MAX, &d)) || !part(bus, 0xff, &b))
			return -EINVAL;
	}
	if (!part(device, 0x1f, &s) || (has_function && !part(function, 7, &f)))
		return -EINVAL;
	filter->domain = d;
	filter->bus = (int)b;
	filter->device = (int)s;
	filter->function = (int)f;
	return 0;
}

int filter_id(struct filter *filter, const char *text)
{
	static const uint64_t max[4] = {0xffff, 0xffff, 0xffff, 0xff};
	int64_t v[4] = {-1, -1, -1, -1};
	struct slice rest = slice_of(text);
	unsigned n = 0;
	for (bool more = true; more; n++) {
		size_t colon = slice_find(rest, ":");
		more = colon != SIZE_MAX;
		struct slice one = {rest.p, more ? colon : rest.n};
		if (n >= 4 || !part(one, max[n], &v[n]))
			return -EINVAL;
		rest = more ? slice_from(rest, colon + 1) : rest;
	}
	if (n < 2)
		return -EINVAL;
	filter->vendor = (int)v[0];
	filter->device_id = (int)v[1];
	filter->class = (int)v[2];
	filter->prog_if = (int)v[3];
	return 0;
}

static bool any_or(int64_t wanted, const struct fact *fact, unsigned shift, uint64_t mask)
{
	return wanted < 0 || (known(fact) && (fact->v >> shift & mask) == (uint64_t)wanted);
}

bool filter_match(const struct filter *filter, const struct fn *fn)
{
	return (filter->domain < 0 || filter->domain == fn->addr.domain) && (filter->bus < 0 || filter->bus == fn->addr.bus) &&
	       (filter->device < 0 || filter->device == fn->addr.device) && (filter->function < 0 || filter->function == fn->addr.function) &&
	       any_or(filter->vendor, &fn->vendor, 0, 0xffff) && any_or(filter->device_id, &fn->device, 0, 0xffff) &&
	       any_or(filter->class, &fn->class, 8, 0xffff) && any_or(filter->prog_if, &fn->class, 0, 0xff);
}
