/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A check: one row in checks.c, one function in one file. It looks at the model only, and says findings with their evidence.
 * What a finding then is (root or consequence), what to do about it and where the ladder stands follows in graph.c, remedy.c, ladder.c.
 */
#ifndef SRIOV_CHECK_H
#define SRIOV_CHECK_H

#include "model/model.h"
#include "report/report.h"

enum scope {
	SCOPE_HOST,  /* run once, subject NULL */
	SCOPE_PF,    /* for every PF in view; then once with NULL: for what no PF in view owns (log lines, sessions) */
	SCOPE_VF,    /* for every PF in view that has VFs: the check looks at subject->pf->vfs */
	SCOPE_FN,    /* for every function in view that is no VF (to find what should be a PF) */
	SCOPE_GUEST, /* once, on the guest's ladder only */
};

/* What was asked for; evidence does not change with it, the verdict does. */
struct ask {
	bool goal_given;  /* else: guest inside a guest that has no PF, assign elsewhere */
	enum goal goal;
	enum profile profile;
	bool has_vfs;     /* -n was given */
	uint64_t vfs;     /* its N */
};

/* Rungs (bit = enum rung) that findings of state fail (severity error) and unknown stand on. */
struct mark {
	uint32_t fail, unknown;
	const struct finding *last; /* of a chain of all of them: finding->before */
};

/* Memory space of a domain: what space_above_4g() found last. */
struct room {
	bool known;
	uint32_t domain;
	enum tri above_4g;
	const struct root_window *highest;
	uint64_t seen;
};

struct run {
	const struct model *model;
	struct report *report;
	struct ask ask;
	int err;          /* sticks: -ENOMEM */
	const struct fn **pfs; /* in view, sorted by address */
	size_t pfs_n;
	struct mark *marks;    /* of each of them */
	uint32_t *pf_at;       /* by a function's place in the model: its place in pfs + 1, or 0; NULL without PFs */
	uint32_t *writes;      /* by a PF's place + 1, 0: of nobody in view: its last write in the session + 1, or 0 */
	uint32_t *writes_before; /* by a write's place: the one before it of the same, + 1, or 0; both NULL without a session */
	struct iort_mapped *iort; /* of the segment that was asked for last; NULL before */
	struct mark host_mark; /* of the host */
	struct mark rest_mark; /* of functions that are no PF in view: they stand on no ladder */
	bool any_vfs;     /* one of them has VFs */
	struct room room;
	bool guest;       /* judged by the guest's ladder */
};

struct check {
	const char *id;        /* of the catalogue: stable, printed, searched for */
	enum rung rung;
	enum scope scope;
	const char *title;     /* one line, no full stop: what is wrong */
	const char *needs;     /* what it reads, for --list-causes: "sysfs resource, config space, dmesg" */
	const char *kernel;    /* where the kernel decides: "drivers/pci/iov.c sriov_enable()", or NULL */
	const char *spec;      /* "PCIe 6.0 9.3.3.3", or NULL */
	const char *windows;   /* SriovSupport or IovSupportReasons name(s), or NULL */
	const char *source;    /* other reference: a public report, a fact's source, or NULL */
	void (*run)(struct run *run, const struct fn *subject);
};

/* THE array of checks, in the order in which fixing helps: what is listed first is the likelier root. */
extern const struct check *const checks[];
extern const size_t checks_n;
const struct check *check_find(const char *id);

/*
 * A finding of the check on a subject (NULL = host). Returns NULL when memory is exhausted (run->err then sticks); the functions
 * below take NULL. message: one sentence, for a person, with the numbers of this machine.
 */
struct finding *finding_new(struct run *run, const struct check *check, const struct fn *subject, enum finding_state state,
			    enum severity severity, enum confidence confidence, const char *message, ...) PRINTF(7, 8);
/* where: path, register field or "dmesg:12"; value: what is there; expected: NULL where nothing is; note: NULL or a sentence. */
void finding_evidence(struct run *run, struct finding *finding, const char *where, const char *value, const char *expected, const char *note);
/* Formats of the same; any of the three may be NULL. */
const char *say(struct run *run, const char *format, ...) PRINTF(2, 3);
/* Path (and ":line") of an item as evidence text. */
const char *where_item(struct run *run, const struct item *item, unsigned line);
/* What would decide an unknown finding: one command or file. */
void finding_missing(struct run *run, struct finding *finding, const char *what);
/* How many VFs its steps ask for, where that is not as many as the PF has. */
void finding_vfs(struct run *run, struct finding *finding, uint64_t vfs);
/* A step of the remedy that only this check can know (others come from remedy tables). */
void finding_step(struct run *run, struct finding *finding, const char *step);

/* fn->pf is there. VFs of this PF exist: functions that are there, or registers and attributes that say so. */
bool pf_has_vfs(const struct fn *fn);
/* Is it one of the PFs in view? */
uint32_t run_place(const struct run *run, const struct fn *fn); /* in pfs, + 1; 0: it is none of them */
/* Which write of the session is for which PF: writes.c. */
int writes_index(struct run *run) MUST_CHECK;
bool run_has_pf(const struct run *run, const struct fn *fn);
const struct mark *run_mark(const struct run *run, const struct fn *fn);
/* The finding of a check on a subject, or NULL. */
const struct finding *finding_find(const struct run *run, const char *id, const struct fn *subject);

/* graph.c: roles, and the order of report->findings. */
void graph_run(struct run *run);
/* ladder.c: report->ladders, the verdict, and an unknown finding for each rung that nothing decides. */
int ladder_run(struct run *run) MUST_CHECK;
/* A rung of a PF as the findings so far and the proofs have it. */
enum finding_state ladder_rung(struct run *run, const struct fn *fn, enum rung rung);
void guest_ladder(struct run *run, struct ladder *ladder);
/* remedy.c: steps for every finding of state fail. */
int remedy_run(struct run *run) MUST_CHECK;
/* answer.c: report->answer. */
int answer_run(struct run *run) MUST_CHECK;

/* Run all checks, the graph, the remedies and the ladder. */
int check_run(const struct model *model, const struct ask *ask, struct report *report) MUST_CHECK;

#endif
