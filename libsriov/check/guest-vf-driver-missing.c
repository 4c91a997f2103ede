/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/modules.h"
#include "guest.h"
#include "rows.h"
#include "vf.h"

/* The module that serves the VF: the image's own list of aliases, else what is known of the id. */
static const char *module_of(struct run *run, const struct fn *fn, struct slice modalias, bool *listed)
{
	const struct item *from;
	struct slice aliases = modules_file(run, "modules.alias", &from);
	struct alias_query query = {.modalias = modalias};
	*listed = aliases.p && modalias.n;
	if (*listed)
		modules_alias(aliases, &query, 1);
	if (query.n)
		return slice_text(run, query.modules[0]);
	const struct guest_vf *vf = guest_vf_find(fn->vendor.v, fn->device.v);
	return vf ? vf->module : NULL;
}

/* Without sysfs a log since boot says it: whoever drives a function speaks for it. */
static bool silent(const struct run *run, const struct fn *fn)
{
	return !fn->driver && fn->driver_state == ITEM_NOT_CAPTURED && !fn->dir && run->model->log.from_boot && known(&fn->vendor);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct fn *fn = NULL;
	size_t n = 0;
	struct guest g;
	guest_look(run, &g);
	if (!g.vfs)
		return;
	for (size_t i = 0; i < run->model->fns_n; i++) {
		const struct fn *at = &run->model->fns[i];
		if (!guest_is_vf(run, at) || !(at->driver_state == ITEM_ABSENT || silent(run, at)))
			continue;
		if (!n++)
			fn = at;
	}
	if (!n)
		return;
	bool listed;
	struct slice modalias = fn->dir ? vf_modalias(run, fn) : (struct slice){NULL, 0}, path;
	const char *module = module_of(run, fn, modalias, &listed);
	const struct item *dep;
	struct slice deps = modules_file(run, "modules.dep", &dep);
	bool absent = module && deps.p && !modules_path(deps, slice_of(module), &path);
	const struct guest_vf *known_vf = guest_vf_find(fn->vendor.v, fn->device.v);
	struct finding *f = finding_new(run, &check_guest_vf_driver_missing, NULL, FINDING_FAIL, SEVERITY_ERROR,
					fn->driver_state == ITEM_ABSENT ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "The VF %s (%s) is here and has no driver%s%s%s",
					name_of(run, fn), known_vf ? known_vf->name : say(run, "%04llx:%04llx", (unsigned long long)fn->vendor.v, (unsigned long long)fn->device.v),
					module ? ": module " : "", module ? module : "", module ? absent ? " is not installed" : " is not loaded" : "");
	finding_evidence(run, f, fn->dir ? say(run, "%s/driver", where_item(run, fn->dir, 0)) : "dmesg",
			 fn->dir ? "absent" : "no driver speaks for it", module ? module : "a VF driver", NULL);
	if (listed)
		finding_evidence(run, f, "modules.alias", module ? module : "no module serves it", NULL, NULL);
	if (!module)
		return;
	const char *where = NULL, *blocked = module_blocked(run, slice_of(module), modalias, &where);
	if (blocked)
		finding_step(run, f, say(run, "Remove the line that keeps %s away from %s", module, where));
	else if (absent)
		finding_step(run, f, say(run, "Install %s for this kernel (the distribution's cloud kernel, or its package of extra modules)", module));
	else
		finding_step(run, f, say(run, "modprobe %s", module));
}

const struct check check_guest_vf_driver_missing = {
	.id = "guest-vf-driver-missing",
	.rung = RUNG_GUEST_DRIVEN,
	.scope = SCOPE_GUEST,
	.title = "the VF is in the guest and has no driver",
	.needs = "sysfs driver, modules.alias, modules.dep, dmesg",
	.run = judge,
};
