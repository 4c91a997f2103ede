/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is odd about the options that matter. */
#include "data/kernel-options.h"
#include "decode/cmdline.h"
#include "decode/proc.h"

/* No kernel takes more than a few KiB. What a later duplicate is looked for in stays small with it. */
#define NOTES_MAX ((size_t)16 * 1024)
#define NEAR_MIN  6 /* shorter names have too many neighbours: pci, pti */

static char same_dash(char c)
{
	return c == '-' ? '_' : c;
}

static bool tail_same(struct slice a, size_t from_a, struct slice b, size_t from_b)
{
	return module_name_same(slice_from(a, from_a), slice_from(b, from_b));
}

/* Of two texts that differ: one character missing, too many, wrong, or two swapped; or they differ in '-' and '_' alone. */
static bool near_miss(struct slice typed, struct slice right)
{
	size_t i = 0;
	while (i < typed.n && i < right.n && same_dash(typed.p[i]) == same_dash(right.p[i]))
		i++;
	if (typed.n == right.n)
		return tail_same(typed, i + 1, right, i + 1) ||
		       (typed.p[i] == right.p[i + 1] && typed.p[i + 1] == right.p[i] && tail_same(typed, i + 2, right, i + 2));
	if (typed.n == right.n + 1)
		return tail_same(typed, i + 1, right, i);
	return typed.n + 1 == right.n && tail_same(typed, i, right, i + 1);
}

static bool near_name(struct slice typed, const char *right)
{
	return strlen(right) >= NEAR_MIN && near_miss(typed, slice_of(right));
}

static bool value_known(const char *values, struct slice word)
{
	struct slice list = slice_of(values), one;
	while (slice_token(&list, ",", &one))
		if (slice_same(one, word))
			return true;
	return false;
}

static bool near_value(const char *values, struct slice word)
{
	struct slice list = slice_of(values), one;
	while (slice_token(&list, ",", &one))
		if (one.n >= NEAR_MIN && near_miss(word, one))
			return true;
	return false;
}

static bool on_or_off(struct slice value)
{
	return slice_is(value, "on") || slice_is(value, "off");
}

static bool overridden(const struct kernel_option *known, const struct option *option, struct slice rest)
{
	struct option later;
	while (option_next(&rest, &later)) {
		if (!option_is(later.name, known->name) || slice_same(later.value, option->value))
			continue;
		if (known->last_counts || (on_or_off(later.value) && on_or_off(option->value)))
			return true;
	}
	return false;
}

/* The first word of the value that the option does not have. */
static bool bad_word(const struct kernel_option *known, const struct option *option, struct option_note *note)
{
	struct slice list = option->value;
	while (list.n) {
		const char *separator = memchr(list.p, ',', list.n);
		struct slice word = {list.p, separator ? (size_t)(separator - list.p) : list.n};
		list = slice_from(list, separator ? word.n + 1 : word.n);
		/* "realloc=off", "hpmmiosize=32M": the word alone; what follows is its own. */
		for (size_t n = 0; n < word.n; n++)
			if (word.p[n] == '=' || word.p[n] == ':')
				word.n = n;
		if (!word.n || value_known(known->values, word))
			continue;
		bool near = near_value(known->values, word);
		/* Of a long list only what is surely a slip of the pen: kernels and vendors add words. */
		if (slice_is(slice_of(known->name), "pci") && !near)
			continue;
		note->what = OPTION_BAD_VALUE;
		note->meant = known->values;
		note->why = near ? "has a misspelt word in its value, which the kernel passes over" : "has no such value, the kernel passes it over";
		return true;
	}
	return false;
}

static bool judge(const struct option *option, struct slice rest, const char *cpu_vendor, struct option_note *note)
{
	const struct kernel_option *near = NULL;
	for (size_t i = 0; i < kernel_options_n; i++) {
		const struct kernel_option *known = &kernel_options[i];
		if (!option_is(option->name, known->name)) {
			if (!near && !known->meant && near_name(option->name, known->name))
				near = known;
			continue;
		}
		if (known->meant) {
			note->what = OPTION_MISSPELT;
			note->meant = known->meant;
			note->why = "is known to no kernel";
			return true;
		}
		if (known->vendors && cpu_vendor && !comma_has(slice_of(known->vendors), cpu_vendor)) {
			note->what = OPTION_NO_EFFECT;
			note->why = "is for another maker's IOMMU and does nothing on this processor";
			return true;
		}
		if (known->values && option->value.p && bad_word(known, option, note))
			return true;
		if (overridden(known, option, rest)) {
			note->what = OPTION_OVERRIDDEN;
			note->why = "is given again later, and the last one counts";
			return true;
		}
		return false;
	}
	if (!near)
		return false;
	note->what = OPTION_MISSPELT;
	note->meant = near->name;
	note->why = "is known to no kernel";
	return true;
}

bool option_note_next(struct option_iter *iter, const char *cpu_vendor, struct option_note *note)
{
	if (iter->rest.n > NOTES_MAX)
		iter->rest.n = NOTES_MAX;
	struct option option;
	while (option_next(&iter->rest, &option)) {
		*note = (struct option_note){.option = option};
		if (judge(&option, iter->rest, cpu_vendor, note))
			return true;
	}
	return false;
}
