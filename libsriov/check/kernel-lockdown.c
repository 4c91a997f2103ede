/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"
#include "decode/session.h"

/* Programs that set up a device's firmware: whoever else is refused minds less. */
static const char *const tools[] = {"mst",      "mlx",     "flint",  "setpci", "nvmupdate", "bootutil",
				    "eeupdate", "bnxtnvm", "niccli", "sfboot", "lfp"};

static bool is_tool(struct slice program)
{
	for (size_t i = 0; i < ARRAY_SIZE(tools); i++)
		if (slice_has(program, tools[i]))
			return true;
	return false;
}

static const struct kmsg_event *denied_tool(const struct run *run)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, KMSG_LOCKDOWN_DENIED, &n);
	for (size_t i = n; i > 0; i--)
		if (is_tool(events[i - 1]->word))
			return events[i - 1];
	return NULL;
}

/* Lockdown does not stop VFs; it stops the tools that would turn them on in the device's firmware. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	const struct model *m = run->model;
	struct slice state = slice_trim(snapshot_bytes(m->snap, NULL, "sys/kernel/security/lockdown"));
	bool locked = slice_has(state, "[integrity]") || slice_has(state, "[confidentiality]");
	const struct kmsg_event *denied = denied_tool(run);
	const struct session_message *tool = session_message(session_of(run), MESSAGE_LOCKDOWN);
	const struct session_message *no_device = session_message(session_of(run), MESSAGE_TOOL_NO_DEVICE);
	if (!denied && !tool && !(locked && no_device))
		return; /* locked down and nobody minds */
	struct finding *f = finding_new(
		run, &check_kernel_lockdown, NULL, FINDING_FAIL, SEVERITY_WARNING, CONFIDENCE_CERTAIN,
		"Kernel lockdown keeps tools off the device: firmware settings such as SRIOV_EN cannot be read or changed by mstflint, mstconfig or setpci");
	if (state.p)
		finding_evidence(run, f, "sys/kernel/security/lockdown", slice_text(run, state), "[none]", NULL);
	finding_log(run, f, denied, NULL);
	if (tool)
		finding_evidence(run, f, say(run, "%s:%u", tool->at.origin, tool->at.line), tool->text, NULL, NULL);
	if (no_device)
		finding_evidence(run, f, say(run, "%s:%u", no_device->at.origin, no_device->at.line), no_device->text, NULL, NULL);
}

const struct check check_kernel_lockdown = {
	.id = "kernel-lockdown",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_HOST,
	.title = "kernel lockdown keeps configuration tools off the device",
	.needs = "sys/kernel/security/lockdown, dmesg, a session",
	.kernel = "security/lockdown/lockdown.c; drivers/pci/pci-sysfs.c pci_write_config()",
	.run = judge,
};
