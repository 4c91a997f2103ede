/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A healthy host whose two VFs can be given away, with changes; and its report as lines. */
#ifndef TESTS_HEALTHY_H
#define TESTS_HEALTHY_H

#include <errno.h>

#include "check/check.h"
#include "decode/ingest.h"
#include "space.h"

#define PF   "sys/bus/pci/devices/0000:01:00.0/"
#define PORT "sys/bus/pci/devices/0000:00:01.0/"
#define VF0  "sys/bus/pci/devices/0000:01:10.0/"
#define VF1  "sys/bus/pci/devices/0000:01:10.2/"
#define GONE ((const char *)-1)
#define DENIED ((const char *)-2)
#define REDACTED ((const char *)-3)

enum space_at { NO_SPACE, PORT_SPACE, PF_SPACE, VF0_SPACE, VF1_SPACE, SPACES };

/*
 * A path and its text; a path that begins with '@' is a link; text GONE: not there; DENIED: there, and nobody may read it. Or bytes of a
 * configuration space. Or bytes of a file; of one more function's configuration space where path is its address.
 */
struct edit {
	const char *path, *text;
	enum space_at space;
	unsigned at, size;
	uint32_t value;
	const uint8_t *bytes;
	size_t len;
};
#define REG(space_, at_, size_, value_) {.space = (space_), .at = (at_), .size = (size_), .value = (value_)}
#define CUT 0x20 /* a size: the space ends at that offset */

static const struct edit healthy[] = {
	{"@" PF "driver", "../../../../bus/pci/drivers/igb"}, {PF "sriov_totalvfs", "7\n"}, {PF "sriov_numvfs", "2\n"}, {PF "sriov_drivers_autoprobe", "1\n"},
	{PF "vendor", "0x8086\n"}, {PF "device", "0x10c9\n"}, {PF "class", "0x020000\n"}, {PF "ari_enabled", "1\n"},
	{PF "resource", "0x00000000fe900000 0x00000000fe91ffff 0x0000000000040200\n"},
	{"@" VF0 "driver", "../../../../bus/pci/drivers/igbvf"}, {"@" VF0 "physfn", "../0000:01:00.0"}, {"@" VF0 "iommu_group", "../../../../kernel/iommu_groups/10"},
	{"@" VF1 "driver", "../../../../bus/pci/drivers/igbvf"}, {"@" VF1 "physfn", "../0000:01:00.0"}, {"@" VF1 "iommu_group", "../../../../kernel/iommu_groups/11"},
	{VF0 "modalias", "pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00\n"}, {VF1 "modalias", "pci:v00008086d000010CAsv00008086sd0000A03Cbc02sc00i00\n"},
	{VF0 "reset_method", "flr\n"}, {VF1 "reset_method", "flr\n"},
	{"@" PF "virtfn0", "../0000:01:10.0"}, {"@" PF "virtfn1", "../0000:01:10.2"},
	{"@sys/class/iommu/dmar0", "../../devices/virtual/iommu/dmar0"},
	{"@sys/kernel/iommu_groups/10/devices/0000:01:10.0", "x"}, {"sys/kernel/iommu_groups/10/reserved_regions", "0xfee00000 0xfeefffff msi\n"},
	{"@sys/kernel/iommu_groups/11/devices/0000:01:10.2", "x"}, {"sys/kernel/iommu_groups/11/reserved_regions", "0xfee00000 0xfeefffff msi\n"},
	{"proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\nvmx flags\t: vnmi ept vpid\n"},
	{"proc/interrupts", "  24:  0  IR-PCI-MSI 0-edge aerdrv\n"},
	{"proc/cmdline", "root=/dev/sda1 intel_iommu=on\n"}, {"proc/version", "Linux version 6.12.0 (x) #1\n"},
	{"proc/modules", "igb 1 0 - Live 0x0\nigbvf 1 0 - Live 0x0\nnvme 1 0 - Live 0x0\n"},
	{"lib/modules/6.12.0/modules.alias", "alias pci:v00008086d000010CAsv*sd*bc*sc*i* igbvf\n"},
	{"lib/modules/6.12.0/modules.dep", "kernel/drivers/net/igbvf.ko:\nkernel/drivers/vfio/pci/vfio-pci.ko:\n"},
	{"sys/class/dmi/id/sys_vendor", "Dell Inc.\n"}, {"sys/class/dmi/id/product_name", "PowerEdge R740\n"},
	{"etc/os-release", "ID=debian\n"}, {"etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=quiet\n"},
};

struct machine {
	struct snapshot *snap;
	struct model *model;
	struct report report;
};

static bool sizes_told; /* as sysfs does: a configuration space that ends after 64, 256 or 4096 bytes is so large */

static void tell_size(struct item *item, size_t len)
{
	if (sizes_told && (len == 64 || len == 256 || len == 4096))
		item->config->size = (uint16_t)len;
}

static void put(struct snapshot *snap, const struct edit *edit)
{
	bool link = edit->path[0] == '@';
	struct slice text = slice_of(edit->path);
	struct sriov_addr addr;
	struct item *item;
	if (edit->text == GONE)
		return;
	if (edit->bytes && addr_eat(&text, &addr)) {
		assert_int_equal(snapshot_put_config(snap, &addr, edit->bytes, NULL, edit->len, &item), 0);
		tell_size(item, edit->len);
		return;
	}
	bool hidden = edit->text == DENIED || edit->text == REDACTED;
	text = hidden ? (struct slice){NULL, 0} : edit->bytes ? slice_bytes(edit->bytes, edit->len) : slice_of(edit->text);
	assert_int_equal(snapshot_put(snap, NULL, edit->path + link, link ? ITEM_LINK : ITEM_FILE, edit->text == DENIED ? ITEM_DENIED : hidden ? ITEM_REDACTED : ITEM_PRESENT, text, &item), 0);
	item->err = edit->text == DENIED ? EACCES : 0;
}

static void complete(struct item *dir)
{
	dir->complete = true;
	for (struct item *below = dir->child; below; below = below->next)
		if (below->kind == ITEM_DIR)
			complete(below);
}

#define HYPERV {.profile = PROFILE_HYPERV}
#define HOST   {.goal_given = true, .goal = GOAL_HOST}

enum host_state { IN_USE, IDLE, NOTHING }; /* two VFs are enabled; none is; nothing of a host, only what the edits put there */

static bool of_vfs(const char *path)
{
	return strstr(path, "0000:01:10.") || strstr(path, "virtfn") || strstr(path, "iommu_groups/1");
}

static const struct sriov_addr *viewed; /* the only function in view, or NULL: all */

static void build(enum host_state host, struct machine *m, const struct edit *edits, size_t n, struct ask ask)
{
	struct space spaces[SPACES];
	m->snap = snapshot_new("test");
	for (size_t i = 0; i < n; i++)
		if (edits[i].path)
			put(m->snap, &edits[i]);
	for (size_t i = 0; i < ARRAY_SIZE(healthy) && host != NOTHING; i++) {
		bool changed = host == IDLE && of_vfs(healthy[i].path);
		for (size_t k = 0; k < n; k++)
			changed |= edits[k].path && !strcmp(edits[k].path, healthy[i].path);
		if (!changed)
			put(m->snap, host == IDLE && strstr(healthy[i].path, "sriov_numvfs") ? &(struct edit){.path = healthy[i].path, .text = "0\n"} : &healthy[i]);
	}
	static const struct sriov_addr addrs[SPACES] = {
		[PORT_SPACE] = {0, 0, 1, 0}, [PF_SPACE] = {0, 1, 0, 0}, [VF0_SPACE] = {0, 1, 16, 0}, [VF1_SPACE] = {0, 1, 16, 2},
	};
	space_port(&spaces[PORT_SPACE], 0, 1, 2, 1);
	space_ext(&spaces[PORT_SPACE], 0x100, 0x0d);
	put16(&spaces[PORT_SPACE], 0x104, 0x001f);
	put16(&spaces[PORT_SPACE], 0x106, 0x001d);
	space_header(&spaces[PF_SPACE], 0x8086, 0x10c9, 0x020000, 0);
	space_express(&spaces[PF_SPACE], 0);
	space_ext(&spaces[PF_SPACE], 0x100, 0x0e);
	space_sriov(&spaces[PF_SPACE], 0x160, 8, 2, 128, 2);
	put16(&spaces[PF_SPACE], 0x160 + 0x08, 0x0019);
	for (int i = VF0_SPACE; i <= VF1_SPACE; i++) {
		space_header(&spaces[i], 0xffff, 0xffff, 0x020000, 0);
		space_express(&spaces[i], 0);
		put32(&spaces[i], 0x44, 1U << 28); /* Function Level Reset Capability */
	}
	if (host == IDLE) {
		put16(&spaces[PF_SPACE], 0x160 + 0x08, 0x0010);
		put16(&spaces[PF_SPACE], 0x160 + 0x10, 0);
	}
	for (size_t i = 0; i < n; i++)
		for (unsigned k = 0; k < (edits[i].size & 0xf); k++)
			spaces[edits[i].space].b[edits[i].at + k] = (uint8_t)(edits[i].value >> 8 * k);
	for (int i = PORT_SPACE; i < SPACES; i++) {
		size_t len = host == NOTHING || (host == IDLE && i >= VF0_SPACE) ? 0 : sizeof(spaces[i].b);
		for (size_t k = 0; k < n; k++)
			if ((int)edits[k].space == i && edits[k].size & CUT)
				len = edits[k].at;
		if (len) {
			struct item *item;
			assert_int_equal(snapshot_put_config(m->snap, &addrs[i], spaces[i].b, NULL, len, &item), 0);
			tell_size(item, len);
		}
	}
	assert_int_equal(text_ingest(m->snap), 0);
	if (host != NOTHING)
		complete(m->snap->root);
	assert_int_equal(model_new(m->snap, &m->model), 0);
	m->report = (struct report){.tool = "sriov-check", .model = m->model};
	const struct fn *only = viewed ? model_find(m->model, viewed) : NULL;
	if (only) {
		m->report.view = &only;
		m->report.view_n = 1;
	}
	assert_int_equal(check_run(m->model, &ask, &m->report), 0);
	m->report.view = NULL;
}

static void end(struct machine *m)
{
	report_clear(&m->report);
	model_free(m->model);
	snapshot_free(m->snap);
}

static void print_finding(FILE *to, const struct finding *f, bool whole)
{
	char buf[ADDR_TEXT];
	fprintf(to, "  %s %s %s %s %s%s%s\n", f->id, f->subject ? addr_text(&f->subject->addr, buf) : "host", finding_state_name(f->state), severity_name(f->severity),
		role_name(f->role), f->because ? " of " : "", f->because ? f->because->id : "");
	if (!whole)
		return;
	fprintf(to, "    %s (%s)%s%s\n", f->message, confidence_name(f->confidence), f->missing ? "; missing: " : "", f->missing ? f->missing : "");
	for (size_t i = 0; i < f->evidence_n; i++)
		fprintf(to, "    %s: %s, expected %s%s%s\n", f->evidence[i].where, f->evidence[i].value, f->evidence[i].expected ? f->evidence[i].expected : "-",
			f->evidence[i].note ? "; " : "", f->evidence[i].note ? f->evidence[i].note : "");
	for (size_t i = 0; i < f->steps_n; i++)
		fprintf(to, "    %zu. %s\n", i + 1, f->steps[i]);
}

static void print_report(FILE *to, const struct report *report, const char *id) /* id NULL: all of all findings */
{
	fprintf(to, "  %s: %s\n", verdict_name(report->verdict), report->answer);
	for (size_t i = 0; i < report->ladders_n; i++) {
		const struct ladder *ladder = &report->ladders[i];
		fprintf(to, "  reached %s:", ladder->reached < 0 ? "nothing" : rung_name((enum rung)ladder->reached));
		for (int rung = 0; rung < RUNG_COUNT; rung++)
			if (ladder->rungs[rung] != FINDING_NOTAPPLICABLE)
				fprintf(to, " %s %s", rung_name((enum rung)rung), finding_state_name(ladder->rungs[rung]));
		fprintf(to, "\n");
	}
	for (size_t i = 0; i < report->findings_n; i++)
		print_finding(to, report->findings[i], !id || !strcmp(report->findings[i]->id, id));
}

#endif
