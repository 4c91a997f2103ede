/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing says what the machine is (no cpuinfo, no DMI, no boot log): do its PCI devices? */
#include "build.h"
#include "data/data.h"

static const char *by_function(const struct fn *fn)
{
	const struct guest_mark *mark = known(&fn->vendor) && known(&fn->device) ? guest_mark_find(fn->vendor.v, fn->device.v) : NULL;
	return mark ? mark->hypervisor : NULL;
}

static const char *by_words(struct slice text)
{
	for (size_t i = 0; i < guest_marks_n; i++)
		if (guest_marks[i].words && slice_has(text, guest_marks[i].words))
			return guest_marks[i].hypervisor;
	return NULL;
}

int build_guest(struct model *m)
{
	struct host *host = &m->host;
	const char *name = NULL;
	if (host->kind != HOST_UNKNOWN || host->in_container)
		return 0;
	for (size_t i = 0; i < m->fns_n && !name; i++)
		name = by_function(&m->fns[i]);
	if (!name)
		name = by_words(snapshot_bytes(m->snap, NULL, "lspci"));
	if (!name)
		return 0;
	host->kind = HOST_GUEST;
	host->hypervisor = name;
	return 0;
}
