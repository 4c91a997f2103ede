/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"

#define PCI_PASS_THROUGH "44c4f61d-4444-4400-9d52-802e27ede19f" /* the class of what the host gives through VMBus as PCI */

bool guest_is_vf(const struct run *run, const struct fn *fn)
{
	const struct host *host = &run->model->host;
	const struct driver_info *info = fn->driver ? driver_find(fn->driver) : NULL;
	if (fn->role == ROLE_VF || (info && info->flags & DRIVER_VF))
		return true;
	if (known(&fn->vendor) && known(&fn->device) && guest_vf_find(fn->vendor.v, fn->device.v))
		return true;
	if (kmsg_last(&run->model->log, KMSG_VF_SLAVE, &fn->addr))
		return true;
	/* the virtual machine's own devices are in domain 0; each that VMBus brings has a domain of its own */
	return host->hypervisor && !strcmp(host->hypervisor, "hyperv") && fn->addr.domain && fn->role == ROLE_ENDPOINT;
}

static void look_vmbus(struct run *run, struct guest *out)
{
	const struct snapshot *snap = run->model->snap;
	const struct item *list = snapshot_at(snap, NULL, "sys/bus/vmbus/devices");
	bool all = true;
	for (const struct item *c = list ? list->child : NULL; c; c = c->next) {
		struct slice class = slice_trim(snapshot_bytes(snap, c, "class_id"));
		out->vmbus_n++;
		all &= class.n > 0;
		if (!out->vmbus_pci && slice_has(class, PCI_PASS_THROUGH)) 
			out->vmbus_pci = snapshot_at(snap, c, "");
	}
	out->vmbus = out->vmbus_pci ? TRI_YES : out->vmbus_n && all ? TRI_NO : TRI_UNKNOWN;
}

/* "02:00.0 Ethernet controller: … Virtual Function" in a text without numbers. */
static void look_text(struct run *run, struct guest *out)
{
	struct slice text = snapshot_bytes(run->model->snap, NULL, "lspci"), line;
	while (slice_line(&text, &line)) {
		struct sriov_addr addr;
		struct slice rest = line;
		if (!addr_eat(&rest, &addr))
			continue;
		out->listed = true;
		out->listed_n++;
		if (!out->text_name && (slice_has(rest, "Virtual Function") || slice_has(rest, "Elastic Network Adapter")))
			out->text_name = slice_text(run, slice_trim(rest));
	}
}

void guest_look(struct run *run, struct guest *out)
{
	const struct model *m = run->model;
	*out = (struct guest){.hyperv = m->host.hypervisor && !strcmp(m->host.hypervisor, "hyperv")};
	out->offered = said(run, KMSG_HV_VF_OFFERED);
	out->removed = said(run, KMSG_HV_VF_REMOVED);
	out->registered = said(run, KMSG_HV_VF_REGISTERED);
	out->to_vf = said(run, KMSG_HV_DATAPATH_VF);
	out->probing = said(run, KMSG_HV_PCI_PROBING);
	bool gone = later(out->removed, out->offered); /* what the log brought in is no more */
	look_vmbus(run, out);
	look_text(run, out);
	const struct item *list = snapshot_at(m->snap, NULL, "sys/bus/pci/devices");
	if (list && list->complete) {
		out->listed = true;
		out->listed_n = m->fns_n;
	}
	for (size_t i = 0; i < m->fns_n; i++) {
		const struct fn *fn = &m->fns[i];
		if (!guest_is_vf(run, fn) || (gone && !fn->dir))
			continue;
		out->vfs++;
		if (!out->vf)
			out->vf = fn;
		if (!out->free && fn->driver_state == ITEM_ABSENT)
			out->free = fn;
	}
	if (!out->vfs && out->text_name)
		out->vfs = 1;
}

/* Each proof proves the rungs below it too; what was taken away later proves nothing. */
int guest_proven(const struct run *run, const struct guest *guest)
{
	const struct kmsg_event *gone = guest->removed;
	bool away = later(gone, guest->offered);
	if (later(guest->to_vf, gone) && later(guest->to_vf, said(run, KMSG_HV_DATAPATH_SYNTHETIC)))
		return RUNG_DATAPATH;
	if (later(guest->registered, gone) && later(guest->registered, said(run, KMSG_HV_VF_UNREGISTERED)))
		return RUNG_PAIRED;
	for (size_t i = 0; i < run->model->fns_n; i++)
		if (run->model->fns[i].driver && guest_is_vf(run, &run->model->fns[i]) && (run->model->fns[i].dir || !away))
			return RUNG_GUEST_DRIVEN;
	if (guest->vfs)
		return RUNG_VPCI;
	if (guest->vmbus == TRI_YES || later(guest->offered, gone) || (guest->probing && !away))
		return RUNG_OFFERED;
	return -1;
}
