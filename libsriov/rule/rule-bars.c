/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about VF BARs. */
#include <linux/pci_regs.h>
#include "decode/bar.h"
#include "rule/rule.h"

#define PCI_CAP_ID_EA_ 0x14 /* newer than some kernel headers */

/* The registers, not what a kernel made of them. */
static unsigned vf_bars(struct rule_run *run, struct bar bars[BARS_MAX])
{
	struct bytes regs = bytes_part(&run->pf->cap, PCI_SRIOV_BAR, 4 * PCI_SRIOV_NUM_BARS);
	unsigned n = 0;
	bars_decode(&regs, PCI_SRIOV_NUM_BARS, bars);
	for (unsigned i = 0; i < BARS_MAX; i++) {
		if (!bars[i].known)
			rule_skip(run, "a VF BAR was not read");
		n += bars[i].implemented;
	}
	return n;
}

void rule_bar_io(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	vf_bars(run, bars);
	for (unsigned i = 0; i < BARS_MAX; i++)
		if (bars[i].implemented && bars[i].io)
			rule_fail(run, "bit 0 clear", "VF BAR%u %08xh is I/O", i, bars[i].raw);
}

void rule_bar_type(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	vf_bars(run, bars);
	for (unsigned i = 0; i < BARS_MAX; i++)
		if (bars[i].implemented && bars[i].reserved_type)
			rule_fail(run, "type 00b or 10b", "VF BAR%u %08xh has type %s", i, bars[i].raw, bars[i].raw & 4 ? "11b" : "01b");
}

void rule_bar_last(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	vf_bars(run, bars);
	if (bars[5].no_upper)
		rule_fail(run, "a 32-bit type, or 0", "VF BAR5 %08xh is 64-bit", bars[5].raw);
}

void rule_bar_none(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	uint64_t total = run->pf->total_vfs.v;
	if (rule_cap(run, CAP_STANDARD, PCI_CAP_ID_EA_))
		rule_skip(run, "Enhanced Allocation places them");
	else if (!vf_bars(run, bars) && run->state == FINDING_PASS && known(&run->pf->total_vfs) && total)
		rule_fail(run, "one or more", "no VF BAR");
}

void rule_bar_pref32(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	vf_bars(run, bars);
	for (unsigned i = 0; i < BARS_MAX; i++)
		if (bars[i].implemented && !bars[i].io && bars[i].prefetchable && !bars[i].is_64)
			rule_fail(run, "64-bit", "VF BAR%u %08xh is prefetchable and 32-bit", i, bars[i].raw);
}

void rule_bar_aligned(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	uint64_t page;
	vf_bars(run, bars);
	if (!rule_known(run, &run->pf->page_size, "System Page Size"))
		return;
	page = run->pf->page_size.v * 4096;
	if (!page || page & (page - 1))
		return; /* R21 */
	for (unsigned i = 0; i < BARS_MAX; i++)
		if (bars[i].implemented && !bars[i].io && bars[i].address & (page - 1))
			rule_fail(run, rule_text(run, "a multiple of %llxh", (unsigned long long)page), "VF BAR%u is at %llxh", i, (unsigned long long)bars[i].address);
}

/* Windows of the port above that are open, of memory. */
static unsigned windows(const struct bridge *port, struct range w[2])
{
	unsigned n = 0;
	if (port->mem.assigned == TRI_YES)
		w[n++] = port->mem.range;
	if (port->pref.assigned == TRI_YES)
		w[n++] = port->pref.range;
	return n;
}

static const char *windows_text(struct rule_run *run, const struct range *w, unsigned n)
{
	if (n == 2)
		return rule_text(run, "inside of %llx-%llx or %llx-%llx", (unsigned long long)w[0].start, (unsigned long long)w[0].end,
				 (unsigned long long)w[1].start, (unsigned long long)w[1].end);
	return n ? rule_text(run, "inside of %llx-%llx", (unsigned long long)w[0].start, (unsigned long long)w[0].end) : "a window of memory in the port above";
}

void rule_bar_window(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	struct range w[2];
	const struct fn *up = fn_upstream(run->fn);
	if (!up || !up->bridge) {
		rule_skip(run, run->fn->on_root_bus ? "on a root bus" : "the port above is not in the dump");
		return;
	}
	if (!known_as(&run->pf->vf_mse, 1)) {
		rule_skip(run, "VF MSE is clear: the addresses are not in use");
		return;
	}
	if (!up->bridge->mem.from && !up->bridge->pref.from) {
		rule_skip(run, "the windows of the port above were not read");
		return;
	}
	vf_bars(run, bars);
	unsigned n = windows(up->bridge, w);
	for (unsigned i = 0; i < BARS_MAX; i++) {
		if (!bars[i].implemented || bars[i].io || !bars[i].address || bars[i].upper_unread)
			continue;
		uint64_t size = run->pf->bars[i].size, total = 1;
		if (size && known(&run->pf->total_vfs) && run->pf->total_vfs.v)
			total = size * run->pf->total_vfs.v; /* 64 bits hold 8 EiB times a few, else it wraps to less: never a false complaint */
		struct range aperture = {bars[i].address, bars[i].address + (total ? total - 1 : 0)};
		bool fits = false;
		for (unsigned k = 0; k < n; k++)
			fits |= range_within(aperture, w[k]);
		if (!fits)
			rule_fail(run, windows_text(run, w, n), "VF BAR%u at %llx%s", i, (unsigned long long)aperture.start,
				  total > 1 ? rule_text(run, "-%llx", (unsigned long long)aperture.end) : "");
	}
}

void rule_bar_nonpref(struct rule_run *run)
{
	struct bar bars[BARS_MAX];
	if (!fn_upstream(run->fn)) {
		rule_skip(run, run->fn->on_root_bus ? "on a root bus" : "the port above is not in the dump");
		return;
	}
	vf_bars(run, bars);
	for (unsigned i = 0; i < BARS_MAX; i++)
		if (bars[i].implemented && bars[i].is_64 && !bars[i].prefetchable)
			rule_fail(run, "prefetchable", "VF BAR%u is 64-bit and not prefetchable", i);
}

/* Against the PFs in front of it on the same bus: each pair is told once. */
void rule_bar_disjoint(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	unsigned mine = 0;
	for (unsigned i = 0; i < BARS_MAX; i++)
		mine += !range_empty(run->pf->bars[i].range) && run->pf->bars[i].range.end;
	if (!mine) {
		rule_skip(run, "no VF BAR has a known address and size");
		return;
	}
	while (fn > run->model->fns && addr_same_bus(&fn[-1].addr, &run->fn->addr)) {
		fn--;
		if (!fn->pf || fn->role != ROLE_PF)
			continue;
		for (unsigned i = 0; i < BARS_MAX * BARS_MAX; i++) {
			const struct range a = run->pf->bars[i / BARS_MAX].range, b = fn->pf->bars[i % BARS_MAX].range;
			char addr[ADDR_TEXT];
			if (a.end && b.end && range_overlap(a, b))
				rule_fail(run, "apertures of their own", "VF BAR%u at %llx-%llx overlaps VF BAR%u of %s", i / BARS_MAX,
					  (unsigned long long)a.start, (unsigned long long)a.end, i % BARS_MAX, addr_text(&fn->addr, addr));
		}
	}
}
