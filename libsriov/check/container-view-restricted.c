/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/proc.h"
#include "decode/session.h"

/* What a container may hide. Seen from inside, "no DMAR" or "read-only" say nothing about the host. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct model *m = run->model;
	struct mount_row mount;
	struct slice mounts = snapshot_bytes(m->snap, NULL, "proc/mounts");
	bool read_only = mounts.p && mounts_at(mounts, "/sys", &mount) && comma_has(mount.options, "ro");
	const struct session_message *refused = session_message(session_of(run), MESSAGE_READ_ONLY);
	const struct session_query *validate =
		session_value(session_of(run), TOOL_VIRT_HOST_VALIDATE, "QEMU: Checking for device assignment IOMMU support");
	const struct session_message *passthrough = session_message(session_of(run), MESSAGE_NO_PASSTHROUGH);
	const struct session *session = session_of(run);
	static const int erofs[] = {EROFS, 0};
	const struct session_write *w = refused ? NULL : write_refused(run, run->pfs_n == 1 ? run->pfs[0] : NULL, "sriov_numvfs", erofs);
	bool pod = false;
	for (size_t i = 0; session && i < session->commands_n; i++)
		pod |= slice_has(session->commands[i].command, "in pod") || slice_has(session->commands[i].command, "kubectl exec") ||
		       slice_has(session->commands[i].command, "docker exec") || slice_has(session->commands[i].command, "podman exec");
	if (!m->host.in_container && !refused && !w && !(read_only && m->host.kind != HOST_BARE_METAL) &&
	    !(pod && (validate || passthrough)))
		return;
	bool failed = refused || w || (pod && (validate || passthrough));
	struct finding *f = finding_new(
		run, &check_container_view_restricted, NULL, failed ? FINDING_FAIL : FINDING_UNKNOWN, SEVERITY_ERROR,
		m->host.in_container || refused || w ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
		"This was seen from inside a container, which hides or write-protects parts of /sys; the host itself may be in order");
	if (m->host.in_container)
		finding_evidence(run, f, snapshot_bytes(m->snap, NULL, "run/systemd/container").p ? "run/systemd/container" : ".dockerenv",
				 "present", "absent", NULL);
	if (read_only)
		finding_evidence(run, f, "proc/mounts", "sysfs ro", "rw", NULL);
	if (refused)
		finding_evidence(run, f, say(run, "%s:%u", refused->at.origin, refused->at.line), refused->text, NULL,
				 "a write to sysfs was refused: read-only file system");
	finding_write(run, f, w, "sysfs is write-protected");
	if (pod && validate)
		finding_evidence(run, f, say(run, "%s:%u", validate->at.origin, validate->at.line), validate->value, NULL,
				 "asked inside a pod: it cannot see the host's ACPI tables");
	if (pod && passthrough)
		finding_evidence(run, f, say(run, "%s:%u", passthrough->at.origin, passthrough->at.line), passthrough->text, NULL, "asked inside a pod");
	finding_missing(run, f, "the same run on the host: sriov-check there, or sriov-dump --capture FILE");
}

const struct check check_container_view_restricted = {
	.id = "container-view-restricted",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_HOST,
	.title = "a container's view of /sys hides what decides",
	.needs = "run/systemd/container, .dockerenv, proc/mounts, a session",
	.source = "https://github.com/openshift/sriov-cni/issues/13",
	.run = judge,
};
