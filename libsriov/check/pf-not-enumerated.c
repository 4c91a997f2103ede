/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

static const enum kmsg_type types[] = {KMSG_BEHIND_UNUSABLE, KMSG_NO_BUS_HOTADD, KMSG_BUS_HIDDEN};

/* A bridge without bus numbers hides what is behind it. */
static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	for (size_t t = 0; t < ARRAY_SIZE(types); t++) {
		size_t n;
		const struct kmsg_event *const *events = kmsg_typed(&run->model->log, types[t], &n);
		if (!n)
			continue;
		bool only = run->pfs_n == 0;
		struct finding *f =
			finding_new(run, &check_pf_not_enumerated, event_fn(run, events[n - 1]),
				    only ? FINDING_FAIL : FINDING_INFORMATIONAL, SEVERITY_ERROR, CONFIDENCE_LIKELY,
				    "Devices behind a bridge have no bus numbers: what is plugged in there is not on the bus at all");
		finding_log(run, f, events[n - 1], NULL);
		return;
	}
	for (size_t i = 0; i < run->model->fns_n && run->pfs_n == 0; i++) {
		const struct fn *port = &run->model->fns[i];
		const struct kmsg_event *down = port->bridge ? kmsg_last(&run->model->log, KMSG_LINK_DOWN, &port->addr) : NULL;
		bool numberless = port->bridge && known_as(&port->bridge->secondary, 0) && known_as(&port->bridge->subordinate, 0);
		if (!numberless && !down)
			continue;
		struct finding *f = finding_new(run, &check_pf_not_enumerated, port, FINDING_FAIL, SEVERITY_ERROR, CONFIDENCE_POSSIBLE,
						"Nothing behind %s can be seen: %s", name_of(run, port),
						down ? "its link is down" : "the bridge has no bus numbers");
		if (numberless)
			finding_evidence(run, f, "Secondary Bus Number, Subordinate Bus Number", "00, 00",
					 "numbers above the bridge's own bus", NULL);
		finding_log(run, f, down, NULL);
		return;
	}
}

const struct check check_pf_not_enumerated = {
	.id = "pf-not-enumerated",
	.rung = RUNG_VISIBLE,
	.scope = SCOPE_HOST,
	.title = "the device is not on the bus: a bridge above it has no bus numbers, or its link is down",
	.needs = "config space of bridges, dmesg",
	.kernel = "drivers/pci/probe.c pci_scan_bridge_extend()",
	.run = judge,
};
