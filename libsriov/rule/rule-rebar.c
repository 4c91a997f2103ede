/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about Resizable BAR and VF Resizable BAR: the registers are the same. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

#define CAP_VF_REBAR 0x24

struct entry {
	uint64_t index, size, sizes;
};

static bool number(struct rule_run *run, uint16_t id, uint64_t *n, const struct cap **cap)
{
	*cap = rule_cap(run, CAP_EXTENDED, id);
	if (*cap && !bytes_bits(&(*cap)->bytes, PCI_REBAR_CTRL, 4, PCI_REBAR_CTRL_NBAR_SHIFT, 3, n))
		return true;
	rule_skip(run, *cap ? "the capability was not read" : "no %s", cap_id_name(CAP_EXTENDED, id));
	return false;
}

static bool entry(const struct cap *cap, unsigned i, struct entry *e)
{
	uint64_t low, high;
	if (bytes_bits(&cap->bytes, PCI_REBAR_CAP + 8 * i, 4, 4, 28, &low) || bytes_bits(&cap->bytes, PCI_REBAR_CTRL + 8 * i, 4, 16, 16, &high) ||
	    bytes_bits(&cap->bytes, PCI_REBAR_CTRL + 8 * i, 4, 0, 3, &e->index) || bytes_bits(&cap->bytes, PCI_REBAR_CTRL + 8 * i, 4, 8, 6, &e->size))
		return false;
	e->sizes = low | high << 28;
	return true;
}

static void count(struct rule_run *run, uint16_t id)
{
	const struct cap *cap;
	uint64_t n;
	if (!number(run, id, &n, &cap) || (n >= 1 && n <= 6))
		return;
	if (!n && run->fn->bridge)
		rule_lower(run, SEVERITY_WARNING); /* a port that has nothing to resize: nobody reads an entry */
	rule_fail(run, "1 to 6", "%u", (unsigned)n);
}

static void indices(struct rule_run *run, uint16_t id)
{
	const struct cap *cap;
	uint64_t n;
	unsigned seen = 0;
	if (!number(run, id, &n, &cap))
		return;
	for (unsigned i = 0; i < n && i < 6; i++) {
		struct entry e;
		if (!entry(cap, i, &e))
			continue;
		if (e.index > 5)
			rule_fail(run, "0 to 5", "entry %u names BAR%u", i, (unsigned)e.index);
		else if (seen & 1u << e.index)
			rule_fail(run, "each BAR once", "entry %u names BAR%u again", i, (unsigned)e.index);
		seen |= 1u << e.index;
	}
}

static void current(struct rule_run *run, uint16_t id)
{
	const struct cap *cap;
	uint64_t n;
	if (!number(run, id, &n, &cap))
		return;
	for (unsigned i = 0; i < n && i < 6; i++) {
		struct entry e;
		if (entry(cap, i, &e) && (e.size > 43 || !(e.sizes >> e.size & 1)))
			rule_fail(run, rule_text(run, "one of the bits of %llxh", (unsigned long long)e.sizes), "entry %u: size code %u", i, (unsigned)e.size);
	}
}

void rule_rebar_count(struct rule_run *run)
{
	count(run, PCI_EXT_CAP_ID_REBAR);
}

void rule_rebar_index(struct rule_run *run)
{
	indices(run, PCI_EXT_CAP_ID_REBAR);
}

void rule_rebar_size(struct rule_run *run)
{
	current(run, PCI_EXT_CAP_ID_REBAR);
}

void rule_vf_rebar_count(struct rule_run *run)
{
	count(run, CAP_VF_REBAR);
}

void rule_vf_rebar_index(struct rule_run *run)
{
	indices(run, CAP_VF_REBAR);
}

void rule_vf_rebar_size(struct rule_run *run)
{
	current(run, CAP_VF_REBAR);
}

void rule_vf_rebar_bar(struct rule_run *run)
{
	const struct cap *cap;
	uint64_t n;
	if (!number(run, CAP_VF_REBAR, &n, &cap))
		return;
	for (unsigned i = 0; i < n && i < 6; i++) {
		struct entry e;
		if (entry(cap, i, &e) && e.index <= 5 && !run->pf->bars[e.index].implemented)
			rule_fail(run, "a VF BAR that is implemented", "entry %u names VF BAR%u", i, (unsigned)e.index);
	}
}
