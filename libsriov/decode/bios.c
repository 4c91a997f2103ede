/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/bios.h"
#include "decode/modules.h"

#define NAME_MAX_LEN 128 /* longer ones are no setting's name */

static bool next_json(struct bios_iter *iter, struct bios_pair *pair)
{
	struct slice text, name = {NULL, 0};
	for (;;) {
		enum json_event event = json_next(&iter->json, &text);
		if (event == JSON_DONE || event == JSON_BAD)
			return false;
		if (event == JSON_NAME) {
			name = text;
			continue;
		}
		if (!json_scalar(event) || !name.p) {
			name.p = NULL;
			continue;
		}
		/* Attribute registries and SCP files: {"AttributeName": …, "CurrentValue": …}, {"Name": …, "Value": …} */
		if (slice_is(name, "AttributeName") || slice_is(name, "Name")) {
			iter->named = text;
		} else {
			bool registry = iter->named.p && (slice_is(name, "CurrentValue") || slice_is(name, "Value"));
			*pair = (struct bios_pair){registry ? iter->named : name, text, iter->json.line};
			if (registry)
				iter->named.p = NULL;
			if (event != JSON_NULL)
				return true;
		}
		name.p = NULL;
	}
}

/* The value of an attribute in a tag, in either quotes. */
static bool tag_attribute(struct slice tag, const char *name, struct slice *value)
{
	size_t n = strlen(name);
	for (size_t at; (at = slice_find(tag, name)) != SIZE_MAX; tag = slice_from(tag, at + n)) {
		struct slice rest = slice_from(tag, at + n);
		if (at == 0 || !strchr(" \t\r\n", tag.p[at - 1]) || !slice_eat(&rest, "=") || !rest.n || (rest.p[0] != '"' && rest.p[0] != '\''))
			continue;
		const char *close = memchr(rest.p + 1, rest.p[0], rest.n - 1);
		if (!close)
			return false;
		*value = (struct slice){rest.p + 1, (size_t)(close - rest.p - 1)};
		return true;
	}
	return false;
}

/* Moves n bytes on and counts the lines. */
static void advance(struct bios_iter *iter, size_t n)
{
	for (size_t i = 0; i < n; i++)
		iter->line += iter->rest.p[i] == '\n';
	iter->rest = slice_from(iter->rest, n);
}

static bool next_xml(struct bios_iter *iter, struct bios_pair *pair)
{
	for (size_t open; (open = slice_find(iter->rest, "<")) != SIZE_MAX;) {
		advance(iter, open + 1);
		bool data = slice_starts(iter->rest, "![CDATA["), comment = slice_starts(iter->rest, "!--");
		size_t end = slice_find(iter->rest, data ? "]]>" : comment ? "-->" : ">");
		if (end == SIZE_MAX)
			return false;
		struct slice tag = {iter->rest.p, end};
		unsigned line = iter->line;
		advance(iter, end + (data || comment ? 3 : 1));
		if (data || comment || (!tag_attribute(tag, "name", &pair->name) && !tag_attribute(tag, "Name", &pair->name)))
			continue;
		pair->line = line;
		if (tag_attribute(tag, "selectedOption", &pair->value) || tag_attribute(tag, "numericValue", &pair->value) ||
		    tag_attribute(tag, "value", &pair->value) || tag_attribute(tag, "Value", &pair->value))
			return true;
		size_t close = slice_find(iter->rest, "<");
		pair->value = slice_trim((struct slice){iter->rest.p, close == SIZE_MAX ? iter->rest.n : close});
		if (pair->value.n)
			return true;
	}
	return false;
}

/* Supermicro's text: "SR-IOV Support=01  // 00 (Disabled), *01 (Enabled)": the word behind the value. */
static struct slice spelt_out(struct slice value, struct slice comment)
{
	struct slice one;
	while (slice_token(&comment, ",", &one)) {
		one = slice_trim(one);
		slice_eat(&one, "*");
		if (value.n == 0 || one.n < value.n || memcmp(one.p, value.p, value.n) != 0)
			continue;
		one = slice_trim(slice_from(one, value.n));
		if (slice_eat(&one, "(") && one.n && one.p[one.n - 1] == ')')
			return (struct slice){one.p, one.n - 1};
	}
	return value;
}

static bool next_line(struct bios_iter *iter, struct bios_pair *pair)
{
	struct slice line, before;
	while (slice_line(&iter->rest, &line)) {
		iter->line++;
		line = slice_trim(line);
		slice_eat(&line, "#"); /* racadm marks what cannot be written now */
		const char *sign = line.n ? memchr(line.p, '=', line.n) : NULL;
		if (!sign && line.n)
			sign = memchr(line.p, ':', line.n);
		if (!sign || line.p[0] == '[' || line.p[0] == '/')
			continue;
		pair->name = slice_trim((struct slice){line.p, (size_t)(sign - line.p)});
		struct slice value = slice_from(line, (size_t)(sign - line.p) + 1);
		if (slice_until(&value, "//", &before))
			value = spelt_out(slice_trim(before), value);
		pair->value = slice_trim(value);
		pair->line = iter->line;
		/* "(Pending Value=…)" of racadm is not what is in effect */
		size_t pending = slice_find(pair->value, " (Pending");
		if (pending != SIZE_MAX)
			pair->value.n = pending;
		if (pair->name.n && pair->value.n)
			return true;
	}
	return false;
}

bool bios_next(struct bios_iter *iter, struct bios_pair *pair)
{
	if (iter->format == BIOS_FORMAT_NEW) {
		struct slice text = slice_trim(iter->rest);
		if (slice_starts(text, "\xef\xbb\xbf"))
			text = slice_from(text, 3);
		iter->json = json_of(text);
		iter->line = 1;
		bool json = text.n > 1 && (text.p[0] == '{' || (text.p[0] == '[' && (text.p[1] == '{' || strchr(" \r\n\t", text.p[1]))));
		iter->format = json ? BIOS_FORMAT_JSON : slice_starts(text, "<") ? BIOS_FORMAT_XML : BIOS_FORMAT_LINES;
		if (iter->format == BIOS_FORMAT_LINES)
			iter->line = 0;
	}
	switch (iter->format) {
	case BIOS_FORMAT_JSON:
		return next_json(iter, pair);
	case BIOS_FORMAT_XML:
		return next_xml(iter, pair);
	default:
		return next_line(iter, pair);
	}
}

/* Letters and digits alone, in lower case: "SR-IOV Support" and "SRIOVSupport" are one name. At most NAME_MAX_LEN bytes. */
static size_t plain(struct slice s, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
	}
	return n;
}

const struct bios_setting *bios_setting_of(struct slice name)
{
	char text[NAME_MAX_LEN];
	if (name.n > NAME_MAX_LEN)
		return NULL;
	struct slice short_name = {text, plain(name, text)};
	for (size_t i = 0; i < bios_settings_n; i++)
		if (pattern_match(slice_of(bios_settings[i].pattern), short_name))
			return &bios_settings[i];
	return NULL;
}

static bool one_of(const char *list, struct slice word)
{
	struct slice rest = slice_of(list), one;
	while (slice_token(&rest, ",", &one))
		if (slice_same(one, word))
			return true;
	return false;
}

enum bios_value bios_value_of(const struct bios_setting *setting, struct slice value)
{
	char text[NAME_MAX_LEN];
	if (value.n > NAME_MAX_LEN)
		return BIOS_VALUE_OTHER;
	struct slice word = {text, plain(value, text)};
	if ((setting->on && one_of(setting->on, word)) || one_of("enabled,enable,on,yes,true,1,01", word))
		return BIOS_VALUE_ON;
	if ((setting->off && one_of(setting->off, word)) || one_of("disabled,disable,off,no,false,0,00", word))
		return BIOS_VALUE_OFF;
	return BIOS_VALUE_OTHER;
}
