/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

#define EXP_TYPE_RC_END 9

static const int errors[] = {ENODEV, 0};

/* Function Dependency Link names another function of the device: it must be there, and be a PF. */
/* ENODEV alone: of all tests in the kernel only this one ends so. */
static void loose(struct run *run)
{
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", errors);
	if (!w || run->pfs_n || w->step == STEP_OPEN)
		return;
	struct finding *f = finding_new(run, &check_dependency_link_broken, w->has_addr ? model_find(run->model, &w->addr) : NULL,
					FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_POSSIBLE,
					"Enabling VFs ended in ENODEV: the PF depends on a function of its device that is not there");
	finding_write(run, f, w, NULL);
	finding_missing(run, f, "lspci -xxxx of the device's functions as root");
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	if (!known(&pf->pf->dep_link) || pf_has_vfs(pf))
		return;
	struct sriov_addr addr = pf->addr;
	if (pf->exp_type != EXP_TYPE_RC_END) /* an integrated endpoint's link is a function number */
		addr.device = (uint8_t)(pf->pf->dep_link.v >> 3 & 31);
	addr.function = (uint8_t)(pf->pf->dep_link.v & 7);
	if (addr_cmp(&addr, &pf->addr) == 0)
		return;
	const struct fn *other = model_find(run->model, &addr);
	bool complete = snapshot_state(run->model->snap, NULL, "sys/bus/pci/devices/x") == ITEM_ABSENT;
	/* a lone function in a dump says nothing of its siblings; several do */
	bool seen_all = complete || (pf->upstream && run->model->fns_n > 2);
	bool missing = !other && seen_all, stranger = other && other->role == ROLE_ENDPOINT && fn_cap_absent(other, CAP_EXTENDED, 0x0010);
	if (!missing && !stranger)
		return;
	char buf[ADDR_TEXT];
	addr_text(&addr, buf);
	struct finding *f = finding_new(run, &check_dependency_link_broken, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%s depends on %s, which %s: enabling VFs ends in %s", name_of(run, pf), buf,
					missing ? "is not there" : "is no PF", missing ? "ENODEV" : "ENOSYS");
	finding_evidence(run, f, say(run, "%s: Function Dependency Link", where_item(run, pf->config_item, 0)),
			 say(run, "0x%02llx", (unsigned long long)pf->pf->dep_link.v), "a PF of the same device that this host sees", NULL);
	finding_write(run, f, write_refused(run, pf, "sriov_numvfs", errors), NULL);
}

const struct check check_dependency_link_broken = {
	.id = "dependency-link-broken",
	.rung = RUNG_ROUTABLE,
	.scope = SCOPE_PF,
	.title = "Function Dependency Link names a function that is missing or no PF",
	.needs = "config space of the device's functions",
	.kernel = "drivers/pci/iov.c sriov_enable()",
	.spec = "PCIe 6.0 9.3.3.8",
	.run = judge,
};
