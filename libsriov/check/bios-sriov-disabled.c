/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "firmware.h"
#include "space.h"

/* Read where the settings were exported; else inferred where firmware left the VF BARs of every device alone although there is room. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct fn *first;
	struct firmware_setting set;
	size_t devices, n = shortages(run, &first);
	firmware_setting(run, BIOS_SRIOV, &set);
	bool read_off = set.found && set.off;
	bool reported = n || kmsg_last(&run->model->log, KMSG_SRIOV_NO_MMIO, NULL);
	if (!reported || (set.found && !set.off) || (set.readable && !set.found) ||
	    finding_find(run, "kernel-told-not-to-assign", NULL))
		return;
	bool inferred = !read_off && all_left_alone(run, &devices) && devices > 1;
	if (!read_off && !inferred)
		return;
	struct finding *f = finding_new(
		run, &check_bios_sriov_disabled, NULL, FINDING_FAIL, SEVERITY_ERROR, read_off ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		read_off
			? "SR-IOV is switched off in the firmware set-up: firmware gives the VF BARs no memory space"
			: "Firmware left the VF BARs of all %zu devices without memory space, although there is room: SR-IOV is off in the firmware set-up",
		read_off ? (size_t)0 : devices);
	if (read_off)
		finding_evidence(run, f, set.where, set.text, "on", NULL);
	if (n)
		finding_evidence(run, f, "VF BARs", say(run, "none assigned on %zu PFs, the first %s", n, name_of(run, first)),
				 "assigned by firmware", NULL);
}

const struct check check_bios_sriov_disabled = {
	.id = "bios-sriov-disabled",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_HOST,
	.title = "SR-IOV is off in the firmware set-up",
	.needs = "sysfs resource of all PFs, a firmware settings export (bios)",
	.kernel = "drivers/pci/iov.c sriov_enable()",
	.windows = "SriovSupport NoVfBarSpace",
	.run = judge,
};
