/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

/* VFs that vfio-pci refuses unless disable_denylist is set: their hardware is known not to isolate well. */
static const struct {
	uint16_t vendor, vf_device, pf_device;
} denied[] = {
	{0x8086, 0x19e3, 0x19e2}, /* QAT C3XXX */
	{0x8086, 0x37c9, 0x37c8}, /* QAT C62X */
	{0x8086, 0x0443, 0x0435}, /* QAT DH895XCC */
};

static bool listed(const struct fn *pf)
{
	for (size_t i = 0; i < ARRAY_SIZE(denied); i++)
		if (known_as(&pf->vendor, denied[i].vendor) && (known_as(&pf->pf->vf_device, denied[i].vf_device) || known_as(&pf->device, denied[i].pf_device)))
			return true;
	return false;
}

static void judge(struct run *run, const struct fn *pf)
{
	if (run->ask.goal != GOAL_ASSIGN)
		return;
	const struct kmsg_event *log = vf_log(run, KMSG_VFIO_DENYLIST, pf);
	const char *where = NULL;
	struct slice value = {NULL, 0};
	bool told = module_parameter(run, "vfio_pci", "disable_denylist", &value, &where);
	bool off = told && (!value.p || slice_is(value, "Y") || slice_is(value, "y") || slice_is(value, "1"));
	bool held = pf && listed(pf);
	struct vf_hold hold = {0};
	if (held)
		vf_hold_judge(pf, &hold);
	if (off || (!log && !held) || hold.vfio)
		return;
	struct finding *f = finding_new(run, &check_vfio_denylist, pf, FINDING_FAIL, SEVERITY_ERROR, log ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					"vfio-pci refuses VFs of %s: they are on its list of devices that do not isolate well", pf ? name_of(run, pf) : "this device");
	finding_log(run, f, log, NULL);
	if (told)
		finding_evidence(run, f, where, slice_text(run, value), "Y", NULL);
	if (held)
		finding_evidence(run, f, say(run, "%s: vendor and device", name_of(run, pf)),
				 say(run, "%04llx:%04llx", (unsigned long long)pf->vendor.v, (unsigned long long)pf->device.v), NULL, NULL);
}

const struct check check_vfio_denylist = {
	.id = "vfio-denylist",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_PF,
	.title = "the VFs are on vfio-pci's list of devices that it refuses",
	.needs = "vendor and device, sys/module/vfio_pci/parameters/disable_denylist, dmesg",
	.kernel = "drivers/vfio/pci/vfio_pci.c vfio_pci_dev_in_denylist()",
	.run = judge,
};
