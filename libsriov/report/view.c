/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which functions a report is about: what -s and -d select; else PFs, their VFs and the ports above; else all. */
#include <stdlib.h>

#include "report.h"

static void with_ports(const struct model *m, const struct fn *fn, bool *in)
{
	/* a port that is in view already has those above it in view */
	for (const struct fn *port = fn->upstream; port && !in[port - m->fns]; port = port->upstream)
		in[port - m->fns] = true;
}

static void with_vfs(const struct model *m, const struct fn *fn, bool *in)
{
	for (size_t i = 0; fn->pf && i < fn->pf->vfs_n; i++)
		if (fn->pf->vfs[i].fn)
			in[fn->pf->vfs[i].fn - m->fns] = true;
}

int report_view(struct report *report, const struct filter *filter, bool all, bool family)
{
	const struct model *m = report->model;
	bool *in = calloc(m->fns_n + 1, sizeof(*in));
	if (!in)
		return -ENOMEM;
	for (size_t i = 0; i < m->fns_n; i++) {
		const struct fn *fn = &m->fns[i];
		if ((filter && !filter_match(filter, fn)) || !(all || fn->role == ROLE_PF || fn->role == ROLE_VF))
			continue;
		in[i] = true;
		if (family) {
			with_ports(m, fn, in);
			with_vfs(m, fn, in);
		}
	}
	report->view_n = 0;
	report->view = arena_array(&report->arena, m->fns_n + 1, sizeof(*report->view));
	for (size_t i = 0; report->view && i < m->fns_n; i++)
		if (in[i])
			report->view[report->view_n++] = &m->fns[i];
	free(in);
	return report->view ? 0 : -ENOMEM;
}
