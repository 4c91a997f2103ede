/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The catalogue's tables agree with one another, and checks stand any bytes. */
#include "unit.h"
#include "check/check.h"
#include "check/graph.h"
#include "data/data.h"
#include "data/machine.h"

static void test_rows(void **state)
{
	(void)state;
	assert_true(checks_n > 50);
	for (size_t i = 0; i < checks_n; i++) {
		const struct check *c = checks[i];
		assert_non_null(c->id);
		assert_non_null(c->title);
		assert_non_null(c->needs);
		assert_non_null(c->run);
		assert_true(c->rung < RUNG_COUNT);
		assert_ptr_equal(check_find(c->id), c); /* so that no id is there twice */
		assert_null(strpbrk(c->id, " _ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
	}
	assert_null(check_find("no-such-cause"));
}

/* Is there a way from a cause to an effect, along at most left edges? */
static bool leads(const char *from, const char *to, size_t left)
{
	for (size_t i = 0; i < edges_n && left; i++)
		if (!strcmp(edges[i].cause, from) && (!strcmp(edges[i].effect, to) || leads(edges[i].effect, to, left - 1)))
			return true;
	return false;
}

static void test_graph(void **state)
{
	(void)state;
	for (size_t i = 0; i < edges_n; i++) {
		assert_non_null(check_find(edges[i].cause));
		assert_non_null(check_find(edges[i].effect));
		assert_false(leads(edges[i].effect, edges[i].cause, 12)); /* no circle */
	}
}

/* A step's words in braces, and its letters behind '%', are those that remedy.c and machine.c know. */
static void whole_step(const char *step, const char *letters)
{
	static const char *const words[] = {"add ", "remove ", "if ", "bios sriov}", "bios iommu}", "bios ari}", "bios acs}", "bios above4g}", "bios mmio}",
		"nic enable}", "nic limit}", "nic lower}", "nic online}", "persist}"};
	assert_non_null(step);
	for (const char *at = strchr(step, '%'); at; at = strchr(at + 1, '%')) {
		bool good = at[1] == '{' ? strchr(at, '}') && *letters == '{' : at[1] && strchr(letters, at[1]);
		size_t known = 0;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			known += !strncmp(at + 2, words[i], strlen(words[i]));
		if (!good || (at[1] == '{' && !known))
			fail_msg("not known: %s", at);
	}
}

static void test_remedies(void **state)
{
	(void)state;
	for (size_t i = 0; i < remedies_n; i++)
		whole_step(remedies[i].step, "{PNV");
	for (size_t i = 0; i < nic_tools_n; i++)
		whole_step(nic_tools[i].step, "PNV");
	for (size_t i = 0; i < persist_ways_n; i++)
		whole_step(persist_ways[i].step, "PNV");
	for (size_t i = 0; i < bootloaders_n; i++) {
		whole_step(bootloaders[i].add, "O");
		whole_step(bootloaders[i].remove, "O");
	}
	for (size_t i = 0; i < remedies_n; i++) {
		assert_non_null(check_find(remedies[i].cause));
		assert_non_null(remedies[i].step);
		assert_non_null(remedies[i].source);
	}
	for (size_t i = 0; i < cause_messages_n; i++) {
		assert_non_null(check_find(cause_messages[i].cause));
		struct arena arena = {0};
		struct kmsg log = {0};
		assert_int_equal(kmsg_parse(&arena, slice_of(cause_messages[i].text), NULL, &log), 0);
		if (log.n == 0)
			fail_msg("no event: %s", cause_messages[i].text);
		arena_free(&arena);
	}
}

static void test_data(void **state)
{
	(void)state;
	for (size_t i = 0; i < devices_n; i++) {
		assert_true(devices[i].first <= devices[i].last);
		assert_non_null(devices[i].name);
		assert_non_null(devices[i].source);
		assert_ptr_equal(device_find(devices[i].vendor, devices[i].first), &devices[i]); /* no row hides another's beginning */
	}
	for (size_t i = 0; i < drivers_n; i++) {
		assert_non_null(drivers[i].source);
		assert_ptr_equal(driver_find(drivers[i].name), &drivers[i]);
	}
	assert_string_equal(driver_find("vfio_pci")->name, "vfio-pci");
	assert_null(driver_find("vfio"));
	assert_int_equal(device_find(0x8086, 0x10c9)->offset_plain, 384);
	assert_null(device_find(0x8086, 0xffff));
	assert_int_equal(device_find_name(SLICE("Ethernet controller: Intel Corporation Ethernet Controller XXV710 for 25GbE backplane (rev 02)"))->vendor, 0x8086);
	assert_null(device_find_name(SLICE("Host bridge: Intel Corporation Device")));
}

/* The verdict on one PF whose configuration space is these bytes. */
static enum verdict judge(const uint8_t *bytes, size_t len)
{
	const struct sriov_addr addr = {0, 1, 0, 0};
	struct snapshot *snap = snapshot_new("test");
	assert_non_null(snap);
	assert_int_equal(snapshot_put_config(snap, &addr, bytes, NULL, len, NULL), 0);
	struct model *model;
	assert_int_equal(model_new(snap, &model), 0);
	struct report *report = report_new("test", model);
	assert_non_null(report);
	const struct ask ask = {0};
	assert_int_equal(check_run(model, &ask, report), 0);
	enum verdict verdict = report->verdict;
	assert_non_null(report->answer);
	for (size_t i = 0; i < report->findings_n; i++) {
		const struct finding *f = report->findings[i];
		assert_non_null(f->message);
		assert_true((f->role == FINDING_CONSEQUENCE) == (f->because != NULL));
		if (f->because)
			assert_int_equal(f->because->role, FINDING_ROOT);
		if (f->state == FINDING_UNKNOWN)
			assert_non_null(f->missing);
	}
	report_free(report);
	model_free(model);
	snapshot_free(snap);
	return verdict;
}

#define PF_CONFIG SRCDIR "/fixtures/cause-vfs-not-requested/root/sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/config"

static void test_hostile(void **state)
{
	(void)state;
	uint8_t bytes[4096], copy[4096];
	FILE *file = fopen(PF_CONFIG, "rb");
	assert_non_null(file);
	assert_int_equal(fread(bytes, 1, sizeof(bytes), file), sizeof(bytes));
	fclose(file);
	for (size_t len = 1; len <= 0x200; len++)
		assert_true(judge(bytes, len) != VERDICT_READY);
	assert_true(judge(bytes, sizeof(bytes)) != VERDICT_READY);
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		memcpy(copy, bytes, sizeof(copy));
		for (int i = 0; i < 24; i++) {
			seed = seed * 1664525 + 1013904223;
			copy[seed >> 8 & (i % 2 ? 0x1ff : 0xfff)] = (uint8_t)(seed >> 24);
		}
		assert_true(judge(copy, sizeof(copy)) != VERDICT_READY); /* a configuration space alone proves no isolation */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_graph),
		cmocka_unit_test(test_remedies),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
