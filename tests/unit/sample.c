/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "sample.h"

const char *const sample_names[SAMPLE_COUNT] = {
	[SAMPLE_HEALTHY] = "healthy", [SAMPLE_BROKEN] = "broken", [SAMPLE_HOSTILE] = "hostile", [SAMPLE_MANY] = "many",
	[SAMPLE_DUMP] = "dump", [SAMPLE_GUEST] = "guest", [SAMPLE_ODD] = "odd",
};

#define SPACE 4096

struct maker {
	struct snapshot *snap;
	struct report *report;
	bool hostile;
	int err;
};

static void put(uint8_t *config, size_t at, unsigned size, uint64_t v)
{
	for (unsigned i = 0; i < size; i++)
		config[at + i] = (uint8_t)(v >> 8 * i);
}

/* A text; the hostile sample appends every byte value but NUL to it. */
static const char *text(struct maker *m, const char *plain)
{
	char all[256];
	for (int i = 1; i < 256; i++)
		all[i - 1] = (char)i;
	all[255] = '\0';
	const char *made = m->hostile ? arena_printf(&m->report->arena, "%s%s", plain, all) : plain;
	m->err |= !made;
	return made ? made : "";
}

static void config(struct maker *m, unsigned bus, unsigned device, unsigned function, const uint8_t *bytes)
{
	struct sriov_addr addr = {0, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	m->err |= snapshot_put_config(m->snap, &addr, bytes, NULL, SPACE, NULL);
}

static void file(struct maker *m, const char *path, const char *bytes)
{
	m->err |= snapshot_put_file(m->snap, path, slice_of(bytes), NULL);
}

static void port(struct maker *m, unsigned device, unsigned bus)
{
	uint8_t c[SPACE] = {0};
	put(c, 0x00, 4, 0x34208086);
	put(c, 0x04, 4, 0x00100007);
	put(c, 0x08, 4, 0x06040002);
	c[0x0e] = 1;
	c[0x19] = c[0x1a] = (uint8_t)bus;
	put(c, 0x1c, 2, 0x00f0);
	put(c, 0x20, 4, 0xfe10fe00); /* fe000000-fe1fffff */
	put(c, 0x24, 4, 0x0001fff1);
	c[0x34] = 0x40;
	put(c, 0x40, 4, 0x01420010);
	put(c, 0x64, 4, 0x20); /* ARI Forwarding Supported */
	put(c, 0x100, 4, 0x0001000d); /* ACS */
	put(c, 0x104, 4, 0x001d001d);
	config(m, 0, device, 0, c);
}

static void pf(struct maker *m, unsigned bus, unsigned total, unsigned num, bool space)
{
	uint8_t c[SPACE] = {0};
	put(c, 0x00, 4, 0x10c98086);
	put(c, 0x04, 4, 0x00100006);
	put(c, 0x08, 4, 0x02000001);
	put(c, 0x10, 4, 0xfe000000);
	put(c, 0x2c, 4, 0xa03c8086);
	c[0x34] = 0x40;
	put(c, 0x40, 4, 0x00c30001 | 0xa0 << 8); /* Power Management */
	put(c, 0xa0, 4, 0x00020010);             /* PCI Express, endpoint */
	put(c, 0xa4, 4, 0x10000000);             /* Function Level Reset Capability */
	put(c, 0x100, 4, 0x15010001 | 0x10000);  /* AER, next 150 */
	put(c, 0x150, 4, 0x1601000e);            /* ARI, next 160 */
	put(c, 0x160, 4, 0x00010010);            /* SR-IOV */
	put(c, 0x164, 4, 0x00000002);
	put(c, 0x168, 2, num ? 0x19 : 0x10);
	put(c, 0x16c, 2, total);
	put(c, 0x16e, 2, total);
	put(c, 0x170, 2, num);
	put(c, 0x174, 2, 128);
	put(c, 0x176, 2, 2);
	put(c, 0x17a, 2, 0x10ca);
	put(c, 0x17c, 4, 0x553);
	put(c, 0x180, 4, 1);
	put(c, 0x184, 4, 0xc);
	put(c, 0x188, 4, space ? 0x80 : 0);
	config(m, bus, 0, 0, c);
}

static void host_files(struct maker *m, bool guest)
{
	file(m, "proc/cmdline", text(m, "BOOT_IMAGE=/vmlinuz root=/dev/sda1 intel_iommu=on"));
	file(m, "proc/version", "Linux version 6.12.9-amd64 (build@example) #1 SMP\n");
	file(m, "proc/cpuinfo", guest ? "vendor_id\t: GenuineIntel\nflags\t\t: fpu hypervisor\n" : "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx ept\n");
	file(m, "sys/class/dmi/id/sys_vendor", "Example & Sons\n");
	file(m, "sys/class/dmi/id/product_name", text(m, "Server <1>"));
	file(m, "sys/class/dmi/id/bios_version", "1.2\n");
}

static struct finding *finding(struct maker *m, const char *id, const struct fn *subject, enum rung rung, enum finding_state state,
			       enum severity severity, const char *message)
{
	struct report *r = m->report;
	struct finding **slot = ARENA_PUSH(&r->arena, r->findings, r->findings_n, r->findings_room);
	struct finding *f = slot ? arena_alloc(&r->arena, sizeof(*f)) : NULL;
	if (!f) {
		m->err = 1;
		abort();
	}
	*slot = f;
	f->id = id;
	f->subject = subject;
	f->rung = rung;
	f->state = state;
	f->severity = severity;
	f->message = text(m, message);
	return f;
}

static void evidence(struct maker *m, struct finding *f, const char *where, const char *value, const char *expected, const char *note)
{
	struct evidence *e = ARENA_PUSH(&m->report->arena, f->evidence, f->evidence_n, f->evidence_room);
	m->err |= !e;
	if (e)
		*e = (struct evidence){where, text(m, value), expected, note};
}

static void step(struct maker *m, struct finding *f, const char *what)
{
	const char **s = ARENA_PUSH(&m->report->arena, f->steps, f->steps_n, f->steps_room);
	m->err |= !s;
	if (s)
		*s = text(m, what);
}

static void reference(struct maker *m, struct finding *f, const char *kind, const char *what)
{
	struct reference *r = ARENA_PUSH(&m->report->arena, f->references, f->references_n, f->references_room);
	m->err |= !r;
	if (r)
		*r = (struct reference){kind, what};
}

static void ladder(struct maker *m, const struct fn *fn, int reached, const char *states)
{
	struct report *r = m->report;
	struct ladder *l = ARENA_PUSH(&r->arena, r->ladders, r->ladders_n, r->ladders_room);
	m->err |= !l;
	if (!l)
		return;
	*l = (struct ladder){.fn = fn, .reached = reached, .counts = true};
	unsigned from = fn ? 0 : RUNGS_HOST;
	for (unsigned i = 0; i < RUNG_COUNT; i++)
		l->rungs[i] = FINDING_NOTAPPLICABLE;
	for (unsigned i = 0; states[i]; i++)
		l->rungs[from + i] = states[i] == 'p' ? FINDING_PASS : states[i] == 'f' ? FINDING_FAIL : states[i] == '?' ? FINDING_UNKNOWN : FINDING_NOTAPPLICABLE;
}

static const struct fn *fn_at(struct maker *m, unsigned bus, unsigned device)
{
	struct sriov_addr addr = {0, (uint8_t)bus, (uint8_t)device, 0};
	return model_find(m->report->model, &addr);
}

static void broken(struct maker *m)
{
	struct report *r = m->report;
	const struct fn *one = fn_at(m, 1, 0), *two = fn_at(m, 2, 0), *bridge = fn_at(m, 0, 1);
	r->verdict = VERDICT_BLOCKED;
	r->answer = text(m, "Blocked: VFs of 0000:01:00.0 and 1 more have no memory space, because every window of this host ends below 4 GiB: turn on "
			    "\"Memory Mapped I/O above 4GB\" in the firmware.");
	struct finding *root = finding(m, "above-4g-off", NULL, RUNG_RESOURCED, FINDING_FAIL, SEVERITY_ERROR,
				       "The firmware gives no memory window above 4 GiB, so 64-bit prefetchable VF BARs find no space.");
	evidence(m, root, "proc/iomem:12", "a0000000-fbffffff : PCI Bus 0000:00", "a window that ends above 0xffffffff", NULL);
	evidence(m, root, "sys/bus/pci/devices/0000:01:00.0/config VF BAR0", "0x00000000", "an address", "64-bit prefetchable");
	evidence(m, root, "dmesg:812", "pci 0000:01:00.0: VF BAR 0 [mem size 0x00020000 64bit pref]: can't assign; no space", NULL, NULL);
	step(m, root, "In the firmware set-up of the Example Server, turn on \"Memory Mapped I/O above 4GB\".");
	step(m, root, "Boot again, then write the number of VFs to /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs.");
	reference(m, root, "kernel", "drivers/pci/setup-bus.c pci_bus_assign_resources()");
	reference(m, root, "spec", "PCIe 6.0 9.3.3.14");
	struct finding *so = finding(m, "vf-bar-no-mmio", one, RUNG_RESOURCED, FINDING_FAIL, SEVERITY_ERROR, "VF BAR 0 of 0000:01:00.0 has no memory space.");
	so->role = FINDING_CONSEQUENCE;
	so->because = root;
	evidence(m, so, "sys/bus/pci/devices/0000:01:00.0/resource:8", "0x0000000000000000", "an assigned range", NULL);
	so = finding(m, "vf-bar-no-mmio", two, RUNG_RESOURCED, FINDING_FAIL, SEVERITY_ERROR, "VF BAR 0 of 0000:02:00.0 has no memory space.");
	so->role = FINDING_CONSEQUENCE;
	so->because = root;
	struct finding *buses = finding(m, "bus-numbers-exhausted", two, RUNG_ROUTABLE, FINDING_FAIL, SEVERITY_ERROR,
					"VFs from number 4 on lie on bus 03, but the port above 0000:02:00.0 ends at bus 02.");
	evidence(m, buses, "sys/bus/pci/devices/0000:00:02.0/config Subordinate Bus Number", "0x02", "0x03", NULL);
	step(m, buses, "Add pci=assign-busses to GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub, and boot again.");
	struct finding *ari = finding(m, "ari-forwarding-missing", one, RUNG_ROUTABLE, FINDING_FAIL, SEVERITY_WARNING,
				      "The port 0000:00:01.0 does not forward ARI; more than 7 VFs need it.");
	ari->confidence = CONFIDENCE_LIKELY;
	evidence(m, ari, "0000:00:01.0 ARI Forwarding Enable", "0", "1", NULL);
	struct finding *dunno = finding(m, "pf-driver-not-bound", two, RUNG_DRIVEN, FINDING_UNKNOWN, SEVERITY_NONE,
					"Whether a driver is bound to 0000:02:00.0 was not captured.");
	dunno->missing = "the output of: ls -l /sys/bus/pci/devices/0000:02:00.0/driver";
	dunno->confidence = CONFIDENCE_POSSIBLE;
	finding(m, "vfs-not-requested", one, RUNG_ENABLED, FINDING_INFORMATIONAL, SEVERITY_NONE, "Nobody asked 0000:01:00.0 for VFs.");
	finding(m, "iommu-off-bios", NULL, RUNG_ISOLATED, FINDING_PASS, SEVERITY_NONE, "The IOMMU is on.");
	ladder(m, one, RUNG_ROUTABLE, "pppfpffpp");
	ladder(m, two, RUNG_CAPABLE, "ppff?f-pp");

	struct plan *p = ARENA_PUSH(&r->arena, r->plans, r->plans_n, r->plans_room);
	struct plan_window *w = p ? ARENA_PUSH(&r->arena, p->windows, p->windows_n, p->windows_room) : NULL;
	struct plan_threshold *t = p ? ARENA_PUSH(&r->arena, p->thresholds, p->thresholds_n, p->thresholds_room) : NULL;
	struct setting *s = ARENA_PUSH(&r->arena, r->settings, r->settings_n, r->settings_room);
	struct assumption *a = ARENA_PUSH(&r->arena, r->assumptions, r->assumptions_n, r->assumptions_room);
	m->err |= !p || !w || !t || !s || !a;
	if (m->err)
		return;
	p->fn = one;
	p->asked = true;
	p->vfs = 7;
	p->outcome = "ENOMEM";
	p->why = "sriov_enable() finds no memory resource for VF BAR 0.";
	p->finding = "vf-bar-no-mmio";
	p->max_known = true;
	p->limited_by = "mmio";
	p->driver_may_refuse = true;
	p->driver_note = "igb refuses more than 7 VFs.";
	*t = (struct plan_threshold){8, "driver", text(m, "max_vfs of igb")};
	*w = (struct plan_window){bridge, "pref", {0xfe000000, 0xfe1fffff}, 0x180000, 0x80000, UINT64_C(0x200000000), UINT64_C(0x1fff80000), UINT64_C(0x200200000)};
	p->buses_known = true;
	p->buses_port = bridge;
	p->buses_have = (struct range){1, 1};
	p->buses_need = (struct range){1, 2};
	p->buses_reservable = (struct range){2, 4};
	p->buses_spare_known = true;
	p->buses_spare = 250;
	p->buses_why = text(m, "bus 05 is in use");
	p->routings_n = 2;
	p->routings[0] = (struct plan_routing){.ari = TRI_YES, .how = "device-table", .why = text(m, "by the table of devices"), .fn = one, .offset = 128,
					       .stride = 2, .vfs = 7, .reached = 7, .reached_known = true, .last_bus = 1};
	p->routings[1] = (struct plan_routing){.ari = TRI_NO, .current = true, .how = "read", .fn = one, .offset = 384, .stride = 2, .vfs = 7,
					       .filtered = true, .num_vfs = {0, ITEM_PRESENT, NULL}, .reached_known = true, .last_bus = 1};
	p->memory_n = 1;
	p->memory[0] = (struct plan_memory){.index = 0, .is_64 = true, .prefetchable = true, .assigned = TRI_NO, .size = 0x40000000,
					    .size_from = text(m, "kernel log"), .total = UINT64_C(0x200000000), .asked = UINT64_C(0x1c0000000),
					    .class = "pref64", .window = "pref"};
	struct plan_remedy *remedy = ARENA_PUSH(&r->arena, p->remedies, p->remedies_n, p->remedies_room);
	struct plan_remedy *another = ARENA_PUSH(&r->arena, p->remedies, p->remedies_n, p->remedies_room);
	m->err |= !remedy || !another;
	if (m->err)
		return;
	remedy = &p->remedies[0];
	*remedy = (struct plan_remedy){.kind = "window", .limit = "mmio", .text = text(m, "a larger window"), .port = bridge, .size = UINT64_C(0x200200000),
				       .before = 0, .after = 7, .gain = true};
	*another = (struct plan_remedy){.kind = "slot", .limit = "mmio", .text = "the slot below 0000:00:01.0", .port = bridge, .slot = text(m, "3"),
					.before = 0, .after = 7, .gain = true};
	*s = (struct setting){"Above 4G", "on", "off", "inferred", "proc/iomem"};
	*a = (struct assumption){"above-4g", "off"};
}

static void healthy(struct maker *m, unsigned pfs)
{
	struct report *r = m->report;
	r->verdict = VERDICT_READY;
	r->answer = "Ready: 4 VFs of 0000:01:00.0 can be given to guests.";
	for (unsigned i = 0; i < pfs; i++) {
		const struct fn *fn = fn_at(m, 1 + i, 0);
		ladder(m, fn, RUNG_ASSIGNABLE, "ppppppppp");
		finding(m, "iommu-off-bios", fn, RUNG_ISOLATED, FINDING_PASS, SEVERITY_NONE, "The IOMMU is on.");
		struct plan *p = ARENA_PUSH(&r->arena, r->plans, r->plans_n, r->plans_room);
		m->err |= !p;
		if (p)
			*p = (struct plan){.fn = fn, .outcome = "ok", .max_known = true, .max_vfs = 7, .limited_by = "driver"};
	}
}

static void dump(struct maker *m)
{
	struct report *r = m->report;
	const struct fn *fn = fn_at(m, 1, 0);
	const struct rule_result rules[] = {
		{.id = "R01", .subject = fn->addr, .severity = SEVERITY_ERROR, .state = FINDING_PASS, .title = "SR-IOV version is 1", .spec = "PCIe 6.0 9.3.3"},
		{.id = "R02", .subject = fn->addr, .severity = SEVERITY_ERROR, .state = FINDING_FAIL, .title = "VF Stride is not 0", .found = text(m, "0"),
		 .expected = "1 or more", .why = "the kernel refuses more than one VF", .spec = "PCIe 6.0 9.3.3.10"},
		{.id = "R03", .subject = fn->addr, .severity = SEVERITY_WARNING, .state = FINDING_FAIL, .title = "Supported Page Sizes has 4 KiB", .found = "0",
		 .waived = "known defect of board revision A"},
		{.id = "R04", .subject = fn->addr, .severity = SEVERITY_INFO, .state = FINDING_NOTAPPLICABLE, .title = "VF Migration is not offered"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct rule_result *rule = report_rule(r);
		m->err |= !rule;
		if (rule)
			*rule = rules[i];
	}
	struct change *c = ARENA_PUSH(&r->arena, r->changes, r->changes_n, r->changes_room);
	m->err |= !c;
	if (c)
		*c = (struct change){"0000:01:00.0", "SR-IOV TotalVFs", "8", "7"};
	m->err |= snapshot_problem(m->snap, 12, false, "give the whole row", "row of %d bytes", 15);
}

static struct plan *odd_plan(struct maker *m, const struct fn *fn)
{
	struct report *r = m->report;
	struct plan *p = ARENA_PUSH(&r->arena, r->plans, r->plans_n, r->plans_room);
	if (!p)
		abort();
	*p = (struct plan){.fn = fn};
	return p;
}

static void odd_plans(struct maker *m)
{
	struct report *r = m->report;
	odd_plan(m, fn_at(m, 40, 0))->asked = true; /* nothing is known of the answer */
	struct plan *p = odd_plan(m, fn_at(m, 41, 0));
	p->asked = true;
	p->vfs = 1;
	p->outcome = "unknown";
	p->why = "nobody knows";
	p->max_known = true;
	p->max_vfs = 1;
	p->routings_n = 2;
	p->routings[0] = (struct plan_routing){.ari = TRI_UNKNOWN, .current = true, .why = "the offset was not read", .fn = p->fn, .vfs = 3};
	p->routings[1] = (struct plan_routing){.ari = TRI_UNKNOWN, .how = "read", .fn = p->fn, .offset = 0x100, .stride = 0x100, .vfs = 65536, .reached = 9,
					       .reached_known = true, .last_bus = 60};
	p->memory_n = 3;
	p->memory[0] = (struct plan_memory){.index = 0, .total = 4096};
	p->memory[1] = (struct plan_memory){.index = 1, .class = "mem32", .size = 3, .total = 3 * 1024, .window = "root", .assigned = TRI_YES};
	p->memory[2] = (struct plan_memory){.index = 5, .prefetchable = true, .class = "any", .size = UINT64_MAX, .total = UINT64_MAX, .window = "mem"};
	p->buses_known = true;
	p->buses_have = p->buses_reservable = (struct range){1, 0};
	p->buses_need = (struct range){0, 0x1ff};
	const struct plan_window windows[] = {
		{.kind = NULL, .range = {1, 0}, .needed = 1, .lacks = 1}, {.kind = "mem", .range = {0, UINT64_MAX}, .used = UINT64_MAX, .free = UINT64_MAX, .needed = UINT64_MAX},
		{.kind = "pref", .range = {0, 0xfff}, .used = 0x1000, .needed = 0x1000}, {.kind = "mem", .range = {0, 0}},
	};
	for (size_t i = 0; i < ARRAY_SIZE(windows); i++) {
		struct plan_window *w = ARENA_PUSH(&r->arena, p->windows, p->windows_n, p->windows_room);
		m->err |= !w;
		if (w)
			*w = windows[i];
	}
	struct plan_remedy *remedy = ARENA_PUSH(&r->arena, p->remedies, p->remedies_n, p->remedies_room);
	m->err |= !remedy;
	if (remedy)
		*remedy = (struct plan_remedy){.kind = "total-vfs", .limit = "device", .text = "more VFs", .vfs = 9};
	p = odd_plan(m, fn_at(m, 42, 0));
	p->max_known = true;
	p->limited_by = "mmio";
	p->driver_may_refuse = true;
	for (unsigned i = 0; i < 50; i++)
		odd_plan(m, fn_at(m, 43 + i, 0))->vfs = i;
}

static void odd_findings(struct maker *m)
{
	const struct fn *one = fn_at(m, 40, 0);
	struct finding *f = finding(m, "no-words", one, RUNG_VISIBLE, FINDING_FAIL, SEVERITY_ERROR, "");
	f->message = NULL;
	reference(m, f, "case", NULL);
	evidence(m, f, NULL, "only a value", NULL, NULL);
	for (unsigned i = 0; i < 14; i++) {
		evidence(m, f, "somewhere", "a value", i & 1 ? "another" : NULL, i & 2 ? "and a note" : NULL);
		step(m, f, i ? "one of many steps." : "");
	}
	f->evidence[1].value = NULL;
	struct finding *root = f;
	for (unsigned i = 0; i < 120; i++) { /* one on many functions, and what follows from it */
		f = finding(m, "on-many", fn_at(m, 40 + i, 0), RUNG_CAPABLE, FINDING_FAIL, i % 3 ? SEVERITY_ERROR : SEVERITY_INFO, "It is everywhere");
		f = finding(m, "follows", fn_at(m, 40 + i, 0), RUNG_ROUTABLE, FINDING_FAIL, SEVERITY_WARNING, "It follows.");
		f->role = FINDING_CONSEQUENCE;
		f->because = i & 1 ? root : NULL;
		if (i == 1)
			f->message = NULL;
		f = finding(m, "many-unknown", fn_at(m, 40 + i, 0), RUNG_DRIVEN, FINDING_UNKNOWN, SEVERITY_NONE, "Nobody knows.");
	}
	for (unsigned i = 0; i < 5; i++) /* more at one place than a picture has room for */
		finding(m, "here-too", one, RUNG_ENABLED, FINDING_FAIL, SEVERITY_WARNING, i ? "Again." : "");
	f = finding(m, "passes-by", one, RUNG_BOUND, FINDING_PASS, SEVERITY_NONE, "It passes.");
	f->role = FINDING_CONSEQUENCE;
	finding(m, "of-no-concern", NULL, RUNG_BOUND, FINDING_NOTAPPLICABLE, SEVERITY_NONE, "It is nothing.");
	finding(m, "by-the-way", NULL, RUNG_BOUND, FINDING_INFORMATIONAL, SEVERITY_INFO, "By the way.");
	finding(m, "a/b c:d", NULL, RUNG_DATAPATH, FINDING_FAIL, SEVERITY_INFO, "A name that is no label's.");
	ladder(m, one, -1, "f????????");
	ladder(m, fn_at(m, 41, 0), RUNG_ASSIGNABLE, "ppppppppp");
	ladder(m, fn_at(m, 42, 0), RUNG_VISIBLE, "p-fp-?---");
	ladder(m, NULL, RUNG_DATAPATH, "ppppp");
	for (unsigned i = 0; i < 100; i++)
		ladder(m, fn_at(m, 43 + i, 0), RUNG_ASSIGNABLE, "ppppppppp");
	m->report->ladders[1].counts = false;
}

static void odd(struct maker *m)
{
	struct report *r = m->report;
	r->verdict = VERDICT_UNKNOWN;
	r->profile = PROFILE_HYPERV;
	odd_plans(m);
	odd_findings(m);
	static const struct setting settings[] = {
		{"IOMMU", NULL, NULL, NULL, NULL}, {"ARI", "on", "on", "read", ""}, {"ACS", "on", NULL, "unknown", "nowhere"}, {"SR-IOV", NULL, "off", "read", NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		struct setting *s = ARENA_PUSH(&r->arena, r->settings, r->settings_n, r->settings_room);
		m->err |= !s;
		if (s)
			*s = settings[i];
	}
	for (unsigned i = 0; i < 60; i++) {
		struct rule_result *rule = report_rule(r);
		m->err |= !rule;
		if (rule)
			*rule = (struct rule_result){.id = i < 40 ? "R10" : "R11", .subject = fn_at(m, 40 + i, 0)->addr, .severity = i < 40 ? SEVERITY_ERROR : SEVERITY_INFO,
						     .state = FINDING_FAIL, .title = "A rule", .found = i & 1 ? "this" : NULL, .expected = i & 2 ? "that" : NULL,
						     .waived = i == 7 ? "" : NULL};
	}
	static const struct change changes[] = {
		{"0000:28:00.0", "TotalVFs", NULL, "7", "SR-IOV"}, {"0000:28:00.0", "NumVFs", "1", NULL, "SR-IOV"}, {"0000:28:00.0", NULL, NULL, NULL, NULL},
		{NULL, "function", "there", NULL, NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		struct change *c = ARENA_PUSH(&r->arena, r->changes, r->changes_n, r->changes_room);
		m->err |= !c;
		if (c)
			*c = changes[i];
	}
}

/* Functions of which little is known, or that are at odds with themselves; many PFs. */
static void odd_functions(struct maker *m)
{
	static const char *const files[][2] = {
		{"sys/bus/pci/devices/0000:05:00.0/vendor", "0x8086\n"}, {"sys/bus/pci/devices/0000:05:00.0/uevent", ""},
		{"sys/bus/pci/devices/0000:06:00.0/device", "0x10c9\n"}, {"sys/bus/pci/devices/0000:06:00.0/class", "0x020000\n"},
		{"sys/bus/pci/devices/0000:07:00.0/sriov_totalvfs", "4\n"}, {"sys/bus/pci/devices/0000:07:00.0/sriov_numvfs", "2\n"},
		{"sys/bus/pci/devices/0000:28:00.0/sriov_totalvfs", "1\n"}, {"sys/bus/pci/devices/0000:28:00.0/net/eth7/flags", "0x1\n"},
		{"sys/bus/pci/devices/0000:28:00.0/resource", "0x0 0x0 0x0\n0x0 0xffffffffffffffff 0x200\n"},
		{"sys/bus/pci/devices/0000:ff:00.0/vendor", "0x1022\n"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		file(m, files[i][0], files[i][1]);
	for (unsigned i = 0; i < 200; i++)
		pf(m, 40 + i, i == 2 ? 65535 : 2, i & 1, i & 2);
}

struct report *sample_new(enum sample sample, bool verbose)
{
	struct maker maker = {.snap = snapshot_new("sample.tar"), .hostile = sample == SAMPLE_HOSTILE}, *m = &maker;
	struct model *model = NULL;
	unsigned pfs = sample == SAMPLE_MANY ? 8 : sample == SAMPLE_GUEST || sample == SAMPLE_ODD ? 0 : 2;
	struct report keeper = {0};
	if (!m->snap)
		return NULL;
	m->report = &keeper;
	m->snap->kind = SOURCE_ARCHIVE;
	host_files(m, sample == SAMPLE_GUEST);
	for (unsigned i = 0; i < pfs; i++) {
		port(m, 1 + i, 1 + i);
		pf(m, 1 + i, sample == SAMPLE_MANY ? 120 : 8, sample == SAMPLE_HEALTHY ? 4 : 0, sample == SAMPLE_HEALTHY || sample == SAMPLE_MANY);
	}
	if (sample == SAMPLE_ODD)
		odd_functions(m);
	struct report *r = m->err || model_new(m->snap, &model) ? NULL : report_new(sample == SAMPLE_DUMP ? "sriov-dump" : "sriov-check", model);
	if (!r)
		return NULL;
	r->arena = keeper.arena;
	m->report = r;
	r->verbose = verbose;
	r->show_functions = true;
	r->view = arena_array(&r->arena, model->fns_n + 1, sizeof(const struct fn *));
	for (size_t i = 0; r->view && i < model->fns_n; i++)
		r->view[r->view_n++] = &model->fns[i];
	if (sample == SAMPLE_BROKEN || sample == SAMPLE_HOSTILE)
		broken(m);
	else if (sample == SAMPLE_DUMP)
		dump(m);
	else if (sample == SAMPLE_GUEST)
		ladder(m, NULL, RUNG_VPCI, "ppf?-");
	else if (sample == SAMPLE_ODD)
		odd(m);
	else
		healthy(m, pfs);
	if (sample == SAMPLE_GUEST) {
		r->goal = GOAL_GUEST;
		r->verdict = VERDICT_UNKNOWN;
	}
	if (!m->err)
		return r;
	sample_free(r);
	return NULL;
}

void sample_free(struct report *report)
{
	if (!report)
		return;
	struct model *model = (struct model *)(uintptr_t)report->model;
	struct snapshot *snap = (struct snapshot *)(uintptr_t)model->snap;
	report_free(report);
	model_free(model);
	snapshot_free(snap);
}
