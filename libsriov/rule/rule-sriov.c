/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules about the SR-IOV capability by itself. */
#include <linux/pci_regs.h>
#include "rule/rule.h"

#define PAGES_MANDATORY 0x553u
#define CAP_DEV3        0x2f

static bool sriov(struct rule_run *run, const char *name, uint64_t *value)
{
	return rule_field(run, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV, name, value);
}

static const struct cap *sriov_cap(const struct rule_run *run)
{
	return rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV);
}

void rule_version(struct rule_run *run)
{
	unsigned version = sriov_cap(run)->at.version;
	if (version != 1)
		rule_fail(run, "1", "%u", version);
}

void rule_inside(struct rule_run *run)
{
	unsigned offset = run->pf->offset;
	if (offset + 0x40 > 4096)
		rule_fail(run, "FC0h or below", "it begins at %03xh and has 64 bytes", offset);
}

void rule_not_vf(struct rule_run *run)
{
	if (run->fn->role != ROLE_VF)
		rule_skip(run, "not a VF");
	else if (rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV))
		rule_fail(run, "no SR-IOV capability in a VF", "SR-IOV at %03xh", rule_cap(run, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV)->at.offset);
}

void rule_initial(struct rule_run *run)
{
	uint64_t initial, total, migration;
	if (!sriov(run, "InitialVFs", &initial) || !sriov(run, "TotalVFs", &total) || !sriov(run, "VF Migration Capable", &migration))
		return;
	if (initial > total)
		rule_fail(run, "at most TotalVFs", "InitialVFs %u, TotalVFs %u", (unsigned)initial, (unsigned)total);
	else if (!migration && initial != total)
		rule_fail(run, "InitialVFs equal to TotalVFs, VF Migration Capable being clear", "InitialVFs %u, TotalVFs %u", (unsigned)initial, (unsigned)total);
}

void rule_num(struct rule_run *run)
{
	uint64_t num, initial, total, migration;
	if (!sriov(run, "NumVFs", &num) || !sriov(run, "InitialVFs", &initial) || !sriov(run, "TotalVFs", &total) ||
	    !sriov(run, "VF Migration Capable", &migration))
		return;
	uint64_t most = !migration && initial < total ? initial : total;
	if (num > most && num > total)
		rule_fail(run, "at most TotalVFs", "NumVFs %u, TotalVFs %u", (unsigned)num, (unsigned)total);
	else if (num > most)
		rule_fail(run, "at most InitialVFs", "NumVFs %u, InitialVFs %u", (unsigned)num, (unsigned)initial);
}

void rule_enabled_none(struct rule_run *run)
{
	if (rule_known(run, &run->pf->vf_enable, "VF Enable") && rule_known(run, &run->pf->num_vfs, "NumVFs") && run->pf->vf_enable.v && !run->pf->num_vfs.v)
		rule_fail(run, "NumVFs of 1 or more", "VF Enable set, NumVFs 0");
}

void rule_offset(struct rule_run *run)
{
	uint64_t offset, num;
	if (!sriov(run, "First VF Offset", &offset) || !sriov(run, "NumVFs", &num) || offset)
		return;
	if (num) {
		rule_fail(run, "1 or more", "First VF Offset 0, NumVFs %u", (unsigned)num);
	} else if (known(&run->pf->total_vfs) && run->pf->total_vfs.v) { /* the value is unused until NumVFs is set */
		rule_lower(run, SEVERITY_INFO);
		rule_fail(run, "a value that shows where VFs will be", "First VF Offset 0 while NumVFs is 0");
	}
}

void rule_stride(struct rule_run *run)
{
	uint64_t stride, num;
	if (!sriov(run, "VF Stride", &stride) || !sriov(run, "NumVFs", &num) || stride)
		return;
	if (num > 1) {
		rule_fail(run, "1 or more", "VF Stride 0, NumVFs %u", (unsigned)num);
	} else if (known(&run->pf->total_vfs) && run->pf->total_vfs.v > 1) {
		rule_lower(run, SEVERITY_INFO);
		rule_fail(run, "a value that shows where VFs will be", "VF Stride 0 while NumVFs is %u", (unsigned)num);
	}
}

void rule_page_sizes(struct rule_run *run)
{
	uint64_t sizes;
	if (sriov(run, "Supported Page Sizes", &sizes) && (sizes & PAGES_MANDATORY) != PAGES_MANDATORY)
		rule_fail(run, "553h and any others", "%03xh lacks %03xh", (unsigned)sizes, (unsigned)(PAGES_MANDATORY & ~sizes));
}

void rule_page_size(struct rule_run *run)
{
	uint64_t sizes, size;
	if (!sriov(run, "Supported Page Sizes", &sizes) || !sriov(run, "System Page Size", &size))
		return;
	if (!size || size & (size - 1))
		rule_fail(run, "one bit", "System Page Size %xh", (unsigned)size);
	else if (!(size & sizes))
		rule_fail(run, "a bit of Supported Page Sizes", "System Page Size %xh, Supported Page Sizes %xh", (unsigned)size, (unsigned)sizes);
}

void rule_page_host(struct rule_run *run)
{
	uint64_t sizes, size;
	if (!run->model->host.page_size || run->model->host.page_size < 4096) {
		rule_skip(run, "the host's page size is not known");
		return;
	}
	if (!sriov(run, "Supported Page Sizes", &sizes) || !sriov(run, "System Page Size", &size))
		return;
	uint64_t fit = sizes & ~(uint64_t)(run->model->host.page_size / 4096 - 1);
	fit &= ~(fit - 1);
	if (fit && size != fit)
		rule_fail(run, rule_text(run, "%xh", (unsigned)fit), "System Page Size %xh, the host's page has %u bytes", (unsigned)size, run->model->host.page_size);
}

void rule_mse(struct rule_run *run)
{
	if (!rule_known(run, &run->pf->vf_enable, "VF Enable") || !rule_known(run, &run->pf->vf_mse, "VF MSE"))
		return;
	if (run->pf->vf_enable.v != run->pf->vf_mse.v)
		rule_fail(run, "both set or both clear", "VF Enable %u, VF MSE %u", (unsigned)run->pf->vf_enable.v, (unsigned)run->pf->vf_mse.v);
}

void rule_tags(struct rule_run *run)
{
	uint64_t enable, supported;
	if (sriov(run, "VF 10-Bit Tag Requester Enable", &enable) && sriov(run, "VF 10-Bit Tag Requester Supported", &supported) && enable && !supported)
		rule_fail(run, "clear", "VF 10-Bit Tag Requester Enable set, Supported clear");
}

void rule_migration(struct rule_run *run)
{
	static const char *const names[] = {"VF Migration Capable", "VF Migration Enable", "VF Migration Interrupt Enable", "VF Migration State Array Offset"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		uint64_t v;
		if (sriov(run, names[i], &v) && v)
			rule_fail(run, "0", "%s %xh", names[i], (unsigned)v);
	}
}

void rule_vf_device(struct rule_run *run)
{
	uint64_t device, total;
	if (sriov(run, "VF Device ID", &device) && sriov(run, "TotalVFs", &total) && total && (device == 0 || device == 0xffff))
		rule_fail(run, "an id of the vendor's", "VF Device ID %04xh, TotalVFs %u", (unsigned)device, (unsigned)total);
}

/* Reserved rows; and the bits of 14-bit tags, which came with Device 3: a device without that capability has them reserved. */
void rule_reserved(struct rule_run *run)
{
	const struct cap *cap = sriov_cap(run);
	for (size_t i = 0; i < cap->desc->fields_n; i++) {
		const struct field *f = &cap->desc->fields[i];
		uint64_t v;
		bool tag14 = (f->reg == PCI_SRIOV_CAP && f->lsb == 3 && f->width == 1) || (f->reg == PCI_SRIOV_CTRL && f->lsb == 6);
		if ((f->kind != FIELD_RSVD && !(tag14 && !rule_cap(run, CAP_EXTENDED, CAP_DEV3))) || field_get(f, &cap->bytes, 0, &v) || !v)
			continue;
		rule_fail(run, "0", "%s %xh", f->name, (unsigned)v);
	}
}

void rule_total_zero(struct rule_run *run)
{
	uint64_t total;
	if (sriov(run, "TotalVFs", &total) && !total)
		rule_fail(run, "1 or more", "TotalVFs 0");
}

void rule_flr(struct rule_run *run)
{
	uint64_t flr;
	if (rule_field(run, CAP_STANDARD, PCI_CAP_ID_EXP, "Function Level Reset Capability", &flr) && !flr)
		rule_fail(run, "1", "Function Level Reset Capability 0");
}
