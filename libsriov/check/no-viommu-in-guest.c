/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "decode/session.h"
#include "guest.h"
#include "rows.h"

/* Somebody wants to give a device away in here: vfio without an IOMMU was switched on, or refused a device. */
struct wish {
	const struct kmsg_event *log;
	const char *where, *value;
};

static bool option_noiommu(struct run *run, struct wish *wish)
{
	struct slice value = slice_trim(snapshot_bytes(run->model->snap, NULL, "sys/module/vfio/parameters/enable_unsafe_noiommu_mode"));
	if (slice_is(value, "Y") || slice_is(value, "1")) {
		*wish = (struct wish){.where = "sys/module/vfio/parameters/enable_unsafe_noiommu_mode", .value = "Y"};
		return true;
	}
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->commands_n; i++) {
		const struct session_command *c = &s->commands[i];
		if (!slice_has(c->command, "enable_unsafe_noiommu_mode"))
			continue;
		*wish = (struct wish){.where = say(run, "%s:%u", c->at.origin, c->at.line), .value = slice_text(run, c->command)};
		return true;
	}
	return false;
}

static bool look(struct run *run, struct wish *wish)
{
	const struct kmsg_event *tainted = said(run, KMSG_VFIO_NOIOMMU), *failed = said(run, KMSG_PROBE_FAILED);
	if (tainted || (failed && failed->err == EINVAL && slice_is(failed->word, "vfio-pci"))) {
		*wish = (struct wish){.log = tainted ? tainted : failed};
		return true;
	}
	const struct session_message *message = session_message(session_of(run), MESSAGE_NO_IOMMU_GROUP);
	if (message) {
		*wish = (struct wish){.where = say(run, "%s:%u", message->at.origin, message->at.line), .value = message->text};
		return true;
	}
	return option_noiommu(run, wish);
}

/* A VF is here and its PF is not: that is what a guest looks like, where nothing else says so. */
static const char *lone_vf(struct run *run)
{
	const struct session *s = session_of(run);
	if (run->pfs_n)
		return NULL;
	for (size_t i = 0; s && i < s->queries_n; i++)
		if (s->queries[i].tool == TOOL_DEVBIND &&
		    (strstr(s->queries[i].value, " VF") || strstr(s->queries[i].value, "Virtual Function")))
			return s->queries[i].value;
	for (size_t i = 0; i < run->model->fns_n; i++)
		if (guest_is_vf(run, &run->model->fns[i]))
			return name_of(run, &run->model->fns[i]);
	return NULL;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct host *h = &run->model->host;
	struct wish wish;
	const char *vf = lone_vf(run);
	bool guest = h->kind == HOST_GUEST || (h->kind == HOST_UNKNOWN && vf);
	/* A guest that has PFs stands on the host's ladder: iommu-off-bios and iommu-off-cmdline speak of it there. */
	if (!guest || run->pfs_n || h->iommu == TRI_YES || !look(run, &wish))
		return;
	struct finding *f = finding_new(run, &check_no_viommu_in_guest, NULL, FINDING_FAIL, SEVERITY_ERROR,
					h->iommu == TRI_NO && h->kind == HOST_GUEST ? CONFIDENCE_CERTAIN :
					h->kind == HOST_GUEST			    ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE,
					"This is a guest without a virtual IOMMU: vfio cannot use its devices safely, and no kernel option of the guest makes one");
	if (wish.log)
		finding_log(run, f, wish.log, NULL);
	else
		finding_evidence(run, f, wish.where, wish.value, "an IOMMU", NULL);
	if (h->iommu == TRI_NO)
		finding_evidence(run, f, h->iommu_why, "empty", "a virtual IOMMU", NULL);
	if (h->kind != HOST_GUEST)
		finding_evidence(run, f, "PCI functions", vf, NULL, "a VF without its PF: this looks like a guest");
	finding_step(run, f, "Give the guest a virtual IOMMU on its host: QEMU -device intel-iommu,intremap=on,caching-mode=on or -device virtio-iommu-pci; libvirt <iommu model='intel'>; VMware \"Expose IOMMU to the guest OS\"; Hyper-V and most clouds have none");
	finding_step(run, f, "Where there is none: bind the VF's own driver, or, for programs that you trust with all memory, echo 1 > /sys/module/vfio/parameters/enable_unsafe_noiommu_mode and use no-IOMMU mode");
}

const struct check check_no_viommu_in_guest = {
	.id = "no-viommu-in-guest",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_GUEST,
	.title = "the guest has no virtual IOMMU",
	.needs = "sysfs class/iommu, firmware tables, dmesg, session",
	.kernel = "drivers/vfio/group.c vfio_noiommu_group_alloc()",
	.run = judge,
};
