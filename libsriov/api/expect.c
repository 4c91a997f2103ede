/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --expect: this report, written as XML and read back, against an earlier one. */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "report/emit.h"
#include "report/sink.h"

/* Compare the names of two rows: what is pinned has an address, a capability, a field. */
static int by_name(const struct expect_row *x, const struct expect_row *y)
{
	int by = strcmp(x->address, y->address);
	by = by ? by : strcmp(x->capability, y->capability);
	if (!by && x->offset != y->offset)
		by = x->offset < y->offset ? -1 : 1;
	return by ? by : strcmp(x->field, y->field);
}

static int change(struct report *report, const struct expect_row *row, const char *was, const char *now)
{
	struct change *c = ARENA_PUSH(&report->arena, report->changes, report->changes_n, report->changes_room);
	if (!c)
		return -ENOMEM;
	*c = (struct change){
		.address = arena_printf(&report->arena, "%s", row->address), .field = arena_printf(&report->arena, "%s", row->field),
		.was = was ? arena_printf(&report->arena, "%s", was) : NULL, .now = now ? arena_printf(&report->arena, "%s", now) : NULL,
		.capability = *row->capability ? arena_printf(&report->arena, "%s", row->capability) : NULL,
	};
	return c->address && c->field && (c->was || !was) && (c->now || !now) && (c->capability || !*row->capability) ? 0 : -ENOMEM;
}

/* A function or capability that one report lacks is one difference: its fields are not told one by one. */
static bool told(const struct expect_row *row, const struct expect_row **gone)
{
	if (*gone && !strcmp((*gone)->address, row->address) &&
	    (!*(*gone)->capability || (!strcmp((*gone)->capability, row->capability) && (*gone)->offset == row->offset)))
		return true;
	*gone = !strcmp(row->field, "function") || !strcmp(row->field, "capability") ? row : NULL;
	return false;
}

static int compare(struct report *report, const struct expected *was, const struct expected *now)
{
	size_t i = 0, k = 0;
	const struct expect_row *gone = NULL, *came = NULL;
	int err = 0;
	while (!err && (i < was->n || k < now->n)) {
		int by = i == was->n ? 1 : k == now->n ? -1 : by_name(&was->rows[i], &now->rows[k]);
		if (by < 0) {
			const struct expect_row *row = &was->rows[i++];
			err = told(row, &gone) ? 0 : change(report, row, row->value, NULL);
		} else if (by > 0) {
			const struct expect_row *row = &now->rows[k++];
			err = told(row, &came) ? 0 : change(report, row, NULL, row->value);
		} else {
			if (strcmp(was->rows[i].value, now->rows[k].value))
				err = change(report, &was->rows[i], was->rows[i].value, now->rows[k].value);
			i++;
			k++;
		}
	}
	return err;
}

int expect_compare(struct report *report, const struct expected *was)
{
	struct sink sink;
	struct expected now = {0};
	const struct report *const one = report;
	unsigned line;
	size_t len;
	const char *bad;
	bool verbose = report->verbose;
	int err = sink_to_memory(&sink);
	if (err)
		return err;
	report->verbose = was->verbose; /* the same registers in both */
	err = emitter_find("xml")->write(&one, 1, &sink);
	report->verbose = verbose;
	char *text = sink_take(&sink, &len);
	if (!text)
		return err ? err : -ENOMEM;
	if (!err)
		err = expected_parse(slice_bytes(text, len), &now, &line, &bad);
	if (!err)
		err = compare(report, was, &now);
	expected_free(&now);
	free(text);
	return err;
}
