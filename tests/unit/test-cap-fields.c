/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every field of every capability, of instances whose bytes are all different: where a row reads, what it means, how it is printed.
 * oracle.sh holds the rows that lspci knows against lspci; this holds them all where they are.
 */
#include "unit.h"
#include "expect.h"
#include "decode/field.h"

#define AT      0x200
#define REPEATS 3 /* of a row that are printed */

/* The function's other registers say what an instance may ask about: PCI Express port type, header type, vendor. */
static void space(uint8_t config[4096], unsigned round)
{
	static const uint8_t types[] = {0, 4, 5, 6, 9};
	uint32_t seed = 77 + round;
	for (size_t i = 0; i < 4096; i++) {
		seed = seed * 1664525u + 1013904223u;
		config[i] = (uint8_t)(seed >> 24);
	}
	config[0x00] = round == 3 ? 0xf4 : 0x86; /* virtio's vendor, Intel's */
	config[0x01] = round == 3 ? 0x1a : 0x80;
	config[0x0e] = round & 1;
	config[0x34] = 0x40;
	config[0x40] = 0x10;
	config[0x42] = (uint8_t)(2 | types[round] << 4);
}

static void print_fields(struct text *text, const struct cap_desc *desc, const struct bytes *cap)
{
	struct field_iter iter = {0};
	const struct field *field;
	unsigned index;
	char name[96], value[24];
	uint64_t v;
	unsigned n = 0;
	for (; field_next(desc, cap, &iter, &field, &index); n++) {
		if (index >= REPEATS)
			continue;
		field_name(field, index, name, sizeof(name));
		if (field_get(field, cap, index, &v)) {
			fprintf(text->to, "%s: not read\n", name);
			continue;
		}
		field_format(field, v, value, sizeof(value));
		const char *meaning = field_meaning(field, v);
		fprintf(text->to, "%s: %s%s%s\n", name, value, meaning ? " " : "", meaning ? meaning : "");
	}
	fprintf(text->to, "%u fields\n", n);
}

static void test_values(void **state)
{
	(void)state;
	uint8_t config[4096];
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < cap_descs_n; i++) {
		const struct cap_desc *desc = cap_descs[i];
		for (unsigned round = 0; round < 4; round++) {
			space(config, round);
			struct bytes all = bytes_of(config, sizeof(config)), cap = bytes_part(&all, AT, sizeof(config));
			unsigned length = desc->length ? desc->length(&cap) : desc->min_len;
			fprintf(text.to, "\n%s, instance %u: %u bytes, at least %u, in space %d as 0x%x%s\n", desc->name, round, length, desc->min_len,
				(int)desc->space, desc->id, desc->shown ? ", shown" : "");
			cap = bytes_part(&all, AT, length < 0x100 ? length : 0x100);
			print_fields(&text, desc, &cap);
		}
	}
	text_expect(&text, "cap-fields");
}

/* The rows themselves: kinds, attributes, the names of all values. */
static void test_rows(void **state)
{
	(void)state;
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < cap_descs_n; i++) {
		const struct cap_desc *desc = cap_descs[i];
		fprintf(text.to, "\n%s\n", desc->name);
		for (size_t k = 0; k < desc->fields_n; k++) {
			const struct field *f = &desc->fields[k];
			fprintf(text.to, "%s: 0x%02x/%u, bits %u-%u, kind %d, attribute %d\n", f->name, f->reg, f->reg_size, f->lsb, f->lsb + f->width - 1u,
				(int)f->kind, (int)f->attr);
			for (const struct field_value *v = f->values; v && v->name; v++)
				fprintf(text.to, "  %llu %s\n", (unsigned long long)v->value, v->name);
		}
	}
	text_expect(&text, "cap-rows");
}

/* Ids, decoded or not. */
static void test_ids(void **state)
{
	(void)state;
	struct text text;
	text_begin(&text);
	for (int space = CAP_STANDARD; space <= CAP_EXTENDED; space++)
		for (unsigned id = 0; id <= 0x40; id++) {
			const char *name = cap_id_name((enum cap_space)space, (uint16_t)id);
			const struct cap_desc *desc = cap_desc_find((enum cap_space)space, (uint16_t)id);
			if (name || desc)
				fprintf(text.to, "%s 0x%02x %s%s\n", space == CAP_STANDARD ? "standard" : "extended", id, name ? name : "-", desc ? ", decoded" : "");
		}
	text_expect(&text, "cap-ids");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_values), cmocka_unit_test(test_rows), cmocka_unit_test(test_ids)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
