/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of capabilities: what no single row can show to be wrong. */
#include "unit.h"
#include "decode/bar.h"
#include "decode/caps.h"

static void each(void (*test)(const struct cap_desc *desc))
{
	for (size_t i = 0; i < cap_descs_n; i++)
		test(cap_descs[i]);
}

static void describe(const struct cap_desc *desc)
{
	assert_non_null(desc->name);
	assert_true(desc->spec && *desc->spec);
	assert_ptr_equal(cap_desc_find(desc->space, desc->id), desc); /* no second row for the id */
	const char *name = cap_id_name(desc->space, desc->id);
	assert_non_null(name);
	assert_string_equal(name, desc->name);
}

static void rows_are_sound(const struct cap_desc *desc)
{
	for (size_t i = 0; i < desc->fields_n; i++) {
		const struct field *f = &desc->fields[i];
		if (!f->name || !*f->name || !f->spec || !*f->spec)
			fail_msg("%s row %zu: no name or no section", desc->name, i);
		if (f->reg_size != 1 && f->reg_size != 2 && f->reg_size != 4 && f->reg_size != 8)
			fail_msg("%s %s: register of %u bytes", desc->name, f->name, f->reg_size);
		if (!f->width || f->lsb + f->width > 8 * f->reg_size)
			fail_msg("%s %s: bits outside of the register", desc->name, f->name);
		if (f->kind == FIELD_FLAG && f->width != 1)
			fail_msg("%s %s: a flag of %u bits", desc->name, f->name, f->width);
		if ((f->kind == FIELD_ENUM) != (f->values != NULL) && f->kind == FIELD_ENUM)
			fail_msg("%s %s: an enumeration without values", desc->name, f->name);
		if (!f->when && !f->count && !f->place && f->reg + f->reg_size > desc->min_len)
			fail_msg("%s %s: beyond %u bytes", desc->name, f->name, desc->min_len);
		if (f->count && !strchr(f->name, '#'))
			fail_msg("%s %s: repeated under one name", desc->name, f->name);
		if (f->count && !f->stride && !f->place)
			fail_msg("%s %s: repetitions at one place", desc->name, f->name);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(f->name, desc->fields[j].name))
				fail_msg("%s: two rows %s", desc->name, f->name);
		for (const struct field_value *v = f->values; v && v->name; v++)
			if (f->width < 64 && v->value >> f->width)
				fail_msg("%s %s: value %llu does not fit", desc->name, f->name, (unsigned long long)v->value);
	}
}

/* Bits that two rows claim are a mistake, unless only one of them can be there. */
static void rows_do_not_overlap(const struct cap_desc *desc)
{
	for (size_t i = 0; i < desc->fields_n; i++) {
		for (size_t j = 0; j < i; j++) {
			const struct field *a = &desc->fields[i], *b = &desc->fields[j];
			unsigned from_a = a->reg * 8u + a->lsb, from_b = b->reg * 8u + b->lsb;
			if (a->when != b->when || a->count != b->count || a->place != b->place)
				continue;
			if (from_a < from_b + b->width && from_b < from_a + a->width &&
			    !(strstr(a->name, "Migration State") && strstr(b->name, "Migration State")))
				fail_msg("%s: %s and %s share bits", desc->name, a->name, b->name);
		}
	}
}

/*
 * Configuration space with a header, a PCI Express capability and random bytes behind, in which the capability under test lies at 200h;
 * the registers that decide which rows are there take all their values soon.
 */
static uint8_t config[4096];
static uint32_t seed;

static struct bytes random_instance(unsigned round)
{
	static const uint8_t types[] = {0, 1, 4, 5, 6, 7, 8, 9, 10};
	for (size_t i = 0; i < sizeof(config); i++) {
		seed = seed * 1103515245u + 12345u;
		config[i] = (uint8_t)(seed >> 16);
	}
	config[0x00] = 0xf4; /* virtio's vendor */
	config[0x01] = 0x1a;
	config[0x0e] = round & 1;
	config[0x34] = 0x40;
	config[0x40] = 0x10;
	config[0x42] = (uint8_t)(2 | types[round % sizeof(types)] << 4);
	if (round % 8 == 3) { /* an Intel DVSEC of id 5; a virtio notification capability */
		static const uint8_t words[] = {0x23, 0, 0x14, 0x02, 0x86, 0x80, 0x81, 0x01, 0x05, 0};
		memcpy(config + 0x200, words, sizeof(words));
	}
	if (round % 8 == 4) {
		config[0x202] = 20;
		config[0x203] = 2;
	}
	struct bytes all = bytes_of(config, sizeof(config));
	return bytes_part(&all, 0x200, sizeof(config));
}

static void rows_are_reached(const struct cap_desc *desc)
{
	bool *seen = calloc(desc->fields_n + 1, sizeof(*seen));
	assert_non_null(seen);
	seed = 1;
	for (unsigned round = 0; round < 300; round++) {
		struct bytes cap = random_instance(round);
		struct field_iter iter = {0};
		const struct field *field;
		unsigned index, n = 0;
		while (field_next(desc, &cap, &iter, &field, &index)) {
			seen[field - desc->fields] = true;
			assert_true(++n < 20000);
		}
		assert_false(field_next(desc, &cap, &iter, &field, &index)); /* an ended walk stays ended */
	}
	for (size_t i = 0; i < desc->fields_n; i++)
		if (!seen[i])
			fail_msg("%s: no instance has %s", desc->name, desc->fields[i].name);
	free(seen);
}

/* Rows of an instance lie inside of the length that it says it has. */
static void rows_lie_inside(const struct cap_desc *desc)
{
	seed = 7;
	for (unsigned round = 0; round < 300; round++) {
		struct bytes cap = random_instance(round);
		unsigned length = desc->length ? desc->length(&cap) : desc->min_len;
		assert_true(length >= desc->min_len);
		struct field_iter iter = {0};
		const struct field *f;
		unsigned index;
		while (field_next(desc, &cap, &iter, &f, &index)) {
			unsigned at = f->reg + (f->place ? f->place(&cap, index) : f->stride * index);
			if (at + f->reg_size > length)
				fail_msg("%s: %s %u ends at %u of %u", desc->name, f->name, index, at + f->reg_size, length);
		}
	}
}

/* Cut at every length, in memory of exactly that length: a row is read or not known, nothing else is touched. */
static void cut_everywhere(const struct cap_desc *desc)
{
	for (size_t len = 0; len <= 160; len++) {
		uint8_t *raw = malloc(len ? len : 1);
		assert_non_null(raw);
		memset(raw, 0x77, len);
		struct bytes cap = bytes_of(raw, len);
		struct field_iter iter = {0};
		const struct field *f;
		unsigned index;
		while (field_next(desc, &cap, &iter, &f, &index)) {
			uint64_t value;
			int err = field_get(f, &cap, index, &value);
			assert_true(err == 0 || err == -ENODATA);
		}
		if (desc->length)
			assert_true(desc->length(&cap) >= desc->min_len);
		free(raw);
	}
}

static void test_descriptions(void **state) { (void)state; each(describe); }
static void test_rows(void **state) { (void)state; each(rows_are_sound); }
static void test_overlap(void **state) { (void)state; each(rows_do_not_overlap); }
static void test_reach(void **state) { (void)state; each(rows_are_reached); }
static void test_inside(void **state) { (void)state; each(rows_lie_inside); }
static void test_cut(void **state) { (void)state; each(cut_everywhere); }

/* The names that users' scripts read. */
static void test_names(void **state)
{
	(void)state;
	static const char *const sriov[] = {"VF Migration Capable", "ARI Capable Hierarchy Preserved", "VF 10-Bit Tag Requester Supported",
		"VF Migration Interrupt Message Number", "VF Enable", "VF Migration Enable", "VF Migration Interrupt Enable", "VF MSE",
		"ARI Capable Hierarchy", "VF 10-Bit Tag Requester Enable", "VF Migration Status", "InitialVFs", "TotalVFs", "NumVFs",
		"Function Dependency Link", "First VF Offset", "VF Stride", "VF Device ID", "Supported Page Sizes", "System Page Size", "VF BAR0",
		"VF BAR1", "VF BAR2", "VF BAR3", "VF BAR4", "VF BAR5", "VF Migration State Array Offset"};
	static const char *const ari[] = {"MFVC Function Groups Capability", "ACS Function Groups Capability", "Next Function Number",
		"MFVC Function Groups Enable", "ACS Function Groups Enable", "Function Group"};
	static const char *const acs[] = {"ACS Source Validation", "ACS Translation Blocking", "ACS P2P Request Redirect",
		"ACS P2P Completion Redirect", "ACS Upstream Forwarding", "ACS P2P Egress Control", "ACS Direct Translated P2P"};
	static const char *const exp[] = {"ARI Forwarding Supported", "ARI Forwarding Enable", "Function Level Reset Capability", "Device/Port Type"};
	for (size_t i = 0; i < ARRAY_SIZE(sriov); i++)
		assert_non_null(field_find(&cap_sriov, sriov[i]));
	for (size_t i = 0; i < ARRAY_SIZE(ari); i++)
		assert_non_null(field_find(&cap_ari, ari[i]));
	for (size_t i = 0; i < ARRAY_SIZE(acs); i++) {
		char enable[64];
		snprintf(enable, sizeof(enable), "%s Enable", acs[i]);
		assert_non_null(field_find(&cap_acs, acs[i]));
		assert_non_null(field_find(&cap_acs, enable));
	}
	for (size_t i = 0; i < ARRAY_SIZE(exp); i++)
		assert_non_null(field_find(&cap_exp, exp[i]));
	assert_null(field_find(&cap_exp, "No such field"));
	assert_string_equal(cap_sriov.name, "SR-IOV");
	assert_string_equal(cap_id_name(CAP_EXTENDED, 0x02), "Virtual Channel");
	assert_null(cap_id_name(CAP_EXTENDED, 0x7777));
	assert_null(cap_id_name(CAP_HEADER, 0x09)); /* of a header the id is its type */
	assert_string_equal(cap_id_name(CAP_HEADER, 1), "Type 1 Configuration Header");
}

static void test_values(void **state)
{
	(void)state;
	static const uint8_t raw[0x40] = {[0] = 0x10, [2] = 0x01, [0x04] = 0x02, [0x08] = 0x19, [0x0c] = 8, [0x0e] = 8, [0x10] = 7, [0x14] = 0x80,
		[0x15] = 0x01, [0x16] = 2, [0x1a] = 0xca, [0x1b] = 0x10, [0x1c] = 0x53, [0x1d] = 0x05, [0x24] = 0x0c, [0x27] = 0xfe};
	struct bytes cap = bytes_of(raw, sizeof(raw));
	static const struct {
		const char *name, *text;
	} want[] = {
		{"VF Migration Capable", "0"}, {"ARI Capable Hierarchy Preserved", "1"}, {"VF Enable", "1"}, {"VF MSE", "1"},
		{"ARI Capable Hierarchy", "1"}, {"VF Migration Enable", "0"}, {"TotalVFs", "8"}, {"NumVFs", "7"}, {"First VF Offset", "384"},
		{"VF Stride", "2"}, {"VF Device ID", "0x10ca"}, {"Supported Page Sizes", "0x00000553"}, {"VF BAR0", "0xfe00000c"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		const struct field *f = field_find(&cap_sriov, want[i].name);
		char text[24];
		uint64_t v;
		assert_non_null(f);
		assert_int_equal(field_get(f, &cap, 0, &v), 0);
		assert_int_equal(field_format(f, v, text, sizeof(text)), strlen(want[i].text));
		assert_string_equal(text, want[i].text);
	}
}

static void test_unread(void **state)
{
	(void)state;
	uint8_t raw[8] = {0x0e, 0, 0x01, 0, 0, 3, 0, 0}, mask[8] = {0xff, 0xff, 0xff, 0xff, 0x01, 0, 0, 0};
	struct bytes cap = {raw, mask, sizeof(raw)};
	uint64_t v = 99;
	assert_int_equal(field_get(field_find(&cap_ari, "MFVC Function Groups Capability"), &cap, 0, &v), 0);
	assert_int_equal(v, 0);
	v = 99;
	assert_int_equal(field_get(field_find(&cap_ari, "Next Function Number"), &cap, 0, &v), -ENODATA);
	assert_int_equal(field_get(field_find(&cap_ari, "ACS Function Groups Capability"), &cap, 0, &v), -ENODATA);
	assert_int_equal(v, 99);
}

static unsigned once(const struct bytes *cap)
{
	(void)cap;
	return 1;
}

static void test_text(void **state)
{
	(void)state;
	const struct field wide = {.name = "Entry # Size", .width = 64, .kind = FIELD_HEX, .count = once}, plain = {.name = "N", .width = 64, .kind = FIELD_UINT};
	char buf[24];
	assert_int_equal(field_format(&wide, UINT64_MAX, buf, sizeof(buf)), 18);
	assert_string_equal(buf, "0xffffffffffffffff");
	assert_int_equal(field_format(&plain, UINT64_MAX, buf, sizeof(buf)), 20);
	assert_string_equal(buf, "18446744073709551615");
	field_name(&wide, 255, buf, sizeof(buf));
	assert_string_equal(buf, "Entry 255 Size");
	for (size_t size = 0; size < 14; size++) { /* short buffers are cut, never overrun */
		char *small = malloc(size ? size : 1);
		assert_non_null(small);
		assert_true(field_name(&wide, 255, small, size) <= size);
		assert_true(field_format(&wide, UINT64_MAX, small, size) <= size);
		free(small);
	}
	field_name(field_find(&header_type0, "SERR# Enable"), 0, buf, sizeof(buf));
	assert_string_equal(buf, "SERR# Enable");
	assert_string_equal(field_meaning(field_find(&cap_exp, "Device/Port Type"), 4), "Root Port");
	assert_null(field_meaning(field_find(&cap_exp, "Device/Port Type"), 15));
}

/* PCI Express by generation and port type: version 1 of an endpoint ends behind its link, an integrated endpoint has no link. */
static void test_express(void **state)
{
	(void)state;
	static const struct {
		uint16_t caps;
		unsigned length;
		bool link, slot, root, dev2, slot2;
	} want[] = {
		{0x0001, 0x14, true, false, false, false, false},
		{0x0141, 0x24, true, true, true, false, false},
		{0x0161, 0x1c, true, true, false, false, false},
		{0x0091, 0x0c, false, false, false, false, false},
		{0x0002, 0x3c, true, false, false, true, false},
		{0x0142, 0x3c, true, true, true, true, true},
		{0x0092, 0x3c, false, false, false, true, false},
		{0x00a2, 0x3c, false, false, true, true, false},
	};
	static const char *const names[] = {"Max Link Speed", "Physical Slot Number", "PME Pending", "ARI Forwarding Enable",
		"In-Band PD Disable Supported"};
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		uint8_t raw[0x3c] = {0x10, 0, (uint8_t)want[i].caps, (uint8_t)(want[i].caps >> 8)};
		struct bytes cap = bytes_of(raw, sizeof(raw));
		bool have[5] = {false}, wants[5] = {want[i].link, want[i].slot, want[i].root, want[i].dev2, want[i].slot2};
		struct field_iter iter = {0};
		const struct field *f;
		unsigned index;
		assert_int_equal(cap_exp.length(&cap), want[i].length);
		while (field_next(&cap_exp, &cap, &iter, &f, &index))
			for (size_t n = 0; n < 5; n++)
				have[n] |= !strcmp(f->name, names[n]);
		assert_memory_equal(have, wants, sizeof(have));
	}
}

/* The text of a named row of an instance; NULL where it is not there. */
static const char *text_of(const struct cap_desc *desc, const struct bytes *cap, const char *want)
{
	static char text[24];
	struct field_iter iter = {0};
	const struct field *f;
	unsigned index;
	while (field_next(desc, cap, &iter, &f, &index)) {
		char name[96];
		uint64_t v;
		field_name(f, index, name, sizeof(name));
		if (strcmp(name, want))
			continue;
		if (field_get(f, cap, index, &v))
			return NULL;
		field_format(f, v, text, sizeof(text));
		return text;
	}
	return NULL;
}

/* Behind a 64-bit address MSI's data, mask and pending bits lie 4 bytes further. */
static void test_msi(void **state)
{
	(void)state;
	uint8_t raw[0x18] = {0x05, 0, 0x80, 0x01, [0x04] = 0, 0, 0xe0, 0xfe, [0x08] = 1, [0x0c] = 0x21, 0x40, [0x10] = 3, [0x14] = 2};
	struct bytes cap = bytes_of(raw, sizeof(raw));
	assert_int_equal(cap_msi.length(&cap), 0x18);
	assert_string_equal(text_of(&cap_msi, &cap, "Message Address"), "0xfee00000");
	assert_string_equal(text_of(&cap_msi, &cap, "Message Upper Address"), "0x00000001");
	assert_string_equal(text_of(&cap_msi, &cap, "Message Data"), "0x4021");
	assert_string_equal(text_of(&cap_msi, &cap, "Mask Bits"), "0x00000003");
	assert_string_equal(text_of(&cap_msi, &cap, "Pending Bits"), "0x00000002");
	raw[2] = 0;
	raw[3] = 0;
	raw[8] = 0x55;
	raw[9] = 0;
	assert_int_equal(cap_msi.length(&cap), 0x0a);
	assert_null(text_of(&cap_msi, &cap, "Message Upper Address"));
	assert_null(text_of(&cap_msi, &cap, "Mask Bits"));
	assert_string_equal(text_of(&cap_msi, &cap, "Message Data"), "0x0055");
}

/* Offsets are given in bytes: the low bits that the register uses for something else are zero. */
static void test_offsets(void **state)
{
	(void)state;
	static const uint8_t raw[12] = {0x11, 0, 0x09, 0x80, 0x03, 0, 0, 0, 0x03, 0x20, 0, 0};
	struct bytes cap = bytes_of(raw, sizeof(raw));
	assert_string_equal(text_of(&cap_msix, &cap, "Table Size"), "9");
	assert_string_equal(text_of(&cap_msix, &cap, "Table BIR"), "3");
	assert_string_equal(text_of(&cap_msix, &cap, "PBA Offset"), "0x00002000");
}

/* Entries of Enhanced Allocation have 32 or 64-bit numbers, each on its own; an entry too short for them has none. */
static void test_enhanced(void **state)
{
	(void)state;
	uint8_t space[0x80] = {[0x0e] = 0, [0x40] = 0x14, 0, 3, 0,
		[0x44] = 0x02, 0x00, 0xff, 0x80, 0x00, 0x00, 0x00, 0xf8, 0xfc, 0xff, 0x0f, 0x00,
		[0x50] = 0x94, 0x04, 0xff, 0x80, 0x02, 0x00, 0x00, 0xf8, 0xfe, 0xff, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,
		[0x64] = 0x00};
	struct bytes all = bytes_of(space, sizeof(space)), cap = bytes_part(&all, 0x40, 0x40);
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 0 Base"), "0xf8000000");
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 0 MaxOffset"), "0x000ffffc");
	assert_null(text_of(&cap_ea, &cap, "Entry 0 Base Upper"));
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 1 BAR Equivalent Indicator"), "9");
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 1 Primary Properties"), "4");
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 1 Base Upper"), "0x00000001");
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 1 MaxOffset Upper"), "0x00000002");
	assert_string_equal(text_of(&cap_ea, &cap, "Entry 2 Entry Size"), "0");
	assert_null(text_of(&cap_ea, &cap, "Entry 2 Base"));
	assert_null(text_of(&cap_ea, &cap, "Fixed Secondary Bus Number"));
	assert_int_equal(cap_ea.length(&cap), 0x28);
	space[0x0e] = 1; /* a bridge: bus numbers first */
	assert_string_equal(text_of(&cap_ea, &cap, "Fixed Secondary Bus Number"), "2");
}

/* Rows repeated together are those with the same count and the same places; what repeats too often is cut. */
static unsigned thrice(const struct bytes *cap)
{
	(void)cap;
	return 3;
}

static unsigned often(const struct bytes *cap)
{
	(void)cap;
	return 1000;
}

static unsigned behind(const struct bytes *cap, unsigned index)
{
	(void)cap;
	return 2 * index;
}

static void test_repeats(void **state)
{
	(void)state;
	static const struct field rows[] = {
		{.name = "A#", .width = 8, .reg_size = 1, .count = thrice, .stride = 2}, {.name = "B#", .width = 8, .reg_size = 1, .count = thrice, .stride = 2},
		{.name = "C#", .width = 8, .reg_size = 1, .count = thrice, .stride = 4}, {.name = "D#", .width = 8, .reg_size = 1, .count = thrice, .place = behind},
		{.name = "E", .width = 8, .reg_size = 1}, {.name = "F#", .width = 8, .reg_size = 1, .count = often, .stride = 1},
	};
	static const struct cap_desc desc = {.name = "all", .fields = rows, .fields_n = ARRAY_SIZE(rows)};
	struct bytes cap = bytes_of("", 0);
	struct field_iter iter = {0};
	const struct field *f;
	unsigned index, n = 0;
	char names[256] = "";
	while (field_next(&desc, &cap, &iter, &f, &index)) {
		size_t len = strlen(names);
		if (f < &rows[5])
			(void)field_name(f, index, names + len, sizeof(names) - len);
		else
			assert_int_equal(index, n++);
	}
	assert_string_equal(names, "A0B0A1B1A2B2C0C1C2D0D1D2E");
	assert_int_equal(n, 256);
}

/* What is asked of an entry that is not there is not known. */
static void test_beyond(void **state)
{
	(void)state;
	static const uint8_t raw[0x40] = {0x30, 0, 1, 0, [0x04] = 0x02, 0, 1, 0, [0x0c] = 1}; /* IDE: two selective streams, the first with an association */
	struct bytes cap = bytes_of(raw, sizeof(raw));
	const struct field *f = field_find(&cap_ide, "Address Association # Memory Base Upper");
	uint64_t v;
	assert_int_equal(field_get(f, &cap, 0, &v), 0);
	assert_int_equal(field_get(f, &cap, 1, &v), -ENODATA);
	assert_int_equal(field_get(f, &cap, 9999, &v), -ENODATA);
}

/* What vendors define is decoded where it is long enough for it. */
static void test_vendor(void **state)
{
	(void)state;
	static const struct {
		uint8_t len, type;
		bool virtio, notify;
	} rows[] = {{15, 2, false, false}, {16, 2, true, false}, {19, 2, true, false}, {20, 2, true, true}, {20, 1, true, false}};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint8_t space[0x80] = {0xf4, 0x1a, [0x40] = 0x09, 0, rows[i].len, rows[i].type};
		struct bytes all = bytes_of(space, sizeof(space)), cap = bytes_part(&all, 0x40, 0x40);
		bool virtio = false, notify = false;
		struct field_iter iter = {0};
		const struct field *f;
		unsigned index;
		while (field_next(&cap_vendor, &cap, &iter, &f, &index)) {
			virtio |= f->reg == 4;
			notify |= f->reg == 16;
		}
		if (virtio != rows[i].virtio || notify != rows[i].notify)
			fail_msg("row %zu: virtio %d, notification %d", i, virtio, notify);
	}
	static const struct {
		uint16_t vendor, id;
		unsigned len;
		bool siov;
	} dvsecs[] = {{0x8086, 5, 0x18, true}, {0x8086, 5, 0x17, false}, {0x8086, 6, 0x18, false}, {0x1af4, 5, 0x18, false}};
	for (size_t i = 0; i < ARRAY_SIZE(dvsecs); i++) {
		const uint32_t head = dvsecs[i].vendor | dvsecs[i].len << 20;
		uint8_t raw[0x18] = {0x23, 0, 1, 0, (uint8_t)head, (uint8_t)(head >> 8), (uint8_t)(head >> 16), (uint8_t)(head >> 24), (uint8_t)dvsecs[i].id};
		struct bytes cap = bytes_of(raw, sizeof(raw));
		unsigned reach = 0, index;
		struct field_iter iter = {0};
		const struct field *f;
		while (field_next(&cap_dvsec, &cap, &iter, &f, &index))
			reach = f->reg > reach ? f->reg : reach;
		if ((reach > 0x08) != dvsecs[i].siov)
			fail_msg("DVSEC %zu: fields up to 0x%x", i, reach);
	}
}

/* How long an instance is, by the registers that tell it: at their limits. */
static void test_lengths(void **state)
{
	(void)state;
	static const struct {
		const struct cap_desc *desc;
		uint8_t bytes[12];
		unsigned length;
	} rows[] = {
		{&cap_acs, {0x0d, 0, 1, 0, 0x00, 0x08}, 8}, {&cap_acs, {0x0d, 0, 1, 0, 0x20, 0x01}, 12}, {&cap_acs, {0x0d, 0, 1, 0, 0x20, 0x20}, 12},
		{&cap_acs, {0x0d, 0, 1, 0, 0x20, 0x21}, 16}, {&cap_acs, {0x0d, 0, 1, 0, 0x20, 0xff}, 40}, {&cap_acs, {0x0d, 0, 1, 0, 0x20, 0x00}, 40},
		{&cap_tph, {0x17, 0, 1, 0, 0, 0, 9, 0}, 0x0c}, {&cap_tph, {0x17, 0, 1, 0, 0, 2, 0, 0}, 0x10}, {&cap_tph, {0x17, 0, 1, 0, 0, 2, 1, 0}, 0x10},
		{&cap_tph, {0x17, 0, 1, 0, 0, 2, 2, 0}, 0x14}, {&cap_tph, {0x17, 0, 1, 0, 0, 2, 63, 0}, 0x8c}, {&cap_tph, {0x17, 0, 1, 0, 0, 2, 64, 0}, 0x8c},
		{&cap_tph, {0x17, 0, 1, 0, 0, 4, 63, 0}, 0x0c},
		{&cap_dvsec, {0x23, 0, 1, 0, 0, 0, 0x90, 0x00}, 0x0a}, {&cap_dvsec, {0x23, 0, 1, 0, 0, 0, 0xa0, 0x00}, 0x0a},
		{&cap_dvsec, {0x23, 0, 1, 0, 0, 0, 0xb0, 0x00}, 0x0b}, {&cap_vsec, {0x0b, 0, 1, 0, 0, 0, 0x70, 0x00}, 8}, {&cap_vsec, {0x0b, 0, 1, 0, 0, 0, 0x90, 0x00}, 9},
		{&cap_vendor, {0x09, 0, 2}, 3}, {&cap_vendor, {0x09, 0, 4}, 4}, {&cap_ea, {0x14, 0, 0}, 4}, {&cap_ea, {0x14, 0, 1, 0, 2}, 16},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint8_t space[0x100] = {0};
		memcpy(space + 0x40, rows[i].bytes, sizeof(rows[i].bytes));
		struct bytes all = bytes_of(space, sizeof(space)), cap = bytes_part(&all, 0x40, 0xc0);
		if (rows[i].desc->length(&cap) != rows[i].length)
			fail_msg("row %zu, %s: %u bytes", i, rows[i].desc->name, rows[i].desc->length(&cap));
	}
}

/* No part of a space reaches out of it, wherever it is said to begin. */
static void test_parts(void **state)
{
	(void)state;
	static const uint8_t raw[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
	static const struct {
		size_t offset, len, has;
		uint8_t first;
	} rows[] = {
		{0, 4, 4, 5}, {11, 4, 1, 16}, {12, 4, 0, 0}, {SIZE_MAX, 4, 0, 0}, {SIZE_MAX - 3, 4, 0, 0}, {2, SIZE_MAX, 10, 7}, {2, SIZE_MAX - 6, 10, 7}, {2, 0, 0, 0},
	};
	struct bytes all = bytes_of(raw, sizeof(raw)), from = bytes_part(&all, 4, 12);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct bytes part = bytes_part(&from, rows[i].offset, rows[i].len);
		uint8_t first = 0;
		bool there = !bytes_u8(&part, 0, &first);
		if (bytes_len(&part) != rows[i].has || there != (rows[i].has > 0) || first != rows[i].first)
			fail_msg("row %zu: %zu bytes, the first %u", i, bytes_len(&part), first);
	}
}

/* Lanes come from the link of the same function. */
static void test_lanes(void **state)
{
	(void)state;
	uint8_t space[0x180] = {[0x34] = 0x40, [0x40] = 0x10, 0, 0x02, 0, [0x4c] = 0x43, 0, 0, 0, [0x100] = 0x19, 0, 1, 0, [0x10c] = 0x55, 0x66};
	struct bytes all = bytes_of(space, sizeof(space)), cap = bytes_part(&all, 0x100, 0x80);
	assert_int_equal(cap_secondary.length(&cap), 0x14);
	assert_string_equal(text_of(&cap_secondary, &cap, "Lane 0 Upstream Port 8.0 GT/s Transmitter Preset"), "6");
	assert_non_null(text_of(&cap_secondary, &cap, "Lane 3 Upstream Port 8.0 GT/s Transmitter Preset"));
	assert_null(text_of(&cap_secondary, &cap, "Lane 4 Upstream Port 8.0 GT/s Transmitter Preset"));
	for (unsigned type = 0; type < 16; type++) { /* an integrated endpoint and an event collector have none */
		space[0x42] = (uint8_t)(type << 4 | 2);
		const char *lane = text_of(&cap_secondary, &cap, "Lane 0 Upstream Port 8.0 GT/s Transmitter Preset");
		if ((lane == NULL) != (type == 9 || type == 10))
			fail_msg("type %u: %s", type, lane ? lane : "no lanes");
	}
	uint8_t known[sizeof(space)]; /* a link that was not read has no width */
	memset(known, 0xff, sizeof(known));
	known[0x4c] = 0;
	all.known = known;
	cap = bytes_part(&all, 0x100, 0x80);
	assert_int_equal(cap_secondary.length(&cap), 0x0c);
	assert_null(text_of(&cap_secondary, &cap, "Lane 0 Upstream Port 8.0 GT/s Transmitter Preset"));
}

static void test_bars(void **state)
{
	(void)state;
	struct bar bars[BARS_MAX];
	uint8_t raw[28] = {0x0c, 0, 0, 0xfe, 1, 0, 0, 0, 0x00, 0, 0, 0, 0x01, 0xe0, 0, 0, 0x02, 0, 0, 0xf0, 0x04, 0, 0, 0xe0, 0xaa, 0xbb, 0xcc, 0xdd};
	struct bytes regs = bytes_of(raw, sizeof(raw));
	bars_decode(&regs, 6, bars);
	assert_true(bars[0].implemented && bars[0].is_64 && bars[0].prefetchable && !bars[0].no_upper);
	assert_true(bars[0].address == 0x1fe000000);
	assert_true(bars[1].upper && !bars[1].implemented);
	assert_true(bars[2].known && !bars[2].implemented);
	assert_true(bars[3].io && bars[3].address == 0xe000);
	assert_true(bars[4].reserved_type && !bars[4].is_64);
	assert_true(bars[5].is_64 && bars[5].no_upper && bars[5].address == 0xe0000000); /* not ddccbbaa'e0000000 */
	struct bytes cut = bytes_part(&regs, 0, 4);
	bars_decode(&cut, 6, bars);
	assert_true(bars[0].known && bars[0].upper_unread && bars[0].address == 0xfe000000);
	assert_true(!bars[1].known && bars[1].upper && !bars[2].known && !bars[5].implemented);
	bars_decode(&regs, 2, bars); /* a bridge has two */
	assert_true(bars[0].is_64 && bars[1].upper && !bars[3].known);
	bars_decode(&regs, 1, bars); /* of one alone the upper half is no part */
	assert_true(bars[0].is_64 && bars[0].no_upper && bars[0].address == 0xfe000000 && !bars[1].upper && !bars[1].known && !bars[1].raw);
}

/* Of a space that is stored up to its last byte that is not zero, what lies behind reads as 0, and what is behind its end does not read. */
static void test_stored(void **state)
{
	(void)state;
	uint8_t *exact = malloc(3);
	assert_non_null(exact);
	memcpy(exact, "\x11\x22\x33", 3);
	const struct bytes space = {.p = exact, .len = 8, .stored = 3};
	const struct bytes part = bytes_part(&space, 2, 6);
	uint64_t v;
	uint32_t word;
	uint16_t half;
	assert_int_equal(bytes_u32(&space, 0, &word), 0);
	assert_int_equal(word, 0x00332211);
	assert_int_equal(bytes_u16(&space, 1, &half), 0);
	assert_int_equal(half, 0x3322);
	assert_int_equal(bytes_u64(&space, 0, &v), 0);
	assert_int_equal(v, 0x332211);
	assert_int_equal(bytes_u32(&space, 4, &word), 0);
	assert_int_equal(word, 0);
	assert_int_equal(bytes_u32(&part, 0, &word), 0);
	assert_int_equal(word, 0x33);
	assert_int_equal(bytes_u32(&space, 5, &word), -ENODATA);
	free(exact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_descriptions), cmocka_unit_test(test_rows), cmocka_unit_test(test_overlap), cmocka_unit_test(test_reach),
		cmocka_unit_test(test_inside), cmocka_unit_test(test_cut), cmocka_unit_test(test_names), cmocka_unit_test(test_values),
		cmocka_unit_test(test_unread), cmocka_unit_test(test_text), cmocka_unit_test(test_express),
		cmocka_unit_test(test_msi), cmocka_unit_test(test_offsets), cmocka_unit_test(test_enhanced), cmocka_unit_test(test_lanes),
		cmocka_unit_test(test_bars), cmocka_unit_test(test_repeats), cmocka_unit_test(test_beyond), cmocka_unit_test(test_vendor),
		cmocka_unit_test(test_parts), cmocka_unit_test(test_lengths),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
