/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one format says of a fixture, however it is asked, the others say too; no byte of a host becomes markup or moves a terminal's cursor. */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sriov.h"
#include "unit.h"
#include "folder.h"
#include "util/macro.h"

#define GROUP 7 /* hosts in one report */

/* full: it names every finding that fails and every PF; the others count them, or have room for some. */
static const struct {
	const char *name;
	bool full;
} formats[] = {
	{"text", true}, {"xml", true}, {"json", true}, {"jsonl", true}, {"html", true}, {"junit", true}, {"prometheus", true}, {"nfd", false}, {"nagios", false},
};

/* How it is asked; text of a terminal in colour, wide or narrow, varies with the fixture. */
static const struct asked {
	int (*make)(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out);
	const char *goal, *profile, *assumption;
	int vfs;
	bool detailed, validate;
} asks[] = {
	{.make = sriov_check, .vfs = -1},
	{.make = sriov_check, .vfs = 4, .detailed = true},
	{.make = sriov_check, .vfs = 300, .goal = "host", .assumption = "ari=off"},
	{.make = sriov_check, .vfs = 0, .goal = "guest", .profile = "hyperv", .assumption = "vf-bar0=16M", .detailed = true},
	{.make = sriov_check, .vfs = 65536, .goal = "assign", .assumption = "ari=on"},
	{.make = sriov_dump, .vfs = -1, .detailed = true, .validate = true},
	{.make = sriov_dump, .vfs = -1, .validate = true},
	{.make = sriov_dump, .vfs = -1},
};

static char *written(struct sriov_report *const *reports, size_t n, const char *format, size_t nth)
{
	static const unsigned widths[] = {0, 24, 80, 250};
	unsigned flags = (unsigned)nth & (SRIOV_WRITE_COLOR | SRIOV_WRITE_UTF8);
	struct stat st;
	int fd = memfd_create("report", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(sriov_reports_write(reports, n, format, fd, flags, widths[nth % 4]), 0);
	assert_int_equal(fstat(fd, &st), 0);
	char *text = malloc((size_t)st.st_size + 1);
	assert_non_null(text);
	assert_int_equal(pread(fd, text, (size_t)st.st_size, 0), st.st_size);
	text[st.st_size] = '\0';
	assert_int_equal(strlen(text), st.st_size);
	close(fd);
	return text;
}

/* Only what lies between escapes of our own, in colour. */
static void check_bytes(const char *path, const char *format, const char *text)
{
	bool coloured = !strcmp(format, "text");
	for (const char *p = text; *p; p++) {
		if (*p == '\n' || (unsigned char)*p >= 0x20)
			continue;
		size_t n = *p == '\033' && p[1] == '[' ? strspn(p + 2, "0123456789;") : 0;
		if (!coloured || *p != '\033' || p[1] != '[' || p[2 + n] != 'm')
			fail_msg("%s: %s: byte %02x", path, format, (unsigned char)*p);
	}
}

static void check_names(const char *path, const char *format, const char *text, const struct sriov_report *report)
{
	for (const struct sriov_finding *f = sriov_report_get_first_finding(report); f; f = sriov_finding_get_next(report, f)) {
		if (!strcmp(sriov_finding_get_state(f), "fail") && !strstr(text, sriov_finding_get_id(f)))
			fail_msg("%s: %s does not name %s", path, format, sriov_finding_get_id(f));
	}
}

static struct sriov_report *reports_of(struct sriov_model *model, const struct asked *asked)
{
	struct sriov_query *query;
	struct sriov_report *report;
	assert_int_equal(sriov_query_new(&query), 0);
	if (asked->goal)
		assert_int_equal(sriov_query_set_goal(query, asked->goal), 0);
	if (asked->profile)
		assert_int_equal(sriov_query_set_profile(query, asked->profile), 0);
	if (asked->assumption)
		assert_int_equal(sriov_query_assume(query, asked->assumption), 0);
	if (asked->vfs >= 0)
		sriov_query_set_vfs(query, (uint64_t)asked->vfs);
	sriov_query_set_all(query, asked->detailed);
	sriov_query_set_verbose(query, asked->detailed);
	sriov_query_set_validate(query, asked->validate);
	assert_int_equal(asked->make(model, query, &report), 0);
	sriov_query_free(query);
	return report;
}

static struct sriov_report *group[GROUP];
static struct sriov_snapshot *snapshots[GROUP];
static struct sriov_model *models[GROUP];
static size_t grouped;

static void drop_group(void)
{
	for (size_t i = 0; i < grouped; i++) {
		sriov_report_unref(group[i]);
		sriov_model_unref(models[i]);
		sriov_snapshot_unref(snapshots[i]);
	}
	grouped = 0;
}

/* Some hosts as one: each is in it with what was found. */
static void check_group(size_t nth)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
		char *text = written(group, grouped, formats[i].name, nth);
		check_bytes("a group", formats[i].name, text);
		for (size_t k = 0; k < grouped && formats[i].full; k++)
			check_names("a group", formats[i].name, text, group[k]);
		free(text);
	}
	drop_group();
}

static bool check_fixture(const char *name, size_t nth)
{
	char path[4096];
	struct sriov_ctx *ctx;
	struct sriov_snapshot *snap;
	struct sriov_model *model;
	if (!folder_root(name, path, sizeof(path)))
		return false;
	assert_int_equal(sriov_new(&ctx), 0);
	assert_int_equal(sriov_snapshot_open(ctx, path, 0, &snap), 0);
	assert_int_equal(sriov_model_new(snap, &model), 0);
	for (size_t a = 0; a < ARRAY_SIZE(asks); a++) {
		struct sriov_report *report = reports_of(model, &asks[a]);
		for (size_t i = 0; i < ARRAY_SIZE(formats); i++) {
			char *text = written(&report, 1, formats[i].name, nth + a + i);
			check_bytes(path, formats[i].name, text);
			if (formats[i].full)
				check_names(path, formats[i].name, text, report);
			free(text);
		}
		sriov_report_unref(report);
	}
	group[grouped] = reports_of(model, &asks[nth % ARRAY_SIZE(asks)]);
	snapshots[grouped] = snap;
	models[grouped++] = model;
	if (grouped == GROUP)
		check_group(nth);
	sriov_unref(ctx);
	return true;
}

static void test_fixtures(void **state)
{
	(void)state;
	assert_true(folder_each(SRCDIR "/fixtures", check_fixture) > 100);
	drop_group();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_fixtures)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
