/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking things up in what a session told. */
#include <string.h>

#include "session.h"

const struct session_query *session_value(const struct session *s, enum session_tool tool, const char *key)
{
	for (size_t i = s ? s->queries_n : 0; i-- > 0;)
		if (s->queries[i].tool == tool && !strcmp(s->queries[i].key, key))
			return &s->queries[i];
	return NULL;
}

const struct session_message *session_message(const struct session *s, enum session_message_kind kind)
{
	for (size_t i = 0; s && i < s->messages_n; i++)
		if (s->messages[i].kind == kind)
			return &s->messages[i];
	return NULL;
}
