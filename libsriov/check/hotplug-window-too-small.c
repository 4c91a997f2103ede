/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"

/* A hot-plug port above (or VMD, whose domains begin at 10000): its window was sized before the device was known. */
static const struct fn *hotplug_above(const struct fn *pf)
{
	unsigned depth = 0;
	for (const struct fn *port = pf->upstream; port && depth < 256; port = port->upstream, depth++)
		if (port->bridge && known_as(&port->bridge->hotplug, 1))
			return port;
	return NULL;
}

static bool own_bar_fits(const struct fn *pf)
{
	for (int i = 0; i < 6; i++)
		if (pf->res[i].implemented && !pf->res[i].io)
			return pf->res[i].assigned == TRI_YES;
	return false;
}

static void judge(struct run *run, const struct fn *pf)
{
	struct shortage s;
	if (!pf || !shortage_judge(run, pf, &s) || finding_find(run, "kernel-told-not-to-assign", NULL))
		return;
	const struct fn *port = hotplug_above(pf);
	bool vmd = pf->addr.domain > 0xffff;
	if ((!port && !vmd) || !own_bar_fits(pf))
		return;
	/* Where the root bus has no room either, that comes first; firmware that padded the port is not to blame for it. */
	const struct root_window *high;
	uint64_t seen;
	const struct resource *window = !port ? NULL : s.prefetchable ? &port->bridge->pref : &port->bridge->mem;
	uint64_t has = window && window->assigned == TRI_YES ? window->range.end - window->range.start + 1 : 0;
	bool small = s.size && (!window || window->assigned == TRI_NO || (window->assigned == TRI_YES && has < s.size));
	if ((!small && s.size) || (s.is_64 && s.prefetchable && space_above_4g(run, pf->addr.domain, &high, &seen) == TRI_NO))
		return;
	struct finding *f = finding_new(
		run, &check_hotplug_window_too_small, pf, FINDING_FAIL, SEVERITY_ERROR, s.size ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE,
		"%s sits behind %s, whose memory window was made before it was known and is too small for its VF BARs%s", name_of(run, pf),
		port ? say(run, "the hot-plug port %s", name_of(run, port)) : "a VMD controller",
		s.size ? say(run, " (%s needed)", memory_text(run, s.size)) : "");
	if (port)
		finding_evidence(run, f, say(run, "%s: Hot-Plug Capable", name_of(run, port)), "1", NULL, NULL);
	else
		finding_evidence(run, f, say(run, "%s: PCI domain", name_of(run, pf)), say(run, "0x%x", pf->addr.domain), NULL,
				 "domains of VMD begin at 0x10000");
	if (has)
		finding_evidence(run, f, say(run, "%s: %s window", name_of(run, port), s.prefetchable ? "prefetchable" : "memory"),
				 memory_text(run, has), s.size ? say(run, "%s and more", memory_text(run, s.size)) : NULL, NULL);
	finding_log(run, f, s.log, NULL);
}

const struct check check_hotplug_window_too_small = {
	.id = "hotplug-window-too-small",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_PF,
	.title = "a hot-plug port's memory window is too small for the VF BARs",
	.needs = "config space of the ports above, sysfs resource",
	.kernel = "drivers/pci/setup-bus.c pci_assign_unassigned_bridge_resources()",
	.windows = "SriovSupport NoVfBarSpace",
	.run = judge,
};
