/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A rule: one row in rules.c, one function in one of the rule-*.c. It looks at one function's registers (and, where it must, at the
 * functions around it) and says whether they are as the specification, a kernel or a hypervisor wants them.
 */
#ifndef SRIOV_RULE_H
#define SRIOV_RULE_H

#include "model/model.h"
#include "report/report.h"

enum rule_scope {
	RULE_FN,     /* every function with configuration space */
	RULE_PF,     /* functions with an SR-IOV capability whose registers were read */
	RULE_VF,     /* functions that a PF's routing IDs, or the host, make a VF */
	RULE_BRIDGE, /* type 1 headers */
	RULE_SCOPES,
};

struct rule_run;

struct rule {
	const char *id;        /* stable: printed, waived, searched for */
	enum rule_scope scope;
	enum severity severity;
	bool needs_address;    /* not applicable where the address was not given */
	const char *title;     /* one line, no full stop: what holds */
	const char *spec;      /* section */
	const char *why;       /* who rejects it, or what goes wrong, with the source */
	void (*run)(struct rule_run *run);
};

/* THE table of rules, in the order in which they are judged and listed. */
extern const struct rule rules[];
extern const size_t rules_n;
const struct rule *rule_find(const char *id);
const char *rule_scope_name(enum rule_scope scope);

/* What rules know of more than one function; of a dump that is judged in parts it stays from one part to the next. */
struct rule_memory {
	struct arena arena;         /* of the two arrays */
	const struct rule **chosen; /* by the selection, which is the same for all parts */
	size_t chosen_n;
	uint32_t domain;            /* of the function that was judged last */
	uint64_t segment;           /* counts segments from 1 */
	bool claimed;               /* the segment's PFs were asked for their VFs */
	uint64_t *owners;           /* of a routing ID: segment << 16 | routing ID of the PF whose enabled VF claims it first */
	struct rule_field_found {   /* where a field was found before */
		const struct cap_desc *desc;
		const char *name;
		const struct field *field;
	} fields[256];
};
void rule_memory_free(struct rule_memory *memory);

#define RULE_CAPS 64

/* One rule on one function. It passes where its run() says nothing else. */
struct rule_run {
	const struct model *model;
	struct report *report;
	const struct rule *rule;
	const struct fn *fn;
	const struct pf *pf;      /* of a PF: its own; of a VF: its PF's */
	const struct fn *pf_fn;   /* NULL: no PF, and the VF's is not in the dump */
	struct rule_memory *memory;
	const struct fn *first_pf; /* what rule_lowest_pf() found last */
	uint16_t caps[2][RULE_CAPS]; /* of fn, standard and extended, by id: index + 1 of the first, 0 = none */
	bool alone;               /* no other function is in the dump */
	enum finding_state state;
	enum severity severity;   /* of this result: a rule may lower it */
	const char *found, *expected;
	int err;                  /* sticks: -ENOMEM */
};

/* What is wrong; several calls are joined with "; ". expected: what would be right. */
void rule_fail(struct rule_run *run, const char *expected, const char *found, ...) PRINTF(3, 4);
/* The same with a lower severity than the rule's. */
void rule_lower(struct rule_run *run, enum severity severity);
/* Why the rule says nothing here; a failure already said stays. */
void rule_skip(struct rule_run *run, const char *why, ...) PRINTF(2, 3);
/* A field by the specification's name. False, and the rule is skipped, where it was not read. */
bool rule_field(struct rule_run *run, enum cap_space space, uint16_t id, const char *name, uint64_t *value);
/* A fact that must be known: else the rule is skipped. */
bool rule_known(struct rule_run *run, const struct fact *fact, const char *what);
/* Text in the report's arena. */
const char *rule_text(struct rule_run *run, const char *format, ...) PRINTF(2, 3);

/* The PF that claimed a routing ID of the function's segment for one of its VFs first; false: none. */
bool rule_owner(struct rule_run *run, unsigned rid, struct sriov_addr *owner);
/* As fn_cap(run->fn, space, id). */
const struct cap *rule_cap(const struct rule_run *run, enum cap_space space, uint16_t id);
/* The lowest-numbered PF of the device that run->pf_fn belongs to. */
const struct fn *rule_lowest_pf(struct rule_run *run);
/* VFs that are enabled (VF Enable and NumVFs). */
uint64_t rule_enabled_vfs(const struct pf *pf);

/* A waiver: one line "rule device reason"; device: an address, vendor:device, or "*". */
struct waiver {
	char rule[24];
	bool any, by_id;
	struct sriov_addr addr;
	uint16_t vendor, device;
	const char *reason;
	unsigned line;
};

struct waivers {
	struct arena arena;
	struct waiver *items;
	size_t n, room;
};

/*
 * Text of a waiver file; '#' begins a comment. 0, -EINVAL (line and what is wrong in *bad_line, *bad: static text), -ENOMEM.
 * Free with waivers_free() in every case.
 */
int waivers_parse(struct slice text, struct waivers *waivers, unsigned *bad_line, const char **bad) MUST_CHECK;
void waivers_free(struct waivers *waivers);
/* The reason why a broken rule is accepted on a function, or NULL. */
const char *waivers_find(const struct waivers *waivers, const char *rule, const struct fn *fn);

struct rule_selection {
	const char *const *only; /* ids, ended by NULL; NULL: all */
	const char *const *no;   /* ids left out, ended by NULL; or NULL */
	bool no_address;         /* the address of the one function is unknown */
	struct rule_memory *memory; /* zeroed, and the same for all parts of a dump that is judged in parts; NULL: the model is whole */
};

/* Judge the functions in the report's view (all of the model where it has none). Results go into the report's arena. */
int rule_judge(const struct model *model, const struct rule_selection *selection, const struct waivers *waivers, struct report *report) MUST_CHECK;

/* What the runs of rules.c are. */
#define RULE_RUN(name) void rule_##name(struct rule_run *run)
RULE_RUN(list_extended); RULE_RUN(list_overlap); RULE_RUN(list_standard); RULE_RUN(list_once); RULE_RUN(list_inside);
RULE_RUN(list_readable); RULE_RUN(list_space);
RULE_RUN(version); RULE_RUN(inside); RULE_RUN(not_vf); RULE_RUN(initial); RULE_RUN(num); RULE_RUN(enabled_none); RULE_RUN(offset); RULE_RUN(stride);
RULE_RUN(page_sizes); RULE_RUN(page_size); RULE_RUN(page_host); RULE_RUN(mse); RULE_RUN(tags); RULE_RUN(migration); RULE_RUN(vf_device);
RULE_RUN(reserved); RULE_RUN(total_zero); RULE_RUN(flr);
RULE_RUN(rid_segment); RULE_RUN(rid_collision); RULE_RUN(rid_before); RULE_RUN(rid_buses); RULE_RUN(rid_device); RULE_RUN(ari_lowest); RULE_RUN(ari_port);
RULE_RUN(ari_unused); RULE_RUN(dependency); RULE_RUN(vfs_missing);
RULE_RUN(bar_io); RULE_RUN(bar_type); RULE_RUN(bar_last); RULE_RUN(bar_none); RULE_RUN(bar_pref32); RULE_RUN(bar_aligned); RULE_RUN(bar_window);
RULE_RUN(bar_nonpref); RULE_RUN(bar_disjoint);
RULE_RUN(vf_ids); RULE_RUN(vf_matched); RULE_RUN(vf_command); RULE_RUN(vf_bars); RULE_RUN(vf_intx); RULE_RUN(vf_header); RULE_RUN(vf_express);
RULE_RUN(vf_devctl); RULE_RUN(vf_atomic); RULE_RUN(vf_flr); RULE_RUN(vf_pri); RULE_RUN(vf_pasid); RULE_RUN(vf_rebar); RULE_RUN(vf_ats); RULE_RUN(vf_acs);
RULE_RUN(vf_ari); RULE_RUN(vf_msix); RULE_RUN(vf_subsystem); RULE_RUN(vf_class); RULE_RUN(vf_unexpected);
RULE_RUN(bridge_primary); RULE_RUN(bridge_secondary); RULE_RUN(bridge_subordinate); RULE_RUN(bridge_nested); RULE_RUN(bridge_disjoint);
RULE_RUN(bridge_pref); RULE_RUN(bridge_window); RULE_RUN(bridge_ari); RULE_RUN(bridge_mps); RULE_RUN(bridge_acs);
RULE_RUN(ari_missing); RULE_RUN(ari_chain); RULE_RUN(ari_function0); RULE_RUN(ari_vfs); RULE_RUN(ari_enables);
RULE_RUN(acs_subset); RULE_RUN(acs_vector); RULE_RUN(acs_endpoint); RULE_RUN(ats_aligned); RULE_RUN(ats_reserved);
RULE_RUN(pri_ats); RULE_RUN(pri_allocation); RULE_RUN(pasid_width); RULE_RUN(pasid_subset); RULE_RUN(pasid_prefix); RULE_RUN(pasid_path);
RULE_RUN(rebar_count); RULE_RUN(rebar_index); RULE_RUN(rebar_size); RULE_RUN(vf_rebar_count); RULE_RUN(vf_rebar_index); RULE_RUN(vf_rebar_size);
RULE_RUN(vf_rebar_bar);

#endif
