/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/proc.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---- proc/iomem ---- */

bool iomem_next(struct iomem_iter *iter, struct iomem_row *row)
{
	struct slice line;
	while (slice_line(&iter->rest, &line)) {
		iter->line++;
		size_t indent = 0;
		while (indent < line.n && line.p[indent] == ' ')
			indent++;
		struct slice rest = slice_from(line, indent);
		if (!slice_eat_u64(&rest, 16, &row->start) || !slice_eat(&rest, "-") || !slice_eat_u64(&rest, 16, &row->end) || row->end < row->start)
			continue;
		slice_eat_space(&rest);
		if (!slice_eat(&rest, ":"))
			continue;
		row->name = slice_trim(rest);
		row->depth = (unsigned)(indent / 2);
		row->line = iter->line;
		return true;
	}
	return false;
}

bool iomem_hidden(struct slice text)
{
	struct iomem_iter iter = {.rest = text};
	struct iomem_row row;
	bool rows = false;
	while (iomem_next(&iter, &row)) {
		if (row.start || row.end)
			return false;
		rows = true;
	}
	return rows;
}

/* ---- proc/interrupts ---- */

static bool is_number(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

void interrupts_chips(struct slice text, struct irq_chips *chips)
{
	*chips = (struct irq_chips){0};
	struct slice line, token;
	for (unsigned n = 1; slice_line(&text, &line); n++) {
		slice_eat_space(&line);
		struct slice number;
		if (!slice_until(&line, ":", &number) || !is_number(number))
			continue;
		chips->rows++;
		/* One count a processor, then the chip; a line may end before it. */
		token = (struct slice){0};
		while (slice_token(&line, " \t", &token) && is_number(token))
			;
		bool remapped = slice_eat(&token, "IR-");
		if (slice_starts(token, "PCI-MSI"))
			*(remapped ? &chips->msi_remapped : &chips->msi) += 1;
		else if (slice_starts(token, "IO-APIC"))
			*(remapped ? &chips->ioapic_remapped : &chips->ioapic) += 1;
		else if (slice_starts(token, "ITS-"))
			chips->its++;
		else
			continue;
		unsigned *first = remapped ? &chips->first_remapped : &chips->first_plain;
		if (!*first)
			*first = n;
	}
}

/* ---- proc/modules ---- */

bool modules_next(struct slice *text, struct module_row *row)
{
	struct slice line, size, refs;
	while (slice_line(text, &line)) {
		*row = (struct module_row){0};
		if (!slice_token(&line, " \t", &row->name) || !row->name.n || !slice_token(&line, " \t", &size) || !is_number(size))
			continue;
		if (slice_token(&line, " \t", &refs) && is_number(refs) && !slice_eat_u64(&refs, 10, &row->refs))
			row->refs = 0;
		if (slice_token(&line, " \t", &row->users) && !slice_token(&line, " \t", &row->state))
			row->state = (struct slice){NULL, 0};
		return true;
	}
	return false;
}

static char same_dash(char c)
{
	return c == '-' ? '_' : c;
}

bool module_name_same(struct slice a, struct slice b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (same_dash(a.p[i]) != same_dash(b.p[i]))
			return false;
	return true;
}

bool modules_has(struct slice text, const char *name)
{
	struct module_row row;
	while (modules_next(&text, &row))
		if (module_name_same(row.name, slice_of(name)))
			return true;
	return false;
}

/* ---- proc/cpuinfo ---- */

bool cpuinfo_get(struct slice text, const char *key, struct slice *value)
{
	struct slice line, name;
	while (slice_line(&text, &line)) {
		if (!slice_until(&line, ":", &name) || !slice_is(slice_trim(name), key))
			continue;
		*value = slice_trim(line);
		return true;
	}
	return false;
}

bool words_have(struct slice words, const char *word)
{
	struct slice token;
	while (slice_token(&words, " \t\n", &token))
		if (slice_is(token, word))
			return true;
	return false;
}

/* ---- proc/version ---- */

bool version_release(struct slice text, struct slice *release)
{
	return slice_eat(&text, "Linux version ") && slice_token(&text, " \t\n", release) && release->n > 0;
}

bool release_numbers(struct slice release, unsigned *major, unsigned *minor)
{
	uint64_t first, second;
	if (!slice_eat_u64(&release, 10, &first) || !slice_eat(&release, ".") || !slice_eat_u64(&release, 10, &second) || first > 1000 || second > 1000)
		return false;
	*major = (unsigned)first;
	*minor = (unsigned)second;
	return true;
}

/* ---- boot/config-* ---- */

bool kconfig_get(struct slice text, const char *name, struct slice *value)
{
	size_t len = strlen(name);
	for (;;) {
		size_t at = slice_find(text, name);
		if (at == SIZE_MAX)
			return false;
		struct slice rest = slice_from(text, at + len), line;
		bool begins = at == 0 || text.p[at - 1] == '\n';
		bool comment = at >= 2 && text.p[at - 1] == ' ' && text.p[at - 2] == '#' && (at == 2 || text.p[at - 3] == '\n');
		text = rest;
		if (begins && slice_eat(&rest, "=")) {
			*value = slice_line(&rest, &line) ? slice_trim(line) : SLICE("");
			if (value->n >= 2 && value->p[0] == '"' && value->p[value->n - 1] == '"')
				*value = (struct slice){value->p + 1, value->n - 2};
			return true;
		}
		if (comment && slice_eat(&rest, " is not set")) {
			*value = SLICE("n");
			return true;
		}
	}
}

/* ---- assignments ---- */

bool assignment_get(struct slice text, const char *name, struct slice *value)
{
	struct slice line;
	bool found = false;
	while (slice_line(&text, &line)) {
		line = slice_trim(line);
		if (slice_starts(line, "export "))
			line = slice_trim(slice_from(line, 7));
		if (!slice_eat(&line, name) || !slice_eat(&line, "="))
			continue;
		if (line.n && (line.p[0] == '"' || line.p[0] == '\'')) {
			const char *close = memchr(line.p + 1, line.p[0], line.n - 1);
			line = (struct slice){line.p + 1, close ? (size_t)(close - line.p - 1) : line.n - 1};
		} else {
			size_t n = 0;
			while (n < line.n && !is_blank(line.p[n]) && line.p[n] != '#' && line.p[n] != ';')
				n++;
			line.n = n;
		}
		*value = line;
		found = true;
	}
	return found;
}

/* ---- proc/mounts ---- */

bool mounts_next(struct slice *text, struct mount_row *row)
{
	struct slice line;
	while (slice_line(text, &line)) {
		*row = (struct mount_row){0};
		if (slice_token(&line, " \t", &row->device) && slice_token(&line, " \t", &row->dir) && slice_token(&line, " \t", &row->type) &&
		    slice_token(&line, " \t", &row->options))
			return true;
	}
	return false;
}

bool mounts_at(struct slice text, const char *dir, struct mount_row *row)
{
	struct mount_row one;
	bool found = false;
	while (mounts_next(&text, &one)) {
		if (!slice_is(one.dir, dir))
			continue;
		*row = one;
		found = true;
	}
	return found;
}

bool comma_has(struct slice list, const char *item)
{
	while (list.n) {
		const char *comma = memchr(list.p, ',', list.n);
		size_t n = comma ? (size_t)(comma - list.p) : list.n;
		if (slice_is((struct slice){list.p, n}, item))
			return true;
		list = slice_from(list, comma ? n + 1 : n);
	}
	return false;
}

/* ---- resource, reserved_regions ---- */

bool resource_next(struct resource_iter *iter, struct resource_row *row)
{
	struct slice line;
	if (iter->bad || !slice_line(&iter->rest, &line))
		return false;
	iter->line++;
	struct slice rest = line;
	bool good = slice_starts(rest, "0x") && slice_eat_u64(&rest, 16, &row->start);
	slice_eat_space(&rest);
	good = good && slice_eat_u64(&rest, 16, &row->end);
	slice_eat_space(&rest);
	good = good && slice_eat_u64(&rest, 16, &row->flags) && !slice_trim(rest).n;
	row->line = iter->line;
	if (!good)
		iter->bad = iter->line;
	return good;
}

bool reserved_next(struct reserved_iter *iter, struct reserved_row *row)
{
	struct slice line;
	while (slice_line(&iter->rest, &line)) {
		iter->line++;
		struct slice rest = slice_trim(line);
		if (!slice_eat_u64(&rest, 16, &row->start))
			continue;
		slice_eat_space(&rest);
		if (!slice_eat_u64(&rest, 16, &row->end))
			continue;
		row->type = slice_trim(rest);
		row->line = iter->line;
		return true;
	}
	return false;
}
