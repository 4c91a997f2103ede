/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"

static const char *const words[] = {"nobar", "nocrs", "use_e820"};

static const char *told(struct run *run)
{
	const struct host *h = &run->model->host;
	struct slice v;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (cmdline_has(h, "pci", words[i], &v))
			return say(run, "pci=%s", words[i]);
	if (cmdline_has(h, "pci", "realloc", &v) && (slice_is(v, "off") || slice_is(v, "no") || slice_is(v, "n") || slice_is(v, "0")))
		return "pci=realloc=off";
	return NULL;
}

/* The command line forbids what the VF BARs need. Without a shortage nobody minds. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct fn *first;
	const char *option = told(run);
	size_t n = option ? shortages(run, &first) : 0;
	if (!n)
		return;
	struct finding *f = finding_new(run, &check_kernel_told_not_to_assign, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"The kernel was told %s, and the VF BARs of %s have no memory space", option, name_of(run, first));
	finding_evidence(run, f, "proc/cmdline", slice_text(run, run->model->host.cmdline), say(run, "without %s", option), NULL);
}

const struct check check_kernel_told_not_to_assign = {
	.id = "kernel-told-not-to-assign",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_HOST,
	.title = "a kernel option keeps memory space from the VF BARs",
	.needs = "proc/cmdline, sysfs resource or dmesg",
	.kernel = "arch/x86/pci/common.c pcibios_setup(); drivers/pci/setup-bus.c pci_realloc_get_opt()",
	.run = judge,
};
