/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which rules run on which functions, and what becomes of what they say. */
#include <string.h>

#include "rule/rule.h"

/* Passes and rules that do not apply are kept up to this many (a dump may hold a million functions), then counted; broken rules always. */
#define QUIET_MAX 500000
#define FOUND_ENOUGH 400 /* bytes of what one rule says of a function */

static bool keeps_quiet(const struct report *report)
{
	return !report->broken_only && report->rules_n < QUIET_MAX;
}

static const char *cat(struct rule_run *run, const char *a, const char *b)
{
	const char *text = arena_printf(&run->report->arena, "%s; %s", a, b);
	if (!text)
		run->err = -ENOMEM;
	return text;
}

void rule_fail(struct rule_run *run, const char *expected, const char *format, ...)
{
	if (run->state == FINDING_FAIL && (!run->found || strlen(run->found) >= FOUND_ENOUGH))
		return; /* lists made to be wrong are wrong a thousand times */
	const char *found = format; /* which is a literal */
	if (strchr(format, '%')) {
		va_list args;
		va_start(args, format);
		found = arena_vprintf(&run->report->arena, format, args);
		va_end(args);
	}
	if (!found)
		run->err = -ENOMEM;
	else
		run->found = run->state == FINDING_FAIL ? cat(run, run->found, found) : found;
	run->state = FINDING_FAIL;
	run->expected = expected;
}

void rule_lower(struct rule_run *run, enum severity severity)
{
	if (severity < run->severity)
		run->severity = severity;
}

void rule_skip(struct rule_run *run, const char *why, ...)
{
	if (run->state == FINDING_FAIL)
		return;
	run->state = FINDING_NOTAPPLICABLE;
	run->found = why;
	if (!strchr(why, '%') || !keeps_quiet(run->report))
		return;
	va_list args;
	va_start(args, why);
	run->found = arena_vprintf(&run->report->arena, why, args);
	va_end(args);
	if (!run->found)
		run->err = -ENOMEM;
}

const char *rule_text(struct rule_run *run, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(&run->report->arena, format, args);
	va_end(args);
	if (!text)
		run->err = -ENOMEM;
	return text ? text : "";
}

/* By the name that is one text wherever it stands, so its address tells it: a table of fields need not be searched for each function. */
static const struct field *field_of(struct rule_run *run, const struct cap_desc *desc, const char *name)
{
	struct rule_field_found *found = &run->memory->fields[((uintptr_t)name ^ (uintptr_t)desc << 3) * UINT64_C(0x9e3779b97f4a7c15) >> 56];
	if (found->name != name || found->desc != desc)
		*found = (struct rule_field_found){desc, name, field_find(desc, name)};
	return found->field;
}

const struct cap *rule_cap(const struct rule_run *run, enum cap_space space, uint16_t id)
{
	if (id >= RULE_CAPS)
		return fn_cap(run->fn, space, id);
	uint16_t at = run->caps[space == CAP_EXTENDED][id];
	return at ? &run->fn->caps[at - 1] : NULL;
}

bool rule_field(struct rule_run *run, enum cap_space space, uint16_t id, const char *name, uint64_t *value)
{
	const struct cap *at = rule_cap(run, space, id);
	const struct field *field = at && at->desc ? field_of(run, at->desc, name) : NULL;
	int err = field ? field_get(field, &at->bytes, 0, value) : -ENOENT;
	if (err) {
		const char *cap = err == -ENOENT && keeps_quiet(run->report) ? cap_id_name(space, id) : NULL;
		rule_skip(run, err == -ENOENT ? "no %s" : "%s was not read", err != -ENOENT ? name : cap ? cap : "such capability");
	}
	return !err;
}

bool rule_known(struct rule_run *run, const struct fact *fact, const char *what)
{
	if (!known(fact))
		rule_skip(run, "%s is not known", what);
	return known(fact);
}

uint64_t rule_enabled_vfs(const struct pf *pf)
{
	return known_as(&pf->vf_enable, 1) && known(&pf->num_vfs) ? pf->num_vfs.v : 0;
}

/* A PF claims the routing IDs of its enabled VFs; before it come all PFs in front of it. */
static void claim(struct rule_memory *memory, const struct fn *fn)
{
	if (!fn->pf || fn->role == ROLE_VF)
		return;
	uint64_t n = rule_enabled_vfs(fn->pf);
	for (size_t v = 0; v < fn->pf->vfs_n && v < n; v++) {
		uint64_t *owner = &memory->owners[addr_rid(&fn->pf->vfs[v].addr)];
		if (fn->pf->vfs[v].in_segment && *owner >> 16 != memory->segment)
			*owner = memory->segment << 16 | addr_rid(&fn->addr);
	}
}

static void claim_all(struct rule_run *run)
{
	const struct model *m = run->model;
	const struct sriov_addr first = {.domain = run->memory->domain};
	for (size_t i = model_lower(m, &first); i < m->fns_n && m->fns[i].addr.domain == first.domain; i++)
		claim(run->memory, &m->fns[i]);
	run->memory->claimed = true;
}

bool rule_owner(struct rule_run *run, unsigned rid, struct sriov_addr *owner)
{
	const struct rule_memory *memory = run->memory;
	if (!memory->claimed)
		claim_all(run);
	uint64_t by = memory->owners[rid & 0xffff];
	*owner = addr_of_rid(memory->domain, by & 0xffff);
	return by >> 16 == memory->segment;
}

const struct fn *rule_lowest_pf(struct rule_run *run)
{
	const struct fn *pf_fn = run->pf_fn, *first = run->first_pf;
	/* with ARI, and behind a port, all functions of a bus are one device; on a root bus a device is a device */
	if (first && first <= pf_fn && addr_same_bus(&first->addr, &pf_fn->addr) && !pf_fn->on_root_bus)
		return first;
	const struct fn *lowest = pf_fn;
	for (const struct fn *fn = lowest; fn > run->model->fns;) {
		fn--;
		if (!addr_same_bus(&fn->addr, &lowest->addr) || (pf_fn->on_root_bus && fn->addr.device != lowest->addr.device))
			break;
		if (fn->role == ROLE_PF && fn->pf && fn->pf->offset)
			lowest = fn;
	}
	if (lowest->role == ROLE_PF)
		run->first_pf = lowest;
	return lowest;
}

/* A PF whose SR-IOV capability reads all ones or all zeros: R40 says so, every other rule would repeat it. */
static bool unreadable(const struct fn *fn)
{
	uint64_t all = 0, none = 0;
	for (size_t at = 4; at < 0x40; at += 4) {
		uint32_t v;
		if (bytes_u32(&fn->pf->cap, at, &v))
			return false;
		all += v == UINT32_MAX;
		none += v == 0;
	}
	return all == 15 || none == 15;
}

/* A VF whose PF is not in the dump: its ids read all ones, and it answers. */
static bool lone_vf(const struct fn *fn)
{
	uint32_t ids = 0;
	uint16_t status = 0xffff;
	uint8_t header = 0xff;
	const struct bytes *view = &fn->config->view;
	return fn->role != ROLE_VF && !fn->pf && !bytes_u32(view, 0, &ids) && !bytes_u16(view, 6, &status) && !bytes_u8(view, 0xe, &header) &&
	       ids == UINT32_MAX && status != 0xffff && header != 0xff;
}

static void scopes_of(const struct fn *fn, bool in[RULE_SCOPES])
{
	in[RULE_FN] = fn->config != NULL;
	in[RULE_PF] = fn->pf && fn->pf->offset && fn->role != ROLE_VF;
	in[RULE_VF] = fn->config && ((fn->role == ROLE_VF && fn->pf_fn) || lone_vf(fn));
	in[RULE_BRIDGE] = fn->bridge && fn->config;
}

static void caps_of(struct rule_run *run)
{
	memset(run->caps, 0, sizeof(run->caps));
	for (size_t i = run->fn->caps_n; i--;) {
		const struct cap_at *at = &run->fn->caps[i].at;
		if (at->id < RULE_CAPS)
			run->caps[at->space == CAP_EXTENDED][at->id] = (uint16_t)(i + 1);
	}
}

static bool listed(const char *const *ids, const char *id)
{
	for (; ids && *ids; ids++)
		if (!strcmp(*ids, id))
			return true;
	return false;
}

static int keep(struct rule_run *run, const struct waivers *waivers)
{
	struct report *report = run->report;
	if (run->state != FINDING_FAIL && !keeps_quiet(report)) {
		report->rules_passed += run->state == FINDING_PASS;
		report->rules_skipped += run->state != FINDING_PASS;
		return 0;
	}
	struct rule_result *result = report_rule(report);
	if (!result)
		return -ENOMEM;
	*result = (struct rule_result){
		.id = run->rule->id, .subject = run->fn->addr, .severity = run->severity, .state = run->state, .found = run->found, .expected = run->expected,
		.why = run->rule->why, .spec = run->rule->spec, .title = run->rule->title,
		.waived = run->state == FINDING_FAIL && waivers ? waivers_find(waivers, run->rule->id, run->fn) : NULL,
	};
	return 0;
}

static int judge_fn(struct rule_run *run, const struct rule_selection *selection, const struct waivers *waivers)
{
	const struct fn *fn = run->fn;
	bool blank = fn->role != ROLE_VF && fn->pf && fn->pf->offset && unreadable(fn);
	bool in[RULE_SCOPES];
	run->pf_fn = fn->role == ROLE_VF ? fn->pf_fn : fn->pf ? fn : NULL;
	run->pf = run->pf_fn ? run->pf_fn->pf : NULL;
	scopes_of(fn, in);
	caps_of(run);
	for (size_t i = 0; i < run->memory->chosen_n; i++) {
		run->rule = run->memory->chosen[i];
		if (!in[run->rule->scope])
			continue;
		run->state = FINDING_PASS;
		run->severity = run->rule->severity;
		run->found = run->expected = NULL;
		if (run->rule->needs_address && selection->no_address)
			rule_skip(run, "the function's address is not known: give it with --at");
		else if (blank && run->rule->scope == RULE_PF)
			rule_skip(run, "the SR-IOV capability was not readable (R40)");
		else
			run->rule->run(run);
		int err = run->err ? run->err : keep(run, waivers);
		if (err)
			return err;
	}
	return 0;
}

static int memory_begin(struct rule_memory *memory, const struct rule_selection *selection)
{
	if (memory->owners)
		return 0;
	memory->owners = arena_array(&memory->arena, 65536, sizeof(*memory->owners));
	memory->chosen = arena_array(&memory->arena, rules_n, sizeof(const struct rule *));
	if (!memory->owners || !memory->chosen)
		return -ENOMEM;
	for (size_t i = 0; i < rules_n; i++)
		if ((!selection->only || listed(selection->only, rules[i].id)) && !listed(selection->no, rules[i].id))
			memory->chosen[memory->chosen_n++] = &rules[i];
	return 0;
}

void rule_memory_free(struct rule_memory *memory)
{
	arena_free(&memory->arena);
}

static void segment_of(struct rule_memory *memory, const struct fn *fn)
{
	if (memory->segment && memory->domain == fn->addr.domain)
		return;
	memory->segment++;
	memory->domain = fn->addr.domain;
	memory->claimed = false;
}

static int judge(struct rule_run *run, const struct rule_selection *selection, const struct waivers *waivers)
{
	const struct fn *const *view = run->report->view;
	size_t n = view ? run->report->view_n : run->model->fns_n;
	int err = 0;
	/* a part's PFs are all in view, and are all of the segment but those in front, which were asked with their parts */
	for (size_t i = 0; selection->memory && view && i < n; i++) {
		segment_of(run->memory, view[i]);
		claim(run->memory, view[i]);
		run->memory->claimed = true;
	}
	for (size_t i = 0; i < n && !err; i++) {
		run->fn = view ? view[i] : &run->model->fns[i];
		segment_of(run->memory, run->fn);
		err = judge_fn(run, selection, waivers);
	}
	return err;
}

int rule_judge(const struct model *model, const struct rule_selection *selection, const struct waivers *waivers, struct report *report)
{
	struct rule_memory own = {0}, *memory = selection->memory ? selection->memory : &own;
	struct rule_run run = {.model = model, .report = report, .memory = memory, .alone = model->fns_n == 1 && !selection->memory};
	int err = memory_begin(memory, selection);
	err = err ? err : judge(&run, selection, waivers);
	rule_memory_free(&own);
	return err;
}
