/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A long dump that is written function by function is what the whole would be: the model of all functions is the reference. */
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"
#include "decode/hex-rows.h"
#include "model/batches.h"
#include "report/memo.h"
#include "space.h"
#include "sriov.h"
#include "util/strbuf.h"

#define LONG ((size_t)1 << 20) /* shorter texts are never streamed */

static uint32_t seed;
static unsigned below(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return n ? (seed >> 8) % n : 0;
}

/* ---- texts ---- */

static void put_function(struct strbuf *sb, unsigned domain, unsigned rid, const struct space *s, size_t len)
{
	strbuf_printf(sb, "%04x:%02x:%02x.%x Ethernet controller: Nobody's\n", domain, rid >> 8, rid >> 3 & 31, rid & 7);
	for (size_t at = 0; at < len; at += 16) {
		strbuf_printf(sb, "%02x:", (unsigned)at);
		for (size_t i = 0; i < 16; i++)
			strbuf_printf(sb, " %02x", s->b[at + i]);
		strbuf_puts(sb, "\n");
	}
	strbuf_puts(sb, "\n");
}

/* PFs whose VFs overlap with one another, with PFs and with nothing; VFs that read ffff and others; bridges that agree or do not. */
static void put_any(struct strbuf *sb, unsigned domain, unsigned rid)
{
	static const size_t lengths[] = {4096, 4096, 4096, 256, 64};
	struct space s;
	size_t len = lengths[below(5)];
	switch (below(6)) {
	case 0:
		space_header(&s, 0xffff, 0xffff, 0x020000, 0);
		space_express(&s, 0);
		if (!below(5)) {
			space_ext(&s, 0x100, 0x0d);
			space_sriov(&s, 0x140, below(20), below(8), 1 + below(40), below(3));
		}
		break;
	case 1:
		space_port(&s, rid >> 8, (rid >> 8) + below(3), 0x40 + below(64), below(2));
		if (!below(4))
			space_sriov(&s, 0x100, 4, 4, 1, 1);
		break;
	case 2:
		space_header(&s, 0x8086, 0x10ca, 0x020000, 0);
		break;
	default:
		space_header(&s, 0x8086, 0x10c9 + below(3), 0x020000, 0);
		put32(&s, 0x10, 0xfe00000cu);
		space_express(&s, below(2) ? 0 : 9);
		put32(&s, 0x44, below(1u << 30));
		put32(&s, 0x4c, below(1u << 30));
		space_ext(&s, 0x100, 0x0e);
		space_sriov(&s, 0x140, below(60), below(70), below(300), below(4));
		put32(&s, 0x140 + 0x24, below(1u << 30));
		space_ext(&s, 0x1a0, 0x0d);
		put16(&s, 0x1a4, below(0x7f));
		space_ext(&s, 0x1c0, 0x01);
		s.b[0x1c4 + below(40)] = (uint8_t)below(256);
	}
	put_function(sb, domain, rid, &s, len);
}

static void make(struct strbuf *sb, uint32_t from)
{
	seed = from;
	for (unsigned domain = 0; sb->len < LONG + LONG / 2; domain += 1 + below(3))
		for (unsigned rid = below(16), n = below(60); n && rid < 0x10000; n--, rid += 1 + below(from % 3 ? 3 : 90))
			put_any(sb, domain, rid);
}

/* One segment, whose PFs' VFs reach over others to the next bus and beyond: nowhere is a bus that nothing ties to the one before it. */
static void make_chain(struct strbuf *sb, uint32_t from)
{
	struct space s;
	seed = from;
	for (unsigned rid = below(16); rid < 0x4000 && sb->len < 8 * LONG; rid += 1 + below(from % 2 ? 3 : 30)) {
		unsigned which = below(8);
		if (which < 2) {
			put_any(sb, 0, rid);
			continue;
		}
		space_header(&s, 0x8086, 0x10c9, 0x020000, 0);
		if (which < 4) {
			space_express(&s, 0);
			space_ext(&s, 0x100, 0x0e);
			space_sriov(&s, 0x140, 1 + below(30), below(30), 200 + below(400), 1 + below(20));
			s.b[0x200 + below(0xe00)] = (uint8_t)below(2); /* of most the end is zeros, and some lists lead there */
			put16(&s, 0x142, (below(8) ? 0 : 0x200 + 4 * below(0x380)) << 4 | 1);
		}
		put_function(sb, 0, rid, &s, which < 4 ? 4096 : 64);
	}
}

/* ---- both ways ---- */

static char path[] = "/tmp/stream-XXXXXX";
static const char *named = path; /* what is opened: the file, or "-" */

static void store(const struct strbuf *sb)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	assert_true(fd >= 0);
	for (size_t done = 0; done < sb->len;) {
		ssize_t n = write(fd, sb->text + done, sb->len - done);
		assert_true(n > 0);
		done += (size_t)n;
	}
	close(fd);
}

static char *taken(FILE *f, size_t *len)
{
	*len = (size_t)ftell(f);
	char *text = malloc(*len + 1);
	assert_non_null(text);
	rewind(f);
	assert_int_equal(fread(text, 1, *len, f), *len);
	text[*len] = 0;
	fclose(f);
	return text;
}

static char *whole(struct sriov_ctx *ctx, const struct sriov_query *query, const char *format, size_t *len)
{
	struct sriov_snapshot *snap;
	struct sriov_model *model;
	struct sriov_report *report;
	FILE *f = tmpfile();
	assert_non_null(f);
	assert_int_equal(sriov_snapshot_open(ctx, named, 0, &snap), 0);
	assert_int_equal(sriov_model_new(snap, &model), 0);
	assert_int_equal(sriov_dump(model, query, &report), 0);
	assert_int_equal(sriov_reports_write(&report, 1, format, fileno(f), 0, 0), 0);
	sriov_report_unref(report);
	sriov_model_unref(model);
	sriov_snapshot_unref(snap);
	fseek(f, 0, SEEK_END);
	return taken(f, len);
}

static int streamed(struct sriov_ctx *ctx, const struct sriov_query *query, const char *format, char **text, size_t *len)
{
	struct sriov_stream *stream;
	int err = sriov_stream_open(ctx, named, query, format, &stream);
	if (err)
		return err;
	FILE *f = tmpfile();
	assert_non_null(f);
	err = sriov_stream_write(stream, fileno(f));
	sriov_stream_free(stream);
	fseek(f, 0, SEEK_END);
	*text = taken(f, len);
	return err;
}

static char *judged(struct sriov_ctx *ctx, const struct sriov_query *query, bool stream, int *status, size_t *len)
{
	struct sriov_snapshot *snap = NULL;
	struct sriov_model *model = NULL;
	struct sriov_stream *parts = NULL;
	struct sriov_report *report, *again;
	FILE *f = tmpfile();
	assert_non_null(f);
	if (stream) {
		assert_int_equal(sriov_stream_open(ctx, named, query, "text", &parts), 0);
		assert_int_equal(sriov_stream_write(parts, fileno(f)), -EINVAL);
		assert_int_equal(sriov_stream_judge(parts, &report), 0);
		assert_int_equal(sriov_stream_judge(parts, &again), -EINVAL);
	} else {
		assert_int_equal(sriov_snapshot_open(ctx, named, 0, &snap), 0);
		assert_int_equal(sriov_model_new(snap, &model), 0);
		assert_int_equal(sriov_dump(model, query, &report), 0);
	}
	assert_int_equal(sriov_reports_write(&report, 1, "text", fileno(f), 0, 0), 0);
	*status = sriov_report_get_status(report);
	sriov_stream_free(parts);
	sriov_report_unref(report);
	sriov_model_unref(model);
	sriov_snapshot_unref(snap);
	fseek(f, 0, SEEK_END);
	return taken(f, len);
}

static unsigned told; /* diagnostics */
static void count(void *data, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice)
{
	(void)data;
	(void)level;
	(void)line;
	(void)advice;
	assert_string_equal(source, named);
	assert_non_null(what);
	told++;
}

struct both {
	struct sriov_ctx *ctx;
	struct sriov_query *query;
};

static int set_up(void **state)
{
	static struct both both;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(sriov_new(&both.ctx), 0);
	assert_int_equal(sriov_query_new(&both.query), 0);
	sriov_set_log_fn(both.ctx, count, NULL);
	sriov_query_set_all(both.query, true);
	*state = &both;
	return 0;
}

static int tear_down(void **state)
{
	struct both *both = *state;
	sriov_query_free(both->query);
	sriov_unref(both->ctx);
	return unlink(path);
}

static void expect_same(const struct both *both, const char *format)
{
	size_t a_len, b_len = 0;
	char *a, *b = NULL;
	told = 0;
	a = whole(both->ctx, both->query, format, &a_len);
	unsigned told_by_whole = told;
	told = 0;
	assert_int_equal(streamed(both->ctx, both->query, format, &b, &b_len), 0);
	assert_int_equal(told, told_by_whole);
	if (a_len != b_len || memcmp(a, b, a_len) != 0) {
		size_t at = 0;
		while (at < a_len && a[at] == b[at])
			at++;
		fail_msg("%s differs at %zu: whole \"%.200s\", streamed \"%.200s\"", format, at, a + (at < 80 ? 0 : at - 80), b + (at < 80 ? 0 : at - 80));
	}
	free(a);
	free(b);
}

static void test_same(void **state)
{
	const struct both *both = *state;
	for (uint32_t from = 1; from <= 6; from++) {
		struct strbuf sb = {0};
		make(&sb, from);
		store(&sb);
		strbuf_free(&sb);
		sriov_query_set_verbose(both->query, from % 2);
		expect_same(both, "xml");
		if (from <= 2)
			expect_same(both, "json");
	}
	sriov_query_set_verbose(both->query, false);
}

static void expect_same_judgement(const struct both *both, const struct sriov_query *query)
{
	int a_status, b_status;
	size_t a_len, b_len, at = 0;
	told = 0;
	char *a = judged(both->ctx, query, false, &a_status, &a_len);
	unsigned told_by_whole = told;
	told = 0;
	char *b = judged(both->ctx, query, true, &b_status, &b_len);
	assert_int_equal(told, told_by_whole);
	while (a[at] && a[at] == b[at])
		at++;
	if (a_len != b_len || a[at] != b[at])
		fail_msg("differs at %zu: whole \"%.300s\", in batches \"%.300s\"", at, a + (at < 200 ? 0 : at - 200), b + (at < 200 ? 0 : at - 200));
	assert_int_equal(a_status, b_status);
	free(a);
	free(b);
}

/* Rules that are judged batch by batch say what they say of the whole. */
static void test_judged(void **state)
{
	const struct both *both = *state;
	struct sriov_query *query;
	assert_int_equal(sriov_query_new(&query), 0);
	sriov_query_set_validate(query, true);
	for (uint32_t from = 20; from < 36; from++) {
		struct strbuf sb = {0};
		(from < 32 ? make : make_chain)(&sb, from);
		store(&sb);
		strbuf_free(&sb);
		sriov_query_set_all(query, from % 3);
		expect_same_judgement(both, query);
	}
	const char *bad = NULL, *waivers = "R17 * known\nV02 8086:10c9 known\n";
	unsigned line;
	assert_int_equal(sriov_query_set_waivers(query, waivers, strlen(waivers), &line, &bad), 0);
	sriov_query_set_fail_on_warning(query, true);
	expect_same_judgement(both, query);
	sriov_query_free(query);
}

static unsigned told_batches, told_segments;
static size_t told_functions;
static int count_batch(void *data, const struct model *model, const struct fn **fns, size_t n)
{
	uint32_t *domain = data;
	assert_true(n > 0 && fns[0] >= model->fns && fns[n - 1] < model->fns + model->fns_n);
	for (size_t i = 1; i < model->fns_n; i++)
		assert_true(model->fns[i].addr.domain == model->fns[0].addr.domain && addr_cmp(&model->fns[i - 1].addr, &model->fns[i].addr) < 0);
	told_segments += !told_batches || model->fns[0].addr.domain != *domain;
	*domain = model->fns[0].addr.domain;
	told_functions += n;
	told_batches++;
	return 0;
}

static int told_in_batches(const struct sriov_addr *addrs, size_t n, const struct space *spaces, const struct sriov_addr *bridge, uint8_t secondary,
			   const struct sriov_addr *vf)
{
	struct snapshot *snap = snapshot_new("test");
	struct vfs_kept kept;
	uint32_t domain = 0;
	assert_non_null(snap);
	const struct lspci_bridge tie = {bridge ? *bridge : (struct sriov_addr){0}, secondary};
	const struct dump_survey survey = {true, &tie, bridge != NULL, vf, vf != NULL};
	struct batches *b = batches_new(snap, &survey, true, count_batch, &domain);
	assert_non_null(b);
	told_batches = told_segments = 0;
	told_functions = 0;
	for (size_t i = 0; i < n; i++) {
		struct lspci_function *fn = batches_slot(b);
		fn->addr = addrs[i];
		fn->len = 4096;
		fn->holes = false;
		memcpy(fn->config, spaces[i].b, 4096);
		assert_int_equal(batches_put(b), 0);
	}
	assert_int_equal(batches_end(b, &kept), 0);
	batches_free(b);
	snapshot_free(snap);
	assert_int_equal(told_functions, n);
	return (int)told_batches;
}

/* Where a batch ends: behind sixteen functions, between buses that nothing ties. */
static void test_batches(void **state)
{
	static struct space spaces[40];
	struct sriov_addr addrs[40];
	(void)state;
	for (unsigned i = 0; i < 40; i++) {
		addrs[i] = (struct sriov_addr){0, (uint8_t)(i / 8), (uint8_t)(i % 8), 0}; /* eight a bus */
		space_header(&spaces[i], 0x8086, 0x10c9, 0x020000, 0);
		space_express(&spaces[i], 0);
	}
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, NULL), 3); /* buses 0 and 1, 2 and 3, 4 */
	const struct sriov_addr bridge = {0, 1, 0, 0}, late = {0, 4, 0, 0};
	assert_int_equal(told_in_batches(addrs, 40, spaces, &bridge, 2, NULL), 2); /* 0 to 2, 3 and 4 */
	assert_int_equal(told_in_batches(addrs, 40, spaces, &bridge, 4, NULL), 1);
	assert_int_equal(told_in_batches(addrs, 40, spaces, &late, 1, NULL), 1); /* a bridge to a bus in front of it */
	/* a PF on bus 1 with four VFs on bus 2, enabled or not */
	space_ext(&spaces[9], 0x100, 0x0e);
	space_sriov(&spaces[9], 0x140, 4, 4, 256, 1);
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, NULL), 2);
	space_header(&spaces[9], 0x8086, 0x10c9, 0x020000, 0);
	space_express(&spaces[9], 0);
	space_ext(&spaces[9], 0x100, 0x0e);
	space_sriov(&spaces[9], 0x140, 4, 0, 256, 1);
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, NULL), 3);
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, &addrs[17]), 2); /* something there reads as a VF */
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, &addrs[15]), 3); /* not there */
	for (unsigned i = 3; i < 40; i++)
		addrs[i].domain = 1 + i / 20;
	assert_int_equal(told_in_batches(addrs, 40, spaces, NULL, 0, NULL), 3); /* the segments: three, seventeen, twenty */
	assert_int_equal(told_segments, 3);
}

/* A bad byte in a row: its good ones are kept, and it is said, as ever. */
static void test_bad_row(void **state)
{
	struct strbuf sb = {0};
	make(&sb, 7);
	char *row = strstr(sb.text + sb.len / 2, "\n1a0: ");
	assert_non_null(row);
	memcpy(row + 9, "zz", 2);
	store(&sb);
	strbuf_free(&sb);
	expect_same(*state, "xml");
	assert_int_equal(told, 1);
}

static void expect_refused(const struct both *both, const struct strbuf *sb, int err)
{
	char *text = NULL;
	size_t len = 0;
	store(sb);
	told = 0;
	assert_int_equal(streamed(both->ctx, both->query, "xml", &text, &len), err);
	if (err == -ESTALE) {
		assert_int_equal(told, 1);
		assert_null(strstr(text, "</sriov-report>")); /* what is not whole does not look it */
	}
	free(text);
}

/* What must be seen as a whole is left to who does. */
static void test_refused(void **state)
{
	const struct both *both = *state;
	struct strbuf sb = {0};
	struct space s;
	make(&sb, 8);
	size_t good = sb.len;
	space_header(&s, 0x8086, 0x10c9, 0x020000, 0);
	put_function(&sb, 0, 0, &s, 4096); /* not in order */
	expect_refused(both, &sb, -ENOTSUP);
	sb.len = good;
	strbuf_puts(&sb, "lspci: something\n");
	expect_refused(both, &sb, -ENOTSUP);
	sb.len = good;
	put_function(&sb, 0xffff, 8, &s, 4096);
	sb.len -= 100; /* cut */
	expect_refused(both, &sb, -ENOTSUP);
	sb.len = good;
	put16(&s, 0, 0x15ad); /* a virtual machine: the host's part comes first */
	put16(&s, 2, 0x07b0);
	put_function(&sb, 0xffff, 8, &s, 4096);
	expect_refused(both, &sb, -ENOTSUP);
	sb.len = good;
	/* words where a row was, no longer and no shorter: seen when it is too late for another way */
	char *row = strstr(sb.text + sb.len / 2, "\n200: ");
	assert_non_null(row);
	memset(row + 1, 'x', 20);
	expect_refused(both, &sb, -ESTALE);
	sb.len = 0;
	put_function(&sb, 0, 0, &s, 4096); /* short */
	expect_refused(both, &sb, -ENOTSUP);
	strbuf_free(&sb);
}

static void test_questions(void **state)
{
	const struct both *both = *state;
	struct sriov_stream *stream;
	struct sriov_query *query;
	struct strbuf sb = {0};
	make(&sb, 9);
	store(&sb);
	strbuf_free(&sb);
	assert_int_equal(sriov_stream_open(both->ctx, path, both->query, "text", &stream), -ENOTSUP);
	assert_int_equal(sriov_stream_open(both->ctx, path, both->query, "nonsense", &stream), -EINVAL);
	assert_int_equal(sriov_stream_open(both->ctx, "/nowhere/at/all", both->query, "xml", &stream), -ENOTSUP);
	assert_int_equal(sriov_stream_open(both->ctx, "/dev/zero", both->query, "xml", &stream), -ENOTSUP);
	assert_int_equal(sriov_stream_open(both->ctx, NULL, both->query, "xml", &stream), -ENOTSUP);
	assert_int_equal(sriov_query_new(&query), 0);
	assert_int_equal(sriov_stream_open(both->ctx, path, query, "xml", &stream), -ENOTSUP); /* PFs only: the ports above are to be found */
	sriov_query_set_all(query, true);
	sriov_query_set_validate(query, true);
	assert_int_equal(sriov_stream_open(both->ctx, path, query, "xml", &stream), -ENOTSUP);
	sriov_query_free(query);
	assert_int_equal(sriov_stream_open(both->ctx, path, both->query, "xml", &stream), 0);
	int full = open("/dev/full", O_WRONLY);
	assert_int_equal(sriov_stream_write(stream, full), -ENOSPC);
	close(full);
	sriov_stream_free(stream);
	sriov_stream_free(NULL);
}

/* ---- from a pipe ---- */

/* The file through a pipe on standard input, taken in by one of both; what it wrote, or NULL where it cannot be streamed. */
static char *piped(const struct both *both, bool stream, int want, size_t *len)
{
	int ends[2], before = dup(STDIN_FILENO);
	assert_true(before >= 0 && pipe(ends) == 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		static char buf[1 << 16];
		int fd = open(path, O_RDONLY);
		ssize_t n;
		close(ends[0]);
		while ((n = read(fd, buf, sizeof(buf))) > 0)
			for (ssize_t done = 0, one; done < n; done += one)
				if ((one = write(ends[1], buf + done, (size_t)(n - done))) <= 0)
					_exit(1);
		_exit(0);
	}
	close(ends[1]);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	close(ends[0]);
	char *text = NULL;
	named = "-";
	told = 0;
	if (stream)
		assert_int_equal(streamed(both->ctx, both->query, "xml", &text, len), want);
	if (!stream || want == -ENOTSUP) /* after a refusal what was read is not lost */
		text = whole(both->ctx, both->query, "xml", len);
	named = path;
	assert_true(dup2(before, STDIN_FILENO) >= 0); /* a child that still writes ends by SIGPIPE */
	close(before);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return text;
}

static void expect_piped(const struct both *both, const struct strbuf *sb, int want)
{
	size_t a_len, b_len;
	store(sb);
	char *a = piped(both, false, 0, &a_len), *b = piped(both, true, want, &b_len);
	if (want == -ESTALE) {
		assert_null(strstr(b, "</sriov-report>"));
	} else {
		assert_int_equal(a_len, b_len);
		assert_memory_equal(a, b, a_len);
	}
	free(a);
	free(b);
}

static void test_pipe(void **state)
{
	const struct both *both = *state;
	struct strbuf sb = {0};
	struct space s;
	make(&sb, 11);
	expect_piped(both, &sb, -ENOTSUP); /* not worth it */
	/* no bridge: those of a pipe count from where they stand, and some of make() stand behind what they are above of */
	sb.len = 0;
	for (unsigned rid = 0; sb.len < 6 * LONG; rid += 3) {
		if (rid / 3 % 7) {
			space_header(&s, 0x8086, 0x10c9, 0x020000, 0);
			space_express(&s, 0);
			space_sriov(&s, 0x100, 20, rid & 1 ? 9 : 0, 6, 3);
			space_ext(&s, 0x180, 0x0d);
		} else {
			space_port(&s, rid >> 8, (rid >> 8) + 1, (rid >> 8) + 1, 1);
		}
		put_function(&sb, 0, rid, &s, 4096);
	}
	size_t good = sb.len;
	expect_piped(both, &sb, 0);
	put_function(&sb, 0, 8, &s, 4096); /* not in order, beyond what was looked at */
	expect_piped(both, &sb, -ESTALE);
	sb.len = good;
	space_port(&s, 0, 1, 1, 1); /* a bridge above what was told */
	put_function(&sb, 1, 0x800, &s, 4096);
	expect_piped(both, &sb, -ESTALE);
	sb.len = good;
	space_header(&s, 0x15ad, 0x07b0, 0x020000, 0); /* a virtual machine, said too late */
	put_function(&sb, 1, 8, &s, 4096);
	expect_piped(both, &sb, -ESTALE);
	sb.len = 0;
	strbuf_puts(&sb, "[    0.000000] Linux version 6.1\n");
	while (sb.len < 5 * LONG)
		strbuf_puts(&sb, "[    0.350595] pci 0000:00:00.0: nothing\n");
	expect_piped(both, &sb, -ENOTSUP);
	strbuf_free(&sb);
}

/* ---- its parts ---- */

static void expect_rows(const char *text, size_t n, size_t at)
{
	uint8_t fast[4096], plain[4096];
	size_t fast_used, plain_used;
	memset(plain, 0x5a, sizeof(plain));
	size_t rows = hex_rows_plain(text, n, at, plain, sizeof(plain), &plain_used);
	for (int means = HEX_PLAIN; means <= (int)hex_means(); means++) {
		memset(fast, 0x5a, sizeof(fast));
		assert_int_equal(hex_rows_by((enum hex_means)means, text, n, at, fast, sizeof(fast), &fast_used), rows);
		assert_int_equal(fast_used, plain_used);
		assert_memory_equal(fast, plain, sizeof(fast));
	}
}

static void test_rows(void **state)
{
	(void)state;
	static const char chars[] = "0123456789abcdefABCDEFgG:/@` \r\n\tx\xff";
	seed = 10;
	for (unsigned round = 0; round < 3000; round++) {
		struct strbuf sb = {0};
		unsigned first = below(3) ? below(256) : 240;
		for (unsigned row = first; row < 256 && row < first + 6; row++) {
			bool zero = below(2);
			strbuf_printf(&sb, below(9) ? "%02x:" : "%02X:", row * 16);
			for (unsigned i = 0; i < 16; i++)
				strbuf_printf(&sb, below(9) ? " %02x" : " %02X", zero ? 0 : below(256));
			strbuf_puts(&sb, below(9) ? "\n" : "\r\n");
		}
		if (below(2))
			sb.text[below((unsigned)sb.len)] = chars[below(sizeof(chars) - 1)];
		/* exactly so many bytes: what is read beyond is seen by a sanitizer */
		size_t n = below(3) ? sb.len : below((unsigned)sb.len);
		char *exact = malloc(n ? n : 1);
		assert_non_null(exact);
		memcpy(exact, sb.text, n);
		expect_rows(exact, n, first * 16);
		free(exact);
		strbuf_free(&sb);
	}
}

static void test_memo(void **state)
{
	(void)state;
	struct memo *memo = memo_new(NULL, NULL);
	const struct memo_hole hole = {.field = NULL, .at = 2};
	struct memo_text text = {slice_of("text"), &hole, 1};
	uint64_t key[2] = {1, 2};
	assert_non_null(memo);
	assert_int_equal(memo_ask(memo, key, sizeof(key), &text), MEMO_NEW);
	assert_int_equal(memo_ask(memo, key, sizeof(key), &text), MEMO_AGAIN);
	memo_keep(memo, key, sizeof(key), &text);
	text = (struct memo_text){0};
	assert_int_equal(memo_ask(memo, key, sizeof(key), &text), MEMO_HAVE);
	assert_true(slice_is(text.text, "text"));
	assert_int_equal(text.holes_n, 1);
	assert_int_equal(text.holes[0].at, 2);
	key[1] = 3;
	assert_int_equal(memo_ask(memo, key, sizeof(key), &text), MEMO_NEW);
	/* bounded: far more than it may hold */
	char *large = calloc(1, 300000);
	assert_non_null(large);
	for (key[0] = 1000; key[0] < 1200; key[0]++) {
		(void)memo_ask(memo, key, sizeof(key), &text);
		if (memo_ask(memo, key, sizeof(key), &text) == MEMO_AGAIN)
			memo_keep(memo, key, sizeof(key), &(struct memo_text){slice_bytes(large, 300000), NULL, 0});
		assert_int_equal(memo_ask(memo, key, sizeof(key), &text), MEMO_HAVE);
		assert_int_equal(text.text.n, 300000);
		assert_int_equal(text.holes_n, 0);
	}
	unsigned kept = 0;
	for (key[0] = 1000; key[0] < 1200; key[0]++)
		kept += memo_ask(memo, key, sizeof(key), &text) == MEMO_HAVE;
	assert_in_range(kept, 1, 30);
	free(large);
	memo_free(memo);
	memo_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows), cmocka_unit_test(test_memo), cmocka_unit_test(test_same),
		cmocka_unit_test(test_bad_row), cmocka_unit_test(test_refused), cmocka_unit_test(test_questions),
		cmocka_unit_test(test_pipe), cmocka_unit_test(test_judged), cmocka_unit_test(test_batches),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
