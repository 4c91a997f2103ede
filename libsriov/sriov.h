/* SPDX-License-Identifier: GPL-2.0-or-later */
/**
 * libsriov: decodes PCI Express SR-IOV and judges whether a machine is ready for it.
 *
 * The way through: a source (this host, a captured directory or archive, lspci text, a kernel log …) is read into a
 * sriov_snapshot; a sriov_model says what it means; a sriov_report says what follows from it, and is written in any format.
 *
 * - int functions return 0 (or a count) or a negative errno; results come by pointer and are untouched on error.
 * - Strings that are returned belong to the object that they were asked of and live as long; none is to be freed.
 * - The library never prints, never exits, keeps no global state, and never writes to the host. Diagnostics go to the
 *   context's log function, which is silent unless set. Objects may be used by one thread at a time.
 * - Names are the specification's and <linux/pci_regs.h>'s.
 */
#ifndef SRIOV_H
#define SRIOV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The address of a PCI function: segment (domain), bus, device 0-31, function 0-7. */
struct sriov_addr {
	uint32_t domain;
	uint8_t bus, device, function;
};

struct sriov_ctx;      /**< what all other objects are made in */
struct sriov_snapshot; /**< evidence that was read from one source; does not change */
struct sriov_model;    /**< what a snapshot means: functions, ports, PFs and VFs */
struct sriov_fn;       /**< a PCI function; belongs to its model */
struct sriov_cap;      /**< a capability of a function; belongs to its model */
struct sriov_query;    /**< what is asked of a model */
struct sriov_stream;   /**< a long dump that is read, decoded and written function by function */
struct sriov_report;   /**< the answer */
struct sriov_plan;      /**< What the kernel will answer to a number of VFs, and what would change that. sriov_plan_free(). */
struct sriov_finding;  /**< one cause on one subject; belongs to its report */

/* ---- context ---- */

/** Severity of a diagnostic, as in syslog(3). */
enum sriov_log_level { SRIOV_LOG_ERROR = 3, SRIOV_LOG_WARNING = 4, SRIOV_LOG_INFO = 6 };

/**
 * A function that takes diagnostics.
 * @data: as given to sriov_set_log_fn()
 * @level: how bad it is
 * @source: the source as it was named ("" = this host)
 * @line: line in the source, 0 = none
 * @what: what is wrong; cleaned of control characters
 * @advice: what to do, or NULL
 */
typedef void sriov_log_fn(void *data, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice);

/**
 * Make a context. The caller holds one reference.
 * @out: where it goes
 * Returns 0 or -ENOMEM. Since: 0.1
 */
int sriov_new(struct sriov_ctx **out) __attribute__((warn_unused_result));

/** Take another reference; returns ctx. Since: 0.1 */
struct sriov_ctx *sriov_ref(struct sriov_ctx *ctx);

/** Give a reference back; the last one frees the context. NULL is fine. Since: 0.1 */
void sriov_unref(struct sriov_ctx *ctx);

/** Where diagnostics go: NULL (as at first) = nowhere. data is handed to fn and stays the caller's. Since: 0.1 */
void sriov_set_log_fn(struct sriov_ctx *ctx, sriov_log_fn *fn, void *data);

/** The library's version, "0.1.0". Since: 0.1 */
const char *sriov_version(void);

/** What optional libraries this build has, "libarchive libseccomp", or "". Since: 0.1 */
const char *sriov_features(void);

/* ---- snapshot ---- */

/** How a source is opened; to be or-ed. */
enum sriov_open_flags {
	SRIOV_OPEN_WAKE = 1, /**< read configuration space of sleeping devices too, which wakes them */
	SRIOV_OPEN_CAPS = 2, /**< of this host read all of every known capability, not only what checks look at */
	SRIOV_OPEN_ALL = 4,  /**< of this host read every byte, as lspci -xxxx does */
};

/**
 * Read a source. It is told apart by its content, never by its name.
 * @ctx: takes diagnostics: one a bad line, with its number; what is good is kept
 * @source: NULL = this host; "-" = standard input; else a path: directory, tar archive, lspci text, raw configuration space,
 *          kernel log, terminal session, text that mixes these
 * @flags: enum sriov_open_flags
 * @out: the snapshot, one reference
 * Returns 0; -ENOENT, -EACCES, -EIO …: it cannot be read; -ENODATA: it is empty; -EINVAL: it is nothing that is known;
 * -ENOTSUP: this build lacks the library for it; -E2BIG: it exceeds a limit; -ENOMEM. Since: 0.1
 */
int sriov_snapshot_open(struct sriov_ctx *ctx, const char *source, unsigned flags, struct sriov_snapshot **out) __attribute__((warn_unused_result));

/**
 * Read files of raw configuration space (64, 256 or 4096 bytes each) as one host.
 * @addrs, @files, @n: where each function is, and the file with its bytes
 * Returns as sriov_snapshot_open(); -EEXIST where an address is given twice. Since: 0.1
 */
int sriov_snapshot_open_configs(struct sriov_ctx *ctx, const struct sriov_addr *addrs, const char *const *files, size_t n,
				struct sriov_snapshot **out) __attribute__((warn_unused_result));

/**
 * A snapshot of one function from bytes in memory.
 * @bytes, @len: its configuration space as far as it was read, at most 4096 bytes; they are copied
 * Returns 0, -EINVAL (len 0 or above 4096), -ENOMEM. Since: 0.1
 */
int sriov_snapshot_from_config(struct sriov_ctx *ctx, const struct sriov_addr *addr, const void *bytes, size_t len,
			       struct sriov_snapshot **out) __attribute__((warn_unused_result));

/** Take another reference; returns snap. Since: 0.1 */
struct sriov_snapshot *sriov_snapshot_ref(struct sriov_snapshot *snap);

/** Give a reference back; the last one frees the snapshot. NULL is fine. Since: 0.1 */
void sriov_snapshot_unref(struct sriov_snapshot *snap);

/** What kind of source it was: "host", "directory", "archive", "sosreport", "lspci-hex", "config", "lspci-text", "kernel-log", "session", "text". Since: 0.1 */
const char *sriov_snapshot_get_kind(const struct sriov_snapshot *snap);

/**
 * Write a snapshot as a tar archive that replays: the same paths as the host's.
 * @file: written whole or not at all
 * @redact: leave out serial numbers, MAC addresses, the host's name and UUIDs; the archive lists what was left out
 * Returns 0, -ENOTSUP without libarchive, or the errno of writing. Since: 0.1
 */
int sriov_snapshot_capture(const struct sriov_snapshot *snap, const char *file, bool redact) __attribute__((warn_unused_result));

/* ---- model ---- */

/** Make a model of a snapshot, which it keeps a reference to. Returns 0 or -ENOMEM. Since: 0.1 */
int sriov_model_new(struct sriov_snapshot *snap, struct sriov_model **out) __attribute__((warn_unused_result));

/** Take another reference; returns model. Since: 0.1 */
struct sriov_model *sriov_model_ref(struct sriov_model *model);

/** Give a reference back; the last one frees the model. NULL is fine. Since: 0.1 */
void sriov_model_unref(struct sriov_model *model);

/** The first function by address, or NULL. Since: 0.1 */
const struct sriov_fn *sriov_model_get_first_fn(const struct sriov_model *model);

/** The function after fn by address, or NULL. Since: 0.1 */
const struct sriov_fn *sriov_fn_get_next(const struct sriov_model *model, const struct sriov_fn *fn);

/** for (fn of model, by address) */
#define sriov_fn_foreach(model, fn) for ((fn) = sriov_model_get_first_fn(model); (fn); (fn) = sriov_fn_get_next(model, fn))

/** The function at an address, or NULL. Since: 0.1 */
const struct sriov_fn *sriov_model_find(const struct sriov_model *model, const struct sriov_addr *addr);

/** Its address. Since: 0.1 */
void sriov_fn_get_addr(const struct sriov_fn *fn, struct sriov_addr *addr);

/** Vendor ID; of a VF the effective one (its PF's). 0 or -ENODATA. Since: 0.1 */
int sriov_fn_get_vendor(const struct sriov_fn *fn, uint16_t *vendor) __attribute__((warn_unused_result));

/** Device ID; of a VF the effective one (VF Device ID of its PF). 0 or -ENODATA. Since: 0.1 */
int sriov_fn_get_device(const struct sriov_fn *fn, uint16_t *device) __attribute__((warn_unused_result));

/** The driver that is bound, or NULL where none is, or it is not known. Since: 0.1 */
const char *sriov_fn_get_driver(const struct sriov_fn *fn);

/** Does it have the SR-IOV capability? Since: 0.1 */
bool sriov_fn_is_pf(const struct sriov_fn *fn);

/** Is it a VF of a PF of this model? Since: 0.1 */
bool sriov_fn_is_vf(const struct sriov_fn *fn);

/** Is it a port or bridge? Since: 0.1 */
bool sriov_fn_is_port(const struct sriov_fn *fn);

/** The PF of a VF, or NULL. Since: 0.1 */
const struct sriov_fn *sriov_fn_get_pf(const struct sriov_fn *fn);

/** The port or bridge above, or NULL: on a root bus, or not known. Since: 0.1 */
const struct sriov_fn *sriov_fn_get_port(const struct sriov_fn *fn);

/**
 * The address of a PF's index-th VF, as First VF Offset and VF Stride stand.
 * Returns 0; -EINVAL: fn is no PF; -ENODATA: offset or stride were not read; -ERANGE: no such VF, or past the segment's end. Since: 0.1
 */
int sriov_fn_get_vf_addr(const struct sriov_fn *fn, unsigned index, struct sriov_addr *addr) __attribute__((warn_unused_result));

/** The first capability of a function in the order of its lists, or NULL. Since: 0.1 */
const struct sriov_cap *sriov_fn_get_first_cap(const struct sriov_fn *fn);

/** The capability after cap, or NULL. Since: 0.1 */
const struct sriov_cap *sriov_cap_get_next(const struct sriov_fn *fn, const struct sriov_cap *cap);

/** for (capability of fn) */
#define sriov_cap_foreach(fn, cap) for ((cap) = sriov_fn_get_first_cap(fn); (cap); (cap) = sriov_cap_get_next(fn, cap))

/** Capability ID. Since: 0.1 */
uint16_t sriov_cap_get_id(const struct sriov_cap *cap);

/** Is it an extended capability? Since: 0.1 */
bool sriov_cap_is_extended(const struct sriov_cap *cap);

/** Its offset in configuration space, in bytes. Since: 0.1 */
uint16_t sriov_cap_get_offset(const struct sriov_cap *cap);

/** The specification's name ("SR-IOV", "ACS"), or NULL where the id is not known. Since: 0.1 */
const char *sriov_cap_get_name(const struct sriov_cap *cap);

/**
 * A field of a capability by the specification's name ("TotalVFs", "VF Enable", "ARI Forwarding Supported").
 * Returns 0; -ENOENT: no such field is decoded; -ENODATA: its bytes were not read. Since: 0.1
 */
int sriov_cap_get_field(const struct sriov_cap *cap, const char *name, uint64_t *value) __attribute__((warn_unused_result));

/**
 * The index-th field that a capability of this kind has, for walking all of them.
 * @name: the specification's name ('#' stands for an index that repeats)
 * @register_offset: bytes from the capability's start
 * @width: in bits
 * Returns 0 or -ERANGE behind the last. Since: 0.1
 */
int sriov_cap_describe_field(const struct sriov_cap *cap, size_t index, const char **name, unsigned *register_offset, unsigned *width) __attribute__((warn_unused_result));

/* ---- query ---- */

/** Make an empty query: everything, goal by what the machine is, profile Linux. Returns 0 or -ENOMEM. Since: 0.1 */
int sriov_query_new(struct sriov_query **out) __attribute__((warn_unused_result));

/** Free a query. NULL is fine. Since: 0.1 */
void sriov_query_free(struct sriov_query *query);

/** Only functions that lspci's -s would show: "[[domain]:bus]:][device][.function]". Returns 0, -EINVAL. Since: 0.1 */
int sriov_query_set_slot(struct sriov_query *query, const char *slot) __attribute__((warn_unused_result));

/** Only functions that lspci's -d would show: "[vendor]:[device][:class[:prog-if]]". Returns 0, -EINVAL. Since: 0.1 */
int sriov_query_set_id(struct sriov_query *query, const char *id) __attribute__((warn_unused_result));

/** "host", "assign" or "guest". Returns 0, -EINVAL. Since: 0.1 */
int sriov_query_set_goal(struct sriov_query *query, const char *goal) __attribute__((warn_unused_result));

/** "linux" or "hyperv". Returns 0, -EINVAL. Since: 0.1 */
int sriov_query_set_profile(struct sriov_query *query, const char *profile) __attribute__((warn_unused_result));

/** Plan for n VFs a PF: what the kernel will answer to `echo n > sriov_numvfs`. Since: 0.1 */
void sriov_query_set_vfs(struct sriov_query *query, uint64_t n);

/** A what-if: "ari=on", "ari=off", "total-vfs=N", "vf-bar0=SIZE" … "vf-bar5=SIZE", "subordinate=BUS". Returns 0, -EINVAL, -ENOMEM. Since: 0.1 */
int sriov_query_assume(struct sriov_query *query, const char *assumption) __attribute__((warn_unused_result));

/** Every function, not only PFs, their VFs and the ports above. Since: 0.1 */
void sriov_query_set_all(struct sriov_query *query, bool all);

/** All registers of all capabilities, and raw bytes. Since: 0.1 */
void sriov_query_set_verbose(struct sriov_query *query, bool verbose);

/** Judge configuration space by the rules. Since: 0.1 */
void sriov_query_set_validate(struct sriov_query *query, bool validate);

/** Broken rules of severity warning count for the status, too. Since: 0.1 */
void sriov_query_set_fail_on_warning(struct sriov_query *query, bool fail);

/** Judge by this rule (and others that are selected) only, or leave it out. Returns 0, -EINVAL (no such rule), -ENOMEM. Since: 0.1 */
int sriov_query_select_rule(struct sriov_query *query, const char *id, bool run) __attribute__((warn_unused_result));

/**
 * Waivers: text, one a line "RULE DEVICE REASON"; DEVICE: an address, vendor:device, or "*"; '#' begins a comment.
 * A broken rule that is waived does not count for the status.
 * Returns 0, -EINVAL (line and what are set), -ENOMEM. Since: 0.1
 */
int sriov_query_set_waivers(struct sriov_query *query, const char *text, size_t len, unsigned *line, const char **what) __attribute__((warn_unused_result));

/**
 * An earlier XML report of sriov_dump(): what differs from it is in the report as changes, and counts for the status.
 * Returns 0, -EINVAL (line and what are set), -ENOMEM. Since: 0.1
 */
int sriov_query_set_expected(struct sriov_query *query, const char *xml, size_t len, unsigned *line, const char **what) __attribute__((warn_unused_result));

/** Raw configuration space was given with its addresses: rules that need them apply. Since: 0.1 */
void sriov_query_set_addressed(struct sriov_query *query, bool addressed);

/* ---- plan ---- */

/**
 * What the kernel will answer to `echo n > sriov_numvfs` of a PF, by its own order of tests. Pure arithmetic on the model: no I/O.
 * @model: has fn; strings that come back live as long as it
 * @query: its assumptions count, the rest does not; NULL = as things stand
 * @outcome: "ok", the name of an errno ("ENOMEM"), or "unknown"
 * @why: one sentence, or NULL
 * @max_vfs: how many can be had as things stand; UINT64_MAX = not known
 * @limited_by: "driver", "firmware", "bus-numbers", "ari", "mmio" or "device"
 * Returns 0; -EINVAL: fn is no PF; -ENOMEM. Since: 0.1
 */
int sriov_plan(struct sriov_model *model, const struct sriov_fn *fn, uint64_t n, const struct sriov_query *query, const char **outcome,
	       const char **why, uint64_t *max_vfs, const char **limited_by) __attribute__((warn_unused_result));

/**
 * The whole plan of a PF for n VFs: what sriov_plan() says, with routing IDs, memory, bus numbers and remedies. Pure arithmetic: no I/O.
 * @fn: a function of the model
 * @query: its assumptions count, the rest does not; NULL = as things stand
 * @out: free it with sriov_plan_free(); it keeps the model alive, and strings that it gives live as long as it
 * Returns 0; -EINVAL: fn is no PF; -ENOMEM. Since: 0.1
 */
int sriov_plan_new(struct sriov_model *model, const struct sriov_fn *fn, uint64_t n, const struct sriov_query *query,
		   struct sriov_plan **out) __attribute__((warn_unused_result));

/** Free a plan. NULL is fine. Since: 0.1 */
void sriov_plan_free(struct sriov_plan *plan);

/** "ok", the name of an errno ("ENOMEM"), or "unknown". Since: 0.1 */
const char *sriov_plan_get_outcome(const struct sriov_plan *plan);

/** Why, in one sentence, or NULL. Since: 0.1 */
const char *sriov_plan_get_why(const struct sriov_plan *plan);

/** The id of the finding behind the outcome ("vf-bar-no-mmio"), or NULL. Since: 0.1 */
const char *sriov_plan_get_finding(const struct sriov_plan *plan);

/**
 * How many VFs can be enabled as things stand.
 * @limited_by: "driver", "firmware", "bus-numbers", "ari", "mmio" or "device"
 * Returns 0; -ENODATA: not known. Since: 0.1
 */
int sriov_plan_get_max_vfs(const struct sriov_plan *plan, uint64_t *max_vfs, const char **limited_by) __attribute__((warn_unused_result));

/** May the PF's driver or the device's firmware refuse what the kernel's core would do? note: what is known of it, or NULL. Since: 0.1 */
bool sriov_plan_driver_may_refuse(const struct sriov_plan *plan, const char **note);

/**
 * First VF Offset and VF Stride with ARI in force on the way to the PF, or without; both ask for the same where ARI does not matter.
 * @reached: so many VFs, from the first on, can be reached there; UINT64_MAX = not known
 * @how: "read" (from the capability) or "device-table"
 * @current: is this how things stand, or are assumed?
 * Returns 0; -ENODATA: neither the registers, which tell one state, nor the table of devices say. Since: 0.1
 */
int sriov_plan_get_routing(const struct sriov_plan *plan, bool ari, uint64_t *offset, uint64_t *stride, uint64_t *reached, const char **how,
			   bool *current) __attribute__((warn_unused_result));

/**
 * The address that the index-th VF would have with ARI, or without.
 * Returns 0; -ENODATA as sriov_plan_get_routing(); -ERANGE: index is not below the plan's n (TotalVFs where n is 0 or more than that),
 * or the address is past the segment's end. Since: 0.1
 */
int sriov_plan_get_vf_addr(const struct sriov_plan *plan, bool ari, uint64_t index, struct sriov_addr *addr) __attribute__((warn_unused_result));

/**
 * Bus numbers of TotalVFs VFs.
 * @needed: the last bus that they need; may be above 255
 * @there: the last bus that the port above has, or of the root bus; UINT64_MAX = not known
 * @reservable: the last bus that the port could have without anything being moved; equals there where that is none
 * Returns 0; -ENODATA: First VF Offset or VF Stride are not known. Since: 0.1
 */
int sriov_plan_get_buses(const struct sriov_plan *plan, uint64_t *needed, uint64_t *there, uint64_t *reservable) __attribute__((warn_unused_result));

/**
 * Memory of a VF BAR, in bytes.
 * @index: 0 to 5
 * @size: of one VF's BAR, to which it is aligned; 0 = not known
 * @total: for TotalVFs, which is what the kernel reserves; 0 = not known
 * @window_class: what may hold it: "pref64", "pref32", "mem32" (below 4 GiB), "any"; NULL = not known
 * Returns 0; -ENOENT: the device has no such VF BAR. Since: 0.1
 */
int sriov_plan_get_vf_bar(const struct sriov_plan *plan, unsigned index, uint64_t *size, uint64_t *total, const char **window_class) __attribute__((warn_unused_result));

/**
 * The index-th memory window on the way from the PF up to its root bus that its VF BARs need. Sizes in bytes.
 * @port: the port that has it; NULL = the root bus
 * @kind: "mem" or "pref"
 * @free_bytes: the largest piece of it that could hold a VF BAR
 * @needed: by the VF BARs for TotalVFs
 * @lacks: by how much it is too small; 0 = it holds what it must
 * Returns 0 or -ERANGE behind the last. Since: 0.1
 */
int sriov_plan_get_window(const struct sriov_plan *plan, size_t index, const struct sriov_fn **port, const char **kind, uint64_t *free_bytes,
			  uint64_t *needed, uint64_t *lacks) __attribute__((warn_unused_result));

/**
 * The index-th threshold: from how many VFs on a limit sets in.
 * @remedy: what would move it, in one sentence, or NULL
 * Returns 0 or -ERANGE behind the last. Since: 0.1
 */
int sriov_plan_get_threshold(const struct sriov_plan *plan, size_t index, uint64_t *vfs, const char **limit, const char **remedy) __attribute__((warn_unused_result));

/**
 * The index-th remedy: one change that moves a limit, the smallest of a limit first.
 * @kind: "realloc", "window", "above-4g", "vf-bar-size", "total-vfs", "slot", "ari", "bus-numbers", "driver", "firmware"
 * @text: one sentence
 * @port: the port that it is about, or NULL
 * @before: VFs that can be enabled now; @after: with this change alone; UINT64_MAX = not known
 * Returns 0 or -ERANGE behind the last. Since: 0.1
 */
int sriov_plan_get_remedy(const struct sriov_plan *plan, size_t index, const char **kind, const char **limit, const char **text,
			  const struct sriov_fn **port, uint64_t *before, uint64_t *after) __attribute__((warn_unused_result));

/* ---- report ---- */

/** Judge a model: ladders, findings, plans, firmware settings. Returns 0 or -ENOMEM. Since: 0.1 */
int sriov_check(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out) __attribute__((warn_unused_result));

/** Decode a model: functions with their capabilities and, if the query asks, rules and changes. Returns 0 or -ENOMEM. Since: 0.1 */
int sriov_dump(struct sriov_model *model, const struct sriov_query *query, struct sriov_report **out) __attribute__((warn_unused_result));

/** Take another reference; returns report. Since: 0.1 */
struct sriov_report *sriov_report_ref(struct sriov_report *report);

/** Give a reference back; the last one frees the report. NULL is fine. Since: 0.1 */
void sriov_report_unref(struct sriov_report *report);

/** The tools' exit status for it: 0 goal reached or valid, 1 blocked or a rule broken, 3 evidence is missing. Since: 0.1 */
int sriov_report_get_status(const struct sriov_report *report);

/** "ready", "blocked" or "unknown"; NULL of a dump without judgement. Since: 0.1 */
const char *sriov_report_get_verdict(const struct sriov_report *report);

/** The answer in one sentence; NULL of a dump. Since: 0.1 */
const char *sriov_report_get_answer(const struct sriov_report *report);

/** The first finding: roots first, in the order in which fixing helps. NULL where there is none. Since: 0.1 */
const struct sriov_finding *sriov_report_get_first_finding(const struct sriov_report *report);

/** The finding after finding, or NULL. Since: 0.1 */
const struct sriov_finding *sriov_finding_get_next(const struct sriov_report *report, const struct sriov_finding *finding);

/** for (finding of report) */
#define sriov_finding_foreach(report, finding) \
	for ((finding) = sriov_report_get_first_finding(report); (finding); (finding) = sriov_finding_get_next(report, finding))

/** The cause's id in the catalogue ("ari-forwarding-missing"). Since: 0.1 */
const char *sriov_finding_get_id(const struct sriov_finding *finding);

/** "pass", "fail", "unknown", "notapplicable" or "informational". Since: 0.1 */
const char *sriov_finding_get_state(const struct sriov_finding *finding);

/** "error", "warning" or "info" of a fail; NULL else. Since: 0.1 */
const char *sriov_finding_get_severity(const struct sriov_finding *finding);

/** One sentence for a person. Since: 0.1 */
const char *sriov_finding_get_message(const struct sriov_finding *finding);

/** Is it a root cause (and not the consequence of another finding)? Since: 0.1 */
bool sriov_finding_is_root(const struct sriov_finding *finding);

/** The function it is about, or NULL: the host. Since: 0.1 */
const struct sriov_fn *sriov_finding_get_fn(const struct sriov_finding *finding);

/** The index-th piece of evidence. expected may come back NULL. Returns 0 or -ERANGE behind the last. Since: 0.1 */
int sriov_finding_get_evidence(const struct sriov_finding *finding, size_t index, const char **where, const char **value, const char **expected) __attribute__((warn_unused_result));

/** The index-th step of the remedy, or NULL behind the last. Since: 0.1 */
const char *sriov_finding_get_step(const struct sriov_finding *finding, size_t index);

/** How text looks; to be or-ed. */
enum sriov_write_flags {
	SRIOV_WRITE_COLOR = 1, /**< colours and weights of a terminal */
	SRIOV_WRITE_UTF8 = 2,  /**< signs beyond ASCII in text */
	SRIOV_WRITE_QUIET = 4, /**< the verdict line only */
	SRIOV_WRITE_NAMES = 8, /**< names from pci.ids */
};

/**
 * Write reports (of one or more hosts) in a format ("text", "xml", "json" …).
 * @fd: where to; stays open
 * @width: columns of text, 0 = lines are not folded
 * Returns 0; -EINVAL: no such format; the errno of writing; -ENOMEM. Since: 0.1
 */
int sriov_reports_write(struct sriov_report *const *reports, size_t n, const char *format, int fd, unsigned flags, unsigned width) __attribute__((warn_unused_result));

/** The exit status that a format wants of its own (nagios), else that of the contract: the first of 1, 3, 0 that any has; n = 0: that of a source that cannot be read. Since: 0.1 */
int sriov_reports_get_status(struct sriov_report *const *reports, size_t n, const char *format);

/* ---- streams ---- */

/**
 * Open a source that can be dumped in constant memory: a long text of lspci -xxxx in a file or from a pipe ("-"), as lspci alone
 * writes it, all functions of it, in a format that takes them one by one. What is written is what sriov_dump() and sriov_reports_write() would write.
 * @query: what is asked; lives as long as the stream
 * @format: "xml" or "json"; of rules that are judged "text"
 * Returns 0; -ENOTSUP: source, question or format must be seen as a whole: take sriov_snapshot_open(); -EINVAL: no such format;
 * -ENOMEM. Since: 0.1
 */
int sriov_stream_open(struct sriov_ctx *ctx, const char *source, const struct sriov_query *query, const char *format,
		      struct sriov_stream **out) __attribute__((warn_unused_result));

/**
 * Write the whole of it.
 * @fd: where to; stays open
 * Returns 0; -ESTALE: the source is not what it was when it was opened, what was written is not whole (the context was told);
 * the errno of reading or writing; -ENOMEM. Since: 0.1
 */
int sriov_stream_write(struct sriov_stream *stream, int fd) __attribute__((warn_unused_result));

/**
 * Judge the functions of a stream by the rules: what sriov_dump() would say, without the functions themselves. Once a stream, and only
 * where the query asks for it (sriov_query_set_validate()); then sriov_stream_write() is not for it.
 * @out: the report, of which only the format named at opening may be written; sriov_report_unref()
 * Returns 0; -EINVAL: not asked for, or judged before; -ESTALE as sriov_stream_write(); the errno of reading; -ENOMEM. Since: 0.1
 */
int sriov_stream_judge(struct sriov_stream *stream, struct sriov_report **out) __attribute__((warn_unused_result));

/** Free a stream. NULL is fine. Since: 0.1 */
void sriov_stream_free(struct sriov_stream *stream);

/* ---- catalogues ---- */

/** The index-th output format: its name, file suffix (or NULL) and help. 0 or -ERANGE. Since: 0.1 */
int sriov_format_describe(size_t index, const char **name, const char **suffix, const char **help) __attribute__((warn_unused_result));

/** The index-th cause of the catalogue: id, rung, what is wrong, what it is read from. 0 or -ERANGE. Since: 0.1 */
int sriov_cause_describe(size_t index, const char **id, const char **rung, const char **title, const char **needs) __attribute__((warn_unused_result));

/**
 * The index-th rule of the validator.
 * @severity: "error", "warning" or "info"; @scope: "function", "PF", "VF" or "bridge"; @title: what holds; @why: who rejects what breaks it
 * Returns 0 or -ERANGE behind the last. Since: 0.1
 */
int sriov_rule_describe(size_t index, const char **id, const char **severity, const char **scope, const char **title, const char **spec,
			const char **why) __attribute__((warn_unused_result));

/** The index-th decoded field of all: capability, field, register offset, lowest bit, width in bits, section. 0 or -ERANGE. Since: 0.1 */
int sriov_field_describe(size_t index, const char **capability, const char **name, unsigned *register_offset, unsigned *bit, unsigned *width,
			 const char **spec) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif

#endif
