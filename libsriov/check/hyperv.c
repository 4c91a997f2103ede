/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/session.h"
#include "hyperv.h"

const struct session_query *hyperv_said(const struct run *run, const char *word)
{
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->queries_n; i++) {
		const struct session_query *q = &s->queries[i];
		if ((q->tool == TOOL_VMHOST || q->tool == TOOL_NETADAPTER_SRIOV) && q->value && strstr(q->value, word))
			return q;
	}
	return NULL;
}
