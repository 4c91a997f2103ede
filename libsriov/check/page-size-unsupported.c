/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

static uint64_t vf_bar_misfit(const struct pf *pf, uint32_t page, unsigned *index)
{
	for (unsigned i = 0; i < ARRAY_SIZE(pf->bars); i++)
		if (pf->bars[i].implemented && pf->bars[i].size && pf->bars[i].size % page) {
			*index = i;
			return pf->bars[i].size;
		}
	return 0;
}

/* The kernel refuses silently: no page size at or above its own, or a VF BAR that is no multiple of it. */
static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || pf_has_vfs(pf) || known(&pf->pf->sriov_attrs))
		return;
	uint32_t page = run->model->host.page_size ? run->model->host.page_size : 4096;
	unsigned bar = 0;
	bool none = known(&pf->pf->page_sizes) && pf->pf->total_vfs.v && !(pf->pf->page_sizes.v >> (__builtin_ctz(page) - 12));
	uint64_t misfit = run->model->host.page_size ? vf_bar_misfit(pf->pf, page, &bar) : 0;
	if (!none && !misfit)
		return;
	struct finding *f = finding_new(
		run, &check_page_size_unsupported, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
		none ? "%s supports no page size at or above the kernel's %s: the kernel silently refuses its SR-IOV capability"
		     : "A VF BAR of %s is no multiple of the kernel's page of %s: the kernel silently refuses its SR-IOV capability",
		name_of(run, pf), memory_text(run, page));
	if (none)
		finding_evidence(run, f, "Supported Page Sizes", say(run, "0x%08llx", (unsigned long long)pf->pf->page_sizes.v),
				 say(run, "a bit at or above %s", memory_text(run, page)), NULL);
	else
		finding_evidence(run, f, say(run, "VF BAR%u", bar), memory_text(run, misfit),
				 say(run, "a multiple of %s", memory_text(run, page)), NULL);
}

const struct check check_page_size_unsupported = {
	.id = "page-size-unsupported",
	.rung = RUNG_CAPABLE,
	.scope = SCOPE_PF,
	.title = "the device supports no page size of this kernel",
	.needs = "config space, boot/config-* (page size)",
	.kernel = "drivers/pci/iov.c sriov_init()",
	.spec = "PCIe 6.0 9.3.3.13",
	.run = judge,
};
