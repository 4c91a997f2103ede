/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/session.h"
#include "hyperv.h"

/* What Windows must be granted by _OSC before it takes control of PCI Express; AER is welcome. */
static const char *const wanted[] = {"PCIeHotplug", "PME", "PCIeCapability"};

/* A tool on Windows said it in so many words. */
static bool said(struct run *run)
{
	const struct session_query *q = hyperv_said(run, "to control PCI Express");
	const struct session_message *m = NULL;
	const struct session *s = session_of(run);
	if (!q)
		q = hyperv_said(run, "NoOscSupport");
	for (size_t i = 0; s && i < s->messages_n && !m; i++)
		if (s->messages[i].kind == MESSAGE_NOT_ASSIGNABLE && strstr(s->messages[i].text, "BIOS kept control of PCI Express"))
			m = &s->messages[i];
	if (!q && !m)
		return false;
	struct finding *f = finding_new(run, &check_hyperv_host_firmware_osc, NULL, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"Firmware does not hand control of PCI Express to the system (_OSC): Windows offers no SR-IOV then");
	finding_evidence(run, f, q ? say(run, "%s:%u", q->at.origin, q->at.line) : say(run, "%s:%u", m->at.origin, m->at.line), q ? q->value : m->text, NULL, NULL);
	return true;
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	size_t n;
	hyperv_named(run);
	if (said(run) || !hyperv_asked(run))
		return;
	const struct kmsg_event *const *granted = kmsg_typed(&run->model->log, KMSG_OSC_GRANTED, &n), *short_of = NULL;
	const char *lacking = "";
	for (size_t i = 0; i < n && !short_of; i++) {
		for (size_t k = 0; k < ARRAY_SIZE(wanted); k++)
			if (!slice_has(granted[i]->text, wanted[k]))
				lacking = say(run, "%s%s%s", lacking, *lacking ? ", " : "", wanted[k]);
		if (*lacking)
			short_of = granted[i];
	}
	static const enum kmsg_type refusals[] = {KMSG_OSC_RETAINED, KMSG_OSC_UNSUPPORTED, KMSG_OSC_NOT_REQUESTED, KMSG_OSC_FAILED};
	const struct kmsg_event *refused = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(refusals) && !refused; i++)
		refused = kmsg_last(&run->model->log, refusals[i], NULL);
	/* What is not supported counts only where it is one of those that Windows needs. */
	bool needed = false;
	for (size_t k = 0; refused && k < ARRAY_SIZE(wanted); k++)
		needed |= slice_has(refused->text, wanted[k]);
	if (!short_of && !(refused && !n) && !needed)
		return;
	struct finding *f = finding_new(run, &check_hyperv_host_firmware_osc, NULL, hyperv_state(run), SEVERITY_ERROR, CONFIDENCE_CERTAIN,
					"Firmware keeps control of PCI Express%s%s (_OSC): Linux does without, Windows offers no SR-IOV then", *lacking ? ": " : "", lacking);
	finding_log(run, f, short_of, NULL);
	finding_log(run, f, refused, NULL);
}

const struct check check_hyperv_host_firmware_osc = {
	.id = "hyperv-host-firmware-osc",
	.rung = RUNG_ISOLATED,
	.scope = SCOPE_HOST,
	.title = "firmware does not hand over control of PCI Express (_OSC)",
	.needs = "dmesg, a session on Windows",
	.kernel = "drivers/acpi/pci_root.c negotiate_os_control()",
	.spec = "PCI Firmware 3.3 4.5.1",
	.windows = "SriovSupport NoOscSupport; IovSupportReasons: the system BIOS must be updated to allow Windows to control PCI Express",
	.run = judge,
};
