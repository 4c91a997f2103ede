/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each byte of an ACPI table says: one table of each kind, and for every byte what is decoded otherwise, or found wrong, where it is
 * another one (its lowest bit, all of its bits). Held in expect/acpi-bytes.
 */
#include "unit.h"
#include "acpi-tables.h"
#include "expect.h"

typedef unsigned long long ull;

static void print_dmar(FILE *to, const struct acpi_dmar *dmar)
{
	if (dmar->have_flags)
		fprintf(to, "width %u flags 0x%x\n", dmar->width, dmar->flags);
	for (size_t i = 0; i < dmar->n; i++) {
		const struct dmar_entry *e = &dmar->entries[i];
		fprintf(to, "0x%x type %u flags 0x%x segment 0x%x base 0x%llx end 0x%llx number %u %s\n", e->offset, e->type, e->flags, e->segment, (ull)e->base,
			(ull)e->end, e->number, e->name ? e->name : "");
		for (size_t k = 0; k < e->scopes_n; k++) {
			const struct acpi_scope *s = &e->scopes[k];
			fprintf(to, "0x%x scope type %u id %u bus 0x%x:", s->offset, s->type, s->id, s->bus);
			for (unsigned h = 0; h < s->hops_n; h++)
				fprintf(to, " %02x.%u", s->hops[h].device, s->hops[h].function);
			fputc('\n', to);
		}
	}
}

static void print_ivrs(FILE *to, const struct acpi_ivrs *ivrs)
{
	fprintf(to, "info 0x%x\n", ivrs->info);
	for (size_t i = 0; i < ivrs->ivhd_n; i++) {
		const struct ivrs_ivhd *v = &ivrs->ivhd[i];
		fprintf(to, "0x%x IVHD 0x%x flags 0x%x segment 0x%x of 0x%x base 0x%llx features 0x%llx\n", v->offset, v->type, v->flags, v->segment, v->rid, (ull)v->base,
			(ull)v->features);
		for (size_t k = 0; k < v->n; k++) {
			const struct ivrs_device *d = &v->devices[k];
			fprintf(to, "0x%x kind %u type %u 0x%x-0x%x as 0x%x%s%s setting 0x%x\n", d->offset, d->kind, d->type, d->first, d->last, d->alias,
				d->has_alias ? " alias" : "", d->ats_disabled ? " no ATS" : "", d->setting);
		}
	}
	for (size_t i = 0; i < ivrs->ivmd_n; i++) {
		const struct ivrs_ivmd *v = &ivrs->ivmd[i];
		fprintf(to, "0x%x IVMD 0x%x flags 0x%x segment 0x%x 0x%x-0x%x base 0x%llx end 0x%llx\n", v->offset, v->type, v->flags, v->segment, v->first, v->last,
			(ull)v->base, (ull)v->end);
	}
}

static void print_iort(FILE *to, const struct acpi_iort *iort)
{
	for (size_t i = 0; i < iort->n; i++) {
		const struct iort_node *n = &iort->nodes[i];
		fprintf(to, "0x%x node %u type %u revision %u segment 0x%x ats 0x%x base 0x%llx flags 0x%x\n", n->offset, n->id, n->type, n->revision, n->segment, n->ats,
			(ull)n->base, n->flags);
		for (size_t k = 0; k < n->maps_n; k++)
			fprintf(to, "0x%x maps 0x%x-0x%x to 0x%x of 0x%x%s\n", n->offset, n->maps[k].first, n->maps[k].last, n->maps[k].output, n->maps[k].node,
				n->maps[k].single ? " alone" : "");
		for (size_t k = 0; k < n->ranges_n; k++)
			fprintf(to, "0x%x range 0x%llx-0x%llx\n", n->offset, (ull)n->ranges[k].base, (ull)n->ranges[k].end);
	}
}

static void print_rest(FILE *to, const struct acpi *acpi)
{
	for (size_t i = 0; i < acpi->viot.n; i++) {
		const struct viot_node *n = &acpi->viot.nodes[i];
		fprintf(to, "0x%x type %u segments 0x%x-0x%x ids 0x%x-0x%x endpoint 0x%x base 0x%llx output 0x%x\n", n->offset, n->type, n->segment, n->segment_last,
			n->first, n->last, n->endpoint, (ull)n->base, n->output);
	}
	for (size_t i = 0; i < acpi->mcfg.n; i++) {
		const struct mcfg_entry *e = &acpi->mcfg.entries[i];
		uint64_t start = 0, end = 0;
		bool fits = acpi_ecam_range(e, &start, &end);
		fprintf(to, "0x%x base 0x%llx segment 0x%x buses 0x%x-0x%x: 0x%llx-0x%llx%s\n", e->offset, (ull)e->base, e->segment, e->first, e->last, (ull)start, (ull)end,
			fits ? "" : " overflows");
	}
	if (acpi->fadt.have_boot_flags)
		fprintf(to, "boot flags 0x%x flags 0x%x\n", acpi->fadt.boot_flags, acpi->fadt.flags);
}

/* length: of the only entry, which a problem may give as its value; 0: there are several */
static char *describe(enum acpi_table id, const struct table *t, unsigned length)
{
	struct arena arena = {.limit = 1 << 20};
	struct acpi acpi = {.problems = NULL};
	char *text;
	size_t size;
	assert_int_equal(acpi_decode(&acpi, &arena, id, bytes_of(t->b, t->n)), 0);
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	const struct acpi_header *h = &acpi.header[id];
	fprintf(to, "%s%s%s, %u bytes, revision %u, by %s %s\n", h->there ? "there" : "not there", h->complete ? ", whole" : "", h->checksum_ok ? ", sum 0" : "",
		h->length, h->revision, h->oem_id, h->oem_table);
	for (size_t i = 0; i < acpi.problems_n; i++) {
		const struct acpi_problem *p = &acpi.problems[i];
		fprintf(to, "%s at 0x%x: %s: ", p->grave ? "wrong" : "odd", p->offset, acpi_problem_text(p->kind));
		fprintf(to, length && p->value == length ? "its length\n" : "0x%llx\n", (ull)p->value);
	}
	print_dmar(to, &acpi.dmar);
	if (id == ACPI_IVRS)
		print_ivrs(to, &acpi.ivrs);
	print_iort(to, &acpi.iort);
	print_rest(to, &acpi);
	assert_int_equal(fclose(to), 0);
	arena_free(&arena);
	return text;
}

static void test_bytes(void **state)
{
	(void)state;
	struct table t;
	struct text text;
	text_begin(&text);
	for (enum acpi_table id = ACPI_DMAR; id < ACPI_TABLES; id++) {
		builders[id](&t);
		char *before = describe(id, &t, 0);
		fprintf(text.to, "\n%s\n%s", acpi_table_name(id), before);
		for (size_t at = 36; at < t.n; at++) {
			uint8_t was = t.b[at];
			for (unsigned flip = 1; flip < 0x100; flip += 0xfe) {
				t.b[at] = (uint8_t)(was ^ flip);
				end(&t);
				char *now = describe(id, &t, 0);
				if (strcmp(before, now)) {
					fprintf(text.to, "%s 0x%zx: 0x%02x\n", acpi_table_name(id), at, t.b[at]);
					text_changes(&text, before, now);
				}
				free(now);
			}
			t.b[at] = was;
		}
		free(before);
	}
	text_expect(&text, "acpi-bytes");
}

/* A table of one entry, of a type and a length: what is its own, and bytes that are all different. */
static void one_entry(struct table *t, enum acpi_table id, unsigned type, unsigned length)
{
	begin(t, acpi_table_name(id));
	switch (id) {
	case ACPI_DMAR:
		put(t, 1, 45), put(t, 1, 0), put(t, 10, 0);
		put(t, 2, type), put(t, 2, length);
		break;
	case ACPI_IVRS:
		put(t, 4, 0x00203043), put(t, 8, 0);
		put(t, 1, type), put(t, 1, 0x10), put(t, 2, length);
		break;
	case ACPI_IORT:
		put(t, 4, 1), put(t, 4, 48), put(t, 4, 0);
		put(t, 1, type), put(t, 2, length), put(t, 1, 1), put(t, 4, 7), put(t, 8, 0); /* maps nothing */
		break;
	default: /* VIOT */
		put(t, 2, 1), put(t, 2, 48), put(t, 8, 0);
		put(t, 1, type), put(t, 1, 0), put(t, 2, length);
		break;
	}
	while (t->n < 48 + length) {
		size_t at = t->n - 48;
		put(t, 1, id == ACPI_IORT && type == IORT_RMR && at >= 20 && at < 28 ? 0 : at + 0x41);
	}
	t->n = 48 + length;
	end(t);
}

/* Entries of every type, from none of their bytes to more than they have: where what is said of them changes. */
static void test_lengths(void **state)
{
	(void)state;
	static const struct {
		enum acpi_table id;
		unsigned from, to;
	} types[] = {{ACPI_DMAR, 0, 7}, {ACPI_IVRS, 0x0f, 0x12}, {ACPI_IVRS, 0x1f, 0x23}, {ACPI_IVRS, 0x3f, 0x41}, {ACPI_IORT, 0, 7}, {ACPI_VIOT, 0, 5}};
	struct table t;
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		for (unsigned type = types[i].from; type <= types[i].to; type++) {
			char *last = NULL;
			for (unsigned length = 0; length <= 44; length++) {
				one_entry(&t, types[i].id, type, length);
				char *now = describe(types[i].id, &t, length), *told = strchr(now, '\n') + 1; /* behind the table's own length */
				if (!last || strcmp(strchr(last, '\n') + 1, told))
					fprintf(text.to, "%s type 0x%x of %u bytes\n%s", acpi_table_name(types[i].id), type, length, told);
				free(last);
				last = now;
			}
			free(last);
		}
	}
	text_expect(&text, "acpi-lengths");
}

/* The kinds of entries of an IVHD, and what they cover. */
static void test_devices(void **state)
{
	(void)state;
	static const uint8_t types[] = {0, 1, 2, 3, 4, 5, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 127, 128, 200, 239, 240, 241, 255};
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		struct table t;
		begin(&t, "IVRS");
		put(&t, 4, 0x00203043), put(&t, 8, 0);
		put(&t, 1, 0x10), put(&t, 1, 0), put(&t, 2, 24 + 32), put(&t, 2, 2), put(&t, 2, 0x40), put(&t, 8, 0xfeb80000), put(&t, 2, 0), put(&t, 2, 0), put(&t, 4, 0);
		put(&t, 1, types[i]), put(&t, 2, 0x1234), put(&t, 1, 0x81), put(&t, 1, 0x01), put(&t, 2, 0x5678), put(&t, 1, 0x82);
		put(&t, 1, 4), put(&t, 2, 0x1300), put(&t, 1, 0), put(&t, 1, 4), put(&t, 2, 0x1400), put(&t, 1, 0);
		while (t.n < 48 + 24 + 32)
			put(&t, 1, 0);
		end(&t);
		char *now = describe(ACPI_IVRS, &t, 0);
		fprintf(text.to, "\ndevice entry of type %u\n%s", types[i], strchr(now, '\n') + 1);
		free(now);
	}
	text_expect(&text, "acpi-devices");
}

/* What stands behind a table's end is none of it: another table's entries, here. */
static void test_behind(void **state)
{
	(void)state;
	for (enum acpi_table id = ACPI_DMAR; id < ACPI_FADT; id++) {
		struct table t, other;
		builders[id](&t);
		builders[id](&other);
		char *alone = describe(id, &t, 0);
		size_t from = id == ACPI_MCFG ? 44 : 48;
		memcpy(t.b + t.n, other.b + from, other.n - from);
		t.n += other.n - from;
		char *followed = describe(id, &t, 0);
		assert_string_equal(followed, alone);
		free(alone);
		free(followed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes), cmocka_unit_test(test_lengths), cmocka_unit_test(test_devices), cmocka_unit_test(test_behind)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
