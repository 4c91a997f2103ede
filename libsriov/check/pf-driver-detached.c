/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

/* The PF lost its driver while it had VFs, and they went with it. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || pf_has_vfs(pf))
		return;
	const struct kmsg_event *off = log_of(run, KMSG_SRIOV_DISABLED, pf);
	/* an administrator's own unbinding is no accident: it counts where the PF as a whole was given to a guest */
	const char *where;
	bool vfio = pf->driver && !strcmp(pf->driver, "vfio-pci") && !option_of(run, "vfio_pci", "enable_sriov", &where).p;
	bool away = vfio || (pf->driver && (!strcmp(pf->driver, "pciback") || !strcmp(pf->driver, "xen-pciback")));
	if (!off || !away)
		return;
	struct finding *f = finding_new(run, &check_pf_driver_detached, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"%s had VFs until its driver was taken away for %s: they went with it", name_of(run, pf),
					pf->driver);
	finding_log(run, f, off, NULL);
	finding_evidence(run, f, say(run, "%s/driver", where_item(run, pf->dir, 0)), pf->driver,
			 "the PF's own driver", NULL);
}

const struct check check_pf_driver_detached = {
	.id = "pf-driver-detached",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF lost its driver, and the VFs went with it",
	.needs = "sysfs driver, dmesg",
	.kernel = "drivers/pci/iov.c sriov_disable()",
	.run = judge,
};
