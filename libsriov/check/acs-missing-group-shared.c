/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

/* Who shares the group of a VF: its own siblings and its PF count, the port above too. */
static const struct fn *shared_vf(const struct fn *pf)
{
	for (size_t i = 0; i < pf->pf->vfs_n; i++) {
		const struct fn *vf = pf->pf->vfs[i].fn;
		if (vf && vf->group && vf->group->fns_n > 1)
			return vf;
	}
	return NULL;
}

static bool vfs_grouped(const struct fn *pf)
{
	for (size_t i = 0; i < pf->pf->vfs_n; i++)
		if (pf->pf->vfs[i].fn && pf->pf->vfs[i].fn->group)
			return true;
	return false;
}

static const char *members(struct run *run, const struct group *group)
{
	const char *text = "";
	for (size_t i = 0; i < group->fns_n && i < 12; i++)
		text = say(run, "%s%s%s", text, i ? " " : "", name_of(run, group->fns[i]));
	return group->fns_n > 12 ? say(run, "%s and %zu more", text, group->fns_n - 12) : text;
}

static void port_evidence(struct run *run, struct finding *f, const struct acs_path *path)
{
	if (path->isolated != TRI_NO)
		return;
	const char *port = name_of(run, path->port);
	if (path->no_capability)
		finding_evidence(run, f, say(run, "%s: ACS capability", port), "absent", "present",
				 "the kernel then takes all that is below for one group");
	else
		finding_evidence(run, f, say(run, "%s: ACS Control", port),
				 say(run, "0x%04llx", (unsigned long long)path->port->bridge->acs_ctrl.v),
				 say(run, "%s set", acs_bits(run, path->lacking)), NULL);
}

static void loose(struct run *run)
{
	const struct session_message *said = session_message(session_of(run), MESSAGE_GROUP_NOT_VIABLE);
	const struct kmsg_event *log = log_of(run, KMSG_VFIO_NOT_VIABLE, NULL);
	if (!said && !log)
		return;
	const struct fn *fn = said && said->has_addr ? model_find(run->model, &said->addr) : NULL;
	struct finding *f =
		finding_new(run, &check_acs_missing_group_shared, fn, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
			    "The function shares its IOMMU group with others that stay with the host: no port above isolates them (ACS)");
	if (said)
		finding_evidence(run, f, say(run, "%s:%u", said->at.origin, said->at.line), said->text, NULL,
				 "vfio takes a group as a whole");
	finding_log(run, f, log, NULL);
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	if (run->ask.goal != GOAL_ASSIGN)
		return;
	const struct fn *vf = shared_vf(pf);
	struct acs_path path;
	acs_judge(run->model, pf, &path);
	if (!vf && path.off && run->model->host.iommu != TRI_YES)
		return; /* the kernel turns ACS on together with the IOMMU */
	/* VFs that stand alone prove it, whatever the registers say: the kernel knows ports by heart that isolate without ACS. */
	if (!vf && (vfs_grouped(pf) || path.isolated != TRI_NO))
		return;
	/* The PF's group shows it too: a VF would join a group that holds the port. */
	if (!vf && path.port->group && pf->group && path.port->group != pf->group)
		return;
	struct finding *f;
	if (vf)
		f = finding_new(run, &check_acs_missing_group_shared, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
				"VFs of %s share IOMMU group %u with %zu other functions%s: they can only be given away all together",
				name_of(run, pf), vf->group->number, vf->group->fns_n - 1,
				path.isolated == TRI_NO ? say(run, ", because %s above does not isolate (ACS)", name_of(run, path.port))
							: "");
	else
		f = finding_new(run, &check_acs_missing_group_shared, pf, FINDING_FAIL, SEVERITY_ERROR,
				pf->group ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
				"VFs of %s will share one IOMMU group with all that is below %s, which %s", name_of(run, pf),
				name_of(run, path.port),
				path.no_capability ? "has no ACS" : say(run, "has ACS switched off (%s)", acs_bits(run, path.lacking)));
	const struct group *group = vf ? vf->group : pf->group;
	if (group)
		finding_evidence(run, f, say(run, "iommu group %u", group->number), members(run, group), "one VF alone", NULL);
	port_evidence(run, f, &path);
}

const struct check check_acs_missing_group_shared = {
	.id = "acs-missing-group-shared",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_PF,
	.title = "a VF shares its IOMMU group with others",
	.needs = "sysfs iommu_group, config space of the ports above",
	.kernel = "drivers/iommu/iommu.c pci_device_group(); drivers/pci/pci.c pci_acs_path_enabled()",
	.spec = "PCIe 6.0 6.12",
	.windows = "SriovSupport MissingAcs; IovSupportReasons: ACS at any root port",
	.run = judge,
};
