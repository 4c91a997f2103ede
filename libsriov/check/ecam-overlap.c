/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/acpi.h"

struct ecam {
	uint64_t start, end;
	const char *where;
	const struct kmsg_event *log;
};

static bool hit(struct run *run, uint64_t start, uint64_t end, struct ecam *out)
{
	const struct model *m = run->model;
	const struct mcfg_entry *entry = acpi_ecam_hit(m->acpi, start, end);
	if (entry) {
		(void)acpi_ecam_range(entry, &out->start, &out->end); /* what was hit has a range */
		out->where = "sys/firmware/acpi/tables/MCFG";
		return true;
	}
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&m->log, KMSG_ECAM, &n);
	for (size_t i = 0; i < n; i++)
		if (range_overlap((struct range){start, end}, (struct range){events[i]->start, events[i]->end})) {
			*out = (struct ecam){events[i]->start, events[i]->end, where_event(run, events[i]), events[i]};
			return true;
		}
	return false;
}

static bool bar_at(const struct run *run, const struct fn *pf, int i, struct range *range, const struct kmsg_event **why)
{
	const struct resource *res = i < 6 ? &pf->res[i] : NULL;
	const struct vf_bar *bar = i >= 7 ? &pf->pf->bars[i - 7] : NULL;
	struct kmsg_res said;
	*why = NULL;
	if (res && res->assigned == TRI_YES && !res->io) {
		*range = res->range;
		return true;
	}
	if (bar && bar->assigned == TRI_YES && !bar->io) {
		*range = range_empty(bar->range) ? (struct range){bar->address, bar->address} : bar->range;
		return true;
	}
	kmsg_resource(&run->model->log, &pf->addr, i, &said);
	*range = (struct range){said.start, said.end};
	*why = said.why;
	return said.state == KMSG_RES_ASSIGNED && !said.io;
}

/* VF BARs that are assigned, but on top of the window of configuration space: reads and writes go astray. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf)
		return;
	for (int i = 0; i < 13; i++) {
		struct range range;
		struct ecam ecam;
		const struct kmsg_event *why;
		if (i == 6 || !bar_at(run, pf, i, &range, &why) || !hit(run, range.start, range.end, &ecam))
			continue;
		const char *bar = i < 6 ? say(run, "BAR %d", i) : say(run, "VF BAR%d", i - 7);
		struct finding *f =
			finding_new(run, &check_ecam_overlap, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
				    "%s of %s lies on top of the memory-mapped configuration space (ECAM)", bar, name_of(run, pf));
		finding_evidence(run, f, bar, say(run, "0x%llx-0x%llx", (unsigned long long)range.start, (unsigned long long)range.end),
				 "outside of ECAM", NULL);
		finding_evidence(run, f, ecam.where,
				 say(run, "0x%llx-0x%llx", (unsigned long long)ecam.start, (unsigned long long)ecam.end), NULL, NULL);
		finding_log(run, f, why, NULL);
		finding_log(run, f, kmsg_last(&run->model->log, KMSG_ECAM_NOT_RESERVED, NULL), NULL);
		return;
	}
}

const struct check check_ecam_overlap = {
	.id = "ecam-overlap",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_PF,
	.title = "a BAR lies on top of the memory-mapped configuration space",
	.needs = "sysfs resource, ACPI MCFG, dmesg",
	.kernel = "arch/x86/pci/mmconfig-shared.c",
	.source = "https://lore.kernel.org/r/20231121183643.249006-2-helgaas@kernel.org",
	.run = judge,
};
