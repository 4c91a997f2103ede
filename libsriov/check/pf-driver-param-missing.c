/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static bool is_mlx4(struct run *run, const struct fn *fn)
{
	const char *driver = fn->role != ROLE_VF && fn->addr.function == 0 ? driver_of(run, fn) : NULL;
	if (driver)
		return !strcmp(driver, "mlx4_core");
	return known_as(&fn->vendor, 0x15b3) && known(&fn->device) && (fn->device.v == 0x1003 || fn->device.v == 0x1007);
}

/* A ConnectX-3 in pasted text without numbers. */
static const struct fn *by_name(struct run *run, const char **where, const char **name)
{
	const struct item *item = snapshot_at(run->model->snap, NULL, "lspci");
	struct slice text = item && item->kind == ITEM_FILE ? item->data : (struct slice){NULL, 0}, line;
	for (unsigned n = 1; slice_line(&text, &line); n++) {
		struct sriov_addr addr;
		struct slice rest = line;
		if (!addr_eat(&rest, &addr) || !slice_has(rest, "[ConnectX-3") || slice_has(rest, "Virtual Function"))
			continue;
		*where = where_item(run, item, n);
		*name = slice_text(run, slice_trim(rest));
		return model_find(run->model, &addr);
	}
	return NULL;
}

/* mlx4_core makes VFs when it is loaded, as its options say; sriov_numvfs is not its way. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const char *where, *text_where = NULL, *text_name = NULL;
	if (run->model->host.kind == HOST_GUEST || option_of(run, "mlx4_core", "num_vfs", &where).n)
		return;
	const struct fn *fn = NULL;
	const struct report *report = run->report;
	size_t n = report->view ? report->view_n : run->model->fns_n;
	for (size_t i = 0; i < n && !fn; i++) {
		const struct fn *one = report->view ? report->view[i] : &run->model->fns[i];
		if (is_mlx4(run, one) && !(one->pf && pf_has_vfs(one)))
			fn = one;
	}
	if (!fn && !(fn = by_name(run, &text_where, &text_name)))
		return;
	const struct session_query *on = session_value(session_of(run), TOOL_MLXCONFIG, "SRIOV_EN");
	bool enabled = on && slice_has(slice_of(on->value), "True");
	struct kmsg_sriov said;
	kmsg_sriov(&run->model->log, &fn->addr, &said);
	/* where the capability is not there the option would not help, and where it was used the log says so */
	bool capable = enabled || (fn->pf && (fn->pf->offset || known(&fn->pf->sriov_attrs)));
	bool refused = log_of(run, KMSG_SRIOV_ENABLING, fn) || said.state == KMSG_VFS_FAILED || log_of(run, KMSG_SRIOV_NO_MMIO, fn);
	if (!capable || refused || (on && !enabled))
		return;
	struct finding *f =
		finding_new(run, &check_pf_driver_param_missing, fn, FINDING_FAIL, SEVERITY_ERROR,
			    driver_of(run, fn) ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
			    "mlx4_core makes the VFs of %s when it is loaded with num_vfs, and that option is not set", name_of(run, fn));
	if (text_name)
		finding_evidence(run, f, text_where, text_name, NULL, NULL);
	finding_evidence(run, f, "mlx4_core num_vfs", "not set", "the number of VFs", NULL);
	if (enabled)
		finding_evidence(run, f, say(run, "%s:%u: SRIOV_EN", on->at.origin, on->at.line), on->value, "True(1)",
				 "the device's firmware is ready");
}

const struct check check_pf_driver_param_missing = {
	.id = "pf-driver-param-missing",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_HOST,
	.title = "the PF driver makes VFs by a module option that is not set",
	.needs = "sysfs driver, sys/module/mlx4_core/parameters, etc/modprobe.d, proc/cmdline",
	.kernel = "drivers/net/ethernet/mellanox/mlx4/main.c mlx4_load_one()",
	.source = "https://github.com/xcp-ng/xcp/issues/544",
	.run = judge,
};
