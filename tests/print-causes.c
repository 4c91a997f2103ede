/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue as lines for causes.py: id, key, text, TAB between them. */
#include <stdio.h>
#include <string.h>
#include "check/check.h"
#include "data/data.h"

static void line(const struct check *check, const char *key, const char *text)
{
	if (text)
		printf("%s\t%s\t%s\n", check->id, key, text);
}

int main(void)
{
	for (size_t i = 0; i < checks_n; i++) {
		const struct check *check = checks[i];
		line(check, "rung", rung_name(check->rung));
		line(check, "title", check->title);
		line(check, "needs", check->needs);
		line(check, "kernel", check->kernel);
		line(check, "spec", check->spec);
		line(check, "windows", check->windows);
		line(check, "source", check->source);
		for (size_t m = 0; m < cause_messages_n; m++)
			if (!strcmp(cause_messages[m].cause, check->id))
				line(check, "message", cause_messages[m].text);
	}
	return 0;
}
