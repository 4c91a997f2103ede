/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The picture while it is made: what is drawn (html-tree.c), and how (html-draw.c). */
#ifndef SRIOV_REPORT_HTML_TREE_H
#define SRIOV_REPORT_HTML_TREE_H

#include "report/report.h"
#include "report/sink.h"

#define TREE_WIDTH 1120
#define TREE_NOTES 3 /* texts at one box */

struct row {
	const struct fn *fn;
	bool wanted, drawn;
	size_t child, next; /* rows + 1, 0 = none */
	size_t last;        /* the last child */
	char *notes[TREE_NOTES];
	bool warning[TREE_NOTES];
	unsigned notes_n, more;
	bool bad;
};

struct picture {
	const struct report *report;
	struct row *rows; /* one a function of the model; one more for all root complexes' notes */
	size_t rows_n;
	struct row *host;
	struct arena arena; /* of the notes */
	struct sink *out;
	unsigned y;
	size_t left_out;
	int err;
};

/* All roots with what is below them, from p->y on. 0 or -ENOMEM. */
int tree_draw(struct picture *p) MUST_CHECK;

static inline bool tree_counts(const struct fn *fn) { return fn->role == ROLE_PF || fn->pf; }

#endif
