/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/pci_regs.h>

#include "decode/session.h"
#include "hyperv.h"

/* Every function of the host was seen, and what it is: then a missing root port is missing. */
static bool none_of_all(const struct run *run)
{
	const struct item *devices = snapshot_at(run->model->snap, NULL, "sys/bus/pci/devices");
	if (!run->model->fns_n || !(devices && devices->state == ITEM_PRESENT))
		return false;
	for (size_t i = 0; i < run->model->fns_n; i++) {
		const struct fn *fn = &run->model->fns[i];
		if (fn->exp_type == EXP_TYPE_UNKNOWN || fn->exp_type == PCI_EXP_TYPE_ROOT_PORT)
			return false;
	}
	return true;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct session_query *q = hyperv_said(run, "there is no PCI Express Bus");
	bool none = hyperv_asked(run) && none_of_all(run);
	if (!q && !none)
		return;
	struct finding *f = finding_new(run, &check_no_pcie_root_port, NULL, q ? FINDING_FAIL : hyperv_state(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"There is no PCI Express root port: Windows reports no PCI Express bus, and offers no SR-IOV");
	if (q)
		finding_evidence(run, f, say(run, "%s:%u", q->at.origin, q->at.line), q->value, NULL, NULL);
	else
		finding_evidence(run, f, "sys/bus/pci/devices: Device/Port Type", say(run, "no Root Port among %zu functions", run->model->fns_n), "a Root Port", NULL);
}

const struct check check_no_pcie_root_port = {
	.id = "no-pcie-root-port",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "the host has no PCI Express root port",
	.needs = "config space of all functions, a session on Windows",
	.spec = "PCIe 6.0 1.3.1",
	.windows = "IovSupportReasons: it is reporting that there is no PCI Express Bus",
	.run = judge,
};
