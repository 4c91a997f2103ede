/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/cmdline.h"
#include "decode/proc.h"

static const char iomem_text[] = "00000000-00000fff : Reserved\n"
				 "c0000000-febfffff : PCI Bus 0000:00\n"
				 "  fea00000-febfffff : PCI Bus 0000:01\n"
				 "    feb80000-febbffff : 0000:01:00.0\n"
				 "not a row\n"
				 "4000000000-7fffffffff : PCI Bus 0000:00";

static void test_iomem(void **state)
{
	(void)state;
	struct iomem_iter iter = {.rest = SLICE(iomem_text)};
	struct iomem_row row;
	unsigned n = 0, deepest = 0;
	while (iomem_next(&iter, &row)) {
		n++;
		deepest = row.depth > deepest ? row.depth : deepest;
	}
	assert_int_equal(n, 5);
	assert_int_equal(deepest, 2);
	assert_true(row.start == 0x4000000000 && row.end == 0x7fffffffff && row.line == 6);
	assert_true(slice_is(row.name, "PCI Bus 0000:00"));
	assert_false(iomem_hidden(SLICE(iomem_text)));
	assert_true(iomem_hidden(SLICE("00000000-00000000 : Reserved\n  00000000-00000000 : PCI Bus\n")));
	assert_false(iomem_hidden(SLICE("")));
	/* a range that ends before it begins is none */
	iter = (struct iomem_iter){.rest = SLICE("fe000000-fd000000 : PCI Bus 0000:00\n00001000-00001000 : PCI Bus 0000:01\n")};
	assert_true(iomem_next(&iter, &row));
	assert_int_equal(row.line, 2);
	assert_false(iomem_next(&iter, &row));
}

static void test_interrupts(void **state)
{
	(void)state;
	struct irq_chips chips;
	interrupts_chips(SLICE("           CPU0       CPU1\n"
			       "   0:        124          0   IO-APIC   2-edge      timer\n"
			       "  24:          0          0  IR-PCI-MSI 0-edge      aerdrv\n"
			       "  25:          0          7  PCI-MSIX-0000:01:00.0 0-edge eth0\n"
			       "  26:          0          7  IR-IO-APIC   9-fasteoi acpi\n"
			       " NMI:          0          0   Non-maskable interrupts\n"),
			 &chips);
	assert_int_equal(chips.rows, 4);
	assert_int_equal(chips.msi, 1);
	assert_int_equal(chips.msi_remapped, 1);
	assert_int_equal(chips.ioapic, 1);
	assert_int_equal(chips.ioapic_remapped, 1);
	assert_int_equal(chips.first_plain, 2);
	assert_int_equal(chips.first_remapped, 3);
	interrupts_chips(SLICE(" 30:  1  ITS-PCI-MSIX-0000:01:00.0 0 Edge x\n"), &chips);
	assert_int_equal(chips.its, 1);
	/* found by fuzzing: a line that ends at its number has no chip, not that of the line before */
	interrupts_chips(SLICE(" 30:  1  IR-PCI-MSI 0-edge x\n 31:\n"), &chips);
	assert_int_equal(chips.msi_remapped, 1);
	assert_int_equal(chips.msi, 0);
}

static void test_modules(void **state)
{
	(void)state;
	struct slice text = SLICE("vfio_pci 16384 0 - Live 0x0000000000000000\nvfio_pci_core 86016 1 vfio_pci, Live 0x0\nbroken\n");
	struct module_row row;
	assert_true(modules_has(text, "vfio-pci"));
	assert_false(modules_has(text, "vfio"));
	assert_true(modules_next(&text, &row) && modules_next(&text, &row));
	assert_true(slice_is(row.users, "vfio_pci,") || slice_is(row.users, "vfio_pci"));
	assert_int_equal(row.refs, 1);
	assert_true(slice_is(row.state, "Live"));
	assert_false(modules_next(&text, &row));
}

static void test_texts(void **state)
{
	(void)state;
	struct slice value, cpu = SLICE("processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx ept\n\nprocessor\t: 1\nvendor_id\t: Other\n");
	unsigned major, minor;
	assert_true(cpuinfo_get(cpu, "vendor_id", &value) && slice_is(value, "GenuineIntel"));
	assert_true(cpuinfo_get(cpu, "flags", &value) && words_have(value, "ept") && !words_have(value, "ep"));
	assert_false(cpuinfo_get(cpu, "Features", &value));
	assert_true(version_release(SLICE("Linux version 6.12.9-amd64 (x@y) #1"), &value) && slice_is(value, "6.12.9-amd64"));
	assert_true(release_numbers(value, &major, &minor) && major == 6 && minor == 12);
	assert_false(release_numbers(SLICE("6"), &major, &minor));

	struct slice config = SLICE("CONFIG_PCI_IOV_X=y\n# CONFIG_PCI_IOV is not set\nCONFIG_VFIO_PCI=m\nCONFIG_NAME=\"a b\"\nCONFIG_LAST=y");
	assert_true(kconfig_get(config, "CONFIG_PCI_IOV", &value) && slice_is(value, "n"));
	assert_true(kconfig_get(config, "CONFIG_VFIO_PCI", &value) && slice_is(value, "m"));
	assert_true(kconfig_get(config, "CONFIG_NAME", &value) && slice_is(value, "a b"));
	assert_true(kconfig_get(config, "CONFIG_LAST", &value) && slice_is(value, "y"));
	assert_false(kconfig_get(config, "CONFIG_VFIO", &value));

	struct slice os = SLICE("PRETTY_NAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID='12'\n# ID=x\nID=ubuntu # comment\nBAD=\"open\n");
	assert_true(assignment_get(os, "ID", &value) && slice_is(value, "ubuntu"));
	assert_true(assignment_get(os, "VERSION_ID", &value) && slice_is(value, "12"));
	assert_true(assignment_get(os, "BAD", &value) && slice_is(value, "open"));
	assert_false(assignment_get(os, "NAME", &value));

	struct mount_row mount;
	struct slice mounts = SLICE("sysfs /sys sysfs rw,nosuid 0 0\nproc /proc proc rw 0 0\nsysfs /sys sysfs ro,nosuid 0 0\n");
	assert_true(mounts_at(mounts, "/sys", &mount) && comma_has(mount.options, "ro") && !comma_has(mount.options, "rw"));
	assert_false(mounts_at(mounts, "/sy", &mount));
}

/* What is nearly right, cut, or of the greatest size. */
static void test_odd_texts(void **state)
{
	(void)state;
	static const struct {
		const char *text, *value; /* of CONFIG_A; NULL: the text does not tell */
	} configs[] = {
		{"CONFIG_A=", ""}, {"CONFIG_A=\nCONFIG_B=y\n", ""}, {"CONFIG_A=\"\n", "\""}, {"CONFIG_A=\"\"\n", ""}, {"CONFIG_A=\"x\n", "\"x"}, {"CONFIG_A=x\"\n", "x\""},
		{"# CONFIG_A is not set", "n"}, {"y\n# CONFIG_A is not set\n", "n"}, {"## CONFIG_A is not set\n", NULL}, {"y# CONFIG_A is not set\n", NULL},
		{"#xCONFIG_A is not set\n", NULL}, {"x CONFIG_A is not set\n", NULL}, {" CONFIG_A is not set\n", NULL}, {"# CONFIG_A is set\n", NULL}, {"CONFIG_A is not set\n", NULL},
		{"xCONFIG_A=y\nCONFIG_A=m\n", "m"}, {"CONFIG_A2=y\nCONFIG_A=m\n", "m"}, {" CONFIG_A=y\n", NULL}, {"CONFIG_A", NULL}, {"CONFIG_A=y\nCONFIG_A=m\n", "y"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(configs); i++) {
		struct slice value = SLICE("none");
		bool told = kconfig_get(slice_of(configs[i].text), "CONFIG_A", &value);
		if (told != (configs[i].value != NULL) || (told && !slice_is(value, configs[i].value)))
			fail_msg("%s: %d %.*s", configs[i].text, told, (int)value.n, value.p);
	}
	static const struct {
		const char *text, *value; /* of A */
	} assignments[] = {
		{"A=x;B=y\n", "x"}, {"A=x\ty\n", "x"}, {"A=x#y\n", "x"}, {"A=x y\n", "x"}, {"A=\n", ""}, {"A", NULL}, {"AB=x\n", NULL}, {"export A=x\n", "x"}, {"export  A='x y' z\n", "x y"},
		{" A=x", "x"}, {"A=\"x'y\"\n", "x'y"}, {"A='\n", ""}, {"A=''\n", ""}, {"exportA=x\n", NULL}, {"B=A=x\n", NULL},
	};
	for (size_t i = 0; i < ARRAY_SIZE(assignments); i++) {
		struct slice value = SLICE("none");
		bool told = assignment_get(slice_of(assignments[i].text), "A", &value);
		if (told != (assignments[i].value != NULL) || (told && !slice_is(value, assignments[i].value)))
			fail_msg("%s: %d %.*s", assignments[i].text, told, (int)value.n, value.p);
	}
	static const struct {
		const char *text;
		bool good;
		unsigned major, minor;
	} releases[] = {
		{"6.1.0-25-amd64", true, 6, 1}, {"1000.1000", true, 1000, 1000}, {"1001.1", false, 0, 0}, {"6.1001", false, 0, 0}, {"x.1", false, 0, 0}, {"6-1", false, 0, 0},
		{"6.x", false, 0, 0}, {"6.", false, 0, 0}, {"", false, 0, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(releases); i++) {
		unsigned major = 0, minor = 0;
		assert_int_equal(release_numbers(slice_of(releases[i].text), &major, &minor), releases[i].good);
		assert_true(major == releases[i].major && minor == releases[i].minor);
	}
	struct slice value;
	assert_false(version_release(SLICE("Linux version "), &value));
	assert_false(version_release(((struct slice){"Linux version \0x", 16}), &value));
	assert_false(version_release(SLICE("Linux Version 6.1"), &value));
	assert_true(version_release(SLICE("Linux version 6.1"), &value) && slice_is(value, "6.1"));
	assert_false(cpuinfo_get(SLICE("flags\n"), "flags", &value));

	struct slice text = SLICE("a 1 99999999999999999999 - Live 0x0\nb 1 x\nc x 1\nd 2 3\ne 2 4 f,g,\nf\n");
	struct module_row row;
	assert_true(modules_next(&text, &row) && slice_is(row.name, "a") && row.refs == 0 && slice_is(row.state, "Live"));
	assert_true(modules_next(&text, &row) && slice_is(row.name, "b") && row.refs == 0 && !row.users.n && !row.state.n);
	assert_true(modules_next(&text, &row) && slice_is(row.name, "d") && row.refs == 3 && !row.users.n && !row.state.n);
	assert_true(modules_next(&text, &row) && slice_is(row.name, "e") && row.refs == 4 && slice_is(row.users, "f,g,") && !row.state.p);
	assert_false(modules_next(&text, &row));
	assert_true(module_name_same(SLICE("a-b_c"), SLICE("a_b-c")));
	assert_false(module_name_same(SLICE("a-b"), SLICE("a-b-")));
	assert_false(module_name_same(SLICE("a-b"), SLICE("a-c")));

	struct mount_row mount = {.dir = SLICE("none")};
	assert_false(mounts_at(SLICE("sysfs /sys sysfs\n\nsysfs /sys\n"), "/sys", &mount));
	assert_true(slice_is(mount.dir, "none"));
	assert_true(mounts_at(SLICE("a b\nx /sys y z"), "/sys", &mount) && slice_is(mount.device, "x") && slice_is(mount.type, "y") && slice_is(mount.options, "z"));
	assert_true(comma_has(SLICE("a,b,c"), "c") && comma_has(SLICE("a,b,c"), "a") && comma_has(SLICE("a,,c"), "") && !comma_has(SLICE(""), "") && !comma_has(SLICE("a,b"), "a,b"));
}

static void test_odd_rows(void **state)
{
	(void)state;
	/* a row that is not whole ends a file of resources: what follows cannot be numbered */
	static const char *const bad[] = {
		"1 2 3\n", "0x11111111111111111 0x0 0x0\n", "0x1\n", "0x1 x 0x3\n", "0x1 0x2\n", "0x1 0x2 0x\n", "0x1 0x2 0x3 x\n", "0xg 1 2\n", "\n",
	};
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct resource_iter iter = {.rest = slice_of(bad[i])};
		struct resource_row row;
		if (resource_next(&iter, &row) || iter.bad != 1)
			fail_msg("%s: bad %u", bad[i], iter.bad);
	}
	struct resource_iter iter = {.rest = SLICE("0x1 2\t3 \r\n")};
	struct resource_row row;
	assert_true(resource_next(&iter, &row) && row.start == 1 && row.end == 2 && row.flags == 3 && row.line == 1 && !iter.bad);
	assert_false(resource_next(&iter, &row));
	assert_int_equal(iter.bad, 0);
	struct reserved_iter regions = {.rest = SLICE("0x1\n0x1 x\n 0x1 0x2 \n")};
	struct reserved_row region;
	assert_true(reserved_next(&regions, &region) && region.line == 3 && region.start == 1 && region.end == 2 && !region.type.n);
	struct iomem_iter iomem = {.rest = SLICE("1-2 x\n1:2\nx-2 : y\n1-x : y\n   1-2: y \n     0-0:z\n")};
	struct iomem_row one;
	assert_true(iomem_next(&iomem, &one) && one.line == 5 && one.depth == 1 && one.start == 1 && one.end == 2 && slice_is(one.name, "y"));
	assert_true(iomem_next(&iomem, &one) && one.line == 6 && one.depth == 2 && slice_is(one.name, "z"));
	assert_false(iomem_next(&iomem, &one));
	assert_false(iomem_hidden(SLICE("0-0 : a\n0-1 : b\n")));
	struct irq_chips chips;
	interrupts_chips(SLICE("1: 5\n2: 5 IR-\n3: 5 x PCI-MSI\n: 5 PCI-MSI\n4 5 PCI-MSI\n5: PCI-MSI\n6: 1 IO-APIC\n7: 1 IR-IO-APIC\n8: 0 IR-PCI-MSI\n"), &chips);
	assert_int_equal(chips.rows, 7);
	assert_true(chips.msi == 1 && chips.ioapic == 1 && chips.ioapic_remapped == 1 && chips.msi_remapped == 1 && chips.its == 0);
	assert_true(chips.first_plain == 6 && chips.first_remapped == 8);
}

static void test_resource(void **state)
{
	(void)state;
	struct resource_iter iter = {.rest = SLICE("0x00000000fea00000 0x00000000fea1ffff 0x0000000000040200\n0x0 0x0 0x0\nrubbish\n0x1 0x2 0x3\n")};
	struct resource_row row;
	assert_true(resource_next(&iter, &row) && row.start == 0xfea00000 && row.end == 0xfea1ffff && row.flags == 0x40200);
	assert_true(resource_next(&iter, &row) && row.line == 2);
	assert_false(resource_next(&iter, &row));
	assert_int_equal(iter.bad, 3);
	assert_false(resource_next(&iter, &row));

	struct reserved_iter regions = {.rest = SLICE("0x7f000000 0x7f00ffff direct-relaxable\nnone\n0xfee00000 0xfeefffff msi\n")};
	struct reserved_row region;
	assert_true(reserved_next(&regions, &region) && slice_is(region.type, "direct-relaxable"));
	assert_true(reserved_next(&regions, &region) && slice_is(region.type, "msi") && region.line == 3);
	assert_false(reserved_next(&regions, &region));
}

static void test_options(void **state)
{
	(void)state;
	struct slice line = SLICE("BOOT_IMAGE=/vmlinuz root=\"UUID=1 2\" pci=noari,hpmmiosize=32M \"quoted=a b\" quiet pci=realloc vfio-pci.ids=8086:1520 -- pci=nomsi\n");
	struct slice value = {NULL, 0};
	struct option option;
	unsigned n = 0;
	assert_true(option_get(line, "root", &value) && slice_is(value, "UUID=1 2"));
	assert_true(option_get(line, "quoted", &value) && slice_is(value, "a b"));
	assert_true(option_get(line, "vfio_pci.ids", &value) && slice_is(value, "8086:1520"));
	assert_true(option_get(line, "quiet", &value) && !value.p);
	assert_true(option_get(line, "pci", &value) && slice_is(value, "realloc"));
	assert_true(option_has(line, "pci", "noari", NULL));
	assert_true(option_has(line, "pci", "hpmmiosize", &value) && slice_is(value, "32M"));
	assert_false(option_has(line, "pci", "noar", NULL));
	assert_false(option_has(line, "pci", "nomsi", NULL));
	for (struct slice rest = line; option_next(&rest, &option);)
		n++;
	assert_int_equal(n, 7);
}

static const struct {
	const char *line, *vendor;
	enum option_oddity what;
	const char *token, *meant; /* token NULL: nothing is odd */
} notes[] = {
	{"quiet 915.enable_guc=7", "GenuineIntel", OPTION_MISSPELT, "915.enable_guc=7", "i915.enable_guc"},
	{"i915.enable_guc=3 enable_guc=7", "GenuineIntel", OPTION_MISSPELT, "enable_guc=7", "i915.enable_guc"},
	{"intel_iommu=on iommu=pt", "AuthenticAMD", OPTION_NO_EFFECT, "intel_iommu=on", NULL},
	{"intel_iommu=on iommu=pt", "GenuineIntel", 0, NULL, NULL},
	{"intel_iommu=on iommu=pt", NULL, 0, NULL, NULL},
	{"intel-iommu=on", "GenuineIntel", 0, NULL, NULL},
	{"amd_iommu=on", "AuthenticAMD", OPTION_BAD_VALUE, "amd_iommu=on", NULL},
	{"intel_iomu=on", "GenuineIntel", OPTION_MISSPELT, "intel_iomu=on", "intel_iommu"},
	{"intel_iommu=no", "GenuineIntel", OPTION_BAD_VALUE, "intel_iommu=no", NULL},
	{"pci=assign-buses,realloc", NULL, OPTION_BAD_VALUE, "pci=assign-buses,realloc", NULL},
	{"pci=realloc=off,some_new_word,hpbussize=16,disable_acs_redir=pci:8086:1520;pci:1", NULL, 0, NULL, NULL},
	{"intel_iommu=on quiet intel_iommu=off", "GenuineIntel", OPTION_OVERRIDDEN, "intel_iommu=on", NULL},
	{"intel_iommu=on intel_iommu=sm_on pci=noari pci=realloc", "GenuineIntel", 0, NULL, NULL},
	{"vfio-pci.ids=1:2 vfio_pci.ids=3:4", NULL, OPTION_OVERRIDDEN, "vfio-pci.ids=1:2", NULL},
	{"pti=on quiet splash rd.luks.uuid=x ipv6.disable=1 nox2apic", NULL, 0, NULL, NULL},
};

static void test_notes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(notes); i++) {
		struct option_iter iter = {.rest = slice_of(notes[i].line)};
		struct option_note note;
		bool odd = option_note_next(&iter, notes[i].vendor, &note);
		if (!notes[i].token) {
			if (odd)
				fail_msg("%s: %.*s is said to be odd", notes[i].line, (int)note.option.token.n, note.option.token.p);
			continue;
		}
		assert_true(odd);
		assert_true(slice_is(note.option.token, notes[i].token));
		assert_int_equal(note.what, notes[i].what);
		assert_non_null(note.why);
		if (notes[i].meant)
			assert_string_equal(note.meant, notes[i].meant);
		assert_false(option_note_next(&iter, notes[i].vendor, &note));
	}
}

static void walk_all(struct slice text)
{
	struct iomem_iter iomem = {.rest = text};
	struct iomem_row iomem_row;
	struct irq_chips chips;
	struct slice rest = text, value;
	struct module_row module;
	struct mount_row mount;
	struct resource_iter resources = {.rest = text};
	struct resource_row resource;
	struct reserved_iter regions = {.rest = text};
	struct reserved_row region;
	struct option option;
	struct option_iter notes_iter = {.rest = text};
	struct option_note note;
	unsigned major, minor;
	while (iomem_next(&iomem, &iomem_row))
		;
	interrupts_chips(text, &chips);
	while (modules_next(&rest, &module))
		;
	while (resource_next(&resources, &resource))
		;
	while (reserved_next(&regions, &region))
		;
	for (rest = text; option_next(&rest, &option);)
		assert_true(option.token.n > 0);
	while (option_note_next(&notes_iter, "AuthenticAMD", &note))
		;
	mounts_at(text, "/sys", &mount);
	cpuinfo_get(text, "flags", &value);
	kconfig_get(text, "CONFIG_PCI_IOV", &value);
	assignment_get(text, "ID", &value);
	if (version_release(text, &value))
		release_numbers(value, &major, &minor);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char alphabet[] = "0123abcdefx-:=,.\" \t\n#_PCIMSAk\xff\x00\x1b";
	uint32_t seed = 42;
	for (unsigned round = 0; round < 3000; round++) {
		size_t n = round % 200;
		char *text = malloc(n ? n : 1);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		walk_all((struct slice){text, n});
		free(text);
	}
	for (size_t n = 0; n < sizeof(iomem_text); n++) {
		char *text = malloc(n ? n : 1);
		memcpy(text, iomem_text, n);
		walk_all((struct slice){text, n});
		free(text);
	}
	walk_all((struct slice){NULL, 0});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_iomem),    cmocka_unit_test(test_interrupts), cmocka_unit_test(test_modules), cmocka_unit_test(test_texts),
		cmocka_unit_test(test_resource), cmocka_unit_test(test_odd_texts), cmocka_unit_test(test_odd_rows), cmocka_unit_test(test_options),    cmocka_unit_test(test_notes),   cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
