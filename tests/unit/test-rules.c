/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rules on damaged machines: every rule says one thing about every function, whatever the bytes are. */
#include "unit.h"
#include "decode/lspci-hex.h"
#include "rule/rule.h"

#define FNS_MAX 16

static struct lspci_function fns[FNS_MAX];
static size_t fns_n;

static int load(void **state)
{
	(void)state;
	FILE *f = fopen(SRCDIR "/fixtures/rules/valid/base.lspci", "rb");
	static char text[1 << 20];
	if (!f)
		return -1;
	size_t n = fread(text, 1, sizeof(text), f);
	fclose(f);
	struct lspci_hex it = {.text = slice_bytes(text, n), .line = 1};
	while (fns_n < FNS_MAX && lspci_hex_next(&it, &fns[fns_n]))
		fns_n++;
	return fns_n == 9 ? 0 : -1;
}

/* How many rules are broken, and how many were judged in all. */
static size_t judge(struct lspci_function *machine, size_t len, const struct rule_selection *selection, size_t *judged)
{
	struct snapshot *snap = snapshot_new("test");
	struct model *model = NULL;
	assert_non_null(snap);
	for (size_t i = 0; i < fns_n; i++) {
		struct lspci_function *fn = &machine[i];
		size_t n = len < fn->len ? len : fn->len;
		uint8_t *exact = malloc(n ? n : 1);
		assert_non_null(exact);
		memcpy(exact, fn->config, n);
		int err = n ? snapshot_put_config(snap, &fn->addr, exact, NULL, n, NULL) : 0;
		assert_true(err == 0 || err == -EEXIST);
		free(exact);
	}
	assert_int_equal(model_new(snap, &model), 0);
	struct report report = {.tool = "test", .model = model};
	assert_int_equal(rule_judge(model, selection, NULL, &report), 0);
	size_t broken = 0;
	for (size_t i = 0; i < report.rules_n; i++) {
		const struct rule_result *r = &report.rules[i];
		assert_non_null(rule_find(r->id));
		assert_true(r->state == FINDING_PASS || r->state == FINDING_FAIL || r->state == FINDING_NOTAPPLICABLE);
		assert_true(r->severity <= rule_find(r->id)->severity);
		if (r->state == FINDING_FAIL) {
			broken++;
			assert_non_null(r->found);
			assert_non_null(r->expected);
		}
		for (size_t k = i; k-- && !addr_cmp(&report.rules[k].subject, &r->subject);) /* one result a rule and function */
			assert_string_not_equal(report.rules[k].id, r->id);
	}
	*judged = report.rules_n;
	report_clear(&report);
	model_free(model);
	snapshot_free(snap);
	return broken;
}

static void test_valid(void **state)
{
	(void)state;
	const struct rule_selection all = {0};
	size_t judged;
	assert_int_equal(judge(fns, SIZE_MAX, &all, &judged), 0);
	assert_true(judged > 300);
}

static void test_selection(void **state)
{
	(void)state;
	static const char *const ids[] = {"R20", "R21", NULL};
	const struct rule_selection only = {.only = ids}, both = {.only = ids, .no = ids}, none = {.no_address = true};
	size_t judged;
	assert_int_equal(judge(fns, SIZE_MAX, &only, &judged), 0);
	assert_int_equal(judged, 4); /* two PFs */
	assert_int_equal(judge(fns, SIZE_MAX, &both, &judged), 0);
	assert_int_equal(judged, 0);
	assert_int_equal(judge(fns, SIZE_MAX, &none, &judged), 0);
}

/* A VF alone is judged by the rules that do not need its PF. */
static void test_lone_vf(void **state)
{
	(void)state;
	static const char *const ids[] = {"V03", "V05", "V14", "V15", "V17", "V20", NULL};
	const struct rule_selection only = {.only = ids};
	static struct lspci_function machine[FNS_MAX];
	size_t judged, all = fns_n;
	for (size_t i = 0; i < all; i++)
		if (fns[i].config[0] == 0xff)
			machine[0] = fns[i];
	fns_n = 1;
	assert_int_equal(judge(machine, SIZE_MAX, &only, &judged), 0);
	assert_int_equal(judged, 6);
	machine[0].config[0x3d] = 1;
	assert_int_equal(judge(machine, SIZE_MAX, &only, &judged), 1);
	memset(machine[0].config, 0xff, sizeof(machine[0].config)); /* a device that is gone is no VF */
	assert_int_equal(judge(machine, SIZE_MAX, &only, &judged), 0);
	assert_int_equal(judged, 0);
	fns_n = all;
}

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < rules_n; i++) {
		assert_ptr_equal(rule_find(rules[i].id), &rules[i]);
		assert_true(rules[i].title && *rules[i].title && rules[i].spec && *rules[i].spec && rules[i].why && *rules[i].why && rules[i].run);
		assert_true(rules[i].severity != SEVERITY_NONE);
		assert_true(strlen(rules[i].id) < sizeof(((struct waiver *)NULL)->rule));
	}
	assert_null(rule_find("R99"));
}

static void test_cut(void **state)
{
	(void)state;
	const struct rule_selection all = {0};
	size_t judged;
	for (size_t len = 0; len <= 0x200; len += len < 0x100 ? 1 : 3)
		(void)judge(fns, len, &all, &judged);
}

static void test_mutations(void **state)
{
	(void)state;
	static struct lspci_function machine[FNS_MAX];
	const struct rule_selection all = {0};
	uint32_t seed = 11;
	size_t judged, broken = 0;
	for (unsigned round = 0; round < 600; round++) {
		memcpy(machine, fns, sizeof(machine));
		for (unsigned k = 0; k <= round % 40; k++) {
			seed = seed * 1103515245u + 12345u;
			struct lspci_function *fn = &machine[(seed >> 8) % fns_n];
			seed = seed * 1103515245u + 12345u;
			fn->config[(seed >> 8) % fn->len] = (uint8_t)(seed >> 24);
		}
		if (round % 5 == 0)
			memset(machine[round % fns_n].config + 0x100, round % 2 ? 0xff : 0, 0x80);
		broken += judge(machine, SIZE_MAX, &all, &judged);
	}
	assert_true(broken > 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table), cmocka_unit_test(test_valid), cmocka_unit_test(test_selection), cmocka_unit_test(test_lone_vf), cmocka_unit_test(test_cut),
		cmocka_unit_test(test_mutations),
	};
	return cmocka_run_group_tests(tests, load, NULL);
}
