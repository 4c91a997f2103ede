/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

static const int eio[] = {EIO, 0};

/* Does the address belong to a VF of the PF, as far as offset and stride tell? */
static bool is_vf_of(const struct fn *pf, const struct sriov_addr *addr)
{
	uint64_t rid = addr_rid(addr), first = vf_rid(pf, 0), stride = vf_stride(pf->pf).v;
	if (addr->domain != pf->addr.domain || !pf->pf->vfs_n || rid < first)
		return false;
	return rid == first || (stride && (rid - first) % stride == 0 && (rid - first) / stride < pf->pf->vfs_n);
}

static const struct kmsg_event *dead(const struct run *run, const struct fn *pf)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_UNKNOWN_HEADER, &n);
	for (size_t i = n; i > 0; i--)
		if (events[i - 1]->has_addr && events[i - 1]->header == 0x7f && is_vf_of(pf, &events[i - 1]->addr))
			return events[i - 1];
	return NULL;
}

static const struct fn *silent_vf(const struct fn *pf)
{
	uint8_t header;
	for (size_t i = 0; i < pf->pf->vfs_n; i++) {
		const struct fn *vf = pf->pf->vfs[i].fn;
		if (vf && vf->config && !vf->config->from_text && bytes_u8(&vf->config->view, 0x0e, &header) == 0 && header == 0xff)
			return vf;
	}
	return NULL;
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf || ladder_rung(run, pf, RUNG_VISIBLE) == FINDING_FAIL)
		return;
	const struct kmsg_event *line = pf_has_vfs(pf) && pf->pf->vfs_exist ? NULL : dead(run, pf);
	const struct fn *vf = silent_vf(pf);
	const struct session_write *w = pf_has_vfs(pf) ? NULL : write_refused(run, pf, "sriov_numvfs", eio);
	const struct kmsg_event *failed = pf_has_vfs(pf) ? NULL : kmsg_last(&run->model->log, KMSG_SRIOV_FAILED, &pf->addr);
	if (failed && failed->err != EIO)
		failed = NULL;
	if (!line && !vf && !w && !failed)
		return;
	if (!vf && finding_find(run, "ari-forwarding-missing", pf))
		return; /* it says so already */
	struct finding *f = finding_new(
		run, &check_vf_not_responding, pf, FINDING_FAIL, SEVERITY_ERROR, line || vf ? CONFIDENCE_CERTAIN : CONFIDENCE_POSSIBLE,
		line || vf ? "VFs of %s were enabled and do not answer: they read all ones"
			   : "Enabling VFs of %s ended in EIO: a VF did not answer, or the capability contradicts itself",
		name_of(run, pf));
	if (vf)
		finding_evidence(run, f, where_item(run, vf->config_item, 0), "header type 0xff", "0x00", NULL);
	finding_log(run, f, line, NULL);
	finding_log(run, f, failed, NULL);
	finding_write(run, f, w, NULL);
}

const struct check check_vf_not_responding = {
	.id = "vf-not-responding",
	.rung = RUNG_ROUTABLE,
	.scope = SCOPE_PF,
	.title = "VFs were enabled and do not answer",
	.needs = "config space of VFs, dmesg",
	.kernel = "drivers/pci/iov.c pci_iov_add_virtfn(); drivers/pci/probe.c pci_setup_device()",
	.spec = "PCIe 6.0 9.3.3.3.1",
	.run = judge,
};
