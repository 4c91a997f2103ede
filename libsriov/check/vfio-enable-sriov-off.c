/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static bool off(struct slice value)
{
	return slice_starts(value, "N") || slice_starts(value, "n") || slice_starts(value, "0");
}

static void judge(struct run *run, const struct fn *pf)
{
	const char *where;
	struct slice value = option_of(run, "vfio_pci", "enable_sriov", &where);
	if (!pf) {
		/* The parameter alone, pasted by somebody, with nothing else in it. */
		if (run->model->fns_n || !value.p || !off(value))
			return;
		struct finding *f = finding_new(run, &check_vfio_enable_sriov_off, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
						"vfio-pci was loaded with enable_sriov off: a PF bound to it cannot enable VFs");
		finding_evidence(run, f, where, slice_text(run, value), "Y", NULL);
		return;
	}
	if (!pf->driver || strcmp(pf->driver, "vfio-pci") || pf_has_vfs(pf) || (value.p && !off(value)))
		return;
	struct finding *f = finding_new(
		run, &check_vfio_enable_sriov_off, pf, FINDING_FAIL, SEVERITY_ERROR, value.p ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		"%s is bound to vfio-pci, whose option enable_sriov is off: writing sriov_numvfs ends in ENOENT", name_of(run, pf));
	finding_evidence(run, f, say(run, "%s/driver", where_item(run, pf->dir, 0)), "vfio-pci", NULL, NULL);
	finding_evidence(run, f, where, value.p ? slice_text(run, value) : "not captured (off by default)", "Y", NULL);
}

const struct check check_vfio_enable_sriov_off = {
	.id = "vfio-enable-sriov-off",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "vfio-pci holds the PF, and its option enable_sriov is off",
	.needs = "sysfs driver, sys/module/vfio_pci/parameters/enable_sriov",
	.kernel = "drivers/vfio/pci/vfio_pci.c vfio_pci_sriov_configure()",
	.source = "https://github.com/OFS/opae-sdk/pull/1765",
	.run = judge,
};
