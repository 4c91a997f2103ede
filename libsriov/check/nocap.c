/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "nocap.h"
#include "decode/session.h"

bool no_sure_pf(const struct run *run)
{
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *fn = run->pfs[i];
		/* an attribute that was pasted beside a list of capabilities without SR-IOV is no proof */
		bool doubted = fn_cap_absent(fn, CAP_EXTENDED, 0x0010) && !known(&fn->pf->sysfs_total);
		if (fn->pf->offset || (known(&fn->pf->sriov_attrs) && !doubted) || pf_has_vfs(fn))
			return false;
	}
	return true;
}

/* Somebody wrote about this function and sriov_numvfs in one breath. */
static bool spoken_of(const struct run *run, const struct fn *fn)
{
	const struct session *s = session_of(run);
	char addr[ADDR_TEXT];
	addr_text(&fn->addr, addr);
	for (size_t i = 0; s && i < s->commands_n; i++) {
		const struct session_command *c = &s->commands[i];
		bool asks = slice_has(c->command, "sriov") || slice_has(c->answer, "sriov_numvfs");
		if (asks && (slice_has(c->command, addr) || slice_has(c->command, addr + 5) || slice_has(c->answer, addr)))
			return true;
	}
	return false;
}

static void judge(struct run *run, struct nocap *n, void (*found)(struct run *run, const struct nocap *nocap))
{
	const struct fn *fn = n->fn;
	if (!n->info && known(&fn->vendor) && known(&fn->device))
		n->info = device_find((uint16_t)fn->vendor.v, (uint16_t)fn->device.v);
	/* VFs of a family carry ids of their own; one that a guest was given is no PF without its capability. */
	n->absent = fn_cap_absent(fn, CAP_EXTENDED, 0x0010) && (fn->exp_type != EXP_TYPE_NONE || fn->config->from_text);
	n->log = kmsg_last(&run->model->log, KMSG_PF_NOT_CAPABLE, &fn->addr);
	if (n->log && slice_has(n->log->text, "Safe Mode"))
		n->log = NULL; /* ice without its firmware package: the device could */
	const struct kmsg_event *failed = kmsg_last(&run->model->log, KMSG_SRIOV_FAILED, &fn->addr);
	if (!n->log && failed && failed->err == ENOSYS)
		n->log = failed;
	n->no_attribute = !fn->pf && !(fn->config && !fn->config->from_text) && fn_attr_state(run, fn, "sriov_totalvfs") == ITEM_ABSENT;
	if (!n->info && !n->log && !n->absent)
		return;
	n->wanted = n->log || spoken_of(run, fn);
	found(run, n);
}

/* Functions whose numbers are unknown: lspci's own words in the pasted text. */
static void by_name(struct run *run, void (*found)(struct run *run, const struct nocap *nocap))
{
	const struct item *item = snapshot_at(run->model->snap, NULL, "lspci");
	if (!item || item->kind != ITEM_FILE || item->state != ITEM_PRESENT)
		return;
	struct slice text = item->data, line;
	for (unsigned number = 1; slice_line(&text, &line); number++) {
		struct sriov_addr addr;
		struct slice rest = line;
		if (!addr_eat(&rest, &addr))
			continue;
		const struct fn *fn = model_find(run->model, &addr);
		if (!fn || known(&fn->device) || fn->role == ROLE_VF ||
		    (fn->pf && (fn->pf->offset || known(&fn->pf->sysfs_total) || pf_has_vfs(fn))))
			continue;
		struct nocap n = {.fn = fn,
				  .info = device_find_name(rest),
				  .name = slice_text(run, slice_trim(rest)),
				  .name_where = where_item(run, item, number)};
		if (n.info)
			judge(run, &n, found);
	}
}

void each_nocap(struct run *run, void (*found)(struct run *run, const struct nocap *nocap))
{
	const struct report *report = run->report;
	size_t all = report->view ? report->view_n : run->model->fns_n;
	if (run->model->host.kind == HOST_GUEST && run->pfs_n == 0)
		return;
	for (size_t i = 0; i < all && !run->err; i++) {
		const struct fn *fn = report->view ? report->view[i] : &run->model->fns[i];
		bool loose_pf = fn->role == ROLE_PF && !known(&fn->pf->total_vfs); /* none in view is sure */
		if (fn->role != ROLE_ENDPOINT && !loose_pf)
			continue;
		if (!known(&fn->device) && !kmsg_last(&run->model->log, KMSG_SRIOV_FAILED, &fn->addr) &&
		    !kmsg_last(&run->model->log, KMSG_PF_NOT_CAPABLE, &fn->addr))
			continue;
		struct nocap n = {.fn = fn};
		judge(run, &n, found);
	}
	by_name(run, found);
}
