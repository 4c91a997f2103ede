/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the checks say of evidence that is written down in tests/unit/cases/NAME.txt; all that is said is held in tests/unit/expect/NAME.
 * A case begins with "* " and what it begins with: "two VFs", "no VFs" (healthy.h) or "nothing"; then what was asked for: "goal host",
 * "hyperv", "4 wanted"; "view ADDRESS": of that function alone; "memory": every allocation fails once, too; "plans", "assume ...", "rules": those instead. Each further line changes the evidence:
 *   PATH: TEXT             a line of a file                 @PATH: TARGET            a link
 *   log: TEXT              a line of dmesg                  said: TEXT               a line of transcript
 *   PATH gone              it is not there                  PATH denied, redacted    nobody may read it, or its content is taken away
 *   PATH = BYTES           a file's bytes: hexadecimal, "text", NUMBER*BYTE
 *   TABLE REVISION acpi BYTES   an ACPI table: its header comes by itself
 *   %SPACE AT SIZE VALUE   registers of the port, the PF, vf0 or vf1; "%pf cut LENGTH": its space ends there
 *   +ADDRESS HEADER        one more function: "root", "up", "down", "bridge" BUSES, "end", "plain" IDS; then as with %SPACE, or
 *   +ADDRESS ext AT ID, +ADDRESS sriov AT TOTAL NUM OFFSET STRIDE
 * PF/, PORT/, VF0/, VF1/ and DEV/ stand for their folders below sys/bus/pci/devices. A line that begins with '#' is a remark.
 */
#include "unit.h"
#include "expect.h"
#include "failing.h"
#include "healthy.h"
#include "plan/plan.h"
#include "rule/rule.h"
#include "shared.h"

#define EDITS 64

struct one {
	enum host_state host;
	struct ask ask;
	struct edit edits[EDITS];
	size_t n;
	void *owned[4 * EDITS];
	size_t owned_n;
	bool memory, told, has_view, plans, rules;
	struct assume assume;
	struct sriov_addr view;
};

static const char *name;
static unsigned line_number;

static void *own(struct one *one, void *p)
{
	assert_non_null(p);
	assert_true(one->owned_n < ARRAY_SIZE(one->owned));
	one->owned[one->owned_n++] = p;
	return p;
}

static char *text_of(struct one *one, const char *prefix, struct slice s)
{
	size_t n = strlen(prefix);
	char *text = own(one, malloc(n + s.n + 2));
	memcpy(text, prefix, n);
	memcpy(text + n, s.p, s.n);
	text[n + s.n] = '\0';
	return text;
}

static char *path_of(struct one *one, struct slice s)
{
	static const struct {
		const char *word, *path;
	} folders[] = {{"PF/", PF}, {"PORT/", PORT}, {"VF0/", VF0}, {"VF1/", VF1}, {"DEV/", "sys/bus/pci/devices/"}};
	bool link = slice_eat(&s, "@");
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (slice_eat(&s, folders[i].word))
			return text_of(one, link ? text_of(one, "@", slice_of(folders[i].path)) : folders[i].path, s);
	return text_of(one, link ? "@" : "", s);
}

static struct edit *edit_at(struct one *one, const char *path)
{
	for (size_t i = 0; i < one->n; i++)
		if (one->edits[i].path && !strcmp(one->edits[i].path, path))
			return &one->edits[i];
	assert_true(one->n < EDITS);
	one->edits[one->n] = (struct edit){.path = path};
	return &one->edits[one->n++];
}

static uint64_t number(struct slice *line)
{
	uint64_t v;
	slice_eat_space(line);
	if (!slice_eat_u64(line, line->n > 1 && line->p[1] == 'x' ? 16 : 10, &v))
		fail_msg("%s:%u: no number: %.*s", name, line_number, (int)line->n, line->p);
	return v;
}

static void read_bytes(struct one *one, struct edit *edit, struct slice line)
{
	uint8_t *bytes = own(one, calloc(1, 65536));
	struct slice token;
	size_t n = 0;
	while (slice_token(&line, " ", &token)) {
		uint64_t times = 1, v;
		if (token.n > 1 && token.p[0] == '"') {
			memcpy(bytes + n, token.p + 1, token.n - 2);
			n += token.n - 2;
			continue;
		}
		struct slice counted = token;
		if (slice_eat_u64(&counted, 10, &times) && slice_eat(&counted, "*"))
			token = counted;
		else
			times = 1;
		for (; times; times--)
			for (struct slice rest = token; rest.n; bytes[n++] = (uint8_t)v)
				if (!slice_eat_hex(&rest, 2, &v))
					fail_msg("%s:%u: no bytes: %.*s", name, line_number, (int)rest.n, rest.p);
	}
	edit->bytes = bytes;
	edit->len = n;
}

/* A table below sys/firmware/acpi/tables: what stands behind its header. */
static void read_table(struct one *one, struct slice head, struct slice line)
{
	struct slice signature;
	uint8_t header[36] = {0}, sum = 0;
	assert_true(slice_token(&head, " ", &signature) && signature.n == 4);
	struct edit *edit = edit_at(one, text_of(one, "sys/firmware/acpi/tables/", signature));
	memcpy(header, signature.p, 4);
	header[8] = (uint8_t)number(&head);
	read_bytes(one, edit, line);
	uint8_t *bytes = (uint8_t *)(uintptr_t)edit->bytes;
	memmove(bytes + sizeof(header), bytes, edit->len);
	edit->len += sizeof(header);
	header[4] = (uint8_t)edit->len;
	header[5] = (uint8_t)(edit->len >> 8);
	memcpy(bytes, header, sizeof(header));
	for (size_t i = 0; i < edit->len; i++)
		sum = (uint8_t)(sum + bytes[i]);
	bytes[9] = (uint8_t)-sum;
}

/* Registers of a function that stands on the healthy host. */
static void read_register(struct one *one, struct slice line)
{
	static const char *const spaces[SPACES] = {[PORT_SPACE] = "port ", [PF_SPACE] = "pf ", [VF0_SPACE] = "vf0 ", [VF1_SPACE] = "vf1 "};
	enum space_at space = PORT_SPACE;
	while (space < SPACES && !slice_eat(&line, spaces[space]))
		space++;
	assert_true(space < SPACES && one->n < EDITS);
	struct edit *edit = &one->edits[one->n++];
	*edit = (struct edit){.space = space};
	bool cut = slice_eat(&line, "cut ");
	edit->at = (unsigned)number(&line);
	edit->size = cut ? CUT : (unsigned)number(&line);
	edit->value = cut ? 0 : (uint32_t)number(&line);
}

/* One more function. */
static void read_function(struct one *one, struct slice line)
{
	static const struct {
		const char *word;
		int type; /* Device/Port Type */
	} bridges[] = {{"root ", 4}, {"up ", 5}, {"down ", 6}, {"bridge ", -1}};
	struct slice word;
	assert_true(slice_token(&line, " ", &word));
	struct edit *edit = edit_at(one, text_of(one, "", word));
	if (!edit->bytes) {
		edit->bytes = own(one, calloc(1, sizeof(struct space)));
		edit->len = 4096;
	}
	struct space *space = (struct space *)(uintptr_t)edit->bytes;
	slice_eat_space(&line);
	for (size_t i = 0; i < ARRAY_SIZE(bridges); i++) {
		if (!slice_eat(&line, bridges[i].word))
			continue;
		unsigned primary = (unsigned)number(&line), secondary = (unsigned)number(&line), last = (unsigned)number(&line);
		space_port(space, primary, secondary, last, 1);
		put16(space, 0x42, 2 | (unsigned)bridges[i].type << 4);
		if (bridges[i].type < 0)
			space->b[0x34] = 0;
		return;
	}
	bool express = slice_eat(&line, "end ");
	if (express || slice_eat(&line, "plain ")) {
		unsigned vendor = (unsigned)number(&line), device = (unsigned)number(&line), class = (unsigned)number(&line);
		space_header(space, vendor, device, class, 0);
		if (express)
			space_express(space, 0);
	} else if (slice_eat(&line, "cut ")) {
		edit->len = (size_t)number(&line);
	} else if (slice_eat(&line, "ext ")) {
		unsigned at = (unsigned)number(&line);
		space_ext(space, at, (unsigned)number(&line));
	} else if (slice_eat(&line, "sriov ")) {
		unsigned at = (unsigned)number(&line), total = (unsigned)number(&line), num = (unsigned)number(&line), offset = (unsigned)number(&line);
		space_sriov(space, at, total, num, offset, (unsigned)number(&line));
	} else {
		unsigned at = (unsigned)number(&line), size = (unsigned)number(&line);
		uint64_t value = number(&line);
		for (unsigned i = 0; i < size; i++)
			space->b[at + i] = (uint8_t)(value >> 8 * i);
	}
}

static void read_change(struct one *one, struct slice line)
{
	struct slice path, rest = line, table = line;
	if (slice_until(&table, " acpi ", &path) && !slice_has(path, ":")) {
		read_table(one, path, table);
	} else if (slice_eat(&line, "%")) {
		read_register(one, line);
	} else if (slice_eat(&line, "+")) {
		read_function(one, line);
	} else if (!slice_has(line, ": ") && (slice_ends(line, " gone") || slice_ends(line, " denied") || slice_ends(line, " redacted"))) {
		const char *state = slice_ends(line, " gone") ? GONE : slice_ends(line, " denied") ? DENIED : REDACTED;
		while (line.p[--line.n] != ' ')
			;
		edit_at(one, path_of(one, line))->text = state;
	} else if (slice_until(&rest, ": ", &path)) {
		bool log = slice_is(path, "log");
		path = log ? SLICE("dmesg") : slice_is(path, "said") ? SLICE("transcript") : path;
		struct edit *edit = edit_at(one, path_of(one, path));
		char *text = text_of(one, edit->text ? edit->text : "", log ? SLICE("[    9.0] ") : SLICE(""));
		text = text_of(one, text, rest);
		if (line.p[0] != '@')
			strcat(text, "\n");
		edit->text = text;
	} else if (slice_until(&rest, " = ", &path)) {
		read_bytes(one, edit_at(one, path_of(one, path)), rest);
	} else {
		fail_msg("%s:%u: %.*s", name, line_number, (int)line.n, line.p);
	}
}

static void read_head(struct one *one, struct slice line)
{
	static const char *const hosts[] = {[IN_USE] = "two VFs", [IDLE] = "no VFs", [NOTHING] = "nothing"};
	struct slice word;
	*one = (struct one){.host = NOTHING};
	while (slice_token(&line, ",", &word)) {
		uint64_t n;
		word = slice_trim(word);
		for (size_t i = 0; i < ARRAY_SIZE(hosts); i++)
			if (slice_is(word, hosts[i]))
				one->host = (enum host_state)i;
		one->memory |= slice_is(word, "memory");
		one->told |= slice_is(word, "sizes");
		one->plans |= slice_is(word, "plans");
		one->rules |= slice_is(word, "rules");
		if (slice_eat(&word, "assume ")) {
			one->plans = true;
			if (assume_parse(&one->assume, text_of(one, "", word)))
				fail_msg("%s:%u: %.*s", name, line_number, (int)word.n, word.p);
		}
		if (slice_eat(&word, "view "))
			one->has_view = addr_eat(&word, &one->view);
		if (slice_is(word, "hyperv"))
			one->ask.profile = PROFILE_HYPERV;
		if (slice_eat(&word, "goal ")) {
			one->ask.goal_given = true;
			one->ask.goal = slice_is(word, "host") ? GOAL_HOST : slice_is(word, "guest") ? GOAL_GUEST : GOAL_ASSIGN;
		}
		if (slice_eat_u64(&word, 10, &n)) {
			one->ask.has_vfs = true;
			one->ask.vfs = n;
		}
	}
}

static const char *span(char buf[64], struct range range)
{
	snprintf(buf, 64, "%llx-%llx", (unsigned long long)range.start, (unsigned long long)range.end);
	return range_empty(range) ? "none" : buf;
}

static void print_plan(FILE *to, const struct plan *plan)
{
	char addr[ADDR_TEXT], buf[64], buf2[64], buf3[64];
	fprintf(to, "  plan %s: %s, %s, finding %s; at most %lld by %s%s%s\n", addr_text(&plan->fn->addr, addr), plan->outcome ? plan->outcome : "-", plan->why ? plan->why : "-",
		plan->finding ? plan->finding : "-", plan->max_known ? (long long)plan->max_vfs : -1, plan->limited_by ? plan->limited_by : "-",
		plan->driver_may_refuse ? "; the driver may refuse: " : "", plan->driver_may_refuse && plan->driver_note ? plan->driver_note : "");
	for (size_t i = 0; i < plan->thresholds_n; i++)
		fprintf(to, "    from %llu: %s, %s\n", (unsigned long long)plan->thresholds[i].vfs, plan->thresholds[i].limit, plan->thresholds[i].remedy ? plan->thresholds[i].remedy : "-");
	for (size_t i = 0; i < plan->windows_n; i++)
		fprintf(to, "    window %s %s %s used %llx free %llx needed %llx lacks %llx grown %llx\n", plan->windows[i].port ? addr_text(&plan->windows[i].port->addr, addr) : "root",
			plan->windows[i].kind, span(buf, plan->windows[i].range), (unsigned long long)plan->windows[i].used, (unsigned long long)plan->windows[i].free,
			(unsigned long long)plan->windows[i].needed, (unsigned long long)plan->windows[i].lacks, (unsigned long long)plan->windows[i].grown);
	if (plan->buses_known)
		fprintf(to, "    buses: have %s need %s reservable %s spare %lld; %s\n", span(buf, plan->buses_have), span(buf2, plan->buses_need), span(buf3, plan->buses_reservable),
			plan->buses_spare_known ? (long long)plan->buses_spare : -1, plan->buses_why ? plan->buses_why : "-");
	for (size_t i = 0; i < plan->routings_n; i++)
		fprintf(to, "    routing ari %d%s: %s, %s; offset %llu stride %llu, %llu VFs, reached %lld\n", (int)plan->routings[i].ari, plan->routings[i].current ? " now" : "",
			plan->routings[i].how ? plan->routings[i].how : "-", plan->routings[i].why ? plan->routings[i].why : "-", (unsigned long long)plan->routings[i].offset,
			(unsigned long long)plan->routings[i].stride, (unsigned long long)plan->routings[i].vfs, plan->routings[i].reached_known ? (long long)plan->routings[i].reached : -1);
	for (size_t i = 0; i < plan->memory_n; i++)
		fprintf(to, "    VF BAR%u: %llx by %s, total %llx asked %llx, %s in %s\n", plan->memory[i].index, (unsigned long long)plan->memory[i].size,
			plan->memory[i].size_from ? plan->memory[i].size_from : "-", (unsigned long long)plan->memory[i].total, (unsigned long long)plan->memory[i].asked,
			plan->memory[i].class ? plan->memory[i].class : "-", plan->memory[i].window ? plan->memory[i].window : "-");
	for (size_t i = 0; i < plan->remedies_n; i++)
		fprintf(to, "    remedy %s of %s: %s (%lld to %lld)\n", plan->remedies[i].kind, plan->remedies[i].limit, plan->remedies[i].text, (long long)plan->remedies[i].before,
			plan->remedies[i].gain ? (long long)plan->remedies[i].after : -1);
}

static void print_rules(FILE *to, const struct report *report)
{
	for (size_t i = 0; i < report->rules_n; i++) {
		const struct rule_result *r = &report->rules[i];
		char addr[ADDR_TEXT];
		if (r->state != FINDING_PASS)
			fprintf(to, "  rule %s %s %s: %s, expected %s; %s\n", r->id, addr_text(&r->subject, addr), finding_state_name(r->state), r->found ? r->found : "-",
				r->expected ? r->expected : "-", r->state == FINDING_FAIL ? severity_name(r->severity) : r->why ? r->why : "-");
	}
}

static unsigned unproven; /* verdicts without evidence */

static char *describe(const struct one *one, const struct edit *edits, size_t n)
{
	struct machine m;
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	viewed = n && one->has_view ? &one->view : NULL;
	sizes_told = one->told;
	build(one->host, &m, edits, n, one->ask);
	viewed = NULL;
	bool findings = !one->plans && !one->rules;
	for (size_t i = 0; i < m.report.findings_n; i++)
		if (m.report.findings[i]->state == FINDING_FAIL && !m.report.findings[i]->evidence_n) {
			print_error("%s:%u: in the case that ends here, a verdict without evidence: %s\n", name, line_number, m.report.findings[i]->id);
			unproven++;
		}
	if (findings)
		print_report(to, &m.report, NULL);
	if (one->plans) {
		for (size_t i = 0; i < m.model->fns_n; i++) {
			struct plan plan;
			if (m.model->fns[i].role != ROLE_PF)
				continue;
			assert_int_equal(plan_pf(m.model, &m.model->fns[i], &one->assume, one->ask.has_vfs, one->ask.vfs, &m.report.arena, &plan), 0);
			print_plan(to, &plan);
		}
	}
	if (one->rules) {
		assert_int_equal(rule_judge(m.model, &(struct rule_selection){0}, &(struct waivers){0}, &m.report), 0);
		print_rules(to, &m.report);
	}
	for (size_t i = 0; i < m.report.settings_n && findings; i++)
		fprintf(to, "  setting %s: wanted %s, found %s, %s, %s\n", m.report.settings[i].name, m.report.settings[i].wanted, m.report.settings[i].found,
			m.report.settings[i].how, m.report.settings[i].where);
	assert_int_equal(fclose(to), 0);
	end(&m);
	return text;
}

/* Whichever allocation fails: the model, then the checks, end in an error and nothing else. */
static void without_memory(const struct one *one)
{
	struct machine m;
	struct model *model = NULL;
	bool failed = true;
	build(one->host, &m, one->edits, one->n, one->ask);
	for (size_t n = 0; failed; n++) {
		failing_arm_at(n);
		int err = model_new(m.snap, &model);
		failed = failing_disarm();
		if (err != (failed ? -ENOMEM : 0))
			failing_tell();
		assert_int_equal(err, failed ? -ENOMEM : 0);
		if (!err)
			model_free(model);
	}
	failed = true;
	for (size_t n = 0; failed; n++) {
		struct report report = {.tool = "sriov-check", .model = m.model};
		failing_arm_at(n);
		int err = check_run(m.model, &one->ask, &report);
		failed = failing_disarm();
		if (err != (failed ? -ENOMEM : 0))
			failing_tell();
		assert_int_equal(err, failed ? -ENOMEM : 0);
		report_clear(&report);
	}
	end(&m);
}

static void finish(struct text *text, struct one *one)
{
	struct one plain = {.host = one->host, .plans = one->plans, .rules = one->rules};
	char *before = describe(&plain, NULL, 0), *now = describe(one, one->edits, one->n);
	text_changes(text, before, now);
	fprintf(text->to, "\n");
	free(before);
	free(now);
	if (one->memory)
		without_memory(one);
	for (size_t i = 0; i < one->owned_n; i++)
		free(one->owned[i]);
}

static void test_cases(void **state)
{
	name = *state;
	char path[4096];
	size_t n = 0;
	snprintf(path, sizeof(path), "%s/tests/unit/cases/%s.txt", SRCDIR, name);
	char *all = read_file(path, &n);
	assert_non_null(all);
	struct slice rest = {all, n}, line;
	struct text text;
	struct one *one = calloc(1, sizeof(*one));
	bool open = false;
	assert_non_null(one);
	text_begin(&text);
	for (line_number = 1; slice_line(&rest, &line); line_number++) {
		if (!line.n || line.p[0] == '#')
			continue;
		if (slice_eat(&line, "* ")) {
			if (open)
				finish(&text, one);
			open = true;
			read_head(one, line);
			fprintf(text.to, "* %.*s\n", (int)line.n, line.p);
		} else {
			assert_true(open);
			fprintf(text.to, "%.*s\n", (int)line.n, line.p);
			read_change(one, line);
		}
	}
	if (open)
		finish(&text, one);
	free(one);
	free(all);
	text_expect(&text, name);
	assert_int_equal(unproven, 0);
}

/* What is said of a host one of whose configuration spaces ends early: verdict, findings, broken rules, plan. */
static char *told_of_cut(enum host_state host, enum space_at space, unsigned len)
{
	const struct edit edits[] = {
		{.space = PF_SPACE, .at = 0x184, .size = 4, .value = 0xfe00000c}, {.space = PORT_SPACE, .at = 0x20, .size = 4, .value = 0xfe90fe80},
		{.space = PORT_SPACE, .at = 0x24, .size = 4, .value = 0xfe11fe01}, {.space = PF_SPACE, .at = 0x162, .size = 2, .value = 0x2001},
		{.space = PF_SPACE, .at = 0x200, .size = 4, .value = 0x22010024}, {.space = PF_SPACE, .at = 0x204, .size = 4, .value = 0x000000f0},
		{.space = PF_SPACE, .at = 0x208, .size = 4, .value = 0x00000220}, {.space = PF_SPACE, .at = 0x220, .size = 4, .value = 0x0001000f},
		{.space = PF_SPACE, .at = 0x226, .size = 2, .value = 0x8000}, {.space = VF0_SPACE, .at = 0x100, .size = 4, .value = 0x1201000f},
		{.space = VF0_SPACE, .at = 0x106, .size = 2, .value = 0x8003}, {.space = VF0_SPACE, .at = 0x120, .size = 4, .value = 0x0001000d},
		{.space = space, .at = len, .size = CUT},
	};
	struct machine m;
	struct plan plan;
	char *text;
	size_t size;
	const struct sriov_addr pf = {0, 1, 0, 0};
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	build(host, &m, edits, ARRAY_SIZE(edits), (struct ask){0});
	fprintf(to, "%s\n", verdict_name(m.report.verdict));
	for (size_t i = 0; i < m.report.findings_n; i++)
		fprintf(to, "%s %s\n", m.report.findings[i]->id, finding_state_name(m.report.findings[i]->state));
	assert_int_equal(rule_judge(m.model, &(struct rule_selection){0}, &(struct waivers){0}, &m.report), 0);
	for (size_t i = 0; i < m.report.rules_n; i++)
		if (m.report.rules[i].state == FINDING_FAIL)
			fprintf(to, "rule %s\n", m.report.rules[i].id);
	const struct fn *fn = model_find(m.model, &pf);
	if (fn && fn->role == ROLE_PF) {
		assert_int_equal(plan_pf(m.model, fn, &(struct assume){0}, true, 4, &m.report.arena, &plan), 0);
		fprintf(to, "plan %s at most %lld by %s\n", plan.outcome, plan.max_known ? (long long)plan.max_vfs : -1, plan.limited_by ? plan.limited_by : "-");
	}
	assert_int_equal(fclose(to), 0);
	end(&m);
	return text;
}

static void test_cuts(void **state)
{
	static const char *const names[SPACES] = {[PORT_SPACE] = "port", [PF_SPACE] = "PF", [VF0_SPACE] = "VF 0"};
	struct text text;
	(void)state;
	text_begin(&text);
	for (enum host_state host = IN_USE; host <= IDLE; host++)
		for (enum space_at space = PORT_SPACE; space <= (host == IDLE ? PF_SPACE : VF0_SPACE); space++) {
			char *before = told_of_cut(host, space, 4096);
			fprintf(text.to, "%s, %s:\n%s", host == IDLE ? "no VFs" : "two VFs", names[space], before);
			for (unsigned len = 0x240; len; len -= 2) {
				char *now = told_of_cut(host, space, len);
				if (strcmp(before, now) != 0)
					fprintf(text.to, "cut at 0x%03x\n", len);
				text_changes(&text, before, now);
				free(before);
				before = now;
			}
			free(before);
		}
	text_expect(&text, "check-cuts");
}

#define CASES(file) {.name = file, .test_func = test_cases, .initial_state = (void *)(uintptr_t)file}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASES("check-space"), CASES("check-driver"), CASES("check-isolation"), CASES("check-guest"), CASES("check-texts"), CASES("plans"), CASES("rules"), cmocka_unit_test(test_cuts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
