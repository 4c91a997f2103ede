/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For node_exporter's textfile collector: verdicts, ladders, findings; not the counts of VFs, which node_exporter has. Labels are those of its
 * pcidevice collector, so that both can be joined. No timestamps (the file would be skipped), no sample twice.
 */
#include <errno.h>
#include <stdlib.h>
#include "clean.h"
#include "emitters.h"

static void head(struct sink *out, const char *name, const char *help)
{
	sink_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* {source="…",segment="0000",bus="01",device="00",function="0" — the caller adds labels and the closing brace. */
static void labels(struct sink *out, const char *name, const struct report *r, bool several, const struct fn *fn, bool place)
{
	const char *source = r->model->snap->name, *sep = "";
	sink_puts(out, name);
	sink_putc(out, '{');
	if (several) {
		sink_puts(out, "source=\"");
		clean_puts(out, CLEAN_LABEL, source && *source ? source : "/");
		sink_putc(out, '"');
		sep = ",";
	}
	if (fn)
		sink_printf(out, "%ssegment=\"%04x\",bus=\"%02x\",device=\"%02x\",function=\"%x\"", sep, (unsigned)fn->addr.domain, fn->addr.bus,
			    fn->addr.device, fn->addr.function);
	else if (place)
		sink_printf(out, "%ssegment=\"\",bus=\"\",device=\"\",function=\"\"", sep);
}

static void verdicts(const struct report *const *reports, size_t n, struct sink *out)
{
	static const enum verdict all[] = {VERDICT_READY, VERDICT_BLOCKED, VERDICT_UNKNOWN};
	head(out, "sriov_verdict", "Whether the host reaches the goal: 1 for the verdict that holds.");
	for (size_t i = 0; i < n; i++)
		for (size_t v = 0; v < ARRAY_SIZE(all) && reports[i]->verdict != VERDICT_NONE; v++) {
			labels(out, "sriov_verdict", reports[i], n > 1, NULL, false);
			sink_printf(out, "%sgoal=\"%s\",verdict=\"%s\"} %d\n", n > 1 ? "," : "", goal_name(reports[i]->goal), verdict_name(all[v]),
				    reports[i]->verdict == all[v]);
		}
}

static void ladders(const struct report *const *reports, size_t n, struct sink *out)
{
	head(out, "sriov_pf_rungs_reached", "How many rungs of the readiness ladder pass, counted from the lowest.");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->ladders_n; k++) {
			const struct ladder *l = &reports[i]->ladders[k];
			labels(out, "sriov_pf_rungs_reached", reports[i], n > 1, l->fn, true);
			sink_printf(out, "} %d\n", l->reached < 0 ? 0 : l->reached + 1 - (l->fn ? 0 : RUNGS_HOST));
		}
	head(out, "sriov_pf_rung", "A rung of the readiness ladder: 1 passes, 0 fails, -1 unknown.");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->ladders_n; k++) {
			const struct ladder *l = &reports[i]->ladders[k];
			unsigned from = l->fn ? 0 : RUNGS_HOST, to = l->fn ? RUNGS_HOST : RUNG_COUNT;
			for (unsigned r = from; r < to; r++) {
				enum finding_state state = l->rungs[r];
				if (state != FINDING_PASS && state != FINDING_FAIL && state != FINDING_UNKNOWN)
					continue;
				labels(out, "sriov_pf_rung", reports[i], n > 1, l->fn, true);
				sink_printf(out, ",rung=\"%s\"} %d\n", rung_name((enum rung)r), state == FINDING_PASS ? 1 : state == FINDING_FAIL ? 0 : -1);
			}
		}
	head(out, "sriov_pf_max_vfs", "How many VFs can be enabled as things stand.");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->plans_n; k++) {
			const struct plan *p = &reports[i]->plans[k];
			if (!p->max_known || !p->fn)
				continue;
			labels(out, "sriov_pf_max_vfs", reports[i], n > 1, p->fn, true);
			sink_printf(out, "} %llu\n", (unsigned long long)p->max_vfs);
		}
}

static int alike(const struct finding *x, const struct finding *y)
{
	int order = x->subject == y->subject ? 0 : !x->subject ? -1 : !y->subject ? 1 : addr_cmp(&x->subject->addr, &y->subject->addr);
	if (!order)
		order = strcmp(x->id, y->id);
	if (!order)
		order = (int)x->state - (int)y->state;
	if (!order)
		order = (int)x->severity - (int)y->severity;
	return order ? order : (int)x->role - (int)y->role;
}

static int by_labels(const void *a, const void *b)
{
	return alike(*(const struct finding *const *)a, *(const struct finding *const *)b);
}

static int findings(const struct report *r, bool several, struct sink *out)
{
	size_t n = 0;
	const struct finding **sorted = calloc(r->findings_n + 1, sizeof(const struct finding *));
	if (!sorted)
		return -ENOMEM;
	for (size_t i = 0; i < r->findings_n; i++)
		if (r->findings[i]->state == FINDING_FAIL || r->findings[i]->state == FINDING_UNKNOWN)
			sorted[n++] = r->findings[i];
	qsort(sorted, n, sizeof(const struct finding *), by_labels);
	for (size_t i = 0, next; i < n; i = next) {
		const struct finding *f = sorted[i];
		for (next = i + 1; next < n && !alike(f, sorted[next]);)
			next++;
		labels(out, "sriov_findings", r, several, f->subject, true);
		sink_puts(out, ",id=\"");
		clean_puts(out, CLEAN_LABEL, f->id);
		sink_printf(out, "\",rung=\"%s\",state=\"%s\",severity=\"%s\",role=\"%s\"} %zu\n", rung_name(f->rung), finding_state_name(f->state),
			    f->severity == SEVERITY_NONE ? "" : severity_name(f->severity), role_name(f->role), next - i);
	}
	free(sorted);
	return 0;
}

static void rules(const struct report *const *reports, size_t n, struct sink *out)
{
	static const enum severity all[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO};
	head(out, "sriov_rules_broken", "Rules of the configuration space that a function breaks and nobody waived.");
	for (size_t i = 0; i < n; i++) {
		size_t broken[SEVERITY_ERROR + 1] = {0};
		for (size_t k = 0; k < reports[i]->rules_n; k++)
			broken[reports[i]->rules[k].severity] += reports[i]->rules[k].state == FINDING_FAIL && !reports[i]->rules[k].waived;
		for (size_t k = 0; k < ARRAY_SIZE(all) && report_judged_rules(reports[i]); k++) {
			labels(out, "sriov_rules_broken", reports[i], n > 1, NULL, false);
			sink_printf(out, "%sseverity=\"%s\"} %zu\n", n > 1 ? "," : "", severity_name(all[k]), broken[all[k]]);
		}
	}
}

int emit_prometheus(const struct report *const *reports, size_t n, struct sink *out)
{
	int err = 0;
	verdicts(reports, n, out);
	ladders(reports, n, out);
	head(out, "sriov_findings", "Findings that fail or that cannot be decided, by cause and subject (no address: the host).");
	for (size_t i = 0; i < n && !err; i++)
		err = findings(reports[i], n > 1, out);
	rules(reports, n, out);
	return err ? err : out->err;
}
