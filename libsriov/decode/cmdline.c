/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/cmdline.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

/* Quotes as the kernel takes them off: around the whole token, or around the value. */
static void unquote(struct option *option, struct slice token)
{
	bool whole = token.p[0] == '"';
	if (whole) {
		token = slice_from(token, 1);
		if (token.n && token.p[token.n - 1] == '"')
			token.n--;
	}
	const char *equals = token.n ? memchr(token.p, '=', token.n) : NULL;
	option->name = (struct slice){token.p, equals ? (size_t)(equals - token.p) : token.n};
	option->value = (struct slice){NULL, 0};
	if (!equals)
		return;
	option->value = slice_from(token, option->name.n + 1);
	if (!whole && option->value.n && option->value.p[0] == '"') {
		option->value = slice_from(option->value, 1);
		if (option->value.n && option->value.p[option->value.n - 1] == '"')
			option->value.n--;
	}
}

bool option_next(struct slice *cmdline, struct option *option)
{
	size_t n = 0;
	while (n < cmdline->n && is_blank(cmdline->p[n]))
		n++;
	struct slice rest = slice_from(*cmdline, n);
	if (!rest.n)
		return false;
	bool quoted = false;
	for (n = 0; n < rest.n && (quoted || !is_blank(rest.p[n])); n++)
		if (rest.p[n] == '"')
			quoted = !quoted;
	option->token = (struct slice){rest.p, n};
	*cmdline = slice_from(rest, n);
	unquote(option, option->token);
	return !slice_is(option->token, "--");
}

static char same_dash(char c)
{
	return c == '-' ? '_' : c;
}

bool option_is(struct slice name, const char *wanted)
{
	size_t n = strlen(wanted);
	if (name.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (same_dash(name.p[i]) != same_dash(wanted[i]))
			return false;
	return true;
}

bool option_get(struct slice cmdline, const char *name, struct slice *value)
{
	struct option option;
	bool found = false;
	while (option_next(&cmdline, &option)) {
		if (!option_is(option.name, name))
			continue;
		*value = option.value;
		found = true;
	}
	return found;
}

bool option_has(struct slice cmdline, const char *name, const char *word, struct slice *value)
{
	struct option option;
	size_t len = strlen(word);
	while (option_next(&cmdline, &option)) {
		if (!option_is(option.name, name))
			continue;
		struct slice list = option.value;
		while (list.n) {
			const char *comma = memchr(list.p, ',', list.n);
			struct slice item = {list.p, comma ? (size_t)(comma - list.p) : list.n};
			list = slice_from(list, comma ? item.n + 1 : item.n);
			if (!slice_starts(item, word))
				continue;
			struct slice tail = slice_from(item, len);
			if (tail.n && tail.p[0] != '=' && tail.p[0] != ':')
				continue;
			if (value)
				*value = tail.n ? slice_from(tail, 1) : (struct slice){NULL, 0};
			return true;
		}
	}
	return false;
}
