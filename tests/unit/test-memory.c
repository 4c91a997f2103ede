/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every place that allocates fails once, over all fixtures: what is asked for is whole, or -ENOMEM. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing.h"
#include "sriov.h"
#include "unit.h"
#include "folder.h"

static const char *const formats[] = {"text", "xml", "json", "jsonl", "html", "junit", "prometheus", "nfd", "nagios"};

/* What a run gives: an error, or a report's bytes. */
struct given {
	int err;
	char *text;
	size_t len;
};

typedef int make_report(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out);

struct wish {
	struct sriov_snapshot *snap;
	make_report *make;
	const char *format, *only;
	bool detailed;
	unsigned flags, width;
};

static int ask(struct sriov_query *query, const struct wish *wish)
{
	sriov_query_set_all(query, wish->detailed);
	sriov_query_set_verbose(query, wish->detailed);
	sriov_query_set_validate(query, true);
	if (!wish->detailed)
		return 0;
	sriov_query_set_vfs(query, 4);
	int err = sriov_query_assume(query, "ari=on");
	if (!err)
		err = sriov_query_assume(query, "vf-bar0=16K");
	return err;
}

static int write_report(struct sriov_report *report, const struct wish *wish, struct given *given)
{
	int fd = memfd_create("report", MFD_CLOEXEC);
	struct stat st;
	assert_true(fd >= 0);
	int err = sriov_reports_write(&report, 1, wish->format, fd, wish->flags, wish->width);
	if (!err) {
		assert_int_equal(fstat(fd, &st), 0);
		given->len = (size_t)st.st_size;
		given->text = malloc(given->len + 1);
		if (!given->text || pread(fd, given->text, given->len, 0) != st.st_size)
			err = -ENOMEM;
	}
	close(fd);
	return err;
}

static struct given run(const struct wish *wish)
{
	struct given given = {0};
	struct sriov_query *query = NULL;
	struct sriov_model *model = NULL;
	struct sriov_report *report = NULL;
	given.err = sriov_query_new(&query);
	if (!given.err)
		given.err = ask(query, wish);
	if (!given.err)
		given.err = sriov_model_new(wish->snap, &model);
	if (!given.err)
		given.err = wish->make(model, query, &report);
	if (!given.err)
		given.err = write_report(report, wish, &given);
	sriov_report_unref(report);
	sriov_model_unref(model);
	sriov_query_free(query);
	return given;
}

static void check_wish(const char *name, const struct wish *wish)
{
	bool failed;
	struct given whole = run(wish);
	if (whole.err)
		fail_msg("%s: %s: %d", name, wish->format, whole.err);
	do {
		failing_arm();
		struct given given = run(wish);
		failed = failing_disarm();
		bool same = !given.err && given.len == whole.len && !memcmp(given.text, whole.text, whole.len);
		if (!(same || (failed && given.err == -ENOMEM))) {
			failing_tell();
			fail_msg("%s: %s: error %d, %zu bytes of %zu", name, wish->format, given.err, given.len, whole.len);
		}
		free(given.text);
	} while (failed);
	free(whole.text);
}

/* Reading fails as a whole; or what failed was of use for speed only, and the report is the same. */
static void check_reading(struct sriov_ctx *ctx, const char *path, struct sriov_snapshot *read)
{
	struct wish wish = {.snap = read, .make = sriov_check, .format = "xml", .detailed = true};
	struct given whole = run(&wish);
	bool failed;
	assert_int_equal(whole.err, 0);
	do {
		wish.snap = NULL;
		failing_arm();
		int err = sriov_snapshot_open(ctx, path, 0, &wish.snap);
		failed = failing_disarm();
		if (err && failed && err == -ENOMEM)
			continue;
		if (err) {
			failing_tell();
			fail_msg("%s: error %d", path, err);
		}
		struct given given = run(&wish);
		if (given.err || given.len != whole.len || memcmp(given.text, whole.text, whole.len)) {
			failing_tell();
			fail_msg("%s: error %d, %zu bytes of %zu", path, given.err, given.len, whole.len);
		}
		free(given.text);
		sriov_snapshot_unref(wish.snap);
	} while (failed);
	free(whole.text);
}

static void check_source(const char *path, size_t i)
{
	static const unsigned widths[] = {0, 24, 80, 250};
	const size_t n = sizeof(formats) / sizeof(formats[0]);
	struct sriov_ctx *ctx;
	struct sriov_snapshot *snap;
	assert_int_equal(sriov_new(&ctx), 0);
	if (sriov_snapshot_open(ctx, path, 0, &snap))
		fail_msg("%s cannot be read", path);
	check_reading(ctx, path, snap);
	for (size_t k = 0; k < 4; k++) {
		struct wish wish = {.snap = snap, .make = k & 1 ? sriov_dump : sriov_check, .format = "xml", .detailed = true};
		if (k > 1) { /* what the XML shows has failed before: these lack memory while they are written */
			wish.format = formats[(i + 4 * k) % n];
			wish.detailed = (i / n + k) & 1;
			wish.flags = (unsigned)(i + k) & (SRIOV_WRITE_COLOR | SRIOV_WRITE_UTF8 | SRIOV_WRITE_QUIET | SRIOV_WRITE_NAMES);
			wish.width = widths[i / n % (sizeof(widths) / sizeof(widths[0]))];
		}
		check_wish(path, &wish);
	}
	sriov_snapshot_unref(snap);
	sriov_unref(ctx);
}

static bool check_fixture(const char *name, size_t nth)
{
	char path[4096];
	if (!folder_root(name, path, sizeof(path)))
		return false;
	check_source(path, nth);
	return true;
}

static void test_fixtures(void **state)
{
	(void)state;
	size_t used = folder_each(SRCDIR "/fixtures", check_fixture);
	print_message("%zu fixtures, %zu places\n", used, failing_places());
	assert_true(used > 100);
	assert_true(failing_places() > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixtures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
