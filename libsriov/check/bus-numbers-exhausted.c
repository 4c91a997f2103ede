/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_NO_BUS, pf);
	if (!pf) {
		if (!said)
			return;
		struct finding *f = finding_new(
			run, &check_bus_numbers_exhausted, event_fn(run, said), FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
			said->bus_to >= 0 ? "The VFs need bus %02x, and the bridge above ends at bus %02x"
							    : "The VFs need a bus number that the bridge above does not have",
			(unsigned)said->bus, (unsigned)said->bus_to);
		finding_log(run, f, said, NULL);
		return;
	}
	bool works = pf_has_vfs(pf) && pf->pf->vfs_exist > 0;
	struct reach r;
	reach_judge(run->model, pf, vfs_wanted(run, pf), &r);
	bool shortage = r.known && r.buses == TRI_NO;
	if (works)
		said = NULL; /* it was repaired since, or fewer were asked for */
	if (!shortage && !said)
		return;
	bool limits = works || (!said && run->ask.has_vfs && !run->ask.vfs);
	struct finding *f;
	if (shortage)
		f = finding_new(run, &check_bus_numbers_exhausted, pf, FINDING_FAIL, limits ? SEVERITY_WARNING : SEVERITY_ERROR,
				CONFIDENCE_CERTAIN,
				"The VFs of %s need bus numbers up to %02llx, and %s ends at bus %02llx: %llu of %llu VFs fit",
				name_of(run, pf), (unsigned long long)r.last_bus, r.port ? name_of(run, r.port) : "the segment",
				(unsigned long long)r.bus_end, (unsigned long long)r.max_by_bus, (unsigned long long)r.count);
	else
		f = finding_new(run, &check_bus_numbers_exhausted, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
				"The kernel could not enable VFs of %s: they need a bus number that the bridge above does not have",
				name_of(run, pf));
	if (shortage) {
		finding_evidence(run, f,
				 say(run, "VF %llu: First VF Offset %llu, VF Stride %llu", (unsigned long long)(r.count - 1),
				     (unsigned long long)vf_offset(pf->pf).v, (unsigned long long)vf_stride(pf->pf).v),
				 say(run, "bus %02llx", (unsigned long long)r.last_bus),
				 say(run, "at most bus %02llx", (unsigned long long)r.bus_end), NULL);
		if (r.port)
			finding_evidence(run, f, say(run, "%s: Subordinate Bus Number", name_of(run, r.port)),
					 say(run, "%02llx", (unsigned long long)r.bus_end),
					 say(run, "%02llx", (unsigned long long)r.last_bus), NULL);
	}
	finding_log(run, f, said, NULL);
}

const struct check check_bus_numbers_exhausted = {
	.id = "bus-numbers-exhausted",
	.rung = RUNG_ROUTABLE,
	.scope = SCOPE_PF,
	.title = "the bridge above has not enough bus numbers for the VFs",
	.needs = "config space of the PF and of the port above, or sysfs sriov_offset and subordinate_bus_number; dmesg",
	.kernel = "drivers/pci/iov.c sriov_enable(), virtfn_max_buses",
	.spec = "PCIe 6.0 9.3.3.9, 9.3.3.10",
	.windows = "SriovSupport NoBusResources",
	.run = judge,
};
