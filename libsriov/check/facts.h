/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Judgements that several checks and the ladder share: pure functions of the model. */
#ifndef SRIOV_CHECK_FACTS_H
#define SRIOV_CHECK_FACTS_H

#include "rows.h"

/* VFs that are wanted: -n, else what the driver leaves of TotalVFs, else TotalVFs. 0: unknown. */
uint64_t vfs_wanted(const struct run *run, const struct fn *pf);

/* Is ARI forwarding in effect between the PF and what is above it? On a root bus no one asks: yes. */
enum tri ari_above(const struct model *model, const struct fn *pf, const char **where);

/* First VF Offset and VF Stride: the registers', else the attributes'. */
struct fact vf_offset(const struct pf *pf);
struct fact vf_stride(const struct pf *pf);

/* Where the routing IDs of count VFs lead. */
struct reach {
	bool known;          /* First VF Offset and VF Stride are known */
	uint64_t count;
	uint64_t beyond_device; /* VFs on the PF's own bus and on another device number: only ARI reaches them */
	uint64_t first_beyond;  /* index of the first of them */
	uint64_t last_bus;   /* bus of the last VF; may be > 255 */
	enum tri ari;
	const char *ari_where;
	enum tri buses;      /* the bus numbers are there */
	uint64_t bus_end;    /* the last bus behind the port; counts unless buses is unknown */
	uint64_t max_by_bus; /* VFs that fit into the bus numbers */
	const struct fn *port;
};
void reach_judge(const struct model *model, const struct fn *pf, uint64_t count, struct reach *out);
/* "0000:02:10.0": the address of a VF by its routing ID; a bus beyond 255 is printed as it is. */
const char *rid_text(struct run *run, const struct fn *pf, uint64_t rid);
uint64_t vf_rid(const struct fn *pf, uint64_t index);

/* VF BARs: how many are implemented, and how many of them have memory. */
struct vf_space {
	bool known;          /* the VF BARs, or the lines of the resource file, were read */
	unsigned implemented, assigned, missing, unknown;
	int first_missing;   /* index of the first VF BAR without memory, -1 = none */
};
void vf_space_judge(const struct fn *pf, struct vf_space *out);

/* Isolation of the PF's VFs from others, by the walk of pci_acs_path_enabled(): which port lacks which bits. */
struct acs_path {
	enum tri isolated;
	const struct fn *port;  /* the first that is short, or that could not be judged */
	uint64_t lacking;       /* bits of ACS Capability or Control that it lacks */
	bool no_capability;     /* it has none at all */
	bool off;               /* it could, but the control bits are clear */
};
void acs_judge(const struct model *model, const struct fn *pf, struct acs_path *out);
/* "SV RR UF": names of ACS bits. */
const char *acs_bits(struct run *run, uint64_t bits);

/* The last event of a type that is the PF's own (its VFs' included where vfs is set); subject NULL: one that no PF in view owns. */
const struct kmsg_event *log_of(const struct run *run, enum kmsg_type type, const struct fn *subject);
/* "dmesg:12", and the line's text. */
const char *where_event(struct run *run, const struct kmsg_event *event);
const char *slice_text(struct run *run, struct slice s);
/* Evidence: a log line. */
void finding_log(struct run *run, struct finding *finding, const struct kmsg_event *event, const char *note);
/* "0000:01:00.0", or "the host" */
const char *name_of(struct run *run, const struct fn *fn);
/* "16 MiB" */
const char *memory_text(struct run *run, uint64_t size);
/* The function that an event is about (in the model), or NULL. */
const struct fn *event_fn(const struct run *run, const struct kmsg_event *event);

/* What pasted sessions say; may be NULL. */
static inline const struct session *session_of(const struct run *run)
{
	return run->model->session ? run->model->session : run->model->snap->session;
}
struct session_write;
/* The last write for a PF in view (NULL: for what none owns), and the one before it; NULL: there is none. */
const struct session_write *write_last(const struct run *run, const struct fn *subject);
const struct session_write *write_before(const struct run *run, const struct session_write *write);
/*
 * The last write to an attribute of the subject that was refused with one of the errors (0 ends the list; none: whatever error).
 * subject NULL: of what no PF in view owns.
 */
const struct session_write *write_refused(const struct run *run, const struct fn *subject, const char *attribute, const int *errors);
/* Evidence: what was written and what came back. */
void finding_write(struct run *run, struct finding *finding, const struct session_write *write, const char *note);

/* A function's attribute: bytes of DIR/name, p == NULL where it was not read. */
struct slice fn_attr(const struct run *run, const struct fn *fn, const char *name);
enum item_state fn_attr_state(const struct run *run, const struct fn *fn, const char *name);

#endif
