/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

#define ID_AF  0x13
#define ID_EXP 0x10

static enum tri vf_resets(const struct run *run, const struct fn *vf, const char **where)
{
	uint64_t flr = 0;
	bool told = !fn_field(vf, CAP_STANDARD, ID_EXP, "Function Level Reset Capability", &flr);
	struct slice methods = fn_attr(run, vf, "reset_method");
	enum item_state state = fn_attr_state(run, vf, "reset_method");
	*where = "reset_method";
	if (methods.p)
		return slice_trim(methods).n ? TRI_YES : TRI_NO;
	if (fn_attr_state(run, vf, "reset") == ITEM_PRESENT)
		return TRI_YES;
	/* The kernel hides reset where it knows no way; older ones have no reset_method. */
	bool hidden = state == ITEM_ABSENT && fn_attr_state(run, vf, "reset") == ITEM_ABSENT;
	*where = "Function Level Reset Capability";
	if (flr)
		return TRI_YES;
	if (fn_cap(vf, CAP_STANDARD, ID_AF))
		return TRI_UNKNOWN;
	return told && (hidden || fn_cap_absent(vf, CAP_STANDARD, ID_AF)) ? TRI_NO : TRI_UNKNOWN;
}

static void judge(struct run *run, const struct fn *pf)
{
	const struct fn *vf = NULL;
	const char *where = NULL;
	if (run->ask.goal != GOAL_ASSIGN)
		return;
	for (size_t i = 0; i < pf->pf->vfs_n && !vf; i++)
		vf = pf->pf->vfs[i].fn;
	if (!vf || vf_resets(run, vf, &where) != TRI_NO)
		return;
	struct finding *f = finding_new(run, &check_vf_no_reset, pf, FINDING_FAIL, SEVERITY_WARNING, CONFIDENCE_CERTAIN,
					"VFs of %s cannot be reset: what one guest left in a VF, the next one finds", name_of(run, pf));
	finding_evidence(run, f, say(run, "%s: %s", name_of(run, vf), where), "none", "flr", NULL);
}

const struct check check_vf_no_reset = {
	.id = "vf-no-reset",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_VF,
	.title = "the VFs know no way to be reset",
	.needs = "sysfs reset_method, config space of a VF",
	.kernel = "drivers/pci/pci.c pci_init_reset_methods()",
	.spec = "PCIe 6.0 6.6.2, 9.2.2.2",
	.run = judge,
};
