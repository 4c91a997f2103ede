/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * VFs in use, isolation, Hyper-V's rules, firmware settings: one healthy host whose two VFs can be given away, and for each cause
 * one change that makes it the root, beside changes that it must not mind.
 */
#include "unit.h"
#include "expect.h"
#include "healthy.h"

static const struct finding *find(const struct machine *m, const char *id)
{
	for (size_t i = 0; i < m->report.findings_n; i++)
		if (!strcmp(m->report.findings[i]->id, id))
			return m->report.findings[i];
	return NULL;
}


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
		build(IN_USE, &m, cases[i].edits, ARRAY_SIZE(cases[i].edits), cases[i].ask);
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

/* All that is said in each case. */
static void test_said(void **state)
{
	(void)state;
	struct text text;
	text_begin(&text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine m;
		build(IN_USE, &m, cases[i].edits, ARRAY_SIZE(cases[i].edits), cases[i].ask);
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
	build(IN_USE, &m, NULL, 0, (struct ask){0});
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
		build(IN_USE, &m, ways[i].edits, ARRAY_SIZE(ways[i].edits), (struct ask){0});
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
	build(IN_USE, &m, NULL, 0, (struct ask){0});
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
	build(IN_USE, &m, read, ARRAY_SIZE(read), (struct ask){0});
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

static const struct finding *unmapped(const struct machine *m)
{
	for (size_t i = 0; i < m->report.findings_n; i++)
		if (!strcmp(m->report.findings[i]->id, "fw-rid-map-missing"))
			return m->report.findings[i];
	return NULL;
}

/* IORT maps one requester ID. Of a PF whose VFs are not kept, as others claim more than is kept, nothing is said of them. */
static void test_left_out(void **state)
{
	(void)state;
	enum { OTHERS = 33 };
	static struct space spaces[OTHERS];
	static char names[OTHERS][ADDR_TEXT];
	uint8_t iort[36 + 12 + 24 + 56] = "IORT", sum = 0;
	iort[4] = sizeof(iort);
	iort[8] = 3;
	iort[36] = 2;  /* nodes */
	iort[40] = 48; /* the first: an ITS group */
	iort[49] = 24;
	iort[64] = 1;
	iort[72] = 2; /* a root complex with one mapping */
	iort[73] = 56;
	iort[80] = 1;
	iort[84] = 36;
	iort[104] = 64;
	iort[109] = iort[117] = 1; /* ID 0x100 on, none more */
	iort[120] = 48;
	for (size_t i = 0; i < sizeof(iort); i++)
		sum = (uint8_t)(sum + iort[i]);
	iort[9] = (uint8_t)-sum;
	struct edit edits[OTHERS + 1] = {{.path = "sys/firmware/acpi/tables/IORT", .text = "", .bytes = iort, .len = sizeof(iort)}};
	for (unsigned i = 0; i < OTHERS; i++) {
		addr_text(&(struct sriov_addr){0, 0, (uint8_t)(8 + i / 8), (uint8_t)(i % 8)}, names[i]);
		space_header(&spaces[i], 0x8086, 0x1572, 0x020000, 0);
		space_express(&spaces[i], 9);
		space_sriov(&spaces[i], 0x100, i + 1 < OTHERS ? 0xffff : 30, 0, 1, 1);
		edits[i + 1] = (struct edit){.path = names[i], .bytes = spaces[i].b, .len = sizeof(spaces[i].b)};
	}
	struct machine m;
	build(IDLE, &m, edits, 1, (struct ask){0});
	const struct finding *f = unmapped(&m);
	assert_non_null(f);
	assert_int_equal(f->subject->addr.bus, 1);
	assert_string_equal(f->evidence[0].value, "requester ID 0x0180 unmapped");
	end(&m);
	build(IDLE, &m, edits, ARRAY_SIZE(edits), (struct ask){0});
	assert_null(unmapped(&m));
	assert_int_equal(m.model->vfs_kept.left_out, 1);
	assert_int_equal(m.model->vfs_kept.first_out.bus, 1);
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_healthy), cmocka_unit_test(test_cases), cmocka_unit_test(test_said), cmocka_unit_test(test_machine), cmocka_unit_test(test_settings),
		cmocka_unit_test(test_broken_tables), cmocka_unit_test(test_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
