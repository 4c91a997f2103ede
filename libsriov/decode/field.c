/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The generic decoder: rows and bytes in, values and text out. */
#include <string.h>
#include "decode/field.h"

#define REPEAT_MAX 256

int field_get(const struct field *field, const struct bytes *cap, unsigned index, uint64_t *value)
{
	size_t offset = field->reg;
	if (field->place) {
		unsigned add = field->place(cap, index);
		if (add == FIELD_NOWHERE)
			return -ENODATA;
		offset += add;
	} else {
		offset += (size_t)field->stride * index;
	}
	int err = bytes_bits(cap, offset, field->reg_size, field->lsb, field->width, value);
	if (!err)
		*value <<= field->shift;
	return err;
}

const char *field_meaning(const struct field *field, uint64_t value)
{
	for (const struct field_value *v = field->values; v && v->name; v++)
		if (v->value == value)
			return v->name;
	return NULL;
}

const struct field *field_find(const struct cap_desc *desc, const char *name)
{
	for (size_t i = 0; i < desc->fields_n; i++)
		if (desc->fields[i].name[0] == name[0] && !strcmp(desc->fields[i].name, name))
			return &desc->fields[i];
	return NULL;
}

/* Digits of value, most significant first, at least min (not 0) of them; cut at size (a NUL included). */
static size_t digits(uint64_t value, bool hex, unsigned min, char *buf, size_t size)
{
	char tmp[24];
	size_t n = 0, len = 0;
	while (value || n < min) {
		tmp[n++] = "0123456789abcdef"[hex ? value & 15 : value % 10];
		value = hex ? value >> 4 : value / 10;
	}
	while (n && len + 1 < size)
		buf[len++] = tmp[--n];
	if (size)
		buf[len] = 0;
	return len;
}

size_t field_format(const struct field *field, uint64_t value, char *buf, size_t size)
{
	if (field->kind != FIELD_HEX && field->kind != FIELD_RSVD)
		return digits(value, false, 1, buf, size);
	if (size < 3)
		return 0;
	buf[0] = '0';
	buf[1] = 'x';
	return 2 + digits(value, true, (field->width + field->shift + 3u) / 4, buf + 2, size - 2);
}

size_t field_name(const struct field *field, unsigned index, char *buf, size_t size)
{
	size_t len = 0;
	for (const char *c = field->name; *c && len + 1 < size; c++) {
		if (*c == '#' && field->count)
			len += digits(index, false, 1, buf + len, size - len);
		else
			buf[len++] = *c;
	}
	if (size)
		buf[len] = 0;
	return len;
}

static bool same_repeat(const struct field *a, const struct field *b)
{
	return a->count && a->count == b->count && a->stride == b->stride && a->place == b->place;
}

/* The next row behind iter; rows repeated together come entry by entry. */
static bool step(const struct cap_desc *desc, const struct bytes *cap, struct field_iter *iter)
{
	if (iter->count) { /* a row was given before */
		const struct field *at = &desc->fields[iter->row];
		bool more = iter->row + 1 < desc->fields_n && same_repeat(at, at + 1);
		if (more) {
			iter->row++;
			return true;
		}
		if (iter->index + 1 < iter->count) {
			iter->index++;
			while (iter->row && same_repeat(&desc->fields[iter->row - 1], &desc->fields[iter->row]))
				iter->row--;
			return true;
		}
		iter->row++;
	}
	for (;;) {
		if (iter->row >= desc->fields_n)
			return false;
		const struct field *f = &desc->fields[iter->row];
		iter->index = 0;
		iter->count = f->count ? f->count(cap) : 1;
		if (iter->count > REPEAT_MAX)
			iter->count = REPEAT_MAX;
		if (iter->count)
			return true;
		iter->row++;
	}
}

bool field_next(const struct cap_desc *desc, const struct bytes *cap, struct field_iter *iter, const struct field **field, unsigned *index)
{
	while (step(desc, cap, iter)) {
		const struct field *f = &desc->fields[iter->row];
		if ((f->when && !f->when(cap)) || (f->place && f->place(cap, iter->index) == FIELD_NOWHERE))
			continue;
		*field = f;
		*index = iter->index;
		return true;
	}
	iter->count = 0;
	iter->row = desc->fields_n;
	return false;
}
