/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every piece of evidence of every fixture is taken away, changed and contradicted in turn, and every line that any fixture's log has is
 * said on other hosts too. Whatever is said then keeps the promises that hold for every report: no verdict without evidence, none on what
 * was not captured, a consequence has its root, an unknown says what is missing, the ladder and the answer follow from the findings.
 */

#include "check/check.h"
#include "check/graph.h"
#include "data/data.h"
#include "decode/ingest.h"
#include "plan/plan.h"
#include "source/source.h"
#include "unit.h"
#include "folder.h"
#include "util/addr.h"

/* How many of all changes are made: each n-th, by a counter that goes on from one fixture to the next. */
#ifdef COVERAGE
#define EACH(n) ((n) > 2 ? (n) / 2 : 1)
#else
#define EACH(n) (n)
#endif

static size_t judged;
static const char *at_work; /* for messages: the fixture, */
static char change[256];    /* and what was done to it */

#define HOLDS(condition)                                                                                       \
	do {                                                                                                   \
		if (!(condition))                                                                              \
			fail_msg("%s: %s: %s: %s", at_work, change, f ? f->id : "report", #condition);          \
	} while (0)

static bool fails(const struct finding *f, enum severity least)
{
	return f->state == FINDING_FAIL && f->severity >= least;
}

static void check_finding(const struct report *report, size_t i, const char *gone)
{
	const struct finding *f = report->findings[i];
	HOLDS(f->message && *f->message && !strstr(f->message, "(null)"));
	HOLDS((f->role == FINDING_CONSEQUENCE) == (f->because != NULL));
	HOLDS(!f->because || (f->because->role == FINDING_ROOT && f->because != f && f->state == FINDING_FAIL));
	HOLDS(f->state != FINDING_UNKNOWN || (f->missing && *f->missing));
	HOLDS((f->severity == SEVERITY_NONE) == (f->state != FINDING_FAIL));
	HOLDS(f->state != FINDING_FAIL || f->evidence_n > 0);
	for (size_t k = 0; k < f->evidence_n; k++) {
		const struct evidence *e = &f->evidence[k];
		HOLDS(e->where && e->value && !strstr(e->where, "(null)"));
		HOLDS(!gone || strcmp(e->where, gone) != 0 || !strncmp(e->value, "not captured", 12));
	}
	for (size_t k = 0; k < i; k++)
		HOLDS(report->findings[k] != f && (report->findings[k]->subject != f->subject || strcmp(report->findings[k]->id, f->id) != 0 ||
						   strcmp(report->findings[k]->message, f->message) != 0));
}

static void check_ladders(const struct report *report)
{
	const struct finding *f = NULL;
	bool failed = false, all = report->ladders_n > 0;
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *ladder = &report->ladders[i];
		bool open = false; /* behind the first rung that is not passed nothing is reached */
		int reached = -1;
		for (int rung = 0; rung < RUNG_COUNT; rung++) {
			enum finding_state state = ladder->rungs[rung];
			HOLDS(state == FINDING_PASS || state == FINDING_FAIL || state == FINDING_UNKNOWN || state == FINDING_NOTAPPLICABLE);
			failed |= ladder->counts && state == FINDING_FAIL;
			if (state == FINDING_NOTAPPLICABLE)
				continue;
			open |= state != FINDING_PASS;
			if (!open)
				reached = rung;
		}
		HOLDS(ladder->reached == reached);
		all &= !open || !ladder->counts;
	}
	HOLDS(report->verdict != VERDICT_READY || (all && !failed));
	HOLDS(!failed || report->verdict == VERDICT_BLOCKED);
	HOLDS(report->answer && *report->answer && !strstr(report->answer, "(null)"));
	bool error = false;
	for (size_t i = 0; i < report->findings_n; i++)
		error |= fails(report->findings[i], SEVERITY_ERROR);
	HOLDS(error || report->verdict != VERDICT_BLOCKED);
}

static const struct ask asks[] = {
	{0}, {.goal_given = true, .goal = GOAL_HOST, .has_vfs = true, .vfs = 7}, {.goal_given = true, .goal = GOAL_ASSIGN, .profile = PROFILE_HYPERV},
	{.goal_given = true, .goal = GOAL_GUEST, .has_vfs = true, .vfs = 300},
};

static enum goal judged_for; /* without a goal: a guest's own, or that VFs can be assigned */

/* gone: a path that nobody captured. */
static enum verdict judge(const struct snapshot *snap, const char *gone)
{
	const struct finding *f = NULL;
	const struct ask *ask = &asks[judged++ % ARRAY_SIZE(asks)];
	struct model *model;
	assert_int_equal(model_new(snap, &model), 0);
	struct report *report = report_new("test", model);
	assert_non_null(report);
	int err = report_view(report, NULL, true, false);
	if (!err)
		err = plan_run(report, &(struct assume){0}, ask->has_vfs, ask->vfs);
	if (!err)
		err = check_run(model, ask, report);
	HOLDS(err == 0);
	for (size_t i = 0; i < report->findings_n; i++)
		check_finding(report, i, gone);
	check_ladders(report);
	enum verdict verdict = report->verdict;
	judged_for = report->goal;
	report_free(report);
	model_free(model);
	return verdict;
}

static bool due(size_t each)
{
	static size_t n;
	return ++n % EACH(each) == 0;
}

static struct item *next_item(const struct item *root, struct item *item)
{
	if (item->child)
		return item->child;
	while (item != root && !item->next)
		item = item->parent;
	return item == root ? NULL : item->next;
}

static void path_of(const struct item *item, char *path, size_t size)
{
	size_t at = size;
	path[--at] = '\0';
	for (; item->parent; item = item->parent) {
		size_t n = strlen(item->name);
		assert_true(at > n + 1);
		if (path[at])
			path[--at] = '/';
		memcpy(path + (at -= n), item->name, n);
	}
	memmove(path, path + at, size - at);
}

static void lose(const struct snapshot *snap, struct item *item, const char *path)
{
	static const enum item_state states[] = {ITEM_NOT_CAPTURED, ITEM_ABSENT, ITEM_DENIED};
	const struct item was = *item;
	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		if (!due(3))
			continue;
		item->state = states[i];
		item->err = states[i] == ITEM_DENIED ? EACCES : 0;
		item->data = (struct slice){0};
		item->config = NULL;
		snprintf(change, sizeof(change), "%.200s is %s", path, item_state_name(states[i]));
		(void)judge(snap, states[i] == ITEM_NOT_CAPTURED ? path : NULL);
		item->state = was.state;
		item->err = was.err;
		item->data = was.data;
		item->config = was.config;
	}
}

/* Short files are one value: other values, and what is none. */
static void revalue(const struct snapshot *snap, struct item *item, const char *path)
{
	static const char *const values[] = {"0\n", "1\n", "2\n", "7\n", "300\n", "65535\n", "0x0\n", "0xffff\n", "n\n", "Y\n", "", "\xff\n", "D3cold\n",
		"none\n", "(null)\n", "DMA\n", "identity\n", "vfio-pci\n"};
	const struct slice was = item->data;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		if (!due(9))
			continue;
		item->data = slice_of(values[i]);
		snprintf(change, sizeof(change), "%.200s is \"%.8s\"", path, values[i]);
		(void)judge(snap, NULL);
	}
	item->data = was;
}

/* A file of lines loses one; a long one loses its end. */
static void lose_lines(const struct snapshot *snap, struct item *item, const char *path)
{
	const struct slice was = item->data;
	char *copy = malloc(was.n + 1);
	struct slice rest = was, line;
	assert_non_null(copy);
	while (slice_line(&rest, &line)) {
		size_t at = (size_t)(line.p - was.p), end = was.n - rest.n;
		if (!due(5))
			continue;
		memcpy(copy, was.p, at);
		memcpy(copy + at, was.p + end, was.n - end);
		item->data = (struct slice){copy, was.n - (end - at)};
		snprintf(change, sizeof(change), "%.120s lacks \"%.*s\"", path, (int)(line.n > 80 ? 80 : line.n), line.p);
		(void)judge(snap, NULL);
	}
	item->data = was;
	free(copy);
}

/* Words of configuration space: another value, or not read. */
static void reread(const struct snapshot *snap, struct item *item, const char *path)
{
	struct config_image *image = item->config;
	const struct bytes was = image->view;
	uint8_t bytes[4096], bits[4096];
	assert_true(was.len <= sizeof(bytes));
	for (size_t at = 0; at + 2 <= was.len; at += 2) {
		uint16_t now;
		if (bytes_u16(&was, at, &now) || (!now && at % 64))
			continue;
		const uint16_t values[] = {0, 0xffff, (uint16_t)(now ^ 1), (uint16_t)(now + 0x10), (uint16_t)(now ^ 0x100)};
		for (size_t i = 0; i <= ARRAY_SIZE(values); i++) {
			if (!due(31))
				continue;
			memcpy(bytes, was.p, was.len);
			memset(bits, 0xff, sizeof(bits));
			if (i < ARRAY_SIZE(values)) {
				bytes[at] = (uint8_t)values[i];
				bytes[at + 1] = (uint8_t)(values[i] >> 8);
			} else {
				bits[at] = bits[at + 1] = 0;
			}
			image->view.p = bytes;
			image->view.known = bits;
			snprintf(change, sizeof(change), "%.200s: word %zu of kind %zu", path, at, i);
			(void)judge(snap, NULL);
			image->view = was;
		}
	}
	for (size_t i = 0; i < 4; i++) {
		if (!due(4))
			continue;
		memset(bytes, 0xff, sizeof(bytes)); /* a function that does not answer */
		image->view.p = i == 3 ? bytes : was.p;
		image->view.len = i == 3 || (size_t)64 << 2 * i > was.len ? was.len : (size_t)64 << 2 * i;
		snprintf(change, sizeof(change), "%.200s: cut or dead, %zu", path, i);
		(void)judge(snap, NULL);
		image->view = was;
	}
}

/* ---- what other hosts said ---- */

static char *said[4000];
static size_t said_n;

/* The line for other functions: the address in it is replaced; "" leaves it out with the name that stands before it. */
static void readdress(char *to, size_t size, struct slice line, const char *address)
{
	struct sriov_addr addr;
	size_t n = 0;
	while (line.n && n + 40 < size) {
		struct slice rest = line;
		if (line.n > 11 && line.p[4] == ':' && addr_eat(&rest, &addr)) {
			n += (size_t)snprintf(to + n, size - n, "%s", address);
			line = rest;
		} else {
			to[n++] = *line.p;
			line = slice_from(line, 1);
		}
	}
	to[n] = '\0';
}

static void append(const struct snapshot *snap, struct item *log, const char *line)
{
	const struct slice was = log->data;
	size_t n = strlen(line);
	char *copy = malloc(was.n + n + 2);
	assert_non_null(copy);
	if (was.n)
		memcpy(copy, was.p, was.n);
	memcpy(copy + was.n, line, n);
	copy[was.n + n] = '\n';
	log->data = (struct slice){copy, was.n + n + 1};
	snprintf(change, sizeof(change), "%s says \"%.200s\"", log->name, line);
	(void)judge(snap, NULL);
	log->data = was;
	free(copy);
}

static struct item *log_of(struct snapshot *snap)
{
	struct item *log = (struct item *)(uintptr_t)snapshot_at(snap, NULL, "dmesg");
	if (!log)
		assert_int_equal(snapshot_put_file(snap, "dmesg", SLICE("[    0.000000] Linux version 6.12.9 (a@b) #1\n"), &log), 0);
	return log;
}

/* Functions of the host: the first PF, the first VF, a port, and one that is not there. */
static size_t addresses(const struct snapshot *snap, char to[4][ADDR_TEXT])
{
	const struct fn *of[3] = {NULL};
	struct model *model;
	size_t n = 0;
	assert_int_equal(model_new(snap, &model), 0);
	for (size_t i = 0; i < model->fns_n; i++) {
		const struct fn *fn = &model->fns[i];
		size_t kind = fn->role == ROLE_PF ? 0 : fn->role == ROLE_VF ? 1 : fn->role == ROLE_PORT ? 2 : 3;
		if (kind < 3 && !of[kind])
			of[kind] = fn;
	}
	for (size_t i = 0; i < 3; i++)
		if (of[i])
			addr_text(&of[i]->addr, to[n++]);
	strcpy(to[n++], "0000:5e:1f.7");
	model_free(model);
	return n;
}

static void say_all(struct snapshot *snap)
{
	char to[4][ADDR_TEXT], line[1024];
	size_t n = addresses(snap, to);
	struct item *log = log_of(snap);
	for (size_t i = 0; i < said_n; i++) {
		for (size_t k = 0; k < n; k++) {
			if (!due(40))
				continue;
			readdress(line, sizeof(line), slice_of(said[i]), to[k]);
			append(snap, log, line);
		}
	}
}

static void (*use_of_each)(struct snapshot *snap);

static bool use_fixture(const char *name, size_t nth)
{
	char path[4096];
	struct snapshot *snap = NULL;
	(void)nth;
	if (!folder_root(name, path, sizeof(path)))
		return false;
	at_work = name;
	*change = '\0';
	assert_int_equal(source_open(path, &(struct source_options){0}, &snap), 0);
	use_of_each(snap);
	snapshot_free(snap);
	return true;
}

static void each_fixture(void (*use)(struct snapshot *snap))
{
	use_of_each = use;
	assert_true(folder_each(SRCDIR "/fixtures", use_fixture) > 100);
}

static void change_items(struct snapshot *snap)
{
	char path[1024];
	(void)judge(snap, NULL);
	for (struct item *item = snap->root; item; item = next_item(snap->root, item)) {
		if (item->kind == ITEM_DIR || item->state != ITEM_PRESENT)
			continue;
		path_of(item, path, sizeof(path));
		lose(snap, item, path);
		if (item->config)
			reread(snap, item, path);
		else if (item->kind == ITEM_FILE && item->data.n < 24)
			revalue(snap, item, path);
		else if (item->kind == ITEM_FILE && item->data.n < 8192)
			lose_lines(snap, item, path);
	}
}

static void collect(struct snapshot *snap)
{
	struct slice rest = snapshot_bytes(snap, NULL, "dmesg"), line;
	while (slice_line(&rest, &line)) {
		assert_true(said_n < ARRAY_SIZE(said));
		said[said_n] = strndup(line.p, line.n);
		assert_non_null(said[said_n++]);
	}
}

static void test_changes(void **state)
{
	(void)state;
	each_fixture(change_items);
	assert_true(judged > 1000);
}

static void test_said_elsewhere(void **state)
{
	(void)state;
	judged = 0;
	each_fixture(collect);
	assert_true(said_n > 100);
	each_fixture(say_all);
	assert_true(judged > 500);
	while (said_n)
		free(said[--said_n]);
}

/* ---- tickets: nothing but text ---- */

#define PF_WORDS                                                                                                                              \
	"3b:00.0 Ethernet controller [0200]: Intel Corporation 82576 Gigabit Network Connection [8086:10c9] (rev 01)\n"                        \
	"\tRegion 0: Memory at fe800000 (32-bit, non-prefetchable) [size=128K]\n"                                                              \
	"\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)\n"                                                                    \
	"\t\tIOVCap:\tMigration-, Interrupt Message Number: 000\n\t\tIOVCtl:\tEnable- Migration- Interrupt- MSE- ARIHierarchy-\n"                   \
	"\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 0, Function Dependency Link: 00\n"                                                    \
	"\t\tVF offset: 384, stride: 2, Device ID: 10ca\n\t\tSupported Page Size: 00000553, System Page Size: 00000001\n"                        \
	"\t\tRegion 0: Memory at 0000000000000000 (64-bit, non-prefetchable)\n\t\tVF Migration: offset: 00000000, BIR: 0\n"
#define BOOT "[    0.000000] Linux version 6.1.0-13-amd64 (a@b) #1 SMP\n"

static const char *const tickets[] = {
	"", "Hello\n", PF_WORDS "\tKernel driver in use: igb\n", PF_WORDS "\tKernel modules: igb\n",
	"3b:00.0 Ethernet controller: Mellanox Technologies MT27800 Family [ConnectX-5]\n\tCapabilities: <access denied>\n",
	BOOT "[    1.000000] pci 0000:3b:00.0: [8086:10c9] type 00 class 0x020000\n[    1.100000] pci 0000:3b:00.0: VF BAR 0 [mem 0x00000000-0x00003fff 64bit]: contains BAR 0 for 8 VFs\n",
	BOOT "[    0.100000] Command line: ro pci=realloc=off intel_iommu=off\n[    0.200000] DMI: Dell Inc. PowerEdge R740/0ABC, BIOS 2.1 01/01/2020\n",
	BOOT "[    0.100000] Hypervisor detected: Microsoft Hyper-V\n[    1.000000] hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF slot 1 added\n",
	BOOT "[    0.100000] Booting paravirtualized kernel on bare hardware\n[    1.000000] DMAR: IOMMU enabled\n[    1.000000] DMAR-IR: Enabled IRQ remapping in x2apic mode\n",
	"PS C:\\> Get-VMHost | fl *iov*\nIovSupport        : False\nIovSupportReasons : {Ensure that the system has chipset support for SR-IOV}\n",
	"$ docker exec -it x bash\n# cat /sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs\n8\n# virt-host-validate\n  QEMU: Checking for device assignment IOMMU support : WARN (none)\n",
	"# cat /sys/class/net/eth0/device/sriov_totalvfs /sys/class/net/eth0/device/sriov_numvfs\n8\n0\n# lspci -nn\n" PF_WORDS,
	"# cat /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs\n4\n# ls -l /sys/bus/pci/devices/0000:3b:00.0/driver\nlrwxrwxrwx 1 r r 0 /sys/bus/pci/devices/0000:3b:00.0/driver -> ../drivers/mlx5_core\n",
};

static void judge_ticket(size_t ticket, const char *more)
{
	char text[8192];
	snprintf(text, sizeof(text), "%s%s\n", tickets[ticket], more);
	struct snapshot *snap = snapshot_new("ticket");
	assert_non_null(snap);
	snprintf(change, sizeof(change), "ticket %zu and \"%.200s\"", ticket, more);
	at_work = "text";
	assert_int_equal(snapshot_put_text(snap, "ticket", slice_of(text)), 0);
	for (size_t i = 0; i < ARRAY_SIZE(asks); i++) {
		const struct finding *f = NULL;
		if (judge(snap, NULL) == VERDICT_READY) /* texts show no isolation */
			HOLDS(judged_for != GOAL_ASSIGN);
	}
	snapshot_free(snap);
}

static const char *const places[] = {
	"/sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs", "/sys/bus/pci/devices/0000:5e:00.0/sriov_numvfs", "/sys/class/net/eth0/device/sriov_numvfs",
	"/sys/class/net/$DEV/device/sriov_numvfs", "/sys/bus/pci/drivers/vfio-pci/bind", "/sys/bus/pci/devices/0000:3b:02.0/driver_override",
	"/sys/bus/pci/drivers/vfio-pci/new_id",
};
static const char *const answers[] = {
	"bash: echo: write error: Cannot allocate memory", "bash: echo: write error: Invalid argument", "bash: echo: write error: Input/output error",
	"bash: echo: write error: No such file or directory", "bash: echo: write error: Numerical result out of range", "bash: echo: write error: Device or resource busy",
	"bash: echo: write error: No such device", "bash: echo: write error: Function not implemented", "bash: echo: write error: Operation not permitted",
	"bash: echo: write error: Permission denied", "bash: echo: write error: Operation not supported", "bash: echo: write error: File exists",
	"bash: /sys/x: Permission denied", "bash: /sys/x: No such file or directory", "bash: /sys/x: Read-only file system", "sh: 1: echo: echo: I/O error", "# true",
	"bash: echo: write error: No space left on device", "bash: echo: write error: Connection timed out", "something else",
};

static void test_tickets(void **state)
{
	(void)state;
	char line[1024];
	judged = 0;
	each_fixture(collect);
	for (size_t t = 0; t < ARRAY_SIZE(tickets); t++) {
		for (size_t i = 0; i < said_n; i++) {
			if (!due(2))
				continue;
			readdress(line, sizeof(line), slice_of(said[i]), i % 3 ? "0000:3b:00.0" : i % 2 ? "0000:3b:02.0" : "0000:5e:00.0");
			judge_ticket(t, line);
		}
		for (size_t i = 0; i < ARRAY_SIZE(places) * ARRAY_SIZE(answers); i++) {
			if (!due(2))
				continue;
			snprintf(line, sizeof(line), "# echo %d > %s\n%s", i % 5 ? 4 : 300, places[i % ARRAY_SIZE(places)], answers[i / ARRAY_SIZE(places)]);
			judge_ticket(t, line);
		}
	}
	while (said_n)
		free(said[--said_n]);
	assert_true(judged > 1000);
}

/* Messages that prove their cause only beside a PF, a VF or a window that the log does not show. */
static const char *const not_alone[] = {
	"can't access extended configuration space", "not using ECAM", "MCFG has no entries", "not ready 65535ms after FLR",
	"BAR 0 [mem size 0x00800000 64bit pref]: failed to assign", "contains BAR 0 for 8 VFs", "type 7f class 0xffffff", "0000:01:10.0: unknown header type 7f",
	"root bus resource", "MMCONFIG at", "try booting with pci=realloc", "unknown parameter 'max_vfs'", "driver left SR-IOV enabled", "CSTS=0x2",
	"probe with driver igbvf failed",
};

static bool is_not_alone(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(not_alone); i++)
		if (strstr(text, not_alone[i]))
			return true;
	return false;
}

/* What the kernel says of a cause leads to it, in a log that says nothing else. */
static void test_messages(void **state)
{
	(void)state;
	for (size_t i = 0; i < cause_messages_n; i++) {
		char text[2048];
		struct model *model;
		snprintf(text, sizeof(text), BOOT "[    9.000000] %s\n", cause_messages[i].text);
		struct snapshot *snap = snapshot_new("log");
		assert_int_equal(snapshot_put_text(snap, "log", slice_of(text)), 0);
		assert_int_equal(model_new(snap, &model), 0);
		bool found = false;
		for (size_t k = 0; k < ARRAY_SIZE(asks) && !found; k++) {
			struct report *report = report_new("test", model);
			assert_int_equal(report_view(report, NULL, true, false), 0);
			assert_int_equal(check_run(model, &asks[k], report), 0);
			for (size_t n = 0; n < report->findings_n; n++)
				found |= !strcmp(report->findings[n]->id, cause_messages[i].cause);
			report_free(report);
		}
		if (found == is_not_alone(cause_messages[i].text))
			fail_msg("%s is%s found in \"%s\"", cause_messages[i].cause, found ? "" : " not", cause_messages[i].text);
		model_free(model);
		snapshot_free(snap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_said_elsewhere),
		cmocka_unit_test(test_tickets),
		cmocka_unit_test(test_messages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
