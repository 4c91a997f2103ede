/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "holes.h"

bool rows_are_fixed(const struct cap_desc *desc)
{
	for (size_t i = 0; i < desc->fields_n; i++)
		if (desc->fields[i].when || desc->fields[i].count || desc->fields[i].place)
			return false;
	return true;
}

static bool overlap(const struct field *a, const struct field *b)
{
	return a->reg < b->reg + b->reg_size && b->reg < a->reg + a->reg_size;
}

static bool is_hole(const struct cap_desc *desc, const struct field *f)
{
	if ((f->kind != FIELD_HEX && f->kind != FIELD_UINT) || f->values || f->width != f->reg_size * 8)
		return false;
	for (size_t i = 0; i < desc->fields_n; i++)
		if (&desc->fields[i] != f && overlap(&desc->fields[i], f))
			return false;
	return true;
}

void holes_find(const struct cap_desc *desc, struct holes *holes)
{
	holes->desc = desc;
	holes->n = 0;
	if (!rows_are_fixed(desc))
		return;
	for (size_t i = 0; i < desc->fields_n && holes->n < HOLES_MAX; i++)
		if (is_hole(desc, &desc->fields[i]))
			holes->fields[holes->n++] = &desc->fields[i];
}

void holes_blank(const struct holes *holes, uint8_t *bytes)
{
	for (size_t i = 0; i < holes->n; i++)
		memset(bytes + holes->fields[i]->reg, 0, holes->fields[i]->reg_size);
}
