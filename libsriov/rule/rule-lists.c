/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about the capability lists. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

/* Does a list end as it should? What was not read is no defect of the device. */
static void list_end(struct rule_run *run, enum walk_end end, uint16_t bad, const char *list)
{
	if (end == WALK_LOOP)
		rule_fail(run, "a list that ends", "the %s list returns to the capability at %03xh", list, bad);
	else if (end == WALK_POINTER)
		rule_fail(run, "0, or the offset of a capability", "a pointer of the %s list leads to %03xh", list, bad);
	else if (end == WALK_UNREAD)
		rule_skip(run, "the %s list was not read to its end", list);
	else if (end == WALK_NONE)
		rule_skip(run, "no %s list", list);
}

static void aligned(struct rule_run *run, enum cap_space space)
{
	for (size_t i = 0; i < run->fn->caps_n; i++) {
		const struct cap_at *at = &run->fn->caps[i].at;
		if (at->space == space && at->next & 3)
			rule_fail(run, "the two low bits are 0", "the capability at %03xh points to %03xh", at->offset, at->next);
	}
}

void rule_list_extended(struct rule_run *run)
{
	list_end(run, run->fn->ext_end, run->fn->ext_bad, "extended");
	aligned(run, CAP_EXTENDED);
}

void rule_list_standard(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	list_end(run, fn->std_end, fn->std_bad, "standard");
	aligned(run, CAP_STANDARD);
	uint8_t first;
	if (known_as(&fn->header_type, 0) && fn->std_end != WALK_NONE && !bytes_u8(&fn->config->view, PCI_CAPABILITY_LIST, &first) && first & 3)
		rule_fail(run, "the two low bits are 0", "Capabilities Pointer is %02xh", first);
}

/* The capabilities whose length is sure enough to say that another must not begin inside of them. */
static unsigned sure_length(const struct cap *cap)
{
	switch (cap->at.id) {
	case PCI_EXT_CAP_ID_SRIOV:
	case PCI_EXT_CAP_ID_ARI:
	case PCI_EXT_CAP_ID_ACS:
	case PCI_EXT_CAP_ID_ATS:
	case PCI_EXT_CAP_ID_PRI:
	case PCI_EXT_CAP_ID_PASID:
	case PCI_EXT_CAP_ID_REBAR:
	case 0x24: /* VF Resizable BAR */
		return cap->desc->length ? cap->desc->length(&cap->bytes) : cap->desc->min_len;
	default:
		return 0;
	}
}

void rule_list_overlap(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	static const size_t words = 4096 / 4;
	uint8_t begins[4096 / 4] = {0};
	for (size_t i = 0; i < fn->caps_n; i++)
		if (fn->caps[i].at.space == CAP_EXTENDED)
			begins[fn->caps[i].at.offset / 4] = 1;
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		if (cap->at.space != CAP_EXTENDED || !cap->desc)
			continue;
		unsigned length = sure_length(cap);
		for (size_t at = cap->at.offset / 4u + 1; at < words && at * 4 < cap->at.offset + length; at++)
			if (begins[at])
				rule_fail(run, "one capability behind the other", "%s at %03xh is %u bytes long, another capability begins at %03xh",
					  cap->desc->name, cap->at.offset, length, (unsigned)(at * 4));
	}
}

void rule_list_once(struct rule_run *run)
{
	static const struct {
		enum cap_space space;
		uint16_t id;
	} single[] = {
		{CAP_STANDARD, PCI_CAP_ID_PM}, {CAP_STANDARD, PCI_CAP_ID_MSI}, {CAP_STANDARD, PCI_CAP_ID_EXP}, {CAP_STANDARD, PCI_CAP_ID_MSIX},
		{CAP_EXTENDED, PCI_EXT_CAP_ID_ERR}, {CAP_EXTENDED, PCI_EXT_CAP_ID_DSN}, {CAP_EXTENDED, PCI_EXT_CAP_ID_ACS},
		{CAP_EXTENDED, PCI_EXT_CAP_ID_ARI}, {CAP_EXTENDED, PCI_EXT_CAP_ID_ATS}, {CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV},
		{CAP_EXTENDED, PCI_EXT_CAP_ID_PRI}, {CAP_EXTENDED, PCI_EXT_CAP_ID_PASID}, {CAP_EXTENDED, PCI_EXT_CAP_ID_REBAR}, {CAP_EXTENDED, 0x24},
	};
	for (size_t s = 0; s < ARRAY_SIZE(single); s++) {
		unsigned n = 0;
		for (size_t i = 0; i < run->fn->caps_n; i++)
			n += run->fn->caps[i].at.space == single[s].space && run->fn->caps[i].at.id == single[s].id;
		if (n > 1)
			rule_fail(run, "once", "%s is there %u times", cap_id_name(single[s].space, single[s].id), n);
	}
}

void rule_list_inside(struct rule_run *run)
{
	for (size_t i = 0; i < run->fn->caps_n; i++) {
		const struct cap *cap = &run->fn->caps[i];
		unsigned end = cap->at.space == CAP_EXTENDED ? 4096 : 256;
		if (cap->desc && cap->at.offset + cap->desc->min_len > end && (cap->at.space != CAP_EXTENDED || cap->at.id != PCI_EXT_CAP_ID_SRIOV))
			rule_fail(run, rule_text(run, "it ends at %xh at most", end), "%s at %03xh has %u bytes at least", cap->desc->name, cap->at.offset,
				  cap->desc->min_len);
	}
}

/* All ones where a capability should begin, or in a PF's whole SR-IOV capability. */
void rule_list_readable(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	if (fn->std_end == WALK_ALL_ONES && fn->std_bad == PCI_STATUS)
		rule_skip(run, "the function does not answer: asleep, or gone"); /* as real dumps have them; no rule is broken */
	else if (fn->std_end == WALK_ALL_ONES)
		rule_fail(run, "capabilities, or the end of the list", "the standard list reads all ones at %02xh", fn->std_bad);
	else if (fn->ext_end == WALK_ALL_ONES)
		rule_fail(run, "capabilities, or the end of the list", "the extended list reads all ones at %03xh", fn->ext_bad);
	if (!fn->pf || !fn->pf->offset)
		return;
	unsigned ones = 0, zeros = 0, read = 0;
	for (size_t at = 4; at < 0x40; at += 4) {
		uint32_t v;
		if (bytes_u32(&fn->pf->cap, at, &v))
			continue;
		read++;
		ones += v == UINT32_MAX;
		zeros += v == 0;
	}
	if (read && (ones == read || zeros == read))
		rule_fail(run, "registers with values", "the SR-IOV capability at %03xh reads all %s", fn->pf->offset, ones ? "ones" : "zeros");
}

void rule_list_space(struct rule_run *run)
{
	const struct fn *fn = run->fn;
	if (fn->config->from_text)
		rule_skip(run, "the dump is text");
	else if (!fn_cap(fn, CAP_STANDARD, PCI_CAP_ID_EXP) && fn->std_end != WALK_UNREAD)
		rule_skip(run, "no PCI Express");
	else if (fn->config->view.len <= 256)
		rule_fail(run, "4096 bytes", "%u bytes", (unsigned)fn->config->view.len);
}
