/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The graph of causes, for the checks' own tests too. */
#ifndef SRIOV_CHECK_GRAPH_H
#define SRIOV_CHECK_GRAPH_H

#include "util/macro.h"

enum edge_relation {
	EDGE_SAME, /* both on the same subject */
	EDGE_ANY,  /* wherever the cause is */
};

struct edge {
	const char *cause, *effect;
	enum edge_relation relation;
};

extern const struct edge edges[];
extern const size_t edges_n;

#endif
