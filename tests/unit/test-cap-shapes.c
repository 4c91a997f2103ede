/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which bytes of a capability decide how long it is and what it shows, and how: of every capability that is decoded. */
#include "unit.h"
#include "expect.h"
#include "decode/field.h"

#define AT 0x200

struct shape {
	unsigned length, fields;
};

/* How long an instance is and how many fields it shows, in a space of so many bytes. */
static struct shape shape_in(const struct cap_desc *desc, const uint8_t config[4096], size_t size)
{
	struct bytes all = bytes_of(config, size), cap = bytes_part(&all, AT, size);
	struct shape shape = {.length = desc->length ? desc->length(&cap) : desc->min_len};
	const struct field *field;
	unsigned index;
	for (struct field_iter iter = {0}; field_next(desc, &cap, &iter, &field, &index);)
		shape.fields++;
	return shape;
}

static struct shape shape_of(const struct cap_desc *desc, const uint8_t config[4096])
{
	return shape_in(desc, config, 4096);
}

static bool same(struct shape a, struct shape b)
{
	return a.length == b.length && a.fields == b.fields;
}

/* The bits of a byte that change the shape, each for itself; then all values of these bits. */
static void print_byte(struct text *text, const struct cap_desc *desc, uint8_t config[4096], struct shape base, unsigned at)
{
	uint8_t was = config[AT + at], mask = 0;
	for (unsigned bit = 0; bit < 8; bit++) {
		config[AT + at] = (uint8_t)(was ^ 1U << bit);
		if (!same(shape_of(desc, config), base))
			mask |= (uint8_t)(1U << bit);
	}
	if (mask) {
		fprintf(text->to, "  byte 0x%02x, bits 0x%02x:", at, mask);
		struct shape last = {0};
		for (unsigned v = 0; v < 0x100; v++) {
			if (v & ~(unsigned)mask)
				continue;
			config[AT + at] = (uint8_t)((was & ~(unsigned)mask) | v);
			struct shape now = shape_of(desc, config);
			if (!same(now, last))
				fprintf(text->to, " %02x %u/%u", v, now.length, now.fields);
			last = now;
		}
		fprintf(text->to, "\n");
	}
	config[AT + at] = was;
}

/* Which bytes decide how long an instance is (bytes) and what it shows (fields), and how. */
static void test_shapes(void **state)
{
	(void)state;
	static const uint8_t types[] = {0, 4, 6, 9, 10}, fills[] = {0x00, 0xff, 0x20, 0x41}; /* of DPC: RP extensions, of PCI Express: a root port with a slot */
	uint8_t config[4096];
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < cap_descs_n; i++) {
		const struct cap_desc *desc = cap_descs[i];
		fprintf(text.to, "\n%s\n", desc->name);
		struct shape last = {0};
		for (unsigned round = 0; round < ARRAY_SIZE(types) * ARRAY_SIZE(fills); round++) {
			unsigned type = types[round % ARRAY_SIZE(types)], fill = fills[round / ARRAY_SIZE(types)];
			memset(config, 0, AT);
			config[0x34] = 0x40; /* a PCI Express capability, with 4 lanes */
			config[0x40] = 0x10;
			config[0x42] = (uint8_t)(2 | type << 4);
			config[0x4c] = 0x40;
			memset(config + AT, (int)fill, sizeof(config) - AT);
			struct shape now = shape_of(desc, config);
			bool first = round % ARRAY_SIZE(types) == 0;
			if (first || !same(now, last))
				fprintf(text.to, "all %02x below port type %u: %u/%u\n", fill, type, now.length, now.fields);
			bool fits = AT + now.length <= sizeof(config);
			for (unsigned at = 0; first && fits && at < 0x20; at++)
				print_byte(&text, desc, config, now, at);
			if (fits) /* as it is where the space ends with it */
				assert_true(same(shape_in(desc, config, AT + now.length), now));
			last = now;
		}
	}
	text_expect(&text, "cap-shapes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_shapes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
