/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one traversal of a report, as elements, attributes and text in the order of the schema (share/sriov-report.xsd). XML and
 * JSON are thin on top of it; what repeats, and so is an array in JSON, stands in one table (walk-names.c).
 * A function is walked on its own, so a dump of any length needs no more memory than one function.
 */
#ifndef SRIOV_REPORT_WALK_H
#define SRIOV_REPORT_WALK_H

#include "report/report.h"
#include "report/sink.h"

enum element {
	EL_REPORTS, EL_REPORT, EL_ANSWER,
	EL_HOST, EL_CMDLINE, EL_CPU, EL_SYSTEM, EL_FIRMWARE, EL_OS, EL_IOMMU, EL_INTERRUPT_REMAPPING,
	EL_FUNCTION, EL_BUS, EL_WINDOW, EL_BAR, EL_HEADER, EL_CAPABILITY_LIST, EL_CAPABILITY, EL_FIELD, EL_RAW, EL_VIRT_FUNCTIONS, EL_VF_BAR, EL_VF,
	EL_LADDER, EL_RUNG,
	EL_PLAN, EL_WHY, EL_NOTE, EL_THRESHOLD, EL_PLAN_REMEDY, EL_ROUTING, EL_RANGE, EL_MEMORY, EL_PLAN_WINDOW, EL_BUSES, EL_ASSUME,
	EL_SETTING,
	EL_FINDING, EL_MESSAGE, EL_MISSING, EL_EVIDENCE, EL_REMEDY, EL_STEP, EL_REFERENCE,
	EL_RULE, EL_TITLE, EL_FOUND, EL_EXPECTED,
	EL_CHANGE, EL_PROBLEM, EL_ADVICE,
	EL_COUNT
};

enum attribute {
	AT_TOOL, AT_TOOL_VERSION, AT_GOAL, AT_PROFILE, AT_VERDICT, AT_SOURCE, AT_SOURCE_KIND,
	AT_KIND, AT_IN_CONTAINER, AT_HYPERVISOR, AT_KERNEL, AT_ARCH, AT_PAGE_SIZE, AT_STATE, AT_WHY, AT_GROUPS,
	AT_VENDOR, AT_FLAGS, AT_PRODUCT, AT_BOARD_VENDOR, AT_BOARD, AT_VERSION, AT_ID,
	AT_ADDRESS, AT_ROLE, AT_DEVICE, AT_SUBSYSTEM_VENDOR, AT_SUBSYSTEM_DEVICE, AT_CLASS, AT_REVISION, AT_DRIVER, AT_DRIVER_STATE, AT_PF,
	AT_INDEX, AT_UPSTREAM, AT_PORT_TYPE, AT_IOMMU_GROUP, AT_INTERFACE, AT_CONFIG_SIZE,
	AT_PRIMARY, AT_SECONDARY, AT_SUBORDINATE, AT_START, AT_END, AT_SIZE, AT_TOTAL, AT_TYPE, AT_PREFETCHABLE, AT_ASSIGNED, AT_SIZE_FROM,
	AT_NAME, AT_OFFSET, AT_LENGTH, AT_REGISTER, AT_WIDTH, AT_VALUE, AT_BIT, AT_UNREAD,
	AT_MAX_COUNT, AT_COUNT, AT_FIRST_OFFSET, AT_STRIDE, AT_DRIVER_LIMIT, AT_AUTOPROBE, AT_LISTED, AT_EXISTS,
	AT_REACHED, AT_COUNTS, AT_VFS, AT_OUTCOME, AT_MAX_VFS, AT_LIMITED_BY, AT_DRIVER_MAY_REFUSE, AT_FINDING,
	AT_LIMIT, AT_REMEDY, AT_PORT, AT_USED, AT_FREE, AT_NEEDED, AT_HAVE, AT_NEED, AT_KEY,
	AT_LACKS, AT_GROWN, AT_RESERVABLE, AT_SPARE, AT_ARI, AT_CURRENT, AT_NUM_VFS, AT_BUSES, AT_FROM, AT_TO, AT_FIRST, AT_LAST, AT_ASKED, AT_ALIGN,
	AT_WINDOW, AT_SLOT, AT_BEFORE, AT_AFTER,
	AT_WANTED, AT_FOUND, AT_HOW, AT_WHERE, AT_EXPECTED,
	AT_SUBJECT, AT_RUNG, AT_SEVERITY, AT_CONFIDENCE, AT_BECAUSE, AT_WAIVED, AT_SPEC, AT_CAPABILITY, AT_FIELD, AT_WAS, AT_NOW, AT_LINE, AT_FATAL,
	ATTR_COUNT
};

struct element_name {
	const char *name;
	const char *array; /* where it may repeat below its parent: what the array is called in JSON */
	const char *text;  /* where it has attributes and text: what the text is called in JSON */
	bool simple;       /* text only: a string in JSON */
	bool leaf;         /* no element below: one line in JSON */
};
extern const struct element_name element_names[EL_COUNT];
extern const char *const attribute_names[ATTR_COUNT];

/* One field of one capability. */
struct field_at {
	const struct cap_desc *desc;
	const struct field *field;
	unsigned index;      /* of a repeated row */
	unsigned reg;        /* its register's offset in the capability */
	bool unread;
	uint64_t value;
};

/* One capability of one function. */
struct cap_walked {
	const struct cap *cap;
	size_t extent;    /* bytes that belong to it; 0 where they are not shown */
	bool shown;       /* with its fields */
	bool verbose;
	uint64_t around;  /* all that rows ask about the function around the capability (decode/rows.h) */
};

struct walker {
	const struct walk_ops *ops;
	struct sink *out;
};

/* What is walked, is told here. token: characters that need no cleaning. */
struct walk_ops {
	void (*open)(struct walker *w, enum element element);
	void (*token)(struct walker *w, enum attribute name, const char *text, size_t n);
	void (*string)(struct walker *w, enum attribute name, struct slice text);
	void (*number)(struct walker *w, enum attribute name, uint64_t value);
	void (*boolean)(struct walker *w, enum attribute name, bool value);
	void (*text)(struct walker *w, struct slice text);
	void (*close)(struct walker *w, enum element element);
	/* these three walk_field(), walk_capability() and walk_vfs() do with the others */
	void (*field)(struct walker *w, const struct field_at *at);
	void (*capability)(struct walker *w, const struct cap_walked *cap);
	void (*vfs)(struct walker *w, const struct pf *pf);
};

void walk_reports(const struct report *const *reports, size_t n, struct walker *w);
/* The parts of it, for who streams: the root element with what precedes the functions, one function, all that follows. */
void walk_report_begin(const struct report *report, struct walker *w);
void walk_one_function(const struct report *report, const struct fn *fn, struct walker *w);
void walk_report_end(const struct report *report, struct walker *w);

void walk_field(struct walker *w, const struct field_at *at);
void walk_capability(struct walker *w, const struct cap_walked *cap);
void walk_vf(struct walker *w, const struct vf *vf);
void walk_vfs(struct walker *w, const struct pf *pf);
void walk_finding(const struct finding *finding, struct walker *w);
void walk_ladder(const struct ladder *ladder, struct walker *w);
void walk_plan(const struct report *report, const struct plan *plan, struct walker *w);
void walk_rule(const struct rule_result *rule, struct walker *w);
void walk_change(const struct change *change, struct walker *w);

/* The fields of a capability that the report shows, one by one; start with {0}. */
bool field_at_next(const struct cap_desc *desc, const struct bytes *cap, bool verbose, struct field_iter *iter, struct field_at *at);
/* How many bytes of the capability belong to it: its own length, or up to the next capability. */
size_t cap_extent(const struct fn *fn, const struct cap *cap);
/* Is the capability shown with its fields? */
static inline bool cap_is_shown(const struct report *report, const struct cap *cap)
{
	return cap->desc && (cap->desc->shown || report->verbose);
}
/* "bare-metal", "guest", …; "root-port", "endpoint", … or NULL. */
const char *host_kind_name(enum host_kind kind);
const char *port_type_name(int exp_type);

#endif
