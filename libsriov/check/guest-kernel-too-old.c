/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static const char *const newer = "Use a newer kernel in the guest: the distribution's kernel for the cloud, or its current release";

static bool older(const struct host *h, unsigned major, unsigned minor)
{
	return h->kernel_major && (h->kernel_major < major || (h->kernel_major == major && h->kernel_minor < minor));
}

/* The VF's id came into its driver later than this kernel. */
static bool by_id(struct run *run, const struct fn *fn)
{
	const struct host *h = &run->model->host;
	const struct guest_vf *vf = known(&fn->vendor) && known(&fn->device) ? guest_vf_find(fn->vendor.v, fn->device.v) : NULL;
	if (!vf || fn->driver || !vf->since_major || !older(h, vf->since_major, vf->since_minor))
		return false;
	struct finding *f = finding_new(run, &check_guest_kernel_too_old, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"Linux %s is older than the driver of this VF (%s, %s since %u.%u)", h->kernel, vf->name, vf->module, vf->since_major, vf->since_minor);
	finding_evidence(run, f, name_of(run, fn), say(run, "%04x:%04x", vf->vendor, vf->device), NULL, NULL);
	finding_evidence(run, f, "kernel", h->kernel, say(run, "%u.%u or newer", vf->since_major, vf->since_minor), "distributions may have taken the driver into older kernels");
	finding_step(run, f, newer);
	return true;
}

/*
 * Hyper-V: the VF has its driver, and the synthetic interface never takes it: pairing came with Linux 4.14 (and what distributions took
 * back). mlx4_core called itself v2.2-1 until 4.11.
 */
static void by_pairing(struct run *run, const struct guest *g)
{
	const struct host *h = &run->model->host;
	const struct kmsg_event *version = said(run, KMSG_DRIVER_VERSION), *slave = said(run, KMSG_VF_SLAVE), *netvsc = said(run, KMSG_HV_NETVSC);
	bool old_driver = version && (slice_starts(version->word2, "1.") || slice_starts(version->word2, "2."));
	bool old_kernel = older(h, 4, 14), driven = slave || (g->vf && g->vf->driver);
	if (!g->hyperv || g->registered || g->offered || g->to_vf || !driven || !netvsc || (!old_kernel && !(old_driver && !h->kernel_major)))
		return;
	struct finding *f = finding_new(run, &check_guest_kernel_too_old, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
					"The guest's kernel%s%s is too old for the VF: its driver comes up, and hv_netvsc never pairs with it",
					h->kernel ? " " : "", h->kernel ? h->kernel : "");
	finding_log(run, f, netvsc, "no \"VF registering\" follows");
	finding_log(run, f, slave, NULL);
	if (old_driver)
		finding_log(run, f, version, "mlx4_core has this version in kernels before 4.11 only");
	if (old_kernel)
		finding_evidence(run, f, "kernel", h->kernel, "4.14 or newer", "distributions may have taken the pairing into older kernels");
	finding_step(run, f, newer);
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	for (size_t i = 0; i < run->model->fns_n; i++)
		if (guest_is_vf(run, &run->model->fns[i]) && by_id(run, &run->model->fns[i]))
			return;
	by_pairing(run, &g);
}

const struct check check_guest_kernel_too_old = {
	.id = "guest-kernel-too-old",
	.rung = RUNG_GUEST_DRIVEN,
	.scope = SCOPE_GUEST,
	.title = "the guest's kernel is older than what the VF needs",
	.needs = "kernel version, PCI functions, dmesg",
	.kernel = "drivers/net/hyperv/netvsc_drv.c netvsc_register_vf()",
	.run = judge,
};
