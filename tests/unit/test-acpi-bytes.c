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

static char *describe(enum acpi_table id, const struct table *t)
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
		fprintf(to, "%s at 0x%x: %s: 0x%llx\n", p->grave ? "wrong" : "odd", p->offset, acpi_problem_text(p->kind), (ull)p->value);
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
		char *before = describe(id, &t);
		fprintf(text.to, "\n%s\n%s", acpi_table_name(id), before);
		for (size_t at = 36; at < t.n; at++) {
			uint8_t was = t.b[at];
			for (unsigned flip = 1; flip < 0x100; flip += 0xfe) {
				t.b[at] = (uint8_t)(was ^ flip);
				end(&t);
				char *now = describe(id, &t);
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

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
