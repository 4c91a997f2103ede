/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report: all that is said, before it is text, XML or anything else. Made by check/, plan/ and the validator; the emitters
 * read it in one walk. Everything in it lives in its arena or in the model that it is about.
 */
#ifndef SRIOV_REPORT_H
#define SRIOV_REPORT_H

#include "model/filter.h"
#include "model/model.h"

enum goal { GOAL_ASSIGN, GOAL_HOST, GOAL_GUEST };
enum profile { PROFILE_LINUX, PROFILE_HYPERV };
enum verdict { VERDICT_NONE, VERDICT_READY, VERDICT_BLOCKED, VERDICT_UNKNOWN };
enum finding_state { FINDING_PASS, FINDING_FAIL, FINDING_UNKNOWN, FINDING_NOTAPPLICABLE, FINDING_INFORMATIONAL };
enum severity { SEVERITY_NONE, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };
enum confidence { CONFIDENCE_CERTAIN, CONFIDENCE_LIKELY, CONFIDENCE_POSSIBLE };
enum role { FINDING_ROOT, FINDING_CONSEQUENCE };

/* The host's ladder, then a guest's that has no PF. */
enum rung { RUNG_VISIBLE, RUNG_CAPABLE, RUNG_ROUTABLE, RUNG_RESOURCED, RUNG_DRIVEN, RUNG_ENABLED, RUNG_BOUND, RUNG_ISOLATED, RUNG_ASSIGNABLE,
	RUNG_OFFERED, RUNG_VPCI, RUNG_GUEST_DRIVEN, RUNG_PAIRED, RUNG_DATAPATH, RUNG_COUNT };
#define RUNGS_HOST 9

struct evidence {
	const char *where, *value, *expected, *note; /* expected and note may be NULL */
};

struct reference {
	const char *kind; /* kernel, spec, windows, case */
	const char *text;
};

struct finding {
	size_t index;             /* its place in the report */
	const char *id;
	const struct check *check;
	size_t order;             /* of the check in checks[]: the order in which fixing helps */
	const struct fn *subject; /* NULL = host */
	enum rung rung;
	enum finding_state state;
	enum severity severity;
	enum role role;
	enum confidence confidence;
	const struct finding *because; /* of a consequence: its root */
	const struct finding *before;  /* while it is judged: the one before of the same subject */
	const char *message;
	const char *missing;      /* of an unknown: what to supply */
	uint64_t vfs;             /* how many VFs its steps ask for; 0: as many as the PF has */
	struct evidence *evidence;
	size_t evidence_n, evidence_room;
	const char **steps;
	size_t steps_n, steps_room;
	struct reference *references;
	size_t references_n, references_room;
};

struct ladder {
	const struct fn *fn;      /* NULL: the guest's ladder */
	enum finding_state rungs[RUNG_COUNT]; /* notapplicable: not part of this ladder or goal */
	int reached;              /* enum rung, or -1 = none */
	bool counts;              /* for the verdict */
};

struct plan_threshold {
	uint64_t vfs;             /* from this many VFs on */
	const char *limit, *remedy;
};

struct plan_window {
	const struct fn *port;    /* NULL: the root bus */
	const char *kind;         /* "mem", "pref" */
	struct range range;
	uint64_t used, free;      /* bytes; free: the largest piece that can hold a VF BAR */
	uint64_t needed;          /* by this PF's VF BARs for TotalVFs */
	uint64_t lacks;           /* by which the window is too small for them; 0 = it holds them */
	uint64_t grown;           /* where it lacks: the size that would do, 0 = unknown */
};

/* Where VFs are, or would be: with ARI in force on the way, without it, or where it does not matter. */
struct plan_routing {
	enum tri ari;             /* unknown: ARI does not matter here, or nobody knows if it is on */
	bool current;             /* this holds, by what was read or assumed */
	const char *how;          /* "read", "device-table", or NULL: not known */
	const char *why;          /* where not known: why; else what to mind, or NULL */
	const struct fn *fn;
	uint64_t offset, stride;
	uint64_t vfs;             /* of so many VFs this speaks */
	uint64_t reached;         /* so many from the first on answer there: bus numbers and ARI are there for them */
	bool reached_known;
	bool filtered;            /* the port above leads to device 0 of its bus only */
	struct fact num_vfs;      /* NumVFs when offset and stride were read: a device may change them with it */
	uint64_t last_bus;        /* of the bus numbers that are there; UINT64_MAX = unknown */
};

/* VFs in a row, on one bus, all of them reached or none. */
struct plan_span {
	uint64_t from, to;        /* indices, both ends included */
	uint64_t first, last;     /* routing IDs; above 0xffff: past the end of the segment */
	enum tri reached;
};
/* The next row; start with from = to = UINT64_MAX. False: there is none. */
bool plan_span_next(const struct plan_routing *routing, struct plan_span *span);

/* One VF BAR's memory. */
struct plan_memory {
	unsigned index;
	bool is_64, prefetchable;
	enum tri assigned;
	uint64_t size;            /* of one VF, which is its alignment, too; 0 = unknown */
	const char *size_from;
	uint64_t total, asked;    /* for TotalVFs, which is what the kernel reserves; for the number asked for; 0 = unknown */
	const char *class;        /* "pref64", "pref32", "mem32", "any": what kind of window may hold it here */
	const char *window;       /* "mem", "pref": that of the port above; "root" */
};

/* One change that lets more VFs be enabled. */
struct plan_remedy {
	const char *kind;         /* window, realloc, above-4g, vf-bar-size, total-vfs, slot, ari, bus-numbers, driver, firmware */
	const char *limit;        /* the limit that it moves */
	const char *text;         /* one sentence */
	const struct fn *port;    /* window, slot, ari, bus-numbers: the port that it is about; or NULL */
	const char *slot;         /* the physical slot's name, or NULL */
	uint64_t size;            /* window: of the window; vf-bar-size: of one VF's BAR; bytes, 0 = none */
	uint64_t vfs;             /* total-vfs: the number; 0 = none */
	uint64_t before, after;   /* VFs that can be enabled; after counts if gain */
	bool gain;
};

struct plan {
	const struct fn *fn;
	bool asked;               /* -n was given */
	uint64_t vfs;
	const char *outcome;      /* "ok", an errno's name, or "unknown" */
	const char *why;          /* one sentence, or NULL */
	const char *finding;      /* id of the finding behind it, or NULL */
	bool max_known;
	uint64_t max_vfs;
	const char *limited_by;   /* driver, firmware, bus-numbers, ari, mmio, device */
	bool driver_may_refuse;
	const char *driver_note;
	struct plan_threshold *thresholds;
	size_t thresholds_n, thresholds_room;
	struct plan_window *windows;
	size_t windows_n, windows_room;
	bool buses_known;
	const struct fn *buses_port;
	struct range buses_have, buses_need;
	struct range buses_reservable; /* behind those that are there, used by nobody; empty: none */
	bool buses_spare_known;
	uint64_t buses_spare;     /* numbers of the whole root bus that nobody uses: renumbering could hand them out */
	const char *buses_why;    /* what ends them, or how to get them; or NULL */
	struct plan_routing routings[2]; /* ARI on, ARI off; where it does not matter one */
	size_t routings_n;
	struct plan_memory memory[6];
	size_t memory_n;
	struct plan_remedy *remedies;
	size_t remedies_n, remedies_room;
};

struct assumption {
	const char *key, *value;
};

struct setting {
	const char *name, *wanted, *found, *how, *where; /* how: read, inferred, unknown */
};

struct rule_result {
	const char *id;
	struct sriov_addr subject;
	enum severity severity;
	enum finding_state state;
	const char *found, *expected, *why, *spec, *title;
	const char *waived; /* the reason, or NULL */
};

struct change {
	const char *address, *field, *was, *now; /* was, now: NULL = not there */
	const char *capability; /* that the field is of, or NULL */
};

struct report {
	struct arena arena;
	const char *tool;          /* sriov-check, sriov-dump */
	const struct model *model;
	enum goal goal;
	enum profile profile;
	enum verdict verdict;      /* VERDICT_NONE: a dump without judgement */
	bool verbose;              /* all registers and raw bytes */
	bool names;                /* names from pci.ids */
	bool fail_on_warning;      /* broken rules of severity warning count for the status */
	bool show_functions, show_all;
	const struct fn **view;    /* the functions in view (-s, -d, -a), sorted by address */
	size_t view_n;
	struct finding **findings; /* roots first, in the order in which fixing helps; consequences behind their root */
	size_t findings_n, findings_room;
	struct ladder *ladders;
	size_t ladders_n, ladders_room;
	struct plan *plans;
	size_t plans_n, plans_room;
	struct setting *settings;
	size_t settings_n, settings_room;
	struct rule_result *rules;
	size_t rules_n, rules_room;
	bool broken_only;          /* of rules those that are broken are kept, the others counted */
	size_t rules_passed, rules_skipped; /* counted and not kept */
	struct change *changes;
	size_t changes_n, changes_room;
	struct assumption *assumptions;
	size_t assumptions_n, assumptions_room;
	const char *answer;        /* the first line of the text report: the answer in one sentence */
};

const char *rung_name(enum rung rung);
const char *goal_name(enum goal goal);
const char *verdict_name(enum verdict verdict);
const char *finding_state_name(enum finding_state state);
const char *severity_name(enum severity severity);
const char *confidence_name(enum confidence confidence);
const char *role_name(enum role role);
const char *fn_role_name(enum fn_role role);

/* An empty report on a model, which must live longer; NULL when memory is exhausted. tool is kept, not copied. */
struct report *report_new(const char *tool, const struct model *model) MUST_CHECK;
/* Room for one more result of a rule; not in the arena, so that many of them grow without copies. NULL when memory is exhausted. */
struct rule_result *report_rule(struct report *report) MUST_CHECK;
/* What it holds, of one that is somebody's own. */
void report_clear(struct report *report);
void report_free(struct report *report);

/*
 * Choose the functions that the report is about: those that filter (NULL: any) lets pass and that are PFs or VFs, or of any role
 * (all); family: with the VFs of their PFs and the ports above. 0 or -ENOMEM. view.c
 */
int report_view(struct report *report, const struct filter *filter, bool all, bool family) MUST_CHECK;

#define LEFT_OUT 160

/*
 * What of the source was read and not taken in, beyond its problems: the index-th (from 0) sentence, in buf, and what to do. grave: it
 * may change the answer. 0 or -ERANGE behind the last.
 */
int report_left_out(const struct report *report, size_t index, char buf[LEFT_OUT], const char **advice, bool *grave) MUST_CHECK;

/* Were rules judged? */
static inline bool report_judged_rules(const struct report *report)
{
	return report->rules_n + report->rules_passed + report->rules_skipped != 0;
}

/* Exit status of the contract for one report: 0, 1 or 3. */
int report_status(const struct report *report);

#endif
