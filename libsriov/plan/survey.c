/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <linux/pci_regs.h>

#include "plan/survey.h"

static void mark(struct segment *segment, uint64_t bus)
{
	segment->buses[bus >> 6 & 3] |= UINT64_C(1) << (bus & 63);
}

static bool marked(const struct segment *segment, unsigned bus)
{
	return segment->buses[bus >> 6 & 3] >> (bus & 63) & 1;
}

int survey_new(const struct model *m, struct survey **out)
{
	struct survey *survey = calloc(1, sizeof(*survey));
	size_t segments = 0;
	if (!survey)
		return -ENOMEM;
	survey->m = m;
	for (size_t i = 0; i < m->fns_n; i++)
		segments += !i || m->fns[i].addr.domain != m->fns[i - 1].addr.domain;
	survey->segments = arena_array(&survey->arena, segments, sizeof(*survey->segments));
	if (!survey->segments) {
		survey_free(survey);
		return -ENOMEM;
	}
	for (size_t i = 0; i < m->fns_n; i++) {
		const struct fn *fn = &m->fns[i];
		if (!i || fn->addr.domain != m->fns[i - 1].addr.domain)
			survey->segments[survey->segments_n++].domain = fn->addr.domain;
		struct segment *segment = &survey->segments[survey->segments_n - 1];
		mark(segment, fn->addr.bus);
		if (fn->bridge && known(&fn->bridge->secondary) && fn->bridge->secondary.v > fn->addr.bus && fn->bridge->secondary.v <= 0xff)
			mark(segment, fn->bridge->secondary.v);
	}
	*out = survey;
	return 0;
}

void survey_free(struct survey *survey)
{
	if (!survey)
		return;
	arena_free(&survey->arena);
	free(survey);
}

static const struct segment *segment_of(const struct survey *survey, uint32_t domain)
{
	size_t low = 0, high = survey->segments_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (survey->segments[middle].domain < domain)
			low = middle + 1;
		else
			high = middle;
	}
	return low < survey->segments_n && survey->segments[low].domain == domain ? &survey->segments[low] : NULL;
}

unsigned survey_next_bus(const struct survey *survey, uint32_t domain, unsigned bus)
{
	const struct segment *segment = segment_of(survey, domain);
	unsigned next = bus + 1;
	while (next <= 0xff && !(segment && marked(segment, next)))
		next++;
	return next > 0xff ? 0x100 : next;
}

unsigned survey_spare(const struct survey *survey, uint32_t domain, unsigned first, unsigned last)
{
	const struct segment *segment = segment_of(survey, domain);
	unsigned n = 0;
	for (unsigned bus = first; bus <= last && bus <= 0xff; bus++)
		n += !segment || !marked(segment, bus);
	return n;
}

/* A bus that has functions and no bridge above them: a root bus, or one whose bridge was not captured. */
static bool is_root_bus(const struct survey *survey, uint32_t domain, unsigned bus)
{
	const struct fn *first = model_first_on_bus(survey->m, domain, bus);
	return first && first->on_root_bus;
}

static unsigned root_end(const struct survey *survey, uint32_t domain, unsigned root_bus)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&survey->m->log, KMSG_ROOT_BUS_RANGE, &n);
	for (size_t i = 0; i < n && i < SURVEY_ROOTS; i++)
		if (events[i]->has_addr && events[i]->addr.domain == domain && events[i]->addr.bus == root_bus && events[i]->bus_to >= (int)root_bus &&
		    events[i]->bus_to <= 0xff)
			return (unsigned)events[i]->bus_to;
	for (unsigned bus = survey_next_bus(survey, domain, root_bus); bus <= 0xff; bus = survey_next_bus(survey, domain, bus))
		if (is_root_bus(survey, domain, bus))
			return bus - 1;
	return 0xff;
}

unsigned survey_root_end(struct survey *survey, uint32_t domain, unsigned root_bus)
{
	if (!survey->last_end || survey->last_domain != domain || survey->last_root != root_bus) {
		survey->last_end = root_end(survey, domain, root_bus);
		survey->last_domain = domain;
		survey->last_root = root_bus;
	}
	return survey->last_end;
}
