/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

/* All ones from a function that is there: asleep, or gone. A VF's identity reads ffff:ffff, the rest of it does not. */
static void judge(struct run *run, const struct fn *fn)
{
	uint32_t id;
	uint8_t header = 0;
	bool dead = fn->config && bytes_u32(&fn->config->view, 0, &id) == 0 && id == UINT32_MAX &&
		    bytes_u8(&fn->config->view, 0x0e, &header) == 0 && header == 0xff;
	bool asleep = known_as(&fn->power_d3cold, 1);
	const struct kmsg_event *gone = kmsg_last(&run->model->log, KMSG_NOT_READY, &fn->addr);
	if (!gone)
		gone = kmsg_last(&run->model->log, KMSG_POWER_STUCK, &fn->addr);
	if (!dead && !(gone && fn->role == ROLE_PF && !pf_has_vfs(fn)))
		return;
	if (fn->role != ROLE_PF && run->pfs_n)
		return; /* another device's trouble */
	struct finding *f = finding_new(run, &check_device_not_responding, fn, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%s does not answer: %s", name_of(run, fn),
					asleep ? "it sleeps in D3cold"
					: dead ? "its configuration space reads all ones"
					       : "the kernel gave up on it");
	if (dead)
		finding_evidence(run, f, where_item(run, fn->config_item, 0), "ffffffff at 0x00, header type ff", "Vendor ID and Device ID",
				 NULL);
	if (asleep)
		finding_evidence(run, f, where_item(run, fn->power_d3cold.from, 0), "D3cold", "D0", NULL);
	finding_log(run, f, gone, NULL);
}

const struct check check_device_not_responding = {
	.id = "device-not-responding",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_FN,
	.title = "the function does not answer",
	.needs = "sysfs config, power_state, dmesg",
	.kernel = "drivers/pci/probe.c pci_bus_read_dev_vendor_id()",
	.run = judge,
};
