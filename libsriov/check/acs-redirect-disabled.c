/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/cmdline.h"
#include "iommu.h"

/* The command line changes what the ports would isolate. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	struct slice value;
	if (!isolation_matters(run) || !h->cmdline.p)
		return;
	bool off = cmdline_has(h, "pci", "disable_acs_redir", &value), set = !off && cmdline_has(h, "pci", "config_acs", &value);
	bool pretends = option_get(h->cmdline, "pcie_acs_override", &value);
	if (!off && !set && !pretends)
		return;
	/* An error only where a port above a PF in view does lack isolation. */
	const struct fn *port = NULL;
	for (size_t i = 0; i < run->pfs_n && !port; i++) {
		struct acs_path path;
		acs_judge(run->model, run->pfs[i], &path);
		if (path.isolated == TRI_NO && path.off)
			port = path.port;
	}
	const char *option = off ? "pci=disable_acs_redir" : set ? "pci=config_acs" : "pcie_acs_override";
	struct finding *f = finding_new(run, &check_acs_redirect_disabled, NULL, FINDING_FAIL, port && (off || set) ? SEVERITY_ERROR : SEVERITY_WARNING,
					CONFIDENCE_CERTAIN, !off && !set ?
						"%s makes the kernel believe in isolation that the hardware does not give: guests may reach each other's memory" :
					port ? "%s switches off the isolation of ports: VFs then share an IOMMU group" :
					       "%s changes the isolation of ports", option);
	finding_evidence(run, f, "proc/cmdline", slice_text(run, h->cmdline), say(run, "without %s", option), NULL);
	if (port)
		finding_evidence(run, f, say(run, "%s: ACS Control", name_of(run, port)), say(run, "0x%04llx", (unsigned long long)port->bridge->acs_ctrl.v), NULL, NULL);
}

const struct check check_acs_redirect_disabled = {
	.id = "acs-redirect-disabled",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "a kernel option changes the isolation that the hardware offers",
	.needs = "proc/cmdline, config space of the ports",
	.kernel = "drivers/pci/pci.c pci_disable_acs_redir(), __pci_config_acs()",
	.windows = "SriovSupport MissingAcs",
	.run = judge,
};
