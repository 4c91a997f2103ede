/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A feature file of Kubernetes' Node Feature Discovery: key=value lines that become labels of the node. NFD reads 64 kB and
 * no more, so what does not fit is left out, and a line says so.
 */
#include "emitters.h"
#include "emit-text.h"

#define NFD_MAX  (64 * 1024)
#define CAUSES   256
#define NFD_LINE 160 /* bytes that the longest line takes at most: keys and values are at most 63 */

static bool room(const struct sink *all)
{
	return all->len + 2 * NFD_LINE < NFD_MAX;
}

/* A label's key takes letters, digits, '-', '_' and '.'; 63 in all. */
static void key_part(struct sink *out, const char *text)
{
	size_t n = 0;
	for (; *text && n < 40; text++, n++) {
		bool fits = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9') || *text == '.';
		sink_putc(out, fits ? *text : '-');
	}
}

static const char *word(const struct finding *f)
{
	return f->state == FINDING_UNKNOWN ? "undecided" : f->severity == SEVERITY_ERROR ? "blocked-by" : "warned-of";
}

/* Each cause once, however many functions have it; the catalogue is short. */
static void causes(const struct report *r, const char *prefix, struct sink *all)
{
	const struct finding *seen[CAUSES];
	size_t n = 0;
	for (size_t i = 0; i < r->findings_n && n < CAUSES && room(all); i++) {
		const struct finding *f = r->findings[i];
		bool again = f->role != FINDING_ROOT || (f->state != FINDING_FAIL && f->state != FINDING_UNKNOWN);
		for (size_t k = 0; k < n && !again; k++)
			again = word(seen[k]) == word(f) && !strcmp(seen[k]->id, f->id);
		if (again)
			continue;
		seen[n++] = f;
		sink_printf(all, "%s.%s.", prefix, word(f));
		key_part(all, f->id);
		sink_puts(all, "=true\n");
	}
}

static void one(const struct report *r, size_t number, struct sink *all)
{
	char prefix[32] = "sriov", buf[24];
	size_t complete = 0, lowest = RUNG_COUNT, left_out = 0;
	if (number) { /* of a second source on */
		prefix[5] = '-';
		prefix[6 + put_u64(prefix + 6, number + 1)] = '\0';
	}
	if (r->verdict != VERDICT_NONE)
		sink_printf(all, "%s.verdict=%s\n%s.goal=%s\n", prefix, verdict_name(r->verdict), prefix, goal_name(r->goal));
	for (size_t i = 0; i < r->ladders_n; i++) {
		const struct ladder *l = &r->ladders[i];
		complete += ladder_complete(l);
		size_t at = l->reached < 0 ? 0 : (size_t)l->reached + 1;
		if (l->counts && at < lowest)
			lowest = at;
	}
	sink_printf(all, "%s.ladders=%zu\n%s.ladders-complete=%zu\n", prefix, r->ladders_n, prefix, complete);
	if (lowest != RUNG_COUNT)
		sink_printf(all, "%s.reached=%s\n", prefix, lowest ? rung_name((enum rung)(lowest - 1)) : "none");
	causes(r, prefix, all);
	for (size_t i = 0; i < r->ladders_n; i++) {
		const struct ladder *l = &r->ladders[i];
		if (!l->fn)
			continue;
		if (!room(all)) {
			left_out++;
			continue;
		}
		sink_printf(all, "%s.pf.", prefix);
		key_part(all, addr_of(l->fn, buf));
		sink_printf(all, ".reached=%s\n", l->reached < 0 ? "none" : rung_name((enum rung)l->reached));
	}
	if (left_out)
		sink_printf(all, "%s.left-out=%zu\n", prefix, left_out);
}

int emit_nfd(const struct report *const *reports, size_t n, struct sink *out)
{
	struct sink all; /* as a whole in memory: its length counts */
	int err = sink_to_memory(&all);
	if (err)
		return err;
	for (size_t i = 0; i < n && all.len + 1024 < NFD_MAX; i++)
		one(reports[i], i, &all);
	sink_put(out, all.buf, all.len);
	err = sink_close(&all);
	return err ? err : out->err;
}
