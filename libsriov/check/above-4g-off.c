/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"

/* Would room above 4 GiB help? A 64-bit BAR on the root bus, or a prefetchable one behind bridges, whose other windows are 32 bits wide. */
static bool would_help(const struct fn *pf, const struct shortage *s)
{
	if (s->lack == LACK_REPORTED) {
		for (size_t i = 0; i < ARRAY_SIZE(pf->pf->bars); i++)
			if (pf->pf->bars[i].implemented && pf->pf->bars[i].is_64 && (pf->pf->bars[i].prefetchable || !pf->upstream))
				return true;
		return false;
	}
	return s->is_64 && (s->prefetchable || pf->on_root_bus);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct slice word;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *pf = run->pfs[i];
		struct shortage s;
		const struct root_window *high;
		uint64_t seen;
		if (!shortage_judge(run, pf, &s) || !would_help(pf, &s) || space_above_4g(run, pf->addr.domain, &high, &seen) != TRI_NO)
			continue;
		if (cmdline_has(&run->model->host, "pci", "nocrs", &word))
			return; /* the kernel does not ask firmware for its windows */
		struct finding *f = finding_new(
			run, &check_above_4g_off, NULL, FINDING_FAIL, SEVERITY_ERROR, high ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
			"Firmware gives PCI no memory space above 4 GiB (Above 4G Decoding is off)%s",
			s.size ? say(run, ", and the VF BARs of %s need %s", name_of(run, pf), memory_text(run, s.size)) : "");
		if (high)
			finding_evidence(run, f, where_item(run, high->from, high->line),
					 say(run, "highest window ends at 0x%llx", (unsigned long long)high->range.end),
					 "a window above 0xffffffff", NULL);
		else
			finding_evidence(run, f, "BARs and windows", say(run, "none above 0x%llx", (unsigned long long)seen),
					 "64-bit BARs above 0xffffffff", "all 64-bit BARs sit below 4 GiB");
		return;
	}
}

const struct check check_above_4g_off = {
	.id = "above-4g-off",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_HOST,
	.title = "firmware gives PCI no memory space above 4 GiB",
	.needs = "proc/iomem or dmesg (root bus windows), sysfs resource",
	.kernel = "drivers/acpi/pci_root.c",
	.windows = "SriovSupport NoVfBarSpace",
	.run = judge,
};
