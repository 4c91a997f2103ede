/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The public interface: what it answers, what it refuses, and that references keep what they need. Every allocation in it fails in turn. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing.h"
#include "sriov.h"
#include "unit.h"
#include "folder.h"
#include "util/addr.h"

#define HEALTHY SRCDIR "/fixtures/trap-healthy/root"
#define BROKEN  SRCDIR "/fixtures/cause-capability-invalid/root"
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct sriov_model *model_of(const char *source)
{
	struct sriov_ctx *ctx;
	struct sriov_snapshot *snap;
	struct sriov_model *model;
	assert_needs_memory(sriov_new(&ctx), (void)0);
	assert_int_equal(sriov_snapshot_open(ctx, source, 0, &snap), 0);
	assert_int_equal(sriov_model_new(snap, &model), 0);
	sriov_snapshot_unref(snap); /* the model keeps the snapshot, the snapshot the context */
	sriov_unref(ctx);
	return model;
}

static void test_tables(void **state)
{
	(void)state;
	const char *a, *b, *c, *d, *e;
	unsigned at, bit, width;
	size_t n = 0;
	while (!sriov_format_describe(n, &a, &b, &c)) {
		assert_true(*a && *c && (!b || *b));
		n++;
	}
	assert_true(n >= 9);
	for (n = 0; !sriov_cause_describe(n, &a, &b, &c, &d); n++)
		assert_true(*a && *b && *c && *d);
	assert_true(n > 70);
	assert_int_equal(sriov_cause_describe(n, &a, &b, &c, &d), -ERANGE);
	for (n = 0; !sriov_rule_describe(n, &a, &b, &c, &d, &e, &e); n++)
		assert_true(*a >= 'A' && *a <= 'Z' && *b && *c && *d);
	assert_int_equal(sriov_rule_describe(n, &a, &b, &c, &d, &e, &e), -ERANGE);
	bool total = false;
	for (n = 0; !sriov_field_describe(n, &a, &b, &at, &bit, &width, &c); n++) {
		assert_true(*a && *b && width > 0 && width <= 64);
		total |= !strcmp(a, "SR-IOV") && !strcmp(b, "TotalVFs") && at == 0x0e && bit == 0 && width == 16;
	}
	assert_true(total && n > 500);
	assert_true(*sriov_version());
	assert_non_null(sriov_features());
}

static void test_model(void **state)
{
	(void)state;
	struct sriov_model *model = model_of(HEALTHY);
	assert_ptr_equal(sriov_model_ref(model), model);
	sriov_model_unref(model);
	const struct sriov_fn *fn, *pf = NULL, *vf = NULL, *port = NULL, *last = NULL;
	size_t n = 0;
	sriov_fn_foreach(model, fn)
	{
		struct sriov_addr addr, before;
		sriov_fn_get_addr(fn, &addr);
		if (last) {
			sriov_fn_get_addr(last, &before);
			assert_true(before.bus < addr.bus || (before.bus == addr.bus && (before.device < addr.device || before.function < addr.function)));
		}
		assert_ptr_equal(sriov_model_find(model, &addr), fn);
		assert_true(sriov_fn_is_pf(fn) + sriov_fn_is_vf(fn) + sriov_fn_is_port(fn) <= 1);
		pf = pf || !sriov_fn_is_pf(fn) ? pf : fn;
		vf = vf || !sriov_fn_is_vf(fn) ? vf : fn;
		port = port || !sriov_fn_is_port(fn) ? port : fn;
		last = fn;
		n++;
	}
	assert_true(n >= 3 && pf && vf && port);
	assert_null(sriov_model_find(model, &(struct sriov_addr){9, 9, 9, 1}));
	assert_ptr_equal(sriov_fn_get_pf(vf), pf);
	assert_null(sriov_fn_get_pf(pf));
	assert_ptr_equal(sriov_fn_get_port(pf), port);
	assert_non_null(sriov_fn_get_driver(pf));
	uint16_t id;
	assert_int_equal(sriov_fn_get_vendor(pf, &id), 0);
	assert_true(id);
	assert_int_equal(sriov_fn_get_device(pf, &id), 0);
	struct sriov_addr addr, at;
	assert_int_equal(sriov_fn_get_vf_addr(pf, 0, &addr), 0);
	sriov_fn_get_addr(vf, &at);
	assert_true(addr_same(&addr, &at));
	assert_int_equal(sriov_fn_get_vf_addr(pf, 100000, &addr), -ERANGE);
	assert_int_equal(sriov_fn_get_vf_addr(port, 0, &addr), -EINVAL);

	const struct sriov_cap *cap, *sriov = NULL;
	uint16_t offset = 0;
	sriov_cap_foreach(pf, cap)
	{
		assert_non_null(sriov_cap_get_name(cap));
		offset = sriov_cap_get_offset(cap);
		if (sriov_cap_is_extended(cap) && sriov_cap_get_id(cap) == 0x10)
			sriov = cap;
	}
	assert_true(sriov && offset >= 0x40);
	assert_string_equal(sriov_cap_get_name(sriov), "SR-IOV");
	uint64_t v = 0;
	assert_int_equal(sriov_cap_get_field(sriov, "TotalVFs", &v), 0);
	assert_true(v > 0);
	assert_int_equal(sriov_cap_get_field(sriov, "No Such Field", &v), -ENOENT);
	const char *name;
	unsigned reg, width;
	assert_int_equal(sriov_cap_describe_field(sriov, 0, &name, &reg, &width), 0);
	assert_true(*name && width);
	assert_int_equal(sriov_cap_describe_field(sriov, 100000, &name, &reg, &width), -ERANGE);

	const char *outcome, *why, *limited;
	uint64_t most;
	assert_int_equal(sriov_plan(model, port, 1, NULL, &outcome, &why, &most, &limited), -EINVAL);
	assert_int_equal(sriov_plan(model, pf, 1, NULL, &outcome, &why, &most, &limited), 0);
	assert_non_null(outcome);
	assert_true(most >= 1);
	sriov_model_unref(model);
	sriov_model_unref(NULL);
}

static char *written(struct sriov_report *report, const char *format, unsigned flags, size_t *len)
{
	int fd = memfd_create("report", MFD_CLOEXEC);
	struct stat st;
	assert_true(fd >= 0);
	assert_int_equal(sriov_reports_write(&report, 1, format, fd, flags, 80), 0);
	assert_int_equal(fstat(fd, &st), 0);
	*len = (size_t)st.st_size;
	char *text = calloc(1, *len + 1);
	assert_non_null(text);
	assert_int_equal(pread(fd, text, *len, 0), st.st_size);
	close(fd);
	return text;
}

/* How many times needle is in text. */
static size_t times(const char *text, const char *needle)
{
	size_t n = 0;
	for (; (text = strstr(text, needle)) != NULL; text++)
		n++;
	return n;
}

/* What is asked of a plan agrees with itself, whatever the host. */
static void check_plan(const char *path, const struct sriov_plan *plan, const struct sriov_fn *fn, uint64_t n)
{
	const char *word, *kind, *text, *note;
	const struct sriov_fn *port;
	uint64_t most, offset, stride, reached, a, b, c;
	bool current;
	assert_true(*sriov_plan_get_outcome(plan));
	assert_true(!strcmp(sriov_plan_get_outcome(plan), "ok") || sriov_plan_get_why(plan));
	assert_true(!sriov_plan_get_finding(plan) || *sriov_plan_get_finding(plan));
	int err = sriov_plan_get_max_vfs(plan, &most, &word);
	assert_true(err == -ENODATA || (!err && most <= 65535));
	assert_true(!sriov_plan_driver_may_refuse(plan, &note) || !note || *note);
	for (int ari = 0; ari < 2; ari++) {
		struct sriov_addr first, self;
		err = sriov_plan_get_routing(plan, ari, &offset, &stride, &reached, &word, &current);
		int at = sriov_plan_get_vf_addr(plan, ari, 0, &first);
		if (err ? err != -ENODATA || at != -ENODATA : !*word || (at && at != -ERANGE))
			fail_msg("%s: routing %d, address %d", path, err, at);
		if (!at) {
			sriov_fn_get_addr(fn, &self);
			assert_int_equal(addr_rid(&first), addr_rid(&self) + offset);
			assert_int_equal(sriov_plan_get_vf_addr(plan, ari, 70000, &first), -ERANGE);
		}
	}
	err = sriov_plan_get_buses(plan, &a, &b, &c);
	assert_true(err == -ENODATA || (!err && c >= b));
	for (unsigned i = 0; i < 7; i++) {
		err = sriov_plan_get_vf_bar(plan, i, &a, &b, &word);
		assert_true(err == -ENOENT || (!err && i < 6 && (!a || b % a == 0)));
	}
	for (size_t i = 0; !sriov_plan_get_window(plan, i, &port, &kind, &a, &b, &c); i++)
		assert_true(*kind && (!port || sriov_fn_is_port(port)));
	for (size_t i = 0; !sriov_plan_get_threshold(plan, i, &a, &word, &text); i++)
		assert_true(*word && (!text || *text));
	for (size_t i = 0; !sriov_plan_get_remedy(plan, i, &kind, &word, &text, &port, &a, &b); i++)
		assert_true(*kind && *word && *text);
	(void)n;
}

static bool plan_fixture(const char *name, size_t nth)
{
	static const uint64_t numbers[] = {0, 1, 7, 300, 65536};
	char path[4096];
	if (!folder_root(name, path, sizeof(path)))
		return false;
	(void)nth;
	struct sriov_model *model = model_of(path);
	const struct sriov_fn *fn;
	sriov_fn_foreach(model, fn)
	{
		struct sriov_addr addr;
		uint16_t id;
		int err = sriov_fn_get_vf_addr(fn, 0, &addr);
		assert_true(err == 0 || err == -ENODATA || err == -ERANGE || err == -EINVAL);
		assert_true(!sriov_fn_get_vendor(fn, &id) || sriov_fn_get_vendor(fn, &id) == -ENODATA);
		for (size_t i = 0; i < COUNT(numbers); i++) {
			struct sriov_plan *plan = NULL;
			err = sriov_plan_new(model, fn, numbers[i], NULL, &plan);
			if (err != (sriov_fn_is_pf(fn) ? 0 : -EINVAL))
				fail_msg("%s: a plan: %d", path, err);
			if (plan)
				check_plan(path, plan, fn, numbers[i]);
			sriov_plan_free(plan);
		}
	}
	sriov_model_unref(model);
	return true;
}

static void test_plans(void **state)
{
	(void)state;
	assert_true(folder_each(SRCDIR "/fixtures", plan_fixture) > 100);
	/* a host without functions, and a PF that only its log knows */
	struct sriov_model *model = model_of(SRCDIR "/fixtures/trap-guest-azure/root/dmesg");
	(void)sriov_model_get_first_fn(model);
	sriov_model_unref(model);
	/* each place that needs memory */
	model = model_of(HEALTHY);
	struct sriov_plan *plan;
	const struct sriov_fn *fn;
	sriov_fn_foreach(model, fn)
	{
		if (!sriov_fn_is_pf(fn))
			continue;
		assert_needs_memory(sriov_plan_new(model, fn, 2, NULL, &plan), (void)0);
		sriov_plan_free(plan);
	}
	sriov_model_unref(model);
}

/* Of two capabilities of one kind each is compared with its own; what came or went is told once. */
static void test_expected_twice(void **state)
{
	(void)state;
	uint8_t bytes[4096] = {0x86, 0x80, 0xc9, 0x10, [6] = 0x10, [0x34] = 0x40, [0x40] = 0x10, [0x42] = 2, [0x100] = 0x0b, 0, 1, 0x11, [0x104] = 1, 0, 0, 1,
			       [0x110] = 0x0b, 0, 1, 0x12, [0x114] = 1, 0, 0, 1, [0x120] = 0x0b, 0, 1, 0, [0x124] = 1, 0, 0, 1};
	struct sriov_ctx *ctx;
	struct sriov_addr addr = {0, 1, 0, 0};
	assert_int_equal(sriov_new(&ctx), 0);
	char *xml = NULL;
	size_t len = 0;
	for (unsigned round = 0; round < 5; round++) {
		static const size_t wants[] = {0, 0, 1, 1, 2}; /* the first makes what is expected; nothing; a value; a capability less; and one more */
		struct sriov_snapshot *snap;
		struct sriov_model *model;
		struct sriov_report *report;
		struct sriov_query *q;
		unsigned line;
		const char *what;
		bytes[0x114] = round == 2 ? 9 : 1;
		bytes[0x103] = round >= 3 ? 0x12 : 0x11;
		bytes[0x122] = 1;
		bytes[0x123] = round == 4 ? 0x20 : 0;
		bytes[0x200] = 0x0b, bytes[0x202] = 1, bytes[0x207] = 1;
		assert_int_equal(sriov_snapshot_from_config(ctx, &addr, bytes, 4096, &snap), 0);
		assert_int_equal(sriov_model_new(snap, &model), 0);
		assert_int_equal(sriov_query_new(&q), 0);
		sriov_query_set_all(q, true);
		sriov_query_set_verbose(q, true);
		if (xml)
			assert_int_equal(sriov_query_set_expected(q, xml, len, &line, &what), 0);
		assert_int_equal(sriov_dump(model, q, &report), 0);
		size_t n;
		char *text = written(report, "xml", 0, &n);
		size_t fields = times(text, "<change ") - times(text, "field=\"raw bytes\"");
		if (fields < wants[round])
			fail_msg("round %u: %zu changes in %s", round, fields, strstr(text, "<change ") ? strstr(text, "<change ") : "nothing");
		if (round == 0) {
			xml = text;
			len = n;
		} else {
			free(text);
		}
		assert_int_equal(sriov_report_get_status(report), wants[round] > 0);
		sriov_report_unref(report);
		sriov_query_free(q);
		sriov_model_unref(model);
		sriov_snapshot_unref(snap);
	}
	free(xml);
	sriov_unref(ctx);
}

static void test_query(void **state)
{
	(void)state;
	struct sriov_query *q;
	assert_needs_memory(sriov_query_new(&q), (void)0);
	assert_int_equal(sriov_query_set_slot(q, "01:00.0"), 0);
	assert_int_equal(sriov_query_set_slot(q, "zz"), -EINVAL);
	assert_int_equal(sriov_query_set_id(q, "8086:"), 0);
	assert_int_equal(sriov_query_set_id(q, "8086"), -EINVAL);
	static const char *const goals[] = {"assign", "host", "guest"};
	for (size_t i = 0; i < COUNT(goals); i++)
		assert_int_equal(sriov_query_set_goal(q, goals[i]), 0);
	assert_int_equal(sriov_query_set_goal(q, "rest"), -EINVAL);
	assert_int_equal(sriov_query_set_profile(q, "hyperv"), 0);
	assert_int_equal(sriov_query_set_profile(q, "linux"), 0);
	assert_int_equal(sriov_query_set_profile(q, "windows"), -EINVAL);
	static const char *const bad[] = {"ari", "ari=maybe", "total-vfs=65536", "total-vfs=x", "subordinate=256", "subordinate=", "vf-bar6=4K", "vf-bar0=3K", "vf-bar0=0", "vf-barx=4K", "x=1", ""};
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(sriov_query_assume(q, bad[i]), -EINVAL);
	static const char *const good[] = {"ari=on", "ari=off", "total-vfs=65535", "subordinate=0xff", "vf-bar0=4K", "vf-bar5=1M"};
	for (size_t i = 0; i < COUNT(good); i++)
		assert_needs_memory(sriov_query_assume(q, good[i]), (void)0);
	assert_int_equal(sriov_query_select_rule(q, "R99999", true), -EINVAL);
	unsigned line = 0;
	const char *what = NULL;
	assert_int_equal(sriov_query_set_waivers(q, "nonsense\n", 9, &line, &what), -EINVAL);
	assert_true(line == 1 && what);
	assert_int_equal(sriov_query_set_expected(q, "<x/>", 4, &line, &what), -EINVAL);
	assert_non_null(what);
	sriov_query_free(q);
	sriov_query_free(NULL);
}

static void test_report(void **state)
{
	(void)state;
	struct sriov_query *q;
	struct sriov_report *report;
	struct sriov_model *model = model_of(BROKEN);
	assert_int_equal(sriov_query_new(&q), 0);
	assert_needs_memory(sriov_check(model, q, &report), (void)0);
	sriov_model_unref(model);
	assert_ptr_equal(sriov_report_ref(report), report);
	sriov_report_unref(report);
	assert_string_equal(sriov_report_get_verdict(report), "blocked");
	assert_int_equal(sriov_report_get_status(report), 1);
	assert_true(*sriov_report_get_answer(report));
	const struct sriov_finding *f;
	size_t n = 0, roots = 0;
	bool invalid = false;
	sriov_finding_foreach(report, f)
	{
		const char *where, *value, *expected, *state_name = sriov_finding_get_state(f);
		assert_true(*sriov_finding_get_message(f) && *state_name);
		assert_true((sriov_finding_get_severity(f) != NULL) == !strcmp(state_name, "fail"));
		size_t k = 0;
		while (!sriov_finding_get_evidence(f, k, &where, &value, &expected)) {
			assert_true(where && value);
			k++;
		}
		assert_int_equal(sriov_finding_get_evidence(f, k, &where, &value, &expected), -ERANGE);
		for (k = 0; sriov_finding_get_step(f, k); k++)
			assert_true(*sriov_finding_get_step(f, k));
		roots += sriov_finding_is_root(f) && !strcmp(state_name, "fail");
		if (!strcmp(sriov_finding_get_id(f), "capability-invalid")) {
			invalid = true;
			assert_true(sriov_finding_get_fn(f) && sriov_fn_is_pf(sriov_finding_get_fn(f)));
		}
		n++;
	}
	assert_true(n > 1 && roots == 1 && invalid);
	assert_int_equal(sriov_reports_write(&report, 1, "no such format", 1, 0, 0), -EINVAL);
	assert_int_equal(sriov_reports_get_status(&report, 1, "text"), 1);
	assert_int_equal(sriov_reports_get_status(&report, 1, "nagios"), 2);
	assert_int_equal(sriov_reports_get_status(&report, 0, "text"), 2);
	size_t len;
	char *text = written(report, "text", SRIOV_WRITE_COLOR | SRIOV_WRITE_UTF8 | SRIOV_WRITE_NAMES, &len);
	assert_non_null(strchr(text, '\x1b'));
	free(text);
	text = written(report, "text", SRIOV_WRITE_QUIET, &len);
	assert_null(strchr(text, '\x1b'));
	free(text);
	sriov_report_unref(report);
	sriov_report_unref(NULL);
	sriov_query_free(q);
}

static void test_expected(void **state)
{
	(void)state;
	static const char *const sources[] = {HEALTHY, BROKEN, SRCDIR "/fixtures/cause-ari-forwarding-missing/root"};
	for (size_t i = 0; i < COUNT(sources); i++) {
		struct sriov_query *q;
		struct sriov_report *report;
		struct sriov_model *model = model_of(sources[i]);
		size_t len;
		unsigned line;
		const char *what;
		assert_int_equal(sriov_query_new(&q), 0);
		sriov_query_set_all(q, true);
		sriov_query_set_verbose(q, i & 1);
		assert_needs_memory(sriov_dump(model, q, &report), (void)0);
		assert_null(sriov_report_get_verdict(report));
		char *xml = written(report, "xml", 0, &len);
		sriov_report_unref(report);
		/* what did not change has no changes, and status 0 */
		assert_int_equal(sriov_query_set_expected(q, xml, len, &line, &what), 0);
		assert_int_equal(sriov_dump(model, q, &report), 0);
		assert_int_equal(sriov_report_get_status(report), 0);
		char *text = written(report, "xml", 0, &len);
		assert_int_equal(times(text, "<change "), 0);
		free(text);
		sriov_report_unref(report);
		/* another host's: told, both ways, and the number of changes is the same */
		size_t told[2] = {0};
		struct sriov_model *other = model_of(sources[(i + 1) % COUNT(sources)]);
		assert_int_equal(sriov_query_set_expected(q, xml, strlen(xml), &line, &what), 0);
		bool failed;
		do { /* no memory: no report, or what failed is of use for speed only */
			failing_arm();
			int err = sriov_dump(other, q, &report);
			failed = failing_disarm();
			assert_true(!err || (failed && err == -ENOMEM));
			if (err)
				continue;
			assert_int_equal(sriov_report_get_status(report), 1);
			text = written(report, "xml", 0, &len);
			assert_true(!told[0] || told[0] == times(text, "<change "));
			told[0] = times(text, "<change ");
			free(text);
			sriov_report_unref(report);
		} while (failed);
		struct sriov_query *back;
		assert_int_equal(sriov_query_new(&back), 0);
		sriov_query_set_all(back, true);
		sriov_query_set_verbose(back, i & 1);
		assert_int_equal(sriov_dump(other, back, &report), 0);
		char *theirs = written(report, "xml", 0, &len);
		sriov_report_unref(report);
		assert_int_equal(sriov_query_set_expected(back, theirs, len, &line, &what), 0);
		assert_int_equal(sriov_dump(model, back, &report), 0);
		text = written(report, "xml", 0, &len);
		told[1] = times(text, "<change ");
		assert_true(told[0] > 0);
		assert_int_equal(told[0], told[1]);
		free(text);
		free(theirs);
		free(xml);
		sriov_report_unref(report);
		sriov_query_free(q);
		sriov_query_free(back);
		sriov_model_unref(model);
		sriov_model_unref(other);
	}
}

static unsigned said;
static void count_log(void *data, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice)
{
	assert_ptr_equal(data, &said);
	assert_true(level == SRIOV_LOG_ERROR || level == SRIOV_LOG_WARNING);
	assert_true(source && what && (!advice || *advice));
	(void)line;
	said++;
}

static void test_snapshots(void **state)
{
	(void)state;
	struct sriov_ctx *ctx;
	struct sriov_snapshot *snap = NULL;
	uint8_t bytes[4096] = {0x86, 0x80, 0xc9, 0x10};
	struct sriov_addr addr = {0, 1, 0, 0};
	assert_int_equal(sriov_new(&ctx), 0);
	assert_ptr_equal(sriov_ref(ctx), ctx);
	sriov_unref(ctx);
	sriov_unref(NULL);
	assert_int_equal(sriov_snapshot_from_config(ctx, &addr, bytes, 0, &snap), -EINVAL);
	assert_int_equal(sriov_snapshot_from_config(ctx, &addr, bytes, 4097, &snap), -EINVAL);
	assert_int_equal(sriov_snapshot_from_config(ctx, &(struct sriov_addr){0, 0, 32, 0}, bytes, 64, &snap), -EINVAL);
	assert_int_equal(sriov_snapshot_from_config(ctx, &(struct sriov_addr){0, 0, 0, 8}, bytes, 64, &snap), -EINVAL);
	assert_needs_memory(sriov_snapshot_from_config(ctx, &addr, bytes, 4096, &snap), (void)0);
	assert_string_equal(sriov_snapshot_get_kind(snap), "config");
	assert_ptr_equal(sriov_snapshot_ref(snap), snap);
	sriov_snapshot_unref(snap);
	sriov_snapshot_unref(snap);
	sriov_snapshot_unref(NULL);
	sriov_set_log_fn(ctx, count_log, &said);
	said = 0;
	assert_int_equal(sriov_snapshot_open(ctx, SRCDIR "/no/such/file", 0, &snap), -ENOENT);
	assert_int_equal(said, 1);
	const char *const none[] = {SRCDIR "/no/such/file"};
	assert_int_equal(sriov_snapshot_open_configs(ctx, &addr, none, 1, &snap), -ENOENT);
	assert_int_equal(said, 2);
	const char *const twice[] = {SRCDIR "/examples/ci/model/pf0.config", SRCDIR "/examples/ci/model/vf0.config"};
	struct sriov_addr same[] = {addr, addr};
	assert_int_equal(sriov_snapshot_open_configs(ctx, same, twice, 2, &snap), -EEXIST);
	same[1].function = 1;
	said = 0;
	assert_needs_memory(sriov_snapshot_open_configs(ctx, same, twice, 2, &snap), (void)0);
	sriov_snapshot_unref(snap);
	sriov_unref(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables), cmocka_unit_test(test_model),    cmocka_unit_test(test_query),
		cmocka_unit_test(test_report), cmocka_unit_test(test_expected), cmocka_unit_test(test_snapshots),
		cmocka_unit_test(test_plans),  cmocka_unit_test(test_expected_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
