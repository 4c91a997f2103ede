/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "space.h"
#include "decode/session.h"

static const int enomem[] = {ENOMEM, 0};

static const char *need(struct run *run, const struct shortage *s)
{
	if (s->one && s->vfs)
		return say(run, "%s x %llu VFs = %s", memory_text(run, s->one), (unsigned long long)s->vfs, memory_text(run, s->size));
	return s->size ? memory_text(run, s->size) : "VF BAR size x TotalVFs";
}

/* What nobody in view owns: a line or a session without an address, or of a function that is not here. */
static void loose(struct run *run)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_NO_MMIO, NULL);
	const struct kmsg_event *bus = log_of(run, KMSG_SRIOV_NO_BUS, NULL);
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", enomem);
	size_t n;
	const struct kmsg_event *const *failed = kmsg_typed(&run->model->log, KMSG_SRIOV_FAILED, &n);
	const struct kmsg_event *err = NULL;
	for (size_t i = 0; i < n; i++)
		if (failed[i]->err == ENOMEM && !run_has_pf(run, event_fn(run, failed[i])))
			err = failed[i];
	if (!said && (bus || (!w && !err)))
		return;
	const struct fn *fn = said               ? event_fn(run, said)
			      : err              ? event_fn(run, err)
			      : w->has_addr     ? model_find(run->model, &w->addr)
						 : NULL;
	struct finding *f = finding_new(
		run, &check_vf_bar_no_mmio, fn, FINDING_FAIL, SEVERITY_ERROR, said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		said ? "The VF BARs have no memory space (MMIO): the kernel refused to enable VFs with ENOMEM"
		     : "Enabling VFs ended in ENOMEM: most often the VF BARs have no memory space (MMIO); bus numbers are the other candidate");
	finding_log(run, f, said ? said : err, NULL);
	finding_write(run, f, w, NULL);
	if (!said)
		finding_missing(run, f, "dmesg since boot, or lspci -xxxx as root");
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	struct shortage s;
	bool is_short = shortage_judge(run, pf, &s);
	const struct session_write *w = is_short ? NULL : write_refused(run, pf, "sriov_numvfs", enomem);
	const struct kmsg_event *failed = kmsg_last(&run->model->log, KMSG_SRIOV_FAILED, &pf->addr);
	if (failed && failed->err != ENOMEM)
		failed = NULL;
	bool guess = !is_short && !pf_has_vfs(pf) && (w || failed) &&
		     !kmsg_last(&run->model->log, KMSG_SRIOV_NO_BUS, &pf->addr) && !log_of(run, KMSG_SRIOV_NO_BUS, NULL) &&
		     ladder_rung(run, pf, RUNG_RESOURCED) != FINDING_PASS && ladder_rung(run, pf, RUNG_ROUTABLE) != FINDING_FAIL;
	if (!is_short && !guess)
		return;
	const char *who = name_of(run, pf);
	bool proven = is_short && s.lack != LACK_EARLY;
	const char *what =
		!is_short ? say(run, "Enabling VFs of %s ended in ENOMEM: most often its VF BARs have no memory space (MMIO)", who)
		: s.lack == LACK_REPORTED
			? say(run, "The VF BARs of %s have no memory space (MMIO): the kernel refused to enable VFs with ENOMEM", who)
		: s.lack == LACK_OUTSIDE
			? say(run, "VF BAR%u of %s lies outside of the memory windows of %s above it", s.index, who, name_of(run, s.bridge))
			: say(run, "VF BAR%u of %s has no memory space (MMIO): %s are needed", s.index, who, need(run, &s));
	struct finding *f = finding_new(run, &check_vf_bar_no_mmio, pf, FINDING_FAIL, SEVERITY_ERROR,
					proven ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "%s", what);
	if (is_short && (s.lack == LACK_UNSET || s.lack == LACK_OUTSIDE)) {
		const struct vf_bar *bar = &pf->pf->bars[s.index];
		finding_evidence(run, f, say(run, "%s: VF BAR%u", where_item(run, s.from, s.line), s.index),
				 s.lack == LACK_UNSET ? "no address" : say(run, "0x%llx", (unsigned long long)bar->address),
				 s.lack == LACK_UNSET ? "an address" : "an address inside of the windows above",
				 say(run, "%s%s%s", s.is_64 ? "64-bit" : "32-bit", s.prefetchable ? " prefetchable" : " non-prefetchable",
				     bar->size_from ? say(run, ", size from %s", bar->size_from) : ""));
	}
	finding_log(run, f, is_short ? s.log : failed, NULL);
	finding_log(run, f,
		    kmsg_last(&run->model->log, KMSG_SRIOV_NO_MMIO, &pf->addr) != (is_short ? s.log : NULL)
			    ? kmsg_last(&run->model->log, KMSG_SRIOV_NO_MMIO, &pf->addr)
			    : NULL,
		    NULL);
	finding_write(run, f, w, NULL);
}

const struct check check_vf_bar_no_mmio = {
	.id = "vf-bar-no-mmio",
	.rung = RUNG_RESOURCED,
	.scope = SCOPE_PF,
	.title = "the VF BARs have no memory space",
	.needs = "sysfs resource or config space of the PF and the bridges above, dmesg",
	.kernel = "drivers/pci/iov.c sriov_enable(); drivers/pci/setup-res.c",
	.spec = "PCIe 6.0 9.3.3.14",
	.windows = "SriovSupport NoVfBarSpace",
	.run = judge,
};
