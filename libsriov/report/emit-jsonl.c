/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of JSON a thing, for fleets: the host, each PF, each finding, rule and change. A line stands alone: it repeats its
 * source and its type, so lines of many hosts go into one table.
 */
#include "emit-json.h"
#include "emit-text.h"
#include "emitters.h"

static void member(struct sink *out, const char *name, const char *text)
{
	if (!text)
		return;
	sink_printf(out, ", \"%s\": ", name);
	json_string(out, slice_of(text));
}

static void begin(const struct report *report, const char *type, struct sink *out)
{
	const char *name = report->model->snap->name;
	sink_printf(out, "{\"type\": \"%s\"", type);
	member(out, "source", name && *name ? name : "/");
}

/* The members of what is walked, behind those that are there. */
static void rest(struct sink *out, void (*walk)(const void *thing, struct walker *w), const void *thing)
{
	struct json_writer json;
	json_writer_init(&json, out, true);
	json.inside = true;
	walk(thing, &json.walker);
	sink_putc(out, '\n');
}

static void one_finding(const void *thing, struct walker *w) { walk_finding(thing, w); }
static void one_rule(const void *thing, struct walker *w) { walk_rule(thing, w); }
static void one_change(const void *thing, struct walker *w) { walk_change(thing, w); }

static void host(const struct report *report, struct sink *out)
{
	const struct host *h = &report->model->host;
	begin(report, "host", out);
	member(out, "tool", report->tool);
	if (report->verdict != VERDICT_NONE) {
		member(out, "goal", goal_name(report->goal));
		member(out, "verdict", verdict_name(report->verdict));
	}
	member(out, "answer", report_answer(report));
	member(out, "kind", host_kind_name(h->kind));
	member(out, "kernel", h->kernel);
	member(out, "arch", h->arch);
	member(out, "system", h->product);
	member(out, "iommu", h->iommu == TRI_YES ? "on" : h->iommu == TRI_NO ? "off" : "unknown");
	sink_printf(out, ", \"functions\": %zu, \"ladders\": %zu, \"findings\": %zu}\n", report->model->fns_n, report->ladders_n, report->findings_n);
}

static void fact(struct sink *out, const char *name, const struct fact *f)
{
	if (known(f))
		sink_printf(out, ", \"%s\": %llu", name, (unsigned long long)f->v);
}

static void id(struct sink *out, const char *name, const struct fact *f, int digits)
{
	if (known(f))
		sink_printf(out, ", \"%s\": \"%0*llx\"", name, digits, (unsigned long long)f->v);
}

static void function(const struct fn *fn, struct sink *out)
{
	char buf[24];
	member(out, "address", addr_of(fn, buf));
	id(out, "vendor", &fn->vendor, 4);
	id(out, "device", &fn->device, 4);
	id(out, "class", &fn->class, 6);
	member(out, "driver", fn->driver);
	member(out, "interface", fn->netdev);
	if (!fn->pf)
		return;
	fact(out, "total-vfs", known(&fn->pf->total_vfs) ? &fn->pf->total_vfs : &fn->pf->sysfs_total);
	fact(out, "num-vfs", known(&fn->pf->num_vfs) ? &fn->pf->num_vfs : &fn->pf->sysfs_num);
	sink_printf(out, ", \"vfs-found\": %zu", fn->pf->vfs_exist);
}

static void ladder(const struct ladder *l, struct sink *out)
{
	unsigned from = l->fn ? 0 : RUNGS_HOST, to = l->fn ? RUNGS_HOST : RUNG_COUNT;
	member(out, "reached", l->reached < 0 ? "none" : rung_name((enum rung)l->reached));
	sink_printf(out, ", \"counts\": %s, \"rungs\": {", l->counts ? "true" : "false");
	for (unsigned i = from; i < to; i++)
		sink_printf(out, "%s\"%s\": \"%s\"", i > from ? ", " : "", rung_name((enum rung)i), finding_state_name(l->rungs[i]));
	sink_putc(out, '}');
}

static void plan(const struct plan *p, struct sink *out)
{
	if (p->asked)
		sink_printf(out, ", \"vfs\": %llu", (unsigned long long)p->vfs);
	member(out, "outcome", p->outcome);
	if (p->max_known)
		sink_printf(out, ", \"max-vfs\": %llu", (unsigned long long)p->max_vfs);
	member(out, "limited-by", p->limited_by);
}

static void pfs(const struct report *report, struct sink *out)
{
	size_t next = 0; /* plans stand in the order of the ladders */
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *l = &report->ladders[i];
		begin(report, l->fn ? "pf" : "guest", out);
		if (l->fn)
			function(l->fn, out);
		ladder(l, out);
		if (l->fn && next < report->plans_n && report->plans[next].fn == l->fn)
			plan(&report->plans[next++], out);
		sink_puts(out, "}\n");
	}
	/* a dump has no ladders */
	for (size_t i = 0; i < report->view_n && !report->ladders_n; i++) {
		if (!report->view[i]->pf)
			continue;
		begin(report, "pf", out);
		function(report->view[i], out);
		sink_puts(out, "}\n");
	}
}

int emit_jsonl(const struct report *const *reports, size_t n, struct sink *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct report *r = reports[i];
		host(r, out);
		pfs(r, out);
		for (size_t k = 0; k < r->findings_n; k++) {
			begin(r, "finding", out);
			rest(out, one_finding, r->findings[k]);
		}
		for (size_t k = 0; k < r->rules_n; k++) {
			begin(r, "rule", out);
			rest(out, one_rule, &r->rules[k]);
		}
		for (size_t k = 0; k < r->changes_n; k++) {
			begin(r, "change", out);
			rest(out, one_change, &r->changes[k]);
		}
	}
	return out->err;
}
