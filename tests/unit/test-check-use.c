/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * VFs in use, isolation, Hyper-V's rules, firmware settings: one healthy host whose two VFs can be given away, and for each cause
 * one change that makes it the root, beside changes that it must not mind.
 */
#include "unit.h"
#include "expect.h"
#include "check/check.h"
#include "space.h"

#define PF   "sys/bus/pci/devices/0000:01:00.0/"
#define PORT "sys/bus/pci/devices/0000:00:01.0/"
#define VF0  "sys/bus/pci/devices/0000:01:10.0/"
#define VF1  "sys/bus/pci/devices/0000:01:10.2/"
#define GONE ((const char *)-1)

/* A path and its text; a path that begins with '@' is a link; text GONE: not there. */
struct edit {
	const char *path, *text;
};

static const struct edit healthy[] = {
	{"@" PF "driver", "../../../../bus/pci/drivers/igb"}, {PF "sriov_totalvfs", "7\n"}, {PF "sriov_numvfs", "2\n"}, {PF "sriov_drivers_autoprobe", "1\n"},
	{PF "vendor", "0x8086\n"}, {PF "device", "0x10c9\n"}, {PF "class", "0x020000\n"}, {PF "ari_enabled", "1\n"},
	{PF "resource", "0x00000000fe900000 0x00000000fe91ffff 0x0000000000040200\n"},
	{"@" VF0 "driver", "../../../../bus/pci/drivers/igbvf"}, {"@" VF0 "physfn", "../0000:01:00.0"}, {"@" VF0 "iommu_group", "../../../../kernel/iommu_groups/10"},
	{"@" VF1 "driver", "../../../../bus/pci/drivers/igbvf"}, {"@" VF1 "physfn", "../0000:01:00.0"}, {"@" VF1 "iommu_group", "../../../../kernel/iommu_groups/11"},
	{VF0 "modalias", "pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00\n"}, {VF1 "modalias", "pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00\n"},
	{VF0 "reset_method", "flr\n"}, {VF1 "reset_method", "flr\n"},
	{"@" PF "virtfn0", "../0000:01:10.0"}, {"@" PF "virtfn1", "../0000:01:10.2"},
	{"@sys/class/iommu/dmar0", "../../devices/virtual/iommu/dmar0"},
	{"@sys/kernel/iommu_groups/10/devices/0000:01:10.0", "x"}, {"sys/kernel/iommu_groups/10/reserved_regions", "0xfee00000 0xfeefffff msi\n"},
	{"@sys/kernel/iommu_groups/11/devices/0000:01:10.2", "x"}, {"sys/kernel/iommu_groups/11/reserved_regions", "0xfee00000 0xfeefffff msi\n"},
	{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\nvmx flags\t: vnmi ept vpid\n"},
	{"proc/interrupts", "  24:  0  IR-PCI-MSI 0-edge aerdrv\n"},
	{"proc/cmdline", "root=/dev/sda1 intel_iommu=on\n"}, {"proc/version", "Linux version 6.12.0 (x) #1\n"},
	{"proc/modules", "igb 1 0 - Live 0x0\nigbvf 1 0 - Live 0x0\nnvme 1 0 - Live 0x0\n"},
	{"lib/modules/6.12.0/modules.alias", "alias pci:v00008086d000010CAsv*sd*bc*sc*i* igbvf\n"},
	{"lib/modules/6.12.0/modules.dep", "kernel/drivers/net/igbvf.ko:\nkernel/drivers/vfio/pci/vfio-pci.ko:\n"},
	{"sys/class/dmi/id/sys_vendor", "Dell Inc.\n"}, {"sys/class/dmi/id/product_name", "PowerEdge R740\n"},
	{"etc/os-release", "ID=debian\n"}, {"etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=quiet\n"},
};

struct machine {
	struct snapshot *snap;
	struct model *model;
	struct report report;
};

static void put(struct snapshot *snap, const struct edit *edit)
{
	bool link = edit->path[0] == '@';
	if (edit->text == GONE)
		return;
	assert_int_equal(snapshot_put(snap, NULL, edit->path + link, link ? ITEM_LINK : ITEM_FILE, ITEM_PRESENT, slice_of(edit->text), NULL), 0);
}

static void complete(struct item *dir)
{
	dir->complete = true;
	for (struct item *below = dir->child; below; below = below->next)
		if (below->kind == ITEM_DIR)
			complete(below);
}

static void config(struct snapshot *snap, struct sriov_addr addr, const struct space *space)
{
	assert_int_equal(snapshot_put_config(snap, &addr, space->b, NULL, sizeof(space->b), NULL), 0);
}

static void build(struct machine *m, const struct edit *edits, struct ask ask)
{
	struct space port, pf, vf;
	m->snap = snapshot_new("test");
	for (size_t i = 0; edits && edits[i].path; i++)
		put(m->snap, &edits[i]);
	for (size_t i = 0; i < ARRAY_SIZE(healthy); i++) {
		bool changed = false;
		for (size_t k = 0; edits && edits[k].path; k++)
			changed |= !strcmp(edits[k].path, healthy[i].path);
		if (!changed)
			put(m->snap, &healthy[i]);
	}
	space_port(&port, 0, 1, 2, 1);
	space_ext(&port, 0x100, 0x0d);
	put16(&port, 0x104, 0x001f);
	put16(&port, 0x106, 0x001d);
	space_header(&pf, 0x8086, 0x10c9, 0x020000, 0);
	space_express(&pf, 0);
	space_ext(&pf, 0x100, 0x0e);
	space_sriov(&pf, 0x160, 8, 2, 128, 2);
	put16(&pf, 0x160 + 0x08, 0x0019);
	space_header(&vf, 0xffff, 0xffff, 0x020000, 0);
	space_express(&vf, 0);
	put32(&vf, 0x44, 1U << 28); /* Function Level Reset Capability */
	config(m->snap, (struct sriov_addr){0, 0, 1, 0}, &port);
	config(m->snap, (struct sriov_addr){0, 1, 0, 0}, &pf);
	config(m->snap, (struct sriov_addr){0, 1, 16, 0}, &vf);
	config(m->snap, (struct sriov_addr){0, 1, 16, 2}, &vf);
	complete(m->snap->root);
	assert_int_equal(model_new(m->snap, &m->model), 0);
	m->report = (struct report){.tool = "sriov-check", .model = m->model};
	assert_int_equal(check_run(m->model, &ask, &m->report), 0);
}

static void end(struct machine *m)
{
	arena_free(&m->report.arena);
	model_free(m->model);
	snapshot_free(m->snap);
}

static const struct finding *find(const struct machine *m, const char *id)
{
	for (size_t i = 0; i < m->report.findings_n; i++)
		if (!strcmp(m->report.findings[i]->id, id))
			return m->report.findings[i];
	return NULL;
}

#define HYPERV {.profile = PROFILE_HYPERV}
#define HOST   {.goal_given = true, .goal = GOAL_HOST}

static const struct {
	const char *id;
	struct ask ask;
	struct edit edits[6];
	enum finding_state state;  /* FINDING_PASS: it must stay silent */
	enum severity severity;
} cases[] = {
	{"vf-autoprobe-off", {0}, {{PF "sriov_drivers_autoprobe", "0\n"}, {"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}}, FINDING_INFORMATIONAL, 0},
	{"vf-autoprobe-off", HOST, {{PF "sriov_drivers_autoprobe", "0\n"}, {"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vf-autoprobe-off", HOST, {{PF "sriov_drivers_autoprobe", "0\n"}}, FINDING_PASS, 0}, /* bound all the same */
	{"vf-driver-not-loaded", HOST, {{"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}, {"proc/modules", "igb 1 0 - Live 0x0\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vf-driver-not-loaded", {0}, {{"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}, {"proc/modules", "igb 1 0 - Live 0x0\n"}}, FINDING_INFORMATIONAL, 0},
	{"vf-driver-not-loaded", HOST, {{"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}}, FINDING_PASS, 0}, /* it is loaded */
	{"vf-driver-not-loaded", HOST, {{"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE}, {PF "sriov_drivers_autoprobe", "0\n"}, {"proc/modules", "igb 1 0 - Live 0x0\n"}},
	 FINDING_PASS, 0},
	{"vf-driver-probe-fail", HOST, {{"@" VF0 "driver", GONE}, {"dmesg", "[ 9.0] igbvf 0000:01:10.0: probe with driver igbvf failed with error -5\n"}}, FINDING_FAIL,
	 SEVERITY_ERROR},
	{"vf-driver-probe-fail", HOST, {{"dmesg", "[ 9.0] igbvf 0000:01:10.0: probe with driver igbvf failed with error -5\n"}}, FINDING_PASS, 0}, /* later it worked */
	{"vf-not-probed-by-host", HOST, {{"@" PF "driver", "../../../../bus/pci/drivers/mlx4_core"}, {"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE},
	 {"sys/module/mlx4_core/parameters/probe_vf", "0\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vf-not-probed-by-host", HOST, {{"@" PF "driver", "../../../../bus/pci/drivers/mlx4_core"}, {"@" VF0 "driver", GONE}, {"@" VF1 "driver", GONE},
	 {"sys/module/mlx4_core/parameters/probe_vf", "2\n"}}, FINDING_PASS, 0},
	{"vf-claimed-by-host", HOST, {{"@" VF0 "driver", "../x/vfio-pci"}, {"@" VF1 "driver", "../x/vfio-pci"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vf-claimed-by-host", {0}, {{"@" VF0 "driver", "../x/igb_uio"}}, FINDING_INFORMATIONAL, 0},
	{"vf-claimed-by-host", {0}, {{NULL, NULL}}, FINDING_PASS, 0},
	{"nvme-secondary-offline", {0}, {{"@" VF0 "driver", GONE}, {"dmesg", "[ 9.0] nvme 0000:01:10.0: Device not ready; aborting initialisation, CSTS=0x2\n"}}, FINDING_FAIL,
	 SEVERITY_ERROR},
	{"nvme-secondary-offline", {0}, {{"dmesg", "[ 9.0] nvme 0000:01:00.0: Device not ready; aborting initialisation, CSTS=0x2\n"}}, FINDING_PASS, 0},
	{"rmrr-blocked", {0}, {{"sys/kernel/iommu_groups/10/reserved_regions", "0x7f000000 0x7f00ffff direct\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"rmrr-blocked", {0}, {{"sys/kernel/iommu_groups/10/reserved_regions", "0x7f000000 0x7f00ffff direct-relaxable\n"}}, FINDING_PASS, 0},
	{"rmrr-blocked", {0}, {{"dmesg", "[ 9.0] vfio-pci 0000:01:10.0: Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring the device "
	 "without a 1:1 mapping. Contact your platform vendor.\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"rmrr-blocked", HOST, {{"sys/kernel/iommu_groups/10/reserved_regions", "0x7f000000 0x7f00ffff direct\n"}}, FINDING_PASS, 0},
	{"acs-redirect-disabled", {0}, {{"proc/cmdline", "pci=noats,disable_acs_redir=0000:00:01.0 quiet\n"}}, FINDING_FAIL, SEVERITY_WARNING},
	{"acs-redirect-disabled", {0}, {{"proc/cmdline", "pcie_acs_override=downstream\n"}}, FINDING_FAIL, SEVERITY_WARNING},
	{"acs-redirect-disabled", {0}, {{NULL, NULL}}, FINDING_PASS, 0},
	{"vf-not-bound-to-vfio", {0}, {{NULL, NULL}}, FINDING_INFORMATIONAL, 0},
	{"vf-not-bound-to-vfio", {0}, {{"@" VF0 "driver", "../x/vfio-pci"}}, FINDING_PASS, 0},
	{"vfio-vf-token", {0}, {{"@" PF "driver", "../x/vfio-pci"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vfio-vf-token", {0}, {{NULL, NULL}}, FINDING_PASS, 0},
	{"vfio-denylist", {0}, {{"dmesg", "[ 9.0] vfio-pci 0000:01:10.0: 8086:37c9: exists in vfio-pci device denylist, driver probing disallowed.\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"vfio-denylist", {0}, {{PF "device", "0x37c8\n"}, {"sys/module/vfio_pci/parameters/disable_denylist", "Y\n"}}, FINDING_PASS, 0},
	{"vf-migration-driver-missing", {0}, {{"@" PF "driver", "../x/mlx5_core"}}, FINDING_INFORMATIONAL, 0},
	{"vf-migration-driver-missing", {0}, {{NULL, NULL}}, FINDING_PASS, 0},
	{"selinux-denial", {0}, {{"dmesg", "[ 9.0] audit: type=1400 audit(1700000000.1:9): avc:  denied  { read write } for  pid=1 comm=\"qemu-kvm\" path=\"/dev/vfio/10\" "
	 "scontext=system_u:system_r:svirt_t:s0 tcontext=system_u:object_r:device_t:s0 tclass=chr_file permissive=0\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"selinux-denial", {0}, {{"dmesg", "[ 9.0] audit: type=1400 audit(1700000000.1:9): avc:  denied  { read } for  pid=1 comm=\"httpd\" name=\"x\" "
	 "scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:user_home_t:s0 tclass=file permissive=0\n"}}, FINDING_PASS, 0},
	{"vf-no-reset", {0}, {{VF0 "reset_method", "\n"}}, FINDING_FAIL, SEVERITY_WARNING},
	{"vf-no-reset", {0}, {{NULL, NULL}}, FINDING_PASS, 0},
	{"msi-unavailable", {0}, {{"proc/cmdline", "pci=nomsi\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"msi-unavailable", {0}, {{"proc/cmdline", "pci=nommconf\n"}}, FINDING_PASS, 0},
	{"memlock-limit", {0}, {{"dmesg", "[ 9.0] vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"memlock-limit", HOST, {{"dmesg", "[ 9.0] vfio_pin_pages_remote: RLIMIT_MEMLOCK (65536) exceeded\n"}}, FINDING_PASS, 0},
	{"hyperv-host-firmware-osc", HYPERV, {{"dmesg", "[ 0.3] acpi PNP0A08:00: _OSC: OS now controls [PME AER LTR]\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"hyperv-host-firmware-osc", {0}, {{"dmesg", "[ 0.3] acpi PNP0A08:00: _OSC: OS now controls [PME AER LTR]\n"}}, FINDING_INFORMATIONAL, 0},
	{"hyperv-host-firmware-osc", HYPERV, {{"dmesg", "[ 0.3] acpi PNP0A08:00: _OSC: platform does not support [SHPCHotplug]\n"
	 "[ 0.3] acpi PNP0A08:00: _OSC: OS now controls [PCIeHotplug PME AER PCIeCapability LTR]\n"}}, FINDING_PASS, 0},
	{"hyperv-host-firmware-osc", HYPERV, {{NULL, NULL}}, FINDING_PASS, 0},
	{"slat-missing", HYPERV, {{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\nvmx flags\t: vnmi\n"}}, FINDING_FAIL, SEVERITY_ERROR},
	{"slat-missing", HYPERV, {{NULL, NULL}}, FINDING_PASS, 0},
	{"no-pcie-root-port", HYPERV, {{NULL, NULL}}, FINDING_PASS, 0},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine m;
		build(&m, cases[i].edits, cases[i].ask);
		const struct finding *f = find(&m, cases[i].id);
		if (cases[i].state == FINDING_PASS) {
			if (f && f->state != FINDING_UNKNOWN)
				fail_msg("row %zu: %s is said: %s", i, cases[i].id, f->message);
		} else {
			if (!f)
				fail_msg("row %zu: %s is not said", i, cases[i].id);
			if (f->state != cases[i].state || (f->state == FINDING_FAIL && f->severity != cases[i].severity))
				fail_msg("row %zu: %s: state %s, severity %s", i, cases[i].id, finding_state_name(f->state), severity_name(f->severity));
			if (!f->evidence_n || (f->state == FINDING_FAIL && !f->steps_n && f->role == FINDING_ROOT))
				fail_msg("row %zu: %s: %zu items of evidence, %zu steps", i, cases[i].id, f->evidence_n, f->steps_n);
		}
		end(&m);
	}
}

static void print_finding(FILE *to, const struct finding *f, bool whole)
{
	char buf[ADDR_TEXT];
	fprintf(to, "  %s %s %s %s %s%s%s\n", f->id, f->subject ? addr_text(&f->subject->addr, buf) : "host", finding_state_name(f->state), severity_name(f->severity),
		role_name(f->role), f->because ? " of " : "", f->because ? f->because->id : "");
	if (!whole)
		return;
	fprintf(to, "    %s (%s)%s%s\n", f->message, confidence_name(f->confidence), f->missing ? "; missing: " : "", f->missing ? f->missing : "");
	for (size_t i = 0; i < f->evidence_n; i++)
		fprintf(to, "    %s: %s, expected %s%s%s\n", f->evidence[i].where, f->evidence[i].value, f->evidence[i].expected ? f->evidence[i].expected : "-",
			f->evidence[i].note ? "; " : "", f->evidence[i].note ? f->evidence[i].note : "");
	for (size_t i = 0; i < f->steps_n; i++)
		fprintf(to, "    %zu. %s\n", i + 1, f->steps[i]);
}

static void print_report(FILE *to, const struct report *report, const char *id)
{
	fprintf(to, "  %s: %s\n", verdict_name(report->verdict), report->answer);
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *ladder = &report->ladders[i];
		fprintf(to, "  reached %s:", ladder->reached < 0 ? "nothing" : rung_name((enum rung)ladder->reached));
		for (int rung = 0; rung < RUNG_COUNT; rung++)
			if (ladder->rungs[rung] != FINDING_NOTAPPLICABLE)
				fprintf(to, " %s %s", rung_name((enum rung)rung), finding_state_name(ladder->rungs[rung]));
		fprintf(to, "\n");
	}
	for (size_t i = 0; i < report->findings_n; i++)
		print_finding(to, report->findings[i], !strcmp(report->findings[i]->id, id));
}

/* All that is said in each case. */
static void test_said(void **state)
{
	(void)state;
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine m;
		build(&m, cases[i].edits, cases[i].ask);
		fprintf(text.to, "%s%s%s\n", cases[i].id, cases[i].ask.goal_given ? ", goal host" : "", cases[i].ask.profile == PROFILE_HYPERV ? ", Hyper-V" : "");
		for (size_t k = 0; k < ARRAY_SIZE(cases[i].edits) && cases[i].edits[k].path; k++)
			fprintf(text.to, "  with %s%s%s", cases[i].edits[k].path, cases[i].edits[k].text == GONE ? " gone" : ": ",
				cases[i].edits[k].text == GONE ? "" : cases[i].edits[k].text);
		fprintf(text.to, "\n");
		print_report(text.to, &m.report, cases[i].id);
		fprintf(text.to, "\n");
		end(&m);
	}
	text_expect(&text, "check-use");
}

static void test_healthy(void **state)
{
	(void)state;
	struct machine m;
	build(&m, NULL, (struct ask){0});
	for (size_t i = 0; i < m.report.findings_n; i++)
		if (m.report.findings[i]->state == FINDING_FAIL)
			fail_msg("%s: %s", m.report.findings[i]->id, m.report.findings[i]->message);
	assert_int_equal(m.report.verdict, VERDICT_READY);
	end(&m);
}

/* The steps are in the words of this machine. */
static void test_machine(void **state)
{
	(void)state;
	static const struct {
		struct edit edits[6];
		const char *words;
	} ways[] = {
		{{{"proc/cmdline", "pci=nomsi\n"}}, "run update-grub"},
		{{{"proc/cmdline", "pci=nomsi\n"}, {"etc/os-release", "ID=rocky\nID_LIKE=\"rhel centos fedora\"\n"}}, "grubby --update-kernel=ALL --remove-args=\"pci=nomsi\""},
		{{{"proc/cmdline", "pci=nomsi\n"}, {"etc/os-release", "ID=sles\n"}}, "grub2-mkconfig"},
		{{{"proc/cmdline", "pci=nomsi\n"}, {"etc/kernel/cmdline", "quiet\n"}, {"proc/version", "Linux version 6.8.12-pve (x) #1\n"}}, "proxmox-boot-tool refresh"},
		{{{"proc/cmdline", "pci=nomsi\n"}, {"etc/os-release", GONE}, {"etc/default/grub", GONE}}, "boot loader's configuration"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		struct machine m;
		build(&m, ways[i].edits, (struct ask){0});
		const struct finding *f = find(&m, "msi-unavailable");
		assert_non_null(f);
		assert_true(f->steps_n > 0);
		if (!strstr(f->steps[0], ways[i].words) || strstr(f->steps[0], "%"))
			fail_msg("%s: %s", ways[i].words, f->steps[0]);
		end(&m);
	}
}

static const struct setting *setting(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->report.settings_n; i++)
		if (!strcmp(m->report.settings[i].name, name))
			return &m->report.settings[i];
	fail_msg("no setting %s", name);
	return NULL;
}

static void test_settings(void **state)
{
	(void)state;
	struct machine m;
	build(&m, NULL, (struct ask){0});
	assert_int_equal(m.report.settings_n, 6);
	assert_string_equal(setting(&m, "IOMMU")->how, "inferred");
	assert_string_equal(setting(&m, "ARI")->how, "inferred");
	assert_string_equal(setting(&m, "ACS")->how, "inferred");
	assert_string_equal(setting(&m, "Above 4G")->how, "unknown");
	end(&m);

	const struct edit read[] = {
		{"bios", "{\"Attributes\": {\n\"SriovGlobalEnable\": \"Disabled\",\n\"MmioAbove4Gb\": \"Enabled\", \"MemoryMappedIOH\": \"56TB\"}}"},
		{"sys/class/firmware-attributes/x/attributes/VtForDirectIo/current_value", "Enabled\n"},
		{NULL, NULL},
	};
	build(&m, read, (struct ask){0});
	assert_string_equal(setting(&m, "SR-IOV")->how, "read");
	assert_string_equal(setting(&m, "SR-IOV")->found, "off (SriovGlobalEnable: Disabled)");
	assert_string_equal(setting(&m, "SR-IOV")->where, "bios:2");
	assert_string_equal(setting(&m, "Above 4G")->found, "on (MmioAbove4Gb: Enabled)");
	assert_string_equal(setting(&m, "MMIO size")->found, "MemoryMappedIOH: 56TB");
	assert_string_equal(setting(&m, "IOMMU")->how, "read");
	end(&m);
}

static void test_broken_tables(void **state)
{
	(void)state;
	struct machine m;
	/* a DMAR without any DRHD: its sum is right, and nothing is in it */
	uint8_t dmar[48] = "DMAR";
	uint8_t sum = 0;
	dmar[4] = sizeof(dmar);
	dmar[8] = 1;
	dmar[36] = 45;
	for (size_t i = 0; i < sizeof(dmar); i++)
		sum = (uint8_t)(sum + dmar[i]);
	dmar[9] = (uint8_t)-sum;
	m.snap = snapshot_new("test");
	assert_int_equal(snapshot_put_file(m.snap, "sys/firmware/acpi/tables/DMAR", slice_bytes(dmar, sizeof(dmar)), NULL), 0);
	assert_int_equal(model_new(m.snap, &m.model), 0);
	m.report = (struct report){.tool = "sriov-check", .model = m.model};
	struct ask ask = {0};
	assert_int_equal(check_run(m.model, &ask, &m.report), 0);
	const struct finding *f = find(&m, "iommu-firmware-broken");
	assert_non_null(f);
	assert_int_equal(f->severity, SEVERITY_ERROR);
	assert_true(f->steps_n > 0);
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_healthy), cmocka_unit_test(test_cases), cmocka_unit_test(test_said), cmocka_unit_test(test_machine), cmocka_unit_test(test_settings),
		cmocka_unit_test(test_broken_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
