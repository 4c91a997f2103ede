/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exceed.h"

static const int erange[] = {ERANGE, 0};

/* The last write of a number, refused or with an answer that nobody pasted. */
static const struct session_write *too_many(const struct run *run, const struct fn *pf, uint64_t limit)
{
	const struct session_write *w = write_last(run, pf);
	for (; w; w = write_before(run, w)) {
		bool whose = w->has_addr || !w->netdev || !pf->netdev || !strcmp(w->netdev, pf->netdev);
		if (whose && !strcmp(w->attribute, "sriov_numvfs") && w->has_number && w->number > limit && w->result != WRITE_OK)
			return w;
	}
	return NULL;
}

/* An interface's folder that stands for a function without an address. */
static bool nameless(const struct run *run, uint64_t *limit, const struct session_write **write, const struct item **from)
{
	const struct item *net = snapshot_at(run->model->snap, NULL, "sys/class/net");
	const struct session *s = session_of(run);
	for (const struct item *c = net ? net->child : NULL; c; c = c->next) {
		const struct item *total = snapshot_at(run->model->snap, c, "device/sriov_totalvfs");
		if (!total || total->kind != ITEM_FILE || !slice_u64(total->data, limit))
			continue;
		for (size_t i = s ? s->writes_n : 0; i > 0; i--) {
			const struct session_write *w = &s->writes[i - 1];
			if (w->netdev && !strcmp(w->netdev, c->name) && w->has_number && w->number > *limit && w->result != WRITE_OK) {
				*write = w;
				*from = total;
				return true;
			}
		}
	}
	return false;
}

bool nameless_without_vfs(const struct run *run)
{
	const struct item *net = snapshot_at(run->model->snap, NULL, "sys/class/net");
	uint64_t n;
	for (const struct item *c = net ? net->child : NULL; c; c = c->next) {
		const struct item *now = snapshot_at(run->model->snap, c, "device/sriov_numvfs");
		if (now && now->kind == ITEM_FILE && slice_u64(now->data, &n) && n == 0)
			return true;
	}
	return false;
}

bool exceed_judge(struct run *run, const struct fn *pf, struct exceed *out)
{
	*out = (struct exceed){0};
	if (!pf) {
		out->limit_known = nameless(run, &out->limit, &out->write, &out->from);
		if (!out->write)
			out->write = write_refused(run, NULL, "sriov_numvfs", erange);
		out->asked = out->write && out->write->has_number ? out->write->number : 0;
		return out->write && (out->limit_known || out->asked > 7);
	}
	struct fact total = pf->pf->total_vfs, limit = known(&pf->pf->sysfs_total) ? pf->pf->sysfs_total : total;
	if (!known(&limit))
		return false;
	out->limit_known = true;
	out->limit = limit.v;
	out->from = limit.from;
	out->by_driver = pf->pf->offset && known(&pf->pf->sysfs_total) && limit.v < total.v; /* who has the attribute has a total */
	const struct device_info *d =
		known(&pf->vendor) && known(&pf->device) ? device_find((uint16_t)pf->vendor.v, (uint16_t)pf->device.v) : NULL;
	bool nic_tool = known(&pf->vendor) && (pf->vendor.v == 0x15b3 || pf->vendor.v == 0x14e4 || pf->vendor.v == 0x1924);
	out->fixed = d && !nic_tool;
	if (run->ask.has_vfs && run->ask.vfs > limit.v) {
		out->asked = run->ask.vfs;
		return true;
	}
	out->write = pf_has_vfs(pf) ? NULL : too_many(run, pf, limit.v);
	out->asked = out->write ? out->write->number : 0;
	return out->write != NULL;
}
