/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "unit.h"
#include "decode/bios.h"

static const char redfish[] = "{\"@odata.id\": \"/redfish/v1/Systems/1/Bios\",\n \"Attributes\": {\n  \"BootMode\": \"Uefi\",\n"
			      "  \"SriovGlobalEnable\": \"Disabled\", \"MmioAbove4Gb\": \"Enabled\",\n  \"MemoryMappedIOH\": \"56TB\",\n"
			      "  \"List\": [1, {\"x\": null}], \"ProcVirtualization\": \"Enabled\"}}\n";
static const char racadm[] = "[Key=BIOS.Setup.1-1#IntegratedDevices]\nSriovGlobalEnable=Disabled (Pending Value=Enabled)\n#MmioAbove4Gb=Enabled\n";
static const char smc_xml[] = "<?xml version=\"1.0\"?>\n<BiosCfg>\n<Menu name=\"Advanced\">\n<Setting name=\"SR-IOV Support\" selectedOption=\"Disabled\" type=\"Option\">\n"
			      "<Information><Help><![CDATA[a <Setting name=\"SR-IOV Support\" selectedOption=\"Enabled\"> b]]></Help></Information></Setting>\n"
			      "<!-- <Setting name=\"IOMMU\" selectedOption=\"Enabled\"/> -->\n"
			      "<Setting name=\"Intel VT for Directed I/O (VT-d)\" selectedOption=\"Enable\" type=\"Option\"/>\n</Menu></BiosCfg>\n";
static const char smc_text[] = "[Advanced|PCIe/PCI/PnP Configuration]\nSR-IOV Support=00        // 00 (Disabled), *01 (Enabled)\n"
			       "MMIO High Granularity Size=03  // *01 (4G), 03 (64G)\n";
static const char lenovo[] = "DevicesandIOPorts.SRIOV=Enable\nDevicesandIOPorts.PCI64BitResourceAllocation=Auto\n";
static const char hpe_xml[] = "<Conrep version=\"4.20\">\n<Section name=\"SR_IOV\" helptext=\"x\">Enabled</Section>\n</Conrep>\n";
static const char registry[] = "{\"Attributes\":[{\"AttributeName\":\"Sriov\",\"CurrentValue\":\"Enabled\",\"DisplayName\":\"SR-IOV\"},"
			       "{\"AttributeName\":\"ProcAmdIoVt\",\"CurrentValue\":null}]}";
static const char scp_xml[] = "<SystemConfiguration><Component FQDD=\"BIOS.Setup.1-1\">\n<Attribute Name=\"SriovGlobalEnable\">Enabled</Attribute></Component></SystemConfiguration>";

static const struct {
	const char *text;
	enum bios_meaning meaning;
	enum bios_value value;
	const char *spelt;
	unsigned line;
} wanted[] = {
	{redfish, BIOS_SRIOV, BIOS_VALUE_OFF, "Disabled", 4},
	{redfish, BIOS_ABOVE_4G, BIOS_VALUE_ON, "Enabled", 4},
	{redfish, BIOS_MMIO_SIZE, BIOS_VALUE_OTHER, "56TB", 5},
	{redfish, BIOS_IOMMU, BIOS_VALUE_ON, "Enabled", 6},
	{racadm, BIOS_SRIOV, BIOS_VALUE_OFF, "Disabled", 2},
	{racadm, BIOS_ABOVE_4G, BIOS_VALUE_ON, "Enabled", 3},
	{smc_xml, BIOS_SRIOV, BIOS_VALUE_OFF, "Disabled", 4},
	{smc_xml, BIOS_IOMMU, BIOS_VALUE_ON, "Enable", 7},
	{smc_text, BIOS_SRIOV, BIOS_VALUE_OFF, "Disabled", 2},
	{smc_text, BIOS_MMIO_SIZE, BIOS_VALUE_OTHER, "64G", 3},
	{lenovo, BIOS_SRIOV, BIOS_VALUE_ON, "Enable", 1},
	{lenovo, BIOS_ABOVE_4G, BIOS_VALUE_ON, "Auto", 2},
	{hpe_xml, BIOS_SRIOV, BIOS_VALUE_ON, "Enabled", 2},
	{registry, BIOS_SRIOV, BIOS_VALUE_ON, "Enabled", 1},
	{scp_xml, BIOS_SRIOV, BIOS_VALUE_ON, "Enabled", 2},
};

static void test_exports(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		struct bios_iter iter = bios_of(slice_of(wanted[i].text));
		struct bios_pair pair;
		unsigned hits = 0;
		while (bios_next(&iter, &pair)) {
			const struct bios_setting *setting = bios_setting_of(pair.name);
			if (!setting || setting->meaning != wanted[i].meaning)
				continue;
			hits++;
			if (!slice_is(pair.value, wanted[i].spelt) || pair.line != wanted[i].line || bios_value_of(setting, pair.value) != wanted[i].value)
				fail_msg("row %zu: %.*s = %.*s in line %u", i, (int)pair.name.n, pair.name.p, (int)pair.value.n, pair.value.p, pair.line);
		}
		if (hits != 1)
			fail_msg("row %zu: %u hits", i, hits);
	}
}

static void test_names(void **state)
{
	(void)state;
	assert_null(bios_setting_of(SLICE("BootMode")));
	assert_null(bios_setting_of(SLICE("")));
	assert_int_equal(bios_setting_of(SLICE("SR-IOV Support"))->meaning, BIOS_SRIOV);
	assert_int_equal(bios_setting_of(SLICE("SR_IOVSupport_003D"))->meaning, BIOS_SRIOV);
	assert_int_equal(bios_setting_of(SLICE("PCIe ARI Support"))->meaning, BIOS_ARI);
	assert_int_equal(bios_setting_of(SLICE("ACS Enable"))->meaning, BIOS_ACS);
	assert_int_equal(bios_setting_of(SLICE("VtForDirectIo"))->meaning, BIOS_IOMMU);
	for (size_t i = 0; i < bios_settings_n; i++)
		assert_true(bios_settings[i].source && bios_settings[i].source[0] && bios_settings[i].meaning < BIOS_MEANINGS);
}

static void test_json(void **state)
{
	(void)state;
	static const char *const good[] = {"{}", "[]", " [1, -2.5e3, true, false, null, \"a\\\"b\"] ", "{\"a\":{\"b\":[{}]}}", "3", "\"x\""};
	static const char *const bad[] = {"", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "[1}", "{1:2}", "[tru]", "\"open", "1 2", "[\"\n\"]", "{\"a\" 1}", "]"};
	struct slice text;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		struct json json = json_of(slice_of(good[i]));
		enum json_event event;
		while ((event = json_next(&json, &text)) > JSON_BAD)
			;
		assert_int_equal(event, JSON_DONE);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct json json = json_of(slice_of(bad[i]));
		enum json_event event;
		while ((event = json_next(&json, &text)) > JSON_BAD)
			;
		if (event != JSON_BAD)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(json_next(&json, &text), JSON_BAD);
	}
	/* depth has an end */
	char deep[1000];
	memset(deep, '[', sizeof(deep));
	struct json json = json_of((struct slice){deep, sizeof(deep)});
	unsigned n = 0;
	while (json_next(&json, &text) == JSON_ARRAY)
		n++;
	assert_int_equal(n, JSON_DEPTH_MAX);
}

static void walk(const char *bytes, size_t n)
{
	char *exact = malloc(n ? n : 1);
	memcpy(exact, bytes, n);
	struct bios_iter iter = bios_of((struct slice){exact, n});
	struct bios_pair pair;
	for (size_t i = 0; bios_next(&iter, &pair); i++) {
		assert_true(i <= n);
		const struct bios_setting *setting = bios_setting_of(pair.name);
		if (setting)
			bios_value_of(setting, pair.value);
	}
	free(exact);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char *const texts[] = {redfish, racadm, smc_xml, smc_text, lenovo, hpe_xml, registry, scp_xml};
	static const char alphabet[] = "{}[]\":,<>=/ name\\SriovEnabled01\n(";
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		for (size_t n = 0; n <= strlen(texts[i]); n++)
			walk(texts[i], n);
	uint32_t seed = 99;
	for (unsigned round = 0; round < 5000; round++) {
		char text[160];
		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
		}
		text[0] = "{<[a"[round % 4];
		walk(text, round % sizeof(text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exports), cmocka_unit_test(test_names), cmocka_unit_test(test_json), cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
