/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "vf.h"

/* mlx4's own way to leave VFs alone: probe_vf says how many of them the host takes. */
static void judge(struct run *run, const struct fn *pf)
{
	struct vf_hold hold;
	struct slice value;
	const char *where;
	if (!pf->driver || strcmp(pf->driver, "mlx4_core") != 0 || !module_parameter(run, "mlx4_core", "probe_vf", &value, &where))
		return;
	/* "0", or one number for each port: "0,0,0" */
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '0' && value.p[i] != ',')
			return;
	vf_hold_judge(pf, &hold);
	if (!hold.free || !value.n)
		return;
	struct finding *f = finding_new(run, &check_vf_not_probed_by_host, pf, vf_trouble(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"%zu VFs of %s have no driver on this host, because mlx4_core was told not to take them (probe_vf)", hold.free, name_of(run, pf));
	finding_evidence(run, f, where, slice_text(run, value), "the number of VFs that the host uses itself", NULL);
}

const struct check check_vf_not_probed_by_host = {
	.id = "vf-not-probed-by-host",
	.rung = RUNG_BOUND,
	.scope = SCOPE_VF,
	.title = "the PF driver was told to leave its VFs to guests",
	.needs = "sys/module/mlx4_core/parameters/probe_vf, proc/cmdline, etc/modprobe.d",
	.kernel = "drivers/net/ethernet/mellanox/mlx4/main.c mlx4_init_one()",
	.run = judge,
};
