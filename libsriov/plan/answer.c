/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `echo N > sriov_numvfs` returns, in the kernel's own order of tests: drivers/pci/iov.c sriov_numvfs_store(), then
 * sriov_enable(), then sriov_add_vfs().
 */
#include <linux/pci_regs.h>

#include "plan/inputs.h"

struct answer {
	const char *outcome; /* NULL: this test lets it pass */
	const char *finding;
	const char *why;
};

#define PASS ((struct answer){0})

static struct answer unknown(const char *why)
{
	return (struct answer){"unknown", NULL, why};
}

/* ---- sriov_numvfs_store() ---- */

static struct answer test_attribute(const struct inputs *in)
{
	if (in->accepted != TRI_NO)
		return PASS;
	/* the shell cannot create the file that is missing */
	return (struct answer){"EACCES", known_as(&in->total, 0) ? "nic-fw-sriov-disabled" : "capability-invalid",
			       "the kernel did not accept the capability: there is no sriov_numvfs to write to"};
}

static struct answer test_limit(const struct inputs *in, uint64_t n, struct arena *arena)
{
	if (!known(&in->limit))
		return unknown("TotalVFs was not read");
	if (n <= in->limit.v)
		return PASS;
	const char *why = known(&in->total) && in->limit.v < in->total.v ?
		arena_printf(arena, "the PF driver allows %u VFs, of the capability's TotalVFs of %u", (unsigned)in->limit.v, (unsigned)in->total.v) :
		arena_printf(arena, "TotalVFs is %u", (unsigned)in->limit.v);
	return (struct answer){"ERANGE", "numvfs-exceeds-total", why};
}

static struct answer test_driver(const struct inputs *in)
{
	switch (in->configure) {
	case CONFIGURE_NO_DRIVER:
		return (struct answer){"ENOENT", "pf-driver-not-bound", "no driver is bound to the PF"};
	case CONFIGURE_NONE:
		return (struct answer){"ENOENT", "pf-driver-no-sriov-configure", "the PF's driver has no sriov_configure"};
	default:
		return PASS;
	}
}

static struct answer test_busy(const struct inputs *in, uint64_t n, struct arena *arena)
{
	if (!n || !known(&in->current) || !in->current.v)
		return PASS;
	return (struct answer){"EBUSY", "numvfs-already-nonzero",
			       arena_printf(arena, "%u VFs are enabled; write 0 first", (unsigned)in->current.v)};
}

/* ---- sriov_enable() ---- */

static struct answer test_registers(const struct inputs *in, uint64_t n)
{
	const struct pf *pf = in->pf;
	if (!known(&pf->initial_vfs) || !known(&pf->migration_capable) || !known(&pf->total_vfs) || pf->total_vfs.from != pf->initial_vfs.from)
		return PASS; /* the kernel's own attributes are there, the registers were not captured: they are in order as a rule */
	if (pf->initial_vfs.v > pf->total_vfs.v || (!pf->migration_capable.v && pf->initial_vfs.v != pf->total_vfs.v))
		return (struct answer){"EIO", "capability-invalid", "InitialVFs does not match TotalVFs"};
	if (n > pf->initial_vfs.v && !pf->migration_capable.v)
		return (struct answer){"EINVAL", "capability-invalid", "more than InitialVFs"};
	return PASS;
}

static struct answer test_memory(const struct inputs *in, struct arena *arena)
{
	if (in->mmio == TRI_UNKNOWN)
		return unknown("whether the VF BARs were assigned is not known: supply sysfs `resource` of the PF, or the kernel log");
	if (in->mmio == TRI_YES)
		return PASS;
	return (struct answer){"ENOMEM", "vf-bar-no-mmio", arena_printf(arena, "VF BAR%u has no memory space", in->missing_bar)};
}

static struct answer test_buses(const struct inputs *in, uint64_t n, struct arena *arena)
{
	if (!known(&in->offset) || (n > 1 && !known(&in->stride)))
		return unknown("First VF Offset and VF Stride were not read");
	uint64_t bus = vf_rid(in, n - 1) >> 8;
	if (bus == in->fn->addr.bus)
		return PASS;
	if (!known(&in->last_bus))
		return unknown("the bus numbers of the port above were not read");
	if (bus <= in->last_bus.v)
		return PASS;
	return (struct answer){"ENOMEM", "bus-numbers-exhausted",
			       arena_printf(arena, "VF %u would be on bus %02x, the last bus there is %02x", (unsigned)(n - 1), (unsigned)bus,
					    (unsigned)in->last_bus.v)};
}

static struct answer test_link(const struct inputs *in)
{
	const struct fn *fn = in->fn;
	if (!known(&in->pf->dep_link))
		return PASS;
	uint8_t devfn = (uint8_t)(fn->addr.device << 3 | fn->addr.function), link = (uint8_t)in->pf->dep_link.v;
	if (fn->exp_type == PCI_EXP_TYPE_RC_END)
		link = (uint8_t)(fn->addr.device << 3 | (link & 7));
	if (link == devfn)
		return PASS;
	const struct sriov_addr addr = {fn->addr.domain, fn->addr.bus, link >> 3, link & 7};
	const struct fn *other = model_find(in->m, &addr);
	if (other && other->pf)
		return PASS;
	if (!other && in->m->snap->kind != SOURCE_HOST && !in->fn->dir)
		return unknown("the function that the Function Dependency Link names was not captured");
	return other ? (struct answer){"ENOSYS", "dependency-link-broken", "the function that the Function Dependency Link names is no PF"} :
		       (struct answer){"ENODEV", "dependency-link-broken", "the function that the Function Dependency Link names is not there"};
}

/* ---- sriov_add_vfs() ---- */

static struct answer test_reach(const struct inputs *in, uint64_t n, struct arena *arena)
{
	bool sure;
	uint64_t reached = limit_ari(in, &sure);
	if (!sure)
		return unknown("whether the port above forwards ARI is not known: supply its configuration space");
	if (n <= reached)
		return PASS;
	return (struct answer){"EIO", "ari-forwarding-missing",
			       arena_printf(arena, "VF %u is not on device 0, and the port above does not forward ARI: it will not answer",
					    (unsigned)reached)};
}

static struct answer decide(const struct inputs *in, uint64_t n, struct arena *arena)
{
	struct answer a = test_attribute(in);
	if (a.outcome)
		return a;
	if (n > 0xffff)
		return (struct answer){"EINVAL", NULL, "the kernel takes no number above 65535"};
	a = test_limit(in, n, arena);
	if (a.outcome)
		return a;
	if (known(&in->current) && n == in->current.v)
		return (struct answer){"ok", NULL, "as many are enabled: nothing is done"};
	a = test_driver(in);
	if (a.outcome || !n)
		return a.outcome ? a : (struct answer){"ok", NULL, "the VFs are taken away"};
	a = test_busy(in, n, arena);
	if (!a.outcome)
		a = test_registers(in, n);
	if (!a.outcome)
		a = test_memory(in, arena);
	if (!a.outcome)
		a = test_buses(in, n, arena);
	if (!a.outcome)
		a = test_link(in);
	if (!a.outcome)
		a = test_reach(in, n, arena);
	return a.outcome ? a : (struct answer){"ok", NULL, NULL};
}

int answer_fill(const struct inputs *in, uint64_t n, struct arena *arena, struct plan *plan)
{
	struct answer a = decide(in, n, arena);
	plan->asked = true;
	plan->vfs = n;
	plan->outcome = a.outcome;
	plan->finding = a.finding;
	plan->why = a.why;
	return a.finding && !a.why ? -ENOMEM : 0; /* a finding comes with its numbers */
}
