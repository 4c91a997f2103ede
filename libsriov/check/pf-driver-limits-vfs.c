/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

static const int erange[] = {ERANGE, 0};

/* No device that is worth an SR-IOV capability has fewer: a smaller number that is out of range was limited by a driver. */
#define FEWEST 7

static void loose(struct run *run)
{
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", erange);
	if (!w || !w->has_number || w->number > FEWEST)
		return;
	const struct fn *fn = w->has_addr ? model_find(run->model, &w->addr) : NULL;
	struct finding *f = finding_new(
		run, &check_pf_driver_limits_vfs, fn, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
		"Even %llu VFs are out of range: the PF's driver limits their number below that (its option, or its SR-IOV mode, is off)",
		(unsigned long long)w->number);
	finding_write(run, f, w, NULL);
	finding_missing(run, f, "cat /sys/bus/pci/devices/ADDRESS/sriov_totalvfs");
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", erange);
	struct fact total = pf->pf->offset ? pf->pf->total_vfs : (struct fact){0}, limit = pf->pf->sysfs_total;
	bool lowered = known(&total) && known(&limit) && limit.v < total.v;
	bool guess = !known(&limit) && !known(&total) && w && w->has_number && w->number && w->number <= FEWEST;
	bool within = !known(&limit) && known(&total) && w && w->has_number && w->number && w->number <= total.v;
	const char *where = NULL;
	struct slice max = pf->driver && !strcmp(pf->driver, "i915") ? option_of(run, "i915", "max_vfs", &where) : (struct slice){NULL, 0};
	if (!lowered && !guess && !within)
		return;
	bool exceeded = run->ask.has_vfs && lowered && run->ask.vfs > limit.v && run->ask.vfs <= total.v;
	bool asked = w && w->has_number && known(&limit) && w->number > limit.v && w->number <= total.v;
	bool blocks = (lowered && limit.v == 0) || guess || within || exceeded;
	bool fail = blocks || (asked && !pf_has_vfs(pf));
	struct finding *f;
	if (lowered)
		f = finding_new(run, &check_pf_driver_limits_vfs, pf, fail ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR,
				CONFIDENCE_CERTAIN, "The driver of %s%s%s lets it have %llu of its %llu VFs", name_of(run, pf),
				pf->driver ? ", " : "", pf->driver ? pf->driver : "", (unsigned long long)limit.v,
				(unsigned long long)total.v);
	else
		f = finding_new(
			run, &check_pf_driver_limits_vfs, pf, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
			"Even %llu VFs of %s are out of range: its driver limits their number below that (its option, or its SR-IOV mode, is off)",
			(unsigned long long)w->number, name_of(run, pf));
	if (lowered) {
		finding_evidence(run, f, where_item(run, limit.from, 0), say(run, "%llu", (unsigned long long)limit.v),
				 say(run, "%llu", (unsigned long long)total.v), NULL);
		finding_evidence(run, f, say(run, "%s: TotalVFs", where_item(run, pf->config_item, 0)),
				 say(run, "%llu", (unsigned long long)total.v), NULL, NULL);
	}
	if (max.p)
		finding_evidence(run, f, where, slice_text(run, max), NULL, NULL);
	finding_write(run, f, w, NULL);
}

const struct check check_pf_driver_limits_vfs = {
	.id = "pf-driver-limits-vfs",
	.rung = RUNG_DRIVEN,
	.scope = SCOPE_PF,
	.title = "the PF's driver allows fewer VFs than the device has",
	.needs = "sysfs sriov_totalvfs, config space, a session",
	.kernel = "drivers/pci/iov.c pci_sriov_set_totalvfs()",
	.source = "https://github.com/strongtz/i915-sriov-dkms/issues/194",
	.run = judge,
};
