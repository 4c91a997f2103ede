/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* The PF's own BAR without memory: no driver, and nothing to say about VFs yet. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || pf_has_vfs(pf))
		return;
	for (int i = 0; i < 6; i++) {
		const struct resource *res = &pf->res[i];
		struct kmsg_res said;
		kmsg_resource(&run->model->log, &pf->addr, i, &said);
		bool lost = res->implemented && res->assigned == TRI_NO && !res->io;
		bool failed = said.state == KMSG_RES_FAILED && !said.io && res->assigned != TRI_YES;
		if ((!lost && !failed) || (pf->driver && !failed))
			continue;
		struct finding *f = finding_new(run, &check_pf_bar_unassigned, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
						"BAR %d of %s itself has no memory space: no driver can use the PF, let alone enable VFs",
						i, name_of(run, pf));
		if (lost)
			finding_evidence(run, f, where_item(run, res->from, res->line),
					 res->size ? say(run, "%s, not assigned", memory_text(run, res->size)) : "not assigned",
					 "an address", NULL);
		finding_log(run, f, failed ? said.why : NULL, NULL);
		return;
	}
}

const struct check check_pf_bar_unassigned = {
	.id = "pf-bar-unassigned",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_PF,
	.title = "the PF's own BAR has no memory space",
	.needs = "sysfs resource, dmesg",
	.kernel = "drivers/pci/setup-res.c pci_enable_resources()",
	.run = judge,
};
