/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* Not root: the host shows 64 bytes. That proves nothing about the device. */
static bool cut(const struct fn *fn)
{
	uint8_t byte;
	return (fn->config->caps_denied || (!fn->config->from_text && fn->config->view.len <= 64)) &&
	       bytes_u8(&fn->config->view, 0x40, &byte) != 0;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct fn *first = NULL;
	size_t n = 0;
	const struct report *report = run->report;
	size_t all = report->view ? report->view_n : run->model->fns_n;
	for (size_t i = 0; i < all; i++) {
		const struct fn *fn = report->view ? report->view[i] : &run->model->fns[i];
		bool denied = !fn->config && fn_attr_state(run, fn, "config") == ITEM_DENIED;
		if (!denied && (!fn->config || !cut(fn)))
			continue;
		if (known(&fn->config_size) && fn->config_size.v == 64 && fn->exp_type == EXP_TYPE_NONE)
			continue;
		if (!n++)
			first = fn;
		if (!run_has_pf(run, fn))
			continue;
		struct finding *f =
			finding_new(run, &check_config_space_restricted, fn, FINDING_UNKNOWN, SEVERITY_NONE, CONFIDENCE_CERTAIN,
				    "Only the first 64 bytes of %s's configuration space were read: a user who is not root gets no more", name_of(run, fn));
		finding_evidence(run, f, where_item(run, fn->config_item, 0), "64 bytes", "4096 bytes", NULL);
		finding_missing(
			run, f,
			"configuration space read as root: run sriov-check as root, or give sriov-dump --capture FILE taken as root");
	}
	if (!n || run->pfs_n)
		return;
	struct finding *f = finding_new(run, &check_config_space_restricted, n == 1 ? first : NULL, FINDING_UNKNOWN, SEVERITY_NONE,
					CONFIDENCE_CERTAIN, "Configuration space beyond the first 64 bytes was not read%s: a user who is not root gets no more",
					n > 1 ? say(run, " (%zu functions)", n) : "");
	finding_evidence(run, f, where_item(run, first->config_item, 0), "64 bytes", "4096 bytes", NULL);
	finding_missing(run, f,
			"configuration space read as root: run sriov-check as root, or give sriov-dump --capture FILE taken as root");
}

const struct check check_config_space_restricted = {
	.id = "config-space-restricted",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_HOST,
	.title = "configuration space beyond the first 64 bytes could not be read",
	.needs = "sysfs config",
	.kernel = "drivers/pci/pci-sysfs.c pci_read_config()",
	.run = judge,
};
