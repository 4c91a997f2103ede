/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "data/data.h"
#include "decode/modules.h"
#include "decode/proc.h"
#include "vf.h"

struct want {
	const struct fn *pf, *vf;
	size_t free;
	struct alias_query query;
};

/* What was found out of one module: many PFs of a kind ask the same. */
struct memo {
	struct slice name, modalias;
	const char *blocked, *where;
	bool absent;
};

static bool builtin(const struct run *run, struct slice name)
{
	const struct item *from;
	struct slice path;
	return modules_path(modules_file(run, "modules.builtin", &from), name, &path);
}

/* The module that should be there and is not; false where one is loaded, or nothing is known. */
static bool missing(struct run *run, const struct want *want, struct slice *name)
{
	const struct driver_info *info = want->pf->driver ? driver_find(want->pf->driver) : NULL;
	size_t n = want->query.n;
	for (size_t i = 0; i < n; i++)
		if (module_loaded(run->model, slice_text(run, want->query.modules[i])) != TRI_NO || builtin(run, want->query.modules[i]))
			return false;
	*name = n ? want->query.modules[0] : (struct slice){NULL, 0};
	if (n)
		return true;
	/* No list of aliases, or none that fits: the driver's table knows the usual module. */
	if (!info || !info->vf_driver || module_loaded(run->model, info->vf_driver) != TRI_NO || builtin(run, slice_of(info->vf_driver)))
		return false;
	*name = slice_of(info->vf_driver);
	return true;
}

static void look(struct run *run, struct slice name, struct slice modalias, struct memo *memo)
{
	struct slice path;
	const struct item *dep;
	if (memo->name.p && slice_same(memo->name, name) && slice_same(memo->modalias, modalias))
		return;
	struct slice list = modules_file(run, "modules.dep", &dep);
	*memo = (struct memo){.name = name, .modalias = modalias};
	memo->blocked = module_blocked(run, name, modalias, &memo->where);
	memo->absent = list.p && !modules_path(list, name, &path);
}

static void tell(struct run *run, const struct want *want, const struct item *aliases, struct memo *memo)
{
	struct slice name;
	if (!missing(run, want, &name))
		return;
	look(run, name, want->query.modalias, memo);
	const char *module = slice_text(run, name), *blocked = memo->blocked, *where = memo->where;
	bool absent = (aliases && !want->query.n) || memo->absent;
	const char *why = blocked ? say(run, "it is %s", blocked) : absent ? "it is not installed for this kernel" : "nothing loaded it";
	struct finding *f = finding_new(run, &check_vf_driver_not_loaded, want->pf, vf_trouble(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%zu VFs of %s have no driver: module %s is not loaded (%s)", want->free, name_of(run, want->pf), module, why);
	finding_evidence(run, f, say(run, "%s: driver", name_of(run, want->vf)), "none", module, NULL);
	if (want->query.modalias.n)
		finding_evidence(run, f, say(run, "%s: modalias", name_of(run, want->vf)), slice_text(run, want->query.modalias), NULL, NULL);
	if (aliases)
		finding_evidence(run, f, where_item(run, aliases, 0), want->query.n ? module : "no module serves it", NULL, NULL);
	if (blocked)
		finding_evidence(run, f, where, say(run, "%s: %s", module, blocked), "nothing about it", NULL);
	if (!f || f->state != FINDING_FAIL)
		return;
	if (blocked)
		finding_step(run, f, say(run, "Remove the line that keeps %s away from %s", module, where));
	if (absent)
		finding_step(run, f, say(run, "Install %s for this kernel (the distribution's package of extra modules, or the vendor's driver)", module));
	finding_step(run, f, say(run, "modprobe %s", module));
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct want *wants = NULL;
	size_t n = 0, room = 0;
	struct arena *arena = &run->report->arena;
	for (size_t i = 0; i < run->pfs_n && !run->err; i++) {
		const struct fn *pf = run->pfs[i];
		struct vf_hold hold;
		if (!pf_has_vfs(pf) || known_as(&pf->pf->autoprobe, 0))
			continue;
		vf_hold_judge(pf, &hold);
		/* One VF with a driver of its own shows that the module is there. */
		if (!hold.free || hold.first_kernel)
			continue;
		struct want *want = ARENA_PUSH(arena, wants, n, room);
		if (!want) {
			run->err = -ENOMEM;
			return;
		}
		*want = (struct want){.pf = pf, .vf = hold.first_free, .free = hold.free};
		want->query.modalias = vf_modalias(run, hold.first_free);
	}
	struct memo memo = {.blocked = NULL};
	const struct item *aliases;
	struct slice text = modules_file(run, "modules.alias", &aliases);
	struct alias_query *queries = n && text.p ? arena_array(arena, n, sizeof(*queries)) : NULL;
	if (n && text.p && !queries)
		run->err = -ENOMEM;
	for (size_t i = 0; queries && i < n; i++)
		queries[i].modalias = wants[i].query.modalias;
	if (queries)
		modules_alias(text, queries, n);
	for (size_t i = 0; i < n && !run->err; i++) {
		/* The answers are sorted by modalias: find this one's. */
		size_t low = 0, high = queries ? n : 0;
		struct slice alias = wants[i].query.modalias;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			struct slice m = queries[middle].modalias;
			size_t both = m.n < alias.n ? m.n : alias.n;
			int order = both ? memcmp(m.p, alias.p, both) : 0;
			if (order < 0 || (order == 0 && m.n < alias.n))
				low = middle + 1;
			else
				high = middle;
		}
		if (queries)
			wants[i].query = queries[low];
		tell(run, &wants[i], alias.n ? aliases : NULL, &memo);
	}
}

const struct check check_vf_driver_not_loaded = {
	.id = "vf-driver-not-loaded",
	.rung = RUNG_BOUND,
	.scope = SCOPE_HOST,
	.title = "the module that serves the VFs is not loaded",
	.needs = "sysfs driver, modalias; proc/modules, lib/modules/RELEASE/modules.*, etc/modprobe.d",
	.kernel = "drivers/pci/pci-driver.c pci_match_device()",
	.run = judge,
};
