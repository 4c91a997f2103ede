/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A piece of the evidence less: of each cause's fixture every file and folder gone, every file denied, every number another one, every link
 * to something else, every line of a text gone. Whatever is missing, a report has its form: an answer, evidence for every verdict, a step
 * out of every cause, and what would decide what nobody knows.
 */
#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "unit.h"
#include "shared.h"
#include "check/check.h"
#include "source/captured.h"
#include "source/tree.h"

#define LINES_MAX 60 /* of a text of which each is left out in turn */

/* A fixture, and what is asked of it. */
static struct tree tree;
static struct ask ask;
static const struct tree_node *denied;

static int read_or_not(const struct view *view, const struct place *dir, const char *name, enum node_kind kind, size_t max, struct strbuf *sb, uint64_t *size)
{
	if (denied && tree_at(view->tree, view->root, dir->node, name, true) == denied)
		return -EACCES;
	return view_tree_ops.read(view, dir, name, kind, max, sb, size);
}

static void load(const char *from, const char *path)
{
	char below[8192], name[8192];
	struct dirent **names;
	int n = scandir(from, &names, NULL, alphasort);
	assert_true(n >= 0);
	for (int i = 0; i < n; i++) {
		struct tree_node *node;
		if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0) {
			snprintf(below, sizeof(below), "%s/%s", from, names[i]->d_name);
			snprintf(name, sizeof(name), "%s%s%s", path, *path ? "/" : "", names[i]->d_name);
			ssize_t len;
			char target[4096];
			if ((len = readlink(below, target, sizeof(target))) >= 0) {
				assert_int_equal(tree_put(&tree, name, NODE_LINK, &node), 0);
				node->data = (struct slice){arena_dup(&tree.arena, target, (size_t)len), (size_t)len};
			} else if (names[i]->d_type == DT_DIR) {
				assert_int_equal(tree_put(&tree, name, NODE_DIR, &node), 0);
				load(below, name);
			} else {
				size_t size = 0;
				char *text = read_file(below, &size);
				assert_int_equal(tree_put(&tree, name, NODE_FILE, &node), 0);
				node->data = (struct slice){arena_dup(&tree.arena, text, size), size};
				node->size = size;
				free(text);
			}
		}
		free(names[i]);
	}
	free(names);
}

/* One line of meta: "args: -g host -n 16 --profile=hyperv". */
static void read_ask(const char *fixture)
{
	char path[4096];
	size_t n = 0;
	snprintf(path, sizeof(path), "%s/fixtures/%s/meta", SRCDIR, fixture);
	char *text = read_file(path, &n);
	assert_non_null(text);
	struct slice rest = {text, n}, line, word;
	ask = (struct ask){0};
	while (slice_line(&rest, &line)) {
		if (!slice_eat(&line, "args: "))
			continue;
		while (slice_token(&line, " ", &word)) {
			if (slice_is(word, "--profile=hyperv"))
				ask.profile = PROFILE_HYPERV;
			else if (slice_is(word, "-g"))
				ask.goal_given = slice_token(&line, " ", &word);
			else if (slice_is(word, "-n"))
				ask.has_vfs = slice_token(&line, " ", &word) && slice_u64(word, &ask.vfs);
			if (slice_is(word, "host"))
				ask.goal = GOAL_HOST;
		}
	}
	free(text);
}

static unsigned complaints;

static bool plain_word(const char *message)
{
	return message[0] >= 'A' && message[0] <= 'Z' && message[1] >= 'a' && message[1] <= 'z';
}

static void form(const char *what, const struct report *report)
{
	const char *bad = NULL;
	assert_non_null(report->answer);
	for (size_t i = 0; i < report->findings_n && !bad; i++) {
		const struct finding *f = report->findings[i];
		if (!f->message || !*f->message || strstr(f->message, "(null)"))
			bad = "a finding without its sentence";
		else if ((f->role == FINDING_CONSEQUENCE) != (f->because != NULL))
			bad = "a consequence of nothing";
		else if (f->state == FINDING_UNKNOWN && !f->missing)
			bad = "nobody knows what would decide it";
		else if (f->state == FINDING_UNKNOWN && !plain_word(f->message)) /* the answer goes on with it */
			bad = "a message that does not begin with a plain word";
		else if (f->state == FINDING_FAIL && !f->evidence_n)
			bad = "a verdict without evidence";
		else if (f->state == FINDING_FAIL && !f->steps_n && f->role == FINDING_ROOT)
			bad = "no step out of it";
		for (size_t k = 0; k < f->steps_n && !bad; k++)
			if (strstr(f->steps[k], "%{") || strstr(f->steps[k], "(null)") || !f->steps[k][0])
				bad = "a step that is not whole";
		for (size_t k = 0; k < f->evidence_n && !bad; k++)
			if (strstr(f->evidence[k].where, "(null)"))
				bad = "evidence that is not whole";
		if (bad) {
			print_error("%s: %s: %s: %s\n", what, f->id, bad, f->message);
			complaints++;
		}
	}
}

static unsigned runs;

static void judge(const char *what)
{
	struct view_ops own = view_tree_ops;
	struct view view = view_tree(&tree, tree.root);
	struct snapshot *snap = snapshot_new("test");
	struct model *model;
	own.read = read_or_not;
	view.ops = &own;
	assert_non_null(snap);
	runs++;
	int err = captured_open(&view, snap);
	if (err) {
		assert_int_equal(err, -ENODATA);
	} else {
		assert_int_equal(model_new(snap, &model), 0);
		struct report report = {.tool = "sriov-check", .model = model};
		assert_int_equal(check_run(model, &ask, &report), 0);
		form(what, &report);
		report_clear(&report);
		model_free(model);
	}
	snapshot_free(snap);
}

static void path_of(const struct tree_node *node, char *buf, size_t size)
{
	if (!node->parent->parent) {
		snprintf(buf, size, "%s", node->name);
		return;
	}
	char up[4096];
	path_of(node->parent, up, sizeof(up));
	assert_true((size_t)snprintf(buf, size, "%s/%s", up, node->name) < size);
}

static void judge_without(const struct tree_node *node, const char *how, unsigned line)
{
	char what[4096 + 64];
	path_of(node, what, 4096);
	snprintf(what + strlen(what), 64, " %s %u", how, line);
	judge(what);
}

static void change_file(struct tree_node *node)
{
	static const char *const numbers[] = {"0\n", "1\n"};
	const struct slice data = node->data;
	struct slice rest = data, line;
	uint64_t number;
	unsigned lines = 0;
	denied = node;
	judge_without(node, "denied", 0);
	denied = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(numbers) && slice_u64(data, &number); i++) {
		node->data = slice_of(numbers[i]);
		judge_without(node, "number", (unsigned)i + 1);
	}
	node->data = data;
	if (memchr(data.p, '\0', data.n))
		return;
	while (slice_line(&rest, &line))
		lines++;
	rest = data;
	for (unsigned number_of = 1; lines > 1 && lines <= LINES_MAX && slice_line(&rest, &line); number_of++) {
		size_t at = (size_t)(line.p - data.p), end = data.n - rest.n;
		char *less = malloc(data.n + 1);
		assert_non_null(less);
		memcpy(less, data.p, at);
		memcpy(less + at, data.p + end, data.n - end);
		node->data = (struct slice){less, data.n - (end - at)};
		judge_without(node, "without line", number_of);
		node->data = data;
		free(less);
	}
}

static void each(struct tree_node *dir)
{
	for (struct tree_node **at = &dir->child; *at; at = &(*at)->next) {
		struct tree_node *node = *at, twin = *dir;
		*at = node->next;
		node->parent = &twin; /* so that nobody finds it by its name */
		judge_without(node, "gone", 0);
		node->parent = dir;
		*at = node;
		if (node->kind == NODE_FILE && !strstr(node->name, "config")) {
			change_file(node);
		} else if (node->kind == NODE_LINK) {
			struct slice target = node->data;
			node->data = SLICE("../another");
			judge_without(node, "elsewhere", 0);
			node->data = target;
		} else if (node->kind == NODE_DIR) {
			each(node);
		}
	}
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int wanted(const struct dirent *entry)
{
	return !strncmp(entry->d_name, "cause-", 6);
}

static void test_fixtures(void **state)
{
	(void)state;
	struct dirent **names;
	int n = scandir(SRCDIR "/fixtures", &names, wanted, by_name);
	assert_true(n > 80);
	for (int i = 0; i < n; i++) {
		char path[4096];
		snprintf(path, sizeof(path), SRCDIR "/fixtures/%s/root", names[i]->d_name);
		if (!access(path, R_OK)) {
			read_ask(names[i]->d_name);
			assert_int_equal(tree_new(&tree, 1 << 28), 0);
			load(path, "");
			judge(names[i]->d_name);
			each(tree.root);
			tree_free(&tree);
		}
		free(names[i]);
	}
	free(names);
	print_message("%u reports\n", runs);
	assert_int_equal(complaints, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_fixtures)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
