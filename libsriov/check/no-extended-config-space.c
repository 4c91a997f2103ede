/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "data/data.h"

#define EXP_TYPE_PCI_BRIDGE 7

/* A conventional bus on the way carries 256 bytes and no more: another slot helps, MCFG does not. */
static const struct fn *conventional_above(const struct fn *fn)
{
	unsigned depth = 0;
	for (const struct fn *up = fn->upstream; up && depth < 256; up = up->upstream, depth++)
		if (up->exp_type == EXP_TYPE_NONE || up->exp_type == EXP_TYPE_PCI_BRIDGE)
			return up;
	return NULL;
}

static void judge(struct run *run, const struct fn *fn)
{
	const struct model *m = run->model;
	const struct kmsg_event *said = kmsg_last(&m->log, KMSG_NO_EXTENDED_CONFIG, &fn->addr);
	bool express = fn->exp_type >= 0;
	const struct device_info *d =
		known(&fn->vendor) && known(&fn->device) ? device_find((uint16_t)fn->vendor.v, (uint16_t)fn->device.v) : NULL;
	bool wanted = d && d->sriov == DEVICE_HAS_SRIOV;
	bool short_file = known_as(&fn->config_size, 256) && (express || wanted);
	if ((!short_file && !said) || fn->bridge || (fn->config && fn->config->from_text))
		return;
	if (!wanted && fn->role != ROLE_PF && run->pfs_n)
		return;
	struct slice word;
	const struct fn *old = conventional_above(fn);
	bool off = cmdline_has(&m->host, "pci", "nommconf", &word) || cmdline_has(&m->host, "pci", "conf1", &word);
	enum item_state mcfg = snapshot_state(m->snap, NULL, "sys/firmware/acpi/tables/MCFG");
	const char *why = old                   ? say(run, ": %s above it is a conventional bridge", name_of(run, old))
			  : off                 ? ": the kernel was told to use the first 256 bytes only"
			  : mcfg == ITEM_ABSENT ? ": firmware has no MCFG table"
						: "";
	struct finding *f = finding_new(run, &check_no_extended_config_space, fn, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"The kernel cannot reach %s's extended configuration space, where the SR-IOV capability is%s",
					name_of(run, fn), why);
	if (short_file)
		finding_evidence(run, f, where_item(run, fn->config_item, 0), "256 bytes", "4096 bytes",
				 express ? "it has a PCI Express capability" : "a device of this family is PCI Express");
	if (mcfg == ITEM_ABSENT)
		finding_evidence(run, f, "sys/firmware/acpi/tables/MCFG", "absent", "present", NULL);
	if (off)
		finding_evidence(run, f, "proc/cmdline", slice_text(run, m->host.cmdline), "without pci=nommconf and pci=conf1", NULL);
	finding_log(run, f, said, NULL);
}

const struct check check_no_extended_config_space = {
	.id = "no-extended-config-space",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_FN,
	.title = "extended configuration space cannot be reached",
	.needs = "sysfs config (its size), ACPI MCFG, proc/cmdline, dmesg",
	.kernel = "drivers/pci/probe.c pci_cfg_space_size()",
	.spec = "PCIe 6.0 7.2.2",
	.windows = "IovSupportReasons: no PCI Express bus",
	.run = judge,
};
