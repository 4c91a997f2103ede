/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The settings of the firmware that matter. Read for certain from an export (bios) or from firmware-attributes; else inferred from
 * what firmware left behind, and then never more than "likely".
 */
#include "decode/acpi.h"
#include "decode/bios.h"
#include "facts.h"
#include "settings.h"
#include "space.h"

#define GIB4 UINT64_C(0x100000000)

static struct setting *row(struct run *run, enum bios_meaning meaning)
{
	struct report *report = run->report;
	struct setting *s = ARENA_PUSH(&report->arena, report->settings, report->settings_n, report->settings_room);
	if (!s) {
		run->err = -ENOMEM;
		return NULL;
	}
	*s = (struct setting){.name = bios_meaning_names[meaning], .wanted = meaning == BIOS_MMIO_SIZE ? "large enough" : "on", .found = "unknown",
			      .how = "unknown", .where = ""};
	return s;
}

static void found(struct setting *s, const char *what, const char *how, const char *where)
{
	s->found = what;
	s->how = how;
	s->where = where;
}

static void read_pair(struct run *run, struct slice name, struct slice value, const char *where, struct setting *const rows[BIOS_MEANINGS])
{
	const struct bios_setting *setting = bios_setting_of(name);
	if (!strcmp(rows[setting->meaning]->how, "read"))
		return;
	enum bios_value is = bios_value_of(setting, value);
	const char *text = is == BIOS_VALUE_ON ? "on" : is == BIOS_VALUE_OFF ? "off" : "other";
	/* "on (SriovGlobalEnable: Enabled)"; a size stands for itself */
	bool plain = setting->meaning == BIOS_MMIO_SIZE || is == BIOS_VALUE_OTHER;
	text = plain ? say(run, "%s: %s", slice_text(run, name), slice_text(run, value))
		     : say(run, "%s (%s: %s)", text, slice_text(run, name), slice_text(run, value));
	found(rows[setting->meaning], text, "read", where);
}

/* The export that lies in the root as `bios`. */
static void read_export(struct run *run, struct setting *const rows[BIOS_MEANINGS])
{
	const struct item *item = snapshot_at(run->model->snap, NULL, "bios");
	if (!item || item->state != ITEM_PRESENT || item->kind != ITEM_FILE)
		return;
	struct bios_iter iter = bios_of(item->data);
	struct bios_pair pair;
	while (!run->err && bios_next(&iter, &pair))
		if (bios_setting_of(pair.name))
			read_pair(run, pair.name, pair.value, where_item(run, item, pair.line), rows);
}

/* sys/class/firmware-attributes/DRIVER/attributes/NAME/current_value */
static void read_attributes(struct run *run, struct setting *const rows[BIOS_MEANINGS])
{
	const struct snapshot *snap = run->model->snap;
	const struct item *drivers = snapshot_at(snap, NULL, "sys/class/firmware-attributes");
	for (const struct item *driver = drivers ? drivers->child : NULL; driver; driver = driver->next) {
		const struct item *attributes = snapshot_at(snap, drivers, say(run, "%s/attributes", driver->name));
		for (const struct item *one = attributes ? attributes->child : NULL; one && !run->err; one = one->next) {
			if (!bios_setting_of(slice_of(one->name)))
				continue;
			const struct item *value = snapshot_at(snap, one, "current_value");
			if (value && value->state == ITEM_PRESENT)
				read_pair(run, slice_of(one->name), slice_trim(value->data), where_item(run, value, 0), rows);
		}
	}
}

/* Of all PFs in view: VF BARs with memory, and without. A log tells whether firmware or the kernel gave it. */
static void infer_sriov(struct run *run, struct setting *s)
{
	size_t with = 0, without = 0;
	const struct fn *bad = NULL, *good = NULL;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *fn = run->pfs[i];
		struct vf_space space;
		vf_space_judge(fn, &space);
		if (!space.known || !space.implemented)
			continue;
		struct kmsg_res said;
		kmsg_resource(&run->model->log, &fn->addr, RES_VF_BAR0, &said);
		bool by_kernel = said.state == KMSG_RES_ASSIGNED && said.why->type == KMSG_ASSIGNED;
		if (space.missing || by_kernel) {
			without++;
			bad = fn;
		} else if (!space.unknown) {
			with++;
			good = fn;
		}
	}
	if (without && !with)
		found(s, "likely off: firmware gave the VF BARs no memory", "inferred", name_of(run, bad));
	else if (with && !without)
		found(s, "likely on: the VF BARs have memory", "inferred", name_of(run, good));
}

static void infer_iommu(struct run *run, struct setting *s)
{
	static const enum acpi_table tables[] = {ACPI_DMAR, ACPI_IVRS, ACPI_IORT};
	const struct model *m = run->model;
	size_t absent = 0;
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		const char *path = say(run, "sys/firmware/acpi/tables/%s", acpi_table_name(tables[i]));
		enum item_state state = snapshot_state(m->snap, NULL, path);
		absent += state == ITEM_ABSENT;
		if (state != ITEM_PRESENT && state != ITEM_DENIED)
			continue;
		if (tables[i] == ACPI_IORT && !acpi_iort_has_smmu(m->acpi))
			continue;
		found(s, say(run, "on: there is a table %s", acpi_table_name(tables[i])), "inferred", path);
		return;
	}
	if (m->host.iommu == TRI_YES)
		found(s, "on: an IOMMU is in effect", "inferred", m->host.iommu_why);
	else if (absent == ARRAY_SIZE(tables) && m->host.kind == HOST_BARE_METAL)
		found(s, "likely off: there is none of the tables DMAR, IVRS, IORT", "inferred", "sys/firmware/acpi/tables");
}

static void infer_ari(struct run *run, struct setting *s)
{
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *port = run->pfs[i]->upstream;
		const char *where;
		if (!port || !port->bridge)
			continue;
		if (ari_above(run->model, run->pfs[i], &where) == TRI_YES) {
			found(s, "likely on: ARI forwarding is enabled", "inferred", name_of(run, port));
			return;
		}
		if (known_as(&port->bridge->ari_supported, 1))
			found(s, "likely on: the port can forward ARI", "inferred", name_of(run, port));
		else if (known_as(&port->bridge->ari_supported, 0) && strcmp(s->how, "inferred") != 0)
			found(s, "off, or the port cannot: it does not offer ARI forwarding", "inferred", name_of(run, port));
	}
}

static void infer_acs(struct run *run, struct setting *s)
{
	const struct fn *without = NULL;
	for (size_t i = 0; i < run->model->fns_n; i++) {
		const struct fn *fn = &run->model->fns[i];
		if (!fn->bridge || !fn->on_root_bus || fn->exp_type != 4 /* PCI_EXP_TYPE_ROOT_PORT */)
			continue;
		if (known(&fn->bridge->acs_cap)) {
			found(s, "likely on: root ports have ACS", "inferred", name_of(run, fn));
			return;
		}
		if (fn->bridge->acs_cap.have == ITEM_ABSENT)
			without = fn;
	}
	if (without)
		found(s, "off, or the root ports cannot: none has ACS", "inferred", name_of(run, without));
}

/* Windows of the host bridges, and what lies in them. */
static void infer_memory(struct run *run, struct setting *above, struct setting *size)
{
	const struct model *m = run->model;
	uint64_t low = 0, high = 0;
	const struct root_window *high_window = NULL, *any = NULL;
	for (size_t i = 0; i < m->windows_n; i++) {
		const struct root_window *w = &m->windows[i];
		if (w->io) /* a window is never empty */
			continue;
		any = w;
		uint64_t bytes = w->range.end - w->range.start + 1;
		if (w->range.start >= GIB4) {
			high = bytes > UINT64_MAX - high ? UINT64_MAX : high + bytes;
			high_window = w;
		} else {
			low += bytes;
		}
	}
	if (high_window)
		found(above, "on: a host bridge has a window above 4 GiB", "inferred", where_item(run, high_window->from, high_window->line));
	else if (any)
		found(above, "likely off: all windows of the host bridges end below 4 GiB", "inferred", where_item(run, any->from, any->line));
	if (any)
		found(size, high ? say(run, "%s above 4 GiB, %s below", memory_text(run, high), memory_text(run, low)) : say(run, "%s below 4 GiB", memory_text(run, low)),
		      "inferred", where_item(run, any->from, any->line));
	for (size_t i = 0; i < run->pfs_n && !any; i++) {
		for (unsigned k = 0; k < RES_COUNT; k++) {
			const struct resource *r = &run->pfs[i]->res[k];
			if (r->assigned == TRI_YES && !r->io && r->range.start >= GIB4) {
				found(above, "on: a BAR lies above 4 GiB", "inferred", where_item(run, r->from, r->line));
				return;
			}
		}
	}
}

/* What the VF BARs of all PFs in view take. */
static void want_memory(struct run *run, struct setting *s)
{
	uint64_t bytes = 0;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct pf *pf = run->pfs[i]->pf;
		for (size_t k = 0; k < ARRAY_SIZE(pf->bars); k++) {
			uint64_t one = pf->bars[k].implemented && known(&pf->total_vfs) ? pf->bars[k].size : 0, all;
			if (!__builtin_mul_overflow(one, pf->total_vfs.v, &all) && all <= UINT64_MAX - bytes)
				bytes += all;
		}
	}
	if (bytes)
		s->wanted = say(run, "%s for all VFs", memory_text(run, bytes));
}

int settings_run(struct run *run)
{
	struct setting *rows[BIOS_MEANINGS];
	if (!run->pfs_n || run->model->host.kind == HOST_GUEST)
		return 0;
	/* The array may move while it grows. */
	for (enum bios_meaning i = 0; i < BIOS_MEANINGS; i++)
		if (!row(run, i))
			return -ENOMEM;
	for (enum bios_meaning i = 0; i < BIOS_MEANINGS; i++)
		rows[i] = &run->report->settings[i];
	infer_sriov(run, rows[BIOS_SRIOV]);
	infer_iommu(run, rows[BIOS_IOMMU]);
	infer_ari(run, rows[BIOS_ARI]);
	infer_acs(run, rows[BIOS_ACS]);
	infer_memory(run, rows[BIOS_ABOVE_4G], rows[BIOS_MMIO_SIZE]);
	want_memory(run, rows[BIOS_MMIO_SIZE]);
	read_export(run, rows);
	read_attributes(run, rows);
	return run->err;
}
