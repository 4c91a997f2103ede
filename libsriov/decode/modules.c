/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "decode/cmdline.h"
#include "decode/modules.h"
#include "decode/proc.h"

/* ---- patterns ---- */

/* The set behind '['; *at moves behind its ']'. False where it has no end: then '[' stands for itself. */
static bool set_match(struct slice pattern, size_t *at, char c, bool *hit)
{
	size_t i = *at + 1;
	bool negated = i < pattern.n && (pattern.p[i] == '!' || pattern.p[i] == '^'), found = false;
	if (negated)
		i++;
	for (size_t first = i; i < pattern.n && (pattern.p[i] != ']' || i == first); i++) {
		unsigned char low = (unsigned char)pattern.p[i], high = low;
		if (i + 2 < pattern.n && pattern.p[i + 1] == '-' && pattern.p[i + 2] != ']') {
			high = (unsigned char)pattern.p[i + 2];
			i += 2;
		}
		if ((unsigned char)c >= low && (unsigned char)c <= high)
			found = true;
	}
	if (i >= pattern.n)
		return false;
	*at = i + 1;
	*hit = found != negated;
	return true;
}

/* One character of the text against the pattern at *at, which moves on if it fits. */
static bool one_match(struct slice pattern, size_t *at, char c)
{
	size_t i = *at;
	bool hit = false;
	switch (pattern.p[i]) {
	case '?':
		*at = i + 1;
		return true;
	case '[':
		if (!set_match(pattern, &i, c, &hit))
			break;
		if (hit)
			*at = i;
		return hit;
	case '\\':
		if (i + 1 < pattern.n)
			i++;
		break;
	default:
		break;
	}
	if (pattern.p[i] != c)
		return false;
	*at = i + 1;
	return true;
}

bool pattern_match(struct slice pattern, struct slice text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, star_text = 0;
	while (t < text.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			star_text = t;
		} else if (p < pattern.n && one_match(pattern, &p, text.p[t])) {
			t++;
		} else if (star != SIZE_MAX) {
			/* Only the last star has to be tried again: an earlier one cannot do better. */
			p = star + 1;
			t = ++star_text;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

/* ---- modules.alias ---- */

#define PATTERN_MAX 256 /* longer ones than modpost writes are nobody's */

static int slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : a.n < b.n ? -1 : a.n > b.n;
}

static int query_cmp(const void *a, const void *b)
{
	return slice_cmp(((const struct alias_query *)a)->modalias, ((const struct alias_query *)b)->modalias);
}

/* The first query that is not before the text. */
static size_t lower_bound(const struct alias_query *queries, size_t n, struct slice text)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_cmp(queries[middle].modalias, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool begins_with(struct slice s, struct slice prefix)
{
	return s.n >= prefix.n && (!prefix.n || !memcmp(s.p, prefix.p, prefix.n));
}

static void answer(struct alias_query *query, struct slice pattern, struct slice module)
{
	if (query->n == ALIAS_MATCHES_MAX || query->modalias.n > PATTERN_MAX || !pattern_match(pattern, query->modalias))
		return;
	for (unsigned i = 0; i < query->n; i++)
		if (module_name_same(query->modules[i], module))
			return;
	query->modules[query->n++] = module;
}

void modules_alias(struct slice text, struct alias_query *queries, size_t n)
{
	struct slice line, pattern, module;
	qsort(queries, n, sizeof(*queries), query_cmp);
	for (size_t i = 0; i < n; i++)
		queries[i].n = 0;
	while (slice_line(&text, &line)) {
		if (!slice_eat(&line, "alias ") || !slice_token(&line, " \t", &pattern) || !slice_token(&line, " \t", &module) || !module.n ||
		    pattern.n > PATTERN_MAX)
			continue;
		struct slice prefix = pattern;
		for (prefix.n = 0; prefix.n < pattern.n && !strchr("*?[\\", pattern.p[prefix.n]); prefix.n++)
			;
		for (size_t i = lower_bound(queries, n, prefix); i < n && begins_with(queries[i].modalias, prefix); i++)
			answer(&queries[i], pattern, module);
	}
}

/* ---- modules.dep, modules.builtin ---- */

static struct slice module_of(struct slice path)
{
	struct slice name = path;
	const char *slash = memrchr(name.p, '/', name.n);
	if (slash)
		name = slice_from(name, (size_t)(slash - name.p) + 1);
	size_t at = slice_find(name, ".ko");
	if (at != SIZE_MAX)
		name.n = at;
	return name;
}

bool modules_path(struct slice text, struct slice name, struct slice *path)
{
	struct slice line, file;
	while (slice_line(&text, &line)) {
		if (!slice_token(&line, ": \t", &file) || !file.n || !module_name_same(module_of(file), name))
			continue;
		*path = file;
		return true;
	}
	return false;
}

/* ---- modprobe.d ---- */

/* A word that may stand behind the end of a line that goes on. */
static bool next_word(struct slice *s, struct slice *word)
{
	while (slice_token(s, " \t\\", word))
		if (word->n)
			return true;
	return false;
}

bool modprobe_next(struct modprobe_iter *iter, struct modprobe_row *row)
{
	struct slice line;
	while (slice_line(&iter->text, &line)) {
		row->line = ++iter->line;
		struct slice whole = line, more;
		while (whole.n && whole.p[whole.n - 1] == '\\' && slice_line(&iter->text, &more)) {
			iter->line++;
			whole.n = (size_t)(more.p + more.n - whole.p);
		}
		whole = slice_trim(whole);
		if (slice_starts(whole, "#") || !next_word(&whole, &row->keyword) || !next_word(&whole, &row->name))
			continue;
		row->rest = slice_trim(whole);
		return true;
	}
	return false;
}

static bool does_nothing(struct slice command)
{
	struct slice program;
	if (!slice_token(&command, " \t", &program))
		return false;
	return slice_is(program, "true") || slice_is(program, "false") || slice_is(program, ":") || slice_ends(program, "/true") ||
	       slice_ends(program, "/false");
}

enum module_block modprobe_blocks(struct slice text, struct slice name, struct slice modalias, struct modprobe_row *row)
{
	struct modprobe_iter iter = {.text = text};
	while (modprobe_next(&iter, row)) {
		if (slice_is(row->keyword, "blacklist") && module_name_same(row->name, name))
			return MODULE_BLACKLISTED;
		if (slice_is(row->keyword, "install") && module_name_same(row->name, name) && does_nothing(row->rest))
			return MODULE_INSTALL_FALSE;
		if (slice_is(row->keyword, "alias") && slice_is(row->rest, "off") && row->name.n <= PATTERN_MAX && modalias.n <= PATTERN_MAX &&
		    (module_name_same(row->name, name) || (modalias.n && pattern_match(row->name, modalias))))
			return MODULE_ALIAS_OFF;
	}
	return MODULE_FREE;
}

bool modprobe_option(struct slice text, const char *module, const char *parameter, struct slice *value, unsigned *line)
{
	struct modprobe_iter iter = {.text = text};
	struct modprobe_row row;
	bool found = false;
	while (modprobe_next(&iter, &row)) {
		if (!slice_is(row.keyword, "options") || !module_name_same(row.name, slice_of(module)))
			continue;
		struct option option;
		for (struct slice rest = row.rest; option_next(&rest, &option);) {
			if (!option_is(option.name, parameter))
				continue;
			*value = option.value;
			*line = row.line;
			found = true;
		}
	}
	return found;
}

bool cmdline_blacklists(struct slice cmdline, struct slice name)
{
	static const char *const options[] = {"module_blacklist", "modprobe.blacklist", "rd.driver.blacklist"};
	struct option option;
	while (option_next(&cmdline, &option)) {
		bool is = false;
		for (size_t i = 0; i < ARRAY_SIZE(options); i++)
			is |= option_is(option.name, options[i]);
		struct slice one;
		for (struct slice list = option.value; is && slice_token(&list, ",", &one);)
			if (module_name_same(one, name))
				return true;
	}
	return false;
}
