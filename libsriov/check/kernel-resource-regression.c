/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"

/* Bytes below the root bus's window that its functions and bridges take. */
static const struct root_window *root_of(const struct run *run, const struct fn *pf, uint64_t at)
{
	for (size_t i = 0; i < run->model->windows_n; i++) {
		const struct root_window *w = &run->model->windows[i];
		if (!w->io && w->domain == pf->addr.domain && at >= w->range.start && at <= w->range.end)
			return w;
	}
	return NULL;
}

/* The kernel found no space for it in this boot. */
static bool refused(const struct shortage *s)
{
	return s->lack == LACK_REFUSED ||
	       (s->lack == LACK_UNSET && s->log && (s->log->type == KMSG_NO_SPACE || s->log->type == KMSG_FAILED_ASSIGN));
}

/*
 * The kernel itself laid the windows out (it assigned the PF's BAR in this boot), the root window has room many times over, and yet
 * a bridge window on the way is too small: the kernel's arithmetic went wrong, not firmware's.
 */
static void judge(struct run *run, const struct fn *pf)
{
	struct shortage s;
	struct kmsg_res own;
	if (!pf || !shortage_judge(run, pf, &s) || !refused(&s) || !s.size || !s.prefetchable || !s.is_64)
		return;
	const struct root_window *w = NULL;
	for (int i = 0; i < 6 && !w; i++) {
		kmsg_resource(&run->model->log, &pf->addr, i, &own);
		if (own.state == KMSG_RES_ASSIGNED && own.pref && own.why->type == KMSG_ASSIGNED)
			w = root_of(run, pf, own.start);
	}
	if (!w || w->range.end <= UINT32_MAX || (w->range.end - w->range.start) / 64 < s.size)
		return;
	struct slice v;
	if (cmdline_has(&run->model->host, "pci", "realloc", &v) ||
	    (pf->upstream && pf->upstream->bridge && known_as(&pf->upstream->bridge->hotplug, 1)))
		return;
	struct finding *f = finding_new(
		run, &check_kernel_resource_regression, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
		"The kernel laid out the bridge windows above %s too small, while the root window has room: VF BAR%u found no space%s",
		name_of(run, pf), s.index, run->model->host.kernel ? say(run, " (kernel %s)", run->model->host.kernel) : "");
	finding_evidence(run, f, where_item(run, w->from, w->line),
			 say(run, "0x%llx-0x%llx", (unsigned long long)w->range.start, (unsigned long long)w->range.end), NULL,
			 say(run, "%s are needed", memory_text(run, s.size)));
	finding_log(run, f, own.why, "the kernel assigned the PF's own BAR in the same boot");
	finding_log(run, f, s.log, NULL);
}

const struct check check_kernel_resource_regression = {
	.id = "kernel-resource-regression",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_PF,
	.title = "the kernel laid out bridge windows too small although there is room",
	.needs = "proc/iomem, dmesg since boot, kernel version",
	.kernel = "drivers/pci/setup-bus.c pci_bus_distribute_available_resources()",
	.source = "https://lore.kernel.org/r/20241204022457.51322-1-kaihengf@nvidia.com",
	.run = judge,
};
