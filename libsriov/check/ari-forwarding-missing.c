/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

static const int eio[] = {EIO, 0};

/* VFs that died with an unknown header: their log lines name the VF's address, on the PF's bus and behind the first device. */
static const struct kmsg_event *dead_vf(const struct run *run, const struct fn *pf)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_UNKNOWN_HEADER, &n);
	for (size_t i = n; i > 0; i--) {
		const struct kmsg_event *e = events[i - 1];
		if (!e->has_addr || e->header != 0x7f)
			continue;
		if (!pf)
			return e->addr.device > 0 && e->addr.bus > 0 ? e : NULL;
		if (e->addr.domain == pf->addr.domain && e->addr.bus == pf->addr.bus && e->addr.device != pf->addr.device)
			return e;
	}
	return NULL;
}

static void port_evidence(struct run *run, struct finding *f, const struct fn *port)
{
	const struct bridge *b = port ? port->bridge : NULL;
	if (!b)
		return;
	const char *who = name_of(run, port);
	if (b->ari_supported.have == ITEM_ABSENT)
		finding_evidence(run, f, say(run, "%s: PCI Express capability", who), "no Device Capabilities 2",
				 "ARI Forwarding Supported", NULL);
	else if (known_as(&b->ari_supported, 0))
		finding_evidence(run, f, say(run, "%s: ARI Forwarding Supported", who), "0", "1", NULL);
	if (known(&b->ari_enabled))
		finding_evidence(run, f, say(run, "%s: ARI Forwarding Enable", who), b->ari_enabled.v ? "1" : "0", "1", NULL);
}

static const char *why(struct run *run, const struct fn *pf)
{
	struct slice word;
	const struct bridge *b = pf->upstream ? pf->upstream->bridge : NULL;
	const struct fn *lowest = fn_lowest_pf(run->model, pf);
	if (cmdline_has(&run->model->host, "pci", "noari", &word))
		return "the kernel was told pci=noari";
	if (b && (known_as(&b->ari_supported, 0) || b->ari_supported.have == ITEM_ABSENT))
		return say(run, "the port above, %s, cannot forward ARI", name_of(run, pf->upstream));
	if (lowest->addr.function == 0 && fn_cap_absent(lowest, CAP_EXTENDED, 0x000e))
		return "function 0 of the device has no ARI capability";
	return pf->upstream ? say(run, "the port above, %s, does not forward ARI", name_of(run, pf->upstream)) : "ARI is not on above it";
}

/* Without a PF in view: a VF's line, or only that enabling ended in EIO, which is what a VF that does not answer ends in. */
static void loose(struct run *run, const struct kmsg_event *dead)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_SRIOV_FAILED, &n), *failed = NULL;
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", eio);
	for (size_t i = 0; i < n; i++)
		if (events[i]->err == EIO && !run_has_pf(run, event_fn(run, events[i])))
			failed = events[i];
	if ((!dead && !failed && !w) || run->pfs_n || run->model->host.kind == HOST_GUEST)
		return;
	const struct fn *fn = dead ? NULL : failed ? event_fn(run, failed) : w->has_addr ? model_find(run->model, &w->addr) : NULL;
	struct finding *f = finding_new(
		run, &check_ari_forwarding_missing, fn, FINDING_FAIL, SEVERITY_ERROR, dead ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE,
		dead ? "A VF on another device number than its PF did not answer: ARI is not forwarded to it"
		     : "Enabling VFs ended in EIO: a VF did not answer, most often because the port above does not forward ARI");
	finding_log(run, f, dead ? dead : failed, NULL);
	finding_write(run, f, w, NULL);
	if (!dead)
		finding_missing(run, f, "dmesg, and lspci -xxxx of the whole machine as root");
}

static void judge(struct run *run, const struct fn *pf)
{
	const struct kmsg_event *dead = dead_vf(run, pf);
	if (!pf) {
		loose(run, dead);
		return;
	}
	struct reach r;
	reach_judge(run->model, pf, vfs_wanted(run, pf), &r);
	bool blocked = r.known && r.beyond_device && r.ari == TRI_NO;
	if (!blocked && !(dead && r.ari != TRI_YES))
		return;
	bool works = pf_has_vfs(pf) && pf->pf->vfs_exist > 0;
	if (works && !dead && pf->pf->vfs_exist > r.first_beyond)
		return; /* VFs beyond the device answer: it is forwarded, whatever the registers say */
	bool some = r.known && blocked && r.first_beyond > 0;
	struct finding *f =
		finding_new(run, &check_ari_forwarding_missing, pf, FINDING_FAIL, works ? SEVERITY_WARNING : SEVERITY_ERROR,
			    blocked ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY, "%s of %s cannot be reached, because %s",
			    !r.known ? "A VF"
			    : some   ? say(run, "VFs from number %llu on", (unsigned long long)r.first_beyond)
				     : "VFs",
			    name_of(run, pf), why(run, pf));
	if (blocked)
		finding_evidence(run, f, say(run, "VF %llu", (unsigned long long)r.first_beyond),
				 rid_text(run, pf, vf_rid(pf, r.first_beyond)), say(run, "device 0x%02x, or ARI", pf->addr.device),
				 "First VF Offset and VF Stride put it on another device number of the PF's own bus");
	port_evidence(run, f, pf->upstream);
	struct slice attr = fn_attr(run, pf, "ari_enabled");
	if (attr.p)
		finding_evidence(run, f, "ari_enabled", slice_text(run, slice_trim(attr)), "1", NULL);
	finding_log(run, f, dead, "the VF did not answer");
}

const struct check check_ari_forwarding_missing = {
	.id = "ari-forwarding-missing",
	.rung = RUNG_ROUTABLE,
	.scope = SCOPE_PF,
	.title = "VFs need ARI, and the port above does not forward it",
	.needs = "config space of the PF and of the port above, sysfs ari_enabled, dmesg",
	.kernel = "drivers/pci/pci.c pci_configure_ari(); drivers/pci/iov.c sriov_init(), pci_iov_add_virtfn()",
	.spec = "PCIe 6.0 6.13, 9.3.3.3.5",
	.source = "https://github.com/GPUOpen-LibrariesAndSDKs/MxGPU-Virtualization/issues/18",
	.windows = "SriovSupport NoBusResources",
	.run = judge,
};
