/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static const int refused[] = {ENOENT, ENOSYS, 0};

static void loose(struct run *run)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_NO_CONFIGURE, NULL);
	const struct kmsg_event *unbound = log_of(run, KMSG_SRIOV_NO_DRIVER, NULL);
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", refused);
	const struct fn *of = w && w->has_addr ? model_find(run->model, &w->addr) : NULL;
	if (of && fn_attr_state(run, of, "sriov_numvfs") == ITEM_ABSENT)
		w = NULL; /* the attribute itself is not there */
	const struct kmsg_event *param = log_of(run, KMSG_UNKNOWN_PARAM, NULL);
	if (param && !(slice_is(param->word, "max_vfs") || slice_has(param->word, "sriov")))
		param = NULL; /* some other option */
	if (!said && (!w || unbound) && param && !run->pfs_n) {
		struct finding *f =
			finding_new(run, &check_pf_driver_no_sriov_configure, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
				    "The driver that was loaded knows no option for VFs: it is a build without SR-IOV");
		finding_log(run, f, param, NULL);
		return;
	}
	if (!said && (!w || unbound))
		return;
	const struct fn *fn = said ? event_fn(run, said) : w->has_addr ? model_find(run->model, &w->addr) : NULL;
	struct finding *f = finding_new(
		run, &check_pf_driver_no_sriov_configure, fn, FINDING_FAIL, SEVERITY_ERROR, said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		said ? "The PF's driver cannot enable VFs: it has no sriov_configure"
		     : "Writing sriov_numvfs ended in %s: the PF's driver has no sriov_configure, or no driver is bound",
		!said && w->err == ENOSYS ? "ENOSYS" : "ENOENT");
	finding_log(run, f, said, NULL);
	finding_log(run, f, log_of(run, KMSG_UNKNOWN_PARAM, NULL), NULL);
	finding_write(run, f, w, NULL);
	if (!said)
		finding_missing(run, f, "ls -l /sys/bus/pci/devices/ADDRESS/driver, and dmesg");
}

/* A log or a text of a running host shows an integrated GPU without a word of SR-IOV mode: the kernel's own i915 cannot. */
static bool plain_i915(struct run *run, const struct fn *pf)
{
	size_t n;
	(void)kmsg_of(&run->model->log, &pf->addr, &n);
	if (!is_i915_pf(run, pf) || log_of(run, KMSG_PF_SRIOV_MODE, pf) || log_of(run, KMSG_PF_SRIOV_MODE, NULL))
		return false;
	bool bytes = pf->config && !pf->config->from_text;
	return log_of(run, KMSG_PF_NO_SRIOV_MODE, pf) || (n > 0 && !bytes);
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	if (pf_has_vfs(pf) || pf->driver_state == ITEM_ABSENT || (pf->driver && !strcmp(pf->driver, "vfio-pci")))
		return;
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_NO_CONFIGURE, pf);
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", refused);
	const char *driver = driver_of(run, pf);
	bool never = driver_can(run, pf) == TRI_NO, i915 = plain_i915(run, pf);
	if (log_of(run, KMSG_SRIOV_NO_DRIVER, pf) || (!said && !w && !never && !i915))
		return;
	if (i915 && !said && !w && (ladder_rung(run, pf, RUNG_RESOURCED) == FINDING_FAIL || log_of(run, KMSG_SRIOV_NO_MMIO, NULL)))
		return;
	const struct driver_info *d = driver_info_of(run, pf);
	struct finding *f = finding_new(run, &check_pf_driver_no_sriov_configure, pf, FINDING_FAIL, SEVERITY_ERROR,
					said || never ? CONFIDENCE_CERTAIN
					: w           ? CONFIDENCE_LIKELY
						      : CONFIDENCE_POSSIBLE,
					"The driver of %s%s%s has no sriov_configure: it cannot enable VFs", name_of(run, pf),
					driver ? ", " : "", driver ? driver : "");
	if (driver && pf->driver)
		finding_evidence(run, f, pf->driver_from_log ? "dmesg" : say(run, "%s/driver", where_item(run, pf->dir, 0)), driver, "a driver with sriov_configure",
				 d ? d->note : NULL);
	finding_log(run, f, said, NULL);
	finding_log(run, f, log_of(run, KMSG_UNKNOWN_PARAM, NULL), NULL);
	finding_write(run, f, w, NULL);
	if (i915 && !said) {
		size_t n;
		const struct kmsg_event *const *events = kmsg_of(&run->model->log, &pf->addr, &n);
		finding_log(run, f, events[n - 1],
			    "the kernel's own i915 has no SR-IOV, and this log says nothing of \"SR-IOV PF mode\"");
		finding_missing(run, f, "modinfo i915, and dmesg | grep -i sr-iov");
	}
}

const struct check check_pf_driver_no_sriov_configure = {
	.id = "pf-driver-no-sriov-configure",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's driver cannot enable VFs",
	.needs = "sysfs driver, dmesg, a session",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.windows = "SriovSupport MissingPfDriver",
	.source = "https://github.com/strongtz/i915-sriov-dkms/issues/105",
	.run = judge,
};
