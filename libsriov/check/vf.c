/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/cmdline.h"
#include "decode/modules.h"
#include "vf.h"

bool driver_is_vfio(const char *driver)
{
	return driver && (strstr(driver, "vfio-pci") || strstr(driver, "vfio_pci"));
}

bool driver_is_other(const char *driver)
{
	static const char *const others[] = {"uio_pci_generic", "igb_uio", "pciback", "xen-pciback", "pci-stub", "vmd"};
	for (size_t i = 0; driver && i < ARRAY_SIZE(others); i++)
		if (!strcmp(driver, others[i]))
			return true;
	return false;
}

void vf_hold_judge(const struct fn *pf, struct vf_hold *out)
{
	*out = (struct vf_hold){0};
	for (size_t i = 0; i < pf->pf->vfs_n; i++) {
		const struct fn *vf = pf->pf->vfs[i].fn;
		if (!vf)
			continue;
		out->seen++;
		const struct fn **first = !vf->driver ? &out->first_free : driver_is_vfio(vf->driver) ? &out->first_vfio :
					  driver_is_other(vf->driver) ? &out->first_other : &out->first_kernel;
		if (!vf->driver && vf->driver_state != ITEM_ABSENT)
			continue;
		out->free += !vf->driver;
		out->vfio += driver_is_vfio(vf->driver);
		out->other += driver_is_other(vf->driver);
		if (!*first)
			*first = vf;
	}
}

enum finding_state vf_trouble(const struct run *run)
{
	return run->ask.goal == GOAL_ASSIGN ? FINDING_INFORMATIONAL : FINDING_FAIL;
}

struct slice vf_modalias(struct run *run, const struct fn *vf)
{
	struct slice text = slice_trim(fn_attr(run, vf, "modalias"));
	const struct fn *pf = vf->pf_fn;
	if (text.n)
		return text;
	if (!pf || !known(&pf->vendor) || !known(&pf->pf->vf_device) || !known(&vf->subsystem_vendor) || !known(&vf->subsystem_device) ||
	    !known(&vf->class))
		return (struct slice){NULL, 0};
	return slice_of(say(run, "pci:v%08Xd%08Xsv%08Xsd%08Xbc%02Xsc%02Xi%02X", (unsigned)pf->vendor.v, (unsigned)pf->pf->vf_device.v,
			    (unsigned)vf->subsystem_vendor.v, (unsigned)vf->subsystem_device.v, (unsigned)(vf->class.v >> 16 & 0xff),
			    (unsigned)(vf->class.v >> 8 & 0xff), (unsigned)(vf->class.v & 0xff)));
}

struct slice modules_file(const struct run *run, const char *name, const struct item **from)
{
	const struct snapshot *snap = run->model->snap;
	const struct item *all = snapshot_at(snap, NULL, "lib/modules"), *release = NULL;
	*from = NULL;
	if (all && run->model->host.kernel)
		release = snapshot_at(snap, all, run->model->host.kernel);
	else if (all && all->child && !all->child->next)
		release = all->child;
	const struct item *file = release ? snapshot_at(snap, release, name) : NULL;
	if (!file || file->state != ITEM_PRESENT || file->kind != ITEM_FILE)
		return (struct slice){NULL, 0};
	*from = file;
	return file->data;
}

const struct kmsg_event *vf_log(const struct run *run, enum kmsg_type type, const struct fn *pf)
{
	size_t n;
	(void)kmsg_typed(&run->model->log, type, &n);
	const struct kmsg_event *last = n ? log_of(run, type, pf) : NULL;
	for (size_t i = 0; pf && n && !last && i < pf->pf->vfs_n; i++)
		last = kmsg_last(&run->model->log, type, &pf->pf->vfs[i].addr);
	return last;
}

/* The PF's place in run->pfs, which is sorted by address; run->pfs_n: not in view. */
static size_t pf_index(const struct run *run, const struct fn *pf)
{
	size_t low = 0, high = run->pfs_n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (addr_cmp(&run->pfs[middle]->addr, &pf->addr) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < run->pfs_n && run->pfs[low] == pf ? low : run->pfs_n;
}

struct vf_events *vf_events_count(struct run *run, enum kmsg_type type, bool (*loose)(struct run *run, const struct kmsg_event *event))
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&run->model->log, type, &n);
	struct vf_events *counts = arena_array(&run->report->arena, run->pfs_n + 1, sizeof(*counts));
	if (!counts)
		run->err = -ENOMEM;
	for (size_t i = 0; counts && i < n; i++) {
		const struct fn *fn = event_fn(run, events[i]);
		if (fn && (fn->role != ROLE_VF || fn->driver))
			continue;
		size_t at = fn ? pf_index(run, fn->pf_fn) : run->pfs_n;
		if (fn ? at == run->pfs_n : !loose(run, events[i]))
			continue;
		counts[at].n++;
		counts[at].last = events[i];
	}
	return counts;
}

static const char *block_text(enum module_block block)
{
	switch (block) {
	case MODULE_BLACKLISTED:
		return "blacklisted";
	case MODULE_INSTALL_FALSE:
		return "replaced by a command that does nothing";
	default:
		return "switched off by an alias";
	}
}

const char *module_blocked(struct run *run, struct slice name, struct slice modalias, const char **where)
{
	const struct item *dir = snapshot_at(run->model->snap, NULL, "etc/modprobe.d");
	for (const struct item *file = dir ? dir->child : NULL; file; file = file->next) {
		struct modprobe_row row;
		if (file->state != ITEM_PRESENT || file->kind != ITEM_FILE)
			continue;
		enum module_block block = modprobe_blocks(file->data, name, modalias, &row);
		if (block == MODULE_FREE)
			continue;
		*where = where_item(run, file, row.line);
		return block_text(block);
	}
	if (!cmdline_blacklists(run->model->host.cmdline, name))
		return NULL;
	*where = "proc/cmdline";
	return block_text(MODULE_BLACKLISTED);
}

bool module_parameter(struct run *run, const char *module, const char *parameter, struct slice *value, const char **where)
{
	const struct snapshot *snap = run->model->snap;
	const struct item *item = snapshot_at(snap, NULL, say(run, "sys/module/%s/parameters/%s", module, parameter));
	if (item && item->state == ITEM_PRESENT) {
		*value = slice_trim(item->data);
		*where = where_item(run, item, 0);
		return true;
	}
	if (option_get(run->model->host.cmdline, say(run, "%s.%s", module, parameter), value)) {
		*where = "proc/cmdline";
		return true;
	}
	const struct item *dir = snapshot_at(snap, NULL, "etc/modprobe.d");
	bool found = false;
	for (const struct item *file = dir ? dir->child : NULL; file; file = file->next) {
		unsigned line;
		if (file->state != ITEM_PRESENT || file->kind != ITEM_FILE || !modprobe_option(file->data, module, parameter, value, &line))
			continue;
		*where = where_item(run, file, line);
		found = true;
	}
	return found;
}
