/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/json.h"

enum { WANT_VALUE, WANT_FIRST_NAME, WANT_FIRST_VALUE, WANT_COLON, WANT_COMMA, WANT_NOTHING, IS_BAD };

struct json json_of(struct slice text)
{
	if (slice_starts(text, "\xef\xbb\xbf"))
		text = slice_from(text, 3);
	return (struct json){.rest = text, .line = 1, .wants = WANT_VALUE};
}

static enum json_event bad(struct json *json)
{
	json->wants = IS_BAD;
	return JSON_BAD;
}

static void skip_space(struct json *json)
{
	size_t n = 0;
	for (; n < json->rest.n && strchr(" \t\r\n", json->rest.p[n]) && json->rest.p[n]; n++)
		if (json->rest.p[n] == '\n')
			json->line++;
	json->rest = slice_from(json->rest, n);
}

/* Behind a value: the end of the document, or a comma. */
static void value_done(struct json *json)
{
	json->wants = json->depth ? WANT_COMMA : WANT_NOTHING;
}

static enum json_event enter(struct json *json, bool object)
{
	if (json->depth == JSON_DEPTH_MAX)
		return bad(json);
	json->depth++;
	json->in_object = json->in_object << 1 | object;
	json->wants = object ? WANT_FIRST_NAME : WANT_FIRST_VALUE;
	return object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_event leave(struct json *json, bool object)
{
	if ((json->in_object & 1) != object)
		return bad(json);
	json->depth--;
	json->in_object >>= 1;
	value_done(json);
	return object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static bool string(struct json *json, struct slice *text)
{
	size_t n = 0;
	const struct slice rest = json->rest;
	while (n < rest.n && rest.p[n] != '"') {
		if ((unsigned char)rest.p[n] < 0x20)
			return false;
		n += rest.p[n] == '\\' ? 2 : 1;
	}
	if (n >= rest.n)
		return false;
	*text = (struct slice){rest.p, n};
	json->rest = slice_from(rest, n + 1);
	return true;
}

static enum json_event word(struct json *json, struct slice *text)
{
	static const struct {
		const char *word;
		enum json_event event;
	} words[] = {{"true", JSON_TRUE}, {"false", JSON_FALSE}, {"null", JSON_NULL}};
	size_t n = 0;
	while (n < json->rest.n && json->rest.p[n] && !strchr(" \t\r\n,]}:\"[{", json->rest.p[n]))
		n++;
	*text = (struct slice){json->rest.p, n};
	json->rest = slice_from(json->rest, n);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (slice_is(*text, words[i].word))
			return words[i].event;
	for (size_t i = 0; i < n; i++)
		if (!strchr("+-.0123456789eE", text->p[i]))
			return JSON_BAD;
	return n ? JSON_NUMBER : JSON_BAD;
}

static enum json_event value(struct json *json, struct slice *text)
{
	if (slice_eat(&json->rest, "{"))
		return enter(json, true);
	if (slice_eat(&json->rest, "["))
		return enter(json, false);
	enum json_event event = JSON_STRING;
	if (!slice_eat(&json->rest, "\""))
		event = word(json, text);
	else if (!string(json, text))
		event = JSON_BAD;
	if (event == JSON_BAD)
		return bad(json);
	value_done(json);
	return event;
}

enum json_event json_next(struct json *json, struct slice *text)
{
	*text = (struct slice){NULL, 0};
	skip_space(json);
	switch (json->wants) {
	case WANT_COMMA:
		if (slice_eat(&json->rest, "}"))
			return leave(json, true);
		if (slice_eat(&json->rest, "]"))
			return leave(json, false);
		if (!slice_eat(&json->rest, ","))
			return bad(json);
		skip_space(json);
		if (!(json->in_object & 1))
			return value(json, text);
		break;
	case WANT_FIRST_NAME:
		if (slice_eat(&json->rest, "}"))
			return leave(json, true);
		break;
	case WANT_FIRST_VALUE:
		if (slice_eat(&json->rest, "]"))
			return leave(json, false);
		return value(json, text);
	case WANT_COLON:
		if (!slice_eat(&json->rest, ":"))
			return bad(json);
		skip_space(json);
		return value(json, text);
	case WANT_VALUE:
		return value(json, text);
	case WANT_NOTHING:
		return json->rest.n ? bad(json) : JSON_DONE;
	default:
		return JSON_BAD;
	}
	if (!slice_eat(&json->rest, "\"") || !string(json, text))
		return bad(json);
	json->wants = WANT_COLON;
	return JSON_NAME;
}
