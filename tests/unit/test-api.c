/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The public interface: what it answers, what it refuses, and that references keep what they need. Every allocation in it fails in turn. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing.h"
#include "sriov.h"
#include "unit.h"
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
	assert_needs_memory(sriov_model_new(snap, &model), (void)0);
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

/* How many times needle is in text. */
static size_t times(const char *text, const char *needle)
{
	size_t n = 0;
	for (; (text = strstr(text, needle)) != NULL; text++)
		n++;
	return n;
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
